"""The columns of the datasets, and the rows that a checked region adds to each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from alignment_cli import __version__
from alignment_cli.finding import route_text
from alignment_cli.national import Nationals
from alignment_cli.render.table import answer, codes_by_item
from alignment_cli.score import score

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alignment_cli.finding import Finding, Lang
    from alignment_cli.reference import Reference
    from alignment_cli.region import Region
    from alignment_cli.result import FileResult, Judged

Kind = Literal["text", "whole", "share", "flag", "list"]
"""`whole` is an int64 (rupiah, line, year), `share` a number of 0-1, `list` has texts."""
Row = dict[str, Any]


class Column(NamedTuple):
    """A column of a dataset: its name and what it holds."""

    name: str
    kind: Kind = "text"


def _columns(**kinds: Kind) -> tuple[Column, ...]:
    return tuple(Column(name, kind) for name, kind in kinds.items())


ITEMS = _columns(
    daerah_kode="text", daerah="text", tingkat="text", dokumen="text", berkas="text", baris="whole", letak="text",
    letak_program="text", jenjang="text", kode="text", nama="text", perangkat_daerah="text", pagu="whole", rinci="flag",
    status="text", tujuan="text", juga="list", keyakinan="share", dasar="text", pesaing="text", selisih="share",
    alasan_tinjau="list", bukti="text", dinyatakan="list", tema="list", program_nasional_terbaca="list",
    program_nasional_didukung="list", temuan="list",
)  # fmt: skip
"""One row per item. `rinci` marks the items that carry money (sub-activities, and programmes without any): only over
them do ceilings add up. `letak` and `letak_program` are the routes of the item and of its programme in the file.
`program_nasional_terbaca` are the national programmes that the text names, `program_nasional_didukung` those that the
item serves: declared, named, or by its official code.
"""
FINDINGS = _columns(
    daerah_kode="text", daerah="text", dokumen="text", berkas="text", baris="whole", kolom="whole", letak="text",
    aturan="text", nama_aturan="text", tingkat_temuan="text", kelas="text", pesan="text",
)  # fmt: skip
"""One row per finding that counts, as in `align check`; `tingkat_temuan` is its severity."""
PLANS = _columns(
    daerah_kode="text", daerah="text", tingkat="text", dokumen="text", berkas="list", berkas_gagal="list",
    program="whole", sub_kegiatan="whole", rinci="whole", program_tidak_dinilai="whole", utuh="flag",
    indeks="share", indeks_batas_atas="share", ditimbang="text", versi_align="text",
)  # fmt: skip
"""One row per region, document and year. `rinci` counts the items that carry money, `program_tidak_dinilai` the
programmes too faulty to judge; `utuh` tells that the files can speak of what the region leaves out; `indeks` is the
aligned part, weighed by what `ditimbang` says (pagu or butir).
"""
FAILURES = _columns(berkas="text", tahun="whole", wilayah="text", sebab="text", pesan="text")
"""One row per file that is in no dataset, or not wholly."""
DATASETS = {"butir": ITEMS, "temuan": FINDINGS, "rencana": PLANS}
"""The datasets that every region has a part in."""


def rows(region: Region, failed: list[str], reference: Reference, lang: Lang) -> dict[str, list[Row]]:
    """Return the rows of a region by dataset. `failed` are files of the region that could not be used."""
    nationals = Nationals(reference.priorities)
    return {
        "butir": [row for file in region.files for row in _items(file, region, nationals, lang)],
        "temuan": [_finding(finding, file, region, lang) for file in region.files for finding in file.findings],
        "rencana": [_plan(region, failed)],
    }


def kode_of(region: Region) -> str | None:
    """Return the code of a region: the first that one of its files gives, without surrounding space."""
    given = [file.loaded.file.daerah.kode for file in region.files if file.loaded.file is not None]
    return next((kode.strip() for kode in given if kode and kode.strip()), None)


def _head(region: Region) -> Row:
    return {"daerah_kode": kode_of(region), "daerah": region.header.daerah.nama, "dokumen": region.header.dokumen}


def _items(file: FileResult, region: Region, nationals: Nationals, lang: Lang) -> Iterator[Row]:
    codes = codes_by_item(file)
    head = {**_head(region), "tingkat": region.header.daerah.tingkat, "berkas": file.loaded.path}
    for judged in file.judged:
        original = file.loaded.original(judged.item.route)
        yield {
            **head,
            **_plan_of_item(file, judged),
            **answer(judged, codes.get(original, []), lang),
            "dinyatakan": [link.tujuan for link in judged.item.declared],
            "program_nasional_didukung": [named.kode for named in nationals.of(judged)],
        }


def _plan_of_item(file: FileResult, judged: Judged) -> Row:
    """Return what the plan says of an item, and where."""
    item = judged.item
    original = file.loaded.original(item.route)
    return {
        "baris": file.loaded.line(item.route),
        "letak": route_text(original),
        "letak_program": route_text(original[:2]),
        "jenjang": "program" if item.parent is None else "sub_kegiatan",
        "kode": item.kode,
        "nama": item.nama,
        "perangkat_daerah": item.perangkat_daerah,
        "pagu": item.pagu,
        "rinci": item.parent is not None or not item.parts,
    }


def _finding(finding: Finding, file: FileResult, region: Region, lang: Lang) -> Row:
    rule, place = finding.rule, finding.place
    return {
        **_head(region),
        "berkas": file.loaded.path,
        "baris": place.span.line,
        "kolom": place.span.column,
        "letak": route_text(place.route),
        "aturan": rule.code,
        "nama_aturan": rule.name,
        "tingkat_temuan": rule.severity.value,
        "kelas": rule.kind,
        "pesan": finding.message(lang),
    }


def _plan(region: Region, failed: list[str]) -> Row:
    leaves = [judged for file in region.files for judged in file.leaves]
    found = score(leaves)
    return {
        **_head(region),
        "tingkat": region.header.daerah.tingkat,
        "berkas": [file.loaded.path for file in region.files],
        "berkas_gagal": failed,
        "program": len(region.programmes),
        "program_tidak_dinilai": sum(len(file.loaded.dropped) for file in region.files),
        "sub_kegiatan": sum(1 for judged in leaves if judged.item.parent is not None),
        "rinci": len(leaves),
        "utuh": region.whole,
        "indeks": None if found is None else found.value,
        "indeks_batas_atas": None if found is None else found.upper,
        "ditimbang": None if found is None else found.weight,
        "versi_align": __version__,
    }
