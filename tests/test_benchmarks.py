"""benchmarks/: the generator repeats itself and writes sound plans; the runner says when a limit is missed. What it
measures is no test: times depend on the machine.
"""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from alignment_cli.load import load

FOLDER = Path(__file__).parents[1] / "benchmarks"
PART = re.compile(r"^(?:      - |        )nama: ", re.MULTILINE)
HEADER = re.compile(r'kode: "([\d.]+)", nama: (.*?), tingkat')


@pytest.fixture
def module(monkeypatch):
    """Import a module of the folder as its scripts do."""
    monkeypatch.syspath_prepend(str(FOLDER))
    return importlib.import_module


@pytest.fixture
def generate(module):
    return module("generate")


@pytest.fixture
def run(module, monkeypatch):
    """The runner, without a compiled copy of align."""
    found = module("run")
    monkeypatch.setattr(found.Bench, "_copy", lambda *_: None)
    return found


def test_a_seed_gives_the_same_bytes_in_every_process(generate):
    code = "import generate, sys; sys.stdout.buffer.write(generate.make_region(7, 200, number=3).encode())"
    runs = [subprocess.run([sys.executable, "-c", code], cwd=FOLDER, capture_output=True, check=True).stdout
            for _ in range(2)]  # fmt: skip
    assert runs[0] == runs[1] == generate.make_region(7, 200, number=3).encode()
    assert runs[0] != generate.make_region(8, 200, number=3).encode()


@pytest.mark.parametrize("tier", ["kabupaten/kota", "provinsi"])
@pytest.mark.parametrize("items", [1, 300, 6_000])
def test_a_plan_has_as_many_sub_activities_as_asked_for_and_no_errors(generate, tmp_path, tier, items):
    text = generate.make_region(1, items, tier)
    assert len(PART.findall(text)) == items
    path = tmp_path / "plan.yaml"
    path.write_text(text, encoding="utf-8")
    assert [finding for finding in load(path, "plan.yaml").findings if finding.rule.severity.value == "error"] == []


def test_a_split_plan_has_a_file_for_each_office(generate):
    files = dict(generate.make_offices(1, 500))
    offices = [set(re.findall(r"perangkat_daerah: (.*)", text)) for text in files.values()]
    assert all(len(named) == 1 for named in offices)
    assert len(set.union(*offices)) == len(files) > 10
    assert sum(len(PART.findall(text)) for text in files.values()) == 500


def test_regions_of_a_nation_differ(generate, monkeypatch):
    monkeypatch.setattr(generate, "REGENCY", 40)
    monkeypatch.setattr(generate, "PROVINCE", 60)
    texts = dict(generate.make_nation(1))
    headers = [HEADER.search(text).groups() for text in texts.values()]
    assert len(texts) == len({kode for kode, _ in headers}) == len({nama for _, nama in headers}) == 552
    assert Counter(nama.split()[0] for _, nama in headers)["Provinsi"] == 38
    parts = {re.sub(r"^.*program:", "", text, flags=re.DOTALL) for text in texts.values()}
    assert len(parts) == 552


def test_the_nation_can_be_measured_and_made_only_once(module, generate, monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(generate, "REGENCY", 40)
    monkeypatch.setattr(generate, "PROVINCE", 60)
    run = module("run")
    assert run.main(["nation", "--regions", "2", "--runs", "1", "--work", str(tmp_path)]) in (0, 1)
    out, _ = capsys.readouterr()
    assert "2 daerah, 100 sub kegiatan" in out
    assert re.search(r"hangat : dingin: [\d.]+ s / [\d.]+ s", out)
    assert not sys.platform.startswith("linux") or "MiB / 1024 MiB" in out
    first = tmp_path / "nation" / "000.yaml"
    made = first.stat().st_mtime_ns
    large, bench = module("large"), type("Bench", (), {"folder": tmp_path})()
    assert len(large.files_of(bench, 3)) == 3
    assert first.stat().st_mtime_ns == made


@pytest.mark.parametrize(("limit", "code"), [(None, 0), (0.5, 0), (0.4, 1)])
def test_a_missed_limit_is_told_by_the_exit_code(run, monkeypatch, capsys, limit, code):
    row = run.Row("satu : dua", [1.0, 1.0, 9.0], [2.0, 2.0, 2.0], limit)
    monkeypatch.setitem(run.PARTS, "start", lambda _: iter([row]))
    assert run.main(["start", "--markdown"]) == code
    assert "| satu : dua | 1 s | 2 s | 0.500 | 0.500 | 0.500..4.500 |" in capsys.readouterr().out


def test_the_table_goes_into_the_page_between_its_marks(run, monkeypatch, tmp_path):
    page = tmp_path / "kecepatan.md"
    other, own = "<!-- file -->\ntetap\n<!-- /file -->\n", "<!-- start -->\nlama\n<!-- /start -->\n"
    page.write_text(f"{other}{own}dua\n", encoding="utf-8")
    monkeypatch.setattr(run, "PAGE", page)
    monkeypatch.setitem(run.PARTS, "start", lambda _: iter([run.Row("a : b", [1.0], [4.0])]))
    assert run.main(["start", "--write"]) == 0
    text = page.read_text("utf-8")
    assert "| a : b | 1 s | 4 s | 0.250 |" in text
    assert "lama" not in text
    assert text.startswith("<!-- file -->\ntetap\n<!-- /file -->\n<!-- start -->\n|")
    assert text.endswith("<!-- /start -->\ndua\n")


def test_the_page_has_the_marks(run):
    text = run.PAGE.read_text("utf-8")
    for name in (*run.PARTS, "instructions"):
        first, last = (text.find(mark.format(name)) for mark in run.MARKS)
        assert 0 < first < last, name


def test_a_part_that_cannot_be_measured_is_named_and_the_others_go_on(run, monkeypatch, capsys):

    def broken(_):
        raise run.RunError("tidak ada")
        yield

    monkeypatch.setitem(run.PARTS, "start", broken)
    monkeypatch.setitem(run.PARTS, "file", lambda _: iter([run.Row("a : b", [1.0], [1.0])]))
    assert run.main(["start", "file"]) == 1
    out = capsys.readouterr().out
    assert "a : b" in out
    assert "start: tidak diukur: tidak ada" in out


@pytest.mark.parametrize("code", ["import nothing_of_this_name", "raise SystemExit(2)"])
def test_a_program_that_fails_is_not_taken_for_a_fast_one(module, tmp_path, code):
    measure = module("measure")
    with pytest.raises(measure.RunError):
        measure.run([sys.executable, "-c", code], {}, tmp_path)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is read from /proc")
def test_memory_is_that_of_a_process_and_all_that_it_starts(module, tmp_path):
    measure = module("measure")
    child = "import time; x = b'x' * 60_000_000; time.sleep(0.6)"
    parent = f"import subprocess, sys; x = b'x' * 60_000_000; subprocess.run([sys.executable, '-c', {child!r}])"
    used = measure.run([sys.executable, "-c", parent], {}, tmp_path, watch=True)
    assert 120_000_000 < used.memory < 300_000_000
    assert used.processor > 0


def test_texts_for_matching_are_distinct_and_know_their_name(module):
    texts = module("matching").texts(["Pembangunan Jalan Kabupaten", "Pengelolaan Sampah di Daerah"], 50)
    assert len(texts) == 50
    assert set(texts.values()) == {"Pembangunan Jalan Kabupaten", "Pengelolaan Sampah di Daerah"}
