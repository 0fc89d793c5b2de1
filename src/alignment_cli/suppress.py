"""Comments in a programme file that put findings aside: ``# align: abaikan[AL203] alasan``.

The comment speaks for its own line; standing alone, for the next line that holds something.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from alignment_cli.finding import Finding, Place, Span
from alignment_cli.rules import rule, suppression
from alignment_cli.suggest import closest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from alignment_cli.source import Document
    from alignment_cli.tree import Node

_COMMENT = re.compile(r"(?:^|(?<=\s))#[ \t]*align:[ \t]*(?P<rest>[^\r\n]*)", re.MULTILINE | re.IGNORECASE)
_SHAPE = re.compile(r"(?:abaikan|ignore)\s*\[(?P<codes>[^\]]*)\]\s*(?P<reason>.*)", re.IGNORECASE)


@dataclass
class Comment:
    """One comment: the rules it puts aside (by code), on which line they count, why, and which were met."""

    place: Place
    line: int
    codes: tuple[str, ...]
    reason: str
    used: set[str] = field(default_factory=set)


def comments(document: Document) -> tuple[list[Comment], list[Finding]]:
    """Return the comments of a file, and what is wrong with how they are written."""
    found: list[Comment] = []
    wrong: list[Finding] = []
    if "align:" not in document.text.lower():
        return found, wrong
    inside, target = _scalars(document), _targets(document)
    for match in _COMMENT.finditer(document.text):
        if inside(match.start()):
            continue
        line, column = document.position(match.start())
        place = Place(document.path, Span(line, column, line, column + len(match.group())), (), document.line(line))
        shape = _SHAPE.match(match.group("rest"))
        if shape is None:
            wrong.append(Finding(suppression.MALFORMED, place, {"tulisan": match.group().strip()}))
            continue
        codes, unknown = _codes(shape.group("codes"), place)
        wrong += unknown
        reason = shape.group("reason").strip(" -:–")  # noqa: RUF001 - people write dashes before the reason
        if codes and not reason:
            wrong.append(Finding(suppression.NO_REASON, place, {"kode": ", ".join(codes)}))
        found.append(Comment(place, target(line, column), codes, reason))
    return found, wrong


def _codes(written: str, place: Place) -> tuple[tuple[str, ...], list[Finding]]:
    from alignment_cli.rules import RULES

    codes: list[str] = []
    wrong = []
    words = [word for word in re.split(r"[\s,]+", written) if word]
    for word in words:
        known = rule(word)
        if known is not None:
            codes.append(known.code)
        else:
            near = closest(word, [name for row in RULES for name in (row.code, row.name)])
            wrong.append(Finding(suppression.UNKNOWN, place, {"kode": word}, near))
    if not words:
        wrong.append(Finding(suppression.MALFORMED, place, {"tulisan": f"abaikan[{written}]"}))
    return tuple(codes), wrong


def _targets(document: Document) -> Callable[[int, int], int]:
    """Return a function that tells which line a comment at a place speaks for: its own, or the next that holds data.
    Lines are looked through once, whatever the number of comments.
    """
    ahead: dict[int, int] = {}

    def target(line: int, column: int) -> int:
        if document.line(line)[: column - 1].strip():
            return line
        passed, number = [], line + 1
        while number <= document.lines and number not in ahead:
            text = document.line(number).strip()
            if text and not text.startswith("#"):
                ahead[number] = number
                break
            passed.append(number)
            number += 1
        data = ahead.get(number, 0)
        ahead.update(dict.fromkeys(passed, data))
        return data or line

    return target


def _scalars(document: Document) -> Callable[[int], bool]:
    """Return a test whether a character stands inside a value or key, where a hash sign begins no comment."""
    spans = sorted((node.start, node.end) for node in _walk(document.root) if node.kind == "scalar")
    starts = [start for start, _ in spans]

    def inside(index: int) -> bool:
        at = bisect_right(starts, index) - 1
        return at >= 0 and index < spans[at][1]

    return inside


def _walk(root: Node | None) -> Iterator[Node]:
    waiting, seen = [root] if root is not None else [], set()
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        yield node
        waiting += node.parts
        waiting += [part for pair in node.pairs for part in pair]
