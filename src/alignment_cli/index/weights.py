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
from typing import TYPE_CHECKING

from alignment_cli.nomenclature import PENUNJANG

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

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


def packed(learned: Mapping[str, tuple[list[float], float]]) -> tuple[str, bytes]:
    """Return the terms, one a line, and their weights one after the other: the form kept in the index."""
    terms_in_order = sorted(learned)
    values = array("f", [weight for term in terms_in_order for weight in learned[term][0]])
    return "\n".join(terms_in_order), values.tobytes()


class Weights:
    """The learned weights as the index keeps them."""

    def __init__(self, terms: str, values: bytes) -> None:
        self._places = {term: place for place, term in enumerate(terms.split("\n"))}
        self._values = array("f", values)

    def get(self, term: str) -> Sequence[float] | None:
        """Return the weights of a term in the order of `CLASSES`, None when it was not learned."""
        place = self._places.get(term)
        if place is None:
            return None
        return self._values[place * len(CLASSES) : (place + 1) * len(CLASSES)]
