"""The rows of a table, sorted: items, rows that go on with the item above, headings, and what is left out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from alignment_cli.sheet import report as events
from alignment_cli.sheet import rows
from alignment_cli.sheet.cells import Cells
from alignment_cli.sheet.codes import NONE, Code, is_account, is_office
from alignment_cli.sheet.header import is_counted
from alignment_cli.sheet.money import ABOVE, ITEM, OUTSIDE, TOTAL

if TYPE_CHECKING:
    from alignment_cli.sheet.codes import Codes
    from alignment_cli.sheet.columns import Layout
    from alignment_cli.sheet.indicators import Indicator
    from alignment_cli.sheet.money import Ledger
    from alignment_cli.sheet.report import Report

ABOVE_PROGRAM = ("urusan", "bidang_urusan")
ALONE = 2
"""Texts in a row that names an office: the name, and the sum of its ceilings."""


@dataclass(slots=True)
class Line:
    """A row with something in it. `kind` is ``item``, ``more`` (goes on with the item above), ``heading`` (urusan),
    ``office`` or ``total``. `parts` are codes and names of the levels above the item that stand in the same row. `pagu`
    in rupiah, None where the row gives none.
    """

    row: int
    kind: str
    level: str = ""
    code: Code = NONE
    name: str = ""
    parts: dict[str, tuple[str, str]] = field(default_factory=dict)
    pagu: int | None = None
    indicators: list[Indicator] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)


class Lines:
    """Reads a table row by row. What is left out goes to the report, every ceiling to the ledger."""

    def __init__(self, layout: Layout, codes: Codes, report: Report, ledger: Ledger) -> None:
        self.layout, self.report, self.ledger = layout, report, ledger
        self.grid = layout.grid
        self.cells = Cells(layout, codes, report)
        self._codes = codes
        self._titles = {" ".join(text.split()) for path in layout.header.paths.values() for text in path}
        self._last = self._last_item()
        self._closing = False

    def _last_item(self) -> int:
        """Return the last row that has a code of the plan, or a ceiling and is no total."""
        for row in range(len(self.grid.rows) - 1, self.layout.header.body - 1, -1):
            total = any(map(rows.is_total, self.cells.labels(row)))
            if self.cells.looks_coded(row) or (self.cells.ceilings.readable(row) and not total):
                return row
        return self.layout.header.body - 1

    def read(self) -> list[Line]:
        """Return the rows that matter, in the order of the sheet."""
        found = (self._line(row) for row in range(self.layout.header.body, len(self.grid.rows)))
        return [line for line in found if line is not None]

    def _line(self, row: int) -> Line | None:
        texts = [text for text in self.grid.texts[row] if text]
        if not texts:
            return None
        coded = self.cells.looks_coded(row)
        if is_counted(texts) and (not coded or len(texts) > len(self.cells.code_columns)):
            return self._leave(row, "nomor kolom")
        if not coded:
            reason = self._no_content(row, texts) or self._no_plan(row, texts)
            if reason:
                return self._leave(row, reason)
            total = next(filter(rows.is_total, self.cells.labels(row)), "")
            if total:
                return self._total(row, total)
        self._closing = False
        return self._office(row, texts) or self._item(row)

    def _no_plan(self, row: int, texts: list[str]) -> str:
        """Return why a row without code and ceiling is no part of the plan, "" where it may be one."""
        labels = self.cells.labels(row)
        names_office = rows.office_label(texts[0]) is not None or rows.begins_with_office(texts[0])
        if names_office or self.cells.ceilings.readable(row) or (row <= self._last and len(labels) < len(texts)):
            return ""
        if self._closing or rows.is_closing(" ".join(texts)):
            self._closing = True
            return "penutup"
        return "bagian" if labels and rows.is_section(labels[0]) else ""

    def _no_content(self, row: int, texts: list[str]) -> str:
        """Return why a row that repeats the header is left out, "" for any other row."""
        if self._titles.isdisjoint(texts) and not any("\n" in text for text in texts):
            return ""
        paths = self.layout.header.paths
        same = sum(
            1 for column, path in paths.items() if path and " ".join(self.grid.text(row, column).split()) in path
        )
        return "judul" if same > 1 and same * 2 > len(texts) else ""

    def _total(self, row: int, text: str) -> Line:
        pagu = self._money(row, TOTAL)
        self.report.leave("jumlah", self._at(row), self._content(row))
        return Line(row, "total", name=text, pagu=pagu)

    def _office(self, row: int, texts: list[str]) -> Line | None:
        """Return a row that says which office the rows below it belong to."""
        label = rows.office_label(texts[0])
        if label is None and rows.begins_with_office(texts[0]):
            label = " ".join(texts[0].split())
        if label is not None:
            words = [label, *(text.strip(" :") for text in texts[1:])]
            name = next((word for word in words if any(map(str.isalpha, word))), "")
            return self._heading(row, rows.office_of(name)) if name else None
        code, name = self.cells.code(row), self.cells.name(row)
        if code.level:
            return None
        if is_office(code.kode):
            return self._heading(row, name or rows.office_of(" ".join(texts)))
        plain = name or texts[0]
        if code.kode or len(texts) > ALONE or not rows.is_office_name(plain) or self.cells.indicators.read(row):
            return None
        return self._heading(row, rows.office_of(plain))

    def _heading(self, row: int, name: str) -> Line:
        pagu = self._money(row, ABOVE)
        self.report.leave("perangkat daerah", self._at(row), self._content(row))
        return Line(row, "office", name=name, pagu=pagu)

    def _item(self, row: int) -> Line | None:
        code, name = self.cells.code(row), self.cells.name(row)
        if is_account(code.kode, name):
            self.ledger.put(row, self.cells.ceilings.amount(row), OUTSIDE)
            return self._leave(row, "rekening")
        level = self.cells.level(row, code, name)
        indicators, texts = self.cells.indicators.read(row), self.cells.text_fields(row)
        line = Line(row, "item", level, code, name, self.cells.above(row, level), None, indicators, texts)
        if level in ABOVE_PROGRAM:
            line.kind, line.pagu = "heading", self._money(row, ABOVE)
            self.report.leave("urusan", self._at(row), self._content(row))
            return line
        line.pagu = self._money(row, ITEM)
        if not code.kode and not level and not self._stands_alone(line):
            return self._more(line)
        if not name and not code.kode:
            line.kind = "more"
        return line

    def _stands_alone(self, line: Line) -> bool:
        """Tell whether a row without a code is an item: it has a name and a ceiling, or the sheet has no codes."""
        return bool(line.name) and (line.pagu is not None or not self.cells.coded)

    def _more(self, line: Line) -> Line | None:
        """Return a row that goes on with the item above; None when it has nothing to add."""
        line.kind = "more"
        beyond = line.row > self._last
        if line.indicators or any(line.texts.values()) or line.pagu is not None or (line.name and not beyond):
            return line
        return self._leave(line.row, "penutup" if beyond else "lain")

    def _money(self, row: int, fate: str) -> int | None:
        """Return the ceiling of a row and note in the ledger what became of it."""
        amount = self.cells.ceilings.checked(row)
        self.ledger.put(row, amount, fate)
        return amount

    def leave_stray(self, line: Line) -> None:
        """Leave out a row that goes on with an item where there is none above it."""
        self._leave(line.row, "lain")

    def _leave(self, row: int, reason: str) -> Line | None:
        """Leave out a row: there is no line of it."""
        if reason != "rekening":
            self.ledger.put(row, self.cells.ceilings.amount(row), OUTSIDE)
        if reason == "lain" and self.cells.ceilings.amount(row):
            self.report.add(events.STRAY, self.cells.ceilings.cell(row), self._content(row))
        self.report.leave(reason, self._at(row), self._content(row))
        return None

    def _at(self, row: int) -> str:
        column = next((n for n, text in enumerate(self.grid.texts[row]) if text), 0)
        return self.grid.address(row, column)

    def _content(self, row: int) -> str:
        return " | ".join(filter(None, self.grid.texts[row]))
