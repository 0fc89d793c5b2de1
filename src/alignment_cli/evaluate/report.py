"""All measurements of a labelled file: align and the baselines, by what is given and by level."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alignment_cli.evaluate.baselines import baselines
from alignment_cli.evaluate.gold import GIVENS, rows_for
from alignment_cli.evaluate.measure import measure, predict, predict_by
from alignment_cli.render.evaluation import Part

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from alignment_cli.evaluate.gold import Gold
    from alignment_cli.reference import Reference


def parts(rows: Sequence[Gold], reference: Reference) -> Iterator[Part]:
    """Yield measures: align first, overall (level "*") and by level, then the baselines on names."""
    for given in GIVENS:
        chosen = rows_for(rows, given)
        levels = sorted({row.level for row in chosen})
        for level in ("*", *(levels if len(levels) > 1 else ())):
            some = [row for row in chosen if level in ("*", row.level)]
            if some:
                yield Part(
                    "align", given, level, measure(predict(some, given, reference.matcher, reference.calibration))
                )
    for name, method in baselines(rows, reference).items():
        yield Part(name, "nama", "*", measure(predict_by(rows, method)))
