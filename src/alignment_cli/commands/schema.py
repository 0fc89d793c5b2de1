"""`align schema`: print the JSON Schema of a file that align reads or writes."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer

from alignment_cli.language import say
from alignment_cli.options import (
    DEFAULT_LANG,
    Color,
    LangOption,
    PrioritiesOption,
    reference_for,
    view_of,
)

HELP = say(
    "Cetak JSON Schema berkas program, berkas prioritas, hasil JSON, atau align.toml, untuk penyunting teks.",
    "Print the JSON Schema of programme files, priorities files, JSON results, or align.toml, for editors.",
)


class Name(StrEnum):
    """Files that have a schema."""

    program = "program"
    prioritas = "prioritas"
    hasil = "hasil"
    config = "config"


def command(
    name: Annotated[
        Name, typer.Argument(help=say("Berkas yang diterangkan.", "The file that is described."))
    ] = Name.program,
    *,
    priorities: PrioritiesOption = None,
    lang: LangOption = DEFAULT_LANG,
) -> None:
    """Print a JSON Schema."""
    from alignment_cli import schema, schema_config

    if name is Name.program:
        made = schema.program(reference_for(priorities, view_of(lang, Color.auto)).priorities)
    else:
        made = {Name.prioritas: schema.prioritas, Name.hasil: schema.result, Name.config: schema_config.config}[name]()
    sys.stdout.write(schema.text(made))
