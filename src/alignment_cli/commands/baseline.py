"""`align baseline`: put the findings of old files aside, and keep the list of them honest."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from alignment_cli.language import say
from alignment_cli.options import (
    DEFAULT_LANG,
    BaselineOption,
    Color,
    ConfigOption,
    ExcludeOption,
    IgnoreOption,
    LangOption,
    NoConfigOption,
    PathsArgument,
    SelectOption,
    stop,
    tell,
    unwritable,
    view_of,
)

if TYPE_CHECKING:
    from pathlib import Path

    from alignment_cli.baseline import Baseline
    from alignment_cli.finding import Text
    from alignment_cli.render import View

HELP = say(
    "Catat temuan yang ada dalam baseline, sehingga hanya temuan baru yang dihitung. Bila baseline sudah ada: laporkan "
    "isi yang tak terpakai dan temuan baru (kode keluar 1), tanpa mengubahnya.",
    "Record present findings in the baseline, so that only new ones count. Where there is a baseline: report entries "
    "that match nothing and new findings (exit code 1), changing nothing.",
)


def command(
    paths: PathsArgument = None,
    *,
    prune: Annotated[bool, typer.Option("--prune", help=say(
        "Hapus isi yang tak terpakai; tidak menambah.", "Remove entries that match nothing; never adds."))] = False,
    accept_new: Annotated[bool, typer.Option("--accept-new", help=say(
        "Tambahkan temuan baru.", "Add new findings."))] = False,
    reason: Annotated[str, typer.Option("--reason", help=say("Alasan untuk isi baru.", "Reason of new entries."))] = "",
    owner: Annotated[str, typer.Option("--owner", help=say("Penanggung jawabnya.", "Owner of new entries."))] = "",
    until: Annotated[str, typer.Option("--until", metavar="TTTT-BB-HH", help=say(
        "Hari terakhir berlakunya isi baru.", "Last day on which new entries hold."))] = "",
    diff: Annotated[bool, typer.Option("--diff", help=say(
        "Tampilkan perubahan tanpa menulis.", "Show the change without writing."))] = False,
    select: SelectOption = None,
    ignore: IgnoreOption = None,
    baseline: BaselineOption = None,
    exclude: ExcludeOption = None,
    config: ConfigOption = None,
    no_config: NoConfigOption = False,
    lang: LangOption = DEFAULT_LANG,
) -> None:  # fmt: skip
    """Record findings, or report on what is recorded."""
    from alignment_cli import baseline as base
    from alignment_cli import checking
    from alignment_cli.asked import Asked, settings_of
    from alignment_cli.finding import Text
    from alignment_cli.patch import unified

    view = view_of(lang, Color.never)
    if not base.is_date(until):
        stop(Text(f'--until: "{until}" bukan tanggal; tulis TTTT-BB-HH, mis. 2027-03-31.',
                  f'--until: "{until}" is no date; write YYYY-MM-DD, e.g. 2027-03-31.'), view)  # fmt: skip
    asked = Asked(
        paths=paths or (), select=select or (), ignore=ignore or (), exclude=exclude or (), baseline=baseline,
        config=config, no_config=no_config,
    )  # fmt: skip
    settings = settings_of(asked, view)
    path = checking.baseline_path(settings)
    if not path.exists():
        settings.values["baseline"] = None
    result, _, policy = checking.checked(asked, settings, view)
    before = policy.baseline
    files = [file for file in result.files if file.loaded.path not in (path.as_posix(), policy.config)]
    new = sum(len(file.findings) for file in files)
    idle = [] if before is None else base.stale(before, [file.loaded.path for file in files], policy.codes)
    old = "" if before is None else before.document.text
    text = base.pruned(before, idle) if before is not None and prune else old or base.HEAD
    if before is None or accept_new:
        text = base.with_entries(text, base.entries_text(files, path, reason, owner, until), path)
    if before is not None and not (prune or accept_new):
        tell(_state(path, new, len(idle)), view)
        raise typer.Exit(1 if new or idle else 0)
    if diff:
        sys.stdout.write(unified(old, text, path.as_posix()))
        return
    _write(text, before, path, view)
    tell(_done(path, new if before is None or accept_new else 0, len(idle) if prune else 0), view)


def _write(text: str, before: Baseline | None, path: Path, view: View) -> None:
    from alignment_cli.edit import encode
    from alignment_cli.write import ChangedError, write_atomically, write_if_unchanged

    try:
        if before is None:
            write_atomically(path, text.encode())
        else:
            write_if_unchanged(path, encode(text, before.raw), before.raw)
    except ChangedError as error:
        stop(error.text, view)
    except OSError as error:
        unwritable(path, error, view)


def _state(path: Path, new: int, idle: int) -> Text:
    from alignment_cli.finding import Text

    if not new and not idle:
        return Text(f"{path} cocok dengan keadaan sekarang.", f"{path} fits the present state.")
    return Text(
        f"{path}: {new} temuan baru (catat dengan --accept-new), {idle} isi tak terpakai (hapus dengan --prune). "
        "Tidak ada yang ditulis.",
        f"{path}: {new} new finding(s) (record with --accept-new), {idle} entries that match nothing (remove with "
        "--prune). Nothing was written.",
    )


def _done(path: Path, new: int, idle: int) -> Text:
    from alignment_cli.finding import Text

    return Text(
        f"{path} ditulis: {new} temuan dicatat, {idle} isi dihapus. Isi reason, owner dan until, lalu simpan di git.",
        f"{path} was written: {new} finding(s) recorded, {idle} removed. Fill in reason, owner and until, and keep it "
        "in git.",
    )
