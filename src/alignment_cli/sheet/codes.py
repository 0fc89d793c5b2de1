"""Nomenclature codes as sheets hold them: with spaces, with the name beside, as a number or as a date that Excel made.

What is written as a code stays as written, but for its separators. Where Excel has eaten digits, every code that the
cell can have been is looked up, and one is taken only when its official name is the name in the row.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from alignment_cli.nomenclature import level_of
from alignment_cli.sheet.amounts import BLANKS
from alignment_cli.sheet.grid import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from alignment_cli.nomenclature import Nomenclature

Level = Literal["urusan", "bidang_urusan", "program", "kegiatan", "sub_kegiatan", ""]
LEVELS: tuple[Level, ...] = ("urusan", "bidang_urusan", "program", "kegiatan", "sub_kegiatan")
WIDTHS = (1, 2, 2, 1, 2, 4)
"""Digits of the parts of a code: urusan, bidang, program, jenjang, kegiatan, sub kegiatan, as in `data/nomenklatur`."""
OLD_SUB = 2
"""Digits of a sub kegiatan before the nomenclature gave it four."""
AGREES = 80
"""Least likeness (rapidfuzz token_sort_ratio, 0-100) of the row's name with the official one to restore a code."""
MARGIN = 8
"""The next candidate must be less alike by this much."""

_SEPARATORS = re.compile(r"[\s.,\-/_:;]+")
_WRAPPING = "'`\"’‘[](){}\u00a0 \t"  # noqa: RUF001
_SHAPE = re.compile(r"[\dX](?:\.[\dX]{2}(?:\.\d{2}(?:\.\d\.\d{2}(?:\.\d{2,4})?)?)?)?")
_WITH_NAME = re.compile(
    r"\s*[\[(]?\s*'?([\dXx](?:[.\s]\s?[\dXx]{1,2}){1,4}(?:[.\s]\s?\d{2,4})?\.?)\s*[\])]?\s*(?:[-–—:|]\s*|\s)(?=\S*[^\W\d])(.+)",  # noqa: RUF001
    re.DOTALL,
)
_OFFICE = re.compile(r"[\dX]\.[\dX]{2}\.\d\.\d{2}\.\d\.\d{2}\.\d{2}(?:\.\d{2,4})?")
_LEAD = re.compile(
    r"^(?:program|kegiatan|sub ?kegiatan|(?:urusan pemerintahan|unsur)(?: wajib| pilihan)?(?: bidang)?) +(?=\S)"
)
"""What official names begin with and sheets leave out."""
_ACCOUNT = re.compile(r"[4-6](?:\.\d(?:\.\d{2}){0,4}(?:\.\d{3,5})?)?")
_ACCOUNT_NAME = re.compile(
    r"\b(?:belanja|pendapatan|pembiayaan|penerimaan|pengeluaran|surplus|defisit)\b", re.IGNORECASE
)


class Code(NamedTuple):
    """A code from a cell. `kode` is "" where there is none; `level` "" where its shape is no nomenclature code's. `how`
    tells what was done: ``asli`` (as written), ``dirapikan`` (separators only), ``dipulihkan`` (restored by the name),
    or ``rusak`` (digits are lost, and no name tells which).
    """

    kode: str
    level: Level
    how: Literal["asli", "dirapikan", "dipulihkan", "rusak"] = "asli"


NONE = Code("", "")


@lru_cache(maxsize=65536)
def level(kode: str) -> Level:
    """Return the level that a code is shaped like; one digit is an urusan."""
    return "urusan" if len(kode) == 1 and kode.isdecimal() else level_of(kode)


def split_name(text: str) -> tuple[str, str]:
    """Split ``1.02.02 - PROGRAM ...`` into code and name; the code is "" where the text does not begin with one."""
    found = _WITH_NAME.fullmatch(text)
    if found is None or not level(tidy(found.group(1))):
        return "", text
    return found.group(1), found.group(2).strip()


@lru_cache(maxsize=65536)
def tidy(text: str) -> str:
    """Return a code with dots between its parts and nothing around it."""
    if text.isdecimal():
        return text
    parts = [part for part in _SEPARATORS.split(text.strip(_WRAPPING)) if part]
    return ".".join(parts).upper()


def is_office(kode: str) -> bool:
    """Tell whether a code is that of a perangkat daerah or sub unit: ``1.01.2.22.0.00.16.0000``."""
    return _OFFICE.fullmatch(kode) is not None


def is_account(kode: str, name: str) -> bool:
    """Tell whether a row is an account (``5.1.02``, BELANJA ...) and no item of the plan."""
    if not _ACCOUNT.fullmatch(kode):
        return False
    return not level(kode) or _ACCOUNT_NAME.search(name) is not None


class Codes:
    """Reads code cells against the official nomenclature."""

    def __init__(self, nomenclature: Nomenclature) -> None:
        self._nomenclature = nomenclature
        self.official = lru_cache(maxsize=65536)(self._official)

    def _official(self, kode: str) -> tuple[str, ...]:
        """Return the official names of a code, none when it has none."""
        entry = self._nomenclature.get(kode) if level_of(kode) else None
        return () if entry is None else (entry.nama, *entry.nama_lain)

    def read(self, cell: Any, name: str) -> Code:
        """Return the code in a cell, with `name`, the name in the same row, to restore what Excel has eaten."""
        if isinstance(cell, str):
            return self._of_text(clean(cell), name)
        if isinstance(cell, dt.date):
            return self._restored(_of_date(cell), name, clean(cell))
        if isinstance(cell, bool) or cell is None or not isinstance(cell, int | float):
            return NONE
        text = clean(cell)
        if level(text):
            return Code(text, level(text))
        return self._restored(_of_number(text), name, text)

    def _of_text(self, text: str, name: str) -> Code:
        if text in BLANKS:
            return NONE
        if _SHAPE.fullmatch(text):
            return Code(text, level(text))
        kode = tidy(text)
        found = level(kode)
        if found:
            return Code(kode, found, "dirapikan")
        if not any(map(str.isdecimal, kode)):
            return Code(text, "") if name else NONE
        if is_office(kode) or is_account(kode, name) or not kode[0].isdecimal():
            return Code(kode, "")
        return self._restored(_of_number(kode), name, text, text=True)

    def _restored(self, candidates: Iterable[str], name: str, written: str, *, text: bool = False) -> Code:
        """Return the one candidate that has the row's name officially. A text that is none of them stays as written."""
        different = {self._nomenclature.canonical(kode): kode for kode in sorted(candidates, key=len)}
        scored = sorted(((self.likeness(name, kode), kode) for kode in different.values()), reverse=True)
        if scored and scored[0][0] >= AGREES and (len(scored) == 1 or scored[0][0] - scored[1][0] >= MARGIN):
            return Code(scored[0][1], level(scored[0][1]), "dipulihkan")
        return Code(written, "") if text else Code(written, "", "rusak")

    def likeness(self, name: str, kode: str) -> float:
        """Return how much a name is like the official one of a code, 0-100."""
        official = self.official(kode)
        if not official or not name:
            return 0.0
        from rapidfuzz import fuzz, utils

        plain, *others = (_LEAD.sub("", utils.default_process(text)) for text in (name, *official))
        return max(fuzz.token_sort_ratio(plain, other) for other in others)


def _of_number(text: str) -> Iterator[str]:
    """Yield the codes that digits can have been: zeros lost at the front or the end of a part, or the separators."""
    parts = [part for part in _SEPARATORS.split(text) if part]
    if not all(part.isdecimal() for part in parts) or len(parts) > len(WIDTHS):
        return
    if len(parts) == 1 and len(text) > 1:
        yield from _without_separators(text)
        return
    choices = [
        _padded(part, width, last=n == len(parts))
        for n, (part, width) in enumerate(zip(parts, WIDTHS, strict=False), 1)
    ]
    yield from (kode for kode in map(".".join, product(*choices)) if level_of(kode))


def _padded(part: str, width: int, *, last: bool) -> list[str]:
    if len(part) >= width:
        return [part]
    padded = [part.zfill(width)]
    if width == WIDTHS[-1] and len(part) <= OLD_SUB:
        padded.append(part.zfill(OLD_SUB))
    if last:
        padded.append(part.ljust(width, "0"))
    return padded


def _without_separators(digits: str) -> Iterator[str]:
    for widths in (WIDTHS, (*WIDTHS[:-1], OLD_SUB)):
        rest, parts = digits, []
        for width in widths:
            if not rest:
                break
            parts.append(rest[:width])
            rest = rest[width:]
        kode = ".".join(parts)
        if not rest and level_of(kode):
            yield kode


def _of_date(date: dt.date) -> Iterator[str]:
    """Yield the codes that Excel can have taken for this date: day.month.year, month.day.year, year.month.day, or two
    parts without the year.
    """
    day, month, year = date.day, date.month, date.year % 100
    for parts in ((day, month, year), (month, day, year), (year, month, day), (day, month), (month, day)):
        kode = ".".join((str(parts[0]), *(f"{part:02}" for part in parts[1:])))
        if level_of(kode):
            yield kode
