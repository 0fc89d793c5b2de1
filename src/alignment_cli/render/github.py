"""Annotations for GitHub Actions, then the report for the log.

Workflow commands and their escaping as in the runner's `ActionCommand.cs`. GitHub shows ten errors and ten warnings a
step, so the worst come first, and everything stands in the log.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from alignment_cli.finding import Severity
from alignment_cli.render import concise
from alignment_cli.render.closing import closing, gate_sentence
from alignment_cli.render.concise import relative, told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from alignment_cli.finding import Finding
    from alignment_cli.priorities import Prioritas
    from alignment_cli.render import View
    from alignment_cli.result import FileResult
    from alignment_cli.tally import Summary

_COMMAND = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def part(file: FileResult, priorities: Prioritas, view: View) -> list[str]:
    """Return a file's workflow commands of each severity, then its lines for the log."""
    found = {severity: [f for f in file.findings if f.rule.severity is severity] for severity in WORST_FIRST}
    commands = ["".join(f"{_annotation(finding, view)}\n" for finding in found[severity]) for severity in WORST_FIRST]
    log = concise.part(file, priorities, view)[0].splitlines()
    return [*commands, "".join(f"{_inert(line)}\n" for line in log)]


def whole(parts: Iterable[list[str]], summary: Summary, view: View) -> Iterator[str]:
    """Yield workflow commands, the worst findings of all files first, then the concise report and the counts."""
    taken = list(parts)
    title = "keselarasan" if view.lang == "id" else "alignment"
    for gate in summary.gates:
        if not gate.holds:
            yield _command("error", {"title": title}, gate_sentence(gate, view.lang)) + "\n"
    for pieces in zip(*taken, strict=True):
        yield from pieces
    for line in closing(summary, view.lang):
        yield f"{_inert(line)}\n"


WORST_FIRST = tuple(reversed(Severity))


def _annotation(finding: Finding, view: View) -> str:
    span = finding.place.span
    properties: dict[str, str | int] = {
        "file": relative(finding.place.path),
        "line": span.line,
        "col": span.column,
        "endColumn": span.end_column,
        "title": f"{finding.rule.code} {finding.rule.name}",
    }
    return _command(_COMMAND[finding.rule.severity], properties, told(finding, view.lang))


def _command(name: str, properties: dict[str, str | int], message: str) -> str:
    written = ",".join(
        f"{key}={_data(str(value)).replace(':', '%3A').replace(',', '%2C')}" for key, value in properties.items()
    )
    return f"::{name} {written}::{_data(message)}"


def _data(text: str) -> str:
    """Escape what would end a command, and replace what could steer a terminal."""
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return "".join(ch if ch.isprintable() else "�" for ch in escaped)


def _inert(line: str) -> str:
    """Return a line of the log that the runner does not take for a command: ``::x`` at its start, ``##[x`` anywhere."""
    line = line.replace("##[", "# #[")
    return f"./{line}" if line.startswith("::") else line
