"""Goals with all that speaks for each."""

from __future__ import annotations

import math
from operator import itemgetter
from typing import TYPE_CHECKING, Literal, NamedTuple

from alignment_cli.index.weights import CLASSES
from alignment_cli.match.evidence import once
from alignment_cli.match.words import stronger

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from alignment_cli.match.evidence import Signal
    from alignment_cli.match.words import Reading, Word

Basis = Literal["kode", "nama", "teks"]
"""What a ranking rests on: the item's own code, the code of an official name like its own, or its words alone."""


class Ranking(NamedTuple):
    """Goals and support with what speaks for each; `scores` are log-odds, `share` the posterior of each (sums to 1),
    `heard` the log-odds of the text alone. `official` are the signals of a code. The text's signals, which count by
    `scale`, are `terms` (curated terms and aliases, which point to one goal each) and the learned words of `readings`.
    `speaking` are the goals that anything speaks for.
    """

    basis: Basis
    official: Sequence[Signal]
    terms: Sequence[Signal]
    readings: Sequence[Reading]
    scale: float
    scores: dict[str, float]
    share: dict[str, float]
    heard: dict[str, float]
    speaking: set[str]

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
        official = [signal for signal in self.official if signal.goal == goal]
        return official + [scaled(signal, self.scale) for signal in self.terms if signal.goal == goal]

    def signals_of(self, goal: str) -> list[Signal]:
        """Return the signals for and against one goal."""
        words = once(part for reading in self.readings for part in reading.word_signals(goal))
        return self.plain_of(goal) + [scaled(signal, self.scale) for signal in words]


def scaled(signal: Signal, scale: float) -> Signal:
    """Return a signal whose strength counts by `scale`."""
    return signal if scale == 1.0 else signal._replace(strength=signal.strength * scale)


Columns = list[tuple[float, ...]]
"""What the words of an item add to the log-odds of each of `CLASSES`, word by word; empty when there are none."""


def merged(readings: Sequence[Reading]) -> Columns:
    """Return what all words of an item add, the same words once, at their strongest. A field read earlier counts at
    least as much as one read later, so the same stems need no comparison.
    """
    found: dict[str, Word] = {}
    for reading in readings:
        for key in found.keys() & reading.words.keys():
            if found[key][0] != reading.words[key][0]:
                found[key] = stronger(found[key], reading.words[key])
        found = {**reading.words, **found}
    return list(zip(*map(itemgetter(3), found.values()), strict=True))


def totals(goals: Iterable[str], signals: Iterable[Signal], words: Columns) -> dict[str, float]:
    """Return the log-odds of every goal: the sum of its signals and of what the words add."""
    scores = dict.fromkeys(goals, 0.0)
    scores.update(zip(CLASSES, map(sum, words), strict=False))
    for signal in signals:
        if signal.goal in scores:
            scores[signal.goal] += signal.strength
    return scores


def speaking(scores: dict[str, float], plain: Iterable[Signal], words: Columns) -> set[str]:
    """Return the goals that any signal speaks for: those whose sum is positive, and others by a look at each signal."""
    found = {goal for goal, score in scores.items() if score > 0}
    for signal in plain:
        if signal.strength > 0:
            found.add(signal.goal)
    for goal, column in zip(CLASSES, words, strict=False):
        if goal not in found and max(column) > 0:
            found.add(goal)
    return found


def posterior(scores: dict[str, float]) -> dict[str, float]:
    """Return the probability of every goal from its log-odds; they sum to 1."""
    top = max(scores.values())
    raised = [math.exp(score - top) for score in scores.values()]
    total = sum(raised)
    return dict(zip(scores, [value / total for value in raised], strict=True))
