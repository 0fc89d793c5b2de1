"""Official sources as they were: priorities, codes and crosswalk of an older `data/`, held against the present ones."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from alignment_cli.compare.match_items import folded
from alignment_cli.finding import Text
from alignment_cli.nomenclature import ancestors
from alignment_cli.priorities import goal_hash
from alignment_cli.reference import PrioritiesError, with_priorities
from alignment_cli.source import read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from alignment_cli.priorities import Prioritas, Tujuan
    from alignment_cli.reference import Reference

TABLES = ("bidang", "program", "kegiatan", "sub_kegiatan")
"""Tables of codes in a nomenclature folder, by level."""
PRIORITIES, CROSSWALK, FOLDER = "asta_cita.yaml", "crosswalk.csv", "nomenklatur"


class SourcesError(Exception):
    """Older sources cannot be read; `text` says why in both languages."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class Sources(NamedTuple):
    """Official sources; None where the older data does not hold them. `names` are all official names by code,
    `crossings` the goals by code: the main one, then further ones, sorted.
    """

    priorities: Prioritas | None
    names: Mapping[str, frozenset[str]] | None
    crossings: Mapping[str, tuple[str, ...]] | None

    def goals_of(self, kode: str) -> tuple[str, ...] | None:
        """Return the goals of the crosswalk row nearest to a canonical code, None where there is no row."""
        rows = self.crossings or {}
        return next((rows[part] for part in ancestors(kode) if part in rows), None)


def present(reference: Reference) -> Sources:
    """Return the sources that align has: those of the index, and the priorities of the run."""
    index = reference.index
    names = {
        kode: frozenset({nama, *filter(None, others.split("|"))})
        for kode, nama, others in index.all("SELECT kode, nama, nama_lain FROM nomenklatur")
    }
    crossings = {
        kode: _goals(goal, further) for kode, goal, further in index.all("SELECT kode, tujuan, juga FROM crosswalk")
    }
    return Sources(reference.priorities, names, crossings)


def read(path: Path) -> Sources:
    """Read older sources: an `asta_cita.yaml`, a nomenclature folder, or a `data/` that holds both.

    Raises `SourcesError`.
    """
    if not path.exists():
        raise SourcesError(Text(f"--against: {path} tidak ditemukan.", f"--against: {path} was not found."))
    if path.is_file():
        return Sources(_priorities(path), None, None)
    priorities = path / PRIORITIES
    folder = path / FOLDER if (path / FOLDER).is_dir() else path
    names = _names(folder)
    if not priorities.is_file() and names is None:
        raise SourcesError(Text(
            f"--against: di {path} tidak ada {PRIORITIES} maupun tabel nomenklatur (program.csv, sub_kegiatan.csv).",
            f"--against: in {path} there is neither {PRIORITIES} nor a nomenclature table (program.csv, "
            "sub_kegiatan.csv)."))  # fmt: skip
    crosswalk = folder / CROSSWALK
    crossings = None
    if crosswalk.is_file():
        rows = _rows(crosswalk, ("kode", "tujuan", "juga"))
        crossings = {row["kode"]: _goals(row["tujuan"], row["juga"]) for row in rows}
    return Sources(_priorities(priorities) if priorities.is_file() else None, names, crossings)


def _priorities(path: Path) -> Prioritas:
    try:
        return with_priorities(path).priorities
    except PrioritiesError as error:
        raise SourcesError(Text(f"--against: {error.text.id}", f"--against: {error.text.en}")) from None


def _names(folder: Path) -> dict[str, frozenset[str]] | None:
    """Return all names by code. Where tiers share a code, the regency's row is the one that counts, as in the index."""
    found: dict[str, tuple[bool, frozenset[str]]] = {}
    tables = [folder / f"{table}.csv" for table in TABLES]
    if not any(table.is_file() for table in tables):
        return None
    for table in filter(Path.is_file, tables):
        for row in _rows(table, ("kode", "nama")):
            regency = (row.get("tingkat") or "").startswith("kabupaten")
            if regency or row["kode"] not in found:
                others = filter(None, (row.get("nama_lain") or "").split("|"))
                found[row["kode"]] = (regency, frozenset({row["nama"], *others}))
    return {kode: names for kode, (_, names) in found.items()}


def _rows(path: Path, keys: Iterable[str]) -> list[dict[str, str]]:
    try:
        text = read_bytes(path).decode("utf-8-sig")
        reader = csv.DictReader(io.StringIO(text, newline=""))
        missing = [key for key in keys if key not in (reader.fieldnames or ())]
        rows = [{key: value or "" for key, value in row.items() if isinstance(key, str)} for row in reader]
    except OSError as error:
        cause = error.strerror or str(error)
        raise SourcesError(Text(f"--against: {path} tidak dapat dibaca: {cause}.",
                                f"--against: {path} cannot be read: {cause}.")) from None  # fmt: skip
    except (UnicodeDecodeError, csv.Error):
        raise SourcesError(Text(f"--against: {path} bukan CSV dalam UTF-8.",
                                f"--against: {path} is no CSV in UTF-8.")) from None  # fmt: skip
    if missing:
        listed = ", ".join(missing)
        raise SourcesError(Text(f"--against: {path} tidak berkolom {listed}.",
                                f"--against: {path} has no column {listed}."))  # fmt: skip
    return rows


def _goals(goal: str, further: str) -> tuple[str, ...]:
    """Return the goals of a crosswalk row; `further` is ``AC6:06.07.04|AC2:02.01.01``."""
    return goal, *sorted({part.partition(":")[0] for part in further.split("|") if part} - {goal})


def changed_goals(old: Prioritas, new: Prioritas) -> dict[str, Text]:
    """Return the goals, old or new, whose meaning differs (`goal_hash`), and what of it."""
    found = {}
    for kode in dict.fromkeys([*(goal.kode for goal in old.tujuan), *(goal.kode for goal in new.tujuan)]):
        before, after = old.goal(kode), new.goal(kode)
        if before is None:
            found[kode] = Text("tujuan baru", "a new goal")
        elif after is None:
            found[kode] = Text("tujuan ini tidak ada lagi", "this goal is gone")
        elif goal_hash(old, kode) != goal_hash(new, kode):
            found[kode] = _told(before, after)
    return found


def _told(before: Tujuan, after: Tujuan) -> Text:
    parts: list[Text] = []
    if folded(before.nama) != folded(after.nama):
        parts.append(Text(f'nama "{before.nama}" → "{after.nama}"', f'name "{before.nama}" → "{after.nama}"'))
    if {folded(one.teks) for one in before.rumusan} != {folded(one.teks) for one in after.rumusan}:
        parts.append(Text("rumusan berubah", "wording changed"))
    one, other = _beneath(before), _beneath(after)
    for codes, id_, en in (
        (sorted(other.keys() - one.keys()), "PP/KP baru", "new PP/KP"),
        (sorted(one.keys() - other.keys()), "PP/KP hilang", "PP/KP gone"),
        (sorted(kode for kode in one.keys() & other.keys() if one[kode] != other[kode]), "PP/KP berganti nama",
         "PP/KP renamed"),
    ):  # fmt: skip
        if codes:
            parts.append(Text(f"{id_}: {', '.join(codes)}", f"{en}: {', '.join(codes)}"))
    if not parts:
        return Text("tanda baca atau jumlah rumusan berubah", "punctuation or the number of wordings changed")
    return Text("; ".join(part.id for part in parts), "; ".join(part.en for part in parts))


def _beneath(goal: Tujuan) -> dict[str, str]:
    found = {}
    for pp in goal.program_prioritas:
        found[pp.kode] = folded(pp.nama)
        found.update((kp.kode, folded(kp.nama)) for kp in pp.kegiatan_prioritas)
    return found
