"""A YAML file as text, node tree and places. Nothing else in the program knows lines and columns."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from alignment_cli import tree
from alignment_cli.finding import Place, Route, Span
from alignment_cli.limits import current
from alignment_cli.reading import read
from alignment_cli.tree import Node, Problem, TreeError

if TYPE_CHECKING:
    from pathlib import Path

FEW = 30
"""Entries up to which a mapping is looked through; no part of a programme file has more keys."""
EXCERPT_WIDTH = 200
"""Longest source line kept as an excerpt, in characters."""

_BREAK = re.compile(r"\r\n|\n|\r")
_START = Span(1, 1, 1, 2)


class SourceError(Exception):
    """The text could not be read or parsed. `kind` names the cause; `span` is where, as far as known; `detail` is what
    the parser says, or what exceeds a limit.
    """

    def __init__(self, kind: str, span: Span, detail: str = "") -> None:
        super().__init__(kind)
        self.kind, self.span, self.detail = kind, span, detail


@dataclass
class Document:
    """One file. `root` is None when the file holds no value."""

    path: str
    text: str
    root: Node | None = None
    problems: list[Problem] = field(default_factory=list)
    _entries: dict[int, tuple[Node, dict[str, tuple[Node, Node]]]] = field(
        default_factory=dict, repr=False, compare=False
    )
    """Large mappings with their entries by key, by the mapping's identity: looking through them for each of many
    findings takes too long.
    """

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(found.end() for found in _BREAK.finditer(self.text))]

    @property
    def lines(self) -> int:
        """Number of lines."""
        return len(self._starts)

    def line(self, number: int) -> str:
        """Return source line `number` (1-based) without its line break, cut to `EXCERPT_WIDTH`."""
        start = self._starts[number - 1]
        return self.text[start : min(self._line_end(number), start + EXCERPT_WIDTH)]

    def _line_end(self, number: int) -> int:
        """Return where a line's text ends, before its line break."""
        end = self._starts[number] if number < len(self._starts) else len(self.text)
        start = self._starts[number - 1]
        return start + len(self.text[start:end].rstrip("\r\n"))

    def position(self, index: int) -> tuple[int, int]:
        """Return line and column (1-based) of the character at `index`."""
        index = max(0, min(index, len(self.text)))
        if self.text[index - 1 : index + 1] == "\r\n":  # within a line break
            index -= 1
        line = bisect_right(self._starts, index)
        return line, index - self._starts[line - 1] + 1

    def span(self, node: Node) -> Span:
        """Return the span of a node; a node that reaches over lines ends with its first line."""
        return self.span_between(node.start, node.end)

    def span_between(self, start: int, end: int) -> Span:
        """Return the span of ``text[start:end]``, kept within the first line and never empty."""
        line, column = self.position(start)
        end_line, end_column = self.position(end)
        if end_line != line:
            end_line, end_column = line, self._line_end(line) - self._starts[line - 1] + 1
        return Span(line, column, end_line, max(end_column, column + 1))

    def node(self, route: Route) -> Node | None:
        """Follow a route through the tree; None where it leads nowhere. Of duplicate keys the last one counts, as in
        the values handed out.
        """
        node = self.root
        for step in route:
            if node is None:
                return None
            if node.kind == "mapping" and isinstance(step, str):
                entry = self._entry(node, step)
                node = entry[1] if entry is not None else None
            elif node.kind == "sequence" and isinstance(step, int) and step < len(node.parts):
                node = node.parts[step]
            else:
                return None
        return node

    def key_node(self, route: Route) -> Node | None:
        """Return the key of the mapping entry that a route names, None for list entries."""
        parent = self.node(route[:-1]) if route else None
        if parent is None or parent.kind != "mapping":
            return None
        entry = self._entry(parent, route[-1])
        return entry[0] if entry is not None else None

    def _entry(self, mapping: Node, name: str | int) -> tuple[Node, Node] | None:
        """Return key and value of a mapping's entry, the last of that name."""
        if len(mapping.pairs) <= FEW:
            return next((pair for pair in reversed(mapping.pairs) if pair[0].text == name), None)
        known = self._entries.get(id(mapping))
        if known is None or known[0] is not mapping:
            known = self._entries[id(mapping)] = (mapping, {pair[0].text: pair for pair in mapping.pairs})
        return known[1].get(name) if isinstance(name, str) else None

    def place(self, route: Route, *, key: bool = False) -> Place:
        """Return the place of a route: of its value, or of its key. A key that is missing is placed on the key of the
        nearest mapping that exists; the only entry of a list that was written as a single value, on that value.
        """
        target = self.key_node(route) if key else self.node(route)
        if target is None and route and isinstance(route[-1], int):
            single = self.node(route[:-1])
            target = single if single is not None and single.kind == "scalar" else None
        shorter = route
        while target is None and shorter:
            shorter = shorter[:-1]
            target = self.key_node(shorter) or self.node(shorter)
            if target is not None and target.kind == "mapping" and target.pairs:
                target = target.pairs[0][0]
        return self.place_of(target, route) if target is not None else Place(self.path, _START, route)

    def place_of(self, node: Node, route: Route = ()) -> Place:
        """Return the place of a node."""
        span = self.span(node)
        return Place(self.path, span, route, self.line(span.line))


def read_text(path: Path, shown: str) -> Document:
    """Read a file as text. UTF-8 with or without BOM and UTF-16 with BOM are understood.

    Raises `SourceError` (``too_large``, ``binary``, ``encoding``) and `OSError`.
    """
    return decode(read_bytes(path), shown)


def read_bytes(path: Path) -> bytes:
    """Read a file, no further than what tells that it is too large. Raises OSError."""
    return read(path, current().file_bytes)


def decode(raw: bytes, shown: str) -> Document:
    """Turn the bytes of a file into a `Document` without a tree. Raises `SourceError`."""
    most = current().file_bytes
    if len(raw) > most:
        raise SourceError("too_large", _START, f"{most:_}")
    wide = raw[:2] in (b"\xff\xfe", b"\xfe\xff")
    encoding = "utf-16" if wide else "utf-8"
    body = raw if wide else raw.removeprefix(b"\xef\xbb\xbf")
    if not wide and b"\0" in body:
        raise SourceError("binary", _START)
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError as error:
        good = Document(shown, body[: error.start].decode(encoding, errors="replace"))
        line, column = good.position(len(good.text))
        kind = "wide_encoding" if wide else "encoding"
        raise SourceError(kind, Span(line, column, line, column + 1), f"0x{body[error.start]:02x}") from None
    if "\0" in text:
        raise SourceError("binary", _START)
    return Document(shown, text)


def compose(document: Document, *, pure: bool = False) -> None:
    """Parse the text into `document.root`.

    Raises `SourceError` (``syntax``, ``several``, ``depth``, ``values``, ``text``).
    """
    try:
        document.root = tree.compose(document.text, pure=pure)
    except TreeError as error:
        raise _placed(error, document) from None


def values(document: Document, text_keys: frozenset[str], code_keys: frozenset[str]) -> Any:
    """Return the plain values of the tree; what is wrong with it goes to `document.problems`.

    `text_keys` and `code_keys` as in `tree.Values`. Raises `SourceError` (``depth``, ``values``).
    """
    if document.root is None:
        return None
    builder = tree.Values(text_keys, code_keys, document.problems)
    try:
        return builder.of(document.root)
    except TreeError as error:
        raise _placed(error, document) from None


def _placed(error: TreeError, document: Document) -> SourceError:
    return SourceError(error.kind, document.span_between(error.start, error.start + 1), error.detail)
