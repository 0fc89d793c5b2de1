"""Reports as readers see them: whole outputs as snapshots, widths kept, languages apart, files for other programs."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile

import pytest
from python_calamine import CalamineWorkbook
from rich.cells import cell_len
from typer.testing import CliRunner

from alignment_cli.cli import app
from alignment_cli.finding import Text
from alignment_cli.options import ViewName
from alignment_cli.render import View
from alignment_cli.report.render import FORMATS, renderer
from alignment_cli.report.render.cells import shown
from alignment_cli.report.render.terminal import LONGEST, MOST
from alignment_cli.report.views import VIEWS
from report_makers import SAMPLE, made, sample, tables

LANGS = ("id", "en")
HOSTILE = [
    {"nama": "=1+1\x07 [bold]a[/bold] <script>|`x`*", "pagu": 5, "perangkat_daerah": "@Dinas", "asta_cita": 4},
    {"nama": "Jalan " + "x" * 90, "kode": "1.03.10", "perangkat_daerah": "灌漑の整備" * 12},
]


@pytest.fixture(scope="module")
def parts(reference):
    return sample(reference)


@pytest.fixture(scope="module")
def others(reference):
    """Another region with texts that are hard to show."""
    return made(reference, HOSTILE, daerah={"nama": "Kabupaten [Uji]/*", "tingkat": "kabupaten"})


def only(parts, name):
    return [part._replace(views=[view for view in part.views if view.name == name]) for part in parts]


def written(parts, format_="text", **manner):
    return renderer(format_)(parts, View(**manner))


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("name", VIEWS)
def test_text(parts, snapshot, name, width, lang):
    assert written(only(parts, name), lang=lang, width=width) == snapshot


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("format_", ["md", "csv"])
@pytest.mark.parametrize("name", VIEWS)
def test_other_formats(parts, snapshot, name, format_, lang):
    assert written(only(parts, name), format_, lang=lang) == snapshot


@pytest.mark.parametrize("name", VIEWS)
def test_json(parts, snapshot, name):
    assert written(only(parts, name), "json") == snapshot


def test_views_have_their_options():
    assert list(VIEWS) == [view.value for view in ViewName]


def test_names_of_tables_differ(parts):
    names = [table.name for view in parts[0].views for table in view.tables]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z_]{4,24}", name) for name in names)


# Widths


def cells_of(part, lang):
    """Yield all that the terminal shows of a part: titles, headings, cells, sentences, notes."""
    for view in part.views:
        yield from (text.in_(lang) for text in (view.title, *view.sentences))
        for table in view.tables:
            if table.detail:
                continue
            yield table.title.in_(lang)
            yield from (text.in_(lang) for text in (table.note,) if text is not None and table.rows)
            for row in (*table.rows, *([table.total] if table.total is not None and table.rows else [])):
                yield from (
                    shown(cell, column, lang, MOST)
                    for cell, column in zip(row.cells, table.columns, strict=True)
                    if cell not in (None, 0)
                )


@pytest.mark.parametrize("width", [40, 60, 80, 100, 120, 160, None])
@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", VIEWS)
def test_width_loses_nothing_and_is_kept(parts, others, name, lang, width):
    for part in only([*parts, *others], name):
        text = written([part], lang=lang, width=width)
        lines = text.split("\n")
        assert width is None or max(map(cell_len, lines)) <= width
        assert not any(line.endswith(" ") for line in lines)
        assert "…" not in text
        for words in cells_of(part, lang):
            for word in words.split():
                # A word longer than a column may be broken.
                assert word in text or cell_len(word) > min(LONGEST, width or 0), (word, text)


@pytest.mark.parametrize("width", [40, 80])
def test_long_words_are_broken_and_not_lost(others, width):
    bare = re.sub(r"\s", "", written(only(others, "program"), width=width))
    assert bare.count("x") >= 90


@pytest.mark.parametrize("name", VIEWS)
def test_name_of_a_row_stands_first(parts, name):
    for view in only(parts, name)[0].views:
        for table in view.tables:
            assert not table.columns[table.grouped].minor, table.name


def test_summary_is_a_page(parts):
    assert len(written(only(parts, "ringkas"), width=80).split("\n")) <= 60


def test_empty_columns_are_left_out_and_empty_tables_say_so(others):
    text = written(only(others, "kesenjangan"), width=80)
    assert "Keselarasan yang belum dinyatakan: tidak ada\n" in text
    assert "Yang belum tersentuh daerah: tidak dapat dinilai\n" in text
    programmes = written(only(others, "program"), width=200)
    assert "Sub kegiatan" not in programmes
    assert "Pagu" in programmes


def test_colour_changes_no_letter(parts):
    plain, coloured = written(parts, width=100), written(parts, width=100, color=True)
    assert "\x1b[" in coloured
    assert [line.rstrip() for line in re.sub(r"\x1b\[[\d;]*m", "", coloured).split("\n")] == plain.split("\n")


# Languages


def test_languages_do_not_mix(parts):
    texts = set()
    for view in parts[0].views:
        texts |= {view.title, *view.sentences}
        for table in view.tables:
            texts |= {table.title, *(column.title for column in table.columns)}
            texts |= {cell for row in table.rows for cell in row.cells if isinstance(cell, Text)}
            texts |= {table.note} - {None}
    telling = [text for text in texts if text.id != text.en and len(text.id) > 11 and " " in text.id]
    assert len(telling) > 100
    for format_ in ("md", "csv"):
        both = {lang: written(parts, format_, lang=lang).replace("\\", "").replace('""', '"') for lang in LANGS}
        for text in telling:
            assert text.id not in both["en"], text
            if text.en not in {other.id for other in texts}:
                assert text.en not in both["id"], text


def test_indonesian_notation(parts):
    text = written(parts, width=None)
    assert "Rp 95,0 M" in text
    assert "70,5 %" in text
    english = written(parts, lang="en")
    assert "Rp 95.0 bn" in english
    assert "70.5%" in english


# Other programs


def test_json_has_both_languages_and_whole_numbers(parts):
    assert written(parts, "json", lang="en", width=80) == written(parts, "json")
    data = json.loads(written(parts, "json"))
    (region,) = data["regions"]
    assert region["files"] == ["kesehatan.yaml", "rkpd.yaml"]
    assert (region["score"]["aligned"], region["score"]["weight"]) == (12, "butir")
    money = next(table for view in region["views"] for table in view["tables"] if table["name"] == "anggaran")
    assert money["total"]["cells"]["pagu_terbagi"] == part_total(parts)
    assert money["total"]["cells"]["pagu_tersentuh"] is None
    assert len(money["total"]["items"]) == 18
    assert money["total"]["items"][0] == {"path": "kesehatan.yaml", "route": "program[0].sub_kegiatan[0]", "line": 18}


def part_total(parts):
    return parts[0].figures.known + parts[0].figures.remainder


def blocks(text):
    return [list(csv.DictReader(io.StringIO(block))) for block in text.split("\n\n")]


def test_csv_tables(parts):
    found = {block[0]["tabel"]: block for block in blocks(written(parts, "csv")) if block}
    money = found["anggaran"]
    assert sum(int(row["pagu_terbagi"] or 0) for row in money) == part_total(parts)
    assert {row["daerah"] for row in money} == {"Kab. Contoh, RKPD 2027"}
    assert "Jumlah" not in {row["nama_tujuan"] for row in money}
    assert next(row for row in found["program"] if row["kode"] == "1.03.10")["asal"] == "rkpd.yaml:39"
    assert (
        next(row for row in found["mitra_program"] if "KDMP" in row["nama"])["eksternal"]
        == "TNI; Kejaksaan; PT Agrinas"
    )
    assert next(row for row in found["indeks"] if row["status"] == "selaras")["bagian"] == "0.705882"


def test_text_like_a_formula_is_harmless(parts, others):
    rows = [row for block in blocks(written([*parts, *others], "csv")) for row in block]
    names = {row["nama"] for row in rows if "nama" in row}
    assert "'=Gebyar [Simsalabim] *pentas* <b>tari</b>" in names
    assert not any(cell.startswith(("=", "@", "+", "-")) for row in rows for cell in row.values() if cell)


def test_regions_share_the_tables_of_csv(parts, others):
    found = [block for block in blocks(written([*parts, *others], "csv")) if block]
    assert len({block[0]["tabel"] for block in found}) == len(found)
    money = next(block for block in found if block[0]["tabel"] == "anggaran")
    assert {row["daerah"] for row in money} == {"Kab. Contoh, RKPD 2027", "Kabupaten [Uji]/*, RKPD 2027"}


def test_markdown_shows_texts_as_they_are(parts, others):
    text = written([*parts, *others], "md")
    assert "\\<b\\>tari\\</b\\>" in text
    assert not re.search(r"(?<!\\)<[a-z/]", text)
    for block in text.split("\n\n"):
        if block.startswith("|"):
            assert len({len(re.findall(r"(?<!\\)\|", line)) for line in block.split("\n")}) == 1


@pytest.fixture(scope="module")
def book(parts, others):
    return written([*parts, *others], "xlsx")


def test_workbook_is_the_same_every_time(parts, others, book):
    assert written([*parts, *others], "xlsx") == book


def test_workbook_holds_no_formulas_links_or_control_characters(book):
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist() if name.endswith((".xml", ".rels"))}
    assert not any("<f>" in text or "<f " in text or "hyperlink" in text for text in files.values())
    assert not any("_x0007_" in text or "\x07" in text for text in files.values())
    assert "2026-01-01T00:00:00Z" in files["docProps/core.xml"]
    sheets = [text for name, text in files.items() if name.startswith("xl/worksheets/sheet")]
    assert all('paperSize="9"' in text and 'orientation="landscape"' in text for text in sheets)
    assert sum("<autoFilter" in text and 'state="frozen"' in text for text in sheets) > len(sheets) / 2


def test_sheets_are_named_by_region_and_table(parts, book):
    names = CalamineWorkbook.from_filelike(io.BytesIO(book)).sheet_names
    assert names[0] == "Contoh ringkas"
    assert "_Uji___ anggaran" in names
    assert len({name.lower() for name in names}) == len(names)
    assert max(map(len, names)) <= 31
    single = CalamineWorkbook.from_filelike(io.BytesIO(written(parts, "xlsx"))).sheet_names
    assert single[:3] == ["ringkas", "matriks", "tujuan"]
    twice = CalamineWorkbook.from_filelike(io.BytesIO(written([*parts, *parts], "xlsx"))).sheet_names
    assert len({name.lower() for name in twice}) == len(twice) == 2 * len(single)


def test_workbook_has_the_figures(parts):
    opened = CalamineWorkbook.from_filelike(io.BytesIO(written(parts, "xlsx")))
    for table in tables(parts[0]).values():
        if table.name not in opened.sheet_names:
            continue
        rows = opened.get_sheet_by_name(table.name).to_python()
        head = [column.title.id for column in table.columns]
        top = next(n for n, row in enumerate(rows) if row[: len(head)] == head)
        for row, expected in zip(rows[top + 1 :], table.rows, strict=False):
            for cell, value in zip(row, expected.cells, strict=False):
                if isinstance(value, int | float | str):
                    assert cell == value, table.name
    page = opened.get_sheet_by_name("ringkas").to_python()
    assert any(row[0] == "AC4" and row[-1] == 95_000_000_000 for row in page)


@pytest.mark.parametrize("format_", [name for name in FORMATS if name != "html"])
def test_same_input_same_bytes(parts, format_):
    assert written(parts, format_, width=90) == written(parts, format_, width=90)


# The command


def align(*args, code=0):
    done = CliRunner().invoke(app(), ["report", *map(str, args)])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.output
    assert done.exit_code == code, done.output
    return done


def test_views_come_in_the_order_asked_for_and_once():
    text = align(SAMPLE, "-v", "anggaran", "-v", "ringkas", "-v", "anggaran").stdout
    assert re.findall(r"^(\w+) · Kab. Contoh", text, re.MULTILINE) == ["Anggaran", "Ringkasan"]
    assert re.findall(r"^(\w+) · Kab. Contoh", align(SAMPLE).stdout, re.MULTILINE) == ["Ringkasan"]


def test_single_table():
    text = align(SAMPLE, "--table", "rincian_anggaran", "-f", "csv").stdout
    assert text.startswith("daerah,tabel,tujuan,nama_tujuan,nama,kode")
    assert "\n\n" not in text
    shown_ = align(SAMPLE, "--table", "peran_belum_didukung", "-f", "md").stdout
    assert "Pembangunan 3 Juta Rumah" in shown_
    assert "SKB 3 Menteri 25 Nov 2024" in shown_
    assert "kesenjangan_terbesar" in align(SAMPLE, "--table", "kesenjangan_besar", code=2).stderr
    assert "anggaran" in align(SAMPLE, "-v", "ringkas", "--table", "anggaran", code=2).stderr


def test_csv_for_excel_and_one_file_per_table(tmp_path):
    assert align(SAMPLE, "-f", "csv", "--bom").stdout.startswith("\ufeffdaerah,tabel,")
    align(SAMPLE, "-f", "csv", "--bom", "-v", "anggaran", "-o", tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["anggaran.csv", "rincian_anggaran.csv"]
    raw = (tmp_path / "anggaran.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfdaerah,tabel,tujuan")
    assert raw.count(b"\n") == 12


@pytest.mark.parametrize("format_", ["text", "md", "json", "xlsx"])
def test_options_that_do_not_fit(tmp_path, format_):
    assert "--bom" in align(SAMPLE, "-f", format_, "--bom", "-o", tmp_path / "x", code=2).stderr
    assert "folder" in align(SAMPLE, "-f", format_, "-o", tmp_path, code=2).stderr
    assert list(tmp_path.iterdir()) == []


def test_output_to_files(tmp_path):
    align(SAMPLE, "-f", "xlsx", "-o", tmp_path / "a.xlsx")
    names = CalamineWorkbook.from_path(str(tmp_path / "a.xlsx")).sheet_names
    assert len(names) > 20
    align(SAMPLE, "-o", tmp_path / "a.txt", "-v", "anggaran")
    assert "Pagu per tujuan" in (tmp_path / "a.txt").read_text("utf-8")
    align(SAMPLE, "-o", tmp_path / "tidak" / "ada.txt", code=2)


@pytest.mark.parametrize(
    ("name", "begins"),
    [("a.html", b"<!DOCTYPE html>"), ("a.XLSX", b"PK"), ("a.csv", b"daerah,tabel"), ("a.json", b"{"), ("a.md", b"#"),
     ("a.txt", "Ringkasan ·".encode()), ("a.lain", "Ringkasan ·".encode())],
)  # fmt: skip
def test_the_name_of_the_output_tells_its_format(tmp_path, name, begins):
    align(SAMPLE, "-o", tmp_path / name)
    assert (tmp_path / name).read_bytes().startswith(begins)
    align(SAMPLE, "-f", "csv", "-o", tmp_path / name)
    assert (tmp_path / name).read_bytes().startswith(b"daerah,tabel")


def test_file_with_a_faulty_header_is_named(tmp_path):
    for path in SAMPLE.glob("*.yaml"):
        (tmp_path / path.name).write_text(path.read_text("utf-8"), encoding="utf-8")
    (tmp_path / "lain.yaml").write_text("versi: 1\nprogram: [{nama: Jalan}]\n", encoding="utf-8")
    done = align(tmp_path)
    assert "lain.yaml" in done.stderr
    assert "rkpd.yaml" not in done.stderr


def test_report_never_writes_over_what_it_reports(tmp_path):
    path = tmp_path / "anggaran.csv"
    text = (SAMPLE / "kesehatan.yaml").read_text("utf-8")
    path.write_text(text, encoding="utf-8")
    align(path, "-o", path, code=2)
    align(path, "-f", "csv", "-v", "anggaran", "-o", tmp_path, code=2)
    assert path.read_text("utf-8") == text


def test_selection_of_rules_hides_no_gap(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "align.toml").write_text('select = ["AL2"]\nignore = ["AL701"]\n[min_keselarasan]\nAC4 = 99\n')
    assert "AL701" in align(SAMPLE.absolute(), "-v", "kesenjangan").stdout


def test_invalid_programmes_are_told(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text((SAMPLE / "rkpd.yaml").read_text("utf-8") + "  - 5\n", encoding="utf-8")
    assert "1 program tidak dinilai" in align(path).stdout


@pytest.mark.parametrize("page", ["laporan.md", "laporan.en.md"])
def test_docs_name_all_views_and_tables(parts, page):
    text = (SAMPLE.parents[2] / "docs" / page).read_text("utf-8")
    rows = dict(re.findall(r"^\| `(\w+)`.*? \| (`.*) \|$", text, re.MULTILINE))
    told = {name: re.findall(r"`(\w+)`( \*)?", cells) for name, cells in rows.items()}
    assert told == {
        view.name: [(table.name, " *" if table.detail else "") for table in view.tables] for view in parts[0].views
    }
