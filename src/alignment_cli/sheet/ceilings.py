"""The ceilings of a table: what the cells of its column of money mean, decided over the whole column."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from alignment_cli.sheet import amounts, columns
from alignment_cli.sheet import report as events

if TYPE_CHECKING:
    from decimal import Decimal

    from alignment_cli.sheet.amounts import Reading
    from alignment_cli.sheet.columns import Layout
    from alignment_cli.sheet.report import Report


class Ceilings:
    """Reads the column `pagu`. Amounts are whole rupiah."""

    def __init__(self, layout: Layout, report: Report) -> None:
        self._layout, self._report = layout, report
        self._grid = layout.grid
        self._pagu = layout.one("pagu")
        self._unit = columns.UNITS[layout.unit]

    @cached_property
    def _readings(self) -> dict[int, Reading]:
        if self._pagu is None:
            return {}
        found = {}
        for row in range(self._layout.header.body, len(self._grid.rows)):
            column = next((n for n in self._pagu.cells if self._grid.texts[row][n]), None)
            if column is not None:
                found[row] = amounts.read(self._grid.cell(row, column))
        return found

    @cached_property
    def _mark(self) -> amounts.Mark | None:
        return self._layout.mark or amounts.mark_of(self._readings.values())

    def _number(self, row: int) -> Decimal | None:
        reading = self._readings.get(row)
        return None if reading is None or reading.blank else reading.value(self._mark)

    def readable(self, row: int) -> bool:
        """Tell whether a row's ceiling can be read as a number in any way."""
        reading = self._readings.get(row)
        return reading is not None and (reading.comma is not None or reading.dot is not None)

    def amount(self, row: int) -> int | None:
        """Return a row's ceiling in rupiah without complaint; None where there is none that can be read."""
        number = self._number(row)
        return None if number is None else amounts.rupiah(number, self._unit, exact=False)

    def cell(self, row: int) -> str:
        """Return the address of a row's ceiling."""
        filled = [n for n in self._pagu.cells if self._grid.text(row, n)] if self._pagu is not None else []
        return self._grid.address(row, filled[0] if filled else self._pagu.cells[0] if self._pagu is not None else 0)

    def checked(self, row: int) -> int | None:
        """Return a row's ceiling in rupiah; what is wrong with it goes to the report."""
        if self._pagu is None:
            return None
        faulty = next((self._grid.faulty[row, n] for n in self._pagu.cells if (row, n) in self._grid.faulty), None)
        if faulty is not None:
            self._report.add(events.FAULTY, self.cell(row), faulty)
            return None
        reading = self._readings.get(row)
        if reading is None or reading.blank:
            return None
        written = next(text for n in self._pagu.cells if (text := self._grid.text(row, n)))
        return self._settled(row, reading, written)

    def _settled(self, row: int, reading: Reading, written: str) -> int | None:
        number = reading.value(self._mark)
        cell = self.cell(row)
        if number is None:
            self._complain(cell, reading, written)
            return None
        amount = amounts.rupiah(number, self._unit, exact=reading.exact)
        if amount is None:
            self._report.add(events.FRACTION, cell, written)
        elif amount < 0:
            self._report.add(events.NEGATIVE, cell, written)
        elif amount != number * self._unit:
            self._report.add(events.ROUNDED, cell, written, f"Rp {amount}", f"Rp {amount}")
        return amount

    def _complain(self, cell: str, reading: Reading, written: str) -> None:
        if reading.comma is None or reading.dot is None:
            self._report.add(events.UNREADABLE, cell, written)
            return
        both = [_shown(number) for number in (reading.comma, reading.dot)]
        self._report.add(
            events.AMBIGUOUS, cell, written,
            f"{both[0]} atau {both[1]}; tulis desimal: koma atau titik dalam --map",
            f"{both[0]} or {both[1]}; write desimal: koma or titik in --map",
        )  # fmt: skip

    def total(self) -> int:
        """Return the sum of all figures of the column below the header, in rupiah, whatever their rows are."""
        return sum(filter(None, map(self.amount, self._readings)))


def _shown(number: Decimal) -> str:
    return f"{number.normalize():f}"
