"""A small nation: plans from the official nomenclature, two provinces, two years, and what a national run meets."""

from __future__ import annotations

import csv
import json
import random
from functools import cache
from pathlib import Path

DATA = Path(__file__).parents[1] / "data" / "nomenklatur"
REGIONS = (
    ("13", "Provinsi Contoh Barat", "provinsi"), ("13.11", "Kabupaten Contoh Selatan", "kabupaten"),
    ("13.71", "Kota Contoh", "kota"), ("74", "Provinsi Contoh Timur", "provinsi"),
    ("74.02", "Kabupaten Contoh Timur", "kabupaten"), (None, "Kabupaten Tanpa Kode", "kabupaten"),
)  # fmt: skip


@cache
def _rows(name):
    with (DATA / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def plan(region, tahun, *, items=40, dokumen="RKPD", office=None, seed=0):
    """Return a plan of a region with `items` sub-activities as plain data; of one office where it is named."""
    kode, nama, tingkat = region
    draw = random.Random(f"{seed} {nama} {tahun} {dokumen}")  # noqa: S311 - a seeded generator, no secret
    tier = "provinsi" if tingkat == "provinsi" else "kabupaten/kota"
    titles = {row["kode"]: row["nama"] for row in _rows("program.csv")}
    parts: dict[str, list] = {}
    for row in draw.sample([row for row in _rows("sub_kegiatan.csv") if row["tingkat"] == tier], items):
        part = {"kode": row["kode"], "nama": row["nama"], "indikator": {"nama": row["indikator"], "target": 1}}
        if draw.random() < 0.9:
            part["pagu"] = draw.randint(1, 900) * 1_000_000
        parts.setdefault(row["kode"][:7], []).append(part)
    programmes = [
        {"kode": code, "nama": titles.get(code, f"Program {code}"), "perangkat_daerah": office or f"Dinas {code[:4]}",
         "sub_kegiatan": found}
        for code, found in sorted(parts.items())
    ]  # fmt: skip
    for programme in programmes[::2]:
        programme["pagu"] = sum(part.get("pagu", 0) for part in programme["sub_kegiatan"])
    programmes[0]["program_nasional"] = ["MBG"]
    programmes[-1]["asta_cita"] = [3]
    programmes.append({"nama": "Satu Jorong Satu Rumah Tahfidz", "pagu": 12_500_000, "program_nasional": "KDMP"})
    daerah = {"nama": nama, "tingkat": tingkat} | ({"kode": kode} if kode else {})
    return {"versi": 1, "daerah": daerah, "dokumen": dokumen, "tahun": tahun, "program": programmes}


def write(path, data):
    """Write a plan; JSON is YAML."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1), "utf-8")
    return path


def nation(folder):
    """Write the nation; one region gives its Renja in a file for each of two offices, and has an RAPBD too."""
    for tahun in (2026, 2027):
        for number, region in enumerate(REGIONS):
            if (number, tahun) != (4, 2026):  # joins in the second year
                write(folder / f"{tahun}" / f"{number}.yaml", plan(region, tahun, items=40 if number else 60))
    for number, office in enumerate(("Dinas Kesehatan", "Dinas Pendidikan")):
        data = plan(REGIONS[1], 2027, items=6, dokumen="Renja", office=office, seed=number)
        write(folder / "renja" / f"{number}.yaml", data)
    write(folder / "rapbd.yaml", plan(REGIONS[1], 2027, items=8, dokumen="RAPBD"))
    return folder
