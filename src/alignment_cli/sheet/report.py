"""What happened on the way from the sheet to the file, with the cell of every event."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from alignment_cli.finding import Text

if TYPE_CHECKING:
    from alignment_cli.finding import Lang

Grade = Literal["galat", "peringatan", "info"]
"""An error stops the import; a warning says what to look at; information says what was done."""
ORDER: tuple[Grade, ...] = ("galat", "peringatan", "info")
GRADES = {"galat": "error", "peringatan": "warning", "info": "info"}
SHOWN = 5
"""Cells named for each kind of event in the summary; the CSV report names them all."""


class Kind(NamedTuple):
    """A kind of event. `one` is the message for a single cell, `many` the heading for all of them."""

    name: str
    grade: Grade
    many: Text


class Event(NamedTuple):
    """One event: its kind, the cell, what stood there, and what there is to say."""

    kind: Kind
    cell: str
    value: str = ""
    text: Text = Text("", "")


def _kind(name: str, grade: Grade, id_: str, en: str) -> Kind:
    return Kind(name, grade, Text(id_, en))


AMBIGUOUS = _kind(
    "pagu-rancu", "galat", "angka yang dapat dibaca dengan dua cara", "figures that can be read in two ways"
)
UNREADABLE = _kind("pagu-tidak-terbaca", "galat", "pagu yang bukan angka", "ceilings that are no number")
FRACTION = _kind("pagu-pecahan", "galat", "pagu dengan pecahan rupiah", "ceilings with a fraction of a rupiah")
NEGATIVE = _kind("pagu-negatif", "galat", "pagu negatif", "negative ceilings")
FAULTY = _kind("sel-galat", "galat", "sel pagu, kode atau nama tanpa nilai (galat atau rumus yang belum dihitung)",
               "cells of ceiling, code or name without a value (error, or formula not yet calculated)")  # fmt: skip
SECOND = _kind("pagu-kedua", "galat", "baris lanjutan dengan pagu yang tidak sama dengan pagu butirnya",
               "continuation rows whose ceilings do not match their item's")  # fmt: skip
STRAY = _kind(
    "pagu-tanpa-butir", "galat", "pagu pada baris yang tidak dikenali", "ceilings in rows that are not understood"
)
LOST_CODE = _kind("kode-rusak", "galat", "kode yang diubah Excel dan tidak dapat dipulihkan",
                  "codes that Excel changed and that cannot be restored")  # fmt: skip
NAMELESS = _kind("tanpa-nama", "galat", "butir tanpa nama", "items without a name")
TWICE = _kind("lembar-ganda", "galat", "lembar yang memuat butir yang sama", "sheets that hold the same items")
LONG_CELL = _kind("sel-panjang", "galat", "sel CSV yang menelan baris lain (kutip tidak ditutup)",
                  "CSV cells that swallow other lines (a quote is not closed)")  # fmt: skip
UNEQUAL = _kind("jumlah-berbeda", "galat", "jumlah pagu sebelum dan sesudah impor berbeda",
                "the sums of ceilings before and after the import differ")  # fmt: skip
INVALID = _kind(
    "tidak-sah", "galat", "isi yang tidak sah dalam berkas program", "contents that a programme file cannot have"
)
ONLY_ABOVE = _kind("pagu-hanya-di-atas", "galat", "pagu yang hanya ada pada judul di atas program",
                   "ceilings that only stand in a heading above the programmes")  # fmt: skip
DIFFERS = _kind("selisih", "peringatan", "jumlah dalam lembar yang tidak sama dengan rinciannya",
                "sums in the sheet that differ from their parts")  # fmt: skip
ODD_CODE = _kind("bentuk-kode", "peringatan", "kode yang bentuknya bukan kode nomenklatur, ditulis apa adanya",
                 "codes not shaped like nomenclature codes, kept as written")  # fmt: skip
UNFUNDED = _kind("tanpa-pagu", "peringatan", "butir tanpa pagu", "items without a ceiling")
UNNAMED = _kind("program-tanpa-nama", "peringatan", "program tanpa baris dan tanpa nama resmi",
                "programmes without a row and without an official name")  # fmt: skip
AGAIN = _kind("kode-berulang", "peringatan", "kode yang sama lebih dari sekali pada perangkat daerah yang sama",
              "the same code more than once in the same office")  # fmt: skip
FAULTY_TEXT = _kind("sel-galat-lain", "peringatan", "sel lain tanpa nilai (galat atau rumus yang belum dihitung)",
                    "other cells without a value (error, or formula not yet calculated)")  # fmt: skip
OTHER_YEAR = _kind(
    "tahun-kolom", "peringatan", "kolom pagu bertahun lain", "the column of ceilings is for another year"
)
MADE = _kind("program-dibuat", "info", "program tanpa baris sendiri, dibuat dengan nama resmi",
             "programmes without a row of their own, made with their official name")  # fmt: skip
SUMMED = _kind("pagu-program", "info", "pagu program yang tidak tertulis, diisi jumlah sub kegiatannya",
               "programme ceilings not written, filled with the sum of the parts")  # fmt: skip
RESTORED = _kind("kode-dipulihkan", "info", "kode yang dipulihkan menurut nama resminya",
                 "codes restored by their official name")  # fmt: skip
TIDIED = _kind("kode-dirapikan", "info", "kode yang pemisahnya dirapikan", "codes with tidied separators")
OFFICIAL = _kind("nama-resmi", "info", "butir tanpa nama yang diberi nama resmi kodenya",
                 "items without a name, given the official name of their code")  # fmt: skip
PERCENT = _kind(
    "persen", "info", "target berformat persen, ditulis dalam persen", "targets in percent format, written in percent"
)
ROUNDED = _kind(
    "dibulatkan",
    "info",
    "sel angka dengan sisa pecahan biner, dibulatkan",
    "number cells with the noise of binary fractions, rounded",
)
ADDED = _kind(
    "dijumlahkan", "info", "baris rincian yang dijumlahkan ke butirnya", "detail rows added up into their item"
)
KEGIATAN = _kind("kegiatan", "info", "baris kegiatan, menjadi isian kegiatan pada sub kegiatannya",
                 "kegiatan rows, kept as `kegiatan` of their sub-activities")  # fmt: skip
UNUSED = _kind("kolom-tidak-dipakai", "info", "kolom yang tidak dipakai", "columns not used")
URUSAN = _kind("kolom-urusan", "info", "kolom urusan, yang tidak dimuat dalam berkas: kode program memuatnya",
               "columns of urusan, not written: the code of the programme tells it")  # fmt: skip
LOST = _kind("isi-tidak-termuat", "peringatan", "isi sel yang tidak termuat dalam berkas",
             "contents of cells that are not in the file")  # fmt: skip
DROPPED = _kind("isi-tidak-dimuat", "peringatan", "isi baris kegiatan yang tidak punya tempat dalam berkas",
                "contents of kegiatan rows that have no place in the file")  # fmt: skip

LEFT: dict[str, Text] = {
    "jumlah": Text("baris jumlah", "total rows"),
    "urusan": Text("judul urusan atau bidang urusan", "headings of urusan"),
    "perangkat daerah": Text("judul perangkat daerah", "headings of offices"),
    "judul": Text("judul kolom yang berulang", "repeated headers"),
    "nomor kolom": Text("nomor kolom", "column numbers"),
    "bagian": Text("judul bagian (misi, tujuan, sasaran)", "headings of parts (mission, aim, target)"),
    "penutup": Text("tanda tangan, catatan dan penutup", "signatures, notes and closing"),
    "rekening": Text("rincian rekening belanja", "accounts"),
    "rincian": Text("rincian pagu yang sudah termuat pada butirnya", "details of a ceiling that its item holds"),
    "lain": Text("baris yang tidak dikenali", "rows that are not understood"),
}
"""Why rows are left out."""


@dataclass
class Report:
    """All events and all rows left out: (reason, cell, content)."""

    events: list[Event] = field(default_factory=list)
    left: list[tuple[str, str, str]] = field(default_factory=list)
    facts: list[Text] = field(default_factory=list)

    def add(self, kind: Kind, cell: str, value: str = "", id_: str = "", en: str = "") -> None:
        """Note an event."""
        self.events.append(Event(kind, cell, value, Text(id_, en)))

    def leave(self, reason: str, cell: str, content: str) -> None:
        """Note a row left out."""
        self.left.append((reason, cell, content))

    @property
    def blocked(self) -> bool:
        """Tell whether anything forbids writing the file."""
        return any(event.kind.grade == "galat" for event in self.events)

    def summary(self, lang: Lang) -> str:
        """Return the report in short: facts, rows left out by reason, events by kind, with their first cells."""
        lines = [f"  {fact.in_(lang)}" for fact in self.facts]
        if self.left:
            word = "rows left out" if lang == "en" else "baris ditinggalkan"
            lines.append(f"  {len(self.left)} {word}:")
            for reason, title in LEFT.items():
                cells = [cell for left, cell, _ in self.left if left == reason]
                if cells:
                    lines.append(f"    {len(cells)} {title.in_(lang)} ({_listed(cells, lang)})")
        for grade in ORDER:
            lines += self._of_grade(grade, lang)
        return "".join(f"{line}\n" for line in lines)

    def _of_grade(self, grade: Grade, lang: Lang) -> list[str]:
        lines = []
        for kind in dict.fromkeys(event.kind for event in self.events if event.kind.grade == grade):
            events = [event for event in self.events if event.kind is kind]
            lines.append(f"  {GRADES[grade] if lang == 'en' else grade}: {len(events)} {kind.many.in_(lang)}")
            lines += [f"    {_line(event, lang)}" for event in events[:SHOWN]]
            if len(events) > SHOWN:
                more = len(events) - SHOWN
                lines.append(f"    ... and {more} more" if lang == "en" else f"    ... dan {more} lagi")
        return lines

    def as_csv(self, lang: Lang) -> str:
        """Return everything, one event or row a line."""
        stream = io.StringIO()
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow(
            ("grade", "kind", "cell", "value", "message")
            if lang == "en"
            else ("tingkat", "jenis", "sel", "nilai", "pesan")
        )
        for fact in self.facts:
            writer.writerow(("info", "ringkasan", "", "", fact.in_(lang)))
        for grade in ORDER:
            for event in self.events:
                if event.kind.grade == grade:
                    message = event.text.in_(lang) or event.kind.many.in_(lang)
                    word = GRADES[grade] if lang == "en" else grade
                    writer.writerow((word, event.kind.name, event.cell, _safe(event.value), message))
        for reason, cell, content in self.left:
            writer.writerow(("info", "ditinggalkan", cell, _safe(content), LEFT[reason].in_(lang)))
        return stream.getvalue()


def _line(event: Event, lang: Lang) -> str:
    said = event.text.in_(lang)
    value = f' "{event.value}"' if event.value else ""
    return f"{event.cell}{value}{': ' if said else ''}{said}"


def _listed(cells: list[str], lang: Lang) -> str:
    shown = ", ".join(cells[:SHOWN])
    return shown if len(cells) <= SHOWN else f"{shown}, {'and more' if lang == 'en' else 'dan seterusnya'}"


def _safe(text: str) -> str:
    """Return a text that a spreadsheet shows as text and does not run as a formula."""
    return (
        f"'{text}"
        if text[:1] in ("=", "+", "-", "@", "\t") and not text.lstrip("-").replace(".", "").isdecimal()
        else text
    )
