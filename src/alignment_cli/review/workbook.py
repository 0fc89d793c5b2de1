"""The workbook that is filled in: a row for each item that waits, drop-down lists, and a page that tells how."""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING, Any

from alignment_cli.finding import Text
from alignment_cli.label.identify import identity
from alignment_cli.label.plan import stamp
from alignment_cli.label.show import answer, declared, goal_name
from alignment_cli.match.verdict import CERTAINTY
from alignment_cli.priorities import goal_hash
from alignment_cli.review import guide
from alignment_cli.review.columns import (
    ACCEPT,
    CHOOSE,
    COLUMNS,
    KEYS,
    REJECT,
    SHOWN,
    SKIP,
    Ticket,
    cell_digest,
    pack,
    words,
)
from alignment_cli.sheet.grid import letters

if TYPE_CHECKING:
    from alignment_cli.finding import Lang
    from alignment_cli.label.plan import Plan
    from alignment_cli.label.queue import Entry
    from alignment_cli.priorities import Prioritas

MADE = datetime(2026, 1, 1)  # noqa: DTZ001 - Excel knows no time zones
"""Date written into the file's properties: the same input gives the same bytes."""
SHEET = Text("Tinjau", "Review")
LONGEST = 2_000
"""Characters of a text that a cell shows."""
LINE, MOST_LINES = 15.0, 8
"""Height of a line in points, and lines that a row shows at most."""
GREEN, AMBER, RED, BLUE, GREY = "#D8EFD9", "#FCEBC5", "#F8D7D5", "#D9E7F5", "#E7E7E7"

Value = str | int | float | None


def render(groups: list[list[Entry]], plans: dict[str, Plan], goals: Prioritas, lang: Lang) -> bytes:
    """Return the workbook. Texts are written as texts, never as formulas or links."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": MADE})
    sheet = book.add_worksheet(SHEET.in_(lang))
    rows = _rows(groups, plans, goals, lang)
    styles = _styles(book)
    _head(book, sheet, lang)
    for line, row in enumerate(rows, 1):
        for n, column in enumerate(COLUMNS):
            _write(sheet, line, n, row.get(column.key), styles[column.key])
        sheet.set_row(line, _height(row))
    last = max(1, len(rows))
    sheet.autofilter(0, 0, last, len(COLUMNS) - 1)
    place = guide.fill(book, goals, lang)
    _validate(sheet, last, place, lang)
    _colour(book, sheet, last, lang)
    sheet.protect("", {"autofilter": True, "sort": True, "format_columns": True, "format_rows": True})
    _page(sheet, lang)
    book.close()
    return out.getvalue()


def _rows(groups: list[list[Entry]], plans: dict[str, Plan], goals: Prioritas, lang: Lang) -> list[dict[str, Value]]:
    hashes = {goal.kode: goal_hash(goals, goal.kode) for goal in goals.tujuan}
    values = {shown: plan.values for shown, plan in plans.items()}
    stamps = {shown: stamp(plan.raw) for shown, plan in plans.items()}
    rows = []
    for number, entry in enumerate((entry for group in groups for entry in group), 1):
        shown = entry.file.loaded.path
        row = {"no": number, **_shown(entry, goals, lang)}
        row = {key: clean(value) if isinstance(value, str) else value for key, value in row.items()}
        cells = {key: cell_digest(row[key]) for key in SHOWN}
        known = identity(values[shown], entry.route)
        ticket = Ticket(shown, stamps[shown], entry.route, known, entry.offered or "", hashes, cells)
        rows.append({**row, "identitas": pack(ticket)})
    return rows


def _shown(entry: Entry, goals: Prioritas, lang: Lang) -> dict[str, Value]:
    item = entry.judged.item
    read = [item.butir.uraian or "", *(each.nama for each in item.butir.indikator)]
    rival = entry.rival
    beside = "" if rival is None else goal_name(rival.goal, goals, lang, rival.confidence)
    evidence = "" if rival is None else entry.evidence(rival.goal, lang)
    return {
        "kode": item.kode,
        "nama": item.nama,
        "uraian": "; ".join(text for text in read if text),
        "perangkat_daerah": item.perangkat_daerah,
        "pagu": item.pagu,
        "usulan": goal_name(entry.offered, goals, lang) if entry.offered else None,
        "keyakinan": round(entry.confidence, 4) if entry.offered else None,
        "jawaban": answer(entry, lang),
        "bukti": entry.evidence(entry.offered, lang) if entry.offered else None,
        "pesaing": f"{beside}: {evidence}" if evidence else beside,
        "dinyatakan": declared(entry),
    }


def clean(text: str) -> str:
    """Return a text as a cell can hold it, cut where it is very long."""
    text = "".join(ch if ch.isprintable() else " " for ch in text)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _height(row: dict[str, Value]) -> float:
    """Return the height of a row in points. Capitals are wider than other letters, hence the margin."""
    sizes = [len(str(row.get(column.key) or "")) * 12 // (10 * column.width) for column in COLUMNS[:-1]]
    return LINE * min(MOST_LINES, 1 + max(sizes))


def _styles(book: Any) -> dict[str, Any]:
    shapes = {"pagu": "#,##0", "keyakinan": "0%", "no": "0", "tanggal": "yyyy-mm-dd"}
    return {
        column.key: book.add_format({
            "valign": "top",
            "text_wrap": column.key not in shapes and column.key != "identitas",
            "num_format": shapes.get(column.key, "@"),
            "align": "right" if column.key in ("pagu", "keyakinan") else "left",
            "border": 1,
            "border_color": "#D0D0D0",
            **({"locked": False, "bg_color": "#FFFDF0"} if column.open else {}),
        })
        for column in COLUMNS
    }  # fmt: skip


def _head(book: Any, sheet: Any, lang: Lang) -> None:
    base = {"bold": True, "text_wrap": True, "valign": "top", "bottom": 2}
    plain, filled = book.add_format({**base, "bg_color": "#E8EEF4"}), book.add_format({**base, "bg_color": "#FFE9A8"})
    for n, column in enumerate(COLUMNS):
        hidden = {"hidden": True} if column.key == "identitas" else {}
        sheet.set_column(n, n, column.width, None, hidden)
        sheet.write_string(0, n, column.title.in_(lang), filled if column.open else plain)
    sheet.set_row(0, 32)
    sheet.freeze_panes(1, KEYS.index("nama") + 1)


def _write(sheet: Any, line: int, column: int, value: Value, style: Any) -> None:
    if value is None or value == "":
        sheet.write_blank(line, column, None, style)
    elif isinstance(value, str):
        sheet.write_string(line, column, value, style)
    else:
        sheet.write_number(line, column, value, style)


def _range(key: str, last: int) -> tuple[int, int, int, int]:
    column = KEYS.index(key)
    return 1, column, last, column


def _validate(sheet: Any, last: int, goals: str, lang: Lang) -> None:
    """Put the drop-down lists and the limits on the cells that are filled in."""
    rules: dict[str, dict[str, Any]] = {
        "keputusan": {"validate": "list", "source": words(lang)},
        "tujuan": {"validate": "list", "source": goals},
        "alasan": {"validate": "length", "criteria": "<=", "value": LONGEST},
        "oleh": {"validate": "length", "criteria": "<=", "value": 200},
        "tanggal": {"validate": "date", "criteria": "between", "minimum": datetime(2000, 1, 1),  # noqa: DTZ001
                    "maximum": datetime(2100, 12, 31)},  # noqa: DTZ001
    }  # fmt: skip
    for key, rule in rules.items():
        title, hint, wrong = guide.HINTS[key]
        told = {"input_title": title.in_(lang), "input_message": hint.in_(lang), "error_title": title.in_(lang),
                "error_message": wrong.in_(lang)}  # fmt: skip
        sheet.data_validation(*_range(key, last), {**rule, **told})


def _colour(book: Any, sheet: Any, last: int, lang: Lang) -> None:
    """Colour confidence by how sure it is, decisions by what they are, and cells that still have to be filled in."""
    fills = {colour: book.add_format({"bg_color": colour}) for colour in (GREEN, AMBER, RED, BLUE, GREY)}
    high, medium = CERTAINTY[1][0], CERTAINTY[2][0]
    at = {key: f"${letters(KEYS.index(key))}2" for key in KEYS}
    for colour, test in (
        (GREEN, f"AND(ISNUMBER({at['keyakinan']}),{at['keyakinan']}>={high})"),
        (AMBER, f"AND(ISNUMBER({at['keyakinan']}),{at['keyakinan']}>={medium})"),
        (RED, f"AND(ISNUMBER({at['keyakinan']}),{at['keyakinan']}<{medium})"),
    ):
        _rule(sheet, _range("keyakinan", last), test, fills[colour])
    for key, word in (("alasan", REJECT), ("tujuan", CHOOSE)):
        missing = f'AND({at["keputusan"]}="{word.in_(lang)}",{at[key]}="")'
        _rule(sheet, _range(key, last), missing, fills[RED])
    whole = (1, KEYS.index("keputusan"), last, KEYS.index("tanggal"))
    for colour, word in ((GREEN, ACCEPT), (BLUE, CHOOSE), (AMBER, REJECT), (GREY, SKIP)):
        _rule(sheet, whole, f'{at["keputusan"]}="{word.in_(lang)}"', fills[colour])


def _rule(sheet: Any, where: tuple[int, int, int, int], test: str, style: Any) -> None:
    sheet.conditional_format(*where, {"type": "formula", "criteria": f"={test}", "format": style, "stop_if_true": True})


def _page(sheet: Any, lang: Lang) -> None:
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.print_area(0, 0, sheet.dim_rowmax or 1, KEYS.index("tanggal"))
    sheet.set_footer("&L&A&RHalaman &P dari &N" if lang == "id" else "&L&A&RPage &P of &N")
