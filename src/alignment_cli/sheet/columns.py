"""What each column of a table holds: from its titles, and where those leave it open, from its cells."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from alignment_cli.finding import Text
from alignment_cli.sheet import titles as known
from alignment_cli.sheet.codes import LEVELS, level, split_name, tidy
from alignment_cli.sheet.grid import clean, letters

if TYPE_CHECKING:
    from collections.abc import Iterable

    from alignment_cli.sheet.amounts import Mark
    from alignment_cli.sheet.grid import Grid
    from alignment_cli.sheet.header import Header
    from alignment_cli.sheet.titles import Titles

FIELDS = (
    "kode", "nama", "uraian", "kode_urusan", "kode_bidang_urusan", "kode_program", "kode_kegiatan", "kode_sub_kegiatan",
    "nama_urusan", "nama_bidang_urusan", "nama_program", "nama_kegiatan", "nama_sub_kegiatan", "perangkat_daerah",
    "sub_unit", "pagu", "indikator", "indikator_gabungan", "satuan", "target", "lokasi", "sumber_dana", "jenjang",
    "unggulan", "asta_cita", "keselarasan", "rincian", "abaikan",
)  # fmt: skip
"""What a column can hold; the words of the map file."""
SEVERAL = frozenset({"indikator", "indikator_gabungan", "rincian", "abaikan"})
"""Fields that several columns may hold."""
JOINT = " › "  # noqa: RUF001
"""Between the titles over a column, uppermost first."""
UNITS = {"rupiah": 1, "ribu": 10**3, "juta": 10**6, "miliar": 10**9}
SAMPLE = 300
"""Rows looked at to tell codes from names."""
MOST = 0.6
"""Part of the sampled cells that decides."""

_UNIT = re.compile(
    r"(?P<ribu>\b(?:dalam\s+)?ribuan\b|\bribu\s+rp|\brp\.?\s*ribu|\bribu\s+rupiah|\(\s*(?:rp\.?)?[\s.]*000\s*\)|\brp\.?\s?000\b|\bx\s*(?:rp\.?\s*)?1\.000\b)"
    r"|(?P<juta>\bjutaan\b|\bdalam\s+juta\b|\bjuta\s+rp|\brp\.?\s*juta|\bjuta\s+rupiah|\(\s*juta\s*\)|\bx\s*(?:rp\.?\s*)?1\.000\.000\b)"
    r"|(?P<miliar>\bmil[iy]aran\b|\bdalam\s+mil[iy]ar\b|\bmil[iy]ar\s+rp|\brp\.?\s*mil[iy]ar|\bmil[iy]ar\s+rupiah|\(\s*mil[iy]ar\s*\))"
)


class Column(NamedTuple):
    """Columns side by side that hold one thing; more than one where codes or names are split by level."""

    cells: tuple[int, ...]
    field: str
    group: str = ""
    title: str = ""
    score: float = 100.0

    @property
    def letters(self) -> str:
        """The columns as users see them: ``F`` or ``A-E``."""
        first, last = letters(self.cells[0]), letters(self.cells[-1])
        return first if first == last else f"{first}-{last}"


@dataclass
class Layout:
    """How to read one table. `unit` is the size of a figure in `pagu`, a word of `UNITS`; `mark` the decimal mark where
    the map sets it. `doubts` say what is not certain, each once; `mapped` tells that a map file gave it all.
    """

    grid: Grid
    header: Header
    columns: list[Column]
    unit: str = "rupiah"
    unit_from: str = ""
    mark: Mark | None = None
    doubts: list[Text] = field(default_factory=list)
    mapped: bool = False

    def one(self, name: str) -> Column | None:
        """Return the column that holds a field."""
        return next((column for column in self.columns if column.field == name), None)

    def all(self, name: str) -> list[Column]:
        """Return all columns that hold a field."""
        return [column for column in self.columns if column.field == name]


def layout(grid: Grid, header: Header, titles: Titles, year: int | None) -> Layout:
    """Return what the columns below a header hold; `year` chooses among columns of several years."""
    found = _joined(
        [_column(grid, header, column, path, titles) for column, path in sorted(header.paths.items())], header
    )
    found = [_by_content(grid, header, column) for column in found]
    if not any(column.field.startswith("kode") for column in found):
        found = [_account_code(grid, header, column) for column in found]
    if not any(column.field.startswith("nama") for column in found):
        found = [column._replace(field="nama") if column.field == "uraian" else column for column in found]
    made = Layout(grid, header, found)
    _choose_years(made, year)
    _choose_one(made)
    _find_unit(made)
    return made


def _column(grid: Grid, header: Header, column: int, path: tuple[str, ...], titles: Titles) -> Column:
    found = titles.find(path)
    if not path and _share(grid, header, column, _is_part) >= MOST:
        return Column((column,), "?", "", "", 0.0)
    return Column((column,), found.field, found.group, JOINT.join(path), found.score)


def _joined(columns: list[Column], header: Header) -> list[Column]:
    """Join neighbours with the same titles, and columns of code parts without a title to the code left of them."""
    found: list[Column] = []
    for column in columns:
        left = found[-1] if found else None
        same = left is not None and column.field and left.title == column.title and left.field == column.field
        if left is not None and (same or (column.field == "?" and left.field in ("kode", "kode_program"))):
            found[-1] = left._replace(cells=(*left.cells, *column.cells))
        elif column.field not in ("", "?") or header.paths[column.cells[0]]:
            found.append(column)
    return [column for column in found if column.field != "?"]


def _by_content(grid: Grid, header: Header, column: Column) -> Column:
    """Tell whether a column titled by its level alone ("Program") holds codes or names."""
    if column.field not in LEVELS:
        return column
    codes = _share(grid, header, column.cells[0], _is_part) >= MOST
    return column._replace(field=f"kode_{column.field}" if codes else f"nama_{column.field}")


def _account_code(grid: Grid, header: Header, column: Column) -> Column:
    """Tell whether a column "Kode Rekening" holds the codes of the plan, as in prints of the DPA."""
    is_plan = column.field == "rincian" and _share(grid, header, column.cells[0], _is_whole) > 0
    return column._replace(field="kode") if is_plan else column


def _share(grid: Grid, header: Header, column: int, test: Any) -> float:
    rows = range(header.body, min(len(grid.rows), header.body + SAMPLE))
    cells = [cell for cell in (grid.cell(row, column) for row in rows) if clean(cell)]
    return sum(1 for cell in cells if test(cell)) / len(cells) if cells else 0.0


def _is_part(cell: Any) -> bool:
    """Tell whether a cell holds a code or a part of one."""
    return re.fullmatch(r"[\dX](?:[\d.X]{0,20})", tidy(clean(cell))) is not None


def code_in_name(made: Layout, name: Column) -> bool:
    """Tell whether the names of a column mostly begin with a code."""
    cells = range(made.header.body, min(len(made.grid.rows), made.header.body + SAMPLE))
    texts = [text for row in cells for text in (made.grid.text(row, column) for column in name.cells) if text]
    return bool(texts) and sum(1 for text in texts if split_name(text)[0]) / len(texts) >= MOST / 2


def _choose_years(made: Layout, year: int | None) -> None:
    """Keep, of the columns for several years, those of `year`; the others are not read."""
    for name in ("pagu", "target", "indikator_gabungan"):
        columns = made.all(name)
        named = {column: set(known.years(column.title)) for column in columns}
        mentioned = set[int]().union(*named.values())
        if len(mentioned) < 2:  # noqa: PLR2004 - several years
            continue
        if year is None:
            listed = ", ".join(map(str, sorted(mentioned)))
            made.doubts.append(Text(
                f"kolom {name} ada untuk tahun {listed}; pilih dengan --tahun",
                f"there is a column {name} for each of the years {listed}; choose with --tahun",
            ))  # fmt: skip
            continue
        if year in mentioned:
            _ignore(made, [column for column in columns if named[column] and year not in named[column]])


def _ignore(made: Layout, columns: Iterable[Column]) -> None:
    gone = set(columns)
    made.columns = [column._replace(field=known.IGNORED) if column in gone else column for column in made.columns]


def _choose_one(made: Layout) -> None:
    """Where several columns would hold what only one can hold, keep the one that fits best or doubt."""
    for name, group in sorted({(column.field, column.group) for column in made.columns if column.field not in SEVERAL}):
        columns = [column for column in made.all(name) if column.group == group]
        best = max(column.score for column in columns)
        fitting = [column for column in columns if column.score == best]
        if len(fitting) > 1 and name in ("kode", "nama", "pagu"):
            listed = ", ".join(f'{column.letters} "{column.title}"' for column in fitting)
            made.doubts.append(Text(
                f"beberapa kolom dapat berisi {name}: {listed}", f"several columns may hold {name}: {listed}"
            ))  # fmt: skip
        _ignore(made, [column for column in columns if column is not fitting[0]])


def unit_of(text: str) -> str:
    """Return the unit of money that a text names, a word of `UNITS`; "" when it names none."""
    found = _UNIT.search(text.casefold().replace("_", " "))
    return found.lastgroup or "" if found else ""


def _find_unit(made: Layout) -> None:
    """Take the unit from the title of `pagu`, else from the rows above the table."""
    pagu = made.one("pagu")
    if pagu is None:
        return
    made.unit = unit_of(pagu.title)
    made.unit_from = pagu.title
    if made.unit:
        return
    made.unit, made.unit_from = "rupiah", ""
    for row in range(made.header.top):
        for text in filter(None, map(clean, made.grid.rows[row])):
            if unit_of(text) and re.search(r"\b(?:rp|rupiah|dalam)\b", text.casefold()):
                made.unit, made.unit_from = unit_of(text), text


def by_level(made: Layout, prefix: str) -> dict[str, Column]:
    """Return the columns of each level that hold codes (`prefix` ``kode_``) or names (``nama_``), uppermost first."""
    return {name: column for name in LEVELS if (column := made.one(f"{prefix}{name}")) is not None}


def whole_codes(made: Layout, columns: dict[str, Column]) -> bool:
    """Tell whether code columns by level hold whole codes (1.02.02) and not the parts of one (1 | 02 | 02)."""
    deeper = [column for name, column in columns.items() if name not in LEVELS[:2]]
    return any(_share(made.grid, made.header, column.cells[0], _is_whole) >= MOST for column in deeper)


def _is_whole(cell: Any) -> bool:
    kode = tidy(clean(cell))
    return kode.count(".") > 1 and bool(level(kode))
