"""An item as the dialogue shows it: text, money, the goal put forward with its evidence, and the runner-up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alignment_cli.finding import Text
from alignment_cli.match.verdict import certainty
from alignment_cli.numbers import percent, rupiah
from alignment_cli.render.concise import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alignment_cli.finding import Lang
    from alignment_cli.label.ask import Tally
    from alignment_cli.label.queue import Entry
    from alignment_cli.priorities import Prioritas

MOST = 3
"""Indicators that are shown."""
WIDTH = 17


def shown(group: list[Entry], at: tuple[int, int], where: str, goals: Prioritas, lang: Lang) -> str:
    """Return the first item of a group in full; `at` is its number and how many there are, `where` its place."""
    entry = group[0]
    item = entry.judged.item
    of = "dari" if lang == "id" else "of"
    kode = f"{one_line(item.kode)} " if item.kode else ""
    lines = [f"\n{at[0]} {of} {at[1]}  {where}", f"{kode}{one_line(item.nama)}"]
    lines += [f"  {name.in_(lang):<{WIDTH}}{value}" for name, value in _facts(group, goals, lang) if value]
    return "".join(f"{line}\n" for line in lines)


def _facts(group: list[Entry], goals: Prioritas, lang: Lang) -> Iterator[tuple[Text, str]]:
    entry, item = group[0], group[0].judged.item
    if item.parent is not None:
        yield Text("Program", "Programme"), one_line(item.parent.nama)
    yield Text("Perangkat daerah", "Office"), one_line(item.perangkat_daerah or "")
    unknown = Text("tidak diisi", "not given").in_(lang)
    yield Text("Pagu", "Ceiling"), unknown if item.pagu is None else rupiah(item.pagu, lang)
    yield Text("Uraian", "Description"), one_line(item.butir.uraian or "")
    yield Text("Indikator", "Indicators"), "; ".join(one_line(each.nama) for each in item.butir.indikator[:MOST])
    yield Text("Jawaban", "Answer"), answer(entry, lang)
    yield Text("Dinyatakan", "Declared"), declared(entry)
    nothing = Text("tidak ada yang menunjuk ke suatu tujuan", "nothing points to a goal").in_(lang)
    yield (
        Text("Usulan", "Proposal"),
        goal_name(entry.offered, goals, lang, entry.confidence) if entry.offered else nothing,
    )
    if entry.offered:
        yield Text("Bukti", "Evidence"), entry.evidence(entry.offered, lang) or Text("tidak ada", "none").in_(lang)
    if entry.rival is not None:
        yield Text("Pesaing", "Runner-up"), goal_name(entry.rival.goal, goals, lang, entry.rival.confidence)
        yield Text("  buktinya", "  evidence"), entry.evidence(entry.rival.goal, lang)
    if len(group) > 1:
        yield Text("Butir yang sama", "Identical items"), str(len(group))


def answer(entry: Entry, lang: Lang) -> str:
    """Return the answer of an item with what makes it doubtful."""
    verdict = entry.judged.verdict
    reasons = [reason.in_(lang) for reason in verdict.reasons]
    if entry.outdated:
        reasons.append(Text("tujuan berubah sejak diputuskan", "the goal has changed since the decision").in_(lang))
    return verdict.status.in_(lang) + (f": {'; '.join(reasons)}" if reasons else "")


def declared(entry: Entry) -> str:
    """Return the goals that the file declares for an item, with the status of those that are more than a claim."""
    return ", ".join(
        one_line(link.tujuan) if link.status == "dinyatakan" else f"{one_line(link.tujuan)} ({link.status})"
        for link in entry.judged.item.declared
    )


def goal_name(kode: str, goals: Prioritas, lang: Lang, confidence: float | None = None) -> str:
    """Return code and name of a goal, with a confidence in percent and words where one is given."""
    goal = goals.goal(kode)
    name = "" if goal is None else f" {goal.nama_en if lang == 'en' else goal.nama}"
    sure = f": {percent(confidence, lang)} ({certainty(confidence, lang)})" if confidence else ""
    return f"{kode}{name}{sure}"


def claim_left(entries: list[Entry], goal: str, goals: Prioritas) -> Iterator[Text]:
    """Say where a goal that was rejected stays declared by the short form, which is the user's own text."""
    for entry in entries:
        for link in entry.judged.item.declared:
            if link.short and goals.goal_code(link.tujuan) == goal:
                yield claim_stays(one_line(f"{entry.file.loaded.path}: {entry.judged.item.nama}"), goal)
                break


def claim_stays(at: str, goal: str) -> Text:
    """Say that a rejected goal is still declared in the item at a place."""
    return Text(f"{at}: asta_cita masih menyatakan {goal}; hapus dengan tangan bila tidak berlaku lagi.",
                f"{at}: asta_cita still declares {goal}; delete it by hand if it no longer holds.")  # fmt: skip


def closing(tally: Tally, lang: Lang) -> str:
    """Return what was done, in one sentence."""
    text = Text(
        f"Diterima: {tally.accepted}; ditolak: {tally.rejected}; dilewati: {tally.skipped}; "
        f"tidak dapat ditulis: {tally.refused}; belum dibuka: {tally.left}.",
        f"Accepted: {tally.accepted}; rejected: {tally.rejected}; skipped: {tally.skipped}; "
        f"could not be written: {tally.refused}; not reached: {tally.left}.",
    )
    return text.in_(lang)
