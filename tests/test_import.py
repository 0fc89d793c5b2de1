"""`align import`: every layout, every way to write money, damaged and hostile files, and that no rupiah is lost."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from typer.testing import CliRunner

import sheet_makers as make
from alignment_cli import limits, load, source, tree
from alignment_cli.cli import app
from alignment_cli.index.store import data_dir, open_index
from alignment_cli.nomenclature import Nomenclature, level_of
from alignment_cli.sheet import amounts, ask, codes, importer, mapping, region, tables, titles, write_yaml
from alignment_cli.sheet.grid import Grid, SheetError, letters, number_of
from alignment_cli.sheet.read import open_book
from alignment_cli.sheet.totals import written

HEAD = ("--daerah", "Kabupaten Solok Selatan", "--dokumen", "Renja", "--tahun", "2026")
SHEETS = Path(__file__).parent / "sheets"
SHEET = "xl/worksheets/sheet1.xml"


def align(*args, expect: int | None = 0):
    result = CliRunner().invoke(app(["import"]), ["import", *map(str, args)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert expect is None or result.exit_code == expect, result.stderr
    return result


def rows_of(path: Path) -> list[dict[str, str]]:
    """Read a report."""
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))


def table(*rows):
    """A sheet with the usual four columns above its rows."""
    return [
        ["Kode", "Program/Kegiatan/Sub Kegiatan", "Indikator", "Target", "Satuan", "Pagu Indikatif (Rp)"],
        *map(list, rows),
    ]


def xlsx(tmp_path, *rows, **options):
    return make.write_xlsx(tmp_path / "lembar.xlsx", {"Renja": (table(*rows), [])}, **options)


def imported(path, *args, expect: int | None = 0):
    """Import with a full head and return the file as a model, and what was said."""
    result = align(path, *HEAD, *args, expect=expect)
    return load.parse(source.Document("x", result.stdout)).file if result.exit_code == 0 else None, result.stderr


@pytest.fixture(scope="module")
def known():
    return titles.load(data_dir() / "impor" / "kolom.yaml")


@pytest.fixture(scope="module")
def nomenclature():
    return Nomenclature(open_index())


def run(path, known, nomenclature, year: int = 2026):
    book = open_book(path)
    found = tables.tables(tables.choose(book, []), known, year, None)
    head = region.Wish("Kabupaten X", "kabupaten", "Renja", year)
    return importer.Importer(path.name, nomenclature, head).run(book, found), found


# All layouts


def as_file(kind: str, folder: Path, rows, merges):
    if kind == "csv":
        return make.write_csv(folder / "plan.csv", rows)
    if kind == "ods":
        return make.write_ods(folder / "plan.ods", {"Data": rows})
    return make.write_xlsx(folder / "plan.xlsx", {"Data": (rows, merges)}, merge=kind == "xlsx")


KINDS = ("xlsx", "xlsx tanpa gabungan", "csv", "ods")


@pytest.mark.parametrize(
    "case", [(name, kind, seed) for name in make.LAYOUTS for kind in KINDS for seed in range(2)], ids=str
)
def test_layouts(tmp_path, known, nomenclature, case):
    """The same plan comes out of every layout: items, names, ceilings, indicators; and nothing is in doubt."""
    name, kind, seed = case
    plan = make.plan(seed + len(name))
    ways = list(make.MONEY.values())
    rows, merges = make.LAYOUTS[name](plan, ways[(seed + len(kind)) % len(ways)])
    outcome, found = run(as_file(kind, tmp_path, rows, merges), known, nomenclature)
    assert [list(tables.doubts(each.layout)) for each in found] == [[]]
    assert not outcome.report.blocked, outcome.report.summary("id")
    assert [event for event in outcome.report.events if event.kind.name == "selisih"] == []
    got = [(p.kode, p.nama, p.pagu, [(s.kode, s.nama, s.pagu) for s in p.parts]) for p in outcome.items]
    assert got == [(p.kode, p.nama, p.pagu, [(s.kode, s.nama, s.pagu) for s in p.parts]) for p in plan]
    indicators = [[tuple(i) for i in part.indicators] for item in outcome.items for part in item.parts]
    wanted = [part.indikator for programme in plan for part in programme.parts]
    if name in ("dpa", "recap"):
        wanted = [[] for _ in wanted]
    if name == "levels":
        wanted = [[("Volume", *one[1:]) for one in each] for each in wanted]
    assert indicators == wanted
    loaded = load.parse(source.Document("x", outcome.text))
    assert [finding.rule.code for finding in loaded.findings] == []
    assert written(outcome.text) == (2 * make.total(plan), make.total(plan))


@pytest.mark.parametrize("way", make.MONEY)
def test_money(tmp_path, way):
    """However the amounts are written, they are the same rupiah."""
    amounts_ = [1_234_567, 15_000_000_000, 98_765, 1_000]
    rows = [
        (f"1.02.02.2.01.000{n}", f"Sub {n}", "", "", "", make.MONEY[way](amount))
        for n, amount in enumerate(amounts_, 1)
    ]
    file, said = imported(xlsx(tmp_path, *rows))
    assert [part.pagu for part in file.program[0].sub_kegiatan] == amounts_
    assert "pagu: Rp 15.001.334.332 pada sumber = Rp 15.001.334.332 pada hasil" in said


# Real sheets


def test_a_real_sheet(tmp_path):
    """The Renja of an office as it was handed round: all 44 sub-activities, to the rupiah."""
    result = align(SHEETS / "renja_dinas_pu.xlsx", "-o", tmp_path / "pu.yaml", "--daerah", "Kabupaten Pasangkayu",
                   "--dokumen", "Renja", "--tahun", "2024", "--report", tmp_path / "pu.csv")  # fmt: skip
    loaded = load.load(tmp_path / "pu.yaml", "pu.yaml")
    assert loaded.findings == []
    parts = [part for program in loaded.file.program for part in program.sub_kegiatan]
    assert (len(loaded.file.program), len(parts), sum(part.pagu for part in parts)) == (11, 44, 125_103_902_555)
    assert "Rp 125.103.902.555 pada sumber = Rp 125.103.902.555 pada hasil" in result.stderr
    first = parts[0]
    assert (first.nama, first.indikator[0].target, first.indikator[0].satuan) == (
        "Penyusunan  Dokumen  Perencanaan Perangkat Daerah", 96, "%",
    )  # fmt: skip
    rows = rows_of(tmp_path / "pu.csv")
    assert {row["nilai"] for row in rows if row["jenis"] == "program-dibuat"} >= {"1.03.01", "1.03.10"}


def test_old_excel():
    """A .xls of 1997-2003 is read like any other."""
    file, _ = imported(SHEETS / "lama.xls")
    assert [(p.kode, p.pagu) for p in file.program[0].sub_kegiatan] == [
        ("1.02.02.2.01.0001", 1_500_000),
        ("1.02.02.2.01.0002", 2_500_000),
    ]


# Amounts, cell by cell


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        (1234.5, "pagu-pecahan"), ("1.234,50", "pagu-pecahan"), ("(1.500.000)", "pagu-negatif"), (-5, "pagu-negatif"),
        ("menyesuaikan", "pagu-tidak-terbaca"), ("1.234", "pagu-rancu"), ("Rp 1.2345 juta x 2", "pagu-tidak-terbaca"),
    ],
)  # fmt: skip
def test_bad_amounts_stop_the_import(tmp_path, cell, kind):
    """Nothing is written; the message names sheet and cell, and so does the report."""
    path = xlsx(
        tmp_path,
        ["1.02.02.2.01.0001", "Sub satu", "", "", "", 1_000_000],
        ["1.02.02.2.01.0002", "Sub dua", "", "", "", cell],
    )
    result = align(path, *HEAD, "-o", tmp_path / "x.yaml", "--report", tmp_path / "r.csv", expect=1)
    assert "Renja!F3" in result.stderr
    assert "tidak ada yang ditulis" in result.stderr
    assert not (tmp_path / "x.yaml").exists()
    rows = rows_of(tmp_path / "r.csv")
    assert [(row["jenis"], row["sel"]) for row in rows if row["tingkat"] == "galat"] == [(kind, "Renja!F3")]


def test_the_column_decides_on_marks(tmp_path):
    """1.234 is a thousand where the column writes dots between thousands, and in doubt where it proves both."""
    sure, _ = imported(xlsx(tmp_path, ["1.02.02", "A", "", "", "", "1.234"], ["1.02.03", "B", "", "", "", "2.345.678"]))
    assert [program.pagu for program in sure.program] == [1234, 2_345_678]
    _, said = imported(xlsx(tmp_path, ["1.02.02", "A", "", "", "", "1.234"], ["1.02.03", "B", "", "", "", "2.345.678"],
                            ["1.02.04", "C", "", "", "", "2,345,678"]), expect=1)  # fmt: skip
    assert 'Renja!F2 "1.234": 1234 atau 1.234' in said


def test_noise_in_a_text(tmp_path):
    """CSV files hold what a program made of its binary fractions."""
    path = make.write_csv(tmp_path / "a.csv", table(["1.02.02", "A", "", "", "", "1234.0000001"]))
    assert imported(path)[0].program[0].pagu == 1234


def test_noise_of_binary_fractions(tmp_path):
    """A number cell may be off by what a computer cannot write exactly; that is rounded and said."""
    file, said = imported(xlsx(tmp_path, ["1.02.02", "A", "", "", "", 1234.0000001]))
    assert file.program[0].pagu == 1234
    assert "dibulatkan" in said


@pytest.mark.parametrize(
    ("title", "above", "cells", "pagu"),
    [
        ("Pagu (Rp.000)", "", ["1.500", "2.250.000"], [1_500_000, 2_250_000_000]),
        ("Pagu (dalam juta rupiah)", "", [1.5, "2,25"], [1_500_000, 2_250_000]),
        ("Pagu", "(dalam jutaan rupiah)", [3], [3_000_000]),
        ("Pagu (Rp miliar)", "", ["1,2"], [1_200_000_000]),
        ("Pagu (Rp)", "", ["Rp 1,2 M", "Rp 500 juta", "-"], [1_200_000_000, 500_000_000, None]),
    ],
)
def test_units(tmp_path, title, above, cells, pagu):
    rows = [[above], ["Kode", "Nama Program", title]]
    rows += [[f"1.02.0{n}", f"Program {n}", cell] for n, cell in enumerate(cells, 2)]
    file, said = imported(make.write_xlsx(tmp_path / "a.xlsx", {"S": (rows, [])}))
    assert [program.pagu for program in file.program] == pagu
    assert "satuan" in said


RUPIAH = st.integers(0, 10**16)


@given(RUPIAH, st.sampled_from(sorted(make.MONEY)), st.booleans())
@example(1234, "titik", False)
def test_every_written_amount_is_read_back(amount, way, negative):
    written_ = make.MONEY[way](amount)
    cell = (f"({written_})" if isinstance(written_, str) else -written_) if negative else written_
    reading = amounts.read(cell)
    wanted = Decimal(-amount if negative else amount)
    assert wanted in (reading.comma, reading.dot)
    if reading.sure:
        assert reading.value(None) == wanted
    assert reading.value("titik" if way == "koma" else "koma") == wanted


@given(st.one_of(st.text(max_size=30), st.floats(), st.integers(), st.booleans(), st.none(), st.dates()))
def test_no_cell_breaks_the_amounts(cell):
    reading = amounts.read(cell)
    for number in (reading.comma, reading.dot):
        assert number is None or abs(number) < amounts.LARGEST


@given(st.floats(0, 1e15), st.sampled_from([1, 10**3, 10**6]))
def test_rounding_is_noise_only(number, unit):
    """What is accepted differs from the cell by less than half a sen."""
    amount = amounts.rupiah(Decimal(repr(number)), unit, exact=False)
    if amount is not None:
        assert abs(Decimal(repr(number)) * unit - amount) < amounts.NOISE


# Codes

HEALTH = "PROGRAM PEMENUHAN UPAYA KESEHATAN PERORANGAN DAN UPAYA KESEHATAN MASYARAKAT"


@pytest.mark.parametrize(
    ("cell", "name", "code"),
    [
        ("1 02 02 2.01 01", "Sub", "1.02.02.2.01.01"),
        ("'1.02.02.", "Program", "1.02.02"),
        ("1,02,02", "Program", "1.02.02"),
        ("x.xx.01", "PROGRAM PENUNJANG URUSAN PEMERINTAHAN DAERAH KABUPATEN/KOTA", "X.XX.01"),
        ("1.02.2.", HEALTH, "1.02.02"),
        (10202, "Program Pemenuhan Upaya Kesehatan Perorangan dan Upaya Kesehatan Masyarakat", "1.02.02"),
        (dt.date(2002, 2, 1), HEALTH, "1.02.02"),
        (dt.datetime(2002, 2, 1, tzinfo=dt.UTC), HEALTH, "1.02.02"),
        (2.1, "PERTANAHAN", "2.10"),
    ],
)
def test_codes_that_excel_changed(nomenclature, cell, name, code):
    assert codes.Codes(nomenclature).read(cell, name).kode == code


@pytest.mark.parametrize("cell", [2.1, dt.date(2002, 2, 1), 10202])
def test_no_code_without_its_name(nomenclature, cell):
    """Digits that are lost stay lost unless the name beside them tells which they were."""
    assert codes.Codes(nomenclature).read(cell, "Suka Sapi").how == "rusak"


def test_a_lost_code_stops_the_import(tmp_path):
    _, said = imported(
        xlsx(tmp_path, [dt.date(2002, 2, 1), "Suka Sapi", "", "", "", 5], formats={"Renja": {"A2": "dd/mm/yyyy"}}),
        expect=1,
    )
    assert 'Renja!A2 "2002-02-01"' in said


@given(
    st.sampled_from(sorted(kode for kode in make.nomenclature() if kode[0] != "X")),
    st.sampled_from(["pad", "date", "int", "float", "spaces"]),
)
def test_repair_never_gives_another_code(kode, damage):
    """Whatever Excel did to a code, with its official name it is restored or refused, never taken for another one."""
    reader = codes.Codes(Nomenclature(open_index()))
    name = make.nomenclature()[kode][0]
    parts = kode.split(".")
    cell = {
        "pad": ".".join(str(int(part)) for part in parts),
        "int": int("".join(parts)),
        "float": float(".".join(parts[:2])) if len(parts) == 2 else kode,
        "spaces": " ".join(parts),
        "date": kode,
    }[damage]
    if damage == "date" and len(parts) == 3 and 1 <= int(parts[1]) <= 12 and int(parts[0]) >= 1:
        cell = dt.date(2000 + int(parts[2]), int(parts[1]), int(parts[0]))
    read = reader.read(cell, name)
    official = {name.casefold() for name in reader.official(read.kode)} if level_of(read.kode) else set()
    assert read.how == "rusak" or not read.level or read.kode == kode or name.casefold() in official


# Rows


def test_further_indicators_and_texts(tmp_path):
    """Rows without a code go on with the item above: indicators, several lines in a cell, text beside an indicator."""
    file, _ = imported(xlsx(
        tmp_path,
        ["1.02.02", "Program", "A\nB", "1\n2", "orang\nunit", 5],
        ["", "", "C", "87,5", "persen", ""],
        ["", "Meningkatnya derajat kesehatan", "D", "3 Dokumen", "", ""],
        ["1.02.03", "PROGRAM LAIN", "", "", "", 6],
    ))  # fmt: skip
    first = file.program[0]
    assert [(i.nama, i.target, i.satuan) for i in first.indikator] == [
        ("A", 1, "orang"), ("B", 2, "unit"), ("C", 87.5, "persen"), ("D", 3, "Dokumen"),
    ]  # fmt: skip
    assert first.uraian == "Meningkatnya derajat kesehatan"
    assert file.program[1].nama == "PROGRAM LAIN"


def test_totals_signatures_and_repeated_headers(tmp_path):
    """What is no item is left out, each with its reason and cell; a total that differs is reported."""
    path = xlsx(
        tmp_path,
        ["1", "2", "3", "4", "5", "6"],
        ["1.02", "KESEHATAN", "", "", "", 300],
        ["1.02.02", "Program", "", "", "", 300],
        ["1.02.02.2.01.0001", "Sub satu", "Jumlah rumah sakit", 1, "unit", 100],
        table()[0],
        ["1.02.02.2.01.0002", "Sub dua", "Jumlah Kegiatan Usaha", 1, "unit", 200],
        ["", "Jumlah Program Pemenuhan", "", "", "", 300],
        ["JUMLAH", "", "", "", "", 301],
        [],
        ["", "", "", "", "", "Padang Aro, 2 Januari 2026"],
        ["", "", "", "", "", "Kepala Dinas"],
        ["", "", "", "", "", "NIP. 19700101 199503 1 001"],
    )
    file, said = imported(path)
    assert [part.pagu for part in file.program[0].sub_kegiatan] == [100, 200]
    assert file.program[0].sub_kegiatan[1].indikator[0].nama == "Jumlah Kegiatan Usaha"
    for line in (
        "2 baris jumlah (Renja!B8, Renja!A9)",
        "1 judul urusan atau bidang urusan (Renja!A3)",
        "1 judul kolom yang berulang (Renja!A6)",
        "3 tanda tangan, catatan dan penutup (Renja!F11, Renja!F12, Renja!F13)",
        'Renja!F9 "JUMLAH": tertulis Rp 301, rinciannya Rp 300, selisih Rp 1',
    ):
        assert line in said


def test_ceilings_of_continuation_rows(tmp_path):
    """A second ceiling is the item's own, a detail of it, or a reason to stop."""
    own, _ = imported(
        xlsx(tmp_path, ["1.02.02", "P", "A", "", "", ""], ["", "", "B", "", "", 40], ["", "", "C", "", "", 60])
    )
    assert own.program[0].pagu == 100
    detail, said = imported(
        xlsx(tmp_path, ["1.02.02", "P", "A", "", "", 100], ["", "", "B", "", "", 40], ["", "", "C", "", "", 60])
    )
    assert detail.program[0].pagu == 100
    assert "= Rp 100 pada hasil" in said
    _, said = imported(xlsx(tmp_path, ["1.02.02", "P", "A", "", "", 100], ["", "", "B", "", "", 40]), expect=1)
    assert "Renja!F3" in said
    assert "pagu butirnya di Renja!F2" in said


def test_money_in_a_row_that_is_not_understood(tmp_path):
    _, said = imported(xlsx(tmp_path, ["", "", "", "", "", 7], ["1.02.02", "P", "", "", "", 5]), expect=1)
    assert "pagu pada baris yang tidak dikenali" in said
    assert "Renja!F2" in said


def test_money_above_the_programmes_alone(tmp_path):
    _, said = imported(xlsx(tmp_path, ["1.02", "KESEHATAN", "", "", "", 7], ["1.02.02", "P", "", "", "", ""]), expect=1)
    assert "Renja!F2" in said


def test_kegiatan_rows(tmp_path):
    """A kegiatan lends its name to its parts; one that alone carries the money, or has no parts, is an item."""
    file, said = imported(xlsx(
        tmp_path,
        ["1.02.02", "Program", "", "", "", 100],
        ["1.02.02.2.01", "Kegiatan A", "Hasil", 1, "", 60],
        ["1.02.02.2.01.0001", "Sub satu", "", "", "", 60],
        ["1.02.02.2.02", "Kegiatan B", "", "", "", 30],
        ["1.02.02.2.02.0001", "Sub dua", "", "", "", ""],
        ["1.02.02.2.03", "Kegiatan C", "", "", "", 10],
    ))  # fmt: skip
    assert [(p.kode, p.kegiatan, p.pagu) for p in file.program[0].sub_kegiatan] == [
        ("1.02.02.2.01.0001", "Kegiatan A", 60), ("1.02.02.2.02", None, 30), ("1.02.02.2.02.0001", "Kegiatan B", None),
        ("1.02.02.2.03", None, 10),
    ]  # fmt: skip
    assert 'Renja!A3 "Hasil": indikator kegiatan, target 1' in said


def test_parts_of_the_plan_are_no_items(tmp_path):
    """Missions and targets between the programmes belong to no item; nor do signatures in the middle of a sheet."""
    rows = [
        ["", "MISI 1 : Mewujudkan masyarakat sehat"],
        ["1.02.02", "Program A", "i", 1, "", 5],
        ["", "Padang Aro, 2 Januari 2026"],
        ["", "Kepala Dinas"],
        ["", "", "", "", "", "NIP. 19700101 199503 1 001"],
        ["SKPD : Dinas Lain"],
        table()[0],
        ["", "Sasaran 2"],
        ["1.02.03 Program B", "", "", "", "", 6],
    ]
    file, said = imported(xlsx(tmp_path, *rows))
    assert [(p.nama, p.uraian, p.perangkat_daerah) for p in file.program] == [
        ("Program A", None, None),
        ("Program B", None, "Dinas Lain"),
    ]
    assert "2 judul bagian (misi, tujuan, sasaran) (Renja!B2, Renja!B9)" in said
    assert "3 tanda tangan" in said


def test_accounts_are_no_items(tmp_path):
    """Prints of a DPA list accounts below the sub-activities, and call the codes of both "Kode Rekening"."""
    rows = [
        ["Kode Rekening", "Uraian", "Jumlah Anggaran"],
        ["1.02.02", "Program A", 3],
        ["1.02.02.2.01.0001", "Sub", 3],
        ["5", "BELANJA DAERAH", 3],
        ["5.1", "BELANJA OPERASI", 3],
        ["5.1.02.01.01.0001", "Belanja Alat Tulis Kantor", 3],
    ]
    file, said = imported(make.write_xlsx(tmp_path / "a.xlsx", {"S": (rows, [])}))
    assert [(part.kode, part.pagu) for part in file.program[0].sub_kegiatan] == [("1.02.02.2.01.0001", 3)]
    assert "3 rincian rekening belanja (S!A4, S!A5, S!A6)" in said
    assert "selisih" not in said


def test_codes_in_columns_of_numbers(tmp_path):
    """Where codes stand in a column for each level, Excel has taken the zeros in front; the column tells how many."""
    rows = [
        ["Kode", "", "", "", "", "Uraian", "Pagu"],
        [1, 2, 2, "", "", "PROGRAM A", 3],
        [1, 2, 2, 2.01, "", "KEGIATAN", 3],
        [1, 2, 2, 2.01, 1, "SUB 1", 1],
        ["1", "2", "3", "4", "5", "6", "7"],
        ["", "", "", "", 2, "SUB 2", 2],
        ["JUMLAH", "", "", "", "", "", 3],
    ]
    file, _ = imported(make.write_xlsx(tmp_path / "a.xlsx", {"S": (rows, ["A1:E1"])}))
    assert file.program[0].kode == "1.02.02"
    assert [part.kode for part in file.program[0].sub_kegiatan] == ["1.02.02.2.01.0001", "1.02.02.2.01.0002"]


def test_another_year(tmp_path):
    rows = [["Kode", "Nama", "Pagu 2025"], ["1.02.02", "A", 1]]
    said = imported(make.write_xlsx(tmp_path / "a.xlsx", {"S": (rows, [])}))[1]
    assert 'S!C1 "Pagu 2025"' in said


def test_hidden_sheets_are_left_alone(tmp_path):
    path = make.write_xlsx(
        tmp_path / "a.xlsx",
        {"A": (table(["1.02.02", "A", "", "", "", 1]), []), "B": (table(["1.02.03", "B", "", "", "", 2]), [])},
    )
    hidden = zip_edit(path, "xl/workbook.xml", lambda xml: xml.replace('name="B"', 'name="B" state="hidden"'))
    file, said = imported(hidden)
    assert [p.pagu for p in file.program] == [1]
    assert "lembar tersembunyi, dilewati: B" in said
    assert [p.pagu for p in imported(hidden, "--sheet", "B")[0].program] == [2]


def test_programmes_without_a_row(tmp_path):
    """A programme that only its parts tell of gets its official name, and it is said."""
    file, said = imported(
        xlsx(tmp_path, ["1.02.02.2.01.0001", "Sub", "", "", "", 5], ["9.99.02.2.01.0001", "Asing", "", "", "", 6])
    )
    assert [(p.kode, p.nama, p.pagu) for p in file.program] == [
        ("1.02.02", HEALTH, 5),
        ("9.99.02", "Program 9.99.02", 6),
    ]
    assert 'Renja!A2 "1.02.02"' in said
    assert "program tanpa baris dan tanpa nama resmi" in said


def test_support_programmes_are_named_by_tier(tmp_path):
    path = xlsx(tmp_path, ["1.02.01.2.01.0001", "Sub", "", "", "", 5])
    province = align(path, "--daerah", "Provinsi X", "--dokumen", "RKPD", "--tahun", "2026").stdout
    assert "PROGRAM PENUNJANG URUSAN PEMERINTAHAN DAERAH PROVINSI" in province
    assert "KABUPATEN/KOTA" in align(path, *HEAD).stdout


def test_items_without_codes(tmp_path):
    """Programmes of the region's own have no code; they are items by their name and ceiling."""
    rows = [["Nama Program", "Pagu"], ["Suka Sapi", 5], ["Program Satu Jorong Satu Rumah Tahfidz", 6]]
    file, _ = imported(make.write_xlsx(tmp_path / "a.xlsx", {"S": (rows, [])}), "--yes")
    assert [(p.kode, p.nama, p.pagu) for p in file.program] == [
        (None, "Suka Sapi", 5),
        (None, "Program Satu Jorong Satu Rumah Tahfidz", 6),
    ]


def test_offices(tmp_path):
    """Offices come from a column, or from headings; a programme of two offices stands once for each."""
    rows = [
        ["PERANGKAT DAERAH : 1.02.0.00.0.00.01.0000 DINAS KESEHATAN", "", "", "", "", 30],
        ["1.02.02", "Program A", "", "", "", 30],
        ["1.02.02.2.01.0001", "Sub", "", "", "", 30],
        ["Badan Pendapatan Daerah", "", "", "", "", 12],
        ["1.02.02", "Program A", "", "", "", 12],
    ]
    file, said = imported(xlsx(tmp_path, *rows))
    assert [(p.perangkat_daerah, p.pagu) for p in file.program] == [
        ("DINAS KESEHATAN", 30),
        ("Badan Pendapatan Daerah", 12),
    ]
    assert "2 judul perangkat daerah (Renja!A2, Renja!A5)" in said
    assert "selisih" not in said


def test_merged_cells_of_the_body(tmp_path):
    """An office merged over several rows belongs to all of them."""
    rows = [
        ["Kode", "Nama", "Perangkat Daerah Pelaksana", "Pagu"],
        ["1.02.02", "A", "Dinas Kesehatan", 1],
        ["1.02.03", "B", "", 2],
        ["1.02.04", "C", "Badan X", 3],
    ]
    file, _ = imported(make.write_xlsx(tmp_path / "a.xlsx", {"S": (rows, ["C2:C3"])}))
    assert [p.perangkat_daerah for p in file.program] == ["Dinas Kesehatan", "Dinas Kesehatan", "Badan X"]


def test_errors_and_formulas(tmp_path):
    """An error or an uncalculated formula is no blank: in money, code or name it stops the import."""
    path = xlsx(tmp_path, ["1.02.02", "=CMD|'/C calc'!A0", "", "", "", 5], ["1.02.03", "B", "", "", "", 1])
    assert imported(path)[0].program[0].nama == "=CMD|'/C calc'!A0"
    cell = '<c r="F3"><v>1</v></c>'
    broken = zip_edit(path, SHEET, lambda xml: xml.replace(cell, '<c r="F3" t="e"><v>#REF!</v></c>'))
    assert 'Renja!F3 "#REF!"' in imported(broken, expect=1)[1]
    empty = zip_edit(path, SHEET, lambda xml: xml.replace(cell, '<c r="F3"><f>SUM(F2:F2)</f></c>'))
    assert "Renja!F3" in imported(empty, expect=1)[1]
    cached = zip_edit(path, SHEET, lambda xml: xml.replace(cell, '<c r="F3"><f>SUM(F2:F2)</f><v>7</v></c>'))
    assert imported(cached)[0].program[1].pagu == 7


def zip_edit(path, part: str, change):
    """Return a copy of a zipped file with one part changed."""
    other = path.with_name("diubah.xlsx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data.decode()).encode() if name == part else data)
    return other


def test_percent_format(tmp_path):
    file, _ = imported(xlsx(tmp_path, ["1.02.02", "A", "Cakupan", 0.875, "", 5], formats={"Renja": {"D2": "0.0%"}}))
    assert (file.program[0].indikator[0].target, file.program[0].indikator[0].satuan) == (87.5, "%")


# Sheets, heads, maps


def test_several_sheets(tmp_path):
    """All sheets with a header are taken, hidden ones not; --sheet chooses; the same table twice is refused."""
    first, second = table(["1.02.02", "A", "", "", "", 1]), table(["1.03.02", "B", "", "", "", 2])
    path = make.write_xlsx(tmp_path / "a.xlsx", {"Satu": (first, []), "Catatan": ([["halo"]], []), "Dua": (second, [])})
    file, said = imported(path)
    assert [p.pagu for p in file.program] == [1, 2]
    assert "lembar tanpa judul yang dikenali, dilewati: Catatan" in said
    assert [p.pagu for p in imported(path, "--sheet", "Dua")[0].program] == [2]
    said = align(path, *HEAD, "--sheet", "Duaa", expect=2).stderr
    assert 'tidak ada lembar "Duaa"; maksud Anda Dua' in said
    twice = make.write_xlsx(tmp_path / "b.xlsx", {"Satu": (first, []), "Salinan": (first, [])})
    assert "pilih satu dengan --sheet" in imported(twice, expect=1)[1]


def test_the_head_comes_from_the_titles(tmp_path):
    rows = [["RENCANA KERJA (RENJA) DINAS KESEHATAN"], ["PEMERINTAH KABUPATEN SOLOK SELATAN"], ["TAHUN ANGGARAN 2026"],
            *table(["1.02.02", "A", "", "", "", 1])]  # fmt: skip
    path = make.write_xlsx(tmp_path / "a.xlsx", {"S": (rows, [])})
    file = load.parse(source.Document("x", align(path).stdout)).file
    assert (file.daerah.nama, file.daerah.tingkat, file.dokumen, file.tahun, file.program[0].perangkat_daerah) == (
        "KABUPATEN SOLOK SELATAN", "kabupaten", "Renja", 2026, "DINAS KESEHATAN",
    )  # fmt: skip
    other = align(path, "--daerah", "Kota Padang", "--tahun", "2027", "--kode-daerah", "13.71").stdout
    assert 'kode: "13.71"\n  nama: Kota Padang\n  tingkat: kota\ndokumen: Renja\ntahun: 2027' in other


def test_what_the_titles_do_not_say(tmp_path):
    said = align(xlsx(tmp_path, ["1.02.02", "A", "", "", "", 1]), expect=2).stderr
    assert "tambahkan --daerah, --tingkat, --dokumen, --tahun" in said
    assert "Pilihan: RPJMD" in align(xlsx(tmp_path), "--dokumen", "Renjaa", expect=2).stderr


def test_unclear_columns_need_a_map(tmp_path):
    """Two columns of money: nothing is guessed, not even with --yes; a saved map settles it."""
    rows = [["Kode", "Nama", "Pagu Anggaran", "Pagu Indikatif"], ["1.02.02", "A", 1, 2]]
    path = make.write_xlsx(tmp_path / "a.xlsx", {"S": (rows, [])})
    said = align(path, *HEAD, "--save-map", tmp_path / "peta.yaml", expect=2).stderr
    assert 'beberapa kolom dapat berisi pagu: C "Pagu Anggaran", D "Pagu Indikatif"' in said
    assert "--map" in said
    align(path, *HEAD, "--yes", expect=2)
    text = (tmp_path / "peta.yaml").read_text("utf-8")
    assert text == (
        "versi: 1\nlembar:\n  - nama: S\n    baris_judul: [1, 1]\n    satuan: rupiah\n    kolom:\n"
        "      A: kode\n      B: nama\n      C: pagu\n      D: abaikan\n"
    )
    (tmp_path / "peta.yaml").write_text(
        text.replace("C: pagu", "C: abaikan").replace("D: abaikan", "D: pagu").replace("rupiah", "juta")
    )
    assert imported(path, "--map", tmp_path / "peta.yaml")[0].program[0].pagu == 2_000_000


def test_titles_that_are_nearly_known(tmp_path):
    """A title that is only like a known one is used when someone says so, and asked about when not."""
    rows = [["Kode", "Nama Prgrm", "Pagu Angaran X"], ["1.02.02", "A", 1]]
    path = make.write_xlsx(tmp_path / "a.xlsx", {"S": (rows, [])})
    assert 'kolom B "Nama Prgrm" diperkirakan nama' in align(path, *HEAD, expect=2).stderr
    assert imported(path, "--yes")[0].program[0].pagu == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "versi: 1\nlembar: [{baris_judul: [1, 1], kolom: {A: kodee}}]",
            '"kodee" bukan isi kolom yang dikenal; maksud Anda kode',
        ),
        ("versi: 1\nlembar: [{baris_judul: [1, 1], kolom: {A1: kode}}]", '"A1" bukan huruf kolom'),
        ("versi: 1\nlembar: [{baris_judul: [9, 99], kolom: {A: kode}}]", "baris_judul 9-99 tidak ada"),
        ("versi: 1\nlembar: [{baris_judul: [1, 1], kolom: {ZZ: kode}}]", "kolom ZZ tidak ada"),
        ("versi: 2\nlembar: []", "tidak sah di 1:8"),
        ("versi: [", "tidak sah di"),
        ("", "tidak sah"),
    ],
)
def test_maps_that_do_not_fit(tmp_path, text, message):
    (tmp_path / "peta.yaml").write_text(text)
    said = align(
        xlsx(tmp_path, ["1.02.02", "A", "", "", "", 1]), *HEAD, "--map", tmp_path / "peta.yaml", expect=2
    ).stderr
    assert message in said


def test_years_choose_columns(tmp_path):
    rows = [["Kode", "Nama", "Target 2025", "Pagu 2025", "Target 2026", "Pagu 2026"], ["1.02.02", "A", 1, 10, 2, 20]]
    path = make.write_xlsx(tmp_path / "a.xlsx", {"S": (rows, [])})
    file, _ = imported(path)
    assert (file.program[0].pagu, file.program[0].indikator[0].target) == (20, 2)
    assert "pilih dengan --tahun" in align(path, "--daerah", "Kota X", "--dokumen", "RKPD", expect=2).stderr


def test_asking(known, nomenclature, tmp_path):
    """At a terminal the columns and the first items are shown; an answer accepts, refuses, or changes a column."""
    rows = [["Kode", "Nama", "Pagu Anggaran", "Pagu Indikatif"], ["1.02.02", "A", 1, 2]]
    path = make.write_xlsx(tmp_path / "a.xlsx", {"S": (rows, [])})
    book = open_book(path)
    found = tables.tables(tables.choose(book, []), known, 2026, None)
    worker = importer.Importer("a.xlsx", nomenclature, region.Wish("Kota X", "kota", "RKPD", 2026))
    shown: list[str] = []
    answers = iter(["D=pagu", "satuan=ribu", "E=pagu", "D=uang", "S!desimal=koma", "Lain!D=pagu", "ya"])
    outcome = ask.agree(found, lambda: worker.run(book, found), "id", lambda _: next(answers), shown.append)
    assert outcome.items[0].pagu == 2000
    text = "".join(shown)
    for part in (
        "Butir pertama:",
        "1.02.02  A  Rp 1\n",
        "1.02.02  A  Rp 2.000\n",
        "kolom E tidak ada",
        '"uang" bukan isi kolom',
        "? Lain",
    ):
        assert part in text
    assert ask.agree(found, lambda: worker.run(book, found), "en", lambda _: "n", shown.append) is None


# Files


NAME = "Caf\u00e9 \u2013 \u201cuji\u201d"
"""A name with letters that the code page of Windows has."""


@pytest.mark.parametrize(
    ("encoding", "delimiter", "said"),
    [
        ("utf-8-sig", ";", "pemisah titik koma, pengodean UTF-8 (BOM)"),
        ("utf-8", ",", "pemisah koma, pengodean UTF-8"),
        ("utf-16", "\t", "pemisah tab, pengodean UTF-16"),
        ("utf-16-le", ";", "pengodean UTF-16"),
        ("cp1252", ";", "pengodean cp1252"),
    ],
)
def test_csv(tmp_path, encoding, delimiter, said):
    path = make.write_csv(
        tmp_path / "a.csv",
        table(["1.02.02", NAME, "", "", "", "1.234.567,00"]),
        delimiter=delimiter,
        encoding=encoding,
    )
    file, err = imported(path)
    assert (file.program[0].nama, file.program[0].pagu) == (NAME, 1_234_567)
    assert said in err


def test_csv_with_sep_line(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("sep=;\nKode;Nama;Pagu\n1.02.02;A,B,C;5\n")
    assert imported(path)[0].program[0].nama == "A,B,C"


def test_csv_with_an_open_quote(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('Kode,Nama,Pagu\n1.02.02,"A,5\n' + "1.02.03,B,6\n" * 50)
    assert "a!B2" in imported(path, expect=1)[1]


def test_html_named_xls(tmp_path):
    """Web applications call an HTML table Excel; rowspan and colspan are merged cells."""
    path = tmp_path / "unduhan.xls"
    path.write_text(
        "<html><body><table><tr><td rowspan='2'>Kode</td><td rowspan=2>Program/Kegiatan/Sub Kegiatan</td>"
        "<td colspan='2'>Rencana Tahun 2026</td></tr><tr><td>Lokasi</td><td>Pagu Indikatif<br>(Rp.)</td></tr>"
        "<tr><td>1.02.02</td><td>A &amp; B</td><td>Padang<br/>Solok</td><td align=right>1.500.000</td></tr></table>"
    )
    file, said = imported(path)
    assert (file.program[0].nama, file.program[0].pagu, file.program[0].lokasi) == ("A & B", 1_500_000, "Padang\nSolok")
    assert "tabel HTML" in said


def hostile(folder: Path) -> dict[str, tuple[Path, str]]:
    """Files that are no use, each with what has to be said about it."""
    good = make.write_xlsx(folder / "baik.xlsx", {"S": (table(["1.02.02", "A", "", "", "", 1]), [])})
    raw = good.read_bytes()
    made = {
        "kosong": (b"", "berkas kosong"),
        "terpotong": (raw[: len(raw) // 2], "rusak"),
        "bukan": (b"\x00\x01\x02" * 500, "bukan lembar kerja"),
        "pdf": (b"%PDF-1.7 ...", "PDF"),
        "sandi": (guarded(), "kata sandi"),
        "ole": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000, "rusak"),
        "xml2003": (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
            "XML Spreadsheet 2003",
        ),
        "teks": (b"tidak ada tabel di sini\n", "tidak ada judul kolom"),
    }
    found = {}
    for name, (data, said) in made.items():
        path = folder / f"{name}.xlsx"
        path.write_bytes(data)
        found[name] = (path, said)
    far = zip_edit(
        good,
        SHEET,
        lambda xml: xml.replace("</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'),
    )
    found["jauh"] = (far.rename(folder / "jauh.xlsx"), "(batas 200_000; limits.sheet_rows)")
    wide = zip_edit(
        good,
        SHEET,
        lambda xml: xml.replace("</sheetData>", '<row r="9"><c r="ZZ9"><v>1</v></c></row></sheetData>'),
    )
    found["lebar"] = (wide.rename(folder / "lebar.xlsx"), "702 kolom (batas 200; limits.sheet_columns)")
    word = folder / "surat.xlsx"
    with zipfile.ZipFile(word, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    found["docx"] = (word, "bukan lembar kerja")
    repeated = make.write_ods(folder / "ulang.ods", {"S": table(["1.02.02", "A", "", "", "", 1])})
    text = zipfile.ZipFile(repeated).read("content.xml").decode()
    bomb = text.replace(
        '<table:table-cell office:value-type="float"',
        '<table:table-cell table:number-columns-repeated="1000000" office:value-type="float"',
        1,
    )
    with zipfile.ZipFile(folder / "ulang2.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", bomb)
    found["ods"] = (folder / "ulang2.ods", "kolom (batas 200; limits.sheet_columns)")
    return found


def guarded() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600


@pytest.mark.parametrize(
    "name", ["kosong", "terpotong", "bukan", "pdf", "sandi", "ole", "xml2003", "teks", "jauh", "lebar", "docx", "ods"]
)
def test_hostile_files(tmp_path, name):
    path, said = hostile(tmp_path)[name]
    result = align(path, *HEAD, expect=2)
    assert said in result.stderr
    assert str(path) in result.stderr
    assert result.stdout == ""


def test_zip_bomb(tmp_path, monkeypatch):
    """What a file would unpack to is known before it is unpacked."""
    path = xlsx(tmp_path, ["1.02.02", "A", "", "", "", 1])
    monkeypatch.setattr(limits, "_in_force", [limits.Limits(sheet_unpacked_bytes=1000)])
    monkeypatch.setenv("ALIGN_LIMITS", "sheet_unpacked_bytes=1000")
    assert "mengembang menjadi" in align(path, *HEAD, expect=2).stderr


def test_too_large(tmp_path, monkeypatch):
    path = xlsx(tmp_path, ["1.02.02", "A", "", "", "", 1])
    monkeypatch.setattr(limits, "_in_force", [limits.Limits(sheet_bytes=1000)])
    monkeypatch.setenv("ALIGN_LIMITS", "sheet_bytes=1000")
    assert "bagi menjadi beberapa berkas" in align(path, *HEAD, expect=2).stderr


def test_missing_file(tmp_path):
    assert "tidak dapat dibaca" in align(tmp_path / "tidak-ada.xlsx", *HEAD, expect=2).stderr
    assert "tidak dapat dibaca" in align(tmp_path, *HEAD, expect=2).stderr


# Writing


def test_an_existing_file_is_not_replaced_unasked(tmp_path):
    path = xlsx(tmp_path, ["1.02.02", "A", "", "", "", 1])
    output = tmp_path / "a.yaml"
    assert f"{output} ditulis" in align(path, *HEAD, "-o", output).stderr
    before = output.read_text("utf-8")
    changed = xlsx(tmp_path, ["1.02.02", "A", "", "", "", 2])
    assert "sudah ada dan tidak diganti" in align(changed, *HEAD, "-o", output, expect=2).stderr
    shown = align(changed, *HEAD, "-o", output, "--diff").stdout
    assert "-    pagu: 1\n+    pagu: 2\n" in shown
    assert output.read_text("utf-8") == before
    assert "+    pagu: 2\n" in align(changed, *HEAD, "-o", output, "--force").stderr
    assert "pagu: 2\n" in output.read_text("utf-8")
    assert "--diff perlu -o" in align(path, *HEAD, "--diff", expect=2).stderr


def test_the_same_sheet_gives_the_same_bytes(tmp_path):
    rows, merges = make.rkpd(make.plan(3), make.dotted)
    path = make.write_xlsx(tmp_path / "a.xlsx", {"Data": (rows, merges)})
    assert align(path).stdout == align(path).stdout


def test_english(tmp_path):
    said = align(xlsx(tmp_path, ["1.02.02", "A", "", "", "", "x"]), *HEAD, "--lang", "en", expect=1).stderr
    assert "ceilings that are no number" in said
    assert "nothing was written" in said


SAFE = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
TRICKY = st.text(st.sampled_from("abc :#-'\"&*!|>%@`~,[]{}?\n\t0.1=yn/"), min_size=1)


@given(st.one_of(SAFE, TRICKY))
@example("y")
@example("1.10")
@example("a: b")
@example("\x85\u2028")
def test_texts_are_read_back_as_written(value):
    for pure in (False, True):
        root = tree.compose(f"- nama: {write_yaml.text(value)}\n  lain: 1\n", pure=pure)
        assert tree.scalar(root.parts[0].pairs[0][1]) == value


@pytest.mark.parametrize(
    ("marks", "chosen"),
    [(("", "", "ya"), True), (("ya", "", ""), True), (("tidak", "x", "tidak"), True), (("tidak", "", "0"), False)],
)
def test_a_mark_in_any_row_of_a_programme_is_the_programmes(tmp_path, marks, chosen):
    items = [
        ("1.02.02", "PROGRAM A"),
        ("1.02.02.2.02.0001", "Pengelolaan Pelayanan Kesehatan Ibu Hamil"),
        ("1.02.02.2.02.0002", "Pengelolaan Pelayanan Kesehatan Ibu Bersalin"),
    ]
    rows = [["kode", "nama", "pagu", "unggulan"]]
    rows += [[*item, 5 if len(item[0]) > 7 else "", mark] for item, mark in zip(items, marks, strict=True)]
    file, _ = imported(make.write_xlsx(tmp_path / "a.xlsx", {"program": (rows, [])}))
    assert [program.unggulan for program in file.program] == [chosen]
    assert len(file.program[0].sub_kegiatan) == 2


def test_export_columns_are_lossless(tmp_path):
    """A sheet whose header is that of the export comes back as it was: nothing filled in, nothing dropped."""
    head = make.cells(
        "jenjang|kode|nama|perangkat_daerah|pagu|uraian|kegiatan|indikator|satuan|target|lokasi|sumber_dana|unggulan|"
        "asta_cita|keselarasan"
    )
    rows = [
        head,
        ["program", "1.02.02", "PROGRAM A", "Dinas Kesehatan", "", "Untuk ibu", "", "AKI", "per 100.000", 70.5,
         "Sangir", "DAU", "ya", "4", ""],
        ["", "", "", "", "", "", "", "AKB", "", "12,5", "", "", "", "", ""],
        ["sub_kegiatan", "1.02.02.2.01.0001", "Sub", "", 1_500_000, "", "Kegiatan A", "", "", "", "", "", "", "",
         '[{"tujuan": "AC4", "porsi": 100, "status": "disetujui", "alasan": "KP 04.02"}]'],
        ["program", "", "Suka Sapi", "", 7, "", "", "", "", "", "", "", "", "AC6, AC2", "AC2"],
    ]  # fmt: skip
    path = make.write_xlsx(tmp_path / "a.xlsx", {"program": (rows, [])})
    file, _ = imported(path)
    first, second = file.program
    assert (first.pagu, first.uraian, first.unggulan, first.asta_cita, first.lokasi, first.sumber_dana) == (
        None, "Untuk ibu", True, ["4"], "Sangir", "DAU",
    )  # fmt: skip
    assert [(i.nama, i.satuan, i.target) for i in first.indikator] == [
        ("AKI", "per 100.000", 70.5),
        ("AKB", None, 12.5),
    ]
    part = first.sub_kegiatan[0]
    assert (part.pagu, part.kegiatan, part.keselarasan[0].status, part.keselarasan[0].porsi) == (
        1_500_000,
        "Kegiatan A",
        "disetujui",
        100,
    )
    assert (second.nama, second.asta_cita, [link.tujuan for link in second.keselarasan]) == (
        "Suka Sapi",
        ["AC6", "AC2"],
        ["AC2"],
    )
    bad = make.write_xlsx(tmp_path / "b.xlsx", {"program": ([head, [*rows[4][:-1], '[{"tujuann": "AC4"}]']], [])})
    assert "tujuann" in imported(bad, expect=1)[1]


# The table of titles


def test_titles_have_sources():
    """Every title says where it was seen, means a known field, and is found again."""
    data = tree_values(data_dir() / "impor" / "kolom.yaml")
    from alignment_cli.sheet.codes import LEVELS
    from alignment_cli.sheet.columns import FIELDS

    for entry in data["kolom"]:
        assert entry["isi"] in (*FIELDS, *LEVELS)
        for title, seen in entry["judul"].items():
            for key in seen if isinstance(seen, list) else [seen]:
                assert key in data["sumber"], (title, key)


def tree_values(path: Path):
    document = source.read_text(path, path.name)
    source.compose(document)
    return source.values(document, frozenset(), frozenset())


@pytest.mark.parametrize("column", [0, 25, 26, 51, 52, 701, 702])
def test_letters(column):
    assert number_of(letters(column)) == column


def test_addresses():
    assert Grid("Renja", [[]]).address(11, 5) == "Renja!F12"
    assert Grid("Sub Keg '24", [[]]).address(0, 0) == "'Sub Keg ''24'!A1"


def test_maps_round_trip(known, tmp_path):
    """A saved map reads the sheet just as the recognition did."""
    rows, merges = make.rkpd(make.plan(1), make.dotted)
    path = make.write_xlsx(tmp_path / "a.xlsx", {"Data": (rows, merges)})
    found = tables.tables(open_book(path).grids, known, 2026, None)
    (tmp_path / "peta.yaml").write_text(mapping.render([each.layout for each in found]), "utf-8")
    again = tables.tables(open_book(path).grids, known, 2026, mapping.read(tmp_path / "peta.yaml"))
    assert tables.shown_columns(again[0].layout) == tables.shown_columns(found[0].layout)
    assert align(path, "--map", tmp_path / "peta.yaml").stdout == align(path).stdout


def test_sheet_errors_speak_both_languages(tmp_path):
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"")
    with pytest.raises(SheetError) as caught:
        open_book(path)
    assert caught.value.text.id != caught.value.text.en


def test_reports_are_csv(tmp_path):
    """A cell that a spreadsheet would run as a formula is shown as text."""
    align(xlsx(tmp_path, ["1.02.02", "A", "", "", "", "=1+1|x"]), *HEAD, "--report", tmp_path / "r.csv", expect=1)
    rows = rows_of(tmp_path / "r.csv")
    assert [row["nilai"] for row in rows if row["tingkat"] == "galat"] == ["'=1+1|x"]
