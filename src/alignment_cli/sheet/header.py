"""Where a table's header stands, and the titles of each column from the uppermost down."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from alignment_cli.sheet.codes import level, split_name, tidy
from alignment_cli.sheet.grid import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alignment_cli.sheet.grid import Grid
    from alignment_cli.sheet.titles import Titles

SEARCHED = 30
"""Rows in which a header may begin."""
TALLEST = 5
"""Most rows of a header."""
LEAST = 2
"""A header has at least this many known titles."""
LONGEST = 200
"""Longest title, in characters."""

_COUNTED = re.compile(r"\(?\d{1,2}[a-z]?\)?(?:\s*=\s*[\d\s()+\-x*/:]+)?|\([a-z]{1,2}\)|[ivx]{1,4}")
_TOKEN = re.compile(r"(?:19|20)\d\d|\d|k|rp|%|i{1,3}|iv|ii|\+/-", re.IGNORECASE)
SHORT = 12
"""Longest text in a row that counts columns."""
_NUMBERS = 3
"""A row of column numbers counts at least this many."""


class Header(NamedTuple):
    """A header in rows `top` to `bottom` (0-based, included); `body` is the first row below it and below the column
    numbers. `paths` are the titles over each column, uppermost first.
    """

    top: int
    bottom: int
    body: int
    paths: dict[int, tuple[str, ...]]


def candidates(grid: Grid, titles: Titles) -> Iterator[Header]:
    """Yield the headers that a sheet can have, from the top."""
    for top in range(min(SEARCHED, len(grid.rows))):
        if _known(grid.rows[top], titles) >= LEAST and not is_counted(grid.texts[top]):
            yield at(grid, titles, top, None)


def at(grid: Grid, titles: Titles, top: int, bottom: int | None) -> Header:
    """Return the header that begins in row `top`; `bottom` is its last row, None to find out."""
    if bottom is None:
        bottom = top
        while bottom + 1 < len(grid.rows) and bottom - top + 1 < TALLEST and _goes_on(grid, titles, bottom + 1):
            bottom += 1
    body = bottom + 1
    while body < len(grid.rows) and (is_counted(grid.texts[body]) or not any(grid.texts[body])):
        body += 1
    return Header(top, bottom, body, _paths(grid, top, bottom))


def is_counted(texts: list[str]) -> bool:
    """Tell whether a row counts the columns: 1 2 3 4, (1) (2) (3), (a) (b), ``5=3+4``."""
    texts = list(filter(None, texts))
    if (
        len(texts) < _NUMBERS
        or len(texts[-1]) > SHORT
        or not all(_COUNTED.fullmatch(text.casefold()) for text in texts)
    ):
        return False
    numbers = [int(found.group()) for text in texts if (found := re.search(r"\d+", text))]
    return not numbers or all(0 <= after - before <= 2 for before, after in pairwise(numbers))  # noqa: PLR2004


def _known(row: list[Any], titles: Titles) -> int:
    """Count the different known titles in a row."""
    texts = {cell.strip() for cell in row if isinstance(cell, str) and 0 < len(cell.strip()) <= LONGEST}
    return sum(1 for text in texts if titles.knows(text))


def _goes_on(grid: Grid, titles: Titles, number: int) -> bool:
    """Tell whether the header goes on in a row: it has known titles or years, and nothing of a table's body."""
    if is_counted(grid.texts[number]):
        return _spans(grid, number)
    row = grid.rows[number]
    cells = [cell for cell in row if clean(cell)]
    if not cells or any(_is_body(cell) for cell in cells):
        return False
    tokens = sum(1 for cell in cells if _TOKEN.fullmatch(clean(cell)))
    return 1 < tokens == len(cells) or _known(row, titles) > (1 if tokens else 0)


def _spans(grid: Grid, number: int) -> bool:
    """Tell whether merged titles reach below a row that looks like column numbers, so that it counts years instead."""
    return any(box.top < number < box.bottom for box in grid.merged)


def _is_body(cell: Any) -> bool:
    if not isinstance(cell, str):
        return not _TOKEN.fullmatch(clean(cell))
    text = clean(cell)
    kode = tidy(text)
    return len(text) > LONGEST or bool(split_name(text)[0]) or ("." in kode and bool(level(kode)))


def _paths(grid: Grid, top: int, bottom: int) -> dict[int, tuple[str, ...]]:
    """Return the titles over each column. A merged title stands over all its columns; where it is not merged, a title
    reaches to the right over blanks that have titles below them.
    """
    width = grid.width
    block = [[" ".join(grid.text(row, column).split()) for column in range(width)] for row in range(top, bottom + 1)]
    taken: set[tuple[int, int]] = set()
    for box in grid.merged:
        if box.top > bottom or box.bottom < top or box.left >= width:
            continue
        text = block[max(box.top, top) - top][box.left]
        for row in range(max(box.top, top), min(box.bottom, bottom) + 1):
            for column in range(box.left, min(box.right + 1, width)):
                block[row - top][column] = text
                taken.add((row - top, column))
    _reach(block, taken)
    paths = {}
    for column in range(width):
        path = [block[row][column] for row in range(len(block)) if block[row][column]]
        paths[column] = tuple(text for n, text in enumerate(path) if n == 0 or text != path[n - 1])
    return paths


def _reach(block: list[list[str]], merged: set[tuple[int, int]]) -> None:
    """Carry titles that are not merged to the right over blanks that have a title further down."""
    for n, row in enumerate(block[:-1]):
        for column in range(1, len(row)):
            below = any(later[column] for later in block[n + 1 :])
            left_below = any(later[column - 1] for later in block[n + 1 :])
            if not row[column] and row[column - 1] and below and left_below and (n, column - 1) not in merged:
                row[column] = row[column - 1]
