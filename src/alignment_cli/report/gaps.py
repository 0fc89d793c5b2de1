"""The view `kesenjangan`: gaps both ways, from the goals to the region and from the region to the goals."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from alignment_cli.finding import Text
from alignment_cli.match.verdict import Status
from alignment_cli.numbers import number
from alignment_cli.readiness import by_basis
from alignment_cli.report import words
from alignment_cli.report.figures import WITHOUT
from alignment_cli.report.goals import weight
from alignment_cli.report.table import Column, Origin, Row, Table, View, origin

if TYPE_CHECKING:
    from collections.abc import Iterable

    from alignment_cli.finding import Finding
    from alignment_cli.readiness import Readiness
    from alignment_cli.report.figures import Entry, Figures
    from alignment_cli.report.table import Cell

REGION_RULES = ("AL701", "AL703", "AL704", "AL702")
"""Rules that tell what a region leaves out: a goal that nobody serves, roles that a rule asks for, and at the end
goals with little support, which may be a choice.
"""
MISSED = "AL502"
"""Rule that tells that an item claims other goals than the evidence points to."""


class Gap(NamedTuple):
    """What the region leaves out, by which rule; `short` for a page with little room. `items` are those that serve the
    goal or national programme after all.
    """

    rule: str
    text: Text
    short: Text
    items: tuple[Origin, ...]


def region_gaps(figures: Figures) -> list[Gap]:
    """Return what the region leaves out, the gravest first, as the rules about whole regions tell it."""
    found = [finding for file in figures.files for finding in file.findings if finding.rule.code in REGION_RULES]
    found.sort(key=lambda finding: REGION_RULES.index(finding.rule.code))
    return [_gap(finding, figures) for finding in found]


def _gap(finding: Finding, figures: Figures) -> Gap:
    text = Text(finding.message("id"), finding.message("en"))
    short = _unnamed(figures) if finding.rule.code == "AL704" else _short(finding) or text
    goal, national = str(finding.params.get("tujuan", "")), finding.params.get("kode")
    serving = [entry.origin for entry in figures.leaves if goal in entry.touched - entry.claimed]
    serving += [
        origin(file, judged.item)
        for one in figures.readiness
        if one.programme.kode == national
        for file, judged, _ in one.items
    ]
    return Gap(finding.rule.code, text, short, tuple(serving))


_SHORT = {
    "AL701": Text("{tujuan} ({nama}) tidak didukung satu program pun.", "No programme supports {tujuan} ({name})."),
    "AL703": Text("{nama}: belum terlihat siapa yang menjalankan {peran}{lain}.",
                  "{nama}: it does not show who does {roles}{other}."),
}  # fmt: skip
"""Messages of rules without what the page says elsewhere; they are filled by the same parameters."""


def _short(finding: Finding) -> Text | None:
    template = _SHORT.get(finding.rule.code)
    return None if template is None else Text(*(wording.format(**finding.params) for wording in template))


def _unnamed(figures: Figures) -> Text:
    found = unnamed(figures)
    count = words.counted(len(found), "program nasional", "national programme", "national programmes")
    names = words.names(tuple(one.programme.nama for one in found))
    return Text(f"{count.id} meminta peran daerah tetapi tidak disebut program mana pun: {names.id}.",
                f"{count.en} asking something of the region, but no programme names them: {names.en}.")  # fmt: skip


def unnamed(figures: Figures) -> list[Readiness]:
    """Return the national programmes that ask something of the region by a rule, and that no item serves."""
    return [one for one in figures.readiness if not one.items and by_basis(one.roles)]


def unassessed(figures: Figures) -> list[Text]:
    """Say that a fragment does not show what the region leaves out."""
    if figures.region.whole:
        return []
    return [Text("Berkas ini hanya memuat sebagian rencana daerah (sedikit program, atau satu perangkat daerah), maka "
                 "tujuan yang kosong tidak dicatat sebagai kesenjangan.",
                 "The files hold only a part of the region's plan (few programmes, or one office), so goals without "
                 "programmes are not taken for gaps.")]  # fmt: skip


def none(figures: Figures) -> Text:
    """Return what it means that no gap of the region is told."""
    return Text("tidak ada", "none") if figures.region.whole else words.UNTOLD


def unsupported(figures: Figures) -> list[Entry]:
    """Return the items that claim a goal without support, those with the most money first. Items with and without
    parts count alike: a claim can stand at either.
    """
    return _sorted(entry for entry in _all(figures) if entry.verdict.status is Status.TIDAK_DIDUKUNG)


def goalless(figures: Figures) -> list[Entry]:
    """Return the money-carrying items that serve no goal for lack of evidence, those with the most money first."""
    own = figures.of_goal(WITHOUT)
    return _sorted(entry for entry in own if entry.verdict.status is not Status.TIDAK_DIDUKUNG)


def missed(figures: Figures) -> list[Entry]:
    """Return the items that declare goals but not the one that the evidence points to."""
    routes = {
        (id(file), _item(finding.place.route))
        for file in figures.files
        for finding in file.findings
        if finding.rule.code == MISSED
    }
    return _sorted(e for e in _all(figures) if (id(e.file), e.file.loaded.original(e.item.route)) in routes)


def gaps(figures: Figures) -> View:
    """Return all gaps."""
    of_region = [Row((gap.rule, gap.text), gap.items) for gap in region_gaps(figures)]
    left_out = Text("Yang belum tersentuh daerah", "What the region leaves out")
    tables = [
        Table("belum_tersentuh", left_out, (words.RULE, words.GAP), of_region, empty=none(figures)),
        _items("butir_tanpa_tujuan", Text("Butir tanpa tujuan", "Items without a goal"), goalless(figures)),
        _claims("klaim_tidak_didukung", Text("Klaim yang tidak didukung", "Unsupported claims"), unsupported(figures),
                figures),
        _claims("klaim_terlewat", Text("Keselarasan yang belum dinyatakan", "Alignments not declared"),
                missed(figures), figures),
    ]  # fmt: skip
    sentences = [_sentence(figures), *unassessed(figures), *_aside(figures)]
    return View("kesenjangan", Text("Kesenjangan", "Gaps"), sentences, tables)


def _all(figures: Figures) -> list[Entry]:
    """Return all items, each once."""
    return [*figures.programmes, *(entry for entry in figures.leaves if entry.item.parent is not None)]


def _sorted(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(entries, key=weight)


def _item(route: tuple[str | int, ...]) -> tuple[str | int, ...]:
    return route[:4] if len(route) >= 4 and route[2] == "sub_kegiatan" else route[:2]  # noqa: PLR2004 - route of a part


def _items(name: str, title: Text, entries: Iterable[Entry]) -> Table:
    columns = (words.ITEM, words.KODE, words.OFFICE_ASIDE, words.STATUS, words.PAGU)
    return Table(name, title, columns, [
        Row((e.item.nama, e.item.kode, e.item.perangkat_daerah, words.status(e.verdict), e.item.pagu), (e.origin,))
        for e in entries
    ], single=True)  # fmt: skip


def _claims(name: str, title: Text, entries: Iterable[Entry], figures: Figures) -> Table:
    columns: tuple[Column, ...] = (
        words.ITEM, words.KODE, words.OFFICE_ASIDE, words.CLAIMED, words.FOUND, words.PAGU,
    )  # fmt: skip
    return Table(name, title, columns, [
        Row((e.item.nama, e.item.kode, e.item.perangkat_daerah, claimed(e, figures), found(e), e.item.pagu),
            (e.origin,))
        for e in entries
    ], single=True)  # fmt: skip


def claimed(entry: Entry, figures: Figures) -> tuple[str, ...]:
    """Return the goals that an item claims by their codes, as written where there is no such goal."""
    links = [link for link in entry.item.declared if link.status != "ditolak"]
    return tuple(dict.fromkeys(figures.priorities.goal_code(link.tujuan) or link.tujuan for link in links))


def found(entry: Entry) -> Cell:
    """Return the goal that the evidence points to, with its confidence."""
    matches = entry.verdict.matches
    if not matches:
        return None
    sure = words.share(matches[0].confidence)
    return Text(f"{matches[0].goal} ({sure.id})", f"{matches[0].goal} ({sure.en})")


def _sentence(figures: Figures) -> Text:
    lacking, claims = goalless(figures), unsupported(figures)
    return words.join(
        words.counted(
            len(region_gaps(figures)), "hal belum tersentuh daerah;", "thing is left out;", "things are left out;"
        ),
        words.counted(len(lacking), "butir tanpa tujuan;", "item without a goal;", "items without a goal;"),
        words.counted(len(claims), "klaim tidak didukung;", "unsupported claim;", "unsupported claims;"),
        words.counted(
            len(missed(figures)), "keselarasan belum dinyatakan.", "alignment not declared.", "alignments not declared."
        ),
    )


def _aside(figures: Figures) -> list[Text]:
    """Say how many gaps were put aside, so that none is lost without a word."""
    rules = {*REGION_RULES, MISSED}
    aside = [one for file in figures.files for one in file.suppressed if one.finding.rule.code in rules]
    if not aside:
        return []
    reasons = ", ".join(dict.fromkeys(f"{one.finding.rule.code}: {one.reason}" for one in aside))
    return [Text(f"{number(len(aside))} kesenjangan disisihkan dengan alasan ({reasons}).",
                 f"{number(len(aside), 'en')} gap(s) put aside with a reason ({reasons}).")]  # fmt: skip
