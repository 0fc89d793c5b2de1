"""What is said at the end of a report: demands met or missed, what was not checked, and how many findings there are."""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING

from alignment_cli.finding import Severity, Text
from alignment_cli.match.verdict import Status
from alignment_cli.numbers import decimal, number
from alignment_cli.render.concise import one_line

if TYPE_CHECKING:
    from collections import Counter

    from alignment_cli.finding import Lang
    from alignment_cli.result import Gate
    from alignment_cli.tally import Summary, Tally

_BY = {
    "comment": Text("komentar", "comment"),
    "config": Text("konfigurasi", "configuration"),
    "baseline": Text("baseline", "baseline"),
}


def closing(summary: Summary, lang: Lang) -> list[str]:
    """Return the sentences at the end of a report, the counts last."""
    sentences = [one_line(text.in_(lang)) for text in summary.unchecked]
    sentences += [gate_sentence(gate, lang) for gate in summary.gates]
    return [*sentences, counts(summary.tally, lang)]


def answers(statuses: Counter[str], lang: Lang) -> str:
    """Say in one sentence how programmes came out; `statuses` counts the values of `Status`."""
    found = {status: statuses[status.value] for status in Status}
    parts = [f"{number(count, lang)} {status.in_(lang)}" for status, count in found.items() if count]
    total = number(statuses.total(), lang)
    return (
        f"Dari {total} program: {', '.join(parts)}." if lang == "id" else f"Of {total} programmes: {', '.join(parts)}."
    )


def gate_sentence(gate: Gate, lang: Lang) -> str:
    """Say what was demanded, what was reached, and whether that is enough."""
    where = one_line(gate.region)
    wanted = f"{gate.wanted * 100:g}%" if lang == "en" else f"{gate.wanted * 100:g} %".replace(".", ",")
    subject = f"{'alignment' if lang == 'en' else 'keselarasan'} {gate.goal}".strip()
    if gate.reached is None:
        if lang == "en":
            return f"{where}: nothing to count for {subject}, so {wanted} is not demanded."
        return f"{where}: tidak ada yang dihitung untuk {subject}, jadi syarat {wanted} tidak berlaku."
    # Rounded down, or what is missed could look reached; the small part makes up for binary fractions (0.57 * 1000).
    reached = decimal(floor(gate.reached * 1000 + 1e-6) / 10, 1, lang)
    if lang == "en":
        return f"{where}: {subject} {reached}%, demanded {wanted}: {'met' if gate.holds else 'missed'}."
    held = "terpenuhi" if gate.holds else "tidak terpenuhi"
    return f"{where}: {subject} {reached} %, syarat {wanted}: {held}."


def counts(tally: Tally, lang: Lang) -> str:
    """Say how many findings there are, in how many files, how many were put aside and how many can be repaired."""
    number_of = {severity: tally.findings[severity.value] for severity in reversed(Severity)}
    bad, total = tally.faulty, tally.files
    words = ", ".join(
        f"{number(count, lang)} {severity.in_(lang)}{'s' if lang == 'en' and count > 1 else ''}"
        for severity, count in number_of.items()
        if count
    )
    if words:
        head = f"{words} in {bad} of {total} file(s)" if lang == "en" else f"{words} dalam {bad} dari {total} berkas"
    else:
        head = f"No findings in {total} file(s)" if lang == "en" else f"Tidak ada temuan dalam {total} berkas"
    aside, fixable = _aside(tally.aside, lang), tally.fixable
    repair = f" {number(fixable, lang)} {'fixable' if lang == 'en' else 'dapat diperbaiki'}: align fix"
    return f"{head}{f' ({aside})' if aside else ''}.{repair if fixable else ''}"


def _aside(by: Counter[str], lang: Lang) -> str:
    """Say how many findings were put aside, by comments, the configuration and the baseline."""
    if not by:
        return ""
    parts = ", ".join(f"{number(by[key], lang)} {word.in_(lang)}" for key, word in _BY.items() if by[key])
    return f"{number(by.total(), lang)} {'ignored' if lang == 'en' else 'diabaikan'}: {parts}"
