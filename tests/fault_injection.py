"""Makes the n-th file-system call below a folder fail, whatever the program is and whichever call it is."""

from __future__ import annotations

import builtins
import errno
import io
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

CODES = (errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EIO, errno.EDQUOT, errno.EINTR, errno.EMFILE)
PATHS = ("stat", "lstat", "open", "mkdir", "unlink", "rename", "replace", "chmod", "chown", "scandir", "listdir")
"""Calls whose first argument is a path, or a descriptor."""
DESCRIPTORS = ("write", "fsync", "close", "fstat")
SHORT = 100
LATE = frozenset({"close", "replace", "rename"})
"""Calls that a signal finds at work and lets end: they do theirs, and then the error comes."""


class Faults:
    """Counts the calls that touch a folder; `wanted` is the number of the one that fails with `error`, None for none.
    `calls` are the names of those made so far.
    """

    def __init__(self, folder: Path, wanted: int | None = None, error: BaseException | None = None) -> None:
        self.folder, self.wanted, self.error = os.path.realpath(folder), wanted, error
        self.calls: list[str] = []

    @contextmanager
    def injected(self, patch: Any):
        """Put the fault in."""
        with patch.context() as inner:
            for name in PATHS + DESCRIPTORS:
                inner.setattr(os, name, self._wrapped(name, getattr(os, name)))
            opened = self._wrapped("file", io.open)
            inner.setattr(io, "open", opened)
            inner.setattr(builtins, "open", opened)
            yield self

    def _concerns(self, target: Any) -> bool:
        try:
            path = os.readlink(f"/proc/self/fd/{target}") if isinstance(target, int) else os.path.abspath(target)  # noqa: PTH100, PTH115
        except (OSError, TypeError):
            return False
        return os.fsdecode(path).startswith(self.folder)

    def _wrapped(self, name: str, real: Any) -> Any:
        def call(*args: Any, **more: Any) -> Any:
            if not self._concerns(args[0] if args else "."):
                return real(*args, **more)
            number = len(self.calls)
            self.calls.append(name)
            late = name in LATE and (name == "close" or isinstance(self.error, KeyboardInterrupt))
            if number != self.wanted:
                return real(*self._shorter(name, args), **more)
            if late:
                real(*args, **more)
            raise self._named(args[0])

        return call

    @staticmethod
    def _shorter(name: str, args: tuple[Any, ...]) -> tuple[Any, ...]:
        """Let no write take all that it is given, however short."""
        size = len(args[1]) if name == "write" else 0
        return (args[0], args[1][: size - min(size // 4, SHORT)]) if size > SHORT else args

    def _named(self, target: Any) -> BaseException:
        """Return the error as the system raises it: with the name of the file where the call had one."""
        if not isinstance(self.error, OSError) or self.error.errno is None:
            return self.error or KeyboardInterrupt()
        code = self.error.errno
        return OSError(code, os.strerror(code), *([] if isinstance(target, int) else [os.fspath(target)]))
