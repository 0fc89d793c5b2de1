"""The difference of two plans as a view: its sentences and tables, for all formats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alignment_cli.compare import goal_tables, words
from alignment_cli.compare.goal_tables import PAGU_AFTER, PAGU_BEFORE, goal_cells
from alignment_cli.compare.pairing import same_region
from alignment_cli.finding import Text
from alignment_cli.numbers import number
from alignment_cli.report import words as shared
from alignment_cli.report.figures import Figures
from alignment_cli.report.goals import whole
from alignment_cli.report.table import Column, Origin, Row, Table, View

if TYPE_CHECKING:
    from alignment_cli.compare.difference import Amount, Difference
    from alignment_cli.compare.item_changes import Change
    from alignment_cli.finding import Finding
    from alignment_cli.report.table import Cell

Labels = tuple[str, str]
"""What stands before file names of either side: a git revision with its colon, or nothing."""

_CHANGE = Text("Perubahan", "Change")
WHAT = Column("perubahan", _CHANGE)
DETAILS = Column("rincian", Text("Rincian", "Details"), minor=True, clear=True)
MOST = 10
"""Rows of a long table that a page shows of each goal."""


CHANGING = ("beda_butir", "beda_temuan")
"""Tables of single changes: long, and empty where nothing changed."""


class Titled(Figures):
    """Figures under another name: what stands above several plans."""

    def __init__(self, figures: Figures, name: str) -> None:
        super().__init__(figures.region, figures.reference)
        self._name = name

    @property
    def name(self) -> str:
        """The name above."""
        return self._name


def view(difference: Difference, labels: Labels) -> View:
    """Return the whole view."""
    tables = [
        goal_tables.programmes(difference), goal_tables.money(difference), goal_tables.index(difference),
        _items(difference, labels), _findings(difference, labels), _details(difference, labels),
    ]  # fmt: skip
    return View("perbandingan", Text("Perbandingan", "Difference"), sentences(difference), tables)


def sentences(difference: Difference) -> list[Text]:
    """Return what changed in one sentence, then what a reader must know."""
    before, after = difference.before, difference.after
    found = [words.summary(difference, (whole(before), whole(after)))]
    for goals, id_, en in (
        (difference.emptied, "Kehilangan program terakhirnya", "Lost their last programme"),
        (difference.filled, "Mendapat program pertamanya", "Got their first programme"),
    ):
        if goals:
            found.append(Text(f"{id_}: {', '.join(goals)}.", f"{en}: {', '.join(goals)}."))
    if not same_region(before.region, after.region):
        found.append(Text("Perhatian: kedua sisi bukan daerah yang sama.", "Beware: the two sides are two regions."))
    if before.region.header.dokumen != after.region.header.dokumen:
        found.append(Text("Perhatian: jenis dokumennya berbeda.", "Beware: the kinds of document differ."))
    if not difference.same_weight and before.score and after.score:
        found.append(Text(
            "Indeks tidak dibandingkan: satu sisi ditimbang menurut pagu, sisi lain menurut jumlah butir.",
            "The indices are not compared: one side is weighted by money, the other by number of items."))  # fmt: skip
    if before.unknown or after.unknown:
        one, other = before.unknown, after.unknown
        found.append(Text(
            f"Butir tanpa pagu: {number(one)} → {number(other)}; perubahan pagu hanya menghitung yang diketahui.",
            f"Items without a ceiling: {number(one, 'en')} → {number(other, 'en')}; changes of money count only "
            "what is known."))  # fmt: skip
    if difference.worse:
        why = [words.WORSE[reason] for reason in difference.worse]
        found.append(Text(f"Keselarasan memburuk: {'; '.join(text.id for text in why)}.",
                          f"Alignment got worse: {'; '.join(text.en for text in why)}."))  # fmt: skip
    return found


def _origins(change: Change, labels: Labels) -> tuple[Origin, ...]:
    entry, label = (change.entry, labels[0] if change.pair.after is None else labels[1])
    origin = entry.origin
    return (origin._replace(path=f"{label}{origin.path}"),)


RANK = (words.LOST, words.MOVED_AWAY, words.GAINED, words.MOVED_HERE, words.CHANGED)
"""Order of changes below a goal."""


def ordered(difference: Difference, goal: str) -> list[Change]:
    """Return the changes of a goal: losses first, in each kind the most money first."""

    def weight(change: Change) -> tuple[int, int, str]:
        before, after = (entry.item.pagu or 0 if entry else 0 for entry in change.pair)
        return RANK.index(words.kind(change, goal)), -abs(after - before), change.entry.item.nama

    return sorted(difference.of_goal(goal), key=weight)


def _items(difference: Difference, labels: Labels) -> Table:
    columns = (
        shared.GOAL, shared.GOAL_NAME, shared.ITEM, WHAT, DETAILS, shared.KODE, shared.OFFICE_ASIDE, PAGU_BEFORE,
        PAGU_AFTER._replace(title=Text("sesudah", "after")),
    )  # fmt: skip
    rows = []
    for goal in difference.rows:
        for change in ordered(difference, goal):
            item = change.entry.item
            pagu = (entry.item.pagu if entry else None for entry in change.pair)
            told = (words.kind(change, goal), words.details(change))
            cells = (*goal_cells(goal, difference), item.nama, *told, item.kode, item.perangkat_daerah, *pagu)
            rows.append(Row(cells, _origins(change, labels)))
    title = Text("Program dan sub kegiatan yang berubah", "Programmes and sub-activities that changed")
    return Table("beda_butir", title, columns, rows, grouped=2, single=True)


def _findings(difference: Difference, labels: Labels) -> Table:
    columns = (
        shared.RULE, WHAT, Column("tingkat", Text("Tingkat", "Level")), Column("pesan", Text("Pesan", "Message")),
        Column("tempat", Text("Tempat", "Place"), minor=True, clear=True),
    )  # fmt: skip
    found = difference.findings
    rows = [
        _finding(one, what, label)
        for what, label, listed in (
            (Text("hilang", "gone"), labels[0], found.gone),
            (Text("baru", "new"), labels[1], found.new),
            (Text("berubah", "changed"), labels[1], found.changed),
        )
        for one in listed
    ]
    title = Text("Temuan yang baru, hilang atau berubah", "Findings that are new, gone or changed")
    return Table("beda_temuan", title, columns, rows)


def _finding(finding: Finding, what: Text, label: str) -> Row:
    rule, place = finding.rule, finding.place
    level = Text(rule.severity.in_("id"), rule.severity.in_("en"))
    message = Text(finding.message("id"), finding.message("en"))
    return Row((rule.code, what, level, message, f"{label}{place.path}:{place.span.line}"))


def _details(difference: Difference, labels: Labels) -> Table:
    """Return the rows that the changes of money by goal are sums of."""
    columns = (
        shared.GOAL, shared.GOAL_NAME, shared.ITEM, shared.KODE, shared.OFFICE, PAGU_BEFORE, PAGU_AFTER,
        Column("perubahan", Text("Perubahan", "Change"), "rupiah"),
        Column("selaras_sebelum", Text("Selaras sebelum", "Confirmed before"), "rupiah"),
        Column("selaras_sesudah", Text("Selaras sesudah", "Confirmed after"), "rupiah"),
    )  # fmt: skip
    by_pair = {id(change.pair): change for change in difference.changes}
    rows = [
        _amount(amount, by_pair[id(amount.pair)], difference, labels)
        for goal in difference.rows
        for amount in difference.amounts
        if amount.goal == goal and id(amount.pair) in by_pair
    ]
    title = Text("Rincian perubahan pagu per tujuan", "Changes of money by goal, item by item")
    return Table("rincian_beda", title, columns, rows, grouped=2, detail=True, single=True)


def _amount(amount: Amount, change: Change, difference: Difference, labels: Labels) -> Row:
    item = change.entry.item
    named = (*goal_cells(amount.goal, difference), item.nama, item.kode, item.perangkat_daerah)
    money = (amount.before, amount.after, amount.change, amount.confirmed_before, amount.confirmed_after)
    return Row((*named, *money), _origins(change, labels))


def shortened(given: View, most: int = MOST) -> View:
    """Return a view for a page: of each goal, and of findings, the first rows, with a note on how many are left out;
    no tables where nothing changed.
    """
    if not any(table.rows for table in given.tables if table.name in CHANGING):
        return given._replace(tables=[])
    return given._replace(tables=[_shortened(table, most) for table in given.tables])


def _shortened(table: Table, most: int) -> Table:
    if table.name not in CHANGING:
        return table
    rows: list[Row] = []
    seen: dict[tuple[Cell, ...], int] = {}
    for row in table.rows:
        group = row.cells[: table.grouped]
        seen[group] = seen.get(group, 0) + 1
        if seen[group] <= most:
            rows.append(row)
    left = len(table.rows) - len(rows)
    if not left:
        return table
    note = Text(f"{number(left)} baris lagi tidak ditampilkan; --detail menampilkan semuanya.",
                f"{number(left, 'en')} more rows are not shown; --detail shows them all.")  # fmt: skip
    return table._replace(rows=rows, note=note)
