"""Codes that lie in several columns, one for each level."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from alignment_cli.sheet.codes import NONE, OLD_SUB, WIDTHS, Code, level, tidy
from alignment_cli.sheet.grid import clean

if TYPE_CHECKING:
    from alignment_cli.sheet.codes import Codes


class Split:
    """Puts codes together that lie in several columns, one for each level. Blank parts to the left are those of the row
    above; a cell may also hold the whole code.
    """

    def __init__(self, codes: Codes) -> None:
        self._codes = codes
        self._above: list[str] = []

    def read(self, cells: list[Any], name: str) -> Code:
        """Return the code of a row from its code cells, uppermost level first."""
        texts = [tidy(clean(cell)) for cell in cells]
        filled = [n for n, text in enumerate(texts) if text]
        if not filled:
            return NONE
        last = filled[-1]
        if texts[last].count(".") > 1:  # more than a part, or the pair of a kegiatan
            return self._codes.read(cells[last], name)
        parts = [text or (self._above[n] if n < len(self._above) else "") for n, text in enumerate(texts[: last + 1])]
        self._above = parts
        kode = _joined(parts)
        found = level(kode)
        if found:
            return Code(kode, found)
        read = self._codes.read(kode if last else cells[0], name)
        numeric = any(isinstance(cells[n], float) for n in filled)
        return read._replace(how="rusak") if numeric and not read.level else read


def _joined(parts: list[str]) -> str:
    """Join parts of a code. A part that repeats those before it (1 | 1.02 | 1.02.02) replaces them. A part of digits
    alone that is too short has lost zeros at its front, for its column tells how many it has.
    """
    whole = ""
    for part in parts:
        if not whole or part.startswith(f"{whole}."):
            whole = part
            continue
        place = whole.count(".") + 1
        padded = (
            part.zfill(WIDTHS[place]) if place < len(WIDTHS) and part.isdecimal() and len(part) != OLD_SUB else part
        )
        whole = f"{whole}.{padded}"
    return whole
