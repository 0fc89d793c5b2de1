"""What speaks for or against a goal, and a goal with all that speaks for it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from alignment_cli.finding import Text
    from alignment_cli.match.ranking import Ranking

Layer = Literal["kode", "tabel", "program_nasional", "nama", "istilah", "kata"]
"""Where a signal comes from: crosswalk of the official code, table of Permendagri 14/2026, alias of a national
programme, official name found by likeness, curated vocabulary, words of officially labelled texts."""


class Signal(NamedTuple):
    """One observation. `strength` is for or against `goal`, in log-odds; `words` is what was seen, `start`/`end` where
    in the name of the item it stands (-1: not in the name). `authority` names who says so.
    """

    layer: Layer
    goal: str
    strength: float
    words: str
    authority: str
    note: Text
    start: int = -1
    end: int = -1


class Evidence(NamedTuple):
    """A signal as a share of the match's confidence; the shares of a match add up to its confidence."""

    signal: Signal
    share: float


@dataclass
class Match:
    """A goal for an item and how sure it is (0-1, a measured hit rate). Evidence is made when it is asked for."""

    goal: str
    confidence: float
    ranking: Ranking

    @cached_property
    def _signals(self) -> list[Signal]:
        return self.ranking.signals_of(self.goal)

    @cached_property
    def evidence(self) -> tuple[Evidence, ...]:
        """The signals for and against the goal with their shares, strongest first."""
        return shares(self._signals, self.confidence)

    @property
    def authority(self) -> str:
        """Who says so: the authority of the strongest signal."""
        return max(self._signals, key=lambda signal: signal.strength).authority


def once(signals: Iterable[tuple[str, Signal]]) -> list[Signal]:
    """Count the same words for the same goal once, at their strongest: repeating a word proves nothing. What counts as
    the same is told by the keys.
    """
    strongest: dict[tuple[str, str, str], Signal] = {}
    for key, signal in signals:
        place = (signal.layer, signal.goal, key)
        before = strongest.get(place)
        if before is None or abs(signal.strength) > abs(before.strength):
            strongest[place] = signal
    return list(strongest.values())


def shares(signals: list[Signal], confidence: float) -> tuple[Evidence, ...]:
    """Divide `confidence` over signals by their strength, strongest first. Signals against the goal get a negative
    share, so the sum is exact.
    """
    total = sum(signal.strength for signal in signals)
    ordered = sorted(signals, key=lambda signal: (-signal.strength, signal.layer, signal.words))
    if total <= 0:
        even = confidence / len(ordered) if ordered else 0.0
        return tuple(Evidence(signal, even) for signal in ordered)
    return tuple(Evidence(signal, confidence * signal.strength / total) for signal in ordered)
