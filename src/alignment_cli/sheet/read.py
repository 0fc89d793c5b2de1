"""From a file to its sheets. What kind of file it is, its first bytes tell, not its name."""

from __future__ import annotations

import io
import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from alignment_cli.finding import Text
from alignment_cli.limits import Limits, current, use
from alignment_cli.sheet import delimited, guard, limits, markup
from alignment_cli.sheet.grid import Book, Box, Grid, SheetError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from python_calamine import CalamineWorkbook

STDERR = 2
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OTHERS = {
    b"%PDF": ("PDF", "salin tabelnya ke lembar kerja dulu", "copy its table into a spreadsheet first"),
    b"{\\rtf": ("RTF", "salin tabelnya ke lembar kerja dulu", "copy its table into a spreadsheet first"),
}
XML_SHEET = b"urn:schemas-microsoft-com:office:spreadsheet"


def open_book(path: Path) -> Book:
    """Read all sheets of a file. Raises `SheetError` and OSError."""
    raw = limits.contents(path)
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
    if raw.startswith(ZIP):
        return _opened(raw, guard.inspect(raw), path.suffix.lower().lstrip("."))
    if _ENCRYPTED in raw:
        raise _locked()
    found = _apart(raw)
    if isinstance(found, Book):
        return found
    raise SheetError(found)


def _opened(raw: bytes, facts: dict[str, limits.Facts] | None, kind: str) -> Book:
    """Hand a file to the reader; None stands for facts that its own kind of file does not tell."""
    from python_calamine import CalamineError, PasswordError

    try:
        with _silent():
            return _read(raw, facts, kind)
    except PasswordError:
        raise _locked() from None
    except CalamineError:
        raise limits.no_sheet() if facts == {} else limits.damaged() from None
    except SheetError:
        raise
    except BaseException as error:
        # The reader gave up in Rust; its exception is no `Exception`, or an OSError without the number of a cause.
        if type(error).__name__ == "PanicException" or (isinstance(error, OSError) and error.errno is None):
            raise limits.damaged() from None
        raise


def _apart(raw: bytes) -> Book | Text:
    """Read a file of the old kind (.xls) in a process of its own, or say why not. Such a file tells in many places how
    much room it needs, and the reader ends its whole process where there is not so much.
    """
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    with _silent(), ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        try:
            return pool.submit(_alone, raw, current()).result()
        except BrokenProcessPool:
            return limits.damaged().text


def _alone(raw: bytes, in_force: Limits) -> Book | Text:
    use(in_force)
    try:
        return _opened(raw, None, "xls")
    except SheetError as error:
        return error.text


@contextmanager
def _silent() -> Iterator[None]:
    """Keep the reader from telling in its own words on stderr where it gave up."""
    try:
        kept = os.dup(STDERR)
    except OSError:  # closed, so nothing can be said
        yield
        return
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), STDERR)
    try:
        yield
    finally:
        os.dup2(kept, STDERR)
        os.close(kept)


def _locked() -> SheetError:
    return SheetError(Text(
        "berkas dilindungi kata sandi; buka dengan Excel, simpan tanpa kata sandi, lalu impor lagi.",
        "the file has a password; open it in Excel, save it without one, and import again.",
    ))  # fmt: skip


def _read(raw: bytes, facts: dict[str, limits.Facts] | None, kind: str) -> Book:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    with CalamineWorkbook.from_filelike(io.BytesIO(raw)) as book:
        grids = []
        for sheet in book.sheets_metadata:
            if sheet.typ == SheetTypeEnum.WorkSheet:  # older readers make a new one each time
                if facts is not None and sheet.name not in facts:
                    raise limits.damaged()  # the reader sees a sheet that was not looked at
                grid = _grid(book, sheet.name, limits.Facts() if facts is None else facts[sheet.name])
                grid.hidden = sheet.visible != SheetVisibleEnum.Visible
                grids.append(grid)
    return Book(kind, grids)


def _grid(book: CalamineWorkbook, name: str, facts: limits.Facts) -> Grid:
    sheet = book.get_sheet_by_name(name)
    limits.check_area(name, sheet.total_height, sheet.total_width)
    rows: list[list[Any]] = sheet.to_python(skip_empty_area=False) if sheet.total_height else []
    merged = [Box(*start, *end) for start, end in sheet.merged_cell_ranges or ()]
    if sum(_inside(box, sheet.total_height, sheet.total_width) for box in merged) > current().sheet_cells:
        raise limits.damaged()  # ranges that lie upon each other
    grid = Grid(name, rows, merged, facts.percent, facts.faulty)
    limits.check_texts(grid)
    return grid


def _inside(box: Box, height: int, width: int) -> int:
    """Return how many cells of a sheet a merged range covers."""
    return max(0, min(box.bottom + 1, height) - box.top) * max(0, min(box.right + 1, width) - box.left)
