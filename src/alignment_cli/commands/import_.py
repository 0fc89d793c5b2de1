"""`align import`: from a spreadsheet to a programme file."""

from __future__ import annotations

import os
import sys
from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from alignment_cli.language import say
from alignment_cli.options import DEFAULT_LANG, Color, LangOption, stop, tell, unreadable, unwritable, view_of

if TYPE_CHECKING:
    from alignment_cli.render import View
    from alignment_cli.sheet.importer import Outcome
    from alignment_cli.sheet.mapping import Map
    from alignment_cli.sheet.region import Wish
    from alignment_cli.sheet.tables import Table

HELP = say(
    "Ubah lembar kerja (.xlsx, .xls, .ods, .csv; unduhan SIPD, Renja, RKPD, RKA, DPA) menjadi berkas program. Pagu "
    "dijumlah sebelum dan sesudah; bila berbeda atau ada sel yang rancu, tidak ada yang ditulis. Kode keluar: "
    "0 ditulis, 1 ada masalah dalam lembar, 2 tidak dapat dijalankan.",
    "Turn a spreadsheet (.xlsx, .xls, .ods, .csv; exports of SIPD, Renja, RKPD, RKA, DPA) into a programme file. "
    "Ceilings are added up before and after; if they differ, or a cell is in doubt, nothing is written. Exit codes: "
    "0 written, 1 problems in the sheet, 2 it could not run.",
)
TIERS, DOCUMENTS = ("provinsi", "kabupaten", "kota"), ("RPJMD", "Renstra", "RKPD", "Renja", "KUA-PPAS", "RAPBD", "APBD")


def command(
    file: Annotated[Path, typer.Argument(help=say("Lembar kerja.", "The spreadsheet."), show_default=False)],
    *,
    output: Annotated[Path | None, typer.Option("--output", "-o", show_default=False, help=say(
        "Berkas program yang ditulis. Tanpa ini: stdout.", "The programme file to write. Without: stdout."))] = None,
    sheet: Annotated[list[str] | None, typer.Option("--sheet", show_default=False, help=say(
        "Hanya lembar ini; dapat berulang.", "Only this sheet; can be repeated."))] = None,
    daerah: Annotated[str, typer.Option("--daerah", show_default=False, help=say(
        'Nama daerah, mis. "Kabupaten Solok Selatan".', 'The region, e.g. "Kabupaten Solok Selatan".'))] = "",
    tingkat: Annotated[str, typer.Option("--tingkat", show_default=False, help=say(
        "provinsi, kabupaten, kota; biasanya dari nama.", "provinsi, kabupaten, kota; usually from the name."))] = "",
    dokumen: Annotated[str, typer.Option("--dokumen", show_default=False, help=", ".join(DOCUMENTS))] = "",
    tahun: Annotated[int | None, typer.Option("--tahun", min=2000, max=2100, show_default=False, help=say(
        "Tahun rencana; memilih kolom bila lembar memuat beberapa tahun.",
        "Year of the plan; chooses columns where the sheet has several years."))] = None,
    kode_daerah: Annotated[str, typer.Option("--kode-daerah", show_default=False, help=say(
        'Kode wilayah, mis. "13.11".', 'Code of the region, e.g. "13.11".'))] = "",
    perangkat_daerah: Annotated[str, typer.Option("--perangkat-daerah", show_default=False, help=say(
        "Perangkat daerah, bila lembar tidak menyebutnya.", "The office, where the sheet names none."))] = "",
    map_: Annotated[Path | None, typer.Option("--map", show_default=False, help=say(
        "Peta kolom yang tersimpan.", "A saved map of columns."))] = None,
    save_map: Annotated[Path | None, typer.Option("--save-map", show_default=False, help=say(
        "Simpan peta kolom ke berkas ini.", "Save the map of columns in this file."))] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help=say("Jangan bertanya.", "Do not ask."))] = False,
    report: Annotated[Path | None, typer.Option("--report", show_default=False, help=say(
        "Tulis laporan lengkap sebagai CSV.", "Write the full report as CSV."))] = None,
    force: Annotated[bool, typer.Option("--force", help=say(
        "Ganti berkas yang sudah ada; perbedaannya ditampilkan.",
        "Replace a file that exists; shows the difference."))] = False,
    diff: Annotated[bool, typer.Option("--diff", help=say(
        "Tampilkan perbedaan dengan berkas yang ada; tidak menulis.",
        "Show the difference to the existing file; do not write."))] = False,
    lang: LangOption = DEFAULT_LANG,
) -> None:  # fmt: skip
    """Import a spreadsheet."""
    from alignment_cli.asked import Asked, settings_of
    from alignment_cli.sheet.region import Wish

    view = view_of(lang, Color.never)
    settings_of(Asked(), view)  # for the limits
    _check_options(tingkat, dokumen, output, diff=diff, view=view)
    if output is not None and os.path.lexists(output) and not force and not diff:
        _exists(output, view)
    wish = Wish(daerah, tingkat, dokumen, tahun, kode_daerah, perangkat_daerah)
    mapped = _map(map_, view)
    outcome = _import(file, wish, view, names=sheet or [], mapped=mapped, save_map=save_map, yes=yes)
    if report is not None:
        _put(report, "\ufeff" + outcome.report.as_csv(view.lang), view)
    if outcome.report.blocked:
        if lang.value == "en":
            typer.echo("align: nothing was written. Correct the cells above in the sheet and import again.", err=True)
        else:
            typer.echo(
                "align: tidak ada yang ditulis. Perbaiki sel di atas dalam lembarnya, lalu impor lagi.", err=True
            )
        raise typer.Exit(1)
    _write(outcome.text, output, view, diff=diff)


def _check_options(tingkat: str, dokumen: str, output: Path | None, *, diff: bool, view: View) -> None:
    from alignment_cli.finding import Text as Words

    for name, value, choices in (("--tingkat", tingkat, TIERS), ("--dokumen", dokumen, DOCUMENTS)):
        if value and value not in choices:
            stop(Words(f'{name} "{value}" tidak dikenal. Pilihan: {", ".join(choices)}.',
                      f'{name} "{value}" is not known. Choices: {", ".join(choices)}.'), view)  # fmt: skip
    if diff and output is None:
        stop(Words("--diff perlu -o BERKAS untuk dibandingkan.", "--diff needs -o FILE to compare with."), view)


def _exists(output: Path, view: View) -> NoReturn:
    from alignment_cli.finding import Text as Words

    stop(Words(
        f"{output} sudah ada dan tidak diganti. Lihat perbedaannya dengan --diff, atau ganti dengan --force.",
        f"{output} exists and is not replaced. See the difference with --diff, or replace it with --force.",
    ), view)  # fmt: skip


def _map(path: Path | None, view: View) -> Map | None:
    from alignment_cli.sheet.grid import SheetError

    if path is None:
        return None
    from alignment_cli.sheet import mapping

    try:
        return mapping.read(path)
    except SheetError as error:
        stop(error.text, view)
    except OSError as error:
        unreadable(error, view)


def _import(
    file: Path,
    wish: Wish,
    view: View,
    *,
    names: list[str],
    mapped: Map | None,
    save_map: Path | None,
    yes: bool,
) -> Outcome:
    """Read, recognise, ask where someone is there to answer, and import."""
    from alignment_cli.finding import Text as Words
    from alignment_cli.index.store import data_dir, open_index
    from alignment_cli.nomenclature import Nomenclature
    from alignment_cli.sheet import ask, exported, importer, tables, titles
    from alignment_cli.sheet.grid import SheetError
    from alignment_cli.sheet.mapping import render
    from alignment_cli.sheet.read import open_book

    try:
        book = open_book(file)
        if mapped is None and (written := exported.find(book, names)):
            return _told(file, exported.read(written, wish), view)
        grids = tables.choose(book, names)
        found = tables.tables(grids, titles.load(data_dir() / "impor" / "kolom.yaml"), wish.tahun, mapped)
    except SheetError as error:
        stop(Words(f"{file}: {error.text.id}", f"{file}: {error.text.en}"), view)
    except OSError as error:
        unreadable(error, view)
    book.notes += tables.skipped(book, grids, found)
    if not found:
        unknown = tables.unrecognised(grids).text
        stop(Words(f"{file}: {unknown.id}", f"{file}: {unknown.en}"), view)
    asking = not yes and mapped is None and sys.stdin.isatty() and sys.stdout.isatty()
    if save_map is not None and not asking:
        _put(save_map, render([table.layout for table in found]), view)
    if not asking:
        _be_certain(found, view, yes=yes)
    worker = importer.Importer(file.name, Nomenclature(open_index()), _completed(wish, found, view))
    if not asking:
        outcome = worker.run(book, found)
    else:
        agreed = ask.agree(found, lambda: worker.run(book, found), view.lang, input, _say)
        if agreed is None:
            stop(Words("dibatalkan; tidak ada yang ditulis.", "cancelled; nothing was written."), view)
        outcome = agreed
        if save_map is not None:
            _put(save_map, render([table.layout for table in found]), view)
    return _told(file, outcome, view)


def _told(file: Path, outcome: Outcome, view: View) -> Outcome:
    """Say what an import found."""
    _say(f"align import: {file.name}\n{outcome.report.summary(view.lang)}")
    return outcome


def _say(text: str) -> None:
    typer.echo(text, err=True, nl=False)


def _put(path: Path, text: str, view: View) -> None:
    """Write a report or a map."""
    from alignment_cli.write import write_atomically

    try:
        write_atomically(path, text.encode("utf-8", "replace"))
    except OSError as error:
        unwritable(path, error, view)


def _be_certain(found: list[Table], view: View, *, yes: bool) -> None:
    """Leave with 2 when a column is in doubt."""
    from alignment_cli.finding import Text as Words
    from alignment_cli.sheet.tables import unclear

    for table in found:
        doubts = unclear(table.layout, yes=yes)
        if doubts:
            name, id_, en = table.layout.grid.name, *("; ".join(texts) for texts in zip(*doubts, strict=True))
            stop(Words(
                f"lembar {name}: {id_}. Simpan peta kolom dengan --save-map PETA.yaml, betulkan isinya, lalu jalankan "
                "lagi dengan --map PETA.yaml.",
                f"sheet {name}: {en}. Save the map of columns with --save-map MAP.yaml, correct it, and run again with "
                "--map MAP.yaml.",
            ), view)  # fmt: skip


def _completed(wish: Wish, found: list[Table], view: View) -> Wish:
    """Return the wish with what the sheets say; leaves with 2 when something is missing."""
    from alignment_cli.finding import Text as Words
    from alignment_cli.sheet import region

    year = region.year_of(table.layout for table in found)
    full = region.completed(wish, [table.said for table in found], year)
    missing = ", ".join(f"--{name}" for name in region.NEEDED if not getattr(full, name))
    if missing:
        stop(Words(f"lembar ini tidak menyebut semuanya; tambahkan {missing}.",
                   f"the sheet does not tell all; add {missing}."), view)  # fmt: skip
    return full


def _write(text: str, output: Path | None, view: View, *, diff: bool) -> None:
    from alignment_cli.finding import Text as Words
    from alignment_cli.sheet.write_yaml import difference_of
    from alignment_cli.source import read_bytes
    from alignment_cli.write import write_atomically

    if output is None:
        sys.stdout.write(text)
        return
    try:
        before = read_bytes(output).decode("utf-8", "replace") if os.path.lexists(output) else ""
        difference = difference_of(before, text, str(output)) if before else ""
        if diff:
            sys.stdout.write(difference)
            return
        if difference:
            typer.echo(difference, err=True, nl=False)
        write_atomically(output, text.encode("utf-8"))
    except OSError as error:
        unwritable(output, error, view)
    tell(Words(f"{output} ditulis.", f"{output} was written."), view)
