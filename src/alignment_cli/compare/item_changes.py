"""What changed of an item that two plans share, and of one that only one of them has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from alignment_cli.compare.match_items import folded

if TYPE_CHECKING:
    from alignment_cli.compare.match_items import Pair
    from alignment_cli.context import Item
    from alignment_cli.report.figures import Entry

What = Literal[
    "bertambah",
    "hilang",
    "kode",
    "nama",
    "perangkat_daerah",
    "induk",
    "rincian",
    "tujuan",
    "jawaban",
    "keputusan",
    "pagu",
]
"""What changed of an item: it came, it went, or one of its sides. `perangkat_daerah` of a sub-activity that has none of
its own is its programme's and no change of it. `induk`: it is in another programme, by name and code. `rincian`:
sub-activities hold its money on one side only. `keputusan`: links that are decided."""


class Change(NamedTuple):
    """An item on both sides with what changed, in the order of `What`; never empty."""

    pair: Pair
    what: tuple[What, ...]

    @property
    def entry(self) -> Entry:
        """The item as it is after, or as it last was."""
        entry = self.pair.after or self.pair.before
        if entry is None:
            raise TypeError
        return entry


def is_leaf(entry: Entry | None) -> bool:
    """Tell whether an item carries money itself."""
    return entry is not None and not entry.item.parts


def decisions(entry: Entry) -> list[tuple[str, str]]:
    """Return the decided links of an item: (goal as written, status), sorted."""
    declared = entry.item.declared
    return sorted((link.tujuan, link.status) for link in declared if link.status in ("disetujui", "ditolak"))


def goals_of(entry: Entry) -> list[tuple[str, float]]:
    """Return the goals that an item counts for, with their parts (0-1)."""
    return sorted((share.goal, share.part) for share in entry.shares)


def changed(pair: Pair) -> list[What]:
    """Return what changed of an item; nothing where it is the same on both sides."""
    before, after = pair
    if before is None or after is None:
        return ["bertambah" if before is None else "hilang"]
    one, other = before.item, after.item
    differs: dict[What, bool] = {
        "kode": one.kode != other.kode,
        "nama": folded(one.nama) != folded(other.nama),
        "perangkat_daerah": folded(one.perangkat_daerah) != folded(other.perangkat_daerah) and not _inherit(one, other),
        "induk": _moved(one.parent, other.parent),
        "rincian": is_leaf(before) != is_leaf(after),
        "tujuan": goals_of(before) != goals_of(after),
        "jawaban": before.verdict.status is not after.verdict.status,
        "keputusan": decisions(before) != decisions(after),
        "pagu": one.pagu != other.pagu,
    }
    return [what for what, is_so in differs.items() if is_so]


def _inherit(one: Item, other: Item) -> bool:
    """Tell whether both items have the office of their programme, and the same programme."""
    own = one.butir.perangkat_daerah or other.butir.perangkat_daerah
    return one.parent is not None and not own and not _moved(one.parent, other.parent)


def _moved(one: Item | None, other: Item | None) -> bool:
    if one is None or other is None:
        return False
    return one.kode != other.kode and folded(one.nama) != folded(other.nama)
