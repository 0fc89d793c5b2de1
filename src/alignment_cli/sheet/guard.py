"""A look into a spreadsheet before it is opened: whether it is safe to, and what the reader would not tell.

The reader allots a table as wide and as high as the farthest cell, so two cells can ask for more memory than there is;
and it hands out errors and formulas without a value as blanks. Both are seen in the file's own text.
"""

from __future__ import annotations

import re
import zipfile
from typing import IO, TYPE_CHECKING
from xml.parsers import expat

from alignment_cli.sheet import limits
from alignment_cli.sheet.grid import number_of
from alignment_cli.sheet.open_document import OpenDocument

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

CHUNK = 2**20
"""Bytes unpacked at a time."""
_TAG = rb"<(?:\w+:)?"
_FILLED = re.compile(_TAG + rb'c\b[^>]*?\br="([A-Z]{1,4})(\d{1,9})"[^>]*(?<!/)>')
"""A cell that is not empty."""
_ANY = re.compile(_TAG + rb"c[\s/>]")
_UNPLACED = re.compile(_TAG + rb'c(?:\s(?![^>]*\br=")[^>]*)?(?<!/)>')
"""A cell that does not say where it stands; it follows the one before."""
_FORMULA = rb"\s*" + _TAG + rb"f\b[^>]*(?:/>|>[^<]*</(?:\w+:)?f>)"
_ERROR = re.compile(
    _TAG + rb'c\b(?=[^>]*\bt="e")[^>]*?\br="([A-Z]+)(\d+)"[^>]*>(?:' + _FORMULA + rb")?\s*(?:" + _TAG + rb"v>([^<]*)<)?"
)
_UNCALCULATED = re.compile(
    _TAG + rb'c\b[^>]*?\br="([A-Z]+)(\d+)"[^>]*>' + _FORMULA + rb"\s*(?:" + _TAG
    + rb"v\s*(?:/>|></(?:\w+:)?v>))?\s*</(?:\w+:)?c>"
)  # fmt: skip
"""A formula without a value."""
_ROW_END = re.compile(rb"</(?:\w+:)?row>")
_PERCENT_FORMATS = ("9", "10")
"""Numbers of the built-in formats ``0%`` and ``0.00%``."""


def inspect(path: Path) -> dict[str, limits.Facts]:
    """Look through a zipped spreadsheet (.xlsx, .xlsm, .ods) and return the facts of its sheets by name.

    Raises `SheetError` for one that is damaged or too large.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            _check_unpacked(archive)
            if "content.xml" in names:
                document = OpenDocument()
                _parse(archive, "content.xml", document.start, document.end)
                return document.facts
            if "xl/workbook.xml" in names:
                return {name: _sheet(archive, part, name) for name, part in parts(archive).items() if part in names}
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError, ValueError, expat.ExpatError):
        raise limits.damaged() from None
    raise limits.no_sheet()


def _check_unpacked(archive: zipfile.ZipFile) -> None:
    total = sum(info.file_size for info in archive.infolist())
    if total > limits.MAX_UNPACKED:
        values = (total // 2**20, limits.MAX_UNPACKED // 2**20)
        raise limits.too("mengembang menjadi {} MB (batas {} MB); ini bukan lembar kerja yang wajar",
                   "unpacks to {} MB (limit {} MB); no sane spreadsheet does", *values)  # fmt: skip


def _chunks(stream: IO[bytes]) -> Iterator[bytes]:
    """Yield a part's bytes; a part that is longer than the archive says fails its checksum here."""
    while chunk := stream.read(CHUNK):
        yield chunk


def _rows(stream: IO[bytes]) -> Iterator[bytes]:
    """Yield the text of a sheet in pieces that end with a row."""
    rest = b""
    for chunk in _chunks(stream):
        rest += chunk
        ends = list(_ROW_END.finditer(rest))
        if ends:
            yield rest[: ends[-1].end()]
            rest = rest[ends[-1].end() :]
    yield rest


def _sheet(archive: zipfile.ZipFile, part: str, name: str) -> limits.Facts:
    facts = limits.Facts()
    styles = b"|".join(sorted(_percent_styles(archive)))
    percent = re.compile(_TAG + rb'c\b(?=[^>]*\bs="(?:' + styles + rb')")[^>]*?\br="([A-Z]+)(\d+)"') if styles else None
    rows, letters = 0, set[bytes]()
    with archive.open(part) as stream:
        for piece in _rows(stream):
            filled = _FILLED.findall(piece)
            letters |= {column for column, _ in filled}
            rows = max(rows, *(int(row) for _, row in filled), 0)
            columns = max((number_of(column.decode()) + 1 for column in letters), default=0)
            if _UNPLACED.search(piece):
                cells = [len(_ANY.findall(row)) for row in _ROW_END.split(piece)]
                rows, columns = rows + len(cells), max(columns, *cells)
            limits.check_area(name, rows, columns)
            if percent is not None:
                facts.percent |= {_place(found) for found in percent.findall(piece)}
            facts.faulty |= {_place(found[:2]): found[2].decode("utf-8", "replace") for found in _ERROR.findall(piece)}
            facts.faulty |= {_place(found): "" for found in _UNCALCULATED.findall(piece)}
    return facts


def _place(found: tuple[bytes, ...]) -> tuple[int, int]:
    return int(found[1]) - 1, number_of(found[0].decode())


def _percent_styles(archive: zipfile.ZipFile) -> frozenset[bytes]:
    """Return the numbers of the cell styles that show percent."""
    if "xl/styles.xml" not in archive.namelist():
        return frozenset()
    formats, styles = set(_PERCENT_FORMATS), list[str]()
    inside = [False]

    def start(tag: str, values: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "cellXfs":
            inside[0] = True
        elif tag == "numFmt" and "%" in values.get("formatCode", ""):
            formats.add(values.get("numFmtId", ""))
        elif tag == "xf" and inside[0]:
            styles.append(values.get("numFmtId", ""))

    def end(tag: str) -> None:
        if tag.rpartition(":")[2] == "cellXfs":
            inside[0] = False

    _parse(archive, "xl/styles.xml", start, end)
    return frozenset(str(number).encode() for number, name in enumerate(styles) if name in formats)


def parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the part of the archive that holds each sheet."""
    targets: dict[str, str] = {}
    sheets: dict[str, str] = {}

    def relation(tag: str, values: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "Relationship":
            target = values.get("Target", "")
            targets[values.get("Id", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"

    def sheet(tag: str, values: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "sheet":
            key = next((value for name, value in values.items() if name.rpartition(":")[2] == "id"), "")
            sheets[values.get("name", "")] = key

    _parse(archive, "xl/_rels/workbook.xml.rels", relation)
    _parse(archive, "xl/workbook.xml", sheet)
    return {name: targets[key] for name, key in sheets.items() if key in targets}


def _parse(
    archive: zipfile.ZipFile,
    part: str,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
) -> None:
    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    if end is not None:
        parser.EndElementHandler = end
    with archive.open(part) as stream:
        parser.ParseFile(stream)
