"""A look into a spreadsheet before it is opened: whether it is safe to, and what the reader would not tell.

The reader allots a table as wide and as high as the farthest cell, so two cells can ask for more memory than there is;
and it hands out errors and formulas without a value as blanks. Both are seen in the file's own text.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING
from xml.parsers import expat

from alignment_cli.sheet import limits
from alignment_cli.sheet.archive import CHUNK, check_parts, check_unpacked, chunks, names_of, parse
from alignment_cli.sheet.grid import number_of
from alignment_cli.sheet.open_document import OpenDocument

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_FAULTS = (zipfile.BadZipFile, zlib.error, expat.ExpatError)
LONGEST_ROW = 16 * 2**20
"""Most bytes of one row. One of 200 cells, each with the longest text, has 7 MB."""
_TAG = rb"<(?:[^\s<>/:]*:)?"
_OTHERS = rb'(?:\s+(?!(?:[\w.-]*:)?r\b)[\w:.-]+="[^"<>=]*")*+'
_SOUND = re.compile(
    _TAG + rb"(?:c" + _OTHERS + rb'(?:\s+r="[A-Z]{1,4}\d{1,9}")?|row' + _OTHERS + rb'(?:\s+r="\d{1,9}")?)'
    + _OTHERS + rb"\s*/?>"
)  # fmt: skip
"""A cell or row as every spreadsheet program writes it. The reader understands other ways to say where one stands, and
falls over a place beyond what it can count, so what is written otherwise is not handed to it."""
_BEGIN = re.compile(_TAG + rb"(?:c|row)(?![^\s/>])")
_PLACED = re.compile(_TAG + rb'c\b[^>]*?\br="([A-Z]{1,4})(\d{1,9})"[^>]*?(/?)>')
"""A cell that says where it stands, with a bar where it is empty."""
_STRINGS = re.compile(_TAG + rb"sst(?![^\s/>])")
_COUNTED = re.compile(_TAG + rb'sst(?:\s+[\w:.-]+="[^"<>]*")*\s*/?>')
_UNIQUE = re.compile(rb'\buniqueCount="(\d{1,9})"')
"""How many texts there are, as their part says it; the reader makes room for so many."""
_ROW = re.compile(_TAG + rb'row\b[^>]*?\br="(\d{1,9})"')
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


def inspect(raw: bytes) -> dict[str, limits.Facts]:
    """Look through a zipped spreadsheet (.xlsx, .xlsm, .ods) and return the facts of its sheets by name.

    Raises `SheetError` for one that is damaged or too large.
    """
    check_parts(raw)
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            names = names_of(archive)
            check_unpacked(archive)
            if "content.xml" in names:
                document = OpenDocument()
                parse(archive, "content.xml", document.start, document.end)
                return document.facts
            if "xl/workbook.xml" in names:
                if "xl/sharedstrings.xml" in names:
                    _check_strings(archive, names["xl/sharedstrings.xml"])
                found = {name: names.get(part.casefold()) for name, part in parts(archive).items()}
                return {name: _sheet(archive, part, name) for name, part in found.items() if part is not None}
    except (*_FAULTS, EOFError, OSError, NotImplementedError, RuntimeError, ValueError, LookupError):
        raise limits.damaged() from None
    raise limits.no_sheet()


def _check_strings(archive: zipfile.ZipFile, part: str) -> None:
    """Refuse a table of texts that claims to hold more of them than it has bytes."""
    most, rest = archive.getinfo(part).file_size, b""
    with archive.open(part) as stream:
        for chunk in chunks(stream):
            whole = rest + chunk
            last = whole.rfind(b"<")
            cut = len(whole) if last < 0 or b">" in whole[last:] else last
            tags, rest = _COUNTED.findall(whole[:cut]), whole[cut:]
            counts = [_UNIQUE.search(tag) for tag in tags if b"uniqueCount" in tag]
            if (
                len(rest) > CHUNK
                or len(tags) != len(_STRINGS.findall(whole[:cut]))
                or any(count is None or int(count.group(1)) > most for count in counts)
            ):
                raise limits.damaged()


def _rows(stream: IO[bytes]) -> Iterator[bytes]:
    """Yield the text of a sheet in pieces that end with a row."""
    rest = b""
    for chunk in chunks(stream):
        rest += chunk
        ends = list(_ROW_END.finditer(rest))
        if ends:
            yield rest[: ends[-1].end()]
            rest = rest[ends[-1].end() :]
        if len(rest) > LONGEST_ROW:
            raise limits.damaged()
    yield rest


def _sheet(archive: zipfile.ZipFile, part: str, name: str) -> limits.Facts:
    facts = limits.Facts()
    styles = b"|".join(sorted(_percent_styles(archive)))
    percent = re.compile(_TAG + rb'c\b(?=[^>]*\bs="(?:' + styles + rb')")[^>]*?\br="([A-Z]+)(\d+)"') if styles else None
    area, reach, unplaced = _Area(), _Area(), False
    with archive.open(part) as stream:
        for piece in _rows(stream):
            if len(_BEGIN.findall(piece)) != len(_SOUND.findall(piece)):
                raise limits.damaged()
            placed = _PLACED.findall(piece)
            area.hold((column, row) for column, row, empty in placed if not empty)
            reach.hold((column, row) for column, row, _ in placed)
            reach.rows = max(reach.rows, *map(int, _ROW.findall(piece)), 0)
            if _UNPLACED.search(piece):
                unplaced = True
                cells = [len(_ANY.findall(row)) for row in _ROW_END.split(piece)]
                reach.rows, reach.further = reach.rows + len(cells), max(reach.further, *cells)
            # A cell that does not say where it stands follows the one before, even an empty one.
            seen = reach if unplaced else area
            limits.check_area(name, seen.rows, seen.columns + seen.further)
            if percent is not None:
                facts.percent |= {_place(found) for found in percent.findall(piece)}
            facts.faulty |= {_place(found[:2]): found[2].decode("utf-8", "replace") for found in _ERROR.findall(piece)}
            facts.faulty |= {_place(found): "" for found in _UNCALCULATED.findall(piece)}
    return facts


@dataclass
class _Area:
    """The rows and columns that cells reach, and the columns by which those without a place may go further."""

    rows: int = 0
    further: int = 0
    letters: set[bytes] = field(default_factory=set)

    def hold(self, places: Iterable[tuple[bytes, bytes]]) -> None:
        """Take in cells by their letters and their row."""
        found = set(places)
        self.letters |= {column for column, _ in found}
        self.rows = max(self.rows, *(int(row) for _, row in found), 0)

    @property
    def columns(self) -> int:
        """Columns up to the last cell."""
        return max((number_of(column.decode()) + 1 for column in self.letters), default=0)


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

    parse(archive, "xl/styles.xml", start, end)
    return frozenset(str(number).encode() for number, name in enumerate(styles) if name in formats)


def parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the part of the archive that holds each sheet."""
    targets: dict[str, str] = {}
    sheets: dict[str, str] = {}

    def relation(tag: str, values: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "Relationship":
            target = values.get("Target", "")
            target = target.lstrip("/")
            targets[values.get("Id", "")] = target if target.startswith("xl/") else f"xl/{target}"

    def sheet(tag: str, values: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "sheet":
            key = next((value for name, value in values.items() if name.rpartition(":")[2] == "id"), "")
            if sheets.setdefault(values.get("name", ""), key) != key:
                raise limits.damaged()

    parse(archive, "xl/_rels/workbook.xml.rels", relation)
    parse(archive, "xl/workbook.xml", sheet)
    return {name: targets[key] for name, key in sheets.items() if key in targets}
