"""Words and columns that several views share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alignment_cli.finding import Text
from alignment_cli.nomenclature import PENUNJANG
from alignment_cli.numbers import number
from alignment_cli.render.brief import brief
from alignment_cli.report.figures import WITHOUT
from alignment_cli.report.render.cells import listed
from alignment_cli.report.render.cells import share as in_percent
from alignment_cli.report.table import Column

if TYPE_CHECKING:
    from alignment_cli.match.verdict import Verdict
    from alignment_cli.priorities import Prioritas

GOAL = Column("tujuan", Text("Tujuan", "Goal"))
GOAL_NAME = Column("nama_tujuan", Text("Nama tujuan", "Name of the goal"), clear=True)
KODE = Column("kode", Text("Kode", "Code"), minor=True, clear=True)
NAMA = Column("nama", Text("Program", "Programme"))
ITEM = Column("nama", Text("Program atau sub kegiatan", "Programme or sub-activity"))
OFFICE = Column("perangkat_daerah", Text("Perangkat daerah", "Office"))
OFFICE_ASIDE = OFFICE._replace(minor=True, clear=True)
STATUS = Column("status", Text("Jawaban", "Answer"))
SURE = Column("keyakinan", Text("Keyakinan", "Confidence"), "percent")
PAGU = Column("pagu", Text("Pagu", "Ceiling"), "rupiah")
WHY = Column("bukti", Text("Bukti", "Evidence"), minor=True, clear=True)
CLAIMED = Column("dinyatakan", Text("Dinyatakan", "Claimed"))
FOUND = Column("menurut_bukti", Text("Menurut bukti", "By evidence"))
RULE = Column("aturan", Text("Aturan", "Rule"))
GAP = Column("kesenjangan", Text("Kesenjangan", "Gap"))
TOUCHED = Column("pagu_tersentuh", Text("Pagu tersentuh", "Ceiling touched"), "rupiah")
SPLIT = Column("pagu_terbagi", Text("Pagu terbagi", "Ceiling split"), "rupiah")
CONFIRMED = Column("pagu_selaras", Text("di antaranya selaras", "of which aligned"), "rupiah")
UNKNOWN = Column("tanpa_pagu", Text("Tanpa pagu", "No ceiling"), "number")
REMAINDER = Column("belum_terinci", Text("Belum terinci", "Not broken down"), "rupiah", minor=True)
ITEMS = Column("butir", Text("Butir", "Items"), "number")
PROGRAMMES = Column("program", Text("Program", "Programmes"), "number")
ALIGNED = Column("selaras", Text("Selaras", "Aligned"), "number")
REVIEW = Column("perlu_tinjau", Text("Perlu tinjau", "To review"), "number")
UNSUPPORTED = Column("tidak_didukung", Text("Tidak didukung", "Unsupported"), "number")
TOTAL = Text("Jumlah", "Total")
UNTOLD = Text("tidak dapat dinilai", "cannot be told")

_OTHER = {
    PENUNJANG: Text("Penunjang internal", "Internal support"),
    WITHOUT: Text("Tanpa tujuan yang didukung bukti", "No goal that evidence supports"),
}
MOST = 4
"""Names in a sentence; of more, it says how many there are."""


def goal_name(goal: str, priorities: Prioritas) -> Text:
    """Return the short name of a goal, of internal support, or of what serves no goal."""
    known = priorities.goal(goal)
    return _OTHER[goal] if known is None else Text(known.nama, known.nama_en)


def goal_code(goal: str) -> str | None:
    """Return a goal's code; None for what is no goal."""
    return None if goal in _OTHER else goal


def both(verdict: Verdict) -> Text:
    """Return the evidence of an answer in a few words."""
    return Text(brief(verdict, "id"), brief(verdict, "en"))


def status(verdict: Verdict) -> Text:
    """Return the words of an answer."""
    return Text(verdict.status.in_("id"), verdict.status.in_("en"))


def counted(amount: int, id_: str, en: str, plural: str) -> Text:
    """Return a number with its noun."""
    return Text(f"{number(amount)} {id_}", f"{number(amount, 'en')} {en if amount == 1 else plural}")


def share(value: float) -> Text:
    """Return a part of 0-1 in percent."""
    return Text(in_percent(value, "id"), in_percent(value, "en"))


def names(given: tuple[str, ...]) -> Text:
    """Return the first names of a list, and how many are left."""
    return Text(listed(given, "id", MOST), listed(given, "en", MOST))


def join(*texts: Text) -> Text:
    """Join sentences."""
    return Text(" ".join(text.id for text in texts), " ".join(text.en for text in texts))
