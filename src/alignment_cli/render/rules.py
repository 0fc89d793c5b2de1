"""All rules: as table, JSON or Markdown."""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING, Any

from alignment_cli import __version__
from alignment_cli.finding import Text
from alignment_cli.render.rule import CONFIDENCES, KINDS, facts, parts
from alignment_cli.rules.page import FAMILIES, family, page

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from alignment_cli.finding import Lang, Rule
    from alignment_cli.render import View

VERSION = 1
"""Version of the shape of the JSON; a change that could break a reader raises it."""

HEADS = (
    Text("Kode", "Code"),
    Text("Nama", "Name"),
    Text("Tingkat", "Severity"),
    Text("Kelas", "Class"),
    Text("Keyakinan", "Confidence"),
    Text("Otomatis", "Fixable"),
)
YES, NO = Text("ya", "yes"), Text("-", "-")


def table(rules: Sequence[Rule], view: View) -> str:
    """Return all rules by family, in columns. The title stands under the name where the width has no room beside."""
    from rich.text import Text as Styled

    from alignment_cli.render.text import console_for, written

    lang, console = view.lang, console_for(view)
    heads = [head.in_(lang) for head in HEADS]
    cells = [cells_of(rule, lang) for rule in rules]
    widths = [max(map(len, column)) + gap for gap, *column in zip((2, 2, 1, 1, 1, 2), heads, *cells, strict=True)]
    widest = sum(widths) + max(len(rule.title.in_(lang)) for rule in rules)
    beside = view.width is None or view.width >= widest
    console.print(Styled(_columns(heads, widths), style="bold"), soft_wrap=True)
    for title, group in by_family(rules, lang):
        console.print()
        console.print(Styled(title, style="bold"))
        for rule in group:
            line, heading = _columns(cells_of(rule, lang), widths), Styled(rule.title.in_(lang), style="dim")
            gap = "" if beside else f"\n{' ' * widths[0]}"
            console.print(Styled(f"{line}{gap}") + heading, soft_wrap=True)
    return written(console)


def _columns(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True))


def cells_of(rule: Rule, lang: Lang) -> list[str]:
    """Return what stands below `HEADS` for a rule."""
    texts = (rule.severity, KINDS[rule.kind], CONFIDENCES[rule.confidence], YES if rule.fixable else NO)
    return [rule.code, rule.name, *(text.in_(lang) for text in texts)]


def by_family(rules: Sequence[Rule], lang: Lang) -> Iterator[tuple[str, list[Rule]]]:
    """Yield the families that have rules, with number and title, and their rules in the order of codes."""
    ordered = sorted(rules, key=lambda rule: rule.code)
    for key, group in groupby(ordered, family):
        yield f"{key} {FAMILIES[key].in_(lang)}", list(group)


def as_json(rules: Sequence[Rule]) -> str:
    """Return all rules with their pages as JSON; texts in both languages."""
    data = {
        "version": VERSION,
        "tool": {"name": "align", "version": __version__},
        "families": [{"family": key, "title": title._asdict()} for key, title in FAMILIES.items()],
        "rules": [rule_data(rule) for rule in rules],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def rule_data(rule: Rule) -> dict[str, Any]:
    """Return a rule with its page as plain data."""
    shown = page(rule)
    return {
        "code": rule.code,
        "name": rule.name,
        "family": family(rule),
        "severity": rule.severity.value,
        "kind": rule.kind,
        "confidence": rule.confidence,
        "fixable": rule.fixable,
        "since": shown.since,
        "title": rule.title._asdict(),
        "message": rule.message._asdict(),
        "fix": rule.fix._asdict(),
        "why": shown.why._asdict(),
        "basis": shown.basis or None,
        "bad": shown.breach,
        "bad_lines": sorted(shown.marked),
        "bad_encoding": shown.encoding,
        "also": shown.also or None,
        "file": shown.file or None,
        "good": shown.good,
    }


def as_markdown(rules: Sequence[Rule], lang: Lang) -> str:
    """Return all rules with their pages as Markdown. The heading of a rule is its code, so its anchor is `#al203`."""
    heads = [head.in_(lang) for head in HEADS]
    groups = list(by_family(rules, lang))
    lines: list[str] = []
    for title, group in groups:
        lines += [f"**{title}**", "", f"| {' | '.join(heads)} |", f"|{' --- |' * len(heads)}"]
        lines += [_row(rule, lang) for rule in group] + [""]
    for title, group in groups:
        lines += [f"## {title}", ""]
        for rule in group:
            lines += [*_section(rule, lang), ""]
    return "\n".join(lines).rstrip() + "\n"


def _row(rule: Rule, lang: Lang) -> str:
    code, name, *rest = cells_of(rule, lang)
    return f"| {' | '.join([f'[{code}](#{code.lower()})', f'{name}<br>{rule.title.in_(lang)}', *rest])} |"


def _section(rule: Rule, lang: Lang) -> Iterator[str]:
    yield f"### {rule.code}"
    yield ""
    yield f"**{rule.name}**: {rule.title.in_(lang)}\\"
    yield facts(rule, lang)
    for part in parts(rule, lang):
        yield ""
        title = part.title.in_(lang)
        if part.example:
            yield from (
                f"```{'toml' if page(rule).file.endswith('.toml') else 'yaml'}",
                f"# {title}",
                *part.body.splitlines(),
                "```",
            )
        else:
            yield f"*{title}*: {part.body}"
