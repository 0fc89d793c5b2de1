"""Changes to spreadsheets: cells, rows, columns of a CSV file, tags and attributes of a part, bytes of an archive."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from typing import TYPE_CHECKING

from fuzz import mutate, seeds

if TYPE_CHECKING:
    from random import Random

OLE = b"\xd0\xcf\x11\xe0"


def sheet(raw: bytes, chance: Random) -> bytes:
    """Return a changed spreadsheet: a CSV file with other cells, or an archive with another part."""
    if raw[:2] == b"PK":
        return _archive(raw, chance)
    if raw[:4] == OLE:
        return _overwritten(raw, chance)
    text = raw.decode("utf-8", "replace")
    delimiter = max(";,\t|", key=text.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        rows = []
    if not rows or chance.random() < 0.05:
        return mutate.programme(raw, chance)
    for _ in range(chance.choice((1, 1, 2, 3, 5))):
        _cells(rows, chance)
    return mutate.as_bytes(seeds.as_csv(rows, delimiter), chance)[: 4 * mutate.MAX_BYTES]


def _cells(rows: list[list[str]], chance: Random) -> None:
    """Change a table in place: a cell, a row, a column."""
    row = chance.randrange(len(rows))
    kind = chance.randrange(12)
    if kind == 0:
        rows.insert(chance.randrange(len(rows) + 1), list(rows[row]))
    elif kind == 1 and len(rows) > 1:
        rows.insert(chance.randrange(len(rows)), rows.pop(row))
    elif kind == 2 and len(rows) > 1:
        del rows[row]
    elif kind == 3:
        column = chance.randrange(max(map(len, rows)) + 1)
        for other in rows:
            other.insert(column, chance.choice(("", "", _word(chance))) if chance.random() < 0.2 else "")
    elif kind == 4:
        rows.insert(row, [_word(chance) if chance.random() < 0.3 else "" for _ in range(chance.randint(1, 9))])
    elif rows[row]:
        column = chance.randrange(len(rows[row]))
        old, word = rows[row][column], _word(chance)
        rows[row][column] = chance.choice((
            word, "", f"{old} {word}", f"{old}\n{word}", mutate.number(old, chance), mutate.token(old, chance),
            f"'{old}", f"={old}", old.replace(".", ","), old.upper(), f" {old}\t",
            chance.choice(chance.choice(rows) or [""]),
        ))  # fmt: skip


def _word(chance: Random) -> str:
    """Return a word that occurs nowhere else, a figure, or one that means something."""
    own = "".join(chance.choice("bcdfghjklmnprstw") + chance.choice("aeiou") for _ in range(4))
    return chance.choice((own, own, f"{own} {chance.randrange(10**6)}", str(chance.randrange(10**9)),
                          chance.choice(LABELS), chance.choice(seeds.words())))  # fmt: skip


LABELS = (
    "JUMLAH", "Total Program", "Dinas Kesehatan", "SKPD : Dinas X", "Mengetahui", "Kepala Dinas", "Kode", "Program",
    "Pagu", "1.02.02", "Misi 1", "Target", "1.02.02.2.01.0001", "5.1.02.01.01.0001", "Indikator", "Satuan",
    "URUSAN PEMERINTAHAN", "Rp. 1.500.000,-", "1.500", "12,5", "50%", "12 Laporan", "-", "0", "(1)", "2026", "#REF!",
    "=SUM(A1:A9)", "juta rupiah",
)  # fmt: skip


def _archive(raw: bytes, chance: Random) -> bytes:
    """Change the text of one part of a zipped spreadsheet, or bytes of the archive."""
    if chance.random() < 0.1:
        changed = bytearray(raw)
        changed[chance.randrange(len(raw))] = chance.randrange(256)
        return bytes(changed)
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            parts = {info.filename: archive.read(info) for info in archive.infolist()}
    except Exception:  # noqa: BLE001 - a damaged archive can fail in any way
        return _overwritten(raw, chance)
    names = [name for name in parts if "sheet" in name or "Strings" in name or "content" in name]
    name = chance.choice(names if names and chance.random() < 0.9 else sorted(parts))
    text = parts[name].decode("utf-8", "replace")
    for _ in range(chance.choice((1, 1, 2, 4))):
        text = chance.choice((_tag, _tag, mutate.token, mutate.number))(text, chance)
    parts[name] = text.encode("utf-8", "replace")
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return stream.getvalue()


def _overwritten(raw: bytes, chance: Random) -> bytes:
    """Overwrite some bytes."""
    changed = bytearray(raw)
    for _ in range(chance.choice((1, 1, 3, 9))):
        changed[chance.randrange(len(raw))] = chance.choice((0, 1, 0x7F, 0xFF, chance.randrange(256)))
    return bytes(changed)


def _tag(text: str, chance: Random) -> str:
    """Change the text between tags, an attribute, or exchange, remove or double a tag."""
    found = list(re.finditer(r"<[^>]*>|[^<>]+", text))
    if not found:
        return text
    start, end = chance.choice(found).span()
    old = text[start:end]
    if old[0] != "<":
        return text[:start] + _word(chance).replace("<", "&lt;").replace("&", "&amp;") + text[end:]
    new = chance.choice(
        ("", old * 2, re.sub(r'"[^"]*"', f'"{chance.choice(ATTRIBUTES)}"', old, count=1), old[:-1] + "/>")
    )
    return text[:start] + new + text[end:]


ATTRIBUTES = ("", "A1", "ZZZ999999", "s", "str", "e", "b", "inlineStr", "-1", "99999", "A1:B99999", "1", "d", "../../x")
