"""`align form`: official forms, filled from a region's plan."""

from __future__ import annotations

from enum import StrEnum
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
    stop,
    unreadable,
    view_of,
)

if TYPE_CHECKING:
    from alignment_cli.forms.codes import Lists
    from alignment_cli.forms.form import Form
    from alignment_cli.render import View as Manner
    from alignment_cli.report.figures import Figures

HELP = say(
    "Isi formulir resmi dari rencana: kpu (RKPD), tabel31 (RPJMD), form4 dan form5 (fasilitasi RKPD).",
    "Fill official forms from a plan: kpu (RKPD), tabel31 (RPJMD), form4 and form5 (review of the RKPD).",
)


class FormName(StrEnum):
    """Forms."""

    kpu = "kpu"
    tabel31 = "tabel31"
    form4 = "form4"
    form5 = "form5"


class FormFormat(StrEnum):
    """Output formats of `form`."""

    md = "md"
    csv = "csv"
    html = "html"
    xlsx = "xlsx"


def command(
    name: Annotated[FormName, typer.Argument(metavar="FORMULIR", help=say(
        "kpu: Keselarasan Kegiatan Prioritas Utama; tabel31: Asta Cita, misi provinsi, misi daerah; form4: outcome "
        "prioritas Asta Cita; form5: Pro-SN dan tematik.",
        "kpu: Keselarasan Kegiatan Prioritas Utama; tabel31: Asta Cita, missions of province and region; form4: "
        "outcomes of the Asta Cita; form5: Pro-SN and themes."))],
    paths: PathsArgument = None,
    *,
    format_: Annotated[FormFormat | None, typer.Option("--format", "-f", show_default=False, help=say(
        "Bentuk keluaran; html siap dicetak. Tanpa ini: menurut akhiran --output, atau md.",
        "Output format; html is ready to print. Without: by the suffix of --output, or md."))] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", show_default=False, help=say(
        "Tulis ke berkas ini; wajib untuk xlsx.", "Write to this file; required for xlsx."))] = None,
    daftar: Annotated[Path | None, typer.Option("--daftar", metavar="BERKAS.csv", show_default=False, help=say(
        "Kode yang disepakati pada Rakortekbang, sebagai ganti tabel C; hanya form4 dan form5.",
        "Codes agreed at the Rakortekbang, instead of tables C; form4 and form5 only."))] = None,
    kpu: Annotated[Path | None, typer.Option("--kpu", metavar="BERKAS.csv", show_default=False, help=say(
        "KP yang menjadi Kegiatan Prioritas Utama tahun ini; hanya formulir kpu.",
        "KP that are Kegiatan Prioritas Utama of the year; form kpu only."))] = None,
    exclude: ExcludeOption = None,
    config: ConfigOption = None,
    no_config: NoConfigOption = False,
    calibration: CalibrationOption = None,
    lang: LangOption = DEFAULT_LANG,
    color: ColorOption = Color.auto,
) -> None:  # fmt: skip
    """Fill a form."""
    from alignment_cli.asked import Asked
    from alignment_cli.forms import filler
    from alignment_cli.plans import deliver, format_of, regions_of
    from alignment_cli.report.figures import Figures

    manner = view_of(lang, color)
    shape = format_of(format_, output, FormFormat.md)
    _refuse(name, shape, manner, output=output, daftar=daftar, kpu=kpu)
    lists = _lists(daftar, kpu, manner)
    asked = Asked(paths=paths or (), exclude=exclude or (), config=config, no_config=no_config, calibration=calibration)
    found, reference = regions_of(asked, manner, national=True)
    fill = filler(name.value)
    forms = [(figures, fill(figures, lists)) for figures in (Figures(region, reference) for region in found)]
    inputs = [file.loaded.path for region in found for file in region.files]
    deliver(_rendered(shape, forms, manner), output, inputs, manner)


def _refuse(
    name: FormName, format_: FormFormat, manner: Manner, *, output: Path | None, daftar: Path | None, kpu: Path | None
) -> None:
    """Leave with 2 where options do not fit together."""
    from alignment_cli.finding import Text

    if format_ is FormFormat.xlsx and output is None:
        stop(Text("--format xlsx memerlukan --output BERKAS.xlsx.", "--format xlsx needs --output FILE.xlsx."), manner)
    if daftar is not None and name not in (FormName.form4, FormName.form5):
        stop(Text("--daftar hanya untuk form4 dan form5.", "--daftar is for form4 and form5 only."), manner)
    if kpu is not None and name is not FormName.kpu:
        stop(Text("--kpu hanya untuk formulir kpu.", "--kpu is for the form kpu only."), manner)


def _lists(daftar: Path | None, kpu: Path | None, manner: Manner) -> Lists:
    """Return the lists that the user gives; leaves with 2 where one is no use."""
    from alignment_cli.forms.codes import ListError, Lists, read_kpu, read_list

    try:
        return Lists(
            None if daftar is None else read_list(daftar),
            None if kpu is None else read_kpu(kpu),
            tuple(path.name for path in (daftar, kpu) if path is not None),
        )
    except ListError as error:
        stop(error.text, manner)
    except OSError as error:
        unreadable(error, manner)


def _rendered(format_: FormFormat, forms: list[tuple[Figures, Form]], manner: Manner) -> str | bytes:
    """Return the forms as the content of a file."""
    if format_ is FormFormat.xlsx:
        from alignment_cli.forms import workbook

        return workbook.render(forms, manner.lang)
    if format_ is FormFormat.html:
        from alignment_cli.forms import page

        return page.render(forms, manner.lang)
    from alignment_cli.report.render import Part, renderer

    return renderer(format_.value)([Part(figures, [form.view]) for figures, form in forms], manner)
