"""Tables of a difference, goal by goal, and the indices of both sides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alignment_cli.finding import Text
from alignment_cli.report import words as shared
from alignment_cli.report.goals import whole
from alignment_cli.report.table import Column, Row, Table

if TYPE_CHECKING:
    from alignment_cli.compare.difference import Difference
    from alignment_cli.report.figures import Figures
    from alignment_cli.report.table import Cell

_BEFORE, _AFTER = Text("Sebelum", "Before"), Text("Sesudah", "After")
PAGU_BEFORE = Column("pagu_sebelum", Text("Pagu sebelum", "Money before"), "rupiah")
PAGU_AFTER = Column("pagu_sesudah", Text("Pagu sesudah", "Money after"), "rupiah")


def goal_cells(goal: str, difference: Difference) -> tuple[Cell, Cell]:
    """Return code and name of a goal."""
    return shared.goal_code(goal), shared.goal_name(goal, difference.after.priorities)


def programmes(difference: Difference) -> Table:
    """Return how many programmes and items each goal had and has."""
    columns = (
        shared.GOAL, shared.GOAL_NAME,
        Column("program_sebelum", Text("Program sebelum", "Programmes before"), "number"),
        Column("program_sesudah", Text("sesudah", "after"), "number"),
        Column("program_masuk", Text("masuk", "in"), "number"),
        Column("program_keluar", Text("keluar", "out"), "number"),
        Column("butir_sebelum", Text("Butir sebelum", "Items before"), "number"),
        Column("butir_sesudah", Text("sesudah", "after"), "number"),
    )  # fmt: skip
    rows = []
    for goal in difference.rows:
        before, after = difference.before.money[goal], difference.after.money[goal]
        came, went = moves(difference, goal)
        cells = (
            *goal_cells(goal, difference),
            before.programmes,
            after.programmes,
            came,
            went,
            before.items,
            after.items,
        )
        rows.append(Row(cells))
    note = Text("Program yang pindah tujuan keluar dari yang satu dan masuk ke yang lain.",
                "A programme that changed its goal is out of the one and in the other.")  # fmt: skip
    title = Text("Program dan butir per tujuan", "Programmes and items by goal")
    return Table("beda_program", title, columns, rows, note=note)


def moves(difference: Difference, goal: str) -> tuple[int, int]:
    """Return how many programmes came to a goal and how many left it."""
    sides = [
        [entry is not None and entry.share(goal) is not None for entry in change.pair]
        for change in difference.programmes
    ]
    return sides.count([False, True]), sides.count([True, False])


def money(difference: Difference) -> Table:
    """Return the split and the confirmed money of each goal; its sums are those of the plans."""
    columns = (
        shared.GOAL, shared.GOAL_NAME._replace(minor=True), PAGU_BEFORE,
        PAGU_AFTER._replace(title=Text("sesudah", "after")),
        Column("perubahan", Text("perubahan", "change"), "rupiah"),
        Column("selaras_sebelum", Text("Selaras sebelum", "Confirmed before"), "rupiah"),
        Column("selaras_sesudah", Text("sesudah", "after"), "rupiah"),
        Column("selaras_perubahan", Text("perubahan", "change"), "rupiah"),
    )  # fmt: skip
    rows = []
    for goal in difference.rows:
        before, after = difference.before.money[goal], difference.after.money[goal]
        is_goal = goal in difference.goals
        sure = _change(before.confirmed, after.confirmed) if is_goal else (None, None, None)
        rows.append(Row((*goal_cells(goal, difference), *_change(before.split, after.split), *sure)))
    one, other = difference.before.remainder, difference.after.remainder
    if one or other:
        rest = Text("Belum terinci ke sub kegiatan", "Not detailed by sub-activities")
        rows.append(Row((None, rest, *_change(one, other), None, None, None)))
    sums = _change(whole(difference.before), whole(difference.after))
    sure = _change(difference.confirmed(difference.before), difference.confirmed(difference.after))
    title = Text("Pagu terbagi per tujuan", "Money by goal, split")
    return Table("beda_pagu", title, columns, rows, Row((shared.TOTAL, None, *sums, *sure)))


def _change(before: int | None, after: int | None) -> tuple[Cell, Cell, Cell]:
    return before, after, None if before is None and after is None else (after or 0) - (before or 0)


def index(difference: Difference) -> Table:
    """Return the index of both sides with its bounds, and the number of findings."""
    columns = (
        Column("sisi", Text("Sisi", "Side")), Column("rencana", Text("Rencana", "Plan")),
        Column("indeks", Text("Indeks", "Index"), "percent"),
        Column("batas_atas", Text("Batas atas", "Upper bound"), "percent"),
        Column("dasar", Text("Ditimbang menurut", "Weighted by")),
        shared.ITEMS, shared.UNKNOWN, Column("temuan", Text("Temuan", "Findings"), "number"),
    )  # fmt: skip
    rows = [_score(side, figures) for side, figures in ((_BEFORE, difference.before), (_AFTER, difference.after))]
    return Table("beda_indeks", Text("Indeks", "Index"), columns, rows)


def _score(side: Text, figures: Figures) -> Row:
    score = figures.score
    by = None if score is None else Text("pagu", "money") if score.weight == "pagu" else Text("butir", "items")
    findings = sum(len(file.findings) for file in figures.files)
    bounds = (None, None) if score is None else (score.value, score.upper)
    return Row((side, figures.name, *bounds, by, len(figures.leaves), figures.unknown, findings))
