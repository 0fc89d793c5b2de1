"""What was found out before, kept for the next run: a folder of entries named by a digest of all that they depend on.

An entry is JSON behind its own checksum, never code: a damaged one counts as missing and is made anew. Entries take
their place as a whole, so that runs at the same time do not meet halves; where the folder cannot be used, nothing is
kept and nobody is bothered.
"""

from __future__ import annotations

import json
import os
import sys
import time
import zlib
from contextlib import suppress
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from alignment_cli import reading

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120 - pathlib would take longer than the rest
SHAPE = "1"
"""Raised when the shape of entries changes."""
MOST_BYTES, MOST_DAYS = 500_000_000, 30
"""What the folder may hold, and how long an entry stays that is not used."""
MOST_OF_ONE = 100_000_000
"""Bytes of one entry, packed or not, beyond which it is not read: no honest one comes near."""
PRUNE_AFTER = 3600
"""Seconds between two looks at what the folder holds."""
FAST = 1
"""Compression level: JSON shrinks to a tenth even so."""


def digest(*parts: bytes | str) -> str:
    """Return a digest of texts or bytes, told apart by their lengths."""
    found = blake2b(digest_size=20)
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        found.update(b"%d:" % len(raw))
        found.update(raw)
    return found.hexdigest()


def folder() -> str | None:
    """Return where entries are kept: ``ALIGN_CACHE_DIR``, else the user's folder for caches."""
    named = os.environ.get("ALIGN_CACHE_DIR")
    if named:
        return named
    from platformdirs import user_cache_dir

    try:
        return user_cache_dir("align", appauthor=False)
    except (OSError, RuntimeError):  # a user without a home
        return None


def program() -> str:
    """Return a digest of this program: its own files and data, told by name, size and time, the packages beside it,
    and Python.
    """
    parts = [SHAPE, sys.version]
    data = os.path.join(PACKAGE, "data")  # noqa: PTH118
    roots = [PACKAGE] if os.path.isdir(data) else [PACKAGE, os.path.join(PACKAGE, "..", "..", "data")]  # noqa: PTH112, PTH118
    for root in roots:
        parts += sorted(f"{path} {status.st_size} {status.st_mtime_ns}" for path, status in _files(root))
    for place in sys.path:
        with suppress(OSError):
            parts += sorted(name for name in os.listdir(place or ".") if name.endswith(".dist-info"))  # noqa: PTH208
    return digest(*parts)


def _files(root: str) -> Iterator[tuple[str, os.stat_result]]:
    """Yield the files below a folder, without what is made from others: compiled code and the index."""
    with os.scandir(root) as entries:
        for entry in entries:
            if entry.is_dir():
                if entry.name != "__pycache__":
                    yield from _files(entry.path)
            elif not entry.name.startswith("indeks.sqlite"):
                yield entry.path, entry.stat()


def get(key: str) -> Any:
    """Return the content of an entry, None when there is none that is sound."""
    path = _path(key)
    if path is None:
        return None
    try:
        raw = reading.read(path, MOST_OF_ONE)
        mark, body = raw[: len(key)], raw[len(key) :]
        if mark.decode("ascii", "replace") != digest(body):
            return None
        content = json.loads(zlib.decompressobj().decompress(body, MOST_OF_ONE))
        os.utime(path)
    except (OSError, ValueError, RecursionError, zlib.error):
        return None
    return content


def put(key: str, content: Any) -> None:
    """Keep content that JSON can hold. What cannot be written is not kept."""
    path = _path(key)
    if path is None:
        return
    body = zlib.compress(json.dumps(content, separators=(",", ":")).encode(), FAST)
    temporary = f"{path}.{os.getpid()}-{time.monotonic_ns()}.tmp"
    try:
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)  # noqa: PTH103, PTH120
        with open(temporary, "xb") as stream:  # noqa: PTH123
            stream.write(digest(body).encode() + body)
        os.replace(temporary, path)  # noqa: PTH105
    except OSError:
        pass
    finally:
        with suppress(OSError):
            os.unlink(temporary)  # noqa: PTH108 - is there only when something came between


def _path(key: str) -> str | None:
    top = folder()
    return os.path.join(top, f"v{SHAPE}", key[:2], key[2:]) if top else None  # noqa: PTH118


def prune() -> None:
    """Remove entries that were not used for long, then the oldest beyond what the folder may hold. Looks only once in a
    while.
    """
    top = folder()
    if top is None:
        return
    marker = os.path.join(top, "pruned")  # noqa: PTH118
    with suppress(OSError):
        now = time.time()
        if os.path.exists(marker) and now - os.stat(marker).st_mtime < PRUNE_AFTER:  # noqa: PTH110, PTH116
            return
        os.makedirs(top, mode=0o700, exist_ok=True)  # noqa: PTH103
        with open(marker, "wb"):  # noqa: PTH123
            pass
        kept = 0
        entries = [found for found in _files(top) if found[0] != marker]
        for path, status in sorted(entries, key=lambda found: -found[1].st_mtime):
            kept += status.st_size
            if kept > MOST_BYTES or now - status.st_mtime > MOST_DAYS * 86_400:
                with suppress(OSError):
                    os.unlink(path)  # noqa: PTH108
