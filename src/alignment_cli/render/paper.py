"""What `rich` would print where nothing is wrapped or coloured, as in files and pipes, without loading it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Self

from rich.cells import cell_len

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

UNWRAPPED = 100_000
"""Width used when nothing may be wrapped; wider than any line of the report."""


class Plain(str):
    """A text whose style is not shown; stands in for rich's `Text`."""

    __slots__ = ()

    def __new__(cls, text: str, style: object = None) -> Self:  # noqa: ARG004 - as rich's
        """Take the text and leave the style."""
        return super().__new__(cls, text)

    @property
    def plain(self) -> str:
        """The text itself."""
        return self

    def __add__(self, other: str) -> Plain:
        return Plain(f"{self}{other}")

    def wrap(self, *_: object) -> list[Plain]:
        """Return the text in one line."""
        return [self]


class Paper:
    """Stands in for rich's `Console`."""

    width = UNWRAPPED

    def __init__(self) -> None:
        self.file = io.StringIO()

    def print(self, text: str = "", **_: object) -> None:
        """Write a line."""
        self.file.write(f"{text}\n")


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
