"""What speaks for or against a goal, and a goal with all that speaks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from alignment_cli.finding import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

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


class Said(NamedTuple):
    """The evidence of a match with its learned words, of which there are many with little weight each, as one part:
    their wording, the strongest first, and the sum of their shares.
    """

    plain: tuple[Evidence, ...]
    words: list[str]
    share: float
    authority: str


class Match:
    """A goal for an item and how sure it is (0-1, a measured hit rate). Evidence is made when it is asked for."""

    __slots__ = ("_telling", "confidence", "goal", "ranking")

    def __init__(self, goal: str, confidence: float, ranking: Ranking) -> None:
        self.goal, self.confidence, self.ranking = goal, confidence, ranking
        self._telling: tuple[Signal, ...] | None = None

    def __eq__(self, other: object) -> bool:
        """Tell whether another match says the same on the same evidence."""
        if not isinstance(other, Match) or (self.goal, self.confidence) != (other.goal, other.confidence):
            return False
        return self.ranking is other.ranking or self.evidence == other.evidence

    def __hash__(self) -> int:
        """Return a hash of what is asked for first."""
        return hash((self.goal, self.confidence))

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The signals for and against the goal with their shares, strongest first."""
        return shares(self.ranking.signals_of(self.goal), self.confidence)

    @property
    def said(self) -> Said:
        """The evidence in short, and who says so: the authority of the strongest signal."""
        listed, words = self.ranking.plain_of(self.goal), self.ranking.words_of(self.goal)
        plain, top = _strongest(listed), max(listed, key=lambda signal: signal.strength, default=None)
        count, total = (
            len(plain) + len(words),
            sum(signal.strength for signal in plain) + sum(part[0] for part in words),
        )
        factor = self.confidence / total if total > 0 else 0.0
        even = self.confidence / count if count and not total > 0 else 0.0
        first = top.authority if top is not None and (not words or top.strength >= words[0][0]) else LEARNED
        return Said(
            tuple(Evidence(signal, signal.strength * factor + even) for signal in plain),
            [text for _, text in words],
            sum(strength * factor + even for strength, _ in words),
            first,
        )

    @property
    def telling(self) -> tuple[Signal, ...]:
        """What speaks for the goal, strongest first: no tables, and single words only where nothing better does."""
        if self._telling is None:
            plain = _strongest(self.ranking.plain_of(self.goal))
            better = [signal for signal in plain if signal.strength > 0 and signal.layer != "tabel"]
            words = [] if better else [part.signal for part in self.evidence if part.signal.layer == "kata"]
            self._telling = tuple(better or (signal for signal in words if signal.strength > 0))
        return self._telling

    @property
    def tables(self) -> tuple[Signal, ...]:
        """What official tables say for the goal."""
        return tuple(one for one in self.ranking.official if one.layer == "tabel" and one.goal == self.goal)

    @property
    def authority(self) -> str:
        """Who says so: the authority of the strongest signal."""
        return self.said.authority


LEARNED = "nomenklatur 2027 dan KP RPJMN"
"""Authority of learned words."""
LEARNED_NOTE = Text(
    "kata ini sering muncul pada program resmi untuk tujuan ini",
    "this word is frequent in official programmes of this goal",
)


def _strongest(signals: Iterable[Signal]) -> list[Signal]:
    return sorted(signals, key=lambda signal: (-signal.strength, signal.layer, signal.words))


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
    ordered = _strongest(signals)
    if total <= 0:
        even = confidence / len(ordered) if ordered else 0.0
        return tuple(Evidence(signal, even) for signal in ordered)
    return tuple(Evidence(signal, confidence * signal.strength / total) for signal in ordered)
