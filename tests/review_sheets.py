"""Filling in a review sheet as a person would, without a spreadsheet program: cells are set in the file's own text."""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from pathlib import Path

SHEET = "xl/worksheets/sheet1.xml"


def fill(path: Path, cells: dict[str, str | float | None]) -> None:
    """Set cells of the first sheet: text, number, None for empty; a text that begins with ``=`` is a formula."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    text = parts[SHEET].decode()
    for address, value in cells.items():
        pattern = rf'<c r="{address}"( s="\d+")?[^>]*?(?:/>|>.*?</c>)'
        made = lambda found, at=address, new=value: _cell(at, found[1] or "", new)  # noqa: E731 - bound at once
        text, count = re.subn(pattern, made, text)
        assert count == 1, address
    parts[SHEET] = text.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def _cell(address: str, style: str, value: str | float | None) -> str:
    start = f'<c r="{address}"{style}'
    if value is None:
        return f"{start}/>"
    if isinstance(value, str) and value.startswith("="):
        return f'{start} t="str"><f>{escape(value[1:])}</f><v>terima</v></c>'
    if isinstance(value, str):
        return f'{start} t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    return f"{start}><v>{value}</v></c>"
