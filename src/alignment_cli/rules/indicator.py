"""Family 4, first part: indicators must be there, be whole, and measure a result. Targets are in `rules/target.py`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from alignment_cli.finding import Finding, Rule, Severity, Text
from alignment_cli.match.text import fold
from alignment_cli.match.verdict import Status
from alignment_cli.rules.target import PERCENT, is_missing, unit_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alignment_cli.context import Context, Item
    from alignment_cli.finding import Route
    from alignment_cli.model import Indikator

INFO, WARNING = Severity.INFO, Severity.WARNING

NO_INDICATOR = Rule(
    "AL401", "tanpa-indikator", INFO, "mutu",
    Text("Tanpa indikator", "No indicator"),
    Text("Tanpa indikator kinerja: {apa}.", "Without a performance indicator: {what}."),
    Text("Tambahkan indikator dengan satuan dan target; ia juga menjadi bukti keselarasan.",
         "Add an indicator with unit and target; it also counts as evidence of alignment."),
)  # fmt: skip
NO_UNIT = Rule(
    "AL402", "indikator-tanpa-satuan", WARNING, "mutu",
    Text("Indikator tanpa satuan", "An indicator without a unit"),
    Text("Satuan belum diisi: {apa}.", "The unit is not filled in: {what}."),
    Text("Isi satuan, mis. persen, orang, dokumen.", "Fill in satuan, e.g. persen, orang, dokumen."),
)  # fmt: skip
NO_TARGET = Rule(
    "AL403", "indikator-tanpa-target", WARNING, "mutu",
    Text("Indikator tanpa target", "An indicator without a target"),
    Text("Target belum diisi: {apa}.", "The target is not filled in: {what}."),
    Text("Isi target untuk tahun dokumen ini, angka tanpa satuan.",
         "Fill in target for the year of this document, a number without its unit."),
)  # fmt: skip
ACTIVITY = Rule(
    "AL404", "indikator-kegiatan", INFO, "saran",
    Text("Indikator program menghitung kegiatan", "A programme's indicator counts activity"),
    Text('"{kata} ..." menghitung apa yang dikerjakan, bukan hasil yang dicapai program.',
         '"{kata} ..." counts what is done, not what the programme achieves.'),
    Text("Ukur perubahan bagi penerima manfaat (persentase, indeks, prevalensi); "
         "pindahkan hitungan ini ke sub kegiatan.",
         "Measure the change for those served (percentage, index, prevalence); move this count to a sub-activity."),
    confidence="low",
)  # fmt: skip
TWICE = Rule(
    "AL407", "indikator-ganda", WARNING, "mutu",
    Text("Indikator tercatat dua kali", "An indicator is listed twice"),
    Text('Indikator "{nama}" sudah ada di baris {baris}.', 'The indicator "{nama}" already stands in line {baris}.'),
    Text("Hapus salah satu, atau bedakan namanya.", "Remove one, or tell their names apart."),
)  # fmt: skip
SAME_AS_NAME = Rule(
    "AL408", "indikator-sama-dengan-nama", WARNING, "mutu",
    Text("Indikator hanya mengulang nama", "The indicator only repeats the name"),
    Text("Indikator sama dengan nama {apa} ini, sehingga tidak ada yang diukur.",
         "The indicator is the name of this {what} itself, so nothing is measured."),
    Text("Sebut ukurannya, mis. persentase, jumlah, indeks atau panjang.",
         "Say what is measured, e.g. a percentage, a number, an index or a length."),
)  # fmt: skip

RULES = (NO_INDICATOR, NO_UNIT, NO_TARGET, ACTIVITY, TWICE, SAME_AS_NAME)

PLANS = frozenset({"RPJMD", "Renstra", "RKPD", "Renja"})
"""Documents that carry indicators; in budget documents they may be left out."""

_ACTIVITY = re.compile(
    r"(?:jumlah|banyaknya|frekuensi)\s+"
    r"(?:kegiatan|rapat|pertemuan|dokumen|sosialisasi|bimtek|bimbingan\s+teknis|workshop|lokakarya|seminar|fgd|monitoring"
    r"|koordinasi|surat\s+keputusan|laporan(?!\s+(?:kasus|pengaduan|kejadian|masyarakat|warga|kekerasan|gangguan)))\b"
    r"|ter(?:laksana|selenggara|susun)nya\b"
)
"""How an indicator begins that counts work done. Reports of cases and complaints are demand, not work."""
_LEAD = re.compile(r"^(?:program|kegiatan|sub\s*kegiatan)\s+")


def check(context: Context) -> Iterator[Finding]:
    """Yield what is wrong with the indicators of every item, except with their targets."""
    if context.file.dokumen in PLANS:
        yield from _missing(context)
    yield from _incomplete(context)
    for item in context.items:
        yield from _names(context, item)


def _missing(context: Context) -> Iterator[Finding]:
    """Yield programmes of which neither they nor a part has an indicator, one by one where most others have some, else
    once for the file; and once for each programme only some of whose parts have one.
    """
    measured = {item.route for item in context.items if _has_indicator(context, item)}
    programmes = [item for item in context.items if item.parent is None]
    bare = [p for p in programmes if not measured.intersection([p.route, *(part.route for part in p.parts)])]
    if len(bare) * 2 >= len(programmes) and bare:
        numbers = len(bare), len(programmes)
        params = {"apa": "{} dari {} program".format(*numbers), "what": "{} of {} programmes".format(*numbers)}
        yield Finding(NO_INDICATOR, context.place(("program",), key=True), params)
    else:
        for programme in bare:
            yield Finding(NO_INDICATOR, context.place((*programme.route, "indikator")), _THIS_PROGRAMME)
    for programme in programmes:
        without = [part for part in programme.parts if part.route not in measured]
        if 0 < len(without) < len(programme.parts):
            numbers = len(without), len(programme.parts)
            params = {"apa": "{} dari {} sub kegiatan program ini".format(*numbers),
                      "what": "{} of {} sub-activities of this programme".format(*numbers)}  # fmt: skip
            yield Finding(NO_INDICATOR, context.place((*without[0].route, "indikator")), params)


_THIS_PROGRAMME = {"apa": "program ini", "what": "this programme"}


def _has_indicator(context: Context, item: Item) -> bool:
    return bool(item.butir.indikator) or context.is_written((*item.route, "indikator"))


def _indicators(item: Item) -> list[tuple[Route, Indikator]]:
    return [((*item.route, "indikator", n), indicator) for n, indicator in enumerate(item.butir.indikator)]


def _incomplete(context: Context) -> Iterator[Finding]:
    """Yield indicators without unit or target, one by one, or once for the file where most are so."""
    everything = [found for item in context.items for found in _indicators(item)]
    for rule, key in ((NO_UNIT, "satuan"), (NO_TARGET, "target")):
        lacking = [
            (route, indicator)
            for route, indicator in everything
            if is_missing(getattr(indicator, key)) and not _is_faulty(context, (*route, key), getattr(indicator, key))
        ]
        params = {"apa": "indikator ini", "what": "this indicator"}
        if len(lacking) > 1 and len(lacking) * 2 > len(everything):
            numbers = len(lacking), len(everything)
            params = {"apa": "{} dari {} indikator".format(*numbers), "what": "{} of {} indicators".format(*numbers)}
            lacking = lacking[:1]
        for route, indicator in lacking:
            hint = _unit(indicator) if rule is NO_UNIT else None
            yield Finding(rule, context.place((*route, key)), params, hint)


def _is_faulty(context: Context, route: Route, value: object) -> bool:
    """Tell whether the document has a value that was of no use; that is a finding by itself."""
    return value is None and context.is_written(route)


def _unit(indicator: Indikator) -> str | None:
    """Return the unit that the target or the name gives away."""
    percent = re.match(r"(?:persentase|%)\s", fold(indicator.nama))
    return unit_in(indicator.target) or ("persen" if percent else None)


def _names(context: Context, item: Item) -> Iterator[Finding]:
    listed = item.butir.indikator
    if not listed:
        return
    names = [_folded(indicator.nama) for indicator in listed]
    if len(set(names)) != len(names):
        yield from _repeated(context, item, names)
    own = _bare(_folded(item.nama))
    for n, name in enumerate(names):
        if _bare(name) == own:
            apa, what = ("program", "programme") if item.parent is None else ("sub kegiatan", "sub-activity")
            place = context.place((*item.route, "indikator", n, "nama"))
            yield Finding(SAME_AS_NAME, place, {"apa": apa, "what": what})
        counts = _ACTIVITY.match(name) if item.parent is None else None
        if counts and not _supports(context, item):
            place = context.place((*item.route, "indikator", n, "nama"))
            yield Finding(ACTIVITY, place, {"kata": counts.group().capitalize()})


def _repeated(context: Context, item: Item, names: list[str]) -> Iterator[Finding]:
    seen: dict[tuple[str, str], Route] = {}
    for n, indicator in enumerate(item.butir.indikator):
        route, unit = (*item.route, "indikator", n, "nama"), _folded(indicator.satuan or "")
        first = seen.setdefault((names[n], "%" if PERCENT.fullmatch(unit) else unit), route)
        if first != route:
            line = context.place(first).span.line
            yield Finding(TWICE, context.place(route), {"nama": indicator.nama, "baris": line})


def _supports(context: Context, item: Item) -> bool:
    return context.verdicts[item.route].status is Status.PENUNJANG


def _bare(name: str) -> str:
    """Return a folded name without "program" or the like before it."""
    return _LEAD.sub("", name) if name.startswith(("program", "kegiatan", "sub")) else name


def _folded(text: str) -> str:
    return " ".join(fold(text).split())
