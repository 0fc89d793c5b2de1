"""Commands: read options, run, print, exit. Everything else lives elsewhere.

Exit codes: 0 nothing at or above `--fail-on`; 1 findings; 2 the check did not really run.
"""

from __future__ import annotations

import sys
from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import Annotated

import typer

from alignment_cli import __version__
from alignment_cli.language import say
from alignment_cli.options import (
    DEFAULT_LANG,
    CalibrationOption,
    Color,
    ColorOption,
    EvalFormat,
    FailOn,
    Format,
    LangOption,
    PrioritiesOption,
    reference_for,
    stop,
    unreadable,
    view_of,
)

app = typer.Typer(
    name="align",
    help=say(
        "Periksa keselarasan program daerah dengan Asta Cita dan program nasional.",
        "Check how regional programmes align with Asta Cita and the national programmes.",
    ),
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback(invoke_without_command=True)
def main(
    *,
    version: Annotated[bool, typer.Option("--version", help=say("Tampilkan versi.", "Show the version."))] = False,
) -> None:
    """Handle what comes before a command."""
    if version:
        typer.echo(f"align {__version__}")
        raise typer.Exit


@app.command(help=say(
    "Periksa berkas program: isi, kode, pagu, dan keselarasan tiap program. Tidak pernah menulis berkas. "
    "Kode keluar: 0 bersih, 1 ada temuan, 2 pemeriksaan tidak berjalan.",
    "Check programme files: content, codes, money, and the alignment of every programme. Never writes. "
    "Exit codes: 0 clean, 1 findings, 2 the check did not run.",
))  # fmt: skip
def check(
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


@app.command(help=say("Cocokkan satu teks dengan tujuan dan tampilkan buktinya.",
                      "Match one text with the goals and show the evidence."))  # fmt: skip
def match(
    text: Annotated[str, typer.Argument(help=say("Nama atau uraian program.", "Name or description of a programme."),
                                        show_default=False)],
    *,
    kode: Annotated[str | None, typer.Option("--kode", help=say("Kode nomenklatur.", "Nomenclature code."))] = None,
    json: Annotated[bool, typer.Option("--json", help=say("Keluaran JSON.", "JSON output."))] = False,
    priorities: PrioritiesOption = None,
    lang: LangOption = DEFAULT_LANG,
    color: ColorOption = Color.auto,
) -> None:  # fmt: skip
    """Match one text."""
    from alignment_cli.finding import Text as Words
    from alignment_cli.render import answer
    from alignment_cli.run import judge_text

    view = view_of(lang, color)
    if not text.strip():
        stop(
            Words("teks kosong; tulis nama atau uraian program.", "the text is empty; write a name or description."),
            view,
        )
    reference = reference_for(priorities, view)
    text = text.encode("utf-8", "replace").decode()  # bytes of the command line that are no UTF-8
    judged = judge_text(text, kode, reference)
    sys.stdout.write(answer.as_json(judged) if json else answer.render(judged, reference.priorities, view))


@app.command(
    help=say(
        "Jelaskan jawaban untuk satu program, bukti demi bukti, atau sebuah kode temuan.",
        "Explain the answer for a programme, evidence by evidence, or a finding's code.",
    )
)
def explain(
    what: Annotated[
        str,
        typer.Argument(
            help=say(
                "Nama atau kode program dalam berkas, teks bebas, atau kode temuan (AL203).",
                "Name or code of a programme in the files, any text, or a finding's code (AL203).",
            ),
            show_default=False,
        ),
    ],
    goal: Annotated[
        str | None, typer.Argument(help=say("Hanya tujuan ini.", "This goal only."), show_default=False)
    ] = None,
    *,
    in_: Annotated[
        list[Path] | None, typer.Option("--in", help=say("Berkas atau folder tempat mencari.", "Where to look."))
    ] = None,
    priorities: PrioritiesOption = None,
    lang: LangOption = DEFAULT_LANG,
    color: ColorOption = Color.auto,
) -> None:
    """Explain an answer or a rule."""
    from alignment_cli import explain as explaining
    from alignment_cli.render import explain as rendering
    from alignment_cli.rules import rule

    view = view_of(lang, color)
    known = rule(what)
    if known is not None:
        sys.stdout.write(rendering.rule_text(known, view.lang))
        return
    reference = reference_for(priorities, view)
    try:
        judged, only = explaining.look_up(what, goal, in_ or [], reference)
    except explaining.UnknownError as error:
        stop(error.text, view)
    except OSError as error:
        unreadable(error, view)
    near = explaining.settling(judged, reference)
    sys.stdout.write(rendering.render(judged, only, near, reference.priorities, view))


@app.command("eval", help=say("Ukur ketepatan pada butir berlabel, di samping cara-cara pembanding.",
                              "Measure hit rates on labelled items, beside baselines."))  # fmt: skip
def evaluate(
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
