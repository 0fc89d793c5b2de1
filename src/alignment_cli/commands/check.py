"""`align check`: check programme files."""

from __future__ import annotations

import sys
from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import Annotated

import typer

from alignment_cli.language import say
from alignment_cli.options import (
    DEFAULT_LANG,
    CalibrationOption,
    Color,
    ColorOption,
    FailOn,
    Format,
    LangOption,
    PrioritiesOption,
    reference_for,
    stop,
    unreadable,
    view_of,
)

HELP = say(
    "Periksa berkas program: isi, kode, pagu, dan keselarasan tiap program. Tidak pernah menulis berkas. "
    "Kode keluar: 0 bersih, 1 ada temuan, 2 pemeriksaan tidak berjalan.",
    "Check programme files: content, codes, money, and the alignment of every programme. Never writes. "
    "Exit codes: 0 clean, 1 findings, 2 the check did not run.",
)


def command(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help=say("Berkas atau folder. Tanpa ini: data/programs, atau contoh bawaan.",
                                "Files or folders. Without: data/programs, or the shipped example."),
                       show_default=False),
    ] = None,
    *,
    format_: Annotated[
        Format, typer.Option("--format", "-f", help=say("Bentuk keluaran.", "Output format."))
    ] = Format.text,
    fail_on: Annotated[
        FailOn,
        typer.Option("--fail-on", help=say("Temuan mulai tingkat ini membuat kode keluar 1.",
                                           "Findings from this level on make the exit code 1.")),
    ] = FailOn.error,
    detail: Annotated[
        bool, typer.Option("--detail", help=say("Tampilkan juga sub kegiatan.", "List sub-activities too."))
    ] = False,
    priorities: PrioritiesOption = None,
    calibration: CalibrationOption = None,
    lang: LangOption = DEFAULT_LANG,
    color: ColorOption = Color.auto,
) -> None:  # fmt: skip
    """Check programme files."""
    from alignment_cli.discover import NothingToCheckError, find
    from alignment_cli.finding import Severity
    from alignment_cli.index.store import data_dir
    from alignment_cli.render import renderer
    from alignment_cli.run import run

    view = view_of(lang, color, detail=detail)
    reference = reference_for(priorities, view, calibration)
    try:
        files, example = find(paths or [], data_dir() / "programs" / "solok_selatan.yaml")
    except NothingToCheckError as error:
        stop(error.text, view)
    if example:
        typer.echo(say("align: tidak ada data/programs di folder ini; memeriksa contoh bawaan.",
                       "align: no data/programs in this folder; checking the shipped example."), err=True)  # fmt: skip
    try:
        result = run(files, reference)
    except OSError as error:
        unreadable(error, view)
    sys.stdout.write(renderer(format_.value)(result, view))
    if result.fails(None if fail_on is FailOn.never else Severity(fail_on.value)):
        raise typer.Exit(1)
