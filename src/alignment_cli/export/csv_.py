"""CSV: for spreadsheets and for everything that reads tables."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from alignment_cli.export.cells import cell, shielded
from alignment_cli.export.columns import COLUMNS, rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from alignment_cli.export.cells import Cell
    from alignment_cli.finding import Lang
    from alignment_cli.result import FileResult

MARK = "\ufeff"
"""The byte order mark, by which Excel knows UTF-8."""


def header(delimiter: str = ",", *, bom: bool = False) -> str:
    """Return the line that stands above all files."""
    return (MARK if bom else "") + _text([[column.name for column in COLUMNS]], delimiter)


def write(file: FileResult, lang: Lang, delimiter: str = ",") -> str:
    """Return the lines of one checked file."""
    made = ([shielded(cell(row[column.name])) for column in COLUMNS] for row in rows(file, lang))
    return _text(made, delimiter)


def delimiter_of(start: str) -> str | None:
    """Return the delimiter of a text that begins like `header`, None of any other text."""
    first, second = (column.name for column in COLUMNS[:2])
    between = start[len(first) : len(first) + 1]
    return between if between and start.startswith(f"{first}{between}{second}{between}") else None


def _text(lines: Iterable[list[Cell]], delimiter: str) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(lines)
    return out.getvalue()
