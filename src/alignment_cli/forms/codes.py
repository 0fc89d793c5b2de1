"""Which codes a form asks for: tables C of Permendagri 14/2026, or a region's own list as CSV."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, NamedTuple

from alignment_cli.finding import Text
from alignment_cli.index.store import data_dir
from alignment_cli.nomenclature import level_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

MOST_NAMED = 5
"""Faulty lines that a message names."""


class Asked(NamedTuple):
    """A code that is asked for, "" where the list gives none. `label` is the goal (``AC1|AC8``), project or theme,
    `kelompok` the group above it; `clear` is false where the label's cell is cut in the copy of the table.
    """

    kode: str
    nama: str
    label: str
    kelompok: str = ""
    outcome: str = ""
    indikator: tuple[str, ...] = ()
    clear: bool = True


class Lists(NamedTuple):
    """Lists of the user: the codes agreed at the Rakortekbang (`daftar`), and the KP that are KPU of the year (`kpu`,
    name by code); None where none is given. `names` are the names of their files.
    """

    daftar: list[Asked] | None = None
    kpu: dict[str, str] | None = None
    names: tuple[str, ...] = ()


class ListError(Exception):
    """A list of the user is no use. `text` says why, in both languages."""

    def __init__(self, path: Path, id_: str, en: str) -> None:
        super().__init__(en)
        self.text = Text(f"{path}: {id_}", f"{path}: {en}")


def shipped(table: str) -> tuple[list[Asked], list[str]]:
    """Return the codes of a table, ``C-2``, ``C-3`` or ``C-6``, each once for each label, and the sources."""
    path = data_dir() / "nomenklatur" / f"tabel_{table.lower()}.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    asked = [
        Asked(row["kode"], row["sub_kegiatan"], row["asta_cita"], "", row["outcome"],
              _indicators(row["indikator"], row["satuan"]), row["jelas"] == "ya")
        if "asta_cita" in row
        else Asked(row["kode"], row["sub_kegiatan"], row["label"], row["kelompok"])
        for row in rows
    ]  # fmt: skip
    return once(asked), list(dict.fromkeys(row["sumber"] for row in rows))


def once(asked: Iterable[Asked]) -> list[Asked]:
    """Return every code once for each label; the indicators of its rows are put together."""
    found: dict[tuple[str, str, str], Asked] = {}
    for number, one in enumerate(asked):
        key = (one.kode or f"#{number}", one.kelompok, one.label)
        first = found.setdefault(key, one)
        found[key] = first._replace(indikator=tuple(dict.fromkeys((*first.indikator, *one.indikator))))
    return list(found.values())


def read_list(path: Path) -> list[Asked]:
    """Read a list of codes. Raises `ListError` and OSError."""
    rows = _rows(path)
    faulty = [n for n, row in rows if row.get("kode") and not level_of(row["kode"])]
    if faulty:
        lines = ", ".join(map(str, faulty[:MOST_NAMED]))
        raise ListError(path, f"kode yang bukan kode nomenklatur (mis. 1.02.02.1.01.0001) pada baris {lines}.",
                        f"what is no code of the nomenclature (e.g. 1.02.02.1.01.0001) in line {lines}.")  # fmt: skip
    asked = [
        Asked(row.get("kode", ""), row.get("sub_kegiatan") or row.get("nama", ""),
              row.get("label") or row.get("asta_cita", ""), row.get("kelompok", ""), row.get("outcome", ""),
              _indicators(row.get("indikator", ""), row.get("satuan", "")))
        for _, row in rows
        if row.get("kode") or row.get("label")
    ]  # fmt: skip
    return once(asked)


def read_kpu(path: Path) -> dict[str, str]:
    """Read the KP that are KPU of a year: codes with names, "" where there is none. Raises `ListError` and OSError."""
    return {row["kode"]: row.get("nama", "") for _, row in _rows(path) if row["kode"]}


def _rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    """Return the rows of a CSV file with their numbers, as Excel counts them."""
    from alignment_cli.sheet import delimited, limits
    from alignment_cli.sheet.grid import SheetError

    try:
        grid = delimited.read(limits.contents(path), path).grids[0]
    except SheetError as error:
        raise ListError(path, error.text.id, error.text.en) from None
    texts = grid.texts
    head = ["_".join(cell.casefold().split()) for cell in texts[0]] if texts else []
    if "kode" not in head:
        raise ListError(path, 'baris pertama harus memuat nama kolom, paling sedikit "kode".',
                        'the first line has to name the columns, at least "kode".')  # fmt: skip
    rows = [(n, dict(zip(head, row, strict=True))) for n, row in enumerate(texts[1:], 2) if any(row)]
    if not any(row["kode"] for _, row in rows):
        raise ListError(path, "tidak memuat kode.", "holds no code.")
    return rows


def _indicators(name: str, unit: str) -> tuple[str, ...]:
    return (f"{name} ({unit})" if unit else name,) if name else ()
