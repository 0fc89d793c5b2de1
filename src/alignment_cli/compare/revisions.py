"""Plan files as they were at a git revision, read from git's store: nothing is checked out and no filter runs."""

from __future__ import annotations

import os
import subprocess
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from alignment_cli.baseline import FILE as BASELINE
from alignment_cli.discover import SUFFIXES
from alignment_cli.finding import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LINK = "120000"
"""Mode of a symbolic link in a git tree; its content is a path, not a plan."""


class RevisionError(Exception):
    """Git cannot give the files of a revision; `text` says why in both languages."""

    def __init__(self, id_: str, en: str) -> None:
        super().__init__(en)
        self.text = Text(id_, en)


class Blob(NamedTuple):
    """A file in git's store, and the name to show for it."""

    name: str
    shown: str


def files_at(revision: str, paths: Sequence[Path], exclude: Sequence[str] = ()) -> list[tuple[bytes, str]]:
    """Return (content, name to show) of the plan files below `paths` at a revision, chosen as `discover.find` chooses
    them: YAML files in folders, without hidden ones, baselines and what `exclude` fits; a file that is named always.

    Raises `RevisionError` for what is no revision, for paths outside a repository, and where there are no files.
    """
    folder = _existing(paths[0])
    commit, top = _commit(folder, revision), _top(folder)
    blobs = {blob.shown: blob for path in paths for blob in _below(top, commit, path, exclude)}
    if not blobs:
        listed = ", ".join(str(path) for path in paths)
        raise RevisionError(f'pada revisi "{revision}" tidak ada berkas .yaml di {listed}.',
                            f'at the revision "{revision}" there is no .yaml file in {listed}.')  # fmt: skip
    return list(_contents(top, list(blobs.values())))


def _existing(path: Path) -> Path:
    """Return the nearest folder that exists: a path may be gone since the revision."""
    absolute = path.absolute()
    return next((part for part in (absolute, *absolute.parents) if part.is_dir()), Path(absolute.anchor))


def _commit(folder: Path, revision: str) -> str:
    found = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if found is None:
        raise RevisionError(
            f'"{revision}" bukan berkas, folder, atau commit, cabang maupun tag git di {folder.name or folder}.',
            f'"{revision}" is no file, no folder, and no git commit, branch or tag in {folder.name or folder}.',
        )
    return found.decode().strip()


def _top(folder: Path) -> Path:
    found = _git(folder, "rev-parse", "--show-toplevel")
    if not found or not found.strip():
        raise RevisionError(f"{folder.name or folder} tidak berada dalam pohon kerja git.",
                            f"{folder.name or folder} is in no git working tree.")  # fmt: skip
    return Path(os.fsdecode(found.rstrip(b"\r\n")))


def _below(top: Path, commit: str, path: Path, exclude: Sequence[str]) -> Iterator[Blob]:
    full = path.resolve()
    if not full.is_relative_to(top.resolve()):
        raise RevisionError(f"{path} berada di luar repositori git {top.name}.",
                            f"{path} lies outside the git repository {top.name}.")  # fmt: skip
    inside = full.relative_to(top.resolve()).as_posix()
    listed = _git(top, "ls-tree", "-r", "-z", "--full-tree", commit, *([] if inside == "." else ["--", inside])) or b""
    for line in filter(None, listed.split(b"\0")):
        about, _, raw = line.partition(b"\t")
        mode, kind, name = about.decode().split()
        file = Path(os.fsdecode(raw))
        if kind != "blob" or mode == LINK:
            continue
        below = file.relative_to(inside)
        shown = (path / below).as_posix()
        if below == Path() or _is_plan(below, shown, exclude):
            yield Blob(name, shown)


def _is_plan(below: Path, shown: str, exclude: Sequence[str]) -> bool:
    return (
        below.suffix.lower() in SUFFIXES
        and not any(part.startswith(".") for part in below.parts)
        and below.name != BASELINE
        and not any(fnmatch(shown, pattern) for pattern in exclude)
    )


def _contents(top: Path, blobs: Sequence[Blob]) -> Iterator[tuple[bytes, str]]:
    """Yield all contents, read in one go (``git cat-file --batch``: a line of name, kind and size before each)."""
    asked = "".join(f"{blob.name}\n" for blob in blobs).encode()
    given = _git(top, "cat-file", "--batch", stdin=asked) or b""
    at = 0
    for blob in blobs:
        end = given.find(b"\n", at)
        head = given[at:end].split()
        if len(head) != 3:  # noqa: PLR2004 - name, kind and size; else git says what is missing
            raise RevisionError(f"git tidak menyimpan isi {blob.shown} (klon sebagian?).",
                                f"git does not hold the content of {blob.shown} (a partial clone?).")  # fmt: skip
        size = int(head[2])
        yield given[end + 1 : end + 1 + size], blob.shown
        at = end + 2 + size


def _git(folder: Path, *arguments: str, stdin: bytes = b"") -> bytes | None:
    """Return what git says, None when it refuses; it fetches nothing. Raises `RevisionError` where there is no git."""
    command = ("git", "-C", str(folder), "-c", "core.quotepath=off", *arguments)
    environment = {**os.environ, "GIT_NO_LAZY_FETCH": "1"}
    try:
        done = subprocess.run(command, capture_output=True, check=False, input=stdin, env=environment)  # noqa: S603
    except OSError:
        raise RevisionError("revisi git memerlukan git, yang tidak ditemukan.",
                            "a git revision needs git, which was not found.") from None  # fmt: skip
    return done.stdout if done.returncode == 0 else None
