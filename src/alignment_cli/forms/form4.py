"""FORM 4 of the Daftar Isian Fasilitasi (Permendagri 14/2026): outcome prioritas of the Asta Cita."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alignment_cli.finding import Text
from alignment_cli.forms import join
from alignment_cli.forms.codes import shipped
from alignment_cli.forms.form import Form, Head, goal_name, sources
from alignment_cli.nomenclature import ancestors
from alignment_cli.report.table import Column, Row, Table

if TYPE_CHECKING:
    from alignment_cli.forms.codes import Asked, Lists
    from alignment_cli.report.figures import Figures
    from alignment_cli.report.table import Cell

TITLE = "FORM 4 · Keselarasan Outcome Prioritas Asta Cita"
COLUMNS = (
    Column("no", Text("No", "No"), "number"),
    Column("asta_cita", Text("Asta Cita", "Asta Cita")),
    Column("bidang_urusan", Text("Bidang Urusan", "Bidang Urusan")),
    Column("outcome", Text("Outcome Prioritas", "Outcome Prioritas")),
    Column("indikator", Text("Indikator", "Indikator")),
    Column("kode", Text("Kode", "Kode")),
    Column("sub_kegiatan", Text("Sub Kegiatan", "Sub Kegiatan")),
    Column("status", Text("Status", "Status")),
    Column("dalam_rencana", Text("Program / Sub Kegiatan", "Program / Sub Kegiatan")),
    Column("perangkat_daerah", Text("Perangkat Daerah", "Perangkat Daerah")),
    Column("pagu", Text("Pagu (Rp)", "Pagu (Rp)"), "rupiah"),
    Column("keterangan", Text("Keterangan", "Keterangan")),
)
WIDTHS = (4, 15, 19, 19, 19, 18, 24, 13, 25, 22, 18, 14)
GROUPED = 5
URUSAN = "URUSAN PEMERINTAHAN BIDANG "
"""Begins the names of most bidang urusan; the heading of the column says it."""
CUT = Text("label Asta Cita terpotong dalam salinan tabel", "the Asta Cita label is cut in the copy of the table")
COPY_NOTE = Text(
    "Tabel C-6 memberi Asta Cita pada bidang urusan, bukan pada sub kegiatan. Outcome dan indikator menurut salinan "
    "tabel; dalam salinan itu indikator dapat bergeser dari sub kegiatannya, maka cocokkan dengan naskah peraturan.",
    "Table C-6 gives the Asta Cita to the bidang urusan, not to the sub-activity. Outcomes and indicators as in the "
    "copy of the table, where indicators may stand beside another sub-activity: compare with the regulation.",
)


def fill(figures: Figures, lists: Lists) -> Form:
    """Return FORM 4: by goal and bidang urusan, each code that is asked for and whether the plan holds it."""
    asked, named = (lists.daftar, list(lists.names)) if lists.daftar is not None else shipped("C-6")
    exact = lists.daftar is not None or figures.region.header.daerah.tingkat == "provinsi"
    asked = sorted((one for one in asked if one.kode), key=lambda one: _order(one, figures))
    plan = join.Plan(figures, exact=exact)
    found = [plan.held(one.kode) for one in asked]
    rows, number, last = [], 0, None
    for one, held in zip(asked, found, strict=True):
        group = (one.label, ancestors(one.kode)[-1], one.outcome)
        number, last = number + (group != last), group
        rows.append(Row((number, *_begins(one, figures), *join.cells(held), _about(one, held)),
                        tuple(entry.origin for entry in held.entries)))  # fmt: skip
    plan_title = f"Dalam {figures.region.header.dokumen} {figures.region.header.tahun}"
    notes = [
        *([COPY_NOTE] if lists.daftar is None else []),
        *join.notes(figures, exact=exact, tables=("C-6", "C-7")),
    ]
    return Form(
        "form4", TITLE, figures.name, join.told(found, plan, asked),
        Table("form4", Text(TITLE, TITLE), COLUMNS, rows, grouped=GROUPED),
        (Head("Kode yang disepakati" if lists.daftar is not None else "Kode menurut tabel C-6", 5, 6),
         Head(plan_title, 7, 10)),
        WIDTHS, notes, sources(figures, *named),
    )  # fmt: skip


def goals_of(label: str, figures: Figures) -> list[str]:
    """Return the codes of the goals that a label names (``AC1|AC8``), in their order; [] where it names none."""
    found = {figures.priorities.goal_code(part) for part in label.split("|")}
    return [goal for goal in figures.goals if goal in found]


def _order(one: Asked, figures: Figures) -> tuple[int, str, str, str, tuple[str, ...], str]:
    goals = goals_of(one.label, figures)
    first = figures.goals.index(goals[0]) if goals else len(figures.goals)
    return first, one.label, ancestors(one.kode)[-1], one.outcome, one.indikator, one.kode


def _begins(one: Asked, figures: Figures) -> tuple[Cell, ...]:
    nomenclature = figures.reference.matcher.nomenclature
    urusan = ancestors(one.kode)[-1]
    entry, own = nomenclature.get(urusan), nomenclature.get(one.kode)
    named = [goal_name(goal, figures.priorities) for goal in goals_of(one.label, figures)]
    goal = Text("; ".join(text.id for text in named), "; ".join(text.en for text in named)) if named else one.label
    name = one.nama or (own.nama if own else None)
    field = f"{urusan} {entry.nama.removeprefix(URUSAN)}" if entry else urusan
    return goal, field, one.outcome or None, one.indikator or None, one.kode, name


def _about(one: Asked, held: join.Held) -> Cell:
    said = [text for text in (join.about(held), None if one.clear else CUT) if text is not None]
    return Text("; ".join(text.id for text in said), "; ".join(text.en for text in said)) if said else None
