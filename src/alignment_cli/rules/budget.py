"""Family 3: money in whole rupiah, parts within their whole, shares that add up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alignment_cli.finding import Finding, Rule, Severity, Text
from alignment_cli.numbers import rupiah

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alignment_cli.context import Context, Item

NEGATIVE = Rule(
    "AL301", "pagu-negatif", Severity.ERROR, "tidak_sah",
    Text("Pagu negatif", "Negative ceiling"),
    Text("Pagu {nilai} negatif.", "The ceiling {nilai} is negative."),
    Text("Tulis pagu sebagai bilangan bulat rupiah, nol atau lebih.",
         "Write the ceiling in whole rupiah, zero or more."),
)  # fmt: skip
NOT_WHOLE = Rule(
    "AL302", "pagu-bukan-bilangan-bulat", Severity.ERROR, "tidak_sah",
    Text("Pagu bukan bilangan bulat", "The ceiling is not a whole number"),
    Text('Pagu "{nilai}" bukan bilangan bulat rupiah.', 'The ceiling "{nilai}" is not a whole number of rupiah.'),
    Text("Tulis angka saja tanpa Rp, titik, koma atau kutip; garis bawah boleh: 1_500_000_000.",
         "Write digits only, without Rp, dots, commas or quotes; underscores are fine: 1_500_000_000."),
    fixable=True,
)  # fmt: skip
SHARES = Rule(
    "AL303", "porsi-tidak-100", Severity.ERROR, "tidak_sah",
    Text("Porsi tidak berjumlah 100", "Shares do not add up to 100"),
    Text("Porsi keselarasan berjumlah {jumlah} persen, seharusnya 100.",
         "The alignment shares add up to {jumlah} percent, not 100."),
    Text("Ubah porsi sehingga berjumlah 100, atau kosongkan semuanya.",
         "Change the shares so that they add up to 100, or leave all of them out."),
)  # fmt: skip
SHARE_MISSING = Rule(
    "AL304", "porsi-tidak-lengkap", Severity.WARNING, "mutu",
    Text("Porsi hanya diisi sebagian", "Shares are filled in only in part"),
    Text("Sebagian keselarasan berporsi dan sebagian tidak.", "Some alignments have a share and some have none."),
    Text("Isi porsi semua tujuan, atau kosongkan semuanya.", "Give every goal its share, or leave all shares out."),
)  # fmt: skip
PARTS_EXCEED = Rule(
    "AL305", "rincian-melebihi-pagu", Severity.ERROR, "tidak_sah",
    Text("Pagu sub kegiatan melebihi pagu program", "The sub-activities' ceilings exceed the programme's"),
    Text("Pagu sub kegiatan berjumlah {rincian}, lebih dari pagu program {pagu}.",
         "The sub-activities' ceilings add up to {rincian}, more than the programme's {pagu}."),
    Text("Samakan pagu program dengan jumlah sub kegiatannya.", "Make the programme's ceiling the sum of its parts."),
)  # fmt: skip
ZERO = Rule(
    "AL306", "pagu-nol", Severity.INFO, "mutu",
    Text("Pagu nol", "The ceiling is zero"),
    Text("Pagu nol: butir ini tidak dibiayai tahun ini.", "The ceiling is zero: this item is not funded this year."),
    Text("Isi pagunya, atau hapus butir ini bila memang tidak dilaksanakan.",
         "Fill in the ceiling, or remove the item if it will not be carried out."),
)  # fmt: skip
NO_CEILING = Rule(
    "AL307", "pagu-belum-diisi", Severity.WARNING, "mutu",
    Text("Pagu belum diisi", "The ceiling is not filled in"),
    Text("Tanpa pagu: {apa}, sedangkan yang lain berpagu.", "Without a ceiling: {what}, while the others have one."),
    Text("Isi pagunya; tanpa itu jumlah menurut tujuan dan perangkat daerah terlalu kecil.",
         "Fill it in; without it the sums by goal and office are too small."),
)  # fmt: skip
PARTS_SHORT = Rule(
    "AL308", "rincian-kurang-dari-pagu", Severity.WARNING, "mutu",
    Text("Pagu sub kegiatan kurang dari pagu program", "The sub-activities' ceilings do not fill the programme's"),
    Text("Pagu sub kegiatan berjumlah {rincian}; kurang {selisih} dari pagu program {pagu}.",
         "The sub-activities' ceilings add up to {rincian}, {selisih} less than the programme's {pagu}."),
    Text("Tambahkan sub kegiatan yang belum tercatat, atau samakan pagu program dengan jumlahnya.",
         "Add the sub-activities that are missing, or make the programme's ceiling their sum."),
)  # fmt: skip
IMPLAUSIBLE = Rule(
    "AL309", "satuan-pagu-janggal", Severity.WARNING, "mutu",
    Text("Pagu tidak masuk akal dalam rupiah", "The ceiling is implausible in rupiah"),
    Text("Pagu {nilai} {apa}; mungkin satuannya bukan rupiah{semua}.",
         "The ceiling {nilai} {what}; its unit may not be rupiah{all}."),
    Text("Tulis pagu dalam rupiah penuh, bukan ribu atau juta: 1_500_000_000.",
         "Write ceilings in full rupiah, not in thousands or millions: 1_500_000_000."),
    confidence="medium",
)  # fmt: skip
EMPTY_SHARE = Rule(
    "AL310", "porsi-tanpa-arti", Severity.WARNING, "mutu",
    Text("Porsi tidak berarti", "The share means nothing"),
    Text("Porsi {porsi} pada keselarasan yang {apa}.", "A share of {porsi} on an alignment that {what}."),
    Text("Hapus porsinya; atau ubah porsi atau status bila tujuan itu memang didukung.",
         "Remove the share; or change share or status if the goal is in fact served."),
)  # fmt: skip

RULES = (
    NEGATIVE, NOT_WHOLE, SHARES, SHARE_MISSING, PARTS_EXCEED, ZERO, NO_CEILING, PARTS_SHORT, IMPLAUSIBLE, EMPTY_SHARE,
)  # fmt: skip

TOLERANCE = 0.01
"""Sum of shares may differ from 100 by this much, in percent (three thirds written as 33.33, 33.33, 33.34)."""
LEAST = 100_000
"""Rupiah below which a ceiling looks like thousands or millions: no item of a plan costs so little."""
MOST = {"program": 100 * 10**12, "sub_kegiatan": 10 * 10**12}
"""Rupiah above which a ceiling looks like a slip. All programmes of DKI Jakarta for 2026 come to 61
trillion together (data/programs/dki_jakarta.yaml)."""


def check(context: Context) -> Iterator[Finding]:
    """Yield what is wrong with shares, sums and ceilings of every item."""
    yield from _missing(context)
    yield from _units(context)
    for item in context.items:
        if item.butir.keselarasan:
            yield from _shares(context, item)
            yield from _empty_shares(context, item)
        if item.pagu is not None and (item.parts or item.pagu == 0):
            yield from _sums(context, item, item.pagu)


def _sums(context: Context, item: Item, pagu: int) -> Iterator[Finding]:
    parts = [part.pagu for part in item.parts if part.pagu is not None]
    total = sum(parts)
    rule = None
    if total > pagu:
        rule = PARTS_EXCEED
    elif pagu == 0 and (item.parent is None or item.parent.pagu != 0):
        rule = ZERO
    elif len(parts) == len(item.parts) and total < pagu:
        rule = PARTS_SHORT
    if rule is not None:
        params = {"rincian": rupiah(total), "pagu": rupiah(pagu), "selisih": rupiah(pagu - total)}
        yield Finding(rule, context.place((*item.route, "pagu")), {} if rule is ZERO else params)


def _missing(context: Context) -> Iterator[Finding]:
    """Yield items without a ceiling where most others have one: programmes among programmes, and sub-activities among
    those of their programme.
    """
    programmes = [item for item in context.items if item.parent is None]
    bare = [item for item in programmes if not any(_has_pagu(context, one) for one in (item, *item.parts))]
    if len(bare) * 2 < len(programmes):
        for programme in bare:
            params = {"apa": "program ini", "what": "this programme"}
            yield Finding(NO_CEILING, context.place((*programme.route, "pagu")), params)
    for programme in programmes:
        without, parts = [part for part in programme.parts if not _has_pagu(context, part)], len(programme.parts)
        if without and len(without) * 2 < parts:
            params = {
                "apa": f"{len(without)} dari {parts} sub kegiatan program ini",
                "what": f"{len(without)} of {parts} sub-activities of this programme",
            }
            yield Finding(NO_CEILING, context.place((*without[0].route, "pagu")), params)


def _has_pagu(context: Context, item: Item) -> bool:
    return item.pagu is not None or context.is_written((*item.route, "pagu"))


def _units(context: Context) -> Iterator[Finding]:
    """Yield ceilings out of all proportion; where most of a file are too low, it has another unit throughout, which is
    one finding.
    """
    known = [(item, item.pagu) for item in context.items if item.pagu is not None and item.pagu > 0]
    low = [(item, pagu) for item, pagu in known if pagu < LEAST]
    whole = ("", "")
    if len(low) > 1 and len(low) * 2 > len(known):
        whole = (f" ({len(low)} dari {len(known)} pagu berkas ini begitu)",
                 f" ({len(low)} of {len(known)} ceilings of this file are so)")  # fmt: skip
        low = low[:1]
    for item, pagu in low:
        yield _unit(context, item, pagu, Text("terlalu kecil", "is too low"), whole)
    for item, pagu in known:
        if pagu > MOST["program" if item.parent is None else "sub_kegiatan"]:
            yield _unit(context, item, pagu, Text("terlalu besar", "is too high"), ("", ""))


def _unit(context: Context, item: Item, pagu: int, why: Text, whole: tuple[str, str]) -> Finding:
    params = {"nilai": rupiah(pagu), "apa": why.id, "what": why.en, "semua": whole[0], "all": whole[1]}
    return Finding(IMPLAUSIBLE, context.place((*item.route, "pagu")), params)


def _empty_shares(context: Context, item: Item) -> Iterator[Finding]:
    for n, link in enumerate(item.butir.keselarasan):
        rejected = link.status == "ditolak"
        if link.porsi == 0 or (link.porsi is not None and rejected):
            apa, what = (
                ("ditolak", "is rejected")
                if rejected
                else (f"berstatus {link.status}", f"has the status {link.status}")
            )
            params = {"porsi": f"{link.porsi:g}", "apa": apa, "what": what}
            yield Finding(EMPTY_SHARE, context.place((*item.route, "keselarasan", n, "porsi")), params)


def _shares(context: Context, item: Item) -> Iterator[Finding]:
    accepted = [declared for declared in item.declared if declared.status != "ditolak" and not declared.short]
    shares = [declared.porsi for declared in accepted if declared.porsi is not None]
    if not shares:
        return
    place = context.place((*item.route, "keselarasan"), key=True)
    if len(shares) < len(accepted):
        yield Finding(SHARE_MISSING, place)
    elif round(abs(sum(shares) - 100), 6) > TOLERANCE:
        yield Finding(SHARES, place, {"jumlah": f"{sum(shares):g}"})
