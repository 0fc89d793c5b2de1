"""HTML tables with the ending .xls, which web applications offer as "Excel"."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

from alignment_cli.finding import Text
from alignment_cli.sheet.delimited import decode
from alignment_cli.sheet.grid import Book, Box, Grid
from alignment_cli.sheet.limits import MAX_COLUMNS, check_area

if TYPE_CHECKING:
    from pathlib import Path

_START = re.compile(
    rb"\s*(?:<!doctype html|<html|<table|<head|<meta|<style|<body|<div|<center|<\?xml[^>]*>\s*<html)", re.IGNORECASE
)
_BREAKING = ("br", "p", "div", "li")


def is_markup(raw: bytes) -> bool:
    """Tell whether a file is HTML with a table in it."""
    return _START.match(raw.removeprefix(b"\xef\xbb\xbf")) is not None and b"<table" in raw.lower()


class _Tables(HTMLParser):
    """Collects every table of a page: cells row by row, merged cells as they stand in HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[Grid] = []
        self._grid: Grid | None = None
        self._row = -1
        self._taken: set[tuple[int, int]] = set()
        self._cell: list[str] | None = None
        self._place = (0, 0)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._grid, self._row, self._taken = Grid("", []), -1, set()
            self.tables.append(self._grid)
        elif tag == "tr" and self._grid is not None:
            self._grid.rows.append([])
            self._row = len(self._grid.rows) - 1
        elif tag in ("td", "th") and self._grid is not None and self._row >= 0:
            self._begin(dict(attrs))
        elif tag in _BREAKING and self._cell is not None:
            self._cell.append("\n")

    def _begin(self, values: dict[str, Any]) -> None:
        self._end()
        column = 0
        while (self._row, column) in self._taken:
            column += 1
        across, down = (_count(values.get(name)) for name in ("colspan", "rowspan"))
        box = Box(self._row, column, self._row + down - 1, column + across - 1)
        self._taken |= {(row, col) for row in range(box.top, box.bottom + 1) for col in range(box.left, box.right + 1)}
        if self._grid is not None and (across > 1 or down > 1):
            self._grid.merged.append(box)
        self._cell, self._place = [], (self._row, column)

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(re.sub(r"\s+", " ", data))

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr", "table"):
            self._end()
        if tag == "table":
            self._row = -1

    def _end(self) -> None:
        if self._cell is None or self._grid is None:
            return
        row, column = self._place
        values = self._grid.rows[row]
        values += [""] * (column + 1 - len(values))
        values[column] = "\n".join(line.strip() for line in "".join(self._cell).split("\n")).strip()
        self._cell = None


def _count(value: str | None) -> int:
    return max(1, min(int(value), MAX_COLUMNS)) if value is not None and value.isdecimal() else 1


def read(raw: bytes, path: Path) -> Book:
    """Read the tables of an HTML file. Raises `SheetError`."""
    text, encoding = decode(raw)
    parser = _Tables()
    parser.feed(text)
    parser.close()
    tables = [table for table in parser.tables if table.rows]
    for number, table in enumerate(tables, 1):
        table.name = path.stem if len(tables) == 1 else f"{path.stem} {number}"
        check_area(table.name, len(table.rows), table.width)
    note = Text(
        f"tabel HTML yang bernama {path.suffix}, pengodean {encoding}",
        f"an HTML table named {path.suffix}, encoding {encoding}",
    )
    return Book("html", tables, [note])
