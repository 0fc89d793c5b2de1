"""Layer 6: what the words of a text say. Curated terms first, then words of officially labelled texts."""

from __future__ import annotations

import json
from array import array
from collections import defaultdict
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from alignment_cli.finding import Text
from alignment_cli.index.weights import CLASSES
from alignment_cli.match.evidence import Signal
from alignment_cli.match.text import Stemmer, Token

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alignment_cli.index.store import Index
    from alignment_cli.priorities import Kosakata, Prioritas

TERM = {1: 0.6, 2: 1.3, 3: 2.1}
"""Log-odds of a curated term by its weight; a negative term counts the same with its sign."""
WORD, PAIR = 0.35, 0.5
"""How much the learned weight of a word and of a pair of neighbours counts."""
SETTLES = 3
"""Weight of a term that settles the goal by itself."""
PILED_GOALS, PILED_SHARE = 4, 0.6
"""A text is a pile of keywords when its settling terms point to this many goals and cover this share of its words."""
LONGEST = 5
"""Longest curated term, in stems."""
MIN_LEARNED = 0.15
"""Learned weights smaller than this are noise and make no signal."""


class Term(NamedTuple):
    """A curated term: the goal it points to, how strongly, and why it is in the list."""

    goal: str
    weight: int
    text: str
    source: str


class Hit(NamedTuple):
    """A curated term found at tokens ``start:end``."""

    terms: tuple[Term, ...]
    start: int
    end: int


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


class Vocabulary:
    """The curated terms of all goals, found in a text. `terms` maps stems to terms, or reads them from the index."""

    def __init__(self, terms: Terms | None, index: Index) -> None:
        self._terms, self._index = terms, index

    @cached_property
    def keys(self) -> frozenset[str]:
        """The stems of all terms, each joined by blanks."""
        return frozenset(self._index.meta("istilah").split("\n") if self._terms is None else self._terms)

    def at(self, key: str) -> tuple[Term, ...]:
        """Return the terms of these stems."""
        if self._terms is not None:
            return tuple(Term(*term) for term in self._terms[key])
        row = self._index.one("SELECT isi FROM istilah WHERE dasar = ?", key)
        return tuple(Term(*term) for term in json.loads(row[0])) if row else ()

    def hits(self, tokens: Sequence[Token]) -> list[Hit]:
        """Return the terms of a text. A word belongs to the longest term that covers it, so "bank sampah" is never
        also "bank"; repeating a term adds nothing.
        """
        stems = [token.stem for token in tokens]
        taken = [False] * len(stems)
        seen: set[str] = set()
        hits = []
        for length in range(min(LONGEST, len(stems)), 0, -1):
            for start in range(len(stems) - length + 1):
                part = " ".join(stems[start : start + length])
                if part in self.keys and not any(taken[start : start + length]):
                    taken[start : start + length] = [True] * length
                    if part not in seen:
                        seen.add(part)
                        hits.append(Hit(self.at(part), start, start + length))
        return hits


def _source(group: Kosakata) -> str:
    return f"KP {group.kp}" if group.kp else str(group.sumber or "")


class Words:
    """Signals of a text from curated terms and learned weights."""

    def __init__(self, index: Index, priorities: Prioritas, stemmer: Stemmer, *, learned: bool) -> None:
        self._index = index
        self._learned = learned
        self.stemmer = stemmer
        self.vocabulary = Vocabulary(None if learned else terms_of(priorities, stemmer), index)
        self._filler = frozenset(index.meta("pengisi").split("\n"))
        self._weights = lru_cache(maxsize=200_000)(self._read)

    def signals(self, text: str, factor: float = 1.0, *, in_name: bool = True) -> list[Signal]:
        """Return what the words of a text say of every goal; `factor` scales by the field's worth."""
        tokens = self.stemmer.tokens(text)
        signals = [
            self._term_signal(term, text, tokens[hit.start], tokens[hit.end - 1], factor, in_name=in_name)
            for hit in self.vocabulary.hits(tokens)
            for term in hit.terms
        ]
        return signals + self._learned_signals(text, tokens, factor, in_name=in_name)

    def _term_signal(self, term: Term, text: str, first: Token, last: Token, factor: float, *, in_name: bool) -> Signal:
        strength = TERM[abs(term.weight)] * factor * (1 if term.weight > 0 else -1)
        note = Text(f'istilah "{term.text}" ({term.source})', f'term "{term.text}" ({term.source})')
        start, end = (first.start, last.end) if in_name else (-1, -1)
        return Signal("istilah", term.goal, strength, text[first.start : last.end], term.source, note, start, end)

    def _learned_signals(self, text: str, tokens: Sequence[Token], factor: float, *, in_name: bool) -> list[Signal]:
        if not self._learned:
            return []
        parts = [(token.stem, token, token, WORD) for token in tokens if token.stem not in self._filler]
        parts += [
            (f"{a.stem} {b.stem}", a, b, PAIR) for a, b in pairwise(tokens) if not {a.stem, b.stem} <= self._filler
        ]
        signals, seen = [], set()
        for stem, first, last, scale in parts:
            weights = None if stem in seen else self._weights(stem)
            seen.add(stem)
            for goal, weight in zip(CLASSES, weights or (), strict=False):
                strength = weight * scale * factor
                if abs(strength) >= MIN_LEARNED:
                    start, end = (first.start, last.end) if in_name else (-1, -1)
                    words = text[first.start : last.end]
                    signals.append(Signal("kata", goal, strength, words, LEARNED, _LEARNED_NOTE, start, end))
        return signals

    def _read(self, term: str) -> tuple[float, ...] | None:
        row = self._index.one("SELECT bobot FROM bobot WHERE istilah = ?", term)
        return None if row is None else tuple(array("f", row[0]))

    def piled(self, text: str) -> tuple[int, float]:
        """Return how many goals the settling terms of a text point to, and the share (0-1) of its words they cover."""
        tokens = self.stemmer.tokens(text)
        hits = self.vocabulary.hits(tokens)
        goals = {term.goal for hit in hits for term in hit.terms if term.weight == SETTLES}
        covered = sum(hit.end - hit.start for hit in hits)
        return len(goals), covered / len(tokens) if tokens else 0.0

    def is_piled(self, text: str) -> bool:
        """Tell whether a text is a pile of keywords: it names settling terms of many goals and says little else."""
        goals, share = self.piled(text)
        return goals >= PILED_GOALS and share >= PILED_SHARE

    def telling(self, text: str) -> int:
        """Count the different words of a text that say something: no filler, no names of places and people."""
        return sum(1 for stem in set(self.stemmer.stems(text)) - self._filler if self.known(stem))

    def known(self, stem: str) -> bool:
        """Tell whether reference texts hold this stem."""
        return self._weights(stem) is not None or stem in self.vocabulary.keys


LEARNED = "nomenklatur 2027 dan KP RPJMN"
_LEARNED_NOTE = Text(
    "kata ini sering muncul pada program resmi untuk tujuan ini",
    "this word is frequent in official programmes of this goal",
)


def stemmer_of(index: Index, abbreviations: dict[str, str]) -> Stemmer:
    """Build the stemmer from the index: known words, function words and the spelling guess."""
    common = frozenset(index.meta("tugas").split("\n"))
    guess = Spelling(index)

    def known(word: str) -> str | None:
        row = index.one("SELECT dasar FROM kata WHERE kata = ?", word)
        return None if row is None else str(row[0])

    def is_stem(word: str) -> bool:
        return index.one("SELECT 1 FROM kata WHERE dasar = ?", word) is not None

    return Stemmer(known, abbreviations, common, guess.correct, is_stem)


class Spelling:
    """Guesses the word meant by a misspelt one among the frequent words of the reference texts."""

    REACH = 2
    """Difference in length that a slip can make."""
    CUTOFF = 84.0
    """One slip in a word of six letters, two in one of twelve (rapidfuzz ratio, 0-100)."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._words = lru_cache(maxsize=None)(self._near)

    def _near(self, length: int) -> list[str]:
        """Return the words that a slip can make one of this length."""
        lengths = range(length - self.REACH, length + self.REACH + 1)
        lists = (self._index.find(f"kata:{number}") for number in lengths)
        return [word for text in lists if text for word in text.split("\n")]

    def correct(self, word: str) -> str | None:
        """Return the known word that `word` most likely misspells, None when nothing is near."""
        from rapidfuzz import fuzz, process

        found = process.extractOne(word, self._words(len(word)), scorer=fuzz.ratio, score_cutoff=self.CUTOFF)
        return str(found[0]) if found else None
