"""Proposals for a word that is not known: "did you mean"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

CUTOFF = 70
"""Least similarity (rapidfuzz ratio, 0-100) at which a proposal helps more than it confuses."""


def closest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word most like `word`, or None when nothing is near. Case does not matter."""
    from rapidfuzz import fuzz, process

    found = process.extractOne(word, list(known), scorer=fuzz.ratio, processor=str.casefold, score_cutoff=CUTOFF)
    return str(found[0]) if found else None
