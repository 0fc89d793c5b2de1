"""`align explain`: explain an answer or a rule."""

from __future__ import annotations

import sys
from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import Annotated

import typer

from alignment_cli.language import say
from alignment_cli.options import (
    DEFAULT_LANG,
    Color,
    ColorOption,
    LangOption,
    PrioritiesOption,
    reference_for,
    stop,
    unreadable,
    view_of,
)

HELP = say(
    "Jelaskan jawaban untuk satu program, bukti demi bukti, atau sebuah kode temuan.",
    "Explain the answer for a programme, evidence by evidence, or a finding's code.",
)


def command(
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
