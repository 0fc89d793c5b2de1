"""A line on stderr that says what is being checked, for those who wait at a terminal for more than a second."""

from __future__ import annotations

import sys
import threading
from typing import Self

AFTER = 1.0
"""Seconds of silence before anything is said."""


class Progress:
    """Use as a context; call it with what is being worked on. Says nothing where stderr is no terminal."""

    def __init__(self, total: int) -> None:
        self._total, self._done, self._what, self._shown = total, 0, "", 0
        self._lock = threading.Lock()
        self._timer = threading.Timer(AFTER, self._begin)
        self._timer.daemon = True
        self._speaking = False

    def __enter__(self) -> Self:
        if sys.stderr.isatty():
            self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        with self._lock:
            if self._shown:
                sys.stderr.write("\r" + " " * self._shown + "\r")
                sys.stderr.flush()
            self._speaking = False

    def __call__(self, what: str) -> None:
        """Say that work on `what` begins."""
        with self._lock:
            self._done += 1
            self._what = what
            if self._speaking:
                self._say()

    def _begin(self) -> None:
        with self._lock:
            self._speaking = True
            self._say()

    def _say(self) -> None:
        clean = "".join(ch for ch in self._what if ch.isprintable())[-50:]
        line = f"align: {self._done}/{self._total} {clean}"
        sys.stderr.write("\r" + line.ljust(self._shown))
        sys.stderr.flush()
        self._shown = len(line)
