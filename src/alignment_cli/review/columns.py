"""The columns of the review sheet, the words of its drop-down lists, and what a row carries to be known again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from alignment_cli.finding import Text
from alignment_cli.label.identify import Identity, digest
from alignment_cli.sheet.grid import clean

if TYPE_CHECKING:
    from alignment_cli.finding import Lang, Route


class Column(NamedTuple):
    """A column: key, title, width in characters, and whether a person fills it in."""

    key: str
    title: Text
    width: int
    open: bool = False


COLUMNS = (
    Column("no", Text("No", "No"), 5),
    Column("kode", Text("Kode", "Code"), 18),
    Column("nama", Text("Program/sub kegiatan", "Programme/sub-activity"), 40),
    Column("uraian", Text("Uraian dan indikator", "Description and indicators"), 36),
    Column("perangkat_daerah", Text("Perangkat daerah", "Office"), 24),
    Column("pagu", Text("Pagu (Rp)", "Ceiling (Rp)"), 20),
    Column("usulan", Text("Usulan tujuan", "Proposed goal"), 20),
    Column("keyakinan", Text("Keyakinan", "Confidence"), 12),
    Column("jawaban", Text("Jawaban", "Answer"), 20),
    Column("bukti", Text("Bukti", "Evidence"), 36),
    Column("pesaing", Text("Pesaing", "Runner-up"), 28),
    Column("dinyatakan", Text("Yang dinyatakan", "Declared"), 16),
    Column("keputusan", Text("Keputusan", "Decision"), 14, open=True),
    Column("tujuan", Text("Tujuan pilihan", "Chosen goal"), 12, open=True),
    Column("alasan", Text("Alasan", "Reason"), 36, open=True),
    Column("oleh", Text("Oleh", "By"), 20, open=True),
    Column("tanggal", Text("Tanggal", "Date"), 13, open=True),
    Column("identitas", Text("Identitas", "Identity"), 20),
)
"""All columns, in the order of the sheet. The last one is hidden."""
KEYS = tuple(column.key for column in COLUMNS)
SHOWN = tuple(column.key for column in COLUMNS if not column.open and column.key != "identitas")
"""Columns that a person reads and does not change."""
FILLED = tuple(column.key for column in COLUMNS if column.open)
"""Columns that a person fills in."""

ACCEPT, CHOOSE, REJECT, SKIP = (
    Text("terima", "accept"),
    Text("pilih lain", "choose other"),
    Text("tolak", "reject"),
    Text("lewati", "skip"),
)
DECISIONS = (ACCEPT, CHOOSE, REJECT, SKIP)
"""Words of the column of decisions; those of both languages are understood in any sheet."""


def titles(key: str) -> set[str]:
    """Return the titles of a column in both languages, in small letters."""
    return {title.casefold() for column in COLUMNS if column.key == key for title in column.title}


def words(lang: Lang) -> list[str]:
    """Return the words of the column of decisions."""
    return [word.in_(lang) for word in DECISIONS]


class Ticket(NamedTuple):
    """What a row carries to be known again: file and the digest of its bytes, route and identity of the item, the goal
    that was proposed, digests of what each goal meant, and of each cell that a person only reads.
    """

    berkas: str
    sidik: str
    rute: Route
    butir: Identity
    usulan: str
    tujuan: dict[str, str]
    sel: dict[str, str]


def pack(ticket: Ticket) -> str:
    """Return a ticket as the text of a cell."""
    plain = [
        ticket.berkas,
        ticket.sidik,
        list(ticket.rute),
        list(ticket.butir),
        ticket.usulan,
        ticket.tujuan,
        ticket.sel,
    ]
    return json.dumps([*plain, digest(plain)])


def unpack(text: str) -> Ticket | None:
    """Return the ticket of a cell, None where the text is none or was changed."""
    try:
        *plain, seal = json.loads(text)
        berkas, sidik, rute, butir, usulan, tujuan, sel = plain
        ticket = Ticket(berkas, sidik, tuple(rute), Identity(*butir), usulan, tujuan, sel)
    except (ValueError, TypeError, RecursionError):
        return None
    texts = all(isinstance(each, str) for each in (berkas, sidik, usulan, *butir))
    steps = all(isinstance(step, str | int) for step in rute)
    sound = texts and steps and isinstance(tujuan, dict) and isinstance(sel, dict)
    return ticket if sound and digest(plain) == seal else None


def cell_digest(value: Any) -> str:
    """Return six digits for what a cell shows, the same after other programs saved the sheet."""
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return digest(" ".join(clean(float(value) if number else value).split()), 6)
