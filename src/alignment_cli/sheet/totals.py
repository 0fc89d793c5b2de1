"""Whether the sums agree: those in the sheet with their parts, and those before the import with those after it.

The check of the import itself, sheet by sheet and then for all (in whole rupiah):

1. every figure in the column of ceilings has one fate, and the fates add up to the column;
2. the ceilings of the items add up to the ceilings in the written file, less those that were filled in as sums;
3. the same for the items that carry the money (sub kegiatan, and programmes without funded ones).

The ceilings are read from the text of the file as it will be written, so that the writer is checked as well.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from alignment_cli.finding import Text
from alignment_cli.numbers import rupiah
from alignment_cli.sheet import report as events
from alignment_cli.sheet import rows
from alignment_cli.sheet.money import ITEM

if TYPE_CHECKING:
    from collections.abc import Iterable

    from alignment_cli.sheet.hierarchy import Builder
    from alignment_cli.sheet.items import Item
    from alignment_cli.sheet.lines import Line, Lines
    from alignment_cli.sheet.report import Report

PROGRAM_INDENT = "    "
"""What stands before the keys of a programme."""
_LINE = re.compile(r"^( *)(?:(- )(?:kode|nama): .*|pagu: (\d[\d_]*))$", re.MULTILINE)
"""Where an item begins, and its ceiling: no text can look like this, for each stands behind its key in one line."""
RANKS = {"office": 0, "urusan": 1, "bidang_urusan": 2}


class Leaves:
    """What carries the money in a sheet: rupiah by row (0-based), with quick sums over rows."""

    def __init__(self, items: Iterable[Item], sheet: str) -> None:
        found = {
            row: amount
            for item in items
            for carrier in item.carriers
            for (name, row), amount in carrier.money.items()
            if name == sheet
        }
        self._rows = sorted(found)
        self._sums = [0, *accumulate(found[row] for row in self._rows)]

    @property
    def total(self) -> int:
        """Rupiah of the whole sheet."""
        return self._sums[-1]

    def between(self, start: int, end: int) -> int:
        """Return rupiah of the rows after `start` and before `end`."""
        return self._sums[bisect_left(self._rows, end)] - self._sums[bisect_right(self._rows, start)]


def compare(lines: Lines, read: list[Line], builder: Builder, items: list[Item]) -> None:
    """Report every sum in a sheet that differs from its parts."""
    for item in items:
        parts = [part for part in item.parts if part.money]
        if item.money and parts and item.sheet == lines.grid.name:
            _differ(
                lines, item.row, sum(item.money.values()), sum(part.pagu or 0 for part in parts), item.kode or item.nama
            )
    for kegiatan, parts in builder.kegiatan:
        if kegiatan.money:
            total = sum(part.pagu or 0 for part in parts)
            _differ(lines, kegiatan.row, sum(kegiatan.money.values()), total, kegiatan.kode or kegiatan.nama)
    leaves = Leaves(items, lines.grid.name)
    _headings(lines, [line for line in read if line.kind in ("office", "heading")], leaves)
    _totals(lines, read, leaves)


def _differ(lines: Lines, row: int, written: int, parts: int, what: str) -> None:
    if written == parts:
        return
    cell = lines.cells.ceilings.cell(row)
    lines.report.add(events.DIFFERS, cell, what, *Text(
        f"tertulis {rupiah(written)}, rinciannya {rupiah(parts)}, selisih {rupiah(written - parts)}",
        f"written {rupiah(written, 'en')}, parts {rupiah(parts, 'en')}, difference {rupiah(written - parts, 'en')}",
    ))  # fmt: skip


def _rank(line: Line) -> int:
    return RANKS["office"] if line.kind == "office" else RANKS.get(line.level, len(RANKS))


def _headings(lines: Lines, headings: list[Line], leaves: Leaves) -> None:
    """Compare the ceiling of each office or urusan with what stands below it, up to the next one of its rank."""
    for number, line in enumerate(headings):
        if line.pagu is None:
            continue
        end = next((later.row for later in headings[number + 1 :] if _rank(later) <= _rank(line)), len(lines.grid.rows))
        below = leaves.between(line.row, end)
        if line.pagu and not below:
            lines.report.add(events.ONLY_ABOVE, lines.cells.ceilings.cell(line.row), line.name or line.code.kode)
        else:
            _differ(lines, line.row, line.pagu, below, line.name or line.code.kode)


def _totals(lines: Lines, read: list[Line], leaves: Leaves) -> None:
    """Compare each total with the items above it: all of them, those since a total, office or urusan before it, or, for
    the total of a part, those since a programme or kegiatan.
    """
    starts, parts = [lines.layout.header.body - 1], list[int]()
    for line in read:
        if line.kind == "total" and line.pagu is not None:
            part = rows.is_part_total(line.name)
            possible = [leaves.between(start, line.row) for start in (*starts, *(parts if part else ()))]
            if line.pagu not in possible:
                _differ(lines, line.row, line.pagu, possible[-1] if part else possible[0], line.name)
        if line.kind in ("total", "office", "heading"):
            starts.append(line.row)
        elif line.level in ("program", "kegiatan"):
            parts.append(line.row - 1)


def verify(tables: list[Lines], items: list[Item], text: str, report: Report) -> None:
    """Prove that no rupiah was lost or added; `text` is the file as it would be written."""
    column = sum(table.cells.ceilings.total() for table in tables)
    fates = [table.ledger.sums() for table in tables]
    _equal(report, column, sum(sum(fate.values()) for fate in fates), "kolom pagu", "the column of ceilings")
    all_, after = written(text)
    filled = sum(item.filled or 0 for item in items)
    _equal(report, sum(fate[ITEM] for fate in fates), all_ - filled, "pagu semua butir", "the ceilings of all items")
    before = sum(Leaves(items, table.grid.name).total for table in tables)
    _equal(report, before, after, "pagu butir terbawah", "the ceilings of the lowest items")
    sign = "=" if before == after else "≠"
    report.facts.append(Text(
        f"pagu: {rupiah(before)} pada sumber {sign} {rupiah(after)} pada hasil",
        f"ceilings: {rupiah(before, 'en')} in the source {sign} {rupiah(after, 'en')} in the result",
    ))  # fmt: skip


def written(text: str) -> tuple[int, int]:
    """Return rupiah of all ceilings in a written file, and of those that carry the money."""
    all_ = carried = 0
    own, parts = 0, list[int]()
    for indent, first, pagu in _LINE.findall(text):
        if first and len(indent) == len(PROGRAM_INDENT) - len(first):
            carried += sum(parts) if parts else own
            own, parts = 0, []
        elif pagu:
            all_ += int(pagu)
            if len(indent) == len(PROGRAM_INDENT):
                own = int(pagu)
            else:
                parts.append(int(pagu))
    return all_, carried + (sum(parts) if parts else own)


def _equal(report: Report, before: int, after: int, id_: str, en: str) -> None:
    if before != after:
        report.add(events.UNEQUAL, "", "", f"{id_}: {rupiah(before)} sebelum, {rupiah(after)} sesudah",
                   f"{en}: {rupiah(before, 'en')} before, {rupiah(after, 'en')} after")  # fmt: skip
