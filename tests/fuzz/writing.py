"""What must hold of a write: whatever call fails, the old content or the new one stands there, nothing beside it."""

from __future__ import annotations

import errno
import os
import tempfile
from functools import cache
from pathlib import Path
from random import Random
from unittest import mock

from alignment_cli.write import ChangedError, write_atomically, write_if_unchanged
from fuzz.invariants import expect

CALLS = ("open", "write", "fsync", "close", "replace", "stat", "chown", "chmod", "unlink")
CODES = (errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EIO, errno.EDQUOT, errno.EINTR, errno.EMFILE)


@cache
def _folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="align-fuzz-"))


def writer(raw: bytes) -> None:
    """Write `raw` over an older content, while one call or two fail."""
    chance = Random(raw)  # noqa: S311 - the same input fails in the same way
    file = _folder() / "berkas.yaml"
    old = raw[: chance.randrange(len(raw) + 1)][::-1]
    fresh = chance.random() < 0.2
    file.unlink(missing_ok=True)
    if not fresh:
        file.write_bytes(old)
    compared = not fresh and chance.random() < 0.5
    failed = False
    with _faults(chance):
        try:
            write_if_unchanged(file, raw, old) if compared else write_atomically(file, raw)
        except (OSError, ChangedError, KeyboardInterrupt):
            failed = True
    content = file.read_bytes() if file.exists() else None
    expect(content == raw or (failed and content == (None if fresh else old)), "old or new", content, failed)
    left = [path.name for path in _folder().iterdir() if path != file]
    for name in left:
        (_folder() / name).unlink()
    expect(not left, "no temporary file", left)


def _faults(chance: Random) -> mock._patch_dict | mock._patch:
    """Make the n-th file-system call fail; short writes and late faults happen too."""
    wanted, count = chance.randrange(16), [0]
    error = chance.choice((*(OSError(code, os.strerror(code)) for code in CODES), KeyboardInterrupt()))
    late, short = chance.random() < 0.3, chance.random() < 0.3

    def failing(name: str, real):
        def call(*args, **more):
            number, count[0] = count[0], count[0] + 1
            if short and name == "write":
                args = (args[0], args[1][: max(1, len(args[1]) // 3)])
            if number != wanted or name == "unlink":
                return real(*args, **more)
            if late or name == "close":
                real(*args, **more)
            raise error

        return call

    return mock.patch.multiple(os, **{name: failing(name, getattr(os, name)) for name in CALLS if hasattr(os, name)})
