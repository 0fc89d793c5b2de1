"""Parts of output formats, kept on disk until all files are checked."""

from __future__ import annotations

import json
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterator

IN_MEMORY = 8_000_000
"""Bytes that are kept in memory; more go to a temporary file, which is gone when the process ends."""


class Spool:
    """The parts of one format, in order. Use as a context."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - closed by __exit__

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def add(self, part: list[str]) -> None:
        """Keep one file's part."""
        self._file.write(json.dumps(part).encode() + b"\n")

    def __iter__(self) -> Iterator[list[str]]:
        """Yield all parts from the first."""
        self._file.seek(0)
        yield from map(json.loads, self._file)
