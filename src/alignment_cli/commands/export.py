"""`align export`: all items with their answers, for spreadsheets and data tools."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from alignment_cli.language import say
from alignment_cli.options import (
    DEFAULT_LANG,
    CalibrationOption,
    Color,
    ConfigOption,
    ExcludeOption,
    LangOption,
    NoConfigOption,
    PathsArgument,
    PrioritiesOption,
    reference_for,
    stop,
    tell,
    unreadable,
    unwritable,
    view_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from alignment_cli.asked import Asked
    from alignment_cli.checking import Files
    from alignment_cli.config import Settings
    from alignment_cli.finding import Text
    from alignment_cli.reference import Reference
    from alignment_cli.render import View
    from alignment_cli.result import FileResult

HELP = say(
    "Ekspor semua butir beserta jawabannya: csv, xlsx, jsonl, atau parquet. csv dan xlsx dapat dibaca kembali oleh "
    "align import tanpa kehilangan isi. Kode keluar: 0 semua diekspor, 1 ada isi yang tidak sah sehingga tidak "
    "diekspor, 2 tidak berjalan.",
    "Export all items with their answers: csv, xlsx, jsonl, or parquet. align import reads csv and xlsx back without "
    "loss. Exit codes: 0 all was exported, 1 some content is invalid and was left out, 2 it did not run.",
)


class ExportFormat(StrEnum):
    """Formats of `export`."""

    csv = "csv"
    xlsx = "xlsx"
    jsonl = "jsonl"
    parquet = "parquet"


BINARY = (ExportFormat.xlsx, ExportFormat.parquet)
DELIMITERS = {"koma": ",", "titik-koma": ";", "tab": "\t", ",": ",", ";": ";", "|": "|"}
"""Delimiters as written on the command line."""


def command(
    paths: PathsArgument = None,
    *,
    format_: Annotated[ExportFormat | None, typer.Option("--format", "-f", show_default=False, help=say(
        "Bentuk keluaran. Tanpa ini: menurut akhiran --output, atau csv.",
        "Output format. Without: by the suffix of --output, or csv."))] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", show_default=False, help=say(
        "Tulis ke berkas ini; wajib untuk xlsx dan parquet.",
        "Write to this file; required for xlsx and parquet."))] = None,
    bom: Annotated[bool, typer.Option("--bom", help=say(
        "Awali csv dengan tanda UTF-8 supaya Excel membaca hurufnya dengan benar.",
        "Begin csv with the UTF-8 mark, so that Excel reads its letters right."))] = False,
    delimiter: Annotated[str | None, typer.Option("--delimiter", show_default=False, metavar="TANDA", help=say(
        "Pemisah csv: koma, titik-koma, tab, atau tandanya. Tanpa ini koma; Excel berbahasa Indonesia memakai "
        "titik-koma.", "Delimiter of csv: koma, titik-koma, tab, or the sign itself. Without: comma; Excel in "
        "Indonesian uses the semicolon."))] = None,
    exclude: ExcludeOption = None,
    config: ConfigOption = None,
    no_config: NoConfigOption = False,
    priorities: PrioritiesOption = None,
    calibration: CalibrationOption = None,
    lang: LangOption = DEFAULT_LANG,
) -> None:  # fmt: skip
    """Export items."""
    from alignment_cli import checking
    from alignment_cli.asked import Asked, settings_of
    from alignment_cli.export.columns import UnfitError

    view = view_of(lang, Color.never)
    chosen = _format(format_, output, view)
    _refuse(chosen, output, view, bom=bom, delimiter=delimiter)
    asked = Asked(paths=paths or (), exclude=exclude or (), config=config, no_config=no_config,
                  priorities=priorities, calibration=calibration, no_baseline=True)  # fmt: skip
    settings = settings_of(asked, view)
    found = checking.files_of(asked, settings, view)
    if output is not None:
        _spare(found, output, view)
    reference = reference_for(settings["priorities"], view, settings["calibration"])
    whole = True

    def files() -> Iterator[FileResult]:
        nonlocal whole
        for file in _checked(asked, settings, reference, found, view):
            lost = _lost(file)
            if lost is not None:
                whole = False
                tell(lost, view)
            if _usable(file):
                yield file

    try:
        _write(_parts(chosen, files(), reference, view, delimiter=DELIMITERS[delimiter or ","], bom=bom), output, view)
    except UnfitError as error:
        stop(error.text, view)
    if not whole:
        raise typer.Exit(1)


def _format(given: ExportFormat | None, output: Path | None, view: View) -> ExportFormat:
    """Return the format: as said, else by the output's suffix."""
    from alignment_cli.finding import Text as Words

    if given is not None or output is None:
        return given or ExportFormat.csv
    if (name := output.suffix.lower().removeprefix(".")) not in [known.value for known in ExportFormat]:
        known = ", ".join(ExportFormat)
        stop(Words(f"--output {output}: bentuknya tidak diketahui dari namanya; tambahkan --format. Pilihan: {known}.",
                  f"--output {output}: its name does not tell the format; add --format. Choices: {known}."),
             view)  # fmt: skip
    return ExportFormat(name)


def _refuse(chosen: ExportFormat, output: Path | None, view: View, *, bom: bool, delimiter: str | None) -> None:
    """Leave with 2 where options do not fit together, or what a format needs is missing."""
    from alignment_cli.export import parquet
    from alignment_cli.finding import Text as Words

    if chosen in BINARY and output is None:
        stop(Words(f"--format {chosen} memerlukan --output BERKAS.{chosen}.",
                  f"--format {chosen} needs --output FILE.{chosen}."), view)  # fmt: skip
    for name, given in (("--bom", bom), ("--delimiter", delimiter is not None)):
        if given and chosen is not ExportFormat.csv:
            stop(Words(f"{name} hanya untuk --format csv.", f"{name} is for --format csv only."), view)
    if delimiter is not None and delimiter not in DELIMITERS:
        stop(Words(f'--delimiter "{delimiter}" tidak dikenal. Pilihan: koma, titik-koma, tab, atau , ; |',
                  f'--delimiter "{delimiter}" is not known. Choices: koma, titik-koma, tab, or , ; |'),
             view)  # fmt: skip
    if chosen is ExportFormat.parquet and not parquet.available():
        stop(Words("parquet memerlukan pyarrow, yang belum terpasang. Pasang dengan: python -m pip install pyarrow. "
                  "Tanpa itu, pakai csv, xlsx atau jsonl.",
                  "parquet needs pyarrow, which is not installed. Install it with: python -m pip install pyarrow. "
                  "Without it, use csv, xlsx or jsonl."), view)  # fmt: skip


def _spare(files: Files, output: Path, view: View) -> None:
    """Leave with 2 before a programme file would be written over."""
    from alignment_cli.finding import Text as Words

    if os.path.realpath(output) in {os.path.realpath(path) for path, _ in files if isinstance(path, Path)}:
        stop(Words(f"--output {output}: ini berkas yang diekspor; export tidak menimpanya.",
                  f"--output {output}: this is an exported file; export never writes over it."), view)  # fmt: skip


def _checked(asked: Asked, settings: Settings, reference: Reference, files: Files, view: View) -> Iterator[FileResult]:
    """Yield one checked file after the other. What only the files of a region tell together is not looked for: no more
    than one file is held at a time.
    """
    from alignment_cli import checking
    from alignment_cli.policy import PolicyError
    from alignment_cli.progress import Progress
    from alignment_cli.run import run

    settings.values["min_keselarasan"] = {}
    policy = checking.policy_of(asked, settings, view)
    with Progress(len(files)) as progress:
        for file in files:
            try:
                yield run([file], reference, policy, progress).files[0]
            except PolicyError as error:
                stop(error.text, view)
            except OSError as error:
                unreadable(error, view)


def _usable(file: FileResult) -> bool:
    """Tell whether a file has a sound header; a faulty one is stood in for while the programmes are checked."""
    from alignment_cli.region import regions

    return bool(regions([file]))


def _lost(file: FileResult) -> Text | None:
    """Say what of a file could not be exported, None where all of it could."""
    from alignment_cli.finding import Severity
    from alignment_cli.finding import Text as Words
    from alignment_cli.rules.reference import UNQUOTED

    path = file.loaded.path
    if not _usable(file):
        return Words(f"{path}: tidak diekspor, karena tidak terbaca atau kepalanya (daerah, dokumen, tahun) tidak sah; "
                    f"jalankan align check {path}.",
                    f"{path}: not exported, for it cannot be read or its header (daerah, dokumen, tahun) is not sound; "
                    f"run align check {path}.")  # fmt: skip
    found = [f for f in file.loaded.findings if f.rule.severity is Severity.ERROR and f.rule is not UNQUOTED]
    if not found:
        return None
    return Words(f"{path}: {len(found)} isi tidak sah dan tidak diekspor; jalankan align check {path}.",
                f"{path}: {len(found)} invalid entries were not exported; run align check {path}.")  # fmt: skip


def _parts(
    chosen: ExportFormat, files: Iterator[FileResult], reference: Reference, view: View, *, delimiter: str, bom: bool
) -> Iterator[bytes]:
    """Yield the output, for csv and jsonl file by file."""
    from alignment_cli.export import csv_, lines, parquet, workbook

    if chosen is ExportFormat.csv:
        yield csv_.header(delimiter, bom=bom).encode()
        yield from (csv_.write(file, view.lang, delimiter).encode() for file in files)
    elif chosen is ExportFormat.jsonl:
        yield from (lines.write(file).encode() for file in files)
    elif chosen is ExportFormat.xlsx:
        yield workbook.write(files, view.lang, reference.priorities)
    else:
        yield parquet.write(files, view.lang)


PIECE = 1_000_000
"""Bytes that are copied at a time."""


def _write(parts: Iterable[bytes], output: Path | None, view: View) -> None:
    """Write to stdout as it comes, or to a file as a whole, without holding all of it in memory."""
    from tempfile import TemporaryFile

    from alignment_cli.write import write_atomically

    if output is None:
        for part in parts:
            sys.stdout.write(part.decode())
        return
    with TemporaryFile() as spool:
        for part in parts:
            spool.write(part)
        spool.seek(0)
        try:
            write_atomically(output, iter(lambda: spool.read(PIECE), b""))
        except OSError as error:
            unwritable(output, error, view)
