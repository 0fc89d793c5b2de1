"""The zip archive that a spreadsheet is: what of it is safe to unpack."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING
from xml.parsers import expat

from alignment_cli.limits import current, told
from alignment_cli.sheet import limits

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Callable, Iterator

_ENTRY, MOST_PARTS = b"PK\x01\x02", 10_000
"""How an archive lists a part, and how many parts are listed at most; a large workbook has some hundred."""
CHUNK = 2**20
"""Bytes unpacked at a time."""


def check_parts(raw: bytes) -> None:
    """Raise `SheetError` when an archive lists so many parts that reading the list takes long."""
    if raw.count(_ENTRY) > MOST_PARTS:
        raise limits.damaged()


def check_unpacked(archive: zipfile.ZipFile) -> None:
    """Refuse an archive that unpacks to more than is read. A part may hold more than the archive says, and the reader
    would unpack it all, so each is unpacked here once, as far as allowed.
    """
    most, total = current().sheet_unpacked_bytes, 0
    for info in archive.infolist():
        said, info.file_size, found = info.file_size, most + 1, 0
        total += said
        with archive.open(info) as stream:
            while total <= most and (chunk := stream.read(CHUNK)):
                found += len(chunk)
                if found > said:
                    raise limits.damaged()
        info.file_size = said
        if total > most:
            raise limits.too("mengembang menjadi {} byte atau lebih (batas {}); ini bukan lembar kerja yang wajar",
                             "unpacks to {} bytes or more (limit {}); no sane spreadsheet does",
                             f"{total:_}", told("sheet_unpacked_bytes"))  # fmt: skip


def names_of(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the names of the parts by how the reader looks for them. Refuses an archive of which it could read another
    part than the one looked at here: two parts of one name, or two kinds of spreadsheet in one.
    """
    names = {name.replace("\\", "/").casefold(): name for name in archive.namelist()}
    kinds = [kind for kind in ("content.xml", "xl/workbook.xml", "xl/workbook.bin") if kind in names]
    if len(names) < len(archive.namelist()) or len(kinds) > 1:
        raise limits.damaged()
    return names


def chunks(stream: IO[bytes]) -> Iterator[bytes]:
    """Yield a part's bytes; a part that is longer than the archive says fails its checksum here."""
    while chunk := stream.read(CHUNK):
        yield chunk


def _refuse(*_: object) -> None:
    """Refuse a document type: no spreadsheet declares one, and it is where entities that expand come from."""
    raise limits.damaged()


def parse(
    archive: zipfile.ZipFile,
    part: str,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
) -> None:
    """Hand the elements of an XML part to functions. Raises ExpatError, and `SheetError` for a document type."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = start
    if end is not None:
        parser.EndElementHandler = end
    size = CHUNK
    with archive.open(part) as stream:
        while chunk := stream.read(size):
            before = parser.CurrentByteIndex
            parser.Parse(chunk)
            # A tag without an end is read again from its start (CVE-2023-52425), so ever more of it comes at a time.
            size = CHUNK if parser.CurrentByteIndex > before else 2 * size
    parser.Parse(b"", True)
