"""One text with its answer: goals, evidence part by part, runner-up."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from rich.text import Text as Styled

from alignment_cli.match.verdict import certainty
from alignment_cli.numbers import percent
from alignment_cli.render.concise import one_line
from alignment_cli.render.json import FAINT, matches_data
from alignment_cli.render.text import console_for, written

if TYPE_CHECKING:
    from rich.console import Console

    from alignment_cli.match.evidence import Match
    from alignment_cli.priorities import Prioritas
    from alignment_cli.render import View
    from alignment_cli.result import Judged

SHOWN, MOST_EVIDENCE = 3, 6
"""Goals, and parts of evidence per goal, that are written out."""


def render(judged: Judged, priorities: Prioritas, view: View) -> str:
    """Return the answer for one text."""
    verdict, lang = judged.verdict, view.lang
    console = console_for(view)
    console.print(Styled(one_line(judged.item.nama), style="bold"))
    head = Styled(f"{verdict.status.in_(lang)}", style="bold")
    if verdict.goal:
        goal = priorities.goal(verdict.goal)
        name = "" if goal is None else f" {goal.nama_en if lang == 'en' else goal.nama}"
        head.append(f": {verdict.goal}{name}")
    console.print(head)
    if verdict.confidence:
        words = certainty(verdict.confidence, lang)
        label = "keyakinan" if lang == "id" else "confidence"
        console.print(f"{label}: {words}, {percent(verdict.confidence, lang)}")
    for reason in verdict.reasons:
        console.print(f"{'tinjau' if lang == 'id' else 'review'}: {reason.in_(lang)}")
    for theme in verdict.themes:
        console.print(f"{'tema' if lang == 'id' else 'theme'}: {theme}")
    for match in [match for match in verdict.matches if match.confidence >= FAINT][:SHOWN]:
        _match(console, match, view)
    return written(console)


def _match(console: Console, match: Match, view: View) -> None:
    console.print()
    console.print(Styled(f"{match.goal}  {percent(match.confidence, view.lang)}", style="bold"))
    for part in match.evidence[:MOST_EVIDENCE]:
        share = f"{part.share * 100:+6.1f}"
        line = Styled(
            f"  {share}  {part.signal.layer}: {one_line(part.signal.words)} - {part.signal.note.in_(view.lang)}"
        )
        console.print(line)
    rest = match.evidence[MOST_EVIDENCE:]
    if rest:
        left = sum(part.share for part in rest) * 100
        words = f"{len(rest)} bukti lain" if view.lang == "id" else f"{len(rest)} further parts"
        console.print(f"  {left:+6.1f}  {words}")


def as_json(judged: Judged) -> str:
    """Return the answer as JSON; keys do not depend on the language."""
    verdict = judged.verdict
    data = {
        "nama": judged.item.nama,
        "kode": judged.item.kode,
        "status": verdict.status.value,
        "goal": verdict.goal,
        "confidence": round(verdict.confidence, 4),
        "basis": verdict.basis,
        "reasons": [reason.value for reason in verdict.reasons],
        "themes": list(verdict.themes),
        "further": list(verdict.further),
        "national": list(verdict.national),
        "matches": matches_data(verdict),
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
