"""How large a spreadsheet may be, and what is said of one that is too large or no use."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from alignment_cli.finding import Text
from alignment_cli.sheet.grid import SheetError

if TYPE_CHECKING:
    from pathlib import Path

MAX_BYTES = 100 * 2**20
"""Largest file, in bytes."""
MAX_UNPACKED = 400 * 2**20
"""Most bytes that a file may unpack to. A sheet of 200,000 rows and 20 columns unpacks to about 200 MB."""
MAX_ROWS, MAX_COLUMNS, MAX_CELLS = 200_000, 200, 8_000_000
"""Most rows and columns of a sheet, and most cells of the rectangle that they span."""


@dataclass
class Facts:
    """What a sheet's own text tells beyond its values; cells as (row, column), 0-based."""

    percent: set[tuple[int, int]] = field(default_factory=set)
    faulty: dict[tuple[int, int], str] = field(default_factory=dict)


def check_size(path: Path) -> None:
    """Raise `SheetError` when a file is too large."""
    size = path.stat().st_size
    if size > MAX_BYTES:
        values = (size // 2**20, MAX_BYTES // 2**20)
        raise too("berukuran {} MB (batas {} MB); bagi menjadi beberapa berkas",
                   "has {} MB (limit {} MB); split it into several files", *values)  # fmt: skip


def check_area(name: str, rows: int, columns: int) -> None:
    """Raise `SheetError` when a sheet is larger than what is read."""
    for count, limit, id_, en in ((rows, MAX_ROWS, "baris", "rows"), (columns, MAX_COLUMNS, "kolom", "columns"),
                                  (rows * columns, MAX_CELLS, "sel", "cells")):  # fmt: skip
        if count > limit:
            values = (f"{count:_}", f"{limit:_}", name)
            raise too(f"memuat {{}} {id_} (batas {{}}) di lembar {{}}; hapus yang tidak perlu atau bagi lembarnya",
                       f"has {{}} {en} (limit {{}}) in sheet {{}}; delete what is not needed or split the sheet",
                       *values)  # fmt: skip


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
