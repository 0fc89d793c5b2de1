"""The official spelling of a name whose code is known, where the name means the official one beyond doubt."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from alignment_cli.match.official_name import key_of
from alignment_cli.match.roots import is_root, raw_stem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from alignment_cli.nomenclature import Entry

SURE = ((5, 1), (8, 2))
"""(letters, slips): a word of so many letters or more may differ by so many slips of the pen and is still the same."""
WORDS_TO_SLIP = 4
"""For every so many words of a name one more than the first may be misspelt."""

_WORD = re.compile(r"[^\W_]+")
_OTHER = re.compile(r"[\W_]+")


def official_spelling(written: str, entry: Entry, abbreviations: Mapping[str, str]) -> str | None:
    """Return how a name is spelt officially; None where it is spelt so, or may mean something else.

    Beyond doubt are: other case, spacing or punctuation; words run together; abbreviations written out; "Program" left
    out; few misspelt words, none of which is a word of its own. Programmes, which the nomenclature writes in capitals,
    keep the case in which they are written.
    """
    found = set()
    for name in (entry.nama, *entry.nama_lain):
        official = name.upper() if name.upper().startswith("PROGRAM ") else name
        spelt = _spelt(" ".join(written.split()), official, abbreviations)
        if spelt == written:
            return None
        found.add(spelt)
    found.discard(None)
    return found.pop() if len(found) == 1 else None


def _spelt(written: str, official: str, abbreviations: Mapping[str, str]) -> str | None:
    if official.startswith("PROGRAM ") and not written.casefold().startswith("program"):
        written = f"{'PROGRAM' if _is_capitals(written) else 'Program'} {written}"
    if _letters(written) == _letters(official):
        return _in_case_of(written, official)
    if key_of(written, abbreviations) == key_of(official, abbreviations):
        return official if _is_capitals(written) or not official.isupper() else None
    return _corrected(written, official)


def _letters(text: str) -> str:
    return _OTHER.sub("", text).casefold()


def _in_case_of(written: str, official: str) -> str:
    """Return the official name, letter by letter in the case in which it was written where `_keeps_case`."""
    letters = _OTHER.sub("", written)
    if not _keeps_case(written, official) or len(letters) != len(_OTHER.sub("", official)):
        return official
    own = iter(zip(letters, _begins(written), _begins(official), strict=True))
    spelt = "".join(letter if _OTHER.fullmatch(letter) else _styled_letter(letter, *next(own)) for letter in official)
    return spelt.lower() if written.islower() else spelt


def _begins(text: str) -> list[bool]:
    """Tell of each letter of a text whether a word begins with it."""
    return [n == 0 for word in _WORD.findall(text) for n in range(len(word))]


def _styled_letter(official: str, own: str, begun: bool, begins: bool) -> str:
    """Return a letter as written, but where a word was run together or split in two as a word begins or goes on."""
    if begun == begins:
        return own
    return official if begins else own.lower()


def _keeps_case(written: str, official: str) -> bool:
    """Tell whether the case of a name is a choice: not capitals throughout, nor small letters where the official name
    has both.
    """
    return not _is_capitals(written) and (official.isupper() or not written.islower())


def _is_capitals(text: str) -> bool:
    """Tell whether a text is written in capitals, but for slips."""
    return sum(map(str.isupper, text)) > sum(map(str.islower, text))


def _corrected(written: str, official: str) -> str | None:
    """Return the official name where only few words of the written one are misspelt."""
    own, right = _WORD.findall(written), _WORD.findall(official)
    if len(own) != len(right):
        return None
    slips = [pair for pair in zip(own, right, strict=True) if pair[0].casefold() != pair[1].casefold()]
    if len(slips) > 1 + len(own) // WORDS_TO_SLIP or not all(is_slip(*pair) for pair in slips):
        return None
    if not _keeps_case(written, official):
        return official
    words = iter([_styled(right_word, word) for word, right_word in zip(own, right, strict=True)])
    return _WORD.sub(lambda _: next(words), official)


def is_slip(word: str, right: str, least: int = SURE[0][0]) -> bool:
    """Tell whether a word is another one misspelt, and no word of its own: "pendidikan" and "penyidikan" are one slip
    apart and not the same. `least` is the number of letters of the shortest words that are told by one slip.
    """
    from rapidfuzz.distance import OSA

    word, right = word.casefold(), right.casefold()
    if not (word.isalpha() and right.isalpha()):
        return False
    allowed = max((slips for letters, slips in ((least, 1), *SURE) if len(right) >= letters), default=0)
    return OSA.distance(word, right, score_cutoff=allowed) <= allowed and not is_root(raw_stem(word))


def _styled(right: str, like: str) -> str:
    """Return an official word in the case of the word in its place; a word that is right stays as it is."""
    if right.casefold() == like.casefold():
        return like
    if like.isupper() or like.islower():
        return right.upper() if like.isupper() else right.lower()
    return right.capitalize() if right.isupper() else right
