"""Cells as words: what a number looks like in a report for people."""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING

from alignment_cli.finding import Text
from alignment_cli.numbers import decimal, number, short_rupiah
from alignment_cli.render.concise import one_line

if TYPE_CHECKING:
    from alignment_cli.finding import Lang
    from alignment_cli.report.table import Cell, Column, Row

LONG = 60
"""Longest list of names, in characters, that is always written out."""
NOTHING = "–"  # noqa: RUF001 - an en dash reads as "not known", a hyphen as a minus


def shown(cell: Cell, column: Column, lang: Lang, most: int | None = None) -> str:
    """Return a cell for people, in one line: money in three to four digits, parts in percent; of a list of names the
    first `most`, and how many are left.
    """
    if cell is None:
        return NOTHING
    if isinstance(cell, Text | str):
        return one_line(cell.in_(lang) if isinstance(cell, Text) else cell)
    if isinstance(cell, tuple):
        return listed(cell, lang, most)
    if column.kind == "rupiah":
        return short_rupiah(int(cell), lang)
    return share(cell, lang) if column.kind == "percent" else number(int(cell), lang)


def listed(names: tuple[str, ...], lang: Lang, most: int | None = None) -> str:
    """Write a list of names. Where `most` is given, a long list ends after so many names with the number of those left
    out, which is never one.
    """
    written = [one_line(name) for name in names]
    whole = ", ".join(written)
    if most is None or len(written) <= most + 1 or len(whole) <= LONG:
        return whole
    left = number(len(written) - most, lang)
    return ", ".join(written[:most]) + (f", dan {left} lagi" if lang == "id" else f", and {left} more")


def share(value: float, lang: Lang) -> str:
    """Write a part (0-1) in percent with one decimal, rounded down, or what falls short of a whole could look like it
    (the small part makes up for binary fractions such as 0.57 * 1000).
    """
    text = decimal(floor(value * 1000 + 1e-6) / 10, 1, lang)
    return f"{text}%" if lang == "en" else f"{text} %"


def plain(cell: Cell, lang: Lang) -> str | int | float | None:
    """Return a cell for machines: numbers as they are, words in one language, names separated by semicolons."""
    if isinstance(cell, Text):
        return cell.in_(lang)
    return "; ".join(cell) if isinstance(cell, tuple) else cell


def place(row: Row) -> str | None:
    """Return file and line of the item that a row of a `single` table is about."""
    return f"{row.items[0].path}:{row.items[0].line}" if row.items else None
