"""From a partner as written to who it is: an office of the region, a body of the catalogue, or nobody known."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from alignment_cli.collaboration.catalogue import LEADS, OFFICE, Catalogue, Entry, Words, words_of
from alignment_cli.offices import canonical

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

TIERS = frozenset({"provinsi", "prov", "kabupaten", "kab", "kota"})
_PROVINCE = frozenset({"provinsi", "prov"})
_LONG = 5
"""Letters from which one slip in a word leaves it recognisable."""
ALIKE = 75.0
"""Least likeness (rapidfuzz ratio, 0-100, without the first word if it is "Dinas" or the like) of a name that is
proposed for an unknown one."""
_BIDANG = re.compile(r"(?:pd)?urusan\w{8,14}bidang(?=\w)")
"""How tables name offices by their bidang urusan, blanks left out ("PD URUSAN PEMERINTAHAN BIDANG KESEHATAN")."""


class Partner(NamedTuple):
    """Who a written partner is. `key` is the same for the same body; `entry` its row in the catalogue; `near` the right
    spelling where the name is misspelt or unknown; `whole` tells that the body itself is named, not a part of it.
    """

    key: str
    nama: str
    kind: Literal["office", "catalogue", "unknown"]
    entry: Entry | None = None
    near: str | None = None
    whole: bool = True

    @property
    def body(self) -> str:
        """What counts as one in an analysis: the office, the row of the catalogue, or the unknown name."""
        return self.key if self.entry is None or self.kind == "office" else self.entry.kode

    @property
    def level(self) -> str:
        """The key of `kolaborasi` under which it belongs; eksternal for a name that is not known."""
        if self.kind == "office":
            return "horizontal"
        return self.entry.di[0] if self.entry is not None else "eksternal"


class Office(NamedTuple):
    """An office of the region, as first written, with the catalogue's codes of its work."""

    key: str
    nama: str
    codes: frozenset[str]

    @property
    def partner(self) -> Partner:
        """The office as a partner."""
        return Partner(self.key, self.nama, "office")


def squash(words: Words) -> str:
    """Return words as one, so that a missing or doubled blank does not make another name."""
    joined = "".join(words[1:] if words[:1] == ("pd",) else words)
    return _BIDANG.sub("", joined, count=1)


@dataclass
class Resolver:
    """Knows the offices of one region and the catalogue. `region` is the region's name, `tier` its level."""

    catalogue: Catalogue
    region: str
    tier: str
    offices: dict[str, Office] = field(default_factory=dict)
    _seen: dict[str, Partner] = field(default_factory=dict)
    _spelling: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        words = words_of(self.region)
        bare = tuple(word for word in words if word not in TIERS)
        tails = {(tier, *bare) for tier in TIERS if tier[:3] == self.tier[:3]} | {bare, words}
        self._tails = sorted((tail for tail in tails if tail), key=len, reverse=True)

    def learn(self, offices: Mapping[str, int], partners: Iterable[str] = ()) -> None:
        """Take note of the offices that the region's programmes name, with how often, and of the partners, so that all
        spellings of one office are known (`offices.canonical`).
        """
        self._spelling = canonical(Counter(dict(offices)) + Counter(partners), self.region)
        most: Counter[str] = Counter()
        for written, count in offices.items():
            words = self._own(words_of(self._spelling[written]))
            key = squash(words)
            if key and count > most[key]:
                most[key] = count
                self.offices[key] = Office(key, " ".join(written.split()), self._codes(words))

    def office(self, name: str | None) -> Office | None:
        """Return the office of a name that was learnt, None where there is no name."""
        return self.offices.get(squash(self._own(words_of(self._spelling.get(name or "", name or "")))))

    def __call__(self, written: str) -> Partner:
        """Return who a partner is."""
        if written not in self._seen:
            self._seen[written] = self._resolve(written)
        return self._seen[written]

    def _resolve(self, written: str) -> Partner:
        nama = " ".join(written.split())
        words = self._own(words_of(written))
        exact = self.offices.get(squash(words)) or self.office(written)
        if exact is not None:
            return exact.partner._replace(entry=self._entry_of(exact))
        known = self._known(nama, words)
        if known is not None and (known.whole or known.entry is None or not known.entry.many):
            return known
        # "Kementrian Pertanian" is some ministry, but rather a misspelt one.
        return self._misspelt(words) or known or self._unknown(nama, words)

    def _known(self, nama: str, words: Words) -> Partner | None:
        codes = self._codes(words)
        if not codes:
            found = self.catalogue.find(words)
            if found is None or (words[0] in LEADS and found.start > 0):
                return None
            entry = self.catalogue.entries[found.codes[0]]
            key = f"{entry.kode}:{squash(words)}" if entry.many else entry.kode
            whole = not found.unit and found.end - found.start == len(words)
            return Partner(key, nama if entry.many else entry.nama, "catalogue", entry, whole=whole)
        other = self._other_government(words)
        if other is not None:
            entry = self.catalogue.entries[other]
            return Partner(f"{other}:{squash(words)}", nama, "catalogue", entry)
        unit = self._is_unit(words)
        own = [office for office in self.offices.values() if codes <= office.codes]
        own = own or [office for office in self.offices.values() if office.codes and office.codes < codes]
        if len(own) == 1:
            return own[0].partner._replace(entry=self._entry_of(own[0]), whole=not unit)
        entry = self.catalogue.entries[min(codes)]
        return Partner("+".join(sorted(codes)), nama, "catalogue", entry, whole=not unit)

    def _entry_of(self, office: Office) -> Entry | None:
        if office.codes:
            return self.catalogue.entries[min(office.codes)]
        found = self.catalogue.find(words_of(office.nama))
        return self.catalogue.entries[found.codes[0]] if found is not None and found.start == 0 else None

    def _is_unit(self, words: Words) -> bool:
        found = self.catalogue.find(words)
        return found is not None and found.unit

    def _codes(self, words: Words) -> frozenset[str]:
        """Return the codes of an office's work by its name; none where the name is not that of an office."""
        found = self.catalogue.find(words)
        led = bool(words) and words[0] in LEADS
        if found is not None and (found.start == 0 or not led):
            own = {kode for kode in found.codes if self.catalogue.entries[kode].jenis == OFFICE}
            if not own:
                return frozenset()
            return frozenset(own) | (self.catalogue.work(words[1:]) if led else frozenset())
        return self.catalogue.work(words[1:]) if led else frozenset()

    def _own(self, words: Words) -> Words:
        """Leave out the region's own name at the end of a name."""
        for tail in self._tails:
            if len(words) > len(tail) and words[-len(tail) :] == tail:
                return words[: -len(tail)]
        return words

    def _other_government(self, words: Words) -> str | None:
        """Return the code of another government whose office is named ("Dinas Kesehatan Provinsi Sumatera Barat")."""
        tiers = [at for at, word in enumerate(words) if at and word in TIERS]
        if not tiers:
            return None
        if any(words[at] in _PROVINCE for at in tiers):
            return None if self.tier == "provinsi" and tiers[-1] == len(words) - 1 else "PROVINSI"
        return "DAERAH_LAIN" if self.tier == "provinsi" or tiers[-1] < len(words) - 1 else None

    def _misspelt(self, words: Words) -> Partner | None:
        """Return the one known name that a name of several words differs from by a slip in some of them."""
        if len(words) < 2:  # noqa: PLR2004 - abbreviations are too much alike
            return None
        names = self._names.get(len(words), {})
        near = [known for known in names if all(map(_slip, words, known))]
        if len({self(names[known]).body for known in near}) != 1:
            return None
        return self(names[near[0]])._replace(near=names[near[0]])

    @cached_property
    def _names(self) -> dict[int, dict[Words, str]]:
        """All known names by their words, by how many words they have."""
        found: dict[int, dict[Words, str]] = defaultdict(dict)
        for office in self.offices.values():
            found[len(words_of(office.nama))][words_of(office.nama)] = office.nama
        for known, name in self.catalogue.names.items():
            found[len(known)].setdefault(known, name)
        return found

    def _unknown(self, nama: str, words: Words) -> Partner:
        from rapidfuzz import fuzz, process

        if len(_core(nama)) < _LONG:
            return Partner(f"?:{squash(words)}", nama, "unknown")
        names = [*(office.nama for office in self.offices.values()), *self.catalogue.names.values()]
        found = process.extractOne(nama, names, scorer=fuzz.ratio, processor=_core, score_cutoff=ALIKE)
        return Partner(f"?:{squash(words)}", nama, "unknown", near=str(found[0]) if found else None)


def _core(name: str) -> str:
    words = words_of(name)
    return " ".join(words[1:] if words[:1] and words[0] in LEADS and len(words) > 1 else words)


def _slip(first: str, second: str) -> bool:
    """Tell whether two words are the same but for one letter added, lost, changed, or swapped with its neighbour."""
    if first == second:
        return True
    if min(len(first), len(second)) < _LONG:
        return False
    from rapidfuzz.distance import OSA

    return OSA.distance(first, second, score_cutoff=1) <= 1
