"""Amounts and figures as people type them: ``Rp. 1.500.000,-``, ``1,234,567``, ``(1.000)``, ``Rp 1,2 M``."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from alignment_cli.sheet.grid import clean

if TYPE_CHECKING:
    from collections.abc import Iterable

Mark = Literal["koma", "titik"]
"""The decimal mark of a column: comma (1.234,56) or dot (1,234.56)."""

NOISE = Decimal("0.005")
"""A number cell this near to a whole rupiah is that rupiah: below a sen there is only the noise of binary fractions."""
BLANKS = frozenset({"", "-", "–", "—", "−", "--", ".", "n/a", "na", "nihil", "null", "none"})  # noqa: RUF001
_PREFIX = re.compile(r"(?:rp|idr)\s*\.?\s*", re.IGNORECASE)
_WORDS = {
    "ribu": 3,
    "rb": 3,
    "juta": 6,
    "jt": 6,
    "miliar": 9,
    "milyar": 9,
    "m": 9,
    "triliun": 12,
    "trilyun": 12,
    "t": 12,
}
"""Words behind an amount and the power of ten that they mean."""
_SUFFIX = re.compile(rf"\s*\b({'|'.join(sorted(_WORDS, key=len, reverse=True))})\b\.?(?:\s*rupiah)?$", re.IGNORECASE)
_NO_SEN = re.compile(r"[.,]\s*[-–—=]+$")  # noqa: RUF001
_SPACES = re.compile(r"(?<=\d)[\s'’](?=\d{3}(?!\d))")  # noqa: RUF001
_CORE = re.compile(r"\d+(?:[.,]\d+)*|[.,]\d+")
DECIMALS = 4
"""Most decimals that people write."""
LONGEST = 40
"""Longest text that can be an amount, in characters."""
LARGEST = Decimal(10) ** 18
"""No amount is as large; a larger number is something else (the whole state budget is below 10**16 rupiah)."""


class Reading(NamedTuple):
    """What a cell may mean: `comma` where the comma is the decimal mark, `dot` where the dot is. Both are the same
    where nothing is in doubt; None where the cell cannot be read that way. `exact` is False for number cells, which may
    carry the noise of binary fractions, and for texts that were made from such. A blank has `blank` set and no value.
    """

    comma: Decimal | None
    dot: Decimal | None
    blank: bool = False
    exact: bool = True

    @property
    def sure(self) -> bool:
        """Tell whether there is just one meaning."""
        return (
            self.blank
            or (self.comma is not None and self.comma == self.dot)
            or (self.comma is None) != (self.dot is None)
        )

    @property
    def votes(self) -> Mark | None:
        """The decimal mark that this cell proves; None where it proves none."""
        if self.blank or not self.sure or self.comma == self.dot:
            return None
        return "koma" if self.dot is None else "titik"

    def value(self, mark: Mark | None) -> Decimal | None:
        """Return the meaning, with `mark` deciding where there are two; None where it stays open."""
        if self.comma is not None and (self.comma == self.dot or self.dot is None):
            return self.comma
        if self.comma is None:
            return self.dot
        return {"koma": self.comma, "titik": self.dot, None: None}[mark]


BLANK = Reading(None, None, blank=True)
UNREADABLE = Reading(None, None)


def read(cell: Any) -> Reading:
    """Return what a cell may mean as a number. Words of size ("juta", "M") are counted in."""
    if isinstance(cell, bool):
        return UNREADABLE
    if isinstance(cell, int | float):
        number = _decimal(repr(cell))
        return UNREADABLE if number is None else Reading(number, number, exact=isinstance(cell, int))
    text = clean(cell).replace("\u00a0", " ")
    if text.casefold() in BLANKS:
        return BLANK
    if len(text) > LONGEST or not any(character.isdecimal() for character in text):
        return BLANK if _PREFIX.sub("", text).strip() in BLANKS else UNREADABLE
    return _of_text(text)


def _of_text(text: str) -> Reading:
    text, negative = _sign(text)
    text = _PREFIX.sub("", text, count=1) if _PREFIX.match(text) else text
    text, below = _sign(text)
    word = _SUFFIX.search(text)
    text = text[: word.start()] if word else text
    text = _SPACES.sub("", _NO_SEN.sub("", text.strip()))
    if not _CORE.fullmatch(text) or not text.isascii():
        return UNREADABLE
    scale = Decimal(10) ** (_WORDS[word.group(1).lower()] if word else 0) * (-1 if negative or below else 1)
    comma, dot = (
        None if number is None else number * scale for number in (_marked(text, ".", ","), _marked(text, ",", "."))
    )
    return Reading(comma, dot, exact=not any(map(_many_decimals, (comma, dot))))


def _many_decimals(number: Decimal | None) -> bool:
    """Tell whether a figure has more decimals than people write: a program has written it, with the noise it had."""
    exponent = 0 if number is None else number.as_tuple().exponent
    return isinstance(exponent, int) and exponent < -DECIMALS


def _sign(text: str) -> tuple[str, bool]:
    """Take away a minus sign or the brackets of accounting; tell whether there was one."""
    text = text.strip()
    if text[:1] == "(" and text[-1:] == ")":
        return text[1:-1].strip(), True
    if text[:1] in "-−–":  # noqa: RUF001
        return text[1:].strip(), True
    return text, False


def _marked(text: str, thousands: str, decimal: str) -> Decimal | None:
    """Read digits with these marks; None where they do not stand as they must."""
    whole, mark, fraction = text.partition(decimal)
    if mark and (decimal in fraction or thousands in fraction or not fraction):
        return None
    groups = whole.split(thousands)
    if len(groups) > 1 and not (1 <= len(groups[0]) <= 3 and groups[0] != "0" and all(len(g) == 3 for g in groups[1:])):  # noqa: PLR2004
        return None
    return _decimal("".join(groups) + (f".{fraction}" if mark else ""))


def _decimal(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) < LARGEST else None


def mark_of(readings: Iterable[Reading]) -> Mark | None:
    """Return the decimal mark that a column uses; None where no cell proves one, or cells prove both."""
    votes = Counter(reading.votes for reading in readings)
    return "koma" if votes["koma"] and not votes["titik"] else "titik" if votes["titik"] and not votes["koma"] else None


def rupiah(number: Decimal, unit: int, *, exact: bool) -> int | None:
    """Return an amount in whole rupiah: `number` times `unit` rupiah. None when a fraction of a rupiah is left that is
    more than the noise of a number cell (`exact` False).
    """
    amount = number * unit
    whole = amount.to_integral_value()
    if amount == whole or (not exact and abs(amount - whole) < NOISE):
        return int(whole)
    return None
