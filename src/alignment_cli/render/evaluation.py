"""Measurements as text, Markdown or JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from alignment_cli.finding import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alignment_cli.evaluate.measure import Measures
    from alignment_cli.finding import Lang


@dataclass(frozen=True, slots=True)
class Part:
    """The measures of one method on one set of rows; `given` is what the method was shown."""

    method: str
    given: str
    level: str
    measures: Measures


_SHORT = (
    "rows",
    "top1",
    "lenient",
    "macro_f1",
    "pooled_f1",
    "answered",
    "precision_answered",
    "false_aligned",
    "ece",
    "goals_per_item",
)
_HEADS = {
    "method": Text("cara", "method"),
    "given": Text("diberi", "given"),
    "level": Text("jenjang", "level"),
    "rows": Text("baris", "rows"),
    "top1": Text("tepat", "top-1"),
    "lenient": Text("tepat/juga", "top-1 or further"),
    "macro_f1": Text("F1 makro", "macro F1"),
    "pooled_f1": Text("F1 gabungan", "pooled F1"),
    "answered": Text("dijawab", "answered"),
    "precision_answered": Text("tepat bila dijawab", "precision answered"),
    "false_aligned": Text("salah selaras", "false aligned"),
    "ece": Text("ECE", "ECE"),
    "goals_per_item": Text("tujuan/butir", "goals per item"),
}


def as_json(parts: Sequence[Part]) -> str:
    """Return all measures as JSON, rates rounded to four digits."""
    data = [
        {"method": part.method, "given": part.given, "level": part.level, "measures": _rounded(asdict(part.measures))}
        for part in parts
    ]
    return json.dumps({"version": 1, "measures": data}, ensure_ascii=False, indent=2) + "\n"


def _rounded(value: object) -> object:
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, dict):
        return {key: _rounded(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(part) for part in value]
    return value


def as_markdown(parts: Sequence[Part], lang: Lang) -> str:
    """Return all measures as Markdown tables."""
    lines = [_line([_HEADS[key].in_(lang) for key in _HEADS]), _line(["---"] * len(_HEADS))]
    lines += [_line(_cells(part)) for part in parts]
    for part in parts:
        if part.method == "align" and part.level == "*":
            lines += ["", *_details(part, lang)]
    return "\n".join(lines) + "\n"


def as_text(parts: Sequence[Part], lang: Lang) -> str:
    """Return all measures as aligned columns."""
    rows = [[_HEADS[key].in_(lang) for key in _HEADS], *(_cells(part) for part in parts)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(_HEADS))]
    names = 3  # the first columns are names, the others figures
    lines = []
    for row in rows:
        cells = [
            cell.ljust(width) if i < names else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    for part in parts:
        if part.method == "align" and part.level == "*":
            lines += ["", *(line.replace("|", " ").strip() for line in _details(part, lang) if "---" not in line)]
    return "\n".join(lines) + "\n"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cells(part: Part) -> list[str]:
    figures = asdict(part.measures)
    cells = [part.method, part.given, part.level]
    for key in _SHORT:
        value = figures[key]
        cells.append(f"{value}" if key == "rows" else f"{value:.3f}")
    if part.method != "align":
        cells[_SHORT.index("ece") + 3] = "-"
    return cells


def _details(part: Part, lang: Lang) -> list[str]:
    """Return the tables by goal, by confidence band and by share answered."""
    title = {"id": f"align, diberi {part.given}", "en": f"align, given {part.given}"}[lang]
    heads = {
        "id": (("tujuan", "presisi", "recall", "F1", "baris"), ("keyakinan", "baris", "rata-rata", "tepat"),
               ("bagian dijawab", "tepat", "keyakinan terendah")),
        "en": (("goal", "precision", "recall", "F1", "rows"), ("confidence", "rows", "mean", "hit rate"),
               ("share answered", "accuracy", "lowest confidence")),
    }[lang]  # fmt: skip
    lines = [f"**{title}**", "", _line(heads[0]), _line(["---"] * 5)]
    lines += [
        _line([s.label, f"{s.precision:.3f}", f"{s.recall:.3f}", f"{s.f1:.3f}", f"{s.rows}"])
        for s in part.measures.scores
    ]
    lines += ["", _line(heads[1]), _line(["---"] * 4)]
    lines += [
        _line([f"{low:.2f}-{high:.2f}", f"{rows}", f"{mean:.3f}", f"{rate:.3f}"])
        for low, high, rows, mean, rate in part.measures.bands
    ]
    lines += ["", _line(heads[2]), _line(["---"] * 3)]
    lines += [_line([f"{share:.2f}", f"{rate:.3f}", f"{low:.3f}"]) for share, rate, low in part.measures.curve]
    return lines
