"""JUnit XML for the test pages of CI systems: a suite for each file, a case for each finding.

Errors are `error`, warnings `failure`, infos `skipped`; a file without findings has one case that passed, so that it is
seen to have been checked. Attributes as in Jenkins' junit-10.xsd. No times: the same input gives the same bytes.
`one_line` leaves only printable characters, all of which XML allows.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from itertools import chain
from typing import TYPE_CHECKING

from alignment_cli.finding import Severity
from alignment_cli.render.closing import gate_sentence
from alignment_cli.render.concise import one_line, told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from alignment_cli.finding import Finding
    from alignment_cli.priorities import Prioritas
    from alignment_cli.render import View
    from alignment_cli.result import FileResult
    from alignment_cli.tally import Summary

_KIND = {Severity.ERROR: "error", Severity.WARNING: "failure", Severity.INFO: "skipped"}
_COUNTED = {"errors": "error", "failures": "failure", "skipped": "skipped"}


def part(file: FileResult, priorities: Prioritas, view: View) -> list[str]:  # noqa: ARG001 - as every format
    """Return a file's suite as XML."""
    suite = ET.Element("testsuite", name=one_line(file.loaded.path))
    for finding in file.findings:
        _finding(suite, finding, view)
    if not file.findings:
        _case(suite, "tidak ada temuan" if view.lang == "id" else "no findings")
    _count(suite)
    return [ET.tostring(suite, encoding="unicode")]


def whole(parts: Iterable[list[str]], summary: Summary, view: View) -> Iterator[str]:
    """Yield an XML document. Its first line counts all cases, so it is written when all are known."""
    root = ET.Element("testsuites", name="align")
    root.extend(ET.fromstring(text) for text in chain.from_iterable(parts))  # noqa: S314 - made above
    if summary.gates:
        suite = ET.SubElement(root, "testsuite", name="keselarasan" if view.lang == "id" else "alignment")
        for gate in summary.gates:
            case = _case(suite, f"{one_line(gate.region)} {gate.goal}".strip())
            if not gate.holds:
                ET.SubElement(case, "failure", type="min_keselarasan", message=gate_sentence(gate, view.lang))
        _count(suite)
    _count(root)
    del root.attrib["skipped"]  # the schema has it on suites only
    ET.indent(root)
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _case(suite: ET.Element, name: str) -> ET.Element:
    return ET.SubElement(suite, "testcase", name=name, classname=suite.attrib["name"])


def _finding(suite: ET.Element, finding: Finding, view: View) -> None:
    rule, place = finding.rule, finding.place
    line = "baris" if view.lang == "id" else "line"
    case = _case(suite, f"{rule.code} {rule.name}, {line} {place.span.line}:{place.span.column}")
    message = one_line(finding.message(view.lang))
    element = ET.SubElement(case, _KIND[rule.severity], type=rule.code, message=message)
    element.text = f"{one_line(place.path)}:{place.span.line}:{place.span.column}: {told(finding, view.lang)}"


def _count(element: ET.Element) -> None:
    cases = list(element.iter("testcase"))
    element.set("tests", str(len(cases)))
    for name, kind in _COUNTED.items():
        element.set(name, str(sum(1 for case in cases if case.find(kind) is not None)))
