"""Family 5, second part: what people decided about alignments, and what still waits for a decision."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from alignment_cli.finding import Finding, Rule, Severity, Text
from alignment_cli.match.verdict import Reason
from alignment_cli.nomenclature import ancestors
from alignment_cli.priorities import goal_hash
from alignment_cli.rules.alignment import is_missed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alignment_cli.context import Context, Item
    from alignment_cli.finding import Route
    from alignment_cli.model import Keselarasan

INFO, WARNING = Severity.INFO, Severity.WARNING

AUTHORITIES = Rule(
    "AL505", "otoritas-berbeda", INFO, "saran",
    Text("Otoritas resmi berbeda dan belum diputuskan", "Official authorities disagree and nobody has decided"),
    Text("Bidang urusan {bidang}: RPJMN menunjuk {rpjmn}, tabel {tabel} menunjuk {label}; {jumlah} butir belum "
         "diputuskan.",
         "Bidang urusan {bidang}: the RPJMN points to {rpjmn}, table {tabel} to {label}; {jumlah} item(s) undecided."),
    Text("Putuskan dengan status disetujui beserta alasan; align tidak memilih di antara keduanya.",
         "Decide with status disetujui and a reason; align does not choose between the two."),
)  # fmt: skip
PENDING = Rule(
    "AL506", "keputusan-tertunda", INFO, "saran",
    Text("Keputusan keselarasan masih tertunda", "A decision on an alignment is still open"),
    Text("{tujuan} menunggu keputusan: {sebab}.", "{tujuan} waits for a decision: {why}."),
    Text("Ubah status menjadi disetujui atau ditolak, dengan alasan dan oleh.",
         "Change status to disetujui or ditolak, with alasan and oleh."),
)  # fmt: skip
OUTDATED = Rule(
    "AL507", "tujuan-berubah", WARNING, "mutu",
    Text("Tujuan berubah sejak diputuskan", "The goal has changed since the decision"),
    Text("Isi {tujuan} berubah sejak keputusan ini (goal_hash {lama}, sekarang {baru}).",
         "{tujuan} has changed since this decision (goal_hash {lama}, now {baru})."),
    Text("Tinjau lagi keputusannya; bila tetap, ganti goal_hash dengan {baru}.",
         "Review the decision; if it stands, change goal_hash to {baru}."),
)  # fmt: skip
REPEATED = Rule(
    "AL508", "tujuan-ganda", WARNING, "mutu",
    Text("Satu tujuan dinyatakan dua kali", "One goal is declared twice"),
    Text("{tujuan} {apa} (lihat baris {baris}).", "{tujuan} {what} (see line {baris})."),
    Text("Sisakan satu, dengan status yang berlaku.", "Keep one, with the status that holds."),
)  # fmt: skip
UNFOUNDED = Rule(
    "AL509", "keputusan-tanpa-dasar", INFO, "mutu",
    Text("Keputusan tanpa alasan atau tanpa nama", "A decision without a reason or a name"),
    Text("Status {status} tanpa {kurang}.", "Status {status} without {missing}."),
    Text("Isi alasan dan oleh, agar keputusan dapat dipertanggungjawabkan.",
         "Fill in alasan and oleh, so that the decision can be accounted for."),
)  # fmt: skip
SEVERAL_MAIN = Rule(
    "AL510", "beberapa-tujuan-utama", WARNING, "mutu",
    Text("Beberapa tujuan utama", "Several main goals"),
    Text("Tujuan utama sudah ditetapkan di baris {baris}.", "The main goal is already set in line {baris}."),
    Text("Pilih satu peran utama; beri yang lain peran: pendukung.",
         "Choose one peran: utama; give the others peran: pendukung."),
)  # fmt: skip

RULES = (AUTHORITIES, PENDING, OUTDATED, REPEATED, UNFOUNDED, SEVERAL_MAIN)

DECIDED = ("disetujui", "ditolak")
DOUBTS = frozenset({Reason.BERDEKATAN, Reason.KODE_NAMA, Reason.PERAN, Reason.TUMPUK, Reason.DITOLAK})
"""Reasons for review that only a decision ends; low confidence may end with a better text."""


def check(context: Context) -> Iterator[Finding]:
    """Yield what is wrong or missing in the decisions of every item."""
    yield from _authorities(context)
    for item in context.items:
        if item.declared:
            yield from _pending(context, item)
            yield from _repeated(context, item)
            for n, link in enumerate(item.butir.keselarasan):
                if link.status in DECIDED:
                    yield from _decision(context, (*item.route, "keselarasan", n), link)
            yield from _main(context, item)


def _authorities(context: Context) -> Iterator[Finding]:
    """Yield one finding for each bidang urusan and pair of goals: the tables label the bidang urusan as a whole."""
    nomenclature = context.nomenclature
    open_: dict[tuple[str, str, str, str], list[Item]] = defaultdict(list)
    for item in context.items:
        if Reason.OTORITAS not in context.verdicts[item.route].reasons:
            continue
        crossing = nomenclature.crossing(item.kode or "")
        if crossing is not None:
            goals = ", ".join(sorted({crossing.tujuan, *(goal for goal, _ in crossing.juga)}))
            bidang = ancestors(crossing.kode)[-1]
            for row in nomenclature.tables(bidang):
                open_[bidang, goals, row.table, ", ".join(row.labels)].append(item)
    for (bidang, rpjmn, table, label), items in open_.items():
        told = {"bidang": bidang, "rpjmn": rpjmn, "tabel": table, "label": label}
        yield Finding(AUTHORITIES, context.place((*items[0].route, "kode")), {**told, "jumlah": len(items)})


def _pending(context: Context, item: Item) -> Iterator[Finding]:
    """Yield proposals that nobody has decided on, and claims that the evidence contradicts or rivals."""
    goals, verdict = context.priorities, context.verdicts[item.route]
    known = [(kode, link) for link in item.declared if (kode := goals.goal_code(link.tujuan)) is not None]
    decided = {kode for kode, link in known if link.status in DECIDED}
    for kode, link in known:
        if link.status == "diusulkan" and kode not in decided:
            params = {"tujuan": kode, "sebab": "masih diusulkan", "why": "it is only proposed"}
            yield Finding(PENDING, context.place(link.route), params)
    claims = [(kode, link) for kode, link in known if link.status == "dinyatakan"]
    reasons = [reason for reason in verdict.reasons if reason in DOUBTS]
    if not claims or decided or not reasons:
        return
    if is_missed(verdict.matches[0], [kode for kode, _ in known]):
        return  # AL502 says so already.
    kode, link = claims[0]
    why = Text("; ".join(r.in_("id") for r in reasons), "; ".join(r.in_("en") for r in reasons))
    yield Finding(PENDING, context.place(link.route), {"tujuan": kode, "sebab": why.id, "why": why.en})


def _repeated(context: Context, item: Item) -> Iterator[Finding]:
    """Yield goals that stand twice. A decision in full beside the short form is no repetition: it answers the claim. PP
    and KP of one goal are different things.
    """
    goals = context.priorities
    seen: dict[str, tuple[Route, str, bool]] = {}
    for link in item.declared:
        kode = goals.goal_code(link.tujuan)
        if kode is None:
            continue
        written = re.sub(r"\s+", "", link.tujuan.upper())
        key = written if "." in written else kode
        first = seen.setdefault(key, (link.route, link.status, link.short))
        if first[0] == link.route:
            continue
        rejected = "ditolak" in (first[1], link.status) and first[1] != link.status
        if first[2] and link.status in ("diusulkan", "disetujui"):
            continue
        apa, what = ("sudah dinyatakan", "is already declared")
        if rejected:
            apa, what = ("diterima dan ditolak sekaligus", "is both accepted and rejected")
        line = context.place(first[0]).span.line
        yield Finding(REPEATED, context.place(link.route), {"tujuan": key, "apa": apa, "what": what, "baris": line})


def _decision(context: Context, route: Route, link: Keselarasan) -> Iterator[Finding]:
    missing = [key for key in ("alasan", "oleh") if not (getattr(link, key) or "").strip()]
    if missing:
        params = {"status": link.status, "kurang": " dan ".join(missing), "missing": " and ".join(missing)}
        yield Finding(UNFOUNDED, context.place((*route, "status")), params)
    kode = context.priorities.goal_code(link.tujuan)
    if link.goal_hash and kode is not None:
        now = goal_hash(context.priorities, kode)
        if link.goal_hash.strip().lower() != now:
            params = {"tujuan": kode, "lama": link.goal_hash, "baru": now}
            yield Finding(OUTDATED, context.place((*route, "goal_hash")), params)


def _main(context: Context, item: Item) -> Iterator[Finding]:
    """Yield links that say themselves that they are the main one; a link that says nothing has its default."""
    main = [
        (*item.route, "keselarasan", n, "peran")
        for n, link in enumerate(item.butir.keselarasan)
        if link.peran == "utama" and "peran" in link.model_fields_set and link.status != "ditolak"
    ]
    for route in main[1:]:
        yield Finding(SEVERAL_MAIN, context.place(route), {"baris": context.place(main[0]).span.line})
