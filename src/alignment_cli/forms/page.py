"""Filled forms as one HTML page to print: A4 landscape, headings on every sheet, nothing loaded from elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from alignment_cli import harmless
from alignment_cli.forms.form import NOTES, SOURCES, header, spans, written
from alignment_cli.numbers import number

if TYPE_CHECKING:
    from alignment_cli.finding import Lang
    from alignment_cli.forms.form import Form
    from alignment_cli.report.figures import Figures
    from alignment_cli.report.table import Cell, Column


class Field(NamedTuple):
    """A cell of the page: its text, how many columns and rows it covers, and its kind."""

    text: str
    columns: int = 1
    rows: int = 1
    kind: str = "text"


def render(forms: list[tuple[Figures, Form]], lang: Lang) -> str:
    """Return the page; what the plan says is escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(loader=PackageLoader("alignment_cli.forms", "templates"), autoescape=True,
                              undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)  # fmt: skip
    template = environment.get_template("form.html.j2")
    words = {
        "notes": NOTES.in_(lang),
        "sources": SOURCES.in_(lang),
        "sign": "Mengetahui," if lang == "id" else "Acknowledged,",
        "none": "tidak ada" if lang == "id" else "none",
    }
    return harmless.shown(template.render(lang=lang, words=words, forms=[_page(*pair, lang) for pair in forms])) + "\n"


def _page(figures: Figures, form: Form, lang: Lang) -> dict[str, Any]:
    whole = sum(form.widths)
    return {
        "title": form.title,
        "header": [(label.in_(lang), value) for label, value in header(figures)],
        "about": [sentence.in_(lang) for sentence in form.about],
        "widths": [f"{width * 100 / whole:.2f}" for width in form.widths],
        "heads": _heads(form),
        "rows": _rows(form, lang),
        "notes": [note.in_(lang) for note in form.notes],
        "sources": form.sources,
    }


def _heads(form: Form) -> list[list[Field]]:
    """Return the rows of headings: one, or two where some columns have a heading in common."""
    columns = form.table.columns
    if not form.heads:
        return [[Field(column.title.id) for column in columns]]
    first: dict[int, Field] = {head.first: Field(head.title, head.last - head.first + 1) for head in form.heads}
    under = {n for head in form.heads for n in range(head.first, head.last + 1)}
    first |= {n: Field(column.title.id, rows=2) for n, column in enumerate(columns) if n not in under}
    return [[first[n] for n in sorted(first)], [Field(columns[n].title.id) for n in sorted(under)]]


def _rows(form: Form, lang: Lang) -> list[list[Field]]:
    """Return the rows. What repeats within a group stands once, over cells without lines between them: browsers keep
    rows under one merged cell on one sheet of paper, which leaves most sheets empty.
    """
    table, reach = form.table, spans(form.table.rows, form.table.grouped)
    found = []
    for n, row in enumerate(table.rows):
        rows = [*reach[n], *[1] * (len(row.cells) - table.grouped)]
        cells = zip(row.cells, table.columns, rows, strict=True)
        found.append([_field(cell, column, height, lang) for cell, column, height in cells])
    return found


def _field(cell: Cell, column: Column, rows: int, lang: Lang) -> Field:
    value = None if rows == 0 else written(cell, lang)
    text = number(int(value), lang) if isinstance(value, int | float) else value or ""
    place = {0: " below", 1: ""}.get(rows, " top")
    kind = "code" if column.key == "kode" else column.kind
    return Field(text, kind=kind + place)
