"""Family 5: what is declared against what the evidence supports. Opinions, so none of them is an error."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from alignment_cli.finding import Finding, Rule, Severity, Text
from alignment_cli.match.verdict import Status, certainty
from alignment_cli.numbers import percent

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from alignment_cli.context import Context, Item
    from alignment_cli.match.evidence import Match
    from alignment_cli.match.verdict import Verdict

UNSUPPORTED = Rule(
    "AL501", "klaim-tidak-didukung", Severity.WARNING, "mutu",
    Text("Klaim keselarasan tidak didukung", "The alignment claim is not supported"),
    Text("{tujuan} dinyatakan, tetapi kode dan teks tidak mendukungnya{lain}.",
         "{tujuan} is declared, but neither code nor text supports it{other}."),
    Text("Tambahkan indikator atau uraian yang menunjukkan hasilnya, atau perbaiki tujuannya.",
         "Add an indicator or a description that shows the result, or correct the goal."),
    confidence="medium",
)  # fmt: skip
MISSED = Rule(
    "AL502", "keselarasan-belum-dinyatakan", Severity.INFO, "saran",
    Text("Keselarasan belum dinyatakan", "An alignment is not declared yet"),
    Text("Bukti menunjuk ke {tujuan} (keyakinan {yakin}), tetapi berkas menyatakan {nyata}.",
         "The evidence points to {tujuan} (confidence {sure}), but the file declares {nyata}."),
    Text("Tambahkan {tujuan} pada keselarasan, atau tolak dengan status ditolak dan alasan.",
         "Add {tujuan} to keselarasan, or reject it with status ditolak and a reason."),
    confidence="medium",
)  # fmt: skip
NO_NUMBER = Rule(
    "AL503", "asta-cita-tanpa-nomor", Severity.INFO, "saran",
    Text('"Asta Cita" tanpa nomor', '"Asta Cita" without a number'),
    Text('Teks menyebut "Asta Cita" tanpa nomor 1-8, sehingga sumbangannya sulit ditelusuri.',
         'The text says "Asta Cita" without a number 1-8, so its contribution is hard to trace.'),
    Text("Sebut nomornya dan isi asta_cita, atau hapus ungkapan itu; ia tidak dihitung sebagai bukti.",
         "Give the number and fill in asta_cita, or drop the phrase; it does not count as evidence."),
)  # fmt: skip
STUFFED = Rule(
    "AL504", "kata-kunci-ditumpuk", Severity.WARNING, "mutu",
    Text("Kata kunci ditumpuk", "Keywords are piled up"),
    Text("Teks menyebut istilah dari {jumlah} tujuan berbeda tanpa menjelaskan pekerjaannya.",
         "The text names terms of {jumlah} different goals without saying what is done."),
    Text("Tulis apa yang dikerjakan, untuk siapa, dan hasilnya; kata kunci saja tidak menambah keyakinan.",
         "Say what is done, for whom, with what result; keywords alone do not add confidence."),
    confidence="low",
)  # fmt: skip

RULES = (UNSUPPORTED, MISSED, NO_NUMBER, STUFFED)

_NO_NUMBER = re.compile(
    r"asta\s*cita(?!\s*+(?:[:#(\[]\s*+)?(?:ke-?\s*+|nomor\s++|no\.?\s*+)?[1-8](?!\s*+(?:[-.,]\s*+)?\d)(?!\w))",
    re.IGNORECASE,
)


def check(context: Context) -> Iterator[Finding]:
    """Yield what is wrong between declarations and evidence of every item."""
    for item in context.items:
        verdict = context.verdicts.get(item.route) if item.declared else None
        if verdict is not None:
            yield from _claims(context, item, verdict)
        if not item.declared:
            yield from _numbers(context, item)
        yield from _piled(context, item)


def _claims(context: Context, item: Item, verdict: Verdict) -> Iterator[Finding]:
    goals = context.priorities
    links = [(goals.goal_code(link.tujuan), link) for link in item.declared if link.status == "dinyatakan"]
    known = {goals.goal_code(link.tujuan) for link in item.declared}
    best = verdict.matches[0] if verdict.matches else None
    if verdict.status is Status.TIDAK_DIDUKUNG:
        other = Text("", "")
        if best is not None and best.confidence >= MISSED_FROM:
            other = Text(f"; bukti menunjuk ke {best.goal}", f"; the evidence points to {best.goal}")
        for kode, link in links:
            if kode is not None:
                params = {"tujuan": kode, "lain": other.id, "other": other.en}
                yield Finding(UNSUPPORTED, context.place(link.route), params)
    elif any(known) and links and best is not None and is_missed(best, known):
        params = {
            "tujuan": best.goal,
            "yakin": f"{certainty(best.confidence, 'id')}, {percent(best.confidence)}",
            "sure": f"{certainty(best.confidence, 'en')}, {percent(best.confidence, 'en')}",
            "nyata": ", ".join(sorted(kode for kode in known if kode)),
        }
        yield Finding(MISSED, context.place(links[0][1].route), params)


MISSED_FROM = 0.7
"""Confidence from which evidence for a goal that is not declared is worth a word."""


def is_missed(best: Match, known: Collection[str | None]) -> bool:
    """Tell whether the goal that the evidence ranks first is sure enough and none of those that the file names."""
    return best.goal not in known and best.confidence >= MISSED_FROM


def _numbers(context: Context, item: Item) -> Iterator[Finding]:
    for key in ("nama", "uraian"):
        text = getattr(item.butir, key) or ""
        if "asta" in text.casefold() and _NO_NUMBER.search(text):
            yield Finding(NO_NUMBER, context.place((*item.route, key)))


def _piled(context: Context, item: Item) -> Iterator[Finding]:
    words = context.matcher.words
    entry = context.nomenclature.get(item.kode) if item.kode else None
    for key in ("nama", "uraian"):
        text = getattr(item.butir, key)
        if not text or (entry is not None and text in (entry.nama, *entry.nama_lain)):  # an official name is no pile
            continue
        if words.is_piled(text):
            yield Finding(STUFFED, context.place((*item.route, key)), {"jumlah": words.piled(text)[0]})
