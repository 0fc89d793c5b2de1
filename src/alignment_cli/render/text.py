"""The report for people: findings with excerpt and caret, a table of programmes, a table of goals."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.table import Table
from rich.text import Text as Styled

from alignment_cli.finding import Severity, Text
from alignment_cli.match.verdict import Status, certainty
from alignment_cli.numbers import number, percent, short_rupiah
from alignment_cli.render.brief import brief
from alignment_cli.render.concise import one_line

if TYPE_CHECKING:
    from alignment_cli.finding import Finding, Lang
    from alignment_cli.render import View
    from alignment_cli.result import FileResult, Judged, Result

UNWRAPPED = 100_000
"""Width used when nothing may be wrapped; wider than any line of the report."""
ROOMY = 110
"""From this width on, the evidence has a column of its own; below, it stands under the name."""

_STYLE = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
_STATUS_STYLE = {
    Status.SELARAS: "green",
    Status.PERLU_TINJAU: "yellow",
    Status.TIDAK_DIDUKUNG: "red",
    Status.TANPA_BUKTI: "dim",
    Status.TEKS_KURANG: "dim",
    Status.PENUNJANG: "dim",
}


def render(result: Result, view: View) -> str:
    """Return the whole report. Lines are cut to `view.width` only where that is given."""
    console = console_for(view)
    for file in result.files:
        _header(console, file, view)
        for finding in file.findings:
            print_finding(console, finding, view)
        if file.judged:
            _programmes(console, file, view)
            _goals(console, file, result, view)
    console.print(_closing(result, view.lang))
    return written(console)


def written(console: Console) -> str:
    """Return what was printed to a console of `console_for`, without blanks at line ends."""
    text = console.file.getvalue() if isinstance(console.file, io.StringIO) else ""
    return "\n".join(line.rstrip() for line in text.split("\n"))


def console_for(view: View) -> Console:
    """Return a console that prints into memory, plain or coloured, never interpreting markup."""
    return Console(
        file=io.StringIO(),
        width=view.width or UNWRAPPED,
        height=25,  # given too, or rich takes 80 columns for a dumb terminal
        force_terminal=view.color,
        no_color=not view.color,
        color_system="standard" if view.color else None,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )


def _header(console: Console, file: FileResult, view: View) -> None:
    console.print(Styled(one_line(file.loaded.path), style="bold"))
    header = file.loaded.file
    if header is None:
        return
    known = [judged.item.pagu for judged in file.leaves if judged.item.pagu is not None]
    total = sum(known) if known else None
    programmes = len(file.programmes)
    place = f"{one_line(header.daerah.nama)} · {header.dokumen} {header.tahun}"
    if view.lang == "id":
        money = f"pagu diketahui pada {len(known)} dari {len(file.leaves)} butir: {short_rupiah(total)}"
        console.print(f"{place} · {programmes} program · {money}")
    else:
        money = f"ceiling known for {len(known)} of {len(file.leaves)} items: {short_rupiah(total, 'en')}"
        console.print(f"{place} · {programmes} programmes · {money}")
    console.print()


def print_finding(console: Console, finding: Finding, view: View) -> None:
    """Print one finding: place, code, message, source line with caret, and how to put it right."""
    place, span = finding.place, finding.place.span
    head = Styled(f"{one_line(place.path)}:{span.line}:{span.column}  ")
    head.append(finding.rule.severity.in_(view.lang), style=_STYLE[finding.rule.severity])
    head.append(f" {finding.rule.code} {finding.rule.name}", style="bold")
    console.print(head, soft_wrap=True)
    message = one_line(finding.message(view.lang))
    if place.excerpt.strip():
        line, column, length = _excerpt(place.excerpt, span.column, span.end_column, (view.width or UNWRAPPED) - 9)
        console.print(Styled(f"{span.line:5} | {line}", style="dim"), soft_wrap=True)
        console.print(
            Styled(f"      | {' ' * column}{'^' * length}", style=_STYLE[finding.rule.severity]), soft_wrap=True
        )
    _indented(console, message, view)
    advice = one_line(finding.fix(view.lang))
    if advice:
        _indented(console, f"= {advice}", view)
    console.print()


def _indented(console: Console, text: str, view: View) -> None:
    wrapped = Styled(text).wrap(console, (view.width or UNWRAPPED) - 8)
    for line in wrapped:
        console.print(Styled("        ") + line)


def _excerpt(line: str, column: int, end: int, room: int) -> tuple[str, int, int]:
    """Return the source line made printable, the column of the caret and its length, all within `room` cells."""
    clean = "".join(" " if ch == "\t" else ch if ch.isprintable() else "�" for ch in line)
    start = 0
    while start < column - 1 and cell_len(clean[start : column - 1]) > room // 2 and cell_len(clean[start:]) > room:
        start += 1
    shown = set_cell_size(clean[start:], min(room, cell_len(clean[start:])))
    caret = cell_len(clean[start : column - 1])
    length = max(1, cell_len(clean[column - 1 : end - 1]))
    return shown, caret, min(length, max(1, room - caret))


_HEADS = {
    "goal": Text("Tujuan", "Goal"),
    "status": Text("Jawaban", "Answer"),
    "sure": Text("Keyakinan", "Confidence"),
    "name": Text("Program", "Programme"),
    "why": Text("Bukti", "Evidence"),
    "pagu": Text("Pagu", "Ceiling"),
}


def _programmes(console: Console, file: FileResult, view: View) -> None:
    roomy = (view.width or UNWRAPPED) >= ROOMY
    table = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), expand=False)
    for key in ("goal", "status", "sure", "name", "why", "pagu") if roomy else ("goal", "status", "name", "pagu"):
        table.add_column(
            _HEADS[key].in_(view.lang),
            no_wrap=key not in ("name", "why"),
            overflow="fold",
            justify="right" if key == "pagu" else "left",
            ratio={"name": 1, "why": 1}.get(key) if view.width else None,
        )
    for judged in file.judged if view.detail else file.programmes:
        table.add_row(*_row(judged, view, roomy=roomy))
    console.print(table)
    if file.loaded.dropped:
        count = len(file.loaded.dropped)
        console.print(f"{count} program tidak dinilai karena isinya tidak sah." if view.lang == "id"
                      else f"{count} programmes were not judged because they are invalid.")  # fmt: skip


def _row(judged: Judged, view: View, *, roomy: bool) -> list[Styled]:
    verdict, item = judged.verdict, judged.item
    sure = f"{certainty(verdict.confidence, view.lang)} {percent(verdict.confidence, view.lang)}"
    name = Styled(("  " if item.parent else "") + one_line(item.nama))
    if item.kode:
        name = Styled(f"{'  ' if item.parent else ''}{one_line(item.kode)} ", style="dim") + Styled(one_line(item.nama))
    why = Styled(brief(verdict, view.lang), style="dim")
    answer = Styled(verdict.status.in_(view.lang), style=_STATUS_STYLE[verdict.status])
    if not roomy:
        # Narrow: what would be a column of its own stands under its neighbour.
        if why.plain:
            name = name + Styled("\n└ ", style="dim") + why
        if verdict.confidence:
            answer = answer + Styled(f"\n{sure}", style="dim")
    goal = Styled(verdict.goal or "–", style="bold" if verdict.goal else "dim")  # noqa: RUF001
    pagu = Styled(short_rupiah(item.pagu, view.lang))
    if not roomy:
        return [goal, answer, name, pagu]
    return [goal, answer, Styled(sure if verdict.confidence else "–"), name, why, pagu]  # noqa: RUF001


def _goals(console: Console, file: FileResult, result: Result, view: View) -> None:
    lang = view.lang
    table = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), expand=False)
    heads = (
        ("Tujuan", "Program", "Pagu", "di antaranya selaras", "tanpa pagu")
        if lang == "id"
        else ("Goal", "Programmes", "Ceiling", "of which aligned", "no ceiling")
    )
    for i, head in enumerate(heads):
        table.add_column(head, justify="left" if i == 0 else "right", no_wrap=i > 0, overflow="fold")
    for line, goal in zip(file.sums([g.kode for g in result.priorities.tujuan]), result.priorities.tujuan, strict=True):
        known = line.programmes or line.parts
        table.add_row(
            f"{goal.kode} {goal.nama_en if lang == 'en' else goal.nama}",
            number(line.programmes, lang),
            short_rupiah(line.pagu, lang) if line.pagu else ("–" if known else "0"),  # noqa: RUF001
            short_rupiah(line.confirmed, lang) if line.confirmed else "–",  # noqa: RUF001
            number(line.unknown, lang) if line.unknown else "–",  # noqa: RUF001
        )
    console.print(table)
    console.print(sentence(file, lang))
    console.print()


def sentence(file: FileResult, lang: Lang) -> str:
    """Say in one sentence how the programmes of a file came out."""
    statuses = file.statuses()
    parts = [f"{number(statuses[status], lang)} {status.in_(lang)}" for status in Status if statuses[status]]
    total = number(len(file.programmes), lang)
    return (
        f"Dari {total} program: {', '.join(parts)}." if lang == "id" else f"Of {total} programmes: {', '.join(parts)}."
    )


def _closing(result: Result, lang: Lang) -> str:
    counts = {severity: result.count(severity) for severity in reversed(Severity)}
    bad = sum(1 for file in result.files if file.findings)
    total = len(result.files)
    if not any(counts.values()):
        return f"Tidak ada temuan dalam {total} berkas." if lang == "id" else f"No findings in {total} file(s)."
    words = ", ".join(
        f"{number(count, lang)} {severity.in_(lang)}{'s' if lang == 'en' and count > 1 else ''}"
        for severity, count in counts.items()
        if count
    )
    where = f"dalam {bad} dari {total} berkas" if lang == "id" else f"in {bad} of {total} file(s)"
    return f"{words} {where}."
