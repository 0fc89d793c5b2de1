"""One rule with its page, in words: what `align explain AL203` prints."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from alignment_cli.finding import Text
from alignment_cli.rules.page import ALSO, MARK, family, page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from alignment_cli.finding import Lang, Rule
    from alignment_cli.render import View

KINDS = {
    "tidak_sah": Text("tidak sah", "invalid"),
    "mutu": Text("mutu", "quality"),
    "saran": Text("saran", "advice"),
}
CONFIDENCES = {"high": Text("tinggi", "high"), "medium": Text("sedang", "medium"), "low": Text("rendah", "low")}
BAD, GOOD = Text("Salah", "Wrong"), Text("Benar", "Right")


class Part(NamedTuple):
    """A titled part of a rule's page; `example` when `body` is to be shown as it stands."""

    title: Text
    body: str
    example: bool = False


def parts(rule: Rule, lang: Lang) -> Iterator[Part]:
    """Yield what there is to say about a rule, in the order in which it is read."""
    shown = page(rule)
    yield Part(Text("Pesan", "Message"), named(rule.message.in_(lang)))
    yield Part(Text("Mengapa", "Why"), shown.why.in_(lang))
    if shown.basis:
        yield Part(Text("Dasar", "Basis"), shown.basis)
    if shown.also:
        yield Part(Text(f"Berkas lain ({ALSO})", f"Other file ({ALSO})"), shown.also, example=True)
    stored = "" if shown.encoding == "utf-8" else Text("disimpan sebagai ", "stored as ").in_(lang) + shown.encoding
    for title, body, notes in ((BAD, shown.bad, (shown.file, stored)), (GOOD, shown.good, (shown.file,))):
        note = "".join(f" ({note})" for note in notes if note)
        yield Part(Text(title.id + note, title.en + note), body, example=True)
    yield Part(Text("Perbaikan", "How to fix"), named(rule.fix.in_(lang)))


def facts(rule: Rule, lang: Lang) -> str:
    """Return severity, class, confidence, whether it can be repaired, and the version of a rule, in one line."""
    hand = Text("diperbaiki dengan tangan", "fixed by hand")
    mended = Text("diperbaiki oleh align fix", "fixed by align fix") if rule.fixable else hand
    sure = CONFIDENCES[rule.confidence]
    words = [
        rule.severity.in_(lang),
        KINDS[rule.kind].in_(lang),
        Text(f"keyakinan {sure.id}", f"{sure.en} confidence").in_(lang),
        mended.in_(lang),
        f"{Text('sejak', 'since').in_(lang)} {page(rule).since}",
    ]
    return " · ".join(words)


def named(template: str) -> str:
    """Return a message with its parameters named in capitals, as in ``Kode "KODE" tidak ada``. What only completes a
    word is left out: it is empty for most findings.
    """
    return re.sub(r"\{(\w+)\}", lambda found: found[1].upper(), re.sub(r"(?<=[a-z}])\{\w+\}", "", template))


def ignoring(rule: Rule, lang: Lang) -> tuple[str, str]:
    """Return what puts a rule's findings aside, and a word on it: a comment, or an option where none is read."""
    if family(rule) == "9" or rule.code == "AL104":
        return f"align check --ignore {rule.code}", NO_COMMENT.in_(lang)
    comment = Text(f"abaikan[{rule.code}] alasan", f"ignore[{rule.code}] reason").in_(lang)
    return f"# align: {comment}", COMMENT.in_(lang)


COMMENT = Text(
    "di baris temuan, atau pada baris tersendiri tepat di atasnya. Alasan wajib ditulis.",
    "in the line of the finding, or on a line of its own just above it. The reason is required.",
)
NO_COMMENT = Text(
    "Komentar dalam berkas tidak berlaku untuk temuan ini.", "Comments in the file do not count for this finding."
)


def one(rule: Rule, view: View) -> str:
    """Return a rule with its page, as `align explain` shows it."""
    from rich.text import Text as Styled

    from alignment_cli.render.text import console_for, written

    lang = view.lang
    console = console_for(view)
    console.print(Styled(f"{rule.code} {rule.name}", style="bold"))
    console.print(rule.title.in_(lang))
    console.print(Styled(facts(rule, lang), style="dim"))
    for part in parts(rule, lang):
        _part(console, part, lang)
    written_so, note = ignoring(rule, lang)
    _part(console, Part(Text("Pengabaian", "To ignore it"), written_so, example=True), lang)
    _indented(console, note)
    return written(console)


def _part(console: Console, part: Part, lang: Lang) -> None:
    from rich.text import Text as Styled

    console.print()
    console.print(Styled(part.title.in_(lang), style="bold"))
    if not part.example:
        _indented(console, part.body)
        return
    for line in part.body.splitlines():
        styled = Styled(f"  {line}")
        styled.highlight_regex(f"{MARK}$", "bold red")
        console.print(styled, soft_wrap=True)


def _indented(console: Console, text: str) -> None:
    from rich.padding import Padding

    console.print(Padding(text, (0, 0, 0, 2), expand=False))
