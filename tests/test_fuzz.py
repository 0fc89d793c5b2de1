"""Fuzzing in small: the same checks as `python tools/fuzz.py`, on few inputs, the same in every run.

How to run it for hours, and what came of that, stands in docs/testing.md.
"""

import importlib.util
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from alignment_cli import edit, write
from alignment_cli.cli import app
from alignment_cli.finding import Span
from alignment_cli.fix import engine
from alignment_cli.load import Loaded
from alignment_cli.sheet import contents
from alignment_cli.source import Document
from fuzz import harness, seeds
from fuzz.invariants import only_there

ROOT = Path(__file__).resolve().parent.parent
REGRESSIONS = sorted((ROOT / "tests" / "fuzz" / "regressions").iterdir())
RUNS = {"loader": 100, "fixer": 250, "importer": 50, "writer": 300}
"""Inputs of each part of a target; there are `PARTS` parts."""
PARTS = 4
posix = pytest.mark.skipif(os.name != "posix", reason="watches processor time and stderr as POSIX systems can")


@posix
@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("name", RUNS)
def test_random_inputs(name, part):
    target, runs = harness.TARGETS[name], RUNS[name]
    target.check(target.seeds()[0])
    with harness.watched() as check:
        for number in range(part * runs, (part + 1) * runs):
            raw = harness.make(target, 7, number)
            try:
                check(target, raw)
            except Exception as error:
                error.add_note(f"input {number} of {name}: {raw[:500]!r}")
                raise


@pytest.mark.parametrize("name", ["loader", "fixer", "importer"])
def test_inputs_that_hypothesis_makes(name):
    target = harness.TARGETS[name]

    @given(st.sampled_from(target.seeds()), st.randoms(use_true_random=False))
    @settings(max_examples=40)
    def holds(seed, chance):
        target.check(target.mutate(seed, chance))

    holds()


@pytest.mark.parametrize("path", REGRESSIONS, ids=lambda path: path.name)
def test_inputs_that_failed_once(path):
    """Each file was made smaller from an input that failed; its name begins with its target."""
    harness.TARGETS[path.name.split("-")[0]].check(path.read_bytes())


@pytest.mark.parametrize("name", RUNS)
def test_seeds_hold_as_they_are(name):
    target = harness.TARGETS[name]
    assert len(target.seeds()) > 50
    for raw in target.seeds()[::23]:
        target.check(raw)


@posix
@pytest.mark.parametrize("name", ["fixer", "importer"])
@pytest.mark.skipif(importlib.util.find_spec("atheris") is None, reason="atheris is not installed (Linux only)")
def test_inputs_that_coverage_guides(name, tmp_path):
    command = [
        sys.executable,
        ROOT / "tools" / "fuzz.py",
        name,
        "--engine",
        "atheris",
        "--runs",
        "200",
        "--keep",
        tmp_path,
    ]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    assert "stat::number_of_executed_units: 200" in done.stderr


class TestAFaultIsFound:
    """What the checks are for: a fault that is put in on purpose does not pass."""

    BROKEN = f"# satu\nprogram:\n  - nama: x  # dua\n    kode: 5.010\n{seeds.HEADER}".encode()

    def fails(self, name, raw, match):
        with pytest.raises(AssertionError, match=match):
            harness.TARGETS[name].check(raw)

    def test_sound(self):
        harness.TARGETS["loader"].check(self.BROKEN)
        harness.TARGETS["fixer"].check(self.BROKEN)

    def test_a_repair_that_loses_a_comment(self, monkeypatch):
        real = edit.apply
        monkeypatch.setattr(edit, "apply", lambda *args: real(*args).replace("  # dua", ""))
        self.fails("fixer", self.BROKEN, "nothing else changed")

    def test_a_repair_that_never_ends(self, monkeypatch):
        real = engine.fix
        monkeypatch.setattr(engine, "fix", lambda _, *rest: real(self.BROKEN, *rest))
        self.fails("fixer", self.BROKEN, "always something left")

    def test_bytes_that_change_without_a_repair(self, monkeypatch):
        monkeypatch.setattr(edit, "encode", lambda text, _: text.replace("\r\n", "\n").encode())
        self.fails("fixer", self.BROKEN.replace(b"\n", b"\r\n"), "the same bytes")

    def test_a_place_beside_the_text(self, monkeypatch):
        monkeypatch.setattr(Document, "span", lambda *_: Span(1, 900, 1, 901))
        self.fails("loader", self.BROKEN, "a column of the line")

    def test_a_fault_of_the_program(self, monkeypatch):
        monkeypatch.setattr(Loaded, "original", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            harness.TARGETS["loader"].check(self.BROKEN)

    def test_a_cell_that_gets_lost(self, monkeypatch):
        sheet = b"Kode;Program;Indikator;Satuan;Pagu (Rp)\n1.02.02;Program Sehat;;kerbau;5\n"
        harness.TARGETS["importer"].check(sheet)
        monkeypatch.setattr(contents, "verify", lambda *_: None)
        self.fails("importer", sheet, "nothing lost.*kerbau")

    @pytest.mark.parametrize(("lang", "words"), [("id", "tidak termuat"), ("en", "that are not in the file")])
    def test_what_has_no_place_in_the_file_is_named(self, tmp_path, lang, words):
        sheet = tmp_path / "a.csv"
        sheet.write_text("Kode;Program;Indikator;Satuan;;Pagu (Rp)\n1.02.02;Sehat;;kerbau;lembu;5\n", encoding="utf-8")
        command = ["import", str(sheet), "--daerah", "Kota X", "--dokumen", "Renja", "--tahun", "2026", "--yes"]
        said = CliRunner().invoke(app(command), [*command, "--lang", lang])
        assert said.exit_code == 0
        assert words in said.stderr
        assert 'a!D2 "kerbau"' in said.stderr
        assert 'a!E2 "lembu"' in said.stderr

    def test_a_file_that_is_written_in_place(self, monkeypatch):
        monkeypatch.setattr(write, "_write", lambda path, data, _: path.write_bytes(data[: len(data) // 2]))
        self.fails("writer", self.BROKEN, "old or new")

    @posix
    def test_a_word_on_stderr(self):
        target = harness.Target(lambda _: os.write(2, b"panic"), list, bytes)
        with harness.watched() as check, pytest.raises(AssertionError, match="printed: b'panic'"):
            check(target, b"")

    @posix
    def test_an_input_without_an_end(self, monkeypatch):
        monkeypatch.setattr(harness, "SECONDS", 0.05)

        def forever(_):
            start = time.process_time()
            while time.process_time() - start < 5:
                pass

        with harness.watched() as check, pytest.raises(harness.SlowError):
            check(harness.Target(forever, list, bytes), b"")


@pytest.mark.parametrize(
    ("before", "after", "holds"),
    [
        ("a: x # x\n", "a: y # x\n", True),
        ("a: x # x\n", "a: x # y\n", True),  # either x is in the line that the repair names
        ("a: x # x\n", "a: y # y\n", False),
        ("a: x # x\n", "a: y  # x\n", False),
        ("b: 1\na: x\n", "b: y\na: x\n", False),
        ("a: x\nb: x\n", "a: x\nb: y\n", False),
    ],
)
def test_only_the_repaired_places_may_change(before, after, holds):
    line = before[: before.index("x")].count("\n") + 1
    assert only_there(before, after, [engine.Done("AL000", line, "x", "y")]) is holds


def test_a_failing_input_is_made_smaller():
    def check(raw):
        if b"x" in raw and b"y" in raw:
            raise AssertionError("both")

    target = harness.Target(check, list, bytes)
    assert sorted(harness.smaller(target, b"aaxbb" * 20 + b"y" * 3)) == sorted(b"xy")
