"""Plans made up from the nomenclature, and the layouts in which offices hand them round."""

from __future__ import annotations

import csv
import random
import zipfile
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from alignment_cli.index.store import open_index


@dataclass
class Part:
    kode: str
    nama: str
    kegiatan: tuple[str, str]
    pagu: int
    indikator: list[tuple[str, str, Any]]
    lokasi: str = ""
    sumber_dana: str = ""


@dataclass
class Programme:
    kode: str
    nama: str
    office: str
    parts: list[Part] = field(default_factory=list)

    @property
    def pagu(self):
        return sum(part.pagu for part in self.parts)


@cache
def nomenclature():
    rows = open_index().all("SELECT kode, nama, indikator, satuan FROM nomenklatur ORDER BY kode")
    return {row[0]: row[1:] for row in rows}


def plan(seed: int, programmes: int = 4, office: str = "Dinas Contoh") -> list[Programme]:
    """A plan of whole programmes of the nomenclature, regency tier; the same seed gives the same plan."""
    chance = random.Random(seed)  # noqa: S311
    known = nomenclature()
    subs = [kode for kode in known if kode.count(".") == 5 and kode.split(".")[3] == "2" and kode[0] != "X"]
    codes = sorted({".".join(kode.split(".")[:3]) for kode in subs})
    made = []
    for kode in sorted(chance.sample(codes, programmes)):
        below = [sub for sub in subs if sub.startswith(f"{kode}.")]
        chosen = sorted(chance.sample(below, min(len(below), chance.randint(1, 5))))
        programme = Programme(kode, known[kode][0], office)
        for sub in chosen:
            nama, indikator, satuan = known[sub]
            above = ".".join(sub.split(".")[:5])
            pagu = chance.randint(10, 9_000) * 1_000_000 + chance.randint(0, 999_999)
            indicators = [(indikator, satuan, chance.randint(1, 300))] if indikator else []
            place, fund = chance.choice(["Kec. Sangir", "Semua Kecamatan"]), chance.choice(["PAD", "DAU", "DAK Fisik"])
            programme.parts.append(Part(sub, nama, (above, known[above][0]), pagu, indicators, place, fund))
        made.append(programme)
    return made


def total(made: list[Programme]) -> int:
    return sum(programme.pagu for programme in made)


def kegiatan_of(programme: Programme) -> list[tuple[tuple[str, str], list[Part]]]:
    found: dict[tuple[str, str], list[Part]] = {}
    for part in programme.parts:
        found.setdefault(part.kegiatan, []).append(part)
    return list(found.items())


Rows = list[list[Any]]
Merges = list[str]


def cells(texts: str) -> list[Any]:
    """A row of texts, written with a bar between them."""
    return texts.split("|")


def title(kind: str, office: str = "Dinas Contoh") -> Rows:
    return [[f"{kind} {office}".upper()], ["PEMERINTAH KABUPATEN SOLOK SELATAN"], ["TAHUN ANGGARAN 2026"], []]


def closing(width: int) -> Rows:
    right = [""] * (width - 2)
    return [[], [*right, "Padang Aro, 12 Januari 2026"], [*right, "Kepala Dinas Contoh"], [], [*right, "Budi, S.E."],
            [*right, "NIP. 19700101 199503 1 001"]]  # fmt: skip


def flat(made: list[Programme], money) -> tuple[Rows, Merges]:
    """Sub-activities alone, as in the sesendok sheet."""
    rows = [
        cells("KODE SUB KEGIATAN|PROGRAM DAN KEGIATAN|TOLAK UKUR KELUARAN|TARGET KINERJA KELUARAN|SUMBER DANA|LOKASI")
        + cells("JUMLAH PAGU|KETERANGAN")
    ]
    for programme in made:
        for part in programme.parts:
            nama, satuan, target = (*part.indikator, ("", "", ""))[0]
            rows.append(
                [
                    part.kode,
                    part.nama,
                    nama,
                    f"{target} {satuan}".strip(),
                    part.sumber_dana,
                    part.lokasi,
                    money(part.pagu),
                    "",
                ]
            )
    return rows, []


def rkpd(made: list[Programme], money) -> tuple[Rows, Merges]:
    """Codes in five columns, a header of three rows, three kinds of indicators, total and signature."""
    rows = title("RENJA")
    rows += [
        cells("Kode|||||Urusan/ Bidang Urusan Pemerintahan Daerah Dan Program/ Kegiatan|Indikator Kinerja||")
        + cells("Rencana Tahun 2026||||||Catatan Penting|Prakiraan Maju Rencana Tahun 2027||"),
        cells(
            "||||||Capaian Program|Keluaran Sub Kegiatan|Hasil Kegiatan|Lokasi Output Kegiatan|Target Capaian Kinerja||"
        )
        + cells("Pagu Indikatif (Rp.)|Sumber Dana||Target Capaian Kinerja||Kebutuhan Dana/\nPagu Indikatif (Rp.)"),
        cells("||||||||||Program|Keluaran Sub Kegiatan|Hasil Kegiatan||||Tolok Ukur|Target|"),
    ]
    merges = "A5:E7 F5:F7 G5:I5 G6:G7 H6:H7 I6:I7 J5:O5 J6:J7 K6:M6 N6:N7 O6:O7 P5:P7 Q5:S5 Q6:R6 S6:S7".split()  # noqa: SIM905

    def row(kode: str, nama: str, pagu: int, part: Part | None = None) -> list[Any]:
        pieces = kode.split(".")
        columns = [*pieces[:3], ".".join(pieces[3:5]), *pieces[5:]]
        cells = [*columns, *[""] * (5 - len(columns))][:5]
        indikator, satuan, target = (*(part.indikator if part else ()), ("", "", ""))[0]
        return [*cells, nama, "", indikator, "", part.lokasi if part else "", "", f"{target} {satuan}".strip(), "",
                money(pagu), part.sumber_dana if part else "", "", "", "", money(pagu + 1)]  # fmt: skip

    for programme in made:
        bidang = ".".join(programme.kode.split(".")[:2])
        rows.append(row(bidang, nomenclature()[bidang][0], programme.pagu))
        rows.append(row(programme.kode, programme.nama, programme.pagu))
        for (kode, nama), parts in kegiatan_of(programme):
            rows.append(row(kode, nama, sum(part.pagu for part in parts)))
            rows += [row(part.kode, part.nama, part.pagu, part) for part in parts]
    rows.append(["TOTAL", *[""] * 12, money(total(made)), "", "", "", "", money(total(made))])
    return rows + closing(19), merges


def renja(made: list[Programme], money) -> tuple[Rows, Merges]:
    """17 columns; the name stands in one row, indicators and ceiling in the next (SIPD since 2024)."""
    rows = title("RENJA")
    rows += [
        cells(
            "No|Kode|Urusan/ Bidang Urusan/ Program/ Kegiatan/ Sub Kegiatan|Indikator Program/ Kegiatan/ Sub Kegiatan"
        )
        + cells("Target Akhir Periode Renstra Opd|Realisasi Capaian Renja Opd Tahun 2024")
        + cells(
            "Prakiraan Capaian Target Renja Opd Tahun 2025|Capaian Kinerja Dan Kerangka Pendanaan||||||Kelompok Sasaran"
        )
        + cells("Prakiraan Maju Rencana Tahun 2027||Perangkat Daerah Penanggung Jawab"),
        cells("|||||||Target 2026|Pagu Indikatif (Rp)|Lokasi|Sumber Dana|Prioritas|||Target|Pagu Indikatif (Rp)|"),
        cells("|||||||||||Nasional|Daerah||||"),
        list(range(1, 18)),
    ]
    merges = "A5:A7 B5:B7 C5:C7 D5:D7 E5:E7 F5:F7 G5:G7 H5:M5 N5:N7 O5:P5 Q5:Q7 H6:H7 I6:I7 J6:J7 K6:K7 L6:M6".split()  # noqa: SIM905
    merges += ["O6:O7", "P6:P7"]

    def more(pagu: int, office: str, part: Part | None = None) -> list[Any]:
        indikator, satuan, target = (*(part.indikator if part else ()), ("", "", ""))[0]
        return ["", "", "", indikator, "", "", "", f"{target} {satuan}".strip(), money(pagu),
            part.lokasi if part else "",
                part.sumber_dana if part else "", "-", "-", "", "", money(pagu), office]  # fmt: skip

    for number, programme in enumerate(made, 1):
        rows += [[number, programme.kode, programme.nama], more(programme.pagu, programme.office)]
        for (kode, nama), parts in kegiatan_of(programme):
            rows += [["", kode, nama], more(sum(part.pagu for part in parts), programme.office)]
            for part in parts:
                rows += [["", part.kode, part.nama], more(part.pagu, programme.office, part)]
    rows.append(["", "Jumlah", *[""] * 6, money(total(made)), *[""] * 6, money(total(made)), ""])
    return rows + closing(17), merges


def matrix(made: list[Programme], money) -> tuple[Rows, Merges]:
    """One code column, two header rows, counted columns, several indicator rows below an item."""
    rows = [*title("RUMUSAN RENCANA KERJA"), ["Perangkat Daerah", ":", "1.02.0.00.0.00.01.0000 Dinas Contoh"], []]
    rows += [
        cells("Kode|Urusan/Bidang Urusan Pemerintahan Daerah dan Program/Kegiatan|Indikator Kinerja Program / Kegiatan")
        + cells("Rencana Tahun 2026||||Catatan Penting|Prakiraan Maju Rencana Tahun 2027|"),
        cells("|||Lokasi|Target Capaian|Kebutuhan Dana/ Pagu Indikatif|Sumber Dana||Target Capaian Kinerja")
        + cells("Kebutuhan Dana/ Pagu Indikatif"),
        [f"({n})" for n in range(1, 11)],
    ]
    merges = ["A7:A8", "B7:B8", "C7:C8", "D7:G7", "H7:H8", "I7:J7"]
    for programme in made:
        rows.append([programme.kode, programme.nama, "", "", "", money(programme.pagu)])
        for part in programme.parts:
            first, *others = [*part.indikator, ("", "", "")]
            rows.append([part.kode, part.nama, first[0], part.lokasi, f"{first[2]} {first[1]}".strip(),
                money(part.pagu),
                         part.sumber_dana, "", "", money(part.pagu)])  # fmt: skip
            rows += [["", "", nama, "", f"{target} {satuan}"] for nama, satuan, target in others if nama]
        rows.append([f"Jumlah {programme.nama.title()}"[:30], "", "", "", "", money(programme.pagu)])
    rows.append(["JUMLAH", "", "", "", "", money(total(made)), "", "", "", money(total(made))])
    return rows + closing(10), merges


def dpa(made: list[Programme], money) -> tuple[Rows, Merges]:
    """Money by kind of spending; only one of seven columns is the ceiling."""
    rows = title("DOKUMEN PELAKSANAAN ANGGARAN (DPA)")
    rows += [
        ["KODE", "URAIAN", "SUMBER DANA", "LOKASI", "JUMLAH (Rp)", "", "", "", "", "", ""],
        ["", "", "", "", "TAHUN-1", "TAHUN N", "", "", "", "", "TAHUN+1"],
        [
            "",
            "",
            "",
            "",
            "",
            "BELANJA OPERASI",
            "BELANJA MODAL",
            "BELANJA TIDAK TERDUGA",
            "BELANJA TRANSFER",
            "JUMLAH",
            "",
        ],
    ]
    merges = ["A5:A7", "B5:B7", "C5:C7", "D5:D7", "E5:K5", "E6:E7", "F6:J6", "K6:K7"]
    for programme in made:
        rows.append(
            [programme.kode, programme.nama, "", "", "", money(programme.pagu), 0, 0, 0, money(programme.pagu), ""]
        )
        for (kode, nama), parts in kegiatan_of(programme):
            amount = money(sum(part.pagu for part in parts))
            rows.append([kode, nama, "", "", "", amount, 0, 0, 0, amount, ""])
            rows += [[part.kode, part.nama, part.sumber_dana, part.lokasi, money(part.pagu), money(part.pagu), 0, 0, 0,
                      money(part.pagu), money(part.pagu)] for part in parts]  # fmt: skip
    rows.append(["JUMLAH", "", "", "", "", money(total(made)), 0, 0, 0, money(total(made)), ""])
    return rows + closing(11), merges


def recap(made: list[Programme], money) -> tuple[Rows, Merges]:
    """One row for each account: the ceilings of a sub-activity have to be added up."""
    rows = [
        cells("NO|TAHUN|KODE URUSAN|NAMA URUSAN|KODE SKPD|NAMA SKPD|KODE SUB UNIT|NAMA SUB UNIT|KODE BIDANG URUSAN")
        + cells("NAMA BIDANG URUSAN|KODE PROGRAM|NAMA PROGRAM|KODE KEGIATAN|NAMA KEGIATAN|KODE SUB KEGIATAN")
        + cells("NAMA SUB KEGIATAN|KODE SUMBER DANA|NAMA SUMBER DANA|KODE REKENING|NAMA REKENING|PAKET/KELOMPOK")
        + cells("NAMA PAKET/KELOMPOK|PAGU")
    ]
    for programme in made:
        for part in programme.parts:
            shares = [part.pagu // 3, part.pagu - part.pagu // 3]
            for number, share in enumerate(shares, 1):
                bidang = ".".join(programme.kode.split(".")[:2])
                rows.append([len(rows), 2026, bidang[0], "URUSAN", "1.02.0.00.0.00.01.0000", programme.office,
                             "1.02.0.00.0.00.01.0000", programme.office, bidang, nomenclature()[bidang][0],
                                 programme.kode,
                             programme.nama, *part.kegiatan, part.kode, part.nama, "1.2.1", part.sumber_dana,
                             f"5.1.02.01.01.000{number}", "Belanja", "", "", money(share)])  # fmt: skip
    return rows, []


def levels(made: list[Programme], money) -> tuple[Rows, Merges]:
    """A column of names for each level, the office in a column, letters below the header."""
    rows = [[], [], [], ["DATA PROGRAM 2026"]]
    rows += [cells("No|SKPD|Kode|Program|Kegiatan|Sub Kegiatan|Volume|Satuan|Pagu Anggaran"), cells("(a)|(b)|(c)|(d)")]
    for programme in made:
        for part in programme.parts:
            _, satuan, target = (*part.indikator, ("", "", ""))[0]
            rows.append([len(rows) - 5, programme.office, part.kode, programme.nama, part.kegiatan[1], part.nama,
                target, satuan,
                         money(part.pagu)])  # fmt: skip
    return rows, []


def one_cell(made: list[Programme], money) -> tuple[Rows, Merges]:
    """Code and name in one cell, offices as headings."""
    rows = [
        ["RKPD KABUPATEN SOLOK SELATAN TAHUN 2026"],
        ["Program/Kegiatan/Sub Kegiatan", "Indikator", "Target", "Satuan", "Pagu (Rp)"],
    ]
    for programme in made:
        rows.append([f"SKPD : {programme.office}"])
        rows.append([f"{programme.kode} - {programme.nama}", "", "", "", money(programme.pagu)])
        for part in programme.parts:
            indikator, satuan, target = (*part.indikator, ("", "", ""))[0]
            rows.append([f"{part.kode} {part.nama}", indikator, target, satuan, money(part.pagu)])
    return rows, []


LAYOUTS = {made.__name__: made for made in (flat, rkpd, renja, matrix, dpa, recap, levels, one_cell)}


def dotted(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")


MONEY = {
    "angka": lambda amount: amount,
    "titik": dotted,
    "sen": lambda amount: f"{dotted(amount)},00",
    "koma": lambda amount: f"{amount:,}",
    "rp": lambda amount: f"Rp. {dotted(amount)},-",
    "Rp": lambda amount: f"Rp{dotted(amount)}",
}
"""Ways to write an amount."""


def write_xlsx(
    path,
    sheets: dict[str, tuple[Rows, Merges]],
    *,
    merge: bool = True,
    formats: dict[str, dict[str, str]] | None = None,
):
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"strings_to_numbers": False, "strings_to_formulas": False}) as book:
        for name, (rows, merges) in sheets.items():
            sheet = book.add_worksheet(name)
            number_formats = {
                cell: book.add_format({"num_format": shape}) for cell, shape in (formats or {}).get(name, {}).items()
            }
            for row, cells in enumerate(rows):
                for column, value in enumerate(cells):
                    if value not in ("", None):
                        address = xlsxwriter.utility.xl_rowcol_to_cell(row, column)
                        sheet.write(row, column, value, number_formats.get(address))
            for area in merges if merge else ():
                first = area.split(":")[0]
                row, column = xlsxwriter.utility.xl_cell_to_rowcol(first)
                sheet.merge_range(area, rows[row][column] if column < len(rows[row]) else "")
    return path


def write_csv(path, rows: Rows, *, delimiter: str = ";", encoding: str = "utf-8-sig"):
    with path.open("w", encoding=encoding, newline="") as stream:
        csv.writer(stream, delimiter=delimiter).writerows(rows)
    return path


ODS = "application/vnd.oasis.opendocument.spreadsheet"
NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)


def write_ods(path, sheets: dict[str, Rows]):
    """A bare OpenDocument sheet, written by hand so that no further package is needed."""
    tables = "".join(
        f"<table:table table:name={quoteattr(name)}>"
        + "".join(f"<table:table-row>{''.join(map(ods_cell, row)) or ods_cell('')}</table:table-row>" for row in rows)
        + "</table:table>"
        for name, rows in sheets.items()
    )
    entry = f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS}"/>'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", ODS)
        archive.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">{entry}'
            "</manifest:manifest>",
        )
        archive.writestr(
            "content.xml",
            f'<?xml version="1.0"?><office:document-content {NAMES} office:version="1.2"><office:body>'
            f"<office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>",
        )
    return path


def ods_cell(value: Any) -> str:
    if value in ("", None):
        return "<table:table-cell/>"
    kind = f'"float" office:value="{value}"' if isinstance(value, int | float) else '"string"'
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(value).split("\n"))
    return f"<table:table-cell office:value-type={kind}>{lines}</table:table-cell>"
