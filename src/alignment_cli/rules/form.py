"""Family 2, second part: what is understood, but written otherwise than the official form. Advice that `align fix`
can follow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from alignment_cli.finding import Finding, Rule, Severity, Text
from alignment_cli.nomenclature import is_support
from alignment_cli.spelling import official_spelling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alignment_cli.context import Context, Item

NAME = Rule(
    "AL211", "ejaan-nama-resmi", Severity.INFO, "saran",
    Text("Ejaan nama berbeda dari nama resmi", "The name is spelt otherwise than the official one"),
    Text('Nama kode {kode} dieja lain dari nama resmi "{resmi}".',
         'The name of the code {kode} is spelt otherwise than the official "{resmi}".'),
    Text("Pakai ejaan resmi, agar namanya dapat dicari dan dijumlahkan.",
         "Use the official spelling, so that the name can be searched for and summed up."),
    fixable=True,
)  # fmt: skip
GOAL = Rule(
    "AL212", "bentuk-tujuan", Severity.INFO, "saran",
    Text("Tujuan tidak ditulis dalam bentuk baku", "The goal is not written in its standard form"),
    Text('Tujuan "{tujuan}" dibaca sebagai {kode}; di sini bentuk bakunya {baku}.',
         'The goal "{tujuan}" is read as {kode}; its standard form here is {baku}.'),
    Text("Tulis {baku}.", "Write {baku}."),
    fixable=True,
)  # fmt: skip

RULES = (NAME, GOAL)


def check(context: Context) -> Iterator[Finding]:
    """Yield names and goals of every item that are written otherwise."""
    for item in context.items:
        yield from _name(context, item)
        yield from _goals(context, item)


def _name(context: Context, item: Item) -> Iterator[Finding]:
    kode = item.kode
    if kode is None or is_support(kode):
        return
    entry = context.nomenclature.get(kode)
    if entry is None or item.nama in (entry.nama, *entry.nama_lain):
        return
    spelt = official_spelling(item.nama, entry, context.priorities.expansions)
    if spelt is None:
        return
    bearers = context.matcher.names.bearers(item.nama)
    if bearers and entry.kode not in bearers:  # it may be the code that is wrong
        return
    yield Finding(NAME, context.place((*item.route, "nama")), {"kode": kode, "resmi": spelt}, spelt)


def _goals(context: Context, item: Item) -> Iterator[Finding]:
    for declared in item.declared:
        kode = context.priorities.goal_code(declared.tujuan)
        goal = context.priorities.goal(kode) if kode is not None else None
        if goal is None or "." in declared.tujuan:  # PP and KP codes say more than their goal
            continue
        form = str(goal.nomor) if declared.short else goal.kode
        if declared.tujuan != form:
            params = {"tujuan": declared.tujuan, "kode": goal.kode, "baku": form}
            yield Finding(GOAL, context.place(declared.route), params, form)
