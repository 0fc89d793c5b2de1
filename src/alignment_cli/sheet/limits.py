"""What is said of a spreadsheet that is larger than the limits in force, or no use."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from alignment_cli.finding import Text
from alignment_cli.limits import current, told
from alignment_cli.reading import read
from alignment_cli.sheet.grid import SheetError

if TYPE_CHECKING:
    from pathlib import Path

    from alignment_cli.sheet.grid import Grid


@dataclass
class Facts:
    """What a sheet's own text tells beyond its values; cells as (row, column), 0-based."""

    percent: set[tuple[int, int]] = field(default_factory=set)
    faulty: dict[tuple[int, int], str] = field(default_factory=dict)


def contents(path: Path) -> bytes:
    """Return the bytes of a file. Raises `SheetError` when it is too large, and OSError."""
    most = current().sheet_bytes
    raw = read(path, most)
    if len(raw) > most:
        raise too("lebih besar dari {} byte (batas {}); bagi menjadi beberapa berkas",
                  "has more than {} bytes (limit {}); split it into several files",
                  f"{most:_}", told("sheet_bytes"))  # fmt: skip
    return raw


def check_area(name: str, rows: int, columns: int) -> None:
    """Raise `SheetError` when a sheet is larger than what is read."""
    for count, limit, id_, en in ((rows, "sheet_rows", "baris", "rows"), (columns, "sheet_columns", "kolom", "columns"),
                                  (rows * columns, "sheet_cells", "sel", "cells")):  # fmt: skip
        if count > getattr(current(), limit):
            values = (f"{count:_}", told(limit), name)
            raise too(f"memuat {{}} {id_} (batas {{}}) di lembar {{}}; hapus yang tidak perlu atau bagi lembarnya",
                       f"has {{}} {en} (limit {{}}) in sheet {{}}; delete what is not needed or split the sheet",
                       *values)  # fmt: skip


def check_texts(grid: Grid) -> None:
    """Raise `SheetError` when a cell holds a longer text than is read."""
    longest = current().text_characters
    for number, row in enumerate(grid.rows):
        for column, cell in enumerate(row):
            if isinstance(cell, str) and len(cell) > longest:
                raise too("memuat teks {} karakter di sel {} (batas {}); persingkat",
                          "has a text of {} characters in the cell {} (limit {}); shorten it",
                          f"{len(cell):_}", grid.address(number, column), told("text_characters"))  # fmt: skip


def too(id_: str, en: str, *values: object) -> SheetError:
    """Return the error for a file that exceeds a limit; `values` fill both wordings."""
    return SheetError(Text(f"berkas {id_.format(*values)}.", f"the file {en.format(*values)}."))


def damaged() -> SheetError:
    """Return the error for a file that is no whole spreadsheet."""
    return SheetError(Text(
        "berkas rusak atau tidak lengkap; unduh ulang, atau buka dengan Excel dan simpan lagi sebagai .xlsx.",
        "the file is damaged or incomplete; download it again, or open it in Excel and save it as .xlsx.",
    ))  # fmt: skip


def no_sheet() -> SheetError:
    """Return the error for a file that is no table at all."""
    return SheetError(Text(
        "berkas ini bukan lembar kerja: yang dibaca .xlsx, .xlsm, .xls, .ods dan .csv.",
        "this file is no spreadsheet: .xlsx, .xlsm, .xls, .ods and .csv are read.",
    ))  # fmt: skip
