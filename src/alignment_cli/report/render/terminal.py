"""A report on the terminal: sentences and tables that fit the width without losing a word.

Columns that find no room beside the others go under their row: first the minor ones, all of them, then texts, then
numbers, the last first. The first column always stays.
"""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from rich.text import Text as Styled

from alignment_cli.finding import Text
from alignment_cli.render.concise import one_line
from alignment_cli.render.text import console_for, written
from alignment_cli.report.render.cells import NOTHING, shown

if TYPE_CHECKING:
    from rich.console import Console

    from alignment_cli.finding import Lang
    from alignment_cli.render import View as Manner
    from alignment_cli.report.render import Part
    from alignment_cli.report.table import Column, Row, Table

GAP = 2
"""Blanks between columns."""
COMFORT, COMFORT_OF_LISTS, TIGHT = 20, 34, 15
"""Characters that a column of texts, of lists of names, or of either where room is short, gets before another column
may stand beside it; fewer where its cells are shorter."""
MOST = 4
"""Names of a long list that are written out."""
LONGEST = 24
"""Longest word, in characters, that a column keeps in one piece where room is short."""
ABSENT = ("", NOTHING)
"""Cells that say nothing."""


def render(parts: list[Part], manner: Manner) -> str:
    """Return the views of all regions, one below the other."""
    console = console_for(manner)
    for part in parts:
        for view in part.views:
            title = f"{view.title.in_(manner.lang)} · {one_line(part.figures.name)}"
            console.print(Styled(title, style="bold"))
            for sentence in view.sentences:
                console.print(Styled(one_line(sentence.in_(manner.lang))))
            console.print()
            for table in view.tables:
                if not table.detail:
                    _print(console, table, manner.lang)
                    console.print()
    return written(console)


class _Layout(NamedTuple):
    """Columns with their headings, and their places: in the heading of a group, beside each other with their widths,
    and under the row.
    """

    columns: tuple[Column, ...]
    titles: list[str]
    heading: list[int]
    beside: list[int]
    widths: list[int]
    under: list[int]


def _print(console: Console, table: Table, lang: Lang) -> None:
    title = Styled(table.title.in_(lang), style="bold")
    if not table.rows:
        console.print(Styled.assemble(title, f": {table.empty.in_(lang)}"))
        return
    console.print(title)
    rows = [_texts(row, table.columns, lang) for row in table.rows]
    total = None if table.total is None else _texts(table.total, table.columns, lang, blank="")
    layout = _layout(table, rows if total is None else [*rows, total], console.width, lang)
    _line(console, [layout.titles[n] for n in layout.beside], layout, "bold")
    ruler = Styled("─" * (sum(layout.widths) + GAP * (len(layout.widths) - 1)), style="dim")
    console.print(ruler)
    before: list[str] = []
    for cells in rows:
        heading = [cells[n] for n in layout.heading]
        if heading != before:
            console.print(Styled("\n" * bool(before) + " ".join(heading), style="bold"))
        before = heading
        _row(console, cells, layout)
    if total is not None:
        console.print(ruler)
        _row(console, total, layout, "bold")
    if table.note is not None:
        console.print(Styled(table.note.in_(lang), style="dim"))


def _texts(row: Row, columns: tuple[Column, ...], lang: Lang, blank: str = NOTHING) -> list[str]:
    """Return the cells of a row; `blank` stands for what is not there, but for money: that is not known."""
    return [
        blank if cell is None and column.kind != "rupiah" else shown(cell, column, lang, MOST)
        for cell, column in zip(row.cells, columns, strict=True)
    ]


def _layout(table: Table, rows: list[list[str]], width: int, lang: Lang) -> _Layout:
    """Settle what stands where. Columns in which nothing is known are left out."""
    columns, first = table.columns, table.grouped
    beside = [n for n in range(first, len(columns)) if n == first or any(cells[n] not in ABSENT for cells in rows)]
    natural = {n: _natural(n, table, rows, lang) for n in beside}
    least = {n: _least(n, table, rows, lang, min(natural[n], _comfort(n, table))) for n in beside}
    minor = [n for n in beside[1:] if columns[n].minor]
    others = [[n] for n in beside[1:] if n not in minor]
    leaving = [minor, *sorted(others, key=lambda at: (columns[at[0]].kind != "text", -at[0]))]
    under: list[int] = []
    while leaving and sum(least[n] + GAP for n in beside) - GAP > width:
        under += leaving.pop(0)
        beside = [n for n in beside if n not in under]
        least = {n: _least(n, table, rows, lang, min(natural[n], TIGHT)) for n in beside}
    titles = [column.title.in_(lang) for column in columns]
    room = width - GAP * (len(beside) - 1)
    widths = _widths([least[n] for n in beside], [natural[n] for n in beside], room)
    # What is left then keeps headings in one line.
    widths = _widths(widths, [max(cell_len(titles[n]), own) for n, own in zip(beside, widths, strict=True)], room)
    return _Layout(columns, titles, list(range(first)), beside, widths, sorted(under))


def _natural(n: int, table: Table, rows: list[list[str]], lang: Lang) -> int:
    """Return the width at which a column's cells, and the words of its heading, need not wrap."""
    return max(_longest(table.columns[n].title.in_(lang)), *(cell_len(cells[n]) for cells in rows))


def _comfort(n: int, table: Table) -> int:
    lists = any(isinstance(row.cells[n], tuple) and not isinstance(row.cells[n], Text) for row in table.rows)
    return COMFORT_OF_LISTS if lists else COMFORT


def _least(n: int, table: Table, rows: list[list[str]], lang: Lang, wanted: int) -> int:
    """Return the width that a column needs so as not to break words and numbers, and to have what is wanted."""
    if table.columns[n].kind != "text":
        return _natural(n, table, rows, lang)
    words = max(_longest(table.columns[n].title.in_(lang)), *(_longest(cells[n]) for cells in rows))
    return max(min(words, LONGEST), wanted)


def _longest(text: str) -> int:
    return max((cell_len(word) for word in text.split()), default=0)


def _widths(least: list[int], natural: list[int], room: int) -> list[int]:
    """Share out the room: to each column its `least`, the rest in proportion to what they lack of `natural`."""
    if len(least) == 1:
        return [max(1, min(natural[0], room))]
    spare, lack = room - sum(least), [most - own for own, most in zip(least, natural, strict=True)]
    if spare >= sum(lack):
        return natural
    return [own + spare * more // sum(lack) for own, more in zip(least, lack, strict=True)]


def _row(console: Console, cells: list[str], layout: _Layout, style: str = "") -> None:
    _line(console, [cells[n] for n in layout.beside], layout, style)
    details = []
    for n in layout.under:
        column = layout.columns[n]
        if cells[n] not in ABSENT and not (column.minor and cells[n] == "0"):
            details.append(cells[n] if column.clear else f"{layout.titles[n]}: {cells[n]}")
    room = console.width - 2
    for detail in _packed(details, room):
        for n, line in enumerate(Styled(detail).wrap(console, room, overflow="fold")):
            console.print(Styled(("  " if n else "└ ") + line.plain.rstrip(), style="dim"))


def _packed(details: list[str], width: int) -> list[str]:
    """Put details into as few lines as they need, a long one on lines of its own."""
    lines: list[str] = []
    for detail in details:
        if lines and cell_len(f"{lines[-1]} · {detail}") <= width:
            lines[-1] += f" · {detail}"
        else:
            lines.append(detail)
    return lines


def _line(console: Console, cells: list[str], layout: _Layout, style: str) -> None:
    """Print cells beside each other, each wrapped within its width."""
    wrapped = []
    for n, cell, width in zip(layout.beside, cells, layout.widths, strict=True):
        lines = Styled(cell).wrap(
            console, width, justify="left" if layout.columns[n].kind == "text" else "right", overflow="fold"
        )
        wrapped.append([line.plain for line in lines] or [""])
    blanks = [" " * width for width in layout.widths]
    for line in zip_longest(*wrapped):
        pieces = [blank if piece is None else piece for piece, blank in zip(line, blanks, strict=True)]
        console.print(Styled((" " * GAP).join(pieces).rstrip(), style=style))
