"""SARIF 2.1.0 (OASIS), as code scanning pages and editors read it.

Section numbers are those of https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html.
"""

from __future__ import annotations

import json
import os
from pathlib import PurePath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from alignment_cli import __version__
from alignment_cli.finding import Severity, route_text
from alignment_cli.identity import fingerprint
from alignment_cli.render.closing import gate_sentence
from alignment_cli.render.concise import one_line, relative, told
from alignment_cli.render.json import written
from alignment_cli.rules import rule
from alignment_cli.rules.page import page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from alignment_cli.finding import Finding, Lang, Place, Rule
    from alignment_cli.priorities import Prioritas
    from alignment_cli.render import View
    from alignment_cli.result import FileResult, Suppressed
    from alignment_cli.tally import Summary

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
ROOT = "%SRCROOT%"
"""Name of the folder that relative URIs are relative to; code scanning pages know it by this name."""
LEVELS = 4
"""Outer levels of the JSON that are written one entry a line: down to the list of results."""

_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_PROBLEM = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "recommendation"}
_SUPPRESSION = {"comment": "inSource", "config": "external", "baseline": "external"}


def part(file: FileResult, priorities: Prioritas, view: View) -> list[str]:  # noqa: ARG001 - as every format
    """Return a file as artifact, then its results, each as JSON. Findings that were put aside are there, with the
    reason.
    """
    results = [_result(finding, None, file, view) for finding in file.findings]
    results += [_result(aside.finding, aside, file, view) for aside in file.suppressed]
    artifact = {"location": _location(file.loaded.path), "roles": ["analysisTarget"]}
    return [json.dumps(value, ensure_ascii=False) for value in (artifact, *results)]


def whole(parts: Iterable[list[str]], summary: Summary, view: View) -> Iterator[str]:
    """Yield one run. Its rules, which come first, are those that were met."""
    artifacts: list[Any] = []
    results: list[Any] = []
    for artifact, *found in parts:
        artifacts.append(json.loads(artifact))
        results += map(json.loads, found)
    codes = sorted({result["ruleId"] for result in results})
    for result in results:
        result["ruleIndex"] = codes.index(result["ruleId"])
    run = {
        "tool": {
            "driver": {
                "name": "align",
                "version": __version__,
                "language": view.lang,
                "rules": [_rule(found, view.lang) for found in map(rule, codes) if found],
            }
        },
        "language": view.lang,
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {ROOT: {"description": {"text": _words(_WORKING_FOLDER[view.lang])}}},
        "invocations": [
            {"executionSuccessful": True, "toolExecutionNotifications": _notifications(summary, view.lang)},
        ],
        "artifacts": artifacts,
        "results": results,
    }
    yield written({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, LEVELS)


_WORKING_FOLDER = {"id": "Folder tempat align dijalankan.", "en": "The folder that align was run in."}


def _rule(rule: Rule, lang: Lang) -> dict[str, Any]:
    about = page(rule)
    example = f"```yaml\n{about.breach}```\n\n```yaml\n{about.good}```"
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.title.in_(lang)},
        "fullDescription": {"text": about.why.in_(lang)},
        "help": {
            "text": f"{about.why.in_(lang)}\n\nalign explain {rule.code}",
            "markdown": f"{about.why.in_(lang)}\n\n{example}\n\n`align explain {rule.code}`",
        },
        "defaultConfiguration": {"level": _LEVEL[rule.severity]},
        "properties": {
            "precision": rule.confidence,
            "problem.severity": _PROBLEM[rule.severity],
            "tags": [rule.kind],
        },
    }


def _result(finding: Finding, aside: Suppressed | None, file: FileResult, view: View) -> dict[str, Any]:
    """Return one result; `aside` tells how it was put aside, None for one that counts. `whole` sets its index."""
    data: dict[str, Any] = {
        "ruleId": finding.rule.code,
        "ruleIndex": -1,
        "level": _LEVEL[finding.rule.severity],
        "message": {"text": _words(told(finding, view.lang))},
        "locations": [_place(finding.place)],
        "partialFingerprints": {"align/v1": fingerprint(finding, file.loaded.document)},
        "suppressions": [],
    }
    if finding.related:
        data["relatedLocations"] = [
            {"id": n, **_place(place), "message": {"text": _words(one_line(label.in_(view.lang)))}}
            for n, (label, place) in enumerate(finding.related)
        ]
    if aside is not None:
        data["suppressions"].append({"kind": _SUPPRESSION[aside.by], "justification": one_line(aside.reason)})
    return data


def _place(place: Place) -> dict[str, Any]:
    """Return a location; SARIF counts columns from 1 and ends behind the last character, as `Span` does (3.30)."""
    span = place.span
    region = {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }
    location: dict[str, Any] = {"physicalLocation": {"artifactLocation": _location(place.path), "region": region}}
    if place.route:
        location["logicalLocations"] = [{"fullyQualifiedName": route_text(place.route)}]
    return location


def _location(path: str) -> dict[str, str]:
    """Return a file as a URI, percent-encoded from the bytes of its name."""
    name = PurePath(relative(path))
    if name.is_absolute():
        return {"uri": name.as_uri()}
    return {"uri": quote(os.fsencode(name.as_posix())), "uriBaseId": ROOT}


def _notifications(summary: Summary, lang: Lang) -> list[dict[str, Any]]:
    """Return what was not checked, and which demands are missed."""
    unchecked = [{"level": "note", "message": {"text": _words(one_line(text.in_(lang)))}} for text in summary.unchecked]
    missed = [gate_sentence(gate, lang) for gate in summary.gates if not gate.holds]
    return unchecked + [{"level": "error", "message": {"text": _words(text)}} for text in missed]


def _words(text: str) -> str:
    """Return a text as message: braces stand for places to fill in (3.11.5), ``[x](y)`` for a link (3.11.6)."""
    return text.replace("{", "{{").replace("}", "}}").replace("](", "] (")
