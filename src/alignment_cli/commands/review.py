"""`align review`: decisions by spreadsheet, out and back."""

from __future__ import annotations

import re
import sys
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
    stop,
    tell,
    unreadable,
    unwritable,
    view_of,
)

if TYPE_CHECKING:
    from alignment_cli.finding import Lang
    from alignment_cli.render import View
    from alignment_cli.review.apply import Applied
    from alignment_cli.review.rows import Problem, Sheet

HELP = say(
    "Tinjau keselarasan dengan lembar kerja: export membuat .xlsx untuk diisi, import menulis keputusannya ke berkas "
    "program.",
    "Review alignments with a spreadsheet: export makes an .xlsx to fill in, import writes its decisions into the "
    "programme files.",
)
FILE = Path("tinjau.xlsx")


def group() -> typer.Typer:
    """Return the sub-commands."""
    program = typer.Typer(no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False)
    program.command("export", help=say(
        "Buat lembar kerja dengan butir yang menunggu keputusan: daftar pilihan, bukti, warna. Kode keluar: 0 selesai, "
        "2 tidak dapat dijalankan.",
        "Make a spreadsheet of the items that wait for a decision: drop-down lists, evidence, colours. Exit codes: "
        "0 done, 2 it could not run."))(export)  # fmt: skip
    program.command("import", help=say(
        "Tulis keputusan dari lembar kerja ke berkas program; yang tidak dapat ditulis dilaporkan sel demi sel. Kode "
        "keluar: 0 semua tertulis, 1 ada yang tidak dapat ditulis, 2 lembar tidak terbaca.",
        "Write the decisions of a spreadsheet into the programme files; what cannot be written is reported cell by "
        "cell. Exit codes: 0 all written, 1 something could not be written, 2 the sheet cannot be read.",
    ))(import_)  # fmt: skip
    return program


def export(
    paths: PathsArgument = None,
    *,
    output: Annotated[Path, typer.Option("--output", "-o", help=say(
        "Lembar kerja yang ditulis; yang sudah ada tidak ditimpa.",
        "The spreadsheet to write; one that exists is not replaced."))] = FILE,
    all_: Annotated[bool, typer.Option("--all", help=say(
        "Juga yang selaras tanpa keputusan dan yang teksnya kurang.",
        "Also what is aligned without a decision, and what has too little text."))] = False,
    exclude: ExcludeOption = None,
    priorities: PrioritiesOption = None,
    calibration: CalibrationOption = None,
    config: ConfigOption = None,
    no_config: NoConfigOption = False,
    lang: LangOption = DEFAULT_LANG,
) -> None:  # fmt: skip
    """Make the spreadsheet."""
    from alignment_cli.asked import Asked
    from alignment_cli.finding import Text as Words
    from alignment_cli.label import work as working
    from alignment_cli.label.queue import queue
    from alignment_cli.review.workbook import render
    from alignment_cli.write import write_atomically

    view = view_of(lang, Color.never)
    if _is_there(output, view):
        stop(Words(f"{output} sudah ada dan mungkin memuat keputusan, sehingga tidak ditimpa. Pilih nama lain (-o).",
                   f"{output} exists and may hold decisions, so it is not replaced. Choose another name (-o)."),
             view)  # fmt: skip
    if output.suffix.lower() != ".xlsx":
        stop(Words(f"-o {output}: nama lembar kerja harus berakhiran .xlsx.",
                   f"-o {output}: the name of the spreadsheet must end in .xlsx."), view)  # fmt: skip
    asked = Asked(
        paths=paths or (), exclude=exclude or (), no_baseline=True, priorities=priorities, calibration=calibration,
        config=config, no_config=no_config,
    )  # fmt: skip
    work = working.work(asked, view)
    goals = work.reference.priorities
    plans = working.plans(work.result, view, dry=True)
    groups = queue(work.result.plans, goals, all_=all_)
    if not groups:
        tell(working.NOTHING, view)
        return
    content = render(groups, plans, goals, view.lang)
    try:
        write_atomically(output, content)
    except OSError as error:
        unwritable(output, error, view)
    count = sum(map(len, groups))
    tell(Words(f"{output} ditulis: {count} butir. Setelah diisi: align review import {output}",
               f"{output} was written: {count} items. When it is filled in: align review import {output}"),
         view)  # fmt: skip


def _is_there(output: Path, view: View) -> bool:
    """Tell whether there is a file of this name already. Leaves with 2 for a name that cannot be one."""
    try:
        return output.exists()
    except OSError as error:
        unwritable(output, error, view)


def import_(
    sheet: Annotated[Path, typer.Argument(show_default=False, metavar="LEMBAR", help=say(
        "Lembar kerja yang sudah diisi.", "The spreadsheet that was filled in."))],
    *,
    oleh: Annotated[str | None, typer.Option("--oleh", show_default=False, help=say(
        "Siapa yang memutuskan, untuk baris tanpa Oleh. Tanpa ini: ALIGN_OLEH.",
        "Who decides, for rows without By. Without: ALIGN_OLEH."))] = None,
    diff: Annotated[bool, typer.Option("--diff", help=say(
        "Tampilkan perubahan tanpa menulis.", "Show the changes without writing."))] = False,
    priorities: PrioritiesOption = None,
    config: ConfigOption = None,
    no_config: NoConfigOption = False,
    lang: LangOption = DEFAULT_LANG,
) -> None:  # fmt: skip
    """Write the decisions of a spreadsheet."""
    from alignment_cli.asked import Asked
    from alignment_cli.finding import Text as Words
    from alignment_cli.label import work as working
    from alignment_cli.label.ask import Person
    from alignment_cli.patch import unified
    from alignment_cli.review.apply import Import
    from alignment_cli.review.read import read_sheet
    from alignment_cli.sheet.grid import SheetError

    view = view_of(lang, Color.never)
    person = Person(working.person(oleh), working.today(view))
    asked = Asked(no_baseline=True, priorities=priorities, config=config, no_config=no_config)
    goals = working.reference_of(asked, view).priorities
    try:
        read = read_sheet(sheet, goals)
    except SheetError as error:
        stop(Words(f"{sheet}: {error.text.id}", f"{sheet}: {error.text.en}"), view)
    except OSError as error:
        unreadable(error, view)
    importing = Import(goals, person, dry=diff)
    done = importing.run(read.rows)
    if diff:
        for name, plan in importing.plans.items():
            sys.stdout.write(unified(importing.before[name], plan.document.text, name))
    problems = read.problems + done.problems
    for problem in problems:
        typer.echo(_line(problem, sheet, view.lang), err=diff)
    typer.echo(_sum(read, done, problems, view.lang), err=diff)
    if any(problem.lost for problem in problems):
        raise typer.Exit(1)


def _line(problem: Problem, sheet: Path, lang: Lang) -> str:
    from alignment_cli.render.concise import one_line

    return one_line(f"{sheet}: {problem.where}: {problem.why.in_(lang)}")


def _sum(read: Sheet, done: Applied, problems: list[Problem], lang: Lang) -> str:
    """Return what became of all rows, in one sentence."""
    from alignment_cli.finding import Text as Words

    lost = len({re.sub(r".*\D", "", problem.where) for problem in problems if problem.lost})
    return Words(
        f"Ditulis: {len(done.applied)}; tidak berubah: {done.unchanged}; dilewati: {read.skipped}; "
        f"belum diputuskan: {read.empty}; baris yang tidak dapat ditulis: {lost}.",
        f"Written: {len(done.applied)}; unchanged: {done.unchanged}; skipped: {read.skipped}; "
        f"not decided: {read.empty}; rows that could not be written: {lost}.",
    ).in_(lang)
