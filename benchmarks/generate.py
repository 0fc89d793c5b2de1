"""Made-up plans with real codes and names, for measuring. The same seed gives the same bytes.

    python benchmarks/generate.py regency FOLDER [--seed 2026] [--items 3000]
    python benchmarks/generate.py province FOLDER
    python benchmarks/generate.py nation FOLDER [--regions 552]

Programmes, sub-activities, indicators and units are those of the official nomenclature (`data/nomenklatur/`), for the
region's tier; every office has its own support programme. Some names are changed as planners change them: capitals, a
slip of the pen, a place behind the title, a missing code, a title of the region's own (`data/programs/`,
`data/berlabel/narasi.csv`). Money, places and targets are drawn at random and mean nothing.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import re
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from ruamel.yaml import YAML

if TYPE_CHECKING:
    from collections.abc import Iterator

DATA = Path(__file__).resolve().parent.parent / "data"
Tier = Literal["kabupaten/kota", "provinsi"]

SEED = 2026
REGENCY, PROVINCE = 3_000, 4_160
"""Sub-activities of a regency and of a province: 514 regencies and cities and 38 provinces make 1.7 million."""
PROVINCES, REGIONS = 38, 552
SUPPORT_PARTS = 30
"""Support sub-activities of an office, of the hundred that the nomenclature knows."""
CHANGES = {"official": 86, "capitals": 3, "slip": 4, "place": 3, "no_code": 2, "own_title": 2}
"""How names of sub-activities are written, in percent."""
DECLARED = 0.1
"""Share of programmes that declare a goal."""

FIRST = ("Sungai", "Lubuk", "Tanjung", "Muara", "Padang", "Bukit", "Kota", "Pulau", "Teluk", "Batu", "Simpang", "Koto")
SECOND = ("Aro", "Gadang", "Jabung", "Enim", "Ilir", "Panjang", "Baru", "Tinggi", "Raya", "Hulu", "Selatan", "Indah",
          "Makmur", "Jaya", "Sari", "Agung", "Lama", "Tengah", "Rejo", "Mulya")  # fmt: skip
FUNDS = ("Pendapatan Asli Daerah", "Dana Alokasi Umum", "DAK Fisik", "DAK Nonfisik", "Dana Bagi Hasil", "Dana Desa")


class Part(NamedTuple):
    """An official sub-activity."""

    kode: str
    nama: str
    indikator: str
    satuan: str
    kegiatan: str


class Programme(NamedTuple):
    """An official programme with its office and its sub-activities."""

    kode: str
    nama: str
    office: str
    parts: tuple[Part, ...]


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@cache
def catalogue(tier: Tier) -> tuple[Programme, ...]:
    """Return the programmes that a region of this tier can have, in the order of their codes."""
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
        bidang, office = row["kode"], _office(row["nama"])
        if tier not in row["tingkat"] or bidang.startswith(("9", "X")):
            continue  # 9: provinces with autonomy of their own
        own = tuple(part._replace(kode=bidang + part.kode[4:]) for part in parts["X.XX.01"])
        found.append(Programme(f"{bidang}.01", programmes["X.XX.01"], office, own))
        found += [
            Programme(kode, nama, office, tuple(parts[kode]))
            for kode, nama in programmes.items()
            if kode.startswith(f"{bidang}.") and parts[kode]
        ]
    return tuple(found)


def _office(bidang: str) -> str:
    return f"Dinas {bidang.removeprefix('URUSAN PEMERINTAHAN BIDANG ').title()}"


@cache
def own_titles() -> tuple[str, ...]:
    """Return titles that regions made themselves: items of the shipped plans without a code, and labelled ones."""
    titles = [row["nama"] for row in _rows("berlabel/narasi.csv")]
    for path in sorted((DATA / "programs").glob("*.yaml")):
        programmes = YAML(typ="safe").load(path.read_text("utf-8"))["program"]
        titles += [programme["nama"] for programme in programmes if "kode" not in programme]
    return tuple(titles)


def make_region(seed: int, items: int = REGENCY, tier: Tier = "kabupaten/kota") -> str:
    """Return a plan with `items` sub-activities as YAML."""
    draw = random.Random(seed)  # noqa: S311 - a seeded generator, no secret
    kind = "Provinsi" if tier == "provinsi" else draw.choice(("Kabupaten", "Kabupaten", "Kota"))
    place = f"{draw.choice(FIRST)} {draw.choice(SECOND)}"
    kode = f"{draw.randint(11, 96)}.{draw.randint(1, 79):02}"
    lines = [
        "versi: 1",
        f'daerah: {{kode: "{kode}", nama: {kind} {place}, tingkat: {kind.lower()}}}',
        "dokumen: RKPD",
        "tahun: 2027",
        "program:",
    ]
    for programme, parts in _chosen(draw, items, tier):
        lines += _programme(draw, programme, parts, f"{kind} {place}")
    return "\n".join(lines) + "\n"


def _chosen(draw: random.Random, items: int, tier: Tier) -> Iterator[tuple[Programme, list[Part]]]:
    """Yield the programmes of a plan with the sub-activities drawn for each; all appear before one comes again."""
    programmes = catalogue(tier)
    pool = []
    for number, programme in enumerate(programmes):
        support = programme.kode.endswith(".01")
        some = draw.sample(programme.parts, min(SUPPORT_PARTS, len(programme.parts))) if support else programme.parts
        pool += [(number, part) for part in some]
    taken: dict[int, list[Part]] = defaultdict(list)
    while items > 0:
        for number, part in draw.sample(pool, min(items, len(pool))):
            taken[number].append(part)
        items -= len(pool)
    for number in sorted(taken):
        yield programmes[number], sorted(taken[number])


def _programme(draw: random.Random, programme: Programme, parts: list[Part], region: str) -> list[str]:
    money = [draw.randint(5, 4_000) * 250_000 for _ in parts]
    lines = [
        f'  - kode: "{programme.kode}"',
        f"    nama: {_scalar(programme.nama)}",
        f"    perangkat_daerah: {_scalar(programme.office)}",
        f"    pagu: {sum(money)}",
    ]
    if draw.random() < DECLARED:
        lines.append(f"    asta_cita: {draw.randint(1, 8)}")
    lines.append("    sub_kegiatan:")
    for part, pagu in zip(parts, money, strict=True):
        lines += _part(draw, part, pagu, region)
    return lines


def _part(draw: random.Random, part: Part, pagu: int, region: str) -> list[str]:
    change = draw.choices(list(CHANGES), list(CHANGES.values()))[0]
    place = f"{draw.choice(FIRST)} {draw.choice(SECOND)}"
    coded = change not in ("no_code", "own_title")
    name = f"nama: {_scalar(_name(draw, change, part.nama, place, region))}"
    lines = [f'      - kode: "{part.kode}"', f"        {name}"] if coded else [f"      - {name}"]
    if part.kegiatan and not draw.randrange(4):
        lines.append(f"        kegiatan: {_scalar(part.kegiatan)}")
    if part.indikator and change != "own_title":
        lines += [
            "        indikator:",
            f"          - nama: {_scalar(part.indikator)}",
            f"            satuan: {_scalar(part.satuan or 'dokumen')}",
            f"            target: {draw.randint(1, 250)}",
        ]
    if not draw.randrange(3):
        lines += [f"        lokasi: Kecamatan {place}", f"        sumber_dana: {draw.choice(FUNDS)}"]
    return [*lines, f"        pagu: {pagu}"]


def _name(draw: random.Random, change: str, official: str, place: str, region: str) -> str:
    match change:
        case "capitals":
            return official.upper()
        case "slip":
            at = draw.randrange(len(official))
            return official[:at] + draw.choice("aeinrst") + official[at + draw.randint(0, 1) :]
        case "place":
            return f"{official} {draw.choice((f'Kecamatan {place}', f'di {region}'))}"
        case "own_title":
            return f"{draw.choice(own_titles())} {draw.choice(('', f'Nagari {place}', f'Desa {place}'))}".strip()
        case _:
            return official


def _scalar(text: str) -> str:
    """Return a text as a YAML scalar, quoted where it has to be."""
    plain = re.fullmatch(r"[A-Za-z][^\s:#\"'\\]*(?: [^\s:#\"'\\]+)*", text) and text not in ("null", "true", "false")
    return text if plain else json.dumps(" ".join(text.split()), ensure_ascii=False)


def make_nation(seed: int, regions: int = REGIONS) -> Iterator[tuple[str, str]]:
    """Yield (file name, YAML) of `regions` regions, provinces in proportion."""
    for number in range(regions):
        province = number * PROVINCES // REGIONS < (number + 1) * PROVINCES // REGIONS
        items, tier = (PROVINCE, "provinsi") if province else (REGENCY, "kabupaten/kota")
        yield f"{number:03}.yaml", make_region(seed + number, items, tier)  # type: ignore[arg-type] # literal of a tuple


def main() -> None:
    """Write the files and name them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("size", choices=("regency", "province", "nation"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--items", type=int)
    parser.add_argument("--regions", type=int, default=REGIONS)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    if options.size == "nation":
        files = make_nation(options.seed, options.regions)
    elif options.size == "province":
        files = iter([("province.yaml", make_region(options.seed, options.items or PROVINCE, "provinsi"))])
    else:
        files = iter([("regency.yaml", make_region(options.seed, options.items or REGENCY))])
    for name, text in files:
        (options.folder / name).write_text(text, encoding="utf-8", newline="\n")
        print(options.folder / name)


if __name__ == "__main__":
    main()
