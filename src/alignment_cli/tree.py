"""YAML text to a tree of nodes with places, and the tree to plain values.

The parser is ruamel.yaml's, in C where that is installed. Its events are put together here and not by its own composer,
which calls itself once for every level and brings the whole process down on input that nests some thousand levels.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from alignment_cli.finding import Route

MAX_DEPTH = 60
"""Deepest nesting that is followed; a programme file needs six levels."""
MAX_NODES = 2_000_000
"""Most values that one file may hold once its aliases are followed (guards against alias bombs)."""
SECOND_TRY = 512 * 1024
"""Longest text, in characters, that the slower parser tries where the C parser gave up: the C parser knows YAML 1.1
only and refuses, for one, an unquoted address in square brackets.
"""

_OLD_BREAK = re.compile("[\x85\u2028\u2029]")
"""Line breaks of YAML 1.1 that are plain characters in 1.2."""

Kind = Literal["scalar", "mapping", "sequence"]


class TreeError(Exception):
    """The text is no YAML that is followed here. `kind` names the cause, `start`/`end` where in the text it lies."""

    def __init__(self, kind: str, start: int, detail: str = "") -> None:
        super().__init__(kind)
        self.kind, self.start, self.detail = kind, start, detail


@dataclass(slots=True, eq=False)
class Node:
    """A value at ``text[start:end]``. `text` of a scalar as read, `pairs` of a mapping, `parts` of a sequence."""

    kind: Kind
    start: int
    end: int
    tag: str | None = None
    text: str = ""
    plain: bool = False
    pairs: list[tuple[Node, Node]] = field(default_factory=list)
    parts: list[Node] = field(default_factory=list)


class Problem(NamedTuple):
    """Something the tree itself shows: a duplicate key, an unquoted code, a tag, a complex key."""

    kind: str
    route: Route
    node: Node
    other: Node | None = None
    detail: str = ""


def compose(text: str, *, pure: bool = False) -> Node | None:
    """Parse a text; None when it holds no value. `pure` forces the parser that is not in C.

    Raises `TreeError` (``syntax``, ``several``, ``depth``).
    """
    try:
        return _compose(text, pure=pure)
    except TreeError as error:
        old_ways = "unexpected ':'" in error.detail or _OLD_BREAK.search(text)
        if pure or len(text) > SECOND_TRY or not old_ways:
            raise
        try:
            return _compose(text, pure=True)
        except TreeError as second:
            # The one that got further met the real fault.
            raise (second if second.start > error.start else error) from None


def _compose(text: str, *, pure: bool) -> Node | None:
    yaml = YAML(typ="safe", pure=pure)
    try:
        return _build(yaml.parse(text))
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        detail = str(error.problem or error.context)
        raise TreeError("syntax", mark.index if mark is not None else 0, detail) from None
    except (YAMLError, ValueError) as error:
        found = re.search(r"position (\d+)", str(error))
        place = int(found.group(1)) if found else 0
        if found and not pure:
            # The C reader counts bytes.
            place = len(text.encode("utf-8", "surrogatepass")[:place].decode("utf-8", "ignore"))
        raise TreeError("syntax", place, str(error).splitlines()[0]) from None
    except RecursionError:
        raise TreeError("depth", 0, str(MAX_DEPTH)) from None


def _build(events: Iterable[Any]) -> Node | None:
    """Put events together, without recursion: the depth of the input is bounded by a count, not by the stack."""
    building = _Building()
    for event in events:
        building.take(event)
    return building.root


@dataclass
class _Building:
    """A tree under construction: the containers that are open and, for mappings, the key that waits for its value."""

    root: Node | None = None
    documents: int = 0
    anchors: dict[str, Node] = field(default_factory=dict)
    containers: list[Node] = field(default_factory=list)
    keys: list[Node | None] = field(default_factory=list)

    def take(self, event: Any) -> None:
        kind = type(event)
        if kind is ScalarEvent or kind is AliasEvent:
            self.attach(self.node(event, kind))
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            self.open(self.node(event, kind))
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            self.containers.pop().end = event.end_mark.index
            self.keys.pop()
        elif kind is DocumentStartEvent:
            self.documents += 1
            if self.documents > 1:
                raise TreeError("several", event.start_mark.index)

    def node(self, event: Any, kind: type) -> Node:
        if kind is AliasEvent:
            if event.anchor not in self.anchors:
                raise TreeError("syntax", event.start_mark.index, "found undefined alias")
            return self.anchors[event.anchor]
        node = _node(event, kind)
        if event.anchor is not None:
            self.anchors[event.anchor] = node
        return node

    def open(self, node: Node) -> None:
        self.attach(node)
        if len(self.containers) >= MAX_DEPTH:
            raise TreeError("depth", node.start, str(MAX_DEPTH))
        self.containers.append(node)
        self.keys.append(None)

    def attach(self, node: Node) -> None:
        if not self.containers:
            self.root = self.root or node
            return
        holder, key = self.containers[-1], self.keys[-1]
        if holder.kind == "sequence":
            holder.parts.append(node)
        elif key is None:
            self.keys[-1] = node
        else:
            if node.plain and not node.text and node.start == node.end:
                # The parsers place a missing value differently; it stands behind its key's colon.
                node.start = node.end = key.end + 1
            holder.pairs.append((key, node))
            self.keys[-1] = None


def _node(event: Any, kind: type) -> Node:
    start, end = event.start_mark.index, event.end_mark.index
    tag = None if event.tag is None else str(event.tag)
    if kind is ScalarEvent:
        plain = event.style is None or event.style in ("", ":")
        return Node("scalar", start, end, tag, str(event.value), plain)
    return Node("mapping" if kind is MappingStartEvent else "sequence", start, end, tag)


_NULL = re.compile(r"~|null|Null|NULL|")
_BOOL = re.compile(r"true|True|TRUE|false|False|FALSE")
_INT = re.compile(r"[-+]?[0-9][0-9_]*|0x[0-9a-fA-F][0-9a-fA-F_]*|0o[0-7][0-7_]*")
_FLOAT = re.compile(
    r"[-+]?(?:\.[0-9][0-9_]*|[0-9][0-9_]*(?:\.[0-9_]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
)
LONGEST_NUMBER = 400
"""Digits beyond which a number is left as text; no ceiling has that many."""
_STANDARD = "tag:yaml.org,2002:"
_TAGS = {"mapping": {"map"}, "sequence": {"seq"}, "scalar": {"str", "int", "float", "bool", "null", "timestamp"}}


def scalar(node: Node) -> Any:
    """Return the value of a scalar by the core schema of YAML 1.2; underscores may group digits."""
    text = node.text
    if not node.plain or node.tag in (f"{_STANDARD}str", "!"):
        return text
    if _NULL.fullmatch(text):
        return None
    if _BOOL.fullmatch(text):
        return text.lower() == "true"
    return _number(text)


def _number(text: str) -> int | float | str:
    digits = text.replace("_", "").lower()
    if len(text) > LONGEST_NUMBER:
        return text
    if _INT.fullmatch(text):
        return int(digits, 0) if digits[:2] in ("0x", "0o") else int(digits)
    if _FLOAT.fullmatch(text):
        return float(digits.replace(".inf", "inf").replace(".nan", "nan"))
    return text


@dataclass
class Values:
    """Builds plain values and notes what is wrong with the tree.

    A scalar under a key in `text_keys` keeps the text as written, so that ``kode: 5.010`` stays "5.010"; under a key in
    `code_keys` a plain number is also noted as ``unquoted``.
    """

    text_keys: frozenset[str]
    code_keys: frozenset[str]
    problems: list[Problem] = field(default_factory=list)
    count: int = 0

    def of(self, node: Node, route: Route = (), key: str | None = None, depth: int = 0) -> Any:
        """Return the value of a node. Raises `TreeError` (``depth``, ``aliases``)."""
        self.count += 1
        if depth > MAX_DEPTH:
            raise TreeError("depth", node.start, str(MAX_DEPTH))
        if self.count > MAX_NODES:
            raise TreeError("aliases", node.start, f"{MAX_NODES:,}")
        if node.tag is not None and node.tag != "!" and node.tag.removeprefix(_STANDARD) not in _TAGS[node.kind]:
            self.problems.append(Problem("tag", route, node, detail=node.tag))
        if node.kind == "mapping":
            return self._mapping(node, route, depth)
        if node.kind == "sequence":
            return [self.of(part, (*route, i), key, depth + 1) for i, part in enumerate(node.parts)]
        value = scalar(node)
        if value is None or key not in self.text_keys or isinstance(value, str):
            return value
        if key in self.code_keys and not isinstance(value, bool):
            self.problems.append(Problem("unquoted", route, node, detail=node.text))
        return node.text

    def _mapping(self, node: Node, route: Route, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        keys: dict[str, Node] = {}
        for key, value in node.pairs:
            if key.kind != "scalar":
                self.problems.append(Problem("complex_key", route, key))
                continue
            name = key.text
            if name in keys:
                self.problems.append(Problem("duplicate", (*route, name), key, keys[name], name))
            keys[name] = key
            found[name] = self.of(value, (*route, name), name, depth + 1)
        return found
