"""All items with their answers as CSV: one row each, fixed header, for analysts."""

from __future__ import annotations

import csv
import io
from itertools import chain
from typing import TYPE_CHECKING

from alignment_cli.render.brief import brief

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from alignment_cli.finding import Lang, Route
    from alignment_cli.priorities import Prioritas
    from alignment_cli.render import View
    from alignment_cli.result import FileResult, Judged
    from alignment_cli.tally import Summary

ANSWERS = ("status", "tujuan", "juga", "keyakinan", "dasar", "pesaing", "selisih", "alasan_tinjau", "bukti")
"""Columns that stand between the plan's own and what was declared."""
HEADER = (
    "berkas", "baris", "daerah", "dokumen", "tahun", "jenjang", "kode", "nama", "perangkat_daerah", "pagu", *ANSWERS,
    "dinyatakan", "tema", "program_nasional", "temuan",
)  # fmt: skip

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""First characters by which a spreadsheet takes a cell for a formula."""


class Figure(str):
    """A number as it is written, which is no formula though it begins with a minus."""

    __slots__ = ()


def part(file: FileResult, priorities: Prioritas, view: View) -> list[str]:  # noqa: ARG001 - as every format
    """Return the rows of a file (comma, UTF-8 without BOM). Text cells that look like formulas get a leading
    apostrophe.
    """
    codes = codes_by_item(file)
    rows = (_row(file, one, codes.get(file.loaded.original(one.item.route), []), view) for one in file.judged)
    return [_written([safe(cell) for cell in row] for row in rows)]


def whole(parts: Iterable[list[str]], summary: Summary, view: View) -> Iterator[str]:  # noqa: ARG001 - as every format
    """Yield the header, then the rows of all files."""
    yield _written([HEADER])
    yield from chain.from_iterable(parts)


def _written(rows: Iterable[Sequence[str | int | None]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def safe(cell: str | int | None) -> str | int | None:
    """Make a text cell harmless in a spreadsheet and on a terminal."""
    if not isinstance(cell, str) or isinstance(cell, Figure):
        return cell
    clean = cell
    if not cell.isprintable():
        clean = "".join(ch if ch.isprintable() or ch in "\n\t" else "�" for ch in cell)
    return f"'{clean}" if clean.startswith(FORMULA) else clean


def answer(judged: Judged, codes: list[str], lang: Lang) -> dict[str, str | float | list[str] | None]:
    """Return what `align` answers for an item, by the names of its columns; `codes` are those of its findings.
    Confidences are 0-1, rounded to four digits.
    """
    verdict, runner = judged.verdict, judged.verdict.runner_up
    return {
        "status": verdict.status.value,
        "tujuan": verdict.goal,
        "juga": list(verdict.further),
        "keyakinan": round(verdict.confidence, 4),
        "dasar": verdict.basis,
        "pesaing": runner.goal if runner else None,
        "selisih": round(verdict.margin, 4) if verdict.goal else None,
        "alasan_tinjau": [reason.value for reason in verdict.reasons],
        "bukti": brief(verdict, lang),
        "tema": list(verdict.themes),
        "program_nasional_terbaca": list(verdict.national),
        "temuan": codes,
    }


def codes_by_item(file: FileResult) -> dict[Route, list[str]]:
    """Return the codes of the findings about each item and, for a programme, about its parts, by the item's route in
    the document.
    """
    found: dict[Route, set[str]] = {}
    for finding in file.findings:
        route = finding.place.route
        for inside in {route[:2], route[:4]}:
            found.setdefault(inside, set()).add(finding.rule.code)
    return {route: sorted(codes) for route, codes in found.items()}


def _row(file: FileResult, judged: Judged, codes: list[str], view: View) -> list[str | int | None]:
    item, header = judged.item, file.loaded.file
    cells = {name: _cell(value) for name, value in answer(judged, codes, view.lang).items()}
    return [
        file.loaded.path,
        file.loaded.line(item.route),
        header.daerah.nama if header else None,
        header.dokumen if header else None,
        header.tahun if header else None,
        "program" if item.parent is None else "sub_kegiatan",
        item.kode,
        item.nama,
        item.perangkat_daerah,
        item.pagu,
        *(cells[name] for name in ANSWERS),
        "|".join(link.tujuan for link in item.declared),
        cells["tema"],
        cells["program_nasional_terbaca"],
        cells["temuan"],
    ]


def _cell(value: str | float | list[str] | None) -> str | None:
    if isinstance(value, float):
        return Figure(f"{value:.4f}")
    return "|".join(value) if isinstance(value, list) else value
