"""What a rule may read: one loaded file as items with routes, the priorities and the nomenclature."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from alignment_cli.tree import scalar

if TYPE_CHECKING:
    from alignment_cli.finding import Place, Route
    from alignment_cli.load import Loaded
    from alignment_cli.match import Matcher
    from alignment_cli.match.verdict import Verdict
    from alignment_cli.model import Berkas, Butir
    from alignment_cli.nomenclature import Nomenclature
    from alignment_cli.priorities import Prioritas


class Declared(NamedTuple):
    """A goal that the file declares for an item; `short` marks the short form ``asta_cita: 4``."""

    tujuan: str
    route: Route
    status: str = "dinyatakan"
    peran: str = "utama"
    porsi: float | None = None
    short: bool = False


@dataclass
class Item:
    """A programme or sub-activity with its place in the file. `parts` are the sub-activities of a programme."""

    butir: Butir
    route: Route
    parent: Item | None = None
    parts: list[Item] = field(default_factory=list)

    @property
    def kode(self) -> str | None:
        """The code as written, without surrounding space."""
        return (self.butir.kode or "").strip() or None

    @property
    def nama(self) -> str:
        """The name as written."""
        return self.butir.nama

    @property
    def perangkat_daerah(self) -> str | None:
        """The office; a sub-activity without one belongs to its programme's."""
        own = self.butir.perangkat_daerah
        return own if own or self.parent is None else self.parent.perangkat_daerah

    @property
    def pagu(self) -> int | None:
        """Ceiling in rupiah; None when the file gives none."""
        return self.butir.pagu

    @property
    def declared(self) -> list[Declared]:
        """All declarations of the item in the order of the file, the short form first."""
        short = [
            Declared(goal, (*self.route, "asta_cita", i), short=True) for i, goal in enumerate(self.butir.asta_cita)
        ]
        full = [
            Declared(link.tujuan, (*self.route, "keselarasan", i, "tujuan"), link.status, link.peran, link.porsi)
            for i, link in enumerate(self.butir.keselarasan)
        ]
        return short + full


def items_of(file: Berkas) -> list[Item]:
    """Return all items of a file, programmes before their parts."""
    found: list[Item] = []
    for number, program in enumerate(file.program):
        item = Item(program, ("program", number))
        item.parts = [Item(part, (*item.route, "sub_kegiatan", i), item) for i, part in enumerate(program.sub_kegiatan)]
        found += [item, *item.parts]
    return found


@dataclass
class Context:
    """One file under check."""

    loaded: Loaded
    file: Berkas
    items: list[Item]
    priorities: Prioritas
    matcher: Matcher
    verdicts: dict[Route, Verdict] = field(default_factory=dict)

    @property
    def nomenclature(self) -> Nomenclature:
        """The official codes."""
        return self.matcher.nomenclature

    def place(self, route: Route, *, key: bool = False) -> Place:
        """Return the place in the document of a route in `file`."""
        return self.loaded.document.place(self.loaded.original(route), key=key)

    def is_written(self, route: Route) -> bool:
        """Tell whether the document has a value at a route of `file`, be it sound or not."""
        node = self.loaded.document.node(self.loaded.original(route))
        if node is None or node.kind != "scalar":
            return node is not None and bool(node.pairs or node.parts)
        return scalar(node) is not None
