"""The wheel: everything that `align` needs, nothing else, and it runs away from the checkout."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def quiet(*command, **more):
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, timeout=900, **more)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    if importlib.util.find_spec("build") is None:
        pytest.skip("build is not installed: python3 -m pip install -e '.[dev]'")
    target = tmp_path_factory.mktemp("wheel")
    isolation = ["--no-isolation"] if importlib.util.find_spec("hatchling") else []
    quiet(sys.executable, "-m", "build", "--wheel", *isolation, "--outdir", str(target), str(ROOT))
    (found,) = target.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def names(wheel):
    with zipfile.ZipFile(wheel) as archive:
        assert archive.testzip() is None
        return archive.namelist()


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    target = tmp_path_factory.mktemp("installed")
    quiet(sys.executable, "-m", "pip", "install", "--no-deps", "--no-index", "--target", str(target), str(wheel))
    return target


@pytest.mark.parametrize(
    "name",
    ["alignment_cli/data/asta_cita.yaml", "alignment_cli/data/kalibrasi.json", "alignment_cli/indeks.sqlite",
     "alignment_cli/data/programs/solok_selatan.yaml", "alignment_cli/data/nomenklatur/crosswalk.csv",
     "alignment_cli/__main__.py"],
)  # fmt: skip
def test_wheel_contains(names, name):
    assert names.count(name) == 1


def test_wheel_contains_nothing_else(names):
    assert {name.split("/")[0].split("-")[0] for name in names} == {"alignment_cli"}
    assert not [name for name in names if "test" in name or "__pycache__" in name or "tools" in name]
    assert [name for name in names if "indeks" in name] == ["alignment_cli/indeks.sqlite"]


def test_wheel_has_all_modules_and_data(names):
    sources = {f"alignment_cli/{p.relative_to(ROOT / 'src' / 'alignment_cli').as_posix()}"
               for p in (ROOT / "src" / "alignment_cli").rglob("*.py")}  # fmt: skip
    data = {f"alignment_cli/data/{p.relative_to(ROOT / 'data').as_posix()}" for p in (ROOT / "data").rglob("*")
            if p.is_file()}  # fmt: skip
    assert (sources | data) - set(names) == set()


def test_wheel_has_licence_and_entry_point(wheel):
    with zipfile.ZipFile(wheel) as archive:
        entries = [name for name in archive.namelist() if name.endswith("entry_points.txt")]
        assert "align = alignment_cli.__main__:main" in archive.read(entries[0]).decode()
        assert any(name.endswith("/LICENSE") for name in archive.namelist())


def test_installed_check_runs_away_from_the_checkout(installed, tmp_path):
    clean = {k: v for k, v in os.environ.items() if k not in ("ALIGN_LANG", "COLUMNS", "FORCE_COLOR")}
    command = [sys.executable, "-m", "alignment_cli"]
    env = {**clean, "PYTHONPATH": str(installed), "PYTHONSAFEPATH": "1"}
    place = [sys.executable, "-c", "import alignment_cli; print(alignment_cli.__file__)"]
    assert quiet(*place, cwd=tmp_path, env=env).startswith(str(installed))
    assert "Kabupaten Solok Selatan" in quiet(*command, "check", cwd=tmp_path, env=env)
    assert "AC4" in quiet(*command, "match", "Makan Bergizi Gratis", cwd=tmp_path, env=env)
    assert list(tmp_path.iterdir()) == []


def test_installed_check_needs_no_writable_place(installed, tmp_path):
    """The index ships compiled: nothing is compiled and nothing is written beside the package."""
    before = {p: p.stat().st_mtime_ns for p in installed.rglob("*") if "__pycache__" not in p.parts and p.is_file()}
    env = {**os.environ, "PYTHONPATH": str(installed), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run([sys.executable, "-m", "alignment_cli", "match", "padi"], cwd=tmp_path, env=env,
                          capture_output=True, text=True, encoding="utf-8", check=True)  # fmt: skip
    assert done.stderr == ""
    after = {p: p.stat().st_mtime_ns for p in installed.rglob("*") if "__pycache__" not in p.parts and p.is_file()}
    assert after == before
