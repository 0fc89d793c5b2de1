"""Outcomes of earlier runs, each kept under a digest of all that it depends on, above all the bytes of files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from alignment_cli import cache, limits, source
from alignment_cli.groups import Group
from alignment_cli.outcome import Checked, Outcome, outcome_of
from alignment_cli.result import Gate
from alignment_cli.tally import Tally

if TYPE_CHECKING:
    from alignment_cli.outcome import Order
    from alignment_cli.reference import Reference
    from alignment_cli.result import FileResult


class Verdicts:
    """Checks groups, or tells what came of it before. The same for all processes of a run."""

    def __init__(self, order: Order, *, keep: bool) -> None:
        """Without `keep` nothing is looked up and nothing kept. Raises OSError for own priorities that vanished."""
        self._order = order
        self._base = _base(order) if keep and order.policy.changes is None else None

    def outcome(self, group: Group, reference: Reference, held: list[FileResult] | None = None) -> Outcome:
        """Return what comes of a group; `held` as in `outcome_of`. Raises OSError when a file cannot be opened."""
        if self._base is None:
            return outcome_of(group, self._order, reference, held)
        files = tuple((_bytes(file), shown) for file, shown in group.files)
        key = cache.digest(self._base, *(part for raw, shown in files for part in (shown, cache.digest(raw))))
        outcome = _read(cache.get(key), len(files))
        if outcome is None:
            outcome = outcome_of(Group(group.numbers, files), self._order, reference)
            cache.put(key, _written(outcome))
        return outcome


def _bytes(file: Path | bytes) -> bytes:
    """Return what the check would read of a file."""
    return file if isinstance(file, bytes) else source.read_bytes(file)


def _base(order: Order) -> str:
    """Return a digest of all that an outcome depends on besides the files. The current folder is among it, for some
    formats name files relative to it.
    """
    policy = order.policy
    own = [source.read_bytes(path) if path is not None else b"" for path in (order.priorities, order.calibration)]
    baseline = (policy.baseline.raw, str(policy.baseline.path), policy.today) if policy.baseline else ()
    counts = repr((sorted(policy.codes), policy.per_file, policy.config, list(policy.gates.items())))
    manner = repr((order.formats, limits.current()))
    return cache.digest(cache.program(), str(Path.cwd()), counts, manner, *own, *baseline)


def _written(outcome: Outcome) -> dict[str, Any]:
    files = [[checked.parts, checked.tally.as_data()] for checked in outcome.files]
    return {"files": files, "gates": outcome.gates, "met": sorted(outcome.met), "taken": list(outcome.taken.items())}


def _read(content: Any, count: int) -> Outcome | None:
    """Return what `_written` wrote; None for anything else."""
    try:
        rows = content["files"]
        files = [Checked([list(map(str, part)) for part in parts], Tally.from_data(sums)) for parts, sums in rows]
        gates = [Gate(*gate) for gate in content["gates"]]
        met = {(int(number), str(code)) for number, code in content["met"]}
        outcome = Outcome(files, gates, met, dict(content["taken"]))
    except (KeyError, TypeError, ValueError):
        return None
    return outcome if len(files) == count else None
