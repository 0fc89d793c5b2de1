"""The second sheet: how to fill in the first one, and what the goals are called."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from alignment_cli.finding import Text
from alignment_cli.sheet.grid import letters

if TYPE_CHECKING:
    from alignment_cli.finding import Lang
    from alignment_cli.priorities import Prioritas

SHEET = Text("Petunjuk", "Guide")
HINTS = {
    "keputusan": (
        Text("Keputusan", "Decision"),
        Text("terima: usulan benar. pilih lain: isi Tujuan pilihan. tolak: isi Alasan. lewati atau kosong: belum "
             "diputuskan.",
             "accept: the proposal is right. choose other: fill in Chosen goal. reject: fill in Reason. skip or empty: "
             "not decided."),
        Text("Pilih salah satu dari daftar.", "Choose one of the list."),
    ),
    "tujuan": (
        Text("Tujuan pilihan", "Chosen goal"),
        Text("Hanya untuk pilih lain. Nama tujuan ada di lembar Petunjuk.",
             "For choose other only. The names of the goals are in the sheet Guide."),
        Text("Pilih salah satu kode dari daftar.", "Choose one of the codes of the list."),
    ),
    "alasan": (
        Text("Alasan", "Reason"),
        Text("Wajib untuk tolak. Bila kosong pada terima, buktinya yang dicatat.",
             "Needed for reject. Where it is empty for accept, the evidence is recorded."),
        Text("Terlalu panjang; paling banyak 2.000 huruf.", "Too long; 2,000 characters at most."),
    ),
    "oleh": (
        Text("Oleh", "By"),
        Text("Siapa yang memutuskan: nama atau perangkat daerah.", "Who decides: a name or an office."),
        Text("Terlalu panjang; paling banyak 200 huruf.", "Too long; 200 characters at most."),
    ),
    "tanggal": (
        Text("Tanggal", "Date"),
        Text("Hari keputusan. Bila kosong: hari lembar ini dibaca kembali.",
             "Day of the decision. Where empty: the day on which the sheet is read back."),
        Text("Isi tanggal, mis. 2026-11-24.", "Enter a date, e.g. 2026-11-24."),
    ),
}  # fmt: skip
"""Title, hint and refusal for each column that is filled in."""
_STEPS = (
    Text("Isi hanya kolom kuning di lembar Tinjau: Keputusan, Tujuan pilihan, Alasan, Oleh, Tanggal. Sel lain "
         "terlindung tanpa kata sandi; perubahan di sana tidak dibaca.",
         "Fill in only the yellow columns of the sheet Review: Decision, Chosen goal, Reason, By, Date. Other cells "
         "are protected without a password; changes there are not read."),
    Text("Urutannya: keraguan kali pagu, yang terbesar lebih dahulu. Baris yang belum diputuskan dibiarkan kosong.",
         "The order: doubt times ceiling, the largest first. Leave rows empty that are not decided yet."),
    Text("terima: usulan benar. pilih lain: tujuan lain yang benar, isi Tujuan pilihan. tolak: usulan salah, isi "
         "Alasan. lewati: belum diputuskan.",
         "accept: the proposal is right. choose other: another goal is right, fill in Chosen goal. reject: the "
         "proposal is wrong, fill in Reason. skip: not decided yet."),
    Text("Simpan sebagai .xlsx, lalu jalankan: align review import BERKAS.xlsx, dari folder tempat lembar ini dibuat.",
         "Save as .xlsx, then run: align review import FILE.xlsx, in the folder in which this sheet was made."),
    Text("Bila berkas program berubah sementara itu, butir dicari menurut kode dan nama. Yang tidak dapat ditulis "
         "dilaporkan sel demi sel; sisanya tetap ditulis. Lembar yang sama dapat dibaca berulang kali.",
         "Where the programme file changes meanwhile, items are looked for by code and name. What cannot be written is "
         "reported cell by cell; the rest is written. The same sheet can be read again and again."),
)  # fmt: skip


def fill(book: Any, goals: Prioritas, lang: Lang) -> str:
    """Add the sheet to a workbook; return the range that lists the codes of the goals, as a formula."""
    sheet = book.add_worksheet(SHEET.in_(lang))
    prose = book.add_format({"text_wrap": True, "valign": "top", "align": "left"})
    strong = book.add_format({"bold": True, "font_size": 13})
    head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E8EEF4"})
    sheet.set_column(0, 0, 10)
    sheet.set_column(1, 1, 100)
    sheet.write_string(0, 0, Text("Cara mengisi", "How to fill it in").in_(lang), strong)
    for n, step in enumerate(_STEPS, 1):
        sheet.write_number(n, 0, n, prose)
        sheet.write_string(n, 1, step.in_(lang), prose)
        sheet.set_row(n, 32)
    top = len(_STEPS) + 2
    sheet.write_string(top, 0, Text("Tujuan", "Goal").in_(lang), head)
    sheet.write_string(top, 1, Text("Nama", "Name").in_(lang), head)
    for n, goal in enumerate(goals.tujuan, top + 1):
        sheet.write_string(n, 0, goal.kode, prose)
        sheet.write_string(n, 1, goal.nama_en if lang == "en" else goal.nama, prose)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.protect("")
    column = letters(0)
    return f"={SHEET.in_(lang)}!${column}${top + 2}:${column}${top + 1 + len(goals.tujuan)}"
