"""One group of files, checked: what the output formats and the sums need of it, and nothing else."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, NamedTuple

from alignment_cli.policy import goals_of, keep
from alignment_cli.render import format_of
from alignment_cli.run import check_region
from alignment_cli.tally import Tally

if TYPE_CHECKING:
    from pathlib import Path

    from alignment_cli.groups import Group
    from alignment_cli.policy import Policy
    from alignment_cli.priorities import Prioritas
    from alignment_cli.reference import Reference
    from alignment_cli.render import View
    from alignment_cli.result import FileResult, Gate


class Order(NamedTuple):
    """What a process must know to check a group: files of own priorities and calibration, what counts, and the formats
    to make parts for.
    """

    priorities: Path | None
    calibration: Path | None
    policy: Policy
    formats: tuple[tuple[str, View], ...]


class Checked(NamedTuple):
    """What remains of a checked file: its part of every format of the order, and what it adds to the sums."""

    parts: list[list[str]]
    tally: Tally


class Outcome(NamedTuple):
    """What remains of a checked group; `taken` tells how often each entry of the baseline was met, by its number."""

    files: list[Checked]
    gates: list[Gate]
    met: set[tuple[int, str]]
    taken: dict[int, int]


def outcome_of(group: Group, order: Order, reference: Reference, held: list[FileResult] | None = None) -> Outcome:
    """Check a group. Depends on nothing but its arguments. What was checked is given back, which takes a while, or goes
    to `held`, where the process is about to end anyway. Raises OSError.
    """
    policy, priorities = order.policy, reference.priorities
    entries = policy.baseline.entries if policy.baseline else []
    before = [entry.left for entry in entries]
    files = check_region(group.files, reference, whole=policy.changes is None)
    kept = keep(files, policy, goals_of(policy, priorities))
    taken = {entry.number: left - entry.left for entry, left in zip(entries, before, strict=True) if left > entry.left}
    for entry, left in zip(entries, before, strict=True):
        entry.left = left
    outcome = Outcome([checked(file, order, priorities) for file in files], kept.gates, kept.met, taken)
    if held is None:
        for file in files:
            _release(file)
        del files
        # The parser refers to itself and to the whole text. Only what is new is looked through.
        gc.collect(0)
    else:
        held += files
    return outcome


def checked(file: FileResult, order: Order, priorities: Prioritas) -> Checked:
    """Return what remains of a file."""
    parts = [format_of(name).part(file, priorities, view) for name, view in order.formats]
    return Checked(parts, Tally.of(file, [goal.kode for goal in priorities.tujuan]))


def _release(file: FileResult) -> None:
    """Undo the circles of items and their parts, so that their memory is free at once."""
    for judged in file.judged:
        judged.item.parts, judged.item.parent = [], None
