"""The RPJMD table "Tabel 3.1 Keselarasan": Asta Cita, missions of the province, missions of the region."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from alignment_cli.finding import Text
from alignment_cli.forms.form import Form, goal_name, sources
from alignment_cli.numbers import number, percent
from alignment_cli.report.table import Column, Row, Table

if TYPE_CHECKING:
    from alignment_cli.forms.codes import Lists
    from alignment_cli.model import Misi, MisiProvinsi
    from alignment_cli.report.figures import Figures
    from alignment_cli.report.table import Cell

TITLE = "Tabel 3.1 Keselarasan untuk Mendukung Tercapainya Asta Cita dan Misi Provinsi"
OF_PROVINCE = "Tabel 3.1 Keselarasan untuk Mendukung Tercapainya Asta Cita"
NO = Column("no", Text("No", "No"), "number")
GOAL = Column("asta_cita", Text("Asta Cita", "Asta Cita"))
PROVINCE = Column("misi_provinsi", Text("Misi Provinsi", "Misi Provinsi"))
NOTE = Text(
    "Misi dan tautannya seperti tertulis dalam berkas (kunci misi dan misi_provinsi); satu misi dapat mendukung "
    'beberapa Asta Cita. "Usulan" disimpulkan align dari bunyi misi yang belum ditautkan, dan perlu diputuskan daerah.',
    "Missions and their links as written in the file (keys misi and misi_provinsi); a mission may serve several Asta "
    'Cita. What is "proposed" align concludes from the wording of a mission without links; the region has to decide.',
)


class Link(NamedTuple):
    """A mission that serves a goal: as the file says (`sure` None), or as proposed with this confidence (0-1)."""

    nomor: str
    teks: str
    sure: float | None = None

    @property
    def text(self) -> Text:
        """Number and wording, and that it is only proposed."""
        begins = f"Misi {self.nomor}: {self.teks}"
        if self.sure is None:
            return Text(begins, begins)
        return Text(f"{begins} (usulan, keyakinan {percent(self.sure)})",
                    f"{begins} (proposed, confidence {percent(self.sure, 'en')})")  # fmt: skip


Linked = list[tuple["Misi | MisiProvinsi", dict[str, Link]]]
"""Missions with what links each goal to them."""


def fill(figures: Figures, lists: Lists) -> Form:  # noqa: ARG001 - every form takes the lists
    """Return the table: one row for each goal, several missions in a cell."""
    plan = figures.region.header
    is_province = plan.daerah.tingkat == "provinsi"
    own: Linked = [(mission, _links(mission, figures)) for mission in _missions(figures)]
    above = {} if is_province else _province(figures)
    linked = {name for mission, _ in own for name in _above(mission)}
    loose: Linked = [(m, _proposed(m, figures)) for nomor, m in above.items() if nomor not in linked]
    rows = []
    for n, goal in enumerate(figures.goals, 1):
        served = [(mission, links[goal]) for mission, links in own if goal in links]
        named = dict.fromkeys(name for mission, _ in served for name in _above(mission))
        upper = [_named(name, above) for name in named] + [links[goal].text for _, links in loose if goal in links]
        cells = ([] if is_province else [_several(upper)]) + [_several([link.text for _, link in served])]
        rows.append(Row((n, goal_name(goal, figures.priorities), *cells)))
    title = OF_PROVINCE if is_province else TITLE
    of_region = {"provinsi": "Misi Provinsi", "kota": "Misi Kota"}.get(plan.daerah.tingkat, "Misi Kabupaten")
    region = Column("misi_daerah", Text(of_region, of_region))
    return Form(
        "tabel31", title, figures.name, _about(own, loose, figures),
        Table("tabel31", Text(title, title), (NO, GOAL, *(() if is_province else (PROVINCE,)), region), rows),
        (), (4, 50, 90) if is_province else (4, 40, 54, 54), [NOTE],
        sources(figures, *figures.priorities.kerangka.dasar),
    )  # fmt: skip


def _missions(figures: Figures) -> list[Misi]:
    """Return the missions of all files, each number and wording once."""
    contents = [file.loaded.file for file in figures.files if file.loaded.file]
    return list({(m.nomor.strip(), m.teks): m for content in contents for m in content.misi}.values())


def _province(figures: Figures) -> dict[str, MisiProvinsi]:
    contents = [file.loaded.file for file in figures.files if file.loaded.file]
    return {m.nomor.strip(): m for content in contents for m in content.misi_provinsi}


def _above(mission: Misi | MisiProvinsi) -> list[str]:
    """Return the numbers of the missions of the province that a mission names."""
    return [name.strip() for name in getattr(mission, "misi_provinsi", ())]


def _links(mission: Misi, figures: Figures) -> dict[str, Link]:
    """Return the goals of a mission: those that the file names, else the one that its wording proposes."""
    if not mission.asta_cita:
        return _proposed(mission, figures)
    goals = [figures.priorities.goal_code(written) for written in mission.asta_cita]
    return {goal: Link(mission.nomor.strip(), mission.teks) for goal in goals if goal is not None}


def _proposed(mission: Misi | MisiProvinsi, figures: Figures) -> dict[str, Link]:
    from alignment_cli.match import Query

    verdict = figures.reference.judge(Query(mission.teks))
    if verdict.goal is None:
        return {}
    return {verdict.goal: Link(mission.nomor.strip(), mission.teks, verdict.confidence)}


def _named(nomor: str, above: dict[str, MisiProvinsi]) -> Text:
    if nomor in above:
        return Link(nomor, above[nomor].teks).text
    return Text(f"Misi {nomor} (tidak ada dalam misi_provinsi)", f"Misi {nomor} (not among misi_provinsi)")


def _several(texts: list[Text]) -> Cell:
    """Return missions in one cell, in lines of their own."""
    return Text(";\n".join(text.id for text in texts), ";\n".join(text.en for text in texts)) if texts else None


def _about(own: Linked, loose: Linked, figures: Figures) -> list[Text]:
    """Return in sentences how much of the table the file answers."""
    if not own:
        return [Text("Berkas belum memuat misi daerah; isi kunci misi (dan misi_provinsi) supaya tabel ini terisi.",
                     "The file names no missions of the region; fill in misi (and misi_provinsi) to have this "
                     "table.")]  # fmt: skip
    named = [link for _, links in own for link in [*links.values()][:1]]
    proposed, without = sum(1 for link in named if link.sure is not None), len(own) - len(named)
    filled = len({goal for _, links in own for goal in links})
    said = [Text(
        f"{number(filled)} dari {len(figures.goals)} Asta Cita didukung misi daerah. Dari {number(len(own))} misi, "
        f"{number(len(named) - proposed)} ditautkan dalam berkas, {number(proposed)} diusulkan, {number(without)} "
        "belum bertaut.",
        f"{number(filled, 'en')} of {len(figures.goals)} Asta Cita are served by missions of the region. Of "
        f"{number(len(own), 'en')} missions, {number(len(named) - proposed, 'en')} are linked in the file, "
        f"{number(proposed, 'en')} proposed, {number(without, 'en')} without a link.",
    )]  # fmt: skip
    if loose:
        names = ", ".join(mission.nomor.strip() for mission, _ in loose)
        said.append(Text(f"Misi provinsi yang belum ditautkan dari misi daerah: {names}.",
                         f"Missions of the province that no mission of the region names: {names}."))  # fmt: skip
    return said
