"""Goals with all that speaks for each."""

from __future__ import annotations

import math
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from alignment_cli.index.weights import CLASSES, UNIT, lanes, stronger
from alignment_cli.match.evidence import once

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alignment_cli.match.evidence import Signal
    from alignment_cli.match.matcher import Matcher, Query
    from alignment_cli.match.words import Reading

Basis = Literal["kode", "nama", "teks"]
"""What a ranking rests on: the item's own code, the code of an official name like its own, or its words alone."""

CHECK_ONLY = 0.25
"""Scale of text signals beside a code: the code decides, the text is only a check."""
REPEATED = 0.3
"""Scale of the text beside a code found by name: the code already rests on the same words."""
SCALE: dict[Basis, float] = {"kode": CHECK_ONLY, "nama": REPEATED, "teks": 1.0}


class Scores(NamedTuple):
    """What all signals add up to: `total` are log-odds, `heard` those of the text alone, both by goal; `speaking` are
    the goals that anything speaks for.
    """

    heard: dict[str, float]
    total: dict[str, float]
    speaking: set[str]


class Ranking:
    """Goals and support with what speaks for each, worked out when it is asked for: the answer for an official item is
    known without.
    """

    def __init__(self, matcher: Matcher, query: Query) -> None:
        self._matcher, self._query = matcher, query

    @cached_property
    def _code(self) -> tuple[Basis, list[Signal]]:
        return self._matcher.by_code(self._query)

    @property
    def basis(self) -> Basis:
        """What the ranking rests on."""
        return self._code[0]

    @property
    def official(self) -> list[Signal]:
        """The signals of a code."""
        return self._code[1]

    @property
    def readings(self) -> list[Reading]:
        """What each field of the item says; its learned words count by `SCALE` of the basis."""
        return _said(self._matcher, self._query)[0]

    @property
    def terms(self) -> list[Signal]:
        """The curated terms and aliases, which point to one goal each and count by `SCALE` of the basis."""
        return _said(self._matcher, self._query)[1]

    @cached_property
    def _scores(self) -> Scores:
        heard, speaking = self._matcher.heard(self._matcher.readings(self._query))
        scale = SCALE[self.basis]
        total = {goal: strength * scale for goal, strength in heard.items()}
        for signal in self.official:
            if signal.goal in total:
                total[signal.goal] += signal.strength
            if signal.strength > 0:
                speaking.add(signal.goal)
        speaking.update(goal for goal, score in total.items() if score > 0)
        return Scores(heard, total, speaking)

    @property
    def scores(self) -> dict[str, float]:
        """Log-odds of every goal."""
        return self._scores.total

    @property
    def heard(self) -> dict[str, float]:
        """Log-odds of every goal by the text alone."""
        return self._scores.heard

    @property
    def speaking(self) -> set[str]:
        """The goals that anything speaks for."""
        return self._scores.speaking

    @cached_property
    def share(self) -> dict[str, float]:
        """The posterior of every goal; they sum to 1."""
        return posterior(self.scores)

    @property
    def text(self) -> dict[str, float]:
        """What the text alone says, as a posterior."""
        return posterior(self.heard)

    @property
    def signals(self) -> list[Signal]:
        """All signals."""
        return [signal for goal in self.share for signal in self.signals_of(goal)]

    def plain_of(self, goal: str) -> list[Signal]:
        """Return the signals for and against one goal, without learned words."""
        official, scale = [signal for signal in self.official if signal.goal == goal], SCALE[self.basis]
        return official + [scaled(signal, scale) for signal in self.terms if signal.goal == goal]

    def words_of(self, goal: str) -> list[tuple[float, str]]:
        """Return strength and wording of the learned words for and against one goal, the strongest first."""
        number, scale = CLASSES.index(goal), SCALE[self.basis]
        found: dict[str, float] = {}
        wordings: dict[str, str] = {}
        for reading in self.readings:
            rows = reading.parts.rows
            own = [(key, rows[part][number]) for key, part in reading.words.items() if rows[part][number]]
            written = reading.wordings() if own else {}
            for key, strength in own:
                if key not in found or abs(strength) > abs(found[key]):
                    found[key], wordings[key] = strength, written[key]
        listed = [(strength * scale, wordings[key]) for key, strength in found.items()]
        return sorted(listed, key=lambda one: (-one[0], one[1]))

    def signals_of(self, goal: str) -> list[Signal]:
        """Return the signals for and against one goal."""
        words = once(part for reading in self.readings for part in reading.word_signals(goal))
        return self.plain_of(goal) + [scaled(signal, SCALE[self.basis]) for signal in words]


@lru_cache(maxsize=64)
def _said(matcher: Matcher, query: Query) -> tuple[list[Reading], list[Signal]]:
    """Return readings and terms of an item. They are asked for goal by goal, and take too much room to be kept for all
    items.
    """
    readings = matcher.readings(query)
    return readings, once((signal.note.id, signal) for signal in matcher.terms(readings))


def scaled(signal: Signal, scale: float) -> Signal:
    """Return a signal whose strength counts by `scale`."""
    return signal if scale == 1.0 else signal._replace(strength=signal.strength * scale)


def merged(readings: Sequence[Reading]) -> int:
    """Return what all words of an item add, the same words once, at their strongest. A field read earlier counts at
    least as much as one read later, so the same stems need no comparison.
    """
    first, *rest = readings
    total, known, values = first.total, first.words, dict[str, int]()
    for reading in rest:
        total += reading.total
        for key in known.keys() & reading.words.keys():
            own, part = reading.parts[reading.words[key]], known[key]
            total -= own
            if part != reading.words[key]:
                before = values[key] if key in values else _value(key, readings)
                values[key] = stronger(before, own)
                total += values[key] - before
        known = {**reading.words, **known} if reading is not rest[-1] else known
    return total


def _value(key: str, readings: Sequence[Reading]) -> int:
    """Return what a word adds where it is read first."""
    return next(reading.parts[reading.words[key]] for reading in readings if key in reading.words)


def add_words(readings: Sequence[Reading], heard: dict[str, float]) -> set[str]:
    """Set the log-odds of goals to what learned words add; return the goals that any of them speaks for."""
    total = merged(readings)
    if not total:
        return set()
    values, counts = lanes(total)
    heard.update(zip(CLASSES, [value * UNIT for value in values], strict=True))
    return {goal for goal, count in zip(CLASSES, counts, strict=True) if count}


def posterior(scores: dict[str, float]) -> dict[str, float]:
    """Return the probability of every goal from its log-odds; they sum to 1."""
    top = max(scores.values())
    raised = [math.exp(score - top) for score in scores.values()]
    total = sum(raised)
    return dict(zip(scores, [value / total for value in raised], strict=True))
