"""From ranked goals to an answer. Nothing below the threshold becomes a best guess."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from alignment_cli.finding import Text

if TYPE_CHECKING:
    from alignment_cli.finding import Lang
    from alignment_cli.match.evidence import Match


class Status(Enum):
    """The answers that `align` gives for an item."""

    SELARAS = "selaras"
    PERLU_TINJAU = "perlu_tinjau"
    TIDAK_DIDUKUNG = "tidak_didukung"
    TANPA_BUKTI = "tanpa_bukti"
    TEKS_KURANG = "teks_kurang"
    PENUNJANG = "penunjang"

    def in_(self, lang: Lang) -> str:
        """Return the words for this answer in `lang`."""
        return _WORDS[self].in_(lang)


_WORDS = {
    Status.SELARAS: Text("selaras", "aligned"),
    Status.PERLU_TINJAU: Text("perlu tinjau", "review"),
    Status.TIDAK_DIDUKUNG: Text("tidak didukung", "unsupported"),
    Status.TANPA_BUKTI: Text("tanpa bukti", "no evidence"),
    Status.TEKS_KURANG: Text("teks kurang", "too little text"),
    Status.PENUNJANG: Text("penunjang", "support"),
}


class Reason(Enum):
    """Why an item needs a person's eye."""

    RENDAH = "keyakinan_rendah"
    BERDEKATAN = "pesaing_dekat"
    OTORITAS = "otoritas_berbeda"
    KODE_NAMA = "kode_dan_nama_berbeda"
    PERAN = "peran_berbeda"
    TUMPUK = "kata_kunci_ditumpuk"
    DITOLAK = "pernah_ditolak"

    def in_(self, lang: Lang) -> str:
        """Return the reason in `lang`."""
        return _REASONS[self].in_(lang)


_REASONS = {
    Reason.RENDAH: Text("keyakinan rendah", "low confidence"),
    Reason.BERDEKATAN: Text("tujuan kedua hampir sama kuat", "the runner-up is almost as strong"),
    Reason.OTORITAS: Text("otoritas resmi berbeda", "official authorities disagree"),
    Reason.KODE_NAMA: Text("nama menunjuk ke tujuan lain daripada kode", "the name points elsewhere than the code"),
    Reason.PERAN: Text(
        "bukti menunjuk ke tujuan lain daripada yang dinyatakan", "evidence points elsewhere than declared"
    ),
    Reason.TUMPUK: Text("teks hanya menumpuk kata kunci", "the text only piles up keywords"),
    Reason.DITOLAK: Text("tujuan ini pernah ditolak", "this goal was rejected before"),
}

CERTAINTY = (
    (0.93, Text("sangat tinggi", "very high")),
    (0.85, Text("tinggi", "high")),
    (0.70, Text("sedang", "medium")),
    (0.0, Text("rendah", "low")),
)
"""Words for a confidence, from the bound up."""


def certainty(confidence: float, lang: Lang) -> str:
    """Return a confidence (0-1) in words."""
    return next(words for bound, words in CERTAINTY if confidence >= bound).in_(lang)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer for one item. `matches` best first, goals only; `support` is the confidence that it is internal
    support; `goal` the one that counts, None when there is none; `themes` the official tags and C-2/C-3 labels;
    `national` the codes of national programmes that the text names; `further` goals that the code serves too (crosswalk
    column `juga`), which take nothing from the main one.
    """

    status: Status
    goal: str | None
    matches: tuple[Match, ...]
    reasons: tuple[Reason, ...] = ()
    basis: str = "teks"
    support: float = 0.0
    themes: tuple[str, ...] = ()
    national: tuple[str, ...] = ()
    confirmed: bool = False
    further: tuple[str, ...] = ()

    @property
    def confidence(self) -> float:
        """Confidence (0-1) in `goal`, in support where the answer is support, else 0."""
        if self.status is Status.PENUNJANG:
            return self.support
        return next((match.confidence for match in self.matches if match.goal == self.goal), 0.0)

    @property
    def runner_up(self) -> Match | None:
        """The strongest goal besides `goal`."""
        return next((match for match in self.matches if match.goal != self.goal), None)

    @property
    def margin(self) -> float:
        """Distance in confidence between `goal` and the runner-up (0-1)."""
        return self.confidence - (self.runner_up.confidence if self.runner_up else 0.0)
