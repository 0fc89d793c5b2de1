"""The view `ringkas`: one page that answers how far a region's programmes run in line with the national road map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alignment_cli.finding import Text
from alignment_cli.match.verdict import Status
from alignment_cli.numbers import number, short_rupiah
from alignment_cli.report import words
from alignment_cli.report.amounts import total
from alignment_cli.report.figures import unknown
from alignment_cli.report.gaps import claimed, found, none, region_gaps, unassessed, unsupported
from alignment_cli.report.goals import goals_table
from alignment_cli.report.table import Column, Row, Table, View

if TYPE_CHECKING:
    from alignment_cli.report.figures import Entry, Figures

MOST = 5
"""Gaps and claims on the page."""


def summary(figures: Figures) -> View:
    """Return the sentence, the index with its parts and bounds, the goals, the gravest gaps and claims."""
    gaps = [Row((gap.rule, gap.short), gap.items) for gap in region_gaps(figures)[:MOST]]
    claims = [
        Row((e.item.nama, claimed(e, figures), found(e), e.item.pagu), (e.origin,)) for e in unsupported(figures)[:MOST]
    ]
    claim_columns = (words.ITEM, words.CLAIMED, words.FOUND, words.PAGU)
    tables = [
        _index(figures),
        goals_table(figures, brief=True),
        Table("kesenjangan_terbesar", Text("Kesenjangan terbesar", "Gravest gaps"), (words.RULE, words.GAP), gaps,
              empty=none(figures)),
        Table("klaim_terbesar", Text("Klaim tidak didukung yang terbesar", "Largest unsupported claims"),
              claim_columns, claims, single=True),
    ]  # fmt: skip
    sentences = [sentence(figures), *_remainder(figures), *_unjudged(figures), *unassessed(figures)]
    return View("ringkas", Text("Ringkasan", "Summary"), sentences, tables)


def sentence(figures: Figures) -> Text:
    """Say in one sentence how far the plan is aligned, with its bounds."""
    score, name = figures.score, figures.region.header.daerah.nama
    if score is None:
        return Text(f"{name}: tidak ada butir yang dapat dinilai.", f"{name}: nothing can be judged.")
    lower, upper, known = words.share(score.value), words.share(score.upper), score.items - score.unknown
    of = {
        "pagu": Text(f"pagu yang diketahui di luar penunjang ({short_rupiah(score.total)})",
                     f"the known money besides internal support ({short_rupiah(score.total, 'en')})"),
        "butir": Text(f"{number(score.total)} butir di luar penunjang ({number(known)} berpagu)",
                      f"{number(score.total, 'en')} items besides internal support ({number(known, 'en')} with a "
                      "ceiling)"),
    }[score.weight]  # fmt: skip
    most = Text(f"; paling tinggi {upper.id} bila semua yang belum pasti ternyata selaras",
                f"; at most {upper.en} if all that is open turns out aligned")  # fmt: skip
    if not score.open:
        most = Text("", "")
    return Text(
        f"{name}: dari {of.id}, {lower.id} selaras dengan prioritas nasional{most.id}.",
        f"{name}: of {of.en}, {lower.en} is in line with the national priorities{most.en}.",
    )


def _remainder(figures: Figures) -> list[Text]:
    if not figures.remainder:
        return []
    return [Text(f"Di luar itu {short_rupiah(figures.remainder)} pagu program belum terinci ke sub kegiatan.",
                 f"Beyond that, {short_rupiah(figures.remainder, 'en')} of programme ceilings is not broken down into "
                 "sub-activities.")]  # fmt: skip


def _unjudged(figures: Figures) -> list[Text]:
    dropped = sum(len(file.loaded.dropped) for file in figures.files)
    if not dropped:
        return []
    return [Text(f"{number(dropped)} program tidak dinilai karena isinya tidak sah; lihat align check.",
                 f"{number(dropped, 'en')} programme(s) were not judged because they are invalid; see align "
                 "check.")]  # fmt: skip


def _index(figures: Figures) -> Table:
    """Return the parts of the index: number and money of the items by answer, and their part of what it counts."""
    by_answer = [(status, [e for e in figures.leaves if e.verdict.status is status]) for status in Status]
    rows = [_answer(status, own, figures) for status, own in by_answer if own]
    everything = Row(
        (words.TOTAL, len(figures.leaves), figures.known, figures.unknown, None),
        tuple(entry.origin for entry in figures.leaves),
    )
    title = Text("Bagian-bagian indeks (menurut butir)", "Parts of the index (by items)")
    if figures.score is not None and figures.score.weight == "pagu":
        title = Text("Bagian-bagian indeks (menurut pagu)", "Parts of the index (by ceiling)")
    part = Column("bagian", Text("Bagian", "Part"), "percent")
    columns = (words.STATUS, words.ITEMS, words.PAGU, words.UNKNOWN, part)
    note = Text(
        "Butir: sub kegiatan, atau program tanpa sub kegiatan. Indeks: bagian selaras; batas atas menambahkan perlu "
        "tinjau dan teks kurang.",
        "Items: sub-activities, or programmes without any. Index: the aligned part; the upper bound adds those to "
        "review and with too little text.",
    )
    return Table("indeks", title, columns, rows, everything, note)


def _answer(status: Status, own: list[Entry], figures: Figures) -> Row:
    pagu, score = total(entry.item.pagu for entry in own), figures.score
    part = None
    if score is not None and status is not Status.PENUNJANG:
        part = (len(own) if score.weight == "butir" else pagu or 0) / score.total
    words_ = Text(status.in_("id"), status.in_("en"))
    return Row((words_, len(own), pagu, unknown(own), part), tuple(entry.origin for entry in own))
