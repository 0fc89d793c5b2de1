"""What must hold whatever comes in. Each check takes the bytes of a file and raises where something does not hold."""

from __future__ import annotations

import csv
import io
import json
import re
import zlib
from functools import cache
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from alignment_cli import edit, policy, reference, run
from alignment_cli.fix import engine
from alignment_cli.load import load
from alignment_cli.region import check_regions
from alignment_cli.render import FORMATS, View, render
from alignment_cli.result import Result
from alignment_cli.source import SourceError, decode

if TYPE_CHECKING:
    from alignment_cli.finding import Finding
    from alignment_cli.fix.engine import Done
    from alignment_cli.load import Loaded
    from alignment_cli.reference import Reference

NAME = "berkas.yaml"
WIDE = (b"\xff\xfe", b"\xfe\xff")
FULL, REGIONS = 64, 8
"""Of so many inputs one is told in every format, twice, and in both languages; one is checked as a region's plan."""
MACHINE = ("json", "csv", "sarif")
"""Formats for programs; each input is told in one of them."""
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


@cache
def known() -> Reference:
    """Return the reference data, loaded once."""
    found = reference.shipped()
    _ = found.judge
    return found


def expect(holds: object, what: str, *shown: object) -> None:
    """Raise unless something holds."""
    if not holds:
        raise AssertionError(f"{what}: {', '.join(map(repr, shown))}"[:2000])


def loader(raw: bytes) -> None:
    """Load, check and tell: every place lies in the text, every format is whole."""
    loaded = load(raw, NAME)
    share = zlib.crc32(raw)
    result = checked(loaded, share)
    text = loaded.document.text or raw.decode("utf-16" if raw[:2] in WIDE else "utf-8-sig", "replace")
    for finding in result.findings:
        told(finding, text)
    if share % FULL:
        name = MACHINE[share // FULL % len(MACHINE)]
        well_formed(name, render(name, result, View()))
        return
    again = checked(load(raw, NAME), share)
    for name in FORMATS:
        text = render(name, result, View())
        well_formed(name, text)
        expect(text == render(name, again, View()), "the same output again", name)
        well_formed(name, render(name, again, View("en", 80, detail=True)))


def checked(loaded: Loaded, share: int) -> Result:
    """Return all that a check finds in one file."""
    files = [run.check_file(loaded, known())]
    if share % REGIONS == 0:
        check_regions(files, known())
    result = Result(files, known().priorities)
    policy.apply(result, policy.Policy(today="2026-06-30"))
    return result


def told(finding: Finding, text: str) -> None:
    """A finding lies in the text, in one line, and has its sentences."""
    line, column, end_line, end_column = finding.place.span
    lines = re.split(r"\r\n|\n|\r", text)
    expect(1 <= line <= len(lines) and line == end_line, "a line of the text", finding.rule.code, finding.place.span)
    width = len(lines[line - 1])
    expect(1 <= column <= width + 1, "a column of the line", finding.rule.code, finding.place.span, width)
    expect(column < end_column <= max(width, column) + 1, "an end in the line", finding.rule.code, finding.place, width)
    for lang in ("id", "en"):
        expect(finding.message(lang) and finding.fix(lang), "words", finding.rule.code)


def well_formed(name: str, text: str) -> None:
    """Programs can read what is meant for them, and a terminal is sent no commands."""
    if name in ("json", "sarif", "gitlab"):
        json.loads(text)
    elif name == "csv":
        rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=_delimiter(text)))
        expect(len({len(row) for row in rows}) == 1, "one number of columns", {len(row) for row in rows})
    elif name == "junit":
        ET.fromstring(text)  # noqa: S314 - what align itself wrote
    else:
        found = _CONTROL.search(text)
        expect(found is None, "no control characters", name, text[max(0, found.start() - 40) :][:80] if found else "")


def _delimiter(text: str) -> str:
    head = text.split("\n", 1)[0]
    return max(",;\t", key=head.count)


# Repairs


def fixer(raw: bytes) -> None:
    """Repair: nothing but the repaired places changes, the result can be read, and a second run has nothing to do."""
    try:
        text = decode(raw, NAME).text
    except SourceError:
        expect(engine.fix(raw, NAME, known(), policy.Policy()).trouble, "a reason")
        return
    expect(edit.encode(text, raw) == raw, "the same bytes for the same text", raw[:80])
    now, steps = raw, []
    for _ in range(engine.PASSES):
        fixed, now = _step(now)
        steps.append(fixed.text)
        if fixed.trouble is not None or not fixed.done:
            break
    else:
        raise AssertionError("there is always something left to repair")
    if len(steps) > 1:
        at_once = engine.fix(raw, NAME, known(), policy.Policy())
        expect(at_once.text == steps[-1], "the same in one run", at_once.text, steps[-1])
        expect(load(now, NAME).document.root is not None, "a text that can be read", now)


def _step(raw: bytes) -> tuple[engine.Fixed, bytes]:
    """Repair once over, and prove that only the repaired places changed."""
    before, engine.PASSES = engine.PASSES, 1
    try:
        fixed = engine.fix(raw, NAME, known(), policy.Policy())
    finally:
        engine.PASSES = before
    if not fixed.done:
        expect(fixed.text == fixed.before, "unchanged where nothing was done")
        return fixed, raw
    for one in fixed.done:
        expect(one.old[:1] in "'\"" or not re.search(r"(?:^|\s)#", one.old), "no comment in what was replaced", one)
    expect(
        only_there(fixed.before, fixed.text, fixed.done), "nothing else changed", fixed.before, fixed.text, fixed.done
    )
    return fixed, edit.encode(fixed.text, raw)


def only_there(before: str, after: str, done: list[Done]) -> bool:
    """Tell whether `after` is `before` with these repairs made in this order, each in its line, and nothing else."""
    starts = [0, *(found.end() for found in re.finditer(r"\r\n|\n|\r", before)), len(before) + 1]
    ways = {(0, 0)}
    for one in done:
        further = set()
        for old_at, new_at in ways:
            found = before.find(one.old, max(old_at, starts[one.line - 1]))
            while -1 < found < starts[one.line]:
                moved = new_at + found - old_at
                if before[old_at:found] == after[new_at:moved] and after.startswith(one.new, moved):
                    further.add((found + len(one.old), moved + len(one.new)))
                found = before.find(one.old, found + 1)
        ways = further
    return any(before[old_at:] == after[new_at:] for old_at, new_at in ways)
