"""The table of exit codes in the docs, run row by row, and what no table of single rows can show."""

import re
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from alignment_cli.cli import app

PAGE = Path(__file__).parent.parent / "docs" / "kode-keluar.md"
ROWS = re.findall(r"^\| (.+?) \| `(align .+?)` \| (\d) \|$", PAGE.read_text("utf-8"), re.MULTILINE)
HEAD = "versi: 1\ndaerah: {nama: Kabupaten Uji, tingkat: kabupaten}\ndokumen: RKPD\ntahun: 2027\nprogram:\n"
CLEAN = f"{HEAD}  - kode: '1.03.10'\n    nama: Program Penyelenggaraan Jalan\n    pagu: 1_000_000_000\n"
FILES = {
    "bersih.yaml": CLEAN,
    "galat.yaml": f"{HEAD}  - nama: Program Penyelenggaraan Jalan\n    pagu: -5\n",
    "peringatan.yaml": f"{CLEAN}    asta_cita: 8\n",
    "keputusan.yaml": f"{CLEAN}    keselarasan: [{{tujuan: AC3, status: disetujui, alasan: jalan, oleh: Bappeda}}]\n",
    "info.yaml": f"{HEAD}  - nama: Rehabilitasi jaringan irigasi mendukung Asta Cita\n",
    "rusak.yaml": "program: [\n",
    "kosong.yaml": "",
    "biner.yaml": b"PK\x03\x04\x00\x00",
    "rupiah.yaml": CLEAN.replace("1_000_000_000", "Rp 1.000.000.000"),
    "salah.toml": "fail_onn = 'info'\n",
    "lama.yaml": "version: 1\nentries: []\n",
    "hampa/baca.txt": "x",
}


@pytest.fixture
def _files(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for folder in (tmp_path, tmp_path / "folder"):
        for name, content in FILES.items():
            if folder == tmp_path or name.endswith(".yaml"):
                path = folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content if isinstance(content, bytes) else content.encode())


QUIET = ("align baseline", "align fix bersih", "align review export")
"""Commands that say what they did on stderr."""


def test_there_are_thirty_situations():
    assert len({name for name, _, _ in ROWS}) == len(ROWS) >= 30


@pytest.mark.usefixtures("_files")
@pytest.mark.parametrize(("name", "command", "code"), ROWS, ids=[name for name, _, _ in ROWS])
def test_exit_code(name, command, code):
    done = CliRunner().invoke(app(), shlex.split(command)[1:])
    assert done.exception is None or isinstance(done.exception, SystemExit), name
    assert done.exit_code == int(code), done.output
    assert (done.stdout == "") is (code == "2" or command.startswith(QUIET))
    assert done.stderr or code != "2"


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_interrupted(tmp_path):
    """Ctrl+C ends the program with 130 and no traceback, wherever it is."""
    path = tmp_path / "a.yaml"
    path.write_text(HEAD + "".join(f"  - {{nama: Jembatan gantung dusun {n}}}\n" for n in range(20_000)))
    running = subprocess.Popen(
        [sys.executable, "-m", "alignment_cli", "check", str(path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    time.sleep(1.5)
    running.send_signal(signal.SIGINT)
    _, err = running.communicate(timeout=60)
    assert running.returncode == 130
    assert b"Traceback" not in err
