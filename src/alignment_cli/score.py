"""How much of a plan is aligned: one index with its parts and bounds, weighted by money where money is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from alignment_cli.match.verdict import Status

if TYPE_CHECKING:
    from collections.abc import Iterable

    from alignment_cli.result import FileResult, Judged

KNOWN = 0.9
"""Part of the items that must have a ceiling for money to weigh; below, every item weighs the same. Otherwise the index
would speak of the few items that happen to have one.
"""
OPEN = (Status.PERLU_TINJAU, Status.TEKS_KURANG)
"""Answers that may still turn out aligned."""


class Score(NamedTuple):
    """Aligned part of the items that should serve a goal (all but internal support). `aligned`, `open` and `total` are
    rupiah or items, as `weight` says; `items` counts the items, `unknown` those without a ceiling.
    """

    weight: Literal["pagu", "butir"]
    aligned: int
    open: int
    total: int
    items: int
    unknown: int

    @property
    def value(self) -> float:
        """Aligned part, 0-1. The lower bound: nothing that is open counts."""
        return self.aligned / self.total

    @property
    def upper(self) -> float:
        """Aligned part (0-1) if all that is open turns out aligned."""
        return (self.aligned + self.open) / self.total


def score(leaves: Iterable[Judged]) -> Score | None:
    """Return the score of items that carry money; None when none of them should serve a goal."""
    base = [judged for judged in leaves if judged.verdict.status is not Status.PENUNJANG]
    known = [judged for judged in base if judged.item.pagu is not None]
    money = len(known) >= KNOWN * len(base) and any(judged.item.pagu for judged in known)
    weights = [(judged.verdict.status, (judged.item.pagu or 0) if money else 1) for judged in base]
    total = sum(weight for _, weight in weights)
    if not total:
        return None
    return Score(
        "pagu" if money else "butir",
        sum(weight for status, weight in weights if status is Status.SELARAS),
        sum(weight for status, weight in weights if status in OPEN),
        total,
        len(base),
        len(base) - len(known),
    )


def of_goal(files: Iterable[FileResult], goal: str) -> Score | None:
    """Return the score of the items that are held to one goal, claimed or found."""
    return score(judged for file in files for judged in file.leaves if judged.verdict.goal == goal)
