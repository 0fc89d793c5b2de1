"""Layer 4: national programmes (MBG, KDMP, ...) named in a text."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from alignment_cli.finding import Text
from alignment_cli.match.evidence import Signal
from alignment_cli.match.text import fold, prepare, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alignment_cli.priorities import Prioritas, ProgramNasional

_WORD = re.compile(r"[0-9a-z]+")

MAIN, FURTHER = 2.0, 0.5
"""Log-odds for the main goal and for a further goal of a programme named. A weak alias ("nagari", "inflasi") names a
theme and says nothing of the goal by itself: the vocabulary knows those words better."""


class Mention(NamedTuple):
    """A national programme named at ``text[start:end]``."""

    programme: ProgramNasional
    words: str
    start: int
    end: int
    weak: bool


class Aliases:
    """Finds aliases of all national programmes at once, the longest first, as whole words."""

    def __init__(self, priorities: Prioritas) -> None:
        self._priorities = priorities
        self.mentions = lru_cache(maxsize=4096)(self._mentions)
        self.signals = lru_cache(maxsize=16_384)(self._signals)
        self._beginnings = lru_cache(maxsize=16_384)(lambda text: self._starting.intersection(_words(text)))

    @cached_property
    def _known(self) -> dict[str, tuple[ProgramNasional, bool]]:
        """Programme, and whether the alias is weak, by the alias's words."""
        known: dict[str, tuple[ProgramNasional, bool]] = {}
        for weak in (True, False):
            for programme in self._priorities.program_nasional:
                for alias in programme.alias_lemah if weak else (programme.nama, *programme.alias):
                    known[" ".join(_WORD.findall(fold(alias)))] = (programme, weak)
        return known

    @cached_property
    def _lengths(self) -> dict[str, list[int]]:
        """Numbers of words of the aliases that begin with a word, the longest first."""
        found: dict[str, set[int]] = {}
        for alias in self._known:
            words = alias.split()
            found.setdefault(words[0], set()).add(len(words))
        return {word: sorted(lengths, reverse=True) for word, lengths in found.items()}

    @cached_property
    def _seconds(self) -> dict[str, set[str]]:
        """The second words of the aliases that begin with a word; the word itself where it is a whole alias."""
        found: dict[str, set[str]] = {}
        for alias in self._known:
            first, second, *_ = (*alias.split(), *alias.split())
            found.setdefault(first, set()).add(second)
        return found

    @cached_property
    def _starting(self) -> frozenset[str]:
        """All first and second words of aliases."""
        return frozenset(self._seconds).union(*self._seconds.values())

    def may_name(self, *texts: str) -> bool:
        """Tell whether the first two words of an alias stand in texts; most texts are done with after this."""
        words = frozenset[str]().union(*map(self._beginnings, texts))
        return any(not words.isdisjoint(self._seconds[word]) for word in words & self._seconds.keys())

    def _mentions(self, text: str) -> tuple[Mention, ...]:
        """Return the programmes that a text names, each once; a longer alias goes before those inside it."""
        if not self.may_name(text):
            return ()
        words = list(_WORD.finditer(prepare(text)))
        found: dict[str, Mention] = {}
        at = 0
        while at < len(words):
            length, mention = self._at(words, at, text)
            if mention is not None:
                before = found.get(mention.programme.kode)
                if before is None or (before.weak and not mention.weak):
                    found[mention.programme.kode] = mention
            at += length
        return tuple(found.values())

    def _at(self, words: list[re.Match[str]], at: int, text: str) -> tuple[int, Mention | None]:
        """Return the mention that begins with word `at`, and how many words it takes."""
        for length in self._lengths.get(words[at].group(), ()):
            part = words[at : at + length]
            known = self._known.get(" ".join(word.group() for word in part)) if len(part) == length else None
            if known is not None:
                start, end = part[0].start(), part[-1].end()
                return length, Mention(known[0], text[start:end], start, end, known[1])
        return 1, None

    def _signals(self, text: str) -> list[Signal]:
        """Return what the named programmes say of goals."""
        signals = []
        for mention in self.mentions(text):
            if mention.weak:
                continue
            for link in mention.programme.tujuan:
                strength = MAIN if link.peran == "utama" else FURTHER
                note = Text(
                    f"menyebut program nasional {mention.programme.nama}: {link.otoritas}",
                    f"names the national programme {mention.programme.nama}: {link.otoritas}",
                )
                signals.append(
                    Signal("program_nasional", link.kode, strength, mention.words, link.otoritas, note,
                           mention.start, mention.end)
                )  # fmt: skip
        return signals


def _words(text: str) -> Sequence[str]:
    """Return the words of a text; what an apostrophe parts ("do'a") is two here."""
    return _WORD.findall(prepare(text)) if "'" in text or not text.isascii() else words_of(text)
