"""Family 7: files of one region that contradict each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alignment_cli.finding import Finding, Rule, Severity, Text
from alignment_cli.region import place, region_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alignment_cli.model import Daerah
    from alignment_cli.reference import Reference
    from alignment_cli.region import Region
    from alignment_cli.result import FileResult, Judged

WARNING = Severity.WARNING

IN_TWO_FILES = Rule(
    "AL705", "program-di-dua-berkas", WARNING, "mutu",
    Text("Program ada dalam dua berkas", "The programme stands in two files"),
    Text("Program {kode} {perangkat} sudah ada dalam {berkas} baris {baris}; pagunya terhitung ganda.",
         "The programme {kode} of {perangkat} already stands in {berkas}, line {baris}; its money counts twice."),
    Text("Hapus salah satu.", "Remove one of them."),
)  # fmt: skip
HEADERS_DIFFER = Rule(
    "AL706", "kepala-berkas-berbeda", WARNING, "mutu",
    Text("Berkas satu daerah berbeda kepalanya", "Files of one region differ in their header"),
    Text('{kunci} "{nilai}" berbeda dari "{lain}" dalam {berkas}, padahal daerah, dokumen, dan tahunnya sama.',
         '{kunci} "{nilai}" differs from "{lain}" in {berkas}, though region, document and year are the same.'),
    Text("Samakan daerah.kode, daerah.nama, dan daerah.tingkat dalam semua berkas daerah ini.",
         "Give all files of this region the same daerah.kode, daerah.nama and daerah.tingkat."),
)  # fmt: skip

RULES = (IN_TWO_FILES, HEADERS_DIFFER)


def check(region: Region, reference: Reference) -> Iterator[Finding]:
    """Yield where the files of a region contradict each other, or hold the same."""
    yield from _headers(region)
    yield from _twice(region, reference)


def _twice(region: Region, reference: Reference) -> Iterator[Finding]:
    from alignment_cli.collaboration.analysis import resolver_of

    if len(region.files) == 1:
        return
    resolver = resolver_of(region, reference)
    seen: dict[tuple[str, str], tuple[FileResult, Judged]] = {}
    for file, judged in region.programmes:
        kode, office = judged.item.kode, resolver.office(judged.item.perangkat_daerah)
        if not kode:
            continue
        key = kode, office.key if office is not None else f"?{judged.item.nama.casefold()}"
        other, before = seen.setdefault(key, (file, judged))
        if other is not file and _overlap(judged, before):
            at = place(other, (*before.item.route, "kode"))
            name = office.nama if office is not None else judged.item.nama
            params: dict[str, str | int] = {"kode": kode, "perangkat": name, "berkas": other.loaded.path}
            params["baris"] = at.span.line
            related = ((Text("program yang sama", "the same programme"), at),)
            yield Finding(IN_TWO_FILES, place(file, (*judged.item.route, "kode")), params, related=related)


def _overlap(first: Judged, second: Judged) -> bool:
    """Tell whether two entries of a programme hold the same money. With different sub-activities they are parts."""
    parts = [{part.kode or part.nama.casefold() for part in judged.item.parts} for judged in (first, second)]
    return not all(parts) or bool(parts[0] & parts[1])


def _headers(region: Region) -> Iterator[Finding]:
    """Yield where a file's region is written otherwise than in the first file of that region."""
    for file in region.files:
        if file.loaded.file is not None:
            yield from _header(file, file.loaded.file.daerah, region)


def _header(file: FileResult, daerah: Daerah, region: Region) -> Iterator[Finding]:
    first, wanted = region.files[0], region.header.daerah
    for key, here in _compared(daerah).items():
        there = _compared(wanted)[key]
        if here and there and here != there:
            params = {"nilai": getattr(daerah, key), "lain": getattr(wanted, key)}
            params |= {"kunci": f"daerah.{key}", "berkas": first.loaded.path}
            related = ((Text("berkas pertama", "the first file"), place(first, ("daerah", key))),)
            yield Finding(HEADERS_DIFFER, place(file, ("daerah", key)), params, related=related)


def _compared(daerah: Daerah) -> dict[str, str]:
    """Return what a header says of its region, for comparing; empty where it says nothing."""
    return {"kode": (daerah.kode or "").strip(), "nama": region_name(daerah.nama), "tingkat": daerah.tingkat}
