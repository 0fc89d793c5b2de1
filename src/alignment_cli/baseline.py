"""The baseline: findings of old files that are put aside until somebody has time for them.

An entry is matched by content (rule, file, place, parameters), never by line or count, so that a mended finding and a
new one do not cancel out. The file is written by `align baseline` and may be edited by hand; edits keep its comments.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from alignment_cli import source
from alignment_cli.finding import Finding, Place, Text
from alignment_cli.identity import anchor, fingerprint
from alignment_cli.rules import suppression

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from alignment_cli.result import FileResult

FILE = "align-baseline.yaml"
VERSION = 1
HEAD = """\
# Temuan lama yang untuk sementara tidak dihitung; dibuat oleh align baseline. Isi reason, owner dan until (TTTT-BB-HH).
# Old findings that do not count for now; made by align baseline. Fill in reason, owner and until (YYYY-MM-DD).
version: 1
entries:
"""
_KEYS = {"code", "file", "at", "fingerprint", "count", "reason", "owner", "until"}


class BaselineError(Exception):
    """The baseline cannot be used; `text` says why in both languages."""

    def __init__(self, path: str, id_: str, en: str) -> None:
        super().__init__(en)
        self.text = Text(f"baseline {path}: {id_}", f"baseline {path}: {en}")


@dataclass
class Entry:
    """A finding that is put aside, `count` times; `until` is the last day (ISO), `left` how many were not met yet."""

    code: str
    file: str
    at: str
    fingerprint: str
    count: int
    reason: str
    owner: str
    until: str
    number: int
    left: int = 0


@dataclass
class Baseline:
    """A baseline file, its bytes, and its entries."""

    path: Path
    raw: bytes
    document: source.Document
    entries: list[Entry]

    @cached_property
    def marks(self) -> dict[str, list[Entry]]:
        """Entries by fingerprint."""
        found: dict[str, list[Entry]] = {}
        for entry in self.entries:
            found.setdefault(entry.fingerprint, []).append(entry)
        return found

    def name(self, shown: str) -> str:
        """Return how entries name a checked file: relative to the folder of the baseline."""
        return relative(shown, self.path)

    def place(self, entry: Entry) -> Place:
        """Return where an entry stands in the baseline file."""
        return self.document.place(("entries", entry.number, "code"))


def relative(shown: str, baseline: Path) -> str:
    """Return a checked file's name relative to the folder of the baseline, with forward slashes."""
    try:
        return Path(os.path.relpath(shown, baseline.parent)).as_posix()
    except ValueError:  # another drive on Windows
        return Path(shown).as_posix()


def read(path: Path) -> Baseline:
    """Read a baseline. Raises `BaselineError` and OSError."""
    shown = path.as_posix()
    try:
        raw = source.read_bytes(path)
        document = source.decode(raw, shown)
        source.compose(document)
        data = source.values(document, frozenset(_KEYS - {"count"}), frozenset())
    except source.SourceError as error:
        at = f"{error.span.line}:{error.span.column}"
        cause = error.detail or error.kind
        raise BaselineError(shown, f"tidak sah di {at}: {cause}.", f"invalid at {at}: {cause}.") from None
    rows = data.get("entries") if isinstance(data, dict) else None
    if not isinstance(data, dict) or data.get("version") != VERSION or not isinstance(rows, list | type(None)):
        raise BaselineError(shown, f"seharusnya berisi version: {VERSION} dan entries.",
                            f"should hold version: {VERSION} and entries.")  # fmt: skip
    entries = [_entry(row, number, document, shown) for number, row in enumerate(rows or [])]
    return Baseline(path, raw, document, entries)


def _entry(row: Any, number: int, document: source.Document, shown: str) -> Entry:
    line = document.place(("entries", number)).span.line
    known = isinstance(row, dict) and set(row) <= _KEYS and all(row.get(key) for key in ("code", "fingerprint"))
    count = row.get("count", 1) if known else 0
    texts = {key: str(row.get(key) or "") for key in _KEYS - {"count"}} if known else {}
    if not known or not isinstance(count, int) or count < 1 or not is_date(texts["until"]):
        raise BaselineError(
            shown,
            f"isi di baris {line} tidak sah; perlu code dan fingerprint, count bilangan, until TTTT-BB-HH.",
            f"the entry in line {line} is invalid; it needs code and fingerprint, a number count, until YYYY-MM-DD.",
        )
    return Entry(**texts, count=count, number=number, left=count)


def is_date(text: str) -> bool:
    """Tell whether a text is empty or a day as YYYY-MM-DD."""
    from datetime import date

    try:
        return not text or date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def take(baseline: Baseline, finding: Finding, file: FileResult, today: str) -> Entry | None:
    """Return the entry that puts a finding aside and count it as met; None when there is none or it has expired."""
    mark = fingerprint(finding, file.loaded.document, baseline.name(file.loaded.path))
    found = next((entry for entry in baseline.marks.get(mark, ()) if entry.left > 0), None)
    if found is None:
        return None
    found.left -= 1
    return None if found.until and found.until < today else found


def stale(baseline: Baseline, checked: Iterable[str], codes: frozenset[str]) -> list[Entry]:
    """Return the entries that match nothing, after all files were checked. Rules that were not selected and files that
    were not checked say nothing, unless the file is gone.
    """
    return [entry for entry in _concerned(baseline, checked, codes) if entry.left]


def _concerned(baseline: Baseline, checked: Iterable[str], codes: frozenset[str]) -> list[Entry]:
    names = {baseline.name(path) for path in checked}
    return [
        entry
        for entry in baseline.entries
        if entry.code in codes and (entry.file in names or not (baseline.path.parent / entry.file).exists())
    ]


def leftovers(baseline: Baseline, checked: Sequence[str], codes: frozenset[str], today: str) -> list[Finding]:
    """Return what is to say of the baseline itself: entries that match nothing, and entries that have expired."""
    found = []
    for entry in _concerned(baseline, checked, codes):
        params = {"kode": entry.code, "tempat": f"{entry.file} {entry.at}".strip()}
        if entry.left:
            found.append(Finding(suppression.STALE, baseline.place(entry), params))
        elif entry.until and entry.until < today:
            found.append(Finding(suppression.EXPIRED, baseline.place(entry), {**params, "sampai": entry.until}))
    return found


def entries_text(files: Iterable[FileResult], path: Path, reason: str, owner: str, until: str) -> str:
    """Return the lines of entries for all findings of the files, sorted by file and place in the file."""
    lines = []
    for file in files:
        name = relative(file.loaded.path, path)
        met: Counter[tuple[str, str, str]] = Counter()
        for finding in file.findings:
            at = anchor(finding.place.route, file.loaded.document)
            met[finding.rule.code, at, fingerprint(finding, file.loaded.document, name)] += 1
        for (code, at, mark), count in met.items():
            row = {"code": code, "file": name, "at": at, "fingerprint": mark, "count": count,
                   "reason": reason, "owner": owner, "until": until}  # fmt: skip
            kept = {key: value for key, value in row.items() if key != "count" or count > 1}
            written = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in kept.items()]
            lines.append("  - " + "\n    ".join(written) + "\n")
    return "".join(lines)


def _lines(text: str) -> list[str]:
    """Return the lines of a text with their ends, counted as a `Document` counts them."""
    return re.findall(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+", text)


def pruned(baseline: Baseline, gone: Iterable[Entry]) -> str:
    """Return the text of the baseline without some of its entries; everything else stays as it is."""
    document = baseline.document
    lines = _lines(document.text)
    for entry in sorted(gone, key=lambda entry: -entry.number):
        node = document.node(("entries", entry.number))
        if node is None:
            continue
        first = document.position(node.start)[0]
        last = min(document.position(max(node.start, node.end - 1))[0], len(lines))
        while last > first and not lines[last - 1].strip().partition("#")[0]:
            last -= 1
        del lines[first - 1 : last]
    return "".join(lines)


def with_entries(text: str, added: str, path: Path) -> str:
    """Return the text of a baseline with further entries behind its last one."""
    document = source.Document(path.as_posix(), text)
    source.compose(document)
    node = document.node(("entries",))
    lines = _lines(text)
    if lines and not lines[-1].endswith(("\n", "\r")):
        lines[-1] += "\n"
    last = document.place(("entries",), key=True).span.line
    if node is not None and node.parts:
        end = min(document.position(max(node.start, node.parts[-1].end - 1))[0], len(lines))
        last = next(n for n in range(end, 0, -1) if lines[n - 1].partition("#")[0].strip())
    elif node is not None and node.kind == "sequence":
        lines[last - 1] = lines[last - 1].replace("[]", "", 1).rstrip() + "\n"
    return "".join([*lines[:last], added, *lines[last:]])
