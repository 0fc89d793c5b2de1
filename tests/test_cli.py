"""The command line as users meet it: exit codes, streams, languages, colours, hostile input."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from alignment_cli.cli import app

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "versi: 1\ndaerah: {nama: Kabupaten Uji, tingkat: kabupaten}\ndokumen: RKPD\ntahun: 2027\nprogram:\n"
INDICATOR = "    indikator: [{nama: Panjang jalan dalam kondisi mantap, satuan: km, target: 12}]\n"
SOUND = f"{HEAD}  - kode: '1.03.10'\n    nama: Program Penyelenggaraan Jalan\n    pagu: 900_000_000\n{INDICATOR}"
WARNS = f"{SOUND}    asta_cita: 8\n"
INFORMS = f"{HEAD}  - nama: Rehabilitasi jaringan irigasi mendukung Asta Cita\n{INDICATOR}"
FAILS = f"{HEAD}  - nama: Program Penyelenggaraan Jalan\n    pagu: 1,5 miliar\n{INDICATOR}"
OWN = """\
versi: 1
kerangka: {kode: PD, nama: Prioritas Daerah, nama_en: Regional priorities, berlaku: "2026"}
sumber: {rpjmd: RPJMD contoh}
tujuan:
  - kode: PD1
    nomor: 1
    nama: Pertanian
    nama_en: Farming
    nomenklatur: ["3.27"]
    kosakata: [{sumber: rpjmd, istilah: {irigasi: 3, padi: 2}}]
  - kode: PD2
    nomor: 2
    nama: Jalan
    nama_en: Roads
    nomenklatur: ["1.03.10"]
    kosakata: [{sumber: rpjmd, istilah: {jalan: 3}}]
"""
FORMATS = ("text", "concise", "json", "csv")


@dataclass(frozen=True)
class Run:
    code: int
    out: str
    err: str
    raw: bytes = b""


def align(*args: str, cwd: Path, **env: str) -> Run:
    """Run `align` in a process of its own; what other helpers do to the data meanwhile is no news of the command."""
    clean = {k: v for k, v in os.environ.items() if k not in ("ALIGN_LANG", "NO_COLOR", "FORCE_COLOR", "COLUMNS")}
    done = subprocess.run(
        [sys.executable, "-m", "alignment_cli", *args],
        cwd=cwd,
        env={**clean, **env},
        capture_output=True,
        stdin=subprocess.DEVNULL,
        timeout=120,
        check=False,
    )
    err = done.stderr.decode("utf-8")
    kept = "".join(line for line in err.splitlines(keepends=True) if not line.startswith("align: menyusun indeks"))
    return Run(done.returncode, done.stdout.decode("utf-8"), kept, done.stdout)


def lay(folder: Path, files: dict[str, str | bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


@pytest.fixture(scope="module", autouse=True)
def _index(tmp_path_factory):
    """Have the index of the checkout ready before streams are compared."""
    align("match", "padi", cwd=tmp_path_factory.mktemp("index"))


@dataclass(frozen=True)
class Case:
    """A situation: files, command line, and what must come of it. The `silent` stream must be empty. Cases with an
    environment need a process of their own, for the language of help texts is fixed when it starts.
    """

    name: str
    args: tuple[str, ...]
    code: int
    files: dict[str, str | bytes] = field(default_factory=dict)
    out: tuple[str, ...] = ()
    err: tuple[str, ...] = ()
    silent: str = "err"
    env: dict[str, str] | None = None


ONE = {"a.yaml": SOUND}
CASES = (
    Case("clean file", ("check", "a.yaml"), 0, ONE, out=("a.yaml", "Tidak ada temuan dalam 1 berkas.")),
    Case("errors", ("check", "a.yaml"), 1, {"a.yaml": FAILS}, out=("a.yaml:7:11", "AL302", "1 galat")),
    Case("warnings", ("check", "a.yaml"), 0, {"a.yaml": WARNS}, out=("AL501", "1 peringatan")),
    Case("warnings fail on warning", ("check", "a.yaml", "--fail-on", "warning"), 1, {"a.yaml": WARNS}),
    Case("warnings fail on info", ("check", "a.yaml", "--fail-on", "info"), 1, {"a.yaml": WARNS}),
    Case("info fails on info", ("check", "a.yaml", "--fail-on", "info"), 1, {"a.yaml": INFORMS}, out=("AL503",)),
    Case("info passes warning", ("check", "a.yaml", "--fail-on", "warning"), 0, {"a.yaml": INFORMS}, out=("AL503",)),
    Case("errors fail never", ("check", "a.yaml", "--fail-on", "never"), 0, {"a.yaml": FAILS}, out=("AL302",)),
    Case("clean fails on info", ("check", "a.yaml", "--fail-on", "info"), 0, ONE),
    Case("missing path", ("check", "hilang.yaml"), 2, err=("align: hilang.yaml tidak ditemukan",), silent="out"),
    Case("missing beside a good one", ("check", "a.yaml", "x.yaml"), 2, ONE, err=("x.yaml",), silent="out"),
    Case("missing path in English", ("check", "x.yaml", "--lang", "en"), 2, err=("x.yaml was not",), silent="out"),
    Case("folder without YAML", ("check", "f"), 2, {"f/a.txt": "x"}, err=("folder f",), silent="out"),
    Case("folder", ("check", "f"), 1, {"f/b.yml": FAILS, "f/d/a.yaml": SOUND, "f/c.txt": "{"},
         out=("f/b.yml", "f/d/a.yaml", "1 galat dalam 1 dari 2 berkas.")),
    Case("same file twice", ("check", "a.yaml", "./a.yaml"), 0, ONE, out=("Tidak ada temuan dalam 1 berkas.",)),
    Case("empty file", ("check", "a.yaml"), 1, {"a.yaml": ""}, out=("a.yaml:1:1", "AL103")),
    Case("only comments", ("check", "a.yaml"), 1, {"a.yaml": "# kosong\n"}, out=("AL103",)),
    Case("binary file", ("check", "a.yaml"), 1, {"a.yaml": b"PK\x03\x04\x00\x00\x01"}, out=("AL104",)),
    Case("not UTF-8", ("check", "a.yaml"), 1, {"a.yaml": b"nama: \xe9\xff\n"}, out=("AL104",)),
    Case("broken YAML", ("check", "a.yaml"), 1, {"a.yaml": "program: [\n"}, out=("AL101",)),
    Case("one of two is broken", ("check", "a.yaml", "b.yaml"), 1, {"a.yaml": "program: [\n", "b.yaml": SOUND},
         out=("AL101", "1.03.10", "Dari 1 program: 1 selaras.", "1 galat dalam 1 dari 2 berkas.")),
    Case("unknown option", ("check", "--tidakada"), 2, err=("--tidakada",), silent="out"),
    Case("unknown command", ("periksa",), 2, err=("periksa",), silent="out"),
    Case("unknown format", ("check", "a.yaml", "--format", "pdf"), 2, ONE, err=("pdf", "csv"), silent="out"),
    Case("unknown severity", ("check", "a.yaml", "--fail-on", "fatal"), 2, ONE, err=("fatal",), silent="out"),
    Case("unknown language", ("check", "a.yaml", "--lang", "fr"), 2, ONE, err=("fr",), silent="out"),
    Case("priorities missing", ("check", "a.yaml", "--priorities", "p.yaml"), 2, ONE, err=("p.yaml",), silent="out"),
    Case("priorities broken", ("check", "a.yaml", "--priorities", "p.yaml"), 2,
         {**ONE, "p.yaml": "versi: 1\nkerangka: [a\ntujuan: 1\n"}, err=("p.yaml", "3:"), silent="out"),
    Case("priorities of wrong shape", ("check", "a.yaml", "--priorities", "p.yaml"), 2,
         {**ONE, "p.yaml": OWN.replace("nomor: 2", "nomor: dua")}, err=("p.yaml", "12:12", "tujuan[1].nomor"),
         silent="out"),
    Case("priorities with unknown key", ("check", "a.yaml", "--priorities", "p.yaml"), 2,
         {**ONE, "p.yaml": f"{OWN}warna: biru\n"}, err=("p.yaml", "17:", "warna"), silent="out"),
    Case("priorities empty", ("check", "a.yaml", "--priorities", "p.yaml"), 2, {**ONE, "p.yaml": ""},
         err=("p.yaml", "1:1"), silent="out"),
    Case("own priorities", ("check", "a.yaml", "--priorities", "p.yaml"), 0, {**ONE, "p.yaml": OWN},
         out=("PD2", "PD1 Pertanian", "1 selaras")),
    Case("data/programs is the default", ("check",), 1, {"data/programs/b.yaml": FAILS}, out=("data/programs/b.yaml",)),
    Case("English", ("check", "a.yaml", "--lang", "en"), 0, ONE, out=("No findings in 1 file(s).", "aligned")),
    Case("English by environment", ("check", "a.yaml"), 0, ONE, out=("No findings",),
         env={"ALIGN_LANG": "en_GB.UTF-8"}),
    Case("the option beats the environment", ("check", "a.yaml", "--lang", "id"), 0, ONE, out=("Tidak ada temuan",),
         env={"ALIGN_LANG": "en"}),
    Case("locale does not decide", ("check", "a.yaml"), 0, ONE, out=("Tidak ada temuan",), env={"LANG": "en_US.UTF-8"}),
    Case("help in Indonesian", ("check", "--help"), 0, out=("Bentuk keluaran",), env={}),
    Case("help in English", ("check", "--lang=en", "--help"), 0, out=("Output format",), env={}),
    Case("version", ("--version",), 0, out=("align ",)),
    Case("no command", (), 2, err=("check",), silent="out"),
    Case("match", ("match", "Rehabilitasi jaringan irigasi"), 0, out=("AC2", "keyakinan")),
    Case("match in English", ("match", "Rehabilitasi jaringan irigasi", "--lang", "en"), 0, out=("AC2", "confidence")),
    Case("match with code", ("match", "Nama sendiri", "--kode", "1.02.02"), 0, out=("AC4", "kode: 1.02.02")),
    Case("match with unknown code", ("match", "Makan Bergizi Gratis", "--kode", "9.99.99"), 0, out=("AC4",)),
    Case("match without text", ("match", ""), 2, err=("kosong",), silent="out"),
    Case("match with blanks", ("match", "  \t ", "--lang", "en"), 2, err=("empty",), silent="out"),
    Case("match without argument", ("match",), 2, err=("match",), silent="out"),
    Case("match with own priorities", ("match", "Irigasi padi", "--priorities", "p.yaml"), 0, {"p.yaml": OWN},
         out=("PD1",)),
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_situation(case, tmp_path, monkeypatch):
    lay(tmp_path, case.files)
    if case.env is None:
        monkeypatch.chdir(tmp_path)
        done = CliRunner().invoke(app(), list(case.args))
        assert done.exception is None or isinstance(done.exception, SystemExit)
        run = Run(done.exit_code, done.stdout, done.stderr)
    else:
        run = align(*case.args, cwd=tmp_path, **case.env)
    assert run.code == case.code, run.err
    assert "Traceback" not in run.out + run.err
    for fragment in case.out:
        assert fragment in run.out
    for fragment in case.err:
        assert fragment in run.err
    assert {"out": run.out, "err": run.err}[case.silent] == ""


def test_shipped_example_stands_in_with_a_note(tmp_path):
    run = align("check", cwd=tmp_path)
    assert run.code == 0
    assert run.err.count("\n") == 1
    assert "contoh bawaan" in run.err
    assert run.out.startswith("data/programs/solok_selatan.yaml\n")
    assert "shipped example" in align("check", "--lang", "en", cwd=tmp_path).err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no FIFOs here")
def test_fifo_is_not_opened(tmp_path):
    os.mkfifo(tmp_path / "pipa.yaml")
    run = align("check", "pipa.yaml", cwd=tmp_path)
    assert (run.code, run.out) == (2, "")
    assert "pipa.yaml" in run.err


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no FIFOs here")
@pytest.mark.parametrize(
    "args",
    [("check", "a.yaml", "--priorities", "pipa"), ("eval", "pipa")],
    ids=["priorities", "eval"],
)
def test_fifo_never_blocks(args, tmp_path):
    lay(tmp_path, ONE)
    os.mkfifo(tmp_path / "pipa")
    command = [sys.executable, "-m", "alignment_cli", *args]
    process = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        assert process.wait(timeout=6) == 2
    except subprocess.TimeoutExpired:
        pytest.fail("still waiting")
    finally:
        process.kill()
        process.wait()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads everything")
def test_unreadable_file(tmp_path):
    lay(tmp_path, ONE)
    (tmp_path / "a.yaml").chmod(0)
    run = align("check", "a.yaml", cwd=tmp_path)
    assert (run.code, run.out) == (2, "")
    assert "a.yaml" in run.err
    assert "Traceback" not in run.err


def test_faulty_header_hides_no_programme(tmp_path):
    lay(tmp_path, {"a.yaml": SOUND.replace("kabupaten}", "kabupatn}")})
    run = align("check", "a.yaml", "-f", "json", cwd=tmp_path)
    file = json.loads(run.out)["files"][0]
    assert [finding["code"] for finding in file["findings"]] == ["AL108"]
    assert [item["goal"] for item in file["items"]] == ["AC3"]


def test_findings_stand_in_the_order_of_the_file(tmp_path):
    lay(tmp_path, {"a.yaml": "versi: 2\ndaerah: 5\ndokumen: X\ntahun: 1\nprogram: 3\nprogram: 4\n"})
    findings = json.loads(align("check", "a.yaml", "-f", "json", cwd=tmp_path).out)["files"][0]["findings"]
    lines = [finding["start"]["line"] for finding in findings]
    assert len(lines) > 3
    assert lines == sorted(lines)


# Streams and formats


@pytest.mark.parametrize("format_", FORMATS)
def test_stdout_is_the_report_alone(format_, tmp_path):
    lay(tmp_path, {"a.yaml": WARNS, "b.yaml": FAILS})
    run = align("check", "a.yaml", "b.yaml", "-f", format_, cwd=tmp_path)
    assert (run.code, run.err) == (1, "")
    assert run.out.endswith("\n")
    assert b"\r" not in run.raw
    if format_ == "text":
        assert run.out.splitlines()[0] == "a.yaml"
        assert run.out.splitlines()[-1] == "1 galat, 1 peringatan dalam 2 dari 2 berkas."
    elif format_ == "concise":
        assert len(run.out.splitlines()) == 4
        assert all(re.match(r"[ab]\.yaml:\d+:\d+: \S", line) for line in run.out.splitlines())
    elif format_ == "json":
        data = json.loads(run.out)
        assert data["summary"] == {"files": 2, "programmes": 2, "findings": {"info": 0, "warning": 1, "error": 1}}
        assert [file["path"] for file in data["files"]] == ["a.yaml", "b.yaml"]
    else:
        rows = list(csv.reader(io.StringIO(run.out)))
        assert len(rows) == 3
        assert {len(row) for row in rows} == {len(rows[0])}


@pytest.mark.parametrize("format_", FORMATS)
def test_same_input_gives_the_same_bytes(format_, tmp_path):
    lay(tmp_path, {"f/a.yaml": WARNS, "f/b.yaml": FAILS, "f/c.yaml": INFORMS})
    runs = [align("check", "f", "-f", format_, cwd=tmp_path, PYTHONHASHSEED=seed) for seed in ("1", "2")]
    assert runs[0].raw == runs[1].raw


@pytest.mark.parametrize("env", [{"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"}], ids=str)
@pytest.mark.parametrize("format_", FORMATS)
def test_output_is_utf8_everywhere(format_, env, tmp_path):
    lay(tmp_path, {"a.yaml": SOUND.replace("Jalan", "Jalan → Nagarí 県")})
    run = align("check", "a.yaml", "-f", format_, cwd=tmp_path, **env)
    assert run.code == 0
    assert "→ Nagarí 県" in run.out


def test_csv_guards_cells_that_look_like_formulas(tmp_path):
    names = ['=HYPERLINK("http://x")', "+1+2", "-1", "@SUM(A1)"]
    lay(tmp_path, {"a.yaml": HEAD + "".join(f"  - nama: {json.dumps(name)}\n" for name in names)})
    rows = list(csv.DictReader(io.StringIO(align("check", "a.yaml", "-f", "csv", cwd=tmp_path).out)))
    assert [row["nama"] for row in rows] == [f"'{name}" for name in names]
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())


HOSTILE = {
    "escape": "Pasar \x1b[2J\x1b]0;judul\x07 rakyat",
    "markup": "[bold red]Pasar[/bold red] [link=http://x]rakyat",
    "newline": "Pasar\nrakyat\r\nAC9 selaras",
    "bidi": "\u202ePasar rakyat\u202c \u2066dagang\u2069",
    "separators": "Pasar\u2028rakyat\u2029dagang\x85kota",
    "c1": "Pasar \x9b31m rakyat",
}
BIDI = {0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069}


def unsafe(text: str) -> set[str]:
    """Return the characters of a text that steer a terminal or reorder what a reader sees."""
    return {ch for ch in text if (unicodedata.category(ch) == "Cc" and ch != "\n") or ord(ch) in BIDI}


def hostile_file(name: str) -> str:
    escaped = json.dumps(name)
    return f"{HEAD}  - nama: {escaped}\n    perangkat_daerah: {escaped}\n    asta_cita: {escaped}\n".replace(
        "Kabupaten Uji", escaped
    )


@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.parametrize("format_", ["text", "concise"])
def test_hostile_names_come_out_harmless(format_, kind, tmp_path):
    lay(tmp_path, {"a.yaml": hostile_file(HOSTILE[kind])})
    run = align("check", "a.yaml", "-f", format_, cwd=tmp_path)
    assert run.code == 1
    assert unsafe(run.out) == set()
    if kind == "markup":
        assert HOSTILE[kind] in run.out
    else:
        assert "Pasar" in run.out
    if format_ == "concise":
        assert all(line.startswith("a.yaml:") for line in run.out.splitlines())


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_names_survive_in_json(kind, tmp_path):
    lay(tmp_path, {"a.yaml": hostile_file(HOSTILE[kind])})
    run = align("check", "a.yaml", "-f", "json", cwd=tmp_path)
    assert json.loads(run.out)["files"][0]["items"][0]["nama"] == HOSTILE[kind]
    assert "\x1b" not in run.out


@pytest.mark.parametrize("kind", ["escape", "c1"])
def test_hostile_names_in_csv_steer_no_terminal(kind, tmp_path):
    lay(tmp_path, {"a.yaml": hostile_file(HOSTILE[kind])})
    assert unsafe(align("check", "a.yaml", "-f", "csv", cwd=tmp_path).out) == set()


@pytest.mark.parametrize("name", ["Rehabilitasi jaringan \x1b[J irigasi", "Rehabilitasi jaringan \u202e irigasi"])
def test_words_of_evidence_are_harmless(name, tmp_path):
    lay(tmp_path, {"a.yaml": f"{HEAD}  - nama: {json.dumps(name)}\n"})
    run = align("check", "a.yaml", cwd=tmp_path)
    assert "AC2" in run.out
    assert unsafe(run.out) == set()


@pytest.mark.parametrize("name", ["Rehabilitasi jaringan \x1b[J irigasi", "[bold]Pasar rakyat[/bold]", "a\nb \u202ec"])
def test_match_is_harmless_too(name, tmp_path):
    run = align("match", name, cwd=tmp_path)
    assert run.code == 0
    assert unsafe(run.out) == set()
    data = json.loads(align("match", name, "--json", cwd=tmp_path).out)
    assert data["nama"] == name


@pytest.mark.parametrize(
    "format_",
    ["text", "concise"],
)
@pytest.mark.skipif(sys.platform == "win32", reason="such names cannot exist there")
def test_hostile_path_is_harmless(format_, tmp_path):
    lay(tmp_path, {"map\x1b[2J\nx/a.yaml": WARNS})
    run = align("check", "map\x1b[2J\nx/a.yaml", "-f", format_, cwd=tmp_path)
    assert run.code == 0
    assert unsafe(run.out) == set()
    if format_ == "concise":
        assert len(run.out.splitlines()) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="arguments are text there")
def test_match_takes_any_bytes(tmp_path):
    command = [os.fsencode(sys.executable), b"-m", b"alignment_cli", b"match", b"pasar \xff rakyat"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert b"Traceback" not in done.stderr
    assert done.returncode in (0, 2)


# Colour and width


def test_piped_output_has_no_colour(tmp_path):
    lay(tmp_path, {"a.yaml": WARNS})
    assert "\x1b" not in align("check", "a.yaml", cwd=tmp_path, TERM="xterm-256color").out


@pytest.mark.parametrize("env", [{}, {"NO_COLOR": "1"}, {"TERM": "xterm"}], ids=str)
def test_colour_always(env, tmp_path):
    lay(tmp_path, {"a.yaml": WARNS})
    plain = align("check", "a.yaml", cwd=tmp_path, **env)
    run = align("check", "a.yaml", "--color", "always", cwd=tmp_path, **{**env, "TERM": "xterm"})
    assert "\x1b[33m" in run.out
    assert "\x1b" not in align("check", "a.yaml", "--color", "never", cwd=tmp_path, FORCE_COLOR="1", **env).out
    blank = re.sub(r"\x1b\[[\d;]*m", "", run.out)
    assert [line.split() for line in blank.splitlines()] == [line.split() for line in plain.out.splitlines()]


@pytest.mark.parametrize("format_", ["concise", "json", "csv"])
def test_colour_only_in_text(format_, tmp_path):
    lay(tmp_path, {"a.yaml": WARNS})
    assert "\x1b" not in align("check", "a.yaml", "-f", format_, "--color", "always", cwd=tmp_path).out


def test_colour_does_not_wrap_on_a_dumb_terminal(tmp_path):
    lay(tmp_path, {"a.yaml": WARNS})
    run = align("check", "a.yaml", "--color", "always", cwd=tmp_path, TERM="dumb")
    assert "AC8 dinyatakan, tetapi kode dan teks tidak mendukungnya; bukti menunjuk ke AC3." in run.out


def test_piped_output_is_not_wrapped(tmp_path):
    name = f"Pembangunan jembatan {'dan jalan desa ' * 15}ujung"
    lay(tmp_path, {"a.yaml": f"{HEAD}  - nama: {name}\n"})
    assert name in align("check", "a.yaml", cwd=tmp_path).out
    assert name not in align("check", "a.yaml", cwd=tmp_path, COLUMNS="80").out


def test_piped_output_is_not_wrapped_however_long(tmp_path):
    name = f"Pembangunan jembatan {'dan jalan desa ' * 60}ujung"
    lay(tmp_path, {"a.yaml": f"{HEAD}  - nama: {name}\n"})
    assert name in align("check", "a.yaml", cwd=tmp_path).out


def on_terminal(cwd: Path, columns: int, **env: str) -> str:
    """Run `align check a.yaml` on a pseudo terminal and return what it shows."""
    fcntl, pty, struct, termios = (pytest.importorskip(name) for name in ("fcntl", "pty", "struct", "termios"))
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    clean = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES")}
    process = subprocess.Popen(
        [sys.executable, "-m", "alignment_cli", "check", "a.yaml"],
        cwd=cwd,
        env={**clean, "TERM": "xterm", **env},
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=subprocess.DEVNULL,
    )
    os.close(theirs)
    shown = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # Linux ends a pseudo terminal this way
            break
        if not part:
            break
        shown += part
    os.close(ours)
    assert process.wait() == 0
    return shown.decode().replace("\r\n", "\n")


def test_terminal_is_coloured_and_wrapped(tmp_path):
    lay(tmp_path, {"a.yaml": WARNS})
    shown = on_terminal(tmp_path, 70)
    assert "\x1b[" in shown
    assert max(len(line) for line in re.sub(r"\x1b\[[\d;]*m", "", shown).splitlines()) <= 70


@pytest.mark.parametrize("env", [{"NO_COLOR": "1"}, {"TERM": "dumb"}], ids=str)
def test_terminal_without_colour(env, tmp_path):
    lay(tmp_path, {"a.yaml": WARNS})
    assert "\x1b" not in on_terminal(tmp_path, 70, **env)


# The check never writes


def state(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {
        str(path.relative_to(folder)): (path.read_bytes() if path.is_file() else b"", path.stat().st_mtime_ns)
        for path in sorted([folder, *folder.rglob("*")])
    }


def test_check_never_writes(tmp_path):
    lay(tmp_path, {"data/programs/a.yaml": WARNS, "data/programs/b.yaml": FAILS, "p.yaml": OWN, "c.yaml": "x: [\n"})
    before = state(tmp_path)
    for format_ in FORMATS:
        align("check", "-f", format_, cwd=tmp_path)
    align("check", "c.yaml", "--priorities", "p.yaml", cwd=tmp_path)
    align("match", "padi", cwd=tmp_path)
    assert state(tmp_path) == before


def test_file_named_in_two_ways_is_checked_once(tmp_path):
    lay(tmp_path, ONE)
    run = align("check", "a.yaml", str(tmp_path / "a.yaml"), "-f", "json", cwd=tmp_path)
    assert json.loads(run.out)["summary"]["files"] == 1


def test_match_json_is_the_same_in_both_languages(tmp_path):
    runs = [align("match", "Pasar rakyat", "--json", "--lang", lang, cwd=tmp_path).out for lang in ("id", "en")]
    assert runs[0] == runs[1]
    data = json.loads(runs[0])
    assert data["goal"] == "AC5"
    assert data["matches"][0]["goal"] == "AC5"
    shares = sum(part["share"] for part in data["matches"][0]["evidence"])
    assert shares == pytest.approx(data["matches"][0]["confidence"], abs=1e-3)


def test_match_code_beats_the_name(tmp_path):
    by_name = json.loads(align("match", "Rehabilitasi jaringan irigasi", "--json", cwd=tmp_path).out)
    by_code = json.loads(
        align("match", "Rehabilitasi jaringan irigasi", "--kode", "1.02.02", "--json", cwd=tmp_path).out
    )
    assert (by_name["goal"], by_code["goal"], by_code["basis"]) == ("AC2", "AC4", "kode")


def test_reader_that_stops_reading_is_no_error(tmp_path):
    """`align check | head` ends quietly."""
    lay(tmp_path, ONE)
    command = [sys.executable, "-m", "alignment_cli", "check", str(tmp_path / "a.yaml")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        assert process.stderr.read() == b""
