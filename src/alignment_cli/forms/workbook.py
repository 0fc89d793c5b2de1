"""Filled forms as an Excel workbook: a sheet each, laid out for A4 landscape."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from alignment_cli.forms.form import NOTES, SOURCES, header, spans, written
from alignment_cli.render.concise import one_line
from alignment_cli.report.render.workbook import MADE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alignment_cli.finding import Lang
    from alignment_cli.forms.form import Form
    from alignment_cli.report.figures import Figures

A4 = 9
"""Excel's number of the paper."""
LINE = 12.5
"""Height of a line in points, at the size of letters that the form has."""
SIZE = 9
"""Size of the letters in points."""
HIGHEST = 409.0
"""Highest row that Excel takes, in points."""
LONGEST = 31
"""Longest name of a sheet that Excel takes, in characters."""
SIGNATURE = 3
"""Columns, at the right, below which the signature stands."""


class _Styles(NamedTuple):
    title: Any
    prose: Any
    head: Any
    text: Any
    rupiah: Any
    centred: Any


def render(forms: list[tuple[Figures, Form]], lang: Lang) -> bytes:
    """Return the workbook. Texts are written as texts, never as formulas or links."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": MADE})
    styles = _styles(book)
    for n, (figures, form) in enumerate(forms, 1):
        # Names of sheets have to differ, whatever the regions are called.
        region = re.sub(r"[\[\]:*?/\\']", " ", one_line(figures.region.header.daerah.nama))
        name = form.name if len(forms) == 1 else f"{n} {form.name} {region}"[:LONGEST].strip()
        _sheet(book.add_worksheet(name), figures, form, lang, styles)
    book.close()
    return out.getvalue()


def _styles(book: Any) -> _Styles:
    def of(**given: Any) -> Any:
        return book.add_format({"font_size": SIZE, "valign": "top", "text_wrap": True, **given})

    return _Styles(
        of(bold=True, font_size=12, align="center"),
        of(),
        of(bold=True, border=1, align="center", valign="vcenter", bg_color="#E8EEF4"),
        of(border=1, num_format="@"),
        of(border=1, num_format="#,##0", text_wrap=False),
        of(border=1, align="center", num_format="0"),
    )


def _sheet(sheet: Any, figures: Figures, form: Form, lang: Lang, styles: _Styles) -> None:
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&A&RHalaman &P dari &N" if lang == "id" else "&L&A&RPage &P of &N")
    for n, width in enumerate(form.widths):
        sheet.set_column(n, n, width)
    line = _prose(sheet, 0, form.title, form, styles.title)
    for label, value in header(figures):
        line = _prose(sheet, line, f"{label.in_(lang)}: {value}", form, styles.prose)
    for sentence in form.about:
        line = _prose(sheet, line, sentence.in_(lang), form, styles.prose)
    top = line + 1
    line = _heads(sheet, top, form, styles)
    sheet.repeat_rows(top, line - 1)
    sheet.freeze_panes(line, 0)
    line = _rows(sheet, line, form, lang, styles) + 1
    for label, texts in ((NOTES, [note.in_(lang) for note in form.notes]), (SOURCES, form.sources)):
        line = _prose(sheet, line, f"{label.in_(lang)}:", form, styles.prose)
        for n, text in enumerate(texts, 1):
            line = _prose(sheet, line, f"{n}. {text}", form, styles.prose)
    _signature(sheet, line + 1, form, lang, styles)


def _heads(sheet: Any, top: int, form: Form, styles: _Styles) -> int:
    """Write one or two rows of headings and return the line after them."""
    bottom = top + (1 if form.heads else 0)
    under = {n for head in form.heads for n in range(head.first, head.last + 1)}
    for head in form.heads:
        _merged(sheet, (top, head.first, top, head.last), head.title, styles.head)
    for n, column in enumerate(form.table.columns):
        _merged(sheet, (bottom if n in under else top, n, bottom, n), column.title.id, styles.head)
    sheet.set_row(bottom, 2.4 * LINE)
    return bottom + 1


def _rows(sheet: Any, top: int, form: Form, lang: Lang, styles: _Styles) -> int:
    """Write the rows, those of one group merged where they repeat, each as high as its texts; return the line after."""
    table, reach = form.table, spans(form.table.rows, form.table.grouped)
    if not table.rows:
        _merged(sheet, (top, 0, top, len(form.widths) - 1), "tidak ada" if lang == "id" else "none", styles.text)
        return top + 1
    formats = {"text": styles.text, "number": styles.centred, "rupiah": styles.rupiah}
    values = [[written(cell, lang) for cell in row.cells] for row in table.rows]
    for n, height in enumerate(heights(form, values, reach)):
        sheet.set_row(top + n, height)
        for column, value in enumerate(values[n]):
            rows = reach[n][column] if column < table.grouped else 1
            if rows:
                box = (top + n, column, top + n + rows - 1, column)
                _merged(sheet, box, value, formats[table.columns[column].kind])
    return top + len(values)


def heights(form: Form, values: Sequence[Sequence[Any]], reach: list[list[int]]) -> list[float]:
    """Return the heights of the rows in points: enough for the texts of a row, and the last of a group enough for what
    its merged cells hold.
    """
    grouped = form.table.grouped
    found = [max(1, *(lines(value, form.widths[n]) for n, value in enumerate(row) if n >= grouped)) for row in values]
    for column in range(grouped):
        for n, row in enumerate(values):
            rows = reach[n][column]
            lacking = lines(row[column], form.widths[column]) - sum(found[n : n + rows]) if rows else 0
            for k in range(max(0, lacking)):
                found[n + k % rows] += 1
    return [min(HIGHEST, count * LINE + 2) for count in found]


def lines(value: str | float | None, width: int) -> int:
    """Return how many lines a text takes in a column of this width in characters; broken words cost some room."""
    if not isinstance(value, str):
        return 1
    return sum(max(1, -(-len(part) * 10 // (9 * width))) for part in value.split("\n"))


def _prose(sheet: Any, line: int, text: str, form: Form, style: Any) -> int:
    """Write a text over the whole width; return the line after it."""
    text = one_line(text)
    _merged(sheet, (line, 0, line, len(form.widths) - 1), text, style)
    sheet.set_row(line, lines(text, sum(form.widths)) * LINE + (5 if line == 0 else 1))
    return line + 1


def _signature(sheet: Any, line: int, form: Form, lang: Lang, styles: _Styles) -> None:
    """Leave room to sign; who signs is for the region to write."""
    last = len(form.widths) - 1
    first = max(0, last - SIGNATURE + 1)
    texts = (f"{'.' * 24}, {'.' * 24}", "Mengetahui," if lang == "id" else "Acknowledged,", "", "", f"({'.' * 40})")
    for n, text in enumerate(texts):
        _merged(sheet, (line + n, first, line + n, last), text, styles.prose)


def _merged(sheet: Any, box: tuple[int, int, int, int], value: str | float | None, style: Any) -> None:
    top, left, bottom, right = box
    if (top, left) != (bottom, right):
        sheet.merge_range(top, left, bottom, right, "", style)
    if value is None:
        sheet.write_blank(top, left, None, style)
    elif isinstance(value, str):
        sheet.write_string(top, left, value, style)
    else:
        sheet.write_number(top, left, value, style)
