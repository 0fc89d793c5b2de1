"""Names of perangkat daerah: which spellings mean the same office.

Two spellings are the same office only where nothing is left to guess: they differ in case, spacing or punctuation; one
is a common short form of the other; or one misspells a word of office names, and the name so corrected stands in the
file too. Names that merely share words are different offices.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache
from itertools import product
from math import prod
from typing import TYPE_CHECKING

from alignment_cli.match.text import fold
from alignment_cli.office_words import FILLER, HEADS, LEADS, PARTS, SHORT, WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable

TYPO_FROM = 6
"""Letters from which a word one letter off is taken for misspelt; shorter words are too often other words."""
INITIALS_FROM = 5
"""Letters from which initials name one office: DPMPTSP does, DPKP stands for three different ones."""

MOST_READINGS = 16
"""Meanings of one name that are told apart; a name of more short forms than that is taken as it is written."""
LONGEST_SHORT = 24
"""Letters of the longest word that is tried as a compound short form."""

Words = tuple[str, ...]
"""A name as folded words, short forms written out."""


def canonical(names: Counter[str], region: str = "") -> dict[str, str]:
    """Return the spelling to use for every name: of the spellings of one office the most frequent one, then the
    longest, a misspelt one only where there is no other; white space within it is single. A name that stands alone is
    its own spelling. `region` is the region's own name ("Kabupaten Solok Selatan"), which may stand behind an office.
    """
    chosen = {name: name for name in names}
    for group in _groups(sorted(name for name in names if _joined(name)), region):
        spellings = Counter[str]()
        for name in group:
            spellings[" ".join(name.split())] += names[name]
        right = [name for name in spellings if not _misspelt(name, region)] or list(spellings)
        best = max(right, key=lambda name: (spellings[name], len(name), not name.isupper(), name))
        if len(group) > 1:
            chosen.update(dict.fromkeys(group, best))
    return chosen


def _groups(names: list[str], region: str) -> list[list[str]]:
    """Return the names grouped by office. Two names are one office when they share a sign, directly or over others."""
    readings = {name: _readings(name, region) for name in names}
    full = {name: options[0] for name, options in readings.items() if len(options) == 1}
    known = {_key(words) for words in full.values()}
    initials = _initials(full.values())
    above: dict[object, object] = {}

    def top(sign: object) -> object:
        while sign in above:
            sign = above[sign]
        return sign

    for name in names:
        keys = {_key(words) for words in readings[name]}
        meant = keys if len(keys) == 1 else keys & known
        signs: set[object] = set(meant) if len(meant) == 1 else set()
        signs |= {key for key in (_corrected(words) for words in readings[name]) if key in known}
        signs |= initials.get(_as_initials(name), set())
        for sign in signs:
            if top(sign) != top(_joined(name)):
                above[top(sign)] = top(_joined(name))
    groups: dict[object, list[str]] = {}
    for name in names:
        groups.setdefault(top(_joined(name)), []).append(name)
    return list(groups.values())


def _joined(name: str) -> str:
    """Return the letters of a name, so that spacing, case and punctuation do not count, except between two numbers."""
    words = " ".join(re.findall(r"[a-z0-9]+", fold(name)))
    return re.sub(r"(?<![0-9]) | (?![0-9])", "", words)


def _readings(name: str, region: str) -> list[Words]:
    """Return what a name can say; several where a short form has several meanings."""
    words = re.findall(r"[a-z0-9]+", re.sub(r"\bsatpol\W*pp\b", "satpolpp", fold(name)))
    options = [_meanings(word, after) for word, after in zip(words, ["", *words], strict=False)]
    if prod(map(len, options)) > MOST_READINGS:
        return [tuple(words)]
    found = [tuple(" ".join(chosen).split()) for chosen in product(*options)]
    return [_without_region(reading, region) for reading in found]


@lru_cache(maxsize=4096)
def _meanings(word: str, after: str) -> tuple[str, ...]:
    """Return what a word behind another can mean: itself, unless it is a short form."""
    if word in SHORT:
        return SHORT[word]
    if len(word) > LONGEST_SHORT or word in _vocabulary():
        return (word,)
    led = [f"dinas {rest}" for lead in LEADS if word.startswith(lead) for rest in _split(word.removeprefix(lead))]
    if after == "dinas":
        led += _split(word)
    return tuple(dict.fromkeys(led)) or (word,)


def _split(text: str) -> list[str]:
    """Return the meanings of a text that is made of pieces of short forms throughout."""
    found: list[str] = []
    for piece, meanings in PARTS.items():
        if text == piece:
            found += meanings
        elif text.startswith(piece):
            found += [f"{meaning} {rest}" for rest in _split(text.removeprefix(piece)) for meaning in meanings]
    return found


def _without_region(words: Words, region: str) -> Words:
    """Return the words without the region's own name behind an office."""
    kind, *own = re.findall(r"[a-z0-9]+", fold(region)) or [""]
    if words[:1] and words[0] in HEADS and own and words[-len(own) :] == tuple(own):
        words = words[: -len(own)]
        words = words[:-1] if words[-1:] in ((kind,), (kind[:3],), (kind[:4],)) else words
    return words


def _key(words: Words) -> Words:
    """Return what tells an office apart: no filler, and no order where all words are words of office names."""
    lead = words[:2] if words[:2] == ("sekretariat", "daerah") else ()
    telling = (*lead, *(word for word in words[len(lead) :] if word not in FILLER)) or words
    return (
        tuple(sorted(telling)) if telling[:1] and telling[0] in HEADS and _vocabulary().issuperset(telling) else telling
    )


@cache
def _vocabulary() -> frozenset[str]:
    meanings = " ".join(meaning for options in PARTS.values() for meaning in options)
    return HEADS | FILLER | {*meanings.split(), *WORDS.split()}


def _corrected(words: Words) -> Words | None:
    """Return the key of a name with its misspelt words put right; None where there is none, or no telling which word
    was meant.
    """
    if words[:1] and words[0] not in HEADS:
        return None
    unknown = [word for word in words if len(word) >= TYPO_FROM and word not in _vocabulary()]
    meant = {word: near for word in unknown if (near := _nearest(word))}
    return _key(tuple(meant.get(word, word) for word in words)) if meant else None


@lru_cache(maxsize=4096)
def _nearest(word: str) -> str | None:
    from rapidfuzz.distance import OSA

    near = [
        known for known in _vocabulary() if len(known) >= TYPO_FROM and OSA.distance(word, known, score_cutoff=1) <= 1
    ]
    return near[0] if len(near) == 1 else None


def _misspelt(name: str, region: str) -> bool:
    """Tell whether a name has a word one letter off, or words run together."""
    readings = _readings(name, region)
    return any(_corrected(words) for words in readings) or any(_is_run_together(word) for word in readings[0])


@lru_cache(maxsize=4096)
def _is_run_together(word: str) -> bool:
    known = _vocabulary()
    rests = [word.removeprefix(first) for first in known if word.startswith(first)] if word not in known else []
    return any(rest.startswith(second) for rest in rests for second in known)


def _initials(names: Iterable[Words]) -> dict[str, set[Words]]:
    """Return the keys of full names by their initials, with and without "daerah"; only initials of one office."""
    found: dict[str, set[Words]] = {}
    for words in names:
        for filler in (FILLER, FILLER - {"daerah"}):
            letters = "".join(word[0] for word in words if word not in filler)
            found.setdefault(letters, set()).add(_key(words))
    return {letters: keys for letters, keys in found.items() if len(keys) == 1 and len(letters) >= INITIALS_FROM}


def _as_initials(name: str) -> str:
    """Return the letters for which a name of one word in capitals stands, "Dinas" and the like counting by their first:
    ``DP3A`` and ``Dinas P3A`` are dpppa. Empty where the name is none such.
    """
    *before, last = name.split() or [""]
    if not re.fullmatch(r"(?:[A-Z][2-9]?)+", last) or any(word.lower() not in HEADS for word in before):
        return ""
    letters = re.sub(r"([A-Z])([2-9])", lambda found: found.group(1) * int(found.group(2)), last)
    return "".join([*(word[0] for word in before), letters]).lower()
