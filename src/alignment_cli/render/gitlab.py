"""GitLab's Code Quality report: JSON for `artifacts:reports:codequality`.

Fields as in https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format.
"""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, Any

from alignment_cli.finding import Severity
from alignment_cli.identity import fingerprint
from alignment_cli.render.concise import relative, told
from alignment_cli.render.json import written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from alignment_cli.finding import Finding
    from alignment_cli.priorities import Prioritas
    from alignment_cli.render import View
    from alignment_cli.result import FileResult
    from alignment_cli.tally import Summary

_SEVERITY = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def part(file: FileResult, priorities: Prioritas, view: View) -> list[str]:  # noqa: ARG001 - as every format
    """Return the findings of a file that count, each as JSON in a line."""
    seen: Counter[str] = Counter()
    entries = []
    for finding in file.findings:
        mark = fingerprint(finding, file.loaded.document)
        seen[mark] += 1
        # GitLab shows one entry for all findings of the same fingerprint, which holds the file's name.
        entries.append(written(_entry(finding, mark if seen[mark] == 1 else f"{mark}-{seen[mark]}", view), 0).rstrip())
    return entries


def whole(parts: Iterable[list[str]], summary: Summary, view: View) -> Iterator[str]:  # noqa: ARG001 - as every format
    """Yield a JSON array, a finding a line."""
    yield "["
    between = "\n  "
    for entry in chain.from_iterable(parts):
        yield between + entry
        between = ",\n  "
    yield "]\n" if between.startswith("\n") else "\n]\n"


def _entry(finding: Finding, mark: str, view: View) -> dict[str, Any]:
    span = finding.place.span
    return {
        "description": f"{finding.rule.code} {finding.rule.name}: {told(finding, view.lang)}",
        "check_name": finding.rule.code,
        "fingerprint": mark,
        "severity": _SEVERITY[finding.rule.severity],
        "location": {
            "path": relative(finding.place.path),
            "lines": {"begin": span.line, "end": span.end_line},
            "positions": {
                "begin": {"line": span.line, "column": span.column},
                "end": {"line": span.end_line, "column": span.end_column},
            },
        },
    }
