"""Whether each word and figure of a table is in the written file or named in the report, as sums are for money."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from alignment_cli.sheet import report as events
from alignment_cli.sheet.titles import IGNORED
from alignment_cli.sheet.write_yaml import YES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alignment_cli.sheet.columns import Layout
    from alignment_cli.sheet.lines import Lines
    from alignment_cli.sheet.report import Report

_TOKEN = re.compile(r"[^\W\d_]{2,}|\d[\d.,_]*")
_ELSE = re.compile(r"^ *(?:- )?[a-z_]+:|\\(?:x..|u.{4}|U.{8}|.)", re.MULTILINE)
"""Keys, and what stands in quoted texts for a line break, a quote or an invisible character."""
TOLD = ("jenjang", "pagu", "rincian")
"""Columns that tell the level of a row and have no place of their own, and those whose sums `totals` proves."""
URUSAN = ("kode_urusan", "kode_bidang_urusan", "nama_urusan", "nama_bidang_urusan")
"""Columns of levels above the programme, which a file does not have."""
ANSWERS = YES | {"tidak", "t", "n", "no", "false", "salah", "bukan", "0"}
"""What the file says of `unggulan` without the word."""


def verify(tables: list[Lines], text: str, report: Report) -> None:
    """Report contents of columns in use, and of those without a title, that are neither in `text` nor in the report."""
    kept = set(_tokens(_ELSE.sub(" ", text)))
    for event in report.events:
        kept.update(_tokens(f"{event.value} {event.text.id}"))
    for _, _, content in report.left:
        kept.update(_tokens(content))
    for table in tables:
        for place, content in _contents(table.layout):
            if not kept.issuperset(_tokens(content)):
                report.add(events.LOST, place, content)


def _contents(layout: Layout) -> Iterator[tuple[str, str]]:
    """Yield the contents of cells, each once for a column, with the address of the first cell that has it."""
    passed = {cell for column in layout.columns if _is_told(column.field, column.title) for cell in column.cells}
    wanted = [cell for cell in range(layout.grid.width) if cell not in passed]
    answers = {cell for column in layout.all("unggulan") for cell in column.cells}
    seen = set[tuple[int, str]]()
    for row in range(layout.header.body, len(layout.grid.rows)):
        texts = layout.grid.texts[row]
        for cell in wanted:
            if cell in answers and texts[cell].casefold() in ANSWERS:
                continue
            if texts[cell] and (cell, texts[cell]) not in seen:
                seen.add((cell, texts[cell]))
                yield layout.grid.address(row, cell), texts[cell]


def _is_told(field: str, title: str) -> bool:
    """Tell whether the report names a column as a whole, or its contents have no place of their own."""
    return field in TOLD or (field in ("", IGNORED, *URUSAN) and bool(title))


def _tokens(text: str) -> Iterator[str]:
    """Yield words in small letters, and figures part by part, without zeros in front and behind: a code is read from
    several cells, an amount is written with other marks.
    """
    for token in _TOKEN.findall(text.casefold()):
        if token[0].isdecimal():
            yield re.sub(r"\D", "", token).strip("0")
        else:
            yield token
