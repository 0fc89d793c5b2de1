"""Sastrawi, the stemmer of Indonesian, loaded only when a word needs it: its dictionary takes a tenth of a second."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class _Roots:
    """Sastrawi's root words as a set; its own dictionary class adds them one by one and takes ten times as long."""

    def __init__(self, words: list[str]) -> None:
        self._words = frozenset(words)

    def contains(self, word: str) -> bool:
        return word in self._words


@cache
def _roots() -> _Roots:
    from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

    return _Roots(StemmerFactory().get_words())


@cache
def _sastrawi() -> Callable[[str], str]:
    from Sastrawi.Stemmer.Stemmer import Stemmer as Sastrawi

    stem: Callable[[str], str] = Sastrawi(_roots()).stem
    return stem


def is_root(word: str) -> bool:
    """Tell whether a word is a root word of Indonesian, by Sastrawi's list."""
    return _roots().contains(word)


OWN_STEMS = {"pemerataan": "rata", "perikanan": "ikan", "pelajar": "ajar", "petani": "tani", "petenak": "ternak"}
"""Words that Sastrawi leaves or cuts wrongly, as found in the nomenclature."""


def raw_stem(word: str) -> str:
    """Stem a folded word by Sastrawi, without the reference data."""
    if word.isdigit() or len(word) <= 3:  # noqa: PLR2004 - three letters hold no affix
        return word
    return OWN_STEMS.get(word) or _sastrawi()(word)
