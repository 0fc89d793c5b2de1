"""Fits the calibration curves on labelled rows, judged only by rows of other bidang urusan."""

from __future__ import annotations

import json
import zlib
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from alignment_cli.evaluate.gold import GIVENS, rows_for
from alignment_cli.match.calibration import Curve, margin
from alignment_cli.nomenclature import PENUNJANG

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alignment_cli.evaluate.gold import Gold
    from alignment_cli.match.matcher import Matcher
    from alignment_cli.reference import Reference

FOLDS = 5
RIDGE = 0.5
"""Pull of the curve towards `PRIOR`, in rows: with few rows the curve stays close to a plain logistic."""
PRIOR = Curve(0.0, 0.6)

Point = tuple[float, bool]
"""Log-odds of the top posterior, and whether the top was right."""


def points(rows: Sequence[Gold], matcher: Matcher) -> dict[str, list[tuple[str, Point]]]:
    """Return, for each basis, (group, point) of every row that has any evidence; groups are bidang urusan."""
    found: dict[str, list[tuple[str, Point]]] = defaultdict(list)
    for given in GIVENS:
        for row in rows_for(rows, given):
            ranking = matcher.rank(row.query(given))
            top = max(ranking.share, key=lambda goal: (ranking.share[goal], goal))
            if any(signal.goal == top and signal.strength > 0 for signal in ranking.signals):
                label = "0" if top == PENUNJANG else top.removeprefix("AC")
                found[ranking.basis].append((group(row), (margin(ranking), label == row.goal)))
    return found


def group(row: Gold) -> str:
    """Return what a row shares with its neighbours: its bidang urusan; without one, a fold drawn from its name."""
    return row.bidang or f"narasi-{zlib.crc32(row.nama.encode()) % (FOLDS * 4)}"


def fit(found: Sequence[Point]) -> Curve:
    """Fit a logistic curve by Newton's method with a ridge towards `PRIOR`; its slope is never negative."""
    a, b = PRIOR.a, PRIOR.b
    for _ in range(50):
        ga, gb = -RIDGE * (a - PRIOR.a), -RIDGE * (b - PRIOR.b)
        haa, hab, hbb = RIDGE, 0.0, RIDGE
        for x, right in found:
            p = Curve(a, b).at(x)
            error, weight = right - p, max(p * (1 - p), 1e-6)
            ga, gb = ga + error, gb + error * x
            haa, hab, hbb = haa + weight, hab + weight * x, hbb + weight * x * x
        det = haa * hbb - hab * hab
        step_a, step_b = (hbb * ga - hab * gb) / det, (haa * gb - hab * ga) / det
        size = max(abs(step_a), abs(step_b))
        scale = min(1.0, 1.0 / size) if size else 0.0
        a, b = a + scale * step_a, max(0.0, b + scale * step_b)
        if size < 1e-9:  # noqa: PLR2004 - converged
            break
    return Curve(round(a, 4), round(b, 4))


def cross_validated(found: Sequence[tuple[str, Point]]) -> list[tuple[float, bool]]:
    """Return (confidence, right) of every point, each judged by a curve fitted on other groups only."""
    names = sorted({name for name, _ in found})
    fold_of = {name: i % FOLDS for i, name in enumerate(names)}
    judged = []
    for fold in range(FOLDS):
        curve = fit([point for name, point in found if fold_of[name] != fold])
        judged += [(curve.at(x), right) for name, (x, right) in found if fold_of[name] == fold]
    return judged


def error(judged: Sequence[tuple[float, bool]], bins: int = 10) -> float:
    """Return the expected calibration error over bins of equal width."""
    total = 0.0
    for i in range(bins):
        inside = [(p, right) for p, right in judged if i / bins <= p < (i + 1) / bins or (i == bins - 1 and p == 1)]
        if inside:
            total += abs(sum(p for p, _ in inside) - sum(right for _, right in inside))
    return total / len(judged) if judged else 0.0


def calibrate(rows: Sequence[Gold], reference: Reference) -> dict[str, Any]:
    """Return the JSON form of a calibration fitted on all rows, with how well it does on groups left out. A basis
    that the rows do not show keeps its curve.
    """
    found = points(rows, reference.matcher)
    before = reference.calibration
    curves, checks = {}, {}
    for basis, curve in before.curves.items():
        part = found.get(basis, [])
        best = fit([point for _, point in part]) if part else curve
        curves[basis] = {"a": best.a, "b": best.b}
        judged = cross_validated(part) if len({name for name, _ in part}) >= FOLDS else []
        checks[basis] = {
            "baris": len(part),
            "kelompok": len({name for name, _ in part}),
            "tepat": round(sum(right for _, right in judged) / len(judged), 4) if judged else None,
            "ece_silang": round(error(judged), 4) if judged else None,
        }
    return {
        "kurva": curves,
        "ambang": {"selaras": before.selaras, "bukti": before.bukti},
        "ukuran": checks,
    }


def as_json(rows: Sequence[Gold], reference: Reference) -> str:
    """Return `calibrate` as JSON text."""
    return json.dumps(calibrate(rows, reference), ensure_ascii=False, indent=2) + "\n"
