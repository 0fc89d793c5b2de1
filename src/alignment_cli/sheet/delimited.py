"""CSV files: which encoding, which delimiter."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from typing import TYPE_CHECKING

from alignment_cli.export.csv_ import delimiter_of
from alignment_cli.finding import Text
from alignment_cli.limits import current
from alignment_cli.sheet.grid import Book, Grid, SheetError
from alignment_cli.sheet.limits import check_area, check_texts, no_sheet

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DELIMITERS = {
    ";": ("titik koma", "semicolon"),
    ",": ("koma", "comma"),
    "\t": ("tab", "tab"),
    "|": ("garis tegak", "bar"),
}
SAMPLE, SAMPLED = 60, 2**18
"""Lines, and characters, looked at to tell the delimiter."""
SWALLOWED = 30
"""A cell with more line breaks than this has swallowed lines, because a quote is not closed."""
MARK = b"\xef\xbb\xbf"
SNIFFED = 4096
"""Bytes looked at to tell UTF-16, which has a zero in every second one."""
_BINARY = re.compile("[\\x00-\\x08\\x0e-\\x1f]")
"""Characters that no table has."""


def decode(raw: bytes) -> tuple[str, str]:
    """Return text and name of the encoding: UTF-8, UTF-16, else cp1252, which Excel on Windows writes.

    Raises `SheetError` for what is no text.
    """
    text, name = _decoded(raw)
    if text is None or _BINARY.search(text):
        raise no_sheet()
    return text, name


def _decoded(raw: bytes) -> tuple[str | None, str]:
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _as(raw, "utf-16"), "UTF-16"
    if raw[:SNIFFED].count(0) * 4 > len(raw[:SNIFFED]):
        big = raw[0:SNIFFED:2].count(0) * 2 > raw[:SNIFFED].count(0)
        return _as(raw, "utf-16-be" if big else "utf-16-le"), "UTF-16"
    if raw.startswith(MARK):
        return _as(raw[len(MARK) :], "utf-8"), "UTF-8 (BOM)"
    text = _as(raw, "utf-8")
    return (text, "UTF-8") if text is not None else (raw.decode("cp1252", "replace"), "cp1252")


def _as(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None


def read(raw: bytes, path: Path) -> Book:
    """Read a CSV file. Raises `SheetError`."""
    text, encoding = decode(raw)
    delimiter, text = _delimiter(text)
    name = path.stem
    try:
        rows = _rows(text, delimiter, name)
    except csv.Error:
        raise SheetError(Text(
            "berkas CSV tidak dapat dibaca: ada tanda kutip yang tidak ditutup, atau sel yang terlalu panjang. Buka "
            "dengan Excel dan simpan lagi.",
            "the CSV file cannot be read: a quote is not closed, or a cell is too long. Open it in Excel and save it "
            "again.",
        )) from None  # fmt: skip
    grid = Grid(name, rows)
    check_texts(grid)
    id_, en = DELIMITERS[delimiter]
    note = Text(f"CSV: pemisah {id_}, pengodean {encoding}", f"CSV: delimiter {en}, encoding {encoding}")
    return Book("csv", [grid], [note])


def _rows(text: str, delimiter: str, name: str) -> list[list[str]]:
    """Return the rows of a text. Raises `SheetError` as soon as they are too many, and `csv.Error`."""
    rows: list[list[str]] = []
    cells, widest, marks = 0, 0, 0

    def lines() -> Iterator[str]:
        nonlocal marks
        for line in io.StringIO(text, newline=""):
            # A row is put together before it can be counted; what it can be at most, its marks tell.
            marks += line.count(delimiter)
            if marks > current().sheet_cells:
                check_area(name, 1, marks)
            yield line

    for row in csv.reader(lines(), delimiter=delimiter):
        rows.append(row)
        cells, widest, marks = cells + len(row), max(widest, len(row)), 0
        if cells > current().sheet_cells or len(rows) > current().sheet_rows:
            check_area(name, len(rows), widest)
    check_area(name, len(rows), widest)
    return rows


def swallowed(grid: Grid) -> list[tuple[int, int]]:
    """Return the cells that hold so many lines that a quote must be missing."""
    return [
        (number, column)
        for number, row in enumerate(grid.rows)
        for column, cell in enumerate(row)
        if isinstance(cell, str) and cell.count("\n") > SWALLOWED
    ]


def _delimiter(text: str) -> tuple[str, str]:
    """Return the delimiter, and the text without the line ``sep=;`` by which Excel is told of it."""
    if told := delimiter_of(text[:100]):
        return told, text
    first, _, rest = text.partition("\n")
    if first.strip()[:4].lower() == "sep=" and first.strip()[4:5] in DELIMITERS:
        return first.strip()[4:5], rest
    sample = "\n".join(text[:SAMPLED].split("\n", SAMPLE)[:SAMPLE])
    return max(DELIMITERS, key=lambda delimiter: _evenness(sample, delimiter)), text


def _evenness(sample: str, delimiter: str) -> int:
    """Return how much of a table a delimiter makes of the text: columns beyond the first in the lines that have the
    most frequent number of them. Decimal commas make few columns, and ragged ones.
    """
    try:
        rows = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
        widths = Counter(len(row) for row in rows if len(row) > 1)
    except csv.Error:
        return 0
    return max((count * (width - 1) for width, count in widths.items()), default=0)
