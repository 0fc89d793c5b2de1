"""`align check`: check programme files."""

from __future__ import annotations

import os
import sys
from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import TYPE_CHECKING, Annotated

import typer

from alignment_cli.language import say
from alignment_cli.options import (
    DEFAULT_LANG,
    BaselineOption,
    CalibrationOption,
    Color,
    ColorOption,
    ConfigOption,
    ExcludeOption,
    FailOn,
    Format,
    IgnoreOption,
    LangOption,
    NoBaselineOption,
    NoConfigOption,
    PathsArgument,
    PrioritiesOption,
    SelectOption,
    stop,
    view_of,
)

if TYPE_CHECKING:
    from alignment_cli.batch import Batch
    from alignment_cli.render import View

HELP = say(
    "Periksa berkas program: isi, kode, pagu, dan keselarasan tiap program. Tidak pernah menulis berkas program. "
    "Kode keluar: 0 bersih, 1 ada temuan, 2 pemeriksaan tidak berjalan.",
    "Check programme files: content, codes, money, and the alignment of every programme. Never writes programme files. "
    "Exit codes: 0 clean, 1 findings, 2 the check did not run.",
)


def command(
    paths: PathsArgument = None,
    *,
    format_: Annotated[Format | None, typer.Option("--format", "-f", help=say(
        "Bentuk keluaran. Tanpa ini: text; di GitHub Actions: github.",
        "Output format. Without: text; in GitHub Actions: github."), show_default=False)] = None,
    output: Annotated[list[str] | None, typer.Option("--output", "-o", metavar="[BENTUK:]BERKAS", help=say(
        "Tulis juga ke berkas, mis. sarif:hasil.sarif; boleh berulang.",
        "Write to a file too, e.g. sarif:result.sarif; may be repeated."), show_default=False)] = None,
    fail_on: Annotated[FailOn | None, typer.Option("--fail-on", help=say(
        "Temuan mulai tingkat ini membuat kode keluar 1. Tanpa ini: error.",
        "Findings from this level on make the exit code 1. Without: error."), show_default=False)] = None,
    select: SelectOption = None,
    ignore: IgnoreOption = None,
    min_keselarasan: Annotated[list[str] | None, typer.Option("--min-keselarasan", metavar="PERSEN", help=say(
        "Bagian selaras paling sedikit, mis. 80, atau untuk satu tujuan AC4=60; boleh berulang.",
        "Least aligned part, e.g. 80, or for one goal AC4=60; may be repeated."), show_default=False)] = None,
    changed: Annotated[str | None, typer.Option("--changed", metavar="REF", help=say(
        "Hanya yang berubah sejak commit, cabang atau tag git ini.",
        "Only what changed since this git commit, branch or tag."), show_default=False)] = None,
    baseline: BaselineOption = None,
    no_baseline: NoBaselineOption = False,
    exclude: ExcludeOption = None,
    config: ConfigOption = None,
    no_config: NoConfigOption = False,
    show_config: Annotated[bool, typer.Option("--show-config", help=say(
        "Tampilkan pengaturan yang berlaku dan asalnya.", "Show the settings in force and their origins."))] = False,
    stdin_filename: Annotated[str | None, typer.Option("--stdin-filename", metavar="NAMA", help=say(
        "Nama yang ditampilkan bila masukan dari stdin (-).", "Name to show when reading stdin (-)."),
        show_default=False)] = None,
    allow_empty: Annotated[bool, typer.Option("--allow-empty", help=say(
        "Folder tanpa berkas .yaml bukan galat.", "A folder without .yaml files is no error."))] = False,
    jobs: Annotated[int | None, typer.Option("--jobs", "-j", min=0, metavar="N", show_default=False, help=say(
        "Jumlah proses untuk banyak berkas. Tanpa ini: menurut ukuran berkas.",
        "Number of processes for many files. Without: by the size of the files."))] = None,
    no_cache: Annotated[bool, typer.Option("--no-cache", help=say(
        "Periksa semuanya dari awal, tanpa simpanan.", "Check everything anew, without the cache."))] = False,
    detail: Annotated[
        bool, typer.Option("--detail", help=say("Tampilkan juga sub kegiatan dan semua temuan.",
                                                "List sub-activities and all findings too."))
    ] = False,
    priorities: PrioritiesOption = None,
    calibration: CalibrationOption = None,
    lang: LangOption = DEFAULT_LANG,
    color: ColorOption = Color.auto,
) -> None:  # fmt: skip
    """Check programme files."""
    from alignment_cli import checking
    from alignment_cli.asked import Asked, settings_of
    from alignment_cli.config import as_text
    from alignment_cli.finding import Severity

    view = view_of(lang, color, detail=detail)
    asked = Asked(
        paths or (), select or (), ignore or (), min_keselarasan or (), baseline, no_baseline, changed, priorities,
        calibration, exclude or (), config, no_config, stdin_filename, allow_empty,
        fail_on.value if fail_on else None, format_.value if format_ else None, jobs,
        False if no_cache else None,
    )  # fmt: skip
    settings = settings_of(asked, view)
    if show_config:
        sys.stdout.write(as_text(settings))
        return
    stdout_format = _format(settings["format"], settings.origins["format"], view)
    outputs = [_output(written, view) for written in output or ()]
    plain = view._replace(width=None, color=False)
    formats = ((stdout_format, view), *((name, plain) for name, _ in outputs))
    batch = checking.batch(asked, settings, formats, view)
    _deliver(batch, formats, [path for _, path in outputs], view)
    level = settings["fail_on"]
    if batch.summary.fails(None if level == "never" else Severity(level)):
        raise typer.Exit(1)


def _deliver(batch: Batch, formats: tuple[tuple[str, View], ...], outputs: list[Path], view: View) -> None:
    """Check, and write every format: files first, then stdout. Without files, stdout gets what is known at once."""
    from contextlib import ExitStack

    from alignment_cli.checking import taken
    from alignment_cli.plans import deliver
    from alignment_cli.render import format_of
    from alignment_cli.spool import Spool

    name, manner = formats[0]
    if not outputs:
        parts = (checked.parts[0] for checked in taken(batch, view))
        sys.stdout.writelines(format_of(name).whole(parts, batch.summary, manner))
        return
    with ExitStack() as stack:
        spools = [stack.enter_context(Spool()) for _ in formats]
        for checked in taken(batch, view):
            for spool, part in zip(spools, checked.parts, strict=True):
                spool.add(part)
        made = zip(formats, spools, strict=True)
        pieces = [format_of(one).whole(spool, batch.summary, own) for (one, own), spool in made]
        for path, content in zip(outputs, pieces[1:], strict=True):
            deliver(content, path, batch.names, view)
        sys.stdout.writelines(pieces[0])


def _format(name: str, origin: str, view: View) -> str:
    """Return the format for stdout; a run of GitHub Actions that does not name one gets annotations."""
    from alignment_cli.finding import Text
    from alignment_cli.render import FORMATS
    from alignment_cli.suggest import closest

    if origin == "default" and os.environ.get("GITHUB_ACTIONS") == "true":
        return "github"
    if name not in FORMATS:
        near = closest(name, FORMATS)
        id_, en = (f" Maksud Anda: {near}?", f" Did you mean: {near}?") if near else ("", "")
        known = ", ".join(FORMATS)
        stop(Text(f'{origin}: bentuk "{name}" tidak dikenal.{id_} Pilihan: {known}.',
                  f'{origin}: the format "{name}" is not known.{en} Choices: {known}.'), view)  # fmt: skip
    return name


SUFFIXES = {".json": "json", ".sarif": "sarif", ".xml": "junit", ".csv": "csv", ".md": "markdown", ".txt": "text"}
"""Format of an output file that is named without one."""


def _output(written: str, view: View) -> tuple[str, Path]:
    """Read ``FORMAT:FILE``, or ``FILE`` whose suffix tells the format."""
    from pathlib import Path

    from alignment_cli.finding import Text
    from alignment_cli.render import FORMATS

    name, _, rest = written.partition(":")
    if name in FORMATS and rest:
        return name, Path(rest)
    path = Path(written)
    if path.suffix.lower() not in SUFFIXES or name in FORMATS:
        known = ", ".join(FORMATS)
        stop(Text(f"--output {written}: tulis BENTUK:BERKAS, mis. sarif:hasil.sarif. Bentuk: {known}.",
                  f"--output {written}: write FORMAT:FILE, e.g. sarif:x.sarif. Formats: {known}."), view)  # fmt: skip
    return SUFFIXES[path.suffix.lower()], path
