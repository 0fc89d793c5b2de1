"""The view `perangkat_daerah`: the offices with their items, money, goals, answers and synergy."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from alignment_cli.finding import Text
from alignment_cli.match.verdict import Status
from alignment_cli.report import words
from alignment_cli.report.amounts import total
from alignment_cli.report.figures import unknown
from alignment_cli.report.table import Column, Row, Table, View
from alignment_cli.score import score

if TYPE_CHECKING:
    from collections.abc import Iterable

    from alignment_cli.collaboration.synergy import Synergy
    from alignment_cli.report.figures import Entry, Figures
    from alignment_cli.report.table import Cell

_NOTE = Text(
    "Bagian selaras: menurut pagu bila sedikitnya 90 % butir berpagu, selain itu menurut jumlah butir; penunjang tidak "
    "dihitung. Sinergi: lihat tampilan kolaborasi.",
    "Aligned part: by ceiling where at least 90% of the items have one, else by number of items; support does not "
    "count. Synergy: see the view kolaborasi.",
)
_NOBODY = Text("(tidak disebut)", "(not named)")
_COLUMNS = (
    words.OFFICE,
    words.ITEMS,
    words.ALIGNED,
    words.REVIEW,
    words.UNSUPPORTED,
    words.PAGU,
    words.UNKNOWN._replace(minor=True),
    words.REMAINDER,
    Column("bagian_selaras", Text("Bagian selaras", "Aligned part"), "percent"),
    Column("sinergi", Text("Sinergi", "Synergy"), "percent"),
    Column("tujuan", Text("Tujuan", "Goals"), minor=True),
)


def offices(figures: Figures) -> View:
    """Return the offices, those with the most money first; spellings of one office are one."""
    own: dict[str, list[Entry]] = defaultdict(list)
    left: dict[str, int] = defaultdict(int)
    names: dict[str, str | Text] = {"": _NOBODY}
    for entry in figures.leaves:
        key = _key(entry, figures, names)
        own[key].append(entry)
    for entry, rest in figures.remainders:
        key = _key(entry, figures, names)
        left[key] += rest
        own.setdefault(key, [])  # all parts may be of other offices
    together = {one.office.key: one for one in figures.collaboration.synergy}
    rows = [
        Row((names[key], *_cells(entries, left[key], together.get(key))), tuple(entry.origin for entry in entries))
        for key, entries in sorted(own.items(), key=_order)
    ]
    everything = _cells(figures.leaves, figures.remainder, None)
    total_row = Row((words.TOTAL, *everything), tuple(entry.origin for entry in figures.leaves))
    table = Table("perangkat_daerah", Text("Perangkat daerah", "Offices"), _COLUMNS, rows, total_row, _NOTE)
    return View("perangkat_daerah", Text("Menurut perangkat daerah", "By office"), [], [table])


def _key(entry: Entry, figures: Figures, names: dict[str, str | Text]) -> str:
    office = figures.office(entry)
    written = entry.item.perangkat_daerah or ""
    key, name = (written, written) if office is None else (office.key, office.nama)
    names.setdefault(key, name)
    return key


def _order(pair: tuple[str, list[Entry]]) -> tuple[int, bool, str]:
    key, entries = pair
    return -sum(entry.item.pagu or 0 for entry in entries), not key, key


def _cells(entries: list[Entry], left: int, synergy: Synergy | None) -> tuple[Cell, ...]:
    reached = score(entry.judged for entry in entries)
    served = {share.goal for entry in entries for share in entry.shares}
    return (
        len(entries),
        _answered(entries, Status.SELARAS),
        _answered(entries, Status.PERLU_TINJAU),
        _answered(entries, Status.TIDAK_DIDUKUNG),
        total(entry.item.pagu for entry in entries),
        unknown(entries),
        left or None,
        None if reached is None else reached.value,
        None if synergy is None else synergy.value,
        tuple(sorted(goal for goal in served if words.goal_code(goal))) or None,
    )


def _answered(entries: Iterable[Entry], status: Status) -> int:
    return sum(1 for entry in entries if entry.verdict.status is status)
