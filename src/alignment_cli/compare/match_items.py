"""Which item of one plan is which item of another."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from alignment_cli.nomenclature import level_of

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

    from alignment_cli.report.figures import Entry

NEAR = 90.0
"""Least likeness (rapidfuzz ratio, 0-100) of names that are one name written differently."""
MIN_LENGTH = 12
"""Shorter names, in characters, are alike by chance, so only the very same name counts."""


class Pair(NamedTuple):
    """An item on both sides; None on the side that lacks it."""

    before: Entry | None
    after: Entry | None


class _Known(NamedTuple):
    """What an item is recognised by. `parent` names the programme above, the same for both sides where those match."""

    kode: str
    nama: str
    office: str
    parent: Hashable
    pagu: int | None
    digits: tuple[str, ...]
    level: str


Key = tuple[str, ...]
_EXACT: tuple[Key, ...] = (
    ("kode", "nama", "office", "parent", "pagu"),
    ("kode", "nama", "office", "parent"),
    ("kode", "nama", "parent"),
    ("kode", "nama", "office"),
    ("kode", "nama"),
)
_CODE: tuple[Key, ...] = (("kode", "parent"), ("kode", "office"), ("kode",))
_NAME: tuple[Key, ...] = (("nama", "office", "parent"), ("nama", "parent"), ("nama", "office"), ("nama",))
_NEAR: tuple[Key, ...] = (("office", "digits"), ("level", "digits"))


def match(before: Sequence[Entry], after: Sequence[Entry]) -> list[Pair]:
    """Pair the items of two plans: programmes with programmes, sub-activities with sub-activities, each once at most.

    By code and name; then by a code that is left once on either side; then by the very name; then by names that are
    each other's nearest (same office or level of code, same numbers in them). In each step those come first that agree
    in office and programme too. Pairs in the order of `before`, then what only `after` has. Swapping the sides gives
    the same pairs.
    """
    matching = _Matching(before, after)
    for parts in (False, True):
        matching.run(parts=parts)
    pairs = [Pair(entry, after[matching.to[n]] if n in matching.to else None) for n, entry in enumerate(before)]
    taken = set(matching.to.values())
    return [*pairs, *(Pair(None, entry) for n, entry in enumerate(after) if n not in taken)]


class _Matching:
    """The pairs found so far: `to` leads from a number in `before` to one in `after`."""

    def __init__(self, before: Sequence[Entry], after: Sequence[Entry]) -> None:
        self.sides = (before, after)
        self.to: dict[int, int] = {}
        self.known: tuple[dict[int, _Known], dict[int, _Known]] = ({}, {})

    def run(self, *, parts: bool) -> None:
        """Match all programmes, or all their parts."""
        back = {there: here for here, there in self.to.items()}
        for number, side in enumerate(self.sides):
            at = {_place(entry): n for n, entry in enumerate(side) if entry.item.parent is None}
            known = self.known[number]
            known.clear()
            for n, entry in enumerate(side):
                if (entry.item.parent is not None) is not parts:
                    continue
                parent: Hashable = None
                if entry.item.parent is not None:
                    above = at[id(entry.file), entry.item.parent.route]
                    same = above if number == 0 else back.get(above)
                    parent = (number, above) if same is None else same
                known[n] = _known(entry, parent)
        for key in _EXACT:
            self._each(key, _in_order)
        for key in _CODE:
            self._each(key, _single)
        for key in _NAME:
            self._each(key, _in_order)
        for key in _NEAR:
            self._each(key, self._nearest)

    def _each(self, key: Key, pairs: Callable[[list[int], list[int]], Iterable[tuple[int, int]]]) -> None:
        """Pair, by `pairs`, what is left on both sides and agrees in `key`."""
        groups: dict[tuple[Hashable, ...], tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        for side in (0, 1):
            for n, known in self.known[side].items():
                value = tuple(getattr(known, name) for name in key)
                # An item without a code is not like every other one without.
                if key[0] not in ("kode", "level") or "nama" in key or value[0]:
                    groups[value][side].append(n)
        for here, there in groups.values():
            for first, second in list(pairs(here, there)):
                self.to[first] = second
                del self.known[0][first], self.known[1][second]

    def _nearest(self, here: list[int], there: list[int]) -> Iterable[tuple[int, int]]:
        own = _Names({n: self.known[0][n].nama for n in here})
        other = _Names({n: self.known[1][n].nama for n in there})
        for n in here:
            best = other.nearest(self.known[0][n].nama)
            if best is not None and own.nearest(self.known[1][best].nama) == n:
                yield n, best


class _Names:
    """Names by number, shortest first: names that are alike are of like length."""

    def __init__(self, names: dict[int, str]) -> None:
        self._numbers = sorted(names, key=lambda n: (len(names[n]), n))
        self._names = [names[n] for n in self._numbers]
        self._lengths = [len(name) for name in self._names]

    def nearest(self, name: str) -> int | None:
        """Return the number of the name most like this one, None where none is near. Of equals, the first one."""
        from rapidfuzz import fuzz, process

        # A ratio of r needs lengths within r / (200 - r) of each other.
        bound = NEAR / (200 - NEAR)
        first = bisect_left(self._lengths, len(name) * bound)
        near = self._names[first : bisect_right(self._lengths, len(name) / bound)]
        if len(name) < MIN_LENGTH or not near:
            return None
        found = process.extractOne(name, near, scorer=fuzz.ratio, score_cutoff=NEAR)
        return None if found is None else self._numbers[first + found[2]]


def _in_order(here: list[int], there: list[int]) -> Iterable[tuple[int, int]]:
    return zip(here, there, strict=False)


def _single(here: list[int], there: list[int]) -> Iterable[tuple[int, int]]:
    return zip(here, there, strict=True) if len(here) == len(there) == 1 else ()


def _place(entry: Entry) -> tuple[int, Hashable]:
    return id(entry.file), entry.item.route


def folded(text: str | None) -> str:
    """Return a text for comparing: lower case, words only; a text without words as it is."""
    words = re.findall(r"\w+", (text or "").casefold())
    return " ".join(words) or (text or "").strip()


def _known(entry: Entry, parent: Hashable) -> _Known:
    item = entry.item
    name = folded(item.nama)
    name = name.removeprefix("program ") or name
    kode = item.kode or ""
    digits = tuple(re.findall(r"\d+", name))
    return _Known(kode, name, folded(item.perangkat_daerah), parent, item.pagu, digits, level_of(kode))
