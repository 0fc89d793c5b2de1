"""A few words on why: shared by all formats that have room for one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alignment_cli.finding import Text
from alignment_cli.match.verdict import Reason, Status
from alignment_cli.numbers import percent
from alignment_cli.render.concise import one_line

if TYPE_CHECKING:
    from alignment_cli.finding import Lang
    from alignment_cli.match.evidence import Signal
    from alignment_cli.match.verdict import Verdict

_LABEL = {
    "kode": Text("kode {}", "code {}"),
    "tabel": Text("{}", "{}"),
    "program_nasional": Text("menyebut {}", "names {}"),
    "nama": Text("nama resmi serupa ({})", "like the official name ({})"),
    "istilah": Text('"{}"', '"{}"'),
    "kata": Text('"{}"', '"{}"'),
}
MOST = 3
"""Signals named in one line."""


def brief(verdict: Verdict, lang: Lang) -> str:
    """Say in a few words what an answer rests on, and what makes it doubtful."""
    if verdict.status is Status.PENUNJANG:
        return "program penunjang perangkat daerah" if lang == "id" else "internal support"
    match = next((match for match in verdict.matches if match.goal == verdict.goal), None)
    parts = [] if match is None else list(dict.fromkeys(_words(signal, lang) for signal in match.telling))[:MOST]
    if verdict.further and verdict.goal:
        parts.append(f"{'juga' if lang == 'id' else 'also'} {', '.join(verdict.further)}")
    parts += [_reason(reason, verdict, lang) for reason in verdict.reasons]
    if verdict.confirmed:
        parts.insert(0, "disetujui" if lang == "id" else "approved")
    return "; ".join(parts)


def _words(signal: Signal, lang: Lang) -> str:
    words = one_line(signal.words)
    if signal.layer == "kode":
        return f"{_LABEL['kode'].in_(lang).format(words)} > {signal.authority.rpartition(', ')[2]}"
    return _LABEL[signal.layer].in_(lang).format(words)


def _reason(reason: Reason, verdict: Verdict, lang: Lang) -> str:
    if reason is Reason.OTORITAS:
        tables = sorted({
            (signal.authority.rpartition(" ")[2], signal.goal)
            for match in verdict.matches
            if match.goal != verdict.goal
            for signal in match.tables
        })  # fmt: skip
        return f"{reason.in_(lang)} ({', '.join(f'{table}: {goal}' for table, goal in tables)})"
    if reason is Reason.BERDEKATAN and verdict.runner_up is not None:
        return f"{reason.in_(lang)} ({verdict.runner_up.goal} {percent(verdict.runner_up.confidence, lang)})"
    return reason.in_(lang)
