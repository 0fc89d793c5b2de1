"""Items as the text of a programme file: one value on a line, codes in quotes, ceilings with underscores."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from alignment_cli.tree import Node, scalar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alignment_cli.sheet.items import Item

TEXT_ORDER = ("lokasi", "sumber_dana")
_PLAIN = re.compile(r"[^\W\d_](?:[^\n\t:#\\\"'\[\]{}&*!|>%@`~]|:(?=\S)|'(?=\w)|[&%](?=[ \w])){0,2000}")
"""Texts that YAML reads as they stand: they begin with a letter and hold no sign that means something to it."""
_UNPRINTABLE = re.compile(
    "[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\x85\u2028-\u202e\u2066-\u2069\ufeff]"
)
_GOALS = re.compile(r"[,;\s]+")
YES = frozenset({"ya", "y", "true", "benar", "x", "v", "1", "yes"})
"""What a cell of `unggulan` says for true; all else is false."""


class Head(NamedTuple):
    """What stands above the programmes."""

    nama: str
    tingkat: str
    dokumen: str
    tahun: int
    kode: str = ""
    sumber: tuple[str, ...] = ()
    comment: tuple[str, ...] = ()


def render(head: Head, programmes: list[Item]) -> str:
    """Return the text of the programme file."""
    lines = [f"# {_shown(line)}".rstrip() for line in head.comment]
    lines += ["versi: 1", "daerah:"]
    if head.kode:
        lines.append(f"  kode: {quoted(head.kode)}")
    lines += [
        f"  nama: {text(head.nama)}",
        f"  tingkat: {head.tingkat}",
        f"dokumen: {head.dokumen}",
        f"tahun: {head.tahun}",
    ]
    if head.sumber:
        lines += ["sumber:", *(f"  - {text(source)}" for source in head.sumber)]
    lines.append("program:" if programmes else "program: []")
    for number, program in enumerate(programmes):
        lines += [""] if number else []
        lines += _item(program, "  ")
    return "".join(f"{line}\n" for line in lines)


def _shown(line: str) -> str:
    """Return a line of a comment without what would end it or has no place in YAML: names may hold anything."""
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in line)


def _item(item: Item, indent: str, above: Item | None = None) -> Iterator[str]:
    """Yield the lines of a programme, or of a sub-activity below one."""
    inner = f"{indent}  "
    for number, (key, value) in enumerate(_entries(item, inner, above)):
        yield (
            f"{indent}- {key}: {value}" if number == 0 else f"{inner}{key}:{'' if value[:1] == chr(10) else ' '}{value}"
        )
    if item.parts:
        yield f"{inner}sub_kegiatan:"
        for part in item.parts:
            yield from _item(part, f"{inner}  ", item)


def _entries(item: Item, inner: str, above: Item | None) -> Iterator[tuple[str, str]]:
    """Yield keys and written values; a value that begins with a line break is a block."""
    yield from _first_entries(item, above.office if above is not None else "")
    if item.indicators:
        yield "indikator", _block(inner, [i._asdict() for i in item.indicators])
    goals = [goal for goal in _GOALS.split(item.texts.get("asta_cita", "")) if goal]
    if goals:
        yield "asta_cita", goals[0] if len(goals) == 1 and goals[0].isdecimal() else f"[{', '.join(map(_flow, goals))}]"
    if item.texts.get("keselarasan"):
        yield "keselarasan", _block(inner, _links(item.texts["keselarasan"]))
    for key in TEXT_ORDER:
        if item.texts.get(key):
            yield key, text(item.texts[key])
    # The mark is one of programmes; in a sheet it may stand in the rows of their sub-activities.
    if above is None and any(map(_is_marked, (item, *item.parts))):
        yield "unggulan", "true"


def _is_marked(item: Item) -> bool:
    return not YES.isdisjoint(item.texts.get("unggulan", "").casefold().split("; "))


def _first_entries(item: Item, office_above: str) -> Iterator[tuple[str, str]]:
    if item.kode:
        yield "kode", quoted(item.kode)
    yield "nama", text(item.nama)
    if item.office and item.office != office_above:
        yield "perangkat_daerah", text(item.office)
    if item.pagu is not None:
        yield "pagu", f"{item.pagu:_}"
    if item.kegiatan:
        yield "kegiatan", text(item.kegiatan)
    if item.texts.get("uraian"):
        yield "uraian", text(item.texts["uraian"])


def _links(written: str) -> list[dict[str, Any]]:
    """Return the alignments that a cell holds: a JSON list, or codes of goals."""
    if written[:1] == "[":
        try:
            found = json.loads(written)
        except ValueError:
            found = None
        if isinstance(found, list) and all(isinstance(link, dict) for link in found):
            return found
    return [{"tujuan": goal} for goal in _GOALS.split(written) if goal]


def _block(inner: str, entries: list[dict[str, Any]]) -> str:
    lines = []
    for entry in entries:
        filled = [(key, _value(value)) for key, value in entry.items() if value not in (None, "")]
        lines += [
            f"{inner}  {'- ' if number == 0 else '  '}{key}: {value}" for number, (key, value) in enumerate(filled)
        ]
    return "".join(f"\n{line}" for line in lines)


def _value(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else text(str(value))


def _flow(goal: str) -> str:
    return goal if goal.isalnum() else quoted(goal)


@lru_cache(maxsize=65536)
def text(value: str) -> str:
    """Return a text as a YAML scalar: plain where it reads back as the same text, else in double quotes."""
    plain = _PLAIN.fullmatch(value) and value[-1] not in " :" and value.isprintable() and " #" not in value
    if (
        plain
        and value.casefold() not in _OLD_BOOLEANS
        and isinstance(scalar(Node("scalar", 0, 0, None, value, True)), str)
    ):
        return value
    return quoted(value)


_OLD_BOOLEANS = frozenset({"y", "n", "yes", "no", "on", "off"})
"""Booleans to parsers of YAML 1.1."""


def quoted(value: str) -> str:
    """Return a text in double quotes, with escapes for what YAML does not print."""
    plain = json.dumps(value, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda found: _escape(found.group()), plain)


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code <= 0xFF else f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"  # noqa: PLR2004


LONGEST_DIFF = 20_000
"""Lines up to which two texts are compared line by line."""


def difference_of(before: str, after: str, name: str) -> str:
    """Return the difference of two texts, only its size where they are too long to compare in reasonable time."""
    import difflib

    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    if max(len(old), len(new)) > LONGEST_DIFF:
        return f"--- {name}: {len(old)}\n+++ {name}: {len(new)}\n" if before != after else ""
    return "".join(difflib.unified_diff(old, new, name, name))
