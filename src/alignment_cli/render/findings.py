"""Findings as people read them: source line with caret, message, advice; many of one kind in a few lines."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size

from alignment_cli.finding import Severity
from alignment_cli.numbers import number
from alignment_cli.render.concise import one_line

if TYPE_CHECKING:
    from rich.console import Console
    from rich.style import Style
    from rich.text import Text as Styled

    from alignment_cli.finding import Finding, Lang, Place
    from alignment_cli.render import View
    from alignment_cli.result import FileResult

SHOWN = 3
"""Findings of one rule in one file that are written out; the others are named by their lines."""
MOST = 12
"""Lines that are named, and findings that are written out where they share the lines of the first: there the line would
not tell them apart.
"""

SEVERITY_STYLE = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}


def print_findings(console: Console, file: FileResult, view: View, styled: type[Styled]) -> None:
    """Print the findings of a file; of those of one rule only the first, unless every one is wanted. `styled` makes
    texts for the console.
    """
    groups: dict[str, list[int]] = {}
    for n, finding in enumerate(file.findings):
        groups.setdefault(finding.rule.code, []).append(n)
    folded = {} if view.detail else dict(_folded(file.findings, group) for group in groups.values())
    hidden = {n for rest in folded.values() for n in rest}
    for n, finding in enumerate(file.findings):
        if n not in hidden:
            _print_finding(console, finding, view, styled)
        if rest := folded.get(n):
            lines = [file.findings[other].place.span.line for other in rest]
            _indented(console, styled(_rest(finding.rule.code, lines, view.lang)))
            console.print()


def _folded(findings: list[Finding], group: list[int]) -> tuple[int, list[int]]:
    """Return, of the numbers of one rule's findings, the last that is written out and those that are not."""
    first = {findings[n].place.span.line for n in group[:SHOWN]}
    shown = [n for i, n in enumerate(group) if i < SHOWN or (i < MOST and findings[n].place.span.line in first)]
    return shown[-1], [n for n in group if n not in shown]


def _rest(code: str, lines: list[int], lang: Lang) -> str:
    """Name the findings of a rule that are not written out by their lines."""
    places = list(dict.fromkeys(lines))
    named = ", ".join(str(line) for line in places[:MOST]) + (" …" if len(places) > MOST else "")
    count = number(len(lines), lang)
    if lang == "en":
        return f"… and {count} more like these: line {named}. align explain {code}, or all of them: --detail"
    return f"… dan {count} lagi seperti ini: baris {named}. align explain {code}, atau semuanya: --detail"


def _print_finding(console: Console, finding: Finding, view: View, styled: type[Styled]) -> None:
    """Print one finding: place, code, message, source line with caret, and how to put it right."""
    place, span, rule = finding.place, finding.place.span, finding.rule
    colour = SEVERITY_STYLE[rule.severity]
    head = styled("") + styled(f"{one_line(place.path)}:{span.line}:{span.column}  ")
    head = head + styled(rule.severity.in_(view.lang), style=colour) + styled(" ")
    console.print(head + styled(f"{rule.code} {rule.name}", style=_name_style(place, view)), soft_wrap=True)
    message = one_line(finding.message(view.lang))
    if place.excerpt.strip():
        line, column, length = _excerpt(place.excerpt, span.column, span.end_column, console.width - 9)
        console.print(styled(f"{span.line:5} | {line}", style="dim"), soft_wrap=True)
        console.print(styled(f"      | {' ' * column}{'^' * length}", style=colour), soft_wrap=True)
    _indented(console, styled(message))
    advice = one_line(finding.fix(view.lang))
    if advice:
        _indented(console, styled(f"= {advice}"))
    for label, other in finding.related:
        where = f"{one_line(other.path)}:{other.span.line}:{other.span.column}"
        _indented(console, styled(f"{where}  {one_line(label.in_(view.lang))}"))
    console.print()


def _name_style(place: Place, view: View) -> Style | str:
    """Return how the name of a rule is shown: in bold, and as a link where the terminal can open one."""
    if not view.color:
        return "bold"
    from rich.style import Style

    return Style(bold=True, link=_link(place, view))


def _link(place: Place, view: View) -> str | None:
    """Return the URI by which a terminal opens the file, where links are wanted and the file is one."""
    path = Path(place.path)
    if not view.color or not view.links or not path.is_file():
        return None
    return path.absolute().as_uri() + (f"#{place.span.line}" if view.links == "line" else "")


def _indented(console: Console, text: Styled) -> None:
    indent = " " * 8
    for line in text.wrap(console, console.width - len(indent)):
        console.print(type(text)(indent) + line)


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
