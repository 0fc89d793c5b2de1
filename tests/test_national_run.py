"""The nation on several workers: regions as parts of datasets, and tables over them whose figures are those of
`align check -f csv` of the same files.
"""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections import Counter, defaultdict
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import pytest
from typer.testing import CliRunner

from alignment_cli import run
from alignment_cli.cli import app
from alignment_cli.dataset import columns, part, store
from alignment_cli.discover import find
from alignment_cli.groups import groups_of
from alignment_cli.national import Nationals
from alignment_cli.readiness import readiness
from alignment_cli.region import regions
from nation_maker import REGIONS, nation, plan, write

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "nasional"
TABLES = sorted(path.stem for path in (EXAMPLE / "sql").glob("*.sql") if path.stem != "tampilan")
GOALS = [f"AC{number}" for number in range(1, 9)]

missing = [name for name in ("pyarrow", "duckdb", "distributed") if find_spec(name) is None]
pytestmark = pytest.mark.skipif(bool(missing), reason=f"not installed: {', '.join(missing)} (extra: nasional)")


def groups(folder):
    """The files of a folder with the names that `align check FOLDER` shows, in groups."""
    return groups_of(list(find([folder], folder)[0]))


def check_folder(folder, hasil, reference):
    """What a run does, in this process."""
    outcomes = [store.check_into(group.files, hasil) for group in groups(folder)]
    failures = [failure for outcome in outcomes for failure in outcome.failures]
    store.finish(hasil, [shown for _, shown in find([folder], folder)[0]], failures, reference)
    return outcomes


def read(path):
    import pyarrow.parquet as pq

    return pq.ParquetFile(path).read().to_pylist()


def files_in(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def plans(tmp_path_factory):
    return nation(tmp_path_factory.mktemp("rencana"))


@pytest.fixture(scope="module")
def hasil(plans, tmp_path_factory, reference):
    folder = tmp_path_factory.mktemp("hasil")
    check_folder(plans, folder, reference)
    return folder


@pytest.fixture(scope="module")
def answers(plans):
    """The rows of `align check -f csv`; `rinci` as its reader tells it: no sub-activity follows the programme."""
    result = CliRunner().invoke(app(), ["check", str(plans), "--no-config", "-f", "csv", "--fail-on", "never"])
    assert result.exit_code == 0, result.output
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    for row, after in zip(rows, [*rows[1:], {"jenjang": ""}], strict=True):
        row["rinci"] = row["jenjang"] == "sub_kegiatan" or after["jenjang"] != "sub_kegiatan"
        row["rencana"] = (int(row["tahun"]), row["dokumen"], row["daerah"])
        served = row["status"] in ("selaras", "perlu_tinjau")
        row["kelompok"] = "penunjang" if row["status"] == "penunjang" else row["tujuan"] if served else "tanpa_tujuan"
        row["rupiah"] = int(row["pagu"] or 0)
        row["served"] = {row["tujuan"], *row["juga"].split("|")} - {""} if served else set()
    return rows


PROVINCE = {nama: kode[:2] if kode else None for kode, nama, _ in REGIONS}


@pytest.fixture(scope="module")
def tables(hasil):
    """A function from the name of a table to its rows."""
    sys.path.insert(0, str(EXAMPLE))
    import tabel

    connection = tabel.opened(hasil)

    def rows(name):
        found = tabel.table(connection, name)
        return [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]

    yield rows
    connection.close()
    sys.path.remove(str(EXAMPLE))


# --- the pure function -----------------------------------------------------------------------------------------------


def test_same_input_same_bytes_and_nothing_else_happens(tmp_path, reference, capfd, monkeypatch):
    path = write(tmp_path / "a.yaml", plan(REGIONS[1], 2027))
    monkeypatch.chdir(tmp_path)
    first = part.check([(path, "a.yaml")], reference)
    assert part.check([(path.read_bytes(), "a.yaml")], reference) == first
    assert [one.key for one in first.parts] == [part.Key(2027, "13.11", "RKPD")]
    assert first.parts[0].tables.keys() == columns.DATASETS.keys()
    assert capfd.readouterr() == ("", "")
    assert files_in(tmp_path).keys() == {"a.yaml"}


def test_rows_are_those_of_the_csv_format(hasil, answers):
    import pyarrow.parquet as pq

    found = {}
    for path in sorted((hasil / "butir").glob("*/*/*.parquet")):
        tahun = path.parts[-3].removeprefix("tahun=")
        found |= {(row["berkas"], row["baris"]): row | {"tahun": int(tahun)} for row in read(path)}
        schema = pq.ParquetFile(path).schema_arrow
        assert {name: str(schema.field(name).type) for name in ("pagu", "keyakinan", "juga", "rinci")} == {
            "pagu": "int64", "keyakinan": "double", "juga": str(schema.field("temuan").type), "rinci": "bool",
        }  # fmt: skip
        assert str(schema.field("juga").type).startswith("list<")
        assert schema.names == [column.name for column in columns.ITEMS]
    assert len(found) == len(answers)
    shown = {"program_nasional": "program_nasional_terbaca"}
    for row in answers:
        own = found[row["berkas"], int(row["baris"])]
        assert own["rinci"] == row["rinci"]
        for name in row.keys() - {"rinci", "rencana", "kelompok", "rupiah", "served"}:
            value = own[shown.get(name, name)]
            written = (
                "|".join(value) if isinstance(value, list) else f"{value:.4f}" if isinstance(value, float) else value
            )
            told = row[name].removeprefix("'") if name == "selisih" else row[name]
            assert told == ("" if written is None else str(written)), (name, row)


def test_findings_are_those_of_the_check(hasil, plans, reference):
    result = run.run(find([plans], plans)[0], reference)
    rows = [row for path in (hasil / "temuan").glob("*/*/*.parquet") for row in read(path)]
    assert Counter((row["berkas"], row["baris"], row["kolom"], row["aturan"], row["pesan"]) for row in rows) == Counter(
        (one.place.path, one.place.span.line, one.place.span.column, one.rule.code, one.message("id"))
        for one in result.findings
    )


def test_each_document_has_its_part_and_offices_share_one(hasil):
    found = sorted(path.relative_to(hasil / "rencana").as_posix() for path in (hasil / "rencana").rglob("*.parquet"))
    own = [path for path in found if "13.11" in path]
    assert own == [
        "tahun=2026/wilayah=13.11/RKPD.parquet", "tahun=2027/wilayah=13.11/RAPBD.parquet",
        "tahun=2027/wilayah=13.11/RKPD.parquet", "tahun=2027/wilayah=13.11/Renja.parquet",
    ]  # fmt: skip
    (renja,) = read(hasil / "rencana" / own[-1])
    assert [Path(name).name for name in renja["berkas"]] == ["0.yaml", "1.yaml"]
    assert len(found) == 11 + 2


@pytest.mark.parametrize(
    ("kode", "nama", "tingkat", "wilayah"),
    [
        ("13.11", "Kabupaten Contoh", "kabupaten", "13.11"),
        (" 13 ", "Provinsi Contoh", "provinsi", "13"),
        ("../../etc", "Kabupaten Contoh", "kabupaten", "kabupaten-contoh-c2ed9a4f"),
        (None, "Kab. Contoh", "kabupaten", "kabupaten-contoh-"),
        (None, "../.. /\x00\n=cmd", "kota", "cmd-"),
        (None, "日本", "kota", ""),
        ("١٣", "Kota Angka", "kota", "kota-angka-"),
        (None, "x" * 400, "kota", "x" * 60 + "-"),
    ],
)
def test_names_of_folders_are_safe(reference, kode, nama, tingkat, wilayah):
    data = plan((kode, nama, tingkat), 2027, items=5)
    found = key(data, reference).wilayah
    assert found.startswith(wilayah) or kode == "../../etc"
    assert set(found) <= set("abcdefghijklmnopqrstuvwxyz0123456789-.")
    assert found.strip(".-") == found
    assert 0 < len(found) < 80


def key(data, reference):
    (one,) = part.check([(json.dumps(data).encode(), "a.yaml")], reference).parts
    return one.key


def test_regions_that_differ_have_folders_that_differ(reference):
    named = [("kabupaten", "Solok"), ("kota", "Solok"), ("kabupaten", "Solok Selatan"), ("kabupaten", "日本"),
             ("kabupaten", "本日")]  # fmt: skip
    keys = [key(plan((None, nama, tingkat), 2027, items=5), reference) for tingkat, nama in named]
    assert len(set(keys)) == len(named)
    spelt = [key(plan((None, nama, "kabupaten"), 2027, items=5), reference) for nama in ("Kab. Agam", "KABUPATEN AGAM")]
    assert spelt[0] == spelt[1]


# --- what goes wrong -------------------------------------------------------------------------------------------------


def spoilt(folder):
    """Write files that are in no part, and return what each is told to be."""
    write(folder / "besar.yaml", plan(REGIONS[3], 2027, items=5) | {"program": [{"nama": "Jalan", "pagu": 2**63}]})
    (folder / "rusak.yaml").write_text('versi: 1\ndaerah: {nama: "Kabupaten\n', "utf-8")
    write(folder / "kepala.yaml", plan(("13.09", "Kabupaten Kepala", "negara"), 2027, items=5))
    text = (
        (folder / "kepala.yaml").read_text("utf-8").replace('"negara"', '"negara" # align: abaikan[ALL] tanpa alasan\n')
    )
    (folder / "kepala.yaml").write_text(text, "utf-8")
    (folder / "kosong.yaml").write_bytes(b"")
    return {"besar.yaml": "ukuran", "rusak.yaml": "isi", "kepala.yaml": "isi", "kosong.yaml": "isi"}


def test_what_cannot_be_used_is_listed_and_hides_nothing(tmp_path, reference):
    folder, hasil = tmp_path / "rencana", tmp_path / "hasil"
    write(folder / "baik.yaml", plan(REGIONS[1], 2027))
    expected = spoilt(folder)
    check_folder(folder, hasil, reference)
    listed = read(hasil / "gagal.parquet")
    assert {Path(row["berkas"]).name: row["sebab"] for row in listed} == expected
    by_name = {Path(row["berkas"]).name: row for row in listed}
    assert f"besar.yaml:11: pagu {2**63} " in by_name["besar.yaml"]["pesan"]
    assert "rusak.yaml:3:1: AL101" in by_name["rusak.yaml"]["pesan"]
    assert [path.parent.name for path in (hasil / "rencana").rglob("*.parquet")] == ["wilayah=13.11"]


def test_a_failure_leaves_the_list_when_its_file_is_mended(tmp_path, reference):
    folder, hasil = tmp_path / "rencana", tmp_path / "hasil"
    names = spoilt(folder)
    check_folder(folder, hasil, reference)
    write(folder / "rusak.yaml", plan(REGIONS[1], 2027, items=5))
    check_folder(folder / "rusak.yaml", hasil, reference)
    assert {Path(row["berkas"]).name for row in read(hasil / "gagal.parquet")} == names.keys() - {"rusak.yaml"}


def test_a_region_with_a_lost_file_says_so(tmp_path, reference):
    for number, office in enumerate(("Dinas Kesehatan", "Dinas Sosial")):
        write(tmp_path / f"{number}.yaml", plan(REGIONS[1], 2027, items=6, dokumen="Renja", office=office))
    with (tmp_path / "1.yaml").open("a", encoding="utf-8") as stream:
        stream.write("}")
    (group,) = groups(tmp_path)
    checked = part.check(group.files, reference)
    assert [failure[1:4] for failure in checked.failures] == [(2027, "13.11", "isi")]
    (row,) = reading(checked.parts[0].tables["rencana"])
    assert [Path(name).name for name in row["berkas_gagal"]] == ["1.yaml"]


def test_what_is_not_whole_is_counted(tmp_path, reference):
    data = plan(REGIONS[1], 2027, items=6, dokumen="Renja", office="Dinas Kesehatan")
    write(tmp_path / "0.yaml", data | {"program": [*data["program"], {"pagu": 5}]})
    write(tmp_path / "1.yaml", data | {"program": [big(2**63)]})
    write(tmp_path / "2.yaml", data | {"program": [big(1)]})
    check_folder(tmp_path, tmp_path / "hasil", reference)
    (row,) = shown(tmp_path / "hasil", "kelengkapan")
    assert (row["rencana"], row["berkas_gagal"], row["program_tidak_dinilai"]) == ("1", "1", "1")


def test_a_ceiling_beyond_64_bits_costs_one_file(tmp_path, reference):
    for number, office in enumerate(("Dinas Kesehatan", "Dinas Sosial")):
        write(tmp_path / f"{number}.yaml", plan(REGIONS[1], 2027, items=6, dokumen="Renja", office=office))
    write(tmp_path / "1.yaml", json.loads((tmp_path / "1.yaml").read_text("utf-8")) | {"program": [big(2**63)]})
    (group,) = groups(tmp_path)
    checked = part.check(group.files, reference)
    assert [failure[1:4] for failure in checked.failures] == [(2027, "13.11", "ukuran")]
    (row,) = reading(checked.parts[0].tables["rencana"])
    assert [Path(name).name for name in row["berkas"] + row["berkas_gagal"]] == ["0.yaml", "1.yaml"]
    write(tmp_path / "1.yaml", json.loads((tmp_path / "1.yaml").read_text("utf-8")) | {"program": [big(2**63 - 1)]})
    whole = part.check(group.files, reference)
    assert not whole.failures
    assert max(row["pagu"] or 0 for row in reading(whole.parts[0].tables["butir"])) == 2**63 - 1


def big(pagu):
    return {"nama": "Pembangunan jalan", "pagu": pagu}


def reading(table):
    import pyarrow.parquet as pq

    return pq.ParquetFile(io.BytesIO(table)).read().to_pylist()


def test_half_characters_and_controls_are_held(reference):
    """Half characters come in names of files whose bytes are no UTF-8."""
    data = plan(REGIONS[2], 2027, items=5) | {"program": [{"nama": "Jalan \0 =1+1\u202e"}]}
    (one,) = part.check([(json.dumps(data).encode(), "\udcff.yaml")], reference).parts
    (row,) = reading(one.tables["butir"])
    assert (row["berkas"], row["nama"]) == ("\ufffd.yaml", "Jalan \0 =1+1\u202e")
    assert reading(one.tables["rencana"])[0]["berkas"] == ["\ufffd.yaml"]


def test_a_rerun_replaces_exactly_its_part(tmp_path, reference):
    folder, hasil = tmp_path / "rencana", tmp_path / "hasil"
    for number in (1, 2):
        write(folder / f"{number}.yaml", plan(REGIONS[number], 2027))
    check_folder(folder, hasil, reference)
    before = files_in(hasil)
    write(folder / "1.yaml", plan(REGIONS[1], 2027, seed=9))
    check_folder(folder, hasil, reference)
    after = files_in(hasil)
    changed = {name for name in before if before[name] != after[name]}
    assert before.keys() == after.keys()
    assert {"butir/tahun=2027/wilayah=13.11/RKPD.parquet"} <= changed
    assert all("wilayah=13.11/" in name for name in changed)
    assert store.others(hasil, [part.Key(2027, "13.11", "RKPD")]) == ["tahun=2027/wilayah=13.71/RKPD.parquet"]


# --- the tables, against the csv of the same files -------------------------------------------------------------------


def sums(rows, key):
    """Figures by `key` of a row: regions, programmes, items, rupiah, aligned rupiah, items without a ceiling."""
    found = defaultdict(lambda: [set(), 0, 0, 0, 0, 0])
    for row in rows:
        line = found[key(row)]
        line[0].add(row["daerah"])
        line[1] += row["jenjang"] == "program"
        if row["rinci"]:
            line[2] += 1
            line[3] += row["rupiah"]
            line[4] += row["rupiah"] if row["status"] == "selaras" else 0
            line[5] += row["pagu"] == ""
    return {name: (len(line[0]), *line[1:]) for name, line in found.items()}


FIGURES = ("daerah", "program", "butir", "pagu", "pagu_selaras", "tanpa_pagu")


def test_goals_nationally(tables, answers):
    expected = sums(answers, lambda row: (*row["rencana"][:2], row["kelompok"]))
    found = tables("tujuan_nasional")
    assert len(found) == 4 * 10  # RKPD of two years, RAPBD, Renja; eight goals, support, none
    for row in found:
        own = tuple(row[name] for name in FIGURES)
        assert own == expected.get((row["tahun"], row["dokumen"], row["tujuan"]), (0,) * 6), row
    money = [row for row in found if (row["tahun"], row["dokumen"]) == (2027, "RKPD")]
    whole = sum(row["rupiah"] for row in answers if row["rinci"] and row["rencana"][:2] == (2027, "RKPD"))
    assert sum(row["pagu"] for row in money) == whole > 0
    for row in money:
        assert (row["bagian_pagu"] or 0) == pytest.approx(row["pagu"] / whole, abs=5e-5)


def test_goals_by_province(tables, answers):
    expected = sums(answers, lambda row: (*row["rencana"][:2], PROVINCE[row["daerah"]], row["kelompok"]))
    found = tables("tujuan_per_provinsi")
    for row in found:
        at = (row["tahun"], row["dokumen"], row["provinsi"], row["tujuan"])
        assert tuple(row[name] for name in FIGURES) == expected.get(at, (0,) * 6), row
        money = sum(own[3] for name, own in expected.items() if name[:3] == at[:3])
        assert (row["bagian_pagu"] or 0) == pytest.approx(row["pagu"] / money, abs=5e-5)
    names = {row["provinsi"]: row["nama_provinsi"] for row in found}
    assert names == {"13": "Provinsi Contoh Barat", "74": "Provinsi Contoh Timur", None: None}
    assert len(found) == 10 * (3 + 3 + 1 + 1)


def test_regions_without_a_programme_for_a_goal(tables, answers, hasil):
    served = defaultdict(set)
    for row in answers:
        served[row["rencana"]] |= row["served"]
    expected = {(plan, goal) for plan in served for goal in GOALS if goal not in served[plan] and plan[1] != "Renja"}
    found = {((row["tahun"], row["dokumen"], row["daerah"]), row["tujuan"]) for row in tables("daerah_tanpa_program")}
    assert found == expected
    told = [row for path in (hasil / "temuan").rglob("*.parquet") for row in read(path) if row["aturan"] == "AL701"]
    assert len(found) == len(told) > 0


def test_national_programmes_by_province(tables, plans, reference):
    nationals = Nationals(reference.priorities)
    serving, asked, count, items, money = defaultdict(set), set(), Counter(), Counter(), Counter()
    for region in regions(run.run(find([plans], plans)[0], reference).files):
        at = (region.header.tahun, region.header.dokumen, PROVINCE[region.header.daerah.nama])
        count[at] += 1
        for one in readiness(region, reference):
            asked.add(one.programme.kode)
            if one.items:
                serving[(*at, one.programme.kode)].add(region.name)
        for judged in (programme for file in region.files for programme in file.programmes):
            for kode, carriers in carrying(judged, region, nationals).items():
                items[(*at, kode)] += len(carriers)
                money[(*at, kode)] += sum(item.pagu or 0 for item in carriers)
    found = tables("program_nasional_per_provinsi")
    assert asked >= {"MBG", "KDMP"}
    for row in found:
        at = (row["tahun"], row["dokumen"], row["provinsi"])
        kode = row["program_nasional"]
        assert row["daerah"] == count[at]
        assert (row["butir"], row["pagu"]) == (items[(*at, kode)], money[(*at, kode)]), row
        assert row["bagian_mendukung"] == round(row["mendukung"] / count[at], 4)
        if kode in asked:
            assert row["mendukung"] == len(serving[(*at, kode)]), row
    kdmp = next(row for row in found if row["program_nasional"] == "KDMP" and row["tahun"] == 2027
                and row["provinsi"] == "74" and row["dokumen"] == "RKPD")  # fmt: skip
    assert (kdmp["daerah"], kdmp["mendukung"], kdmp["butir"], kdmp["pagu"]) == (2, 2, 2, 25_000_000)


def carrying(programme, region, nationals):
    """The items that carry the money of each national programme that a programme or its parts serve."""
    by_route = {id(judged.item): judged for file in region.files for judged in file.judged}
    parts: dict[str, list] = {}
    for part_ in programme.item.parts:
        for named in nationals.of(by_route[id(part_)]):
            parts.setdefault(named.kode, []).append(part_)
    for named in nationals.of(programme):
        parts.setdefault(named.kode, programme.item.parts or [programme.item])
    return parts


def test_a_programme_gives_its_money_to_what_it_serves_unless_its_parts_do(tmp_path, reference):
    parts = [{"nama": f"Kegiatan {name}", "pagu": pagu} for name, pagu in (("satu", 10), ("dua", 20))]
    data = plan(REGIONS[0], 2027, items=5)
    data["program"] = [
        {"nama": "Program Satu", "program_nasional": "MBG", "sub_kegiatan": parts},
        {"nama": "Program Dua", "program_nasional": "MBG",
         "sub_kegiatan": [parts[0] | {"program_nasional": "MBG", "pagu": 400}, parts[1]]},
    ]  # fmt: skip
    write(tmp_path / "a.yaml", data)
    check_folder(tmp_path / "a.yaml", tmp_path / "hasil", reference)
    output = shown(tmp_path / "hasil", "program_nasional_per_provinsi")
    (row,) = [row for row in output if row["program_nasional"] == "MBG"]
    assert (row["butir"], row["pagu"]) == ("3", "430")


def test_an_unsupported_claim_supports_no_goal(tmp_path, reference):
    data = plan(REGIONS[0], 2027, items=5)
    offices = [{"nama": f"Pengelolaan arsip dinamis {n}", "perangkat_daerah": f"Dinas {n}"} for n in range(5)]
    data["program"] = [*offices[1:], offices[0] | {"asta_cita": 5}]
    write(tmp_path / "a.yaml", data)
    check_folder(tmp_path / "a.yaml", tmp_path / "hasil", reference)
    (part_,) = (tmp_path / "hasil" / "butir").rglob("*.parquet")
    assert [(row["status"], row["tujuan"]) for row in read(part_)][-1] == ("tidak_didukung", "AC5")
    assert "AC5" in {row["tujuan"] for row in shown(tmp_path / "hasil", "daerah_tanpa_program")}


def test_only_the_twenty_lowest_are_listed(tmp_path, reference):
    for number in range(1, 23):
        data = plan((f"33.{number:02}", f"Kabupaten Contoh {number}", "kabupaten"), 2027, items=8)
        for programme in data["program"]:
            for item in programme.get("sub_kegiatan", []):
                item["pagu"] = number * 1_000
        write(tmp_path / "rencana" / f"{number}.yaml", data)
    check_folder(tmp_path / "rencana", tmp_path / "hasil", reference)
    plans = [read(path)[0] for path in (tmp_path / "hasil" / "rencana").rglob("*.parquet")]
    lowest = sorted((one["indeks"], one["daerah_kode"]) for one in plans)[:20]
    found = [(float(row["indeks"]), row["wilayah"]) for row in shown(tmp_path / "hasil", "indeks_terendah")]
    assert found == [(round(index, 4), kode) for index, kode in lowest]


def test_lowest_index(tables, plans, reference):
    checked = run.run(find([plans], plans)[0], reference).files
    expected = {}
    for region in regions(checked):
        leaves = [
            judged for file in region.files for judged in file.leaves if judged.verdict.status.value != "penunjang"
        ]
        known = [judged.item.pagu for judged in leaves if judged.item.pagu is not None]
        weight = "pagu" if len(known) >= 0.9 * len(leaves) and sum(known) else "butir"
        weigh = [(judged.item.pagu or 0) if weight == "pagu" else 1 for judged in leaves]
        aligned = sum(w for w, judged in zip(weigh, leaves, strict=True) if judged.verdict.status.value == "selaras")
        if region.whole:
            header = region.header
            expected[header.tahun, header.dokumen, header.daerah.nama] = (weight, round(aligned / sum(weigh), 4))
    found = tables("indeks_terendah")
    assert {
        (row["tahun"], row["dokumen"], row["daerah"]): (row["ditimbang"], row["indeks"]) for row in found
    } == expected
    for before, row in pairwise(found):
        same = [before[name] == row[name] for name in ("tahun", "dokumen", "ditimbang")]
        assert not all(same) or (before["indeks"], before["urutan"] + 1) <= (row["indeks"], row["urutan"])


def test_findings_by_rule(tables, plans, reference, answers):
    result = run.run(find([plans], plans)[0], reference)
    plan_of = {row["berkas"]: row["rencana"] for row in answers}
    expected, where = Counter(), defaultdict(set)
    for finding in result.findings:
        tahun, dokumen, daerah = plan_of[finding.place.path]
        expected[tahun, dokumen, finding.rule.code] += 1
        where[tahun, dokumen, finding.rule.code].add(daerah)
    items = Counter(row["rencana"][:2] for row in answers)
    found = tables("temuan_per_aturan")
    assert {(row["tahun"], row["dokumen"], row["aturan"]): row["temuan"] for row in found} == expected
    for row in found:
        at = (row["tahun"], row["dokumen"])
        assert row["daerah"] == len(where[(*at, row["aturan"])])
        assert row["per_1000_butir"] == pytest.approx(1000 * row["temuan"] / items[at], abs=0.005)


def test_year_on_year_only_where_both_years_are_there(tables, answers):
    both = [row for row in answers if row["dokumen"] == "RKPD" and row["daerah"] != REGIONS[4][1]]
    by_year = sums(both, lambda row: (row["rencana"][0], row["kelompok"]))
    found = tables("antar_tahun")
    assert [(row["dari"], row["ke"], row["dokumen"], row["daerah"]) for row in found] == [(2026, 2027, "RKPD", 5)] * 10
    for row in found:
        for year, name in ((2026, "dari"), (2027, "ke")):
            own = by_year.get((year, row["tujuan"]), (0,) * 6)
            assert (row[f"program_{name}"], row[f"pagu_{name}"], row[f"pagu_selaras_{name}"]) == (
                own[1],
                own[3],
                own[4],
            )
        assert row["pagu_berubah"] == row["pagu_ke"] - row["pagu_dari"]
        if row["pagu_dari"]:
            assert row["bagian_berubah"] == pytest.approx(row["pagu_berubah"] / row["pagu_dari"], abs=5e-5)
    assert any(row["pagu_berubah"] for row in found)


def test_how_complete_the_data_are(tables, answers):
    expected = sums(answers, lambda row: (*row["rencana"][:2], PROVINCE[row["daerah"]]))
    found = tables("kelengkapan")
    for row in found:
        own = expected.pop((row["tahun"], row["dokumen"], row["provinsi"]))
        assert (row["rencana"], row["program"], row["butir"], row["tanpa_pagu"]) == (own[0], own[1], own[2], own[5])
        assert row["utuh"] == (0 if row["dokumen"] == "Renja" else row["rencana"])
    assert not expected


def shown(hasil, name):
    output = script("tabel.py", hasil, name, "--csv").stdout
    return list(csv.DictReader(io.StringIO(output)))


def script(name, *arguments, expect=0, folder=EXAMPLE):
    environment = {**os.environ, "ALIGN_LANG": "", "PYTHONUTF8": "1"}
    command = [sys.executable, str(folder / name), *map(str, arguments)]
    result = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=environment, check=False)
    assert result.returncode == expect, result.stderr
    assert "Traceback" not in result.stderr
    return result


def test_tables_are_listed_and_a_wrong_folder_is_told(tmp_path):
    assert script("tabel.py", tmp_path).stdout.split() == TABLES
    assert str(tmp_path) in script("tabel.py", tmp_path, TABLES[0], expect=2).stderr


# --- the example on two worker processes -----------------------------------------------------------------------------

LOSES = """
import sys
from pathlib import Path
sys.path.insert(0, {example!r})
import dask_nasional

def then_lose(files, grouped=dask_nasional.groups_of):
    groups = grouped(files)
    Path({lost!r}).unlink()
    return groups

dask_nasional.groups_of = then_lose
if __name__ == "__main__":
    sys.exit(dask_nasional.main())
"""


def test_two_workers_write_what_one_process_writes(tmp_path, reference):
    """Among the files are some that cannot be used, and one that vanishes once the run has begun."""
    folder, hasil, alone = tmp_path / "rencana", tmp_path / "hasil", tmp_path / "sendiri"
    nation(folder)
    expected = spoilt(folder)
    lost = write(folder / "hilang.yaml", plan(("13.05", "Kabupaten Hilang", "kabupaten"), 2027, items=5))
    (tmp_path / "jalan.py").write_text(LOSES.format(example=str(EXAMPLE), lost=str(lost)), "utf-8")
    result = script("jalan.py", folder, hasil, "--workers", 2, expect=1, folder=tmp_path)
    assert result.stderr.count("GAGAL ") == 5
    assert str(tmp_path) not in result.stderr.replace(str(folder), "")
    listed = {Path(row["berkas"]).name: row["sebab"] for row in read(hasil / "gagal.parquet")}
    assert listed == expected | {"hilang.yaml": "jalan"}
    parts = [one for outcome in check_folder(folder, alone, reference) for one in outcome.parts]
    assert result.stdout == f"{len(parts)} rencana, {sum(one.butir for one in parts)} butir, 5 kegagalan\n"
    found, wanted = files_in(hasil), files_in(alone)
    assert found.pop("gagal.parquet") != wanted.pop("gagal.parquet")
    assert found == wanted


def test_a_folder_without_plans_is_told(tmp_path):
    assert "folder" in script("dask_nasional.py", tmp_path / "tiada", tmp_path / "hasil", expect=2).stderr
    assert not (tmp_path / "hasil").exists()


# --- the pages -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["nasional.md", "national.en.md"])
def test_pages_name_every_column_and_table(page):
    text = (ROOT / "docs" / page).read_text("utf-8")
    names = {column.name for dataset in (*columns.DATASETS.values(), columns.FAILURES) for column in dataset}
    assert not [name for name in (*sorted(names), *TABLES, *columns.DATASETS) if f"`{name}`" not in text]
