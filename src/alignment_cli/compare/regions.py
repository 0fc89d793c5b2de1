"""Several plans side by side: figures that can be compared, and what makes comparing them hard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alignment_cli.finding import Text
from alignment_cli.nomenclature import PENUNJANG
from alignment_cli.render.concise import one_line
from alignment_cli.report import words as shared
from alignment_cli.report.figures import WITHOUT
from alignment_cli.report.table import Column, Row, Table, View

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from alignment_cli.report.figures import Figures
    from alignment_cli.report.table import Cell, Kind

BESIDE = 5
"""Plans that stand beside each other on a page; more of them stand below each other."""
MISSING = 0.1
"""From this part (0-1) of items without a ceiling on, shares of money say little; below it, the index weighs money."""
PLAN = Column("rencana", Text("Rencana", "Plan"))


def view(plans: Sequence[Figures], *, beside: bool) -> View:
    """Return plans side by side. With `beside`, plans are columns of the tables by goal, as far as there is room for
    them; else they are rows in all tables, with the same columns however many plans there are.
    """
    across = beside and len(plans) <= BESIDE
    by_goal = _across if across else _down
    tables = [
        _plans(plans),
        _findings(plans),
        by_goal("program_per_tujuan", Text("Program per tujuan", "Programmes by goal"), plans, _programmes),
        by_goal("bagian_per_tujuan", Text("Bagian pagu per tujuan", "Share of money by goal"), plans, _share),
    ]
    return View("sebanding", Text("Berdampingan", "Side by side"), notes(plans), tables)


def _plans(plans: Sequence[Figures]) -> Table:
    columns = (
        PLAN, shared.PROGRAMMES, shared.ITEMS,
        Column("indeks", Text("Indeks", "Index"), "percent"),
        Column("batas_atas", Text("Batas atas", "Upper bound"), "percent"),
        Column("dasar", Text("Ditimbang menurut", "Weighted by")),
        Column("tanpa_tujuan", Text("Tanpa tujuan", "No goal"), "percent"),
        Column("bagian_tanpa_pagu", Text("Tanpa pagu", "No ceiling"), "percent"),
    )  # fmt: skip
    note = Text(
        "Indeks: bagian yang selaras, tanpa penunjang. Tanpa tujuan: bagian dari butir di luar penunjang. Tanpa pagu: "
        "bagian dari semua butir.",
        "Index: the aligned part, internal support aside. No goal: part of the items but internal support. No ceiling: "
        "part of all items.",
    )
    return Table("rencana", Text("Rencana", "Plans"), columns, [_plan(plan) for plan in plans], note=note)


def _plan(plan: Figures) -> Row:
    score, items = plan.score, len(plan.leaves)
    by = None if score is None else Text("pagu", "money") if score.weight == "pagu" else Text("butir", "items")
    bounds = (None, None) if score is None else (score.value, score.upper)
    base = items - plan.money[PENUNJANG].items
    cells = (plan.name, len(plan.programmes), items, *bounds, by, _part(plan.money[WITHOUT].items, base),
             _part(plan.unknown, items))  # fmt: skip
    return Row(cells)


def _part(count: int, of: int) -> float | None:
    return count / of if of else None


def _findings(plans: Sequence[Figures]) -> Table:
    columns = (
        PLAN,
        Column("temuan", Text("Temuan", "Findings"), "number"),
        Column("temuan_per_100", Text("per 100 butir", "per 100 items"), "number"),
        Column("program_nasional", Text("Program nasional didukung", "National programmes served"), "number"),
        Column("program_nasional_dari", Text("dari", "of"), "number"),
    )
    rows = []
    for plan in plans:
        judged = sum(len(file.judged) for file in plan.files)
        found = sum(len(file.findings) for file in plan.files)
        served = sum(1 for one in plan.readiness if one.items)
        rows.append(
            Row((plan.name, found, round(100 * found / judged) if judged else None, served, len(plan.readiness)))
        )
    note = Text(
        "Per 100 butir: program dan sub kegiatan. Program nasional: yang meminta sesuatu dari daerah setingkat ini.",
        "Per 100 items: programmes and sub-activities. National programmes: those that ask anything of a region of "
        "this level.",
    )
    title = Text("Temuan dan program nasional", "Findings and national programmes")
    return Table("temuan_dan_nasional", title, columns, rows, note=note)


def _programmes(plan: Figures, goal: str) -> Cell:
    return plan.money[goal].programmes


def _share(plan: Figures, goal: str) -> Cell:
    """Return the part (0-1) of the plan's known money that goes to a goal; None where no money is known."""
    return (plan.money[goal].split or 0) / plan.known if plan.known else None


def _rows(plan: Figures) -> list[str]:
    return [*plan.goals, PENUNJANG, WITHOUT]


def _across(name: str, title: Text, plans: Sequence[Figures], count: Callable[[Figures, str], Cell]) -> Table:
    """Return a table of goals with a column for each plan."""
    kind: Kind = "number" if count is _programmes else "percent"
    names = [one_line(plan.name) for plan in plans]
    heads = tuple(Column(f"rencana_{n}", Text(name, name), kind) for n, name in enumerate(names, 1))
    rows = [
        Row(
            (
                shared.goal_code(goal),
                shared.goal_name(goal, plans[0].priorities),
                *(count(plan, goal) for plan in plans),
            )
        )
        for goal in _rows(plans[0])
    ]
    return Table(name, title, (shared.GOAL, shared.GOAL_NAME, *heads), rows)


def _down(name: str, title: Text, plans: Sequence[Figures], count: Callable[[Figures, str], Cell]) -> Table:
    """Return a table of plans with a column for each goal."""
    kind: Kind = "number" if count is _programmes else "percent"
    heads = tuple(Column(goal, _head(goal), kind) for goal in _rows(plans[0]))
    return Table(
        name, title, (PLAN, *heads), [Row((plan.name, *(count(plan, goal) for goal in _rows(plan)))) for plan in plans]
    )


def _head(goal: str) -> Text:
    code = shared.goal_code(goal)
    if code is not None:
        return Text(code, code)
    return Text("Penunjang", "Support") if goal == PENUNJANG else Text("Tanpa tujuan", "No goal")


def notes(plans: Sequence[Figures]) -> list[Text]:
    """Say what makes these plans hard to compare, one sentence each."""
    found = []
    for id_, en, values in (
        ("Jenis dokumennya berbeda", "The kinds of document differ", [plan.region.header.dokumen for plan in plans]),
        ("Tahunnya berbeda", "The years differ", [str(plan.region.header.tahun) for plan in plans]),
        ("Tingkat daerahnya berbeda; urusan provinsi dan kabupaten/kota tidak sama",
         "The levels differ; provinces and regencies have different affairs",
         [plan.region.header.daerah.tingkat for plan in plans]),
    ):  # fmt: skip
        if len(set(values)) > 1:
            listed = ", ".join(sorted(set(values)))
            found.append(Text(f"{id_}: {listed}.", f"{en}: {listed}."))
    weights = {plan.score.weight for plan in plans if plan.score}
    if len(weights) > 1:
        found.append(
            Text(
                "Indeks sebagian rencana ditimbang menurut pagu, yang lain menurut jumlah butir: tidak sebanding.",
                "The index of some plans is weighted by money, of others by items: they do not compare.",
            )
        )
    parts = [plan.name for plan in plans if not plan.region.whole]
    if parts:
        named = shared.names(tuple(parts))
        found.append(Text(f"Hanya sebagian rencana (sedikit program, atau satu perangkat daerah): {named.id}.",
                          f"Only part of a plan (few programmes, or one office): {named.en}."))  # fmt: skip
    lacking = [plan.name for plan in plans if plan.leaves and plan.unknown / len(plan.leaves) >= MISSING]
    if lacking:
        named, part = shared.names(tuple(lacking)), shared.share(MISSING)
        found.append(Text(
            f"Paling sedikit {part.id} butirnya tidak berpagu, maka bagian pagunya tidak mewakili rencana: {named.id}.",
            f"At least {part.en} of the items have no ceiling, so their money does not stand for the plan: {named.en}.",
        ))  # fmt: skip
    return found
