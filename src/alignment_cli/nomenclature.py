"""The official nomenclature of regional government and what official tables say of its codes."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from alignment_cli.index.store import Index

Level = Literal["bidang_urusan", "program", "kegiatan", "sub_kegiatan", ""]

_LEVELS: dict[int, tuple[Level, re.Pattern[str]]] = {
    1: ("bidang_urusan", re.compile(r"[\dX]\.[\dX]{2}")),
    2: ("program", re.compile(r"[\dX]\.[\dX]{2}\.\d{2}")),
    4: ("kegiatan", re.compile(r"[\dX]\.[\dX]{2}\.\d{2}\.\d\.\d{2}")),
    5: ("sub_kegiatan", re.compile(r"[\dX]\.[\dX]{2}\.\d{2}\.\d\.\d{2}\.\d{2,4}")),
}
"""Levels and the shapes of their codes, by the points in them."""

SUPPORT = "X.XX.01"
"""Code of the support programme that every office has; its first two parts are the office's own bidang urusan."""

PENUNJANG = "penunjang"
"""Stands where a goal would: internal support serves no goal by itself."""


class Entry(NamedTuple):
    """One row of the nomenclature. `tag` are the official themes (Kepmendagri), `tingkat` who may use the code,
    `nama_lain` names that the code has elsewhere: provinces and regencies do not always share one.
    """

    kode: str
    nama: str
    indikator: str = ""
    satuan: str = ""
    tag: tuple[str, ...] = ()
    spm: bool = False
    tingkat: str = ""
    nama_lain: tuple[str, ...] = ()


class Crossing(NamedTuple):
    """A row of the crosswalk: this code serves `tujuan`, because of the KP `kp`. `juga` are further (goal, KP)."""

    kode: str
    tujuan: str
    kp: str
    juga: tuple[tuple[str, str], ...]
    yakin: int
    alasan: str
    reason: str


class TableRow(NamedTuple):
    """What a table of Permendagri 14/2026 says of a code. `via` is the code by which it reached the item: C-6 labels
    the bidang urusan, so a regency code is reached through its first parts. `clear` is false where the table's cell
    is cut in the copy at hand.
    """

    table: str
    via: str
    labels: tuple[str, ...]
    clear: bool = True


def level_of(kode: str) -> Level:
    """Return the level that a code is shaped like, "" when it is none."""
    level, shape = _LEVELS.get(kode.count("."), ("", _NONE))
    return level if shape.fullmatch(kode) else ""


_NONE = re.compile("(?!)")


_SUPPORT = re.compile(r"[\dX]\.[\dX]{2}\.01(\.|$)")


def is_support(kode: str) -> bool:
    """Tell whether a code is internal support: programme 01 of any bidang urusan (Permendagri 90/2019)."""
    return kode[4:7] == ".01" and _SUPPORT.match(kode) is not None


def ancestors(kode: str) -> list[str]:
    """Return the code and its ancestors, nearest first: sub kegiatan, kegiatan, program, bidang urusan."""
    parts = kode.split(".")
    return [".".join(parts[:n]) for n in (6, 5, 3, 2) if n <= len(parts)]


MOST_KEPT, AT_ONCE = 65_536, 500
"""Entries kept, and codes that are asked for at once."""
_ENTRIES = "SELECT kode, nama, indikator, satuan, tag, spm, tingkat, nama_lain FROM nomenklatur"


class Nomenclature:
    """Look-ups by code; nothing is read before it is asked for."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._known: dict[str, Entry | None] = {}
        self._path = lru_cache(maxsize=65536)(lambda kode: tuple(ancestors(self.canonical(kode))))

    @property
    def year(self) -> str:
        """Year of the nomenclature."""
        return self._index.meta("tahun_nomenklatur")

    @staticmethod
    @lru_cache(maxsize=65536)
    def canonical(kode: str) -> str:
        """Return the code as the nomenclature writes it: support codes under X.XX, sub kegiatan with four digits."""
        if is_support(kode):
            kode = SUPPORT + kode[len(SUPPORT) :]
        above, _, last = kode.rpartition(".")
        return f"{above}.{last.zfill(4)}" if above.count(".") == 4 else kode  # noqa: PLR2004 - a sub kegiatan has six parts

    def get(self, kode: str) -> Entry | None:
        """Return the entry of a code, None where there is none."""
        if kode not in self._known:
            self.fetch((kode,))
        return self._known[kode]

    def fetch(self, codes: Iterable[str]) -> None:
        """Read the entries of many codes at once, which takes less time than one by one."""
        if len(self._known) >= MOST_KEPT:
            self._known.clear()
        official = {kode: self.canonical(kode) for kode in codes if kode not in self._known}
        wanted, rows = list(dict.fromkeys(official.values())), dict[str, Entry]()
        for n in range(0, len(wanted), AT_ONCE):
            part = wanted[n : n + AT_ONCE]
            marks = ",".join("?" * len(part))
            for row in self._index.all(f"{_ENTRIES} WHERE kode IN ({marks})", *part):
                tags, others = (tuple(filter(None, text.split("|"))) if text else () for text in (row[4], row[7]))
                rows[row[0]] = Entry(row[0], row[1], row[2], row[3], tags, bool(row[5]), row[6], others)
        self._known.update((kode, rows.get(name)) for kode, name in official.items())

    @cached_property
    def _crosswalk(self) -> dict[str, Crossing]:
        """All rows of the crosswalk by code."""
        rows = self._index.all("SELECT kode, tujuan, kp, juga, yakin, alasan, reason FROM crosswalk")
        return {row[0]: Crossing(row[0], row[1], row[2], _further(row[3]), row[4], row[5], row[6]) for row in rows}

    def crossing(self, kode: str) -> Crossing | None:
        """Return the crosswalk row nearest to the code: its own, its kegiatan's or its programme's."""
        return next((self._crosswalk[code] for code in self._path(kode) if code in self._crosswalk), None)

    @cached_property
    def _table_rows(self) -> dict[str, list[TableRow]]:
        """All rows of the C tables by code, one for each table."""
        found: dict[tuple[str, str], tuple[set[str], list[bool]]] = {}
        for table, code, label, clear in self._index.all("SELECT tabel, kode, label, jelas FROM tabel_c"):
            labels, cells = found.setdefault((code, table), (set(), []))
            labels.add(label)
            cells.append(bool(clear))
        rows: dict[str, list[TableRow]] = {}
        for (code, table), (labels, cells) in sorted(found.items(), key=lambda part: part[0]):
            rows.setdefault(code, []).append(TableRow(table, code, tuple(sorted(labels)), all(cells)))
        return rows

    def tables(self, kode: str) -> list[TableRow]:
        """Return what tables C-2, C-3 and C-6 say of the code, nearest first."""
        return [row for code in self._path(kode) for row in self._table_rows.get(code, ())]


def _further(text: str) -> tuple[tuple[str, str], ...]:
    """Return the further (goal, KP) of a crosswalk row."""
    return tuple((part.partition(":")[0], part.partition(":")[2]) for part in text.split("|") if part)
