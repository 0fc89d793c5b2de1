"""What must be read again because an official source changed: decided links whose goal changed, and codes of the plan
that the nomenclature dropped, renamed, or leads to other goals.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from alignment_cli.compare.match_items import folded
from alignment_cli.compare.sources import changed_goals, present
from alignment_cli.finding import Text
from alignment_cli.nomenclature import level_of
from alignment_cli.numbers import number, rupiah
from alignment_cli.priorities import goal_hash
from alignment_cli.report import words as shared
from alignment_cli.report.amounts import total
from alignment_cli.report.table import Column, Row, Table, View, origin

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from alignment_cli.compare.sources import Sources
    from alignment_cli.context import Item
    from alignment_cli.model import Keselarasan
    from alignment_cli.reference import Reference
    from alignment_cli.region import Region
    from alignment_cli.report.table import Origin

DECIDED = ("disetujui", "ditolak")
"""Statuses of links that somebody decided."""


class Reread(NamedTuple):
    """An item to read again, with why; `sure` is False where nothing but the age of a decision is unknown. `pagu` is
    its money in rupiah, of its sub-activities where it has none itself.
    """

    item: Item
    origin: Origin
    why: tuple[Text, ...]
    sure: bool
    pagu: int | None


class Upstream:
    """The present sources, and what changed since `old` (None: only what the plan itself can tell)."""

    def __init__(self, reference: Reference, old: Sources | None = None) -> None:
        self.reference, self.old, self.new = reference, old, present(reference)
        self.nomenclature = reference.matcher.nomenclature
        before = old.priorities if old is not None else None
        self.goals = {} if before is None else changed_goals(before, reference.priorities)

    def rereads(self, region: Region) -> list[Reread]:
        """Return the items to read again, the most money first, what has no known money last."""
        found = []
        for file in region.files:
            for judged in file.judged:
                item = judged.item
                links = [why for link in item.butir.keselarasan if (why := self._decision(link))]
                codes = list(self._code(item.kode or ""))
                if links or codes:
                    reasons = (*(text for text, _ in links), *codes)
                    sure = bool(codes) or any(is_sure for _, is_sure in links)
                    pagu = item.pagu if item.pagu is not None or not item.parts else total(p.pagu for p in item.parts)
                    found.append(Reread(item, origin(file, item), reasons, sure, pagu))
        return sorted(found, key=lambda one: (-(one.pagu if one.pagu is not None else -1), one.origin, one.item.nama))

    def _decision(self, link: Keselarasan) -> tuple[Text, bool] | None:
        """Return why a decided link must be read again, and whether that is sure; None where it need not."""
        if link.status not in DECIDED:
            return None
        status = Text(link.status, "approved" if link.status == "disetujui" else "rejected")
        goals = self.reference.priorities
        kode = goals.goal_code(link.tujuan)
        if kode is None:
            return Text(f"{status.id} untuk {link.tujuan}, tujuan yang tidak dikenal sekarang",
                        f"{status.en} for {link.tujuan}, a goal that is not known at present"), True  # fmt: skip
        mark = (link.goal_hash or "").strip().lower()
        if not mark:
            return self._unmarked(kode, status)
        if mark == goal_hash(goals, kode):
            return None
        told = self._changed(kode)
        return Text(f"{status.id} untuk {kode}, yang isinya berubah sejak itu{told.id}",
                    f"{status.en} for {kode}, which has changed since{told.en}"), True  # fmt: skip

    def _unmarked(self, kode: str, status: Text) -> tuple[Text, bool] | None:
        """Say what is known of a decision without a mark: only older priorities can tell whether its goal changed."""
        if kode in self.goals:
            told = self._changed(kode)
            return Text(f"{status.id} untuk {kode} tanpa goal_hash, dan isinya berubah{told.id}",
                        f"{status.en} for {kode} without goal_hash, and it changed{told.en}"), True  # fmt: skip
        if self.old is not None and self.old.priorities is not None:
            return None
        return Text(f"{status.id} untuk {kode} tanpa goal_hash: tidak diketahui apakah isinya berubah",
                    f"{status.en} for {kode} without goal_hash: whether it changed is not known"), False  # fmt: skip

    def _changed(self, kode: str) -> Text:
        known = self.goals.get(kode)
        return Text("", "") if known is None else Text(f" ({known.id})", f" ({known.en})")

    def _code(self, written: str) -> Iterator[Text]:
        if not level_of(written):
            return
        kode = self.nomenclature.canonical(written)
        old = None if self.old is None else self.old.names
        now, before = (self.new.names or {}).get(kode), None if old is None else old.get(kode)
        if now is None and (old is None or before is not None):
            year = self.nomenclature.year
            told = Text("", "") if before is None else Text(" lagi", " any more")
            yield Text(f"kode {written} tidak ada{told.id} dalam nomenklatur {year}",
                       f"code {written} is not in the nomenclature {year}{told.en}")  # fmt: skip
        elif (
            now is not None
            and before is not None
            and not {folded(one) for one in before} & {folded(one) for one in now}
        ):
            one, other = min(before), min(now)
            yield Text(f'kode {written} berganti nama: "{one}" → "{other}"',
                       f'code {written} was renamed: "{one}" → "{other}"')  # fmt: skip
        if self.old is None or self.old.crossings is None:
            return
        one_goals, other_goals = self.old.goals_of(kode), self.new.goals_of(kode)
        if one_goals != other_goals:
            none = Text("tanpa tujuan", "no goal")
            left, right = (
                none if goals is None else Text(" + ".join(goals), " + ".join(goals))
                for goals in (one_goals, other_goals)
            )
            yield Text(f"crosswalk {written}: {left.id} → {right.id}", f"crosswalk {written}: {left.en} → {right.en}")


def view(upstream: Upstream, rereads: list[Reread]) -> View:
    """Return the items to read again, then the goals that changed."""
    tables = [_rereads(rereads)]
    if upstream.old is not None and upstream.old.priorities is not None:
        tables.append(_goals(upstream))
    return View("baca_ulang", Text("Baca ulang", "Read again"), _sentences(rereads), tables)


def _sentences(rereads: list[Reread]) -> list[Text]:
    if not rereads:
        return [Text("Tidak ada yang perlu dibaca ulang.", "Nothing needs to be read again.")]
    known = total(_counted(rereads)) or 0
    count, doubtful = len(rereads), sum(1 for one in rereads if not one.sure)
    found = [Text(
        f"{number(count)} butir perlu dibaca ulang, dengan pagu yang diketahui {rupiah(known)}.",
        f"{number(count, 'en')} {'item needs' if count == 1 else 'items need'} to be read again, with known money of "
        f"{rupiah(known, 'en')}.")]  # fmt: skip
    if doubtful:
        found.append(Text(
            f"{number(doubtful)} di antaranya hanya karena keputusannya tanpa goal_hash.",
            f"{number(doubtful, 'en')} of them only because a decision has no goal_hash."))  # fmt: skip
    return found


def _counted(rereads: list[Reread]) -> Iterable[int | None]:
    """Yield the money of items, without that of sub-activities whose programme is counted."""
    programmes = {id(one.item) for one in rereads}
    return [one.pagu for one in rereads if one.item.parent is None or id(one.item.parent) not in programmes]


def _rereads(rereads: list[Reread]) -> Table:
    columns = (
        shared.ITEM, shared.PAGU, Column("sebab", Text("Sebab", "Why"), minor=True, clear=True), shared.KODE,
        shared.OFFICE_ASIDE, Column("tempat", Text("Tempat", "Place"), minor=True, clear=True),
    )  # fmt: skip
    rows = [
        Row((one.item.nama, one.pagu, _joined(one.why), one.item.kode, one.item.perangkat_daerah,
             f"{one.origin.path}:{one.origin.line}"), (one.origin,))
        for one in rereads
    ]  # fmt: skip
    return Table("baca_ulang", Text("Perlu dibaca ulang", "To be read again"), columns, rows)


def _joined(texts: tuple[Text, ...]) -> Text:
    return Text("; ".join(text.id for text in texts), "; ".join(text.en for text in texts))


def _goals(upstream: Upstream) -> Table:
    columns = (shared.GOAL, Column("perubahan", Text("Perubahan", "Change")))
    rows = [Row((kode, told)) for kode, told in upstream.goals.items()]
    return Table("tujuan_berubah", Text("Tujuan yang berubah", "Goals that changed"), columns, rows)
