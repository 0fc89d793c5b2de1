"""Whose plan it is: region, document, year and office, from the options or from the titles above a table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from alignment_cli.sheet import rows
from alignment_cli.sheet.grid import clean, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from alignment_cli.sheet.columns import Layout
    from alignment_cli.sheet.grid import Grid

DOCUMENTS = (
    ("RPJMD", r"\brpjmd\b|rencana pembangunan jangka menengah daerah"),
    ("Renstra", r"\brenstra\b|rencana strategis"),
    ("RKPD", r"\brkpd\b|rencana kerja pemerintah daerah"),
    ("Renja", r"\brenja\b|rencana kerja\b"),
    ("KUA-PPAS", r"\bkua\b|\bppas\b|prioritas dan plafon anggaran"),
    ("RAPBD", r"\brapbd\b|\brka\b|rencana kerja dan anggaran|rancangan anggaran pendapatan"),
    ("APBD", r"\bapbd\b|\bdpp?a\b|dokumen pelaksanaan"),
)
"""Documents and how titles name them. RKA are the office's part of the draft budget, DPA of the budget (PP 12/2019)."""
_ORDER = ("RAPBD", "APBD", "KUA-PPAS", "RPJMD", "Renstra", "RKPD", "Renja")
"""A title that names several is about the first of these: "DPA ... Renja" is a DPA."""
TIERS = ("provinsi", "kabupaten", "kota")
_YEAR = re.compile(r"\btahun(?:\s+anggaran)?\s*:?\s*((?:19|20)\d\d)\b", re.IGNORECASE)
_ANY_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_REGION = re.compile(
    r"(?i:provinsi|kabupaten|kab\.|kota)\s+[A-Z][\w.'-]*"
    r"(?:\s+(?!(?i:tahun|provinsi|kabupaten|t\.?a|anggaran|periode)\b)[A-Z][\w.'-]*){0,4}"
)
"""A region's name; its words begin with a capital letter."""
_OFFICE = re.compile(
    r"(?i:renja|rencana kerja|rka|dpa)\b.*?\b((?i:dinas|badan|sekretariat|inspektorat|kecamatan|rsud)\b.*)"
)
_BEHIND = re.compile(r"[\s,]+(?i:tahun|kabupaten|kab\.|provinsi|kota)\b.*", re.DOTALL)


class Wish(NamedTuple):
    """What the user asked for; None and "" where the sheet is to tell."""

    daerah: str = ""
    tingkat: str = ""
    dokumen: str = ""
    tahun: int | None = None
    kode_daerah: str = ""
    perangkat_daerah: str = ""


NEEDED = ("daerah", "tingkat", "dokumen", "tahun")
"""What a programme file cannot do without."""


class Found(NamedTuple):
    """What the titles of a sheet say; "" and None where they say nothing."""

    daerah: str = ""
    tingkat: str = ""
    dokumen: str = ""
    tahun: int | None = None
    perangkat_daerah: str = ""


def tier_of(name: str) -> str:
    """Return the tier that a region's name begins with, "" when it begins with none."""
    first = name.strip().split(" ")[0].casefold().rstrip(".") if name.strip() else ""
    return {"prov": "provinsi", "kab": "kabupaten"}.get(first, first) if first in (*TIERS, "prov", "kab") else ""


def titles_of(grid: Grid, until: int) -> list[list[str]]:
    """Return the texts of the rows above a table, row by row."""
    return [[one_line(text) for text in map(clean, row) if text] for row in grid.rows[:until]]


def find(titles: Iterable[list[str]]) -> Found:
    """Return what titles say."""
    above = [row for row in titles if row]
    whole = "\n".join(" ".join(row) for row in above)
    names = _regions(whole)
    region = next((name for name in names if tier_of(name) != "provinsi"), names[0] if names else "")
    year = _YEAR.search(whole) or _ANY_YEAR.search(whole)
    return Found(region, tier_of(region), _document(whole), int(year.group(1)) if year else None, _office(above))


def _document(text: str) -> str:
    named = {document for document, pattern in DOCUMENTS if re.search(pattern, text, re.IGNORECASE)}
    return next((document for document in _ORDER if document in named), "")


def _regions(text: str) -> list[str]:
    """Return the names of regions, as written."""
    return [found.group().strip(" .,:;-") for found in _REGION.finditer(text)]


def _office(above: list[list[str]]) -> str:
    """Return the office that the titles name, "" when they name none or a placeholder."""
    for texts in above:
        label = rows.office_label(texts[0])
        if label is None:
            continue
        words = (word.strip(" :") for word in (label, *texts[1:]))
        name = next((word for word in words if any(map(str.isalpha, word))), "")
        if name:
            return rows.office_of(name)
    alone = next((texts[0] for texts in above if len(texts) == 1 and rows.is_office_name(texts[0])), "")
    behind = next((found.group(1) for texts in above if (found := _OFFICE.search(texts[0]))), "")
    return alone or _BEHIND.sub("", behind)


def completed(wish: Wish, said: list[Found], year: int | None) -> Wish:
    """Fill in from the titles of the sheets what the user leaves open; `year` stands in where they name none."""
    daerah = wish.daerah or next((found.daerah for found in said if found.daerah), "")
    return wish._replace(
        daerah=daerah,
        tingkat=wish.tingkat or tier_of(daerah),
        dokumen=wish.dokumen or next((found.dokumen for found in said if found.dokumen), ""),
        tahun=wish.tahun or next((found.tahun for found in said if found.tahun), year),
    )


def year_of(layouts: Iterable[Layout]) -> int | None:
    """Return the one year that the titles of ceilings name, None where they name none or several."""
    years = {
        int(year) for layout in layouts for column in layout.all("pagu") for year in _ANY_YEAR.findall(column.title)
    }
    return years.pop() if len(years) == 1 else None
