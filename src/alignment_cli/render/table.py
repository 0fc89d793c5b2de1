"""All items with their answers as CSV: one row each, fixed header, for analysts."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from alignment_cli.render.brief import brief

if TYPE_CHECKING:
    from alignment_cli.render import View
    from alignment_cli.result import FileResult, Judged, Result

HEADER = (
    "berkas", "baris", "daerah", "dokumen", "tahun", "jenjang", "kode", "nama", "perangkat_daerah", "pagu",
    "status", "tujuan", "juga",
    "keyakinan", "dasar", "pesaing", "selisih", "alasan_tinjau", "bukti", "dinyatakan", "tema",
    "program_nasional", "temuan",
)  # fmt: skip

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""First characters by which a spreadsheet takes a cell for a formula."""


def render(result: Result, view: View) -> str:
    """Return CSV (comma, UTF-8 without BOM). Text cells that look like formulas get a leading apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    for file in result.files:
        for judged in file.judged:
            writer.writerow([safe(cell) for cell in _row(file, judged, view)])
    return out.getvalue()


def safe(cell: str | int | None) -> str | int | None:
    """Make a text cell harmless in a spreadsheet and on a terminal."""
    if not isinstance(cell, str):
        return cell
    clean = "".join(ch if ch.isprintable() or ch in "\n\t" else "�" for ch in cell)
    return f"'{clean}" if clean.startswith(FORMULA) else clean


def _row(file: FileResult, judged: Judged, view: View) -> list[str | int | None]:
    item, verdict = judged.item, judged.verdict
    header = file.loaded.file
    inside = file.loaded.original(item.route)
    own = [finding.rule.code for finding in file.findings if finding.place.route[: len(inside)] == inside]
    runner = verdict.runner_up
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
        verdict.status.value,
        verdict.goal,
        "|".join(verdict.further),
        f"{verdict.confidence:.4f}",
        verdict.basis,
        runner.goal if runner else None,
        f"{verdict.margin:.4f}" if verdict.goal else None,
        "|".join(reason.value for reason in verdict.reasons),
        brief(verdict, view.lang),
        "|".join(link.tujuan for link in item.declared),
        "|".join(verdict.themes),
        "|".join(verdict.national),
        "|".join(sorted(set(own))),
    ]
