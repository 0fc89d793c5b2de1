"""The figures of a region that all views share: which goals an item touches, and its money by goal.

Three figures for each goal, all in rupiah: `touched` counts an item wholly for every goal that it claims or serves, so
the goals overlap; `split` divides an item over the goals that it serves, by the shares that the file gives, else wholly
to its main goal, so the goals, internal support, what serves no goal, and what programmes do not detail (`remainder`)
add up to all known money; `confirmed` is the part of `split` that is answered `selaras`. A goal that is claimed without
evidence is touched but gets no share, whatever the file gives it. A ceiling that is not known is counted as unknown and
never as 0: a sum is None where there is something to sum and nothing of it is known.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from alignment_cli.collaboration.analysis import analyse, resolver_of
from alignment_cli.match.judge import SUPPORTS
from alignment_cli.match.verdict import Status
from alignment_cli.nomenclature import PENUNJANG
from alignment_cli.readiness import readiness
from alignment_cli.report.amounts import divided, total
from alignment_cli.report.table import origin
from alignment_cli.result import counts
from alignment_cli.score import Score, score

if TYPE_CHECKING:
    from collections.abc import Iterable

    from alignment_cli.collaboration.analysis import Collaboration
    from alignment_cli.collaboration.partners import Office, Resolver
    from alignment_cli.context import Item
    from alignment_cli.match.verdict import Verdict
    from alignment_cli.readiness import Readiness
    from alignment_cli.reference import Reference
    from alignment_cli.region import Region
    from alignment_cli.report.table import Origin
    from alignment_cli.result import FileResult, Judged

WITHOUT = "tanpa_tujuan"
"""Stands where a goal would: the item serves no goal that the evidence supports."""


class Share(NamedTuple):
    """A part (0-1) of an item that goes to a goal, to `PENUNJANG` or to `WITHOUT`, and its rupiah (None: not known).
    `confirmed` tells that the answer is `selaras`.
    """

    goal: str
    part: float
    pagu: int | None
    confirmed: bool = False


class Entry(NamedTuple):
    """An item with the goals it is counted for. The shares add up to its ceiling; `touched` are all goals that it
    claims or serves; `claimed` those that it only claims, without evidence.
    """

    file: FileResult
    judged: Judged
    shares: tuple[Share, ...]
    touched: frozenset[str]
    claimed: frozenset[str]

    @property
    def item(self) -> Item:
        """The item."""
        return self.judged.item

    @property
    def verdict(self) -> Verdict:
        """Its answer."""
        return self.judged.verdict

    @property
    def origin(self) -> Origin:
        """Where it stands."""
        return origin(self.file, self.judged.item)

    def share(self, goal: str) -> Share | None:
        """Return its share in a goal."""
        return next((share for share in self.shares if share.goal == goal), None)


class Money(NamedTuple):
    """Items and rupiah of one goal, of `PENUNJANG` or of `WITHOUT`. `programmes` and `items` are those with a share in
    it, `aligned` the items whose share is confirmed, `unknown` the items without a ceiling.
    """

    programmes: int
    items: int
    aligned: int
    touched: int | None
    split: int | None
    confirmed: int | None
    unknown: int

    @property
    def review(self) -> int:
        """Items whose share is not confirmed."""
        return self.items - self.aligned


class Figures:
    """One region's plan: all files of one region, document and year."""

    def __init__(self, region: Region, reference: Reference) -> None:
        self.region, self.reference = region, reference
        self.files, self.priorities = region.files, reference.priorities

    @property
    def name(self) -> str:
        """Region, document and year."""
        return self.region.name

    @cached_property
    def collaboration(self) -> Collaboration:
        """Who works with whom."""
        return analyse(self.region, self.reference)

    @cached_property
    def readiness(self) -> tuple[Readiness, ...]:
        """How ready the region is for the national programmes."""
        return readiness(self.region, self.reference)

    @property
    def goals(self) -> list[str]:
        """Codes of all goals, in their order."""
        return [goal.kode for goal in self.priorities.tujuan]

    @cached_property
    def programmes(self) -> list[Entry]:
        """All programmes, in the order of the files."""
        return [self._entry(file, judged) for file in self.files for judged in file.programmes]

    @cached_property
    def leaves(self) -> list[Entry]:
        """The items that carry money: sub-activities, and programmes that have none."""
        return [self._entry(file, judged) for file in self.files for judged in file.leaves]

    @cached_property
    def score(self) -> Score | None:
        """The region's index with its parts and bounds."""
        return score(entry.judged for entry in self.leaves)

    @cached_property
    def money(self) -> dict[str, Money]:
        """Money by goal, then of internal support and of what serves no goal."""
        return {goal: self._money(goal) for goal in (*self.goals, PENUNJANG, WITHOUT)}

    @property
    def known(self) -> int | None:
        """All known ceilings of `leaves` in rupiah; the `split` figures add up to it."""
        return total(entry.item.pagu for entry in self.leaves)

    @property
    def unknown(self) -> int:
        """Number of `leaves` without a ceiling."""
        return unknown(self.leaves)

    @cached_property
    def remainders(self) -> list[tuple[Entry, int]]:
        """The programmes with sub-activities whose known ceilings do not fill the programme's, and what is left."""
        found = [(entry, (entry.item.pagu or 0) - detailed(entry)) for entry in self.programmes if entry.item.parts]
        return [(entry, left) for entry, left in found if left > 0]

    @property
    def remainder(self) -> int:
        """Rupiah of programmes that their sub-activities do not detail, and that no other figure holds."""
        return sum(left for _, left in self.remainders)

    def of_goal(self, goal: str) -> list[Entry]:
        """Return the money-carrying items with a share in a goal."""
        return [entry for entry in self.leaves if entry.share(goal) is not None]

    def touching(self, goal: str) -> list[Entry]:
        """Return the money-carrying items that touch a goal."""
        return [entry for entry in self.leaves if goal in entry.touched]

    def office(self, entry: Entry) -> Office | None:
        """Return the office of an item, the same one for all its spellings."""
        return self._resolver.office(entry.item.perangkat_daerah)

    @cached_property
    def _resolver(self) -> Resolver:
        return resolver_of(self.region, self.reference)

    def _money(self, goal: str) -> Money:
        own = [share for entry in self.leaves for share in entry.shares if share.goal == goal]
        return Money(
            sum(1 for entry in self.programmes if entry.share(goal) is not None),
            len(own),
            sum(1 for share in own if share.confirmed),
            total(entry.item.pagu for entry in self.touching(goal)),
            total(share.pagu for share in own),
            total(share.pagu for share in own if share.confirmed),
            sum(1 for share in own if share.pagu is None),
        )

    def _entry(self, file: FileResult, judged: Judged) -> Entry:
        verdict, pagu = judged.verdict, judged.item.pagu
        links = [(self.priorities.goal_code(link.tujuan), link) for link in judged.item.declared]
        declared = [(goal, link) for goal, link in links if goal is not None and link.status != "ditolak"]
        claimed = frozenset(goal for goal, _ in declared)
        if verdict.status is Status.PENUNJANG:
            return Entry(file, judged, (Share(PENUNJANG, 1.0, pagu),), claimed | {PENUNJANG}, claimed)
        if verdict.goal is None or not counts(verdict):
            return Entry(file, judged, (Share(WITHOUT, 1.0, pagu),), claimed | {WITHOUT}, claimed)
        approved = {goal for goal, link in declared if link.status == "disetujui"}
        served = frozenset({verdict.goal, *verdict.further, *approved, *(claimed & _supported(verdict))})
        parts: dict[str, Fraction] = {}
        for goal, porsi in ((goal, link.porsi) for goal, link in declared if goal in served):
            parts[goal] = parts.get(goal, Fraction()) + Fraction(porsi or 0)
        if any(link.porsi is None for goal, link in declared if goal in served) or not parts.get(verdict.goal):
            parts = {verdict.goal: Fraction(1)}
        parts = {goal: part / sum(parts.values()) for goal, part in parts.items() if part}
        shares = tuple(
            Share(goal, float(part), piece, verdict.status is Status.SELARAS)
            for (goal, part), piece in zip(parts.items(), divided(pagu, parts.values()), strict=True)
        )
        return Entry(file, judged, shares, claimed | served, claimed - served)


def _supported(verdict: Verdict) -> set[str]:
    """Return the goals that code, table or text support at all, as a claim is judged (`match.judge`)."""
    return {
        match.goal
        for match in verdict.matches
        if any(part.signal.layer in ("kode", "nama", "tabel") for part in match.evidence)
        or sum(part.signal.strength for part in match.evidence) >= SUPPORTS
    }


def unknown(entries: Iterable[Entry]) -> int:
    """Return the number of items without a ceiling."""
    return sum(1 for entry in entries if entry.item.pagu is None)


def detailed(programme: Entry) -> int:
    """Return the known rupiah of a programme's sub-activities."""
    return sum(part.pagu or 0 for part in programme.item.parts)
