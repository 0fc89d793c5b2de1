"""`align match`: match one text."""

from __future__ import annotations

import sys
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
    view_of,
)

HELP = say(
    "Cocokkan satu teks dengan tujuan dan tampilkan buktinya.", "Match one text with the goals and show the evidence."
)


def command(
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
    # The command line may hold bytes that are no UTF-8.
    text = text.encode("utf-8", "replace").decode()
    kode = None if kode is None else kode.encode("utf-8", "replace").decode()
    judged = judge_text(text, kode, reference)
    sys.stdout.write(answer.as_json(judged) if json else answer.render(judged, reference.priorities, view))
