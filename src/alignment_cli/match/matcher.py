"""All layers together: signals in, ranked goals out."""

from __future__ import annotations

from operator import neg
from typing import TYPE_CHECKING, Literal, NamedTuple

from alignment_cli.finding import Text
from alignment_cli.match.alias import Aliases
from alignment_cli.match.code import Codes
from alignment_cli.match.evidence import Match, Signal
from alignment_cli.match.official_name import OfficialNames
from alignment_cli.match.ranking import Ranking, add_words, scaled
from alignment_cli.match.spelling import stemmer_of
from alignment_cli.match.words import SHARES, Words
from alignment_cli.nomenclature import PENUNJANG, Nomenclature

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alignment_cli.index.store import Index
    from alignment_cli.match.official_name import Likeness
    from alignment_cli.match.ranking import Basis
    from alignment_cli.match.words import Reading
    from alignment_cli.priorities import Prioritas


class Query(NamedTuple):
    """What is known of an item. `context` are names above it (programme, kegiatan, office)."""

    nama: str
    kode: str | None = None
    uraian: str = ""
    indikator: tuple[str, ...] = ()
    context: tuple[str, ...] = ()


BY_NAME = 0.9
"""Scale of a code that was found by name instead of given."""


class Matcher:
    """Ranks goals for items. Texts that are the same are read once."""

    def __init__(self, index: Index, priorities: Prioritas, *, national: bool = True) -> None:
        """`national` is false for a framework of its own (`--priorities`): the crosswalk and the learned words know
        only the Asta Cita, so codes count by the goal's own `nomenklatur` and texts by its vocabulary.
        """
        self.priorities = priorities
        self.nomenclature = Nomenclature(index)
        self._national = national
        self._codes = Codes(self.nomenclature, priorities.priority_names)
        self._aliases = Aliases(priorities)
        self.names = OfficialNames(index, priorities.expansions)
        self.words = Words(index, priorities, stemmer_of(index, priorities.expansions), learned=national)
        self._goals = (*(goal.kode for goal in priorities.tujuan), PENUNJANG)

    def canonical(self, query: Query) -> Query:
        """Return the query with its code as the nomenclature writes it: there the support of all offices is one."""
        kode = self.nomenclature.canonical(query.kode) if query.kode and self._national else query.kode
        return query if kode == query.kode else query._replace(kode=kode)

    def rank(self, query: Query) -> Ranking:
        """Return all goals with what speaks for each."""
        return Ranking(self, query)

    def heard(self, readings: list[Reading]) -> tuple[dict[str, float], set[str]]:
        """Return what texts add to the log-odds of every goal, and the goals that anything in them speaks for."""
        heard = dict.fromkeys(self._goals, 0.0)
        positive = add_words(readings, heard)
        # The same words for the same goal count once, at their strongest.
        strongest: dict[tuple[str, str], float] = {}
        for reading in readings:
            if self._aliases.may_name(reading.text):
                for signal in self._aliases.signals(reading.text):
                    _keep(strongest, (signal.goal, signal.note.id), signal.strength * SHARES[reading.field])
            for goal, strength, _, note in reading.rows:
                _keep(strongest, (goal, note.id), strength)
        for (goal, _), strength in strongest.items():
            if goal in heard:
                heard[goal] += strength
            if strength > 0:
                positive.add(goal)
        return heard, positive

    def telling(self, query: Query) -> int:
        """Count the words of an item that say anything."""
        return self.words.telling(" . ".join((query.nama, query.uraian, *query.indikator)))

    def by_code(self, query: Query) -> tuple[Basis, list[Signal]]:
        """Return the signals of an item's code, or of official names like its own, and what the ranking rests on."""
        given = self._code(query.kode) if query.kode else []
        if (given and given[0].layer == "kode") or not self._national:
            return ("kode" if given else "teks"), given
        # A code that the crosswalk does not reach leaves at most its bidang urusan's label in the C tables.
        likeness = self.names.find(query.nama)
        if not likeness:
            return "teks", given
        return self._by_name(query, likeness)

    def _code(self, kode: str) -> list[Signal]:
        if self._national:
            return self._codes.signals(kode)
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

    def readings(self, query: Query) -> list[Reading]:
        """Return what each field of an item says, in the order of `SHARES`."""
        further = (query.uraian, " . ".join(query.indikator), " . ".join(query.context))
        texts = zip(SHARES, (query.nama, *further), strict=True)
        return [self.words.read(text, field) for field, text in texts if text]

    def terms(self, readings: list[Reading]) -> Iterator[Signal]:
        """Yield the signals of texts that point to one goal each: aliases and curated terms."""
        for reading in readings:
            if self._aliases.may_name(reading.text):
                yield from (scaled(signal, SHARES[reading.field]) for signal in self._aliases.signals(reading.text))
            yield from reading.signals()

    def national(self, query: Query) -> tuple[str, ...]:
        """Return the national programmes that an item names (not by a weak alias)."""
        texts = (query.nama, query.uraian, *query.indikator)
        if not self._aliases.may_name(*texts):
            return ()
        return tuple(m.programme.kode for m in self._aliases.mentions(" . ".join(texts)) if not m.weak)

    def matches(self, ranking: Ranking, confidence: float) -> tuple[Match, ...]:
        """Return the goals of a ranking that anything speaks for, best first; the best has `confidence`, the others
        the part of the rest that their posterior gives them.
        """
        ordered = sorted(zip(map(neg, ranking.share.values()), ranking.share, strict=True))
        top = ordered[0][1]
        rest = 1 - ranking.share[top]
        found = []
        for minus, goal in ordered:
            if goal in ranking.speaking and goal != PENUNJANG:
                sure = confidence if goal == top else (1 - confidence) * (-minus / rest if rest else 0)
                found.append(Match(goal, sure, ranking))
        return tuple(found)


def _keep(strongest: dict[tuple[str, str], float], key: tuple[str, str], strength: float) -> None:
    before = strongest.get(key)
    if before is None or abs(strength) > abs(before):
        strongest[key] = strength


_OWN_CODE = Text("kode ini tercantum pada tujuan", "the goal lists this code")
