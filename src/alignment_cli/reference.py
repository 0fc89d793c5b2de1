"""The reference data of a run: priorities, nomenclature, matcher and calibration, loaded once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from alignment_cli.faults import kinds
from alignment_cli.finding import Text, route_text
from alignment_cli.index.store import data_dir, open_index
from alignment_cli.match import Matcher, calibration
from alignment_cli.match.judge import Judge
from alignment_cli.match.prepared import Prepared
from alignment_cli.priorities import Prioritas, validate
from alignment_cli.shape import trusted

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic_core import ErrorDetails

    from alignment_cli.index.store import Index
    from alignment_cli.match.calibration import Calibration


@dataclass
class Reference:
    """What items are held against. `own` tells that the priorities came from `--priorities`."""

    index: Index
    priorities: Prioritas
    own: bool = False

    @cached_property
    def matcher(self) -> Matcher:
        """The matcher over these priorities."""
        return Matcher(self.index, self.priorities, national=not self.own)

    @cached_property
    def judge(self) -> Judge:
        """The judge over these priorities and this calibration."""
        prepared = None if self.own else Prepared(self.index, self.matcher)
        fits = prepared is not None and prepared.fits(self.calibration)
        return Judge(self.matcher, self.calibration, prepared if fits else None)

    @cached_property
    def calibration(self) -> Calibration:
        """The calibration that ships with the data; may be replaced by another."""
        return calibration.read(data_dir() / "kalibrasi.json")


def shipped() -> Reference:
    """Return the reference data that ships with align."""
    index = open_index()
    return Reference(index, trusted(Prioritas, index.json("prioritas")))


def load(priorities: Path | None, calibrated: Path | None) -> Reference:
    """Return the reference data, with own priorities and calibration where files are named. Raises `PrioritiesError`,
    `calibration.CalibrationError` and OSError.
    """
    data = shipped() if priorities is None else with_priorities(priorities)
    if calibrated is not None:
        data.calibration = calibration.read(calibrated)
    return data


class PrioritiesError(Exception):
    """A priorities file cannot be used; `text` says why in both languages."""

    def __init__(self, path: Path, id_: str, en: str) -> None:
        super().__init__(en)
        self.text = Text(f"berkas prioritas {path} {id_}", f"the priorities file {path} {en}")


def with_priorities(path: Path) -> Reference:
    """Return reference data with the priorities of a file. Raises `PrioritiesError`."""
    from pydantic import ValidationError

    from alignment_cli import source

    if path.exists() and not path.is_file():
        raise PrioritiesError(path, "bukan berkas biasa", "is no ordinary file")
    try:
        document = source.read_text(path, str(path))
        source.compose(document)
        data = source.values(document, TEXT_KEYS, frozenset())
        priorities = validate(data)
    except OSError as error:
        cause = error.strerror or str(error)
        raise PrioritiesError(path, f"tidak dapat dibaca: {cause}", f"cannot be read: {cause}") from None
    except source.SourceError as error:
        at = f"{error.span.line}:{error.span.column}"
        raise PrioritiesError(path, f"tidak sah di {at}: {error.detail or error.kind}",
                              f"is invalid at {at}: {error.detail or error.kind}") from None  # fmt: skip
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        route = tuple(first["loc"])
        span = document.place(route).span
        where = f"{span.line}:{span.column} ({route_text(route) or '-'})"
        wrong = _cause(first)
        raise PrioritiesError(path, f"tidak sah di {where}: {wrong.id}", f"is invalid at {where}: {wrong.en}") from None
    return Reference(open_index(), priorities, own=True)


def _cause(problem: ErrorDetails) -> Text:
    if problem["type"] == "missing":
        return Text("isian wajib tidak ada", "a required entry is missing")
    if problem["type"] in ("unexpected_keyword_argument", "extra_forbidden"):
        return Text("kunci tidak dikenal", "unknown key")
    found, expected = kinds(problem)
    return Text(f"{found[0]}, seharusnya {expected[0]}", f"{found[1]}, expected {expected[1]}")


TEXT_KEYS = frozenset({
    "kode", "nama", "nama_en", "berlaku", "teks", "kp", "target_2025", "target_2029", "awal", "satuan", "nomenklatur",
    "alias", "alias_lemah", "sumber", "dasar",
})  # fmt: skip
"""Keys of a priorities file whose value is text even where it looks like a number."""
