"""Made-up plans with real codes and names, for measuring. The same seed gives the same bytes.

    python benchmarks/generate.py regency FOLDER [--seed 2026] [--items 3000] [--split]
    python benchmarks/generate.py province FOLDER [--split]
    python benchmarks/generate.py nation FOLDER [--regions 552]

Programmes, sub-activities, indicators and units are those of the official nomenclature (`data/nomenklatur/`), for the
region's tier. Regions differ: each has its own offices (some hold two fields of government), leaves out programmes, and
has districts of its own, each an office. Some names are changed as planners change them: capitals, a slip of the pen,
an abbreviation, a place behind the title, a missing code, a title of the region's own (`data/programs/`,
`data/berlabel/narasi.csv`). Regions, places, money and targets are made up; how often names are changed is assumed.
``--split`` writes a file for each office (Renja) instead of one for the region (RKPD).
"""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from catalogue import OFFICES, Part, Programme, Tier, catalogue
from wording import CHANGES, PLACES, place_name, scalar, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SEED = 2026
REGENCY, PROVINCE = 3_000, 4_160
"""Sub-activities of a regency and of a province: 514 regencies and cities and 38 provinces make 1.7 million."""
PROVINCES, REGIONS = 38, 552
DECLARED = 0.1
"""Share of programmes that declare a goal."""
KEPT = 0.93
"""Share of the programmes of its tier that a region has."""
SUPPORT_PARTS: dict[Tier, tuple[int, int]] = {"kabupaten/kota": (22, 36), "provinsi": (40, 64)}
"""Support sub-activities of an office, fewest and most, of the hundred that the nomenclature knows."""
DISTRICT_PARTS = (20, 40)
"""Sub-activities of a district."""
DISTRICTS = (5, 20)
"""Districts of a regency."""

FUNDS = ("Pendapatan Asli Daerah", "Dana Alokasi Umum", "DAK Fisik", "DAK Nonfisik", "Dana Bagi Hasil", "Dana Desa")


class Region(NamedTuple):
    """A made-up region: no two of a nation share a code or a name."""

    kode: str
    nama: str
    tingkat: str
    tier: Tier
    districts: tuple[str, ...]


class Entry(NamedTuple):
    """A programme of a plan."""

    office: str
    programme: Programme
    parts: list[Part]


def region(draw: random.Random, number: int, tier: Tier) -> Region:
    """Return the region with this number within a nation."""
    block = number * PROVINCES // REGIONS
    position = number - -(-block * REGIONS // PROVINCES)
    place = place_name(number * 389 % PLACES)  # 389 has no divisor in common with the 600 places
    districts = tuple(place_name(at) for at in draw.sample(range(PLACES), draw.randint(*DISTRICTS)))
    if tier == "provinsi":
        return Region(f"{11 + block * 2}", f"Provinsi {place}", "provinsi", tier, ())
    kind = draw.choice(("Kabupaten", "Kabupaten", "Kabupaten", "Kabupaten", "Kota"))
    kode = f"{11 + block * 2}.{position + (71 if kind == 'Kota' else 1):02}"
    return Region(kode, f"{kind} {place}", kind.lower(), tier, districts)


def make_region(seed: int, items: int = REGENCY, tier: Tier = "kabupaten/kota", number: int = 0) -> str:
    """Return a plan with `items` sub-activities as YAML. A region is told by its number: 0 to 599."""
    draw = random.Random(f"{seed} {number}")  # noqa: S311 - a seeded generator, no secret
    place = region(draw, number, tier)
    return _file(place, "RKPD", _written(draw, _chosen(draw, items, place), place))


def make_offices(seed: int, items: int = REGENCY, tier: Tier = "kabupaten/kota") -> Iterator[tuple[str, str]]:
    """Yield (file name, YAML) of a plan with `items` sub-activities in a file for each office."""
    draw = random.Random(f"{seed} 0")  # noqa: S311 - a seeded generator, no secret
    place = region(draw, 0, tier)
    offices: dict[str, list[Entry]] = defaultdict(list)
    for entry in _chosen(draw, items, place):
        offices[entry.office].append(entry)
    for number, entries in enumerate(offices.values(), start=1):
        yield f"renja_{number:03}.yaml", _file(place, "Renja", _written(draw, entries, place))


def make_nation(seed: int, numbers: Iterable[int] = range(REGIONS)) -> Iterator[tuple[str, str]]:
    """Yield (file name, YAML) of the regions with these numbers, provinces in proportion."""
    for number in numbers:
        if number == 0 or (number - 1) * PROVINCES // REGIONS < number * PROVINCES // REGIONS:
            yield f"{number:03}.yaml", make_region(seed, PROVINCE, "provinsi", number)
        else:
            yield f"{number:03}.yaml", make_region(seed, REGENCY, "kabupaten/kota", number)


def _file(place: Region, dokumen: str, programmes: Iterator[str]) -> str:
    lines = [
        "# Dibuat oleh benchmarks/generate.py untuk mengukur; bukan rencana nyata.",
        "versi: 1",
        f'daerah: {{kode: "{place.kode}", nama: {place.nama}, tingkat: {place.tingkat}}}',
        f"dokumen: {dokumen}",
        "tahun: 2027",
        "program:",
        *programmes,
    ]
    return "\n".join(lines) + "\n"


def _chosen(draw: random.Random, items: int, place: Region) -> list[Entry]:
    """Return the programmes of a plan with the sub-activities drawn for each, by office. All of a region's
    sub-activities are taken before one comes again, then of a branch of the office.
    """
    own = _own(draw, place)
    pool = [(number, part) for number, entry in enumerate(own) for part in entry.parts]
    found: list[Entry] = []
    branch = 1
    while items > 0:
        taken: dict[int, list[Part]] = defaultdict(list)
        for number, part in draw.sample(pool, min(items, len(pool))):
            taken[number].append(part)
        for number in sorted(taken):
            office = own[number].office if branch == 1 else f"UPTD {branch} {own[number].office}"
            found.append(Entry(office, own[number].programme, sorted(taken[number])))
        items -= len(pool)
        branch += 1
    return found


def _own(draw: random.Random, place: Region) -> list[Entry]:
    """Return what a region has of the nomenclature, by office: districts last."""
    fields = catalogue(place.tier)
    holder = OFFICES.draw(draw, [field.kode for field in fields])
    rows = []
    for field in fields:
        if field.kode not in holder or field.kode == OFFICES.district:
            continue
        head, office = holder[field.kode]
        for programme in field.programmes:
            parts = list(programme.parts)
            if programme.support:
                parts = draw.sample(parts, min(draw.randint(*SUPPORT_PARTS[place.tier]), len(parts)))
            if programme.support and head != field.kode:
                continue  # the office has one support programme, that of its first field
            if programme.support or draw.random() < KEPT:
                rows.append((head, Entry(office, programme, parts)))
    found = [entry for _, entry in sorted(rows, key=lambda row: (row[0], row[1].programme.kode))]
    programmes = next((field.programmes for field in fields if field.kode == OFFICES.district), ())
    pool = [(programme, part) for programme in programmes for part in programme.parts]
    for name in place.districts:
        drawn: dict[Programme, list[Part]] = defaultdict(list)
        for programme, part in draw.sample(pool, draw.randint(*DISTRICT_PARTS)):
            drawn[programme].append(part)
        found += [Entry(f"Kecamatan {name}", programme, drawn[programme]) for programme in sorted(drawn)]
    return found


def _written(draw: random.Random, entries: list[Entry], place: Region) -> Iterator[str]:
    plain = draw.random() < 0.5  # noqa: PLR2004 - half of the regions write programmes in capitals, as the nomenclature
    for office, programme, parts in entries:
        money = [draw.randint(5, 4_000) * 250_000 for _ in parts]
        yield f'  - kode: "{programme.kode}"'
        yield f"    nama: {scalar(programme.nama.title() if plain else programme.nama)}"
        yield f"    perangkat_daerah: {scalar(office)}"
        yield f"    pagu: {sum(money)}"
        if draw.random() < DECLARED:
            yield f"    asta_cita: {draw.randint(1, 8)}"
        yield "    sub_kegiatan:"
        for part, pagu in zip(parts, money, strict=True):
            yield from _part(draw, part, pagu, place)


def _part(draw: random.Random, part: Part, pagu: int, place: Region) -> list[str]:
    change = draw.choices(list(CHANGES), list(CHANGES.values()))[0]
    where = draw.choice(place.districts) if place.districts else place_name(draw.randrange(PLACES))
    coded = change not in ("no_code", "own_title")
    name = f"nama: {scalar(written(draw, change, part.nama, where, place.nama))}"
    lines = [f'      - kode: "{part.kode}"', f"        {name}"] if coded else [f"      - {name}"]
    if part.kegiatan and not draw.randrange(4):
        lines.append(f"        kegiatan: {scalar(part.kegiatan)}")
    if part.indikator and change != "own_title":
        lines += [
            "        indikator:",
            f"          - nama: {scalar(part.indikator)}",
            f"            satuan: {scalar(part.satuan or 'dokumen')}",
            f"            target: {draw.randint(1, 250)}",
        ]
    if not draw.randrange(3):
        lines += [f"        lokasi: Kecamatan {where}", f"        sumber_dana: {draw.choice(FUNDS)}"]
    return [*lines, f"        pagu: {pagu}"]


def main() -> None:
    """Write the files and name them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("size", choices=("regency", "province", "nation"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--items", type=int)
    parser.add_argument("--regions", type=int, default=REGIONS)
    parser.add_argument("--split", action="store_true")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    tier: Tier = "provinsi" if options.size == "province" else "kabupaten/kota"
    items = options.items or (PROVINCE if options.size == "province" else REGENCY)
    if options.size == "nation":
        files = make_nation(options.seed, range(options.regions))
    elif options.split:
        files = make_offices(options.seed, items, tier)
    else:
        files = iter([(f"{options.size}.yaml", make_region(options.seed, items, tier))])
    for name, text in files:
        (options.folder / name).write_text(text, encoding="utf-8", newline="\n")
        print(options.folder / name)


if __name__ == "__main__":
    main()
