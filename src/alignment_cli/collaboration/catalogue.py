"""Who may be a partner: the catalogue `data/mitra.yaml`, and the words that show a role of the region.

A name is recognised by the words of an alias that it holds, wherever they stand: "Kantor Kementerian Agama Kabupaten
Solok Selatan" is the Ministry of Religious Affairs, "Kodim 0309/Solok" the army. The longest alias wins, then that of a
particular body before that of a kind ("PT Agrinas" is Agrinas, not just a company), then the one that comes first.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from alignment_cli.finding import Text
from alignment_cli.match.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from alignment_cli.index.store import Index

Words = tuple[str, ...]

OFFICE = "perangkat_daerah"
"""Kind of the region's own offices."""
LEADS = frozenset({"dinas", "badan", "pd", "satuan"})
"""First words of an office's name; what follows names its work."""
_JOINERS = frozenset({"dan", "serta", "para", "kantor"})
"""Words that do not tell one body from another."""
_PREFIX_LENGTH = 5
"""Longest beginning of a word in the catalogue (``Kemen*``)."""


class Entry(NamedTuple):
    """One body or kind of body. `di` are the keys of `kolaborasi` it may stand under, the usual one first; `many` marks
    kinds of which a region has many (farmers' groups), so that two names are two bodies; `bidang` are the bidang urusan
    of an office of the region.
    """

    kode: str
    nama: str
    jenis: str
    kind: Text
    di: tuple[str, ...]
    many: bool
    bidang: tuple[str, ...]


class Role(NamedTuple):
    """A role that national programmes ask of regions: the words that show it, and the offices (codes of the catalogue)
    whose work it is.
    """

    kode: str
    nama: Text
    istilah: tuple[str, ...]
    oleh: tuple[str, ...]


class Found(NamedTuple):
    """An alias at ``words[start:end]``. `codes` are the bodies that bear it; `unit` tells that it names only a part."""

    codes: tuple[str, ...]
    start: int
    end: int
    unit: bool


def words_of(name: str) -> Words:
    """Return the telling words of a name, in lower case."""
    return tuple(word for word in re.findall(r"[a-z0-9]+", fold(name)) if word not in _JOINERS)


@dataclass
class Catalogue:
    """All partners and roles, with look-ups by words."""

    entries: dict[str, Entry]
    roles: dict[str, Role]
    _aliases: dict[Words, dict[str, bool]] = field(default_factory=lambda: defaultdict(dict))
    _work: dict[Words, set[str]] = field(default_factory=lambda: defaultdict(set))
    _prefixes: dict[str, str] = field(default_factory=dict)
    names: dict[Words, str] = field(default_factory=dict)

    def find(self, words: Words) -> Found | None:
        """Return the alias that tells most of a name, None when there is none."""
        longest = max(map(len, self._aliases))
        for length in range(min(len(words), longest), 0, -1):
            found = [self._at(words, at, length) for at in range(len(words) - length + 1)]
            known = [part for part in found if part is not None]
            if known:
                return min(known, key=lambda part: (self.entries[part.codes[0]].many, part.start))
        return None

    def _at(self, words: Words, at: int, length: int) -> Found | None:
        part = words[at : at + length]
        named = self._aliases.get(part)
        if named is None and length == 1:
            named = {kode: False for kode in (self._prefixes.get(part[0][:_PREFIX_LENGTH]),) if kode}
        return Found(tuple(named), at, at + length, all(named.values())) if named else None

    def work(self, words: Words) -> frozenset[str]:
        """Return the codes of the offices whose work an office's name tells: "Dinas Koperasi, Perindustrian dan
        Perdagangan" is three of them. A longer term takes its words from shorter ones.
        """
        found: set[str] = set()
        taken = [False] * len(words)
        for length in range(max(map(len, self._work)), 0, -1):
            for at in range(len(words) - length + 1):
                named = self._work.get(words[at : at + length])
                if named and not any(taken[at : at + length]):
                    taken[at : at + length] = [True] * length
                    found |= named
        return frozenset(found)

    def add(self, kode: str, name: str, *, unit: bool = False) -> None:
        """Let `kode` be found by a name, or by the beginning of a word that ends with ``*``."""
        if name.endswith("*"):
            self._prefixes[fold(name[:-1])] = kode
            return
        words = words_of(name)
        self._aliases[words].setdefault(kode, unit)
        self.names.setdefault(words, name)

    def add_work(self, kode: str, terms: Iterable[str]) -> None:
        """Let an office be found by its work."""
        for term in terms:
            self._work[words_of(term)].add(kode)


def of_data(data: Mapping[str, Any]) -> Catalogue:
    """Build the catalogue from the values of `data/mitra.yaml`. Raises KeyError where a row lacks a key."""
    kinds = data["jenis"]
    roles = {
        row["kode"]: Role(
            row["kode"], Text(row["nama"], row["nama_en"]), tuple(row["istilah"]), tuple(row.get("oleh", ()))
        )
        for row in data["peran"]
    }
    made = Catalogue({}, roles)
    for row in data["mitra"]:
        kind = kinds[row["jenis"]]
        made.entries[row["kode"]] = Entry(
            row["kode"], row["nama"], row["jenis"], Text(kind["nama"], kind["nama_en"]),
            tuple(row.get("di", kind["di"])), row.get("banyak", False), tuple(row.get("bidang", ())),
        )  # fmt: skip
        for name in (row["nama"], row.get("singkatan"), *row.get("alias", ())):
            if name:
                made.add(row["kode"], name)
        for name in row.get("unit", ()):
            made.add(row["kode"], name, unit=True)
        made.add_work(row["kode"], row.get("inti", ()))
    return made


@lru_cache(maxsize=2)
def read(index: Index) -> Catalogue:
    """Return the catalogue that was compiled into the index."""
    return of_data(index.json("mitra"))
