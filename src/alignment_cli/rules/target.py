"""Family 4, second part: a target must be a number that fits its unit, and may be held against the national one."""

from __future__ import annotations

import math
import re
from functools import lru_cache
from itertools import dropwhile
from typing import TYPE_CHECKING, NamedTuple

from alignment_cli.finding import Finding, Rule, Severity, Text
from alignment_cli.match.text import fold
from alignment_cli.numbers import read_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alignment_cli.context import Context
    from alignment_cli.model import Indikator
    from alignment_cli.priorities import IndikatorMakro, Prioritas

MISFIT = Rule(
    "AL405", "target-tidak-cocok-satuan", Severity.WARNING, "mutu",
    Text("Target tidak cocok dengan satuannya", "The target does not fit its unit"),
    Text('Target "{target}" dengan satuan "{satuan}" {apa}.', 'The target "{target}" with the unit "{satuan}" {what}.'),
    Text("Tulis angka saja yang sesuai satuannya, desimal dengan titik: 14.2.",
         "Write a bare number that fits its unit, with a decimal point: 14.2."),
    confidence="medium",
)  # fmt: skip
BELOW_NATIONAL = Rule(
    "AL406", "target-di-bawah-nasional", Severity.INFO, "saran",
    Text("Target lebih lemah daripada target nasional", "The target is weaker than the national one"),
    Text("Target {nilai} tahun {tahun} lebih lemah daripada target nasional {nama}: {nasional} (sumber: {sumber}).",
         "The target {value} for {tahun} is weaker than the national one for {nama}: {nasional} (source: {sumber})."),
    Text("Periksa angkanya; bila keadaan daerah memang lain, jelaskan dalam uraian.",
         "Check the figure; if the region's situation does differ, say so in uraian."),
    confidence="low",
)  # fmt: skip

RULES = (MISFIT, BELOW_NATIONAL)

PERCENT = re.compile(r"persen(?:tase)?(?:\s*\(%\))?|percent|%")
"""Units that mean percent, folded."""
_COUNTS = frozenset({
    "dokumen", "ekor", "ha", "hektare", "kegiatan", "kk", "km", "laporan", "lokasi", "orang", "paket", "rp", "rumah",
    "rupiah", "ton", "unit",
})  # fmt: skip
"""Units whose target can only be a number."""
_BLANK = frozenset({"", "-", "n/a"})
"""What stands for "not filled in", folded."""
_ABOVE_100 = re.compile(
    r"tumbuh|tingkatan|kenaikan|penambahan|laju|realisasi|capaian|rasio|kasar|\bapk\b|produktivitas|inflasi"
)
"""Percentages of something before or beside it, which can pass 100."""
_BELOW_0 = re.compile(
    r"tumbuh|tingkatan|kenaikan|penurunan|perubahan|laju|selisih|neraca|inflasi|defisit|surplus|deviasi"
)
"""Measures of change or balance, which can be negative."""
_GENERIC = frozenset({"angka", "capaian", "laju", "nilai", "persentase", "target", "tingkat"})
"""Words before a measure's name that do not change which measure it is."""
_WHERE = re.compile(r"\s(?:di\s+|se-?)?(?:daerah|indonesia|kab(?:upaten)?|kota|nasional|prov(?:insi)?)\b.*")
_UNITS_OF_INDEX = frozenset({"", "angka", "indeks", "nilai", "poin", "rasio", "skor"})
WHOLE = 100
"""Percent of the whole."""
FIRST, LAST = 2025, 2029
"""Years of the national targets (fields `target_2025`, `target_2029`)."""
_OTHER_SCALE = 10
"""A target this many times the national one is written in another scale."""


def is_missing(value: object) -> bool:
    """Tell whether a unit or target is not filled in."""
    return value is None or (isinstance(value, str) and fold(value).strip() in _BLANK)


def unit_in(target: float | str | None) -> str | None:
    """Return the unit that stands with the number in a target ("14,2 persen": persen), None when there is none."""
    found = re.fullmatch(r"([\d.,]+)\s*([^\W\d_]+|%)", target.strip()) if isinstance(target, str) else None
    return found.group(2) if found and read_number(found.group(1)) is not None else None


def check(context: Context) -> Iterator[Finding]:
    """Yield what is wrong with the targets of every item's indicators."""
    goals = context.priorities
    national, telling = _national(goals)
    for item in context.items:
        for n, indicator in enumerate(item.butir.indikator):
            if is_missing(indicator.target):
                continue
            misfit = _misfit(indicator)
            other = telling.isdisjoint(_words(fold(indicator.nama)))
            goal = None if other else national.get(_measure(indicator.nama))
            if misfit is None and goal is None:
                continue
            route = (*item.route, "indikator", n, "target")
            if misfit is not None:
                params = {"target": str(indicator.target), "satuan": indicator.satuan or "-"}
                yield Finding(
                    MISFIT, context.place(route), params | {"apa": misfit.why.id, "what": misfit.why.en}, misfit.hint
                )
            elif goal is not None and _is_weaker(indicator, goal, context.file.tahun):
                source = goals.sumber.get(goal.sumber, goal.sumber)
                params = {
                    "nilai": _told(indicator.target),
                    "value": str(indicator.target),
                    "tahun": str(context.file.tahun),
                    "nama": goal.nama,
                }
                yield Finding(
                    BELOW_NATIONAL, context.place(route), params | {"nasional": _targets(goal), "sumber": source}
                )


@lru_cache(maxsize=4)
def _national(goals: Prioritas) -> tuple[dict[tuple[str, ...], IndikatorMakro], frozenset[str]]:
    """Return the national indicators by what they measure, and a word of each; names without any of these mean none."""
    listed = [*goals.indikator_makro, *(one for goal in goals.tujuan for one in goal.indikator)]
    found = {_measure(one.nama): one for one in listed}
    return found, frozenset(max(measure, key=len) if measure else word for measure in found for word in _GENERIC)


class Misfit(NamedTuple):
    """Why a target does not fit its unit, and what may be meant."""

    why: Text
    hint: str | None = None


def _misfit(indicator: Indikator) -> Misfit | None:
    target = indicator.target
    if isinstance(target, int | float) and 0 <= target <= WHOLE:
        return None
    unit, name = fold(indicator.satuan or "").strip(), fold(indicator.nama)
    percent = PERCENT.fullmatch(unit) is not None
    value = _value(target, percent=percent)
    inside = unit_in(target)
    if inside is not None and _same_unit(fold(inside), unit):
        number = _value(str(target).strip().removesuffix(inside), percent=percent)
        return Misfit(Text("memuat satuannya lagi", "repeats its unit"), None if number is None else f"{number:.15g}")
    if value is None:
        number_wanted = (percent or unit in _COUNTS) and not re.search(r"\d", str(target))
        return Misfit(Text("bukan angka", "is not a number")) if number_wanted else None
    if percent and value > WHOLE and not _ABOVE_100.search(name):
        return Misfit(Text("melebihi 100 persen", "is above 100 percent"))
    if value < 0 and not _BELOW_0.search(name):
        return Misfit(Text("negatif", "is negative"))
    return None


def _value(target: float | str | None, *, percent: bool) -> float | None:
    """Return a target as a number, None where it is none. In a percentage a lone point is a decimal one."""
    if isinstance(target, str):
        lone = percent and target.count(".") == 1 and "," not in target
        return read_number(target.replace(".", ",") if lone else target)
    return target if target is not None and math.isfinite(target) else None


def _same_unit(first: str, second: str) -> bool:
    return first == second or bool(PERCENT.fullmatch(first) and PERCENT.fullmatch(second))


def _measure(name: str) -> tuple[str, ...]:
    """Return what an indicator measures, by its words: without brackets, place and generic words before it."""
    text = _WHERE.sub("", " ".join(re.sub(r"\([^()]*\)", " ", fold(name)).split()))
    return tuple(sorted(dropwhile(_GENERIC.__contains__, _words(text))))


def _words(folded: str) -> list[str]:
    return _WORD.findall(folded)


_WORD = re.compile(r"[a-z0-9]+")


def _is_weaker(indicator: Indikator, goal: IndikatorMakro, year: int) -> bool:
    """Tell whether a target falls behind the national one that is due in its year. Which way is better shows in the
    national figures; of a national range the easier end counts.
    """
    value = _value(indicator.target, percent=PERCENT.fullmatch(fold(goal.satuan)) is not None)
    before, later = _range(goal.awal) or _range(goal.target_2025), _range(goal.target_2029)
    since = re.search(r"mulai (\d{4})", goal.target_2029 or "")
    due = (
        later if year >= int(since.group(1) if since else LAST) else _range(goal.target_2025) if year >= FIRST else None
    )
    if value is None or later is None or due is None or not _comparable(indicator, goal):
        return False
    falling = later == (0, 0) if before is None else sum(later) < sum(before)
    rising = before is not None and sum(later) > sum(before)
    bound = max(due) if falling else min(due)
    if bound and not bound / _OTHER_SCALE < value < bound * _OTHER_SCALE:
        return False
    return (falling and value > bound) or (rising and value < bound)


def _comparable(indicator: Indikator, goal: IndikatorMakro) -> bool:
    unit, national = fold(indicator.satuan or "").strip(), fold(goal.satuan)
    return _same_unit(unit or national, national) or (national == "indeks" and unit in _UNITS_OF_INDEX)


def _range(text: str | None) -> tuple[float, float] | None:
    """Return the ends of a national figure: ``7,0-8,0`` or ``0 (mulai 2026)``."""
    numbers = [read_number(part) for part in re.sub(r"\([^()]*\)", "", text or "").split("-")]
    known = [number for number in numbers if number is not None]
    return (min(known), max(known)) if len(known) == len(numbers) else None


def _targets(goal: IndikatorMakro) -> str:
    given = ((goal.target_2025, FIRST), (goal.target_2029, LAST))
    return "; ".join(text if "(" in text else f"{text} ({year})" for text, year in given if text)


def _told(value: float | str | None) -> str:
    return str(value).replace(".", ",") if isinstance(value, float) else str(value)
