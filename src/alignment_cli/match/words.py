"""Layer 6: what the words of a text say. Curated terms first, then words of officially labelled texts."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from alignment_cli.finding import Text
from alignment_cli.index.weights import CLASSES, FIELDS, Parts, Weights
from alignment_cli.match.evidence import LEARNED, LEARNED_NOTE, Signal
from alignment_cli.match.vocabulary import Vocabulary, terms_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alignment_cli.index.store import Index
    from alignment_cli.match.text import Stemmer
    from alignment_cli.priorities import Prioritas

TERM = {1: 0.6, 2: 1.3, 3: 2.1}
"""Log-odds of a curated term by its weight; a negative term counts the same with its sign."""
SETTLES = 3
"""Weight of a term that settles the goal by itself."""
PILED_GOALS, PILED_SHARE = 4, 0.6
"""A text is a pile of keywords when its settling terms point to this many goals and cover this share of its words."""
NAME = "nama"
SHARES = {field: twentieths / 20 for field, twentieths in FIELDS.items()}
"""How much a curated term or an alias counts by the field it stands in."""


TermRow = tuple[str, float, str, Text]
"""Goal, strength in a field, authority and note of a curated term."""


class Reading:
    """What one text says. `rows` are its curated terms, which point to one goal each; `hits` tells where they stand.
    `length` counts the stems. Signals are made only where somebody wants to see them.
    """

    __slots__ = ("_ends", "_starts", "_stems", "_total", "_words", "field", "hits", "known", "parts", "rows", "text")

    def __init__(self, text: str, field: str, known: Words, parts: Parts) -> None:
        self.text, self.field, self.known, self.parts = text, field, known, parts
        self._stems, self._starts, self._ends = known.stemmer.placed(text)
        self.hits = known.vocabulary.hits(self._stems, self._both())
        self.rows = [row for key, _, _ in self.hits for row in known.rows(key, field)] if self.hits else []
        self._words: dict[str, str] | None = None
        self._total = 0

    @property
    def length(self) -> int:
        """Number of stems."""
        return len(self._stems)

    def _both(self) -> list[str]:
        """Return the stems, then the pairs of neighbours."""
        stems = self._stems
        return [*stems, *map(" ".join, pairwise(stems))]

    def _keys(self) -> list[str]:
        """Return how `_both` stand in the text, in lower case."""
        starts, ends, lower = self._starts * 2, self._ends + self._ends[1:], self.text.casefold()
        if len(lower) == len(self.text):
            return [lower[start:end] for start, end in zip(starts, ends, strict=False)]
        return [self.text[start:end].casefold() for start, end in zip(starts, ends, strict=False)]

    @property
    def words(self) -> dict[str, str]:
        """The words, and pairs of neighbours, that were learned: by how they stand in the text, in lower case, the key
        of what they add to all goals in `parts`.
        """
        if self._words is None:
            both, parts = self._both(), self.parts
            keys, values = self._keys(), list(map(parts.__getitem__, both))
            words = {key: part for key, part, value in zip(keys, both, values, strict=True) if value}
            if len(values) - values.count(0) == len(words) == len(set(words.values())):
                self._total = sum(values)
            else:
                words = _once(keys, both, parts)
                self._total = sum(map(parts.__getitem__, words.values()))
            self._words = words
        return self._words

    @property
    def total(self) -> int:
        """What all `words` add."""
        return self._total if self.words else 0

    def signals(self) -> Iterator[Signal]:
        """Yield the signals of curated terms."""
        for key, first, last in self.hits:
            start, end = self._starts[first], self._ends[last - 1]
            place = (start, end) if self.field == NAME else (-1, -1)
            for goal, strength, authority, note in self.known.rows(key, self.field):
                yield Signal("istilah", goal, strength, self.text[start:end], authority, note, *place)

    def wordings(self) -> dict[str, str]:
        """Return how the keys of `words` are written where they stand first."""
        return {key: self.text[start:end] for key, (start, end) in self._places().items()}

    def _places(self) -> dict[str, tuple[int, int]]:
        """Return where each of `_keys` stands first."""
        starts, ends = self._starts + self._starts[:-1], self._ends + self._ends[1:]
        return dict(zip(reversed(self._keys()), zip(reversed(starts), reversed(ends), strict=True), strict=True))

    def word_signals(self, goal: str) -> Iterator[tuple[str, Signal]]:
        """Yield the words that say anything of a goal as signals, with their keys."""
        number, rows = CLASSES.index(goal) if self.words else 0, self.parts.rows
        places = self._places()
        for key, part in self.words.items():
            strength, (start, end) = rows[part][number], places[key]
            place = (start, end) if self.field == NAME else (-1, -1)
            if strength:
                yield key, Signal("kata", goal, strength, self.text[start:end], LEARNED, LEARNED_NOTE, *place)


def _once(keys: list[str], both: list[str], parts: Parts) -> dict[str, str]:
    """Return the parts of a text by how they stand there, each part once. An abbreviation that stands for several words
    gives them all the same key.
    """
    words: dict[str, str] = {}
    seen: set[str] = set()
    for key, part in zip(keys, both, strict=True):
        if part not in seen and parts[part]:
            seen.add(part)
            words[key] = f"{words[key]}|{part}" if key in words else part
    return words


class Words:
    """Signals of a text from curated terms and learned weights."""

    def __init__(self, index: Index, priorities: Prioritas, stemmer: Stemmer, *, learned: bool) -> None:
        self._index = index
        self.stemmer = stemmer
        self.vocabulary = Vocabulary(None if learned else terms_of(priorities, stemmer), index)
        self._filler = frozenset(index.meta("pengisi").split("\n"))
        self._weights = Weights(*index.columns("bobot")) if learned else Weights("", b"")
        self.parts = {field: Parts(self._weights, field) for field in FIELDS}
        self.rows = lru_cache(maxsize=16_384)(self._rows)
        self.read = lru_cache(maxsize=16_384)(self._read)

    def _read(self, text: str, field: str = NAME) -> Reading:
        """Return what the words of a text say of every goal; how much they count depends on the field."""
        return Reading(text, field, self, self.parts[field])

    def _rows(self, key: str, field: str) -> list[TermRow]:
        """Return the curated terms of these stems."""
        return [
            (term.goal, TERM[abs(term.weight)] * SHARES[field] * (1 if term.weight > 0 else -1), term.source,
             Text(f'istilah "{term.text}" ({term.source})', f'term "{term.text}" ({term.source})'))
            for term in self.vocabulary.at(key)
        ]  # fmt: skip

    def piled(self, text: str) -> tuple[int, float]:
        """Return how many goals the settling terms of a text point to, and the share (0-1) of its words they cover."""
        reading = self.read(text, NAME)
        goals = {term.goal for key, _, _ in reading.hits for term in self.vocabulary.at(key) if term.weight == SETTLES}
        covered = sum(end - start for _, start, end in reading.hits)
        return len(goals), covered / reading.length if covered else 0.0

    def is_piled(self, text: str) -> bool:
        """Tell whether a text is a pile of keywords: it names settling terms of many goals and says little else."""
        goals, share = self.piled(text)
        return goals >= PILED_GOALS and share >= PILED_SHARE

    def telling(self, text: str) -> int:
        """Count the different words of a text that say something: no filler, no names of places and people."""
        return sum(1 for stem in set(self.stemmer.stems(text)) - self._filler if self.known(stem))

    def known(self, stem: str) -> bool:
        """Tell whether reference texts hold this stem."""
        return stem in self._weights or stem in self.vocabulary.keys
