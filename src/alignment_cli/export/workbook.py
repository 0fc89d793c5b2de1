"""XLSX: the items as a table to filter and sort, with totals, and a summary by file and goal."""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from alignment_cli.export.cells import cell
from alignment_cli.export.columns import COLUMNS, PART, PROGRAM, TOTAL, UnfitError, rows
from alignment_cli.finding import Text
from alignment_cli.match.verdict import Status

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable

    from alignment_cli.export.cells import Cell
    from alignment_cli.export.columns import Kind
    from alignment_cli.finding import Lang
    from alignment_cli.priorities import Prioritas
    from alignment_cli.result import FileResult

MADE = datetime(2026, 1, 1)  # noqa: DTZ001 - Excel knows no time zones
"""Date written into the file's properties: the same input gives the same bytes."""
LONGEST_CELL, LAST_ROW = 32_767, 1_048_576
"""Most characters of a cell and rows of a sheet (Excel specifications and limits)."""
EXACT = 10**15
"""Whole numbers below this keep all their digits in Excel, which shows 15."""
TABLE, SUMMARY = "butir", "ringkasan"
FROZEN = 3
"""Columns that stay in view: jenjang, kode, nama."""
PRINTED = 1 + [column.name for column in COLUMNS].index("temuan")
"""Columns that go on paper: what the plan is called, what it costs, what `align` answers."""
MOST_LINES, LINE = 8, 15.0
"""Highest row in lines, and the height of a line in points."""
_SHAPES: dict[Kind, str] = {"rupiah": "#,##0_)", "year": "0", "count": "0", "share": "0%", "numbers": "General"}
_FILLS = {Status.SELARAS: "#E2F0D9", Status.PERLU_TINJAU: "#FFF2CC", Status.TIDAK_DIDUKUNG: "#F8CBAD"}


class Styles(NamedTuple):
    """Formats by kind of column, for sub-activities and programmes, and the others."""

    part: dict[str, Any]
    program: dict[str, Any]
    total: dict[str, Any]
    head: Any
    title: Any


class Sums(NamedTuple):
    """What the summary says of one file; `goals` are (programmes, rupiah, rupiah of aligned items)
    for each goal, then for none.
    """

    head: tuple[Cell, ...]
    pagu: tuple[int, int]
    statuses: Counter[str]
    goals: list[tuple[int, int, int]]


def write(files: Iterable[FileResult], lang: Lang, priorities: Prioritas) -> bytes:
    """Return the workbook. Texts are written as texts, never as formulas or links.

    Raises `UnfitError` where Excel's limits are exceeded.
    """
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": MADE})
    styles, sums, line = _styles(book), [], 0
    sheet, summary = book.add_worksheet(TABLE), book.add_worksheet(SUMMARY)
    goals = [goal.kode for goal in priorities.tujuan]
    for number, column in enumerate(COLUMNS):
        sheet.set_column(number, number, column.width)
        sheet.write_string(0, number, column.name, styles.head)
    for file in files:
        for row in rows(file, lang):
            line += 1
            if line + len(TOTALS) >= LAST_ROW:
                raise UnfitError(Text("xlsx memuat paling banyak 1.048.576 baris; pakai csv, jsonl atau parquet.",
                                      "xlsx holds 1,048,576 rows at most; use csv, jsonl or parquet."))  # fmt: skip
            formats = styles.part if row["jenjang"] == PART else styles.program
            values = [cell(row[column.name]) for column in COLUMNS]
            sheet.set_row(line, _height(values))
            for number, (column, value) in enumerate(zip(COLUMNS, values, strict=True)):
                _put(sheet, (line, number), value, formats[column.kind], file)
        sums.append(_sums(file, goals))
    _finish(sheet, line, sums, styles, book)
    _summary(summary, sums, priorities, styles, lang)
    book.close()
    return out.getvalue()


def _styles(book: Any) -> Styles:
    kinds = sorted({column.kind for column in COLUMNS})

    def each(**given: Any) -> dict[str, Any]:
        wraps = {kind: kind in ("text", "list", "numbers", "nested") for kind in kinds}
        return {
            kind: book.add_format(
                {"valign": "top", "num_format": _SHAPES.get(kind, "@"), "text_wrap": wraps[kind], **given}
            )
            for kind in kinds
        }

    head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E8EEF4", "valign": "top", "text_wrap": True})
    title = book.add_format({"bold": True, "font_size": 13})
    return Styles(each(), each(bold=True, bg_color="#F7F7F7"), each(bold=True, top=1), head, title)


def _height(values: list[Cell]) -> float:
    """Return a height in points that shows what is printed of a row, within bounds."""
    need = 1
    for column, value in zip(COLUMNS[:PRINTED], values, strict=False):
        if isinstance(value, str):
            need = max(need, sum(max(1, -(-len(line) * 6 // (5 * column.width))) for line in value.split("\n")))
    return min(need, MOST_LINES) * LINE


def _put(sheet: Any, at: tuple[int, int], value: Cell, style: Any, file: FileResult) -> None:
    """Write a cell; a number that Excel would round becomes a text."""
    if value is None:
        sheet.write_blank(*at, None, style)
    elif isinstance(value, str):
        if len(value) > LONGEST_CELL:
            name = COLUMNS[at[1]].name
            raise UnfitError(Text(
                f"{file.loaded.path}: {name} memuat {len(value)} huruf; batas satu sel xlsx {LONGEST_CELL}. "
                "Pakai csv, jsonl atau parquet.",
                f"{file.loaded.path}: {name} has {len(value)} characters; a cell of xlsx holds {LONGEST_CELL} at most. "
                "Use csv, jsonl or parquet."))  # fmt: skip
        sheet.write_string(*at, value, style)
    elif _exact(value):
        sheet.write_number(*at, value, style)
    else:
        sheet.write_string(*at, repr(value), style)


def _exact(value: float) -> bool:
    """Tell whether a number keeps its value in the 16 digits that are written into the file."""
    return abs(value) < EXACT if isinstance(value, int) else float(f"{value:.16g}") == value and abs(value) < EXACT


TOTALS = (PROGRAM, PART)
"""Rows below the table: the ceilings of programmes, and of sub-activities, each of which may hold all the money."""


def _finish(sheet: Any, last: int, sums: list[Sums], styles: Styles, book: Any) -> None:
    """Add filter, frozen header, totals and colours."""
    names = [column.name for column in COLUMNS]
    pagu, jenjang, status = names.index("pagu"), names.index("jenjang"), names.index("status")
    sheet.set_row(0, 2 * LINE)
    sheet.freeze_panes(1, FROZEN)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.fit_to_pages(1, 0)
    sheet.print_area(0, 0, last + len(TOTALS), PRINTED - 1)
    if not last:
        return
    sheet.autofilter(0, 0, last, len(COLUMNS) - 1)
    for answer, color in _FILLS.items():
        rule = {
            "type": "cell",
            "criteria": "==",
            "value": f'"{answer.value}"',
            "format": book.add_format({"bg_color": color}),
        }
        sheet.conditional_format(1, status, last, status, rule)
    for number, level in enumerate(TOTALS):
        line, letter, by = last + 1 + number, chr(ord("A") + pagu), chr(ord("A") + jenjang)
        formula = f'=SUMIFS({letter}2:{letter}{last + 1},{by}2:{by}{last + 1},"{level}")'
        sheet.write_string(line, jenjang, f"{TOTAL} {level}", styles.total["code"])
        for column in range(jenjang + 1, pagu):
            sheet.write_blank(line, column, None, styles.total["code"])
        sheet.write_formula(line, pagu, formula, styles.total["rupiah"], sum(one.pagu[number] for one in sums))


def _sums(file: FileResult, goals: list[str]) -> Sums:
    berkas = file.loaded.file
    parts = [judged.item.pagu or 0 for judged in file.judged if judged.item.parent is not None]
    programmes = [judged.item.pagu or 0 for judged in file.programmes]
    plan = (berkas.daerah.nama, berkas.dokumen, berkas.tahun) if berkas is not None else (None, None, None)
    head = (file.loaded.path, *plan, len(programmes), len(parts), sum(programmes), sum(parts))
    lines = [(line.programmes, line.pagu, line.confirmed) for line in file.sums(goals)]
    rest = (len(programmes) - sum(line[0] for line in lines), file.elsewhere()[1], 0)
    return Sums(head, (sum(programmes), sum(parts)), file.statuses(), [*lines, rest])


_FILE = ("berkas", "daerah", "dokumen", "tahun", "program", "sub_kegiatan", "pagu_program", "pagu_sub_kegiatan")
_GOAL = ("tujuan", "nama", "program", "pagu", "pagu_selaras")
"""Columns of the two tables of the summary, as in the table and in ``check --format json``."""
_WIDTHS = (34, 44, 12, 20, 20, 14, 20, 20, *(16 for _ in Status))


def _summary(sheet: Any, sums: list[Sums], priorities: Prioritas, styles: Styles, lang: Lang) -> None:
    """Fill the sheet with one row per file, then one per goal, each with a total."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    for number, width in enumerate(_WIDTHS):
        sheet.set_column(number, number, width)
    files: list[tuple[Cell, ...]] = [(*one.head, *(one.statuses[status.value] for status in Status)) for one in sums]
    line = _table(sheet, 0, (*_FILE, *(status.value for status in Status)), files, styles, texts=len(_FILE) - 4)
    names = {goal.kode: goal.nama if lang == "id" else goal.nama_en for goal in priorities.tujuan}
    names[""] = "tanpa tujuan" if lang == "id" else "no goal"
    goals: list[tuple[Cell, ...]] = [
        (goal or None, name, *(sum(one.goals[number][part] for one in sums) for part in range(3)))
        for number, (goal, name) in enumerate(names.items())
    ]
    _table(sheet, line + 2, _GOAL, goals, styles, texts=2)


def _table(
    sheet: Any, top: int, head: tuple[str, ...], lines: list[tuple[Cell, ...]], styles: Styles, *, texts: int
) -> int:
    """Write a table whose columns from `texts` on are added up; return the line of its total."""
    sheet.set_row(top, 2 * LINE)
    for number, name in enumerate(head):
        sheet.write_string(top, number, name, styles.head)
    sums = [sum(value for line in lines if isinstance(value := line[n], int)) for n in range(texts, len(head))]
    total = (TOTAL, *(None for _ in range(texts - 1)), *sums)
    for number, row in enumerate([*lines, total], top + 1):
        formats = styles.total if number == top + len(lines) + 1 else styles.part
        for column, value in enumerate(row):
            year = head[column] == "tahun"
            kind = "text" if isinstance(value, str) else "year" if year else "rupiah"
            if isinstance(value, str):
                sheet.write_string(number, column, str(cell(value))[:LONGEST_CELL], formats[kind])
            elif value is None:
                sheet.write_blank(number, column, None, formats[kind])
            else:
                sheet.write_number(number, column, value, formats[kind])
    return top + len(lines) + 1
