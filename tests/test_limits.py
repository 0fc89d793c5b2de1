"""Limits: where they are set, what is said of a wrong one, that each holds to the last unit and names its key."""

import pickle
import re
import sys
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from alignment_cli import config, limits
from alignment_cli.cli import app
from alignment_cli.limits import HIGHEST, NAMES, Limits
from alignment_cli.load import load
from alignment_cli.sheet.grid import SheetError
from alignment_cli.sheet.read import open_book

HEAD = "versi: 1\ndaerah: {nama: Kabupaten Uji, tingkat: kabupaten}\ndokumen: RKPD\ntahun: 2027\nprogram:\n"
DOCS = Path(__file__).parent.parent / "docs"


def resolved(tmp_path, text, environment=None, name="align.toml"):
    file = tmp_path / name
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return config.resolve({}, environment or {}, file)


@pytest.fixture
def limit(monkeypatch):
    def set_(**values):
        monkeypatch.setattr(limits, "_in_force", [Limits(**values)])

    return set_


# Setting


@pytest.mark.parametrize(
    "written", ["[limits]\ndepth = 80\nvalues = 2_000_000\n", 'limits = {depth = "80", values = "2_000_000"}']
)
def test_file_sets_some_and_leaves_the_others(tmp_path, written):
    assert resolved(tmp_path, written)["limits"] == replace(Limits(), depth=80, values=2_000_000)
    table = written.replace("[limits]", "[tool.align.limits]")
    if table != written:
        assert resolved(tmp_path, table, name="pyproject.toml")["limits"].depth == 80


def test_environment_takes_the_place_of_the_whole_table(tmp_path):
    """A configuration that comes with somebody's proposal cannot raise what the environment leaves at its default."""
    settings = resolved(
        tmp_path, "[limits]\ndepth = 150\nvalues = 9_000_000\n", {"ALIGN_LIMITS": "depth=70, file_bytes=1_000"}
    )
    assert settings["limits"] == replace(Limits(), depth=70, file_bytes=1000)
    assert settings.origins["limits"] == "$ALIGN_LIMITS"


@pytest.mark.parametrize(
    ("text", "place", "word"),
    [
        ("[limits]\ndepth = 0", "align.toml:2", "1 sampai 150"),
        ("[limits]\ndepth = 151", "align.toml:2", "1 sampai 150"),
        ("[limits]\ndepth = true", "align.toml:2", '"depth"'),
        ("[limits]\ndepth = 60.0", "align.toml:2", '"depth"'),
        ("[limits]\n\nvalues = -5", "align.toml:3", "20_000_000"),
        ('[limits]\nvalues = "banyak"', "align.toml:2", "bilangan bulat"),
        (f"[limits]\nvalues = {'9' * 400}", "align.toml:2", "bilangan bulat"),
        ("[limits]\ndept = 3", "align.toml:2", "depth?"),
        ("limits = 5", "align.toml:1", "[limits]"),
        ("limits = []", "align.toml:1", "[limits]"),
    ],
)
def test_wrong_limits_name_place_and_range(tmp_path, text, place, word):
    with pytest.raises(config.ConfigError) as caught:
        resolved(tmp_path, text)
    assert place in caught.value.text.id
    assert word in caught.value.text.id
    assert place in caught.value.text.en


@pytest.mark.parametrize("written", ["depth", "depth=", "depth=x", "dept=5", "depth=5;values=6"])
def test_wrong_environment(written):
    with pytest.raises(config.ConfigError, match=r"\$ALIGN_LIMITS"):
        config.resolve({}, {"ALIGN_LIMITS": written}, None)


def test_shown_settings_read_back(tmp_path):
    """What ``--show-config`` prints of the limits is TOML of the same limits."""
    shown = config.as_text(config.resolve({}, {}, None))
    line = next(line for line in shown.splitlines() if line.startswith("limits = "))
    assert resolved(tmp_path, line)["limits"] == Limits()


def test_limits_reach_another_process():
    changed = Limits(depth=7)
    assert pickle.loads(pickle.dumps(changed)) == changed  # noqa: S301 - own bytes
    before = limits.current()
    try:
        limits.use(changed)
        assert limits.current() is changed
    finally:
        limits.use(before)


@pytest.mark.parametrize("page", ["pengaturan.md", "pengaturan.en.md", "../SECURITY.md"])
def test_docs_state_the_limits_in_force(page):
    rows = re.findall(r"^\| `(\w+)` \|.*\| ([\d_]+) \| ([\d_]+) \|$", (DOCS / page).read_text("utf-8"), re.MULTILINE)
    assert {name: (int(default), int(highest)) for name, default, highest in rows} == {
        name: (asdict(Limits())[name], asdict(HIGHEST)[name]) for name in NAMES
    }


def test_highest_depth_is_borne(limit, reference):
    """As deep as can be set, in check and repair, on a stack of Python's own size."""
    from alignment_cli import run
    from alignment_cli.fix import engine
    from alignment_cli.policy import Policy

    limit(depth=HIGHEST.depth)
    for opening, closing in (("[", "]"), ("{a: ", "}")):
        raw = f"{HEAD}  - nama: Jalan\n    uraian: {opening * 147}x{closing * 147}\n".encode()
        loaded = load(raw, "a.yaml")
        assert [(one.rule.code, one.place.span[:2]) for one in loaded.findings] == [("AL106", (7, 13))]
        run.check_file(loaded, reference)
        assert engine.fix(raw, "a.yaml", reference, Policy()).trouble is None


# Holding to the last unit

YAML = {
    "file_bytes": (lambda n: b"#" * n, "AL103", "ukurannya lebih dari {0} byte", "it has more than {0} bytes"),
    "depth": (lambda n: b"[" * n + b"]" * n, "AL106", "tingkat {1}", "level {1}"),
    "values": (lambda n: b"[" + b"x," * (n - 1) + b"]", "AL106", "lebih dari {0} nilai", "more than {0} values"),
    "text_characters": (lambda n: "é".encode() * n, "AL106", "panjangnya {1} karakter", "has {1} characters"),
}


@pytest.mark.parametrize("name", YAML)
def test_yaml_is_read_up_to_the_limit(name, limit, tmp_path):
    make, code, id_, en = YAML[name]
    limit(**{name: 100 if name != "depth" else 50})
    most = getattr(limits.current(), name)
    path = tmp_path / "a.yaml"
    for source in (bytes, Path):
        path.write_bytes(make(most))
        assert [
            one.rule.code for one in load(source(path.read_bytes()) if source is bytes else path, "a").findings
        ] == [code]
        path.write_bytes(make(most + 1))
        (found,) = load(path.read_bytes() if source is bytes else path, "a").findings
        assert found.rule.code == "AL109"
        assert id_.format(most, most + 1) in found.message("id")
        assert en.format(most, most + 1) in found.message("en")
        assert f"(batas: {most}; limits.{name})" in found.message("id")
        assert f"(limit: {most}; limits.{name})" in found.message("en")


SHEETS = {
    "sheet_bytes": (lambda n: b"a,b\n" + b"c" * (n - 4), "lebih besar dari {0} byte", "more than {0} bytes"),
    "sheet_rows": (lambda n: b"a,b\n" * n, "memuat {1} baris", "has {1} rows"),
    "sheet_columns": (lambda n: b"a," * (n - 1) + b"a\n", "memuat {1} kolom", "has {1} columns"),
    "sheet_cells": (lambda n: b"a\n" * n, "memuat {1} sel", "has {1} cells"),
    "text_characters": (
        lambda n: b"a,b\nc," + b"d" * n,
        "teks {1} karakter di sel a!B2",
        "of {1} characters in the cell a!B2",
    ),
}


@pytest.mark.parametrize("name", SHEETS)
def test_sheets_are_read_up_to_the_limit(name, limit, tmp_path):
    make, id_, en = SHEETS[name]
    limit(**{name: 60})
    path = tmp_path / "a.csv"
    path.write_bytes(make(60))
    assert open_book(path).grids[0].rows
    path.write_bytes(make(61))
    with pytest.raises(SheetError) as caught:
        open_book(path)
    assert id_.format(60, 61) in caught.value.text.id
    assert en.format(60, 61) in caught.value.text.en
    assert f"(batas 60; limits.{name})" in caught.value.text.id
    assert f"(limit 60; limits.{name})" in caught.value.text.en


@pytest.mark.parametrize("words", ["check a.yaml --no-cache", "fix a.yaml"])
def test_commands_read_the_limits_of_the_configuration(words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(limits, "_in_force", [Limits()])
    monkeypatch.delenv("COLUMNS", raising=False)
    Path("a.yaml").write_text(f"{HEAD}  - nama: {'a' * 50}\n")
    Path("align.toml").write_text("[limits]\ntext_characters = 40\n")
    done = CliRunner().invoke(app(), words.split())
    assert "panjangnya 50 karakter (batas: 40; limits.text_characters)" in done.output


def test_import_reads_the_limits_of_the_configuration(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(limits, "_in_force", [Limits()])
    monkeypatch.delenv("COLUMNS", raising=False)
    Path("a.csv").write_text("a,b,c\n")
    Path("align.toml").write_text("[limits]\nsheet_columns = 2\n")
    done = CliRunner().invoke(app(), ["import", "a.csv"])
    assert "memuat 3 kolom (batas 2; limits.sheet_columns)" in done.stderr


# Configuration files that are hostile themselves

HOSTILE = {
    "large": ("#" * (2**20 + 1), "lebih besar dari 1_048_576 byte"),
    "deep list": ("a = " + "[" * 100_000, "bersarang terlalu dalam"),
    "deep table": ("a = " + "{a=" * 100_000, "bersarang terlalu dalam"),
    "key of many parts": (".".join("a" * 100_000) + " = 1", "bersarang terlalu dalam"),
    "table of many parts": ("[" + " . ".join(['"a"'] * 100_000) + "]", "bersarang terlalu dalam"),
    "long number": (f"jobs = {'9' * 5000}", "bilangan yang terlalu panjang"),
    "long hexadecimal": (f"jobs = 0x{'f' * 9000}", "bilangan yang terlalu panjang"),
    "UTF-16": ('lang = "en"'.encode("utf-16"), "bukan TOML yang sah"),
    "NUL in a path": ('baseline = "a\\u0000b"', '"baseline" tidak sah'),
    "NUL in a list": ('paths = ["a\\u0000b"]', '"paths" tidak sah'),
    "long key": (f"{'x' * 100_000} = 1", f'kunci "{"x" * 60}" tidak dikenal'),
    "many keys": ("".join(f"x{n} = 1\n" for n in range(20_000)), 'align.toml:1: kunci "x0" tidak dikenal'),
    "blank lines": ("\n" * 500_000 + "x = 1", 'align.toml:500001: kunci "x" tidak dikenal'),
    "no table": ("[per_file]\nx = 5", "align.toml:2"),
}


@pytest.mark.parametrize(("text", "said"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_configuration(tmp_path, text, said):
    with pytest.raises(config.ConfigError) as caught:
        resolved(tmp_path, text)
    assert said in caught.value.text.id
    assert len(caught.value.text.id) < 600


@pytest.mark.parametrize("text", ["tool = 5", "[tool]\nalign = 5", "[[tool.align]]\nlang = 'en'"])
def test_project_whose_table_is_none(tmp_path, text):
    with pytest.raises(config.ConfigError, match="should be a table"):
        resolved(tmp_path, text, name="pyproject.toml")


def test_mark_at_the_beginning_is_no_fault(tmp_path):
    assert resolved(tmp_path, '\ufefflang = "en"')["lang"] == "en"


@pytest.mark.skipif(sys.platform == "win32", reason="a folder in use cannot be removed there")
def test_current_folder_that_is_gone(tmp_path, monkeypatch):
    (tmp_path / "x").mkdir()
    monkeypatch.chdir(tmp_path / "x")
    (tmp_path / "x").rmdir()
    assert config.find_file(Path()) is None
