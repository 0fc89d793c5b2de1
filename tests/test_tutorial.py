"""docs/tutorial.md: every step runs, and shows what the page says that it shows."""

from __future__ import annotations

import html
import importlib.util
import re
import sys
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

ROOT = Path(__file__).parents[1]
SPEC = importlib.util.spec_from_file_location("build_tutorial", ROOT / "tools" / "build_tutorial.py")
tutorial = importlib.util.module_from_spec(SPEC)
sys.modules[SPEC.name] = tutorial
SPEC.loader.exec_module(tutorial)
PAGE = tutorial.PAGE.read_text("utf-8")
STEPS = tutorial.steps(PAGE)


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    folder = tmp_path_factory.mktemp("rencana")
    return folder, tutorial.play(STEPS, folder)


@pytest.mark.parametrize("number", range(len(STEPS)), ids=[" ".join(s.commands) or f"isi {s.file}" for s in STEPS])
def test_step(played, number):
    """Out of date? Refresh with tools/build_tutorial.py."""
    step, (real, code) = STEPS[number], played[1][number]
    assert code == step.code, real
    assert step.shown is None or tutorial.fits(step.shown, real), real


def test_the_way_from_sheet_to_table_is_whole():
    said = [command for step in STEPS for command in step.commands]
    for name in ("init", "import", "check", "explain", "fix", "review export", "review import", "label", "report",
                 "form", "export", "diff"):  # fmt: skip
        assert any(command.startswith(f"align {name}") for command in said), name
    assert all(re.match(r"(align|rm) [^|&;>]*$", command) for command in said), "same in PowerShell"
    assert sum(step.shown is not None for step in STEPS) >= 10


def test_tables_are_filled(played):
    folder, _ = played
    kpu = CalamineWorkbook.from_path(folder / "kpu.xlsx")
    cells = [str(cell) for name in kpu.sheet_names for row in kpu.get_sheet_by_name(name).to_python() for cell in row]
    assert any("1.03.10.2.01.0055" in cell for cell in cells)
    items = CalamineWorkbook.from_path(folder / "butir.xlsx").get_sheet_by_name("butir").to_python()
    assert len([row for row in items if row[0] == "sub_kegiatan"]) == 29
    assert "AC4" in (folder / "data" / "programs" / "rkpd.yaml").read_text("utf-8")
    assert (folder / "butir.csv").read_bytes().startswith(b"\xef\xbb\xbfjenjang;kode;")


def test_sheet_is_what_the_tool_builds(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(tutorial.sheet())
    built, shipped = (
        CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
        for path in (tmp_path / "a.xlsx", tutorial.FOLDER / tutorial.SHEET)
    )
    assert built == shipped


@pytest.mark.parametrize(("name", "command"), tutorial.RECORDED.items())
def test_pictures_show_the_real_output(played, name, command):
    picture = (tutorial.FOLDER / name).read_text("utf-8")
    shown = html.unescape(re.sub(r"<[^>]*>", "", picture)).replace("\xa0", " ")
    text, _ = tutorial.run(command, played[0])
    words = [line.strip() for line in text.splitlines() if line.strip()]
    assert [line for line in words if re.sub(r"\s+", "", line) not in re.sub(r"\s+", "", shown)] == []
    assert "@font-face" not in picture, "fonts would load from elsewhere"


def test_a_gap_stands_for_any_lines():
    assert tutorial.fits("a\n...\nc\n", "a\nb\nb\nc\n")
    assert tutorial.fits("...\nc\n", "c\n")
    assert not tutorial.fits("a\n...\nc\n", "a\nb\n")
    assert not tutorial.fits("a\n", "a\nb\n")
