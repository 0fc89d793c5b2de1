"""Every command that writes, with every file-system call failing in turn: files stay whole, nothing is left beside
them, and one sentence says which file it was.
"""

import ast
import os
import re
import sys
from pathlib import Path

import pytest

from alignment_cli import __main__
from fault_injection import CODES, Faults
from review_sheets import fill
from test_fix import BROKEN
from test_review import filled

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="tells files by their descriptors as Linux can")

HEAD = """\
versi: 1
daerah: {kode: "13.11", nama: Kabupaten Solok Selatan, tingkat: kabupaten}
dokumen: RKPD
tahun: 2026
program:
"""
PLAN = f"""\
{HEAD}  # jalan
  - {{kode: "1.03.10", nama: Program Penyelenggaraan Jalan, pagu: 80_000_000_000}}
  - kode: "2.11.03"
    nama: Program Pengendalian Pencemaran dan/atau Kerusakan Lingkungan Hidup
    pagu: 1_000_000_000   # per Juni
"""
SHEET = "Kode;Program;Pagu (Rp)\n1.03.10;Program Penyelenggaraan Jalan;80.000.000.000\n"
INIT = ["init", ".", "--nama", "Kabupaten Uji", "--tahun", "2026", "--ci", "github"]
IMPORT = ["import", "a.csv", "--daerah", "Kabupaten Uji", "--dokumen", "Renja", "--tahun", "2026", "--yes"]
COMMANDS = {
    "init": (INIT, {}),
    "fix": (["fix", "a.yaml", "b.yaml"], {"a.yaml": BROKEN, "b.yaml": BROKEN}),
    "label": (["label", "a.yaml", "--yes", "--oleh", "Bappeda", "--min-confidence", "0.5"], {"a.yaml": PLAN}),
    "review export": (["review", "export", "a.yaml", "-o", "t.xlsx"], {"a.yaml": PLAN}),
    "review import": (["review", "import", "t.xlsx", "--oleh", "Bappeda"], {"a.yaml": PLAN}),
    "import": ([*IMPORT, "-o", "b.yaml", "--report", "l.csv", "--save-map", "p.yaml"], {"a.csv": SHEET}),
    "import --force": ([*IMPORT, "-o", "b.yaml", "--force"], {"a.csv": SHEET, "b.yaml": PLAN}),
    "export csv": (["export", "a.yaml", "-o", "b.csv"], {"a.yaml": PLAN, "b.csv": "lama\n"}),
    "export xlsx": (["export", "a.yaml", "-o", "b.xlsx"], {"a.yaml": PLAN}),
    "export jsonl": (["export", "a.yaml", "-o", "b.jsonl"], {"a.yaml": PLAN}),
    "report html": (["report", "a.yaml", "-o", "b.html", "-f", "html"], {"a.yaml": PLAN, "b.html": "lama\n"}),
    "report folder": (["report", "a.yaml", "-f", "csv", "-o", "tabel", "-v", "tujuan"],
                      {"a.yaml": PLAN, "tabel/x": ""}),
    "form": (["form", "kpu", "a.yaml", "-o", "b.md"], {"a.yaml": PLAN}),
    "check": (["check", "a.yaml", "-o", "b.json", "-o", "sarif:b.sarif"], {"a.yaml": PLAN, "b.json": "lama"}),
    "baseline": (["baseline", "a.yaml"], {"a.yaml": f"{PLAN}    asta_cita: 8\n"}),
    "baseline --accept-new": (["baseline", "a.yaml", "--accept-new"],
                              {"a.yaml": f"{PLAN}    asta_cita: 8\n",
                               "align-baseline.yaml": "version: 1\nentries: []\n"}),
}  # fmt: skip
LANGS = ("id", "en")
MOST_CALLS = 250
"""File-system calls of one command; each fails once."""
PARTLY = ("label", "review import")
"""Commands that go on with the next item and end with 1 when something could not be written."""


class Left(BaseException):
    """The program ended the process."""


@pytest.fixture
def align(tmp_path, monkeypatch, capsys, reference):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("alignment_cli.reference.shipped", lambda: reference)
    monkeypatch.setenv("ALIGN_TODAY", "2026-06-30")
    monkeypatch.setenv("ALIGN_CACHE_DIR", str(tmp_path.parent / "simpanan"))

    def leave(code):
        raise Left(code)

    monkeypatch.setattr(os, "_exit", leave)

    def run(arguments, faults=None):
        """Return exit code and what was said on stderr; `review import` lists the decisions it could not write."""
        monkeypatch.setattr(sys, "argv", ["align", *arguments])
        capsys.readouterr()
        try:
            with (faults or Faults(tmp_path / "nowhere")).injected(monkeypatch):
                __main__.main()
            code = 0
        except (Left, SystemExit) as end:
            code = end.args[0] if end.args and end.args[0] is not None else 0
        out, err = capsys.readouterr()
        return code, err + (out if arguments[:2] == ["review", "import"] else "")

    return run


def state():
    """Return all files of the current folder."""
    return {str(path): path.read_bytes() for path in sorted(Path().rglob("*")) if path.is_file()}


def put(files):
    for path in sorted(Path().rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    for name, content in files.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_bytes(content if isinstance(content, bytes) else content.encode())


def prepared(name, align):
    """Return the command with the files it begins with, how it ends when nothing fails, and the calls it makes."""
    arguments, files = COMMANDS[name]
    put(files)
    if name == "review import":
        align(["review", "export", "a.yaml", "-o", "t.xlsx", "--all"])
        fill(Path("t.xlsx"), filled(2, keputusan="terima") | filled(3, keputusan="terima"))
    before, after, calls = state(), {}, {}
    for lang in LANGS:
        counted = Faults(Path())
        code, said = align([*arguments, "--lang", lang], counted)
        after[lang], calls[lang] = state(), counted.calls
        assert len(counted.calls) < MOST_CALLS, f"{name} writes in {counted.calls.count('write')} pieces"
        assert after[lang] != before, said
        put(before)
    return arguments, before, after, code, calls


def check_state(before, after, where):
    """Tell whether all is as when nothing fails; each file is as before or as then, and there is no other."""
    now = state()
    for file, content in now.items():
        assert content in (before.get(file), after.get(file)), f"{where}: {file} is neither old nor new"
    assert before.keys() <= now.keys(), f"{where}: {before.keys() - now.keys()} is gone"
    return now == after


@pytest.mark.parametrize("name", COMMANDS)
def test_every_call_fails_in_turn(name, align):
    arguments, before, after, code, calls = prepared(name, align)
    assert {"open", "write", "fsync", "close", "replace"} <= set(calls["id"])
    for number, call in enumerate(calls["id"]):
        error = OSError(CODES[number % len(CODES)], "")
        lang = LANGS[number // len(CODES) % 2]
        found, said = align([*arguments, "--lang", lang], Faults(Path(), number, error))
        where = f"{name}: call {number} ({call}) with {os.strerror(error.errno)}, said {said!r}"
        whole = check_state(before, after[lang], where)
        if not (whole and found == code):
            assert found == 2 or (found == 1 and name in PARTLY), where
            told = [line for line in said.splitlines() if ("tidak dapat" if lang == "id" else "cannot be") in line]
            assert told, where
            # What cannot be looked at counts as absent; then it is told why it cannot be written either.
            assert os.strerror(error.errno) in said or call == "stat", where
            assert "None" not in said, where
        assert "Traceback" not in said, where
        put(before)


@pytest.mark.parametrize("name", COMMANDS)
def test_interrupted_at_every_call(name, align):
    arguments, before, after, _, calls = prepared(name, align)
    for number, call in enumerate(calls["id"]):
        found, said = align(arguments, Faults(Path(), number, KeyboardInterrupt()))
        where = f"{name}: interrupted at call {number} ({call}), said {said!r}"
        check_state(before, after["id"], where)
        assert found == 130, where
        assert "Traceback" not in said, where
        put(before)


def test_all_files_are_written_through_one_module():
    """Whatever else writes is listed here, with the reason why it may."""
    exempt = {
        "write.py": "this is the module",
        "index/compile.py": "the index, made anew when it is damaged",
        "cache.py": "kept for the next run, with a checksum",
        "sheet/read.py": "os.devnull",
    }
    package = Path(__main__.__file__).parent
    found = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if any(map(writes, ast.walk(ast.parse(path.read_text(encoding="utf-8")))))
    }
    assert found == exempt.keys()


def writes(node):
    """Tell whether a piece of code opens a file for writing, or replaces or removes one."""
    if not isinstance(node, ast.Call):
        return False
    called = getattr(node.func, "attr", getattr(node.func, "id", ""))
    modes = [one.value for one in (*node.args, *(k.value for k in node.keywords)) if isinstance(one, ast.Constant)]
    if called in ("open", "TemporaryFile", "NamedTemporaryFile"):
        return any(isinstance(mode, str) and re.fullmatch("[rbt+]*[wxa+][rbt+]*", mode) for mode in modes)
    return called in ("write_bytes", "write_text", "unlink", "rmtree", "rename", "removedirs", "mkstemp") or (
        called == "replace" and len(node.args) + len(node.keywords) == 1
    )
