"""From what the user named to the files to check."""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING

from alignment_cli.baseline import FILE as BASELINE
from alignment_cli.finding import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

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

    Raises `NothingToCheckError` for a path that is missing, that is no ordinary file, or a folder without YAML files.
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
            for file in path.rglob("*")
            if file.suffix.lower() in SUFFIXES
            and file.is_file()
            and not any(part.startswith(".") for part in file.relative_to(path).parts)
            and file.name != BASELINE
            and not any(fnmatch(file.as_posix(), pattern) for pattern in exclude)
        )
        if not files:
            raise NothingToCheckError(Text(
                f"tidak ada berkas .yaml di folder {path}. Sebut berkas atau folder yang berisi berkas program.",
                f"there is no .yaml file in the folder {path}. Name a file, or a folder that holds programme files.",
            ), empty=True)  # fmt: skip
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
