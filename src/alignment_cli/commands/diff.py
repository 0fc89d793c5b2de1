"""`align diff`: what changed between two plans."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

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
    PrioritiesOption,
    stop,
    tell,
    view_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alignment_cli.asked import Asked
    from alignment_cli.checking import Files
    from alignment_cli.compare.pairing import Pairs
    from alignment_cli.compare.render import Compared
    from alignment_cli.config import Settings
    from alignment_cli.reference import Reference
    from alignment_cli.region import Region
    from alignment_cli.render import View as Manner

HELP = say(
    "Bandingkan dua rencana: dua tahun, dua rancangan, atau dua revisi git.",
    "Compare two plans: two years, two drafts, or two git revisions.",
)
REVISION = "rev:"
"""Begins a name that is a git revision even where a file has that name."""


class DiffFormat(StrEnum):
    """Output formats of `diff`."""

    text = "text"
    md = "md"
    json = "json"
    csv = "csv"


class Side(NamedTuple):
    """One side: what to show for it, what stands before its file names, its files."""

    name: str
    label: str
    files: Files


Sides = tuple[Side, Side]


def command(
    before: Annotated[str, typer.Argument(metavar="A", help=say(
        "Berkas, folder, atau revisi git (main, HEAD~1). rev:NAMA selalu revisi.",
        "File, folder, or git revision (main, HEAD~1). rev:NAME is always a revision."))],
    after: Annotated[str | None, typer.Argument(metavar="B", show_default=False, help=say(
        "Seperti A. Tanpa ini: berkas yang sekarang.", "Like A. Without: the files as they are."))] = None,
    paths: Annotated[list[Path] | None, typer.Argument(metavar="BERKAS", show_default=False, help=say(
        "Berkas atau folder dalam revisi. Tanpa ini: seperti align check.",
        "Files or folders within a revision. Without: as for align check."))] = None,
    *,
    format_: Annotated[DiffFormat, typer.Option("--format", "-f", help=say(
        "Bentuk keluaran; md untuk komentar pull request.",
        "Output format; md for a pull request's comment."))] = DiffFormat.text,
    detail: Annotated[bool, typer.Option("--detail", help=say(
        "Tampilkan semua baris.", "Show all rows."))] = False,
    exit_code: Annotated[bool, typer.Option("--exit-code", help=say(
        "Kode keluar 1 bila keselarasan memburuk.", "Exit code 1 where alignment got worse."))] = False,
    exclude: ExcludeOption = None,
    config: ConfigOption = None,
    no_config: NoConfigOption = False,
    priorities: PrioritiesOption = None,
    calibration: CalibrationOption = None,
    lang: LangOption = DEFAULT_LANG,
    color: ColorOption = Color.auto,
) -> None:  # fmt: skip
    """Compare."""
    from alignment_cli.asked import Asked, settings_of
    from alignment_cli.compare import pairing
    from alignment_cli.options import reference_for

    manner = view_of(lang, color, detail=detail)
    asked = Asked(exclude=exclude or (), config=config, no_config=no_config, priorities=priorities,
                  calibration=calibration, no_baseline=True)  # fmt: skip
    settings = settings_of(asked, manner)
    sides = _sides((before, after), paths or [], asked, settings, manner)
    reference = reference_for(settings["priorities"], manner, settings["calibration"])
    regions = [_regions(side, asked, settings, reference, manner) for side in sides]
    paired = pairing.pair(*regions)
    compared = _compared(paired.pairs, sides, reference)
    sys.stdout.write(_text(format_, compared, paired, sides, manner))
    if exit_code and (paired.gone or any(one.difference.worse for one in compared)):
        raise typer.Exit(1)


def _sides(names: tuple[str, str | None], paths: list[Path], asked: Asked, settings: Settings, manner: Manner) -> Sides:
    """Return both sides with their files; leaves with 2 where there are none."""
    from alignment_cli.compare.revisions import RevisionError
    from alignment_cli.finding import Text

    before, after = names
    named = [Path(name) for name in names if name is not None and _is_path(name)]
    if _is_path(before) and after is None:
        stop(Text(f"sebutkan juga yang kedua: align diff {before} B, atau align diff HEAD {before}.",
                  f"name the second one too: align diff {before} B, or align diff HEAD {before}."), manner)  # fmt: skip
    if len(named) == len(names) and paths:
        listed = ", ".join(str(path) for path in paths)
        stop(Text(f"{listed}: A dan B sudah berkas atau folder; yang ketiga hanya untuk revisi git.",
                  f"{listed}: A and B are files or folders already; a third is for git revisions only."),
             manner)  # fmt: skip
    # Against a file, a revision is read at that very file.
    within = paths or named
    try:
        first = _side(before, within, asked, settings, manner)
        return first, _side(after, within, asked, settings, manner)
    except RevisionError as error:
        stop(error.text, manner)


def _is_path(name: str) -> bool:
    try:
        return not name.startswith(REVISION) and Path(name).exists()
    except OSError:  # Longer than any name of a file.
        return False


def _side(name: str | None, within: list[Path], asked: Asked, settings: Settings, manner: Manner) -> Side:
    from alignment_cli import checking
    from alignment_cli.compare.revisions import files_at
    from alignment_cli.discover import HOME
    from alignment_cli.finding import Text

    if name is None or _is_path(name):
        paths = within if name is None else [Path(name)]
        present = Text("berkas sekarang", "the files as they are").in_(manner.lang)
        shown = present if name is None else name
        return Side(shown, "", checking.files_of(asked._replace(paths=paths), settings, manner))
    revision = name.removeprefix(REVISION)
    root = settings.file.parent if settings.file is not None else Path()
    paths = within or [root / path for path in settings["paths"]] or [HOME]
    return Side(revision, f"{revision}:", list(files_at(revision, paths, settings["exclude"])))


def _regions(side: Side, asked: Asked, settings: Settings, reference: Reference, manner: Manner) -> list[Region]:
    """Check one side and return its plans; leaves with 2 where there is none."""
    from alignment_cli import checking
    from alignment_cli.finding import Text
    from alignment_cli.options import unreadable
    from alignment_cli.plans import unsound
    from alignment_cli.policy import PolicyError
    from alignment_cli.progress import Progress
    from alignment_cli.region import regions
    from alignment_cli.run import run

    policy = checking.policy_of(asked, settings, manner)
    policy.gates = {}
    try:
        with Progress(len(side.files)) as heard:
            result = run(side.files, reference, policy, heard)
    except PolicyError as error:
        stop(error.text, manner)
    except OSError as error:
        unreadable(error, manner)
    found = regions(result.files)
    known = {id(file) for region in found for file in region.files}
    left = [f"{side.label}{file.loaded.path}" for file in result.files
            if id(file) not in known and file.loaded.path != policy.config]  # fmt: skip
    if not found:
        stop(Text(f"{side.name}: tidak ada berkas berkepala sah (daerah, dokumen, tahun); jalankan align check.",
                  f"{side.name}: no file has a sound header (daerah, dokumen, tahun); run align check."),
             manner)  # fmt: skip
    if left:
        listed = ", ".join(left)
        tell(unsound(listed), manner)
    return found


def _compared(pairs: Sequence[tuple[Region, Region]], sides: Sides, reference: Reference) -> list[Compared]:
    from alignment_cli.compare.difference import Difference
    from alignment_cli.compare.render import Compared
    from alignment_cli.compare.views import view
    from alignment_cli.report.figures import Figures

    found = []
    for one, other in pairs:
        difference = Difference(Figures(one, reference), Figures(other, reference))
        name = one.name if one.name == other.name else f"{one.name} → {other.name}"
        made = view(difference, (sides[0].label, sides[1].label))
        found.append(Compared(f"{name} ({sides[0].name} → {sides[1].name})", difference, made))
    return found


def _text(format_: DiffFormat, compared: list[Compared], paired: Pairs, sides: Sides, manner: Manner) -> str:
    from alignment_cli.compare import render
    from alignment_cli.compare.views import Titled, shortened
    from alignment_cli.finding import Text
    from alignment_cli.report.render import Part, renderer

    gone, new = ([region.name for region in regions] for regions in (paired.gone, paired.new))
    if format_ is DiffFormat.json:
        return render.as_json(compared, gone, new, manner)
    notes = [Text(f"Hanya di {side.name}: {', '.join(names)}.", f"Only in {side.name}: {', '.join(names)}.")
             for side, names in zip(sides, (gone, new), strict=True) if names]  # fmt: skip
    if format_ is DiffFormat.md:
        return render.comment(compared, notes, manner)
    brief = format_ is DiffFormat.text and not manner.detail
    parts = [
        Part(Titled(one.difference.after, one.name), [shortened(one.view) if brief else one.view]) for one in compared
    ]
    for note in notes:
        tell(note, manner)
    text = renderer(format_.value)(parts, manner)
    return text if isinstance(text, str) else text.decode()
