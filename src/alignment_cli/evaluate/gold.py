"""Labelled items: a CSV with the columns of `gold/dev.csv`."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from alignment_cli.finding import Text
from alignment_cli.match import Query

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

Given = Literal["kode", "konteks", "nama"]
"""What the matcher is shown of a row: everything; everything but the code; the name alone."""

GIVENS: tuple[Given, ...] = ("kode", "konteks", "nama")

NEEDED = ("nama", "asta_cita")


class GoldError(Exception):
    """The file cannot be used as labelled items; `text` says why and where."""

    def __init__(self, id_: str, en: str) -> None:
        super().__init__(en)
        self.text = Text(id_, en)


@dataclass(frozen=True, slots=True)
class Gold:
    """A labelled item. `goal` is "0" when no goal is expected; `further` are goals that are right too."""

    id: str
    level: str
    kode: str
    bidang: str
    nama: str
    konteks: str
    goal: str
    further: tuple[str, ...]

    def query(self, given: Given) -> Query:
        """Return the item as the matcher sees it."""
        parts = {"program": [], "kegiatan": [], "indikator": [], "uraian": []}  # type: dict[str, list[str]]
        if given != "nama":
            for part in re.split(r"\s*\|\s*", self.konteks):
                key, colon, text = part.partition(":")
                if colon and key.strip() in parts:
                    parts[key.strip()].append(text.strip())
        return Query(
            self.nama,
            self.kode if given == "kode" and self.kode else None,
            " ".join(parts["uraian"]),
            tuple(parts["indikator"]),
            tuple(parts["program"] + parts["kegiatan"]),
        )


def read_gold(path: Path) -> list[Gold]:
    """Read labelled items. Raises `GoldError` and OSError."""
    if path.exists() and not path.is_file():
        raise GoldError(f"{path} bukan berkas biasa.", f"{path} is no ordinary file.")
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise GoldError(f"{path} bukan teks UTF-8.", f"{path} is not UTF-8 text.") from None
    reader = csv.DictReader(io.StringIO(text), restval="")
    try:
        missing = [name for name in NEEDED if name not in (reader.fieldnames or [])]
        if missing:
            names = ", ".join(missing)
            raise GoldError(f"{path}:1: kolom {names} tidak ada.", f"{path}:1: the column {names} is missing.")
        rows = [_gold(row, path, reader.line_num) for row in reader]
    except csv.Error as error:
        line = reader.line_num
        raise GoldError(f"{path}:{line}: CSV tidak sah: {error}.", f"{path}:{line}: invalid CSV: {error}.") from None
    if not rows:
        raise GoldError(f"{path} tidak berisi baris.", f"{path} holds no rows.")
    return rows


def _gold(row: dict[str, str], path: Path, line: int) -> Gold:
    goal = _label(row["asta_cita"])
    if goal is None or not row["nama"].strip():
        value = row["asta_cita"]
        raise GoldError(f'{path}:{line}: asta_cita "{value}" bukan 0-8, atau nama kosong.',
                        f'{path}:{line}: asta_cita "{value}" is not 0-8, or the name is empty.')  # fmt: skip
    further = tuple(label for part in row.get("juga", "").split("|") if (label := _label(part)) is not None)
    return Gold(row.get("id") or f"{line}", row.get("level", ""), row.get("kode", "").strip(), row.get("bidang", ""),
                row["nama"], row.get("konteks", ""), goal, further)  # fmt: skip


def _label(text: str) -> str | None:
    found = re.fullmatch(r"(?:AC)?\s*([0-8])", text.strip().upper())
    return found.group(1) if found else None


def rows_for(rows: Sequence[Gold], given: Given) -> list[Gold]:
    """Return the rows that a condition can be measured on: those that have what is given."""
    if given == "kode":
        return [row for row in rows if row.kode]
    return [row for row in rows if row.konteks] if given == "konteks" else list(rows)
