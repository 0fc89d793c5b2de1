"""Which column titles mean what: the table `data/impor/kolom.yaml`, and titles that are nearly in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SURE = 92
"""From this likeness (rapidfuzz ratio, 0-100) on a title is taken to be the known one; between `NEAR` and this it is a
proposal that someone has to confirm."""
NEAR = 80
SHORTEST = 5
"""Shorter titles ("Rp", "Kode") must be the same letter by letter; chance makes short words alike."""
IGNORED = "abaikan"

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_MONEY = re.compile(
    r"\b(?:dalam|x)?\s*(?:ribu(?:an)?|juta(?:an)?|mili?ar(?:an)?|mily?ar)?\s*\(?\b(?:rp|rupiah)\b\.?\s*(?:juta(?:an)?|ribu(?:an)?|mili?ar(?:an)?)?"
    r"[\s.,]*(?:000)*\)?|\(\s*(?:dalam\s+)?(?:ribu(?:an)?|juta(?:an)?|mili?ar(?:an)?)\s*\)|\(\s*0{3}\s*\)"
)
_WORDS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\bsub ?giat\b"), "sub kegiatan"),
    (re.compile(r"\bgiat\b"), "kegiatan"),
    (re.compile(r"\bsubkegiatan\b"), "sub kegiatan"),
    (re.compile(r"\bsubkeg\b"), "sub keg"),
    (re.compile(r"\b(?:skpd|opd)\b"), "perangkat daerah"),
    (re.compile(r"\btolak ukur\b"), "tolok ukur"),
    (re.compile(r"&"), " dan "),
    (re.compile(r"\b(tahun|t) ?[-–] ?1\b"), r"\1 lalu"),  # noqa: RUF001
    (re.compile(r"\b(tahun|t) ?\+ ?1\b"), r"\1 depan"),
)


class Title(NamedTuple):
    """A known title: `text` folded, what its column holds, and which titles must stand above it (folded)."""

    text: str
    field: str
    group: str = ""
    above: tuple[str, ...] = ()
    anywhere: bool = False


class Found(NamedTuple):
    """What a column's titles mean: the field, the group that ties indicators to targets, and the likeness 0-100."""

    field: str
    group: str = ""
    score: float = 0.0


NOTHING = Found("")


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Return a title for comparing: lower case, words only, without years and units of money. A title that is nothing
    but a unit of money is ``rp``, one that is nothing but a year ``tahun``.
    """
    plain = _YEAR.sub(" ", text.casefold().replace("_", " "))
    without = _MONEY.sub(" ", plain)
    for pattern, replacement in _WORDS:
        without = pattern.sub(replacement, without)
    words = re.findall(r"[a-z0-9%]+", without)
    if words:
        return " ".join(words)
    if re.search(r"\b(?:rp|rupiah)\b", plain):
        return "rp"
    return "tahun" if _YEAR.search(text) else ""


def years(text: str) -> list[int]:
    """Return the years that a title names."""
    return [int(year) for year in _YEAR.findall(text)]


@dataclass
class Titles:
    """All known titles."""

    known: tuple[Title, ...]
    _exact: dict[str, list[Title]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for title in self.known:
            self._exact.setdefault(title.text, []).append(title)
        self.knows = lru_cache(maxsize=4096)(self._knows)

    def _knows(self, text: str) -> bool:
        """Tell whether a cell's text is a known title, wherever it may have to stand."""
        return bool(self._alike(fold(text)))

    def find(self, path: Sequence[str]) -> Found:
        """Return what a column means whose titles are `path`, uppermost first."""
        folded = [text for text in map(fold, path) if text]
        if not folded:
            return NOTHING
        for text in folded:
            if any(title.anywhere and score >= SURE for title, score in self._alike(text)):
                return Found(IGNORED, "", 100.0)
        *above, leaf = folded
        best = self._best(leaf, above)
        if best.score < SURE and above:
            # A title split over two rows: "Kebutuhan Dana/" above "Pagu Indikatif".
            best = max(best, self._best(f"{above[-1]} {leaf}", above[:-1]), key=lambda found: found.score)
        return best

    def _best(self, text: str, above: Sequence[str]) -> Found:
        fitting = [
            (score, bool(title.above), title)
            for title, score in self._alike(text)
            if not title.above or any(_alike(upper, wanted) for upper in above for wanted in title.above)
        ]
        if not fitting:
            return NOTHING
        score, _, title = max(fitting, key=lambda found: found[:2])
        return Found(title.field, title.group, score)

    def _alike(self, text: str) -> list[tuple[Title, float]]:
        """Return the known titles like a folded text: the same ones, else those nearly so."""
        if text in self._exact:
            return [(title, 100.0) for title in self._exact[text]]
        if len(text) < SHORTEST:
            return []
        from rapidfuzz import fuzz, process

        choices = [known for known in self._exact if len(known) >= SHORTEST]
        near = process.extract(text, choices, scorer=fuzz.ratio, score_cutoff=NEAR, limit=3)
        return [(title, score) for known, score, _ in near for title in self._exact[known]]


def _alike(text: str, wanted: str) -> bool:
    if text == wanted:
        return True
    if len(text) < SHORTEST:
        return False
    from rapidfuzz import fuzz

    return fuzz.ratio(text, wanted) >= SURE


@cache
def load(path: Path) -> Titles:
    """Read the table of titles. Raises OSError."""
    from ruamel.yaml import YAML

    data = YAML(typ="safe").load(path.read_text("utf-8"))
    return Titles(tuple(
        Title(fold(text), entry["isi"], entry.get("kelompok", ""), tuple(map(fold, entry.get("grup", ()))),
              entry.get("di_mana_saja", False))
        for entry in data["kolom"]
        for text in entry["judul"]
    ))  # fmt: skip
