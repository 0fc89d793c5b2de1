"""`align label`: ask about doubtful items, and write what people decide into the programme files."""

from __future__ import annotations

import sys
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
    view_of,
)

if TYPE_CHECKING:
    from alignment_cli.label.desk import Desk
    from alignment_cli.label.plan import Plan
    from alignment_cli.render import View

HELP = say(
    "Putuskan keselarasan butir yang meragukan, yang paling banyak uangnya lebih dahulu. Setiap keputusan langsung "
    "ditulis ke berkas, komentar dan susunannya tetap; jalankan lagi untuk melanjutkan. Kode keluar: 0 selesai, "
    "1 ada keputusan yang tidak dapat ditulis, 2 tidak dapat dijalankan.",
    "Decide on the alignment of doubtful items, those with the most money first. Each decision is written into the "
    "file at once, comments and layout stay; run it again to go on. Exit codes: 0 done, 1 a decision could not be "
    "written, 2 it could not run.",
)


def command(
    paths: PathsArgument = None,
    *,
    oleh: Annotated[str | None, typer.Option("--oleh", show_default=False, help=say(
        "Siapa yang memutuskan. Tanpa ini: ALIGN_OLEH, atau ditanyakan sekali.",
        "Who decides. Without: ALIGN_OLEH, or asked once."))] = None,
    all_: Annotated[bool, typer.Option("--all", help=say(
        "Juga yang selaras tanpa keputusan dan yang teksnya kurang.",
        "Also what is aligned without a decision, and what has too little text."))] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help=say(
        "Terima tanpa bertanya yang pasti: cukup yakin dan tidak bertentangan.",
        "Accept what is certain without asking: confident enough, and nothing against it."))] = False,
    min_confidence: Annotated[float, typer.Option("--min-confidence", min=0, max=1, help=say(
        "Keyakinan terkecil (0-1) untuk --yes.", "Least confidence (0-1) for --yes."))] = 0.95,
    diff: Annotated[bool, typer.Option("--diff", help=say(
        "Tampilkan perubahan tanpa menulis.", "Show the changes without writing."))] = False,
    exclude: ExcludeOption = None,
    priorities: PrioritiesOption = None,
    calibration: CalibrationOption = None,
    config: ConfigOption = None,
    no_config: NoConfigOption = False,
    lang: LangOption = DEFAULT_LANG,
) -> None:  # fmt: skip
    """Ask for decisions, or take the certain ones."""
    from alignment_cli.asked import Asked
    from alignment_cli.label import work as working
    from alignment_cli.label.ask import Person, Tally
    from alignment_cli.label.desk import Desk
    from alignment_cli.label.queue import queue
    from alignment_cli.label.show import closing

    view = view_of(lang, Color.never)
    asked = Asked(
        paths=paths or (), exclude=exclude or (), no_baseline=True, priorities=priorities, calibration=calibration,
        config=config, no_config=no_config,
    )  # fmt: skip
    day = working.today(view)
    name = working.person(oleh)
    if yes and not name:
        _nobody(view)
    work = working.work(asked, view)
    plans = working.plans(work.result, view, dry=diff)
    before = {shown: plan.document.text for shown, plan in plans.items()}
    groups = queue(work.result.plans, work.reference.priorities, all_=all_ or yes)
    desk = Desk(work.reference, plans, view, err=diff)
    desk.take(groups)
    if yes:
        tally = desk.accept([entry for group in groups for entry in group if entry.sure
                             and entry.confidence >= min_confidence], Person(name, day))  # fmt: skip
    elif groups:
        tally = desk.ask(groups, Person(name or _who(desk, view), day))
    else:
        tally = Tally()
        tell(working.NOTHING, view)
    if diff:
        _show(before, plans)
    desk.write(f"{closing(tally, view.lang)}\n")
    if tally.refused:
        raise typer.Exit(1)


def _nobody(view: View) -> None:
    from alignment_cli.finding import Text as Words

    stop(Words("setiap keputusan mencatat siapa yang memutuskan; tambahkan --oleh NAMA atau isi ALIGN_OLEH.",
               "each decision records who decided; add --oleh NAME or set ALIGN_OLEH."), view)  # fmt: skip


def _who(desk: Desk, view: View) -> str:
    """Ask who decides; leaves with 2 where nobody says."""
    question = say("Siapa yang memutuskan (nama atau perangkat daerah)? ", "Who decides (name or office)? ")
    try:
        name = " ".join(desk.read(question).split())
    except EOFError:
        name = ""
    if not name:
        _nobody(view)
    return name


def _show(before: dict[str, str], plans: dict[str, Plan]) -> None:
    from alignment_cli.patch import unified

    for shown, plan in plans.items():
        sys.stdout.write(unified(before[shown], plan.document.text, shown))
