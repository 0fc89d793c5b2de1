"""GitLab's Code Quality report: JSON for `artifacts:reports:codequality`.

Fields as in https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from alignment_cli.finding import Severity
from alignment_cli.identity import fingerprint
from alignment_cli.render.concise import relative, told
from alignment_cli.render.json import written

if TYPE_CHECKING:
    from alignment_cli.finding import Finding
    from alignment_cli.render import View
    from alignment_cli.result import Result

_SEVERITY = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}
LEVELS = 1
"""Outer levels of the JSON that are written one entry a line."""


def render(result: Result, view: View) -> str:
    """Return the findings that count as a JSON array, one a line."""
    seen: Counter[str] = Counter()
    entries = []
    for file in result.files:
        for finding in file.findings:
            mark = fingerprint(finding, file.loaded.document)
            seen[mark] += 1
            # GitLab shows one entry for all findings of the same fingerprint.
            entries.append(_entry(finding, mark if seen[mark] == 1 else f"{mark}-{seen[mark]}", view))
    return written(entries, LEVELS)


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
