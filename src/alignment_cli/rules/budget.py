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

RULES = (NEGATIVE, NOT_WHOLE, SHARES, SHARE_MISSING, PARTS_EXCEED)

TOLERANCE = 0.01
"""Sum of shares may differ from 100 by this much, in percent (three thirds written as 33.33, 33.33, 33.34)."""


def check(context: Context) -> Iterator[Finding]:
    """Yield what is wrong with shares and sums of every item."""
    for item in context.items:
        yield from _shares(context, item)
        parts = [part.pagu for part in item.parts if part.pagu is not None]
        if item.pagu is not None and sum(parts) > item.pagu:
            params = {"rincian": rupiah(sum(parts)), "pagu": rupiah(item.pagu)}
            yield Finding(PARTS_EXCEED, context.place((*item.route, "pagu")), params)


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
