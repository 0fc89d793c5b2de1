"""How much a file may hold, so that none, however broken or hostile, takes all memory or time.

The limits in force are one value per process. A command sets them once from its settings with `use`; a worker process
gets the value of `current` from the process that starts it, and calls `use` with it before it reads anything.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any

from alignment_cli.finding import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

MIB = 2**20


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits by the names that ``[limits]`` of the configuration has, with their defaults. All are inclusive."""

    file_bytes: int = 64 * MIB
    """Size of a YAML file, in bytes. A regency's whole plan is about 1 MB."""
    depth: int = 60
    """Levels of nesting in a YAML file; a programme file needs six."""
    values: int = 1_000_000
    """Values in a YAML file, an alias counting each time as all that it stands for."""
    text_characters: int = 100_000
    """Length of one text in a YAML file or a sheet, in characters. A cell of Excel takes 32,767."""
    sheet_bytes: int = 100 * MIB
    """Size of a spreadsheet or CSV file, in bytes."""
    sheet_unpacked_bytes: int = 400 * MIB
    """Bytes that a spreadsheet unpacks to. 200,000 rows and 20 columns unpack to about 200 MB."""
    sheet_rows: int = 200_000
    """Rows of a sheet."""
    sheet_columns: int = 200
    """Columns of a sheet."""
    sheet_cells: int = 8_000_000
    """Cells of the rectangle that a sheet's rows and columns span."""


HIGHEST = Limits(
    file_bytes=2**30,
    depth=150,
    values=20_000_000,
    text_characters=10_000_000,
    sheet_bytes=2**30,
    sheet_unpacked_bytes=4 * 2**30,
    sheet_rows=1_048_576,
    sheet_columns=16_384,
    sheet_cells=100_000_000,
)
"""How far the limits can be raised. The nesting is followed on Python's stack, which bears a thousand calls; rows and
columns are those of Excel."""
NAMES = tuple(field.name for field in fields(Limits))


class LimitsError(Exception):
    """A limit that is none: `name` of the key, and `text`, why, in both languages."""

    def __init__(self, name: str, text: Text) -> None:
        super().__init__(text.en)
        self.name, self.text = name, text


def read(written: Mapping[str, Any]) -> Limits:
    """Return the limits that are written, the others at their defaults. Values are whole numbers or texts of such, with
    ``_`` between digits where wanted. Raises `LimitsError`; `KeyError` for a name that is no limit.
    """
    found = asdict(Limits())
    for name, value in written.items():
        highest = asdict(HIGHEST)[name]
        figure = _whole(value)
        if figure is None or not 1 <= figure <= highest:
            raise LimitsError(name, Text(f"tulis bilangan bulat dari 1 sampai {highest:_}",
                                         f"write a whole number from 1 to {highest:_}"))  # fmt: skip
        found[name] = figure
    return Limits(**found)


def _whole(value: Any) -> int | None:
    digits = str(value).replace("_", "") if isinstance(value, int | str) and not isinstance(value, bool) else ""
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) <= 18 else None  # noqa: PLR2004 - enough


def told(name: str) -> str:
    """Return a limit in force and its key, as messages name them: ``60; limits.depth``."""
    return f"{getattr(current(), name):_}; limits.{name}"


_in_force = [Limits()]


def current() -> Limits:
    """Return the limits in force in this process."""
    return _in_force[0]


def use(limits: Limits) -> None:
    """Set the limits in force in this process."""
    _in_force[0] = limits
