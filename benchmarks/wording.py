"""How planners write: names of places, and official names with capitals, slips, abbreviations and places added."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING

from catalogue import own_titles

if TYPE_CHECKING:
    import random

CHANGES = {"official": 85, "capitals": 3, "slip": 4, "short": 2, "place": 3, "no_code": 2, "own_title": 1}
"""How names of sub-activities are written, in percent."""
FIRST = ("Sungai", "Lubuk", "Tanjung", "Muara", "Padang", "Bukit", "Kota", "Pulau", "Teluk", "Batu", "Simpang", "Koto",
         "Rantau", "Air", "Gunung", "Labuhan", "Ujung", "Pasir", "Tebing", "Kuala")  # fmt: skip
SECOND = ("Aro", "Gadang", "Jabung", "Enim", "Ilir", "Panjang", "Baru", "Tinggi", "Raya", "Hulu", "Selatan", "Indah",
          "Makmur", "Jaya", "Sari", "Agung", "Lama", "Tengah", "Rejo", "Mulya", "Utara", "Kencana", "Putih", "Besar",
          "Merah", "Sakti", "Timur", "Damai", "Subur", "Permai")  # fmt: skip
PLACES = len(FIRST) * len(SECOND)
SHORT = {"Pembangunan": "Pemb.", "Peningkatan": "Penk.", "Penyediaan": "Peny.", "Pengelolaan": "Pengel.",
         "Pelaksanaan": "Pelaks.", "Koordinasi": "Koord.", "Kabupaten/Kota": "Kab/Kota", "Sumber Daya Manusia": "SDM",
         "dan": "&", "dengan": "dgn", "yang": "yg", "untuk": "utk"}  # fmt: skip


def place_name(at: int) -> str:
    """Return one of the `PLACES` made-up names."""
    return f"{FIRST[at % len(FIRST)]} {SECOND[at // len(FIRST)]}"


def written(draw: random.Random, change: str, official: str, where: str, region: str) -> str:
    """Return an official name as changed by a planner; `change` is one of `CHANGES`."""
    match change:
        case "capitals":
            return official.upper()
        case "slip":
            return _slip(draw, official)
        case "short":
            return " ".join(SHORT.get(word, word) for word in official.split())
        case "place":
            return f"{official} {draw.choice((f'Kecamatan {where}', f'Kec. {where}', f'di {region}'))}"
        case "own_title":
            return f"{draw.choice(own_titles())} {draw.choice(('', f'Nagari {where}', f'Desa {where}'))}".strip()
        case _:
            return official


def _slip(draw: random.Random, text: str) -> str:
    """Return a text with a letter wrong, doubled or missing, two letters swapped, or two words run together."""
    at = draw.randrange(1, len(text) - 1)
    spaces = [i for i, letter in enumerate(text) if letter == " "] or [at]
    space = draw.choice(spaces)
    return draw.choice((
        text[:at] + draw.choice("aeinrst") + text[at + 1 :],
        text[:at] + text[at] + text[at:],
        text[:at] + text[at + 1 :],
        text[:at] + text[at + 1] + text[at] + text[at + 2 :],
        text[:space] + text[space + 1 :],
    ))  # fmt: skip


@cache
def scalar(text: str) -> str:
    """Return a text as a YAML scalar, quoted where it has to be."""
    plain = re.fullmatch(r"[A-Za-z][^\s:#\"'\\]*(?: [^\s:#\"'\\]+)*", text) and text not in ("null", "true", "false")
    return text if plain else json.dumps(" ".join(text.split()), ensure_ascii=False)
