"""What is measured: a compiled copy of the package with its data, away from the checkout, as installed programs are."""

from __future__ import annotations

import compileall
import importlib.metadata
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from measure import RunError, Usage, run

from alignment_cli.language import say

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
SCHEMA = ROOT / "data" / "skema" / "program.schema.json"
EXAMPLE = ROOT / "data" / "programs" / "solok_selatan.yaml"

SCRIPTS = {
    "align": "from alignment_cli.__main__ import main",
    "check-jsonschema": "from check_jsonschema import main",
    "yamllint": "from yamllint.cli import run as main",
    "empty": "from empty_program import app as main",
}
"""What the programs are started by."""
STARTER = 'import sys\n{}\nif __name__ == "__main__":\n    sys.exit(main())\n'
"""A script as installers write them. Its file has a name of its own: a script's folder comes first where modules are
looked for.
"""
EMPTY = '''import typer

app = typer.Typer()


@app.command()
def main() -> None:
    """Do nothing."""
'''
MODULES = {"check-jsonschema": "check_jsonschema", "yamllint": "yamllint"}


class Bench:
    """A folder to work in, with a compiled copy of align and starters for the programs beside it."""

    def __init__(self, folder: Path, runs: int, regions: int) -> None:
        self.folder, self.runs, self.regions = folder, runs, regions
        self._cached = 0
        self.whole: tuple[int, Usage] | None = None  # items of the nation, and its cold run
        folder.mkdir(parents=True, exist_ok=True)
        installed = folder / "installed"
        shutil.rmtree(installed, ignore_errors=True)
        self.environment = {
            name: value
            for name, value in os.environ.items()
            if name not in ("PYTHONDONTWRITEBYTECODE", "GITHUB_ACTIONS", "PYTHONPATH") and not name.startswith("ALIGN_")
        } | {"PYTHONPATH": str(installed), "ALIGN_CACHE_DIR": str(folder / "cache" / "none")}
        self._copy(installed)

    def _copy(self, installed: Path) -> None:
        # The checkout compiles its index anew when the data changed; an installed one is never out of date.
        code = "from alignment_cli.index.store import open_index; open_index()"
        subprocess.run([sys.executable, "-c", code], check=True, env=self.environment, cwd=ROOT)
        package = installed / "alignment_cli"
        source = ROOT / "src" / "alignment_cli"
        shutil.copytree(source, package, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copytree(ROOT / "data", package / "data")
        (installed / "empty_program.py").write_text(EMPTY, encoding="utf-8")
        compileall.compile_dir(installed, quiet=2)
        scripts = installed / "scripts"
        scripts.mkdir()
        for name, text in SCRIPTS.items():
            (scripts / f"start_{name}.py").write_text(STARTER.format(text), encoding="utf-8")

    @cached_property
    def options(self) -> str:
        """What `align check --help` says, to know which options there are."""
        command = self.command("align", "check", "--help")
        return subprocess.run(command, capture_output=True, text=True, check=False, env=self.environment).stdout

    def command(self, program: str, *arguments: str) -> list[str]:
        """Return the command line of a program of `SCRIPTS`, or of a script beside this one. Raises `RunError`."""
        if program in MODULES and importlib.util.find_spec(MODULES[program]) is None:
            raise RunError(f"{program}: not installed")
        script = self.folder / "installed" / "scripts" / f"start_{program}.py"
        return [sys.executable, str(script if program in SCRIPTS else HERE / f"{program}.py"), *arguments]

    def program(self, program: str, *arguments: str) -> Callable[[], Usage]:
        """Return the run of a program."""
        command = self.command(program, *arguments)
        return lambda: run(command, self.environment, self.folder)

    def align(
        self, *arguments: str, cache: str = "off", output: Path | None = None, watch: bool = False
    ) -> Callable[[], Usage]:
        """Return the run of `align` with arguments. `cache` is ``off``: neither read nor written, where align has
        ``--no-cache``; ``empty``: a new folder for each run; else the name of a folder that is kept from run to run.
        """
        off = ["--no-cache"] if cache == "off" and "--no-cache" in self.options and arguments[0] == "check" else []
        command = self.command("align", *arguments, *off)

        def work() -> Usage:
            new = cache in ("off", "empty")
            self._cached += new
            folder = self.folder / "cache" / (f"new{self._cached}" if new else cache)
            folder.mkdir(parents=True, exist_ok=True)
            try:
                environment = self.environment | {"ALIGN_CACHE_DIR": str(folder)}
                return run(command, environment, self.folder, output=output, watch=watch)
            finally:
                if new:
                    shutil.rmtree(folder, ignore_errors=True)

        return work

    def forget(self, cache: str) -> None:
        """Empty a kept cache."""
        shutil.rmtree(self.folder / "cache" / cache, ignore_errors=True)

    def jobs(self, count: int) -> list[str]:
        """Return the options for so many processes; none where align cannot be told."""
        return ["--jobs", str(count)] if "--jobs" in self.options else []

    def said(self) -> str:
        """Return what it was measured with: versions and the kind of machine, no names."""
        others = []
        for name in ("ruamel.yaml", "ruamel.yaml.clib", "rapidfuzz", "typer", "check-jsonschema", "yamllint"):
            try:
                others.append(f"{name} {importlib.metadata.version(name)}")
            except importlib.metadata.PackageNotFoundError:
                others.append(f"{name} -")
        cores = say(f"{os.cpu_count()} inti", f"{os.cpu_count()} cores")
        system = f"{platform.system()} {platform.machine()}, {cores}, Python {platform.python_version()}"
        return f"{system}; {', '.join(others)}"
