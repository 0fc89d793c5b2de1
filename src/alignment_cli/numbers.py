"""Numbers as Indonesian and English readers write them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from alignment_cli.finding import Lang

_SHORT = ((10**12, "T", "tn"), (10**9, "M", "bn"), (10**6, "jt", "m"))
"""Triliun, miliar, juta."""


def rupiah(amount: int, lang: Lang = "id") -> str:
    """Write whole rupiah in full: ``Rp 1.234.567``."""
    return f"Rp {number(amount, lang)}"


def number(value: int, lang: Lang = "id") -> str:
    """Write a whole number with thousands marks."""
    text = f"{value:,}"
    return text if lang == "en" else text.replace(",", ".")


def decimal(value: float, digits: int, lang: Lang = "id") -> str:
    """Write a number with `digits` decimals and thousands marks."""
    text = f"{value:,.{digits}f}"
    return text if lang == "en" else text.translate(str.maketrans(",.", ".,"))


def short_rupiah(amount: int | None, lang: Lang = "id") -> str:
    """Write rupiah in three to four digits: ``Rp 1,2 M`` (miliar); a ceiling that is not known is a dash."""
    if amount is None:
        return "–"  # noqa: RUF001 - an en dash reads as "not known", a hyphen as a minus
    if amount < 0:
        return f"-{short_rupiah(-amount, lang)}"
    for unit, id_, en in _SHORT:
        if amount >= unit:
            return f"Rp {decimal(amount / unit, 1, lang)} {en if lang == 'en' else id_}"
    return rupiah(amount, lang)


def percent(share: float, lang: Lang = "id") -> str:
    """Write a share of 0-1 in whole percent."""
    return f"{share * 100:.0f}%" if lang == "en" else f"{share * 100:.0f} %"


def read_number(text: str) -> float | None:
    """Return the number that a text is in Indonesian notation (``1.234,5``), a point before other than three digits
    being a decimal one (``14.2``). None when the text is no such number.
    """
    text = text.strip()
    if re.fullmatch(r"[-+]?[1-9]\d{0,2}(?:\.\d{3}){1,5}(?:,\d{1,15})?", text):
        text = text.replace(".", "")
    elif not re.fullmatch(r"[-+]?\d{1,18}(?:[.,]\d{1,15})?", text):
        return None
    return float(text.replace(",", "."))
