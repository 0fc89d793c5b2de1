"""Telling items apart by content, so that a decision finds its item when the file has changed in between."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, NamedTuple

from alignment_cli.finding import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alignment_cli.finding import Route

READ = ("kode", "nama", "perangkat_daerah", "uraian", "kegiatan")
"""Keys of an item that a person who decides on it has read."""
DIGITS = 16


class Identity(NamedTuple):
    """Digests of one item: `name` of kode and nama; `text` of all that is read of it, its programme included; `links`
    of the goals that are declared for it. Ceilings and partners play no part.
    """

    name: str
    text: str
    links: str


class Lost(NamedTuple):
    """Why an item is not found, or no longer what it was."""

    why: Text


NOT_THERE = Lost(Text("butir ini tidak ada lagi di berkas", "the item is no longer in the file"))
SEVERAL = Lost(Text("beberapa butir di berkas cocok", "several items of the file fit"))
REWORDED = Lost(Text("teks butir ini berubah sejak dibaca", "the text of the item has changed since it was read"))
REDECIDED = Lost(Text("keselarasan butir ini berubah sejak dibaca",
                      "the alignment of the item has changed since it was read"))  # fmt: skip


def digest(value: Any, digits: int = DIGITS) -> str:
    """Return hexadecimal digits for a plain value."""
    text = json.dumps(value, ensure_ascii=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:digits]


def mapping_at(data: Any, route: Route) -> dict[str, Any] | None:
    """Return the mapping at a route of plain values, None where there is none."""
    for step in route:
        inside = step in data if isinstance(data, dict) else isinstance(data, list) and step in range(len(data))
        if not inside:
            return None
        data = data[step]
    return data if isinstance(data, dict) else None


def identity(data: Any, route: Route) -> Identity:
    """Return the identity of the item at a route of plain values. Raises KeyError where there is no item."""
    item = mapping_at(data, route)
    if item is None:
        raise KeyError(route)
    above = mapping_at(data, route[:-2]) if len(route) > len(("program", 0)) else None
    indicators = item.get("indikator")
    named = [entry.get("nama") for entry in indicators if isinstance(entry, dict)] if isinstance(
        indicators, list) else []  # fmt: skip
    read = [item.get(key) for key in READ]
    parent = [] if above is None else [above.get(key) for key in READ[:3]]
    links = [item.get("asta_cita"), item.get("keselarasan")]
    return Identity(digest(read[:2]), digest([read, named, parent]), digest(links))


def routes(data: Any) -> Iterator[Route]:
    """Yield the routes of all items of a file's plain values."""
    programmes = data.get("program") if isinstance(data, dict) else None
    for n, program in enumerate(programmes if isinstance(programmes, list) else []):
        if isinstance(program, dict):
            yield ("program", n)
            parts = program.get("sub_kegiatan")
            for i, part in enumerate(parts if isinstance(parts, list) else []):
                if isinstance(part, dict):
                    yield ("program", n, "sub_kegiatan", i)


def locate(data: Any, wanted: Identity) -> Route | Lost:
    """Return where an item stands: the one of this code and name; where several have them, the one of this text."""
    found = {route: identity(data, route) for route in routes(data)}
    named = [route for route, one in found.items() if one.name == wanted.name]
    same = [route for route in named if found[route].text == wanted.text]
    if len(same) == 1:
        return same[0]
    if not named:
        return NOT_THERE
    return SEVERAL if same or len(named) > 1 else REWORDED
