"""Findings of two sides: which are new, gone, or say something else."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from alignment_cli.identity import anchor, fingerprint

if TYPE_CHECKING:
    from alignment_cli.finding import Finding
    from alignment_cli.result import FileResult
    from alignment_cli.source import Document


class Findings(NamedTuple):
    """Findings that only one side has, and those that say something else on the other side (as they are after)."""

    new: list[Finding]
    gone: list[Finding]
    changed: list[Finding]


def between(before_files: list[FileResult], after_files: list[FileResult]) -> Findings:
    """Return the findings that differ; they are told by content, whatever a file is called."""
    before, after = _marked(before_files), _marked(after_files)
    gone, new = _beyond(before, after), _beyond(after, before)
    # What says something else at the same place has changed; it neither came nor went.
    before, after = _placed(gone), _placed(new)
    left = _beyond(after, before)
    kept = {id(marked.finding) for marked in left}
    changed = [marked.finding for marked in after if id(marked.finding) not in kept]
    only = _beyond(before, after)
    return Findings([one.finding for one in left], [one.finding for one in only], changed)


class _Marked(NamedTuple):
    mark: str
    finding: Finding
    document: Document


def _marked(files: list[FileResult]) -> list[_Marked]:
    return [
        _Marked(fingerprint(one, file.loaded.document, "-"), one, file.loaded.document)
        for file in files
        for one in file.findings
    ]


def _placed(marked: list[_Marked]) -> list[_Marked]:
    """Mark findings by rule and place alone."""
    return [
        one._replace(mark=f"{one.finding.rule.code} {anchor(one.finding.place.route, one.document)}") for one in marked
    ]


def _beyond(these: list[_Marked], those: list[_Marked]) -> list[_Marked]:
    """Return the findings that `these` have more often than `those`."""
    left = Counter(one.mark for one in those)
    found = []
    for one in these:
        if left[one.mark]:
            left[one.mark] -= 1
        else:
            found.append(one)
    return found
