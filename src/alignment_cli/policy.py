"""What counts: from all that the rules found to what a user selected, put aside, or touched.

In this order: selection of rules, comments in the file, `per_file` of the configuration, the baseline, changed lines.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fnmatch import fnmatch
from typing import TYPE_CHECKING, NamedTuple

from alignment_cli import baseline as base
from alignment_cli.finding import Finding, Place, Span, Text
from alignment_cli.load import Loaded
from alignment_cli.region import regions
from alignment_cli.result import FileResult, Gate, Suppressed
from alignment_cli.rules import RULES, rule, suppression
from alignment_cli.score import of_goal, score
from alignment_cli.source import Document
from alignment_cli.suggest import closest
from alignment_cli.suppress import comments

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from alignment_cli.baseline import Baseline
    from alignment_cli.changes import Lines
    from alignment_cli.config import PerFile
    from alignment_cli.finding import Route
    from alignment_cli.priorities import Prioritas
    from alignment_cli.result import Judged, Result

ALL = ("ALL", "SEMUA")


class PolicyError(Exception):
    """A policy names what does not exist; `text` says so in both languages."""

    def __init__(self, id_: str, en: str) -> None:
        super().__init__(en)
        self.text = Text(id_, en)


def codes_of(written: Iterable[str], where: str) -> frozenset[str]:
    """Return the codes of rules that are named by code, by the beginning of a code (``AL5``), by name, or by ``ALL``.

    Raises `PolicyError` with a proposal.
    """
    found: set[str] = set()
    for part in (word.strip() for text in written for word in text.split(",") if word.strip()):
        known = rule(part)
        beginning = part.upper() if re.fullmatch(r"AL\d{0,2}", part.upper()) else "-"
        family = {row.code for row in RULES if row.code.startswith(beginning)}
        if known is not None:
            found.add(known.code)
        elif part.upper() in ALL:
            found |= {row.code for row in RULES}
        elif family:
            found |= family
        else:
            near = closest(part, [name for row in RULES for name in (row.code, row.name)])
            id_, en = (f" Maksud Anda: {near}?", f" Did you mean: {near}?") if near else ("", "")
            raise PolicyError(
                f'{where}: aturan "{part}" tidak dikenal.{id_} Daftar: align rules.',
                f'{where}: the rule "{part}" is not known.{en} List: align rules.',
            )
    return frozenset(found)


@dataclass
class Policy:
    """What counts. `codes` are the selected rules; `changes` the touched lines by name of file (None: everything
    counts); `config` names the configuration file that `per_file` comes from; `today` is an ISO date.
    """

    codes: frozenset[str] = frozenset(row.code for row in RULES)
    per_file: Sequence[PerFile] = ()
    config: str = ""
    baseline: Baseline | None = None
    changes: dict[str, Lines] | None = None
    gates: dict[str, float] = field(default_factory=dict)
    today: str = ""


class Kept(NamedTuple):
    """What applying a policy to files found out besides: how its demands are met, and which entries of `per_file` put
    findings of which rule aside.
    """

    gates: list[Gate]
    met: set[tuple[int, str]]


def apply(result: Result, policy: Policy) -> None:
    """Leave in `result` what counts. Raises `PolicyError` when a gate names an unknown goal."""
    checked = [file.loaded.path for file in result.files]
    kept = keep(result.files, policy, goals_of(policy, result.priorities))
    result.gates = kept.gates
    result.files += leftovers(policy, checked, kept.met)


def keep(files: Sequence[FileResult], policy: Policy, goals: Mapping[str, float]) -> Kept:
    """Leave in `files`, all of their regions, what counts. `goals` are the demands, from `goals_of`."""
    kept = Kept(_gates(files, goals), set())
    for file in files:
        file.findings = [finding for finding in file.findings if finding.rule.code in policy.codes]
        _by_comment(file, policy)
        _by_pattern(file, policy, kept.met)
        _by_baseline(file, policy)
        if policy.changes is not None:
            _by_change(file, policy.changes.get(file.loaded.path, frozenset()))
    return kept


def leftovers(policy: Policy, checked: Sequence[str], met: set[tuple[int, str]]) -> list[FileResult]:
    """Return what is to say, when all files are checked, of a policy that puts aside what is not there."""
    if policy.changes is not None:
        return []
    return _about_baseline(policy, checked) + _about_patterns(policy, checked, met)


def goals_of(policy: Policy, priorities: Prioritas) -> dict[str, float]:
    """Return the least aligned part (0-1) by code of goal, "" for all. Raises `PolicyError` for an unknown goal."""
    demands = {}
    for written, wanted in policy.gates.items():
        goal = priorities.goal_code(written) if written else ""
        if goal is None:
            known = ", ".join(part.kode for part in priorities.tujuan)
            raise PolicyError(f'min_keselarasan: tujuan "{written}" tidak dikenal. Pilihan: {known}.',
                              f'min_keselarasan: the goal "{written}" is not known. Choices: {known}.')  # fmt: skip
        demands[goal] = wanted
    return demands


def _by_comment(file: FileResult, policy: Policy) -> None:
    found, wrong = comments(file.loaded.document)
    if not found and not wrong:
        return
    rest = []
    for finding in file.findings:
        line, code = finding.place.span.line, finding.rule.code
        own = next((comment for comment in found if comment.line == line and code in comment.codes), None)
        if own is None:
            rest.append(finding)
        else:
            own.used.add(code)
            file.suppressed.append(Suppressed(finding, "comment", own.reason))
    for comment in found:
        for code in comment.codes:
            if code in policy.codes and code not in comment.used:
                wrong.append(Finding(suppression.UNUSED, comment.place, {"kode": code, "baris": comment.line}))
    file.findings = rest + [finding for finding in wrong if finding.rule.code in policy.codes]
    file.findings.sort(key=lambda finding: (finding.place.span.line, finding.place.span.column, finding.rule.code))


def _by_pattern(file: FileResult, policy: Policy, met: set[tuple[int, str]]) -> None:
    for number, entry in enumerate(policy.per_file):
        if not fnmatch(file.loaded.path, entry.pattern):
            continue
        codes = codes_of(entry.ignore, f"{policy.config}:{entry.line}")
        aside = [finding for finding in file.findings if finding.rule.code in codes]
        met |= {(number, finding.rule.code) for finding in aside}
        file.suppressed += [Suppressed(finding, "config", entry.reason) for finding in aside]
        file.findings = [finding for finding in file.findings if finding.rule.code not in codes]


def _by_baseline(file: FileResult, policy: Policy) -> None:
    if policy.baseline is None:
        return
    rest = []
    for finding in file.findings:
        entry = base.take(policy.baseline, finding, file, policy.today)
        if entry is None:
            rest.append(finding)
        else:
            file.suppressed.append(Suppressed(finding, "baseline", entry.reason))
    file.findings = rest


def _by_change(file: FileResult, lines: Lines) -> None:
    if lines is None:
        return
    touched = [judged for judged in file.judged if _touches(file, judged.item.route, lines)]
    routes = {file.loaded.original(judged.item.route) for judged in touched}

    def counts(finding: Finding) -> bool:
        return finding.place.span.line in lines or _item(finding.place.route) in routes

    file.findings = [finding for finding in file.findings if counts(finding)]
    file.suppressed = [aside for aside in file.suppressed if counts(aside.finding)]
    file.judged = touched


def _touches(file: FileResult, route: Route, lines: frozenset[int]) -> bool:
    document = file.loaded.document
    node = document.node(file.loaded.original(route))
    if node is None:
        return False
    first, _ = document.position(node.start)
    last, column = document.position(node.end)
    if not document.line(last)[: column - 1].strip():
        last -= 1  # a block ends where the next one begins
    return any(first <= line <= last for line in lines)


def _item(route: Route) -> Route:
    """Return the route of the innermost item that a finding's route leads into."""
    return route[:4] if len(route) >= 4 and route[2] == "sub_kegiatan" else route[:2]  # noqa: PLR2004 - route of a part


def _about_baseline(policy: Policy, checked: Sequence[str]) -> list[FileResult]:
    if policy.baseline is None:
        return []
    found = base.leftovers(policy.baseline, checked, policy.codes, policy.today)
    found = [finding for finding in found if finding.rule.code in policy.codes]
    document = policy.baseline.document
    return [FileResult(Loaded(document.path, document), findings=found, plan=False)] if found else []


def _about_patterns(policy: Policy, checked: Sequence[str], met: set[tuple[int, str]]) -> list[FileResult]:
    """Return what is to say of `per_file` entries that put nothing aside, though files that they name were checked."""
    found = []
    for number, entry in enumerate(policy.per_file):
        idle = [
            written
            for written in entry.ignore
            for codes in (codes_of([written], f"{policy.config}:{entry.line}") & policy.codes,)
            if codes and not any((number, code) in met for code in codes)
        ]
        if idle and any(fnmatch(path, entry.pattern) for path in checked):
            place = Place(policy.config, Span(entry.line, 1, entry.line, 2))
            found.append(Finding(suppression.UNUSED_PATTERN, place, {"pola": entry.pattern, "kode": ", ".join(idle)}))
    found = [finding for finding in found if finding.rule.code in policy.codes]
    return [FileResult(Loaded(policy.config, Document(policy.config, "")), findings=found, plan=False)] if found else []


def _gates(files: Sequence[FileResult], goals: Mapping[str, float]) -> list[Gate]:
    gates = []
    for goal, wanted in goals.items():
        for region in regions(files):
            reached = of_goal(region.files, goal) if goal else score(_leaves(region.files))
            gates.append(Gate(region.name, goal, wanted, None if reached is None else reached.value))
    return gates


def _leaves(files: list[FileResult]) -> list[Judged]:
    return [judged for file in files for judged in file.leaves]
