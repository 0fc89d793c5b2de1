"""Everything that a run found out. Renderers read this and nothing else."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from alignment_cli.match.verdict import Status

if TYPE_CHECKING:
    from alignment_cli.context import Item
    from alignment_cli.finding import Finding, Severity, Text
    from alignment_cli.load import Loaded
    from alignment_cli.match.verdict import Verdict
    from alignment_cli.priorities import Prioritas


class Judged(NamedTuple):
    """An item with its answer."""

    item: Item
    verdict: Verdict


class GoalSum(NamedTuple):
    """One goal in one file. `programmes` and `parts` count items whose main goal it is; `pagu` is their money in
    rupiah, of the parts where a programme has parts, so that the sums of all goals add up; `confirmed` is the money
    of items answered `selaras`; `unknown` counts items whose ceiling the file does not give.
    """

    goal: str
    programmes: int
    parts: int
    pagu: int
    confirmed: int
    unknown: int


class Suppressed(NamedTuple):
    """A finding that was put aside, by a comment in the file, by the configuration, or by the baseline, and why."""

    finding: Finding
    by: Literal["comment", "config", "baseline"]
    reason: str


class Gate(NamedTuple):
    """A demand on the aligned part of a region's plan (`--min-keselarasan`). `region` names region, document and year;
    `goal` is a goal's code, or "" for all goals; `wanted` and `reached` are 0-1, `reached` None where nothing can be
    counted: then the gate holds.
    """

    region: str
    goal: str
    wanted: float
    reached: float | None

    @property
    def holds(self) -> bool:
        """Tell whether the demand is met."""
        return self.reached is None or self.reached >= self.wanted


@dataclass
class FileResult:
    """One checked file. `findings` are those that count; `suppressed` those that were put aside. `plan` is false for
    the baseline and the configuration, which only have findings.
    """

    loaded: Loaded
    judged: list[Judged] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    suppressed: list[Suppressed] = field(default_factory=list)
    plan: bool = True

    @property
    def programmes(self) -> list[Judged]:
        """The programmes, in the order of the file."""
        return [judged for judged in self.judged if judged.item.parent is None]

    @property
    def leaves(self) -> list[Judged]:
        """The items that carry money: sub-activities, and programmes that have none."""
        return [judged for judged in self.judged if judged.item.parent is not None or not judged.item.parts]

    def statuses(self) -> Counter[str]:
        """Count the programmes by answer, the value of a `Status`."""
        return Counter(judged.verdict.status.value for judged in self.programmes)

    def sums(self, goals: list[str]) -> list[GoalSum]:
        """Return one line per goal, in the order given."""
        programmes = Counter(judged.verdict.goal for judged in self.programmes if counts(judged.verdict))
        leaves: dict[str | None, list[Judged]] = defaultdict(list)
        for judged in self.leaves:
            if counts(judged.verdict):
                leaves[judged.verdict.goal].append(judged)
        return [_sum(goal, programmes[goal], leaves[goal]) for goal in goals]

    def elsewhere(self) -> tuple[int, int]:
        """Return number and rupiah of money-carrying items that count for no goal."""
        rest = [judged for judged in self.leaves if judged.verdict.goal is None or not counts(judged.verdict)]
        return len(rest), sum(judged.item.pagu or 0 for judged in rest)


def _sum(goal: str, programmes: int, own: list[Judged]) -> GoalSum:
    known = [judged for judged in own if judged.item.pagu is not None]
    return GoalSum(
        goal,
        programmes,
        sum(1 for judged in own if judged.item.parent is not None),
        sum(judged.item.pagu or 0 for judged in known),
        sum(judged.item.pagu or 0 for judged in known if judged.verdict.status is Status.SELARAS),
        len(own) - len(known),
    )


def counts(verdict: Verdict) -> bool:
    """Tell whether an answer counts for its goal; an unsupported claim does not."""
    return verdict.status in (Status.SELARAS, Status.PERLU_TINJAU)


@dataclass
class Result:
    """All checked files with the priorities they were held against."""

    files: list[FileResult]
    priorities: Prioritas
    gates: list[Gate] = field(default_factory=list)
    unchecked: list[Text] = field(default_factory=list)
    """What was not checked, and why, one sentence each."""

    @property
    def plans(self) -> list[FileResult]:
        """The files that were to be checked."""
        return [file for file in self.files if file.plan]

    @property
    def findings(self) -> list[Finding]:
        """All findings, in the order of files and places."""
        return [finding for file in self.files for finding in file.findings]

    def count(self, severity: Severity) -> int:
        """Count findings of a severity."""
        return sum(1 for finding in self.findings if finding.rule.severity is severity)

    @property
    def suppressed(self) -> list[Suppressed]:
        """All findings that were put aside."""
        return [suppressed for file in self.files for suppressed in file.suppressed]
