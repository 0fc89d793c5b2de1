"""`align eval`: measure on labelled items."""

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
    EvalFormat,
    LangOption,
    reference_for,
    stop,
    unreadable,
    view_of,
)

HELP = say(
    "Ukur ketepatan pada butir berlabel, di samping cara-cara pembanding.",
    "Measure hit rates on labelled items, beside baselines.",
)


def command(
    gold: Annotated[
        list[Path],
        typer.Argument(
            help=say(
                "CSV berlabel (kolom seperti data/berlabel/dev.csv); beberapa berkas digabung.",
                "Labelled CSV (columns as in data/berlabel/dev.csv); several files are joined.",
            ),
            show_default=False,
        ),
    ],
    *,
    format_: Annotated[
        EvalFormat, typer.Option("--format", "-f", help=say("Bentuk keluaran.", "Output format."))
    ] = EvalFormat.text,
    calibrate: Annotated[bool, typer.Option("--calibrate", help=say(
        "Cetak kalibrasi baru yang disesuaikan pada berkas ini (JSON), alih-alih ukuran.",
        "Print a calibration fitted on this file (JSON) instead of measures."))] = False,
    calibration: CalibrationOption = None,
    lang: LangOption = DEFAULT_LANG,
) -> None:  # fmt: skip
    """Measure on labelled items."""
    from alignment_cli.evaluate import calibrate as fitting
    from alignment_cli.evaluate import report
    from alignment_cli.evaluate.gold import GoldError, read_gold
    from alignment_cli.render import evaluation

    view = view_of(lang, Color.never)
    reference = reference_for(None, view, calibration)
    try:
        rows = [row for path in gold for row in read_gold(path)]
    except GoldError as error:
        stop(error.text, view)
    except OSError as error:
        unreadable(error, view)
    if calibrate:
        sys.stdout.write(fitting.as_json(rows, reference))
        return
    parts = list(report.parts(rows, reference))
    if format_ is EvalFormat.json:
        sys.stdout.write(evaluation.as_json(parts))
    else:
        write = evaluation.as_markdown if format_ is EvalFormat.md else evaluation.as_text
        sys.stdout.write(write(parts, view.lang))
