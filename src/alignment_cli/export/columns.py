"""What stands in a row: one list of columns for all formats.

Columns with `plan` hold what the programme file holds, as written, so that `align import` reads the file back from
them; the others say what `align` answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from alignment_cli.export.cells import numbers
from alignment_cli.render.table import answer, codes_by_item

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alignment_cli.context import Item
    from alignment_cli.export.cells import Scalar, Value
    from alignment_cli.finding import Lang, Text
    from alignment_cli.model import Berkas, Butir
    from alignment_cli.result import FileResult

Kind = Literal["text", "code", "rupiah", "year", "count", "share", "flag", "list", "numbers", "nested"]
"""`share` is a number of 0-1. `list` has texts, `numbers` numbers and texts, `nested` lists of texts; the lists of a
group (`indikator`, `satuan`, `target`) have one entry each for the same thing.
"""
Row = dict[str, "Value"]


class UnfitError(Exception):
    """A value does not fit in a format. `text` says which, and what to do."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class Column(NamedTuple):
    """A column: its name in every format, what it holds, whether it is part of the plan, its width in characters."""

    name: str
    kind: Kind = "text"
    plan: bool = False
    width: int = 14


def _plan(name: str, kind: Kind = "text", width: int = 14) -> Column:
    return Column(name, kind, plan=True, width=width)


COLUMNS = (
    _plan("jenjang", width=13), _plan("kode", "code", width=19), _plan("nama", width=44), _plan("kegiatan", width=30),
    _plan("perangkat_daerah", width=26), _plan("pagu", "rupiah", width=22),
    Column("status", width=15), Column("tujuan", "code", width=9), Column("juga", "list", width=8),
    Column("keyakinan", "share", width=11), Column("dasar", width=10), Column("pesaing", "code", width=9),
    Column("selisih", "share", width=9), Column("alasan_tinjau", "list", width=24), Column("bukti", width=44),
    Column("tema", "list", width=20), Column("program_nasional_terbaca", "list", width=14),
    Column("temuan", "list", width=10),
    _plan("uraian", width=36), _plan("indikator", "list", width=36),
    _plan("satuan", "list", width=12), _plan("target", "numbers", width=12),
    _plan("lokasi", width=20), _plan("sumber_dana", width=16), _plan("unggulan", "flag", width=11),
    _plan("asta_cita", "list", width=11),
    _plan("keselarasan_tujuan", "list", width=12), _plan("keselarasan_peran", "list", width=12),
    _plan("keselarasan_porsi", "numbers", width=12), _plan("keselarasan_status", "list", width=13),
    _plan("keselarasan_alasan", "list", width=30), _plan("keselarasan_oleh", "list", width=16),
    _plan("keselarasan_tanggal", "list", width=13), _plan("keselarasan_goal_hash", "list", width=14),
    _plan("kolaborasi_horizontal", "list", width=26), _plan("kolaborasi_vertikal", "list", width=26),
    _plan("kolaborasi_eksternal", "list", width=26),
    _plan("program_nasional", "list", width=12), _plan("program_nasional_peran", "nested", width=20),
    _plan("sumber", "list", width=26),
    _plan("daerah_kode", "code", width=9), _plan("daerah", width=26), _plan("tingkat", width=11),
    _plan("dokumen", width=11), _plan("tahun", "year", width=8), _plan("sumber_berkas", "list", width=26),
    _plan("misi_nomor", "list", width=11), _plan("misi", "list", width=36),
    _plan("misi_asta_cita", "nested", width=14), _plan("misi_untuk_provinsi", "nested", width=14),
    _plan("misi_provinsi_nomor", "list", width=11), _plan("misi_provinsi", "list", width=36),
    Column("pelaksana", width=26), Column("berkas", width=26), Column("baris", "count", width=8),
)  # fmt: skip
"""`pelaksana` is the office that a sub-activity takes over from its programme; `berkas` and `baris` are where the item
stands. The columns of `misi` are about the whole plan and filled in its first row only.
"""
PLAN = tuple(column for column in COLUMNS if column.plan)
PROGRAM, PART, EMPTY, TOTAL = "program", "sub_kegiatan", "berkas", "jumlah"
"""What `jenjang` says; `EMPTY` is the only row of a file without programmes, `TOTAL` begins the rows below a table."""
LINK = ("tujuan", "peran", "porsi", "status", "alasan", "oleh", "tanggal", "goal_hash")
"""Keys of an alignment."""
SIDES = ("horizontal", "vertikal", "eksternal")
"""Kinds of partners."""
TEXTS = ("kode", "nama", "perangkat_daerah", "uraian", "lokasi", "sumber_dana")
"""Keys of an item that hold a text."""


def rows(file: FileResult, lang: Lang) -> Iterator[Row]:
    """Yield the rows of a checked file in its order; every row has all columns. Nothing where no file could be read."""
    berkas = file.loaded.file
    if berkas is None:
        return
    head: Row = {column.name: None for column in COLUMNS} | _head(berkas, file.loaded.path)
    missions, codes = _missions(berkas), codes_by_item(file)
    if not berkas.program:
        yield head | {"jenjang": EMPTY} | missions
    for number, judged in enumerate(file.judged):
        item = judged.item
        own_codes = codes.get(file.loaded.original(item.route), [])
        own = {"baris": file.loaded.line(item.route), "pelaksana": item.perangkat_daerah}
        yield head | _item(item) | answer(judged, own_codes, lang) | own | ({} if number else missions)


def _head(berkas: Berkas, path: str) -> Row:
    return {
        "daerah_kode": berkas.daerah.kode,
        "daerah": berkas.daerah.nama,
        "tingkat": berkas.daerah.tingkat,
        "dokumen": berkas.dokumen,
        "tahun": berkas.tahun,
        "sumber_berkas": berkas.sumber,
        "berkas": path,
    }


def _missions(berkas: Berkas) -> Row:
    return {
        "misi_nomor": [mission.nomor for mission in berkas.misi],
        "misi": [mission.teks for mission in berkas.misi],
        "misi_asta_cita": _unless_blank([mission.asta_cita for mission in berkas.misi]),
        "misi_untuk_provinsi": _unless_blank([mission.misi_provinsi for mission in berkas.misi]),
        "misi_provinsi_nomor": [mission.nomor for mission in berkas.misi_provinsi],
        "misi_provinsi": [mission.teks for mission in berkas.misi_provinsi],
    }


def _item(item: Item) -> Row:
    butir = item.butir
    partners = getattr(butir, "kolaborasi", None)
    return {
        "jenjang": PROGRAM if item.parent is None else PART,
        **{name: getattr(butir, name) for name in TEXTS},
        "kegiatan": getattr(butir, "kegiatan", None),
        "pagu": butir.pagu,
        "unggulan": getattr(butir, "unggulan", False),
        "asta_cita": butir.asta_cita,
        "sumber": butir.sumber,
        **{f"kolaborasi_{side}": getattr(partners, side, []) for side in SIDES},
        **_groups(butir),
    }


def _groups(butir: Butir) -> Row:
    """Return the columns that stand side by side, one entry for each indicator, alignment or national programme."""
    links: Row = {f"keselarasan_{key}": [getattr(link, key) for link in butir.keselarasan] for key in LINK}
    shares: list[Scalar] = [_short(link.porsi) for link in butir.keselarasan]
    links["keselarasan_porsi"] = shares
    return {
        "indikator": [indikator.nama for indikator in butir.indikator],
        "satuan": _unless_blank([indikator.satuan for indikator in butir.indikator]),
        "target": _unless_blank(numbers([indikator.target for indikator in butir.indikator])),
        **{name: _unless_blank(values) for name, values in links.items()},
        "program_nasional": [support.kode for support in butir.program_nasional],
        "program_nasional_peran": _unless_blank([support.peran for support in butir.program_nasional]),
    }


def _short(share: float | None) -> float | None:
    """Return a share as it is usually written: 100, not 100.0."""
    return int(share) if share is not None and share.is_integer() else share


def _unless_blank(values: Value) -> Value:
    """Return no entries where all of them are empty."""
    return values if isinstance(values, list) and any(value not in (None, []) for value in values) else []
