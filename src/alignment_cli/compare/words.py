"""What changed, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alignment_cli.compare.item_changes import decisions, goals_of, is_leaf
from alignment_cli.finding import Text
from alignment_cli.numbers import number, short_rupiah
from alignment_cli.report.words import goal_code, share, status

if TYPE_CHECKING:
    from collections.abc import Iterable

    from alignment_cli.compare.difference import Difference, Worse
    from alignment_cli.compare.item_changes import Change
    from alignment_cli.context import Item
    from alignment_cli.report.figures import Entry

NOTHING = Text("tidak ada", "none")
NO_GOAL = Text("tanpa tujuan", "no goal")
GAINED, LOST = Text("bertambah", "gained"), Text("hilang", "lost")
MOVED_HERE, MOVED_AWAY = Text("pindah kemari", "moved here"), Text("pindah dari sini", "moved away")
CHANGED = Text("berubah", "changed")
WORSE: dict[Worse, Text] = {
    "indeks": Text("indeks turun", "the index fell"),
    "tujuan_kosong": Text("ada tujuan yang kehilangan program terakhirnya", "a goal lost its last programme"),
    "pagu_selaras": Text("pagu selaras turun", "confirmed money fell"),
}


def kind(change: Change, goal: str) -> Text:
    """Return what happened to an item as one goal sees it."""
    before, after = change.pair
    if before is None or after is None:
        return GAINED if before is None else LOST
    if before.share(goal) is None:
        return MOVED_HERE
    return MOVED_AWAY if after.share(goal) is None else CHANGED


def details(change: Change) -> Text:
    """Say what changed of an item that both sides have, but for its money; nothing where only that did."""
    before, after = change.pair
    if before is None or after is None:
        return Text("", "")
    one, other = before.item, after.item
    told = {
        "kode": _from_to(Text("kode", "code"), _plain(one.kode), _plain(other.kode)),
        "nama": Text(f'dahulu "{one.nama}"', f'formerly "{one.nama}"'),
        "perangkat_daerah": _from_to(
            Text("perangkat daerah", "office"), _plain(one.perangkat_daerah), _plain(other.perangkat_daerah)
        ),
        "induk": _from_to(Text("program", "programme"), _above(one), _above(other)),
        "rincian": Text("tidak lagi dirinci ke sub kegiatan", "not detailed by sub-activities any more")
        if is_leaf(after)
        else Text("kini dirinci ke sub kegiatan", "detailed by sub-activities from here on"),
        "tujuan": _from_to(Text("tujuan", "goal"), _goals(before), _goals(after)),
        "jawaban": _from_to(Text("jawaban", "answer"), status(before.verdict), status(after.verdict)),
        "keputusan": _from_to(Text("keputusan", "decision"), _decisions(before), _decisions(after)),
    }
    return _listed(told[what] for what in change.what if what in told)


def _plain(text: str | None) -> Text:
    return Text(text, text) if text else NOTHING


def _above(item: Item) -> Text:
    return _plain(item.parent.nama if item.parent else None)


def _goals(entry: Entry) -> Text:
    shares = goals_of(entry)
    if len(shares) == 1:
        code = goal_code(shares[0][0])
        return NO_GOAL if code is None else Text(code, code)
    parts = [Text(f"{goal} {share(part).id}", f"{goal} {share(part).en}") for goal, part in shares]
    return Text(" + ".join(part.id for part in parts), " + ".join(part.en for part in parts))


def _decisions(entry: Entry) -> Text:
    found = decisions(entry)
    if not found:
        return NOTHING
    english = [f"{goal} {'approved' if said == 'disetujui' else 'rejected'}" for goal, said in found]
    return Text(", ".join(f"{goal} {said}" for goal, said in found), ", ".join(english))


def _from_to(what: Text, before: Text, after: Text) -> Text:
    return Text(f"{what.id}: {before.id} → {after.id}", f"{what.en}: {before.en} → {after.en}")


def _listed(texts: Iterable[Text]) -> Text:
    known = list(texts)
    return Text("; ".join(text.id for text in known), "; ".join(text.en for text in known))


def signed(amount: int) -> Text:
    """Return a change of money with its sign."""
    sign = "+" if amount > 0 else "-" if amount < 0 else ""
    return Text(f"{sign}{short_rupiah(abs(amount))}", f"{sign}{short_rupiah(abs(amount), 'en')}")


def amounts(before: int | None, after: int | None) -> Text:
    """Say how money changed."""
    if before == after:
        return Text(f"tetap {short_rupiah(after)}", f"unchanged at {short_rupiah(after, 'en')}")
    tail = Text("", "")
    if before is not None and after is not None:
        by = signed(after - before)
        tail = Text(f" ({by.id})", f" ({by.en})")
    return Text(
        f"{short_rupiah(before)} → {short_rupiah(after)}{tail.id}",
        f"{short_rupiah(before, 'en')} → {short_rupiah(after, 'en')}{tail.en}",
    )


def _counts(changes: list[Change], id_: str, en: str) -> Text:
    gained = sum(1 for change in changes if change.pair.before is None)
    lost = sum(1 for change in changes if change.pair.after is None)
    numbers = (gained, lost, len(changes) - gained - lost)
    first, second, third = (number(count) for count in numbers)
    told = f"{id_}: {first} bertambah, {second} hilang, {third} berubah"
    first, second, third = (number(count, "en") for count in numbers)
    return Text(told, f"{en}: {first} gained, {second} lost, {third} changed")


def _index(difference: Difference) -> Text:
    before, after = difference.before.score, difference.after.score
    if before is None or after is None:
        return Text("indeks tidak ada pada salah satu sisi", "no index on one side")
    one, other = share(before.value), share(after.value)
    if not difference.same_weight:
        return Text(
            f"indeks {one.id} dan {other.id} (beda dasar)", f"index {one.en} and {other.en} (by different bases)"
        )
    if before.value == after.value:
        return Text(f"indeks tetap {other.id}", f"index unchanged at {other.en}")
    return Text(f"indeks {one.id} → {other.id}", f"index {one.en} → {other.en}")


def summary(difference: Difference, whole: tuple[int | None, int | None]) -> Text:
    """Say in one sentence what changed; `whole` is all known money before and after."""
    if not difference.changes and not any(difference.findings):
        return Text("Tidak ada yang berubah.", "Nothing changed.")
    programmes = difference.programmes
    parts = [change for change in difference.changes if change.entry.item.parent is not None]
    counts = [_counts(programmes, "program", "programmes")]
    if parts:
        counts.append(_counts(parts, "sub kegiatan", "sub-activities"))
    head = _listed(counts)
    sure = amounts(difference.confirmed(difference.before), difference.confirmed(difference.after))
    money, index = amounts(*whole), _index(difference)
    head = Text(head.id[0].upper() + head.id[1:], head.en[0].upper() + head.en[1:])
    return Text(
        f"{head.id}; pagu {money.id}; pagu selaras {sure.id}; {index.id}.",
        f"{head.en}; money {money.en}; confirmed money {sure.en}; {index.en}.",
    )
