"""`align diff`: matching, sums, findings, git revisions, and what a reader sees, recounted by other means."""

import csv
import io
import json
import re
import subprocess
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML
from typer.testing import CliRunner

from alignment_cli import run
from alignment_cli.cli import app
from alignment_cli.compare.difference import Difference
from alignment_cli.compare.views import shortened, view
from alignment_cli.numbers import short_rupiah
from alignment_cli.region import regions
from alignment_cli.report.figures import Figures

HEAD = {"versi": 1, "daerah": {"nama": "Kabupaten Uji", "tingkat": "kabupaten"}, "dokumen": "RKPD", "tahun": 2027}
ROAD = {"kode": "1.03.10", "nama": "Program Penyelenggaraan Jalan", "perangkat_daerah": "Dinas PU", "pagu": 900}
HEALTH = {"nama": "Pelayanan kesehatan ibu dan anak di puskesmas", "perangkat_daerah": "Dinkes", "pagu": 500}
RICE = {"nama": "Rehabilitasi jaringan irigasi sawah", "perangkat_daerah": "Dinas Pertanian", "pagu": 300}
HOSTILE = "=cmd|'/C calc'!A0 <img src=x> `x` | [a](http://evil) @org #1 \u202e\x1b[31m"


def text_of(*program, **header):
    out = io.StringIO()
    YAML().dump({**HEAD, **header, "program": list(program)}, out)
    return out.getvalue()


@pytest.fixture(scope="session")
def figures(reference):
    def make(*program, **header):
        result = run.run([(text_of(*program, **header).encode(), "a.yaml")], reference)
        return Figures(regions(result.files)[0], reference)

    return make


@pytest.fixture(scope="session")
def differ(figures):
    return lambda before, after: Difference(figures(*before), figures(*after))


def told(difference):
    """Return (name, what) of all changes."""
    return {(change.entry.item.nama, *change.what) for change in difference.changes}


def table(difference, name):
    found = next(one for one in view(difference, ("", "")).tables if one.name == name)
    keys = [column.key for column in found.columns]
    return [dict(zip(keys, row.cells, strict=True)) for row in found.rows]


# ---------------------------------------------------------------- matching


def test_order_case_and_spacing_change_nothing(differ):
    shouted = {**HEALTH, "nama": f"  {HEALTH['nama'].upper()} ", "perangkat_daerah": "DINKES"}
    assert told(differ([ROAD, HEALTH, RICE], [RICE, shouted, ROAD])) == set()


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"nama": "Program Jalan dan Jembatan Kabupaten"}, ("nama",)),
        ({"kode": "1.03.11"}, ("kode",)),
        ({"perangkat_daerah": "Dinas Perhubungan"}, ("perangkat_daerah",)),
        ({"pagu": 901}, ("pagu",)),
        (
            {"nama": "Program Penyelenggaran Jalan", "perangkat_daerah": "Dinas Bina Marga"},
            ("nama", "perangkat_daerah"),
        ),
    ],
)
def test_what_changed_is_no_loss(differ, change, what):
    difference = differ([ROAD, HEALTH], [HEALTH, {**ROAD, **change}])
    changed = next(one for one in difference.changes if one.entry.item.perangkat_daerah != "Dinkes")
    assert set(what) <= set(changed.what) <= {*what, "tujuan", "jawaban"}
    assert len(difference.changes) == 1


def test_a_name_written_slightly_otherwise_is_the_same_item(differ):
    near = {**HEALTH, "nama": "Pelayanan kesehatan ibu & anak di Puskesmas"}
    assert told(differ([HEALTH, RICE], [near, RICE])) == {(near["nama"], "nama")}


def test_numbers_in_a_name_tell_items_apart(differ):
    one, two = ({"nama": f"Pembangunan jalan lingkungan tahap {n}", "pagu": 7} for n in (1, 2))
    assert {what for _, what in told(differ([one], [two]))} == {"bertambah", "hilang"}


def test_a_code_used_twice_does_not_pair_strangers(differ):
    one, two = ({"kode": "1.03.10", "nama": name} for name in ("Bedah rumah warga miskin", "Terminal penumpang"))
    three = {"kode": "1.03.10", "nama": "Jembatan gantung desa"}
    assert {what for _, what in told(differ([one, two], [three, three]))} == {"bertambah", "hilang"}


def test_of_duplicates_those_with_the_same_money_belong_together(differ):
    one, two = {**HEALTH, "pagu": 1}, {**HEALTH, "pagu": 2}
    assert told(differ([one, two], [two, one])) == set()
    gone = differ([one, two], [two])
    assert [(change.what, change.entry.item.pagu) for change in gone.changes] == [(("hilang",), 1)]


def test_sub_activities_follow_their_programme(differ):
    part = {"kode": "1.03.10.2.01.0046", "nama": "Pemeliharaan Rutin Jalan", "pagu": 100}
    before = [{**ROAD, "sub_kegiatan": [part]}, {**HEALTH, "sub_kegiatan": [{**part, "pagu": 5}]}]
    assert told(differ(before, before[::-1])) == set()
    # Its programme's office is no change of its own.
    moved = [{**before[0], "perangkat_daerah": "Dinas Perhubungan"}, before[1]]
    assert told(differ(before, moved)) == {(ROAD["nama"], "perangkat_daerah")}
    into = differ([{**ROAD, "sub_kegiatan": [part]}, HEALTH], [ROAD, {**HEALTH, "sub_kegiatan": [part]}])
    assert "induk" in next(one.what for one in into.changes if one.entry.item.parent is not None)


def test_a_programme_that_is_detailed_now_keeps_its_money(differ):
    part = {"kode": "1.03.10.2.01.0046", "nama": "Pemeliharaan Rutin Jalan", "pagu": 900}
    difference = differ([ROAD], [{**ROAD, "sub_kegiatan": [part]}])
    assert (ROAD["nama"], "rincian") in told(difference)
    assert sum(amount.change for amount in difference.amounts) == 0


# ---------------------------------------------------------------- sums, on random plans

NAMES = ("Rehabilitasi irigasi sawah", "Beasiswa siswa miskin", "Pembangunan jalan desa", "Gaji dan tunjangan ASN", "?")
ITEMS = st.fixed_dictionaries(
    {"nama": st.sampled_from(NAMES)},
    optional={
        "kode": st.sampled_from(["1.03.10", "1.02.02", "1.03.01", "9.99.99"]),
        "perangkat_daerah": st.sampled_from(["Dinas A", "Dinas B"]),
        "pagu": st.integers(0, 5),
        "keselarasan": st.sampled_from([
            [{"tujuan": "AC3", "porsi": 50, "status": "disetujui"}, {"tujuan": "AC4", "porsi": 50}],
            [{"tujuan": "AC2", "status": "ditolak"}],
        ]),
    },
)  # fmt: skip
PLANS = st.lists(st.builds(lambda item, parts: {**item, "sub_kegiatan": parts}, ITEMS, st.lists(ITEMS, max_size=3)),
                 min_size=1, max_size=5)  # fmt: skip


@settings(max_examples=30)
@given(PLANS)
def test_a_plan_does_not_differ_from_itself(differ, plan):
    difference = differ(plan, plan)
    assert (difference.changes, *difference.findings, difference.worse) == ([], [], [], [], [])
    assert shortened(view(difference, ("", ""))).tables == []


@settings(max_examples=30)
@given(PLANS, st.randoms())
def test_nor_from_itself_in_another_order(differ, plan, random):
    shuffled = random.sample(plan, len(plan))
    assert not {change.what for change in differ(plan, shuffled).changes} & {("bertambah",), ("hilang",)}


@settings(max_examples=30)
@given(PLANS, PLANS)
def test_there_and_back(differ, one, other):
    there, back = differ(one, other), differ(other, one)
    swap = {"bertambah": "hilang", "hilang": "bertambah"}

    def shape(difference, *, swapped):
        pairs = [change.pair[::-1] if swapped else change.pair for change in difference.changes]
        items = [tuple(entry and (entry.origin.route, entry.item.nama) for entry in pair) for pair in pairs]
        whats = [tuple(swap.get(w, w) if swapped else w for w in change.what) for change in difference.changes]
        return Counter(zip(items, whats, strict=True))

    assert shape(there, swapped=False) == shape(back, swapped=True)
    assert [len(listed) for listed in there.findings] == [len(back.findings[n]) for n in (1, 0, 2)]


@settings(max_examples=30)
@given(PLANS, PLANS)
def test_each_item_is_there_once_and_all_changes_add_up(differ, one, other):
    difference = differ(one, other)
    for side, plan in ((0, one), (1, other)):
        names = Counter(pair[side].item.nama for pair in difference.pairs if pair[side])
        assert names == Counter(item["nama"] for p in plan for item in (p, *p["sub_kegiatan"]))
    rows = table(difference, "rincian_beda")
    for goal in difference.rows:
        amounts = [amount for amount in difference.amounts if amount.goal == goal]
        before, after = difference.before.money[goal], difference.after.money[goal]
        assert sum(amount.before or 0 for amount in amounts) == (before.split or 0)
        assert sum(amount.change for amount in amounts) == (after.split or 0) - (before.split or 0)
        if goal in difference.goals:
            of = [row for row in rows if row["tujuan"] == goal]
            assert sum(row["perubahan"] for row in of) == (after.split or 0) - (before.split or 0)
            sure = sum(row["selaras_sesudah"] - row["selaras_sebelum"] for row in of)
            assert sure == (after.confirmed or 0) - (before.confirmed or 0)

    def money(plan):
        """Count it plainly: what sub-activities have, and what they leave of their programme's."""
        return sum(
            max(p.get("pagu", 0), sum(part.get("pagu", 0) for part in p["sub_kegiatan"]))
            if p["sub_kegiatan"]
            else p.get("pagu", 0)
            for p in plan
        )

    changes = sum(row["perubahan"] or 0 for row in table(difference, "beda_pagu"))
    assert changes == money(other) - money(one)
    for row, goal in zip(table(difference, "beda_program"), difference.rows, strict=True):
        assert row["program_sesudah"] - row["program_sebelum"] == row["program_masuk"] - row["program_keluar"], goal


# ---------------------------------------------------------------- worse


def test_a_goal_that_loses_its_last_programme_is_worse(differ):
    difference = differ([ROAD, HEALTH], [ROAD])
    assert difference.emptied == ["AC4"]
    assert {"tujuan_kosong", "pagu_selaras"} <= set(difference.worse)
    assert differ([ROAD], [ROAD, HEALTH]).worse == []
    assert differ([ROAD], [ROAD, HEALTH]).filled == ["AC4"]


def test_an_index_that_falls_is_worse(differ):
    claim = {"nama": "Xyzzy plugh abrakadabra", "pagu": 100, "asta_cita": "1"}
    assert differ([ROAD], [ROAD, claim]).worse == ["indeks"]
    assert differ([ROAD, claim], [ROAD]).worse == []


def test_indices_by_money_and_by_items_are_not_compared(differ):
    bare = [{"nama": HEALTH["nama"]}, {"nama": RICE["nama"]}]
    difference = differ([ROAD], [ROAD, *bare])
    assert not difference.same_weight
    assert "indeks" not in difference.worse


def test_a_finding_that_says_another_figure_has_changed(differ):
    claims = [{**ROAD, "pagu": 9, "asta_cita": "8"}, HEALTH]
    more = [*claims, {**RICE, "pagu": 3}]
    found = differ(claims, more).findings
    codes = [[finding.rule.code for finding in listed] for listed in found]
    assert "AL401" in codes[2]
    assert not set(codes[0]) & set(codes[1])


# ---------------------------------------------------------------- the command


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COLUMNS", raising=False)
    return tmp_path


def put(folder, name, *program, **header):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text_of(*program, **header), encoding="utf-8")
    return path


def align(*arguments, code=0):
    done = CliRunner().invoke(app(), list(map(str, arguments)))
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    assert done.exit_code == code, done.output
    return done


def git(folder, *arguments):
    identity = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(("git", "-C", str(folder), *identity, *arguments), check=True, capture_output=True)


@pytest.fixture
def repository(here):
    git(here, "init", "-q")
    put(here, "data/programs/a.yaml", ROAD, HEALTH)
    put(here, "data/programs/.hidden.yaml", ROAD)
    git(here, "add", ".")
    git(here, "commit", "-qm", "one")
    git(here, "tag", "dulu")
    put(here, "data/programs/a.yaml", ROAD, {**HEALTH, "pagu": 700}, RICE)
    git(here, "commit", "-qam", "two")
    put(here, "data/programs/a.yaml", ROAD)
    return here


def changes(*arguments, code=0):
    data = json.loads(align("diff", *arguments, "--format", "json", code=code).stdout)
    (pair,) = data["pairs"]
    tables = {one["name"]: one["rows"] for one in pair["views"][0]["tables"]}
    return {(row["cells"]["nama"], row["cells"]["perubahan"]["en"]) for row in tables["beda_butir"]}


def test_revisions_and_the_files_as_they_are(repository):
    assert changes("dulu", "HEAD") == {(HEALTH["nama"], "changed"), (RICE["nama"], "gained")}
    assert changes("HEAD~1", "HEAD", "data/programs/a.yaml") == changes("dulu", "HEAD")
    assert "HEAD:data/programs/a.yaml" in align("diff", "HEAD", "-f", "json").stdout
    assert changes("HEAD") == {(HEALTH["nama"], "lost"), (RICE["nama"], "lost")}
    assert changes("dulu", "data/programs/a.yaml") == {(HEALTH["nama"], "lost")}
    assert changes("data/programs/a.yaml", "dulu") == {(HEALTH["nama"], "gained")}
    (repository / "data/programs/a.yaml").unlink()
    assert changes("dulu", "HEAD", "data/programs/a.yaml") == changes("HEAD~1", "HEAD")


def test_nothing_in_the_repository_changes(repository):
    state = {path: path.read_bytes() for path in repository.rglob("*") if path.is_file()}
    align("diff", "dulu", "HEAD")
    assert state == {path: path.read_bytes() for path in repository.rglob("*") if path.is_file()}


def test_an_existing_path_wins_over_a_revision(repository):
    put(repository, "dulu", RICE)
    both = {(ROAD["nama"], "gained"), (HEALTH["nama"], "gained")}
    assert changes("dulu", "HEAD", "data/programs") == both
    assert changes("rev:dulu", "HEAD", "data/programs") == {(HEALTH["nama"], "changed"), (RICE["nama"], "gained")}


@pytest.mark.parametrize(
    "name", ["--upload-pack=touch x", "-x", "tidak-ada", "rev:", "rev:--all", "HEAD:data", "a" * 5000]
)
def test_what_is_no_revision(repository, name):
    done = align("diff", "--", name, "HEAD", code=2)
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert not (repository / "x").exists()


def test_links_in_a_tree_are_not_followed(repository):
    (repository / "data/programs/b.yaml").symlink_to("/etc/passwd")
    git(repository, "add", ".")
    git(repository, "commit", "-qm", "three")
    data = json.loads(align("diff", "dulu", "HEAD", "-f", "json").stdout)
    assert data["pairs"][0]["after"]["files"] == ["data/programs/a.yaml"]


def test_outside_a_repository(here):
    put(here, "a.yaml", ROAD)
    align("diff", "HEAD", "a.yaml", code=2)


def test_what_is_asked_for_must_be_clear(here):
    put(here, "a.yaml", ROAD)
    assert "align diff HEAD a.yaml" in align("diff", "a.yaml", code=2).stderr
    align("diff", "a.yaml", "a.yaml", "a.yaml", code=2)
    (here / "b.yaml").write_text("program: [", encoding="utf-8")
    align("diff", "a.yaml", "b.yaml", code=2)


def test_exit_code(here):
    put(here, "a.yaml", ROAD, HEALTH)
    put(here, "b.yaml", ROAD)
    align("diff", "a.yaml", "b.yaml")
    align("diff", "a.yaml", "b.yaml", "--exit-code", code=1)
    align("diff", "b.yaml", "a.yaml", "--exit-code")
    align("diff", "a.yaml", "a.yaml", "--exit-code")


def test_plans_that_one_side_has_alone(here):
    for year in (2025, 2026):
        put(here, f"a/{year}.yaml", ROAD, tahun=year)
    put(here, "b/2026.yaml", ROAD, HEALTH, tahun=2026)
    done = align("diff", "a", "b", "--exit-code", code=1)
    assert "Kabupaten Uji, RKPD 2025" in done.stderr
    assert "Kabupaten Uji, RKPD 2026 (a → b)" in done.stdout
    data = json.loads(align("diff", "a", "b", "-f", "json").stdout)
    assert (data["only_before"], data["only_after"]) == (["Kabupaten Uji, RKPD 2025"], [])


def test_two_regions_and_kinds_of_document_are_said(here):
    put(here, "a.yaml", ROAD)
    put(here, "b.yaml", ROAD, daerah={"nama": "Kota Lain", "tingkat": "kota"}, dokumen="RAPBD")
    out = align("diff", "a.yaml", "b.yaml").stdout
    assert "bukan daerah yang sama" in out
    assert "jenis dokumennya berbeda" in out
    assert "two regions" in align("diff", "a.yaml", "b.yaml", "--lang", "en").stdout


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("form", ["text", "md", "csv"])
def test_hostile_names(here, form, lang):
    put(here, "a.yaml", ROAD)
    put(here, "b.yaml", {**ROAD, "perangkat_daerah": HOSTILE}, {**HEALTH, "nama": HOSTILE, "uraian": HEALTH["nama"]})
    out = align("diff", "a.yaml", "b.yaml", "--format", form, "--lang", lang).stdout
    assert "\x1b" not in out
    if form == "md":
        assert not re.search(r"(?<!\\)<(?!/?(details|summary)>)", out)
        assert "http://" not in out
        assert "@org" not in out
        heads = {line.count("|") - line.count("\\|") for line in out.splitlines() if line.startswith("| AC4")}
        assert heads == {5, 10}
    if form == "csv":
        cells = [cell for row in csv.reader(io.StringIO(out)) for cell in row]
        assert any("cmd" in cell for cell in cells)
        assert not any(cell.startswith("=") for cell in cells)


def test_the_comment_fits_a_pull_request(here):
    many = [{"nama": f"Rehabilitasi irigasi sawah blok {n} " + "x" * 300, "pagu": n} for n in range(150)]
    put(here, "a.yaml", ROAD)
    put(here, "b.yaml", ROAD, *many)
    out = align("diff", "a.yaml", "b.yaml", "-f", "md").stdout
    assert "baris tidak muat di sini" in out
    assert len(out) < 65_536
    assert out.count("<details>") == out.count("</details>") >= 1
    shown = align("diff", "a.yaml", "b.yaml").stdout
    assert "140 baris lagi" in shown
    assert "baris lagi" not in align("diff", "a.yaml", "b.yaml", "--detail").stdout


def test_pages_fit_eighty_columns(here, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    put(here, "a.yaml", ROAD, HEALTH, RICE)
    put(here, "b.yaml", {**ROAD, "perangkat_daerah": "Dinas Perhubungan"}, {**HEALTH, "pagu": 10**14})
    for lang in ("id", "en"):
        out = align("diff", "a.yaml", "b.yaml", "--lang", lang).stdout
        assert max(map(len, out.splitlines())) <= 80
        assert ("hilang" in out) is (lang == "id")
        assert ("lost" in out) is (lang == "en")


def test_a_loss_of_money_is_written_with_its_sign():
    assert [short_rupiah(amount) for amount in (-1_500_000_000, -5, 0)] == ["-Rp 1,5 M", "-Rp 5", "Rp 0"]


@pytest.mark.usefixtures("repository")
def test_the_same_input_gives_the_same_bytes():
    for form in ("md", "json"):
        outs = {align("diff", "dulu", "HEAD", "-f", form, "--detail").stdout for _ in range(2)}
        assert len(outs) == 1


def test_sentences_count_right(here):
    put(here, "a.yaml", ROAD, HEALTH)
    put(here, "b.yaml", {**ROAD, "pagu": 1000}, RICE)
    out = align("diff", "a.yaml", "b.yaml").stdout.splitlines()
    assert out[1].startswith("Program: 1 bertambah, 1 hilang, 1 berubah; pagu Rp 1.400 → Rp 1.300 (-Rp 100);")
    assert "Kehilangan program terakhirnya: AC4." in out
    assert "Mendapat program pertamanya: AC2." in out
    put(here, "c.yaml", ROAD, HEALTH)
    assert "Tidak ada yang berubah." in align("diff", "a.yaml", "c.yaml").stdout
    assert "Nothing changed." in align("diff", "a.yaml", "c.yaml", "--lang", "en", "-f", "md").stdout
