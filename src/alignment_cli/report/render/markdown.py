"""A report as Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alignment_cli.render.markdown import plain as escaped
from alignment_cli.report.render.cells import shown

if TYPE_CHECKING:
    from alignment_cli.finding import Lang
    from alignment_cli.render import View as Manner
    from alignment_cli.report.render import Part
    from alignment_cli.report.table import Row, Table


def render(parts: list[Part], manner: Manner) -> str:
    """Return headings, sentences and tables, but for tables of detail; what the plan says is escaped."""
    lang, blocks = manner.lang, []
    for part in parts:
        blocks.append(f"# {escaped(part.figures.name)}")
        for view in part.views:
            blocks.append(f"## {view.title.in_(lang)}")
            blocks += [escaped(sentence.in_(lang)) for sentence in view.sentences]
            for table in view.tables:
                if not table.detail:
                    blocks += _blocks(table, lang)
    return "\n\n".join(blocks) + "\n"


def _blocks(table: Table, lang: Lang) -> list[str]:
    heading = f"### {escaped(table.title.in_(lang))}"
    if not table.rows:
        return [heading, escaped(table.empty.in_(lang))]
    note = [] if table.note is None else [f"*{escaped(table.note.in_(lang))}*"]
    return [heading, _table(table, lang), *note]


def _table(table: Table, lang: Lang) -> str:
    heads = "|".join(f" {escaped(column.title.in_(lang))} " for column in table.columns)
    rule = "|".join("---" if column.kind == "text" else "--:" for column in table.columns)
    total = [] if table.total is None else [table.total]
    rows = [_row(row, table, lang) for row in (*table.rows, *total)]
    return "\n".join([f"|{heads}|", f"|{rule}|", *rows])


def _row(row: Row, table: Table, lang: Lang) -> str:
    pairs = zip(row.cells, table.columns, strict=True)
    return "|" + "|".join(f" {escaped(shown(cell, column, lang))} " for cell, column in pairs) + "|"
