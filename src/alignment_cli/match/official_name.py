"""Layer 5: an item without a code, found by its name in the official nomenclature."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from alignment_cli.match.text import fold, strip_boilerplate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from alignment_cli.index.store import Index
    from alignment_cli.nomenclature import Entry

CUTOFF = 82.0
"""Least likeness (0-100) of a name to be taken for the official one."""
SAME_NAME = 100.0
"""Likeness of names that differ in nothing that counts."""
NEAR = 2.0
"""Names this close to the best one are as good as it."""
MIN_LENGTH, MIN_WORDS = 12, 2
"""Shorter names are alike by chance, so only the very same name counts."""

_LEAD = re.compile(r"^(?:program|kegiatan|sub ?kegiatan|sub)\s+(?=\S)")


class Likeness(NamedTuple):
    """An official name like the one asked for; `score` 0-100, `codes` all that bear it."""

    name: str
    score: float
    codes: tuple[str, ...]


_REGION = re.compile(
    r"\s+(?:(?:di|pada|se)[\s-]+)?(?:kab(?:upaten)?|kota|prov(?:insi)?|kec(?:amatan)?|nagari)\.?\s+(?!/)[a-z]\w+.*$",
    re.IGNORECASE,
)
"""A region's own name behind a title ("... Kab. Solok Selatan"); "Kabupaten/Kota" belongs to the official name."""


def key_of(name: str, abbreviations: Mapping[str, str]) -> str:
    """Return a name for comparing: folded, abbreviations written out, without "Program", words in order. An
    abbreviation in brackets only repeats what stands before it.
    """
    folded = fold(strip_boilerplate(name))
    folded = re.sub(r"\(([a-z0-9]+)\)", lambda found: " " if found.group(1) in abbreviations else found.group(), folded)
    words = re.findall(r"[a-z0-9]+", folded)
    text = _LEAD.sub("", " ".join(abbreviations.get(word, word) for word in words))
    return " ".join(sorted(text.split()))


SAME = 51
"""A name can be meant for the official one from here on (rapidfuzz token_set_ratio without "Program", 0-100). In the
DKI table, the worst spelling at hand, right pairs begin at 52, where the optical reading ran words together; of all
wrong pairs of its names with other programmes 81 % stay below."""


def same_name(name: str, entry: Entry) -> bool:
    """Tell whether a name can be meant for the official one, or for one that the code has elsewhere."""
    if name in (entry.nama, *entry.nama_lain):
        return True
    from rapidfuzz import fuzz, utils

    first, *official = (_LEAD.sub("", utils.default_process(text)) for text in (name, entry.nama, *entry.nama_lain))
    return any(fuzz.token_set_ratio(first, second) >= SAME for second in official)


class OfficialNames:
    """Names of the nomenclature, compared without case, punctuation, word order and the word "Program"."""

    def __init__(self, index: Index, abbreviations: Mapping[str, str]) -> None:
        self._index = index
        self._abbreviations = abbreviations
        self.find = lru_cache(maxsize=32_768)(self._find)

    @cached_property
    def _keys(self) -> tuple[list[str], list[int]]:
        """All keys, shortest first, with their lengths."""
        keys = self._index.meta("kunci").split("\n")
        return keys, [len(key) for key in keys]

    def _likeness(self, key: str, score: float) -> Likeness | None:
        row = self._index.one("SELECT nama, kode FROM nama WHERE kunci = ?", key)
        return None if row is None else Likeness(row[0], score, tuple(row[1].split()))

    def bearers(self, name: str) -> tuple[str, ...]:
        """Return the codes of the official name that is the same as `name`, spelling apart; none when none is."""
        if self._likeness(key_of(name, self._abbreviations), SAME_NAME) is None and not _REGION.search(name):
            return ()
        return next((like.codes for like in self.find(name) if like.score == SAME_NAME), ())

    def _find(self, name: str) -> tuple[Likeness, ...]:
        """Return the official names most like `name`, best first; none when nothing is near enough."""
        return self._alike(name) or (self._alike(_REGION.sub("", name)) if _REGION.search(name) else ())

    def _alike(self, name: str) -> tuple[Likeness, ...]:
        key = key_of(name, self._abbreviations)
        same = self._likeness(key, SAME_NAME)
        if same is not None:
            return (same,)
        if len(key) < MIN_LENGTH or len(key.split()) < MIN_WORDS:
            return ()
        from rapidfuzz import fuzz, process

        # A likeness of c needs lengths within c / (2 - c) of each other, so only those keys are compared.
        keys, lengths = self._keys
        bound = (CUTOFF / 100) / (2 - CUTOFF / 100)
        near = keys[bisect_left(lengths, len(key) * bound) : bisect_right(lengths, len(key) / bound)]
        found = process.extract(key, near, scorer=fuzz.ratio, score_cutoff=CUTOFF, limit=5)
        alike = (self._likeness(like, score) for like, score, _ in found if score >= found[0][1] - NEAR)
        return tuple(like for like in alike if like is not None)
