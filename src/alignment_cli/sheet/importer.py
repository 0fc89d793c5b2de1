"""The import as a whole: which sheets, how to read them, what comes out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from alignment_cli.finding import Text
from alignment_cli.sheet import contents, delimited, totals, write_yaml
from alignment_cli.sheet import report as events
from alignment_cli.sheet.codes import Codes
from alignment_cli.sheet.grid import letters, quoted
from alignment_cli.sheet.hierarchy import Builder
from alignment_cli.sheet.items import Item, Programmes
from alignment_cli.sheet.lines import Lines
from alignment_cli.sheet.money import Ledger
from alignment_cli.sheet.report import Report
from alignment_cli.sheet.titles import IGNORED, years

if TYPE_CHECKING:
    from alignment_cli.nomenclature import Nomenclature
    from alignment_cli.sheet.columns import Layout
    from alignment_cli.sheet.grid import Book
    from alignment_cli.sheet.region import Wish
    from alignment_cli.sheet.tables import Table

SAME = 0.5
"""Two sheets hold the same table when this part of the codes of the smaller one stands in both."""


@dataclass
class Outcome:
    """What an import gives: the text of the file, its items, and the report."""

    text: str
    items: list[Item]
    report: Report = field(default_factory=Report)


class Importer:
    """Reads tables into one programme file. `name` is the file's name as the result names its source."""

    def __init__(self, name: str, nomenclature: Nomenclature, head: Wish) -> None:
        self._name, self._head = name, head
        self._codes = Codes(nomenclature)
        self._kind = ""

    def run(self, book: Book, found: list[Table]) -> Outcome:
        """Import; nothing is written to disk."""
        report, programmes = Report(), Programmes()
        self._kind = book.kind
        report.facts += book.notes
        read: list[Lines] = []
        compared = []
        for table in found:
            lines = Lines(table.layout, self._codes, report, Ledger())
            office = self._head.perangkat_daerah or table.said.perangkat_daerah
            builder = Builder(lines, self._codes, programmes, province=self._head.tingkat == "provinsi", office=office)
            rows = lines.read()
            builder.add(rows)
            read.append(lines)
            compared.append((lines, rows, builder))
            self._notes(lines)
        items = programmes.all
        for lines, rows, builder in compared:
            totals.compare(lines, rows, builder, items)
        self._finish(items, read, report)
        text = write_yaml.render(self._top(found), items)
        self._verify(text, read, items, report)
        return Outcome(text, items, report)

    def _notes(self, lines: Lines) -> None:
        """Say how a sheet was read, which of its columns were not used, and which cells tell no value."""
        made, report, grid = lines.layout, lines.report, lines.grid
        top, last = made.header, len(grid.rows)
        unit = f' "{made.unit_from}"' if made.unit_from else ""
        report.facts.append(Text(
            f"lembar {quoted(grid.name)}: judul kolom baris {top.top + 1}-{top.bottom + 1}, "
            f"data baris {top.body + 1}-{last}, satuan {made.unit}{unit}",
            f"sheet {quoted(grid.name)}: header in rows {top.top + 1}-{top.bottom + 1}, "
            f"data in rows {top.body + 1}-{last}, unit {made.unit}{unit}",
        ))  # fmt: skip
        for column in made.columns:
            if column.field in ("", IGNORED, *contents.URUSAN) and column.title:
                kind = events.URUSAN if column.field in contents.URUSAN else events.UNUSED
                report.add(kind, grid.address(top.bottom, column.cells[0]), column.title)
        pagu = made.one("pagu")
        if pagu is not None and years(pagu.title) and self._head.tahun not in years(pagu.title):
            report.add(events.OTHER_YEAR, grid.address(top.bottom, pagu.cells[0]), pagu.title)
        for row, cell in delimited.swallowed(grid) if self._kind == "csv" else ():
            report.add(events.LONG_CELL, grid.address(row, cell))
        used = {
            cell: column.field
            for column in made.columns
            if column.field not in ("", IGNORED, "pagu")
            for cell in column.cells
        }
        for (row, cell), value in sorted(grid.faulty.items()):
            if top.body <= row < last and cell in used:
                kind = events.FAULTY if used[cell].startswith(("kode", "nama")) else events.FAULTY_TEXT
                report.add(kind, grid.address(row, cell), value)

    def _finish(self, items: list[Item], read: list[Lines], report: Report) -> None:
        """Fill in the ceilings of programmes that give none, and count what came out."""
        lossless = any(lines.layout.one("jenjang") for lines in read)
        cells = {lines.grid.name: lines for lines in read}
        for item in items:
            parts = [part for part in item.parts if part.money]
            lines = cells[item.sheet or item.parts[0].sheet]
            if not item.money and parts and not lossless:
                item.filled = sum(part.pagu or 0 for part in parts)
                row = item.row if item.row >= 0 else item.parts[0].row
                report.add(events.SUMMED, lines.cells.code_cell(row), item.kode or item.nama)
            for leaf in item.parts or [item]:
                if leaf.pagu is None and lines.layout.one("pagu") is not None:
                    report.add(events.UNFUNDED, cells[leaf.sheet].cells.code_cell(leaf.row), leaf.kode or leaf.nama)
        self._twice(items, report)
        parts_count = sum(len(item.parts) for item in items)
        indicators = sum(len(part.indicators) for item in items for part in (item, *item.parts))
        made = sum(1 for item in items if item.row < 0)
        report.facts.append(Text(
            f"menjadi: {len(items)} program ({made} tanpa baris sendiri), {parts_count} sub kegiatan, "
            f"{indicators} indikator",
            f"became: {len(items)} programmes ({made} without a row of their own), {parts_count} sub-activities, "
            f"{indicators} indicators",
        ))  # fmt: skip

    @staticmethod
    def _twice(items: list[Item], report: Report) -> None:
        """Report sheets that hold the same items: their money would count twice."""
        keys: dict[str, set[tuple[str, str, int]]] = {}
        for item in items:
            for leaf in item.parts or [item]:
                keys.setdefault(leaf.sheet, set()).add((leaf.kode or leaf.nama, leaf.office, leaf.pagu or 0))
        names = sorted(name for name in keys if name)
        for number, first in enumerate(names):
            for second in names[number + 1 :]:
                shared = keys[first] & keys[second]
                if len(shared) > SAME * min(len(keys[first]), len(keys[second])):
                    report.add(events.TWICE, f"{quoted(first)}, {quoted(second)}", "", "pilih satu dengan --sheet",
                               "choose one with --sheet")  # fmt: skip

    def _top(self, found: list[Table]) -> write_yaml.Head:
        head = self._head
        ranges = [f"lembar {_range(table.layout)} (satuan {table.layout.unit})" for table in found]
        comment = (f"Dibuat oleh align import dari {self._name}:", *ranges)
        sources = tuple(f"{self._name}, lembar {table.layout.grid.name}" for table in found)
        return write_yaml.Head(
            head.daerah, head.tingkat, head.dokumen, head.tahun or 0, head.kode_daerah, sources, comment
        )

    @staticmethod
    def _verify(text: str, read: list[Lines], items: list[Item], report: Report) -> None:
        """Hold the sums of the text against the sheets. Goals that a sheet declares may be of any shape, so then the
        whole text is read as `align check` would.
        """
        if any(lines.layout.one(name) for lines in read for name in ("asta_cita", "keselarasan")):
            from alignment_cli import load, source

            for finding in load.parse(source.Document("", text)).findings:
                number = next((n for n in finding.place.route[1:2] if isinstance(n, int)), None)
                place = items[number].kode or items[number].nama if number is not None else ""
                report.add(
                    events.INVALID, place, finding.place.excerpt.strip(), finding.message("id"), finding.message("en")
                )
        if not report.blocked:
            totals.verify(read, items, text, report)
            contents.verify(read, text, report)


def _range(made: Layout) -> str:
    grid = made.grid
    return f"{quoted(grid.name)}!A{made.header.top + 1}:{letters(max(grid.width - 1, 0))}{len(grid.rows)}"
