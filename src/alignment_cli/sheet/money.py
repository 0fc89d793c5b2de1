"""What became of every rupiah. Each cell of the column of ceilings has exactly one fate, and the sums must agree."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

ITEM, ABOVE, TOTAL, DETAIL, OUTSIDE = "butir", "atasan", "jumlah", "rincian", "luar"
"""Fates: an item of the file; a heading above items that have their own; a total row; a detail of a ceiling that its
item holds; outside the plan (accounts, notes)."""


@dataclass
class Ledger:
    """The ceilings of one sheet by row: (rupiah, fate)."""

    entries: dict[int, tuple[int, str]] = field(default_factory=dict)

    def put(self, row: int, amount: int | None, fate: str) -> None:
        """Note what became of the ceiling of a row."""
        if amount is not None:
            self.entries[row] = (amount, fate)

    def move(self, row: int, fate: str) -> None:
        """Give the ceiling of a row another fate."""
        if row in self.entries:
            self.entries[row] = (self.entries[row][0], fate)

    def sums(self) -> Counter[str]:
        """Return rupiah by fate."""
        found: Counter[str] = Counter()
        for amount, fate in self.entries.values():
            found[fate] += amount
        return found
