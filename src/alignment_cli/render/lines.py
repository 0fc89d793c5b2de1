"""Tables where nothing is wrapped or coloured, as in files and pipes: what rich would print, in far less time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence


def table(rows: Sequence[Sequence[str]], right: Collection[int]) -> str:
    """Return a table in rich's `SIMPLE_HEAD`, its first row the head, with blank lines around it. `right` numbers the
    columns that are set to the right.
    """
    lengths = [[cell_len(cell) for cell in row] for row in rows]
    widths = [max(column) for column in zip(*lengths, strict=True)]
    lines = []
    for row, taken in zip(rows, lengths, strict=True):
        gaps = [" " * (width - length) for width, length in zip(widths, taken, strict=True)]
        cells = [gap + cell if n in right else cell + gap for n, (cell, gap) in enumerate(zip(row, gaps, strict=True))]
        lines.append(" " + "  ".join(cells))
    lines.insert(1, " " + "─" * (sum(widths) + 2 * (len(widths) - 1)))
    return "\n" + "\n".join(line.rstrip() for line in lines) + "\n\n"
