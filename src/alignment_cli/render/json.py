"""The whole result as JSON. Keys, codes and answers do not depend on the language; messages carry both."""

from __future__ import annotations

import json
import re
from itertools import chain
from typing import TYPE_CHECKING, Any

from alignment_cli import __version__
from alignment_cli.finding import Severity, route_text
from alignment_cli.fix.repairs import repair_of
from alignment_cli.identity import fingerprint
from alignment_cli.match.evidence import LEARNED, LEARNED_NOTE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from alignment_cli.finding import Finding, Place, Text
    from alignment_cli.match.evidence import Match
    from alignment_cli.match.verdict import Verdict
    from alignment_cli.priorities import Prioritas
    from alignment_cli.render import View
    from alignment_cli.result import FileResult, Judged
    from alignment_cli.source import Document
    from alignment_cli.tally import Summary

VERSION = 1
"""Version of the shape, which ``data/skema/hasil.schema.json`` describes; a change that could break a reader raises it.
"""
LEVELS = 4
"""Outer levels of the JSON that are written one entry a line: down to the lists of findings and items."""

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_UNSAFE = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What JSON allows in strings but a terminal or a reader may stumble over: control characters, marks that turn the
direction of writing, halves of characters.
"""


def written(value: Any, levels: int) -> str:
    """Write JSON: the outer `levels` one entry a line, what lies deeper without spaces. Control characters are escaped,
    half characters replaced.
    """
    return _safe(_lines(value, levels, "")) + "\n"


def _safe(text: str) -> str:
    return _UNSAFE.sub(_escape, text)


def _escape(found: re.Match[str]) -> str:
    code = ord(found.group())
    return f"\\u{code:04x}" if code < 0xD800 else "\ufffd"  # noqa: PLR2004 - the first half character


def _lines(value: Any, levels: int, indent: str) -> str:
    inner = f"{indent}  "
    if not levels or not value or not isinstance(value, (dict, list)):
        return _encode(value)
    if isinstance(value, list):
        entries, (first, last) = [_lines(entry, levels - 1, inner) for entry in value], "[]"
    else:
        entries = [f"{_encode(key)}: {_lines(entry, levels - 1, inner)}" for key, entry in value.items()]
        first, last = "{}"
    return f"{first}\n{inner}" + f",\n{inner}".join(entries) + f"\n{indent}{last}"


def part(file: FileResult, priorities: Prioritas, view: View) -> list[str]:  # noqa: ARG001 - as every format
    """Return a file as JSON, a finding and an item a line; shares and confidences are rounded to four digits."""
    return [_safe(_lines(_file(file, priorities), LEVELS - 2, " " * 4))]


def whole(parts: Iterable[list[str]], summary: Summary, view: View) -> Iterator[str]:  # noqa: ARG001 - as every format
    """Yield the result as JSON; what adds up over files comes last, for it is known last."""
    first = {"version": VERSION, "tool": {"name": "align", "version": __version__},
             "framework": summary.priorities.kerangka.kode}  # fmt: skip
    yield "{\n" + _entries(first) + '  "files": ['
    between = "\n    "
    for text in chain.from_iterable(parts):
        yield between + text
        between = ",\n    "
    tally = summary.tally
    last = {
        "summary": {
            "files": tally.files,
            "programmes": tally.programmes,
            "findings": {severity.value: tally.findings[severity.value] for severity in Severity},
        },
        "gates": [
            {"region": gate.region, "goal": gate.goal or None, "wanted": gate.wanted,
             "reached": None if gate.reached is None else round(gate.reached, 4), "holds": gate.holds}
            for gate in summary.gates
        ],
        "unchecked": [_both(text) for text in summary.unchecked],
    }  # fmt: skip
    yield ("],\n" if between.startswith("\n") else "\n  ],\n") + _entries(last).removesuffix(",\n") + "\n}\n"


def _entries(data: dict[str, Any]) -> str:
    """Return entries of the outermost level, each with a comma and a line end behind it."""
    return "".join(f"  {_encode(key)}: {_safe(_lines(value, LEVELS - 1, '  '))},\n" for key, value in data.items())


def _file(file: FileResult, priorities: Prioritas) -> dict[str, Any]:
    goals = [goal.kode for goal in priorities.tujuan]
    header, document = file.loaded.file, file.loaded.document
    number, pagu = file.elsewhere()
    return {
        "path": file.loaded.path,
        "daerah": header.daerah.model_dump(exclude_none=True) if header else None,
        "dokumen": header.dokumen if header else None,
        "tahun": header.tahun if header else None,
        "not_judged": [f"program[{n}]" for n in file.loaded.dropped],
        "findings": [finding_data(finding, document) for finding in file.findings],
        "suppressed": [
            {"by": aside.by, "reason": aside.reason, "finding": finding_data(aside.finding, document)}
            for aside in file.suppressed
        ],
        "items": [item_data(file, judged) for judged in file.judged],
        "goals": [
            {"goal": line.goal, "programmes": line.programmes, "sub_kegiatan": line.parts, "pagu": line.pagu,
             "pagu_selaras": line.confirmed, "pagu_unknown": line.unknown}
            for line in file.sums(goals)
        ],
        "without_goal": {"items": number, "pagu": pagu},
    }  # fmt: skip


def finding_data(finding: Finding, document: Document) -> dict[str, Any]:
    """Return a finding of a document as plain data."""
    return {
        "code": finding.rule.code,
        "name": finding.rule.name,
        "severity": finding.rule.severity.value,
        "kind": finding.rule.kind,
        "confidence": finding.rule.confidence,
        "fixable": repair_of(finding, document) is not None,
        "fingerprint": fingerprint(finding, document),
        "message": {"id": finding.message("id"), "en": finding.message("en")},
        "fix": {"id": finding.fix("id"), "en": finding.fix("en")},
        "params": dict(finding.params),
        "hint": finding.hint,
        **_place(finding.place),
        "related": [{"message": _both(label), **_place(place)} for label, place in finding.related],
    }


def _both(text: Text) -> dict[str, str]:
    return {"id": text.id, "en": text.en}


def _place(place: Place) -> dict[str, Any]:
    span = place.span
    return {
        "path": place.path,
        "route": route_text(place.route),
        "start": {"line": span.line, "column": span.column},
        "end": {"line": span.end_line, "column": span.end_column},
    }


def item_data(file: FileResult, judged: Judged) -> dict[str, Any]:
    """Return an item with its answer as plain data."""
    item, verdict = judged.item, judged.verdict
    return {
        "route": route_text(file.loaded.original(item.route)),
        "line": file.loaded.line(item.route),
        "kode": item.kode,
        "nama": item.nama,
        "perangkat_daerah": item.perangkat_daerah,
        "pagu": item.pagu,
        "declared": [{"tujuan": link.tujuan, "status": link.status, "peran": link.peran, "porsi": link.porsi}
                     for link in item.declared],
        "status": verdict.status.value,
        "goal": verdict.goal,
        "confidence": round(verdict.confidence, 4),
        "basis": verdict.basis,
        "reasons": [reason.value for reason in verdict.reasons],
        "confirmed": verdict.confirmed,
        "further": list(verdict.further),
        "themes": list(verdict.themes),
        "national": list(verdict.national),
        "matches": matches_data(verdict),
    }  # fmt: skip


FAINT = 0.005
"""Goals below this confidence are left out: nearly every text shares some word with every goal."""


def matches_data(verdict: Verdict) -> list[dict[str, Any]]:
    """Return the goals that anything worth naming speaks for, best first."""
    return [match_data(match) for match in verdict.matches if match.confidence >= FAINT]


def match_data(match: Match) -> dict[str, Any]:
    """Return a match as plain data; the shares of its evidence add up to its confidence. Words of official texts, of
    which there are many with little weight each, are one part.
    """
    said = match.said
    evidence = [
        {"layer": part.signal.layer, "words": part.signal.words, "share": round(part.share, 4),
         "authority": part.signal.authority, "note": _both(part.signal.note)}
        for part in said.plain
    ]  # fmt: skip
    if said.words:
        evidence.append({
            "layer": "kata", "words": ", ".join(dict.fromkeys(said.words)), "share": round(said.share, 4),
            "authority": LEARNED, "note": _both(LEARNED_NOTE),
        })  # fmt: skip
    return {
        "goal": match.goal,
        "authority": said.authority,
        "confidence": round(match.confidence, 4),
        "evidence": evidence,
    }
