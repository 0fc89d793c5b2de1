"""One command for all benchmarks: ratios of runs that take turns, in one run, of a compiled copy of align.

    python benchmarks/run.py [PART...] [--runs 7] [--regions 552] [--instructions] [--markdown] [--write]

Parts: start, file, regency, province, nation, matching, growth; without one, or with "all", all of them. What each
line means: docs/kecepatan.md. Exit code 1 when a limit is missed or a part could not be measured. Generated files stay
in the work folder (``--work``) and are used again.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from generate import REGIONS
from install import ROOT, Bench
from large import growth, nation, processes
from measure import Row, RunError
from small import file, instructions, matching, regency, start

from alignment_cli.language import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PARTS: dict[str, Callable[[Bench], Iterator[Row]]] = {
    "start": start,
    "file": file,
    "regency": regency,
    "province": processes,
    "matching": matching,
    "nation": nation,
    "growth": growth,
}
PAGE = ROOT / "docs" / "kecepatan.md"
MARKS = ("<!-- {} -->", "<!-- /{} -->")
"""What stands around the table of each part in the page."""
COLUMNS = (
    say("yang diukur : pembanding", "measured : compared with"),
    say("terukur", "measured"),
    say("pembanding", "compared"),
    say("perbandingan", "ratio"),
    say("terkecil", "of minima"),
    say("rentang", "range"),
    say("prosesor", "processor"),
    say("batas", "limit"),
    say("terpenuhi", "held"),
)


def cells(row: Row) -> tuple[str, ...]:
    """Return the cells of a line."""
    ours, theirs = (f"{statistics.median(values):.4g} {row.unit}" for values in (row.ours, row.theirs))
    low, high = row.bounds
    return (
        row.what,
        ours,
        theirs,
        f"{row.ratio:.3f}",
        f"{row.least:.3f}",
        f"{low:.3f}..{high:.3f}",
        "" if row.processor is None else f"{row.processor:.3f}",
        "" if row.limit is None else f"{row.limit:g}",
        "" if row.limit is None else (say("ya", "yes") if row.held else say("TIDAK", "NO")),
    )


def line(row: Row) -> str:
    """Return a line for reading along."""
    found = cells(row)
    rest = ", ".join(f"{name} {value}" for name, value in zip(COLUMNS[4:], found[4:], strict=True) if value)
    note = f"\n{'':11}{row.note}" if row.note else ""
    return f"{found[3]:>9}  {found[0]}: {found[1]} / {found[2]}; {rest}{note}"


def table(rows: list[Row], notes: list[str]) -> str:
    """Return all lines as a Markdown table, with what was noted below it."""
    lines = [COLUMNS, ("---",) * len(COLUMNS), *map(cells, rows)]
    said = [*notes, *(row.note for row in rows if row.note)]
    return "\n".join([*(f"| {' | '.join(found)} |" for found in lines), "", *(f"- {note}" for note in said)]) + "\n"


class Part(NamedTuple):
    """What was measured of one part, and what could not be."""

    rows: list[Row]
    notes: list[str]


def measure(bench: Bench, names: list[str]) -> dict[str, Part]:
    """Measure parts and print their lines as they come."""
    parts = {}
    for name in names:
        before = time.perf_counter()
        parts[name] = part = Part([], [])
        try:
            for row in {**PARTS, "instructions": instructions}[name](bench):
                print(line(row), flush=True)
                part.rows.append(row)
        except RunError as error:
            part.notes.append(f"{name}: {say('tidak diukur', 'not measured')}: {error}")
            print(part.notes[-1], flush=True)
        print(f"{name}: {time.perf_counter() - before:.0f} s", file=sys.stderr, flush=True)
    return parts


def write(name: str, text: str) -> None:
    """Put the table of a part into the page, between its marks."""
    first, last = (mark.format(name) for mark in MARKS)
    before, start, rest = PAGE.read_text("utf-8").partition(first)
    _, end, after = rest.partition(last)
    if not end:
        raise SystemExit(f"{PAGE.name}: {first} ... {last}?")
    PAGE.write_text(f"{before}{start}\n{text}{end}{after}", encoding="utf-8", newline="\n")


def main(arguments: list[str] | None = None) -> int:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join([*PARTS, "all"]))
    parser.add_argument("--runs", type=int, default=7, help="counted runs of each program")
    parser.add_argument("--regions", type=int, default=REGIONS, help="regions of the nation, 552 at most")
    parser.add_argument("--markdown", action="store_true", help="print tables, too")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/kecepatan.md")
    parser.add_argument("--instructions", action="store_true", help="count instructions too (perf or valgrind; slow)")
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "align-benchmarks")
    options = parser.parse_args(arguments)
    unknown = [name for name in options.parts if name not in PARTS and name != "all"]
    if unknown:
        parser.error(f"unknown: {', '.join(unknown)}; parts: {', '.join(PARTS)}, all")
    if options.runs < 1 or not 1 <= options.regions <= REGIONS:
        parser.error(f"--runs: 1 or more; --regions: 1 to {REGIONS}")
    names = list(PARTS) if not options.parts or "all" in options.parts else list(dict.fromkeys(options.parts))
    names += ["instructions"] if options.instructions else []
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "-"
    bench = Bench(options.work.resolve(), options.runs, options.regions)
    parts = measure(bench, names)
    about = f"{datetime.now(UTC):%Y-%m-%d}; {bench.said()}"
    print(about, flush=True)
    busy = say(f"beban mesin sebelum mulai: {load}", f"load of the machine before the start: {load}")
    for name, part in parts.items():
        text = table(part.rows, [f"{about}; --runs {bench.runs}; {busy}", *part.notes])
        if options.markdown:
            print(f"\n{text}", end="")
        if options.write:
            write(name, text)
    held = [bool(part.rows) and not part.notes and all(row.held for row in part.rows) for part in parts.values()]
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
