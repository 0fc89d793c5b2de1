"""Family 2: codes and goals must exist, and a code must be the code of what it names."""

from __future__ import annotations

import re
from collections import Counter
from itertools import takewhile
from operator import eq
from typing import TYPE_CHECKING

from alignment_cli.finding import Finding, Rule, Severity, Text
from alignment_cli.match.official_name import same_name
from alignment_cli.nomenclature import SUPPORT, is_support, level_of
from alignment_cli.offices import canonical
from alignment_cli.suggest import closest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alignment_cli.context import Context, Item
    from alignment_cli.finding import Route

ERROR, WARNING = Severity.ERROR, Severity.WARNING

UNQUOTED = Rule(
    "AL201", "kode-tanpa-kutip", ERROR, "tidak_sah",
    Text("Kode ditulis tanpa tanda kutip", "A code is written without quotes"),
    Text("Kode {kode} tanpa tanda kutip dibaca sebagai bilangan; nol di belakang bisa hilang.",
         "The code {kode} without quotes is read as a number; trailing zeros can be lost."),
    Text('Tulis "{kode}" dengan tanda kutip.', 'Write "{kode}" in quotes.'),
    fixable=True,
)  # fmt: skip
MALFORMED = Rule(
    "AL202", "bentuk-kode", ERROR, "tidak_sah",
    Text("Bentuk kode tidak sesuai nomenklatur", "The code is not shaped like a nomenclature code"),
    Text('"{kode}" bukan bentuk kode {apa}.', '"{kode}" is not shaped like a {what} code.'),
    Text("Bentuk: program 1.02.02, kegiatan 1.02.02.2.01, sub kegiatan 1.02.02.2.01.0001.",
         "Shapes: programme 1.02.02, kegiatan 1.02.02.2.01, sub kegiatan 1.02.02.2.01.0001."),
)  # fmt: skip
UNKNOWN_CODE = Rule(
    "AL203", "kode-tidak-dikenal", WARNING, "mutu",
    Text("Kode tidak ada dalam nomenklatur", "The code is not in the nomenclature"),
    Text('Kode "{kode}" tidak ada dalam nomenklatur resmi {tahun}.',
         'The code "{kode}" is not in the official nomenclature {tahun}.'),
    Text("Cocokkan dengan nomenklatur, atau kosongkan kode bila namanya memang buatan daerah.",
         "Compare with the nomenclature, or leave the code out if the name is the region's own."),
)  # fmt: skip
UNKNOWN_GOAL = Rule(
    "AL204", "tujuan-tidak-dikenal", ERROR, "tidak_sah",
    Text("Tujuan tidak dikenal", "Unknown goal"),
    Text('Tujuan "{tujuan}" tidak ada dalam {kerangka}.', 'The goal "{tujuan}" is not part of {kerangka}.'),
    Text("Pilihan: {pilihan}.", "Choices: {pilihan}."),
)  # fmt: skip
OTHER_NAME = Rule(
    "AL205", "nama-berbeda-dari-kode", WARNING, "mutu",
    Text("Nama tidak cocok dengan kode", "The name does not fit the code"),
    Text('Kode {kode} menurut nomenklatur bernama "{resmi}".',
         'By the nomenclature the code {kode} is named "{resmi}".'),
    Text("Perbaiki kode atau nama; kode yang menentukan keselarasan.",
         "Correct the code or the name; it is the code that decides the alignment."),
)  # fmt: skip
OTHER_PARENT = Rule(
    "AL206", "kode-bukan-anak", WARNING, "mutu",
    Text("Kode sub kegiatan bukan anak kode program", "The sub-activity code is not below the programme code"),
    Text("Sub kegiatan {kode} tidak berada di bawah program {induk}.",
         "The sub-activity {kode} is not below the programme {induk}."),
    Text("Pindahkan ke program yang benar, atau perbaiki kodenya.",
         "Move it below the right programme, or correct its code."),
)  # fmt: skip
TWICE = Rule(
    "AL207", "program-ganda", WARNING, "mutu",
    Text("Program tercatat dua kali", "The programme is listed twice"),
    Text("Kode {kode} dengan nama dan perangkat daerah yang sama sudah ada di baris {baris}; pagunya terhitung ganda.",
         "The code {kode} with the same name and office already stands in line {baris}; its money counts twice."),
    Text("Hapus salah satu, atau bedakan perangkat daerahnya.", "Remove one, or tell the offices apart."),
)  # fmt: skip
SPELLINGS = Rule(
    "AL208", "ejaan-perangkat-daerah", WARNING, "mutu",
    Text("Perangkat daerah ditulis dengan beberapa cara", "An office is written in several ways"),
    Text('Perangkat daerah "{nama}" di tempat lain dalam berkas ditulis dengan ejaan lain.',
         'The office "{nama}" is spelt otherwise elsewhere in the file.'),
    Text("Pakai satu ejaan, agar jumlah menurut perangkat daerah tidak terbelah.",
         "Use one spelling, so that sums by office are not split."),
    confidence="medium",
    fixable=True,
)  # fmt: skip
OTHER_TIER = Rule(
    "AL209", "kode-tingkat-lain", WARNING, "mutu",
    Text("Kode milik tingkat pemerintahan lain", "The code belongs to another tier of government"),
    Text("Kode {kode} untuk {untuk}, sedangkan berkas ini milik {tingkat}.",
         "The code {kode} is for {whom}, but this file belongs to a {tier}."),
    Text("Pakai kode tingkat sendiri; bagian keempatnya 1 untuk provinsi dan 2 untuk kabupaten/kota.",
         "Use the code of the own tier; its fourth part is 1 for provinces and 2 for regencies and cities."),
)  # fmt: skip
REGION = Rule(
    "AL210", "tingkat-tidak-cocok", WARNING, "mutu",
    Text("Tingkat, nama dan kode daerah tidak cocok", "Tier, name and code of the region do not fit"),
    Text('Tingkat {tingkat} tidak cocok dengan {apa} "{nilai}".',
         'The tier {tingkat} does not fit the {what} "{nilai}".'),
    Text("Perbaiki salah satunya. Kode wilayah: provinsi dua angka (13), kabupaten dan kota empat angka (13.11).",
         "Correct one of them. Region codes: two digits for provinces (13), four for regencies and cities (13.11)."),
)  # fmt: skip

RULES = (
    UNQUOTED, MALFORMED, UNKNOWN_CODE, UNKNOWN_GOAL, OTHER_NAME, OTHER_PARENT, TWICE, SPELLINGS, OTHER_TIER, REGION,
)  # fmt: skip


def check(context: Context) -> Iterator[Finding]:
    """Yield what is wrong with codes, goals and offices of every item, and with the region."""
    yield from _region(context)
    yield from _offices(context)
    for n, mission in enumerate(context.file.misi):
        for i, goal in enumerate(mission.asta_cita):
            yield from _goal(context, goal, ("misi", n, "asta_cita", i))
    context.nomenclature.fetch(item.kode for item in context.items if item.kode)
    own = _own_tier(context)
    seen: dict[tuple[str, str, str], Item] = {}
    for item in context.items:
        for declared in item.declared:
            yield from _goal(context, declared.tujuan, declared.route)
        if not item.kode:
            continue
        yield from _code(context, item, item.kode, own)
        if item.parent is None:
            same = (item.kode, item.nama.casefold(), (item.perangkat_daerah or "").casefold())
            if same in seen:
                line = context.place(seen[same].route).span.line
                yield Finding(TWICE, context.place((*item.route, "kode")), {"kode": item.kode, "baris": line})
            seen.setdefault(same, item)


def _code(context: Context, item: Item, kode: str, own: str | None) -> Iterator[Finding]:
    route = (*item.route, "kode")
    wanted = ("program",) if item.parent is None else ("sub_kegiatan", "kegiatan")
    if level_of(kode) not in wanted:
        what = ("program", "programme") if item.parent is None else ("sub kegiatan", "sub-activity")
        yield Finding(MALFORMED, context.place(route), {"kode": kode, "apa": what[0], "what": what[1]})
        return
    if item.parent is not None and item.parent.kode and not _below(kode, item.parent.kode, context):
        yield Finding(OTHER_PARENT, context.place(route), {"kode": kode, "induk": item.parent.kode})
    if is_support(kode):
        # Named after the tier of government, and by offices as they like.
        return
    entry = context.nomenclature.get(kode)
    if entry is None:
        params = {"kode": kode, "tahun": context.nomenclature.year}
        yield Finding(UNKNOWN_CODE, context.place(route), params, _code_of_name(context, item.nama, kode, own))
        return
    tier = _tier_of(kode)
    if own and tier and tier != own:
        tingkat = context.file.daerah.tingkat
        whose = {"kabupaten": "regency", "kota": "city"}.get(tingkat, "province")
        params = {"kode": kode, "untuk": tier, "whom": TIERS[tier], "tingkat": tingkat, "tier": whose}
        yield Finding(OTHER_TIER, context.place(route), params, _code_of_name(context, item.nama, kode, own))
    if not same_name(item.nama, entry):
        yield Finding(OTHER_NAME, context.place((*item.route, "nama")), {"kode": kode, "resmi": entry.nama})


def _own_tier(context: Context) -> str | None:
    """Return the tier whose codes a file may use; none where that cannot be told, or for DKI Jakarta, which is both."""
    region = context.file.daerah
    if not _is_told(context, "tingkat") or "jakarta" in region.nama.lower():
        return None
    return "provinsi" if region.tingkat == "provinsi" else "kabupaten/kota"


TIERS = {"provinsi": "provinces", "kabupaten/kota": "regencies and cities"}
"""Tiers of the nomenclature in English."""
_BY_FOURTH_PART = {"1": "provinsi", "2": "kabupaten/kota"}


def _tier_of(kode: str) -> str | None:
    """Return the tier that a code of a kegiatan or sub kegiatan belongs to; none for programmes, and for codes of
    special autonomy (fourth part 3 and up), which go by other lines.
    """
    return _BY_FOURTH_PART.get(kode[8:9])


def _is_told(context: Context, key: str) -> bool:
    """Tell whether the file itself gives this of the region; a faulty header is stood in for while loading."""
    node = context.loaded.document.node(("daerah", key))
    return node is not None and node.text == getattr(context.file.daerah, key)


def _region(context: Context) -> Iterator[Finding]:
    region = context.file.daerah
    if not _is_told(context, "tingkat"):
        return
    named = re.match(r"(?:prov(?:insi)?|kab(?:upaten)?|kota)\b", region.nama.strip().lower())
    if named and not region.tingkat.startswith(named.group()):
        params = {"tingkat": region.tingkat, "apa": "nama", "what": "name", "nilai": region.nama}
        yield Finding(REGION, context.place(("daerah", "tingkat")), params)
    shape = r"\d\d" if region.tingkat == "provinsi" else r"\d\d\.\d\d"
    if region.kode and not re.fullmatch(shape, region.kode.strip()):
        params = {"tingkat": region.tingkat, "apa": "kode", "what": "code", "nilai": region.kode}
        yield Finding(REGION, context.place(("daerah", "kode")), params)


def _offices(context: Context) -> Iterator[Finding]:
    written: list[tuple[str, Route]] = []
    for item in context.items:
        if item.butir.perangkat_daerah:
            written.append((item.butir.perangkat_daerah, (*item.route, "perangkat_daerah")))
        partners = getattr(item.butir, "kolaborasi", None)
        for n, name in enumerate(partners.horizontal if partners else ()):
            written.append((name, (*item.route, "kolaborasi", "horizontal", n)))
    spelling = canonical(Counter(name for name, _ in written), context.file.daerah.nama)
    for name, route in written:
        if spelling[name] != name:
            yield Finding(SPELLINGS, context.place(route), {"nama": name}, spelling[name])


def _code_of_name(context: Context, nama: str, kode: str, own: str | None) -> str | None:
    """Return the code that a name has officially, of the level of `kode`, no other tier's, and of special autonomy only
    where `kode` goes by no tier; of several the one most like `kode`. A code only spelt alike would name other work.
    """
    tiers = (own,) if _tier_of(kode) else (own, None)
    found = [
        code
        for like in context.matcher.names.find(nama)
        for code in like.codes
        if level_of(code) == level_of(kode) and (own is None or _tier_of(code) in tiers)
    ]
    return max(sorted(found), key=lambda code: _shared(code, kode), default=None)


def _shared(first: str, second: str) -> int:
    """Return how many characters two codes share from the left."""
    return len(list(takewhile(bool, map(eq, first, second))))


def _below(kode: str, parent: str, context: Context) -> bool:
    if SUPPORT[:4] in (kode[:4], parent[:4]):
        # The nomenclature writes support codes as X.XX.01, offices with their own bidang urusan.
        kode, parent = context.nomenclature.canonical(kode), context.nomenclature.canonical(parent)
    return kode.startswith(f"{parent}.")


def _goal(context: Context, written: str, route: Route) -> Iterator[Finding]:
    goals = context.priorities
    if goals.goal_code(written) is None:
        known = [goal.kode for goal in goals.tujuan]
        params = {"tujuan": written, "kerangka": goals.kerangka.nama, "pilihan": ", ".join(known)}
        yield Finding(UNKNOWN_GOAL, context.place(route), params, closest(written, known))
