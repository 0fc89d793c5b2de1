"""From a ranking to a measured probability. The numbers are data (`data/kalibrasi.json`), made by `align eval`."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any, NamedTuple

from alignment_cli import reading
from alignment_cli.finding import Text

if TYPE_CHECKING:
    from pathlib import Path

    from alignment_cli.match.ranking import Basis, Ranking

BASES = ("kode", "nama", "teks")
CLIP = 12.0
"""Log-odds beyond this say no more."""
SUREST = 0.97
"""No answer is surer than labelled rows can show: 87 of 87 coded rows right bound the error at 3/87 (rule of three)."""


class Curve(NamedTuple):
    """Logistic curve: probability of being right = 1 / (1 + exp(-(a + b x))), x = log-odds of the top posterior."""

    a: float
    b: float

    def at(self, x: float) -> float:
        """Return the probability at `x`."""
        return 1 / (1 + math.exp(-(self.a + self.b * max(-CLIP, min(CLIP, x)))))


class Calibration(NamedTuple):
    """A curve for each basis, and the confidence from which an item counts as aligned."""

    curves: dict[str, Curve]
    selaras: float
    bukti: float

    def confidence(self, basis: Basis, ranking: Ranking) -> float:
        """Return how often a ranking like this one has the right goal on top (0-1)."""
        return min(SUREST, self.curves[basis].at(margin(ranking)))


def margin(ranking: Ranking) -> float:
    """Return the log-odds of the top posterior."""
    top = max(ranking.share.values())
    return CLIP if top >= 1 else max(-CLIP, min(CLIP, math.log(top / (1 - top))))


MAX_BYTES = 2**20
"""Largest calibration that is read, in bytes; one has some thousand."""


class CalibrationError(Exception):
    """A file is no calibration; `text` says so in both languages."""

    def __init__(self, path: Path) -> None:
        self.text = Text(f"{path} bukan kalibrasi dari align eval --calibrate.",
                         f"{path} is no calibration of align eval --calibrate.")  # fmt: skip
        super().__init__(self.text.en)


def read(path: Path) -> Calibration:
    """Read a calibration. Raises `CalibrationError` and OSError."""
    try:
        return parse(json.loads(reading.read(path, MAX_BYTES).decode("utf-8")))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise CalibrationError(path) from None


def parse(data: Any) -> Calibration:
    """Build a calibration from its JSON form. Raises KeyError, TypeError and ValueError."""
    curves = {basis: Curve(float(data["kurva"][basis]["a"]), float(data["kurva"][basis]["b"])) for basis in BASES}
    return Calibration(curves, float(data["ambang"]["selaras"]), float(data["ambang"]["bukti"]))
