"""Family 9: what is put aside must be put aside rightly. Found while a policy is applied, so these are data only."""

from __future__ import annotations

from alignment_cli.finding import Rule, Severity, Text

WARNING = Severity.WARNING

NO_REASON = Rule(
    "AL901", "pengabaian-tanpa-alasan", WARNING, "mutu",
    Text("Pengabaian tanpa alasan", "A finding is ignored without a reason"),
    Text("{kode} diabaikan tanpa alasan.", "{kode} is ignored without a reason."),
    Text("Tulis alasannya di belakang kurung: # align: abaikan[{kode}] alasan.",
         "Write the reason behind the brackets: # align: ignore[{kode}] reason."),
)  # fmt: skip
UNUSED = Rule(
    "AL902", "pengabaian-tak-terpakai", WARNING, "mutu",
    Text("Pengabaian tidak terpakai", "A finding is ignored that is not there"),
    Text("{kode} diabaikan, tetapi tidak ada temuan itu di baris {baris}.",
         "{kode} is ignored, but there is no such finding in line {baris}."),
    Text("Hapus komentar itu, atau pindahkan ke baris temuannya.",
         "Remove the comment, or move it to the line of the finding."),
)  # fmt: skip
UNKNOWN = Rule(
    "AL903", "pengabaian-kode-tak-dikenal", WARNING, "mutu",
    Text("Pengabaian menyebut aturan yang tidak ada", "A comment ignores a rule that does not exist"),
    Text('Aturan "{kode}" tidak dikenal, sehingga tidak ada yang diabaikan.',
         'The rule "{kode}" is not known, so nothing is ignored.'),
    Text("Pakai kode atau nama dari align rules.", "Use a code or name from align rules."),
)  # fmt: skip
MALFORMED = Rule(
    "AL904", "pengabaian-salah-tulis", WARNING, "mutu",
    Text("Komentar align tidak terbaca", "An align comment cannot be read"),
    Text('Komentar "{tulisan}" tidak terbaca, sehingga tidak ada yang diabaikan.',
         'The comment "{tulisan}" cannot be read, so nothing is ignored.'),
    Text("Tulis: # align: abaikan[AL203] alasan.", "Write: # align: ignore[AL203] reason."),
)  # fmt: skip
EXPIRED = Rule(
    "AL905", "baseline-kedaluwarsa", WARNING, "mutu",
    Text("Batas waktu baseline sudah lewat", "A baseline entry has expired"),
    Text("{kode} di {tempat} boleh diabaikan sampai {sampai}; temuannya dihitung lagi.",
         "{kode} at {tempat} was put aside until {sampai}; the finding counts again."),
    Text("Perbaiki temuannya, atau perpanjang until dengan alasan.",
         "Mend the finding, or extend until with a reason."),
)  # fmt: skip
STALE = Rule(
    "AL906", "baseline-tak-terpakai", WARNING, "mutu",
    Text("Isi baseline tidak terpakai", "A baseline entry matches nothing"),
    Text("{kode} di {tempat} ada dalam baseline, tetapi temuannya sudah tidak ada.",
         "{kode} at {tempat} is in the baseline, but the finding is gone."),
    Text("Jalankan align baseline --prune.", "Run align baseline --prune."),
)  # fmt: skip
UNUSED_PATTERN = Rule(
    "AL907", "per-file-tak-terpakai", WARNING, "mutu",
    Text("per_file tidak terpakai", "A per_file entry matches nothing"),
    Text('per_file "{pola}" mengabaikan {kode}, tetapi tidak ada temuan itu.',
         'per_file "{pola}" ignores {kode}, but there is no such finding.'),
    Text("Hapus kode atau polanya dari konfigurasi.", "Remove the code or the pattern from the configuration."),
)  # fmt: skip

RULES = (NO_REASON, UNUSED, UNKNOWN, MALFORMED, EXPIRED, STALE, UNUSED_PATTERN)
