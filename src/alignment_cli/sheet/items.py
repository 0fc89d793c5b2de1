"""Items on their way into the file, and the register of programmes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from alignment_cli.sheet.indicators import Indicator


@dataclass
class Item:
    """An item of the file; `sheet` and `row` (0-based) are where it begins. `money` are its ceilings by (sheet, row);
    `filled` is a ceiling that the sheet does not give. `made` tells that the sheet has no row of its own for it.
    """

    kode: str
    nama: str
    office: str = ""
    sheet: str = ""
    row: int = -1
    money: dict[tuple[str, int], int] = field(default_factory=dict)
    indicators: list[Indicator] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    kegiatan: str = ""
    parts: list[Item] = field(default_factory=list)
    made: bool = False
    filled: int | None = None

    @property
    def pagu(self) -> int | None:
        """Ceiling in rupiah, None where there is none."""
        return sum(self.money.values()) if self.money else self.filled

    @property
    def carriers(self) -> list[Item]:
        """What carries the money: the parts, where any has a ceiling; else the item itself."""
        parts = [part for part in self.parts if part.money]
        return parts or [self]


class Programmes:
    """The programmes of all tables, found again by code (or name) and office."""

    def __init__(self) -> None:
        self.all: list[Item] = []
        self._known: dict[tuple[str, str], Item] = {}

    def add(self, item: Item) -> None:
        """Take in a programme, or an item that belongs below none."""
        self.all.append(item)
        self._known[item.kode or item.nama, item.office] = item

    def find(self, kode: str, name: str, office: str) -> Item | None:
        """Return the programme of an office with this code, or with this name where there is no code."""
        found = self._known.get((kode or name, office))
        return found if found is None or found.kode == kode else None
