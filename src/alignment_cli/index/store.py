"""Read side of the index: an SQLite file beside the package, opened read-only."""

from __future__ import annotations

import json
import os
import sqlite3
import sys
from pathlib import Path
from typing import Any

from alignment_cli.language import say

PACKAGE = Path(__file__).resolve().parent.parent
FILE = PACKAGE / "indeks.sqlite"
"""Where the build hook puts the compiled index."""


MAPPED = 1 << 28
"""Bytes of the index that are read from memory that the system shares, where it can."""


def data_dir() -> Path:
    """Return the folder of the shipped data: inside an installed package, at the top of a checkout."""
    inside = PACKAGE / "data"
    return inside if inside.is_dir() else PACKAGE.parents[1] / "data"


def _sources(data: Path) -> list[Path]:
    """Return what the index is made of: the data, and the code that decides its shape."""
    code = [
        *(PACKAGE / "index").glob("*.py"),
        *(PACKAGE / "match").glob("*.py"),
        PACKAGE / "priorities.py",
        PACKAGE / "nomenclature.py",
    ]
    tables = [*(data / "nomenklatur").glob("*.csv"), *(data / "teks").iterdir()]
    return [data / "asta_cita.yaml", data / "mitra.yaml", data / "kalibrasi.json", *tables, *code]


def is_fresh(file: Path, data: Path) -> bool:
    """Tell whether the index is at least as new as all that it was compiled from."""
    try:
        made = file.stat().st_mtime_ns
    except OSError:
        return False
    return all(source.stat().st_mtime_ns <= made for source in _sources(data))


class Index:
    """A thin reader: rows as tuples."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        connection.execute(f"PRAGMA mmap_size = {MAPPED}")

    def one(self, query: str, *values: Any) -> tuple[Any, ...] | None:
        """Return the first row of a query."""
        found: tuple[Any, ...] | None = self._connection.execute(query, values).fetchone()
        return found

    def all(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """Return all rows of a query."""
        return self._connection.execute(query, values).fetchall()

    def meta(self, key: str) -> str:
        """Return a stored text, e.g. the compiled priorities as JSON. Raises KeyError."""
        text = self.find(key)
        if text is None:
            raise KeyError(key)
        return text

    def find(self, key: str) -> str | None:
        """Return a stored text, None when there is none."""
        row = self.one("SELECT isi FROM meta WHERE kunci = ?", key)
        return None if row is None else str(row[0])

    def columns(self, name: str) -> tuple[str, Any]:
        """Return keys and contents of a stored list, each whole. Raises KeyError."""
        row = self.one("SELECT kunci, isi FROM daftar WHERE nama = ?", name)
        if row is None:
            raise KeyError(name)
        return str(row[0]), row[1]

    def listed(self, name: str) -> dict[str, str]:
        """Return a stored list by its keys. Reading some thousand lines at once takes as long as asking for a hundred
        rows one by one. Raises KeyError.
        """
        keys, contents = self.columns(name)
        return dict(zip(keys.split("\n"), contents.split("\n"), strict=True))

    def json(self, key: str) -> Any:
        """Return a stored JSON value."""
        return json.loads(self.meta(key))


def open_index() -> Index:
    """Open the compiled index. In a checkout whose data changed since, it is compiled again, beside the package if
    that can be written, else in memory. Says so on stderr, for it takes some seconds.
    """
    data = data_dir()
    in_package = data.parent == PACKAGE
    if FILE.is_file() and (in_package or is_fresh(FILE, data)):
        return Index(sqlite3.connect(f"{FILE.as_uri()}?mode=ro&immutable=1", uri=True))
    from alignment_cli.index.compile import compile_index

    note = say("menyusun indeks dari data/ (sekali saja) ...", "compiling the index from data/ (once only) ...")
    print(f"align: {note}", file=sys.stderr)  # noqa: T201
    if os.access(PACKAGE, os.W_OK):
        compile_index(data, FILE)
        return Index(sqlite3.connect(f"{FILE.as_uri()}?mode=ro", uri=True))
    return Index(compile_index(data, None))
