"""Changes to YAML text that leave every other character as it is: comments, order, blank lines, line breaks, quotes.

A caller works out edits with `set_key` or `append_entry`, lets `verified` prove that they change the values as intended
and nothing else, and writes the bytes that `encode` makes of the text.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from alignment_cli import layout, source, tree
from alignment_cli.finding import Text, route_text
from alignment_cli.model import CODE_KEYS, TEXT_KEYS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from alignment_cli.finding import Route
    from alignment_cli.source import Document
    from alignment_cli.tree import Node

STEP = 2
"""Spaces by which a block written here is indented below its key."""


class Edit(NamedTuple):
    """Put `text` in place of ``Document.text[start:end]``; ``start == end`` inserts."""

    start: int
    end: int
    text: str


class EditError(Exception):
    """A change cannot be made safely, so nothing is changed. `text` says why in both languages."""

    def __init__(self, id_: str, en: str) -> None:
        super().__init__(en)
        self.text = Text(id_, en)


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Return the text with all edits made. Insertions at the same place keep the order in which they are given.

    Raises `EditError` when edits overlap or lie outside the text.
    """
    parts: list[str] = []
    end = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if not end <= edit.start <= edit.end <= len(text):
            raise EditError("Dua perubahan mengenai tempat yang sama.", "Two changes concern the same place.")
        parts += [text[end : edit.start], edit.text]
        end = edit.end
    return "".join([*parts, text[end:]])


def encode(text: str, original: bytes) -> bytes:
    """Return the bytes of a text, encoded as the file that it was read from: UTF-8 with or without BOM, UTF-16. What
    was not changed has the same bytes as in `original`.
    """
    mark = original[:2]
    if mark in (b"\xff\xfe", b"\xfe\xff"):
        return mark + text.encode("utf-16-le" if mark == b"\xff\xfe" else "utf-16-be")
    bom = b"\xef\xbb\xbf"
    return (bom if original.startswith(bom) else b"") + text.encode()


def verified(document: Document, edits: Iterable[Edit], expected_change: Callable[[Any], None]) -> str:
    """Return the new text after it was parsed and its values compared. `expected_change` makes the intended change to
    a copy of the old values, in place; the new values must then be the same, down to the order of keys.

    Raises `EditError` when they are not; nothing should be written then.
    """
    text = apply(document.text, edits)
    expected = values(document)
    expected_change(expected)
    try:
        same = repr(values(source.Document(document.path, text))) == repr(expected)  # tells 1 from 1.0 and true
    except source.SourceError:
        same = False
    if not same:
        raise EditError(
            f"{document.path}: perubahan ini tidak dapat disisipkan dengan aman. Ubah dengan tangan.",
            f"{document.path}: this change cannot be put in safely. Make it by hand.",
        )
    return text


def values(document: Document) -> Any:
    """Return the values of a document, read as a programme file whatever it holds. Raises `SourceError`."""
    fresh = source.Document(document.path, document.text, document.root)
    if fresh.root is None:
        source.compose(fresh)
    return source.values(fresh, TEXT_KEYS, CODE_KEYS)


def set_key(document: Document, route: Route, key: str, value: str) -> list[Edit]:
    """Return the edits that give `key` of the mapping at `route` a value: in place of the one it has, else in a line
    at the end of the mapping, with its indentation. An empty value at `route` becomes a mapping.

    `value` is YAML. Where it has several lines or begins with ``- ``, it is a block without indentation, which is put
    below the key. Raises `EditError` where there is no mapping, where brackets cannot take a block, and for an old
    value that holds comments, which would be lost.
    """
    return _set(document, route, key, value, block="\n" in value or value.startswith("- "))


def append_entry(document: Document, route: Route, key: str, entry: str) -> list[Edit]:
    """Return the edits that append an entry to the list below `key` of the mapping at `route`. A list that is missing
    or empty is created; a single value becomes a list of two.

    `entry` is YAML; one of several lines is a block without indentation. Raises `EditError` like `set_key`.
    """
    text, place = document.text, (*route, key)
    pair, flow = _pair(_mapping(document, route), key), layout.in_flow(document, route)
    block = "- " + entry.replace("\n", "\n  ")
    if pair is None or _is_null(pair[1]):
        return set_key(document, route, key, f"[{entry}]" if flow else block)
    node = pair[1]
    if layout.alias_of(text, *pair) is not None or node.kind == "mapping" or layout.is_block_scalar(text, node):
        raise _unfit(document, place)
    if node.kind == "sequence" and not layout.is_flow(text, node):
        return [_line_after(text, layout.tail(text, node), block, layout.column(document, node))]
    if "\n" in entry:
        raise _unfit(document, place)
    if node.kind == "sequence":
        at = layout.parts_tail(text, node)
        return [Edit(at, at, f", {entry}" if node.parts else entry)]
    return [Edit(node.start, node.start, "["), Edit(node.end, node.end, f", {entry}]")]


def quote(text: str, *, flow: bool = True) -> str:
    """Return a text as a YAML scalar that is read as this very text by readers of YAML 1.1 and 1.2: plain where that is
    safe, else in double quotes. With `flow` it is safe in brackets too, without, only outside of them. Halves of
    surrogate pairs, which no file can hold, become ``?``.
    """
    text = text.encode("utf-8", "replace").decode()
    if (_PLAIN if flow else _BLOCK).fullmatch(text) and text.isprintable() and not _TELLING.fullmatch(text):
        return text
    return "".join(char if char.isprintable() else _escape(char) for char in json.dumps(text, ensure_ascii=False))


_PLAIN = re.compile(r"[^\W\d_](?:[\w.()/&+%;'-]|[ ](?! |$))*")
_BLOCK = re.compile(r"[^\W\d_](?:[\w.,()/&+%;'-]|[ ](?! |$))*")
_TELLING = re.compile(r"null|true|false|yes|no|on|off|y|n", re.IGNORECASE)
"""Words that are read as something else than text."""


def _escape(char: str) -> str:
    return f"\\u{ord(char):04x}" if ord(char) < 0x10000 else f"\\U{ord(char):08x}"  # noqa: PLR2004 - four digits or eight


def _set(document: Document, route: Route, key: str, value: str, *, block: bool) -> list[Edit]:
    node, flow = _mapping(document, route), layout.in_flow(document, route)
    if flow and block:
        raise _unfit(document, (*route, key))
    pair = _pair(node, key)
    if pair is not None:
        return [_replacement(document, route, pair, value, block=block)]
    entry = f"{quote(key)}:{_hung(value, block=block)}"
    if node.kind == "mapping" and flow:
        at = layout.pairs_tail(document.text, node)
        return [Edit(at, at, f", {entry}" if node.pairs else entry)]
    if node.kind == "mapping":
        return [_line_after(document.text, layout.tail(document.text, node), entry, layout.column(document, node))]
    above = route[-1] if route else None
    if not isinstance(above, str):
        raise _unfit(document, route)
    return _set(document, route[:-1], above, f"{{{entry}}}" if flow else entry, block=not flow)


def _replacement(document: Document, route: Route, pair: tuple[Node, Node], value: str, *, block: bool) -> Edit:
    """Return the edit that puts a value in the place of another."""
    text, (key, old) = document.text, pair
    colon = layout.after_colon(text, key)
    start, end = layout.alias_of(text, key, old) or (old.start, layout.tail(text, old))
    if layout.is_empty(old) and old.start == old.end:
        start = end = colon
    end = start + len(text[start:end].rstrip("\r\n"))
    below = old.kind != "scalar" and not layout.is_flow(text, old)
    plain = old.kind == "scalar" and not layout.is_block_scalar(text, old)
    if layout.COMMENT.search(text, colon if block or below else start, start if plain else end):
        raise _unfit(document, (*route, key.text))
    if block and start == end:
        return _line_after(text, start, value, layout.column(document, _mapping(document, route)) + STEP)
    if block:
        return _line_after(text, colon, value, layout.column(document, _mapping(document, route)) + STEP, until=end)
    if below or start == colon:
        return Edit(colon, end, f" {value}" if colon > key.end else f": {value}")
    return Edit(start, end, value)


def _line_after(text: str, position: int, lines: str, indent: int, until: int | None = None) -> Edit:
    """Return the edit that puts lines below the line of `position`, or in place of the text up to `until`."""
    newline = layout.newline(text)
    block = newline.join(" " * indent + line for line in lines.split("\n"))
    if until is not None:
        return Edit(position, until, newline + block)
    if position and text[position - 1] in "\r\n":  # behind a block scalar that keeps its end
        return Edit(position, position, block + newline)
    at = layout.line_end(text, position)
    return Edit(at, at, newline + block)


def _hung(value: str, *, block: bool) -> str:
    return "\n" + "\n".join(" " * STEP + line for line in value.split("\n")) if block else f" {value}"


def _mapping(document: Document, route: Route) -> Node:
    node = document.node(route)
    if node is None or not (node.kind == "mapping" or _is_null(node)):
        raise _unfit(document, route)
    return node


def _pair(node: Node, key: str) -> tuple[Node, Node] | None:
    """Return the entry of a mapping that counts: of duplicate keys the last one."""
    return next((pair for pair in reversed(node.pairs) if pair[0].text == key), None)


def _is_null(node: Node) -> bool:
    return node.kind == "scalar" and tree.scalar(node) is None


def _unfit(document: Document, route: Route) -> EditError:
    at = f"{document.path}:{document.place(route).span.line}"
    name = route_text(route) or "-"
    return EditError(
        f"{at}: {name} ditulis dalam bentuk yang tidak dapat diubah dengan aman. Ubah dengan tangan.",
        f"{at}: {name} is written in a way that cannot be changed safely. Change it by hand.",
    )
