"""Which lines a git change touches (`--changed REF`)."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING

from alignment_cli.finding import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

_HUNK = re.compile(rb"^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@", re.MULTILINE)

Lines = frozenset[int] | None
"""Line numbers (1-based) of a file that changed; None: the whole file is new."""


class ChangesError(Exception):
    """Git cannot tell what changed; `text` says why in both languages."""

    def __init__(self, id_: str, en: str) -> None:
        super().__init__(en)
        self.text = Text(id_, en)


def changed(files: Iterable[Path], ref: str) -> dict[Path, Lines]:
    """Return the files that differ from where `ref` and the present branch parted, each with its changed lines; a line
    that was removed counts as a change of its neighbours. Files that git does not track are new.

    Raises `ChangesError`.
    """
    found: dict[Path, Lines] = {}
    bases: dict[Path, str] = {}
    for file in files:
        folder = file.resolve().parent
        if folder not in bases:
            bases[folder] = _base(folder, ref)
        lines = _lines(file.resolve(), folder, bases[folder])
        if lines is None or lines:
            found[file] = lines
    return found


def _base(folder: Path, ref: str) -> str:
    commit = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")
    if commit is None:
        raise ChangesError(
            f'--changed: "{ref}" bukan commit, cabang atau tag di repositori git dari {folder.name}/.',
            f'--changed: "{ref}" is no commit, branch or tag of the git repository of {folder.name}/.',
        )
    name = commit.decode().strip()
    parted = _git(folder, "merge-base", name, "HEAD")
    return parted.decode().strip() if parted else name


def _lines(file: Path, folder: Path, base: str) -> Lines:
    if not _git(folder, "ls-files", "--", file.name):
        return None
    options = ("--unified=0", "--no-color", "--no-ext-diff", "--no-textconv", "--no-renames")
    diff = _git(folder, "diff", *options, base, "--", file.name) or b""
    if b"\nnew file mode " in diff:
        return None
    touched: set[int] = set()
    for hunk in _HUNK.finditer(diff):
        first, count = int(hunk.group(1)), int(hunk.group(2) or 1)
        touched |= set(range(first, first + count)) if count else {first, first + 1}
    return frozenset(touched)


def _git(folder: Path, *arguments: str) -> bytes | None:
    """Return what git says, None when it refuses. Raises `ChangesError` where there is no git."""
    command: Sequence[str] = ("git", "-C", str(folder), "-c", "core.quotepath=off", *arguments)
    try:
        done = subprocess.run(command, capture_output=True, check=False, stdin=subprocess.DEVNULL)  # noqa: S603
    except OSError:
        raise ChangesError("--changed memerlukan git, yang tidak ditemukan.",
                           "--changed needs git, which was not found.") from None  # fmt: skip
    return done.stdout if done.returncode == 0 else None
