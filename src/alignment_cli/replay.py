"""A check whose command line, surroundings and files are what they were says what it said, without doing it again.

An entry of the cache holds what a run of `align check` read (files by content, folders by all names below them, and
what it looked for and did not find), what it printed, and how it ended. It stands under a digest of the command line,
the environment, the terminal, the day and the program. Nothing is repeated unless all of it is the same.
"""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING, Any, NamedTuple, TextIO

from alignment_cli import cache, reading

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_PRINTED, MOST_READ = 4_000_000, 50_000_000
"""Characters of output and bytes of input of a run that is kept; larger ones are always done anew."""
VOLATILE = frozenset({"_", "SHLVL", "PWD", "OLDPWD", "PYTHONDONTWRITEBYTECODE"})
"""Variables that differ from one call to the next and say nothing to align."""
FILE, FOLDER, PRESENT, ABSENT = "file", "folder", "present", "absent"
REPOSITORY = ".git"
"""What marks the root of a repository; only that it is there matters."""


class Seen(NamedTuple):
    """The state of something that a run depends on: what it is, its path, and a digest of what it holds."""

    kind: str
    path: str
    digest: str


def seen(path: str) -> Seen:
    """Return the state of a path: a file's content, or the names of all that lies below a folder."""
    if os.path.basename(path) == REPOSITORY:  # noqa: PTH119
        return Seen(PRESENT if os.path.exists(path) else ABSENT, path, "")  # noqa: PTH110
    try:
        if os.path.isdir(path):  # noqa: PTH112
            return Seen(FOLDER, path, cache.digest(*_names(path)))
        if os.path.isfile(path):  # noqa: PTH113
            return Seen(FILE, path, cache.digest(reading.read(path, MOST_READ)))
    except OSError:
        pass
    return Seen(ABSENT, path, "")


def _names(path: str) -> Iterable[str]:
    """Return all names below a folder, sorted, with what each is."""
    found = []
    for top, folders, files in os.walk(path):
        found += [f"{top}/{name}/" for name in folders]
        found += [f"{top}/{name} {os.path.isfile(f'{top}/{name}')}" for name in files]  # noqa: PTH113
    return sorted(found)


class Recorder:
    """Listens to a run. Where it is not told what the run depends on, nothing is kept."""

    def __init__(self, key: str) -> None:
        self._key = key
        self._before: dict[str, Seen] = {}
        self._spoken: list[tuple[int, str]] = []
        self._printed = self._read = 0

    def depends(self, paths: Iterable[str]) -> None:
        """Say what the run depends on, before it is read."""
        for path in paths:
            if path not in self._before and self._read <= MOST_READ:
                self._read += os.path.getsize(path) if os.path.isfile(path) else 0  # noqa: PTH113, PTH202
                self._before[path] = seen(path)

    def hear(self, stream: int, text: str) -> None:
        """Listen to what is printed to stdout (1) or stderr (2)."""
        self._printed += len(text)
        if self._printed <= MOST_PRINTED:
            self._spoken.append((stream, text))

    def finish(self, code: int) -> None:
        """Keep the run, provided that it was a full check and what it depends on did not change meanwhile."""
        small = self._printed <= MOST_PRINTED and self._read <= MOST_READ
        if self._before and small and code in (0, 1) and all(seen(one.path) == one for one in self._before.values()):
            cache.put(self._key, {"seen": list(self._before.values()), "spoken": self._spoken, "code": code})
            cache.prune()


class _Tee:
    """A stream that is listened to."""

    def __init__(self, stream: TextIO, number: int, recorder: Recorder) -> None:
        self._stream, self._number, self._recorder = stream, number, recorder

    def write(self, text: str) -> int:
        written = self._stream.write(text)
        self._recorder.hear(self._number, text)
        return written

    def writelines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


_recorder: Recorder | None = None
"""What listens to this process's run."""


def depends(paths: Iterable[object]) -> None:
    """Say what this process's run depends on, before it is read, should anything listen to it."""
    if _recorder is not None:
        _recorder.depends(map(str, paths))


def listen(key: str) -> Recorder:
    """Listen to what this process prints from now on."""
    global _recorder  # noqa: PLW0603 - stdout and stderr are the whole process's too
    _recorder = Recorder(key)
    sys.stdout, sys.stderr = _Tee(sys.stdout, 1, _recorder), _Tee(sys.stderr, 2, _recorder)
    return _recorder


def key_of(arguments: list[str]) -> str:
    """Return the name of the entry of a run with this command line, here and now."""
    terminals = [stream is not None and stream.isatty() for stream in (sys.stdout, sys.stderr)]
    size = os.get_terminal_size(sys.stdout.fileno()) if terminals[0] else ()
    environment = sorted(f"{name}={value}" for name, value in os.environ.items() if name not in VOLATILE)
    surroundings = (os.getcwd(), repr(terminals), repr(size), time.strftime("%Y-%m-%d"))  # noqa: PTH109
    return cache.digest(cache.program(), *surroundings, *arguments, "", *environment)


def again(key: str) -> int | None:
    """Print what a run of this name printed and return how it ended; None when there is none, or anything that it read
    is not what it was.
    """
    kept = cache.get(key)
    try:
        before = [Seen(*one) for one in kept["seen"]]
        spoken, code = [(int(stream), str(text)) for stream, text in kept["spoken"]], int(kept["code"])
    except (TypeError, KeyError, ValueError):
        return None
    if not before or any(seen(one.path) != one for one in before):
        return None
    for stream, text in spoken:
        (sys.stdout if stream == 1 else sys.stderr).write(text)
    return code
