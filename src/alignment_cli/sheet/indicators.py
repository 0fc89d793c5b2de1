"""Indicators, targets and units of a row: several pairs of columns, several lines in a cell, units behind figures."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from alignment_cli.sheet import amounts
from alignment_cli.sheet.columns import JOINT
from alignment_cli.sheet.grid import clean, one_line

if TYPE_CHECKING:
    from alignment_cli.sheet.amounts import Mark
    from alignment_cli.sheet.columns import Column, Layout
    from alignment_cli.sheet.grid import Grid
    from alignment_cli.sheet.report import Report

Target = int | Decimal | str | None

_WITH_UNIT = re.compile(r"([-+]?\d[\d.,]*)\s*(%|[^\W\d_][^\d\n]*)")
_LEADING_ZERO = re.compile(r"0\d+")
_JOINED, _PARTS = " || ", " ~ "
"""Between indicators of one cell, and between name, unit and target of one."""


class Indicator(NamedTuple):
    """An indicator as the file will have it."""

    nama: str
    satuan: str = ""
    target: Target = None


class _Pair(NamedTuple):
    name: Column | None
    unit: Column | None
    target: Column | None
    mark: Mark | None


class Indicators:
    """Reads the indicators of rows. What decimal mark a target column uses is decided over the whole column."""

    def __init__(self, layout: Layout, report: Report) -> None:
        self._grid: Grid = layout.grid
        self._report = report
        self._body = layout.header.body
        units = {column.group: column for column in layout.all("satuan")}
        names = {column.group: column for column in reversed(layout.all("indikator"))}
        targets = {column.group: column for column in layout.all("target")}
        groups = list(dict.fromkeys([*names, *targets]))
        self._pairs = [
            _Pair(
                names.get(group),
                units.get(group) or units.get(""),
                targets.get(group),
                self._mark(targets.get(group), layout),
            )
            for group in groups
        ]
        self._pairs += [
            _Pair(column, None, None, None) for column in layout.all("indikator") if column is not names[column.group]
        ]
        self._joined = layout.all("indikator_gabungan")
        self._joined_mark = layout.mark or self._mark_of_joined()
        columns = [*(column for pair in self._pairs for column in pair[:3] if column is not None), *self._joined]
        self.columns = {cell for column in columns for cell in column.cells}

    @property
    def named(self) -> bool:
        """Tell whether any column holds names of indicators."""
        return bool(self._joined) or any(pair.name for pair in self._pairs)

    def _mark(self, column: Column | None, layout: Layout) -> Mark | None:
        if column is None or layout.mark is not None:
            return layout.mark
        cells = (self._grid.cell(row, column.cells[0]) for row in range(self._body, len(self._grid.rows)))
        texts = (cell for cell in cells if isinstance(cell, str) and cell)
        return amounts.mark_of(amounts.read(_figure(clean(text))[0]) for text in texts)

    def _mark_of_joined(self) -> Mark | None:
        rows = range(self._body, len(self._grid.rows))
        texts = (self._text(column, row) for column in self._joined for row in rows)
        pieces = (part.rpartition(_PARTS)[2].strip() for text in texts for part in text.split(_JOINED))
        return amounts.mark_of(map(amounts.read, pieces))

    def read(self, row: int) -> list[Indicator]:
        """Return the indicators of a row, each once."""
        found: list[Indicator] = []
        for pair in self._pairs:
            found += self._of_pair(pair, row)
        for column in self._joined:
            found += self._of_joined(self._text(column, row))
        names = {indicator.nama for indicator in found if indicator.target is not None}
        return list(dict.fromkeys(i for i in found if i.target is not None or i.satuan or i.nama not in names))

    def _text(self, column: Column | None, row: int) -> str:
        if column is None:
            return ""
        return next((text for cell in column.cells if (text := self._grid.text(row, cell))), "")

    def _of_pair(self, pair: _Pair, row: int) -> list[Indicator]:
        name, unit = self._text(pair.name, row), self._text(pair.unit, row)
        written = self._text(pair.target, row)
        if not name and not written:
            return []
        names, targets, units = (_lines(text) for text in (name, written, unit))
        if len(names) > 1 and len(targets) == len(names):
            units = units if len(units) == len(names) else [one_line(unit)] * len(names)
            return [
                Indicator(each, *self._target(target, each_unit, pair.mark))
                for each, target, each_unit in zip(names, targets, units, strict=True)
            ]
        title = (pair.target.title.rpartition(JOINT)[2] if pair.target else "") or "Target"
        cells = pair.target.cells if pair.target else (0,)
        cell = next((cell for cell in cells if self._grid.text(row, cell)), cells[0])
        value = self._grid.cell(row, cell) if pair.target else ""
        if (row, cell) in self._grid.percent and isinstance(value, float | int) and not isinstance(value, bool):
            return [Indicator(one_line(name) or title, unit or "%", self._percent(row, cell, value))]
        return [Indicator(one_line(name) or title, *self._target(value, one_line(unit), pair.mark))]

    def _percent(self, row: int, cell: int, value: float) -> Target:
        from alignment_cli.sheet.report import PERCENT

        number = Decimal(clean(value)) * 100
        self._report.add(
            PERCENT, self._grid.address(row, cell), clean(value), f"{_plain(number)} %", f"{_plain(number)} %"
        )
        return _plain(number)

    def _target(self, value: Any, unit: str, mark: Mark | None) -> tuple[str, Target]:
        """Return unit and target. A target that is no plain figure stays a text; a unit behind the figure is taken from
        it where the sheet has no other.
        """
        text = clean(value)
        if not text or text in amounts.BLANKS:
            return unit, None
        if not isinstance(value, str):
            return unit, _plain(Decimal(text)) if amounts.read(value).sure else text
        figure, behind = _figure(text)
        if behind and unit and _same_unit(behind) != _same_unit(unit):
            return unit, text
        reading = amounts.read(figure)
        number = None if _LEADING_ZERO.fullmatch(figure) else reading.value(mark)
        if number is None:
            return unit, text
        return unit or behind, _plain(number)

    def _of_joined(self, text: str) -> list[Indicator]:
        found = []
        for part in filter(None, (part.strip() for part in text.split(_JOINED))):
            name, unit, target = (*(piece.strip() for piece in part.split(_PARTS)), "", "")[:3]
            found.append(Indicator(name, *self._target(target, unit, self._joined_mark)))
        return found


def _figure(text: str) -> tuple[str, str]:
    """Split ``1 Laporan`` into figure and unit."""
    found = _WITH_UNIT.fullmatch(text)
    return (found.group(1), found.group(2).strip()) if found else (text, "")


def _same_unit(unit: str) -> str:
    return "%" if unit.casefold() in ("%", "persen", "persentase") else unit.casefold()


def _lines(text: str) -> list[str]:
    return [line for line in (line.strip() for line in text.split("\n")) if line]


def _plain(number: Decimal) -> int | Decimal:
    whole = number.to_integral_value()
    return int(whole) if number == whole else number.normalize()
