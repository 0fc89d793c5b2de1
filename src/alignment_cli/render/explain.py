"""Why an item got its answer: marked words, authority by authority, runner-up, conflicts, and what would settle it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text as Styled

from alignment_cli.finding import Text
from alignment_cli.match.verdict import Reason, Status, certainty
from alignment_cli.numbers import decimal, percent
from alignment_cli.render.concise import one_line
from alignment_cli.render.text import console_for, written

if TYPE_CHECKING:
    from rich.console import Console

    from alignment_cli.finding import Lang
    from alignment_cli.match.evidence import Evidence, Match
    from alignment_cli.match.settle import Example
    from alignment_cli.priorities import Prioritas
    from alignment_cli.render import View
    from alignment_cli.result import Judged

LAYERS = {
    "kode": Text("Kode resmi", "Official code"),
    "tabel": Text("Tabel Permendagri 14/2026", "Table of Permendagri 14/2026"),
    "nama": Text("Nama resmi serupa", "Official name alike"),
    "program_nasional": Text("Program nasional", "National programme"),
    "istilah": Text("Istilah", "Terms"),
    "kata": Text("Kata dalam teks resmi", "Words of official texts"),
}
MOST = 5
"""Parts of evidence shown in each layer."""


def render(judged: Judged, only: str | None, near: dict[str, list[Example]], priorities: Prioritas, view: View) -> str:
    """Return the explanation of one item. `only` limits it to one goal; `near` are examples that would settle it."""
    verdict, lang = judged.verdict, view.lang
    console = console_for(view)
    goals = [match for match in verdict.matches if only in (None, match.goal)]
    shown = goals if only else goals[:2]
    console.print(_marked(judged, shown[0] if shown else None, view))
    console.print(Styled(_headline(judged, priorities, lang), style="bold"))
    for reason in verdict.reasons:
        console.print(f"- {reason.in_(lang)}")
    if only and not shown:
        console.print(Text(f"Tidak ada bukti untuk {only}.", f"There is no evidence for {only}.").in_(lang))
    for match in shown:
        _match(console, match, priorities, lang)
    _rival(console, judged, lang)
    _settling(console, judged, near, lang)
    return written(console)


def _headline(judged: Judged, priorities: Prioritas, lang: Lang) -> str:
    verdict = judged.verdict
    goal = priorities.goal(verdict.goal) if verdict.goal else None
    name = "" if goal is None else f": {goal.kode} {goal.nama_en if lang == 'en' else goal.nama}"
    sure = (
        f" ({certainty(verdict.confidence, lang)}, {percent(verdict.confidence, lang)})" if verdict.confidence else ""
    )
    return f"{verdict.status.in_(lang)}{name}{sure}"


def _marked(judged: Judged, match: Match | None, view: View) -> Styled:
    """Return the name with the words that speak for the goal marked: bold in colour, in «» without."""
    name = judged.item.nama
    spans = sorted({
        (part.signal.start, part.signal.end)
        for part in (match.evidence if match else ())
        if part.signal.start >= 0 and part.signal.strength > 0 and part.signal.layer != "kata"
    })  # fmt: skip
    out, at = Styled(), 0
    for start, end in spans:
        if start < at:
            continue
        out.append(one_line_keep(name[at:start]))
        words = one_line_keep(name[start:end])
        if view.color:
            out.append(words, style="bold green")
        else:
            out.append(f"«{words}»")
        at = end
    out.append(one_line_keep(name[at:]))
    return out


def one_line_keep(text: str) -> str:
    """Make text printable on one line, keeping blanks at its ends."""
    return "".join(ch if ch.isprintable() else " " for ch in text)


def _match(console: Console, match: Match, priorities: Prioritas, lang: Lang) -> None:
    goal = priorities.goal(match.goal)
    name = "" if goal is None else f" {goal.nama_en if lang == 'en' else goal.nama}"
    console.print()
    console.print(Styled(f"{match.goal}{name}: {percent(match.confidence, lang)}", style="bold"))
    for layer, title in LAYERS.items():
        parts = [part for part in match.evidence if part.signal.layer == layer]
        if parts:
            total = decimal(sum(part.share for part in parts) * 100, 1, lang)
            console.print(f"  {title.in_(lang)}  {total}")
            for part in parts[:MOST]:
                console.print(f"    {_line(part, lang)}")
            if len(parts) > MOST:
                rest = decimal(sum(part.share for part in parts[MOST:]) * 100, 1, lang)
                more = Text(f"{len(parts) - MOST} lainnya", f"{len(parts) - MOST} more").in_(lang)
                console.print(f"    {more}  {rest}")


def _line(part: Evidence, lang: Lang) -> str:
    share = decimal(part.share * 100, 1, lang)
    signal = part.signal
    if signal.layer == "kata":
        return f'"{one_line(signal.words)}"  {share}'
    note = signal.note.in_(lang)
    return f"{note}  {share}" if signal.authority in note else f"{note} [{signal.authority}]  {share}"


def _rival(console: Console, judged: Judged, lang: Lang) -> None:
    verdict = judged.verdict
    rival = verdict.runner_up
    if verdict.goal is None or rival is None:
        return
    gap = decimal(verdict.margin * 100, 0, lang)
    console.print()
    console.print(
        Text(
            f"Pesaing terdekat: {rival.goal} {percent(rival.confidence, lang)}; selisih {gap} poin.",
            f"Runner-up: {rival.goal} {percent(rival.confidence, lang)}; margin {gap} points.",
        ).in_(lang)
    )
    if Reason.OTORITAS in verdict.reasons:
        for match in verdict.matches:
            for part in match.evidence:
                if part.signal.layer == "tabel" and match.goal != verdict.goal:
                    words = Text("Otoritas lain", "Other authority").in_(lang)
                    console.print(f"{words}: {part.signal.authority} > {match.goal}")


def _settling(console: Console, judged: Judged, near: dict[str, list[Example]], lang: Lang) -> None:
    """Say what would settle the matter: an indicator or output as official sub-activities have it."""
    verdict = judged.verdict
    if Reason.OTORITAS in verdict.reasons:
        _decision(console, verdict.goal or "", lang)
    examples = [(goal, example) for goal, listed in near.items() for example in listed]
    if verdict.status in (Status.SELARAS, Status.PENUNJANG) or not examples:
        return
    console.print()
    console.print(
        Text(
            "Yang dapat memastikan: kode nomenklatur, atau indikator keluaran seperti pada sub kegiatan resmi ini:",
            "What would settle it: a nomenclature code, or an output indicator as in these official sub-activities:",
        ).in_(lang)
    )
    for goal, example in examples:
        console.print(f"  {goal}  {example.kode} {example.nama}")
        console.print(f"       {Text('indikator', 'indicator').in_(lang)}: {example.indikator}")


def _decision(console: Console, goal: str, lang: Lang) -> None:
    """Say how disagreeing authorities are settled: by a person, in the file."""
    console.print()
    console.print(
        Text(
            "Yang dapat memastikan: keputusan daerah, ditulis dalam berkas:",
            "What would settle it: a decision of the region, written in the file:",
        ).in_(lang)
    )
    reason = Text("alasan singkat", "short reason").in_(lang)
    console.print(f"  keselarasan: [{{tujuan: {goal}, status: disetujui, alasan: {reason}}}]")
