"""FORM 5 of the Daftar Isian Fasilitasi (Permendagri 14/2026): Program Strategis Nasional and themes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alignment_cli.finding import Text
from alignment_cli.forms import join
from alignment_cli.forms.codes import Asked, shipped
from alignment_cli.forms.form import Form, Head, sources
from alignment_cli.report.table import Column, Row, Table

if TYPE_CHECKING:
    from alignment_cli.forms.codes import Lists
    from alignment_cli.report.figures import Figures
    from alignment_cli.report.table import Cell

TITLE = "FORM 5 · Keselarasan Pro-SN dan Tematik"
COLUMNS = (
    Column("no", Text("No", "No"), "number"),
    Column("pro_sn", Text("Pro-SN / Tematik", "Pro-SN / Tematik")),
    Column("proyek", Text("Proyek, Kegiatan atau Tema", "Proyek, Kegiatan atau Tema")),
    Column("kode", Text("Kode", "Kode")),
    Column("sub_kegiatan", Text("Sub Kegiatan", "Sub Kegiatan")),
    Column("status", Text("Status", "Status")),
    Column("dalam_rencana", Text("Program / Sub Kegiatan", "Program / Sub Kegiatan")),
    Column("perangkat_daerah", Text("Perangkat Daerah", "Perangkat Daerah")),
    Column("pagu", Text("Pagu (Rp)", "Pagu (Rp)"), "rupiah"),
    Column("keterangan", Text("Keterangan", "Keterangan")),
)
WIDTHS = (4, 17, 28, 18, 28, 14, 28, 22, 18, 16)
GROUPED = 3
THEME = "Tematik"
SAME = 80.0
"""Likeness (token set, 0-100) from which a project of table C-1 and one of C-2 in the same group are one: the copies
write "Penuntasan TBC" and "Penuntasan Tuberkulosis (TBC)". Different projects of a group stay below 60."""
NO_CODE = Text("tabel tidak memuat kode", "the table holds no code")
COPY_NOTE = Text(
    "Kode menurut salinan tabel C-2 dan C-3; baris tanpa kode yang utuh dalam salinan tidak dimuat. Label Pro-SN tidak "
    "menentukan Asta Cita.",
    "Codes as in the copies of tables C-2 and C-3; lines without a whole code in the copy are left out. A Pro-SN label "
    "does not settle the Asta Cita.",
)


def fill(figures: Figures, lists: Lists) -> Form:
    """Return FORM 5: by project and theme, each code that is asked for and whether the plan holds it."""
    own = lists.daftar is not None
    asked, named = (lists.daftar or [], list(lists.names)) if own else official(figures)
    exact = own or figures.region.header.daerah.tingkat == "provinsi"
    plan = join.Plan(figures, exact=exact)
    asked = _together(asked)
    found = [plan.held(one.kode) if one.kode else None for one in asked]
    rows, number, last = [], 0, None
    for one, held in zip(asked, found, strict=True):
        number, last = number + ((one.kelompok, one.label) != last), (one.kelompok, one.label)
        begins = (number, one.kelompok or None, one.label or None, one.kode or None, _name(one, figures))
        ends = (*join.cells(held), join.about(held)) if held else (None, None, None, None, NO_CODE)
        rows.append(Row((*begins, *ends), tuple(entry.origin for entry in held.entries) if held else ()))
    without = len({(one.kelompok, one.label) for one in asked if not one.kode})
    about = join.told([held for held in found if held], plan, asked)
    if without:
        about.append(
            Text(
                f"{without} proyek atau tema tidak mempunyai kode dalam tabel, maka tidak terjawab.",
                f"{without} projects or themes have no code in the table, so they are not answered.",
            )
        )
    plan_title = f"Dalam {figures.region.header.dokumen} {figures.region.header.tahun}"
    notes = [
        *([] if own else [COPY_NOTE]),
        *join.notes(figures, exact=exact, tables=("C-2, C-3", "C-4, C-5")),
    ]
    return Form(
        "form5", TITLE, figures.name, about,
        Table("form5", Text(TITLE, TITLE), COLUMNS, rows, grouped=GROUPED),
        (Head("Kode yang disepakati" if own else "Kode menurut tabel C-2 dan C-3", 3, 4), Head(plan_title, 5, 8)),
        WIDTHS, notes, sources(figures, *named),
    )  # fmt: skip


def official(figures: Figures) -> tuple[list[Asked], list[str]]:
    """Return the codes of tables C-2 and C-3 in the order of table C-1 and of the themes, and the sources. Projects and
    themes without a code stand there without one.
    """
    (projects, source), (themes, other) = shipped("C-2"), shipped("C-3")
    found: list[Asked] = []
    for group in figures.priorities.pro_sn:
        own = [one for one in projects if one.kelompok.casefold() == group.nama.casefold()]
        for project in group.proyek:
            label = _label(project, [one.label for one in own])
            of = [one._replace(kelompok=group.nama, label=project) for one in own if one.label == label]
            found += of or [Asked("", "", project, group.nama)]
    for theme in figures.priorities.tematik:
        of = [one._replace(kelompok=THEME) for one in themes if one.label == theme]
        found += of or [Asked("", "", theme, THEME)]
    return found, [*source, *other]


def _label(project: str, labels: list[str]) -> str | None:
    """Return the label by which table C-2 names a project of table C-1."""
    from rapidfuzz import fuzz, process, utils

    best = process.extractOne(project, list(dict.fromkeys(labels)), scorer=fuzz.token_set_ratio,
                              processor=utils.default_process, score_cutoff=SAME)  # fmt: skip
    return best[0] if best else None


def _together(asked: list[Asked]) -> list[Asked]:
    """Return the codes of each project together, projects and codes in their order of appearance."""
    order: dict[tuple[str, str], list[Asked]] = {}
    for one in asked:
        order.setdefault((one.kelompok, one.label), []).append(one)
    return [one for group in order.values() for one in group]


def _name(one: Asked, figures: Figures) -> Cell:
    entry = figures.reference.matcher.nomenclature.get(one.kode) if one.kode and not one.nama else None
    return one.nama or (entry.nama if entry else None)
