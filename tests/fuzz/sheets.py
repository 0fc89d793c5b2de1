"""What must hold of an import whatever the sheet: each word and figure is in the file or named in the report."""

from __future__ import annotations

import csv
import io
import re
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from alignment_cli.finding import Severity
from alignment_cli.index.store import data_dir, open_index
from alignment_cli.load import parse
from alignment_cli.nomenclature import Nomenclature
from alignment_cli.sheet import contents, exported, importer, region, tables, titles
from alignment_cli.sheet.grid import SheetError
from alignment_cli.sheet.read import open_book
from alignment_cli.sheet.titles import IGNORED
from alignment_cli.source import Document
from fuzz.invariants import expect
from fuzz.mutate_sheets import OLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alignment_cli.finding import Lang
    from alignment_cli.nomenclature import Nomenclature as Names
    from alignment_cli.sheet.columns import Layout
    from alignment_cli.sheet.importer import Outcome
    from alignment_cli.sheet.report import Report
    from alignment_cli.sheet.titles import Titles

WISH = region.Wish("Kabupaten Contoh", "kabupaten", "Renja", 2026)
_WORD, _FIGURE = re.compile(r"[^\W\d_]{2,}"), re.compile(r"\d[\d.,_]*")
TOLD = ("jenjang",)
"""Columns that tell how to read a row and have no place of their own in the file."""
MONEY = ("pagu", "rincian")
"""Columns whose figures are added up; the import proves their sums itself."""


@cache
def _file() -> Path:
    return Path(tempfile.mkdtemp(prefix="align-fuzz-")) / "lembar"


@cache
def _known() -> tuple[Titles, Names]:
    return titles.load(data_dir() / "impor" / "kolom.yaml"), Nomenclature(open_index())


def _suffix(raw: bytes) -> str:
    if raw[:2] == b"PK":
        return ".ods" if b"content.xml" in raw else ".xlsx"
    return ".xls" if raw[:4] == OLE else ".csv"


def importer_(raw: bytes) -> None:
    """Import as `align import --yes` does."""
    path = _file().with_suffix(_suffix(raw))
    path.write_bytes(raw)
    known, names = _known()
    try:
        book = open_book(path)
        if written := exported.find(book, []):
            outcome, found = exported.read(written, WISH), []
        else:
            grids = tables.choose(book, [])
            found = tables.tables(grids, known, WISH.tahun, None)
            if not found or any(tables.unclear(table.layout, yes=True) for table in found):
                return
            outcome = importer.Importer(path.name, names, WISH).run(book, found)
    except SheetError as error:
        expect(error.text.id and error.text.en, "a reason in both languages")
        return
    report = " ".join(_said(outcome.report, lang) for lang in ("id", "en"))
    if outcome.report.blocked:
        return
    _loads(outcome)
    kept = set(_tokens(" ".join(_texts(parse(Document("", outcome.text)).document)) + " " + report))
    for table in found:
        _nothing_lost(table.layout, kept)


def _said(report: Report, lang: Lang) -> str:
    """Return all cells of the report that a user gets."""
    rows = csv.reader(io.StringIO(report.as_csv(lang), newline=""))
    expect(report.summary(lang), "a summary")
    return " ".join(cell for row in rows for cell in row)


def _loads(outcome: Outcome) -> None:
    loaded = parse(Document("hasil.yaml", outcome.text))
    wrong = [one.rule.code for one in loaded.findings if one.rule.severity is Severity.ERROR]
    expect(loaded.file is not None and not wrong, "a file that loads", wrong, outcome.text)


def _texts(document: Document) -> Iterator[str]:
    from alignment_cli.edit import values

    yield from _scalars(values(document))
    yield from (line for line in document.text.splitlines() if line.startswith("#"))


def _scalars(value: Any) -> Iterator[str]:
    if isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _scalars(part)
    elif value is not None:
        yield str(value)


def _tokens(text: str) -> Iterator[str]:
    """Yield words, and figures by their digits without the zeros around them."""
    yield from _WORD.findall(text.casefold())
    for figure in _FIGURE.findall(text):
        yield re.sub(r"\D", "", figure).strip("0")
        yield from (part.strip("0") for part in re.split(r"[.,_]", figure))


def _nothing_lost(layout: Layout, kept: set[str]) -> None:
    grid, used = layout.grid, {}
    for column in layout.columns:
        for cell in column.cells:
            if column.field in ("", IGNORED) or "urusan" in column.field:
                used[cell] = "unused" if column.title else ""
            else:
                used[cell] = column.field
    for row in range(layout.header.body, len(grid.rows)):
        for cell, text in enumerate(grid.texts[row]):
            field = used.get(cell, "")
            if field == "unused" or field.startswith((*TOLD, *MONEY)):
                continue
            if field == "unggulan" and text.casefold() in contents.ANSWERS:
                continue
            words = set(_WORD.findall(text.casefold()))
            splits = r"[.,_]" if field.startswith("kode") else "$"
            parts = (part for figure in _FIGURE.findall(text) for part in re.split(splits, figure))
            figures = {re.sub(r"\D", "", part).strip("0") for part in parts}
            lost = {token for token in words | figures if token} - kept
            expect(not lost, "nothing lost", field, grid.address(row, cell), text, sorted(lost))
