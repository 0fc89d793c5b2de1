"""Output formats: pure functions from a result to text."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from alignment_cli.finding import Lang
    from alignment_cli.result import Result


class View(NamedTuple):
    """How to show: language, width in columns (None: never wrap), colour, and whether sub-activities are listed."""

    lang: Lang = "id"
    width: int | None = None
    color: bool = False
    detail: bool = False


def renderer(name: str) -> Callable[[Result, View], str]:
    """Return the format of this name, one of `FORMATS`. Imported here, so that one does not pay for the others."""
    return import_module(f"alignment_cli.render.{FORMATS[name]}").render  # type: ignore[no-any-return]


FORMATS = {"text": "text", "concise": "concise", "json": "json", "csv": "table"}
"""Formats and the modules that make them."""
