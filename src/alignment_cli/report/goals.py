"""Views by goal: what serves it (`tujuan`) and its money (`anggaran`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alignment_cli.finding import Text
from alignment_cli.nomenclature import PENUNJANG
from alignment_cli.numbers import number, rupiah
from alignment_cli.report import words
from alignment_cli.report.amounts import total
from alignment_cli.report.figures import WITHOUT, Share
from alignment_cli.report.table import Column, Row, Table, View

if TYPE_CHECKING:
    from alignment_cli.report.figures import Entry, Figures
    from alignment_cli.report.table import Cell

_NOTE = Text(
    "Tersentuh: pagu penuh pada setiap tujuan yang didukung atau dinyatakan; terhitung ganda, maka tidak dijumlahkan. "
    "Terbagi: pagu dibagi menurut porsi di antara tujuan yang didukung; jumlahnya seluruh pagu yang diketahui. "
    "Tanda – berarti pagu tidak diketahui, bukan nol.",  # noqa: RUF001
    "Touched: the whole ceiling for every goal served or claimed; it counts twice, so it has no sum. Split: the "
    "ceiling divided by share among the goals served; it adds up to all known ceilings. The sign – means that the "  # noqa: RUF001
    "ceiling is not known, not that it is zero.",
)


def goals(figures: Figures) -> View:
    """Return the goals with what serves them, goal by goal."""
    rows = [
        Row(
            (goal, words.goal_name(goal, figures.priorities), entry.item.nama, entry.item.kode,
             entry.item.perangkat_daerah, words.status(entry.verdict), entry.verdict.confidence or None, share.pagu),
            (entry.origin,),
        )
        for goal in figures.goals
        for entry, share in _sharing(figures, goal)
    ]  # fmt: skip
    columns = (
        words.GOAL, words.GOAL_NAME, words.ITEM, words.KODE, words.OFFICE_ASIDE, words.STATUS, words.SURE, words.SPLIT,
    )  # fmt: skip
    items = Table("butir_per_tujuan", Text("Butir per tujuan", "Items by goal"), columns, rows, grouped=2, single=True)
    return View("tujuan", Text("Menurut tujuan", "By goal"), [], [goals_table(figures), items])


def goals_table(figures: Figures, *, brief: bool = False) -> Table:
    """Return the goals with the number of their items by answer; `brief` for a page that has little room."""
    rows = []
    for goal in figures.goals:
        of = figures.money[goal]
        counts = () if brief else (of.programmes,)
        cells = (goal, words.goal_name(goal, figures.priorities), *counts, of.items, of.aligned, of.review, of.split)
        rows.append(Row(cells, tuple(entry.origin for entry in figures.of_goal(goal))))
    counted = (() if brief else (words.PROGRAMMES,)) + (words.ITEMS, words.ALIGNED, words.REVIEW, words.SPLIT)
    title = Text("Delapan tujuan", "The eight goals") if len(rows) == 8 else Text("Tujuan", "Goals")  # noqa: PLR2004
    return Table("ringkas_tujuan" if brief else "tujuan", title, (words.GOAL, words.GOAL_NAME, *counted), rows)


def money(figures: Figures) -> View:
    """Return the three figures in rupiah for each goal, then all shares behind them."""
    names = (*figures.goals, PENUNJANG, WITHOUT)
    columns = (
        words.GOAL, words.GOAL_NAME, words.ITEMS, words.TOUCHED, words.SPLIT, words.CONFIRMED, words.UNKNOWN,
    )  # fmt: skip
    rest = Text("Pagu program yang belum terinci ke sub kegiatan", "Ceilings not broken down into sub-activities")
    rows = [_money(name, figures) for name in names]
    if figures.remainders:
        cells = (None, rest, None, None, figures.remainder, None, None)
        rows.append(Row(cells, tuple(entry.origin for entry, _ in figures.remainders)))
    confirmed = total(share.pagu for entry in figures.leaves for share in entry.shares if share.confirmed)
    everything = Row(
        (words.TOTAL, None, len(figures.leaves), None, whole(figures), confirmed, figures.unknown),
        tuple(entry.origin for entry in figures.leaves),
    )
    title = Text("Pagu per tujuan", "Money by goal")
    table = Table("anggaran", title, columns, rows, everything, _NOTE)
    return View("anggaran", Text("Anggaran", "Money"), [_sentence(figures)], [table, _shares(figures)])


def whole(figures: Figures) -> int | None:
    """Return all money of the plan that is known, be it detailed or not."""
    return (figures.known or 0) + figures.remainder if figures.remainder else figures.known


def _money(name: str, figures: Figures) -> Row:
    of, is_goal = figures.money[name], name in figures.goals
    cells = (
        words.goal_code(name), words.goal_name(name, figures.priorities), of.items, of.touched if is_goal else None,
        of.split, of.confirmed if is_goal else None, of.unknown,
    )  # fmt: skip
    return Row(cells, tuple(entry.origin for entry in figures.touching(name)))


def _shares(figures: Figures) -> Table:
    """Return all items with all goals that they touch: the rows that the figures by goal are sums of."""
    columns = (
        words.GOAL, words.GOAL_NAME, words.ITEM, words.KODE, words.OFFICE_ASIDE, words.STATUS,
        Column("porsi", Text("Porsi", "Share"), "percent"), words.TOUCHED, words.SPLIT, words.CONFIRMED,
    )  # fmt: skip
    rows = [
        Row((words.goal_code(goal), words.goal_name(goal, figures.priorities), *_touching(entry, goal)),
            (entry.origin,))
        for goal in (*figures.goals, PENUNJANG, WITHOUT)
        for entry in sorted(figures.touching(goal), key=weight)
    ]  # fmt: skip
    title = Text("Rincian pagu per tujuan", "Money by goal, item by item")
    return Table("rincian_anggaran", title, columns, rows, grouped=2, detail=True, single=True)


def _touching(entry: Entry, goal: str) -> tuple[Cell, ...]:
    item, share = entry.item, entry.share(goal) or Share(goal, 0.0, 0)
    return (
        item.nama, item.kode, item.perangkat_daerah, words.status(entry.verdict), share.part,
        item.pagu if words.goal_code(goal) is not None else None, share.pagu, share.pagu if share.confirmed else 0,
    )  # fmt: skip


def _sharing(figures: Figures, goal: str) -> list[tuple[Entry, Share]]:
    listed = sorted(figures.of_goal(goal), key=weight)
    return [(entry, share) for entry in listed for share in entry.shares if share.goal == goal]


def _sentence(figures: Figures) -> Text:
    known = whole(figures)
    if known is None:
        return Text("Tidak satu pun butir berpagu.", "No item has a ceiling.")
    first = Text(f"Pagu yang diketahui: {rupiah(known)}.", f"Known ceilings: {rupiah(known, 'en')}.")
    if not figures.unknown:
        return first
    missing, of = figures.unknown, len(figures.leaves)
    return words.join(
        first,
        Text(f"{number(missing)} dari {number(of)} butir tidak berpagu, maka angka di bawah ini batas bawah.",
             f"{number(missing, 'en')} of {number(of, 'en')} items have no ceiling, so the figures below are lower "
             "bounds."),
    )  # fmt: skip


def weight(entry: Entry) -> tuple[int, str]:
    """Return what orders items: the most money first, then by name."""
    return -(entry.item.pagu or 0), entry.item.nama
