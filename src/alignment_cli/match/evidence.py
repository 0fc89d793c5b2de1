"""What speaks for or against a goal, and a goal with all that speaks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from alignment_cli.finding import Text

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


class Match(NamedTuple):
    """A goal for an item: by which authority, how sure (0-1, a measured hit rate), on what evidence."""

    goal: str
    authority: str
    confidence: float
    evidence: tuple[Evidence, ...]


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
