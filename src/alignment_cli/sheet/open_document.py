"""A look into an .ods file before it is opened."""

from __future__ import annotations

from alignment_cli.sheet.limits import Facts, check_area


class OpenDocument:
    """Looks through the sheets of an .ods file: cells that repeat can span more than any memory holds."""

    def __init__(self) -> None:
        self.facts: dict[str, Facts] = {}
        self._name = ""
        self._row = self._column = self._width = self._filled = 0
        self._height = 1

    def start(self, tag: str, values: dict[str, str]) -> None:
        """Take the start of an element. Raises `SheetError` for a sheet that is too large."""
        if tag == "table:table":
            self._name = values.get("table:name", "")
            self.facts[self._name] = Facts()
            self._row = self._width = self._filled = 0
        elif tag == "table:table-row":
            self._column = self._filled = 0
            self._height = int(values.get("table:number-rows-repeated", "1"))
        elif tag in ("table:table-cell", "table:covered-table-cell"):
            self._cell(values)

    def _cell(self, values: dict[str, str]) -> None:
        repeated = int(values.get("table:number-columns-repeated", "1"))
        kind = values.get("calcext:value-type", values.get("office:value-type", ""))
        if kind:
            self._filled = self._column + repeated
            facts, place = self.facts[self._name], (self._row, self._column)
            if kind == "percentage":
                facts.percent.add(place)
            elif kind == "error":
                facts.faulty[place] = values.get("table:formula", "")
        self._column += repeated

    def end(self, tag: str) -> None:
        """Take the end of an element. Raises `SheetError` for a sheet that is too large."""
        if tag == "table:table-row":
            if self._filled:
                self._width = max(self._width, self._filled)
                check_area(self._name, self._row + self._height, self._width)
            self._row += self._height
