"""From a text to word stems: what a title says, without boilerplate, filler, spelling and dialect."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from string import ascii_lowercase, digits
from typing import TYPE_CHECKING

from alignment_cli.match.roots import raw_stem

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

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
_SLOGANS = ("cita", "misi", "presiden", "indonesia", "nasional", "rpjmn", "rpjpn", "rkp")
"""One of these stands in every claim, so most texts are done with after a quick search."""


NEGATORS = frozenset({"bukan", "selain", "kecuali"})
"""Words that take back what follows, up to the next punctuation mark or `NEGATION_REACH` words. "Tanpa" is none of
them: it names aims ("kota tanpa kumuh", "kawasan tanpa rokok")."""
NEGATION_REACH = 4

_REPLACED = re.compile(r"\b(?:tidak\s+(?:termasuk|untuk|mencakup)|di\s+luar)\b")


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
    if text.isascii():
        lower = text.lower()
        for slogan in _SLOGANS:
            if slogan in lower:
                break
        else:
            return text
    return _boilerplate().sub(lambda found: " " * len(found.group()), text)


def blank_negated(text: str) -> str:
    """Blank out what a negation takes back ("bukan untuk ...", "selain ..."). Takes folded text."""
    if "tidak" in text or "luar" in text:
        text = _REPLACED.sub(lambda found: "bukan".ljust(len(found.group())), text)
    if not ("bukan" in text or "selain" in text or "kecuali" in text):
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


@lru_cache(maxsize=1024)
def prepare(text: str) -> str:
    """Return text folded, with slogans and what a negation takes back blanked out; places stay the same."""
    return blank_negated(fold(strip_boilerplate(text)))


_BLANKED = "".join(chr(code) if chr(code) in f"{ascii_lowercase}{digits}" else " " for code in range(128))


@lru_cache(maxsize=1024)
def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text, folded, that are neither slogan nor negated. An apostrophe belongs to its word."""
    prepared = prepare(text)
    if prepared.isascii() and "'" not in prepared:
        return tuple(prepared.translate(_BLANKED).split())
    return tuple(_WORD.findall(prepared))


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
        self._leading = frozenset(short.partition(" ")[0] for short in abbreviations if " " in short)
        self.stem = lru_cache(maxsize=65_536)(self._stem)
        self._stems_of: dict[str, tuple[str, ...]] = {}
        self.stems = lru_cache(maxsize=4096)(self._stems)

    def _stem(self, word: str) -> str:
        """Return the stem of a folded word, of a misspelt one that of the word it is taken for."""
        found = self._known(word)
        if found is not None:
            return found
        if len(word) >= MIN_CORRECTED and not word.isdigit():
            better = self._correct(word)
            if better is not None:
                return self._known(better) or raw_stem(better)
        return raw_stem(word) if self._may_hold_a_stem(word) else word

    def _may_hold_a_stem(self, word: str) -> bool:
        """Tell whether a known stem stands inside the word between affixes. Any other stem would match nothing, so the
        stemmer, which takes longer to load than a small file to check, is not asked.
        """
        starts = [i for i in range(min(8, len(word) - 2)) if _PREFIXES.fullmatch(word, 0, i)]
        ends = [j for j in range(max(3, len(word) - 8), len(word) + 1) if _SUFFIXES.fullmatch(word, j)]
        inner = {word[i:j] for i in starts for j in ends if j - i > 2}  # noqa: PLR2004 - no stem is shorter
        softened = {first + part for part in inner for first in "kpst" if part[0] in "aiueo"}
        return any(self._is_stem(part) for part in inner | softened if part != word)

    def _together(self, prepared: str, words: Sequence[str]) -> Iterator[tuple[str, int, int]]:
        """Yield words with their places, those that stand for something else together as one."""
        plain = [word.replace("'", "") for word in words]
        places = [found.span() for found in _WORD.finditer(prepared)]
        at = 0
        while at < len(words):
            lengths = range(min(LONGEST_SHORT, len(words) - at), 1, -1)
            length = next((n for n in lengths if " ".join(plain[at : at + n]) in self._abbreviations), 1)
            yield " ".join(plain[at : at + length]), places[at][0], places[at + length - 1][1]
            at += length

    def knows(self, text: str) -> bool:
        """Tell whether all words of a text are known, so that no spelling needs to be guessed."""
        parts = [
            part
            for expression, _, _ in self._together(prepare(text), words_of(text))
            for part in self._abbreviations.get(expression, expression).split()
        ]
        return all(
            part in self._common or part.isdigit() or len(part) < MIN_CORRECTED or self._known(part) is not None
            for part in parts
        )

    def placed(self, text: str) -> tuple[list[str], list[int], list[int]]:
        """Return the telling stems of a text in order, and from where to where each stands. Filler and single letters
        are left out.
        """
        prepared, words, known = prepare(text), words_of(text), self._stems_of
        found: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        if "'" in prepared or not self._leading.isdisjoint(words):
            for expression, start, end in self._together(prepared, words):
                stems = known[expression] if expression in known else self._learn(expression)
                found += stems
                starts += [start] * len(stems)
                ends += [end] * len(stems)
            return found, starts, ends
        end = 0
        for word in words:
            start = prepared.index(word, end)
            end = start + len(word)
            for stem in known[word] if word in known else self._learn(word):
                found.append(stem)
                starts.append(start)
                ends.append(end)
        return found, starts, ends

    def _learn(self, expression: str) -> tuple[str, ...]:
        """Return and keep the telling stems of a word, or of what an abbreviation or local expression stands for."""
        meaning = self._abbreviations.get(expression)
        parts = (expression,) if meaning is None else meaning.split()
        stems = (self.stem(part) for part in parts if part not in self._common and not part.isdigit())
        if len(self._stems_of) >= MOST_KEPT:
            self._stems_of.clear()
        self._stems_of[expression] = tuple(stem for stem in stems if len(stem) > 1)
        return self._stems_of[expression]

    def _stems(self, text: str) -> tuple[str, ...]:
        """Return the telling stems of a text in order."""
        return tuple(self.placed(text)[0])


MOST_KEPT = 200_000
"""Words kept with their stems; a region has some thousand."""
LONGEST_SHORT = 3
"""Longest local expression, in words ("wali nagari")."""
_PREFIXES = re.compile(r"(?:(?:me|pe)(?:ng|ny|n|m)?|per|be[rl]?|te[rl]?|di|ke|se)*")
_SUFFIXES = re.compile(r"(?:kan|an|i)?(?:ku|mu|nya)?(?:lah|kah|tah|pun)?")
"""Affixes of Indonesian in the order in which they stand (Nazief and Adriani's algorithm, which Sastrawi follows)."""
MIN_CORRECTED = 5
"""Shorter words are too easily turned into others to have their spelling guessed."""
