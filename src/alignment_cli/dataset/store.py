"""Parts on disk: ``HASIL/butir/tahun=2027/wilayah=13.11/RKPD.parquet``. A rerun of a region replaces its part only."""

from __future__ import annotations

import threading
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from alignment_cli import reference as data
from alignment_cli.dataset.columns import FAILURES, Column
from alignment_cli.dataset.parquet import encode
from alignment_cli.dataset.part import Failure, Key, check
from alignment_cli.write import write_atomically

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from alignment_cli.dataset.part import Part
    from alignment_cli.finding import Lang
    from alignment_cli.reference import Reference

FAILED = "gagal.parquet"
"""The list of failures, at the top of the folder."""
NAMES = (Column("kode"), Column("nama"))
"""The columns of the lists of names."""


class Written(NamedTuple):
    """A part that stands on disk, with the number of its items."""

    key: Key
    daerah: str
    butir: int


class Outcome(NamedTuple):
    """What became of files that were checked together; small, for it travels from a worker to the client."""

    parts: tuple[Written, ...]
    failures: tuple[Failure, ...]


def check_into(files: Sequence[tuple[Path | bytes, str]], folder: Path, lang: Lang = "id") -> Outcome:
    """Check the files of one region, document and year, and write its part. What a worker of any engine runs: the
    reference data is loaded once for each thread, for an SQLite connection does not leave its thread. Raises OSError.
    """
    checked = check(files, _reference(threading.get_ident()), lang)
    for part in checked.parts:
        write(part, folder)
    return Outcome(tuple(Written(*part[:3]) for part in checked.parts), checked.failures)


@lru_cache(maxsize=64)
def _reference(thread: int) -> Reference:  # noqa: ARG001 - what the cache tells threads apart by
    return data.shipped()


def path_of(folder: Path, dataset: str, key: Key) -> Path:
    """Return where a part of a dataset stands."""
    return folder / dataset / f"tahun={key.tahun}" / f"wilayah={key.wilayah}" / f"{key.dokumen}.parquet"


def write(part: Part, folder: Path) -> None:
    """Write a part, each file as a whole, and last `rencana`, by which a region counts as checked. Raises OSError."""
    for dataset, table in part.tables.items():
        path = path_of(folder, dataset, part.key)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, table)


def finish(folder: Path, checked: Iterable[str], failures: Iterable[Failure], reference: Reference) -> None:
    """Write what is not of one region: names of goals and national programmes, and the list of failures. Of earlier
    runs, failures of files that were not `checked` again stay in it. Raises OSError.
    """
    again = set(checked)
    rows = [row for row in _failures(folder) if row["berkas"] not in again]
    rows += [failure._asdict() for failure in failures]
    rows.sort(key=lambda row: (row["berkas"], row["sebab"], row["pesan"]))
    priorities = reference.priorities
    names = {
        "tujuan": [{"kode": goal.kode, "nama": goal.nama} for goal in priorities.tujuan],
        "program_nasional": [{"kode": one.kode, "nama": one.nama} for one in priorities.program_nasional],
    }
    (folder / "acuan").mkdir(parents=True, exist_ok=True)
    for name, listed in names.items():
        write_atomically(folder / "acuan" / f"{name}.parquet", encode(NAMES, listed))
    write_atomically(folder / FAILED, encode(FAILURES, rows))


def _failures(folder: Path) -> list[dict[str, Any]]:
    path = folder / FAILED
    if not path.is_file():
        return []
    found: list[dict[str, Any]] = import_module("pyarrow.parquet").ParquetFile(path).read().to_pylist()
    return found


def others(folder: Path, written: Iterable[Key]) -> list[str]:
    """Return the parts that stand in the folder but are not among the `written`: they are of earlier runs."""
    own = {path_of(folder, "rencana", key) for key in written}
    found = sorted((folder / "rencana").glob("*/*/*.parquet"))
    return [path.relative_to(folder / "rencana").as_posix() for path in found if path not in own]
