"""From what the user named to the files to check."""

from __future__ import annotations

import os
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from alignment_cli.baseline import FILE as BASELINE
from alignment_cli.finding import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HOME = Path("data", "programs")
"""Where a project keeps its programme files."""
SUFFIXES = (".yaml", ".yml")


class NothingToCheckError(Exception):
    """The check cannot run. `text` says why and what to do, in both languages."""

    def __init__(self, text: Text, *, empty: bool = False) -> None:
        """`empty` tells that all that was named exists and only holds no file to check."""
        super().__init__(text.en)
        self.text, self.empty = text, empty


def find(paths: Sequence[Path], example: Path, exclude: Sequence[str] = ()) -> tuple[list[tuple[Path, str]], bool]:
    """Return (file, name to show) for every file, sorted within a folder, each once; and whether the shipped
    example stands in because nothing was named and the current folder has no `data/programs`. Hidden files in folders,
    baselines, and files whose name fits a pattern of `exclude` are left out; a file that is named itself is not.

    Raises `NothingToCheckError` for a path that is missing, that is no ordinary file, a folder without YAML files, or a
    link in a folder that leads out of the repository; OSError for a folder that cannot be looked through.
    """
    if not paths:
        if HOME.is_dir():
            return find([HOME], example, exclude)
        return [(example, f"{example.parent.parent.name}/{example.parent.name}/{example.name}")], True
    found: dict[Path, tuple[Path, str]] = {}
    for path in paths:
        for file in _files(path, exclude):
            found.setdefault(file.resolve(), (file, file.as_posix()))
    return list(found.values()), False


def _files(path: Path, exclude: Sequence[str]) -> list[Path]:
    if path.is_dir():
        files = sorted(
            file
            for file in _below(path)
            if file.suffix.lower() in SUFFIXES
            and file.name != BASELINE
            and not any(fnmatch(file.as_posix(), pattern) for pattern in exclude)
            and os.path.isfile(file)  # noqa: PTH113 - False also for links in a circle
        )
        if not files:
            raise NothingToCheckError(Text(
                f"tidak ada berkas .yaml di folder {path}. Sebut berkas atau folder yang berisi berkas program.",
                f"there is no .yaml file in the folder {path}. Name a file, or a folder that holds programme files.",
            ), empty=True)  # fmt: skip
        _keep_inside(files, path)
        return files
    if not path.exists():
        raise NothingToCheckError(Text(
            f"{path} tidak ditemukan. Periksa ejaan dan folder tempat perintah dijalankan.",
            f"{path} was not found. Check the spelling and the folder that the command runs in.",
        ))  # fmt: skip
    if not path.is_file():
        raise NothingToCheckError(Text(
            f"{path} bukan berkas biasa, sehingga tidak dibaca.", f"{path} is no ordinary file, so it is not read."
        ))  # fmt: skip
    return [path]


def _below(path: Path) -> Iterator[Path]:
    """Yield what is in a folder and below, without hidden files and folders. Linked folders are not entered. Raises
    OSError for a folder that cannot be looked through: what is in it would be left out without a word.
    """
    for folder, folders, names in os.walk(path, onerror=_fail):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(folder, name) for name in names if not name.startswith("."))


def _fail(error: OSError) -> NoReturn:
    raise error


def _keep_inside(files: list[Path], path: Path) -> None:
    """Raise for a link that leads out of the repository, or, where there is none, out of the current folder or the one
    that is checked: whoever adds a file to a plan is not to choose what is read and quoted from elsewhere.
    """
    inside = path.resolve()
    chain, here = [inside, *inside.parents], Path.cwd()
    root = next((folder for folder in chain if (folder / ".git").exists()), here if here in chain else inside)
    for file in files:
        if file.is_symlink() and not file.resolve().is_relative_to(root):
            raise NothingToCheckError(Text(
                f"{file} adalah tautan ke luar {root.name or root}, sehingga tidak dibaca. Sebut berkasnya sendiri "
                "bila memang dimaksud, atau lewati dengan --exclude.",
                f"{file} is a link that leads out of {root.name or root}, so it is not read. Name the file itself "
                "where it is meant, or skip it with --exclude.",
            ))  # fmt: skip
