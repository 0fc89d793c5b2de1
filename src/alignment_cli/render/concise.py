"""One line per finding and per programme, never wrapped: for editors, grep and logs."""

from __future__ import annotations

from itertools import chain
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from alignment_cli.numbers import percent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from alignment_cli.finding import Finding, Lang
    from alignment_cli.priorities import Prioritas
    from alignment_cli.render import View
    from alignment_cli.result import FileResult, Judged
    from alignment_cli.tally import Summary


def part(file: FileResult, priorities: Prioritas, view: View) -> list[str]:  # noqa: ARG001 - as every format
    """Return the ``path:line:column: ...`` lines of a file, findings before answers."""
    lines = [finding_line(finding, view) for finding in file.findings]
    items = file.judged if view.detail else file.programmes
    lines += [_answer_line(file, judged, view) for judged in items]
    return ["".join(f"{line}\n" for line in lines)]


def whole(parts: Iterable[list[str]], summary: Summary, view: View) -> Iterator[str]:  # noqa: ARG001 - as every format
    """Yield the lines of all files."""
    return chain.from_iterable(parts)


def finding_line(finding: Finding, view: View) -> str:
    """Return a finding in one line."""
    place = finding.place
    severity = finding.rule.severity.in_(view.lang)
    message = told(finding, view.lang)
    return f"{one_line(place.path)}:{place.span.line}:{place.span.column}: {severity} {finding.rule.code} {message}"


def told(finding: Finding, lang: Lang) -> str:
    """Return what is wrong and how to put it right, in one line."""
    return one_line(f"{finding.message(lang)} {finding.fix(lang)}")


def _answer_line(file: FileResult, judged: Judged, view: View) -> str:
    verdict = judged.verdict
    span = file.loaded.document.place(file.loaded.original(judged.item.route)).span
    sure = f" {percent(verdict.confidence, view.lang)}" if verdict.confidence else ""
    goal = f"{verdict.goal} " if verdict.goal else ""
    name = one_line(judged.item.nama)
    return (
        f"{one_line(file.loaded.path)}:{span.line}:{span.column}: {goal}{verdict.status.in_(view.lang)}{sure}: {name}"
    )


def one_line(text: str) -> str:
    """Fold white space and drop control characters, so that a name cannot break a line or steer a terminal."""
    clean = text if text.isprintable() else "".join(ch if ch.isprintable() or ch.isspace() else "�" for ch in text)
    return " ".join(clean.split())


def relative(path: str) -> str:
    """Return a file's name as other programs want it: with forward slashes, and relative to the current folder where it
    lies in there.
    """
    full = PurePath(path)
    here = Path.cwd()
    return (full.relative_to(here) if full.is_relative_to(here) else full).as_posix()
