"""Many files: each group of files that belong together is checked by itself, in several processes where that pays, and
only what the output formats and the sums need of it is kept. The memory of a run is that of its largest groups.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any

from alignment_cli import limits, reference
from alignment_cli.groups import groups_of
from alignment_cli.outcome import checked as checked_file
from alignment_cli.policy import goals_of, leftovers
from alignment_cli.tally import Summary
from alignment_cli.verdicts import Verdicts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future

    from alignment_cli.checking import Files
    from alignment_cli.groups import Group
    from alignment_cli.limits import Limits
    from alignment_cli.outcome import Checked, Order, Outcome
    from alignment_cli.reference import Reference
    from alignment_cli.result import FileResult, Gate

WORTHWHILE = 3_000_000
"""Bytes of input from which several processes are faster than one: each takes half a second to start."""
AHEAD = 2
"""Groups for each process that are under way or wait to be taken."""


class StoppedError(Exception):
    """One of several processes ended by itself."""


class Batch:
    """One run over files. Once `checked` was taken to its end, `summary` and the `names` of all files are complete."""

    def __init__(self, files: Files, reference: Reference, order: Order, jobs: int = 0, *, keep: bool = False) -> None:
        """`jobs` is the number of processes, 0 for as many as pay; `keep` allows the cache. Raises OSError when a file
        of several cannot be opened, and `policy.PolicyError`.
        """
        self.summary = Summary(reference.priorities)
        self._reference, self._order = reference, order
        self._goals = goals_of(order.policy, reference.priorities)
        self.names = [shown for _, shown in files]
        self._groups = groups_of(files)
        self._jobs = min(jobs or _worthwhile(files), len(self._groups))
        self._held: list[FileResult] = []
        self._keep = keep and len(self._groups) > 1

    def checked(self, tell: Callable[[str], None] = lambda _: None) -> Iterator[Checked]:
        """Yield what remains of each file, in their order, and of the files that only hold findings about the policy.
        `tell` hears the name of each file before it is checked. Raises OSError when a file cannot be opened.
        """
        waiting: dict[int, Checked] = {}
        gates: list[Gate] = []
        met: set[tuple[int, str]] = set()
        due = 0
        for group, outcome in zip(self._groups, self._outcomes(tell), strict=True):
            gates += outcome.gates
            met |= outcome.met
            for entry in self._order.policy.baseline.entries if self._order.policy.baseline else ():
                entry.left -= outcome.taken.get(entry.number, 0)
            waiting.update(zip(group.numbers, outcome.files, strict=True))
            while due in waiting:
                yield self._counted(waiting.pop(due))
                due += 1
        for file in leftovers(self._order.policy, tuple(self.names), met):
            self.names.append(file.loaded.path)
            yield self._counted(checked_file(file, self._order, self._reference.priorities))
        wanted = list(self._goals)
        self.summary.gates = sorted(gates, key=lambda gate: wanted.index(gate.goal))

    def _counted(self, checked: Checked) -> Checked:
        self.summary.tally.add(checked.tally)
        return checked

    def _outcomes(self, tell: Callable[[str], None]) -> Iterator[Outcome]:
        if self._jobs > 1:
            yield from _in_processes(self._groups, self._order, self._jobs, tell, keep=self._keep)
            return
        verdicts = Verdicts(self._order, keep=self._keep)
        for group in self._groups:
            for _, shown in group.files:
                tell(shown)
            yield verdicts.outcome(group, self._reference, self._held if group is self._groups[-1] else None)


def _worthwhile(files: Files) -> int:
    """Return how many processes pay for these files."""
    size = sum(len(file) if isinstance(file, bytes) else file.stat().st_size for file, _ in files)
    if size < WORTHWHILE:
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _in_processes(
    groups: Iterable[Group], order: Order, jobs: int, tell: Callable[[str], None], *, keep: bool
) -> Iterator[Outcome]:
    """Yield the outcomes of groups in their order. New processes are started afresh on every system: a copy of this one
    would share its open index. Raises `StoppedError`.
    """
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    pool = ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), _begin, (order, limits.current(), keep))
    rest = iter(groups)
    waiting: list[tuple[Group, Future[Outcome]]] = []
    try:
        while True:
            with _uninterrupted():
                more = islice(rest, AHEAD * jobs - len(waiting))
                waiting += [(group, pool.submit(_in_process, group)) for group in more]
            if not waiting:
                return
            group, future = waiting.pop(0)
            for _, shown in group.files:
                tell(shown)
            yield future.result()
    except BrokenProcessPool:
        raise StoppedError from None
    except BaseException:
        for process in multiprocessing.active_children():
            process.kill()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Start processes that take no notice of Ctrl+C, not even while they start: it is for the first process."""
    import signal

    try:
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    except ValueError:  # only the main thread deals with signals
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


_process: dict[str, Any] = {}
"""What a process of the pool works with."""


def _begin(order: Order, in_force: Limits, keep: bool) -> None:
    """Prepare a process of the pool."""
    import gc

    gc.disable()  # outcomes leave no circles behind
    limits.use(in_force)
    _process.update(verdicts=Verdicts(order, keep=keep), reference=reference.load(order.priorities, order.calibration))


def _in_process(group: Group) -> Outcome:
    outcome: Outcome = _process["verdicts"].outcome(group, _process["reference"])
    return outcome
