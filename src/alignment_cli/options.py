"""Options and manners that all commands share."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from alignment_cli.language import LANG, say

if TYPE_CHECKING:
    from alignment_cli.finding import Text
    from alignment_cli.reference import Reference
    from alignment_cli.render import View


class Lang(StrEnum):
    """Languages."""

    id = "id"
    en = "en"


class Format(StrEnum):
    """Output formats of `check`."""

    text = "text"
    concise = "concise"
    json = "json"
    csv = "csv"


class EvalFormat(StrEnum):
    """Output formats of `eval`."""

    text = "text"
    json = "json"
    md = "md"


class FailOn(StrEnum):
    """Severity from which findings make the exit code 1."""

    error = "error"
    warning = "warning"
    info = "info"
    never = "never"


class Color(StrEnum):
    """When to colour."""

    auto = "auto"
    always = "always"
    never = "never"


DEFAULT_LANG = Lang(LANG)
LangOption = Annotated[Lang, typer.Option("--lang", help=say("Bahasa: id atau en.", "Language: id or en."))]
ColorOption = Annotated[
    Color, typer.Option("--color", help=say("Warna: auto, always, never.", "Colour: auto, always, never."))
]
CalibrationOption = Annotated[
    Path | None,
    typer.Option("--calibration", help=say("Kalibrasi sendiri, dari align eval --calibrate.",
                                           "Own calibration, from align eval --calibrate.")),
]  # fmt: skip
PrioritiesOption = Annotated[
    Path | None,
    typer.Option("--priorities", help=say("Berkas prioritas sendiri, sebagai ganti Asta Cita.",
                                          "Own priorities file instead of Asta Cita.")),
]  # fmt: skip


def view_of(lang: Lang, color: Color, *, detail: bool = False) -> View:
    """Return how to show: colours by option, `NO_COLOR`, `FORCE_COLOR` and `TERM`, width by terminal."""
    from alignment_cli.render import View

    terminal = sys.stdout.isatty()
    wants = terminal and os.environ.get("TERM") != "dumb" and not os.environ.get("NO_COLOR")
    colored = color is Color.always or (color is Color.auto and (wants or bool(os.environ.get("FORCE_COLOR"))))
    return View(lang.value, _width(terminal=terminal), colored, detail)


def _width(*, terminal: bool) -> int | None:
    """Return the width to fit: `COLUMNS` where it is set, the terminal's where there is one, else none."""
    from shutil import get_terminal_size

    columns = os.environ.get("COLUMNS", "")
    if columns.isdigit() and int(columns) > 0:
        return max(40, int(columns))
    return max(40, get_terminal_size((80, 24)).columns) if terminal else None


def reference_for(priorities: Path | None, view: View, calibration: Path | None = None) -> Reference:
    """Return the reference data, with own priorities and calibration where files are named; leaves with 2 when they are
    no use.
    """
    from alignment_cli import reference
    from alignment_cli.match.calibration import CalibrationError, read

    try:
        data = reference.shipped() if priorities is None else reference.with_priorities(priorities)
        if calibration is not None:
            data.calibration = read(calibration)
    except (reference.PrioritiesError, CalibrationError) as error:
        stop(error.text, view)
    except OSError as error:
        unreadable(error, view)
    return data


def unreadable(error: OSError, view: View) -> NoReturn:
    """Say which file could not be read, and leave with 2."""
    from alignment_cli.finding import Text as Words

    cause = error.strerror or str(error)
    stop(Words(f"{error.filename} tidak dapat dibaca: {cause}.", f"{error.filename} cannot be read: {cause}."), view)


def stop(text: Text, view: View) -> NoReturn:
    """Say on stderr why the command cannot run, and leave with 2."""
    typer.echo(f"align: {text.in_(view.lang)}", err=True)
    raise typer.Exit(2)
