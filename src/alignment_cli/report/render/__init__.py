"""Forms of a report: pure functions from regions with their views to text, or to the bytes of a file."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from alignment_cli.render import View as Manner
    from alignment_cli.report.figures import Figures
    from alignment_cli.report.table import View

FORMATS = {
    "text": "terminal",
    "csv": "separated",
    "md": "markdown",
    "json": "data",
    "xlsx": "workbook",
    "html": "page",
}
"""Formats and the modules that make them. ``xlsx`` is bytes, all others are text."""


class Part(NamedTuple):
    """A region with the views that are asked for."""

    figures: Figures
    views: list[View]


def renderer(name: str) -> Callable[[list[Part], Manner], str | bytes]:
    """Return the format of this name, one of `FORMATS`."""
    return import_module(f"alignment_cli.report.render.{FORMATS[name]}").render  # type: ignore[no-any-return]
