"""Family 7: files of one region that contradict each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alignment_cli.finding import Finding, Rule, Severity, Text
from alignment_cli.region import place, region_name

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    parts = [{part.kode or part.nama for part in judged.item.parts} for judged in (first, second)]
    return not all(parts) or bool(parts[0] & parts[1])


def _headers(region: Region) -> Iterator[Finding]:
    """Yield where a file's region is written otherwise than in the first file of that region."""
    first = region.files[0]
    wanted = region.header.daerah
    for file in region.files[1:]:
        content = file.loaded.file
        if content is None:
            continue
        for key, here, there in (
            ("kode", content.daerah.kode, wanted.kode),
            ("nama", content.daerah.nama, wanted.nama),
            ("tingkat", content.daerah.tingkat, wanted.tingkat),
        ):
            differs = region_name(here or "") != region_name(there or "") if key == "nama" else here != there
            if here and there and differs:
                params = {"kunci": f"daerah.{key}", "nilai": here, "lain": there, "berkas": first.loaded.path}
                related = ((Text("berkas pertama", "the first file"), place(first, ("daerah", key))),)
                yield Finding(HEADERS_DIFFER, place(file, ("daerah", key)), params, related=related)
