"""Changes to programme files at the level of their own parts: lines, indents, keys, quotes, anchors, numbers, bytes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fuzz import seeds

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

MAX_BYTES = 12_000
"""Longest input that is made."""
_TOKEN = re.compile(r"\r\n|[\r\n]|[ \t]+|[\w.]+|.", re.DOTALL)
_NUMBER = re.compile(r"\d[\d._,]*")


def programme(raw: bytes, chance: Random) -> bytes:
    """Return a changed programme file."""
    encoding = "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    text = raw.decode(encoding, "replace")
    for _ in range(chance.choice((1, 1, 1, 2, 2, 3, 5, 9))):
        text = chance.choice(TEXT_CHANGES)(text, chance)[:MAX_BYTES]
    return as_bytes(text.encode("utf-8", "surrogatepass"), chance) if encoding == "utf-8" else text.encode(encoding)


def as_bytes(raw: bytes, chance: Random) -> bytes:
    """Now and then change the encoding, or single bytes."""
    kind = chance.randrange(60)
    if kind == 0:
        return b"\xef\xbb\xbf" + raw
    if kind in (1, 2):
        mark, name = (b"\xff\xfe", "utf-16-le") if kind == 1 else (b"\xfe\xff", "utf-16-be")
        return mark + raw.decode("utf-8", "replace").encode(name)
    if kind in (3, 4) and raw:
        changed = bytearray(raw)
        for _ in range(chance.randint(1, 3)):
            changed[chance.randrange(len(raw))] = chance.randrange(256)
        return bytes(changed)
    return raw[: chance.randrange(len(raw) + 1)] if kind == 5 else raw


def _lines(text: str, chance: Random) -> str:
    """Remove, double, move or exchange lines."""
    lines = text.splitlines(keepends=True)
    if not lines:
        return text
    start = chance.randrange(len(lines))
    end = min(len(lines), start + chance.choice((1, 1, 1, 2, 4)))
    part, rest = lines[start:end], lines[:start] + lines[end:]
    at = chance.randrange(len(rest) + 1)
    kind = chance.randrange(4)
    if kind == 0:
        return "".join(rest)
    if kind == 1:
        return "".join([*lines[:end], *part, *lines[end:]])
    if kind == 2:
        return "".join([*rest[:at], *part, *rest[at:]])
    return "".join([*lines[:at], *part, *lines[at:]])


def _indent(text: str, chance: Random) -> str:
    lines = text.splitlines(keepends=True)
    if not lines:
        return text
    start = chance.randrange(len(lines))
    for number in range(start, min(len(lines), start + chance.choice((1, 1, 3)))):
        bare = lines[number].lstrip(" ")
        depth = max(0, len(lines[number]) - len(bare) + chance.choice((-4, -2, -1, 1, 2, 4)))
        lines[number] = (chance.choice(("\t", " ")) if chance.random() < 0.1 else " ") * depth + bare
    return "".join(lines)


def token(text: str, chance: Random) -> str:
    """Replace, insert, remove or double one token."""
    found = list(_TOKEN.finditer(text))
    if not found:
        return chance.choice(seeds.words())
    start, end = chance.choice(found).span()
    word = chance.choice(seeds.words())
    new = chance.choice((word, word, word + text[start:end], text[start:end] + word, "", text[start:end] * 2))
    return text[:start] + new + text[end:]


def _value(text: str, chance: Random) -> str:
    """Replace what stands behind a colon or a dash."""
    found = list(re.finditer(r"(?:(?<=: )|(?<=- ))[^\r\n,}\]]+", text))
    if not found:
        return text
    start, end = chance.choice(found).span()
    old, word = text[start:end], chance.choice(seeds.words())
    new = chance.choice((word, f'"{old}"', f"'{old}'", f"&a {old}", "*a", f"!!str {old}", f"[{old}]", f"|\n      {old}",
                         f">-\n        {old}\n        {word}", f"{old} # {word}", old.upper(), f"{old}\n      {word}",
                         f"{{nama: {old}}}", "", old * 30))  # fmt: skip
    return text[:start] + new + text[end:]


def _key(text: str, chance: Random) -> str:
    """Misspell, quote, double or exchange a key."""
    found = list(re.finditer(r"[A-Za-z_]+(?=\s*:)", text))
    if not found:
        return text
    start, end = chance.choice(found).span()
    old = text[start:end]
    at = chance.randrange(len(old))
    new = chance.choice((
        old[:at] + old[at + 1 :], old[:at] + old[at] + old[at:], old.capitalize(), old.upper(), old.replace("_", " "),
        f'"{old}"', f"'{old}'", f"? {old}\n", f"&k {old}", f"!!str {old}", "<<", chance.choice(seeds.words()),
    ))  # fmt: skip
    return text[:start] + new + text[end:]


def number(text: str, chance: Random) -> str:
    found = list(_NUMBER.finditer(text))
    if not found:
        return text
    start, end = chance.choice(found).span()
    old = text[start:end]
    new = chance.choice((
        f"-{old}", f"{old}.0", f"Rp {old}", f'"{old}"', f"0{old}", f"{old}e9", old.replace("_", "."),
        old.replace("_", ","),
        old.replace(".", ","), str(chance.randrange(10 ** chance.randint(1, 25))), old * 9, f"{old},-", "9" * 500,
    ))  # fmt: skip
    return text[:start] + new + text[end:]


def _breaks(text: str, chance: Random) -> str:
    """Change all line ends, or some."""
    new = chance.choice(("\r\n", "\r", "\n"))
    if chance.random() < 0.5:
        return re.sub(r"\r\n|\r|\n", new, text)
    return re.sub(r"\r\n|\r|\n", lambda found: chance.choice((found.group(), new)), text)


def _splice(text: str, chance: Random) -> str:
    """Go on with another file from somewhere."""
    other = chance.choice(seeds.programmes()).decode("utf-8", "replace")
    start, end = chance.randrange(len(text) + 1), chance.randrange(len(other) + 1)
    return text[:start] + other[end : end + chance.choice((40, 400, MAX_BYTES))] + text[start:]


def _bomb(text: str, chance: Random) -> str:
    """Now and then nest deeply, or let aliases grow."""
    kind = chance.randrange(40)
    if kind == 0:
        return text + chance.choice(("[", "{a: ", "- ", "? ", "x:\n - ")) * chance.choice((30, 61, 900))
    if kind == 1:
        levels = range(chance.choice((2, 3, 4, 4, 4, 7)))
        return text + "x0: &x0 [y]\n" + "".join(f"x{n + 1}: &x{n + 1} [{f'*x{n}, ' * 9}]\n" for n in levels)
    return token(text, chance)


TEXT_CHANGES: tuple[Callable[[str, Random], str], ...] = (
    _lines, _lines, _indent, token, token, token, _value, _value, _value, _key, _key, number, number, _breaks,
    _splice, _bomb,
)  # fmt: skip
