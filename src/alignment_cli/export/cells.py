r"""How a value stands in a cell, and how it is read back as the same value.

A list has one line for each entry. What a cell cannot show is written with a backslash: ``\n`` a line break within an
entry, ``\e`` an empty text, ``\x07`` or ``\u202e`` a character that nobody sees, ``\|`` a bar within an entry of a list
in a list, ``\\`` a backslash. A line that looks like a number but is a text begins with an apostrophe.
"""

from __future__ import annotations

import re
from unicodedata import category

from alignment_cli.render.table import FORMULA
from alignment_cli.tree import LONGEST_NUMBER

Scalar = str | int | float | None
Value = Scalar | bool | list[str] | list[str | None] | list[Scalar] | list[list[str]]
Cell = str | int | float | None
YES = "ya"
_WORDS = {"\n": r"\n", "\r": r"\r", "\t": r"\t", "\\": r"\\"}
_BACK = {"n": "\n", "r": "\r", "t": "\t", "\\": "\\", "|": "|", "e": ""}
_ESCAPED = re.compile(r"\\(x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8}|[nrte|\\])")
_EXCEL = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""What Excel reads as a character of its own: ``_x000D_``."""
_INT = re.compile(r"-?\d+", re.ASCII)
_FLOAT = re.compile(r"-?(?:\d+\.\d+(?:e[-+]?\d+)?|\d+e[-+]?\d+|inf)|nan", re.ASCII)
_BARS = re.compile(r"((?:[^|\\]|\\.)*)(?:\||$)")


def cell(value: Value) -> Cell:
    """Return a value as it stands in a cell; numbers stay numbers."""
    if isinstance(value, bool):
        return YES if value else None
    if isinstance(value, str):
        return _escaped(value, "\n") or r"\e"
    if not isinstance(value, list):
        return value
    if len(value) == 1 and isinstance(value[0], int | float):
        return value[0]
    return "\n".join(map(_line, value)) or None


def numbers(values: list[Scalar]) -> list[Scalar]:
    """Return a list of numbers and texts with an apostrophe before the texts that would be read as numbers."""
    return [f"'{v}" if isinstance(v, str) and (v[:1] == "'" or _number(v) is not None) else v for v in values]


def text(written: str | None) -> str | None:
    """Return the text of a cell, None for an empty one."""
    return _plain(written) if written else None


def lines(written: str | None) -> list[str | None]:
    """Return the entries of a cell that holds a list."""
    return [text(line) for line in written.split("\n")] if written else []


def scalars(written: str | None) -> list[Scalar]:
    """Return the entries of a cell that holds numbers and texts."""
    found: list[Scalar] = []
    for line in lines(written):
        number = _number(line) if line else None
        found.append(number if number is not None else line[1:] if line and line[0] == "'" else line)
    return found


def nested(written: str | None) -> list[list[str]]:
    """Return the entries of a cell that holds lists in a list, separated by bars."""
    return [[_plain(part) for part in _parts(line)] for line in written.split("\n")] if written else []


def shielded(value: Cell) -> Cell:
    """Return a cell for CSV: what a spreadsheet would take for a formula gets an apostrophe, and so does what begins
    with an apostrophe already, so that `bare` can undo it.
    """
    return f"'{value}" if isinstance(value, str) and value.startswith((*FORMULA, "'")) else value


def bare(written: str) -> str:
    """Undo `shielded`."""
    return written.removeprefix("'")


def _parts(line: str) -> list[str]:
    if not line:
        return []
    parts = [found[1] for found in _BARS.finditer(line)]
    return parts if line.endswith("|") and not line.endswith(r"\|") else parts[:-1]


def _line(value: Scalar | list[str]) -> str:
    if isinstance(value, list):
        return "|".join(_escaped(part).replace("|", r"\|") or r"\e" for part in value)
    if isinstance(value, str):
        return _escaped(value) or r"\e"
    return "" if value is None else repr(value)


def _escaped(value: str, kept: str = "") -> str:
    if value.isascii() and value.isprintable() and "\\" not in value and "_x" not in value:
        return value
    shown = "".join(ch if ch in kept or _shows(ch) else _code(ch) for ch in value)
    return _EXCEL.sub(r"\\x5f", shown)


def _shows(ch: str) -> bool:
    return ch != "\\" and (ch.isprintable() or category(ch) == "Zs")


def _code(ch: str) -> str:
    number = ord(ch)
    return _WORDS.get(ch) or (
        f"\\x{number:02x}" if number <= 0xFF else f"\\u{number:04x}" if number <= 0xFFFF else f"\\U{number:08x}"  # noqa: PLR2004
    )


def _plain(written: str) -> str:
    return _ESCAPED.sub(_character, written) if "\\" in written else written


def _character(found: re.Match[str]) -> str:
    name = found[1]
    if len(name) == 1:
        return _BACK[name]
    number = int(name[1:], 16)
    return chr(number) if number <= 0x10FFFF else found[0]  # noqa: PLR2004 - the last character of Unicode


def _number(written: str) -> int | float | None:
    if _INT.fullmatch(written) and len(written) <= LONGEST_NUMBER:
        return int(written)
    return float(written) if _FLOAT.fullmatch(written) else None
