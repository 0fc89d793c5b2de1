"""Tables of views as the page shows them: short ones in the document, long ones as data that the script shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from alignment_cli.match.verdict import Status
from alignment_cli.report.render.cells import shown
from alignment_cli.report.render.page.pool import ranges

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alignment_cli.report.figures import Entry, Figures
    from alignment_cli.report.render.page.pool import Pool
    from alignment_cli.report.table import Cell, Row, Table

LONG = 200
"""Tables with more rows are shown by the script, page by page."""
FULL = 1000
"""Tables with more rows are not written into the document for readers without JavaScript: their items are, once."""
WORD = 30
"""Characters of a word above which it may break anywhere."""

COUNTS = frozenset({"program", "butir", "tanpa_pagu", "selaras", "perlu_tinjau", "tidak_didukung"})
"""Columns that count some of the items of their row."""


class ShownCell(NamedTuple):
    """A cell: its text, whether it is a figure, and the key of the set of items behind it, if any."""

    text: str
    figure: bool = False
    key: str | None = None

    @property
    def kind(self) -> str:
        """The class of the cell in the document: figures stand at the right, overlong words may break anywhere."""
        if self.figure:
            return "n"
        return "w" if len(self.text) > WORD and any(len(word) > WORD for word in self.text.split()) else ""


class ShownTable(NamedTuple):
    """A table. `rows` are written into the document, `total` is its last row, `many` the number of all rows; `long`
    tells that the script shows it, `detail` that it is folded away; `empty` is said where there are no rows.
    """

    key: str
    title: str
    heads: list[tuple[str, bool]]
    rows: list[list[ShownCell]]
    many: int
    total: list[ShownCell] | None = None
    note: str = ""
    empty: str = ""
    long: bool = False
    detail: bool = False


class Presenter:
    """Makes the tables of one region ready for the page; what the script needs of them goes to the pool."""

    def __init__(self, plan: int, figures: Figures, pool: Pool) -> None:
        self.plan, self.figures, self.pool = plan, figures, pool

    def show(self, table: Table) -> ShownTable:
        """Return a table for the document."""
        key, lang, pool = f"{self.plan}.{table.name}", self.pool.lang, self.pool
        title, many = table.title.in_(lang), len(table.rows)
        rows = [self._cells(row, f"{key}.{number}", table) for number, row in enumerate(table.rows)]
        total = None
        if table.total is not None:
            total = self._cells(table.total, f"{key}.jumlah", table)
            pool.add(f"{key}.jumlah", self._label(table.total, table), pool.numbers(table.total.items))
        pool.tables[key] = {
            "title": title,
            "columns": [[column.title.in_(lang), column.kind] for column in table.columns],
            "rows": [self._values(row, table) for row in table.rows],
            "items": [ranges(pool.numbers(row.items)) for row in table.rows],
            "goals": [self._goal(row, table) if len(row.items) > 1 else None for row in table.rows],
        }
        return ShownTable(
            key,
            title,
            [(column.title.in_(lang), column.kind != "text") for column in table.columns],
            [] if many > FULL or (many > LONG and table.detail) else rows,
            many,
            total,
            "" if table.note is None else table.note.in_(lang),
            table.empty.in_(lang),
            many > LONG,
            table.detail,
        )

    def _cells(self, row: Row, key: str, table: Table) -> list[ShownCell]:
        """Return the cells of a row. Of a row about several items its figures are links, else its first cell is."""
        figures = [isinstance(cell, int | float) and bool(cell) for cell in row.cells]
        linked = figures if len(row.items) > 1 and any(figures) else [at == 0 for at in range(len(row.cells))]
        cells = []
        for cell, column, link in zip(row.cells, table.columns, linked, strict=True):
            own = key if link and row.items else None
            if own and (part := self._part(cell, column.key, row, table)) is not None:
                label = f"{self._label(row, table)}, {column.title.in_(self.pool.lang)}"
                own = self.pool.add(f"{key}.{column.key}", label, part, self._goal(row, table))
            cells.append(ShownCell(shown(cell, column, self.pool.lang), column.kind != "text", own))
        return cells

    def _part(self, cell: Cell, key: str, row: Row, table: Table) -> list[int] | None:
        """Return the items of a row that a count counts, where it counts only some: those of the first way of counting
        that gives the number that the cell shows.
        """
        if not isinstance(cell, int) or key not in COUNTS or cell == len(row.items):
            return None
        own = [self.pool.entries[number] for number in self.pool.numbers(row.items)]
        for found in _ways(key, str(_cell(row, table, "tujuan")), own, self.figures):
            if len(found) == cell:
                return self.pool.of(found)
        return None

    def _values(self, row: Row, table: Table) -> list[Any]:
        """Return cells as the script reads them: figures as they are, texts by number."""
        return [
            None if cell is None
            else round(cell, 4) if column.kind != "text" and isinstance(cell, int | float)
            else self.pool.string(shown(cell, column, self.pool.lang))
            for cell, column in zip(row.cells, table.columns, strict=True)
        ]  # fmt: skip

    def _label(self, row: Row, table: Table) -> str:
        texts = [
            shown(cell, column, self.pool.lang)
            for cell, column in zip(row.cells, table.columns, strict=True)
            if column.kind == "text" and cell is not None
        ]
        return f"{table.title.in_(self.pool.lang)}: {' '.join(texts[:2])}"

    def _goal(self, row: Row, table: Table) -> str | None:
        """Return the code of the goal that a row is about."""
        goal = _cell(row, table, "tujuan")
        return goal if isinstance(goal, str) and goal in self.pool.goals else None


def _cell(row: Row, table: Table, key: str) -> Cell:
    return next((cell for cell, column in zip(row.cells, table.columns, strict=True) if column.key == key), None)


def _ways(key: str, goal: str, own: list[Entry], figures: Figures) -> Iterator[list[Entry]]:
    """Yield what a count named `key` of a row with its own items, and perhaps a goal, may count."""
    shares = [(entry, share) for entry in own if (share := entry.share(goal)) is not None]
    if key == "program":
        yield [entry for entry in figures.programmes if entry.share(goal) is not None]
    if key == "butir":
        yield [entry for entry, _ in shares]
    if key == "tanpa_pagu":
        yield [entry for entry in own if entry.item.pagu is None]
        yield [entry for entry, _ in shares if entry.item.pagu is None]
    if key in ("selaras", "perlu_tinjau", "tidak_didukung"):
        yield [entry for entry in own if entry.verdict.status is Status(key)]
        yield [entry for entry, share in shares if share.confirmed is (key == "selaras")]
