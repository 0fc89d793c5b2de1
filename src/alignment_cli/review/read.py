"""From a filled-in workbook to what each row says, and what is wrong with it, cell by cell."""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING

from alignment_cli.finding import Text
from alignment_cli.review.columns import COLUMNS, FILLED, titles
from alignment_cli.review.rows import Reader, Sheet
from alignment_cli.sheet import guard, read
from alignment_cli.sheet.grid import Grid, SheetError

if TYPE_CHECKING:
    from pathlib import Path

    from alignment_cli.priorities import Prioritas

FORMULA = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*>\s*<(?:\w+:)?f\b')
HEADER_ROWS = 20
"""Rows in which the header is looked for."""
LETTERS = 26


def read_sheet(path: Path, goals: Prioritas) -> Sheet:
    """Read a workbook. Raises `SheetError` where it is no review sheet, and OSError."""
    book = read.open_book(path)
    found = next((place for grid in book.grids if (place := _header(grid)) is not None), None)
    if found is None:
        raise SheetError(Text(
            "tidak ada lembar dengan kolom Keputusan dan Identitas (kolom tersembunyi); buat lagi dengan align review "
            "export.",
            "no sheet has the columns Decision and Identity (a hidden column); make it again with align review export.",
        ))  # fmt: skip
    grid, top, columns = found
    reader = Reader(grid, columns, goals, _formulas(path, grid.name))
    reader.columns_missing(top)
    for line in range(top + 1, len(grid.rows)):
        reader.row(line)
    return reader.sheet


def _header(grid: Grid) -> tuple[Grid, int, dict[str, int]] | None:
    """Return the row of titles and where each column stands. Raises `SheetError` for a title that stands twice."""
    for line, texts in enumerate(grid.texts[:HEADER_ROWS]):
        folded = [" ".join(text.casefold().split()) for text in texts]
        places = {column.key: [n for n, text in enumerate(folded) if text in titles(column.key)] for column in COLUMNS}
        if places["keputusan"] and places["identitas"]:
            for key, at in places.items():
                if len(at) > 1 and (key in FILLED or key == "identitas"):
                    cells = ", ".join(grid.address(line, n) for n in at)
                    raise SheetError(Text(f"kolom ini ada dua kali: {cells}; hapus salah satunya.",
                                          f"this column is there twice: {cells}; delete one."))  # fmt: skip
            return grid, line, {key: at[0] for key, at in places.items() if at}
    return None


def _formulas(path: Path, sheet: str) -> set[tuple[int, int]]:
    """Return the cells of a sheet that hold formulas, as far as the file is one of Excel's."""
    if not zipfile.is_zipfile(path):
        return set()
    with zipfile.ZipFile(path) as archive:
        if "xl/workbook.xml" not in archive.namelist():
            return set()
        part = guard.parts(archive).get(sheet, "")
        text = archive.read(part) if part in archive.namelist() else b""
    return {(int(row) - 1, _number(name.decode())) for name, row in FORMULA.findall(text)}


def _number(name: str) -> int:
    number = 0
    for letter in name:
        number = number * LETTERS + ord(letter) - ord("A") + 1
    return number - 1
