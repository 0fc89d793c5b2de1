"""From a file to its sheets. What kind of file it is, its first bytes tell, not its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from alignment_cli.finding import Text
from alignment_cli.sheet import delimited, guard, limits, markup
from alignment_cli.sheet.grid import Book, Box, Grid, SheetError

if TYPE_CHECKING:
    from pathlib import Path

    from python_calamine import CalamineWorkbook

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OTHERS = {
    b"%PDF": ("PDF", "salin tabelnya ke lembar kerja dulu", "copy its table into a spreadsheet first"),
    b"{\\rtf": ("RTF", "salin tabelnya ke lembar kerja dulu", "copy its table into a spreadsheet first"),
}
XML_SHEET = b"urn:schemas-microsoft-com:office:spreadsheet"


def open_book(path: Path) -> Book:
    """Read all sheets of a file. Raises `SheetError` and OSError."""
    limits.check_size(path)
    raw = path.read_bytes()
    if not raw.strip():
        raise SheetError(Text("berkas kosong.", "the file is empty."))
    if raw.startswith((ZIP, OLE)):
        return _workbook(path, raw)
    _refuse(raw)
    return markup.read(raw, path) if markup.is_markup(raw) else delimited.read(raw, path)


def _refuse(raw: bytes) -> None:
    """Raise for kinds of files that look like text and are no table."""
    for start, (kind, id_, en) in _OTHERS.items():
        if raw.startswith(start):
            raise SheetError(
                Text(f"berkas ini {kind}, bukan lembar kerja; {id_}.", f"this file is {kind}, no spreadsheet; {en}.")
            )
    if raw.lstrip()[:5] == b"<?xml" and XML_SHEET in raw[:4096]:
        raise SheetError(Text(
            "berkas ini XML Spreadsheet 2003; buka dengan Excel dan simpan sebagai .xlsx.",
            "this file is an XML Spreadsheet 2003; open it in Excel and save it as .xlsx.",
        ))  # fmt: skip


def _workbook(path: Path, raw: bytes) -> Book:
    from python_calamine import CalamineError, PasswordError

    if raw.startswith(OLE) and _ENCRYPTED in raw:
        raise _locked()
    facts = guard.inspect(path) if raw.startswith(ZIP) else {}
    try:
        return _read(path, facts, "xls" if raw.startswith(OLE) else path.suffix.lower().lstrip("."))
    except PasswordError:
        raise _locked() from None
    except CalamineError:
        raise limits.damaged() if raw.startswith(OLE) or facts else limits.no_sheet() from None
    except SheetError:
        raise
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            # The reader gave up in Rust; its exception is no `Exception`.
            raise limits.damaged() from None
        raise


def _locked() -> SheetError:
    return SheetError(Text(
        "berkas dilindungi kata sandi; buka dengan Excel, simpan tanpa kata sandi, lalu impor lagi.",
        "the file has a password; open it in Excel, save it without one, and import again.",
    ))  # fmt: skip


def _read(path: Path, facts: dict[str, limits.Facts], kind: str) -> Book:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    with CalamineWorkbook.from_path(path) as book:
        grids = []
        for sheet in book.sheets_metadata:
            if sheet.typ is SheetTypeEnum.WorkSheet:
                grid = _grid(book, sheet.name, facts.get(sheet.name, limits.Facts()))
                grid.hidden = sheet.visible is not SheetVisibleEnum.Visible
                grids.append(grid)
    return Book(kind, grids)


def _grid(book: CalamineWorkbook, name: str, facts: limits.Facts) -> Grid:
    sheet = book.get_sheet_by_name(name)
    limits.check_area(name, sheet.total_height, sheet.total_width)
    rows: list[list[Any]] = sheet.to_python(skip_empty_area=False) if sheet.total_height else []
    merged = [Box(*start, *end) for start, end in sheet.merged_cell_ranges or ()]
    return Grid(name, rows, merged, facts.percent, facts.faulty)
