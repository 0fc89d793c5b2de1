"""From a text to word stems: what a title says, without boilerplate, filler, spelling and dialect."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

_WORD = re.compile(r"[0-9a-z]+(?:'[a-z]+)?")
_MARKS = {"’": "'", "‘": "'", "`": "'", "–": "-", "—": "-"}  # noqa: RUF001

BOILERPLATE = r"""
    (?:\b(?:dalam|rangka|guna|untuk|demi|sebagai|serta|dan|sejalan|selaras|sesuai|dengan|wujud|bentuk|upaya|melalui|atas
      |pada|terhadap|dari|menuju|arah)\s+)*
    (?:\b(?:(?:me|pe)(?:ndukung|nyukseskan|nsukseskan|wujudkan|laksanakan|nuju|nopang|nyongsong|njabarkan|njalankan)\w*
      |ter(?:capai|wujud|laksana)nya
      |dukungan|implementasi|perwujudan|pencapaian|capaian|pelaksanaan|percepatan|agenda|visi|misi|target|sasaran)\s+
      (?:(?:dan|dari|atas|pada|terhadap|menuju)\s+)?)*
    \b(?:
      asta\s*cita(?:\s+(?:ke-?\s*|nomor\s+|no\.?\s*)?\d\b)?
      |(?:delapan|8)\s+misi
      |presiden(?:\s+dan\s+wakil\s+presiden)?
      |indonesia\s+(?:emas|maju)(?:\s+(?:tahun\s+)?20\d\d)?
      |prioritas\s+nasional(?:\s+(?:ke-?\s*)?\d\b)?
      |program\s+(?:prioritas|strategis)\s+(?:nasional|presiden)
      |rpjmn(?:\s+20\d\d(?:\s*-\s*20\d\d)?)?|rpjpn|rkp\s+20\d\d
    )
    (?:\s+presiden)?(?:\s+(?:ri|republik\s+indonesia))?(?:\s+prabowo(?:\s+subianto)?(?:\W+gibran\w*)?)?
    """
"""Claims of alignment and slogans. They say what an author wishes, not what an item does, so they never count."""
_SLOGAN = re.compile(r"asta|misi|presiden|indonesia|prioritas|strategis|rpjm|rpjp|rkp", re.IGNORECASE)
"""One of these stands in every claim, so most texts are done with after one quick search."""


NEGATORS = frozenset({"bukan", "selain", "kecuali"})
"""Words that take back what follows, up to the next punctuation mark or `NEGATION_REACH` words. "Tanpa" is none of
them: it names aims ("kota tanpa kumuh", "kawasan tanpa rokok")."""
NEGATION_REACH = 4

_REPLACED = re.compile(r"\b(?:tidak\s+(?:termasuk|untuk|mencakup)|di\s+luar)\b", re.IGNORECASE)


class Token(NamedTuple):
    """A word of a text: its stem, and where the word stands in the text as given."""

    stem: str
    start: int
    end: int
    guessed: bool = False


def fold(text: str) -> str:
    """Return text in lower case with plain quotes and without accents, of the same length as far as places matter."""
    return text.lower() if text.isascii() else "".join(_fold_character(character) for character in text)


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    character = _MARKS.get(character, character)
    plain = unicodedata.normalize("NFKD", character)[:1].lower()
    return plain if len(plain) == 1 else " "


@cache
def _boilerplate() -> re.Pattern[str]:
    return re.compile(BOILERPLATE, re.VERBOSE | re.IGNORECASE)


def strip_boilerplate(text: str) -> str:
    """Blank out claims and slogans; every other character keeps its place."""
    if not _SLOGAN.search(text):
        return text
    return _boilerplate().sub(lambda found: " " * len(found.group()), text)


def blank_negated(text: str) -> str:
    """Blank out what a negation takes back ("bukan untuk ...", "selain ..."). Takes folded text."""
    text = _REPLACED.sub(lambda found: "bukan".ljust(len(found.group())), text)
    if not any(word in text for word in NEGATORS):
        return text
    out, reach = list(text), 0
    for found in re.finditer(r"[0-9a-z']+|[,.;:()/|]", text):
        if found.group() in NEGATORS:
            reach = NEGATION_REACH + 1
        elif not found.group()[0].isalnum():
            reach = 0
        if reach:
            out[found.start() : found.end()] = " " * (found.end() - found.start())
            reach -= 1
    return "".join(out)


class Stemmer:
    """Indonesian stems with what the reference data knows already; other words go through Sastrawi.

    `known` maps words to stems, `correct` proposes the known word for a misspelt one (None: leave it), `is_stem` tells
    whether anything could be matched by a stem.
    """

    def __init__(
        self,
        known: Callable[[str], str | None],
        abbreviations: Mapping[str, str],
        common: Collection[str],
        correct: Callable[[str], str | None] = lambda _: None,
        is_stem: Callable[[str], bool] = lambda _: True,
    ) -> None:
        self._known, self._correct, self._is_stem = known, correct, is_stem
        self._abbreviations = abbreviations
        self._common = common
        self.stem = lru_cache(maxsize=200_000)(self._stem)
        self.tokens = lru_cache(maxsize=4096)(self._tokens)

    def _stem(self, word: str) -> tuple[str, bool]:
        """Return the stem of a folded word, and whether its spelling had to be guessed."""
        found = self._known(word)
        if found is not None:
            return found, False
        if len(word) >= MIN_CORRECTED and not word.isdigit():
            better = self._correct(word)
            if better is not None:
                return self._known(better) or raw_stem(better), True
        return (raw_stem(word) if self._may_hold_a_stem(word) else word), False

    def _may_hold_a_stem(self, word: str) -> bool:
        """Tell whether a known stem stands inside the word between affixes. Any other stem would match nothing, so the
        stemmer, which takes longer to load than a small file to check, is not asked.
        """
        starts = [i for i in range(min(8, len(word) - 2)) if _PREFIXES.fullmatch(word, 0, i)]
        ends = [j for j in range(max(3, len(word) - 8), len(word) + 1) if _SUFFIXES.fullmatch(word, j)]
        inner = {word[i:j] for i in starts for j in ends if j - i > 2}  # noqa: PLR2004 - no stem is shorter
        softened = {first + part for part in inner for first in "kpst" if part[0] in "aiueo"}
        return any(self._is_stem(part) for part in inner | softened if part != word)

    def _tokens(self, text: str) -> tuple[Token, ...]:
        """Return the telling words of a text in order. Boilerplate, negated words, filler, and single letters are
        left out; abbreviations and local words stand for what they mean.
        """
        words = list(_WORD.finditer(blank_negated(fold(strip_boilerplate(text)))))
        plain = [word.group().replace("'", "") for word in words]
        found: list[Token] = []
        at = 0
        while at < len(words):
            length, meaning = self._meaning(plain, at)
            start, end = words[at].start(), words[at + length - 1].end()
            for part in meaning:
                if part in self._common or part.isdigit():
                    continue
                stem, guessed = self.stem(part)
                if len(stem) > 1:
                    found.append(Token(stem, start, end, guessed))
            at += length
        return tuple(found)

    def _meaning(self, words: list[str], at: int) -> tuple[int, tuple[str, ...]]:
        """Return how many words from `at` stand for something else, and what; a word that does not is itself."""
        for length in range(min(LONGEST_SHORT, len(words) - at), 0, -1):
            meaning = self._abbreviations.get(" ".join(words[at : at + length]))
            if meaning is not None:
                return length, tuple(meaning.split())
        return 1, (words[at],)

    def stems(self, text: str) -> list[str]:
        """Return the stems of `tokens`."""
        return [token.stem for token in self.tokens(text)]


LONGEST_SHORT = 3
"""Longest local expression, in words ("wali nagari")."""
_PREFIXES = re.compile(r"(?:(?:me|pe)(?:ng|ny|n|m)?|per|be[rl]?|te[rl]?|di|ke|se)*")
_SUFFIXES = re.compile(r"(?:kan|an|i)?(?:ku|mu|nya)?(?:lah|kah|tah|pun)?")
"""Affixes of Indonesian in the order in which they stand (Nazief and Adriani's algorithm, which Sastrawi follows)."""
MIN_CORRECTED = 5
"""Shorter words are too easily turned into others to have their spelling guessed."""


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
