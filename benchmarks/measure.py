"""Running commands side by side: wall time, processor time and memory of a process with all that it starts."""

from __future__ import annotations

import math
import os
import statistics
import subprocess
import tempfile
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

SAMPLE = 0.1
"""Seconds between two looks at the memory."""
MEBIBYTE = 2**20
FINE = (0, 1)
"""Exit codes of a check that ran: without findings and with findings."""


class RunError(Exception):
    """A command failed, or what was to be measured cannot be measured here; the text says why."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What a run took: seconds of wall and of processor time (0 where not measured); largest memory in bytes, None
    where not watched.
    """

    wall: float
    processor: float = 0.0
    memory: int | None = None


def run(
    command: Sequence[str],
    environment: Mapping[str, str],
    folder: Path,
    *,
    output: Path | None = None,
    watch: bool = False,
) -> Usage:
    """Run a command; its output goes to a file or nowhere. Raises `RunError` when it does not end as a check does."""
    with tempfile.TemporaryFile() as errors, Path(output or os.devnull).open("wb") as stream:
        start = time.perf_counter()
        process = subprocess.Popen(command, env=dict(environment), cwd=folder, stdout=stream, stderr=errors)
        memory = Memory(process.pid) if watch and Path("/proc/self/smaps_rollup").exists() else None
        processor = 0.0
        if hasattr(os, "wait4"):
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            processor = used.ru_utime + used.ru_stime
        else:
            process.wait()
        wall = time.perf_counter() - start
        peak = memory.end() if memory is not None else None
        errors.seek(0)
        said = errors.read().decode(errors="replace")
        if process.returncode not in FINE or "Traceback" in said:
            raise RunError(f"{' '.join(command)}: {process.returncode}: {said[-500:]}")
    return Usage(wall, processor, peak)


class Memory(threading.Thread):
    """Watches the memory of a process and all its descendants: the largest sum of their proportional set sizes, in
    which a page that several share counts once. What lies between two looks is not seen.
    """

    def __init__(self, root: int) -> None:
        super().__init__(daemon=True)
        self._root, self._peak, self._over = root, 0, threading.Event()
        self.start()

    def run(self) -> None:
        """Look until told to end."""
        while not self._over.wait(SAMPLE):
            self._peak = max(self._peak, sum(_size(process) for process in _family(self._root)))

    def end(self) -> int:
        """Return the largest sum seen, in bytes."""
        self._over.set()
        self.join()
        return self._peak


def _family(root: int) -> list[int]:
    """Return a process and its descendants."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except (OSError, ValueError):
                continue  # it has ended
    found = [root]
    for known in found:
        found += [process for process, parent in parents.items() if parent == known]
    return found


def _size(process: int) -> int:
    try:
        rolled = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in rolled.splitlines() if line.startswith("Pss:"))


def interleaved(work: dict[str, Callable[[], Usage]], runs: int) -> dict[str, list[Usage]]:
    """Run all in turn, so that a busy machine slows each alike. A first round, which makes bytecode and fills the
    system's file cache, is not counted.
    """
    for one in work.values():
        one()
    found: dict[str, list[Usage]] = {name: [] for name in work}
    for _ in range(runs):
        for name, one in work.items():
            found[name].append(one())
    return found


@contextmanager
def cores(count: int) -> Iterator[None]:
    """Keep this process and all that it starts on so many cores, where the system can."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, set(sorted(before)[:count]))
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


@dataclass
class Row:
    """A line of the report: two series of the same unit, measured in turn, and the largest ratio that is allowed."""

    what: str
    ours: list[float]
    theirs: list[float]
    limit: float | None = None
    unit: str = "s"
    processor: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float:
        """The ratio of the medians."""
        return _over(statistics.median(self.ours), statistics.median(self.theirs))

    @property
    def least(self) -> float:
        """The ratio of the smallest values: what the machine can do when nothing else runs."""
        return _over(min(self.ours), min(self.theirs))

    @property
    def bounds(self) -> tuple[float, float]:
        """The smallest and the largest ratio of a round."""
        theirs = self.theirs if len(self.theirs) > 1 else self.theirs * len(self.ours)
        rounds = [_over(a, b) for a, b in zip(self.ours, theirs, strict=True)]
        return min(rounds), max(rounds)

    @property
    def held(self) -> bool:
        """Tell whether the limit is kept, as printed: to three decimals."""
        return self.limit is None or round(self.ratio, 3) <= self.limit


def _over(ours: float, theirs: float) -> float:
    return ours / theirs if theirs else math.inf


def compared(what: str, ours: list[Usage], theirs: list[Usage], limit: float | None = None) -> Row:
    """Return the line that compares two series by wall time, and by processor time beside it."""
    mine, other = (statistics.median([one.processor for one in series]) for series in (ours, theirs))
    return Row(what, [one.wall for one in ours], [one.wall for one in theirs], limit, "s",
               mine / other if other > 0 else None)  # fmt: skip
