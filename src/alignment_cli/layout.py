"""How the nodes of a document lie in its text: where their own characters begin and end, and how they are written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from alignment_cli.finding import Route
    from alignment_cli.source import Document
    from alignment_cli.tree import Node

_PROPERTIES = re.compile(r"(?:[&!]\S*(?:\s+(?:#[^\r\n]*)?)*)*")
"""Anchor and tag before a node, with the space and the comments behind them."""
_GAP = re.compile(r"(?:\s|(?<=\s)#[^\r\n]*|[:,](?=[\s*])|-(?=\s))*")
"""What may stand between two nodes."""
_ALIAS = re.compile(r"\*[^\s,\[\]{}]+")
_COLON = re.compile(r"[ \t]*:")
_EMPTY_LINES = re.compile(r"(?<![\r\n])(?:\r\n|\n|\r)+\Z")
COMMENT = re.compile(r"(?:^|(?<=\s))#", re.MULTILINE)
"""Where a comment can begin, seen without regard to quotes."""


def content(text: str, node: Node) -> tuple[int, int]:
    """Return start and end of a node without its anchor and tag."""
    found = _PROPERTIES.match(text, node.start, max(node.start, node.end))
    return (found.end() if found else node.start), node.end


def is_flow(text: str, node: Node) -> bool:
    """Tell whether a collection is written in brackets: ``[...]`` or ``{...}``."""
    start = content(text, node)[0]
    return text[start : start + 1] in ("[", "{") and not (node.pairs and node.pairs[0][0].start == node.start)


def in_flow(document: Document, route: Route) -> bool:
    """Tell whether the value at a route lies in brackets, or is a collection in brackets itself."""
    nodes = (document.node(route[:length]) for length in range(len(route) + 1))
    return any(node is not None and node.kind != "scalar" and is_flow(document.text, node) for node in nodes)


def is_block_scalar(text: str, node: Node) -> bool:
    """Tell whether a scalar is written with ``|`` or ``>``."""
    start = content(text, node)[0]
    return node.kind == "scalar" and not node.plain and text[start : start + 1] in ("|", ">")


def is_empty(node: Node) -> bool:
    """Tell whether nothing is written where the value belongs (an anchor or a tag may be)."""
    return node.kind == "scalar" and node.plain and not node.text


def alias_after(text: str, position: int) -> tuple[int, int] | None:
    """Return start and end of the alias that is the first thing after `position`."""
    gap = _GAP.match(text, position)
    found = _ALIAS.match(text, gap.end() if gap else position)
    return found.span() if found else None


def after_colon(text: str, key: Node) -> int:
    """Return the place behind the colon of a key, or behind the key where no colon follows in its line."""
    found = _COLON.match(text, key.end)
    return found.end() if found else key.end


def tail(text: str, node: Node) -> int:
    """Return where the last character of a node ends, without what follows it: comments, blank lines, line breaks.

    The parser's end of a block collection is where the next thing begins.
    """
    if node.kind == "scalar":
        if not is_block_scalar(text, node):
            return node.end
        start = content(text, node)[0]
        header = re.match(r"[^\r\n]*", text[start : node.end])
        if header and "+" in header.group().split("#")[0]:
            return node.end
        return node.start + len(_EMPTY_LINES.sub("", text[node.start : node.end]))
    if is_flow(text, node):
        return node.end
    return pairs_tail(text, node) if node.kind == "mapping" else parts_tail(text, node)


def pairs_tail(text: str, node: Node) -> int:
    """Return where the last entry of a mapping ends; of an empty one, where its first entry would begin."""
    if not node.pairs:
        return content(text, node)[0] + 1
    key, value = node.pairs[-1]
    alias = alias_of(text, key, value)
    if alias is not None:
        return alias[1]
    return after_colon(text, key) if is_empty(value) and value.start == value.end else tail(text, value)


def alias_of(text: str, key: Node, value: Node) -> tuple[int, int] | None:
    """Return start and end of the alias that stands for the value of a key. What an alias names lies before it."""
    return alias_after(text, key.end) if value.start < key.end else None


def parts_tail(text: str, node: Node) -> int:
    """Return where the last entry of a list ends; of an empty one, where its first entry would begin."""
    end = content(text, node)[0] + 1
    for part in node.parts:
        alias = alias_after(text, end) if part.start < end else None
        end = alias[1] if alias else (part.start if is_empty(part) and part.start == part.end else tail(text, part))
    return end


def column(document: Document, node: Node) -> int:
    """Return the number of characters before a block collection in its line: the indentation of its entries."""
    first = node.pairs[0][0].start if node.pairs else node.start
    start = node.start if first == node.start and node.pairs else content(document.text, node)[0]
    return document.position(start)[1] - 1


def line_end(text: str, position: int) -> int:
    """Return where the line of a position ends, before its line break."""
    found = re.compile(r"[^\r\n]*").match(text, position)
    return found.end() if found else position


def newline(text: str) -> str:
    """Return the line break that a text uses, the first one found."""
    found = re.search(r"\r\n|\n|\r", text)
    return found.group() if found else "\n"
