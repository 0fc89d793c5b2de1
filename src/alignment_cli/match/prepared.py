"""Answers that were worked out when the index was compiled: those for official items, which most plans consist of.

An official item has its own code, its official name, no indicator or its official one, and stands below its programme,
with or without its kegiatan. What is prepared is what `Judge` says; a test holds one against the other.
"""

from __future__ import annotations

import json
import sys
from array import array
from bisect import bisect_left
from functools import cached_property, lru_cache
from hashlib import blake2b
from itertools import accumulate, product
from struct import Struct, pack
from typing import TYPE_CHECKING

from alignment_cli.match import calibration
from alignment_cli.match.evidence import Match
from alignment_cli.match.matcher import Query
from alignment_cli.match.verdict import Reason, Status, Verdict
from alignment_cli.nomenclature import PENUNJANG, ancestors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from alignment_cli.index.store import Index
    from alignment_cli.match.calibration import Calibration
    from alignment_cli.match.matcher import Matcher
    from alignment_cli.match.ranking import Ranking

_STATUSES, _REASONS = tuple(Status), tuple(Reason)
_HEAD = Struct("<BBHBd")
"""Status, goal (its number from 1, 0 for none), reasons (one bit each), number of matches, support."""
_MATCHES = [Struct("<" + "Bd" * count) for count in range(20)]
"""Goal and confidence of each match."""
_GROUP, _ONE = "\x1e", "\x1f"
"""Between themes, national programmes and further goals, which follow as text, and between the members of each."""


def key_of(query: Query) -> int | None:
    """Return what a query is kept under; None for one that cannot be among the official ones. Case does not matter."""
    if query.kode is None or query.uraian:
        return None
    parts = (query.kode, query.nama, str(len(query.indikator)), *query.indikator, *query.context)
    text = "\n".join(parts)
    if not text.isascii() or text.count("\n") >= len(parts):
        return None
    return int.from_bytes(blake2b(text.lower().encode(), digest_size=8).digest(), "little")


class Prepared:
    """The answers that the index holds, for its own calibration and the shipped priorities."""

    def __init__(self, index: Index, matcher: Matcher) -> None:
        self._index = index
        self._goals = _goals_of(matcher)

    @cached_property
    def _kept(self) -> tuple[array[int], array[int], bytes]:
        """All keys in order, where the answer of each begins and ends, and the answers."""
        raw: bytes = self._index.columns("putusan")[1]
        count = int.from_bytes(raw[:8], "little")
        keys, ends = array("Q", raw[8 : 8 + 8 * count]), array("I", raw[8 + 8 * count : 12 + 12 * count])
        if sys.byteorder == "big":
            keys.byteswap()
            ends.byteswap()
        return keys, ends, raw[12 + 12 * count :]

    def fits(self, own: Calibration) -> bool:
        """Tell whether the answers were worked out with this calibration."""
        kept = self._index.find("kalibrasi")
        return kept is not None and calibration.parse(json.loads(kept)) == own

    def get(self, query: Query, ranking: Ranking) -> Verdict | None:
        """Return the answer for a query, None where it is not prepared; `ranking` is where its evidence comes from."""
        key = key_of(query)
        if key is None:
            return None
        keys, ends, answers = self._kept
        number = bisect_left(keys, key)
        if number == len(keys) or keys[number] != key:
            return None
        packed = answers[ends[number] : ends[number + 1]]
        status, goal, reasons, count, support = _HEAD.unpack_from(packed)
        shape, goals = _MATCHES[count], self._goals
        numbers = shape.unpack_from(packed, _HEAD.size)
        themes, national, further = packed[_HEAD.size + shape.size :].decode().split(_GROUP)
        return Verdict(
            _STATUSES[status],
            goals[goal - 1] if goal else None,
            tuple([Match(goals[numbers[n]], numbers[n + 1], ranking) for n in range(0, 2 * count, 2)]),
            tuple([reason for n, reason in enumerate(_REASONS) if reasons >> n & 1]) if reasons else (),
            "kode",
            support,
            tuple(themes.split(_ONE)) if themes else (),
            tuple(national.split(_ONE)) if national else (),
            False,
            tuple(further.split(_ONE)) if further else (),
        )


def _goals_of(matcher: Matcher) -> tuple[str, ...]:
    return (*(goal.kode for goal in matcher.priorities.tujuan), PENUNJANG)


def packed(verdict: Verdict, goals: tuple[str, ...]) -> bytes:
    """Return a verdict as it is kept. The order of reasons is that of `Reason`."""
    matches = [part for match in verdict.matches for part in (goals.index(match.goal), match.confidence)]
    head = _HEAD.pack(
        _STATUSES.index(verdict.status),
        goals.index(verdict.goal) + 1 if verdict.goal else 0,
        sum(1 << _REASONS.index(reason) for reason in verdict.reasons),
        len(verdict.matches),
        verdict.support,
    )
    texts = _GROUP.join(_ONE.join(part) for part in (verdict.themes, verdict.national, verdict.further))
    return head + _MATCHES[len(verdict.matches)].pack(*matches) + texts.encode()


def official(entries: Iterable[Mapping[str, str]]) -> Iterator[Query]:
    """Yield the queries of official items, from rows of the nomenclature."""
    rows = {row["kode"]: row for row in entries}
    for kode, row in rows.items():
        above = [rows[code] for code in ancestors(kode)[1:] if code in rows and row["jenjang"] != "program"]
        programmes = [name for part in above if part["jenjang"] == "program" for name in _names(part)]
        kegiatan = [name for part in above if part["jenjang"] == "kegiatan" for name in _names(part)]
        contexts: list[tuple[str, ...]] = [()] if row["jenjang"] == "program" else [(name,) for name in programmes]
        contexts += product(programmes, kegiatan)
        indicators: list[tuple[str, ...]] = [(), *([(row["indikator"],)] if row.get("indikator") else [])]
        for name, indikator, context in product(_names(row), indicators, contexts):
            yield Query(name, kode, "", indikator, context)


def _names(row: Mapping[str, str]) -> list[str]:
    return [row["nama"], *filter(None, (row.get("nama_lain") or "").split("|"))]


def prepare(matcher: Matcher, judge: Callable[[Query], Verdict], entries: Iterable[Mapping[str, str]]) -> bytes:
    """Return the answers for official items, as the index keeps them; only those that rest on the code, and on words
    whose spelling is not guessed, for what guesses it need not be there when the index is compiled.
    """
    found: dict[int, bytes] = {}
    goals, knows = _goals_of(matcher), lru_cache(maxsize=None)(matcher.words.stemmer.knows)
    for query in official(entries):
        key = key_of(query)
        if key is not None and key not in found and all(map(knows, (query.nama, *query.indikator, *query.context))):
            verdict = judge(query)
            if verdict.basis == "kode":
                found[key] = packed(verdict, goals)
    keys = sorted(found)
    ends = [0, *accumulate(len(found[key]) for key in keys)]
    return b"".join([
        pack(f"<Q{len(keys)}Q{len(ends)}I", len(keys), *keys, *ends), *(found[key] for key in keys)
    ])  # fmt: skip
