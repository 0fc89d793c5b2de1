"""From predictions to numbers. A prediction is the top answer of one method for one labelled item."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from alignment_cli.match.judge import Judge
from alignment_cli.match.verdict import Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from alignment_cli.evaluate.gold import Given, Gold
    from alignment_cli.match.calibration import Calibration
    from alignment_cli.match.matcher import Matcher

LABELS = tuple("012345678")
"""0 stands for no goal: support, no evidence, too little text."""
BANDS = ((0.0, 0.5), (0.5, 0.7), (0.7, 0.85), (0.85, 0.95), (0.95, 1.0001))
"""Confidence bands of the reliability table, lower bound inclusive."""
ALSO = 0.25
"""Confidence from which a further goal counts as named."""


@dataclass(frozen=True, slots=True)
class Prediction:
    """What a method said of a row: best label, confidence in it (0-1), whether it answered, all labels named."""

    gold: Gold
    label: str
    confidence: float
    answered: bool
    named: tuple[str, ...]

    @property
    def right(self) -> bool:
        """Tell whether the best label is the gold label."""
        return self.label == self.gold.goal

    @property
    def acceptable(self) -> bool:
        """Tell whether the best label is the gold label or one of the further ones."""
        return self.right or self.label in self.gold.further


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall, F1 of one label (0-1) and its rows."""

    label: str
    precision: float
    recall: float
    f1: float
    rows: int


@dataclass(frozen=True, slots=True)
class Measures:
    """All figures of one set of predictions; shares and rates 0-1.

    `top1`: best label right. `lenient`: best label right or a further goal. `macro_f1`: mean over labels.
    `pooled_f1`: all goals counted together. `answered`: share called aligned (of items that have a goal).
    `precision_answered`: right among those. `false_aligned`: share of items without goal called aligned.
    `ece`: expected calibration error over rows with a goal as answer.
    """

    rows: int
    top1: float
    lenient: float
    macro_f1: float
    pooled_f1: float
    answered: float
    precision_answered: float
    false_aligned: float
    ece: float
    goals_per_item: float
    scores: tuple[Score, ...]
    bands: tuple[tuple[float, float, int, float, float], ...]
    curve: tuple[tuple[float, float, float], ...]


def predict(rows: Iterable[Gold], given: Given, matcher: Matcher, calibration: Calibration) -> list[Prediction]:
    """Return align's own answers."""
    judge, found = Judge(matcher, calibration), []
    for row in rows:
        verdict = judge(row.query(given))
        label = verdict.goal.removeprefix("AC") if verdict.goal else "0"
        named = tuple(match.goal.removeprefix("AC") for match in verdict.matches if match.confidence >= ALSO)
        named += tuple(goal.removeprefix("AC") for goal in verdict.further if goal.removeprefix("AC") not in named)
        answered = verdict.status is Status.SELARAS
        found.append(Prediction(row, label, verdict.confidence, answered, named or (label,)))
    return found


def predict_by(rows: Iterable[Gold], method: Callable[[str], str]) -> list[Prediction]:
    """Return the answers of a baseline, which always answers and knows no confidence."""
    return [Prediction(row, label, 0.0, label != "0", (label,)) for row in rows for label in (method(row.nama),)]


def measure(predictions: Sequence[Prediction]) -> Measures:
    """Return all figures of a set of predictions."""
    scores = tuple(_score(label, predictions) for label in LABELS)
    present = [score for score in scores if score.rows]
    with_goal = [p for p in predictions if p.gold.goal != "0"]
    without = [p for p in predictions if p.gold.goal == "0"]
    answered = [p for p in with_goal if p.answered]
    all_answered = [p for p in predictions if p.answered]
    top1 = _share(predictions, lambda p: p.right)
    return Measures(
        rows=len(predictions),
        top1=top1,
        lenient=_share(predictions, lambda p: p.acceptable),
        macro_f1=sum(score.f1 for score in present) / len(present) if present else 0.0,
        pooled_f1=_pooled_f1(predictions),
        answered=len(answered) / len(with_goal) if with_goal else 0.0,
        precision_answered=_share(all_answered, lambda p: p.right),
        false_aligned=_share(without, lambda p: p.answered),
        ece=_ece(predictions),
        goals_per_item=sum(len(p.named) for p in predictions) / len(predictions),
        scores=scores,
        bands=tuple(_bands(predictions)),
        curve=tuple(_curve(predictions)),
    )


def _share(predictions: Sequence[Prediction], holds: Callable[[Prediction], bool]) -> float:
    return sum(1 for p in predictions if holds(p)) / len(predictions) if predictions else 0.0


def _score(label: str, predictions: Sequence[Prediction]) -> Score:
    hits = sum(1 for p in predictions if p.label == label == p.gold.goal)
    said = sum(1 for p in predictions if p.label == label)
    true = sum(1 for p in predictions if p.gold.goal == label)
    precision = hits / said if said else 0.0
    recall = hits / true if true else 0.0
    f1 = 2 * precision * recall / (precision + recall) if hits else 0.0
    return Score(label, precision, recall, f1, true)


def _pooled_f1(predictions: Sequence[Prediction]) -> float:
    """Return F1 over all goals together: an answer without goal is no claim, an item without goal no miss."""
    hits = sum(1 for p in predictions if p.right and p.label != "0")
    said = sum(1 for p in predictions if p.label != "0")
    true = sum(1 for p in predictions if p.gold.goal != "0")
    return 2 * hits / (said + true) if said + true else 0.0


def _bands(predictions: Sequence[Prediction]) -> Iterable[tuple[float, float, int, float, float]]:
    """Yield (from, to, rows, mean confidence, hit rate) of rows answered with a goal or with support."""
    for low, high in BANDS:
        inside = [p for p in predictions if p.confidence > 0 and low <= p.confidence < high]
        if inside:
            mean = sum(p.confidence for p in inside) / len(inside)
            yield low, min(high, 1.0), len(inside), mean, _share(inside, lambda p: p.right)


def _ece(predictions: Sequence[Prediction]) -> float:
    bands = list(_bands(predictions))
    total = sum(rows for _, _, rows, _, _ in bands)
    return sum(rows * abs(mean - rate) for _, _, rows, mean, rate in bands) / total if total else 0.0


def _curve(predictions: Sequence[Prediction]) -> Iterable[tuple[float, float, float]]:
    """Yield (share answered, accuracy, lowest confidence) when only the surest tenth, two tenths, ... are answered."""
    ordered = sorted(predictions, key=lambda p: (-p.confidence, p.gold.id))
    for tenth in range(1, 11):
        part = ordered[: max(1, round(len(ordered) * tenth / 10))]
        yield len(part) / len(ordered), _share(part, lambda p: p.right), part[-1].confidence
