"""`align report`: views of a region's plan."""

from __future__ import annotations

import os
from pathlib import Path  # noqa: TC003 - typer reads the annotations
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
    ReportFormat,
    ViewName,
    stop,
    view_of,
)

if TYPE_CHECKING:
    from alignment_cli.render import View as Manner
    from alignment_cli.report.render import Part

HELP = say(
    "Laporkan keselarasan rencana daerah: ringkasan, matriks, kesenjangan, anggaran, kolaborasi, program nasional.",
    "Report how a region's plan is aligned: summary, matrix, gaps, money, collaboration, national programmes.",
)


def command(
    paths: PathsArgument = None,
    *,
    views: Annotated[list[ViewName] | None, typer.Option("--view", "-v", show_default=False, help=say(
        "Tampilan; boleh berulang. Tanpa ini: ringkas; untuk html dan xlsx: semua.",
        "View; may be repeated. Without: ringkas; for html and xlsx: all."))] = None,
    table: Annotated[str | None, typer.Option("--table", metavar="NAMA", show_default=False, help=say(
        "Hanya tabel ini, mis. anggaran; juga tabel rincian, mis. rincian_anggaran.",
        "Only this table, e.g. anggaran; also one of detail, e.g. rincian_anggaran."))] = None,
    format_: Annotated[ReportFormat | None, typer.Option("--format", "-f", show_default=False, help=say(
        "Bentuk keluaran. Tanpa ini: menurut akhiran --output, atau text.",
        "Output format. Without: by the suffix of --output, or text."))] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", show_default=False, help=say(
        "Tulis ke berkas ini; wajib untuk xlsx. Untuk csv boleh folder: satu berkas per tabel.",
        "Write to this file; required for xlsx. For csv it may be a folder: one file per table."))] = None,
    bom: Annotated[bool, typer.Option("--bom", help=say(
        "Awali csv dengan tanda UTF-8 supaya Excel membaca hurufnya dengan benar.",
        "Begin csv with the UTF-8 mark, so that Excel reads its letters right."))] = False,
    exclude: ExcludeOption = None,
    config: ConfigOption = None,
    no_config: NoConfigOption = False,
    priorities: PrioritiesOption = None,
    calibration: CalibrationOption = None,
    lang: LangOption = DEFAULT_LANG,
    color: ColorOption = Color.auto,
) -> None:  # fmt: skip
    """Report on plans."""
    from alignment_cli.asked import Asked
    from alignment_cli.plans import deliver, format_of, regions_of
    from alignment_cli.report.figures import Figures
    from alignment_cli.report.render import Part, renderer
    from alignment_cli.report.render.separated import tables
    from alignment_cli.report.views import VIEWS

    manner = view_of(lang, color)
    shape = format_of(format_, output, ReportFormat.text)
    _refuse(shape, output, manner, bom=bom)
    asked = Asked(paths=paths or (), exclude=exclude or (), config=config, no_config=no_config, priorities=priorities,
                  calibration=calibration)  # fmt: skip
    found, reference = regions_of(asked, manner)
    everything = table is not None or shape in (ReportFormat.html, ReportFormat.xlsx)
    named = list(dict.fromkeys(view.value for view in views or ()))
    names = named or ([view.value for view in ViewName] if everything else [ViewName.ringkas.value])
    made = [Figures(region, reference) for region in found]
    parts = [Part(figures, [VIEWS[name](figures) for name in names]) for figures in made]
    if table is not None:
        parts = _narrowed(parts, table, manner)
    if output is not None:
        manner = manner._replace(width=None, color=False)
    inputs = [file.loaded.path for region in found for file in region.files]
    if output is not None and os.path.isdir(output):  # noqa: PTH112 - False also for names that no file can have
        for name, content in tables(parts, manner).items():
            deliver(_marked(content, bom=bom), output / f"{name}.csv", inputs, manner)
    else:
        deliver(_marked(renderer(shape.value)(parts, manner), bom=bom), output, inputs, manner)


MARK = "\ufeff"
"""The byte order mark, by which Excel knows UTF-8."""


def _refuse(format_: ReportFormat, output: Path | None, manner: Manner, *, bom: bool) -> None:
    """Leave with 2 where options do not fit together."""
    from alignment_cli.finding import Text

    if format_ is ReportFormat.xlsx and output is None:
        stop(Text("--format xlsx memerlukan --output BERKAS.xlsx.", "--format xlsx needs --output FILE.xlsx."), manner)
    if bom and format_ is not ReportFormat.csv:
        stop(Text("--bom hanya untuk --format csv.", "--bom is for --format csv only."), manner)
    if output is not None and os.path.isdir(output) and format_ is not ReportFormat.csv:  # noqa: PTH112
        stop(Text(f"--output {output}: ini folder; tulis nama berkas. Hanya csv yang dapat ditulis ke folder.",
                  f"--output {output}: this is a folder; name a file. Only csv can be written to a folder."),
             manner)  # fmt: skip


def _narrowed(parts: list[Part], name: str, manner: Manner) -> list[Part]:
    """Return only the table of this name; leaves with 2 where there is none."""
    from alignment_cli.finding import Text
    from alignment_cli.suggest import closest

    known = list(dict.fromkeys(table.name for part in parts for view in part.views for table in view.tables))
    if name not in known:
        near = closest(name, known)
        id_, en = (f" Maksud Anda: {near}?", f" Did you mean: {near}?") if near else ("", "")
        listed = ", ".join(known)
        stop(Text(f'--table: tabel "{name}" tidak dikenal.{id_} Pilihan: {listed}.',
                  f'--table: the table "{name}" is not known.{en} Choices: {listed}.'), manner)  # fmt: skip
    narrowed = []
    for part in parts:
        views = [
            view._replace(tables=[table._replace(detail=False) for table in view.tables if table.name == name])
            for view in part.views
        ]
        narrowed.append(part._replace(views=[view for view in views if view.tables]))
    return narrowed


def _marked(content: str | bytes, *, bom: bool) -> str | bytes:
    return MARK + content if bom and isinstance(content, str) else content
