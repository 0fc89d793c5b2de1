"""Layer 6: what the words of a text say. Curated terms first, then words of officially labelled texts."""

from __future__ import annotations

from functools import cached_property, lru_cache
from itertools import pairwise, repeat
from operator import mul
from typing import TYPE_CHECKING, NamedTuple

from alignment_cli.finding import Text
from alignment_cli.index.weights import CLASSES, Weights
from alignment_cli.match.evidence import Signal
from alignment_cli.match.vocabulary import Vocabulary, terms_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alignment_cli.index.store import Index
    from alignment_cli.match.text import Stemmer
    from alignment_cli.match.vocabulary import Hit
    from alignment_cli.priorities import Prioritas

TERM = {1: 0.6, 2: 1.3, 3: 2.1}
"""Log-odds of a curated term by its weight; a negative term counts the same with its sign."""
WORD, PAIR = 0.35, 0.5
"""How much the learned weight of a word and of a pair of neighbours counts."""
SETTLES = 3
"""Weight of a term that settles the goal by itself."""
PILED_GOALS, PILED_SHARE = 4, 0.6
"""A text is a pile of keywords when its settling terms point to this many goals and cover this share of its words."""
MIN_LEARNED = 0.15
"""Learned weights smaller than this are noise and make no signal."""
NAME = "nama"
FIELDS = {NAME: 1.0, "uraian": 0.6, "indikator": 0.5, "context": 0.35}
"""How much a word counts by the field it stands in, the strongest first."""
LEARNED = "nomenklatur 2027 dan KP RPJMN"
_LEARNED_NOTE = Text(
    "kata ini sering muncul pada program resmi untuk tujuan ini",
    "this word is frequent in official programmes of this goal",
)


Strengths = tuple[float, ...]
"""Log-odds in the order of `CLASSES`, 0 where there is no signal."""
Word = tuple[str, int, int, Strengths]
"""A word, or two neighbours, that was learned: stems, start and end in the text, strengths. A plain tuple, for an item
has fifty of them."""


class Reading(NamedTuple):
    """What one text says. `signals` are those of curated terms, which point to one goal each; `hits` tells where those
    terms are. `words`, by the words in lower case, point to all goals at once; they become signals only where somebody
    wants to see them. `length` counts the stems.
    """

    text: str
    field: str
    signals: list[Signal]
    words: dict[str, Word]
    hits: list[Hit]
    length: int

    def word_signals(self, goal: str) -> Iterator[tuple[str, Signal]]:
        """Yield the words that say anything of a goal as signals, with their keys."""
        number = CLASSES.index(goal) if self.words else 0
        for key, (_, start, end, strengths) in self.words.items():
            strength = strengths[number]
            if strength:
                place = (start, end) if self.field == NAME else (-1, -1)
                yield key, Signal("kata", goal, strength, self.text[start:end], LEARNED, _LEARNED_NOTE, *place)


def stronger(first: Word, second: Word) -> Word:
    """Return a word with, for every goal, the stronger of two strengths; the first where they are as strong."""
    pairs = zip(first[3], second[3], strict=True)
    both = tuple(b if abs(b) > abs(a) else a for a, b in pairs)
    return (f"{first[0]}|{second[0]}", first[1], first[2], both)


Known = tuple[Strengths | None, tuple[int, ...]]
"""What is known of a part of a text (a stem, or a pair): what it adds to the log-odds, None when it was not learned or
says too little, and the lengths of the curated terms that begin with it.
"""


class Parts:
    """What is known of parts of texts in fields of one worth (`factor`). Filler says nothing by itself."""

    MOST = 200_000
    """Parts kept; then they are collected anew."""

    def __init__(self, weights: Weights, vocabulary: Vocabulary, filler: frozenset[str], factor: float) -> None:
        self._weights, self._vocabulary, self._filler, self._factor = weights, vocabulary, filler, factor
        self.known: dict[str, Known] = {}

    def learn(self, part: str) -> Known:
        """Return what is known of a part, and keep it in `known`."""
        if len(self.known) >= self.MOST:
            self.known.clear()
        weights, strengths = self._weights.get(part), None
        first, _, second = part.partition(" ")
        if weights is not None and not (first in self._filler and (not second or second in self._filler)):
            least = MIN_LEARNED
            scaled = map(mul, weights, repeat((PAIR if second else WORD) * self._factor))
            row = tuple([strength if strength >= least or strength <= -least else 0.0 for strength in scaled])
            strengths = row if any(row) else None
        self.known[part] = found = (strengths, self._vocabulary.lengths(part))
        return found


class Words:
    """Signals of a text from curated terms and learned weights."""

    def __init__(self, index: Index, priorities: Prioritas, stemmer: Stemmer, *, learned: bool) -> None:
        self._index = index
        self.stemmer = stemmer
        self.vocabulary = Vocabulary(None if learned else terms_of(priorities, stemmer), index)
        self._filler = frozenset(index.meta("pengisi").split("\n"))
        self._of_terms = lru_cache(maxsize=16_384)(self._term_signals)
        weights = self._weights if learned else Weights("", b"")
        self._parts = {field: Parts(weights, self.vocabulary, self._filler, factor) for field, factor in FIELDS.items()}
        self.read = lru_cache(maxsize=16_384)(self._read)

    @cached_property
    def _weights(self) -> Weights:
        return Weights(*self._index.columns("bobot"))

    def _read(self, text: str, field: str = NAME) -> Reading:
        """Return what the words of a text say of every goal; how much they count depends on the field."""
        stems, starts, ends = self.stemmer.placed(text)
        pairs = [f"{first} {second}" for first, second in pairwise(stems)]
        begins, finals = starts + starts, ends + ends[1:]
        words: dict[str, Word] = {}
        seen: set[str] = set()
        terms: list[tuple[int, str, tuple[int, ...]]] = []
        lower, parts = text.casefold(), self._parts[field]
        known, same = parts.known, len(lower) == len(text)
        for n, part in enumerate(stems + pairs):
            strengths, lengths = known[part] if part in known else parts.learn(part)
            if lengths:
                terms.append((n if n < len(stems) else n - len(stems), part, lengths))
            if strengths is not None and part not in seen:
                seen.add(part)
                start, end = begins[n], finals[n]
                key = lower[start:end] if same else text[start:end].casefold()
                word = (part, start, end, strengths)
                # An abbreviation that stands for several words gives them all the same key.
                words[key] = stronger(words[key], word) if key in words else word
        hits = self.vocabulary.hits(terms, stems) if terms else []
        return Reading(text, field, self._signals(text, field, hits, starts, ends), words, hits, len(stems))

    def _signals(self, text: str, field: str, hits: list[Hit], starts: list[int], ends: list[int]) -> list[Signal]:
        """Return the signals of curated terms."""
        signals: list[Signal] = []
        for key, first, last in hits:
            start, end = starts[first], ends[last - 1]
            place = (start, end) if field == NAME else (-1, -1)
            for goal, strength, authority, note in self._of_terms(key, FIELDS[field]):
                signals.append(Signal("istilah", goal, strength, text[start:end], authority, note, *place))
        return signals

    def _term_signals(self, key: str, factor: float) -> list[tuple[str, float, str, Text]]:
        """Return goal, strength, authority and note of the terms of these stems."""
        return [
            (term.goal, TERM[abs(term.weight)] * factor * (1 if term.weight > 0 else -1), term.source,
             Text(f'istilah "{term.text}" ({term.source})', f'term "{term.text}" ({term.source})'))
            for term in self.vocabulary.at(key)
        ]  # fmt: skip

    def piled(self, text: str) -> tuple[int, float]:
        """Return how many goals the settling terms of a text point to, and the share (0-1) of its words they cover."""
        _, _, _, _, hits, length = self.read(text, NAME)
        goals = {term.goal for key, _, _ in hits for term in self.vocabulary.at(key) if term.weight == SETTLES}
        covered = sum(end - start for _, start, end in hits)
        return len(goals), covered / length if covered else 0.0

    def is_piled(self, text: str) -> bool:
        """Tell whether a text is a pile of keywords: it names settling terms of many goals and says little else."""
        goals, share = self.piled(text)
        return goals >= PILED_GOALS and share >= PILED_SHARE

    def telling(self, text: str) -> int:
        """Count the different words of a text that say something: no filler, no names of places and people."""
        return sum(1 for stem in set(self.stemmer.stems(text)) - self._filler if self.known(stem))

    def known(self, stem: str) -> bool:
        """Tell whether reference texts hold this stem."""
        return self._weights.get(stem) is not None or stem in self.vocabulary.keys
