"""`align compare` and `align upstream`: several regions, and what must be read again when official sources change."""

import csv
import io
import json
import shutil
from pathlib import Path

import pytest
from ruamel.yaml import YAML
from typer.testing import CliRunner

from alignment_cli.cli import app
from alignment_cli.priorities import goal_hash

DATA = Path(__file__).parent.parent / "data"
HEAD = {"versi": 1, "daerah": {"nama": "Kabupaten Uji", "tingkat": "kabupaten"}, "dokumen": "RKPD", "tahun": 2027}
ROAD = {"kode": "1.03.10", "nama": "Program Penyelenggaraan Jalan", "pagu": 900}
HEALTH = {"nama": "Pelayanan kesehatan ibu dan anak di puskesmas", "pagu": 100}
SUPPORT = {"kode": "1.03.01", "nama": "Program Penunjang Urusan Pemerintahan Daerah Kabupaten/Kota", "pagu": 1000}
CLAIM = {"nama": "Xyzzy plugh abrakadabra", "pagu": 100}


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COLUMNS", raising=False)
    return tmp_path


def put(name, *program, region="Kabupaten Uji", **header):
    header = {"daerah": {"nama": region, "tingkat": "kabupaten"}, **header}
    with Path(name).open("w", encoding="utf-8") as stream:
        YAML().dump({**HEAD, **header, "program": list(program)}, stream)


def align(*arguments, code=0):
    done = CliRunner().invoke(app(), list(map(str, arguments)))
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    assert done.exit_code == code, done.output
    return done


def tables(*arguments, code=0):
    """Return the CSV tables of a command by name, as rows by column."""
    found = {}
    for block in align(*arguments, "--format", "csv", code=code).stdout.split("\n\n"):
        for row in csv.DictReader(io.StringIO(block)):
            found.setdefault(row["tabel"], []).append(row)
    return found


# ---------------------------------------------------------------- compare


def test_figures_of_each_plan():
    put("a.yaml", ROAD, HEALTH, SUPPORT, CLAIM)
    put("b.yaml", {"nama": HEALTH["nama"]}, region="Kota Lain", dokumen="RAPBD", tahun=2028)
    found = tables("compare", "a.yaml", "b.yaml")
    first, second = found["rencana"]
    assert (first["rencana"], first["program"], first["butir"]) == ("Kabupaten Uji, RKPD 2027", "4", "4")
    # Of 1,100 rupiah that should serve a goal, 1,000 do; one of three items has no goal.
    assert float(first["indeks"]) == pytest.approx(1000 / 1100, rel=1e-5)
    assert float(first["tanpa_tujuan"]) == pytest.approx(1 / 3, rel=1e-5)
    assert (first["bagian_tanpa_pagu"], second["bagian_tanpa_pagu"]) == ("0", "1")
    by_goal, money = found["program_per_tujuan"][0], found["bagian_per_tujuan"]
    assert [by_goal[goal] for goal in ("AC3", "AC4", "penunjang", "tanpa_tujuan", "AC1")] == ["1", "1", "1", "1", "0"]
    shares = [float(money[0][goal]) for goal in ("AC3", "AC4", "penunjang", "tanpa_tujuan")]
    assert shares == pytest.approx([900 / 2100, 100 / 2100, 1000 / 2100, 100 / 2100], rel=1e-5)
    assert money[1]["AC4"] == ""


def test_what_makes_comparing_hard_is_said():
    many = [{**ROAD, "perangkat_daerah": f"Dinas {n}", "pagu": n} for n in range(6)]
    put("a.yaml", *many)
    put("b.yaml", *many, region="Kabupaten Lain")
    assert "Perhatian" not in align("compare", "a.yaml", "b.yaml").stdout
    assert align("compare", "a.yaml", "b.yaml").stdout.splitlines()[1] == ""
    put("b.yaml", {"nama": HEALTH["nama"]}, dokumen="RAPBD", tahun=2028,
        daerah={"nama": "Provinsi Uji", "tingkat": "provinsi"})  # fmt: skip
    out = " ".join(align("compare", "a.yaml", "b.yaml", "--lang", "en").stdout.split())
    for said in (
        "kinds of document differ: RAPBD, RKPD.",
        "years differ: 2027, 2028.",
        "levels differ; provinces and regencies have different affairs: kabupaten, provinsi.",
        "weighted by money, of others by items",
        "Only part of a plan (few programmes, or one office): Provinsi Uji, RAPBD 2028.",
        "have no ceiling, so their money does not stand for the plan: Provinsi Uji, RAPBD 2028.",
    ):
        assert said in out


@pytest.mark.parametrize("count", [2, 5, 6])
def test_up_to_five_plans_stand_beside_each_other(monkeypatch, count):
    monkeypatch.setenv("COLUMNS", "80")
    for n in range(count):
        put(f"{n}.yaml", ROAD, HEALTH, region=f"Kabupaten {'ABCDEF'[n]}")
    out = align("compare", ".").stdout
    assert max(map(len, out.splitlines())) <= 80
    goals_down = sum(line.startswith("AC") for line in out.splitlines())
    assert goals_down == (16 if count <= 5 else 0)
    data = json.loads(align("compare", ".", "-f", "json").stdout)
    assert len(data["regions"]) == count
    assert [one["name"] for one in data["views"][0]["tables"]][2:] == ["program_per_tujuan", "bagian_per_tujuan"]


def test_comparing_takes_two():
    put("a.yaml", ROAD)
    put("b.yaml", HEALTH)
    assert "dua rencana" in align("compare", "a.yaml", "b.yaml", code=2).stderr
    Path("c.yaml").write_text("program: [", encoding="utf-8")
    assert "c.yaml" in align("compare", "a.yaml", "c.yaml", code=2).stderr


@pytest.mark.parametrize("form", ["text", "md", "csv"])
def test_hostile_names(form):
    put("a.yaml", ROAD, region="=cmd|'/C calc'!A0 <img src=x> \x1b[31m @org")
    put("b.yaml", ROAD, region="Kabupaten Lain")
    out = align("compare", "a.yaml", "b.yaml", "--format", form).stdout
    assert "\x1b" not in out
    if form == "md":
        assert "<img" not in out.replace("\\<img", "")
        assert "@org" not in out
    if form == "csv":
        assert not any(cell.startswith("=") for row in csv.reader(io.StringIO(out)) for cell in row)


# ---------------------------------------------------------------- upstream


def decided(goal, status="disetujui", **further):
    return {"keselarasan": [{"tujuan": goal, "status": status, "alasan": "uji", "oleh": "Bappeda", **further}]}


def rereads(*arguments, code=1):
    return [(row["nama"], row["sebab"]) for row in tables("upstream", *arguments, code=code).get("baca_ulang", [])]


def test_nothing_to_read_again(reference):
    put("a.yaml", {**ROAD, **decided("AC3", goal_hash=goal_hash(reference.priorities, "AC3"))}, HEALTH)
    assert rereads("a.yaml", code=0) == []
    assert "Tidak ada yang perlu dibaca ulang." in align("upstream", "a.yaml").stdout
    assert "Nothing needs to be read again." in align("upstream", "a.yaml", "--lang", "en").stdout


def test_by_mark_and_by_code_the_most_money_first():
    put("a.yaml",
        {**ROAD, "nama": "Jalan kecil", "pagu": 5, **decided("AC3", goal_hash="0123456789ab")},
        {**HEALTH, **decided("AC4", "ditolak")},
        {"kode": "9.99.99", "nama": "Program yang kodenya tidak ada", "pagu": 70},
        {**HEALTH, "nama": "Puskesmas keliling", "asta_cita": "4"},
        {"nama": "Tanpa pagu", **decided("AC77", goal_hash="0123456789ab")})  # fmt: skip
    found = rereads("a.yaml")
    assert [name for name, _ in found] == [
        HEALTH["nama"], "Program yang kodenya tidak ada", "Jalan kecil", "Tanpa pagu",
    ]  # fmt: skip
    whys = ["ditolak untuk AC4 tanpa goal_hash", "kode 9.99.99 tidak ada", "AC3, yang isinya berubah", "AC77"]
    assert all(why in said for why, (_, said) in zip(whys, found, strict=True))
    out = align("upstream", "a.yaml", code=1).stdout
    assert "4 butir perlu dibaca ulang, dengan pagu yang diketahui Rp 175." in out
    assert "1 di antaranya hanya karena keputusannya tanpa goal_hash." in out


def test_money_of_parts_counts_once():
    part = {"kode": "9.99.99.2.01.0001", "nama": "Bagian", "pagu": 30}
    put("a.yaml", {"kode": "9.99.99", "nama": "Program", "sub_kegiatan": [part, {**part, "nama": "Lain", "pagu": 12}]})
    assert "pagu yang diketahui Rp 42." in align("upstream", "a.yaml", code=1).stdout


@pytest.fixture
def old(here):
    """An older `data/` that is the present one."""
    shutil.copytree(DATA / "nomenklatur", here / "lama/nomenklatur")
    shutil.copy(DATA / "asta_cita.yaml", here / "lama")
    return here / "lama"


def edit(path, before, after):
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def test_against_the_same_data_nothing_changed(old):
    programmes = sorted((DATA / "programs").glob("*.yaml"))
    for source in (old, old / "nomenklatur"):
        assert rereads(*programmes, "--against", source, code=0) == []
    put("a.yaml", {**ROAD, **decided("AC3")}, {"kode": "9.99.99", "nama": "Kode yang tidak pernah ada"})
    assert rereads("a.yaml", "--against", old, code=0) == []


def test_against_older_codes(old):
    codes = old / "nomenklatur"
    edit(codes / "program.csv", "\n1.03.10,", "\n1.03.10,PROGRAM LAMA YANG LAIN,,kabupaten/kota|provinsi,x\n9.99.10,")
    edit(codes / "crosswalk.csv", "\n1.02.02,AC4,", "\n1.02.02,AC6,")
    put("a.yaml", ROAD, {"kode": "9.99.10", "nama": "Hilang", "pagu": 1}, {**HEALTH, "kode": "1.02.02"},
        {"kode": "1.02.02.2.02.0001", "nama": "Ibu hamil", "pagu": 3})  # fmt: skip
    found = dict(rereads("a.yaml", "--against", old))
    assert 'kode 1.03.10 berganti nama: "PROGRAM LAMA YANG LAIN" → "' in found[ROAD["nama"]]
    assert found["Hilang"] == "kode 9.99.10 tidak ada lagi dalam nomenklatur 2027"
    assert found[HEALTH["nama"]] == "crosswalk 1.02.02: AC6 → AC4"
    assert found["Ibu hamil"] == "crosswalk 1.02.02.2.02.0001: AC6 → AC4"


def test_against_older_priorities(old):
    priorities = old / "asta_cita.yaml"
    edit(priorities, '"Penyelenggaraan pemeriksaan kesehatan gratis"', '"Pemeriksaan kesehatan"')
    put("a.yaml", {**HEALTH, **decided("AC4")}, {**ROAD, **decided("AC3")})
    found = dict(rereads("a.yaml", "--against", priorities))
    assert list(found) == [HEALTH["nama"]]
    assert "tanpa goal_hash, dan isinya berubah (PP/KP berganti nama: 04.11.04)" in found[HEALTH["nama"]]
    (row,) = tables("upstream", "a.yaml", "--against", priorities, code=1)["tujuan_berubah"]
    assert row["tujuan"] == "AC4"


@pytest.mark.parametrize("content", [None, "", "kode,nama\n", "a,b\n1,2\n", b"\xff\xfe\x00", 'kode,nama\n"'])
def test_older_data_that_is_no_use(here, content):
    put("a.yaml", ROAD)
    if content is None:
        align("upstream", "a.yaml", "--against", "hilang", code=2)
        (here / "hampa").mkdir()
        align("upstream", "a.yaml", "--against", "hampa", code=2)
        return
    (here / "lama").mkdir()
    (here / "lama/program.csv").write_bytes(content if isinstance(content, bytes) else content.encode())
    sound = content in ("kode,nama\n", 'kode,nama\n"')
    done = align("upstream", "a.yaml", "--against", "lama", code=0 if sound else 2)
    assert "Traceback" not in done.output
    align("upstream", "a.yaml", "--against", here / "lama/program.csv", code=2)
