"""Turn the reference files of a year into what ships under ``data/nomenklatur/``.

    python tools/build_nomenclature.py ../shared/reference --year 2027

One run replaces the official tables. The crosswalk is kept by hand; the run ends with what it lacks: programmes
without a row and rows whose code is gone. Reads and writes CSV only.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "data" / "nomenklatur"
PERMENDAGRI = (
    "Permendagri 14/2026, tabel {}, jenjang provinsi (github:fahmialhabsi/e-pelara, permendagri14-tabel-c.json)"
)

Row = dict[str, str]


def read(path: Path) -> list[Row]:
    """Read a CSV file as rows."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def write(name: str, header: list[str], rows: list[Row]) -> None:
    """Write rows in a fixed order, so that the same input gives the same bytes."""
    path = DATA / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, header, lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted(rows, key=lambda row: tuple(row[key] for key in header)))
    print(f"{path.relative_to(DATA.parent.parent)}: {len(rows)}")


def clean(text: str) -> str:
    """Fold white space; the wording stays as printed, typos included."""
    return re.sub(r"\s+", " ", text).strip()


def nomenclature(reference: Path) -> None:
    """Write bidang urusan, program, kegiatan, sub kegiatan and definitions."""
    source = reference / "nomenclature"
    for name in ("bidang", "program", "kegiatan"):
        rows = [
            {
                "kode": row["code"],
                "nama": clean(row["name"]),
                "nama_lain": clean(row.get("name_variants", "")),
                "tingkat": row["applies_to"],
                "sumber": row["source"],
            }
            for row in read(source / f"nomenclature_{name}.csv")
        ]
        write(f"{name}.csv", ["kode", "nama", "nama_lain", "tingkat", "sumber"], rows)
    rows = [
        {
            "kode": row["code"],
            "tingkat": row["applies_to"],
            "nama": clean(row["name"]),
            "indikator": clean(row["indikator"]),
            "satuan": clean(row["satuan"]),
            "tag": row["tag"],
            "spm": "ya" if row["spm"] == "SPM" else "",
            "sumber": row["source"],
        }
        for row in read(source / "nomenclature_subkegiatan.csv")
    ]
    write("sub_kegiatan.csv", ["kode", "tingkat", "nama", "indikator", "satuan", "tag", "spm", "sumber"], rows)
    rows = [
        {"kode": row["code"], "tingkat": row["applies_to"], "definisi": clean(row["definisi_operasional"]),
         "sumber": row["source"]}
        for row in read(source / "nomenclature_subkegiatan_definisi.csv")
    ]  # fmt: skip
    write("definisi.csv", ["kode", "tingkat", "definisi", "sumber"], rows)


THEME_TABLES = (
    ("C-2", "proyek_kegiatan", "p14_2026_c2_prosn_subkegiatan.csv"),
    ("C-3", "tematik", "p14_2026_c3_tematik_subkegiatan.csv"),
    ("C-4", "proyek_kegiatan", "p14_2026_c4_prosn_subkegiatan.csv"),
    ("C-5", "tematik", "p14_2026_c5_tematik_subkegiatan.csv"),
)
"""Tables that give a sub kegiatan its Pro-SN project or theme; C-2, C-3 for provinces, C-4, C-5 for regencies. The
regency tables were not found yet: once a file of this name lies in the reference folder it is taken in."""
GOAL_TABLES = (
    ("C-6", "p14_2026_c6_asta_cita_subkegiatan.csv"),
    ("C-7", "p14_2026_c7_asta_cita_subkegiatan.csv"),
)
"""Tables that give a bidang urusan its Asta Cita; C-6 for provinces, C-7 for regencies (not found yet)."""
CUT_CELLS = {"1.03", "2.16"}
"""Bidang urusan whose label cell in C-6 is cut by a page break in the copy (urusan_crosswalk.csv, column catatan)."""


def permendagri_tables(reference: Path) -> None:
    """Write the C tables that the reference folder holds. Malformed codes are dropped from the theme tables; C-6 rows
    whose bidang is not given are dropped too, for C-6 labels nothing else.
    """
    for table, label, file in THEME_TABLES:
        if (reference / file).exists():
            rows = [
                {"kode": row["kode_subkegiatan"], "label": clean(row[label]), "kelompok": clean(row.get("pro_sn", "")),
                 "sub_kegiatan": clean(row["subkegiatan"]), "sumber": PERMENDAGRI.format(table)}
                for row in read(reference / file)
                if re.fullmatch(r"\d\.\d\d\.\d\d\.\d\.\d\d\.\d{4}", row["kode_subkegiatan"])
            ]  # fmt: skip
            unique = list({tuple(row.items()): row for row in rows}.values())
            write(f"tabel_{table.lower()}.csv", ["kode", "label", "kelompok", "sub_kegiatan", "sumber"], unique)
    for table, file in GOAL_TABLES:
        if (reference / file).exists():
            rows = [
                {"bidang": row["kode_bidang"], "asta_cita": "|".join(f"AC{n}" for n in row["asta_cita"].split("|")),
                 "jelas": "" if row["kode_bidang"] in CUT_CELLS else "ya", "kode": row["kode_subkegiatan"],
                 "sub_kegiatan": clean(row["subkegiatan"]), "outcome": clean(row["outcome_prioritas"]),
                 "indikator": clean(row.get("indikator", "")), "satuan": clean(row.get("satuan", "")),
                 "sumber": PERMENDAGRI.format(table)}
                for row in read(reference / file)
                if row["kode_bidang"]
            ]  # fmt: skip
            header = [
                "bidang", "asta_cita", "jelas", "kode", "sub_kegiatan", "outcome", "indikator", "satuan", "sumber",
            ]  # fmt: skip
            write(f"tabel_{table.lower()}.csv", header, rows)


def check_crosswalk() -> bool:
    """Report what the crosswalk lacks for this nomenclature; True when nothing."""
    known = {
        row["kode"] for name in ("bidang", "program", "kegiatan", "sub_kegiatan") for row in read(DATA / f"{name}.csv")
    }
    programmes = {row["kode"] for row in read(DATA / "program.csv")}
    rows = {row["kode"] for row in read(DATA / "crosswalk.csv")} if (DATA / "crosswalk.csv").exists() else set()
    for what, codes in (("no row for programme", programmes - rows), ("not in this nomenclature", rows - known)):
        if codes:
            print(f"crosswalk.csv: {what}: {', '.join(sorted(codes))}", file=sys.stderr)
    return programmes <= rows <= known


def main() -> int:
    """Build everything from one reference folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reference", type=Path, help="folder of the reference files")
    parser.add_argument("--year", required=True, help="year of the nomenclature")
    options = parser.parse_args()
    nomenclature(options.reference)
    permendagri_tables(options.reference)
    source = read(DATA / "program.csv")[0]["sumber"]
    write("tahun.csv", ["tahun", "sumber"], [{"tahun": options.year, "sumber": source}])
    return 0 if check_crosswalk() else 1


if __name__ == "__main__":
    sys.exit(main())
