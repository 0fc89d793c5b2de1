"""What a rule may read: one loaded file as items with routes, the priorities and the nomenclature."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from alignment_cli.tree import scalar

if TYPE_CHECKING:
    from collections.abc import Sequence

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
    """A programme or sub-activity with its place in the file. `parts` are the sub-activities of a programme; `kode` is
    the code as written, without surrounding space; a sub-activity without an office belongs to its programme's; `pagu`
    is the ceiling in rupiah, None when the file gives none; `declared` are all declarations in the order of the file,
    the short form first.
    """

    butir: Butir
    route: Route
    parent: Item | None = None
    parts: list[Item] = field(default_factory=list)
    nama: str = field(init=False, compare=False)
    kode: str | None = field(init=False, compare=False)
    perangkat_daerah: str | None = field(init=False, compare=False)
    pagu: int | None = field(init=False, compare=False)
    declared: Sequence[Declared] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        butir = self.butir
        self.nama, self.pagu = butir.nama, butir.pagu
        self.kode = (butir.kode or "").strip() or None
        own = butir.perangkat_daerah
        self.perangkat_daerah = own if own or self.parent is None else self.parent.perangkat_daerah
        self.declared = _declared(butir, self.route) if butir.asta_cita or butir.keselarasan else ()


def _declared(butir: Butir, route: Route) -> list[Declared]:
    short = [Declared(goal, (*route, "asta_cita", i), short=True) for i, goal in enumerate(butir.asta_cita)]
    full = [
        Declared(link.tujuan, (*route, "keselarasan", i, "tujuan"), link.status, link.peran, link.porsi)
        for i, link in enumerate(butir.keselarasan)
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
