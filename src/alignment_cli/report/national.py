"""The view `program_nasional`: which role of the region is done by whom, with which programme, money and indicator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alignment_cli.finding import Text
from alignment_cli.readiness import roles_of
from alignment_cli.report import words
from alignment_cli.report.table import Column, Row, Table, View, origin

if TYPE_CHECKING:
    from collections.abc import Iterable

    from alignment_cli.collaboration.catalogue import Role as Kind
    from alignment_cli.readiness import Doer, Readiness, Role
    from alignment_cli.report.figures import Figures
    from alignment_cli.report.table import Cell

NATIONAL = Column("program_nasional", Text("Program nasional", "National programme"))
_OPEN = Text("(kosong)", "(open)")
_CERTAIN = Text("dinyatakan dalam berkas", "declared in the file")
_ASKED = (
    NATIONAL,
    Column("peran", Text("Peran daerah", "Role of the region")),
    Column("tugas", Text("Tugas", "Task")),
    Column("dasar", Text("Dasar", "Basis"), minor=True),
)
_DONE = (
    Column("program", Text("Dijalankan oleh", "Done by")),
    words.OFFICE_ASIDE,
    words.PAGU._replace(minor=True),
    Column("indikator", Text("Indikator", "Indicator"), minor=True),
    Column("kepastian", Text("Kepastian", "Certainty"), minor=True, clear=True),
)
_NOTE = Text(
    "(kosong): belum terlihat siapa yang menjalankan; dasar menyebut aturan yang memintanya, – bila tidak ada aturan "  # noqa: RUF001
    "tertulis yang tercatat. Usulan disimpulkan dari teks, kode atau tugas perangkat daerah; pastikan dengan "
    "program_nasional pada program. Pagu adalah pagu butirnya, bukan biaya peran itu saja.",
    "(open): nobody is seen to do it; the basis is the rule that asks for it, – where no written rule is on record. "  # noqa: RUF001
    "What is proposed is concluded from texts, codes or the work of an office; make sure with program_nasional in the "
    "programme. The ceiling is that of the item, not the cost of the role alone.",
)


def national(figures: Figures) -> View:
    """Return an overview of all national programmes, the roles in those that the region serves, then in the others."""
    ready = figures.readiness
    served = [one for one in ready if one.items]
    asked, open_ = sum(len(one.roles) for one in served), sum(len(one.gaps) for one in served)
    sentence = Text(
        f"{len(served)} dari {len(ready)} program nasional yang meminta peran daerah didukung rencana ini; {open_} "
        f"dari {asked} perannya belum terlihat pelaksananya.",
        f"{len(served)} of {len(ready)} national programmes that ask something of the region are served by this plan; "
        f"{open_} of their {asked} roles are open.",
    )
    kinds = roles_of(figures.reference)
    others = [row for one in ready if not one.items for row in _roles(one, kinds)]
    tables = [
        _overview(ready),
        Table("peran_daerah", Text("Peran daerah dalam program nasional", "Roles of the region"), (*_ASKED, *_DONE),
              [row for one in served for row in _roles(one, kinds)], None, _NOTE, grouped=1, single=True),
        Table("peran_belum_didukung",
              Text("Peran daerah dalam program nasional yang belum didukung",
                   "Roles of the region in national programmes that it does not serve"),
              _ASKED, [Row(row.cells[: len(_ASKED)]) for row in others], None, None, grouped=1, detail=True),
    ]  # fmt: skip
    return View("program_nasional", Text("Program nasional", "National programmes"), [sentence], tables)


def _overview(ready: Iterable[Readiness]) -> Table:
    rows = []
    for one in ready:
        sure = sum(1 for role in one.roles if role.certain)
        done = len(one.roles) - len(one.gaps) - sure
        cells = (one.programme.nama, len(one.items), len(one.roles), sure, done, len(one.gaps),
                 tuple(one.programme.dasar_hukum) or None)  # fmt: skip
        rows.append(Row(cells, tuple(origin(file, judged.item) for file, judged, _ in one.items)))
    sums = [sum(int(str(row.cells[n])) for row in rows) for n in range(2, 6)]
    columns = (
        NATIONAL,
        words.ITEMS,
        Column("peran", Text("Peran diminta", "Roles asked"), "number"),
        Column("dinyatakan", Text("Dinyatakan", "Declared"), "number"),
        Column("usulan", Text("Usulan", "Proposed"), "number"),
        Column("kosong", Text("Kosong", "Open"), "number"),
        Column("dasar_hukum", Text("Dasar hukum", "Legal basis"), minor=True),
    )
    total = Row((words.TOTAL, None, *sums, None), tuple(dict.fromkeys(item for row in rows for item in row.items)))
    return Table("program_nasional", Text("Kesiapan program nasional", "Readiness"), columns, rows, total)


def _roles(one: Readiness, kinds: dict[str, Kind]) -> list[Row]:
    return [row for role in one.roles for row in _role(role, one.programme.nama, kinds)]


def _role(role: Role, programme: str, kinds: dict[str, Kind]) -> list[Row]:
    kind = kinds.get(role.peran.peran)
    name: Cell = role.peran.peran if kind is None else kind.nama
    asked = (programme, name, Text(role.peran.uraian, role.peran.uraian_en),
             role.peran.dasar if role.ruled else None)  # fmt: skip
    if role.gap:
        return [Row((*asked, _OPEN, None, None, None, None))]
    return [Row((*asked, *_doer(doer)), (origin(doer.file, doer.judged.item),)) for doer in role.doers]


def _doer(doer: Doer) -> tuple[Cell, ...]:
    item = doer.judged.item
    indicators = tuple(indikator.nama for indikator in item.butir.indikator) or None
    proposed = Text(f"usulan: {doer.because.id}", f"proposed: {doer.because.en}")
    return item.nama, item.perangkat_daerah, item.pagu, indicators, _CERTAIN if doer.certain else proposed
