"""What counts: selection, comments, per-file settings, baseline, changed lines, gates; each as its user meets it."""

import json
import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner

from alignment_cli import baseline
from alignment_cli.cli import app

HEAD = "versi: 1\ndaerah: {nama: Kabupaten Uji, tingkat: kabupaten}\ndokumen: RKPD\ntahun: 2027\nprogram:\n"
UNKNOWN = "  - kode: '9.99.99'\n    nama: Jalan desa\n"
NEGATIVE = "  - nama: Jalan desa\n    pagu: -5\n    indikator: [{nama: Panjang jalan, satuan: km, target: 3}]\n"
ROADS = "  - {kode: '1.03.10', nama: Program Penyelenggaraan Jalan, pagu: 900_000_000}\n"
UNCLEAR = "  - {nama: Jambore tahunan, pagu: 100_000_000}\n"


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ALIGN_TODAY", "2026-11-24")
    monkeypatch.setenv("ALIGN_IGNORE", "AL307,AL309,AL4,AL5,AL6,AL7")  # not what these tests are about


def write(name, *programmes):
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes((HEAD + "".join(programmes)).encode())


def align(*args, code=None, stdin=None):
    done = CliRunner().invoke(app(), list(args), input=stdin)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.output
    if code is not None:
        assert done.exit_code == code, done.output
    return done


def found(*args, code=None):
    data = json.loads(align("check", *args, "-f", "json", "--select", "AL1,AL2,AL3,AL9", code=code).stdout)
    return [(finding["code"], finding["start"]["line"]) for file in data["files"] for finding in file["findings"]], data


def test_select_and_ignore():
    write("a.yaml", UNKNOWN, NEGATIVE)
    listed = json.loads(align("check", "a.yaml", "-f", "json", code=1).stdout)["files"][0]["findings"]
    assert {"AL203", "AL301"} <= {finding["code"] for finding in listed}
    for args, codes in (
        (["--select", "AL2"], {"AL203"}),
        (["--select", "AL203,pagu-negatif"], {"AL203", "AL301"}),
        (["--select", "ALL", "--ignore", "AL1,AL2,AL4,AL5,AL6,AL7"], {"AL301"}),
        (["--select", "AL3", "--ignore", "AL301"], set()),
    ):
        data = json.loads(align("check", "a.yaml", "-f", "json", *args).stdout)
        assert {finding["code"] for finding in data["files"][0]["findings"]} == codes, args


@pytest.mark.parametrize(
    ("programme", "codes", "aside"),
    [
        ("  - kode: '9.99.99' # align: abaikan[AL203] menunggu kode\n    nama: Jalan\n", [], ["AL203"]),
        ("  - kode: '9.99.99' # align: ignore[AL203] waiting\n    nama: Jalan\n", [], ["AL203"]),
        ("  - kode: '9.99.99' # align: abaikan[kode-tidak-dikenal] x\n    nama: Jalan\n", [], ["AL203"]),
        ("  # align: abaikan[AL203] menunggu\n\n  # lain\n  - kode: '9.99.99'\n    nama: Jalan\n", [], ["AL203"]),
        ("  - kode: '9.99.99' # align: abaikan[AL203]\n    nama: Jalan\n", [("AL901", 6)], ["AL203"]),
        ("  - kode: '1.03.10' # align: abaikan[AL203] x\n    nama: Jalan\n", [("AL902", 6)], []),
        ("  - kode: '9.99.99' # align: abaikan[AL2033] x\n    nama: Jalan\n", [("AL203", 6), ("AL903", 6)], []),
        ("  - kode: '9.99.99' # align: abaikan AL203\n    nama: Jalan\n", [("AL203", 6), ("AL904", 6)], []),
        ("  - kode: '9.99.99' # align: abaikan[] x\n    nama: Jalan\n", [("AL203", 6), ("AL904", 6)], []),
        ("  - kode: '9.99.99' # align: abaikan[AL301] x\n    nama: Jalan\n", [("AL203", 6), ("AL902", 6)], []),
        ("  - kode: '9.99.99'\n    nama: 'Jalan # align: abaikan[AL203] x'\n", [("AL203", 6)], []),
        ("  - kode: '9.99.99'\n    nama: |\n      # align: abaikan[AL203] x\n", [("AL203", 6)], []),
    ],
)
def test_comments(programme, codes, aside):
    write("a.yaml", programme)
    listed, data = found("a.yaml")
    assert [part for part in listed if part[0] != "AL205"] == codes
    assert [part["finding"]["code"] for part in data["files"][0]["suppressed"]] == aside


def test_comment_works_where_the_file_is_no_yaml():
    write("a.yaml", "  - nama: [ # align: abaikan[AL101] contoh rusak\n")
    listed, _ = found("a.yaml")
    assert all(code in ("AL101", "AL902") for code, _ in listed)


def test_per_file():
    write("lama/a.yaml", UNKNOWN)
    write("baru/b.yaml", UNKNOWN)
    Path("align.toml").write_text('[per_file]\n"lama/*" = {ignore = ["AL203", "AL301"], reason = "kode lama"}\n')
    listed, data = found(".")
    assert listed == [("AL203", 6), ("AL907", 2)]
    assert [(part["by"], part["reason"]) for file in data["files"] for part in file["suppressed"]] == [
        ("config", "kode lama")
    ]


def test_baseline_adopts_two_hundred_findings_in_one_command():
    write("data/programs/a.yaml", *[f"  - {{nama: Gotong royong {n}, pagu: -{n + 1}}}\n" for n in range(200)])
    align("check", code=1)
    align("baseline", code=0)
    listed, data = found(code=0)
    assert listed == []
    assert len(data["files"][0]["suppressed"]) == 200
    align("baseline", code=0)
    _, shown = found("--no-baseline", code=1)
    assert len(shown["files"][0]["findings"]) == 200


def test_baseline_matches_content_not_lines():
    write("data/programs/a.yaml", NEGATIVE, UNKNOWN)
    align("baseline", "--reason", "data lama", "--owner", "Bappeda", "--until", "2027-01-31", code=0)
    write("data/programs/a.yaml", ROADS, UNKNOWN, NEGATIVE)
    listed, data = found(code=0)
    assert listed == []
    assert {part["reason"] for part in data["files"][0]["suppressed"]} == {"data lama"}
    # One is mended and another of the same kind comes: they do not cancel out.
    write("data/programs/a.yaml", UNKNOWN, NEGATIVE.replace("Jalan desa", "Jalan lain"))
    listed, _ = found(code=1)
    assert [code for code, _ in listed] == ["AL301", "AL906"]


def test_baseline_prune_only_removes_and_keeps_comments():
    write("data/programs/a.yaml", NEGATIVE, UNKNOWN)
    align("baseline", code=0)
    path = Path(baseline.FILE)
    path.write_text(path.read_text().replace('  - code: "AL301"', '  # sudah dilaporkan\n  - code: "AL301"'))
    before = path.read_text()
    write("data/programs/a.yaml", NEGATIVE, NEGATIVE.replace("desa", "kota"))
    assert align("baseline", code=1).stdout == ""
    assert path.read_text() == before
    diff = align("baseline", "--prune", "--diff", code=0).stdout
    assert '-  - code: "AL203"' in diff
    assert "+  -" not in diff
    assert path.read_text() == before
    align("baseline", "--prune", code=0)
    after = path.read_text()
    assert "# sudah dilaporkan" in after
    assert "AL203" not in after
    assert "AL301" in after
    assert [code for code, _ in found(code=1)[0]] == ["AL301"]
    align("baseline", "--accept-new", code=0)
    assert path.read_text().startswith(after)
    assert found(code=0)[0] == []


def test_baseline_expires(monkeypatch):
    write("data/programs/a.yaml", NEGATIVE)
    align("baseline", "--until", "2026-11-30", code=0)
    assert found(code=0)[0] == []
    monkeypatch.setenv("ALIGN_TODAY", "2026-12-01")
    assert {code for code, _ in found(code=1)[0]} == {"AL301", "AL905"}


def test_baseline_of_equal_findings_counts_them():
    twice = "  - {nama: Jalan desa, pagu: -5}\n"
    write("data/programs/a.yaml", twice, twice)
    align("baseline", code=0)
    assert "count: 2" in Path(baseline.FILE).read_text()
    assert found(code=0)[0] == []
    write("data/programs/a.yaml", twice, twice, twice)
    assert [code for code, _ in found(code=1)[0]] == ["AL301"]


def test_baseline_says_nothing_of_files_that_were_not_checked():
    write("data/programs/a.yaml", NEGATIVE)
    write("data/programs/b.yaml", NEGATIVE)
    align("baseline", code=0)
    write("data/programs/b.yaml", ROADS)
    assert found("data/programs/a.yaml", code=0)[0] == []
    assert [code for code, _ in found()[0]] == ["AL906"]
    Path("data/programs/b.yaml").unlink()
    assert [code for code, _ in found("data/programs/a.yaml")[0]] == ["AL906"]


@pytest.mark.parametrize(
    "text", ["", "version: 2\nentries: []\n", "version: 1\nentries: [1]\n", "version: [\n", "- 1\n",
             "version: 1\nentries:\n  - {code: AL203, fingerprint: a, until: besok}\n",
             "version: 1\nentries:\n  - {code: AL203, fingerprint: a, count: 0}\n",
             "version: 1\nentries:\n  - {code: AL203, fingerprint: a, note: x}\n"]
)  # fmt: skip
def test_broken_baseline_stops_the_check(text):
    write("a.yaml", ROADS)
    Path(baseline.FILE).write_text(text)
    done = align("check", "a.yaml", code=2)
    assert baseline.FILE in done.stderr


@pytest.mark.parametrize("text", ["version: 1\nentries: []\n", "version: 1\nentries:\n", "version: 1\nentries:"])
def test_empty_baseline_can_be_filled(text):
    write("data/programs/a.yaml", NEGATIVE)
    Path(baseline.FILE).write_text(text)
    align("baseline", "--accept-new", code=0)
    assert found(code=0)[0] == []


def git(*args):
    identity = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "init.defaultBranch=main")
    subprocess.run(["git", *identity, *args], check=True, capture_output=True)


@pytest.fixture
def _repository():
    write("data/programs/a.yaml", UNKNOWN, ROADS, NEGATIVE)
    write("data/programs/b.yaml", UNKNOWN)
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "awal")


@pytest.mark.usefixtures("_repository")
def test_changed_shows_what_a_change_touches():
    assert found("--changed", "HEAD", code=0)[0] == []
    path = Path("data/programs/a.yaml")
    path.write_text(path.read_text().replace("pagu: 900_000_000", "pagu: -900"))
    listed, data = found("--changed", "HEAD", code=1)
    assert listed == [("AL301", 8)]
    assert [item["nama"] for item in data["files"][0]["items"]] == ["Program Penyelenggaraan Jalan"]
    assert any("HEAD" in sentence["id"] for sentence in data["unchecked"])


@pytest.mark.usefixtures("_repository")
def test_changed_takes_new_and_untracked_files_whole():
    write("data/programs/c.yaml", NEGATIVE, UNKNOWN)
    assert found("--changed", "HEAD")[0] == [("AL301", 7), ("AL203", 9)]
    git("add", ".")
    git("commit", "-qm", "c")
    assert found("--changed", "HEAD")[0] == []
    assert found("--changed", "HEAD~1")[0] == [("AL301", 7), ("AL203", 9)]


@pytest.mark.usefixtures("_repository")
def test_changed_counts_from_where_branches_parted():
    git("checkout", "-qb", "kerja")
    git("checkout", "-q", "-")
    write("data/programs/b.yaml", UNKNOWN, NEGATIVE)
    git("commit", "-qam", "di main")
    git("checkout", "-q", "kerja")
    assert found("--changed", "@{-1}")[0] == []


@pytest.mark.usefixtures("_repository")
def test_changed_sees_a_removed_line():
    path = Path("data/programs/a.yaml")
    path.write_text(path.read_text().replace("    nama: Jalan desa\n", "", 1))
    listed, _ = found("--changed", "HEAD")
    assert ("AL107", 6) in listed


@pytest.mark.usefixtures("_repository")
@pytest.mark.parametrize("ref", ["nowhere", "--output=x", "", "HEAD~99"])
def test_changed_of_an_unknown_commit(ref):
    done = align("check", f"--changed={ref}", code=2)
    assert "--changed" in done.stderr


def test_changed_outside_a_repository():
    write("data/programs/a.yaml", NEGATIVE)
    assert "git" in align("check", "--changed", "HEAD", code=2).stderr


def test_gates():
    write("a.yaml", ROADS, UNCLEAR)
    reached = json.loads(align("check", "a.yaml", "-f", "json", "--min-keselarasan", "90", code=0).stdout)["gates"]
    assert reached == [
        {"region": "Kabupaten Uji, RKPD 2027", "goal": None, "wanted": 0.9, "reached": 0.9, "holds": True}
    ]
    align("check", "a.yaml", "--min-keselarasan", "91", code=1)
    align("check", "a.yaml", "--min-keselarasan", "91", "--fail-on", "never", code=1)
    done = align("check", "a.yaml", "--min-keselarasan", "90", "--min-keselarasan", "AC5=10", code=0)
    assert "AC5" in done.stdout  # nothing serves AC5, so there is nothing to fail
    Path("align.toml").write_text("[min_keselarasan]\nAC3 = 101\n")
    align("check", "a.yaml", code=2)


def test_stdin():
    text = HEAD + NEGATIVE
    done = align("check", "-", "--stdin-filename", "rencana.yaml", "-f", "concise", stdin=text, code=1)
    assert done.stdout.startswith("rencana.yaml:7:11: galat AL301")


def test_output_in_several_formats():
    write("a.yaml", NEGATIVE)
    align("check", "a.yaml", "-o", "json:hasil.json", "-o", "hasil.csv", "-f", "concise", code=1)
    assert json.loads(Path("hasil.json").read_text())["summary"]["files"] == 1
    assert Path("hasil.csv").read_text().startswith("berkas,")
    before = Path("a.yaml").read_bytes()
    align("check", "a.yaml", "-o", "json:a.yaml", code=2)
    assert Path("a.yaml").read_bytes() == before
    align("check", "a.yaml", "-o", "json:tidak/ada/x.json", code=2)
    align("check", "a.yaml", "-o", "json:.", code=2)
    align("check", "a.yaml", "-o", "x.docx", code=2)


def test_config_sets_paths_and_exclusions():
    write("rencana/a.yaml", NEGATIVE)
    write("rencana/arsip/b.yaml", NEGATIVE)
    Path("align.toml").write_text('paths = ["rencana"]\nexclude = ["*/arsip/*"]\n')
    _, data = found(code=1)
    assert [file["path"] for file in data["files"]] == ["rencana/a.yaml"]


def test_language_from_the_configuration_does_not_break_show_config():
    Path("align.toml").write_text('lang = "en"\n')
    assert "fail_on" in align("check", "--show-config", code=0).stdout


def test_baseline_prune_of_the_last_entry():
    write("data/programs/a.yaml", NEGATIVE)
    align("baseline", "--reason", "baris\u2028baru\u0085", code=0)
    write("data/programs/a.yaml", ROADS)
    align("baseline", "--prune", code=0)
    assert Path(baseline.FILE).read_text().endswith("entries:\n")
    assert found(code=0)[0] == []
