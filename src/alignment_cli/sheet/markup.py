"""HTML tables with the ending .xls, which web applications offer as "Excel"."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from alignment_cli.finding import Text
from alignment_cli.limits import current
from alignment_cli.sheet.delimited import decode
from alignment_cli.sheet.grid import Book, Box, Grid
from alignment_cli.sheet.limits import check_area, check_texts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_START = re.compile(
    rb"\s*(?:<!doctype html|<html|<table|<head|<meta|<style|<body|<div|<center|<\?xml[^>]*>\s*<html)", re.IGNORECASE
)
_TAG = re.compile(r"<(/?[a-zA-Z][^\s<>/]*)([^<>]*)>|<[!?/][^<>]*>")
"""A tag, or something else in angle brackets. Python's own parser takes hours for a megabyte of what never ends."""
_SPAN = re.compile(r"\b(colspan|rowspan)\s*=\s*[\"']?\s*(\d{1,9})", re.IGNORECASE)
_BREAKING = ("br", "p", "div", "li")


def is_markup(raw: bytes) -> bool:
    """Tell whether a file is HTML with a table in it."""
    return _START.match(raw.removeprefix(b"\xef\xbb\xbf")) is not None and b"<table" in raw.lower()


class _Tables:
    """Collects every table of a page: cells row by row, merged cells as they stand in HTML."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.tables: list[Grid] = []
        self._grid: Grid | None = None
        self._row = -1
        self._next = 0
        self._until: dict[int, int] = {}
        """The row, for each column, from which on no cell of the rows above reaches into it."""
        self._cell: list[str] | None = None
        self._place = (0, 0)

    def take(self, tag: str, spans: str) -> None:
        """Take a tag by its name, an end with its slash. Raises `SheetError` for a table that is too large."""
        if tag in ("/td", "/th", "/tr", "/table"):
            self._end()
            self._row = -1 if tag == "/table" else self._row
        elif tag == "table":
            self._grid, self._row, self._until = Grid(self._name, []), -1, {}
            self.tables.append(self._grid)
        elif tag == "tr" and self._grid is not None:
            self._grid.rows.append([])
            self._row, self._next = len(self._grid.rows) - 1, 0
            check_area(self._name, len(self._grid.rows), 1)
        elif tag in ("td", "th") and self._grid is not None and self._row >= 0:
            self._begin({name.lower(): int(count) for name, count in reversed(_SPAN.findall(spans))})
        elif tag in _BREAKING and self._cell is not None:
            self._cell.append("\n")

    def say(self, text: str) -> None:
        """Take the text between tags."""
        if self._cell is not None:
            self._cell.append(re.sub(r"\s+", " ", html.unescape(text)))

    def _begin(self, spans: dict[str, int]) -> None:
        self._end()
        column = self._next
        while self._until.get(column, 0) > self._row:
            column += 1
        across, down = (max(1, min(spans.get(name, 1), current().sheet_columns)) for name in ("colspan", "rowspan"))
        box = Box(self._row, column, self._row + down - 1, column + across - 1)
        self._next = box.right + 1
        check_area(self._name, 1, self._next)
        self._until.update(dict.fromkeys(range(column, self._next), self._row + down))
        if self._grid is not None and (across > 1 or down > 1):
            self._grid.merged.append(box)
        self._cell, self._place = [], (self._row, column)

    def _end(self) -> None:
        if self._cell is None or self._grid is None:
            return
        row, column = self._place
        values = self._grid.rows[row]
        values += [""] * (column + 1 - len(values))
        values[column] = "\n".join(line.strip() for line in "".join(self._cell).split("\n")).strip()
        self._cell = None


def _without_comments(text: str) -> str:
    first, *others = text.split("<!--")
    return first + "".join(part.partition("-->")[2] for part in others)


def _parts(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield the text before each tag, the tag's name in lower case and what else is in it."""
    place = 0
    for found in _TAG.finditer(text):
        yield text[place : found.start()], (found[1] or "").lower(), found[2] or ""
        place = found.end()
    yield text[place:], "", ""


def read(raw: bytes, path: Path) -> Book:
    """Read the tables of an HTML file. Raises `SheetError`."""
    text, encoding = decode(raw)
    page = _Tables(path.stem)
    for before, tag, inner in _parts(_without_comments(text)):
        page.say(before)
        page.take(tag, inner)
    page.take("/table", "")
    tables = [table for table in page.tables if table.rows]
    for number, table in enumerate(tables, 1):
        table.name = path.stem if len(tables) == 1 else f"{path.stem} {number}"
        check_area(table.name, len(table.rows), table.width)
        check_texts(table)
    note = Text(
        f"tabel HTML yang bernama {path.suffix}, pengodean {encoding}",
        f"an HTML table named {path.suffix}, encoding {encoding}",
    )
    return Book("html", tables, [note])
