"""The parts of the benchmark that take long: the nation, and how cost grows with size."""

from __future__ import annotations

import re
import shutil
import statistics
from typing import TYPE_CHECKING

from generate import REGIONS, SEED, make_nation, make_region
from install import HERE
from measure import MEBIBYTE, Row, RunError, compared, cores, interleaved
from small import PARSES, province

from alignment_cli.language import say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from install import Bench
    from measure import Usage

LIMIT_PARSE, LIMIT_MEMORY = 3.0, 1024.0
LIMIT_GROWTH = 1.2
"""How much dearer than at 10,000 an item may be."""
ROOM = 2.5 * MEBIBYTE
"""Disk that a region needs: its file, its share of the result and of the cache."""
SIZES = (1, 3, 10, 33, 100)
"""Regions of the table of growth before the whole nation: about 3,000 items each."""
FEW = 4
"""Regions that are checked by one and by two processes."""
ITEMS = (1_000, 3_000, 10_000, 30_000)
"""Items of one file in the table of growth."""
FLAT_FROM = 10_000
NAME = re.compile(r"^(?:      - |        )nama: (.*)$", re.MULTILINE)


def files_of(bench: Bench, regions: int) -> list[Path]:
    """Return the files of the nation's first regions; those that an earlier run of this generator made are kept."""
    folder = bench.folder / "nation"
    made = folder / "made_by.txt"
    by = f"{SEED}\n" + "".join(
        (HERE / name).read_text("utf-8") for name in ("generate.py", "catalogue.py", "wording.py")
    )
    if not made.is_file() or made.read_text("utf-8") != by:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        made.write_text(by, encoding="utf-8")
    missing = [number for number in range(regions) if not (folder / f"{number:03}.yaml").is_file()]
    if shutil.disk_usage(folder).free < ROOM * max(regions, 10):
        raise RunError(say("ruang cakram kurang", "not enough room on the disk"))
    for name, text in make_nation(SEED, missing):
        part = folder / f"{name}.part"
        part.write_text(text, encoding="utf-8", newline="\n")
        part.replace(folder / name)
    return [folder / f"{number:03}.yaml" for number in range(regions)]


def items_of(files: list[Path]) -> tuple[int, int, float]:
    """Return how many sub-activities files hold, how many different names, and the share whose name stood before."""
    seen: set[str] = set()
    count = 0
    for file in files:
        names = NAME.findall(file.read_text("utf-8"))
        count += len(names)
        seen.update(names)
    return count, len(seen), 1 - len(seen) / count


def nation(bench: Bench) -> Iterator[Row]:
    """Measure all regions, a file each, on two cores: against the bare parse by two processes, memory, warm."""
    files = files_of(bench, bench.regions)
    folder = first(bench, files)
    count, different, repeated = items_of(files)
    size = sum(file.stat().st_size for file in files) / 1e6
    scale = (
        "" if bench.regions == REGIONS else say(f" ({bench.regions} daerah saja)", f" ({bench.regions} regions only)")
    )
    note = say(
        f"{bench.regions} daerah, {count} sub kegiatan, {size:.0f} MB; {different} nama, {repeated:.1%} berulang",
        f"{bench.regions} regions, {count} sub-activities, {size:.0f} MB; {different} names, {repeated:.1%} repeat",
    )
    bench.forget("nation")
    result = bench.folder / "nation.csv"
    arguments = ("check", str(folder), "-f", "csv", *bench.jobs(2))
    with cores(2):
        parses = {way: [bench.program("parse", way, str(folder), "--processes", "2")()] for way in PARSES}
        cold = [bench.align(*arguments, output=result, watch=True)()]
        filling = [bench.align(*arguments, cache="nation", output=result, watch=True)()]
        warm = [bench.align(*arguments, cache="nation", output=result, watch=True)()]
        # The parse brackets the check: the machine may have become faster or slower meanwhile.
        for way, found in parses.items():
            found.append(bench.program("parse", way, str(folder), "--processes", "2")())
    bench.forget("nation")
    bench.whole = (count, cold[0])
    name = say("nasional", "nation") + scale
    for way, label in PARSES.items():
        what = f"{name}, {say('dingin', 'cold')} : {label}, {say('2 proses', '2 processes')}"
        row = compared(what, cold * 2, parses[way], LIMIT_PARSE if way == "values" else None)
        row.note = note if way == "libyaml" else ""
        yield row
    yield compared(f"{name}, {say('simpanan kosong diisi : dingin', 'filling an empty cache : cold')}", filling, cold)
    yield compared(f"{name}, {say('hangat : dingin', 'warm : cold')}", warm, cold)
    states = ((say("dingin", "cold"), cold), (say("mengisi", "filling"), filling), (say("hangat", "warm"), warm))
    for state, runs in states:
        yield memory(f"{name}, {say('memori semua proses', 'memory of all processes')}, {state} : 1 GiB", runs)


def memory(what: str, runs: list[Usage]) -> Row:
    """Return the line about memory. Raises `RunError` where it cannot be measured."""
    peaks = [one.memory for one in runs if one.memory is not None]
    if not peaks:
        raise RunError(say("memori tidak diukur: perlu Linux", "memory not measured: needs Linux"))
    return Row(what, [peak / MEBIBYTE for peak in peaks], [LIMIT_MEMORY], 1.0, "MiB")


def first(bench: Bench, files: list[Path]) -> Path:
    """Return a folder with these files alone, as links."""
    folder = bench.folder / "chosen"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for file in files:
        (folder / file.name).hardlink_to(file)
    return folder


def processes(bench: Bench) -> Iterator[Row]:
    """Measure a province in a file for each office and some regions in a file each: two processes against one."""
    yield from province(bench)
    folder = first(bench, files_of(bench, FEW))
    with cores(2):
        found = interleaved(
            {jobs: bench.align("check", str(folder), "-f", "csv", *bench.jobs(int(jobs))) for jobs in ("1", "2")},
            min(3, bench.runs),
        )
    yield compared(say(f"{FEW} daerah, 2 proses : 1 proses", f"{FEW} regions, 2 processes : 1"), found["2"], found["1"])


def growth(bench: Bench) -> Iterator[Row]:
    """Measure processor time for an item, at growing numbers of regions and at growing size of one file, cold."""
    costs: list[tuple[int, list[float]]] = []
    for regions in [size for size in SIZES if size <= bench.regions]:
        files = files_of(bench, regions)
        costs.append((items_of(files)[0], _costs(bench, first(bench, files), items_of(files)[0])))
    if bench.regions > max(SIZES):
        if bench.whole is None:
            files = files_of(bench, bench.regions)
            work = bench.align("check", str(first(bench, files)), "-f", "csv", *bench.jobs(2))
            bench.whole = (items_of(files)[0], work())
        count, used = bench.whole
        costs.append((count, [used.processor / count * 1e6]))
    yield from _rows(
        say("biaya per butir, {} butir, satu berkas per daerah", "cost of an item, {} items, a file for each region"),
        costs,
    )
    costs = []
    for items in ITEMS:
        path = bench.folder / f"one_{items}.yaml"
        path.write_text(make_region(SEED, items), encoding="utf-8", newline="\n")
        costs.append((items, _costs(bench, path, items)))
    yield from _rows(say("biaya per butir, {} butir dalam satu berkas", "cost of an item, {} items in one file"), costs)


def _costs(bench: Bench, path: Path, items: int) -> list[float]:
    """Return the processor time of an item in microseconds, of some runs."""
    work = bench.align("check", str(path), "-f", "csv", *bench.jobs(2))
    runs = 1 if items > 20_000 else min(3, bench.runs)  # noqa: PLR2004 - long enough to be steady
    return [work().processor / items * 1e6 for _ in range(runs)]


def _rows(what: str, costs: list[tuple[int, list[float]]]) -> Iterator[Row]:
    """Compare each cost with that at 10,000 items, or at the first size from there on."""
    base = next((cost for items, cost in costs if items >= FLAT_FROM * 0.9), costs[-1][1])
    if not statistics.median(base):
        raise RunError(say("waktu prosesor tidak diukur di sini", "processor time is not measured here"))
    for items, cost in costs:
        limit = LIMIT_GROWTH if items >= FLAT_FROM * 0.9 else None
        yield Row(f"{what.format(items)} : {FLAT_FROM}", cost, [statistics.median(base)], limit, "µs")
