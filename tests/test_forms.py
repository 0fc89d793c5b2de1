"""Official forms: every code once, figures as a plain recount gives them, texts of the plan harmless everywhere."""

import csv
import io
import re
import zipfile
from collections import Counter
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from ruamel.yaml import YAML
from typer.testing import CliRunner

from alignment_cli.cli import app
from alignment_cli.forms import FORMS, filler
from alignment_cli.forms.codes import Lists, read_list
from alignment_cli.forms.form import spans
from alignment_cli.forms.form5 import official
from alignment_cli.region import regions
from alignment_cli.report.figures import Figures
from alignment_cli.run import run

ROOT = Path(__file__).resolve().parents[1]
PLANS = ("dki_jakarta", "pasangkayu", "solok_selatan")
HEAD = "versi: 1\ndaerah: {nama: %s, tingkat: %s}\ndokumen: RKPD\ntahun: 2027\n"


def table(name):
    text = (ROOT / "data" / "nomenklatur" / f"{name}.csv").read_text("utf-8")
    return list(csv.DictReader(io.StringIO(text)))


def figures_of(reference, *files):
    (region,) = regions(run(files, reference).files)
    return Figures(region, reference)


@pytest.fixture(scope="module")
def plans(reference):
    return {
        name: figures_of(reference, (ROOT / "data" / "programs" / f"{name}.yaml", f"{name}.yaml")) for name in PLANS
    }


@pytest.fixture
def made(reference):
    """Return what fills a form from the text below a header."""

    def fill(name, text, *, tier="kabupaten", lists=None):
        raw = (HEAD % ("Kabupaten Uji" if tier == "kabupaten" else "Provinsi Uji", tier) + text).encode()
        return filler(name)(figures_of(reference, (raw, "uji.yaml")), lists or Lists())

    return fill


def column(form, key):
    n = [one.key for one in form.table.columns].index(key)
    return [row.cells[n] for row in form.table.rows]


def states(form):
    return Counter(state.id for state in column(form, "status") if state is not None)


def codes_in(name):
    """Return the programmes of a shipped plan, read plainly."""
    return YAML(typ="safe").load((ROOT / "data" / "programs" / f"{name}.yaml").read_text("utf-8"))["program"]


@pytest.mark.parametrize("plan", PLANS)
def test_form4_asks_for_every_code_once(plans, plan):
    form = filler("form4")(plans[plan], Lists())
    wanted = {(row["bidang"], row["asta_cita"], row["kode"]) for row in table("tabel_c-6")}
    assert sorted(column(form, "kode")) == sorted(kode for _, _, kode in wanted)
    goals = zip(column(form, "asta_cita"), column(form, "kode"), strict=True)
    assert {("|".join(f"AC{n}" for n in re.findall(r"Asta Cita (\d)", goal.id)), kode) for goal, kode in goals} == {
        (label, kode) for _, label, kode in wanted
    }


@pytest.mark.parametrize("plan", PLANS)
def test_form5_asks_for_every_code_once_for_each_label(plans, plan):
    form = filler("form5")(plans[plan], Lists())
    pairs = Counter(zip(column(form, "proyek"), column(form, "kode"), strict=True))
    assert set(pairs.values()) == {1}
    asked = Counter(kode for _, kode in pairs.elements() if kode)
    assert asked == Counter(row["kode"] for name in ("tabel_c-2", "tabel_c-3") for row in table(name))


def test_projects_of_both_tables_are_matched_one_to_one(plans):
    asked, _ = official(plans["pasangkayu"])
    rows = table("tabel_c-2")
    by_project = {}
    for one in asked:
        by_project.setdefault((one.kelompok.casefold(), one.label), set()).add(one.kode)
    by_label = {}
    for row in rows:
        by_label.setdefault((row["kelompok"].casefold(), row["label"]), set()).add(row["kode"])
    of_projects = [(group, codes) for (group, _), codes in by_project.items() if group != "tematik" and codes != {""}]
    assert sorted((g, sorted(c)) for g, c in of_projects) == sorted((g, sorted(c)) for (g, _), c in by_label.items())
    assert by_project["kesehatan untuk semua", "Penuntasan TBC"] == by_label[
        "kesehatan untuk semua", "Penuntasan Tuberkulosis (TBC)"]  # fmt: skip
    assert {label for (_, label), codes in by_project.items() if codes == {""}} == {
        "Pengadaan dan Pengelolaan Gabah/Beras Dalam Negeri serta Penyaluran Cadangan Beras Pemerintah",
        "Optimalisasi Anggaran Pendapatan dan Belanja Daerah (APBD)",
        "Percepatan Pembentukan Koperasi Desa/Kelurahan Merah Putih",
        "Industrialisasi dan Hilirisasi (Investasi, Lapangan Pekerjaan,)",
        "Masyarakat Adat",
    }


@pytest.mark.parametrize(("name", "tables"), [("form4", ("tabel_c-6",)), ("form5", ("tabel_c-2", "tabel_c-3"))])
def test_province_is_counted_by_whole_codes(plans, name, tables):
    programmes = {one["kode"] for one in codes_in("dki_jakarta")}
    form = filler(name)(plans["dki_jakarta"], Lists())
    label = {"tabel_c-6": "asta_cita"}
    rows = {(row[label.get(one, "label")], row["kode"]) for one in tables for row in table(one)}
    undetailed = sum(kode[:7] in programmes for _, kode in rows)
    assert 0 < undetailed < len(rows)
    assert states(form) == {"belum terinci": undetailed, "belum": len(rows) - undetailed}
    assert form.about[0].id.startswith(f"0 dari {len(rows)} kode terakomodasi; {undetailed} belum terinci, ")


@pytest.mark.parametrize(("name", "tables"), [("form4", ("tabel_c-6",)), ("form5", ("tabel_c-2", "tabel_c-3"))])
def test_regency_is_compared_by_programme_and_urusan(plans, name, tables):
    programmes = {one["kode"] for one in codes_in("pasangkayu")}
    urusan = {kode[:4] for kode in programmes if not kode.endswith(".01")}
    form = filler(name)(plans["pasangkayu"], Lists())
    rows = {(row.get("asta_cita") or row["label"], row["kode"]) for one in tables for row in table(one)}
    on_programme = sum(kode[:7] in programmes for _, kode in rows)
    on_urusan = sum(kode[:7] not in programmes and kode[:4] in urusan for _, kode in rows)
    assert on_programme
    assert on_urusan
    found = states(form)
    assert found["terakomodasi pada program"] == on_programme
    assert found["terakomodasi pada bidang urusan"] == on_urusan
    assert found["terakomodasi"] == 0
    assert "jenjang provinsi" in " ".join(note.id for note in form.notes)


@pytest.mark.parametrize("name", ["form4", "form5"])
def test_plan_without_codes_leaves_the_answers_empty(plans, name):
    form = filler(name)(plans["solok_selatan"], Lists())
    assert set(column(form, "status")) == set(column(form, "pagu")) == {None}
    assert "tidak terjawab" in form.about[0].id
    assert any("tidak berkode" in sentence.id for sentence in form.about)


HELD = """program:
  - kode: "1.02.02"
    nama: Program Upaya Kesehatan
    perangkat_daerah: Dinas Kesehatan
    pagu: 900
    sub_kegiatan:
      - {kode: "1.02.02.1.01.0026", nama: Pengembangan Rumah Sakit, pagu: 500}
      - {kode: "1.02.02.1.01.26", nama: Pengembangan Rumah Sakit, perangkat_daerah: RSUD, pagu: 200}
"""


def test_code_in_the_plan_is_accommodated_with_programme_office_and_money(made):
    form = made("form4", HELD, tier="provinsi")
    (row,) = [row for row in form.table.rows if row.cells[5] == "1.02.02.1.01.0026"]
    assert row.cells[7].id == "terakomodasi"
    assert row.cells[9:11] == (("Dinas Kesehatan", "RSUD"), 700)
    assert len(row.items) == 2
    assert form.about[0].id.startswith("1 dari 132 kode terakomodasi;")
    assert form.about[0].en.startswith("1 of 132 codes held;")


def test_own_list_is_an_exact_join_for_every_tier(made, tmp_path):
    path = tmp_path / "daftar.csv"
    path.write_text("Kode;Label;Kelompok;Nama\n1.02.02.1.01.0026;AC4;Kesehatan;Rumah sakit\n1.03.10;AC3;;\n", "utf-8")
    lists = Lists(read_list(path), None, (path.name,))
    form = made("form4", HELD, lists=lists)
    assert [(row.cells[5], row.cells[7].id) for row in form.table.rows] == [
        ("1.03.10", "belum"), ("1.02.02.1.01.0026", "terakomodasi")]  # fmt: skip
    assert form.about[0].id == "1 dari 2 kode terakomodasi; 0 belum terinci, 1 belum."
    assert form.sources[-1] == "daftar.csv"
    assert [row.cells[1:4] for row in made("form5", HELD, lists=lists).table.rows] == [
        ("Kesehatan", "AC4", "1.02.02.1.01.0026"), (None, "AC3", "1.03.10")]  # fmt: skip


@cache
def crossed(kode):
    """Return the KP of a code by the crosswalk, the longest code that fits."""
    rows = {row["kode"]: row for row in table("crosswalk")}
    parts = kode.split(".")
    row = next((rows[".".join(parts[:n])] for n in (6, 5, 3) if ".".join(parts[:n]) in rows), None)
    if row is None or row["tujuan"] == "penunjang":
        return {}
    further = [part.split(":") for part in row["juga"].split("|") if part]
    return dict(reversed([(row["tujuan"], row["kp"]), *further]))


@pytest.mark.parametrize("plan", PLANS)
def test_kpu_has_a_row_for_each_item_that_counts(plans, plan):
    figures = plans[plan]
    form = filler("kpu")(figures, Lists())
    counted = [one for one in figures.leaves if one.verdict.status.value in ("selaras", "perlu_tinjau")]
    assert len(form.table.rows) == len(counted) > 0
    assert form.about[0].id.startswith(f"{len(counted)} dari {len(figures.leaves)} butir")
    by_line = {one.origin: one for one in counted}
    for row in form.table.rows:
        entry = by_line.pop(row.items[0])
        kp = crossed(entry.item.kode).get(entry.verdict.goal, "") if entry.item.kode else ""
        shown = row.cells[2]
        assert (shown.id if hasattr(shown, "id") else shown or "").partition(" ")[0] == kp
        assert entry.item.nama in str(row.cells[3:6])
    numbers = column(form, "no")
    assert numbers == sorted(numbers)
    assert set(numbers) == set(range(1, len(set(numbers)) + 1))


def test_kegiatan_is_named_by_the_nomenclature(plans):
    form = filler("kpu")(plans["pasangkayu"], Lists())
    names = {row["kode"]: row["nama"] for row in table("kegiatan")}
    for sub, kegiatan, program in zip(
        *(column(form, key) for key in ("sub_kegiatan", "kegiatan", "program")), strict=True
    ):
        assert kegiatan == (sub[0][:12], names[sub[0][:12]])
        assert program[0] == sub[0][:7]


def test_own_kpu_restrict_the_form_and_show_what_nothing_serves(plans):
    whole = filler("kpu")(plans["pasangkayu"], Lists())
    kp = next(cell.id.split()[0] for cell in column(whole, "kegiatan_prioritas_utama"))
    form = filler("kpu")(plans["pasangkayu"], Lists(None, {kp: "Nama sendiri", "08.99.99": ""}, ("kpu.csv",)))
    shown = column(form, "kegiatan_prioritas_utama")
    assert set(shown) == {f"{kp} Nama sendiri", "08.99.99"}
    assert form.table.rows[-1].cells[3:7] == (None,) * 4
    assert form.about[0].id.startswith("1 dari 2 KPU didukung")


MISSIONS = """misi_provinsi:
  - {nomor: 1, teks: Sehat}
  - {nomor: 2, teks: Tangguh}
misi:
  - {nomor: 1, teks: Manusia unggul, asta_cita: [4, AC6], misi_provinsi: 1}
  - {nomor: "2", teks: Jaringan irigasi dan swasembada pangan, misi_provinsi: [2, 9]}
  - {nomor: 3, teks: Maju}
program: []
"""


def test_missions_stand_under_each_goal_that_they_serve(made):
    form = made("tabel31", MISSIONS)
    cells = {row.cells[0]: row.cells[2:] for row in form.table.rows}
    assert len(cells) == 8
    assert cells[4] == cells[6]
    assert [cell.id for cell in cells[4]] == ["Misi 1: Sehat", "Misi 1: Manusia unggul"]
    assert cells[2][0].id == "Misi 2: Tangguh;\nMisi 9 (tidak ada dalam misi_provinsi)"
    assert re.fullmatch(r"Misi 2: Jaringan irigasi dan swasembada pangan \(usulan, keyakinan \d+ %\)", cells[2][1].id)
    assert cells[1] == (None, None)
    assert "3 dari 8 Asta Cita" in form.about[0].id
    assert "1 ditautkan dalam berkas, 1 diusulkan, 1 belum bertaut" in form.about[0].id


def test_province_has_no_column_for_a_province_above(made):
    form = made("tabel31", MISSIONS, tier="provinsi")
    assert [one.key for one in form.table.columns] == ["no", "asta_cita", "misi_daerah"]
    assert form.table.rows[3].cells[2].id == "Misi 1: Manusia unggul"


@pytest.mark.parametrize("name", FORMS)
def test_plan_without_anything_still_has_the_form(made, name):
    form = made(name, "program: []\n")
    assert form.about
    assert form.sources == ["uji.yaml", *form.sources[1:]]


def test_faulty_missions_leave_the_others(reference):
    raw = HEAD % ("Kabupaten Uji", "kabupaten") + (
        "misi:\n  - {nomor: 1}\n  - {nomor: 2, teks: Maju, asta_cita: [9]}\nprogram: []\n"
    )
    (file,) = run([(raw.encode(), "uji.yaml")], reference).files
    assert [(f.rule.code, f.place.span.line) for f in file.findings if f.rule.code in ("AL107", "AL204")] == [
        ("AL107", 6), ("AL204", 7)]  # fmt: skip
    assert [mission.nomor for mission in file.loaded.file.misi] == ["2"]


def test_cells_of_a_group_are_joined_only_where_all_before_are_the_same():
    from alignment_cli.report.table import Row

    rows = [Row(cells) for cells in [(1, "a", "x"), (1, "a", "y"), (2, "a", "y")]]
    assert spans(rows, 3) == [[2, 2, 1], [0, 0, 1], [1, 1, 1]]


HOSTILE = """misi:
  - {nomor: '=1+1', teks: '</td><script>alert(1)</script>', asta_cita: 4}
program:
  - kode: "1.03.02"
    nama: "=HYPERLINK(\\"http://x\\";\\"y\\") <img src=x onerror=alert(1)> \\e[31m {{ 7*7 }}"
    perangkat_daerah: "+cmd|' /C calc'!A0"
    pagu: 5
    uraian: Rehabilitasi jaringan irigasi
"""


class _Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.text = set(), []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        assert not {name for name, _ in attrs if name.startswith("on") or name in ("src", "href")}

    def handle_data(self, data):
        self.text.append(data)


def printed(*arguments):
    done = CliRunner().invoke(app(), ["form", *map(str, arguments), "--no-config"])
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.mark.parametrize("name", FORMS)
def test_hostile_names_stay_texts(tmp_path, name):
    plan, out = tmp_path / "uji.yaml", tmp_path / "uji.xlsx"
    plan.write_text(HEAD % ("'=Kabupaten [Uji]:*?/ <b>'", "kabupaten") + HOSTILE, "utf-8")
    page = printed(name, plan, "--format", "html")
    seen = _Tags()
    seen.feed(page)
    assert not seen.tags & {"script", "img", "b", "link", "iframe"}
    assert "49" not in seen.text
    assert "\x1b" not in page
    assert (name == "tabel31") or "<img src=x onerror=alert(1)>" in "".join(seen.text)
    rows = csv.reader(io.StringIO(printed(name, plan, "--format", "csv")))
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+"))]
    assert "\x1b" not in printed(name, plan)
    printed(name, plan, "--format", "xlsx", "-o", out)
    with zipfile.ZipFile(out) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet


@pytest.mark.parametrize("name", FORMS)
def test_workbook_is_laid_out_for_paper_and_repeats_itself(tmp_path, name):
    plan, files = ROOT / "data" / "programs" / "pasangkayu.yaml", [tmp_path / "a.xlsx", tmp_path / "b.xlsx"]
    for out in files:
        printed(name, plan, "--format", "xlsx", "-o", out)
    assert files[0].read_bytes() == files[1].read_bytes()
    with zipfile.ZipFile(files[0]) as archive:
        sheet, book = (archive.read(part).decode() for part in ("xl/worksheets/sheet1.xml", "xl/workbook.xml"))
    assert 'orientation="landscape"' in sheet
    assert 'paperSize="9"' in sheet
    assert "_xlnm.Print_Titles" in book
    assert "<mergeCell " in sheet
    cells = [
        cell for row in CalamineWorkbook.from_path(str(files[0])).get_sheet_by_index(0).to_python() for cell in row
    ]
    assert "Daerah: Kabupaten Pasangkayu" in cells
    assert "Sumber:" in cells


def test_workbook_holds_what_the_form_holds(plans, tmp_path):
    out = tmp_path / "a.xlsx"
    printed("form4", ROOT / "data" / "programs" / "dki_jakarta.yaml", "--format", "xlsx", "-o", out)
    rows = CalamineWorkbook.from_path(str(out)).get_sheet_by_index(0).to_python()
    form = filler("form4")(plans["dki_jakarta"], Lists())
    shown = [(row[5], row[7], row[10] or None) for row in rows if re.match(r"\d\.\d\d\.\d\d\.", str(row[5]))]
    wanted = zip(column(form, "kode"), column(form, "status"), column(form, "pagu"), strict=True)
    assert shown == [(kode, status.id, pagu or None) for kode, status, pagu in wanted]


@pytest.mark.parametrize("format_", ["md", "html", "csv"])
def test_titles_stay_official_and_answers_are_told_in_the_language(format_):
    plan = ROOT / "data" / "programs" / "pasangkayu.yaml"
    english = printed("form4", plan, "--format", format_, "--lang", "en")
    assert "not yet" in english
    assert "belum" not in english
    assert "belum" in printed("form4", plan, "--format", format_, "--lang", "id")
    if format_ != "csv":
        assert "Keselarasan Outcome Prioritas Asta Cita" in english


def test_several_regions_have_a_sheet_each(tmp_path):
    out = tmp_path / "a.xlsx"
    printed("tabel31", ROOT / "data" / "programs", "--format", "xlsx", "-o", out)
    names = CalamineWorkbook.from_path(str(out)).sheet_names
    assert len(names) == 3
    assert "1 tabel31 Provinsi DKI Jakarta" in names


REFUSED = {
    "no column kode": ("form4", "--daftar", "a,b\n1,2\n"),
    "no code": ("form4", "--daftar", "kode,label\n"),
    "empty": ("form5", "--daftar", ""),
    "not a code": ("form5", "--daftar", "kode\n1.02.02\nabc\n"),
    "binary": ("kpu", "--kpu", "PK\x03\x04\x00"),
    "list for another form": ("kpu", "--daftar", "kode\n1.02.02\n"),
    "kpu for another form": ("form4", "--kpu", "kode\n04.11.02\n"),
}


@pytest.mark.parametrize(("name", "option", "content"), REFUSED.values(), ids=REFUSED)
def test_lists_of_no_use_are_refused(tmp_path, name, option, content):
    (tmp_path / "daftar.csv").write_text(content, "utf-8")
    plan = str(ROOT / "data" / "programs" / "pasangkayu.yaml")
    done = CliRunner().invoke(app(), ["form", name, plan, option, str(tmp_path / "daftar.csv")])
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("align: ")


def test_plan_is_never_written_over(tmp_path):
    plan = tmp_path / "uji.yaml"
    plan.write_text(HEAD % ("Kabupaten Uji", "kabupaten") + "program: []\n", "utf-8")
    before = plan.read_bytes()
    done = CliRunner().invoke(app(), ["form", "kpu", str(plan), "-o", str(plan)])
    assert done.exit_code == 2
    assert plan.read_bytes() == before


def test_the_name_of_the_output_tells_its_format(tmp_path):
    plan = ROOT / "data" / "programs" / "pasangkayu.yaml"
    for name, begins in (("a.html", b"<!DOCTYPE html>"), ("a.xlsx", b"PK"), ("a.csv", b"daerah,tabel"), ("a.md", b"#")):
        assert CliRunner().invoke(app(), ["form", "kpu", str(plan), "-o", str(tmp_path / name)]).exit_code == 0
        assert (tmp_path / name).read_bytes().startswith(begins)
