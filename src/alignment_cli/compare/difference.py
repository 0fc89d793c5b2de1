"""What differs between two plans: items, money by goal, findings, and whether the alignment got worse."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from alignment_cli.compare.findings import between
from alignment_cli.compare.item_changes import Change, changed, is_leaf
from alignment_cli.compare.match_items import match
from alignment_cli.nomenclature import PENUNJANG
from alignment_cli.report.figures import WITHOUT

if TYPE_CHECKING:
    from alignment_cli.compare.findings import Findings
    from alignment_cli.compare.match_items import Pair
    from alignment_cli.report.figures import Entry, Figures

Worse = Literal["indeks", "tujuan_kosong", "pagu_selaras"]
"""How alignment got worse: the index fell, a goal lost its last programme, confirmed money fell."""


class Amount(NamedTuple):
    """Money of one item for one goal, in rupiah; None where the item does not count for it, or has no ceiling."""

    goal: str
    pair: Pair
    before: int | None
    after: int | None
    confirmed_before: int
    confirmed_after: int

    @property
    def change(self) -> int:
        """By how much the goal's money changed; what is not known counts as nothing."""
        return (self.after or 0) - (self.before or 0)


class Difference:
    """Two plans, `before` and `after`; they may be of different years, documents or regions."""

    def __init__(self, before: Figures, after: Figures) -> None:
        self.before, self.after = before, after

    @property
    def goals(self) -> list[str]:
        """Codes of all goals, in their order; the priorities are the same for both sides."""
        return self.after.goals

    @property
    def rows(self) -> list[str]:
        """The goals, then where money goes that goes to no goal."""
        return [*self.goals, PENUNJANG, WITHOUT]

    @cached_property
    def pairs(self) -> list[Pair]:
        """All items, programmes and sub-activities."""
        return match(_items(self.before), _items(self.after))

    @cached_property
    def changes(self) -> list[Change]:
        """The items of which anything changed."""
        found = [Change(pair, tuple(changed(pair))) for pair in self.pairs]
        return [change for change in found if change.what]

    @property
    def programmes(self) -> list[Change]:
        """The programmes of which anything changed."""
        return [change for change in self.changes if change.entry.item.parent is None]

    @cached_property
    def amounts(self) -> list[Amount]:
        """All items with all goals that they count for, before or after: the changes of a goal's rows add up to the
        change of its split money.
        """
        return [amount for pair in self.pairs for amount in _amounts(pair)]

    def of_goal(self, goal: str) -> list[Change]:
        """Return the changed items with a share in a goal on either side."""
        return [change for change in self.changes if any(e and e.share(goal) is not None for e in change.pair)]

    @cached_property
    def findings(self) -> Findings:
        """The findings that differ."""
        return between(self.before.files, self.after.files)

    def confirmed(self, figures: Figures) -> int:
        """Return the known confirmed money of all goals, in rupiah."""
        return sum(figures.money[goal].confirmed or 0 for goal in self.goals)

    @property
    def emptied(self) -> list[str]:
        """The goals that lost their last programme."""
        return self._only(self.before, self.after)

    @property
    def filled(self) -> list[str]:
        """The goals that got their first programme."""
        return self._only(self.after, self.before)

    def _only(self, having: Figures, lacking: Figures) -> list[str]:
        return [goal for goal in self.goals if serves(having, goal) and not serves(lacking, goal)]

    @property
    def same_weight(self) -> bool:
        """Tell whether both indices weigh by the same thing, money or items; else they cannot be compared."""
        before, after = self.before.score, self.after.score
        return before is not None and after is not None and before.weight == after.weight

    @property
    def worse(self) -> list[Worse]:
        """In what alignment got worse."""
        found: list[Worse] = []
        before, after = self.before.score, self.after.score
        # In whole numbers: two fractions that are the same need not be the same float.
        if before and after and self.same_weight and after.aligned * before.total < before.aligned * after.total:
            found.append("indeks")
        if self.emptied:
            found.append("tujuan_kosong")
        if self.confirmed(self.after) < self.confirmed(self.before):
            found.append("pagu_selaras")
        return found


def serves(figures: Figures, goal: str) -> bool:
    """Tell whether any item, programme or sub-activity, counts for a goal."""
    return bool(figures.money[goal].programmes or figures.money[goal].items)


def _items(figures: Figures) -> list[Entry]:
    return [*figures.programmes, *(entry for entry in figures.leaves if entry.item.parent is not None)]


def _amounts(pair: Pair) -> list[Amount]:
    sides = [entry if is_leaf(entry) else None for entry in pair]
    goals = dict.fromkeys(share.goal for entry in sides if entry for share in entry.shares)
    found = []
    for goal in goals:
        shares = [entry.share(goal) if entry else None for entry in sides]
        split = [share.pagu if share else None for share in shares]
        sure = [share.pagu or 0 if share and share.confirmed else 0 for share in shares]
        found.append(Amount(goal, pair, split[0], split[1], sure[0], sure[1]))
    return found
