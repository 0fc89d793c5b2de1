"""`align compare`: several plans side by side."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from alignment_cli.language import say
from alignment_cli.options import (
    DEFAULT_LANG,
    CalibrationOption,
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
    from alignment_cli.render import View as Manner
    from alignment_cli.report.figures import Figures

HELP = say("Bandingkan beberapa daerah berdampingan.", "Compare several regions side by side.")


class CompareFormat(StrEnum):
    """Output formats of `compare`."""

    text = "text"
    md = "md"
    json = "json"
    csv = "csv"


def command(
    paths: PathsArgument = None,
    *,
    format_: Annotated[CompareFormat, typer.Option("--format", "-f", help=say(
        "Bentuk keluaran.", "Output format."))] = CompareFormat.text,
    exclude: ExcludeOption = None,
    config: ConfigOption = None,
    no_config: NoConfigOption = False,
    priorities: PrioritiesOption = None,
    calibration: CalibrationOption = None,
    lang: LangOption = DEFAULT_LANG,
    color: ColorOption = Color.auto,
) -> None:  # fmt: skip
    """Compare regions."""
    from alignment_cli.asked import Asked
    from alignment_cli.finding import Text
    from alignment_cli.plans import regions_of
    from alignment_cli.report.figures import Figures

    manner = view_of(lang, color)
    asked = Asked(paths=paths or (), exclude=exclude or (), config=config, no_config=no_config, priorities=priorities,
                  calibration=calibration)  # fmt: skip
    found, reference = regions_of(asked, manner)
    if len(found) < 2:  # noqa: PLR2004 - comparing takes two
        stop(Text("perlu paling sedikit dua rencana (daerah, dokumen, tahun) untuk dibandingkan.",
                  "at least two plans (daerah, dokumen, tahun) are needed to compare."), manner)  # fmt: skip
    sys.stdout.write(_text(format_, [Figures(region, reference) for region in found], manner))


def _text(format_: CompareFormat, plans: list[Figures], manner: Manner) -> str:
    from alignment_cli.compare.regions import view
    from alignment_cli.compare.render import plans as as_data
    from alignment_cli.compare.views import Titled
    from alignment_cli.report.render import Part, renderer

    made = view(plans, beside=format_ in (CompareFormat.text, CompareFormat.md))
    if format_ is CompareFormat.json:
        return json.dumps(as_data(plans, [made], manner), ensure_ascii=False, indent=1) + "\n"
    name = f"{len(plans)} {'rencana' if manner.lang == 'id' else 'plans'}"
    text = renderer(format_.value)([Part(Titled(plans[0], name), [made])], manner)
    return text if isinstance(text, str) else text.decode()
