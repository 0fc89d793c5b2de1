"""Views by programme: `program` and `matriks`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alignment_cli.finding import Text
from alignment_cli.report import words
from alignment_cli.report.amounts import total
from alignment_cli.report.table import Column, Row, Table, View
from alignment_cli.result import counts

if TYPE_CHECKING:
    from alignment_cli.report.figures import Entry, Figures

ALIGNED, OPEN, FURTHER, CLAIM = "●", "◐", "○", "?"
"""Signs of the matrix."""
_SIGNS = Text(
    f"{ALIGNED} tujuan program, selaras; {OPEN} tujuan program, perlu tinjau; {FURTHER} tujuan lain dari kodenya, atau "
    f"tujuan sub kegiatannya; {CLAIM} hanya dinyatakan, tidak didukung bukti. Jumlah menghitung {ALIGNED} dan {OPEN}.",
    f"{ALIGNED} goal of the programme, aligned; {OPEN} goal of the programme, to review; {FURTHER} a further goal of "
    f"its code, or a goal of its sub-activities; {CLAIM} only claimed, without evidence. The total counts {ALIGNED} "
    f"and {OPEN}.",
)


def programmes(figures: Figures) -> View:
    """Return all programmes with answer, confidence, money and evidence."""
    rows = [
        Row(
            (
                entry.item.nama,
                entry.item.kode,
                entry.item.perangkat_daerah,
                entry.verdict.goal,
                words.status(entry.verdict),
                entry.verdict.confidence or None,
                entry.item.pagu,
                len(entry.item.parts) or None,
                total(part.pagu for part in entry.item.parts) if entry.item.parts else None,
                words.both(entry.verdict),
            ),
            (entry.origin,),
        )
        for entry in figures.programmes
    ]
    parts, amounts = sum(len(entry.item.parts) for entry in figures.programmes), figures.programmes
    everything = Row(
        (
            words.TOTAL, None, None, None, None, None,
            total(entry.item.pagu for entry in amounts), parts or None,
            total(part.pagu for entry in amounts for part in entry.item.parts) if parts else None, None,
        ),
        tuple(entry.origin for entry in amounts),
    )  # fmt: skip
    columns = (
        words.NAMA, words.KODE, words.OFFICE_ASIDE, words.GOAL, words.STATUS, words.SURE, words.PAGU,
        Column("sub_kegiatan", Text("Sub kegiatan", "Sub-activities"), "number", minor=True),
        Column("pagu_sub_kegiatan", Text("Pagu sub kegiatan", "Ceiling of sub-activities"), "rupiah", minor=True),
        words.WHY,
    )  # fmt: skip
    table = Table("program", Text("Program", "Programmes"), columns, rows, everything, single=True)
    return View("program", Text("Menurut program", "By programme"), [], [table])


def matrix(figures: Figures) -> View:
    """Return programmes by goals."""
    of_parts = _of_parts(figures)
    rows, sums = [], dict.fromkeys(figures.goals, 0)
    for entry in figures.programmes:
        marks = {goal: _mark(entry, goal, of_parts.get(id(entry.item), frozenset())) for goal in figures.goals}
        for goal, mark in marks.items():
            sums[goal] += mark in (ALIGNED, OPEN)
        rows.append(
            Row((entry.item.nama, entry.item.kode, entry.item.perangkat_daerah, *marks.values()), (entry.origin,))
        )
    columns = (
        words.NAMA, words.KODE, words.OFFICE_ASIDE,
        *(Column(goal, Text(goal, goal)) for goal in figures.goals),
    )  # fmt: skip
    everything = Row((words.TOTAL, None, None, *sums.values()), tuple(entry.origin for entry in figures.programmes))
    title = Text("Program dan tujuan", "Programmes and goals")
    return View(
        "matriks",
        Text("Matriks", "Matrix"),
        [],
        [Table("matriks", title, columns, rows, everything, _SIGNS, single=True)],
    )


def _of_parts(figures: Figures) -> dict[int, frozenset[str]]:
    """Return the goals that the sub-activities of programmes serve, by the programme's identity."""
    found: dict[int, frozenset[str]] = {}
    for entry in figures.leaves:
        if entry.item.parent is not None and counts(entry.verdict):
            key = id(entry.item.parent)
            found[key] = found.get(key, frozenset()) | (entry.touched - entry.claimed)
    return found


def _mark(entry: Entry, goal: str, of_parts: frozenset[str]) -> str | None:
    share = entry.share(goal)
    if share is not None:
        return ALIGNED if share.confirmed else OPEN
    if goal in entry.touched - entry.claimed or goal in of_parts:
        return FURTHER
    return CLAIM if goal in entry.claimed else None
