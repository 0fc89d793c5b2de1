"""The map of columns as a file: `--save-map` writes one, `--map` reads it.

versi: 1
lembar:
  - nama: Renja            # sheet; may be left out where there is only one
    baris_judul: [5, 7]    # first and last row of the header, as Excel numbers them
    satuan: juta           # rupiah, ribu, juta or miliar
    desimal: koma          # koma (1.234,56) or titik (1,234.56); left out: decided over the column
    kolom:
      A: kode
      B: nama
      F: pagu
      G: indikator/keluaran   # a group ties an indicator to its target and unit
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from alignment_cli.finding import Text, route_text
from alignment_cli.sheet.columns import FIELDS, JOINT, SEVERAL, UNITS, Column, Layout, unit_of
from alignment_cli.sheet.grid import SheetError, number_of
from alignment_cli.sheet.header import Header, at
from alignment_cli.sheet.write_yaml import text
from alignment_cli.suggest import closest

if TYPE_CHECKING:
    from pathlib import Path

    from alignment_cli.sheet.grid import Grid
    from alignment_cli.sheet.titles import Titles

_LETTERS = re.compile(r"([A-Za-z]{1,3})(?:-([A-Za-z]{1,3}))?")


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SheetMap(_Shape):
    """How to read one sheet. Rows are numbered from 1; keys of `kolom` are letters, ``A-E`` for five columns."""

    nama: str | None = None
    baris_judul: tuple[Annotated[int, Field(ge=1)], Annotated[int, Field(ge=1)]]
    satuan: Literal["rupiah", "ribu", "juta", "miliar"] = "rupiah"
    desimal: Literal["koma", "titik"] | None = None
    kolom: dict[str, str]


class Map(_Shape):
    """A map file."""

    versi: Literal[1]
    lembar: list[SheetMap] = Field(min_length=1)


def read(path: Path) -> Map:
    """Read a map file. Raises `SheetError` that names the place, and OSError."""
    from pydantic import ValidationError

    from alignment_cli import source

    try:
        document = source.read_text(path, str(path))
        source.compose(document)
        found = Map.model_validate(source.values(document, frozenset({"nama"}), frozenset()))
    except source.SourceError as error:
        where = f"{error.span.line}:{error.span.column}"
        raise _wrong(path, where, error.detail or error.kind) from None
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        route = tuple(step for step in first["loc"] if isinstance(step, str | int))
        span = document.place(route).span
        raise _wrong(path, f"{span.line}:{span.column} ({route_text(route) or '-'})", first["msg"]) from None
    for number, sheet in enumerate(found.lembar):
        for key, value in sheet.kolom.items():
            problem = _problem(key, value)
            if problem is not None:
                span = document.place(("lembar", number, "kolom", key)).span
                raise SheetError(
                    Text(f"peta {path}:{span.line}: {problem.id}", f"map {path}:{span.line}: {problem.en}")
                )
    return found


def _wrong(path: Path, where: str, why: str) -> SheetError:
    return SheetError(Text(f"peta {path} tidak sah di {where}: {why}", f"the map {path} is invalid at {where}: {why}"))


def _problem(key: str, value: str) -> Text | None:
    name = value.partition("/")[0]
    if not _LETTERS.fullmatch(key):
        return Text(f'"{key}" bukan huruf kolom (A, B, A-E).', f'"{key}" is no column letter (A, B, A-E).')
    if name in FIELDS:
        return None
    near, known = closest(name, FIELDS), ", ".join(FIELDS)
    return Text(
        f'"{name}" bukan isi kolom yang dikenal{f"; maksud Anda {near}" if near else ""}. Dikenal: {known}.',
        f'"{name}" is no known content of a column{f"; did you mean {near}" if near else ""}. Known: {known}.',
    )


def apply(sheet: SheetMap, grid: Grid, titles: Titles) -> Layout:
    """Return how to read a sheet as its map says. Raises `SheetError` when the rows or columns are not there."""
    first, last = sheet.baris_judul
    if not first <= last <= len(grid.rows):
        raise SheetError(Text(
            f"peta: baris_judul {first}-{last} tidak ada di lembar {grid.name} ({len(grid.rows)} baris).",
            f"map: baris_judul {first}-{last} is not in sheet {grid.name} ({len(grid.rows)} rows).",
        ))  # fmt: skip
    header = at(grid, titles, first - 1, last - 1)
    found = [_column(grid, header, key, value) for key, value in sheet.kolom.items()]
    rest = set(header.paths) - {cell for column in found for cell in column.cells}
    found += [
        Column((cell,), "abaikan", "", JOINT.join(header.paths[cell])) for cell in sorted(rest) if header.paths[cell]
    ]
    made = Layout(grid, header, sorted(found, key=lambda column: column.cells), sheet.satuan, "", sheet.desimal)
    made.mapped = True
    return made


def _column(grid: Grid, header: Header, key: str, value: str) -> Column:
    match = _LETTERS.fullmatch(key)
    first = number_of(match.group(1)) if match else 0
    last = number_of(match.group(2)) if match and match.group(2) else first
    if not first <= last < max(grid.width, 1):
        raise SheetError(
            Text(
                f"peta: kolom {key} tidak ada di lembar {grid.name}.", f"map: column {key} is not in sheet {grid.name}."
            )
        )
    name, _, group = value.partition("/")
    return Column(tuple(range(first, last + 1)), name, group, JOINT.join(header.paths.get(first, ())))


def render(layouts: list[Layout]) -> str:
    """Return layouts as the text of a map file."""
    lines = ["versi: 1", "lembar:"]
    for layout in layouts:
        header = layout.header
        lines += [f"  - nama: {text(layout.grid.name)}", f"    baris_judul: [{header.top + 1}, {header.bottom + 1}]",
                  f"    satuan: {layout.unit}"]  # fmt: skip
        lines += [f"    desimal: {layout.mark}"] if layout.mark else []
        lines.append("    kolom:")
        lines += [f"      {c.letters}: {c.field}{f'/{c.group}' if c.group else ''}" for c in layout.columns if c.field]
    return "".join(f"{line}\n" for line in lines)


def changed(layout: Layout, wish: str) -> Text | None:
    """Change a layout by a wish such as ``F=pagu``, ``satuan=juta`` or ``desimal=koma``; return what is wrong."""
    key, _, value = (part.strip() for part in wish.partition("="))
    if key == "satuan" and value in UNITS:
        layout.unit, layout.unit_from = value, ""
        return None
    if key == "desimal" and value in ("koma", "titik"):
        layout.mark = "koma" if value == "koma" else "titik"
        return None
    problem = _problem(key, value)
    if problem is not None:
        return problem
    try:
        column = _column(layout.grid, layout.header, key, value)
    except SheetError as error:
        return error.text
    rest = [old for old in layout.columns if not set(old.cells) & set(column.cells)]
    if column.field not in SEVERAL:
        same = (column.field, column.group)
        rest = [old._replace(field="abaikan") if (old.field, old.group) == same else old for old in rest]
    layout.columns = sorted([*rest, column], key=lambda found: found.cells)
    layout.doubts.clear()
    if column.field == "pagu" and unit_of(column.title):
        layout.unit, layout.unit_from = unit_of(column.title), column.title
    return None
