"""The report for people: findings with excerpt and caret, a table of programmes, a table of goals."""

from __future__ import annotations

import io
import re
from itertools import chain
from typing import TYPE_CHECKING, cast

from alignment_cli.finding import Text
from alignment_cli.match.verdict import Status, certainty
from alignment_cli.numbers import number, percent, short_rupiah
from alignment_cli.render.brief import brief
from alignment_cli.render.closing import answers, closing
from alignment_cli.render.concise import one_line
from alignment_cli.render.findings import print_findings
from alignment_cli.render.paper import UNWRAPPED, Paper, Plain, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import Console
    from rich.text import Text as Styled

    from alignment_cli.priorities import Prioritas
    from alignment_cli.render import View
    from alignment_cli.result import FileResult, Judged
    from alignment_cli.tally import Summary

ROOMY = 110
"""From this width on, the evidence has a column of its own; below, it stands under the name."""
_STATUS_STYLE = {
    Status.SELARAS: "green",
    Status.PERLU_TINJAU: "yellow",
    Status.TIDAK_DIDUKUNG: "red",
    Status.TANPA_BUKTI: "dim",
    Status.TEKS_KURANG: "dim",
    Status.PENUNJANG: "dim",
}


def part(file: FileResult, priorities: Prioritas, view: View) -> list[str]:
    """Return the report on one file. Lines are cut to `view.width` only where that is given."""
    console, styled = _console(view), _styled(view)
    _header(console, file, view, styled)
    print_findings(console, file, view, styled)
    if file.judged:
        _programmes(console, file, view, styled)
        _goals(console, file, priorities, view)
    return [written(console)]


def whole(parts: Iterable[list[str]], summary: Summary, view: View) -> Iterator[str]:
    """Yield the files' reports, then what is to say of all of them."""
    yield from chain.from_iterable(parts)
    console = _console(view)
    for sentence in closing(summary, view.lang):
        console.print(sentence)
    yield written(console)


def written(console: Console) -> str:
    """Return what was printed to a console of `console_for`, without blanks at line ends. Links lose the number that
    rich draws for each of them.
    """
    text = console.file.getvalue() if isinstance(console.file, io.StringIO) else ""
    text = re.sub(r"\x1b\]8;id=[^;]*;", "\x1b]8;;", text)
    return "\n".join(line.rstrip() for line in text.split("\n"))


def _as_lines(view: View) -> bool:
    """Tell whether nothing needs to be wrapped or coloured; then rich, whose tables take their time, is not needed."""
    return view.width is None and not view.color


def _console(view: View) -> Console:
    return cast("Console", Paper()) if _as_lines(view) else console_for(view)


def _styled(view: View) -> type[Styled]:
    """Return the class of styled texts."""
    if _as_lines(view):
        return cast("type[Styled]", Plain)
    from rich.text import Text as Styled

    return Styled


def console_for(view: View) -> Console:
    """Return a console that prints into memory, plain or coloured, never interpreting markup."""
    from rich.console import Console

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


def _header(console: Console, file: FileResult, view: View, styled: type[Styled]) -> None:
    console.print(styled(one_line(file.loaded.path), style="bold"))
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


_HEADS = {
    "goal": Text("Tujuan", "Goal"),
    "status": Text("Jawaban", "Answer"),
    "sure": Text("Keyakinan", "Confidence"),
    "name": Text("Program", "Programme"),
    "why": Text("Bukti", "Evidence"),
    "pagu": Text("Pagu", "Ceiling"),
}


def _programmes(console: Console, file: FileResult, view: View, styled: type[Styled]) -> None:
    roomy = console.width >= ROOMY
    keys = ("goal", "status", "sure", "name", "why", "pagu") if roomy else ("goal", "status", "name", "pagu")
    rows = [_row(judged, view, styled, roomy=roomy) for judged in (file.judged if view.detail else file.programmes)]
    if _as_lines(view):
        heads = [_HEADS[key].in_(view.lang) for key in keys]
        _write(console, table([heads, *([cell.plain for cell in row] for row in rows)], {len(keys) - 1}))
    else:
        from rich.box import SIMPLE_HEAD
        from rich.table import Table

        drawn = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), expand=False)
        for key in keys:
            drawn.add_column(
                _HEADS[key].in_(view.lang),
                no_wrap=key not in ("name", "why"),
                overflow="fold",
                justify="right" if key == "pagu" else "left",
                ratio={"name": 1, "why": 1}.get(key) if view.width else None,
            )
        for row in rows:
            drawn.add_row(*row)
        console.print(drawn)
    if file.loaded.dropped:
        count = len(file.loaded.dropped)
        console.print(f"{count} program tidak dinilai karena isinya tidak sah." if view.lang == "id"
                      else f"{count} programmes were not judged because they are invalid.")  # fmt: skip


def _write(console: Console, text: str) -> None:
    console.file.write(text)


def _row(judged: Judged, view: View, styled: type[Styled], *, roomy: bool) -> list[Styled]:
    verdict, item = judged.verdict, judged.item
    sure = f"{certainty(verdict.confidence, view.lang)} {percent(verdict.confidence, view.lang)}"
    name = styled(("  " if item.parent else "") + one_line(item.nama))
    if item.kode:
        name = styled(f"{'  ' if item.parent else ''}{one_line(item.kode)} ", style="dim") + styled(one_line(item.nama))
    why = styled(brief(verdict, view.lang), style="dim")
    answer = styled(verdict.status.in_(view.lang), style=_STATUS_STYLE[verdict.status])
    if not roomy:
        # Narrow: what would be a column of its own stands under its neighbour.
        if why.plain:
            name = name + styled("\n└ ", style="dim") + why
        if verdict.confidence:
            answer = answer + styled(f"\n{sure}", style="dim")
    goal = styled(verdict.goal or "–", style="bold" if verdict.goal else "dim")  # noqa: RUF001
    pagu = styled(short_rupiah(item.pagu, view.lang))
    if not roomy:
        return [goal, answer, name, pagu]
    return [goal, answer, styled(sure if verdict.confidence else "–"), name, why, pagu]  # noqa: RUF001


def _goals(console: Console, file: FileResult, priorities: Prioritas, view: View) -> None:
    lang = view.lang
    heads = (
        ("Tujuan", "Program", "Pagu", "di antaranya selaras", "tanpa pagu")
        if lang == "id"
        else ("Goal", "Programmes", "Ceiling", "of which aligned", "no ceiling")
    )
    rows = []
    for line, goal in zip(file.sums([g.kode for g in priorities.tujuan]), priorities.tujuan, strict=True):
        known = line.programmes or line.parts
        rows.append([
            f"{goal.kode} {goal.nama_en if lang == 'en' else goal.nama}",
            number(line.programmes, lang),
            short_rupiah(line.pagu, lang) if line.pagu else ("–" if known else "0"),  # noqa: RUF001
            short_rupiah(line.confirmed, lang) if line.confirmed else "–",  # noqa: RUF001
            number(line.unknown, lang) if line.unknown else "–",  # noqa: RUF001
        ])  # fmt: skip
    if _as_lines(view):
        _write(console, table([heads, *rows], range(1, len(heads))))
    else:
        from rich.box import SIMPLE_HEAD
        from rich.table import Table

        drawn = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), expand=False)
        for i, head in enumerate(heads):
            drawn.add_column(head, justify="left" if i == 0 else "right", no_wrap=i > 0, overflow="fold")
        for row in rows:
            drawn.add_row(*row)
        console.print(drawn)
    console.print(answers(file.statuses(), lang))
    console.print()
