"""What a decision writes: an entry of `keselarasan`, new or brought up to date, and not a byte besides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from alignment_cli import edit, source
from alignment_cli.label.identify import mapping_at
from alignment_cli.rules.decision import DECIDED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alignment_cli.edit import Edit
    from alignment_cli.finding import Route, Text
    from alignment_cli.label.identify import Identity
    from alignment_cli.priorities import Prioritas
    from alignment_cli.source import Document

Outcome = Literal["disetujui", "ditolak"]
APPROVED: Final = "disetujui"
REJECTED: Final = "ditolak"
KEYS = ("status", "alasan", "oleh", "tanggal", "goal_hash")
"""Keys that a decision writes beside `tujuan` and `peran`, in this order."""


class Decision(NamedTuple):
    """What a person decided on one goal. Empty texts say nothing: what the file has under such a key stays.

    `tujuan` is a goal's code; `tanggal` is ISO. `main` makes an accepted goal the main one in place of a goal that was
    accepted before; without, the older one stays the main goal and the new one supports.
    """

    tujuan: str
    status: Outcome
    alasan: str
    oleh: str
    tanggal: str
    goal_hash: str
    main: bool = False


class Wanted(NamedTuple):
    """A decision for the item at `route` of the document, which `identity` describes; `where` names what asked for it,
    such as a row of a sheet.
    """

    route: Route
    identity: Identity
    decision: Decision
    where: str = ""


class Refused(NamedTuple):
    """A decision that could not be written, and why."""

    wanted: Wanted
    why: Text


def decided(document: Document, wanted: Sequence[Wanted], goals: Prioritas) -> tuple[Document, list[Refused]]:
    """Return the document with all decisions that can be written safely, and those that cannot. Each is written or left
    as a whole.
    """
    if not wanted:
        return document, []
    try:
        return _all(document, wanted, goals), []
    except edit.EditError as error:
        if len(wanted) == 1:
            return document, [Refused(wanted[0], error.text)]
    half = len(wanted) // 2
    document, first = decided(document, wanted[:half], goals)
    document, second = decided(document, wanted[half:], goals)
    return document, first + second


def holds(item: dict[str, Any], decision: Decision, goals: Prioritas) -> bool:
    """Tell whether an item says all that a decision says already."""
    told = _values(decision)
    return any(
        all(str(link.get(key, "")) == value for key, value in told.items())
        for _, link in _entries(item)
        if goals.goal_code(str(link.get("tujuan", ""))) == decision.tujuan
    )


def claimed(item: dict[str, Any], goal: str, goals: Prioritas) -> bool:
    """Tell whether the short form ``asta_cita`` of an item names a goal. It is the user's text, so it stays when the
    goal is rejected.
    """
    short = item.get("asta_cita")
    return goal in [goals.goal_code(str(written)) for written in (short if isinstance(short, list) else [short])]


def main_of(item: dict[str, Any], goals: Prioritas, besides: str) -> str | None:
    """Return the accepted main goal of an item other than `besides`, None where there is none."""
    mains = _mains(item, goals, besides)
    return goals.goal_code(str(mains[0][1]["tujuan"])) if mains else None


def _all(document: Document, wanted: Sequence[Wanted], goals: Prioritas) -> Document:
    data = edit.values(document)
    changes = [_Change.of(document, data, one, goals) for one in wanted]

    def expect(values: Any) -> None:
        for change in changes:
            change.make(values)

    text = edit.verified(document, [each for change in changes for each in change.edits], expect)
    new = source.Document(document.path, text)
    source.compose(new)
    return new


class _Change(NamedTuple):
    """Edits, and what they do to the values: entries that get new values, and one that is added."""

    edits: list[Edit]
    item: Route
    updated: dict[int, dict[str, str]]
    added: dict[str, str]

    @classmethod
    def of(cls, document: Document, data: Any, wanted: Wanted, goals: Prioritas) -> _Change:
        item, decision = mapping_at(data, wanted.route), wanted.decision
        if item is None:
            raise edit.EditError("Butir ini tidak ada.", "There is no such item.")
        values = _values(decision)
        others = _mains(item, goals, decision.tujuan)
        own, below = _links(item, decision.tujuan, goals)
        updated: dict[int, dict[str, str]] = {n: dict(values) for n, _ in own or below}
        if decision.status == REJECTED:
            updated |= {n: dict(values) for n, _ in below}
        elif others and decision.main:
            updated |= {n: {"peran": "pendukung"} for n, _ in others}
        for n, link in own or below:
            if decision.status == APPROVED and (decision.main or (others and link.get("peran") != "pendukung")):
                updated[n] = {"peran": "utama" if decision.main else "pendukung", **updated[n]}
        added: dict[str, str] = {}
        if not (own or below):
            role = {} if decision.status == REJECTED else {"peran": "pendukung" if others and not decision.main
                                                           else "utama"}  # fmt: skip
            added = {"tujuan": decision.tujuan, **role, **values}
        route = (*wanted.route, "keselarasan")
        edits = [e for n, new in updated.items() for e in _update(document, (*route, n), new)]
        if added:
            entry = ", ".join(f"{key}: {edit.quote(value)}" for key, value in added.items())
            edits += edit.append_entry(document, wanted.route, "keselarasan", f"{{{entry}}}")
        return cls(edits, wanted.route, updated, added)

    def make(self, data: Any) -> None:
        item = mapping_at(data, self.item)
        if item is None:
            return
        for n, values in self.updated.items():
            item["keselarasan"][n].update(values)
        if self.added:
            item["keselarasan"] = [*(item.get("keselarasan") or []), self.added]


def _update(document: Document, route: Route, values: dict[str, str]) -> list[Edit]:
    """Return the edits of an entry: first the keys that it has, then those that are added behind its last one."""
    node = document.node(route)
    known = {key.text for key, _ in node.pairs} if node is not None else set[str]()
    ordered = sorted(values, key=lambda key: key not in known)
    return [each for key in ordered for each in edit.set_key(document, route, key, edit.quote(values[key]))]


def _values(decision: Decision) -> dict[str, str]:
    """Return what a decision says, by key."""
    return {key: value for key in KEYS if (value := getattr(decision, key))}


Link = tuple[int, dict[str, Any]]


def _links(item: dict[str, Any], goal: str, goals: Prioritas) -> tuple[list[Link], list[Link]]:
    """Return the entries for a goal itself, and the undecided ones for a PP or KP beneath it, with their numbers."""
    found = [(n, link) for n, link in _entries(item) if goals.goal_code(str(link.get("tujuan", ""))) == goal]
    own = [(n, link) for n, link in found if "." not in str(link["tujuan"])]
    below = [(n, link) for n, link in found if "." in str(link["tujuan"]) and link.get("status") not in DECIDED]
    return own, below


def _mains(item: dict[str, Any], goals: Prioritas, besides: str) -> list[Link]:
    """Return the entries of accepted main goals other than `besides`."""
    return [
        (n, link)
        for n, link in _entries(item)
        if link.get("status") == APPROVED
        and link.get("peran", "utama") == "utama"
        and goals.goal_code(str(link.get("tujuan", ""))) not in (None, besides)
    ]


def _entries(item: dict[str, Any]) -> list[Link]:
    links = item.get("keselarasan")
    return [(n, link) for n, link in enumerate(links) if isinstance(link, dict)] if isinstance(links, list) else []
