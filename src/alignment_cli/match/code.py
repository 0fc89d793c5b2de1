"""Layers 2 and 3: what the official code says. The code decides; the text is only a check."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from alignment_cli.finding import Text
from alignment_cli.match.evidence import Signal
from alignment_cli.nomenclature import PENUNJANG, SUPPORT, Crossing, TableRow, is_support

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from alignment_cli.nomenclature import Nomenclature

CROSSWALK = "RPJMN 2025-2029"
"""Authority of the crosswalk: the KP that a programme serves (Perpres 12/2025)."""
PERMENDAGRI = "Permendagri 14/2026"

STRENGTH = {3: 6.0, 2: 5.0, 1: 4.0}
"""Log-odds of a crosswalk row by how sure its reader was (column `yakin`)."""
FURTHER = 2.5
"""Log-odds of a further goal of a crosswalk row."""
TABLE = 1.0
"""Log-odds that a C table adds: it labels a whole bidang urusan, so it separates less than a crosswalk row."""


class Codes:
    """What the crosswalk and the C tables say of codes. `names` are the KP titles by code."""

    def __init__(self, nomenclature: Nomenclature, names: Mapping[str, str]) -> None:
        self._nomenclature, self._names = nomenclature, names
        # Many codes lead to few rows.
        self._crossing = lru_cache(maxsize=4096)(self._of_crossing)
        self._table = lru_cache(maxsize=4096)(_of_table)

    def signals(self, kode: str) -> list[Signal]:
        """Return the signals of a code."""
        crossing = self._nomenclature.crossing(kode)
        signals = self._crossing(crossing) if crossing else []
        if is_support(kode):
            # The support programme is the same for every office, so the bidang urusan's label does not reach it.
            return [_support(kode, self._nomenclature), *signals[1:]]
        return [*signals, *(signal for row in self._nomenclature.tables(kode) for signal in self._table(row))]

    def _of_crossing(self, crossing: Crossing) -> list[Signal]:
        def signal(goal: str, kp: str, strength: float) -> Signal:
            title = self._names.get(kp, "")
            authority = f"{CROSSWALK}, KP {kp}" if kp else CROSSWALK
            note = Text(
                f"{crossing.kode}: {crossing.alasan}" + (f" (KP {kp} {title})" if title else ""),
                f"{crossing.kode}: {crossing.reason}" + (f" (KP {kp} {title})" if title else ""),
            )
            return Signal("kode", goal, strength, crossing.kode, authority, note)

        main = signal(crossing.tujuan, crossing.kp, STRENGTH[crossing.yakin])
        return [main, *(signal(goal, kp, FURTHER) for goal, kp in crossing.juga)]


def _support(kode: str, nomenclature: Nomenclature) -> Signal:
    entry = nomenclature.get(kode) or nomenclature.get(SUPPORT)
    note = Text(
        "program penunjang perangkat daerah: tidak ada tujuan yang diharapkan",
        "support programme of an office: no goal is expected",
    )
    return Signal("kode", PENUNJANG, STRENGTH[3], entry.nama if entry else kode, "Permendagri 90/2019", note)


def _of_table(row: TableRow) -> list[Signal]:
    if not row.labels[0].startswith("AC"):
        return []
    unclear = Text(" (sel terpotong dalam salinan)", " (cell cut in the copy)") if not row.clear else Text("", "")
    note = Text(
        f"tabel {row.table} memberi bidang urusan {row.via} label {' dan '.join(row.labels)}{unclear.id}; "
        f"jenjang provinsi, dibawa lewat bidang urusan",
        f"table {row.table} labels bidang urusan {row.via} {' and '.join(row.labels)}{unclear.en}; "
        f"province tier, carried by the bidang urusan",
    )
    strength = TABLE if row.clear else TABLE / 4
    return [Signal("tabel", goal, strength, row.via, f"{PERMENDAGRI} {row.table}", note) for goal in row.labels]


def conflict(signals: Sequence[Signal]) -> bool:
    """Tell whether authorities disagree: the C table, where its cell is whole, names none of the crosswalk's goals."""
    crosswalk = {signal.goal for signal in signals if signal.layer == "kode"}
    table = {signal.goal for signal in signals if signal.layer == "tabel" and signal.strength >= TABLE}
    return bool(crosswalk and table and not crosswalk & table and PENUNJANG not in crosswalk)
