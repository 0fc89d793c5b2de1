"""The curated terms of all goals, found in the stems of a text."""

from __future__ import annotations

import json
from collections import defaultdict
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from alignment_cli.index.store import Index
    from alignment_cli.match.text import Stemmer
    from alignment_cli.priorities import Kosakata, Prioritas

LONGEST = 5
"""Longest curated term, in stems."""


class Term(NamedTuple):
    """A curated term: the goal it points to, how strongly, and why it is in the list."""

    goal: str
    weight: int
    text: str
    source: str


Hit = tuple[str, int, int]
"""Curated terms found in a text: their stems (joined by blanks), and from which to which stem they stand."""


Terms = dict[str, list[tuple[str, int, str, str]]]
"""Curated terms by their stems (joined by blanks), as (goal, weight, text, source): the form kept in the index."""


def terms_of(priorities: Prioritas, stemmer: Stemmer) -> Terms:
    """Return the curated terms of all goals, and those that take back, by their stems."""
    found: Terms = defaultdict(list)
    for goal, groups, negative in priorities.vocabularies:
        listed = [(text, weight, _source(group)) for group in groups for text, weight in group.istilah.items()]
        for text, weight, source in (*listed, *((text, weight, "bukan") for text, weight in negative.items())):
            stems = stemmer.stems(text)
            if stems and len(stems) <= LONGEST:
                found[" ".join(stems)].append((goal, weight, text, source))
    return found


def _source(group: Kosakata) -> str:
    return f"KP {group.kp}" if group.kp else str(group.sumber or "")


def lengths_of(keys: Iterable[str]) -> dict[str, str]:
    """Return, by their first stem where they have one, else by their first two, the numbers of stems of all terms."""
    found: dict[str, set[int]] = defaultdict(set)
    for key in keys:
        stems = key.split(" ")
        found[" ".join(stems[:2])].add(len(stems))
    return {start: " ".join(map(str, sorted(lengths))) for start, lengths in found.items()}


class Vocabulary:
    """The curated terms of all goals. `terms` maps stems to terms, or reads them from the index."""

    def __init__(self, terms: Terms | None, index: Index) -> None:
        self._terms, self._index = terms, index
        self.at = lru_cache(maxsize=16_384)(self._at)

    @cached_property
    def _listed(self) -> Mapping[str, str]:
        """The terms of all stems as JSON."""
        if self._terms is None:
            return self._index.listed("istilah")
        return {key: json.dumps(terms) for key, terms in self._terms.items()}

    @cached_property
    def _lengths(self) -> dict[str, str]:
        return self._index.listed("awal") if self._terms is None else lengths_of(self._terms)

    @property
    def keys(self) -> Mapping[str, object]:
        """The stems of all terms, each joined by blanks."""
        return self._listed

    def _at(self, key: str) -> tuple[Term, ...]:
        """Return the terms of these stems."""
        listed = self._listed.get(key)
        return () if listed is None else tuple(Term(*term) for term in json.loads(listed))

    def hits(self, stems: Sequence[str], both: Sequence[str]) -> list[Hit]:
        """Return the terms of a text from its stems, and from `both` its stems and pairs of neighbours. A word belongs
        to the longest term over it, so "bank sampah" is never also "bank"; repeating a term adds nothing.
        """
        lengths_of, size = self._lengths, len(stems)
        found: list[tuple[int, int, str]] = []
        for number, part in enumerate(both):
            if part not in lengths_of:
                continue
            start = number if number < size else number - size
            for length in map(int, lengths_of[part].split()):
                key = part if length <= 2 else " ".join(stems[start : start + length])  # noqa: PLR2004 - a pair
                if length <= 2 or (key in self._listed and start + length <= size):  # noqa: PLR2004
                    found.append((-length, start, key))
        if len(found) > 1:
            found.sort()
        taken = 0
        hits: dict[str, Hit] = {}
        for minus, start, key in found:
            places = ((1 << -minus) - 1) << start  # one bit for each stem
            if not taken & places:
                taken |= places
                hits.setdefault(key, (key, start, start - minus))
        return list(hits.values())
