"""Forms of a comparison: those of a report, JSON with all plans that are compared, and a comment for a pull request."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from alignment_cli import __version__
from alignment_cli.compare import words
from alignment_cli.compare.goal_tables import moves
from alignment_cli.compare.views import CHANGING
from alignment_cli.numbers import number
from alignment_cli.render.markdown import plain
from alignment_cli.report.render import Part, data
from alignment_cli.report.render.cells import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from alignment_cli.compare.difference import Difference
    from alignment_cli.finding import Lang, Text
    from alignment_cli.render import View as Manner
    from alignment_cli.report.figures import Figures
    from alignment_cli.report.table import Table, View

ROOM = 48_000
"""Characters of all folded tables together. GitHub takes comments of 65,536 characters."""


class Compared(NamedTuple):
    """Two plans with the view of their difference, under a name for both."""

    name: str
    difference: Difference
    view: View


def plans(figures: Iterable[Figures], views: Sequence[View], manner: Manner) -> dict[str, Any]:
    """Return plans and views over them all as data, in the shape of a report."""
    made = [Part(one, list(views) if n == 0 else []) for n, one in enumerate(figures)]
    report: dict[str, Any] = json.loads(data.render(made, manner))
    shared = report["regions"][0]["views"]
    for region in report["regions"]:
        del region["views"]
    return {**report, "views": shared}


def as_json(compared: Sequence[Compared], gone: Sequence[str], new: Sequence[str], manner: Manner) -> str:
    """Return all differences as indented JSON; `gone` and `new` name plans that one side has alone."""
    pairs = []
    for one in compared:
        difference = one.difference
        report = plans((difference.before, difference.after), [one.view], manner)
        before, after = report["regions"]
        pairs.append({"before": before, "after": after, "worse": difference.worse, "views": report["views"]})
    head = {"version": data.VERSION, "tool": {"name": "align", "version": __version__}}
    made = {**head, "pairs": pairs, "only_before": list(gone), "only_after": list(new)}
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


def comment(compared: Sequence[Compared], notes: Sequence[Text], manner: Manner) -> str:
    """Return a comment for a pull request: what changed in a sentence, the goals that changed, all else folded. What
    comes from files is plain text in it: no markup, links or mentions.
    """
    lang, room = manner.lang, ROOM // max(1, len(compared))
    blocks = [f"- {plain(note.in_(lang))}" for note in notes]
    for one in compared:
        first, *further = one.view.sentences
        blocks.append(f"**align diff** · {plain(one.name)}: {plain(first.in_(lang))}")
        if further:
            blocks.append("\n".join(f"- {plain(sentence.in_(lang))}" for sentence in further))
        blocks.append(_goals(one.difference, lang))
        left = room
        for table in one.view.tables:
            if table.rows and table.name in CHANGING:
                folded = _folded(table, lang, left)
                left -= len(folded)
                blocks.append(folded)
    return "\n\n".join(block for block in blocks if block) + "\n"


def _goals(difference: Difference, lang: Lang) -> str:
    """Return the goals of which programmes or money changed."""
    heads = (
        ("Tujuan", "Program", "Pagu", "Pagu selaras")
        if lang == "id"
        else ("Goal", "Programmes", "Money", "Confirmed money")
    )
    rows = []
    for goal in difference.goals:
        before, after = difference.before.money[goal], difference.after.money[goal]
        came, went = moves(difference, goal)
        if before == after and not came and not went:
            continue
        known = difference.after.priorities.goal(goal)
        name = "" if known is None else known.nama_en if lang == "en" else known.nama
        counts = f"{number(before.programmes, lang)} → {number(after.programmes, lang)}"
        counts += f" (+{came} −{went})" if came or went else ""  # noqa: RUF001 - a minus sign
        money = (words.amounts(one, other).in_(lang) for one, other in zip(before[4:6], after[4:6], strict=True))
        rows.append((plain(f"{goal} {name}"), counts, *money))
    return _grid(heads, rows)


def _grid(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    if not rows:
        return ""
    lines = [f"| {' | '.join(row)} |" for row in (heads, ["---"] * len(heads), *rows)]
    return "\n".join(lines)


def _folded(table: Table, lang: Lang, room: int) -> str:
    """Return a table to fold out, with as many rows as there is room for."""
    heads = [plain(column.title.in_(lang)) for column in table.columns]
    rows = []
    for row in table.rows:
        cells = [plain(shown(cell, column, lang)) for cell, column in zip(row.cells, table.columns, strict=True)]
        room -= sum(len(cell) + 3 for cell in cells)
        if room < 0:
            break
        rows.append(cells)
    title = f"{plain(table.title.in_(lang))} ({number(len(table.rows), lang)})"
    left = len(table.rows) - len(rows)
    tail = ""
    if left:
        count = number(left, lang)
        tail = f"\n\n{count} baris tidak muat di sini; jalankan `align diff`." if lang == "id" else (
            f"\n\n{count} rows have no room here; run `align diff`.")  # fmt: skip
    return f"<details><summary>{title}</summary>\n\n{_grid(heads, rows)}{tail}\n\n</details>"
