"""What a row is that holds no item: a total, a heading of an office, a repeated header, a signature."""

from __future__ import annotations

import re

_QUALIFIED = (
    "program|kegiatan|sub ?kegiatan|skpd|opd|perangkat daerah|unit|sub unit|belanja|pagu|anggaran|keseluruhan|"
    "seluruh(?:nya)?|total|bidang|urusan|dinas|badan|kecamatan|halaman|dipindahkan|pindahan|kabupaten|kota|provinsi|apbd|umum|besar|akhir|biaya|dana"
)
_TOTAL = re.compile(
    rf"(?:sub ?[- ]?)?(?:jumlah|total|grand total|jml\.?)(?:\s*\(?(?:rp\.?)\)?)?(?:\s+(?:{_QUALIFIED})\b.*)?\s*[:.]?",
    re.IGNORECASE | re.DOTALL,
)
_PART = re.compile(
    r"sub|program|kegiatan|halaman|pindah|urusan|bidang|dinas|badan|skpd|opd|perangkat|unit", re.IGNORECASE
)
_OFFICE_LABEL = re.compile(
    r"(?:nama )?(?:perangkat daerah|skpd|opd|organisasi|unit organisasi|unit kerja|"
    r"satuan kerja(?: perangkat daerah)?)\b(?: penanggung jawab)?\s*[:=]?\s*(.*)",
    re.IGNORECASE | re.DOTALL,
)
_OFFICE_NAME = re.compile(
    r"(?:dinas|badan|sekretariat|inspektorat|kecamatan|kantor|satuan polisi|rumah sakit|rsud|kelurahan|puskesmas|"
    r"bagian|biro|uptd?)\s+\S.*|inspektorat|sekretariat daerah|sekretariat dprd",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"\b(?:mengetahui|menyetujui|disetujui|disahkan|disiapkan|ditetapkan di|nip\b|pembina (?:utama|tingkat|tk)|"
    r"penata (?:tingkat|tk|muda)|kepala (?:dinas|badan|bappeda|bapperida|bidang)|sekretaris daerah|pengguna anggaran|"
    r"pejabat pengelola|tim anggaran|ketua tim|gubernur|bupati|wali ?kota)\b"
    r"|\b\d{1,2}\s+(?:januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|desember)\s+\d{4}\b"
    r"|^(?:keterangan|catatan|sumber(?: data)?|ket)\s*:|^\*|^\d\)\s",
    re.IGNORECASE,
)
_SECTION = re.compile(
    r"(?:visi|misi|tujuan|sasaran|strategi|arah kebijakan|prioritas)\b(?:[\s\d.:-]|daerah|pembangunan|strategis)*",
    re.IGNORECASE,
)
_OFFICE_CODE = re.compile(r"[\dX]\.[\dX]{2}\.\d\.\d{2}\.\d\.\d{2}\.\d{2}(?:\.\d{2,4})?\s*[-:]?\s+[^\W\d]")
_PROGRAM = re.compile(r"program\b", re.IGNORECASE)
_KEGIATAN = re.compile(r"kegiatan\b", re.IGNORECASE)
_SUB = re.compile(r"sub ?kegiatan\b", re.IGNORECASE)
_CODE_FIRST = re.compile(r"[\dX][\d.X ]*\d\s*[-:]?\s+", re.IGNORECASE)


def is_total(text: str) -> bool:
    """Tell whether a row's first text makes it a total: JUMLAH, Total, Jumlah Program ..."""
    return _TOTAL.fullmatch(text.strip()) is not None


def is_part_total(text: str) -> bool:
    """Tell whether a total is that of a part of the table."""
    return _PART.search(text) is not None


def office_label(text: str) -> str | None:
    """Return what follows "Perangkat Daerah :", "" when it stands in another cell, None for a text that is no label."""
    found = _OFFICE_LABEL.fullmatch(text.strip())
    return found.group(1).strip(" :") if found else None


def office_of(text: str) -> str:
    """Return an office's name without the code before it."""
    return _CODE_FIRST.sub("", text, count=1).strip() or text


def is_office_name(text: str) -> bool:
    """Tell whether a text is the name of an office and nothing else."""
    return "\n" not in text and _OFFICE_NAME.fullmatch(text.strip()) is not None


def begins_with_office(text: str) -> bool:
    """Tell whether a text is the code of an office with its name: ``1.02.0.00.0.00.01.0000 DINAS KESEHATAN``."""
    return _OFFICE_CODE.match(text) is not None


def is_section(text: str) -> bool:
    """Tell whether a text is the heading of a part of the plan: Misi 1, Tujuan, Sasaran."""
    return _SECTION.match(text) is not None


def is_closing(text: str) -> bool:
    """Tell whether a text belongs to signatures or notes below a table."""
    return _CLOSING.search(text) is not None


def level_by_name(name: str) -> str:
    """Return the level that a name says it has, "" when it says none."""
    return next((level for pattern, level in ((_PROGRAM, "program"), (_SUB, "sub_kegiatan"), (_KEGIATAN, "kegiatan"))
                 if pattern.match(name)), "")  # fmt: skip
