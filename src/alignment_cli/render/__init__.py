"""Output formats: pure functions from what was checked to text."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol, cast

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from alignment_cli.finding import Lang
    from alignment_cli.priorities import Prioritas
    from alignment_cli.result import FileResult, Result
    from alignment_cli.tally import Summary


Links = Literal["", "file", "line"]
"""Links to files on a terminal: none, plain, or with the line as fragment, which not every terminal can open."""


class View(NamedTuple):
    """How to show: language, width in columns (None: never wrap), colour, whether sub-activities and every single
    finding are listed, and links to files.
    """

    lang: Lang = "id"
    width: int | None = None
    color: bool = False
    detail: bool = False
    links: Links = ""


class Format(Protocol):
    """How a format is made: a part for each file, wherever that is checked, and the whole of all parts."""

    def part(self, file: FileResult, priorities: Prioritas, view: View) -> list[str]:
        """Return what one file adds, in pieces that only `whole` knows the meaning of."""

    def whole(self, parts: Iterable[list[str]], summary: Summary, view: View) -> Iterator[str]:
        """Yield the output bit by bit. `summary` is complete only when all parts have been taken."""


def format_of(name: str) -> Format:
    """Return the format of this name, one of `FORMATS`. Imported here, so that one does not pay for the others."""
    return cast("Format", import_module(f"alignment_cli.render.{FORMATS[name]}"))


def render(name: str, result: Result, view: View) -> str:
    """Return a result that is at hand as a whole in the format of this name."""
    from alignment_cli.tally import Summary

    made = format_of(name)
    parts = (made.part(file, result.priorities, view) for file in result.files)
    return "".join(made.whole(parts, Summary.of(result), view))


FORMATS = {
    "text": "text",
    "concise": "concise",
    "json": "json",
    "csv": "table",
    "github": "github",
    "gitlab": "gitlab",
    "junit": "junit",
    "sarif": "sarif",
    "markdown": "markdown",
}
"""Formats and the modules that make them."""
