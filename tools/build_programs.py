"""Turn real plans of other regions into programme files under ``data/programs/``.

    python tools/build_programs.py ../shared/reference/budgets

Needs python-calamine for the sheet. The same input gives the same bytes; names stay as printed, slips included.
"""

from __future__ import annotations

import argparse
import csv
import io
import re
import sys
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.scalarint import ScalarInt
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

DATA = Path(__file__).resolve().parent.parent / "data"
DKI_TABLE = "dki_rpjmd_2025_2029_tabel_iv1.csv"
PASANGKAYU_SHEET = "pasangkayu_dinas_pu_renja_2024.xlsx"

Row = dict[str, Any]
Number = int | float

DKI_IMPLAUSIBLE = {
    "2.11.11": "66 juta rupiah untuk seluruh pengelolaan persampahan",
    "2.17.03": "8 juta rupiah, sama untuk empat tahun",
    "7.01.04": "angka 4 adalah sasaran indikatornya; kolom tertukar",
}
"""Ceilings of 2026 in the DKI table that cannot be right, with the reason."""
MODELINE = "# yaml-language-server: $schema=../skema/program.schema.json"
"""First line of a programme file: tells editors which schema to check and complete by."""
PERCEPTION, PERCEPTION_MAX = "Nilai Persepsi", 5
"""A unit of the DKI table and the end of its scale; what lies beyond is a ceiling that slipped into the column."""

DKI_COMMENT = """\
RPJMD Provinsi DKI Jakarta 2025-2029, Tabel IV.1: semua program dengan pagu indikatif tahun 2026.
Dibuat oleh tools/build_programs.py dari {table}; jangan diubah dengan tangan.

Naskah sumber dibaca mesin: salah huruf pada nama, hasil dan indikator dibiarkan (UUSAN, KSEHATAN, ...), dan pada
beberapa nama ikut terbaca "Outcome: ...". Bila beberapa perangkat daerah berbagi satu program, sumber hanya memuat
yang pertama. Angka perlu dicocokkan dengan naskah asli sebelum dikutip.

Pagu: juta rupiah pada sumber dikali 1.000.000. Tanpa pagu: {missing} program yang pagunya tidak terbaca
({missing_codes}), dan {implausible} program yang pagunya tidak masuk akal:
{reasons}
Pagu kecil lain (35 sampai 160 juta) dibiarkan seperti terbaca; pagu 0 berarti sumber menulis 0 untuk 2026.
Tidak dimuat: {headings} baris judul bidang yang terbaca sebagai program ({heading_codes}), dan {slipped} sasaran
indikator yang kosong atau sebenarnya pagu perangkat daerah lain (7.01.03, 7.01.04)."""

PASANGKAYU_COMMENT = """\
Renja 2024 dinas pekerjaan umum Kabupaten Pasangkayu, Provinsi Sulawesi Barat: {parts} sub kegiatan, {count} program.
Dibuat oleh tools/build_programs.py dari {table}
(github:allweDepth/sesendok); jangan diubah dengan tangan.

Lembar sumber hanya memuat sub kegiatan. Nama program diambil dari nomenklatur (data/nomenklatur/program.csv) menurut
tiga bagian pertama kode, dan pagu program adalah jumlah sub kegiatannya. Indikator diambil dari kolom keluaran; bila
kosong, dari kolom capaian. Spasi ganda dirapikan. Sumber dana ditulis sebagai kode rekening, seperti pada sumber.
Tanpa pagu: {unfunded} sub kegiatan yang pagunya nol pada sumber. Kode wilayah tidak disebut sumber, maka dikosongkan.
Catatan dalam lembar ditandatangani "dpupr Pasangkayu"; nama lengkap dinas tidak tertulis di sana."""


def clean(value: object) -> str:
    """Fold white space and drop the marks of formulas."""
    return re.sub(r"\s+", " ", re.sub(r"\\[()]", "", str(value))).strip()


def code(text: str) -> DoubleQuotedScalarString:
    """Return a code that is quoted however it looks."""
    quoted: DoubleQuotedScalarString = DoubleQuotedScalarString(clean(text))
    return quoted


def rupiah(amount: int | None) -> ScalarInt | None:
    """Return an amount that is written with an underscore after every three digits."""
    return None if amount is None else ScalarInt(amount, underscore=[3, False, False])


def number(text: str) -> Number | None:
    """Read a number in Indonesian ("8.551,6") or plain writing ("29.39"); None when it is none."""
    plain = text.replace(".", "") if re.fullmatch(r"\d{1,3}(\.\d{3})+(,\d+)?", text) else text
    plain = plain.replace(",", ".")
    if re.fullmatch(r"\d+", plain):
        return int(plain)
    return float(plain) if re.fullmatch(r"\d+\.\d+", plain) else None


def mapping(**entries: Any) -> CommentedMap:
    """Return the entries in this order, without those that hold nothing; zero is something."""
    return CommentedMap({key: value for key, value in entries.items() if value not in (None, "", [])})


def read(path: Path) -> list[Row]:
    """Read a CSV file as rows."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def read_sheet(path: Path) -> list[Row]:
    """Read the first sheet of a workbook as rows; the header stands in its first line."""
    header, *rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    names = [clean(name) for name in header]
    return [dict(zip(names, row, strict=True)) for row in rows if any(cell != "" for cell in row)]


def write(name: str, comment: str, file: CommentedMap) -> None:
    """Write a programme file: comment, then one value on a line, an empty line before each programme."""
    yaml = YAML()
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.width = 4096
    stream = io.StringIO()
    yaml.dump(file, stream)
    head = "\n".join([MODELINE, *(f"# {line}".rstrip() for line in comment.splitlines())])
    body = re.sub(r"\n  - (?=kode|nama)", "\n\n  - ", stream.getvalue()).replace("program:\n\n", "program:\n")
    (DATA / "programs" / name).write_text(f"{head}\n{body}", encoding="utf-8", newline="\n")
    total = sum(programme.get("pagu", 0) for programme in file["program"])
    print(f"data/programs/{name}: {len(file['program'])} program, Rp {total:_}")


def is_heading(row: Row) -> bool:
    """Tell whether a row of the DKI table is the title line of a bidang urusan, its text read into every column."""
    return bool(row["indikator_satuan_target2026"] == " ~ ".join([row["nama"]] * 3))


def dki_indicators(text: str) -> tuple[list[CommentedMap], int]:
    """Return the indicators of one cell and how many were left out as slipped."""
    found, slipped = [], 0
    for part in text.split(" || "):
        name, unit, target = (clean(piece) for piece in part.split("~"))
        if name == unit:
            continue
        value = number(target)
        if unit == PERCEPTION and (value is None or value > PERCEPTION_MAX):
            slipped += 1
            continue
        found.append(mapping(nama=name, satuan=unit, target=target if value is None else value))
    return found, slipped


def dki_pagu(row: Row) -> int | None:
    """Return the ceiling of 2026 in rupiah; None when it is missing or cannot be right."""
    millions = row["pagu_2026_juta_rp"].strip()
    return int(millions) * 1_000_000 if millions and row["kode"] not in DKI_IMPLAUSIBLE else None


def dki_programme(row: Row) -> CommentedMap:
    """Turn one row of the DKI table into a programme."""
    return mapping(
        kode=code(row["kode"]),
        nama=clean(row["nama"]),
        perangkat_daerah=clean(row["perangkat_daerah"]),
        pagu=rupiah(dki_pagu(row)),
        uraian=clean(row["outcome"]),
        indikator=dki_indicators(row["indikator_satuan_target2026"])[0],
    )


def dki_comment(rows: list[Row]) -> str:
    """Say what was made of the table and what was left out of it."""
    headings = [row["kode"] for row in rows if is_heading(row)]
    missing = [row["kode"] for row in rows if not row["pagu_2026_juta_rp"].strip() and not is_heading(row)]
    return DKI_COMMENT.format(
        table=DKI_TABLE,
        missing=len(missing),
        missing_codes=", ".join(missing),
        implausible=len(DKI_IMPLAUSIBLE),
        reasons="\n".join(f"- {kode}: {reason}" for kode, reason in DKI_IMPLAUSIBLE.items()),
        headings=len(headings),
        heading_codes=", ".join(headings),
        slipped=sum(dki_indicators(row["indikator_satuan_target2026"])[1] for row in rows),
    )


def dki(folder: Path) -> None:
    """Write the programmes of DKI Jakarta."""
    rows = read(folder / DKI_TABLE)
    file = mapping(
        versi=1,
        daerah=mapping(kode=code("31"), nama="Provinsi DKI Jakarta", tingkat="provinsi"),
        dokumen="RPJMD",
        tahun=2026,
        sumber=sorted({clean(row["sumber"]) for row in rows}),
        program=[dki_programme(row) for row in rows if not is_heading(row)],
    )
    write("dki_jakarta.yaml", dki_comment(rows), file)


INDICATOR_COLUMNS = (
    ("TOLAK UKUR KELUARAN", "TARGET KINERJA KELUARAN"),
    ("TOLAK UKUR CAPAIAN KEG.", "TARGET KINERJA CAPAIAN KEG."),
)
"""Columns of an indicator and its target, the better pair first."""


def target_and_unit(name: str, cell: object) -> tuple[Number | str, str | None]:
    """Split "150 Orang". A cell shown as percent arrives as a fraction: 0.96 of "Persentase ..." is 96 percent."""
    if isinstance(cell, float):
        is_share = name.startswith("Persentase") and cell <= 1
        value = round(cell * 100, 2) if is_share else cell
        return int(value) if value.is_integer() else value, "persen" if is_share else None
    first, _, unit = clean(cell).partition(" ")
    amount = number(first)
    return (clean(cell), None) if amount is None else (amount, unit)


def sheet_indicators(row: Row) -> list[CommentedMap]:
    """Return the indicator of a row, as a list of one or none."""
    for name_column, target_column in INDICATOR_COLUMNS:
        name = clean(row[name_column])
        if name:
            target, unit = target_and_unit(name, row[target_column])
            return [mapping(nama=name, satuan=unit, target=target)]
    return []


def sheet_pagu(row: Row) -> int | None:
    """Return the ceiling of a row in whole rupiah; None when it is blank or zero."""
    cell = row["JUMLAH PAGU"] or 0
    if cell != int(cell):
        raise ValueError(f"{row['KODE SUB KEGIATAN']}: {cell} is not whole rupiah")
    return int(cell) or None


def sub_activity(row: Row) -> CommentedMap:
    """Turn one row of the Pasangkayu sheet into a sub-activity."""
    return mapping(
        kode=code(row["KODE SUB KEGIATAN"]),
        nama=clean(row["PROGRAM DAN KEGIATAN"]),
        pagu=rupiah(sheet_pagu(row)),
        indikator=sheet_indicators(row),
        lokasi=clean(row["LOKASI"]).rstrip(" ,"),
        sumber_dana=code(row["SUMBER DANA"]),
    )


def by_programme(rows: list[Row]) -> dict[str, list[Row]]:
    """Group rows by the first three parts of their code, in the order of the sheet."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(".".join(clean(row["KODE SUB KEGIATAN"]).split(".")[:3]), []).append(row)
    return groups


def sheet_programme(kode: str, rows: list[Row], names: dict[str, str]) -> CommentedMap:
    """Turn the rows below one programme code into a programme; its ceiling is the sum of theirs."""
    return mapping(
        kode=code(kode),
        nama=names.get(kode) or names[f"X.XX.{kode[-2:]}"],
        perangkat_daerah="Dinas Pekerjaan Umum",
        pagu=rupiah(sum(sheet_pagu(row) or 0 for row in rows)),
        sub_kegiatan=[sub_activity(row) for row in rows],
    )


def pasangkayu(folder: Path) -> None:
    """Write the programmes of the public works office of Pasangkayu."""
    rows = read_sheet(folder / PASANGKAYU_SHEET)
    names = {row["kode"]: row["nama"] for row in read(DATA / "nomenklatur" / "program.csv")}
    programmes = [sheet_programme(kode, group, names) for kode, group in by_programme(rows).items()]
    file = mapping(
        versi=1,
        daerah=mapping(nama="Kabupaten Pasangkayu", tingkat="kabupaten"),
        dokumen="Renja",
        tahun=2024,
        sumber=["Renja/DPA dinas pekerjaan umum Kabupaten Pasangkayu 2024 (github:allweDepth/sesendok)"],
        program=programmes,
    )
    unfunded = sum(sheet_pagu(row) is None for row in rows)
    comment = PASANGKAYU_COMMENT.format(
        parts=len(rows), count=len(programmes), table=PASANGKAYU_SHEET, unfunded=unfunded
    )
    write("pasangkayu.yaml", comment, file)


def main() -> int:
    """Build both files from one reference folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("budgets", type=Path, help="folder of the plans")
    options = parser.parse_args()
    (DATA / "programs").mkdir(parents=True, exist_ok=True)
    dki(options.budgets)
    pasangkayu(options.budgets)
    return 0


if __name__ == "__main__":
    sys.exit(main())
