"""All layers together: signals in, ranked goals out."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from alignment_cli.finding import Text
from alignment_cli.match.alias import Aliases
from alignment_cli.match.code import code_signals
from alignment_cli.match.evidence import Match, Signal, shares
from alignment_cli.match.official_name import OfficialNames
from alignment_cli.match.words import Words, stemmer_of
from alignment_cli.nomenclature import PENUNJANG, Nomenclature

if TYPE_CHECKING:
    from alignment_cli.index.store import Index
    from alignment_cli.match.official_name import Likeness
    from alignment_cli.priorities import Prioritas

Basis = Literal["kode", "nama", "teks"]
"""What a ranking rests on: the item's own code, the code of an official name like its own, or its words alone."""


class Query(NamedTuple):
    """What is known of an item. `context` are names above it (programme, kegiatan, office)."""

    nama: str
    kode: str | None = None
    uraian: str = ""
    indikator: tuple[str, ...] = ()
    context: tuple[str, ...] = ()


FIELDS = {"uraian": 0.6, "indikator": 0.5, "context": 0.35}
"""How much a word counts outside the name."""


class Ranking(NamedTuple):
    """Goals and support with their signals; `scores` are log-odds, `share` the posterior of each (sums to 1). `text` is
    what the words alone say, as a posterior; `telling` counts the words that say anything.
    """

    basis: Basis
    signals: tuple[Signal, ...]
    scores: dict[str, float]
    share: dict[str, float]
    telling: int
    text: dict[str, float]


CHECK_ONLY = 0.25
"""Scale of text signals beside a code: the code decides, the text is only a check."""
BY_NAME = 0.9
"""Scale of a code that was found by name instead of given."""
REPEATED = 0.3
"""Scale of the text beside a code found by name: the code already rests on the same words."""


class Matcher:
    """Ranks goals for items. Texts that are the same are ranked once."""

    def __init__(self, index: Index, priorities: Prioritas, *, national: bool = True) -> None:
        """`national` is false for a framework of its own (`--priorities`): the crosswalk and the learned words know
        only the Asta Cita, so codes count by the goal's own `nomenklatur` and texts by its vocabulary.
        """
        self.priorities = priorities
        self.nomenclature = Nomenclature(index)
        self._national = national
        self._aliases = Aliases(priorities)
        self.names = OfficialNames(index, priorities.expansions)
        self.words = Words(index, priorities, stemmer_of(index, priorities.expansions), learned=national)
        self.rank = lru_cache(maxsize=200_000)(self._rank)

    def _rank(self, query: Query) -> Ranking:
        """Return all goals with what speaks for each."""
        basis, signals = self._by_code(query)
        texts = self._text_signals(query)
        scale = {"kode": CHECK_ONLY, "nama": REPEATED, "teks": 1.0}[basis]
        signals += [_scaled(signal, scale) for signal in texts]
        scores = self._sum(signals)
        text = _posterior(self._sum(texts))
        return Ranking(basis, tuple(signals), scores, _posterior(scores), self._telling(query), text)

    def _sum(self, signals: list[Signal]) -> dict[str, float]:
        scores: dict[str, float] = dict.fromkeys((*(goal.kode for goal in self.priorities.tujuan), PENUNJANG), 0.0)
        for signal in signals:
            if signal.goal in scores:
                scores[signal.goal] += signal.strength
        return scores

    def _telling(self, query: Query) -> int:
        return self.words.telling(" . ".join((query.nama, query.uraian, *query.indikator)))

    def _by_code(self, query: Query) -> tuple[Basis, list[Signal]]:
        given = self._code(query.kode) if query.kode else []
        if any(signal.layer == "kode" for signal in given) or not self._national:
            return ("kode" if given else "teks"), given
        # A code that the crosswalk does not reach leaves at most its bidang urusan's label in the C tables.
        likeness = self.names.find(query.nama)
        if not likeness:
            return "teks", given
        return self._by_name(query, likeness)

    def _code(self, kode: str) -> list[Signal]:
        if self._national:
            return code_signals(kode, self.nomenclature, self.priorities.priority_names)
        return [
            Signal("kode", goal.kode, 6.0, part, self.priorities.kerangka.nama, _OWN_CODE)
            for goal in self.priorities.tujuan
            for part in goal.nomenklatur
            if f"{kode}.".startswith(f"{part}.")
        ]

    def _by_name(self, query: Query, likeness: tuple[Likeness, ...]) -> tuple[Basis, list[Signal]]:
        """Take the code of the most alike official name. Where codes of that name lead to different goals, the ones
        whose own programme the context names decide; else each counts for its part.
        """
        codes = [(kode, like) for like in likeness for kode in like.codes]
        context = {kode for name in query.context for like in self.names.find(name) for kode in like.codes}
        above = [(kode, like) for kode, like in codes if any(kode.startswith(f"{part}.") for part in context)]
        signals: dict[tuple[str, str], Signal] = {}
        chosen = above or codes
        for kode, like in chosen:
            note = Text(
                f'nama mirip nomenklatur resmi "{like.name}" ({like.score:.0f} %)',
                f'name like the official "{like.name}" ({like.score:.0f} %)',
            )
            for signal in self._code(kode):
                scale = BY_NAME * (like.score / 100) ** 2 / len(chosen)
                merged = Text(f"{note.id}; {signal.note.id}", f"{note.en}; {signal.note.en}")
                key = (signal.layer, signal.goal)
                before = signals[key].strength if key in signals else 0.0
                strength = before + signal.strength * scale
                layer: Literal["nama", "tabel"] = "tabel" if signal.layer == "tabel" else "nama"
                signals[key] = Signal(layer, signal.goal, strength, kode, signal.authority, merged)
        return "nama", list(signals.values())

    def _text_signals(self, query: Query) -> list[Signal]:
        signals = self._aliases.signals(query.nama) + self.words.signals(query.nama)
        for text, factor in (
            (query.uraian, FIELDS["uraian"]),
            (" . ".join(query.indikator), FIELDS["indikator"]),
            (" . ".join(query.context), FIELDS["context"]),
        ):
            if text:
                signals += [_scaled(signal, factor) for signal in self._aliases.signals(text)]
                signals += self.words.signals(text, factor, in_name=False)
        return _once(signals)

    def national(self, query: Query) -> tuple[str, ...]:
        """Return the national programmes that an item names (not by a weak alias)."""
        text = " . ".join((query.nama, query.uraian, *query.indikator))
        return tuple(m.programme.kode for m in self._aliases.mentions(text) if not m.weak)

    def matches(self, ranking: Ranking, confidence: float) -> tuple[Match, ...]:
        """Return the goals of a ranking that anything speaks for, best first; the best has `confidence`, the others
        the part of the rest that their posterior gives them.
        """
        ordered = sorted(ranking.share, key=lambda goal: (-ranking.share[goal], goal))
        top = ordered[0]
        rest = 1 - ranking.share[top]
        found = []
        for goal in ordered:
            signals = [signal for signal in ranking.signals if signal.goal == goal]
            if goal == PENUNJANG or not any(signal.strength > 0 for signal in signals):
                continue
            sure = confidence if goal == top else (1 - confidence) * (ranking.share[goal] / rest if rest else 0)
            authority = max(signals, key=lambda signal: signal.strength).authority
            found.append(Match(goal, authority, sure, shares(signals, sure)))
        return tuple(found)


_OWN_CODE = Text("kode ini tercantum pada tujuan", "the goal lists this code")


def _scaled(signal: Signal, scale: float) -> Signal:
    if scale == 1.0:
        return signal
    return Signal(
        signal.layer,
        signal.goal,
        signal.strength * scale,
        signal.words,
        signal.authority,
        signal.note,
        signal.start,
        signal.end,
    )


def _once(signals: list[Signal]) -> list[Signal]:
    """Count the same words for the same goal once, at their strongest: repeating a word proves nothing."""
    strongest: dict[tuple[str, str, str], Signal] = {}
    for signal in signals:
        key = (signal.layer, signal.goal, signal.note.id if signal.layer != "kata" else signal.words.casefold())
        if key not in strongest or abs(signal.strength) > abs(strongest[key].strength):
            strongest[key] = signal
    return list(strongest.values())


def _posterior(scores: dict[str, float]) -> dict[str, float]:
    top = max(scores.values())
    raised = {goal: math.exp(score - top) for goal, score in scores.items()}
    total = sum(raised.values())
    return {goal: value / total for goal, value in raised.items()}
