"""Family 1: the file itself and its YAML shape. Found while loading, so these are data rows only."""

from __future__ import annotations

from alignment_cli.finding import Rule, Severity, Text

ERROR = Severity.ERROR

SYNTAX = Rule(
    "AL101", "yaml-tidak-sah", ERROR, "tidak_sah",
    Text("YAML tidak dapat dibaca", "YAML cannot be parsed"),
    Text("Berkas tidak dapat dibaca sebagai YAML: {sebab}.", "The file cannot be read as YAML: {cause}."),
    Text("Periksa tanda baca, kutip dan lekukan pada dan tepat sebelum tempat ini.",
         "Check punctuation, quotes and indentation at and just before this place."),
)  # fmt: skip
DUPLICATE = Rule(
    "AL102", "kunci-ganda", ERROR, "tidak_sah",
    Text("Kunci ditulis dua kali", "A key is written twice"),
    Text('Kunci "{kunci}" sudah ada di baris {baris}; hanya nilai terakhir yang terbaca.',
         'The key "{kunci}" already stands in line {baris}; only the last value is read.'),
    Text("Hapus salah satu, atau gabungkan isinya.", "Remove one of them, or merge their contents."),
)  # fmt: skip
EMPTY = Rule(
    "AL103", "berkas-kosong", ERROR, "tidak_sah",
    Text("Berkas tidak berisi data", "The file holds no data"),
    Text("Berkas kosong atau hanya berisi komentar.", "The file is empty or holds only comments."),
    Text("Isi sekurangnya versi, daerah, dokumen, tahun dan program; contoh ada di README.",
         "Fill in at least versi, daerah, dokumen, tahun and program; the README has an example."),
)  # fmt: skip
NOT_TEXT = Rule(
    "AL104", "bukan-teks", ERROR, "tidak_sah",
    Text("Berkas bukan teks UTF-8", "The file is not UTF-8 text"),
    Text("Berkas bukan teks yang dapat dibaca: {sebab}.", "The file is not readable text: {cause}."),
    Text("Simpan berkas sebagai teks UTF-8. Lembar Excel tidak dibaca langsung.",
         "Save the file as UTF-8 text. Excel sheets are not read directly."),
)  # fmt: skip
UNKNOWN_KEY = Rule(
    "AL105", "kunci-tidak-dikenal", ERROR, "tidak_sah",
    Text("Kunci tidak dikenal", "Unknown key"),
    Text('Kunci "{kunci}" tidak dikenal di sini.', 'The key "{kunci}" is not known here.'),
    Text("Kunci yang dikenal: {dikenal}.", "Known keys: {dikenal}."),
    fixable=True,
)  # fmt: skip
WRONG_TYPE = Rule(
    "AL106", "jenis-nilai-salah", ERROR, "tidak_sah",
    Text("Nilai berjenis salah", "The value is of the wrong type"),
    Text('Nilai untuk "{kunci}" tidak cocok: {ada}, seharusnya {harus}.',
         'The value for "{kunci}" does not fit: {found}, expected {expected}.'),
    Text("Tulis {harus}.", "Write {expected}."),
)  # fmt: skip
MISSING = Rule(
    "AL107", "isian-wajib", ERROR, "tidak_sah",
    Text("Isian wajib tidak ada", "A required entry is missing"),
    Text('Isian wajib "{kunci}" tidak ada.', 'The required entry "{kunci}" is missing.'),
    Text('Tambahkan "{kunci}: ..." di bagian ini.', 'Add "{kunci}: ..." to this part.'),
)  # fmt: skip
NOT_A_CHOICE = Rule(
    "AL108", "di-luar-pilihan", ERROR, "tidak_sah",
    Text("Nilai di luar pilihan", "The value is none of the choices"),
    Text('Nilai "{nilai}" untuk "{kunci}" tidak ada dalam pilihan.',
         'The value "{nilai}" for "{kunci}" is none of the choices.'),
    Text("Pilihan: {pilihan}.", "Choices: {pilihan}."),
    fixable=True,
)  # fmt: skip
LIMIT = Rule(
    "AL109", "melampaui-batas", ERROR, "tidak_sah",
    Text("Berkas melampaui batas yang aman", "The file exceeds a safety limit"),
    Text("Berkas tidak dibaca karena {sebab} (batas: {batas}).",
         "The file was not read because {cause} (limit: {batas})."),
    Text("Bagi berkas, atau hapus bagian yang bersarang atau berulang itu.",
         "Split the file, or remove the nested or repeated part."),
)  # fmt: skip
FEATURE = Rule(
    "AL110", "fitur-yaml-asing", ERROR, "tidak_sah",
    Text("Fitur YAML yang tidak dipakai di sini", "A YAML feature that is not used here"),
    Text("{apa} tidak dipakai dalam berkas program.", "{what} is not used in programme files."),
    Text("Tulis nilainya sebagai teks, angka, daftar, atau pasangan kunci dan nilai biasa.",
         "Write the value as plain text, number, list, or key and value."),
)  # fmt: skip

RULES = (SYNTAX, DUPLICATE, EMPTY, NOT_TEXT, UNKNOWN_KEY, WRONG_TYPE, MISSING, NOT_A_CHOICE, LIMIT, FEATURE)
