"""Sums and shares of rupiah, where not every amount is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from fractions import Fraction


def total(amounts: Iterable[int | None]) -> int | None:
    """Return the sum of the amounts that are known; None where there are amounts and none is known."""
    listed = list(amounts)
    known = [amount for amount in listed if amount is not None]
    return sum(known) if known or not listed else None


def divided(amount: int | None, parts: Iterable[Fraction]) -> list[int | None]:
    """Divide whole rupiah by `parts`, which add up to 1, so that the pieces add up to it (largest remainders first)."""
    weights = list(parts)
    if amount is None:
        return [None] * len(weights)
    exact = [amount * weight for weight in weights]
    pieces = [int(piece) for piece in exact]
    order = sorted(range(len(weights)), key=lambda n: (pieces[n] - exact[n], n))
    for n in order[: amount - sum(pieces)]:
        pieces[n] += 1
    return list(pieces)
