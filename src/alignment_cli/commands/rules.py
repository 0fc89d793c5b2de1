"""`align rules`: list all rules."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer

from alignment_cli.language import say
from alignment_cli.options import DEFAULT_LANG, Color, ColorOption, LangOption, view_of

HELP = say(
    "Tampilkan semua aturan: kode, nama, tingkat, kelas dan keyakinannya.",
    "List all rules: code, name, severity, class and confidence.",
)


class RulesFormat(StrEnum):
    """Output formats of `rules`."""

    text = "text"
    json = "json"
    markdown = "markdown"


def command(
    *,
    format_: Annotated[
        RulesFormat,
        typer.Option("--format", "-f", help=say("Bentuk keluaran; markdown memuat penjelasan lengkap.",
                                                "Output format; markdown holds the full explanations.")),
    ] = RulesFormat.text,
    lang: LangOption = DEFAULT_LANG,
    color: ColorOption = Color.auto,
) -> None:  # fmt: skip
    """List all rules."""
    from alignment_cli.render import rules as rendering
    from alignment_cli.rules import RULES

    view = view_of(lang, color)
    if format_ is RulesFormat.json:
        text = rendering.as_json(RULES)
    elif format_ is RulesFormat.markdown:
        text = rendering.as_markdown(RULES, view.lang)
    else:
        text = rendering.table(RULES, view)
    sys.stdout.write(text)
