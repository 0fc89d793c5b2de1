"""`align fix`: repair what leaves nothing to guess."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from alignment_cli.language import say
from alignment_cli.options import (
    DEFAULT_LANG,
    Color,
    ConfigOption,
    ExcludeOption,
    IgnoreOption,
    LangOption,
    NoConfigOption,
    PrioritiesOption,
    SelectOption,
    reference_for,
    stop,
    tell,
    view_of,
)

if TYPE_CHECKING:
    from alignment_cli.asked import Asked
    from alignment_cli.config import Settings
    from alignment_cli.finding import Lang
    from alignment_cli.fix.engine import Fixed
    from alignment_cli.render import View

HELP = say(
    "Perbaiki yang tidak menyisakan tebakan: kode tanpa kutip, salah ketik kunci dan pilihan, pagu dengan Rp atau "
    "titik, ejaan nama resmi, bentuk tujuan. Komentar dan susunan berkas tetap. "
    "Kode keluar: 0 selesai, 1 ada yang akan diubah (--diff), 2 ada berkas yang tidak dapat diperbaiki.",
    "Repair what leaves nothing to guess: codes without quotes, misspelt keys and choices, ceilings with Rp or dots, "
    "the spelling of official names, the form of goals. Comments and layout stay. "
    "Exit codes: 0 done, 1 something would be changed (--diff), 2 a file could not be repaired.",
)


def command(
    paths: Annotated[list[Path] | None, typer.Argument(show_default=False, help=say(
        "Berkas atau folder. Tanpa ini: data/programs.", "Files or folders. Without: data/programs."))] = None,
    *,
    diff: Annotated[bool, typer.Option("--diff", help=say(
        "Tampilkan perubahan tanpa menulis.", "Show the changes without writing."))] = False,
    select: SelectOption = None,
    ignore: IgnoreOption = None,
    exclude: ExcludeOption = None,
    priorities: PrioritiesOption = None,
    config: ConfigOption = None,
    no_config: NoConfigOption = False,
    lang: LangOption = DEFAULT_LANG,
) -> None:  # fmt: skip
    """Repair programme files."""
    from alignment_cli import checking
    from alignment_cli.asked import Asked, settings_of
    from alignment_cli.fix.engine import fix
    from alignment_cli.patch import unified

    view = view_of(lang, Color.never)
    asked = Asked(
        paths=paths or (), select=select or (), ignore=ignore or (), exclude=exclude or (), no_baseline=True,
        priorities=priorities, config=config, no_config=no_config,
    )  # fmt: skip
    settings = settings_of(asked, view)
    policy = checking.policy_of(asked, settings, view)
    policy.gates = {}
    reference = reference_for(settings["priorities"], view, settings["calibration"])
    files, repairs, trouble = 0, 0, False
    for path, shown in _files(asked, settings, view):
        raw = _read(path, shown, view)
        fixed = None if raw is None else fix(raw, shown, reference, policy)
        if raw is None or fixed is None:
            trouble = True
            continue
        if diff:
            sys.stdout.write(unified(fixed.before, fixed.text, shown))
        elif fixed.text != fixed.before and not _write(path, fixed, raw, view):
            trouble = True
            continue
        else:
            sys.stdout.write(_list(fixed, shown))
        if fixed.trouble is not None:
            tell(fixed.trouble, view)
            trouble = True
        files, repairs = files + bool(fixed.done), repairs + len(fixed.done)
    typer.echo(_sum(repairs, files, view.lang, diff=diff), err=diff)
    if trouble or (diff and repairs):
        raise typer.Exit(2 if trouble else 1)


def _files(asked: Asked, settings: Settings, view: View) -> list[tuple[Path, str]]:
    """Return the files to repair: never stdin, nor the example that comes with align."""
    from alignment_cli import checking
    from alignment_cli.discover import HOME
    from alignment_cli.finding import Text

    named = list(asked.paths) or settings["paths"]
    if not named and not HOME.is_dir():
        stop(Text(f"tidak ada {HOME.as_posix()} di folder ini. Sebut berkas atau folder yang akan diperbaiki.",
                  f"there is no {HOME.as_posix()} here. Name the files or folders to repair."), view)  # fmt: skip
    if [str(path) for path in asked.paths] == [checking.STDIN]:
        stop(Text("fix menulis berkas dan tidak membaca stdin. Sebut berkasnya.",
                  "fix writes files and does not read stdin. Name the file."), view)  # fmt: skip
    return [(path, shown) for path, shown in checking.files_of(asked, settings, view) if isinstance(path, Path)]


def _read(path: Path, shown: str, view: View) -> bytes | None:
    """Return the bytes of a file, of one that is too large only so many as tell; None after saying why not."""
    from alignment_cli.finding import Text
    from alignment_cli.source import read_bytes

    try:
        return read_bytes(path)
    except OSError as error:
        cause = error.strerror or str(error)
        tell(Text(f"{shown} tidak dapat dibaca: {cause}.", f"{shown} cannot be read: {cause}."), view)
        return None


def _write(path: Path, fixed: Fixed, raw: bytes, view: View) -> bool:
    """Write the repaired text; False after saying why not."""
    from alignment_cli.edit import encode
    from alignment_cli.finding import Text
    from alignment_cli.write import ChangedError, write_if_unchanged

    try:
        write_if_unchanged(path, encode(fixed.text, raw), raw)
    except ChangedError as error:
        tell(error.text, view)
    except OSError as error:
        cause = error.strerror or str(error)
        tell(Text(f"{path} tidak dapat ditulis: {cause}.", f"{path} cannot be written: {cause}."), view)
    else:
        return True
    return False


def _list(fixed: Fixed, shown: str) -> str:
    """Return one line for each repair, in the order of the file."""
    done = sorted(fixed.done, key=lambda one: one.line)
    return "".join(f"{shown}:{one.line}: {one.code} {_safe(one.old)} -> {_safe(one.new)}\n" for one in done)


def _safe(text: str) -> str:
    return "".join(character if character.isprintable() else " " for character in text)


def _sum(repairs: int, files: int, lang: Lang, *, diff: bool) -> str:
    from alignment_cli.finding import Text

    if not repairs:
        text = Text("Tidak ada yang dapat diperbaiki sendiri.", "Nothing that can be repaired automatically.")
    elif diff:
        text = Text(f"Akan diperbaiki: {repairs} tempat dalam {files} berkas.",
                    f"Would be repaired: {repairs} place(s) in {files} file(s).")  # fmt: skip
    else:
        text = Text(f"Diperbaiki: {repairs} tempat dalam {files} berkas.",
                    f"Repaired: {repairs} place(s) in {files} file(s).")  # fmt: skip
    return text.in_(lang)
