"""Family 6: partners of programmes, over all files of a region. Advice, so none of them is an error."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alignment_cli.finding import Finding, Rule, Severity, Text
from alignment_cli.region import FEW, place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alignment_cli.collaboration.analysis import Collaboration, Link, Partnership, Programme
    from alignment_cli.nomenclature import Nomenclature
    from alignment_cli.reference import Reference
    from alignment_cli.region import Region

INFO, WARNING = Severity.INFO, Severity.WARNING

ALONE = Rule(
    "AL601", "program-tanpa-mitra", INFO, "saran",
    Text("Program berdiri sendiri", "A programme stands alone"),
    Text("{siapa} mencatat mitra, padahal {alasan}.", "No partner is given for {who}, though {reason}."),
    Text("Isi kolaborasi: perangkat daerah lain, instansi di atas atau di bawahnya, dan pihak luar yang ikut bekerja.",
         "Fill in kolaborasi: other offices, the levels of government above and below, outside bodies that take part."),
    confidence="medium",
)  # fmt: skip
UNKNOWN = Rule(
    "AL602", "mitra-tidak-dikenal", INFO, "saran",
    Text("Mitra tidak dikenal", "Unknown partner"),
    Text('Mitra "{mitra}" bukan perangkat daerah dalam berkas daerah ini, dan tidak ada dalam daftar mitra.',
         'The partner "{mitra}" is no office in the files of this region, and not in the catalogue of partners.'),
    Text("Tulis nama resminya. Bila memang begitu namanya, biarkan.",
         "Write its official name. If that is its name, leave it."),
    confidence="medium",
)  # fmt: skip
ONE_SIDED = Rule(
    "AL603", "kemitraan-sepihak", INFO, "saran",
    Text("Kemitraan hanya dicatat satu pihak", "Only one side records the partnership"),
    Text("{pertama} mencatat {kedua} sebagai mitra, tetapi dari {jumlah} program {kedua} untuk tujuan atau program "
         "nasional yang sama, tidak satu pun mencatat {pertama}.",
         "{pertama} gives {kedua} as a partner, but of the {jumlah} programme(s) of {kedua} for the same goal or "
         "national programme, none gives {pertama}."),
    Text("Sepakati dengan {kedua} siapa mengerjakan apa, lalu catat pada program kedua pihak.",
         "Agree with {kedua} who does what, and record it in the programmes of both."),
    confidence="medium",
)  # fmt: skip
MISPLACED = Rule(
    "AL604", "mitra-salah-tempat", WARNING, "mutu",
    Text("Mitra di tempat yang salah", "A partner in the wrong place"),
    Text('"{mitra}" adalah {jenis}, tetapi ditulis di {kunci}.', '"{mitra}" is {kind}, but stands under {kunci}.'),
    Text("Pindahkan ke {tempat}.", "Move it to {tempat}."),
)  # fmt: skip
ITSELF = Rule(
    "AL605", "mitra-diri-sendiri", WARNING, "mutu",
    Text("Perangkat daerah bermitra dengan dirinya", "An office is its own partner"),
    Text('"{mitra}" adalah perangkat daerah pelaksana program ini sendiri.',
         '"{mitra}" is the office that runs this programme itself.'),
    Text("Hapus, atau tulis perangkat daerah lain.", "Remove it, or name another office."),
)  # fmt: skip
TWICE = Rule(
    "AL606", "mitra-ganda", WARNING, "mutu",
    Text("Mitra disebut dua kali", "A partner is named twice"),
    Text('"{mitra}" sudah disebut di baris {baris}, sebagai "{lain}".',
         '"{mitra}" is named in line {baris} already, as "{lain}".'),
    Text("Hapus salah satu.", "Remove one of them."),
)  # fmt: skip

RULES = (ALONE, UNKNOWN, ONE_SIDED, MISPLACED, ITSELF, TWICE)


def check(region: Region, reference: Reference) -> Iterator[Finding]:
    """Yield what is wrong with the partners of a region's programmes."""
    from alignment_cli.collaboration.analysis import analyse

    found = analyse(region, reference)
    yield from _alone(region, found, reference)
    for programme in found.programmes:
        yield from _links(programme)
    for pair in found.one_sided:
        yield _one_sided(pair)


def _alone(region: Region, found: Collaboration, reference: Reference) -> Iterator[Finding]:
    """Yield the programmes that stand alone; one finding in all where a region records no partner at all."""
    if found.recorded:
        for programme in found.alone:
            reason = _reason(programme, reference)
            params = {"siapa": "Program ini tidak", "who": "this programme", "alasan": reason.id, "reason": reason.en}
            yield Finding(ALONE, place(programme.file, (*programme.judged.item.route, "nama")), params)
    elif found.alone and len(found.programmes) >= FEW:
        all_, few = len(found.programmes), len(found.alone)
        params = {
            "siapa": f"Tidak satu pun dari {all_} program",
            "who": f"any of the {all_} programmes",
            "alasan": f"pada {few} di antaranya program nasional, kode, atau KP-nya juga dikerjakan pihak lain",
            "reason": f"in {few} of them others work on the same national programme, code or KP",
        }
        yield Finding(ALONE, region.place(), params)


def _reason(programme: Programme, reference: Reference) -> Text:
    """Say why partners are expected, on the strongest ground there is."""
    from alignment_cli.collaboration.expectation import names

    first = programme.expected[0]
    same = [one for one in programme.expected if (one.basis, one.because) == (first.basis, first.because)]
    listed, more = names(same)
    rest = (f", dan {more} lainnya", f", and {more} more") if more else ("", "")
    if first.basis in ("program_nasional", "peran"):
        nama = next(one.nama for one in reference.priorities.program_nasional if one.kode == first.because)
        return Text(
            f"program nasional {nama} dikerjakan bersama {listed}{rest[0]}",
            f"the national programme {nama} is shared with {listed}{rest[1]}",
        )
    title = _title(first.because, reference.matcher.nomenclature, reference.priorities.priority_names)
    what = "KP" if first.basis == "kp" else "kode"
    return Text(
        f"{what} {first.because}{title} juga dikerjakan {listed}{rest[0]}",
        f"{what.replace('kode', 'code')} {first.because}{title} is also worked on by {listed}{rest[1]}",
    )


def _title(kode: str, nomenclature: Nomenclature, priorities: dict[str, str]) -> str:
    entry = nomenclature.get(kode)
    name = priorities.get(kode, entry.nama if entry is not None else "")
    return f" ({name})" if name else ""


def _links(programme: Programme) -> Iterator[Finding]:
    seen: dict[str, Link] = {}
    for link in programme.links:
        partner, at = link.partner, place(programme.file, link.route)
        written = " ".join(link.written.split())
        params = {"mitra": written}
        if partner.kind == "unknown" or partner.near is not None:
            yield Finding(UNKNOWN, at, params, partner.near)
        own = programme.office is not None and partner.key == programme.office.key
        if own and partner.whole:
            yield Finding(ITSELF, at, params)
        elif not own:
            yield from _misplaced(programme, link, written)
        # Parts of one body ("Kodim 0309/Solok") are told apart by their names.
        many = partner.entry is not None and partner.entry.many
        before = seen.setdefault(partner.key if partner.whole or many else written.casefold(), link)
        if before is not link:
            line = place(programme.file, before.route).span.line
            yield Finding(TWICE, at, {**params, "baris": line, "lain": " ".join(before.written.split())})


def _misplaced(programme: Programme, link: Link, written: str) -> Iterator[Finding]:
    partner = link.partner
    if partner.kind == "unknown":
        return
    kind, may = (_OFFICE, ()) if partner.entry is None else (partner.entry.kind, partner.entry.di)
    if partner.kind == "office":
        kind, may = _OFFICE, ("horizontal", *may)
    if link.key not in may:
        article = "an" if kind.en[0] in "aeio" else "a"
        params = {
            "mitra": written, "jenis": kind.id, "kind": f"{article} {kind.en}",
            "kunci": link.key, "tempat": may[0],
        }  # fmt: skip
        yield Finding(MISPLACED, place(programme.file, link.route), params)


_OFFICE = Text("perangkat daerah", "office of the region")


def _one_sided(pair: Partnership) -> Finding:
    programme, link = pair.links[0]
    params: dict[str, str | int] = {"pertama": pair.first.nama, "kedua": pair.second.nama, "jumlah": len(pair.answers)}
    related = tuple(
        (Text(f"program {pair.second.nama}", f"programme of {pair.second.nama}"),
         place(answer.file, (*answer.judged.item.route, "nama")))
        for answer in pair.answers[:MOST]
    )  # fmt: skip
    return Finding(ONE_SIDED, place(programme.file, link.route), params, related=related)


MOST = 3
"""Programmes of the other office that are shown; more would hide the finding."""
