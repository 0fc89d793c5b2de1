"""`align export`: what goes out comes back the same, in every format, and nothing in it harms a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
import random
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from typer.testing import CliRunner

from alignment_cli import load, model, run, source
from alignment_cli.cli import app
from alignment_cli.context import items_of
from alignment_cli.export import cells, columns, csv_, lines, parquet, workbook
from alignment_cli.match.verdict import Status, Verdict
from alignment_cli.model import Berkas
from alignment_cli.render.table import FORMULA
from alignment_cli.result import FileResult, Judged
from alignment_cli.sheet import exported
from alignment_cli.sheet.exported_yaml import document
from alignment_cli.sheet.grid import SheetError
from alignment_cli.sheet.read import open_book
from alignment_cli.sheet.region import Wish

ROOT = Path(__file__).parents[1]
PROGRAMMES = sorted((ROOT / "data" / "programs").glob("*.yaml"))
HEAD = {"versi": 1, "daerah": {"nama": "Kabupaten Contoh", "tingkat": "kabupaten"}, "dokumen": "RKPD", "tahun": 2027}
TRICKY = [
    "=1+1", "'abc", "''abc", "'=1", "007", "1.02.02", " 5", "5 ", "2026-02-09", "1e5", "-5", "+5", "@x", "-", "'", "",
    "a\nb", "\n", "\\", "\\n", "\\e", "a|b", "|", "\\|", "a\tb", "\tx", "\rx", "a\r\nb", "_x000D_", "\\_x000D_",
    "\u202eabc", "a\u200bb", "\ufeffx", "a\xa0b", "\xa0", "ya", "TRUE", "null", "~", "#REF!", '=HYPERLINK("http://x")',
    "1.000.000", "14,2", "14.2", "nan", "inf", "é", "日本", "🌾", "jumlah program", "\x7f", "\x85", "\u2028x",
    '=HYPERLINK("http://x")', "DDE|cmd",
]  # fmt: skip


def align(*args, expect=0):
    result = CliRunner().invoke(app(), [*map(str, args)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == expect, result.output
    return result


def checked(data: dict, reference, path="rencana.yaml"):
    """Plain data as a checked file."""
    return run.check_file(load.parse(source.Document(path, document(data))), reference)


KEYS = {
    model.Berkas: {"versi", "daerah", "dokumen", "tahun", "sumber", "misi", "misi_provinsi", "program"},
    model.Daerah: {"kode", "nama", "tingkat"},
    model.Misi: {"nomor", "teks", "asta_cita", "misi_provinsi"},
    model.MisiProvinsi: {"nomor", "teks"},
    model.Butir: {*columns.TEXTS, "pagu", "indikator", "asta_cita", "keselarasan", "program_nasional", "sumber"},
    model.Program: {"unggulan", "kolaborasi", "sub_kegiatan"},
    model.SubKegiatan: {"kegiatan"},
    model.Indikator: {"nama", "satuan", "target"},
    model.Keselarasan: set(columns.LINK),
    model.Kolaborasi: set(columns.SIDES),
    model.DukunganNasional: {"kode", "peran"},
}


@pytest.mark.parametrize("shape", KEYS, ids=lambda shape: shape.__name__)
def test_every_key_of_the_programme_file_has_a_column(shape):
    """A new key needs a column in export/columns.py and a line in the strategies below."""
    inherited = shape.__mro__[1].model_fields.keys() if issubclass(shape, model.Butir) else set()
    assert shape.model_fields.keys() - inherited == KEYS[shape]


def plain(berkas: Berkas):
    return berkas.model_dump(exclude_none=True)


def judged_blankly(berkas: Berkas):
    """A file whose items were not judged: only what the plan's own columns hold matters."""
    loaded = load.parse(source.Document("x.yaml", document(plain(berkas))))
    assert loaded.findings == []
    verdict = Verdict(Status.TANPA_BUKTI, None, ())
    return FileResult(loaded, [Judged(item, verdict) for item in items_of(loaded.file)])


def reread(path: Path, wish=None) -> Berkas:
    found = exported.find(open_book(path), [])
    assert found is not None
    outcome = exported.read(found, wish or Wish())
    assert [event.text.id for event in outcome.report.events] == []
    return load.parse(source.Document("y", outcome.text)).file


texts = st.one_of(st.sampled_from(TRICKY), st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
codes = st.one_of(st.none(), texts)
numbers = st.one_of(st.none(), st.integers(-(10**20), 10**20), st.floats(allow_nan=False, allow_infinity=False), texts)
listed = st.lists(texts, max_size=3)
shares = st.one_of(st.none(), st.floats(0, 100))
names = texts.filter(bool)


def fields(**own):
    return {
        "kode": codes, "nama": names, "perangkat_daerah": codes, "uraian": codes, "lokasi": codes, "sumber_dana": codes,
        "pagu": st.one_of(st.none(), st.integers(0, 10**20)), "asta_cita": listed, "sumber": listed,
        "indikator": st.lists(st.fixed_dictionaries({"nama": texts, "satuan": codes, "target": numbers}), max_size=3),
        "keselarasan": st.lists(st.fixed_dictionaries({
            "tujuan": texts, "peran": st.sampled_from(["utama", "pendukung"]), "porsi": shares,
            "status": st.sampled_from(["dinyatakan", "diusulkan", "disetujui", "ditolak"]), "alasan": codes,
            "oleh": codes,
            "tanggal": codes, "goal_hash": codes}), max_size=3),
        "program_nasional": st.lists(st.fixed_dictionaries({"kode": texts, "peran": listed}), max_size=3),
        **own,
    }  # fmt: skip


parts = st.fixed_dictionaries(fields(kegiatan=codes))
programmes = st.fixed_dictionaries(fields(
    unggulan=st.booleans(), sub_kegiatan=st.lists(parts, max_size=2),
    kolaborasi=st.fixed_dictionaries({"horizontal": listed, "vertikal": listed, "eksternal": listed})))  # fmt: skip
files = st.fixed_dictionaries({
    "versi": st.just(1), "tahun": st.integers(2000, 2100), "dokumen": st.sampled_from(["RKPD", "RAPBD", "KUA-PPAS"]),
    "daerah": st.fixed_dictionaries({"kode": codes, "nama": texts, "tingkat": st.sampled_from(["kota", "provinsi"])}),
    "misi_provinsi": st.lists(st.fixed_dictionaries({"nomor": names, "teks": names}), max_size=2),
    "misi": st.lists(st.fixed_dictionaries({"nomor": names, "teks": names, "asta_cita": listed,
                                            "misi_provinsi": listed}), max_size=2),
    "sumber": listed, "program": st.lists(programmes, max_size=3)}).map(Berkas.model_validate)  # fmt: skip


@given(files)
@settings(max_examples=40)
def test_yaml_of_any_file_reads_back(berkas):
    assert load.parse(source.Document("x", document(plain(berkas)))).file == berkas


@given(files, st.sampled_from([",", ";", "|", "\t"]), st.booleans())
@settings(max_examples=40)
def test_round_trip_csv(tmp_path_factory, berkas, delimiter, bom):
    path = tmp_path_factory.mktemp("x") / "a.csv"
    text = csv_.header(delimiter, bom=bom) + csv_.write(judged_blankly(berkas), "id", delimiter)
    path.write_bytes(text.encode())
    assert reread(path) == berkas


@given(files)
@settings(max_examples=25)
def test_round_trip_xlsx(tmp_path_factory, reference, berkas):
    path = tmp_path_factory.mktemp("x") / "a.xlsx"
    path.write_bytes(workbook.write([judged_blankly(berkas)], "id", reference.priorities))
    assert reread(path) == berkas


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize("path", PROGRAMMES, ids=lambda path: path.stem)
def test_round_trip_of_shipped_files(tmp_path, path, suffix):
    """Through the commands themselves."""
    align("export", path, "-o", tmp_path / f"a.{suffix}")
    align("import", tmp_path / f"a.{suffix}", "-o", tmp_path / "b.yaml")
    before, after = (load.load(one, "x").file for one in (path, tmp_path / "b.yaml"))
    assert before == after
    assert before.program


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_tricky_texts_survive(tmp_path, reference, suffix):
    data = HEAD | {"program": [{"kode": text, "nama": text or "x", "lokasi": text, "asta_cita": [text, text],
                                "indikator": [{"nama": text, "target": text}]} for text in TRICKY]}  # fmt: skip
    file = judged_blankly(Berkas.model_validate(data))
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(workbook.write([file], "id", reference.priorities) if suffix == "xlsx" else
                     (csv_.header() + csv_.write(file, "id")).encode())  # fmt: skip
    assert reread(path) == Berkas.model_validate(data)


@given(st.lists(texts, max_size=4), st.lists(st.lists(texts, max_size=3), max_size=3))
@example([""], [[""], ["a|b", ""], []])
def test_lists_in_a_cell(flat, deep):
    assert [part or "" for part in cells.lines(cells.cell(flat))] == flat
    # A list whose only entry is an empty list is written like an empty list; columns.py writes it beside its code.
    assert cells.nested(cells.cell(deep)) == (deep if deep != [[]] else [])


@given(texts)
def test_csv_cells_are_harmless_and_come_back(text):
    shielded = cells.shielded(cells.cell(text))
    assert not shielded.startswith(FORMULA)
    assert cells.text(cells.bare(shielded)) == text
    assert all(ch.isprintable() or ch in "\n\u00a0" or ch.isspace() for ch in shielded)


def test_a_number_is_no_formula():
    data = HEAD | {"program": [{"nama": "x", "indikator": [{"nama": "a", "target": -5}]}]}
    text = csv_.write(judged_blankly(Berkas.model_validate(data)), "id")
    assert ",-5," in text


# What stands in the table


def rows_of(text, delimiter=","):
    return list(csv.DictReader(io.StringIO(text), delimiter=delimiter))


def test_answers_are_those_of_check():
    path = PROGRAMMES[0]
    mine = rows_of(align("export", path).stdout)
    theirs = rows_of(align("check", path, "-f", "csv").stdout)
    assert len(mine) == len(theirs) > 0
    for a, b in zip(mine, theirs, strict=True):
        for name in ("kode", "nama", "pagu", "status", "tujuan", "pesaing", "bukti", "baris", "berkas", "dasar"):
            assert a[name] == b[name], name
        assert float(a["keyakinan"]) == pytest.approx(float(b["keyakinan"]), abs=1e-4)


def test_parts_name_the_office_that_they_take_over(reference):
    data = HEAD | {"program": [{"nama": "x", "perangkat_daerah": "Dinas A", "sub_kegiatan": [{"nama": "y"}]}]}
    program, part = columns.rows(checked(data, reference), "id")
    assert (program["perangkat_daerah"], part["perangkat_daerah"]) == ("Dinas A", None)
    assert (program["pelaksana"], part["pelaksana"]) == ("Dinas A", "Dinas A")


def test_json_lines_have_stable_keys_and_all_that_check_gives():
    text = align("export", *PROGRAMMES, "-f", "jsonl").stdout
    found = [json.loads(line) for line in text.splitlines()]
    checks = json.loads(align("check", *PROGRAMMES, "-f", "json", "--fail-on", "never").stdout)
    items = [item for file in checks["files"] for item in file["items"]]
    assert len({tuple(line) for line in found}) == 1
    assert len(found) == len(items) > 100
    assert all(line[key] == value for line, item in zip(found, items, strict=True) for key, value in item.items())
    assert {line["jenjang"] for line in found} == {"program", "sub_kegiatan"}


def test_json_lines_hold_the_whole_item(reference):
    data = HEAD | {
        "program": [{"nama": "x", "kolaborasi": {"vertikal": ["Bulog"]}, "indikator": [{"nama": "a", "target": 1.5}]}]
    }
    line = json.loads(lines.write(checked(data, reference)))
    assert line["kolaborasi"]["vertikal"] == ["Bulog"]
    assert line["indikator"] == [{"nama": "a", "satuan": None, "target": 1.5}]


def test_workbook_totals_and_types(tmp_path):
    align("export", *PROGRAMMES, "-o", tmp_path / "a.xlsx")
    book = CalamineWorkbook.from_path(tmp_path / "a.xlsx")
    assert book.sheet_names == ["butir", "ringkasan"]
    head, *table = book.get_sheet_by_name("butir").to_python()
    pagu, jenjang, kode = head.index("pagu"), head.index("jenjang"), head.index("kode")
    for level in ("program", "sub_kegiatan"):
        own = [row[pagu] for row in table if row[jenjang] == level and row[pagu] != ""]
        total = next(row for row in table if row[jenjang] == f"jumlah {level}")
        assert total[pagu] == sum(own) > 0
    assert all(isinstance(row[kode], str) for row in table)
    assert all(isinstance(row[pagu], float) for row in table if row[pagu] != "")
    summary = book.get_sheet_by_name("ringkasan").to_python()
    assert next(row for row in summary if row[0] == "jumlah")[4:6] == [185, 44]


def test_workbook_has_filter_frozen_header_and_no_formula_of_a_text(tmp_path):
    import zipfile

    path = tmp_path / "p.yaml"
    path.write_text(document(HEAD | {"program": [{"nama": "=1+1", "pagu": 5}]}), "utf-8")
    align("export", path, "-o", tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<autoFilter" in sheet
    assert 'state="frozen"' in sheet
    assert sheet.count("<f>") == 2  # the two totals
    assert "<f>1+1" not in sheet


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "jsonl", "parquet"])
def test_same_input_same_bytes(tmp_path, suffix):
    if suffix == "parquet":
        pytest.importorskip("pyarrow")
    made = []
    for name in ("a", "b"):
        align("export", PROGRAMMES[-1], "-o", tmp_path / f"{name}.{suffix}")
        made.append((tmp_path / f"{name}.{suffix}").read_bytes())
    assert made[0] == made[1]
    assert made[0]


def test_parquet_is_typed(tmp_path):
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet as files_of_parquet

    align("export", *PROGRAMMES, "-o", tmp_path / "a.parquet")
    table = files_of_parquet.read_table(tmp_path / "a.parquet")
    types = {field.name: field.type for field in table.schema}
    assert (types["pagu"], types["tahun"], types["keyakinan"]) == (pa.int64(), pa.int64(), pa.float64())
    assert pa.types.is_dictionary(types["status"])
    assert types["indikator"] == pa.list_(pa.string())
    texts_ = rows_of(align("export", *PROGRAMMES).stdout)
    assert [row["pagu"] for row in texts_] == ["" if v is None else str(v) for v in table["pagu"].to_pylist()]
    assert [row["daerah"] for row in texts_] == table["daerah"].to_pylist()


def test_parquet_without_pyarrow_says_how_to_install_it(tmp_path, monkeypatch):
    monkeypatch.setattr(parquet, "find_spec", lambda _: None)
    said = align("export", PROGRAMMES[0], "-o", tmp_path / "a.parquet", expect=2).stderr
    assert "python -m pip install pyarrow" in said


# Manners


@pytest.mark.parametrize("sign", [";", "titik-koma"])
def test_mark_and_delimiter(sign):
    text = align("export", PROGRAMMES[-1], "--bom", "--delimiter", sign).stdout
    assert text.startswith("\ufeffjenjang;kode;nama;")
    assert len(rows_of(text.removeprefix("\ufeff"), ";")) == 20


@pytest.mark.parametrize(
    ("args", "word"),
    [
        (["-f", "xlsx"], "--output"),
        (["-f", "jsonl", "--bom"], "--bom"),
        (["-f", "jsonl", "--delimiter", ";"], "--delimiter"),
        (["--delimiter", "x"], "--delimiter"),
        (["-o", "a.doc"], "--format"),
        (["-o", "tidak/ada/a.csv"], "tidak dapat ditulis"),
        (["-o", "p.yaml", "-f", "csv"], "tidak menimpanya"),
    ],
)
def test_wrong_options(tmp_path, monkeypatch, args, word):
    monkeypatch.chdir(tmp_path)
    Path("p.yaml").write_text(document(HEAD | {"program": []}))
    result = align("export", "p.yaml", *args, expect=2)
    assert word in result.stderr
    assert result.stdout == ""
    assert Path("p.yaml").read_text().startswith("versi: 1")


@pytest.mark.parametrize(
    ("text", "rows", "word"),
    [
        ("program: [\n", 0, "tidak diekspor"),
        ("versi: 1\ndokumen: RKPD\ntahun: 2027\nprogram: [{nama: x}]\n", 0, "kepalanya"),
        (document(HEAD | {"program": [{"nama": "x"}, {"nama": "y", "pagu": -1}]}), 2, "1 isi tidak sah"),
    ],
)
def test_what_cannot_be_exported_is_told(tmp_path, text, rows, word):
    (tmp_path / "p.yaml").write_text(text, "utf-8")
    result = align("export", tmp_path / "p.yaml", expect=1)
    assert word in result.stderr
    assert len(rows_of(result.stdout)) == rows


def test_too_long_for_a_cell(tmp_path):
    (tmp_path / "p.yaml").write_text(document(HEAD | {"program": [{"nama": "x", "uraian": "jalan " * 6000}]}), "utf-8")
    assert "32767" in align("export", tmp_path / "p.yaml", "-o", tmp_path / "a.xlsx", expect=2).stderr
    assert not (tmp_path / "a.xlsx").exists()
    align("export", tmp_path / "p.yaml", "-o", tmp_path / "a.csv")


# Reading back what people have worked on


def edited(tmp_path, change):
    data = HEAD | {"program": [{"nama": "Program A", "pagu": 5, "sub_kegiatan": [{"nama": "Bagian", "pagu": 5}]},
                               {"nama": "Program B"}]}  # fmt: skip
    (tmp_path / "p.yaml").write_text(document(data), "utf-8")
    rows = rows_of(align("export", tmp_path / "p.yaml").stdout)
    change(rows)
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), delimiter=";", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    (tmp_path / "a.csv").write_text(out.getvalue(), "utf-8-sig", newline="")
    return tmp_path / "a.csv"


def test_columns_in_another_order_and_answers_deleted(tmp_path):
    def change(rows):
        order = [column.name for column in columns.PLAN]
        random.Random(1).shuffle(order)  # noqa: S311
        rows[:] = [{name: row[name] for name in order} for row in rows]

    berkas = reread(edited(tmp_path, change))
    assert [program.nama for program in berkas.program] == ["Program A", "Program B"]
    assert berkas.program[0].sub_kegiatan[0].pagu == 5


def test_deleted_columns_count_as_empty_and_are_named(tmp_path):
    path = edited(tmp_path, lambda rows: [row.pop("misi") for row in rows])
    assert "misi" in align("import", path, "-o", tmp_path / "b.yaml").stderr
    assert reread(path) == load.load(tmp_path / "b.yaml", "x").file


def test_a_new_row_belongs_to_the_plan_above_it(tmp_path):
    berkas = reread(
        edited(tmp_path, lambda rows: rows.insert(2, {"jenjang": "sub_kegiatan", "nama": "Baru", "pagu": "7"}))
    )
    assert [part.nama for part in berkas.program[0].sub_kegiatan] == ["Bagian", "Baru"]


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda rows: rows[0].update(pagu="4,5E+10"), "A2"),
        (lambda rows: rows[1].update(nama=""), "A3"),
        (lambda rows: rows[0].update(jenjang="kegiatan"), "A2"),
        (lambda rows: rows[2].update(indikator="a", satuan="x\ny"), "A4"),
        (lambda rows: rows[2].update(unggulan="mungkin"), "A4"),
    ],
)
def test_faults_stop_the_import_and_name_the_row(tmp_path, change, place):
    result = align("import", edited(tmp_path, change), "-o", tmp_path / "b.yaml", expect=1)
    assert place in result.stderr
    assert not (tmp_path / "b.yaml").exists()


def test_several_plans_need_a_choice(tmp_path):
    align("export", *PROGRAMMES, "-o", tmp_path / "a.csv")
    said = align("import", tmp_path / "a.csv", expect=2).stderr
    assert "3 rencana" in said
    text = align("import", tmp_path / "a.csv", "--daerah", "Kabupaten Solok Selatan").stdout
    assert load.parse(source.Document("x", text)).file == load.load(PROGRAMMES[-1], "x").file
    with pytest.raises(SheetError):
        reread(tmp_path / "a.csv", Wish(daerah="Kota Contoh"))
