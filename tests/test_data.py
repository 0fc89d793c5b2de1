"""The shipped data: complete, sourced, consistent with itself, and rebuilt to the same bytes."""

from __future__ import annotations

import csv
import importlib.util
import os
import re
import shutil
from collections import Counter
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from alignment_cli.finding import Severity
from alignment_cli.index import store
from alignment_cli.index.compile import compile_index
from alignment_cli.run import run

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "data"
NOMENCLATURE = DATA / "nomenklatur"
SHARED = ROOT.parent / "shared" / "reference"


def rows(name):
    with (NOMENCLATURE / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def raw():
    """data/asta_cita.yaml as plain values, read without align."""
    return YAML(typ="safe").load((DATA / "asta_cita.yaml").read_text("utf-8"))


@pytest.fixture(scope="module")
def goals(raw):
    return {goal["kode"]: goal for goal in raw["tujuan"]}


@pytest.fixture(scope="module")
def kp(raw):
    """Titles of all KP by code."""
    return {
        part["kode"]: part["nama"]
        for goal in raw["tujuan"]
        for pp in goal["program_prioritas"]
        for part in pp["kegiatan_prioritas"]
    }


@pytest.fixture(scope="module")
def priority_codes(raw, kp):
    """All KP, and the PP, which stand for a KP where the source is illegible."""
    return {*kp, *(pp["kode"] for goal in raw["tujuan"] for pp in goal["program_prioritas"])}


def places(value, route=""):
    """Yield (route, key, value) of every mapping entry below a value."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield route, key, part
            yield from places(part, f"{route}.{key}")
    elif isinstance(value, list):
        for i, part in enumerate(value):
            yield from places(part, f"{route}[{i}]")


# Priorities


def test_eight_goals(goals):
    assert [(kode, goal["nomor"]) for kode, goal in goals.items()] == [(f"AC{n}", n) for n in range(1, 9)]
    assert all(goal["nama"].strip() and goal["nama_en"].strip() for goal in goals.values())


def test_counts_of_programme_priorities(goals, kp):
    assert [len(goal["program_prioritas"]) for goal in goals.values()] == [5, 22, 6, 22, 6, 7, 16, 4]
    listed = [p for g in goals.values() for pp in g["program_prioritas"] for p in pp["kegiatan_prioritas"]]
    assert len(listed) == len(kp) == 391


def test_codes_of_priorities_stand_below_their_goal(goals):
    for goal in goals.values():
        codes = [pp["kode"] for pp in goal["program_prioritas"]]
        assert codes == sorted(set(codes))
        for pp in goal["program_prioritas"]:
            assert re.fullmatch(rf"0{goal['nomor']}\.\d\d", pp["kode"])
            assert pp["nama"].strip()
            parts = [part["kode"] for part in pp["kegiatan_prioritas"]]
            assert parts == sorted(set(parts))
            assert all(re.fullmatch(rf"{re.escape(pp['kode'])}\.\d\d", kode) for kode in parts)
            assert all(part["nama"].strip() for part in pp["kegiatan_prioritas"])


def test_three_wordings_each(goals):
    for kode, goal in goals.items():
        kinds = [wording["jenis"] for wording in goal["rumusan"]]
        assert len(kinds) == len(set(kinds)) == 3, kode
        assert all(len(wording["teks"].split()) >= 4 for wording in goal["rumusan"])


def test_vocabulary_is_rich_weighted_and_justified(goals, priority_codes, raw):
    for kode, goal in goals.items():
        terms = [term for group in goal["kosakata"] for term in group["istilah"]]
        assert len(terms) >= 60, kode
        assert len({term.lower() for term in terms}) >= 60, kode
        for group in goal["kosakata"]:
            assert group["istilah"], (kode, group)
            assert all(weight in (1, 2, 3) for weight in group["istilah"].values())
            if group.get("kp"):
                assert group["kp"] in priority_codes, (kode, group["kp"])
                assert group["kp"].startswith(f"0{goal['nomor']}."), (kode, group["kp"])
            else:
                assert str(group.get("sumber") or "").strip(), (kode, group)
        assert all(weight in (-1, -2, -3) for weight in goal.get("bukan", {}).values())
    support = [term for group in raw["penunjang"]["kosakata"] for term in group["istilah"]]
    assert len(support) >= 20


def test_no_term_settles_two_goals(goals):
    settled = Counter(
        term.casefold()
        for goal in goals.values()
        for term in {t for group in goal["kosakata"] for t, weight in group["istilah"].items() if weight == 3}
    )
    assert [term for term, count in settled.items() if count > 1] == []


def test_every_source_key_resolves(raw):
    known = set(raw["sumber"])
    used = {
        (route, value)
        for part in ("tujuan", "indikator_makro", "penunjang")
        for route, key, value in places(raw.get(part, []), part)
        if key == "sumber"
    }
    assert len(used) > 100
    for route, value in used:
        if re.fullmatch(r"[a-z0-9_]+", value):
            assert value in known, (route, value)
    assert known == {key for key in known if raw["sumber"][key].strip()}


def test_national_programmes(raw, goals, priority_codes):
    programmes = raw["program_nasional"]
    assert len(programmes) == 31
    assert len({part["kode"] for part in programmes}) == 31
    for part in programmes:
        assert part["sumber"], part["kode"]
        assert all(str(source).strip() for source in part["sumber"])
        assert part["tujuan"], part["kode"]
        assert [link["peran"] for link in part["tujuan"]].count("utama") >= 1, part["kode"]
        for link in part["tujuan"]:
            assert link["kode"] in goals, part["kode"]
            assert link["otoritas"].strip()
            for code in link.get("kp", []):
                assert code in priority_codes, (part["kode"], code)


def test_no_alias_names_two_programmes(raw):
    owners = {}
    for part in raw["program_nasional"]:
        for alias in {part["nama"].casefold(), *(alias.casefold() for alias in part.get("alias", []))}:
            owners.setdefault(alias, []).append(part["kode"])
    assert {alias: codes for alias, codes in owners.items() if len(codes) > 1} == {}


def test_nothing_is_from_memory():
    for path in sorted(DATA.rglob("*")):
        if path.is_file():
            assert "[memory]" not in path.read_text("utf-8"), path


# Nomenclature and crosswalk

SHAPES = {
    "bidang": r"[\dX]\.[\dX]{2}",
    "program": r"[\dX]\.[\dX]{2}\.\d{2}",
    "kegiatan": r"[\dX]\.[\dX]{2}\.\d{2}\.\d\.\d{2}",
    "sub_kegiatan": r"[\dX]\.[\dX]{2}\.\d{2}\.\d\.\d{2}\.\d{4}",
}


@pytest.fixture(scope="module")
def codes():
    return {name: {row["kode"] for row in rows(name)} for name in SHAPES}


@pytest.mark.parametrize("level", SHAPES)
def test_nomenclature_rows(level):
    for row in rows(level):
        assert re.fullmatch(SHAPES[level], row["kode"]), row
        assert row["nama"].strip()
        assert row["sumber"].strip()
        assert set(row["tingkat"].split("|")) <= {"provinsi", "kabupaten/kota"}, row


def test_the_fourth_part_of_a_code_tells_its_tier():
    # AL209 goes by it.
    for row in (*rows("kegiatan"), *rows("sub_kegiatan")):
        tier = {"1": "provinsi", "2": "kabupaten/kota"}.get(row["kode"].split(".")[3])
        assert tier in (None, row["tingkat"]), row


def test_nomenclature_codes_are_unique_per_tier():
    for name in ("bidang", "program", "kegiatan"):
        assert max(Counter(row["kode"] for row in rows(name)).values()) == 1
    seen = Counter((row["kode"], tier) for row in rows("sub_kegiatan") for tier in row["tingkat"].split("|"))
    assert [key for key, count in seen.items() if count > 1] == []


def test_220_programmes_each_with_a_crosswalk_row(codes):
    assert len(codes["program"]) == 220
    assert codes["program"] - {row["kode"] for row in rows("crosswalk")} == set()


def test_crosswalk(codes, priority_codes, goals):
    known = set().union(*codes.values())
    crossings = rows("crosswalk")
    assert len({row["kode"] for row in crossings}) == len(crossings)
    for row in crossings:
        kode = row["kode"]
        assert kode in known, kode
        if row["tujuan"] == "penunjang":
            assert row["kp"] == "", kode
        else:
            assert row["tujuan"] in goals, kode
            assert row["kp"] in priority_codes, kode
            assert row["tujuan"] == f"AC{int(row['kp'][:2])}", kode
        assert row["yakin"] in ("1", "2", "3"), kode
        assert row["alasan"].strip(), kode
        assert row["reason"].strip(), kode
        assert row["otoritas"].strip(), kode
        assert row["sumber"].strip(), kode
        further = row["juga"].split("|") if row["juga"] else []
        for part in further:
            assert re.fullmatch(r"AC[1-8]:\d\d\.\d\d(\.\d\d)?", part), (kode, part)
            goal, _, code = part.partition(":")
            assert code in priority_codes, (kode, part)
            assert goal == f"AC{int(code[:2])}", (kode, part)
            assert goal != row["tujuan"], (kode, part)
        assert len({part[:3] for part in further}) == len(further), kode


def test_tables_name_codes_and_goals():
    for row in rows("tabel_c-6"):
        assert re.fullmatch(r"AC[1-8](\|AC[1-8])*", row["asta_cita"]), row
        assert row["jelas"] in ("ya", ""), row
        assert re.fullmatch(SHAPES["bidang"], row["bidang"]), row
    for name in ("tabel_c-2", "tabel_c-3"):
        assert all(re.fullmatch(SHAPES["sub_kegiatan"], row["kode"]) and row["label"] for row in rows(name))


# Shipped programme files

PROGRAMS = sorted((DATA / "programs").glob("*.yaml"))


def test_tables_label_a_bidang_urusan_with_goals_alone(reference, codes):
    # AL505 tells whatever a table says of a bidang urusan.
    tables = [
        row for kode in {code[:4] for code in codes["program"]} for row in reference.matcher.nomenclature.tables(kode)
    ]
    assert len(tables) > 20
    assert {row.table for row in tables} == {"C-6"}
    assert all(label.startswith("AC") for row in tables for label in row.labels)


def test_programme_files_exist():
    assert len(PROGRAMS) >= 3
    assert "solok_selatan.yaml" in [path.name for path in PROGRAMS]


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_programme_file_is_without_errors(path, reference):
    result = run([(path, path.name)], reference)
    errors = [(f.rule.code, f.place.span.line) for f in result.findings if f.rule.severity is Severity.ERROR]
    assert errors == []
    assert result.files[0].loaded.dropped == []
    assert len(result.files[0].programmes) == path.read_text("utf-8").count("\n  - ") - header_entries(path)


def header_entries(path):
    """Count list entries above ``program:``."""
    return path.read_text("utf-8").partition("\nprogram:")[0].count("\n  - ")


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_every_pagu_is_whole_rupiah(path):
    values = [value for _, key, value in places(YAML(typ="safe").load(path.read_text("utf-8"))) if key == "pagu"]
    assert values
    assert all(type(value) is int and value >= 0 for value in values)


# Tools


@pytest.fixture
def build(monkeypatch, tmp_path):
    """tools/build_nomenclature.py, writing below tmp_path; returns a function of a reference folder."""
    spec = importlib.util.spec_from_file_location("build_nomenclature", ROOT / "tools" / "build_nomenclature.py")
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)

    def make(reference, name):
        target = tmp_path / name / "data" / "nomenklatur"
        target.mkdir(parents=True)
        shutil.copy(NOMENCLATURE / "crosswalk.csv", target)
        monkeypatch.setattr(tool, "DATA", target)
        monkeypatch.setattr("sys.argv", ["build_nomenclature.py", str(reference), "--year", "2027"])
        code = tool.main()
        return code, {path.name: path.read_bytes() for path in sorted(target.glob("*.csv"))}

    return make


TINY = {
    "nomenclature/nomenclature_bidang.csv": """\
code,name,level,applies_to,source
1.02,Kesehatan,bidang,provinsi,uji
1.01,Pendidikan  dan\tbudaya,bidang,provinsi,uji
""",
    "nomenclature/nomenclature_program.csv": """\
code,name,level,applies_to,source
1.02.02,Program B,program,provinsi,uji
1.01.02,Program A,program,provinsi,uji
""",
    "nomenclature/nomenclature_kegiatan.csv": """\
code,name,level,applies_to,source
1.01.02.1.01,Kegiatan,kegiatan,provinsi,uji
""",
    "nomenclature/nomenclature_subkegiatan.csv": """\
code,name,applies_to,indikator,satuan,tag,spm,source
1.01.02.1.01.0002,"Dua, koma",provinsi,Jumlah,Unit,a|b,SPM,uji
1.01.02.1.01.0001,Satu,provinsi,Jumlah,Unit,,NON-SPM,uji
""",
    "nomenclature/nomenclature_subkegiatan_definisi.csv": """\
code,applies_to,definisi_operasional,source
1.01.02.1.01.0001,provinsi,"Baris satu
baris dua",uji
""",
    "p14_2026_c6_asta_cita_subkegiatan.csv": """\
asta_cita,kode_bidang,outcome_prioritas,kode_subkegiatan,subkegiatan
4|2,1.01,Hasil,1.01.02.1.01.0001,Satu
1,,Hasil,1.01.02.1.01.0002,Tanpa bidang
""",
    "p14_2026_c4_prosn_subkegiatan.csv": """\
pro_sn,proyek_kegiatan,kode_subkegiatan,subkegiatan
Pro,Proyek,1.01.02.1.01.0001,Satu
Pro,Proyek,1.01.02.1.01,Kode terpotong
""",
}


def tiny_reference(folder: Path, *, reverse: bool) -> Path:
    """Lay out a reference folder of a few codes; `reverse` turns the order of all rows."""
    for name, text in TINY.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8", newline="") as stream:
            header, *body = csv.reader(text.splitlines(keepends=True))
            csv.writer(stream).writerows([header, *(reversed(body) if reverse else body)])
    return folder


def test_nomenclature_tool_is_deterministic(build, tmp_path, capsys):
    first_code, first = build(tiny_reference(tmp_path / "r1", reverse=False), "one")
    second_code, second = build(tiny_reference(tmp_path / "r2", reverse=True), "two")
    assert first == second
    assert first_code == second_code == 1
    assert "not in this nomenclature" in capsys.readouterr().err
    assert first["bidang.csv"].decode().splitlines() == [
        "kode,nama,nama_lain,tingkat,sumber",
        "1.01,Pendidikan dan budaya,,provinsi,uji",
        "1.02,Kesehatan,,provinsi,uji",
    ]
    assert first["sub_kegiatan.csv"].decode().splitlines()[1:] == [
        "1.01.02.1.01.0001,provinsi,Satu,Jumlah,Unit,,,uji",
        '1.01.02.1.01.0002,provinsi,"Dua, koma",Jumlah,Unit,a|b,ya,uji',
    ]
    assert first["definisi.csv"].decode().splitlines()[1] == "1.01.02.1.01.0001,provinsi,Baris satu baris dua,uji"
    assert [line[:15] for line in first["tabel_c-6.csv"].decode().splitlines()[1:]] == ["1.01,AC4|AC2,ya"]
    assert len(first["tabel_c-4.csv"].decode().splitlines()) == 2
    assert b"\r" not in b"".join(body for name, body in first.items() if name != "crosswalk.csv")


@pytest.mark.skipif(not SHARED.is_dir(), reason="the reference folder is not beside this checkout")
def test_nomenclature_tool_reproduces_what_ships(build):
    code, made = build(SHARED, "real")
    assert code == 0
    shipped = {path.name: path.read_bytes() for path in sorted(NOMENCLATURE.glob("*.csv"))}
    assert list(made) == list(shipped)
    assert [name for name in shipped if made[name] != shipped[name]] == []


# Index


def dump(connection):
    tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1")]
    assert len(tables) >= 7
    return {table: sorted(map(repr, connection.execute(f"SELECT * FROM {table}"))) for table in tables}  # noqa: S608


def test_index_has_the_same_rows_each_time(reference, codes):
    again = compile_index(DATA, None)
    try:
        before, after = dump(reference.index._connection), dump(again)  # noqa: SLF001
    finally:
        again.close()
    assert [table for table in before if before[table] != after[table]] == []
    assert len(after["nomenklatur"]) == sum(len(part) for part in codes.values())


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """A copy of sources and data, cut to bidang 1.01 so that it compiles fast, with an index of its own."""
    data = shutil.copytree(DATA, tmp_path / "data")
    for name in ("kegiatan", "sub_kegiatan", "definisi", "crosswalk", "tabel_c-6"):
        path = data / "nomenklatur" / f"{name}.csv"
        with path.open(encoding="utf-8", newline="") as stream:
            header, *body = csv.reader(stream)
        with path.open("w", encoding="utf-8", newline="") as stream:
            kept = [row for row in body if row[0].startswith("1.01")][:100]
            csv.writer(stream, lineterminator="\n").writerows([header, *kept])
    package = tmp_path / "src" / "alignment_cli"
    shutil.copytree(store.PACKAGE, package, ignore=shutil.ignore_patterns("indeks.sqlite*", "__pycache__"))
    monkeypatch.setattr(store, "PACKAGE", package)
    monkeypatch.setattr(store, "FILE", package / "indeks.sqlite")
    return data


def test_stale_index_is_compiled_again(checkout, capsys):
    assert store.data_dir() == checkout
    assert not store.is_fresh(store.FILE, checkout)
    first = store.open_index()
    assert first.meta("tahun_nomenklatur") == "2027"
    first._connection.close()  # noqa: SLF001
    assert capsys.readouterr().err.count("\n") == 1
    assert store.is_fresh(store.FILE, checkout)

    again = store.open_index()
    again._connection.close()  # noqa: SLF001
    assert capsys.readouterr().err == ""

    year = checkout / "nomenklatur" / "tahun.csv"
    year.write_text(year.read_text("utf-8").replace("2027", "2031"), encoding="utf-8")
    later = store.FILE.stat().st_mtime_ns + 1_000_000_000
    os.utime(year, ns=(later, later))
    assert not store.is_fresh(store.FILE, checkout)
    second = store.open_index()
    assert second.meta("tahun_nomenklatur") == "2031"
    second._connection.close()  # noqa: SLF001
    assert [path.name for path in store.PACKAGE.glob("indeks*")] == ["indeks.sqlite"]


@pytest.mark.parametrize(
    "name", ["asta_cita.yaml", "kalibrasi.json", "nomenklatur/crosswalk.csv", "teks/kata_pengisi.txt"]
)
def test_every_source_makes_the_index_stale(checkout, name):
    store.FILE.write_bytes(b"")
    later = max(path.stat().st_mtime_ns for path in checkout.rglob("*")) + 1_000_000_000
    os.utime(store.FILE, ns=(later, later))
    assert store.is_fresh(store.FILE, checkout)
    os.utime(checkout / name, ns=(later + 1, later + 1))
    assert not store.is_fresh(store.FILE, checkout)
