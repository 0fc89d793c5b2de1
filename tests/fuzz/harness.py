"""The targets of fuzzing, and how one input is tried: within its time, without a word on stdout or stderr."""

from __future__ import annotations

import os
import signal
import tempfile
from contextlib import contextmanager
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from fuzz import invariants, mutate, mutate_sheets, seeds, sheets, writing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SECONDS = 10
"""Processor time that one input may take; an ordinary one takes some milliseconds."""


class Target(NamedTuple):
    """What is fuzzed: the check, the inputs to start from, and how they are changed."""

    check: Callable[[bytes], None]
    seeds: Callable[[], list[bytes]]
    mutate: Callable[[bytes, Random], bytes]


TARGETS = {
    "loader": Target(invariants.loader, seeds.programmes, mutate.programme),
    "fixer": Target(invariants.fixer, seeds.programmes, mutate.programme),
    "importer": Target(sheets.importer_, seeds.sheets, mutate_sheets.sheet),
    "writer": Target(writing.writer, seeds.programmes, mutate.programme),
}


def make(target: Target, seed: int, number: int) -> bytes:
    """Return input `number` of a run; the same seed makes the same input."""
    chance = Random(f"{seed}/{number}")  # noqa: S311 - repeatable, nothing secret
    return target.mutate(chance.choice(target.seeds()), chance)


class SlowError(Exception):
    """An input took longer than it may."""


@contextmanager
def watched() -> Iterator[Callable[[Target, bytes], None]]:
    """Give a function that tries one input: it raises what the check raises, `SlowError`, and AssertionError where
    anything was printed, also by code that is not Python.
    """
    with tempfile.TemporaryFile() as said:
        streams = {number: os.dup(number) for number in (1, 2)}
        before = signal.signal(signal.SIGVTALRM, _slow)
        try:
            yield lambda target, raw: _try(target, raw, said.fileno())
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            signal.signal(signal.SIGVTALRM, before)
            for number, stream in streams.items():
                os.dup2(stream, number)
                os.close(stream)


def _slow(*_: Any) -> NoReturn:
    raise SlowError(f"more than {SECONDS} s")


def _try(target: Target, raw: bytes, said: int) -> None:
    kept = {number: os.dup(number) for number in (1, 2)}
    os.dup2(said, 1)
    os.dup2(said, 2)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    try:
        target.check(raw)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        for number, stream in kept.items():
            os.dup2(stream, number)
            os.close(stream)
    if os.fstat(said).st_size:
        text = os.pread(said, 400, 0)
        os.ftruncate(said, 0)
        os.lseek(said, 0, os.SEEK_SET)
        raise AssertionError(f"printed: {text!r}")


def smaller(target: Target, raw: bytes, tries: int = 400) -> bytes:
    """Return a shorter input that fails in the same way: halves, lines, then single bytes are left out."""
    kind = failure(target, raw)
    size = max(1, len(raw) // 2)
    while size and tries > 0:
        start = 0
        while start < len(raw) and tries > 0:
            tries -= 1
            shorter = raw[:start] + raw[start + size :]
            if failure(target, shorter) == kind:
                raw = shorter
            else:
                start += size
        size //= 2
    return raw


def failure(target: Target, raw: bytes) -> str:
    """Return in one word how an input fails, "" when all holds."""
    try:
        with watched() as check:
            check(target, raw)
    except Exception as error:  # noqa: BLE001 - any is a failure
        return f"{type(error).__name__} {str(error).split(':')[0][:40]}"
    return ""
