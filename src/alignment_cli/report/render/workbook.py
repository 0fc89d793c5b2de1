"""A report as an Excel workbook: a page with the summary, then a sheet for each table."""

from __future__ import annotations

import io
import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

from alignment_cli.finding import Text
from alignment_cli.region import region_name
from alignment_cli.report.render import grid
from alignment_cli.report.render.cells import place, plain
from alignment_cli.report.table import Column

if TYPE_CHECKING:
    from alignment_cli.finding import Lang
    from alignment_cli.render import View as Manner
    from alignment_cli.report.render import Part
    from alignment_cli.report.table import Table, View

MADE = datetime(2026, 1, 1)  # noqa: DTZ001 - Excel knows no time zones
"""Date written into the file's properties: the same input gives the same bytes."""
ONE_PAGE = "ringkas"
"""The view whose tables stand below each other on one sheet, which has its name."""
PAGE = (10, 44, 18, 25, 20, 25)
"""Widths of that sheet's columns, in characters."""
_LEVELS = ("kabupaten", "kota", "provinsi")
_SHORT_KEYS = ("tujuan", "aturan")
"""Columns that the first one of that sheet has room for."""
_SENTENCE = 130
"""Widest line of a sentence, in characters."""
_SHEET_NAME = 31
"""Longest name of a sheet that Excel takes, in characters."""
_ORIGIN = Column("asal", Text("Asal", "Origin"))


def render(parts: list[Part], manner: Manner) -> bytes:
    """Return the workbook. Texts are written as texts, never as formulas or links."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": MADE})
    styles, used = grid.styles(book), set[str]()
    for part in parts:
        prefix = "" if len(parts) == 1 else _short(part)
        for view in part.views:
            title = f"{view.title.in_(manner.lang)} · {part.figures.name}"
            if view.name == ONE_PAGE:
                sheet = _sheet(book, _name(prefix, view.name, used), manner.lang)
                _page(sheet, view, title, manner.lang, styles)
                continue
            for n, table in enumerate(view.tables):
                sheet = _sheet(book, _name(prefix, table.name, used), manner.lang)
                title = f"{table.title.in_(manner.lang)} · {part.figures.name}"
                _table(sheet, table, [title, *_sentences(view, manner.lang, first=n == 0)], manner.lang, styles)
    book.close()
    return out.getvalue()


def _short(part: Part) -> str:
    """Return what tells a region's sheets from those of others: its name without its level of government."""
    nama = part.figures.region.header.daerah.nama
    return " ".join(word for word in nama.split() if region_name(word) not in _LEVELS) or nama


def _name(prefix: str, wanted: str, used: set[str]) -> str:
    """Return a name for a sheet that Excel takes and that no other sheet of the book has."""
    room = _SHEET_NAME - len(wanted) - 1
    base = f"{prefix[:room].strip()} {wanted}" if prefix else wanted
    base = re.sub(r"[\[\]:*?/\\']", "_", base)[:_SHEET_NAME]
    name, n = base, 1
    while name.lower() in used:
        n += 1
        name = f"{base[: _SHEET_NAME - len(str(n)) - 1]}_{n}"
    used.add(name.lower())
    return name


def _sheet(book: Any, name: str, lang: Lang) -> Any:
    sheet = book.add_worksheet(name)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&A&RHalaman &P dari &N" if lang == "id" else "&L&A&RPage &P of &N")
    return sheet


def _sentences(view: View, lang: Lang, *, first: bool) -> list[str]:
    return [sentence.in_(lang) for sentence in view.sentences] if first else []


def _table(sheet: Any, table: Table, above: list[str], lang: Lang, styles: grid.Styles) -> None:
    """Fill a sheet with one table: frozen header, filters, a column for where each row comes from."""
    columns, rows = table.columns, [row.cells for row in table.rows]
    if table.single:
        columns, rows = (*columns, _ORIGIN), [(*row.cells, place(row)) for row in table.rows]
    values = [[plain(cell, lang) for cell in row] for row in rows]
    widths = grid.widths_of(columns, values, lang)
    reach = max(1, sum(1 for n in range(len(widths)) if sum(widths[: n + 1]) <= _SENTENCE))
    top = 1
    for n, text in enumerate(above):
        top = 1 + grid.prose(sheet, n, text, widths[:reach], styles.prose if n else styles.title)
    for n, width in enumerate(widths):
        sheet.set_column(n, n, width)
    grid.row_of(
        sheet, top, [column.title.in_(lang) for column in columns], [styles.head[c.kind] for c in columns], widths
    )
    for line, row in enumerate(values, top + 1):
        grid.row_of(sheet, line, row, [styles.plain[column.kind] for column in columns], widths)
    last = top + len(rows)
    if rows:
        sheet.autofilter(top, 0, last, len(columns) - 1)
    else:
        last += 1
        sheet.write_string(last, 0, table.empty.in_(lang))
    if table.total is not None and rows:
        last += 1
        total = [plain(cell, lang) for cell in table.total.cells]
        grid.row_of(sheet, last, total, [styles.bold[column.kind] for column in table.columns], widths)
    if table.note is not None:
        grid.prose(sheet, last + 2, table.note.in_(lang), widths[:reach], styles.prose)
    sheet.freeze_panes(top + 1, 0)
    sheet.repeat_rows(top)


def _page(sheet: Any, view: View, title: str, lang: Lang, styles: grid.Styles) -> None:
    """Fill the sheet of the summary: its tables below each other, on one page of paper."""
    for n, width in enumerate(PAGE):
        sheet.set_column(n, n, width)
    line = grid.prose(sheet, 0, title, PAGE, styles.title)
    for sentence in view.sentences:
        line = grid.prose(sheet, line, sentence.in_(lang), PAGE, styles.prose)
    for table in view.tables:
        line = grid.prose(sheet, line + 1, table.title.in_(lang), PAGE, styles.strong)
        line = _part(sheet, table, line, lang, styles)
    sheet.fit_to_pages(1, 1)


def _part(sheet: Any, table: Table, line: int, lang: Lang, styles: grid.Styles) -> int:
    """Write a table into the columns of the page; return the line after it."""
    if not table.rows:
        sheet.write_string(line, 0, table.empty.in_(lang))
        return line + 1
    spans = _spans(table.columns)
    for (first, last), column in zip(spans, table.columns, strict=True):
        grid.write(sheet, (line, first), column.title.in_(lang), styles.head[column.kind], last)
    rows = [(row, styles.plain) for row in table.rows]
    if table.total is not None:
        rows.append((table.total, styles.bold))
    for row, formats in rows:
        line, needed = line + 1, 1
        for (first, last), column, cell in zip(spans, table.columns, row.cells, strict=True):
            value = plain(cell, lang)
            grid.write(sheet, (line, first), value, formats[column.kind], last)
            needed = max(needed, grid.lines(str(value), sum(PAGE[first : last + 1])))
        grid.height(sheet, line, needed)
    line += 1
    return line if table.note is None else grid.prose(sheet, line, table.note.in_(lang), PAGE, styles.prose)


def _spans(columns: tuple[Column, ...]) -> list[tuple[int, int]]:
    """Return the first and last column of the page for each column of a table: names get room, numbers stand right."""
    spans = [(n, n) for n in range(len(columns))]
    if columns[0].key not in _SHORT_KEYS:
        spans = [(0, 1), *((n + 1, n + 1) for n in range(1, len(columns)))]
    if columns[-1].kind == "text":
        spans[-1] = (spans[-1][0], len(PAGE) - 1)
    return spans
