"""Writing files so that whatever happens, the old content or the new one stands there, never half of it."""

from __future__ import annotations

import errno
import os
import secrets
import stat
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from alignment_cli.finding import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_BINARY: int = getattr(os, "O_BINARY", 0)
"""Windows translates line endings unless told not to."""


class ChangedError(Exception):
    """The file no longer holds what was read, so it is not written. `text` says so in both languages."""

    def __init__(self, path: Path) -> None:
        self.text = Text(
            f"{path} berubah sejak dibaca, sehingga tidak ditulis. Jalankan perintah ini sekali lagi.",
            f"{path} has changed since it was read, so it was not written. Run this command once more.",
        )
        super().__init__(self.text.en)


def write_atomically(path: Path, data: bytes | Iterable[bytes]) -> None:
    """Write a file as a whole, its content at once or in pieces: into a temporary file of the same folder, which then
    takes the file's place.

    A file that exists keeps its mode and, where the system allows, its owner; a new one gets the default mode. A
    symbolic link stays, and what it points to is written. Raises OSError, also for a target that is no regular file or
    is write-protected; the old content then stands untouched and the temporary file is gone.
    """
    _write(path, data, None)


def write_if_unchanged(path: Path, data: bytes, before: bytes) -> None:
    """Write like `write_atomically`, provided that the file still holds `before`. Several processes that write through
    this function never undo each other's work; where the system has no file locks (Windows), they could within the
    instant between comparing and replacing.

    Raises `ChangedError` and OSError.
    """
    _write(path, data, before)


def _write(path: Path, data: bytes | Iterable[bytes], before: bytes | None) -> None:
    target = Path(os.path.realpath(path))
    status = _status(target)
    temporary = target.parent / f".align-{secrets.token_hex(12)}.tmp"
    try:
        _fill(temporary, data, status)
        with _folder(target.parent) as folder:
            if before is not None:
                _compare(target, before, path)
            temporary.replace(target)
            if folder is not None:
                with suppress(OSError):  # some file systems have no fsync of folders
                    os.fsync(folder)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


def _compare(target: Path, before: bytes, path: Path) -> None:
    """Raise `ChangedError` unless the file holds `before`."""
    if not (target.is_file() and target.read_bytes() == before):
        raise ChangedError(path)


def _status(target: Path) -> os.stat_result | None:
    """Return the status of the file to be replaced, None when there is none. Raises OSError when it must not be."""
    try:
        status = target.stat()
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(status.st_mode):
        number = errno.EISDIR if stat.S_ISDIR(status.st_mode) else errno.EINVAL
        raise OSError(number, os.strerror(number), str(target))
    if not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(target))
    return status


def _fill(temporary: Path, data: bytes | Iterable[bytes], status: os.stat_result | None) -> None:
    """Create the temporary file with all its content on disk. No one else may read it before it has its mode."""
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o666 if status is None else 0o600)
    try:
        if status is not None:
            if hasattr(os, "chown"):
                with suppress(OSError):  # only the superuser gives files away
                    os.chown(temporary, status.st_uid, status.st_gid)
            temporary.chmod(stat.S_IMODE(status.st_mode))
        for piece in [data] if isinstance(data, bytes) else data:
            rest = memoryview(piece)
            while rest:
                rest = rest[os.write(descriptor, rest) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _folder(path: Path) -> Iterator[int | None]:
    """Hold a lock on a folder, so that only one process at a time compares and replaces files in it. The system frees
    it when the process ends, however that happens. Yields None on systems that do not open folders.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except OSError:
        yield None
        return
    try:
        with suppress(ImportError, OSError):  # Windows; file systems without locks
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield descriptor
    finally:
        os.close(descriptor)
