"""The program `align`: which commands there are. Each command lives in a module of its own in `commands/`.

Exit codes: 0 nothing at or above `--fail-on`; 1 findings; 2 the command did not really run.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Annotated

import typer

from alignment_cli import __version__
from alignment_cli.language import say

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS = {
    "init": "init",
    "import": "import_",
    "check": "check",
    "fix": "fix",
    "label": "label",
    "review": "review",
    "report": "report",
    "form": "form",
    "export": "export",
    "diff": "diff",
    "compare": "compare",
    "upstream": "upstream",
    "baseline": "baseline",
    "match": "match",
    "explain": "explain",
    "rules": "rules",
    "schema": "schema",
    "eval": "evaluate",
}
"""Commands and their modules, in the order of the help page. A module has `HELP` and `command`, a
function, or `group`, which returns a program of its own."""


def app(arguments: Sequence[str] | None = None) -> typer.Typer:
    """Return the program. When `arguments` begin with a command, only that one is set up: typer prepares the options
    of all commands it knows, which takes longer than many a check.
    """
    program = typer.Typer(
        name="align",
        help=say(
            "Periksa keselarasan program daerah dengan Asta Cita dan program nasional.",
            "Check how regional programmes align with Asta Cita and the national programmes.",
        ),
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    program.callback(invoke_without_command=True)(main)
    first = arguments[0] if arguments else ""
    for name in [first] if first in COMMANDS else COMMANDS:
        module = import_module(f"alignment_cli.commands.{COMMANDS[name]}")
        if hasattr(module, "group"):
            program.add_typer(module.group(), name=name, help=module.HELP)
        else:
            program.command(name, help=module.HELP)(module.command)
    return program


def main(
    *,
    version: Annotated[bool, typer.Option("--version", help=say("Tampilkan versi.", "Show the version."))] = False,
) -> None:
    """Handle what comes before a command."""
    if version:
        typer.echo(f"align {__version__}")
        raise typer.Exit


def _typed() -> list[str]:
    """Return the words of the command line; while a shell completes one, those typed so far, as typer's scripts for
    bash (first) and other shells hand them over.
    """
    if "_ALIGN_COMPLETE" not in os.environ:
        return sys.argv[1:]
    return (os.environ.get("COMP_WORDS") or os.environ.get("_TYPER_COMPLETE_ARGS", "")).split()[1:]


def run() -> None:
    """Run the command that the command line names. A fault of the program itself is told in one sentence, with the code
    2; its traceback only where ``ALIGN_DEBUG`` is set.
    """
    try:
        app(_typed())()
    except Exception as error:
        if os.environ.get("ALIGN_DEBUG"):
            raise
        said = _about(error)
        typer.echo("".join(sign if sign.isprintable() else "\ufffd" for sign in said), err=True)
        sys.exit(2)


def _about(error: Exception) -> str:
    """Say in one sentence what went wrong: a file that the system does not let be looked at, or a fault in here."""
    if isinstance(error, OSError) and isinstance(error.filename, str | bytes):
        name, cause = os.fsdecode(error.filename), error.strerror or str(error)
        return say(f"align: {name} tidak dapat dipakai: {cause}.", f"align: {name} cannot be used: {cause}.")
    cause = f"{type(error).__name__}: {error}".splitlines()[0]
    return say(
        f"align: kesalahan dalam program ini, bukan dalam berkas Anda ({cause}). Laporkan kepada pengembang dengan "
        "hasil ALIGN_DEBUG=1.",
        f"align: a fault of this program, not of your files ({cause}). Report it to the developers with what "
        "ALIGN_DEBUG=1 prints.",
    )
