"""Family 7: what a region leaves out, as all its files together tell. AL213 stands here for its national programmes."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from alignment_cli.finding import Finding, Rule, Severity, Text
from alignment_cli.numbers import decimal
from alignment_cli.result import counts
from alignment_cli.suggest import closest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alignment_cli.context import Context
    from alignment_cli.finding import Place, Route
    from alignment_cli.readiness import Readiness
    from alignment_cli.reference import Reference
    from alignment_cli.region import Region

INFO, WARNING = Severity.INFO, Severity.WARNING

UNKNOWN_NATIONAL = Rule(
    "AL213", "program-nasional-tidak-dikenal", WARNING, "mutu",
    Text("Program nasional atau perannya tidak dikenal", "Unknown national programme, or unknown role"),
    Text('{apa} "{nilai}" tidak dikenal.', 'The {what} "{nilai}" is not known.'),
    Text("Pilihan: {pilihan}.", "Choices: {pilihan}."),
)  # fmt: skip
EMPTY = Rule(
    "AL701", "tujuan-tanpa-program", WARNING, "saran",
    Text("Tujuan tanpa program", "A goal without any programme"),
    Text("Tidak satu pun program {daerah} mendukung {tujuan}: {nama}.",
         "No programme of {daerah} supports {tujuan}: {name}."),
    Text("Rencanakan program untuk tujuan itu, atau nyatakan keselarasan program yang sudah mendukungnya.",
         "Plan a programme for the goal, or declare the alignment of one that supports it already."),
    confidence="medium",
)  # fmt: skip
THIN = Rule(
    "AL702", "tujuan-tipis", INFO, "saran",
    Text("Tujuan hanya didukung sedikit", "A goal has little support"),
    Text("{tujuan} ({nama}) hanya didukung {seberapa}.", "{tujuan} ({name}) has no more than {how_much} behind it."),
    Text("Pastikan itu memang pilihan daerah.", "Make sure that this is what the region wants."),
    confidence="medium",
)  # fmt: skip
UNCOVERED = Rule(
    "AL703", "peran-daerah-kosong", INFO, "saran",
    Text("Peran daerah dalam program nasional belum terisi", "Roles of the region in a national programme are open"),
    Text("{nama} didukung daerah ini, tetapi belum terlihat siapa yang menjalankan peran yang diminta: {peran}{lain}.",
         "The region supports {nama}, but it does not show who does what is asked of it: {roles}{other}."),
    Text("Rencanakan peran itu, atau catat dalam program_nasional pada program yang menjalankannya: kode {kode}, peran "
         "{contoh}.",
         "Plan the role, or record it in program_nasional of the programme that does it: kode {kode}, peran {contoh}."),
    confidence="medium",
)  # fmt: skip
UNNAMED = Rule(
    "AL704", "program-nasional-tak-disebut", INFO, "saran",
    Text("Program nasional tidak disebut", "National programmes that no programme names"),
    Text("{jumlah} program nasional meminta peran daerah tetapi tidak disebut program mana pun: {daftar}.",
         "{jumlah} national programme(s) ask something of the region but no programme names them: {daftar}."),
    Text("Catat pada program yang mendukungnya (program_nasional: Sekolah Rakyat), atau rencanakan.",
         "Record it in the programme that supports it (program_nasional: Sekolah Rakyat), or plan one."),
    confidence="medium",
)  # fmt: skip
FILE_RULES = (UNKNOWN_NATIONAL,)
RULES = (EMPTY, THIN, UNCOVERED, UNNAMED)

FEW_PROGRAMMES = 1
"""A goal with no more programmes than this is thin."""
LITTLE_MONEY = 0.01
"""A goal with a smaller part of the known money (0-1) is thin, where at least half of the items give their ceiling."""


def check_file(context: Context) -> Iterator[Finding]:
    """Yield the national programmes and roles of a file that do not exist."""
    from alignment_cli.national import nationals_of

    if not any(item.butir.program_nasional for item in context.items):
        return
    nationals = nationals_of(context.priorities)
    if not nationals.programmes:
        return
    roles = sorted({role.peran for one in nationals.programmes.values() for role in one.peran_daerah})
    for item in context.items:
        for i, link in enumerate(item.butir.program_nasional):
            base = (*item.route, "program_nasional")
            if nationals.code(link.kode) is None:
                known = ", ".join(nationals.programmes)
                params = {"apa": "Program nasional", "what": "national programme", "nilai": link.kode, "pilihan": known}
                near = closest(link.kode, nationals.names)
                yield Finding(UNKNOWN_NATIONAL, _within(context, base, i, "kode"), params, near)
            for j, written in enumerate(link.peran):
                if written.strip().casefold() not in roles:
                    known = ", ".join(roles)
                    params = {"apa": "Peran", "what": "role", "nilai": written, "pilihan": known}
                    at = _within(context, base, i, "peran", j)
                    yield Finding(UNKNOWN_NATIONAL, at, params, closest(written, roles))


def _within(context: Context, base: Route, i: int, key: str, *rest: int) -> Place:
    """Return the place of a key of the entry `i` of a list, be the list or the entry written short or in full."""
    document = context.loaded.document
    for entry in ((*base, i), base):
        if document.node(context.loaded.original((*entry, key))) is not None:
            return document.place(context.loaded.original((*entry, key, *rest)))
    return document.place(context.loaded.original((*base, i)))


def check(region: Region, reference: Reference) -> Iterator[Finding]:
    """Yield what is wrong with a region as a whole."""
    yield from _national(region, reference)
    if region.whole:
        yield from _goals(region, reference)


def _goals(region: Region, reference: Reference) -> Iterator[Finding]:
    leaves = [judged for file in region.files for judged in file.leaves]
    known = [judged.item.pagu for judged in leaves if judged.item.pagu is not None]
    weighed = sum(known) if 2 * len(known) >= len(leaves) else None
    codes, money = [goal.kode for goal in reference.priorities.tujuan], Counter[str]()
    for file in region.files:
        money.update({line.goal: line.pagu for line in file.sums(codes)})
    supporters = _supporters(region)
    for goal in reference.priorities.tujuan:
        params: dict[str, str | int] = {"tujuan": goal.kode, "nama": goal.nama, "name": goal.nama_en}
        own = supporters[goal.kode]
        if not own:
            yield Finding(EMPTY, region.place(), params | {"daerah": region.header.daerah.nama})
        elif own <= FEW_PROGRAMMES:
            yield Finding(THIN, region.place(), params | {"seberapa": "satu program", "how_much": "one programme"})
        elif weighed and money[goal.kode] < LITTLE_MONEY * weighed:
            percent = 100 * money[goal.kode] / weighed
            amount: dict[str, str | int] = {
                "seberapa": f"{decimal(percent, 2)} % pagu yang diketahui ({own} program)",
                "how_much": f"{decimal(percent, 2, 'en')}% of the known money ({own} programmes)",
            }
            yield Finding(THIN, region.place(), params | amount)


def _supporters(region: Region) -> Counter[str | None]:
    """Count the programmes by the goals that they, or parts of them, serve, be it as a further one."""
    goals: dict[tuple[int, Route], set[str | None]] = defaultdict(set)
    for number, file in enumerate(region.files):
        for judged in file.judged:
            if counts(judged.verdict):
                goals[number, judged.item.route[:2]].update((judged.verdict.goal, *judged.verdict.further))
    return Counter(goal for served in goals.values() for goal in served)


def _national(region: Region, reference: Reference) -> Iterator[Finding]:
    """Yield the open roles of each national programme that the region supports, and those that it does not name. Of a
    fragment, only what it declares itself to support.
    """
    from alignment_cli.readiness import by_basis, readiness

    unnamed = []
    for ready in readiness(region, reference):
        asked = by_basis(ready.roles)
        if not ready.items and asked:
            unnamed.append(f"{ready.programme.nama} ({', '.join(asked)})")
        supported = ready.declared or (region.whole and any(named.basis == "teks" for _, _, named in ready.items))
        if supported and by_basis(ready.gaps):
            yield _uncovered(region, ready, reference)
    if unnamed and region.whole:
        yield Finding(UNNAMED, region.place(), {"jumlah": len(unnamed), "daftar": "; ".join(unnamed)})


def _uncovered(region: Region, ready: Readiness, reference: Reference) -> Finding:
    from alignment_cli.readiness import by_basis, roles_of

    names = {kode: role.nama for kode, role in roles_of(reference).items()}
    groups = by_basis(ready.gaps)
    more = sum(1 for role in ready.gaps if not role.ruled)
    told = {
        lang: "; ".join(f"{', '.join(names[r].in_(lang) if r in names else r for r in roles)} ({basis})"
                        for basis, roles in groups.items())
        for lang in ("id", "en")
    }  # fmt: skip
    params = {
        "nama": ready.programme.nama, "kode": ready.programme.kode, "peran": told["id"], "roles": told["en"],
        "contoh": next(iter(groups.values()))[0],
        "lain": f", dan {more} peran lain tanpa dasar tertulis" if more else "",
        "other": f", and {more} more without a written basis" if more else "",
    }  # fmt: skip
    return Finding(UNCOVERED, region.place(), params)
