"""A report as CSV: fixed names of columns, plain numbers, a row for every row of every region."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from alignment_cli.render.table import safe
from alignment_cli.report.render.cells import place, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alignment_cli.finding import Lang
    from alignment_cli.render import View as Manner
    from alignment_cli.report.render import Part
    from alignment_cli.report.table import Row, Table


def render(parts: list[Part], manner: Manner) -> str:
    """Return all tables one below the other, an empty line between two."""
    return "\n".join(tables(parts, manner).values())


def tables(parts: list[Part], manner: Manner) -> dict[str, str]:
    """Return the tables by name, each with a header and the rows of all regions. The first two columns name region and
    table; where each row is about one item, the last one says where that stands. Totals are left out, so that a column
    can be summed. Parts are 0-1, lists of names are separated by semicolons; text that looks like a formula gets a
    leading apostrophe.
    """
    found: dict[str, io.StringIO] = {}
    for part in parts:
        for table in (table for view in part.views for table in view.tables):
            if table.name not in found:
                found[table.name] = io.StringIO()
                head = [
                    "daerah",
                    "tabel",
                    *(column.key for column in table.columns),
                    *(["asal"] if table.single else []),
                ]
                csv.writer(found[table.name], lineterminator="\n").writerow(head)
            writer = csv.writer(found[table.name], lineterminator="\n")
            writer.writerows(
                [safe(part.figures.name), table.name, *_cells(row, table, manner.lang)] for row in table.rows
            )
    return {name: out.getvalue() for name, out in found.items()}


def _cells(row: Row, table: Table, lang: Lang) -> Iterator[str | int | float | None]:
    for cell in row.cells:
        value = plain(cell, lang)
        yield f"{value:.6g}" if isinstance(value, float) else safe(value)
    if table.single:
        yield safe(place(row))
