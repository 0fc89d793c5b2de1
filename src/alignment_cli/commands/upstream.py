"""`align upstream`: what must be read again because an official source changed."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import TYPE_CHECKING, Annotated

import typer

from alignment_cli.language import say
from alignment_cli.options import (
    DEFAULT_LANG,
    Color,
    ColorOption,
    ConfigOption,
    ExcludeOption,
    LangOption,
    NoConfigOption,
    PathsArgument,
    PrioritiesOption,
    stop,
    view_of,
)

if TYPE_CHECKING:
    from alignment_cli.compare.sources import Sources
    from alignment_cli.render import View as Manner

HELP = say(
    "Sebutkan program yang perlu dibaca ulang karena prioritas atau nomenklatur berubah.",
    "Name the programmes to read again because the priorities or the nomenclature changed.",
)


class UpstreamFormat(StrEnum):
    """Output formats of `upstream`."""

    text = "text"
    md = "md"
    json = "json"
    csv = "csv"


def command(
    paths: PathsArgument = None,
    *,
    against: Annotated[Path | None, typer.Option("--against", metavar="LAMA", show_default=False, help=say(
        "Data lama: folder data/, folder nomenklatur, atau asta_cita.yaml. Tanpa ini: menurut goal_hash dan kode.",
        "Older data: a data/ folder, a nomenclature folder, or an asta_cita.yaml. Without: by goal_hash and codes."))]
    = None,
    format_: Annotated[UpstreamFormat, typer.Option("--format", "-f", help=say(
        "Bentuk keluaran.", "Output format."))] = UpstreamFormat.text,
    exclude: ExcludeOption = None,
    config: ConfigOption = None,
    no_config: NoConfigOption = False,
    priorities: PrioritiesOption = None,
    lang: LangOption = DEFAULT_LANG,
    color: ColorOption = Color.auto,
) -> None:  # fmt: skip
    """Name what to read again."""
    from alignment_cli.asked import Asked
    from alignment_cli.compare.upstream import Upstream, view
    from alignment_cli.plans import regions_of
    from alignment_cli.report.figures import Figures
    from alignment_cli.report.render import Part, renderer

    manner = view_of(lang, color)
    old = None if against is None else _old(against, manner)
    asked = Asked(paths=paths or (), exclude=exclude or (), config=config, no_config=no_config, priorities=priorities)
    found, reference = regions_of(asked, manner)
    upstream = Upstream(reference, old)
    listed = [(region, upstream.rereads(region)) for region in found]
    parts = [Part(Figures(region, reference), [view(upstream, rereads)]) for region, rereads in listed]
    text = renderer(format_.value)(parts, manner)
    sys.stdout.write(text if isinstance(text, str) else text.decode())
    if any(rereads for _, rereads in listed):
        raise typer.Exit(1)


def _old(path: Path, manner: Manner) -> Sources:
    from alignment_cli.compare.sources import SourcesError, read

    try:
        return read(path)
    except SourcesError as error:
        stop(error.text, manner)
