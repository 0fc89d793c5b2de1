"""Cells of a workbook: their formats, widths and heights."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any, NamedTuple

from alignment_cli.render.concise import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alignment_cli.finding import Lang
    from alignment_cli.report.table import Column

Value = str | int | float | None
_FORMATS = {"text": "@", "number": "#,##0", "rupiah": '"Rp" #,##0', "percent": "0.00%"}
_LEAST, _MOST, _NARROW = 9, 52, 18
"""Narrowest and widest column, and what a column of long texts gets at least, in characters."""
_SHEET = 170
"""Widest sheet that can be read on paper, in characters."""
_SIGN, _BUTTON = 8, 4
"""Room for "Rp" and for the button of the filter, in characters."""
_LINE, _HIGHEST = 15.0, 409.0
"""Height of a line, and of the highest row that Excel takes, in points."""
_LONG = 5_000
"""Characters of a text that its height is measured by; no row is high enough for more."""
_CAPITALS, _LETTERS = 0.75, 0.92
"""Characters that fit into a cell, as part of its width: Excel measures that in digits."""


class Styles(NamedTuple):
    """Formats of the workbook; `plain`, `bold` and `head` by kind of column."""

    plain: dict[str, Any]
    bold: dict[str, Any]
    head: dict[str, Any]
    title: Any
    strong: Any
    prose: Any


def styles(book: Any) -> Styles:
    """Return the formats; numbers stand right, with a blank between them and the next column."""

    def by_kind(**given: Any) -> dict[str, Any]:
        found = {}
        for kind, shape in _FORMATS.items():
            side = {"text_wrap": True} if kind == "text" else {"align": "right", "indent": 1}
            found[kind] = book.add_format({"valign": "top", "num_format": shape, **side, **given})
        return found

    return Styles(
        by_kind(),
        by_kind(bold=True, top=1),
        by_kind(bold=True, text_wrap=True, bottom=1, bg_color="#E8EEF4"),
        book.add_format({"valign": "top", "bold": True, "text_wrap": True, "font_size": 13}),
        book.add_format({"valign": "top", "bold": True}),
        book.add_format({"valign": "top", "text_wrap": True}),
    )


def row_of(sheet: Any, line: int, cells: Sequence[Value], formats: Sequence[Any], widths: Sequence[int]) -> None:
    """Write a row, as high as its longest text needs: not every program sees to that itself."""
    for n, (cell, style) in enumerate(zip(cells, formats, strict=True)):
        write(sheet, (line, n), cell, style)
    texts = [(cell, width) for cell, width in zip(cells, widths, strict=False) if isinstance(cell, str)]
    height(sheet, line, max((lines(text, width) for text, width in texts), default=1))


def widths_of(columns: Sequence[Column], rows: Sequence[Sequence[Value]], lang: Lang) -> list[int]:
    """Return a width for each column that fits what it holds; long texts share what is left of a sheet."""
    wanted = []
    for n, column in enumerate(columns):
        written = [cell if isinstance(cell, str) else f"{cell:,.0f}" for row in rows if (cell := row[n]) is not None]
        longest = max(map(len, written), default=0) + (_SIGN if column.kind == "rupiah" else 1)
        heading = max(map(len, column.title.in_(lang).split())) + _BUTTON
        wanted.append(min(_MOST, max(_LEAST, heading, longest)))
    long = [n for n, width in enumerate(wanted) if width > _NARROW and columns[n].kind == "text"]
    over = sum(wanted) - _SHEET
    lack = sum(wanted[n] - _NARROW for n in long)
    if over > 0 and lack:
        for n in long:
            wanted[n] = max(_NARROW, wanted[n] - -(-over * (wanted[n] - _NARROW) // lack))
    return wanted


def prose(sheet: Any, line: int, text: str, widths: Sequence[int], style: Any) -> int:
    """Write a sentence over columns of these widths, as high as it needs; return the line after it."""
    text = one_line(text)
    write(sheet, (line, 0), text, style, len(widths) - 1)
    height(sheet, line, lines(text, sum(widths)), 3 if line == 0 else 0)
    return line + 1


def lines(text: str, width: int) -> int:
    """Return how many lines a text takes in a cell of a width in characters."""
    room = max(1, int(width * (_CAPITALS if text.isupper() else _LETTERS)))
    return sum(max(1, len(textwrap.wrap(line, room))) for line in text[:_LONG].split("\n"))


def height(sheet: Any, line: int, needed: int, more: float = 0) -> None:
    """Make a row as high as its lines need; where that is one, programs do so themselves."""
    if needed > 1 or more:
        sheet.set_row(line, min(needed * _LINE + more, _HIGHEST))


def write(sheet: Any, at: tuple[int, int], cell: Value, style: Any, last: int = 0) -> None:
    """Write a cell at a line and column, reaching to the column `last`."""
    line, column = at
    if last > column:
        sheet.merge_range(line, column, line, last, "", style)
    if cell is None:
        sheet.write_blank(line, column, None, style)
    elif isinstance(cell, str):
        clean = "".join(ch if ch.isprintable() or ch in "\n\t" else "�" for ch in cell)
        sheet.write_string(line, column, clean, style)
    else:
        sheet.write_number(line, column, cell, style)
