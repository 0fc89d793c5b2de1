"""Output formats: pure functions from a result to text."""

from __future__ import annotations

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


def formats() -> dict[str, Callable[[Result, View], str]]:
    """Return all formats by name. Imported here, so that one format does not pay for the others."""
    from alignment_cli.render import concise, json, table, text

    return {"text": text.render, "concise": concise.render, "json": json.render, "csv": table.render}


FORMATS = ("text", "concise", "json", "csv")
