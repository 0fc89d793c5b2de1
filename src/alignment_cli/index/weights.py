"""What each word and word pair says about each goal, learned from everything that official sources label.

The model is multinomial naive Bayes with equal priors: the weight of a term for a goal is the logarithm of how much
more often it occurs under that goal than under the average of all goals. Weights of a text's terms therefore add up,
which is what makes a verdict explainable. No goal gets ahead for being large (PN2 alone has 28 % of all KP).
"""

from __future__ import annotations

import math
from array import array
from collections import defaultdict
from itertools import pairwise
from struct import Struct
from typing import TYPE_CHECKING

from alignment_cli.nomenclature import PENUNJANG

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

CLASSES = (*(f"AC{n}" for n in range(1, 9)), PENUNJANG)
"""Order of the weights of a term."""

NAME, INDICATOR, DEFINITION, PRIORITY, TERM = 1.0, 0.5, 0.25, 2.0, 4.0
"""How much one occurrence counts, by where it stands."""
SMOOTHING = 0.5
MIN_COUNT = 1.0
"""Terms seen less than this are left out: a single definition's word proves nothing."""


def terms(stems: Sequence[str]) -> Iterator[str]:
    """Yield the stems and the pairs of neighbours of a text."""
    yield from stems
    for first, second in pairwise(stems):
        yield f"{first} {second}"


def learn(examples: Iterable[tuple[Sequence[str], str, float]]) -> dict[str, tuple[list[float], float]]:
    """Return, for every term, its weight for each of `CLASSES` and how often it was seen."""
    counts: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    totals: dict[str, float] = defaultdict(float)
    for stems, goal, weight in examples:
        for term in set(terms(stems)):
            counts[term][goal] += weight
            totals[goal] += weight
    return {
        term: (_weights(seen, totals), float(sum(seen.values())))
        for term, seen in counts.items()
        if sum(seen.values()) >= MIN_COUNT
    }


def _weights(seen: Mapping[str, float], totals: Mapping[str, float]) -> list[float]:
    rates = [seen.get(goal, 0.0) / totals[goal] for goal in CLASSES]
    mean = sum(rates) / len(rates)
    floor = SMOOTHING / min(totals[goal] for goal in CLASSES)
    return [math.log((rate + floor) / (mean + floor)) for rate in rates]


FIELDS = {"nama": 20, "uraian": 12, "indikator": 10, "context": 7}
"""How much a word counts by the field it stands in, in twentieths, the strongest first."""
WORD, PAIR = 7, 10
"""How much the learned weight of a word and of a pair of neighbours counts, in twentieths."""
MIN_LEARNED = 0.15
"""Learned weights that count for less than this are noise."""
EXACT = 1 << 26
"""Weights are whole numbers of this part: those that count are single-precision numbers of at least 0.25, so that
nothing is lost, sums do not depend on their order, and all goals are summed at once, each in a lane of a large number.
"""
UNIT = 1 / (EXACT * 400)
"""One in a sum, as log-odds: a weight is multiplied by twentieths twice."""

_LANE, _COUNT = 64, 32
_ZERO, _BIAS = 1 << 40, 1 << 62
_GOALS = range(len(CLASSES))
_ALL = (1 << len(CLASSES)) - 1
_LANES = _LANE * len(CLASSES)
_ROW = Struct(f"<{len(CLASSES) + 1}Q")
_SUMS = Struct(f"<{len(CLASSES)}Q{len(CLASSES)}I")


def _by_set(width: int, value: int, start: int = 0) -> list[int]:
    """Return, for every set of goals (one bit each), a number with `value` in the lanes of those goals."""
    found = [0]
    for goal in _GOALS:
        lane = value << (start + width * goal)
        found += [others + lane for others in found]
    return found


_KEPT, _NOUGHT = _by_set(_LANE, (1 << _LANE) - 1), _by_set(_LANE, _ZERO)
_POSITIVE = _by_set(_COUNT, 1, _LANES)


def packed(learned: Mapping[str, tuple[list[float], float]], filler: Collection[str]) -> tuple[str, bytes]:
    """Return the terms, one a line, and a row of each: the form kept in the index. A row holds the weights of the
    goals, which of them are positive, and which count in each of `FIELDS`; of terms of `filler` none does.
    """
    terms_in_order = sorted(learned)
    return "\n".join(terms_in_order), b"".join(_row(term, learned[term][0], filler) for term in terms_in_order)


def _row(term: str, weights: list[float], filler: Collection[str]) -> bytes:
    single = array("f", weights)
    share = (PAIR if " " in term else WORD) / 20
    counting = [0 if all(word in filler for word in term.split(" ")) else _set_of(single, share * (factor / 20))
                for factor in FIELDS.values()]  # fmt: skip
    lanes = [_ZERO + round(weight * EXACT) for weight in single]
    sets = (*counting, sum(1 << goal for goal in _GOALS if single[goal] > 0))
    return _ROW.pack(*lanes, sum(bits << (len(CLASSES) * n) for n, bits in enumerate(sets)))


def _set_of(weights: Sequence[float], factor: float) -> int:
    return sum(1 << goal for goal in _GOALS if abs(weights[goal] * factor) >= MIN_LEARNED)


class Weights:
    """The learned weights as the index keeps them."""

    def __init__(self, terms: str, rows: bytes) -> None:
        self._places = {term: place for place, term in enumerate(terms.split("\n"))} if terms else {}
        self._rows = rows

    def __contains__(self, term: str) -> bool:
        """Tell whether a term was learned."""
        return term in self._places

    def row(self, term: str) -> int:
        """Return the row of a term as a number, 0 when it was not learned."""
        place = self._places.get(term)
        return 0 if place is None else int.from_bytes(self._rows[place * _ROW.size : (place + 1) * _ROW.size], "little")


class Parts(dict[str, int]):
    """What words, and pairs of neighbours, add to the log-odds of all goals in one field: large numbers to be summed,
    0 where they say nothing. Two joined by ``|`` count by the stronger of both for every goal.
    """

    MOST = 200_000
    """Parts kept; then they are collected anew."""

    def __init__(self, weights: Weights, field: str) -> None:
        super().__init__()
        self._weights, self._factor = weights, FIELDS[field]
        self.rows = Rows(self)
        self._shift = _LANES + len(CLASSES) * list(FIELDS).index(field)

    def __missing__(self, part: str) -> int:
        """Return what a part adds, and keep it."""
        if len(self) >= self.MOST:
            self.clear()
        self[part] = value = self._joined(part) if "|" in part else self._of(part)
        return value

    def _of(self, part: str) -> int:
        row = self._weights.row(part)
        bits = row >> self._shift & _ALL
        if not bits:
            return 0
        factor = self._factor * (PAIR if " " in part else WORD)
        return ((row & _KEPT[bits]) - _NOUGHT[bits]) * factor + _POSITIVE[row >> _SIGNS & bits]

    def _joined(self, part: str) -> int:
        first, _, rest = part.partition("|")
        return stronger(self[first], self[rest])


class Rows(dict[str, tuple[float, ...]]):
    """What words, and pairs of neighbours, add to the log-odds of each of `CLASSES`."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts

    def __missing__(self, part: str) -> tuple[float, ...]:
        """Return what a part adds, and keep it."""
        if len(self) >= Parts.MOST:
            self.clear()
        self[part] = row = tuple([lane * UNIT for lane in lanes(self._parts[part])[0]])
        return row


_SIGNS = _LANES + len(CLASSES) * len(FIELDS)


def lanes(total: int) -> tuple[list[int], tuple[int, ...]]:
    """Return what a sum holds: for each of `CLASSES` the log-odds in units of `UNIT`, and how many terms add to it."""
    values = _SUMS.unpack((total + _BIASES).to_bytes(_SUMS.size, "little"))
    return [value - _BIAS for value in values[: len(CLASSES)]], values[len(CLASSES) :]


_BIASES = _by_set(_LANE, _BIAS)[_ALL]


def stronger(first: int, second: int) -> int:
    """Return, for every goal, the stronger of two parts; the first where they are as strong."""
    both = zip(lanes(first)[0], lanes(second)[0], strict=True)
    kept = [b if abs(b) > abs(a) else a for a, b in both]
    values = sum(value << (_LANE * goal) for goal, value in enumerate(kept))
    return values + _POSITIVE[sum(1 << goal for goal, value in enumerate(kept) if value > 0)]
