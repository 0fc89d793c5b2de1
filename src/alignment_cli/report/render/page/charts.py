"""The drawings of a region as numbers for the template: index, money by goal, programmes by goals, years."""

from __future__ import annotations

from collections import defaultdict
from math import log10
from typing import TYPE_CHECKING, NamedTuple

from alignment_cli.match.verdict import Status
from alignment_cli.numbers import short_rupiah
from alignment_cli.region import region_name
from alignment_cli.render.concise import one_line
from alignment_cli.report.amounts import total
from alignment_cli.report.render.cells import share
from alignment_cli.report.words import goal_code, goal_name
from alignment_cli.score import OPEN

if TYPE_CHECKING:
    from alignment_cli.model import Berkas
    from alignment_cli.report.figures import Entry, Figures, Share
    from alignment_cli.report.render import Part
    from alignment_cli.report.render.page.pool import Pool
    from alignment_cli.score import Score

BAND = 25
"""Programmes in one drawing of the map, so that it fits on a printed page."""
STEPS = 5
"""Shades of the map."""
WIDTH = 300
"""Width of the longest bar."""
_NAME = 48
"""Characters of a programme's name beside the map."""


class Piece(NamedTuple):
    """A part of the index (0-1) from `start`, with its set of items."""

    name: str
    start: float
    part: float
    text: str
    key: str
    many: int


class Amount(NamedTuple):
    """Rupiah as the width of a bar and as text."""

    width: float
    text: str


class Bar(NamedTuple):
    """The money of one goal in three figures, the number of items without a ceiling, and
    the key of its items, if any.
    """

    code: str
    name: str
    touched: Amount
    split: Amount
    confirmed: Amount
    unknown: int
    key: str | None


class Square(NamedTuple):
    """A programme's money for one goal: column, shade (1 to `STEPS`), text, whether all of it is confirmed."""

    column: int
    shade: int
    text: str
    sure: bool
    many: int
    key: str


class Line(NamedTuple):
    """A programme on the map."""

    name: str
    short: str
    key: str
    squares: list[Square]


class Heat(NamedTuple):
    """The map: bands of programmes, and the key and number of the programmes that serve no goal."""

    goals: list[str]
    bands: list[list[Line]]
    none: int
    none_key: str


class Point(NamedTuple):
    """A plan on the timeline: position, year and document, the aligned part and its upper bound (0-1), its number."""

    x: float
    year: str
    document: str
    value: float
    upper: float
    text: str
    plan: int


def index(figures: Figures, plan: int, pool: Pool, words: dict[str, str]) -> list[Piece]:
    """Return the parts of the index: aligned, open, the rest."""
    score = figures.score
    if score is None:
        return []
    shares = (("aligned", score.aligned), ("open", score.open), ("rest", score.total - score.aligned - score.open))
    pieces, start = [], 0.0
    for name, amount in shares:
        own = [entry for entry in figures.leaves if _answer(entry) == name]
        part = amount / score.total
        key = pool.add(f"{plan}.indeks.{name}", f"{words['index']}: {words[name]}", pool.of(own))
        pieces.append(Piece(name, start, part, share(part, pool.lang), key, len(own)))
        start += part
    return pieces


def _answer(entry: Entry) -> str:
    status = entry.verdict.status
    if status is Status.PENUNJANG:
        return ""
    return "aligned" if status is Status.SELARAS else "open" if status in OPEN else "rest"


def bars(figures: Figures, plan: int, pool: Pool, words: dict[str, str]) -> list[Bar]:
    """Return a bar for every goal, for internal support and for what serves no goal; none where no money is known."""
    most = max((money.touched or 0 for money in figures.money.values()), default=0)
    if not most:
        return []
    found = []
    for goal, money in figures.money.items():
        name = goal_name(goal, figures.priorities).in_(pool.lang)
        code = goal_code(goal) or ""
        label = f"{words['bars']}: {' '.join(filter(None, (code, name)))}"
        touching = pool.of(figures.touching(goal))
        key = pool.add(f"{plan}.pagu.{goal}", label, touching, goal) if touching else None
        amounts = [Amount(round((amount or 0) / most * WIDTH, 1), short_rupiah(amount, pool.lang))
                   for amount in (money.touched, money.split, money.confirmed if code else None)]  # fmt: skip
        found.append(Bar(code, name, amounts[0], amounts[1], amounts[2], money.unknown, key))
    return found


def heat(figures: Figures, plan: int, pool: Pool, words: dict[str, str]) -> Heat:
    """Return the money of every programme for every goal that it or its sub-activities have a share in."""
    of: dict[int, list[Entry]] = defaultdict(list)
    for entry in figures.leaves:
        of[id(entry.item.parent or entry.item)].append(entry)
    listed = [_Programme(entry, of[id(entry.item)], figures.goals) for entry in figures.programmes]
    serving = sorted((one for one in listed if one.serving), key=lambda one: -one.known)
    top = max((_known(shares) or 0 for one in serving for shares in one.serving.values()), default=0)
    lines = [_line(one, top, plan, pool) for one in serving]
    others = pool.of(one.programme for one in listed if not one.serving)
    none_key = pool.add(f"{plan}.peta.lain", words["heat_none"].format(n=len(others)), others)
    bands = [lines[start : start + BAND] for start in range(0, len(lines), BAND)]
    return Heat(figures.goals, bands, len(others), none_key)


class _Programme:
    """A programme with the items that carry its money, and their shares by goal."""

    def __init__(self, programme: Entry, items: list[Entry], goals: list[str]) -> None:
        self.programme, self.items = programme, items
        by_goal = {goal: [(one, found) for one in items if (found := one.share(goal)) is not None] for goal in goals}
        self.serving = {goal: shares for goal, shares in by_goal.items() if shares}
        self.known = sum(_known(shares) or 0 for shares in self.serving.values())


def _known(shares: list[tuple[Entry, Share]]) -> int | None:
    return total(share.pagu for _, share in shares)


def _line(one: _Programme, top: int, plan: int, pool: Pool) -> Line:
    name = one_line(one.programme.item.nama)
    own = f"{plan}.peta.{pool.of([one.programme])[0]}"
    squares = []
    for goal, shares in one.serving.items():
        money = _known(shares)
        key = pool.add(f"{own}.{goal}", f"{name}, {goal}", pool.of(entry for entry, _ in shares), goal)
        text = short_rupiah(money, pool.lang).removeprefix("Rp ")
        sure = all(share.confirmed for _, share in shares)
        squares.append(Square(pool.goals.index(goal), _shade(money, top), text, sure, len(shares), key))
    key = pool.add(own, name, pool.of(one.items))
    return Line(name, name if len(name) <= _NAME else f"{name[: _NAME - 1].rstrip()}\u2026", key, squares)


def _shade(money: int | None, top: int) -> int:
    """Return the shade of an amount: one step for each half order of magnitude below the largest."""
    if not money:
        return 0
    return max(1, STEPS - int(2 * log10(top / money)))


def timelines(parts: list[Part], pool: Pool) -> list[tuple[str, list[Point]]]:
    """Return, for every region with plans of several years, its plans with a score by year."""
    of: dict[str, list[_Scored]] = defaultdict(list)
    for plan, part in enumerate(parts):
        header, reached = part.figures.region.header, part.figures.score
        if reached is not None:
            of[header.daerah.kode or region_name(header.daerah.nama)].append(_Scored(header, reached, plan))
    found = []
    for group in of.values():
        group.sort(key=lambda one: (one.header.tahun, one.header.dokumen))
        if group[0].header.tahun != group[-1].header.tahun:
            points = [
                Point(i / (len(group) - 1), str(one.header.tahun), one.header.dokumen, one.score.value,
                      one.score.upper, share(one.score.value, pool.lang), one.plan)
                for i, one in enumerate(group)
            ]  # fmt: skip
            found.append((group[0].header.daerah.nama, points))
    return found


class _Scored(NamedTuple):
    header: Berkas
    score: Score
    plan: int
