"""Single cells of a table's rows, by what their columns hold."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from alignment_cli.sheet import amounts, columns, rows
from alignment_cli.sheet.ceilings import Ceilings
from alignment_cli.sheet.codes import LEVELS, NONE, Code, level, split_name, tidy
from alignment_cli.sheet.grid import clean, one_line
from alignment_cli.sheet.indicators import Indicator, Indicators
from alignment_cli.sheet.split_codes import Split

if TYPE_CHECKING:
    from alignment_cli.sheet.codes import Codes
    from alignment_cli.sheet.columns import Column, Layout
    from alignment_cli.sheet.report import Report

TEXTS = (
    "uraian",
    "perangkat_daerah",
    "sub_unit",
    "lokasi",
    "sumber_dana",
    "jenjang",
    "unggulan",
    "asta_cita",
    "keselarasan",
)
"""Fields that are texts as written."""
FILLED = ("perangkat_daerah", "sub_unit", "lokasi", "sumber_dana")
"""Fields whose merged cells count for every row that they reach over."""
NAMES_OF_LEVELS = {"sub kegiatan": "sub_kegiatan", "subkegiatan": "sub_kegiatan", "sub_kegiatan": "sub_kegiatan"}


class Cells:
    """Reads the cells of a row."""

    def __init__(self, layout: Layout, codes: Codes, report: Report) -> None:
        self._layout, self._codes = layout, codes
        self._grid = layout.grid
        self._code, self._name = layout.one("kode"), layout.one("nama")
        self._code_of = columns.by_level(layout, "kode_")
        self._name_of = columns.by_level(layout, "nama_")
        self._whole = columns.whole_codes(layout, self._code_of)
        split = self._code is not None and len(self._code.cells) > 1
        self._split = Split(codes) if split or (self._code_of and not self._whole) else None
        self._in_name = {
            column: columns.code_in_name(layout, column) for column in (*layout.all("nama"), *self._name_of.values())
        }
        self._text_columns = {name: column for name in TEXTS if (column := layout.one(name)) is not None}
        self.indicators = Indicators(layout, report)
        self.ceilings = Ceilings(layout, report)
        self._cache: tuple[int, Code, str] = (-1, NONE, "")

    @property
    def coded(self) -> bool:
        """Tell whether the table has codes at all."""
        return self._code is not None or bool(self._code_of) or any(self._in_name.values())

    def _first(self, row: int, column: Column) -> str:
        return next((text for cell in column.cells if (text := self._grid.text(row, cell))), "")

    # Codes and names

    def names(self, row: int) -> list[str]:
        """Return the texts of a row's name columns."""
        found = (self._first(row, column) for column in (*self._layout.all("nama"), *self._name_of.values()))
        return [text for text in found if text]

    def labels(self, row: int) -> list[str]:
        """Return the texts of a row that stand in no column of indicators."""
        cells = enumerate(self._grid.texts[row])
        return [text for column, text in cells if text and column not in self.indicators.columns]

    def code(self, row: int) -> Code:
        """Return a row's own code."""
        return self._read(row)[1]

    def name(self, row: int) -> str:
        """Return a row's own name, without the code in the same cell."""
        return self._read(row)[2]

    def _read(self, row: int) -> tuple[int, Code, str]:
        if self._cache[0] != row:
            written, name = self._own_name(row)
            code = NONE
            if not name:
                written, name = self._all_in_code(row)
            elif not written:
                code = self._own_code(row, name)
            if written:
                code = self._codes.read(written, name)
            elif not name:
                code = self._own_code(row, "")
            self._cache = (row, code, name)
        return self._cache

    def _all_in_code(self, row: int) -> tuple[str, str]:
        """Return code and name of a row that has both, or the name alone, in its column of codes."""
        text = self.written_code(row)
        written, name = split_name(text)
        return written, one_line(name) if written or not any(map(str.isdecimal, text)) else ""

    def _own_name(self, row: int) -> tuple[str, str]:
        """Return the code and the name in a row's name cell."""
        column = self._name
        text = self._first(row, column) if column is not None else ""
        if column is None:
            filled = [(col, text) for col in self._name_of.values() if (text := self._first(row, col))]
            column, text = filled[-1] if filled else (None, "")
        if column is not None and self._in_name[column]:
            written, name = split_name(text)
            return written, one_line(name)
        return "", one_line(text)

    def _own_code(self, row: int, name: str) -> Code:
        if self._code is not None:
            cells = [self._grid.cell(row, cell) for cell in self._code.cells]
            return self._split.read(cells, name) if self._split is not None else self._codes.read(cells[0], name)
        cells = [self._grid.cell(row, column.cells[0]) for column in self._code_of.values()]
        if self._split is not None:
            return self._split.read(cells, name)
        return next((self._codes.read(cell, name) for cell in reversed(cells) if clean(cell)), NONE)

    def looks_coded(self, row: int) -> bool:
        """Tell whether a row's code cells hold a code of the plan, without looking anything up."""
        texts = [text for cell in self.code_columns if (text := self._grid.texts[row][cell])]
        if self._split is not None:
            return any(text[0].isdecimal() for text in texts)
        if any("." in (kode := tidy(text)) and level(kode) for text in texts):
            return True
        in_name = self.names(row) if any(self._in_name.values()) else []
        return any(split_name(text)[0] for text in (*texts, *in_name))

    def code_cell(self, row: int) -> str:
        """Return the address of a row's code, of its name where it has none."""
        filled = [cell for cell in self.code_columns if self._grid.text(row, cell)]
        return self._grid.address(row, filled[-1] if filled else self.name_column)

    def written_code(self, row: int) -> str:
        """Return a row's code as the sheet has it."""
        return " ".join(text for cell in self.code_columns if (text := self._grid.text(row, cell)))

    @cached_property
    def code_columns(self) -> list[int]:
        """The columns that hold codes or parts of them."""
        if self._code is not None:
            return list(self._code.cells)
        return [column.cells[0] for column in self._code_of.values()]

    @cached_property
    def name_column(self) -> int:
        """The column of names, the first of several."""
        found = [*self._layout.all("nama"), *reversed(self._name_of.values())]
        return found[0].cells[0] if found else 0

    def level(self, row: int, code: Code, name: str) -> str:
        """Return the level of a row: as its column `jenjang` says, by its code, the columns it fills, or its name."""
        said = self._first(row, self._text_columns["jenjang"]).casefold() if "jenjang" in self._text_columns else ""
        said = NAMES_OF_LEVELS.get(said, said)
        if said in LEVELS:
            return said
        if code.level:
            return code.level
        if self._name is None:
            filled = [name for name, column in self._name_of.items() if self._first(row, column)]
            if filled:
                return filled[-1]
        return rows.level_by_name(name)

    def above(self, row: int, own: str) -> dict[str, tuple[str, str]]:
        """Return code and name of the levels above a row's own, as far as its columns give them."""
        found: dict[str, tuple[str, str]] = {}
        for name in LEVELS[: LEVELS.index(own)] if own in LEVELS else LEVELS:
            column = self._name_of.get(name)
            text = self._first(row, column) if column is not None else ""
            written, text = split_name(text) if column is not None and self._in_name[column] else ("", text)
            if self._whole and name in self._code_of:
                written = self._first(row, self._code_of[name])
            if text or written:
                found[name] = (self._codes.read(written, text).kode if written else "", one_line(text))
        return found

    # Texts

    def text_fields(self, row: int) -> dict[str, str]:
        """Return the texts of a row by field, without those that are blank."""
        found = {}
        for name, column in self._text_columns.items():
            text = self._first(row, column)
            if not text and name in FILLED:
                source = self._merged.get((row, column.cells[0]))
                text = self._grid.text(*source) if source is not None else ""
            if text and text not in amounts.BLANKS:
                found[name] = one_line(text) if name in ("perangkat_daerah", "sub_unit") else text
        return found

    @cached_property
    def _merged(self) -> dict[tuple[int, int], tuple[int, int]]:
        """Cells below the first of a merged range, in the columns of `FILLED`, with that first cell."""
        wanted = {column.cells[0] for name, column in self._text_columns.items() if name in FILLED}
        return {
            (row, box.left): (box.top, box.left)
            for box in self._grid.merged
            if box.left in wanted and box.top >= self._layout.header.body
            for row in range(box.top + 1, min(box.bottom + 1, len(self._grid.rows)))
        }

    @staticmethod
    def as_indicator(name: str) -> Indicator:
        """Return a name alone as an indicator."""
        return Indicator(name)
