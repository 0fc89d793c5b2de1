"""What the index knows of words: their stems, and which one a misspelt word is meant to be."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from alignment_cli.match.text import Stemmer

if TYPE_CHECKING:
    from alignment_cli.index.store import Index


def stemmer_of(index: Index, abbreviations: dict[str, str]) -> Stemmer:
    """Build the stemmer from the index: known words, function words and the spelling guess."""
    words = Known(index)
    common = frozenset(index.meta("tugas").split("\n"))
    return Stemmer(words.stem, abbreviations, common, Spelling(index).correct, words.is_stem)


class Known:
    """The words of the reference texts with their stems."""

    def __init__(self, index: Index) -> None:
        self._index = index

    @cached_property
    def _stems(self) -> dict[str, str]:
        return self._index.listed("kata")

    @cached_property
    def _all_stems(self) -> frozenset[str]:
        return frozenset(self._stems.values())

    def stem(self, word: str) -> str | None:
        """Return the stem of a word, None when no reference text has it."""
        return self._stems.get(word)

    def is_stem(self, word: str) -> bool:
        """Tell whether this is the stem of any word."""
        return word in self._all_stems


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
