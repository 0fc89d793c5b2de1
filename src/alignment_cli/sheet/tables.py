"""Which sheets of a file hold a table, how to read it, and what about that is not certain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from alignment_cli.finding import Text
from alignment_cli.sheet import header, region
from alignment_cli.sheet.columns import JOINT, Layout, code_in_name, layout
from alignment_cli.sheet.grid import Book, Grid, SheetError, quoted
from alignment_cli.sheet.mapping import Map, apply
from alignment_cli.sheet.titles import IGNORED, SURE, Titles
from alignment_cli.suggest import closest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alignment_cli.sheet.region import Found

NEEDED = (("nama", "nama"), ("kode", "kode"), ("pagu", "pagu"))
"""What an import needs, by the beginning of the field: names, codes, ceilings."""


@dataclass
class Table:
    """A recognised table: how to read it, and what the titles above it say."""

    layout: Layout
    said: Found


def choose(book: Book, names: list[str]) -> list[Grid]:
    """Return the sheets to look at: the named ones, else all that Excel shows. Raises `SheetError` for a wrong name."""
    known = [grid.name for grid in book.grids]
    for name in names:
        if name not in known:
            near = closest(name, known)
            raise SheetError(Text(
                f'tidak ada lembar "{name}"{f"; maksud Anda {near}" if near else ""}. Lembar: {", ".join(known)}.',
                f'there is no sheet "{name}"{f"; did you mean {near}" if near else ""}. Sheets: {", ".join(known)}.',
            ))  # fmt: skip
    return [grid for grid in book.grids if (grid.name in names if names else not grid.hidden)]


def skipped(book: Book, looked_at: list[Grid], found: list[Table]) -> list[Text]:
    """Return which sheets were passed over, and why."""
    taken, names = {table.layout.grid.name for table in found}, {grid.name for grid in looked_at}
    bare = ", ".join(quoted(grid.name) for grid in looked_at if grid.name not in taken)
    hidden = ", ".join(quoted(grid.name) for grid in book.grids if grid.hidden and grid.name not in names)
    texts = (
        [Text(f"lembar tanpa judul yang dikenali, dilewati: {bare}", f"sheets without a known header, skipped: {bare}")]
        if bare
        else []
    )
    return texts + (
        [Text(f"lembar tersembunyi, dilewati: {hidden}", f"hidden sheets, skipped: {hidden}")] if hidden else []
    )


def unrecognised(grids: list[Grid]) -> SheetError:
    """Return the error for sheets without a header that is known."""
    listed = ", ".join(grid.name for grid in grids)
    return SheetError(Text(
        f"tidak ada judul kolom yang dikenali di lembar {listed} (dicari dalam {header.SEARCHED} baris pertama). Tulis "
        "peta kolom dan sebut dengan --map; bentuknya ada di docs/impor.md.",
        f"no header was recognised in the sheets {listed} (the first {header.SEARCHED} rows were searched). Write a "
        "map of columns and name it with --map; docs/impor.md shows its form.",
    ))  # fmt: skip


def tables(grids: list[Grid], titles: Titles, year: int | None, mapped: Map | None) -> list[Table]:
    """Return the tables of the sheets, by the map where there is one. Raises `SheetError` where it does not fit."""
    found = (_mapped(grid, titles, mapped, len(grids)) if mapped else recognised(grid, titles, year) for grid in grids)
    return [table for table in found if table is not None]


def _mapped(grid: Grid, titles: Titles, mapped: Map, count: int) -> Table | None:
    for sheet in mapped.lembar:
        if sheet.nama == grid.name or (sheet.nama is None and count == 1):
            made = apply(sheet, grid, titles)
            return Table(made, region.find(region.titles_of(grid, made.header.top)))
    return None


def recognised(grid: Grid, titles: Titles, year: int | None) -> Table | None:
    """Return the table of a sheet, None where no header is recognised."""
    best: Table | None = None
    for candidate in header.candidates(grid, titles):
        said = region.find(region.titles_of(grid, candidate.top))
        made = layout(grid, candidate, titles, year or said.tahun)
        if best is None or _worth(made) > _worth(best.layout):
            best = Table(made, said)
    return best if best is not None and _worth(best.layout)[0] > 1 else None


def _worth(made: Layout) -> tuple[int, int]:
    fields = {column.field for column in made.columns if column.field not in ("", IGNORED)}
    return sum(1 for start, _ in NEEDED if any(name.startswith(start) for name in fields)), len(fields)


def doubts(made: Layout) -> Iterator[Text]:
    """Yield what is not certain about a layout."""
    if made.mapped:
        return
    yield from made.doubts
    for start, name in NEEDED:
        columns = [column for column in made.columns if column.field.startswith(start)]
        if (
            not columns
            and name == "kode"
            and any(code_in_name(made, column) for column in made.columns if column.field.startswith("nama"))
        ):
            continue
        if not columns:
            yield Text(f"kolom {name} tidak dikenali", f"no column of {name} was recognised")
        elif max(column.score for column in columns) < SURE:
            title = f'{columns[0].letters} "{columns[0].title}"'
            yield Text(f"kolom {title} diperkirakan {name}", f"the column {title} looks like {name}")


def unclear(made: Layout, *, yes: bool) -> list[Text]:
    """Return what stands against importing unasked. `yes` accepts what was recognised, but no choice between columns of
    money and no table without names.
    """
    if not yes:
        return list(doubts(made))
    named = any(column.field.startswith("nama") for column in made.columns)
    return [*made.doubts, *([] if named else [Text("kolom nama tidak dikenali", "no column of names was recognised")])]


def shown_columns(made: Layout) -> list[tuple[str, str, str]]:
    """Return (letters, title, content) of every column of a layout."""
    return [
        (
            column.letters,
            column.title.rpartition(JOINT)[2],
            f"{column.field or '?'}{f'/{column.group}' if column.group else ''}",
        )
        for column in made.columns
    ]
