"""Reading files that may be anything: a pipe that nobody writes to, a device without an end, a file that grows."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_FLAGS: int = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
"""Opening a pipe without O_NONBLOCK waits for someone to write to it."""


CHUNK = 2**26
"""Most bytes that are asked for at once; some systems give no more than 2 GiB."""


class NoFileError(OSError):
    """What should be read is no regular file."""

    @property
    def strerror(self) -> str:  # type: ignore[override] # words are chosen when they are wanted
        """Say so in this process's language."""
        from alignment_cli.language import say

        return say("bukan berkas biasa", "no ordinary file")


def read(path: Path | str, most: int) -> bytes:
    """Return the bytes of a regular file, of a larger one only the first ``most + 1``.

    Never waits and never takes more memory than that. Raises OSError, also for what is no regular file, with the file's
    name.
    """
    try:
        descriptor = os.open(path, _FLAGS)
    except ValueError:  # a zero byte in the name
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(path)) from None
    try:
        status = os.fstat(descriptor)
        if stat.S_ISDIR(status.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        if not stat.S_ISREG(status.st_mode):
            raise NoFileError(errno.EINVAL, os.strerror(errno.EINVAL), str(path))
        pieces, left = [], most + 1
        while left and (piece := os.read(descriptor, min(left, status.st_size + 1, CHUNK))):
            pieces.append(piece)
            left -= len(piece)
    except OSError as error:
        error.filename = str(path)
        raise
    finally:
        with suppress(OSError):  # all is read
            os.close(descriptor)
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)
