"""Partners: the catalogue, who a written name is, what is expected, the graph of offices, regions of several files."""

import re
from itertools import combinations, pairwise
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from alignment_cli import reference as reference_data
from alignment_cli import run
from alignment_cli.collaboration import catalogue
from alignment_cli.collaboration.analysis import KEYS, analyse
from alignment_cli.collaboration.graph import build, edge
from alignment_cli.collaboration.partners import Resolver
from alignment_cli.collaboration.synergy import Part
from alignment_cli.load import load
from alignment_cli.policy import Policy
from alignment_cli.region import check_regions, regions

DATA = Path(__file__).resolve().parents[1] / "data"
AMBIGUOUS = {"DKP"}
"""Short names in the priorities that stand for two different offices."""


@pytest.fixture(scope="module")
def raw():
    return YAML(typ="safe").load((DATA / "mitra.yaml").read_text("utf-8"))


@pytest.fixture(scope="module")
def known(reference):
    return catalogue.read(reference.index)


def file_of(reference, program, name="a.yaml", daerah="{nama: Kabupaten Contoh, tingkat: kabupaten}", dokumen="RKPD"):
    text = f"versi: 1\ndaerah: {daerah}\ndokumen: {dokumen}\ntahun: 2026\nprogram:\n{program}"
    return run.check_file(load(text.encode(), name), reference)


def region_of(reference, *programs):
    files = [file_of(reference, program, f"{n}.yaml") for n, program in enumerate(programs)]
    (region,) = regions(files)
    return region


# The catalogue


def test_rows_are_complete_and_sourced(raw, reference):
    codes = [row["kode"] for row in raw["mitra"]]
    assert len(codes) == len(set(codes))
    national = {programme.kode for programme in reference.priorities.program_nasional}
    for row in raw["mitra"]:
        assert row["nama"].strip()
        assert row["jenis"] in raw["jenis"]
        assert set(row.get("di", raw["jenis"][row["jenis"]]["di"])) <= set(KEYS)
        assert set(row) <= {
            "kode",
            "nama",
            "singkatan",
            "alias",
            "unit",
            "inti",
            "jenis",
            "di",
            "banyak",
            "bidang",
            "sumber",
        }
        assert re.match(r"program_nasional |bidang |definisi|singkatan |lokal ", row["sumber"]), row["kode"]
        for named in re.findall(r"program_nasional ([A-Z0-9_]+(?:, [A-Z0-9_]+)*)", row["sumber"]):
            assert set(named.split(", ")) <= national, row["kode"]


def test_bidang_exist(raw, reference):
    for row in raw["mitra"]:
        listed = re.findall(r"\d\.\d\d", row["sumber"])
        assert all(reference.matcher.nomenclature.get(kode) for kode in (*row.get("bidang", ()), *listed)), row["kode"]


def test_programmes_named_as_source_name_the_partner(raw, reference, known):
    """Who is said to come from a national programme does: as its lead, its partner, or in a role of the region."""
    resolve = Resolver(known, "Kabupaten Contoh", "kabupaten")
    said = {}
    for part in reference.priorities.program_nasional:
        leads = re.split(r"/", re.sub(r"\([^)]*\)", "", part.pengampu or ""))
        names = [*leads, *(partner.nama for partner in part.mitra), *part.alias, *part.dasar_hukum]
        names += [name for role in part.peran_daerah for name in (*role.oleh, role.uraian, *role.uraian.split())]
        said[part.kode] = {code for name in names for code in resolve(name).key.split(":")[0].split("+")}
    for row in raw["mitra"]:
        for named in re.findall(r"program_nasional ([A-Z0-9_]+(?:, [A-Z0-9_]+)*)", row["sumber"]):
            assert [kode for kode in named.split(", ") if row["kode"] not in said[kode]] == [], row["kode"]


def test_only_offices_share_a_name(raw):
    seen = {}
    for row in raw["mitra"]:
        for name in filter(None, (row["nama"], row.get("singkatan"), *row.get("alias", ()), *row.get("unit", ()))):
            other = seen.setdefault(catalogue.words_of(name), row)
            assert other is row or {other["jenis"], row["jenis"]} == {"perangkat_daerah"}, (name, other["kode"])


def test_every_name_finds_its_row(raw, known):
    for row in raw["mitra"]:
        for name in filter(None, (row["nama"], row.get("singkatan"), *row.get("alias", ()), *row.get("unit", ()))):
            if not name.endswith("*"):
                assert row["kode"] in known.find(catalogue.words_of(name)).codes, (row["kode"], name)


def test_partners_of_national_programmes_are_known(reference, known):
    resolve = Resolver(known, "Kabupaten Contoh", "kabupaten")
    programmes = reference.priorities.program_nasional
    names = {partner.nama for part in programmes for partner in part.mitra}
    names |= {name for part in programmes for role in part.peran_daerah for name in role.oleh}
    assert {name for name in names if resolve(name).kind == "unknown"} == AMBIGUOUS


def test_roles_are_those_that_national_programmes_ask_for(reference, known):
    asked = {role.peran for part in reference.priorities.program_nasional for role in part.peran_daerah}
    assert set(known.roles) == asked
    for role in known.roles.values():
        assert role.istilah
        assert {known.entries[kode].jenis for kode in role.oleh} <= {"perangkat_daerah"}


# Who is it


RESOLVED = [
    ("Kodim 0309/Solok", "TNI"),
    ("Polres Solok Selatan", "POLRI"),
    ("Kejari Solok Selatan", "KEJAKSAAN"),
    ("Satgas Pangan Polri", "POLRI"),
    ("Kementerian Agama", "KEMENAG"),
    ("KEMENAG", "KEMENAG"),
    ("Kantor Kementerian Agama Kabupaten Solok Selatan", "KEMENAG"),
    ("Kementrian Pertanian", "KEMENTAN"),
    ("Kementerian Pemuda dan Olahraga", "KEMENTERIAN"),
    ("Kemenpora", "KEMENTERIAN"),
    ("Pemerintah Provinsi Sumatera Barat", "PROVINSI"),
    ("Dinas Pendidikan Provinsi Sumatera Barat", "PROVINSI"),
    ("Dinas Kesehatan Kota Padang", "DAERAH_LAIN"),
    ("Perum Bulog Cabang Solok", "BULOG"),
    ("Balai Wilayah Sungai Sumatera V", "BWS"),
    ("KPPG Padang", "BGN"),
    ("PT Agrinas", "AGRINAS"),
    ("PT Semen Padang", "PERUSAHAAN"),
    ("Bank Nagari", "PERBANKAN"),
    ("Kelompok Tani Maju Basamo", "KELOMPOK"),
    ("Karang Taruna", "KARANG_TARUNA"),
    ("Universitas Andalas", "PERGURUAN_TINGGI"),
    ("Wali Nagari Lubuk Gadang", "DESA"),
    ("Kecamatan Sangir", "KECAMATAN"),
    ("Badan Gizi Nasinal", "BGN"),
    ("Dinas Pendidikan", "dinaspendidikan"),
    ("dinas  pendidikan kab. solok selatan", "dinaspendidikan"),
    ("Disdik", "dinaspendidikan"),
    ("Dinas Pendidikn", "dinaspendidikan"),
    ("Dinas PUPR", "dinaspekerjaanumumtataruangpertanahan"),
    ("Dinas Pertanahan", "dinaspekerjaanumumtataruangpertanahan"),
    ("Dinas Koperasi dan UKM", "disperindagkopumkm"),
    ("Dinas Pemberdayaan Masyarakat dan Nagari", "PD_PMD"),
    ("Dinas Perikanan", "PD_PERIKANAN"),
    ("Dinas Kehutanan", "PD_KEHUTANAN"),
    ("Bagian Kesra Setda", "PD_SETDA"),
    ("DKP", "?:dkp"),
    ("Dinas Khayalan", "?:dinaskhayalan"),
]


@pytest.mark.parametrize(("written", "body"), RESOLVED, ids=[written for written, _ in RESOLVED])
def test_who_a_partner_is(known, written, body):
    resolve = Resolver(known, "Kabupaten Solok Selatan", "kabupaten")
    names = ["Dinas Pendidikan", "Dinas Pertanian", "Disperindagkop dan UMKM"]
    resolve.learn(dict.fromkeys((*names, "Dinas Pekerjaan Umum, Tata Ruang dan Pertanahan"), 1))
    assert resolve(written).body == body


def test_ambiguous_offices_stay_outside(known):
    """Of two offices for the same work, neither is guessed."""
    resolve = Resolver(known, "Kabupaten Contoh", "kabupaten")
    resolve.learn({"Dinas Perindustrian dan Tenaga Kerja": 1, "Dinas Tenaga Kerja dan Transmigrasi": 1})
    assert resolve("Disnaker").kind == "catalogue"
    assert resolve("Dinas Perindustrian").key == "dinasperindustriantenagakerja"


def test_offices_spelt_differently_are_one(known):
    resolve = Resolver(known, "Provinsi DKI Jakarta", "provinsi")
    names = ["PD URUSAN PEMERINTAHAN BIDANG PERHUBUNGAN", "PD URUSANPEMERINTAHANBIDANGPERHUBUNGAN"]
    resolve.learn(dict.fromkeys((*names, "Dinas Kesehatan", "DINAS  KESEHATAN", "Dinkes"), 1))
    assert list(resolve.offices) == ["perhubungan", "dinaskesehatan"]
    assert resolve.office("Dinkes") is resolve.office("dinas kesehatan")
    assert resolve.offices["dinaskesehatan"].nama == "Dinas Kesehatan"
    assert resolve.office(None) is None
    assert resolve.office("Bappeda") is None


PARTS = ("dinas", "badan", "kesehatan", "provinsi", "kota", "pd", "dan", "&", "(")


@given(st.text(max_size=60) | st.lists(st.sampled_from(PARTS), max_size=6).map(" ".join))
def test_any_text_is_somebody(known, written):
    resolve = Resolver(known, "Kabupaten Contoh", "kabupaten")
    resolve.learn({"Dinas Kesehatan": 1, written: 1})
    partner = resolve(written)
    assert partner == resolve(written)
    assert partner.level in KEYS
    assert partner.body


# Who works with whom


PLAN = """\
  - nama: Penurunan Stunting Balita
    perangkat_daerah: Dinas Kesehatan
    kolaborasi: {horizontal: [Disdik], vertikal: [Badan Gizi Nasional], eksternal: [Kodim 0309/Solok, PKK]}
  - nama: Pencegahan Stunting di PAUD
    perangkat_daerah: Dinas Pendidikan
  - nama: Beasiswa
    perangkat_daerah: Dinas Pendidikan
    kolaborasi: {horizontal: [Dinas Sosial]}
  - {nama: Bantuan warga miskin, perangkat_daerah: Dinas Sosial}
  - {nama: Koperasi Desa Merah Putih, perangkat_daerah: Dinas Koperasi}
  - {nama: Jumat Bersih, kolaborasi: {eksternal: [TNI]}}
"""


@pytest.fixture(scope="module")
def plan(reference):
    return analyse(region_of(reference, PLAN), reference)


def test_graph_of_a_plan(plan):
    keys = ["dinaskesehatan", "dinaspendidikan", "dinassosial", "dinaskoperasi"]
    assert list(plan.graph.nodes) == keys
    behind = {pair: [part.judged.item.nama for part in parts] for pair, parts in plan.graph.edges.items()}
    assert behind == {
        ("dinaskesehatan", "dinaspendidikan"): ["Penurunan Stunting Balita"],
        ("dinaspendidikan", "dinassosial"): ["Beasiswa"],
    }
    assert plan.graph.components == (tuple(keys[:3]), ("dinaskoperasi",))
    assert plan.graph.islands == ("dinaskoperasi",)
    assert plan.graph.joints == ("dinaspendidikan",)


def test_partnerships_and_who_returns_them(plan):
    told = {(pair.first.nama, pair.second.nama): pair.returned for pair in plan.partnerships}
    assert told == {("Dinas Kesehatan", "Dinas Pendidikan"): False, ("Dinas Pendidikan", "Dinas Sosial"): None}
    (open_,) = plan.one_sided
    assert [part.judged.item.nama for part in open_.answers] == ["Pencegahan Stunting di PAUD", "Beasiswa"]


def test_outside_bodies_with_their_programmes(plan):
    told = [(one.partner.body, [part.judged.item.nama for part in one.programmes]) for one in plan.outside]
    assert told == [
        ("TNI", ["Penurunan Stunting Balita", "Jumat Bersih"]),
        ("BGN", ["Penurunan Stunting Balita"]),
        ("PKK", ["Penurunan Stunting Balita"]),
    ]


def test_who_stands_alone_and_what_is_missing(plan):
    assert [part.judged.item.nama for part in plan.alone] == [
        "Pencegahan Stunting di PAUD",
        "Koperasi Desa Merah Putih",
    ]
    stunting = plan.programmes[0]
    named = {one.partner.body for one in stunting.expected} - {one.partner.body for one in stunting.missing}
    assert named == set()
    assert {"KEMENKES", "KEMENDUKBANGGA", "TPPS", "POSYANDU", "PD_PU"} <= {one.partner.body for one in stunting.missing}
    assert "dinaskesehatan" not in {one.partner.body for one in stunting.expected}
    assert {one.basis for one in stunting.expected} == {"program_nasional"}


def test_synergy_has_its_parts(plan):
    told = {one.office.nama: (one.bermitra, one.lintas, one.timbal_balik, one.value) for one in plan.synergy}
    assert told["Dinas Koperasi"] == (Part(0, 1), Part(0, 2), Part(0, 0), 0.0)
    assert told["Dinas Sosial"] == (Part(0, 0), Part(0, 0), Part(0, 0), None)
    health = told["Dinas Kesehatan"]
    assert health[:1] == (Part(1, 1),)
    assert health[1] == Part(3, 3)
    assert health[2] == Part(0, 1)
    assert health[3] == pytest.approx(2 / 3)


def test_nothing_is_said_of_a_plan_that_records_no_partner(reference):
    found = analyse(
        region_of(reference, "  - {nama: Koperasi Desa Merah Putih, perangkat_daerah: Dinas Koperasi}\n"), reference
    )
    assert not found.recorded
    assert found.synergy == ()
    assert found.outside == found.partnerships == ()
    assert found.graph.islands == ("dinaskoperasi",)


def test_offices_with_one_code_expect_each_other(reference):
    program = (
        '  - {kode: "1.02.02", nama: Program Upaya Kesehatan, perangkat_daerah: Dinas Kesehatan}\n'
        '  - {kode: "1.02.03", nama: Program Peningkatan Kapasitas SDM Kesehatan, perangkat_daerah: RSUD}\n'
        '  - {kode: "1.02.01", nama: Program Penunjang, perangkat_daerah: RSUD}\n'
        '  - {kode: "1.02.02", nama: Program Upaya Kesehatan, perangkat_daerah: Puskesmas Pauh}\n'
    )
    found = analyse(region_of(reference, program), reference)
    told = [{(one.partner.nama, one.basis, one.because) for one in part.expected} for part in found.programmes]
    assert told == [
        {("Puskesmas Pauh", "kode", "1.02.02"), ("RSUD", "kode", "1.02")},
        {("Dinas Kesehatan", "kode", "1.02"), ("Puskesmas Pauh", "kode", "1.02")},
        set(),
        {("Dinas Kesehatan", "kode", "1.02.02"), ("RSUD", "kode", "1.02")},
    ]


def test_files_of_a_region_are_seen_together(reference):
    found = analyse(region_of(reference, *(f"  - {line}\n" for line in (
        "{nama: Penurunan Stunting, perangkat_daerah: Dinas Kesehatan, kolaborasi: {horizontal: [Dinas Pendidikan]}}",
        "{nama: Pencegahan Stunting di PAUD, perangkat_daerah: Disdik, kolaborasi: {horizontal: [Dinkes]}}",
    ))), reference)  # fmt: skip
    assert [pair.returned for pair in found.partnerships] == [True, True]
    assert len(found.graph.edges) == 1


# The graph


def pieces(nodes, edges):
    """Count components the plain way."""
    rest, count = set(nodes), 0
    while rest:
        count += 1
        reach = {rest.pop()}
        while reach:
            node = reach.pop()
            near = {other for pair in edges if node in pair for other in pair} & rest
            rest -= near
            reach |= near
    return count


@given(
    st.integers(1, 7).flatmap(
        lambda n: st.tuples(st.just(n), st.sets(st.sampled_from(list(combinations("abcdefg"[:n], 2)) or [("a", "a")])))
    )
)
def test_joints_and_bridges_are_what_holds_a_group_together(drawn):
    size, pairs = drawn
    nodes, edges = "abcdefg"[:size], {edge(*pair) for pair in pairs if pair[0] != pair[1]}
    graph = build(nodes, dict.fromkeys(edges, ()))
    whole = pieces(nodes, edges)
    assert len(graph.components) == whole
    assert sorted(node for part in graph.components for node in part) == sorted(nodes)
    assert set(graph.islands) == {node for node in nodes if not any(node in pair for pair in edges)}
    falls = {
        n for n in nodes if pieces(set(nodes) - {n}, [p for p in edges if n not in p]) > whole - (n in graph.islands)
    }
    assert set(graph.joints) == falls
    assert set(graph.bridges) == {pair for pair in edges if pieces(nodes, edges - {pair}) > whole}


def test_a_long_chain_of_offices():
    nodes = [f"{n:05}" for n in range(5000)]
    graph = build(nodes, {edge(a, b): () for a, b in pairwise(nodes)})
    assert (len(graph.components), len(graph.joints), len(graph.bridges)) == (1, 4998, 4999)


# Regions


LOMBA = "  - {nama: Lomba}\n"


def test_files_are_grouped_by_code_or_by_name_and_level(reference):
    headers = [
        "{nama: Kabupaten Solok, tingkat: kabupaten}",
        "{nama: KAB. SOLOK, kode: '13.02', tingkat: kabupaten}",
        "{nama: Kota Solok, tingkat: kota}",
        "{nama: Pemerintah Kabupaten Solok Lama, kode: '13.02', tingkat: kabupaten}",
        "{nama: Solok, tingkat: kabupaten}",
        "{nama: Solok, tingkat: kota}",
    ]
    files = [file_of(reference, LOMBA, f"{n}.yaml", daerah) for n, daerah in enumerate(headers)]
    files.append(file_of(reference, LOMBA, "6.yaml", headers[0], "RPJMD"))
    names = [[file.loaded.path[0] for file in region.files] for region in regions(files)]
    assert names == [["0", "1", "3"], ["2"], ["4"], ["5"], ["6"]]


def test_a_file_that_joins_two_groups(reference):
    headers = [
        "{nama: Kabupaten Satu, kode: '1', tingkat: kabupaten}",
        "{nama: Kabupaten Dua, tingkat: kabupaten}",
        "{nama: Kabupaten Tiga, tingkat: kabupaten}",
        "{nama: Kabupaten Dua, kode: '1', tingkat: kabupaten}",
    ]
    files = [file_of(reference, LOMBA, f"{n}.yaml", daerah) for n, daerah in enumerate(headers)]
    assert [[file.loaded.path[0] for file in region.files] for region in regions(files)] == [["0", "1", "3"], ["2"]]


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"x: [\n",
        b"versi: 1\ntahun: 2026\ndokumen: RKPD\nprogram: [{nama: Lomba}]\n",
        b"versi: 1\ndaerah: {nama: Kab. Contoh, tingkat: desa}\ndokumen: RKPD\ntahun: 2026\nprogram: [{nama: Lomba}]\n",
        b"versi: 1\ndaerah: {nama: Kota Contoh, tingkat: kota}\ndokumen: RKPD\ntahun: 1\nprogram: [{nama: Lomba}]\n",
    ],
)
def test_a_file_without_a_sound_header_is_of_no_region(reference, text):
    assert regions([run.check_file(load(text, "a.yaml"), reference)]) == []


def test_an_empty_plan_is_a_region_that_says_nothing(reference):
    file = run.check_file(
        load(b"versi: 1\ndaerah: {nama: K, tingkat: kota}\ndokumen: RKPD\ntahun: 2026\nprogram: []\n", "a"), reference
    )
    before = list(file.findings)
    check_regions([file], reference)
    assert len(regions([file])) == 1
    assert file.findings == before


def test_findings_go_to_their_files_in_order(reference):
    files = [
        file_of(reference, PLAN, "a.yaml"),
        file_of(
            reference, "  - {nama: Lomba, perangkat_daerah: Bappeda, kolaborasi: {horizontal: [Kemenag]}}\n", "b.yaml"
        ),
    ]
    check_regions(files, reference)
    for file in files:
        assert {finding.place.path for finding in file.findings} == {file.loaded.path}
        at = [(f.place.span.line, f.place.span.column, f.rule.code) for f in file.findings]
        assert at == sorted(at)
    assert [finding.rule.code for finding in files[1].findings if finding.rule.code[2] in "67"] == ["AL604"]
    assert {finding.rule.code for finding in files[0].findings} >= {"AL601", "AL603", "AL701", "AL704"}


def test_same_files_same_findings(reference):
    def told():
        files = [file_of(reference, PLAN, "a.yaml")]
        check_regions(files, reference)
        return [(f.rule.code, f.place, f.message("id"), f.message("en")) for f in files[0].findings]

    assert told() == told()


def test_a_large_region_is_checked_in_time_that_grows_with_it(reference):
    """Nothing compares all programmes with all: twice the programmes make about twice the look-ups."""
    calls = SimpleNamespace(count=0)
    original = Resolver._resolve  # noqa: SLF001

    def counting(self, written):
        calls.count += 1
        return original(self, written)

    line = (
        "  - {{nama: Program {n}, perangkat_daerah: Dinas Kesehatan, kolaborasi: {{horizontal: [Dinas Pendidikan]}}}}\n"
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Resolver, "_resolve", counting)
        analyse(region_of(reference, "".join(line.format(n=n) for n in range(300))), reference)
    assert calls.count == 1


def test_what_only_changes_are_asked_for_says_nothing_of_regions(reference, tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text(f"versi: 1\ndaerah: {{nama: K, tingkat: kota}}\ndokumen: RKPD\ntahun: 2026\nprogram:\n{PLAN}")
    codes = {}
    for name, policy in (("all", Policy()), ("changes", Policy(changes={"a.yaml": frozenset({5, 6, 7, 8})}))):
        found = run.run([(path, "a.yaml")], reference, policy)
        codes[name] = {finding.rule.code[:3] for finding in found.findings}
    assert codes["all"] >= {"AL6", "AL7"}
    assert not codes["changes"] & {"AL6", "AL7"}


def test_a_framework_without_national_programmes_knows_no_wrong_one(tmp_path):
    own = tmp_path / "own.yaml"
    own.write_text(
        "versi: 1\nkerangka: {kode: MISI, nama: Misi, nama_en: Mission, berlaku: '2026'}\nsumber: {}\n"
        "tujuan: [{kode: M1, nomor: 1, nama: Satu, nama_en: One}]\n"
    )
    mine = reference_data.with_priorities(own)
    file = file_of(mine, "  - {nama: Lomba, program_nasional: MBG}\n" + 5 * LOMBA)
    check_regions([file], mine)
    codes = [
        finding.rule.code for finding in file.findings if finding.rule.code[2] in "67" or finding.rule.code == "AL213"
    ]
    assert codes == ["AL701"]
