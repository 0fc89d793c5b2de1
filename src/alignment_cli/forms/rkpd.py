"""The RKPD table "Keselarasan Kegiatan Prioritas Utama": what of the plan supports which KP of the RPJMN."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from alignment_cli.finding import Text
from alignment_cli.forms.form import Form, Head, goal_name, sources
from alignment_cli.nomenclature import PENUNJANG, ancestors
from alignment_cli.numbers import number, percent, rupiah
from alignment_cli.report.table import Column, Row, Table
from alignment_cli.report.words import status
from alignment_cli.result import counts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alignment_cli.forms.codes import Lists
    from alignment_cli.priorities import KegiatanPrioritas
    from alignment_cli.report.figures import Entry, Figures
    from alignment_cli.report.table import Cell

TITLE = "Keselarasan Kegiatan Prioritas Utama"
COLUMNS = (
    Column("no", Text("No", "No"), "number"),
    Column("prioritas_nasional", Text("Prioritas Nasional", "Prioritas Nasional")),
    Column("kegiatan_prioritas_utama", Text("Kegiatan Prioritas Utama", "Kegiatan Prioritas Utama")),
    Column("sub_kegiatan", Text("Sub Kegiatan", "Sub Kegiatan")),
    Column("kegiatan", Text("Kegiatan", "Kegiatan")),
    Column("program", Text("Program", "Program")),
    Column("perangkat_daerah", Text("Perangkat Daerah", "Perangkat Daerah")),
    Column("keterangan", Text("Keterangan", "Keterangan")),
)
WIDTHS = (4, 20, 28, 28, 26, 26, 20, 24)
GROUPED = 3
NOTE = Text(
    "Prioritas Nasional menurut jawaban align; KP menurut kode nomenklatur (taut kode ke KP adalah bacaan tim align). "
    "Nama KP RPJMN 2025-2029 dibaca secara optik; keyakinan bacaannya tertulis.",
    "National priorities by the answers of align; KP by the nomenclature code (the link from code to KP is a reading "
    "of the align team). The names of the KP of the RPJMN 2025-2029 were read optically, with the confidence given.",
)
YEARLY = Text(
    "Yang ditampilkan adalah KP RPJMN. Kegiatan Prioritas Utama (KPU) dipilih tiap tahun dalam RKP dan daftarnya tidak "
    "ada dalam data align; berikan dengan --kpu BERKAS.csv supaya formulir ini hanya memuat KPU tahun itu.",
    "Shown are the KP of the RPJMN. The Kegiatan Prioritas Utama (KPU) are selected each year in the RKP, and no list "
    "of them is in the data of align; give one with --kpu FILE.csv to restrict this form to the KPU of the year.",
)


class Support(NamedTuple):
    """An item that supports a KP ("" where no code tells which) of a goal."""

    goal: str
    kp: str
    entry: Entry


def fill(figures: Figures, lists: Lists) -> Form:
    """Return the table: one row for each money-carrying item that counts for a goal; with a list of KPU, one for each
    item and KPU that it serves, and one for each KPU that nothing serves.
    """
    found = list(_supports(figures, None if lists.kpu is None else set(lists.kpu)))
    open_ = [] if lists.kpu is None else [kp for kp in lists.kpu if kp not in {one.kp for one in found}]
    # KP without a code stand last in their goal.
    keys = [(one.goal, one.kp or "~", one) for one in found] + [(_goal(kp, figures), kp, None) for kp in open_]
    order = {goal: n for n, goal in enumerate(figures.goals)}
    names = _names(figures)
    rows: list[Row] = []
    no, last = 0, None
    for goal, kp, one in sorted(keys, key=lambda key: (order.get(key[0], len(order)), key[1])):
        no, last = no + ((goal, kp) != last), (goal, kp)
        begins = (no, goal_name(goal, figures.priorities), _kp_name(kp.strip("~"), names, lists.kpu))
        if one is None:
            rows.append(Row((*begins, None, None, None, None, NOTHING)))
            continue
        rows.append(Row((*begins, *_item(one.entry, figures)), (one.entry.origin,)))
    plan = figures.region.header
    return Form(
        "kpu", TITLE, figures.name, _about(figures, found, open_, lists),
        Table("kpu", Text(TITLE, TITLE), COLUMNS, rows, grouped=GROUPED),
        (Head(f"Dukungan pada {plan.dokumen} {plan.tahun}", 3, 5),), WIDTHS,
        [NOTE] if lists.kpu is not None else [NOTE, YEARLY],
        sources(figures, f"RPJMN 2025-2029 (Perpres 12/2025): {figures.priorities.sumber.get('rpjmn_kp', '')}",
                f"nomenklatur {figures.reference.matcher.nomenclature.year}", *lists.names),
    )  # fmt: skip


NOTHING = Text("belum ada dukungan dalam rencana", "nothing in the plan supports it yet")


def pairs(entry: Entry, figures: Figures) -> list[tuple[str, str]]:
    """Return the goals and KP that the code of an item serves by the crosswalk, the main one first."""
    crossing = figures.reference.matcher.nomenclature.crossing(entry.item.kode) if entry.item.kode else None
    if crossing is None or crossing.tujuan == PENUNJANG:
        return []
    return [(crossing.tujuan, crossing.kp), *crossing.juga]


def _supports(figures: Figures, wanted: set[str] | None) -> Iterator[Support]:
    """Yield the items that count for a goal under its KP, or under each KP that is wanted."""
    for entry in figures.leaves:
        goal = entry.verdict.goal
        if goal is None or not counts(entry.verdict):
            continue
        served = pairs(entry, figures)
        if wanted is None:
            yield Support(goal, next((kp for of, kp in served if of == goal), ""), entry)
        else:
            yield from (Support(of, kp, entry) for of, kp in dict.fromkeys(served) if kp in wanted)


def _goal(kp: str, figures: Figures) -> str:
    """Return the goal of a KP; the first two digits of its code are the number (Perpres 12/2025)."""
    return figures.priorities.goal_code(kp) or f"PN {kp.partition('.')[0].lstrip('0')}"


def _names(figures: Figures) -> dict[str, KegiatanPrioritas]:
    return {
        kp.kode: kp
        for goal in figures.priorities.tujuan
        for pp in goal.program_prioritas
        for kp in pp.kegiatan_prioritas
    }


def _kp_name(kp: str, names: dict[str, KegiatanPrioritas], given: dict[str, str] | None) -> Cell:
    if not kp:
        return None
    if given and given.get(kp):
        return f"{kp} {given[kp]}"
    known = names.get(kp)
    if known is None:
        return kp
    if not known.terbaca:
        return Text(f"{kp} (nama tidak terbaca pada sumber)", f"{kp} (name illegible in the source)")
    sure = {"tinggi": "high", "sedang": "medium", "rendah": "low"}[known.keyakinan]
    return Text(f"{kp} {known.nama} (keyakinan bacaan: {known.keyakinan})", f"{kp} {known.nama} (reading: {sure})")


def _item(entry: Entry, figures: Figures) -> tuple[Cell, ...]:
    """Return sub kegiatan, kegiatan and program, each with its code, then office and remarks."""
    item, nomenclature = entry.item, figures.reference.matcher.nomenclature
    if item.parent is None:
        return None, None, _coded(item.kode, item.nama), item.perangkat_daerah, _remarks(entry, figures)
    codes = {code.count("."): code for code in ancestors(nomenclature.canonical(item.kode))} if item.kode else {}
    kegiatan = codes.get(KEGIATAN, "")
    official = nomenclature.get(kegiatan) if kegiatan else None
    named = official.nama if official else getattr(item.butir, "kegiatan", None)
    own = None if kegiatan and item.kode == kegiatan else _coded(item.kode, item.nama)
    program = _coded(item.parent.kode or codes.get(PROGRAM), item.parent.nama)
    return own, _coded(kegiatan, named or (item.nama if own is None else "")), program, item.perangkat_daerah, (
        _remarks(entry, figures))  # fmt: skip


KEGIATAN, PROGRAM = 4, 2
"""Points in the code of a kegiatan and of a program."""


def _coded(kode: str | None, nama: str) -> Cell:
    return tuple(text for text in (kode, nama) if text) or None


def _remarks(entry: Entry, figures: Figures) -> Text:
    """Return answer with confidence, ceiling, and what else the code says."""
    verdict, pagu = entry.verdict, entry.item.pagu
    word = status(verdict)
    said = [Text(f"{word.id} ({percent(verdict.confidence)})", f"{word.en} ({percent(verdict.confidence, 'en')})")]
    said.append(Text("pagu tidak disebut", "no ceiling given") if pagu is None
                else Text(f"pagu {rupiah(pagu)}", f"ceiling {rupiah(pagu, 'en')}"))  # fmt: skip
    served = pairs(entry, figures)
    if not entry.item.kode:
        said.append(Text("tanpa kode, maka KP tidak dapat ditentukan", "no code, so the KP cannot be told"))
    elif served:
        main = next((kp for of, kp in served if of == verdict.goal), "")
        others = ", ".join(kp for _, kp in dict.fromkeys(served) if kp and kp != main)
        said += [Text(f"kode ini juga: KP {others}", f"this code also: KP {others}")] if others else []
    return Text("; ".join(text.id for text in said), "; ".join(text.en for text in said))


def _about(figures: Figures, found: list[Support], open_: list[str], lists: Lists) -> list[Text]:
    items, whole = len({id(one.entry.item) for one in found}), len(figures.leaves)
    served = len({one.kp for one in found if one.kp})
    if lists.kpu is not None:
        n = len(lists.kpu)
        return [
            Text(f"{number(n - len(open_))} dari {number(n)} KPU didukung rencana ini, oleh {number(items)} butir.",
                 f"{number(n - len(open_), 'en')} of {number(n, 'en')} KPU are supported by this plan, by "
                 f"{number(items, 'en')} items."),
        ]  # fmt: skip
    nameless = sum(1 for one in found if not one.kp)
    support = sum(1 for entry in figures.leaves if entry.share(PENUNJANG) is not None)
    rest = whole - items - support
    return [
        Text(f"{number(items)} dari {number(whole)} butir mendukung suatu Prioritas Nasional; {number(support)} "
             f"penunjang internal dan {number(rest)} tanpa tujuan yang didukung bukti tidak dimuat.",
             f"{number(items, 'en')} of {number(whole, 'en')} items support a national priority; "
             f"{number(support, 'en')} of internal support and {number(rest, 'en')} without a goal that evidence "
             "supports are left out."),
        Text(f"Butir-butir itu mendukung {number(served)} KP; pada {number(nameless)} butir KP tidak dapat ditentukan.",
             f"They support {number(served, 'en')} KP; for {number(nameless, 'en')} items the KP cannot be told."),
    ]  # fmt: skip
