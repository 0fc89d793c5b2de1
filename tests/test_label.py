"""`align label`: which items are asked about, what a decision writes, and that nothing else changes."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from alignment_cli import load, run, source
from alignment_cli.cli import app
from alignment_cli.label import ask
from alignment_cli.label.decide import Decision, Wanted, decided, holds
from alignment_cli.label.identify import Identity, Lost, identity, locate, mapping_at, routes
from alignment_cli.label.plan import Plan
from alignment_cli.label.queue import queue
from alignment_cli.priorities import goal_hash

HEAD = """\
# Rencana contoh
versi: 1
daerah: {kode: "13.11", nama: Kabupaten Solok Selatan, tingkat: kabupaten}
dokumen: RKPD
tahun: 2026
program:
"""
CONFLICT = """\
  # lingkungan
  - kode: "2.11.03"
    nama: Program Pengendalian Pencemaran dan/atau Kerusakan Lingkungan Hidup
    perangkat_daerah: Dinas Lingkungan Hidup
    pagu: 1_000_000_000   # per Juni

"""
CLAIM = """\
  - kode: "1.02.02"
    nama: Program Pemenuhan Upaya Kesehatan Perorangan dan Upaya Kesehatan Masyarakat
    pagu: 9_000_000_000
    asta_cita: 2  # klaim lama
"""
SURE = """\
  - {kode: "1.03.10", nama: Program Penyelenggaraan Jalan, pagu: 80_000_000_000}
"""
SUPPORT = """\
  - kode: "1.02.01"
    nama: Program Penunjang Urusan Pemerintahan Daerah Kabupaten/Kota
    pagu: 900_000_000_000
"""
SMALL = """\
  - kode: "2.12.02"
    nama: Program Pendaftaran Penduduk
    pagu: 2_000_000
"""
FILE = HEAD + CONFLICT + CLAIM + SURE + SUPPORT + SMALL
DAY = "2026-11-24"


@pytest.fixture(autouse=True)
def surroundings(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ALIGN_TODAY", DAY)
    monkeypatch.setenv("ALIGN_OLEH", "Bappeda")


@pytest.fixture
def plan(tmp_path):
    path = tmp_path / "rencana.yaml"
    path.write_bytes(FILE.encode())
    return path


def align(*args, say="", expect=0):
    result = CliRunner().invoke(app(["label"]), ["label", *map(str, args)], input=say)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == expect, result.output
    return result


def links(path):
    """All declared and decided links of a file, by name of the item."""
    loaded = load.load(path, str(path))
    assert loaded.file is not None, loaded.findings
    items = [item for program in loaded.file.program for item in (program, *program.sub_kegiatan)]
    return {item.nama: item.keselarasan for item in items}


def waiting(text, reference, **options):
    result = run.check_file(load.parse(source.Document("x.yaml", text)), reference)
    return queue([result], reference.priorities, **options)


def names(groups):
    return [group[0].judged.item.nama.split()[1] for group in groups]


def kept(old: str, new: str) -> bool:
    """Whether all that was written before is still there, in order."""
    rest = iter(new)
    return all(character in rest for character in old)


class TestQueue:
    def test_doubt_times_money(self, reference):
        groups = waiting(FILE, reference)
        weights = [sum(entry.weight for entry in group) for group in groups]
        assert weights == sorted(weights, reverse=True)
        assert names(groups) == ["Pemenuhan", "Pengendalian", "Pendaftaran"]
        assert "Penyelenggaraan" in names(waiting(FILE, reference, all_=True))
        assert "Penunjang" not in names(waiting(FILE, reference, all_=True))

    def test_weight_is_doubt_times_ceiling(self, reference):
        entry = next(group[0] for group in waiting(FILE, reference) if group[0].judged.item.kode == "2.11.03")
        assert entry.weight == pytest.approx((1 - entry.judged.verdict.confidence) * 1_000_000_000)

    @pytest.mark.parametrize(("others", "expected"), [
        (["10", "30", "1_000"], 30), (["10", "30"], 20), ([], 1),
    ])  # fmt: skip
    def test_an_unknown_ceiling_is_the_median_of_the_known(self, reference, others, expected):
        known = "".join(f"  - nama: Penyelenggaraan Jalan {n}\n    pagu: {pagu}\n" for n, pagu in enumerate(others))
        text = HEAD + known + SMALL.replace("    pagu: 2_000_000\n", "")
        (entry,) = (group[0] for group in waiting(text, reference) if group[0].judged.item.pagu is None)
        assert entry.weight == pytest.approx((1 - entry.confidence) * expected)

    @pytest.mark.parametrize(("mark", "asked"), [("present", False), ("none", False), ("0123456789ab", True)])
    @pytest.mark.parametrize("status", ["disetujui", "ditolak"])
    def test_what_was_decided_is_not_asked_again_until_the_goal_changes(self, reference, status, mark, asked):
        marks = {"present": f', goal_hash: "{goal_hash(reference.priorities, "AC2")}"', "none": ""}
        text = HEAD + CONFLICT.rstrip() + (
            f"\n    keselarasan: [{{tujuan: AC2, status: {status}, alasan: a, oleh: b"
            + marks.get(mark, f', goal_hash: "{mark}"') + "}]\n"
        )  # fmt: skip
        groups = waiting(text, reference)
        assert [(group[0].offered, group[0].outdated) for group in groups] == ([("AC2", True)] if asked else [])

    def test_identical_items_are_one_group(self, reference):
        spaced = SMALL.replace("Pendaftaran Penduduk", '"PENDAFTARAN  Penduduk"').replace('Program "', '"Program ')
        groups = waiting(HEAD + SMALL + CONFLICT + spaced + SMALL.replace("2.12.02", "2.12.04"), reference)
        assert sorted(len(group) for group in groups) == [1, 1, 2]

    def test_a_rejected_goal_is_no_runner_up(self, reference):
        text = HEAD + SMALL + "    keselarasan: [{tujuan: AC7, status: ditolak, alasan: a, oleh: b}]\n"
        assert waiting(text, reference) == []
        ((entry,),) = waiting(text, reference, all_=True)
        assert "AC7" not in (entry.offered, entry.rival.goal if entry.rival else None)


SHAPES = {
    "block": ("  - nama: Suka Sapi\n    pagu: 5 # lima\n\n  # akhir\n", None),
    "flow": ("  - {nama: Suka Sapi, pagu: 5} # satu baris\n", None),
    "flow over lines": ("  - {nama: Suka Sapi,\n     pagu: 5}\n", None),
    "empty": ("  - nama: Suka Sapi\n    keselarasan:  # belum\n    pagu: 5\n", None),
    "empty list": ("  - nama: Suka Sapi\n    keselarasan: [] # belum\n", None),
    "other goal": ("  - nama: Sapi\n    keselarasan:\n      - tujuan: AC6\n        # apa\n        porsi: 4\n", None),
    "short form": ("  - nama: Suka Sapi\n    asta_cita: 2 # klaim\n", None),
    "claim": ("  - nama: Suka Sapi\n    keselarasan: [{tujuan: PN2, porsi: 60}] # klaim\n", 0),
    "claim in block": (("  - nama: Sapi\n    keselarasan:\n      - tujuan: 2 # 2\n        status: dinyatakan\n      -"
                       " tujuan: AC6\n"), 0),
    "claim of a KP": ('  - nama: Suka Sapi\n    keselarasan: [{tujuan: "02.09.01"}]\n', 0),
    "no line break at the end": ("  - nama: Suka Sapi\n    pagu: 5", None),
    "long text": ("  - nama: Suka Sapi\n    uraian: |\n      baris satu\n\n      # bukan komentar\n", None),
}  # fmt: skip


def decision(reference, goal="AC2", status="disetujui", **changes):
    return Decision(goal, status, 'sapi: "lokal" # ya', "Bappeda", DAY, goal_hash(reference.priorities, goal))._replace(
        **changes)  # fmt: skip


def decide(text, reference, *decisions, route=("program", 0)):
    document = source.Document("x.yaml", text)
    source.compose(document)
    known = Identity("", "", "")
    wanted = [Wanted(route, known, each) for each in decisions]
    return decided(document, wanted, reference.priorities)


class TestDecide:
    @pytest.mark.parametrize("newline", ["\n", "\r\n"])
    @pytest.mark.parametrize("status", ["disetujui", "ditolak"])
    @pytest.mark.parametrize("shape", SHAPES)
    def test_shapes(self, reference, shape, status, newline):
        body, entry = SHAPES[shape]
        text = (HEAD + body).replace("\n", newline)
        document, refused = decide(text, reference, decision(reference, status=status))
        assert refused == []
        assert newline == "\n" or "\n" not in document.text.replace("\r\n", "")
        # What the claim said of itself is replaced by the decision; all else stays.
        assert kept(text.replace("status: dinyatakan", "status: di"), document.text)
        (program,) = load.parse(source.Document("x.yaml", document.text)).file.program
        link = program.keselarasan[entry if entry is not None else -1]
        assert reference.priorities.goal_code(link.tujuan) == "AC2"
        assert (link.status, link.alasan, link.oleh, link.tanggal) == (status, 'sapi: "lokal" # ya', "Bappeda", DAY)
        assert link.goal_hash == goal_hash(reference.priorities, "AC2")
        comments = re.findall(r"#.*", document.text.replace('\\"lokal\\" # ya', ""))
        assert comments == re.findall(r"#.*", text)

    def test_twice_is_once(self, reference):
        one, _ = decide(HEAD + SHAPES["block"][0], reference, decision(reference))
        two, refused = decide(one.text, reference, decision(reference))
        assert (two.text, refused) == (one.text, [])

    @pytest.mark.parametrize(("main", "roles"), [(False, ["utama", "pendukung"]), (True, ["pendukung", "utama"])])
    def test_the_older_main_goal_stays_unless_told_otherwise(self, reference, main, roles):
        text = HEAD + "  - nama: Suka Sapi\n    keselarasan: [{tujuan: AC6, status: disetujui, alasan: a, oleh: b}]\n"
        document, _ = decide(text, reference, decision(reference, main=main))
        loaded = load.parse(source.Document("x.yaml", document.text))
        assert [link.peran for link in loaded.file.program[0].keselarasan] == roles
        result = run.check_file(loaded, reference)
        assert result.judged[0].verdict.goal == ("AC2" if main else "AC6")
        assert "AL510" not in [finding.rule.code for finding in result.findings]

    def test_a_decided_kp_keeps_its_own_decision(self, reference):
        kp = '{tujuan: "02.09.01", status: ditolak, alasan: bukan KP ini, oleh: Bappeda}'
        document, _ = decide(f"{HEAD}  - nama: Suka Sapi\n    keselarasan: [{kp}]\n", reference, decision(reference))
        assert kp in document.text
        assert [link["status"] for link in mapping_at(_values(document), ("program", 0))["keselarasan"]] == [
            "ditolak", "disetujui"]  # fmt: skip

    @pytest.mark.parametrize("body", [
        "  - &x {nama: Suka Sapi}\n  - *x\n",
        "  - &x\n    nama: Suka Sapi\n    pagu: 5\n  - *x\n",
        "  - nama: Suka Sapi\n    keselarasan: &k [{tujuan: AC6}]\n  - nama: Lain\n    keselarasan: *k\n",
        "  - nama: Suka Sapi\n    keselarasan: AC2\n",
        "  - nama: Suka Sapi\n    keselarasan: {tujuan: AC6}\n",
        "  - nama: Suka Sapi\n    keselarasan: [{tujuan: AC2, alasan: [ # mengapa\n      a]}]\n",
    ])  # fmt: skip
    @pytest.mark.parametrize("route", [("program", 0), ("program", 1)])
    def test_what_cannot_be_changed_safely_is_refused(self, reference, body, route):
        document, refused = decide(HEAD + body, reference, decision(reference), route=route)
        assert document.text == HEAD + body
        assert len(refused) == 1
        assert refused[0].why.id
        assert refused[0].why.en

    def test_one_that_is_refused_does_not_stop_the_others(self, reference):
        text = HEAD + "  - nama: Satu\n  - &x {nama: Dua}\n  - *x\n  - nama: Tiga\n"
        document = source.Document("x.yaml", text)
        source.compose(document)
        wanted = [Wanted(("program", n), Identity("", "", ""), decision(reference)) for n in (0, 1, 3)]
        document, refused = decided(document, wanted, reference.priorities)
        assert [one.wanted.route for one in refused] == [("program", 1)]
        assert [holds(mapping_at(_values(document), ("program", n)), decision(reference), reference.priorities)
                for n in range(4)] == [True, False, False, True]  # fmt: skip


def _values(document):
    from alignment_cli import edit

    return edit.values(document)


ITEMS = {
    "program": [
        {
            "kode": "1",
            "nama": "A",
            "perangkat_daerah": "X",
            "sub_kegiatan": [{"nama": "B"}, {"nama": "B", "uraian": "u"}],
        },
        {"kode": "1", "nama": "A", "perangkat_daerah": "Y", "sub_kegiatan": [{"nama": "B"}]},
    ]
}


class TestIdentity:
    def test_every_item_is_found_again(self):
        for route in routes(ITEMS):
            assert locate(ITEMS, identity(ITEMS, route)) == route

    def test_what_is_decided_or_budgeted_plays_no_part(self):
        known = identity(ITEMS, ("program", 0))
        changed = {"program": [{"nama": "baru"}, {**ITEMS["program"][0], "pagu": 5, "keselarasan": [{"tujuan": "1"}]}]}
        assert locate(changed, known) == ("program", 1)
        assert identity(changed, ("program", 1)).links != known.links

    @pytest.mark.parametrize(("items", "why"), [
        ([], "tidak ada lagi"),
        ([{"kode": "1", "nama": "A", "perangkat_daerah": "X"}] * 2, "beberapa"),
        ([{"kode": "1", "nama": "A", "perangkat_daerah": "X", "uraian": "lain"}], "berubah"),
    ])  # fmt: skip
    def test_what_is_not_found(self, items, why):
        lost = locate({"program": items}, identity(ITEMS, ("program", 0)))
        assert isinstance(lost, Lost)
        assert why in lost.why.id


class TestDialogue:
    def test_decides_writes_and_resumes(self, plan):
        old = plan.read_text()
        said = align(plan, say="o\nbukan pangan, melainkan kesehatan\nt\ns\n").output
        assert "1 dari 3" in said
        assert "3 dari 3" in said
        assert "asta_cita masih menyatakan AC2" in said
        assert "Diterima: 1; ditolak: 1; dilewati: 0; tidak dapat ditulis: 0; belum dibuka: 1." in said
        assert kept(old, plan.read_text())
        (rejected,) = links(plan)["Program Pemenuhan Upaya Kesehatan Perorangan dan Upaya Kesehatan Masyarakat"]
        assert (rejected.tujuan, rejected.status) == ("AC2", "ditolak")
        assert (rejected.alasan, rejected.oleh, rejected.tanggal) == (
            "bukan pangan, melainkan kesehatan",
            "Bappeda",
            DAY,
        )
        (accepted,) = links(plan)["Program Pengendalian Pencemaran dan/atau Kerusakan Lingkungan Hidup"]
        assert (accepted.tujuan, accepted.peran, accepted.status) == ("AC2", "utama", "disetujui")
        assert accepted.alasan.startswith("kode 2.11.03 > KP 02.17.01")
        assert "1 dari 1" in align(plan, say="s\n").output

    def test_each_decision_is_written_at_once(self, plan, monkeypatch):
        seen = []
        answers = iter(["t", "t"])

        def read(_prompt=""):
            seen.append(plan.read_bytes().count(b"disetujui"))
            return next(answers, "s")

        monkeypatch.setattr("builtins.input", read)
        monkeypatch.setattr(ask.Dialogue, "_accepted", lambda self, _, goal: self._decision(goal, "disetujui", "a"))
        align(plan)
        assert seen == [0, 1, 2]

    def test_ctrl_c_keeps_what_was_decided(self, plan, monkeypatch):
        answers = iter(["l", "t"])

        def read(_prompt=""):
            answer = next(answers, None)
            if answer is None:
                raise KeyboardInterrupt
            return answer

        monkeypatch.setattr("builtins.input", read)
        result = CliRunner().invoke(app(["label"]), ["label", str(plan)])
        assert result.exit_code == 130
        assert "Diterima: 1" in result.output
        assert plan.read_text().count("disetujui") == 1

    @pytest.mark.parametrize(("say", "status", "goal"), [
        ("p\n4\n\n", "disetujui", "AC4"), ("pilih\nentah\nAC4\n\n", "disetujui", "AC4"),
        ("terima\nrapat\n", "disetujui", "AC2"),
        ("o\n\nt\nrapat\n", "disetujui", "AC2"), ("x\n\nTOLAK\nkarena\n", "ditolak", "AC2"), ("l\n", None, None),
        ("j\np\n\ns\n", None, None), ("", None, None), ("o\n", None, None), ("t", None, None),
    ])  # fmt: skip
    def test_answers(self, tmp_path, say, status, goal):
        path = tmp_path / "satu.yaml"
        path.write_text(HEAD + CLAIM)
        align(path, say=say)
        found = [(link.status, link.tujuan) for item in links(path).values() for link in item]
        assert found == ([(status, goal)] if status else [])

    @pytest.mark.parametrize(("answer", "count"), [("", 2), ("y", 2), ("t", 1)])
    def test_identical_items(self, tmp_path, answer, count):
        path = tmp_path / "dua.yaml"
        path.write_text(HEAD + CONFLICT + CONFLICT)
        said = align(path, say=f"t\n{answer}\ns\n").output
        assert "Butir yang sama  2" in said
        assert path.read_text().count("disetujui") == count
        assert f"Diterima: {count};" in said

    def test_a_second_main_goal_is_asked_about(self, tmp_path):
        path = tmp_path / "satu.yaml"
        decided_before = (
            '    keselarasan: [{tujuan: AC2, status: disetujui, alasan: a, oleh: b, goal_hash: "000000000000"}]\n'
        )
        path.write_text(HEAD + CONFLICT.rstrip() + "\n" + decided_before)
        said = align(path, say="p\n3\nlabel C-6\ny\n").output
        assert "tujuan berubah sejak diputuskan" in said
        assert "AC2 sudah disetujui sebagai tujuan utama" in said
        assert [(link.tujuan, link.peran) for link in next(iter(links(path).values()))] == [
            ("AC2", "pendukung"), ("AC3", "utama")]  # fmt: skip

    def test_english(self, plan):
        said = align(plan, "--lang", "en", say="e\nr\nnot food\ns\nq\n").output
        assert "[a]ccept AC2, [c]hoose another goal, [r]eject AC2, [s]kip, [e]xplain, [q]uit" in said
        assert "Accepted: 0; rejected: 1; skipped: 1; could not be written: 0; not reached: 1." in said

    def test_who_decides_is_asked_once(self, plan, monkeypatch):
        monkeypatch.delenv("ALIGN_OLEH")
        align(plan, say="Dinas  Kesehatan\nt\nsehat\nt\ns\n")
        assert plan.read_text().count("oleh: Dinas Kesehatan") == 2
        assert "--oleh" in align(plan, say="", expect=2).stderr

    def test_nothing_waits(self, tmp_path):
        path = tmp_path / "pasti.yaml"
        path.write_text(HEAD + SURE)
        assert "tidak ada butir" in align(path).stderr

    def test_the_file_changes_meanwhile(self, plan, monkeypatch):
        """Another program puts an item in front: the decision still goes to the item that was shown."""
        answers = iter(["l", "t"])

        def read(_prompt=""):
            answer = next(answers, "s")
            if answer == "t":
                plan.write_text(FILE.replace("program:\n", "program:\n  - nama: Baru # sisipan\n"))
            return answer

        monkeypatch.setattr("builtins.input", read)
        align(plan)
        found = links(plan)
        assert found["Baru"] == []
        assert len(found["Program Pengendalian Pencemaran dan/atau Kerusakan Lingkungan Hidup"]) == 1
        assert "# sisipan" in plan.read_text()

    @pytest.mark.parametrize(("new", "why"), [
        (FILE.replace("Kerusakan Lingkungan", "Perusakan Lingkungan"), "tidak ada lagi"),
        (FILE.replace("per Juni\n", "per Juni\n    asta_cita: 3\n"), "keselarasan butir ini berubah"),
        ("a: [", "berubah sejak dibaca"),
    ])  # fmt: skip
    def test_the_item_changes_meanwhile(self, plan, monkeypatch, new, why):
        answers = iter(["l", "t"])

        def read(_prompt=""):
            answer = next(answers, "s")
            if answer == "t":
                plan.write_text(new)
            return answer

        monkeypatch.setattr("builtins.input", read)
        said = align(plan, expect=1).output
        assert why in said
        assert "AC2 disetujui tidak ditulis" in said
        assert "tidak dapat ditulis: 1" in said
        assert plan.read_text() == new

    @pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="POSIX permissions")
    def test_a_write_protected_file(self, plan):
        plan.chmod(0o444)
        assert "tidak dapat ditulis" in align(plan, say="t\nx\ns\n", expect=1).output


class TestYes:
    def test_only_what_is_sure(self, plan):
        old = plan.read_text()
        said = align(plan, "--yes").stdout
        found = {name.split()[1]: [link.tujuan for link in own] for name, own in links(plan).items() if own}
        assert found == {"Penyelenggaraan": ["AC3"]}
        assert re.search(r"rencana\.yaml:\d+: AC3 97 % 1\.03\.10 Program Penyelenggaraan Jalan", said)
        assert "(keyakinan 97 %)" in plan.read_text()
        assert kept(old, plan.read_text())
        again = plan.read_bytes()
        assert "Diterima: 0" in align(plan, "--yes").stdout
        assert plan.read_bytes() == again

    def test_least_confidence(self, plan):
        assert "Diterima: 0" in align(plan, "--yes", "--min-confidence", "0.99").stdout

    @pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
    def test_diff_writes_nothing(self, plan, bom):
        plan.write_bytes(bom + FILE.encode())
        result = align(plan, "--yes", "--diff")
        assert plan.read_bytes() == bom + FILE.encode()
        assert [line for line in result.stdout.splitlines() if line[:1] in "+-"][2:] == [
            '-  - {kode: "1.03.10", nama: Program Penyelenggaraan Jalan, pagu: 80_000_000_000}',
            next(line for line in result.stdout.splitlines() if line.startswith("+  - {kode")),
        ]
        align(plan, "--yes")
        assert plan.read_bytes().startswith(bom + b"#")

    def test_utf_16(self, plan):
        plan.write_bytes(FILE.encode("utf-16"))
        align(plan, "--yes")
        assert kept(FILE, plan.read_bytes().decode("utf-16"))

    @pytest.mark.parametrize(("args", "environment", "why"), [
        ((), {"ALIGN_OLEH": ""}, "--oleh"),
        (("--oleh", " "), {"ALIGN_OLEH": ""}, "--oleh"),
        ((), {"ALIGN_TODAY": "besok"}, "besok"),
        (("--min-confidence", "2"), {}, "min-confidence"),
        (("hilang.yaml",), {}, "hilang.yaml"),
        (("-",), {}, "stdin"),
    ])  # fmt: skip
    def test_it_cannot_run(self, plan, monkeypatch, args, environment, why):
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        named = [] if "-" in args or "hilang.yaml" in args else [plan]
        assert why in align(*named, *args, "--yes", expect=2).stderr

    def test_what_cannot_be_read_is_named(self, tmp_path):
        (tmp_path / "rusak.yaml").write_text("a: [")
        (tmp_path / "sebagian.yaml").write_text(HEAD + SURE + "  - kode: x\n")
        said = align("rusak.yaml", "sebagian.yaml", "--yes")
        assert "rusak.yaml: berkas ini tidak terbaca" in said.stderr
        assert "sebagian.yaml: 1 program tidak terbaca" in said.stderr
        assert "Diterima: 1" in said.stdout

    def test_the_shipped_example_is_never_written(self, tmp_path):
        assert "data/programs" in align("--yes", expect=2).stderr
        assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="POSIX signals")
def test_killed_at_any_moment_the_old_file_stands_or_the_new_one(tmp_path):
    old = (
        HEAD + "".join(f'  - kode: "1.03.10"\n    nama: Program Penyelenggaraan Jalan # {n}\n' for n in range(700))
    ).encode()
    path = tmp_path / "besar.yaml"
    path.write_bytes(old)
    command = [sys.executable, "-m", "alignment_cli", "label", str(path), "--yes"]
    begun = time.monotonic()
    subprocess.run(command, check=True, capture_output=True, cwd=tmp_path)
    took = time.monotonic() - begun
    new = path.read_bytes()
    assert new.count(b"disetujui") == 700
    outcomes = set()
    for moment in range(5):
        path.write_bytes(old)
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=tmp_path)
        # The later half of a run is where the file is written.
        time.sleep(took * (0.5 + moment * 0.12))
        process.send_signal(signal.SIGKILL)
        process.wait()
        outcomes.add(path.read_bytes())
    assert outcomes <= {old, new}
    assert old in outcomes


@pytest.mark.skipif(os.name != "posix", reason="POSIX signals")
def test_a_kill_in_the_middle_of_each_step_of_a_write(tmp_path):
    """At whatever call into the system the process dies, the old file stands or the new one."""
    path = tmp_path / "rencana.yaml"
    script = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "step, left = sys.argv[1], int(sys.argv[2])\n"
        "real = getattr(os, step)\n"
        "def dying(*args, **kwargs):\n"
        "    global left\n"
        "    left -= 1\n"
        "    if not left:\n"
        "        os.kill(os.getpid(), signal.SIGKILL)\n"
        "    return real(*args, **kwargs)\n"
        "setattr(os, step, dying)\n"
        "from alignment_cli.label.plan import Plan\n"
        "from alignment_cli.label.decide import Decision, Wanted\n"
        "from alignment_cli.label.identify import identity\n"
        "from alignment_cli import reference\n"
        "plan = Plan.read(Path(sys.argv[3]), 'x')\n"
        "goals = reference.shipped().priorities\n"
        "made = Decision('AC2', 'disetujui', 'a', 'b', '2026-11-24', 'c')\n"
        "plan.put([Wanted(('program', 0), identity(plan.values, ('program', 0)), made)], goals)\n"
    )
    for step, call, written in (("write", 1, False), ("fsync", 1, False), ("fsync", 2, True)):
        path.write_text(FILE)
        command = [sys.executable, "-c", script, step, str(call), str(path)]
        done = subprocess.run(command, check=False, capture_output=True)
        assert done.returncode == -signal.SIGKILL, (step, done.stderr)
        assert (path.read_text() != FILE) == written
        assert path.read_text().count("disetujui") == written


def test_a_plan_is_read_as_it_is_written(tmp_path):
    path = tmp_path / "rencana.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + FILE.replace("\n", "\r\n").encode())
    plan = Plan.read(Path(path), "x")
    assert plan.is_sound()
    assert not Plan(plan.path, b"lain", plan.document).is_sound()
