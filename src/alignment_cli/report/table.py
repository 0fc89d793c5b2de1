"""What a view is made of, the same for terminal, CSV, Excel, Markdown, JSON and HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from alignment_cli.finding import Text, route_text

if TYPE_CHECKING:
    from alignment_cli.context import Item
    from alignment_cli.result import FileResult

Kind = Literal["text", "number", "rupiah", "percent"]
Cell = str | int | float | Text | tuple[str, ...] | None
"""A value: texts of the plan as they are, words of align in both languages, numbers, a list of names; None is "not
known" or "does not apply", never 0.
"""


class Origin(NamedTuple):
    """Where an item stands: the file's name as shown, its route there (``program[3].sub_kegiatan[0]``), its line."""

    path: str
    route: str
    line: int


def origin(file: FileResult, item: Item) -> Origin:
    """Return where an item stands."""
    return Origin(file.loaded.path, route_text(file.loaded.original(item.route)), file.loaded.line(item.route))


class Column(NamedTuple):
    """A column: a name for machines, a heading, and what its cells are. Percent is 0-1. Where there is no room beside
    the row, a `minor` column is the first to go under it; there, a `clear` one needs no heading.
    """

    key: str
    title: Text
    kind: Kind = "text"
    minor: bool = False
    clear: bool = False


class Row(NamedTuple):
    """A row of cells, and the items that it counts, so that every figure can be traced."""

    cells: tuple[Cell, ...]
    items: tuple[Origin, ...] = ()


class Table(NamedTuple):
    """A table. `name` is the same in both languages; `total` is a last row that is no item of its own; `note` says how
    to read the table and where it comes from. The first `grouped` columns are the heading of rows that follow each
    other. A `detail` table holds the single rows behind figures of other tables: for files, too long for a page.
    `empty` says what it means that there are no rows. `single` tells that each row is about one item, so that it can
    be shown where that stands.
    """

    name: str
    title: Text
    columns: tuple[Column, ...]
    rows: list[Row]
    total: Row | None = None
    note: Text | None = None
    grouped: int = 0
    detail: bool = False
    empty: Text = Text("tidak ada", "none")
    single: bool = False


class View(NamedTuple):
    """A view of a region: what it says in sentences, then its tables."""

    name: str
    title: Text
    sentences: list[Text]
    tables: list[Table]
