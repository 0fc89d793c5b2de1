"""What a filled form is made of, the same for Excel, print, Markdown and CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from alignment_cli.finding import Text
from alignment_cli.render.concise import one_line
from alignment_cli.report.table import View

if TYPE_CHECKING:
    from alignment_cli.finding import Lang
    from alignment_cli.priorities import Prioritas
    from alignment_cli.report.figures import Figures
    from alignment_cli.report.table import Cell, Row, Table


class Head(NamedTuple):
    """A heading over the columns `first` to `last` (0-based, included)."""

    title: str
    first: int
    last: int


class Form(NamedTuple):
    """A filled form. `title` and the headings of `heads` stay Indonesian as in the regulation; `widths` are those of
    the columns in characters; of the table, the first `grouped` columns are merged where they repeat.
    """

    name: str
    title: str
    region: str
    about: list[Text]
    table: Table
    heads: tuple[Head, ...]
    widths: tuple[int, ...]
    notes: list[Text]
    sources: list[str]

    @property
    def view(self) -> View:
        """The form as a view of a report; notes and sources stand below the table."""
        said = [note.in_("id") for note in self.notes], [note.in_("en") for note in self.notes]
        named = "; ".join(self.sources)
        note = Text(" ".join((*said[0], f"{SOURCES.id}: {named}.")), " ".join((*said[1], f"{SOURCES.en}: {named}.")))
        return View(self.name, Text(self.title, self.title), self.about, [self.table._replace(note=note)])


SOURCES = Text("Sumber", "Sources")
NOTES = Text("Catatan", "Notes")
LABELS = (Text("Daerah", "Region"), Text("Dokumen", "Document"), Text("Tahun", "Year"))


def header(figures: Figures) -> list[tuple[Text, str]]:
    """Return region, document and year with their labels."""
    plan = figures.region.header
    values = (plan.daerah.nama, plan.dokumen, str(plan.tahun))
    return list(zip(LABELS, map(one_line, values), strict=True))


def sources(figures: Figures, *others: str) -> list[str]:
    """Return the plan's files with the sources that they name, then others; each once."""
    own = []
    for file in figures.files:
        content = file.loaded.file
        said = "; ".join(content.sumber) if content else ""
        own.append(f"{file.loaded.path} ({said})" if said else file.loaded.path)
    return list(dict.fromkeys(one_line(text) for text in (*own, *others) if text))


def goal_name(goal: str, priorities: Prioritas) -> Text:
    """Return number and name of a goal: ``Asta Cita 4 (PN 4): ...``. The national priorities of the RPJMN 2025-2029 are
    the Asta Cita, one to one (Perpres 12/2025).
    """
    known = priorities.goal(goal)
    if known is None:
        return Text(goal, goal)
    begins = f"Asta Cita {known.nomor} (PN {known.nomor}): "
    return Text(begins + known.nama, begins + known.nama_en)


def spans(rows: list[Row], grouped: int) -> list[list[int]]:
    """Return for each row and grouped column over how many rows its cell reaches; 0 where an upper cell reaches it."""
    found = [[1] * grouped for _ in rows]
    for column in range(grouped):
        top = 0
        for n in range(1, len(rows)):
            if rows[n].cells[: column + 1] == rows[top].cells[: column + 1]:
                found[top][column] += 1
                found[n][column] = 0
            else:
                top = n
    return found


def written(cell: Cell, lang: Lang) -> str | int | float | None:
    """Return a cell for paper: names in lines of their own, without characters that steer."""
    if isinstance(cell, Text):
        return "\n".join(map(one_line, cell.in_(lang).split("\n")))
    if isinstance(cell, tuple):
        return "\n".join(map(one_line, cell))
    return one_line(cell) if isinstance(cell, str) else cell
