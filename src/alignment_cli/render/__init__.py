"""Output formats: pure functions from a result to text."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from alignment_cli.finding import Lang
    from alignment_cli.result import Result


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


def renderer(name: str) -> Callable[[Result, View], str]:
    """Return the format of this name, one of `FORMATS`. Imported here, so that one does not pay for the others."""
    return import_module(f"alignment_cli.render.{FORMATS[name]}").render  # type: ignore[no-any-return]


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
