"""YAML text to a tree of nodes with places, and the tree to plain values.

The parser is ruamel.yaml's, in C where that is installed. Its events are put together in `building` and not by its own
composer, which calls itself once for every level and brings the whole process down on input that nests some thousand
levels.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from alignment_cli.limits import Limits, current

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alignment_cli.finding import Route

SECOND_TRY = 512 * 1024
"""Longest text, in characters, that the slower parser tries where the C parser gave up: the C parser knows YAML 1.1
only and refuses, for one, an unquoted address in square brackets.
"""

OLD_BREAKS = "\x85\u2028\u2029"
"""Line breaks of YAML 1.1 that are plain characters in 1.2. The parsers know only the former."""

Kind = Literal["scalar", "mapping", "sequence"]


class TreeError(Exception):
    """The text is no YAML that is followed here. `kind` names the cause, `start` where in the text it lies, `detail`
    what the parser says of it, or what exceeds a limit.
    """

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
    pairs: Sequence[tuple[Node, Node]] = ()
    parts: Sequence[Node] = ()


class Problem(NamedTuple):
    """Something the tree itself shows: a duplicate key, an unquoted code, a tag, a complex key."""

    kind: str
    route: Route
    node: Node
    other: Node | None = None
    detail: str = ""


def compose(text: str, *, pure: bool = False) -> Node | None:
    """Parse a text; None when it holds no value. `pure` forces the parser that is not in C.

    Raises `TreeError` (``syntax``, ``several``, ``depth``, ``values``, ``text``).
    """
    spared = _stand_ins(text)
    try:
        return _compose(text.translate(spared) if spared else text, spared, pure=pure)
    except TreeError as error:
        if pure or len(text) > SECOND_TRY or "unexpected ':'" not in error.detail:
            raise
        try:
            return _compose(text.translate(spared), spared, pure=True)
        except TreeError as second:
            # The one that got further met the real fault.
            raise (second if second.start > error.start else error) from None


def _stand_ins(text: str) -> dict[int, int]:
    """Return, for the old line breaks in a text, characters to put in their places, which the text does not have."""
    found = [] if text.isascii() else [ord(character) for character in OLD_BREAKS if character in text]
    free = (code for code in range(0xE000, 0xF8FF) if chr(code) not in text)
    return dict(zip(found, free, strict=False))


def _compose(text: str, spared: dict[int, int], *, pure: bool) -> Node | None:
    from alignment_cli.building import build

    yaml = YAML(typ="safe", pure=pure)
    try:
        return build(yaml.parse(text), {stand_in: code for code, stand_in in spared.items()})
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
        raise TreeError("depth", 0, f"{current().depth + 1:_}") from None


_NULL = re.compile(r"~|null|Null|NULL|")
_BOOL = re.compile(r"true|True|TRUE|false|False|FALSE")
_INT = re.compile(r"[-+]?[0-9][0-9_]*|0x[0-9a-fA-F][0-9a-fA-F_]*|0o[0-7][0-7_]*")
_FLOAT = re.compile(
    r"[-+]?(?:\.[0-9][0-9_]*|[0-9][0-9_]*(?:\.[0-9_]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
)
_FIGURES, _WORDS = frozenset("+-.0123456789"), frozenset(("", *"~nNtTfF"))
"""What numbers, and what null, true and false begin with: most texts are done with after a look at their beginning."""
LONGEST_NUMBER = 60
"""Characters beyond which a number is left as text. No ceiling has that many digits, and sums of such still fit into a
float, which shares and spreadsheets are made of.
"""
_STANDARD = "tag:yaml.org,2002:"
_TAGS = {"mapping": {"map"}, "sequence": {"seq"}, "scalar": {"str", "int", "float", "bool", "null", "timestamp"}}


def scalar(node: Node) -> Any:
    """Return the value of a scalar by the core schema of YAML 1.2; underscores may group digits."""
    text = node.text
    if not node.plain or (node.tag is not None and node.tag in (f"{_STANDARD}str", "!")):
        return text
    first = text[:1]
    if first in _FIGURES:
        return _number(text)
    if first in _WORDS:
        if _NULL.fullmatch(text):
            return None
        if _BOOL.fullmatch(text):
            return text.lower() == "true"
    return text


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
    at: list[str | int] = field(default_factory=list)
    """The route to the value that is being built."""
    limits: Limits = field(default_factory=current)

    def of(self, node: Node, route: Route = (), key: str | None = None) -> Any:
        """Return the value of a node at a route. Raises `TreeError` (``depth``, ``values``)."""
        self.at = list(route)
        return self._of(node, key, 0)

    def _of(self, node: Node, key: str | None, depth: int) -> Any:
        self.count += 1
        if depth > self.limits.depth:
            raise TreeError("depth", node.start, f"{depth:_}")
        if self.count > self.limits.values:
            raise TreeError("values", node.start, f"{self.limits.values:_}")
        tag = node.tag
        if tag is not None and tag != "!" and tag.removeprefix(_STANDARD) not in _TAGS[node.kind]:
            self.problems.append(Problem("tag", tuple(self.at), node, detail=tag))
        if node.kind == "scalar":
            return self._scalar(node, key)
        if node.kind == "mapping":
            return self._mapping(node, depth + 1)
        found = []
        for number, part in enumerate(node.parts):
            self.at.append(number)
            found.append(self._of(part, key, depth + 1))
            self.at.pop()
        return found

    def _scalar(self, node: Node, key: str | None) -> Any:
        value = scalar(node)
        if value is None or key not in self.text_keys or isinstance(value, str):
            return value
        if key in self.code_keys and not isinstance(value, bool):
            self.problems.append(Problem("unquoted", tuple(self.at), node, detail=node.text))
        return node.text

    def _mapping(self, node: Node, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        keys: dict[str, Node] = {}
        for key, value in node.pairs:
            if key.kind != "scalar":
                self.problems.append(Problem("complex_key", tuple(self.at), key))
                continue
            name = key.text
            self.at.append(name)
            if name in keys:
                self.problems.append(Problem("duplicate", tuple(self.at), key, keys[name], name))
            keys[name] = key
            found[name] = self._of(value, name, depth)
            self.at.pop()
        return found
