"""What remains of checked files when they are gone: counts and sums, which add up over files."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, Self

from alignment_cli.finding import Severity
from alignment_cli.result import GoalSum

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alignment_cli.finding import Text
    from alignment_cli.priorities import Prioritas
    from alignment_cli.result import FileResult, Gate, Result


@dataclass
class Tally:
    """Counts over files. `files` were to be checked, `faulty` of them have findings; `findings` are counted by
    severity, `aside` by what put them aside, `statuses` are those of programmes; `sums` has a line for each goal.
    """

    files: int = 0
    faulty: int = 0
    programmes: int = 0
    fixable: int = 0
    findings: Counter[str] = field(default_factory=Counter)
    aside: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    sums: dict[str, GoalSum] = field(default_factory=dict)

    @classmethod
    def of(cls, file: FileResult, goals: Sequence[str]) -> Self:
        """Count one file."""
        return cls(
            files=int(file.plan),
            faulty=int(file.plan and bool(file.findings)),
            programmes=len(file.programmes),
            fixable=_fixable(file) if file.findings else 0,
            findings=Counter(finding.rule.severity.value for finding in file.findings),
            aside=Counter(suppressed.by for suppressed in file.suppressed),
            statuses=file.statuses(),
            sums={line.goal: line for line in file.sums(list(goals))},
        )

    def add(self, other: Tally) -> None:
        """Count the files of `other` too."""
        self.files += other.files
        self.faulty += other.faulty
        self.programmes += other.programmes
        self.fixable += other.fixable
        self.findings += other.findings
        self.aside += other.aside
        self.statuses += other.statuses
        for goal, line in other.sums.items():
            before = self.sums.get(goal, GoalSum(goal, 0, 0, 0, 0, 0))
            self.sums[goal] = GoalSum(goal, *(a + b for a, b in zip(before[1:], line[1:], strict=True)))

    def as_data(self) -> dict[str, Any]:
        """Return plain data that JSON can hold and `from_data` reads."""
        return {one.name: getattr(self, one.name) for one in fields(self)}

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Self:
        """Return what `as_data` wrote. Raises KeyError, TypeError and ValueError for anything else."""
        values = {one.name: data[one.name] for one in fields(cls)}
        for name in ("findings", "aside", "statuses"):
            values[name] = Counter(values[name])
        values["sums"] = {goal: GoalSum(*line) for goal, line in values["sums"].items()}
        return cls(**values)


def _fixable(file: FileResult) -> int:
    from alignment_cli.fix.repairs import repair_of

    return sum(1 for finding in file.findings if repair_of(finding, file.loaded.document))


@dataclass
class Summary:
    """A run as a whole: what its files add up to, the demands on it, and what was not checked, a sentence each."""

    priorities: Prioritas
    tally: Tally = field(default_factory=Tally)
    gates: list[Gate] = field(default_factory=list)
    unchecked: list[Text] = field(default_factory=list)

    @classmethod
    def of(cls, result: Result) -> Self:
        """Sum up a result that is at hand as a whole."""
        found = cls(result.priorities, Tally(), result.gates, result.unchecked)
        for file in result.files:
            found.tally.add(Tally.of(file, found.goals))
        return found

    @property
    def goals(self) -> list[str]:
        """The codes of all goals."""
        return [goal.kode for goal in self.priorities.tujuan]

    def fails(self, fail_on: Severity | None) -> bool:
        """Tell whether a gate is missed or any finding is at or above `fail_on` (None: findings never fail)."""
        if any(not gate.holds for gate in self.gates):
            return True
        return fail_on is not None and any(
            self.tally.findings[severity.value] for severity in Severity if severity.rank >= fail_on.rank
        )
