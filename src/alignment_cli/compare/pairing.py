"""Which region of one side is held against which of the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from alignment_cli.region import region_name

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from alignment_cli.region import Region


class Pairs(NamedTuple):
    """Plans that belong together, and those that one side has alone."""

    pairs: list[tuple[Region, Region]]
    gone: list[Region]
    new: list[Region]


def same_region(one: Region, other: Region) -> bool:
    """Tell whether two plans are of one region: the same code, or the same name and level."""
    first, second = one.header.daerah, other.header.daerah
    if first.kode and second.kode and first.kode.strip() == second.kode.strip():
        return True
    return (region_name(first.nama), first.tingkat) == (region_name(second.nama), second.tingkat)


def _same_document(one: Region, other: Region) -> bool:
    return one.header.dokumen == other.header.dokumen


def _same_year(one: Region, other: Region) -> bool:
    return one.header.tahun == other.header.tahun


_STEPS: tuple[tuple[Callable[[Region, Region], bool], ...], ...] = (
    (same_region, _same_document, _same_year),
    (same_region, _same_document),
    (same_region, _same_year),
    (same_region,),
)


def pair(before: Sequence[Region], after: Sequence[Region]) -> Pairs:
    """Pair plans of one region, those of the same document and year first. A single plan on each side is one pair,
    whatever it is of.
    """
    if len(before) == len(after) == 1:
        return Pairs([(before[0], after[0])], [], [])
    left, open_ = list(before), list(after)
    found: list[tuple[Region, Region]] = []
    for step in _STEPS:
        for one in left:
            other = next((plan for plan in open_ if all(same(one, plan) for same in step)), None)
            if other is not None:
                found.append((one, other))
                left = [plan for plan in left if plan is not one]
                open_ = [plan for plan in open_ if plan is not other]
    order = {id(plan): n for n, plan in enumerate(before)}
    return Pairs(sorted(found, key=lambda two: order[id(two[0])]), left, open_)
