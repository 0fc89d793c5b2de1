"""The parts of the benchmark that take minutes: start, one file, a regency, a province."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from functools import cache
from typing import TYPE_CHECKING

from generate import PROVINCE, REGENCY, SEED, make_offices, make_region
from install import EXAMPLE, HERE, SCHEMA
from measure import Row, RunError, compared, cores, interleaved

from alignment_cli.language import say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from install import Bench
    from measure import Usage

LIMIT_START = 1.5
LIMIT_SCHEMA_SMALL, LIMIT_SCHEMA, LIMIT_YAMLLINT, LIMIT_WARM = 1.5, 1.0, 0.25, 0.2


def start(bench: Bench) -> Iterator[Row]:
    """Measure start-up against an empty typer program."""
    found = interleaved(
        {
            "help": bench.program("align", "--help"),
            "empty help": bench.program("empty", "--help"),
            "version": bench.program("align", "--version"),
            "empty": bench.program("empty"),
        },
        bench.runs * 2,
    )
    empty = say("program typer kosong", "empty typer program")
    yield compared(f"align --help : {empty} --help", found["help"], found["empty help"], LIMIT_START)
    yield compared(f"align --version : {empty}", found["version"], found["empty"], LIMIT_START)


def file(bench: Bench) -> Iterator[Row]:
    """Measure the shipped example against check-jsonschema."""
    found = interleaved(
        {
            "align": bench.align("check", str(EXAMPLE)),
            "schema": bench.program("check-jsonschema", "--schemafile", str(SCHEMA), str(EXAMPLE)),
        },
        bench.runs,
    )
    what = say("contoh bawaan, dingin : check-jsonschema", "shipped example, cold : check-jsonschema")
    yield compared(what, found["align"], found["schema"], LIMIT_SCHEMA_SMALL)


def regency(bench: Bench) -> Iterator[Row]:
    """Measure a regency against other programs, against the bare parse, and warm against cold."""
    path = bench.folder / "regency.yaml"
    path.write_text(make_region(SEED, REGENCY), encoding="utf-8", newline="\n")
    bench.forget("regency")
    work = {
        "cold": bench.align("check", str(path)),
        "empty cache": bench.align("check", str(path), cache="empty"),
        "warm": bench.align("check", str(path), cache="regency"),
        "schema": bench.program("check-jsonschema", "--schemafile", str(SCHEMA), str(path)),
        "yamllint": bench.program("yamllint", str(path)),
        **{way: bench.program("parse", way, str(path)) for way in ("none", *FRESH)},
    }
    found = interleaved(work, bench.runs)
    name = say("kabupaten", "regency")
    cold = say("dingin", "cold")
    yield compared(f"{name}, {cold} : check-jsonschema", found["cold"], found["schema"], LIMIT_SCHEMA)
    yield compared(f"{name}, {cold} : yamllint", found["cold"], found["yamllint"], LIMIT_YAMLLINT)
    yield compared(say("kabupaten, hangat : dingin", "regency, warm : cold"), found["warm"], found["cold"], LIMIT_WARM)
    yield compared(say("kabupaten, simpanan kosong diisi : dingin", "regency, filling an empty cache : cold"),
                   found["empty cache"], found["cold"])  # fmt: skip
    for way in FRESH:
        yield beyond_start(f"{name}, {cold} : {PARSES[way]}", found["cold"], found[way], found["none"])
    yield from inside(bench, path)


PARSES = {
    "libyaml": say("libyaml saja", "libyaml alone"),
    "events": say("urai C, peristiwa", "C parse, events"),
    "values": say("urai C, nilai", "C parse, values"),
}
"""The bare parses of `parse.py`."""
FRESH = ("events", "values")
"""Those that take longer than the start of a process varies."""


def beyond_start(what: str, ours: list[Usage], parse: list[Usage], none: list[Usage]) -> Row:
    """Compare with a parse without the start of its process; ours counts as a whole. The shortest times are taken for
    both: a difference of two times is small and would show the noise of either. Raises `RunError` where noise wins.
    """
    alone = min(one.wall for one in parse) - min(one.wall for one in none)
    if alone <= 0:
        raise RunError(f"{what}: {say('mesin terlalu sibuk', 'the machine is too busy')}")
    return Row(what, [min(one.wall for one in ours)], [alone])


def inside(bench: Bench, path: Path) -> Iterator[Row]:
    """Measure check and parse within one process, by its processor time."""
    runs: list[dict[str, float]] = []
    for _ in range(bench.runs):
        command = bench.command("inside", str(path))
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=bench.environment)
        if done.returncode:
            raise RunError(done.stderr.strip().rpartition("\n")[2])
        runs.append(json.loads(done.stdout))
    for way, label in PARSES.items():
        what = say(f"kabupaten, dalam satu proses : {label}", f"regency, within one process : {label}")
        yield Row(what, [one["check"] for one in runs], [one[way] for one in runs])


def province(bench: Bench) -> Iterator[Row]:
    """Measure a province in a file for each office: two processes against one."""
    folder = bench.folder / "province"
    folder.mkdir(exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    count = 0
    for name, text in make_offices(SEED, PROVINCE, "provinsi"):
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
        count += 1
    if not bench.jobs(1):
        raise RunError("align has no --jobs")
    with cores(2):
        found = interleaved(
            {jobs: bench.align("check", str(folder), "-f", "csv", *bench.jobs(int(jobs))) for jobs in ("1", "2")},
            bench.runs,
        )
    what = say(f"provinsi dalam {count} berkas, 2 proses : 1 proses", f"province in {count} files, 2 processes : 1")
    yield compared(what, found["2"], found["1"])


def instructions(bench: Bench) -> Iterator[Row]:
    """Measure start-up and one file by instructions run, which a busy machine does not change. Limits are for time."""
    schema = ("check-jsonschema", "--schemafile", str(SCHEMA), str(EXAMPLE))
    empty = say("program typer kosong", "empty typer program")
    pairs = (
        (f"align --help : {empty} --help", ("align", "--help"), ("empty", "--help")),
        (f"align --version : {empty}", ("align", "--version"), ("empty",)),
        (say("contoh bawaan, dingin : check-jsonschema", "shipped example, cold : check-jsonschema"),
         ("align", "check", str(EXAMPLE)), schema),
    )  # fmt: skip
    for what, ours, theirs in pairs:
        counts = [[float(counted(bench, command))] for command in (ours, theirs)]
        yield Row(f"{what} ({say('instruksi', 'instructions')})", counts[0], counts[1], unit=say("juta", "million"))


@cache
def counted(bench: Bench, command: tuple[str, ...]) -> float:
    """Return the instructions that a command runs, in millions: by perf where the processor counts, else valgrind."""
    words = bench.command(*command)
    environment = bench.environment | {"PYTHONHASHSEED": "0"}
    for counter, pattern in (
        (["perf", "stat", "-x,", "-e", "instructions:u"], r"^(\d+),.*instructions"),
        (["valgrind", "--tool=callgrind", f"--callgrind-out-file={os.devnull}"], r"Collected : (\d+)"),
    ):
        try:
            done = subprocess.run([*counter, *words], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                                  check=False, env=environment, cwd=bench.folder)  # fmt: skip
        except FileNotFoundError:
            continue
        if found := re.search(pattern, done.stderr, re.MULTILINE):
            return int(found[1]) / 1e6
    raise RunError(say("perf dan valgrind tidak dapat dipakai", "neither perf nor valgrind can be used"))


def matching(bench: Bench, texts: int = 10_000) -> Iterator[Row]:
    """Measure distinct texts on one core against plain rapidfuzz: time, and right answers where a label is known."""
    with cores(1):
        command = [sys.executable, str(HERE / "matching.py"), "--json", "--texts", str(texts)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=bench.environment)
    if done.returncode:
        raise RunError(done.stderr.strip().rpartition("\n")[2])
    found = json.loads(done.stdout)
    name = say(
        f"{texts} teks berbeda : rapidfuzz process.extract", f"{texts} distinct texts : rapidfuzz process.extract"
    )
    yield Row(
        name,
        found["seconds"]["align"],
        found["seconds"]["rapidfuzz"],
        note=say(f"{found['names']} nama resmi", f"{found['names']} official names"),
    )
    again = say("teks yang sama sekali lagi : pertama kali", "the same texts again : the first time")
    yield Row(again, found["seconds"]["again"], found["seconds"]["align"])
    for label, shares in found["right"].items():
        unit = say("tepat", "right")
        rows = say("teks buatan", "made-up texts") if label == "texts" else label
        what = f"{say('jawaban tepat', 'right answers')}, {rows} : rapidfuzz"
        yield Row(what, [shares["align"]], [shares["rapidfuzz"]], unit=unit)
