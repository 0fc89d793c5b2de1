"""A comment for a pull request, in GitHub's and GitLab's Markdown: counts, demands, findings, goals."""

from __future__ import annotations

import json
import re
from itertools import chain
from typing import TYPE_CHECKING

from alignment_cli.numbers import number, short_rupiah
from alignment_cli.render.closing import answers, closing
from alignment_cli.render.concise import one_line, relative, told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from alignment_cli.finding import Finding, Lang
    from alignment_cli.priorities import Prioritas
    from alignment_cli.render import View
    from alignment_cli.result import FileResult
    from alignment_cli.tally import Summary

OPEN = 10
"""Findings that are seen at once; the others stand in a part to fold out."""
ROOM = 48_000
"""Characters that findings may take. GitHub takes comments of 65,536 characters, and the goals need some of them."""

_MARKS = re.compile(r"([\\`*_\[\]<>|~&$])")


def part(file: FileResult, priorities: Prioritas, view: View) -> list[str]:  # noqa: ARG001 - as every format
    """Return the findings of a file, each as JSON: its rank and the cells of its row."""
    return [json.dumps([finding.rule.severity.rank, *_row(finding, view.lang)]) for finding in file.findings]


def whole(parts: Iterable[list[str]], summary: Summary, view: View) -> Iterator[str]:
    """Yield Markdown. What comes from files is plain text in it: no markup, links or mentions."""
    lang = view.lang
    worst = sorted(map(json.loads, chain.from_iterable(parts)), key=lambda row: -row[0])
    *before, counts = closing(summary, lang)
    blocks = [f"**align** · {plain(counts)}", "\n".join(f"- {plain(line)}" for line in before)]
    rows = [tuple(cells) for _, *cells in worst]
    fitting = _fitting(rows)
    heads = ("Tingkat", "Aturan", "Tempat", "Pesan") if lang == "id" else ("Level", "Rule", "Place", "Message")
    blocks.append(_table(heads, fitting[:OPEN]))
    if fitting[OPEN:]:
        more = number(len(fitting) - OPEN, lang)
        blocks.append(_fold(f"{more} temuan lain" if lang == "id" else f"{more} more", _table(heads, fitting[OPEN:])))
    if left := len(rows) - len(fitting):
        count = number(left, lang)
        blocks.append(f"{count} temuan tidak muat di sini; jalankan `align check`." if lang == "id"
                      else f"{count} findings have no room here; run `align check`.")  # fmt: skip
    if summary.tally.statuses:
        goals = _fold("Tujuan" if lang == "id" else "Goals", _goals(summary, lang))
        blocks += [plain(answers(summary.tally.statuses, lang)), goals]
    yield "\n\n".join(block for block in blocks if block) + "\n"


def plain(text: str) -> str:
    """Return a text as Markdown that shows it as it is, in one line. A word joiner, which is not seen, keeps names from
    becoming mentions and numbers from becoming references.
    """
    text = _MARKS.sub(r"\\\1", one_line(text))
    text = re.sub(r"(?<=[@#!])(?=\w)", "\u2060", text)
    return text.replace("://", ":\\/\\/").replace("www.", "www\\.")


def _fitting(rows: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Return the first rows, as many as there is room for."""
    room = ROOM
    for n, row in enumerate(rows):
        room -= sum(len(cell) + 3 for cell in row)
        if room < 0:
            return rows[:n]
    return rows


def _row(finding: Finding, lang: Lang) -> tuple[str, ...]:
    rule, place = finding.rule, finding.place
    where = f"{relative(place.path)}:{place.span.line}:{place.span.column}"
    return rule.severity.in_(lang), f"{rule.code} {rule.name}", plain(where), plain(told(finding, lang))


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]], numbers: int = 0) -> str:
    """Return a table, its last `numbers` columns to the right; nothing without rows."""
    body = [f"| {' | '.join(row)} |" for row in rows]
    rules = ["---"] * (len(heads) - numbers) + ["---:"] * numbers
    return "\n".join([f"| {' | '.join(heads)} |", f"| {' | '.join(rules)} |", *body]) if body else ""


def _fold(title: str, content: str) -> str:
    return f"<details><summary>{title}</summary>\n\n{content}\n\n</details>"


def _goals(summary: Summary, lang: Lang) -> str:
    """Return the table of goals over all files; codes and names are those of the priorities."""
    heads = (
        ("Tujuan", "Program", "Pagu", "di antaranya selaras", "tanpa pagu")
        if lang == "id"
        else ("Goal", "Programmes", "Ceiling", "of which aligned", "no ceiling")
    )
    rows = []
    for goal in summary.priorities.tujuan:
        name, line = plain(f"{goal.kode} {goal.nama_en if lang == 'en' else goal.nama}"), summary.tally.sums[goal.kode]
        rows.append((
            name, number(line.programmes, lang), short_rupiah(line.pagu, lang), short_rupiah(line.confirmed, lang),
            number(line.unknown, lang),
        ))  # fmt: skip
    return _table(heads, rows, 4)
