"""`align explain`: explain an answer or a rule."""

from __future__ import annotations

import re
import sys
from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import TYPE_CHECKING, Annotated

import typer

from alignment_cli import complete
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

if TYPE_CHECKING:
    from alignment_cli.finding import Text

HELP = say(
    "Jelaskan jawaban untuk satu program, bukti demi bukti, atau sebuah aturan.",
    "Explain the answer for a programme, evidence by evidence, or a rule.",
)


def command(
    what: Annotated[
        str,
        typer.Argument(
            help=say(
                "Nama atau kode program dalam berkas, teks bebas, atau kode atau nama aturan (AL203).",
                "Name or code of a programme in the files, any text, or code or name of a rule (AL203).",
            ),
            show_default=False,
            autocompletion=complete.rules,
        ),
    ],
    goal: Annotated[
        str | None,
        typer.Argument(
            help=say("Hanya tujuan ini.", "This goal only."), show_default=False, autocompletion=complete.goals
        ),
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
    from alignment_cli.rules import rule

    view = view_of(lang, color)
    known = rule(what)
    if known is not None:
        from alignment_cli.render.rule import one

        sys.stdout.write(one(known, view))
        return
    unknown = _unknown_rule(what)
    if unknown is not None:
        stop(unknown, view)
    from alignment_cli import explain as explaining
    from alignment_cli.render import explain as rendering

    reference = reference_for(priorities, view)
    try:
        judged, only = explaining.look_up(what, goal, in_ or [], reference)
    except explaining.UnknownError as error:
        stop(error.text, view)
    except OSError as error:
        unreadable(error, view)
    near = explaining.settling(judged, reference)
    sys.stdout.write(rendering.render(judged, only, near, reference.priorities, view))


_CODE = re.compile(r"al\d+", re.IGNORECASE)
_NAME = re.compile(r"[a-z0-9_]+(?:-[a-z0-9_]+)+")


def _unknown_rule(what: str) -> Text | None:
    """Return what to say when a text is meant as code or name of a rule but is none; None when it is any other text."""
    from alignment_cli.finding import Text
    from alignment_cli.rules import RULES
    from alignment_cli.suggest import closest

    word = what.strip()
    near = None
    if _CODE.fullmatch(word):
        near = closest(word, [rule.code for rule in RULES])
    elif _NAME.fullmatch(word):
        near = closest(word, [rule.name for rule in RULES])
        if near is None:
            return None
    else:
        return None
    asked = ("", "") if near is None else (f" Maksud Anda: {near}?", f" Did you mean: {near}?")
    return Text(
        f'aturan "{word}" tidak dikenal.{asked[0]} Semua aturan: align rules.',
        f'the rule "{word}" is not known.{asked[1]} All rules: align rules.',
    )
