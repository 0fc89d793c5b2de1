"""The list of all items for readers without JavaScript; the script writes its own from the data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alignment_cli.numbers import number as written
from alignment_cli.render.brief import brief
from alignment_cli.render.concise import one_line
from alignment_cli.report.render.cells import NOTHING
from alignment_cli.report.render.cells import share as in_percent
from alignment_cli.report.render.page.tables import ShownCell, ShownTable

if TYPE_CHECKING:
    from alignment_cli.report.figures import Entry
    from alignment_cli.report.render.page.pool import Pool

SURE = "\u2713"
"""Marks a goal that evidence or a decision supports."""
_COLUMNS = ("name", "code", "office", "goal", "answer", "confidence", "pagu", "why", "place")
_FIGURES = {"confidence", "pagu"}


def table(pool: Pool, said: dict[str, str], *, several: bool) -> ShownTable:
    """Return the table; with `several` plans, each item tells its own."""
    columns = (*_COLUMNS, "plan") if several else _COLUMNS
    rows = [
        [ShownCell(text, name in _FIGURES) for text, name in zip(_item(entry, plan, pool), columns, strict=False)]
        for entry, plan in zip(pool.entries, pool.plan_of, strict=True)
    ]
    heads = [(said[name], name in _FIGURES) for name in columns]
    return ShownTable("butir", said["items_title"], heads, rows, len(rows), note=said["items_note"], long=True)


def _item(entry: Entry, plan: int, pool: Pool) -> tuple[str, ...]:
    item, place, lang = entry.item, entry.origin, pool.lang
    return (
        one_line(item.nama),
        one_line(item.kode or NOTHING),
        one_line(item.perangkat_daerah or NOTHING),
        _goals(entry, pool),
        entry.verdict.status.in_(lang),
        in_percent(entry.verdict.confidence, lang) if entry.verdict.confidence else NOTHING,
        NOTHING if item.pagu is None else written(item.pagu, lang),
        brief(entry.verdict, lang),
        f"{one_line(place.path)}:{place.line}",
        str(plan + 1),
    )


def _goals(entry: Entry, pool: Pool) -> str:
    served = [
        pool.goal_text(share.goal)
        + (f" {in_percent(share.part, pool.lang)}" if len(entry.shares) > 1 else "")
        + (f" {SURE}" if share.confirmed else "")
        for share in entry.shares
    ]
    return ", ".join([*served, *(f"{goal} (?)" for goal in sorted(entry.claimed))])
