"""A comment for a pull request, in GitHub's and GitLab's Markdown: counts, demands, findings, goals."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from alignment_cli.match.verdict import Status
from alignment_cli.numbers import number, short_rupiah
from alignment_cli.render.closing import answers, closing
from alignment_cli.render.concise import one_line, relative, told

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from alignment_cli.finding import Finding, Lang
    from alignment_cli.render import View
    from alignment_cli.result import Result

OPEN = 10
"""Findings that are seen at once; the others stand in a part to fold out."""
ROOM = 48_000
"""Characters that findings may take. GitHub takes comments of 65,536 characters, and the goals need some of them."""

_MARKS = re.compile(r"([\\`*_\[\]<>|~&$])")


def render(result: Result, view: View) -> str:
    """Return Markdown. What comes from files is plain text in it: no markup, links or mentions."""
    lang = view.lang
    *before, counts = closing(result, lang)
    blocks = [f"**align** · {plain(counts)}", "\n".join(f"- {plain(line)}" for line in before)]
    worst = sorted(result.findings, key=lambda finding: -finding.rule.severity.rank)
    rows = [_row(finding, lang) for finding in worst]
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
    statuses = sum((file.statuses() for file in result.files), Counter[Status]())
    if statuses:
        blocks += [plain(answers(statuses, lang)), _fold("Tujuan" if lang == "id" else "Goals", _goals(result, lang))]
    return "\n\n".join(block for block in blocks if block) + "\n"


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


def _goals(result: Result, lang: Lang) -> str:
    """Return the table of goals over all files; codes and names are those of the priorities."""
    heads = (
        ("Tujuan", "Program", "Pagu", "di antaranya selaras", "tanpa pagu")
        if lang == "id"
        else ("Goal", "Programmes", "Ceiling", "of which aligned", "no ceiling")
    )
    goals = result.priorities.tujuan
    per_file = [file.sums([goal.kode for goal in goals]) for file in result.files]
    rows = []
    for goal, sums in zip(goals, zip(*per_file, strict=True), strict=True):
        name = plain(f"{goal.kode} {goal.nama_en if lang == 'en' else goal.nama}")
        pagu, confirmed = sum(line.pagu for line in sums), sum(line.confirmed for line in sums)
        rows.append((
            name, number(sum(line.programmes for line in sums), lang), short_rupiah(pagu, lang),
            short_rupiah(confirmed, lang), number(sum(line.unknown for line in sums), lang),
        ))  # fmt: skip
    return _table(heads, rows, 4)
