"""All layers together: signals in, ranked goals out."""

from __future__ import annotations

from functools import lru_cache
from operator import neg
from typing import TYPE_CHECKING, Literal, NamedTuple

from alignment_cli.finding import Text
from alignment_cli.match.alias import Aliases
from alignment_cli.match.code import Codes
from alignment_cli.match.evidence import Match, Signal, once
from alignment_cli.match.official_name import OfficialNames
from alignment_cli.match.ranking import Ranking, merged, posterior, scaled, speaking, totals
from alignment_cli.match.spelling import stemmer_of
from alignment_cli.match.words import FIELDS, Words
from alignment_cli.nomenclature import PENUNJANG, Nomenclature

if TYPE_CHECKING:
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


CHECK_ONLY = 0.25
"""Scale of text signals beside a code: the code decides, the text is only a check."""
BY_NAME = 0.9
"""Scale of a code that was found by name instead of given."""
REPEATED = 0.3
"""Scale of the text beside a code found by name: the code already rests on the same words."""
SCALE: dict[Basis, float] = {"kode": CHECK_ONLY, "nama": REPEATED, "teks": 1.0}


class Matcher:
    """Ranks goals for items. Texts that are the same are ranked once."""

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
        self.rank = lru_cache(maxsize=200_000)(self._rank)

    def canonical(self, query: Query) -> Query:
        """Return the query with its code as the nomenclature writes it: there the support of all offices is one."""
        kode = self.nomenclature.canonical(query.kode) if query.kode and self._national else query.kode
        return query if kode == query.kode else query._replace(kode=kode)

    def _rank(self, query: Query) -> Ranking:
        """Return all goals with what speaks for each."""
        basis, official = self._by_code(query)
        readings = self._readings(query)
        terms = once([(signal.note.id, signal) for signal in self._terms(readings)])
        words = merged(readings)
        scale = SCALE[basis]
        heard = totals(self._goals, terms, words)
        scores = {goal: strength * scale for goal, strength in heard.items()}
        for signal in official:
            if signal.goal in scores:
                scores[signal.goal] += signal.strength
        speaks = speaking(scores, (*official, *terms), words)
        return Ranking(basis, official, terms, readings, scale, scores, posterior(scores), heard, speaks)

    def telling(self, query: Query) -> int:
        """Count the words of an item that say anything."""
        return self.words.telling(" . ".join((query.nama, query.uraian, *query.indikator)))

    def _by_code(self, query: Query) -> tuple[Basis, list[Signal]]:
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

    def _readings(self, query: Query) -> list[Reading]:
        """Return what each field of an item says, in the order of `FIELDS`."""
        further = (query.uraian, " . ".join(query.indikator), " . ".join(query.context))
        texts = zip(FIELDS, (query.nama, *further), strict=True)
        return [self.words.read(text, field) for field, text in texts if text]

    def _terms(self, readings: list[Reading]) -> list[Signal]:
        """Return the signals of texts that point to one goal each: aliases and curated terms."""
        found: list[Signal] = []
        for reading in readings:
            if self._aliases.may_name(reading.text):
                found += [scaled(signal, FIELDS[reading.field]) for signal in self._aliases.signals(reading.text)]
            found += reading.signals
        return found

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


_OWN_CODE = Text("kode ini tercantum pada tujuan", "the goal lists this code")
