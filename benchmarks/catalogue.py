"""What made-up plans are drawn from: the official nomenclature by field of government, offices, titles of regions."""

from __future__ import annotations

import csv
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from ruamel.yaml import YAML

if TYPE_CHECKING:
    import random

DATA = Path(__file__).resolve().parent.parent / "data"
Tier = Literal["kabupaten/kota", "provinsi"]

FEW_HAVE = ("YOGYAKARTA", "KEISTIMEWAAN", "PAPUA", "KABUPATEN ADMINISTRASI", "KOTA ADMINISTRASI", "PENGHUBUNG")
"""Words of programmes that only few regions have; no made-up region has them."""


class Part(NamedTuple):
    """An official sub-activity."""

    kode: str
    nama: str
    indikator: str
    satuan: str
    kegiatan: str


class Programme(NamedTuple):
    """An official programme with its sub-activities; `support` when it serves the office itself."""

    kode: str
    nama: str
    support: bool
    parts: tuple[Part, ...]


class Field(NamedTuple):
    """A field of government (bidang urusan) with its programmes."""

    kode: str
    nama: str
    programmes: tuple[Programme, ...]


class Offices(NamedTuple):
    """How regions divide the fields among offices: those with names of their own, those that are often joined with
    another, those that many regions lack. The choice is common practice simplified, not taken from a regulation.
    """

    names: dict[str, str]
    joined: tuple[tuple[str, str], ...]
    rare: frozenset[str]
    district: str

    def draw(self, draw: random.Random, fields: list[str]) -> dict[str, tuple[str, str]]:
        """Return for each field that a region has the first field of its office and the office's name."""
        names = {field.kode: field.nama for tier in TIERS for field in catalogue(tier)}
        found = {field: (field, self._name(field, names)) for field in fields
                 if field not in self.rare or draw.random() < 0.6}  # fmt: skip # noqa: PLR2004 - assumed
        for first, second in self.joined:
            if draw.random() < 0.6 and all(found.get(field, ("",))[0] == field for field in (first, second)):  # noqa: PLR2004 - assumed
                name = f"{found[first][1]} dan {found[second][1].removeprefix('Dinas ').removeprefix('Badan ')}"
                found[first] = found[second] = first, name
        return found

    def _name(self, field: str, names: dict[str, str]) -> str:
        return self.names.get(field) or f"Dinas {_title(names[field])}"


OFFICES = Offices(
    names={
        "1.05": "Satuan Polisi Pamong Praja",
        "4.01": "Sekretariat Daerah",
        "4.02": "Sekretariat DPRD",
        "5.01": "Badan Perencanaan Pembangunan Daerah",
        "5.02": "Badan Keuangan dan Aset Daerah",
        "5.03": "Badan Kepegawaian Daerah",
        "5.04": "Badan Pengembangan Sumber Daya Manusia",
        "5.05": "Badan Riset dan Inovasi Daerah",
        "5.06": "Badan Pengelola Perbatasan",
        "6.01": "Inspektorat Daerah",
        "8.01": "Badan Kesatuan Bangsa dan Politik",
    },
    joined=(("1.01", "2.22"), ("1.04", "2.10"), ("2.07", "3.32"), ("2.08", "2.14"), ("2.09", "3.27"), ("2.16", "2.20"),
            ("2.17", "3.30"), ("2.19", "3.26"), ("2.23", "2.24"), ("5.03", "5.04"), ("5.01", "5.05")),
    rare=frozenset({"2.10", "2.21", "3.25", "3.28", "3.29", "3.32", "5.06"}),
    district="7.01",
)  # fmt: skip
TIERS: tuple[Tier, Tier] = ("kabupaten/kota", "provinsi")


def _title(field: str) -> str:
    words = field.removeprefix("URUSAN PEMERINTAHAN BIDANG ").title().split()
    return " ".join(word.lower() if word in ("Dan", "Serta") else word for word in words)


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@cache
def catalogue(tier: Tier) -> tuple[Field, ...]:
    """Return the fields that a region of this tier can have, in the order of their codes."""
    kegiatan = {row["kode"]: row["nama"] for row in _rows("nomenklatur/kegiatan.csv")}
    parts: dict[str, list[Part]] = defaultdict(list)
    for row in _rows("nomenklatur/sub_kegiatan.csv"):
        if row["tingkat"] == tier:
            above = kegiatan.get(row["kode"].rpartition(".")[0], "")
            part = Part(row["kode"], row["nama"], row["indikator"], row["satuan"], above)
            parts[".".join(row["kode"].split(".")[:3])].append(part)
    programmes = {row["kode"]: row["nama"] for row in _rows("nomenklatur/program.csv") if tier in row["tingkat"]}
    found = []
    for row in _rows("nomenklatur/bidang.csv"):
        field = row["kode"]
        special = any(word in row["nama"] for word in FEW_HAVE) or (tier == "provinsi" and field == OFFICES.district)
        if tier not in row["tingkat"] or field.startswith(("9", "X")) or special:
            continue  # 9: provinces with autonomy of their own; districts of a province: Jakarta
        own = tuple(part._replace(kode=field + part.kode[4:]) for part in parts["X.XX.01"])
        listed = [Programme(f"{field}.01", programmes["X.XX.01"], True, own)]
        listed += [
            Programme(kode, nama, False, tuple(parts[kode]))
            for kode, nama in programmes.items()
            if kode.startswith(f"{field}.") and parts[kode] and not any(word in nama for word in FEW_HAVE)
        ]
        found.append(Field(field, row["nama"], tuple(listed)))
    return tuple(found)


@cache
def own_titles() -> tuple[str, ...]:
    """Return titles that regions made themselves: items of the shipped plans without a code, and labelled ones."""
    titles = [row["nama"] for row in _rows("berlabel/narasi.csv")]
    for path in sorted((DATA / "programs").glob("*.yaml")):
        programmes = YAML(typ="safe").load(path.read_text("utf-8"))["program"]
        titles += [programme["nama"] for programme in programmes if "kode" not in programme]
    return tuple(titles)
