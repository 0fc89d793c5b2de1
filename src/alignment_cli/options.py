"""Options and manners that all commands share."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from alignment_cli import complete, harmless
from alignment_cli.language import LANG, say

if TYPE_CHECKING:
    from alignment_cli.finding import Text
    from alignment_cli.reference import Reference
    from alignment_cli.render import Links, View


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
    github = "github"
    gitlab = "gitlab"
    junit = "junit"
    sarif = "sarif"
    markdown = "markdown"


class EvalFormat(StrEnum):
    """Output formats of `eval`."""

    text = "text"
    json = "json"
    md = "md"


class ReportFormat(StrEnum):
    """Output formats of `report`."""

    text = "text"
    csv = "csv"
    md = "md"
    json = "json"
    xlsx = "xlsx"
    html = "html"


class ViewName(StrEnum):
    """Views of `report`."""

    ringkas = "ringkas"
    matriks = "matriks"
    tujuan = "tujuan"
    program = "program"
    perangkat_daerah = "perangkat_daerah"
    kesenjangan = "kesenjangan"
    anggaran = "anggaran"
    kolaborasi = "kolaborasi"
    program_nasional = "program_nasional"


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
PathsArgument = Annotated[
    list[Path] | None,
    typer.Argument(help=say("Berkas atau folder; - untuk stdin. Tanpa ini: data/programs, atau contoh bawaan.",
                            "Files or folders; - for stdin. Without: data/programs, or the shipped example."),
                   show_default=False),
]  # fmt: skip
SelectOption = Annotated[
    list[str] | None,
    typer.Option("--select", metavar="ATURAN", show_default=False, autocompletion=complete.rules, help=say(
        "Hanya aturan ini: kode, awal kode (AL5), nama; dipisah koma atau berulang.",
        "Only these rules: code, beginning of a code (AL5), name; separated by commas or repeated.")),
]  # fmt: skip
IgnoreOption = Annotated[
    list[str] | None,
    typer.Option("--ignore", metavar="ATURAN", help=say("Tanpa aturan ini.", "Without these rules."),
                 show_default=False, autocompletion=complete.rules),
]  # fmt: skip
ExcludeOption = Annotated[
    list[str] | None,
    typer.Option("--exclude", metavar="POLA", show_default=False, help=say(
        'Lewati berkas dalam folder yang cocok, mis. "*/arsip/*".', 'Skip files in folders that fit, e.g. "*/old/*".')),
]  # fmt: skip
BaselineOption = Annotated[
    Path | None,
    typer.Option("--baseline", show_default=False, help=say(
        "Berkas baseline. Tanpa ini: align-baseline.yaml bila ada.",
        "Baseline file. Without: align-baseline.yaml if there is one.")),
]  # fmt: skip
NoBaselineOption = Annotated[
    bool, typer.Option("--no-baseline", help=say("Abaikan baseline.", "Take no notice of the baseline."))
]
ConfigOption = Annotated[
    Path | None,
    typer.Option("--config", show_default=False, help=say(
        "Berkas pengaturan. Tanpa ini: align.toml atau [tool.align] terdekat.",
        "Configuration file. Without: the nearest align.toml or [tool.align].")),
]  # fmt: skip
NoConfigOption = Annotated[
    bool, typer.Option("--no-config", help=say("Tanpa berkas pengaturan.", "Without a configuration file."))
]
PrioritiesOption = Annotated[
    Path | None,
    typer.Option("--priorities", help=say("Berkas prioritas sendiri, sebagai ganti Asta Cita.",
                                          "Own priorities file instead of Asta Cita.")),
]  # fmt: skip


def view_of(lang: Lang, color: Color, *, detail: bool = False) -> View:
    """Return how to show: colours by option, `NO_COLOR`, `FORCE_COLOR` and `TERM`, width and links by terminal."""
    from alignment_cli.render import View

    terminal = sys.stdout.isatty()
    wants = terminal and os.environ.get("TERM") != "dumb" and not os.environ.get("NO_COLOR")
    colored = color is Color.always or (color is Color.auto and (wants or bool(os.environ.get("FORCE_COLOR"))))
    return View(lang.value, _width(terminal=terminal), colored, detail, _links(terminal=terminal) if colored else "")


def _width(*, terminal: bool) -> int | None:
    """Return the width to fit: `COLUMNS` where it is set, the terminal's where there is one, else none."""
    from shutil import get_terminal_size

    columns = os.environ.get("COLUMNS", "")
    if columns.isdigit() and int(columns) > 0:
        return max(40, int(columns))
    return max(40, get_terminal_size((80, 24)).columns) if terminal else None


def _links(*, terminal: bool) -> Links:
    """Return which links to files the terminal can open; `FORCE_HYPERLINK` (0 or 1) says it for a terminal that is not
    known. GLib, which the terminals of VTE open files with, refuses file URIs that have a fragment.
    """
    program, vte, forced = (os.environ.get(name, "") for name in ("TERM_PROGRAM", "VTE_VERSION", "FORCE_HYPERLINK"))
    if forced == "0" or not (terminal or forced):
        return ""
    if program in LINE_LINKS or "KITTY_WINDOW_ID" in os.environ:
        return "line"
    known = program in FILE_LINKS or "WT_SESSION" in os.environ or (vte.isdecimal() and int(vte) >= VTE_LINKS)
    return "file" if known or forced else ""


LINE_LINKS, FILE_LINKS = ("iTerm.app", "vscode"), ("WezTerm", "Hyper")
"""Values of `TERM_PROGRAM` of terminals that open links to files, at a line or not."""
VTE_LINKS = 5000
"""Version of VTE (0.50) that brought links."""


def reference_for(priorities: Path | None, view: View, calibration: Path | None = None) -> Reference:
    """Return the reference data, with own priorities and calibration where files are named; leaves with 2 when they are
    no use.
    """
    from alignment_cli import reference
    from alignment_cli.match.calibration import CalibrationError

    try:
        data = reference.load(priorities, calibration)
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


def unwritable(path: Path, error: OSError, view: View) -> NoReturn:
    """Say which file could not be written, and leave with 2."""
    from alignment_cli.finding import Text as Words

    cause = error.strerror or str(error)
    stop(Words(f"{path} tidak dapat ditulis: {cause}.", f"{path} cannot be written: {cause}."), view)


def tell(text: Text, view: View) -> None:
    """Say something on stderr that is no part of the report. What it repeats of names cannot steer a terminal."""
    typer.echo(f"align: {harmless.shown(text.in_(view.lang))}", err=True)


def stop(text: Text, view: View) -> NoReturn:
    """Say on stderr why the command cannot run, and leave with 2."""
    tell(text, view)
    raise typer.Exit(2)
