"""Layer 4: national programmes (MBG, KDMP, ...) named in a text."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from alignment_cli.finding import Text
from alignment_cli.match.evidence import Signal
from alignment_cli.match.text import blank_negated, fold, strip_boilerplate

if TYPE_CHECKING:
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
    def _longest(self) -> int:
        return max((len(alias.split()) for alias in self._known), default=0)

    def _mentions(self, text: str) -> tuple[Mention, ...]:
        """Return the programmes that a text names, each once; a longer alias goes before those inside it."""
        words = list(_WORD.finditer(blank_negated(fold(strip_boilerplate(text)))))
        found: dict[str, Mention] = {}
        at = 0
        while at < len(words):
            for length in range(min(self._longest, len(words) - at), 0, -1):
                part = words[at : at + length]
                programme, weak = self._known.get(" ".join(word.group() for word in part), (None, False))
                if programme is None:
                    continue
                start, end = part[0].start(), part[-1].end()
                before = found.get(programme.kode)
                if before is None or (before.weak and not weak):
                    found[programme.kode] = Mention(programme, text[start:end], start, end, weak)
                at += length - 1
                break
            at += 1
        return tuple(found.values())

    def signals(self, text: str) -> list[Signal]:
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
