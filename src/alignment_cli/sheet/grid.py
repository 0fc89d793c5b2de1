"""A sheet as a table of values, with addresses as Excel writes them."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from alignment_cli.finding import Text

_BARE_NAME = re.compile(r"[^\W\d]\w*")
_ARTEFACT = re.compile(r"_x000[dD]_\n?|\r\n?")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\ufeff\u00ad"))
LETTERS = 26
SHOWN_DIGITS = 15
"""Digits that Excel shows of a number; what lies behind is the noise of binary fractions."""


class SheetError(Exception):
    """The file or its map is no use. `text` says why and what to do, in both languages."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class Box(NamedTuple):
    """A merged range, 0-based, ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass
class Grid:
    """One sheet. `rows[0]` is the sheet's first row; a short row ends in blanks. Cells are texts, numbers, dates or
    booleans.

    `percent` are cells (row, column) that Excel shows as percent; `faulty` are cells whose value the file does not
    tell: an error such as ``#REF!``, or a formula that was never calculated (""). `hidden` tells that Excel hides it.
    """

    name: str
    rows: list[list[Any]]
    merged: list[Box] = field(default_factory=list)
    percent: set[tuple[int, int]] = field(default_factory=set)
    faulty: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden: bool = False

    @cached_property
    def texts(self) -> list[list[str]]:
        """All cells as trimmed texts, each row as long as the widest."""
        width = self.width
        return [[clean(cell) for cell in row] + [""] * (width - len(row)) for row in self.rows]

    def cell(self, row: int, column: int) -> Any:
        """Return a cell's value, "" where there is none."""
        values = self.rows[row]
        return values[column] if column < len(values) else ""

    def text(self, row: int, column: int) -> str:
        """Return a cell as text, trimmed."""
        return self.texts[row][column]

    def address(self, row: int, column: int) -> str:
        """Return where a cell stands: ``Renja!F12``."""
        return f"{quoted(self.name)}!{letters(column)}{row + 1}"

    @cached_property
    def width(self) -> int:
        """Columns of the longest row."""
        return max(map(len, self.rows), default=0)


@dataclass
class Book:
    """All sheets of a file; `kind` as in ``xlsx``, `notes` what was found out while reading."""

    kind: str
    grids: list[Grid]
    notes: list[Text] = field(default_factory=list)


def quoted(name: str) -> str:
    """Return a sheet's name as formulas write it: in quotes unless it is one word."""
    return name if _BARE_NAME.fullmatch(name) else "'{}'".format(name.replace("'", "''"))


def letters(column: int) -> str:
    """Return the letters of a column: 0 is A, 26 is AA."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, LETTERS)
        text = chr(ord("A") + rest) + text
    return text


def number_of(text: str) -> int:
    """Return the column (0-based) that letters name."""
    column = 0
    for letter in text.upper():
        column = column * LETTERS + ord(letter) - ord("A") + 1
    return column - 1


def clean(value: object) -> str:
    """Return a cell's value as text without the space around it: whole numbers without ``.0``, dates as YYYY-MM-DD.
    What spreadsheets put in without showing it (``_x000D_``, zero-width characters) goes.
    """
    if value == "":
        return ""
    if isinstance(value, str):
        if not value.isascii() or "_x000" in value or "\r" in value:
            value = _ARTEFACT.sub("\n", value).translate(_INVISIBLE)
        return value.strip()
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:.{SHOWN_DIGITS}g}"
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ")
    return str(value)


def one_line(text: str) -> str:
    """Return a text without its line breaks; all else stays as written."""
    return " ".join(part.strip() for part in text.split("\n") if part.strip()) if "\n" in text else text
