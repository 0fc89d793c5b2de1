"""What the page itself says, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alignment_cli.finding import Text

if TYPE_CHECKING:
    from alignment_cli.finding import Lang

WORDS = {
    "title": Text("Laporan keselarasan", "Alignment report"),
    "plans": Text("rencana", "plans"),
    "skip": Text("Langsung ke isi", "Skip to the content"),
    "skip_items": Text("Langsung ke daftar butir", "Skip to the list of items"),
    "contents": Text("Daftar isi", "Contents"),
    "theme": Text("Warna", "Colours"),
    "auto": Text("otomatis", "automatic"),
    "light": Text("terang", "light"),
    "dark": Text("gelap", "dark"),
    "print": Text("Cetak", "Print"),
    "index": Text("Indeks keselarasan", "Alignment index"),
    "index_desc": Text(
        "Batang dari 0 sampai 100 %: yang selaras (batas bawah), yang belum pasti (sampai batas atas), dan selebihnya.",
        "A bar from 0 to 100%: the aligned part (lower bound), what is open (up to the upper bound), and the rest.",
    ),
    "aligned": Text("Selaras", "Aligned"),
    "open": Text("Belum pasti (perlu tinjau, teks kurang)", "Open (to review, too little text)"),
    "rest": Text("Tidak selaras", "Not aligned"),
    "bounds": Text("batas bawah {lower}, batas atas {upper}", "lower bound {lower}, upper bound {upper}"),
    "items_title": Text("Daftar butir", "List of items"),
    "items_note": Text(
        "Semua program dan sub kegiatan. Setiap angka bertautan pada halaman ini menyaring daftar ini ke butir yang "
        "dihitungnya. Tujuan tanpa persen menerima seluruh pagu; (?) berarti hanya dinyatakan, tidak didukung bukti; "
        "tanda \u2713 berarti terbukti atau disetujui.",
        "All programmes and sub-activities. Every linked figure on this page filters this list to the items that it "
        "counts. A goal without a percentage takes the whole ceiling; (?) means only claimed, without evidence; the "
        "sign \u2713 means supported by evidence or a decision.",
    ),
    "bars": Text("Pagu per tujuan", "Money by goal"),
    "bars_desc": Text(
        "Satu batang per tujuan: garis luar pagu tersentuh, isi terang pagu terbagi, isi bergaris pagu selaras. Angka "
        "di kanan: terbagi, di antaranya selaras, dan jumlah butir tanpa pagu. Rinciannya dalam tabel di bawah.",
        "One bar for each goal: the outline is the ceiling touched, the light fill the ceiling split, the hatched fill "
        "what is aligned. At the right: split, of which aligned, and items without a ceiling. The tables below give "
        "the same figures.",
    ),
    "touched": Text("tersentuh", "touched"),
    "split": Text("terbagi", "split"),
    "confirmed": Text("selaras", "aligned"),
    "unknown": Text("{n} tanpa pagu", "{n} without ceiling"),
    "heat": Text("Peta program dan tujuan", "Map of programmes and goals"),
    "heat_desc": Text(
        "Pagu terbagi tiap program pada tiap tujuan; makin kuat warnanya makin besar. Huruf: S semua butirnya "
        "selaras, T ada yang perlu tinjau. Program dengan pagu terbesar lebih dulu. Tabel matriks memuat hal yang "
        "sama per program.",
        "Ceiling split of every programme for every goal; the stronger the colour, the more. Letters: A all its "
        "items are aligned, R some are to be reviewed. Programmes with the most money first. The table of the matrix "
        "shows programmes by goals too.",
    ),
    "sure": Text("S", "A"),
    "unsure": Text("T", "R"),
    "heat_more": Text("Program {first} sampai {last}", "Programmes {first} to {last}"),
    "heat_none": Text(
        "{n} program lain tidak bertujuan (penunjang, atau tanpa bukti).",
        "{n} other programmes serve no goal (support, or no evidence).",
    ),
    "graph": Text("Jejaring kolaborasi", "Network of collaboration"),
    "graph_desc": Text(
        "Perangkat daerah pada lingkaran, kemitraan yang dicatat sebagai garis; makin tebal makin banyak program. "
        "Cincin ganda: penghubung. Garis putus-putus: jembatan. Tabel jejaring dan kemitraan memuat hal yang sama.",
        "Offices on a circle, recorded partnerships as lines; the thicker, the more programmes. Double ring: joint. "
        "Dashed line: bridge. The tables of the network and of partnerships say the same.",
    ),
    "programmes": Text("{n} program", "{n} programme(s)"),
    "timeline": Text("Perkembangan indeks", "The index over the years"),
    "timeline_desc": Text(
        "Bagian selaras tiap rencana menurut tahun; garis tegak menunjukkan batas bawah sampai batas atas.",
        "Aligned part of every plan by year; the upright line shows lower to upper bound.",
    ),
    "name": Text("Program atau sub kegiatan", "Programme or sub-activity"),
    "code": Text("Kode", "Code"),
    "office": Text("Perangkat daerah", "Office"),
    "goal": Text("Tujuan", "Goal"),
    "no_goal": Text("tanpa tujuan", "no goal"),
    "answer": Text("Jawaban", "Answer"),
    "confidence": Text("Keyakinan", "Confidence"),
    "pagu": Text("Pagu (Rp)", "Ceiling (Rp)"),
    "why": Text("Bukti", "Evidence"),
    "place": Text("Tempat", "Place"),
    "plan": Text("Rencana", "Plan"),
    "all": Text("semua", "all"),
    "search": Text("Saring", "Filter"),
    "level": Text("Jenjang", "Level"),
    "leaves": Text("butir yang membawa pagu", "items that carry money"),
    "tops": Text("program", "programmes"),
    "filter": Text("saringan", "filter"),
    "clear": Text("hapus saringan", "remove filter"),
    "rows": Text("{from}\u2013{to} dari {n}", "{from}\u2013{to} of {n}"),
    "previous": Text("sebelumnya", "previous"),
    "next": Text("berikutnya", "next"),
    "show_all": Text("tampilkan semua", "show all"),
    "show_pages": Text("per halaman", "by pages"),
    "sum": Text("{n} butir, pagu Rp {pagu}", "{n} items, ceilings Rp {pagu}"),
    "sum_unknown": Text("{n} tanpa pagu", "{n} without ceiling"),
    "sum_goal": Text(
        "untuk {goal}: terbagi Rp {split}, di antaranya selaras Rp {confirmed}",
        "for {goal}: split Rp {split}, of which aligned Rp {confirmed}",
    ),
    "nothing": Text("Tidak ada baris yang cocok.", "No row matches."),
    "detail": Text("Rincian: {title} ({n} baris)", "Details: {title} ({n} rows)"),
    "noscript": Text(
        "{n} baris tabel ini memerlukan JavaScript; butirnya ada dalam daftar butir di bawah.",
        "The {n} rows of this table need JavaScript; their items are in the list of items below.",
    ),
    "made": Text("Dibuat oleh align {version}, tanpa jaringan.", "Made by align {version}, without a network."),
    "to_items": Text("butir", "items"),
}
"""Words by name; templates and the script name them the same."""


def words(lang: Lang) -> dict[str, str]:
    """Return all words of the page in `lang`."""
    return {name: text.in_(lang) for name, text in WORDS.items()}
