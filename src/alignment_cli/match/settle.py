"""What text would settle a doubtful item: indicators of official sub-activities near it, one list per goal."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from alignment_cli.index.store import Index
    from alignment_cli.match.matcher import Matcher

POOL = 60
"""Official sub-activities looked at, the most alike first."""
LEAST = 45.0
"""Least likeness (rapidfuzz token_set_ratio, 0-100) of a name worth showing."""


class Example(NamedTuple):
    """An official sub-activity like the item, with the indicator that shows its goal."""

    kode: str
    nama: str
    indikator: str


def examples(wanted: dict[str, str], index: Index, matcher: Matcher, most: int = 2) -> dict[str, list[Example]]:
    """Return, for each goal, up to `most` official sub-activities that serve it by the crosswalk and are most like
    the words that `wanted` gives for that goal.
    """
    from rapidfuzz import fuzz, process, utils

    rows = index.all(
        "SELECT kode, nama, indikator FROM nomenklatur WHERE jenjang = 'sub_kegiatan' AND indikator != '' ORDER BY kode"
    )
    names = [row[1] for row in rows]
    found: dict[str, list[Example]] = {}
    for goal, words in wanted.items():
        near = process.extract(
            words, names, scorer=fuzz.token_set_ratio, processor=utils.default_process, limit=POOL, score_cutoff=LEAST
        )
        listed = found.setdefault(goal, [])
        for name, _, place in near:
            crossing = matcher.nomenclature.crossing(rows[place][0])
            fits = crossing is not None and crossing.tujuan == goal and len(listed) < most
            if fits and all(example.nama != name for example in listed):
                listed.append(Example(*rows[place]))
    return found
