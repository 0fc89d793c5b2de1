"""What fuzzing starts from: small files of every kind that the project has, and words that mean something in them."""

from __future__ import annotations

import csv
import io
import re
import tempfile
from functools import cache
from pathlib import Path

from ruamel.yaml import YAML

import sheet_makers as make
from alignment_cli.index.store import PACKAGE
from alignment_cli.model import SHAPES, Berkas
from alignment_cli.sheet.region import DOCUMENTS

ROOT = Path(__file__).resolve().parents[2]
LARGEST = 1500
"""Bytes of the largest seed: many small inputs find more than few large ones."""
HEADER = "versi: 1\ndaerah: {nama: Kabupaten Contoh, tingkat: kabupaten}\ndokumen: RKPD\ntahun: 2026\n"


@cache
def programmes() -> list[bytes]:
    """Programme files: samples, every example of a rule, and every programme of the shipped regions by itself."""
    found = [path.read_bytes() for path in sorted((ROOT / "tests" / "samples").glob("*.yaml"))]
    reader = YAML(typ="safe")
    for path in sorted((ROOT / "tests" / "cases").glob("*.yaml")):
        found += map(_case, reader.load(path.read_text(encoding="utf-8"))["cases"])
    for path in sorted((PACKAGE / "rules" / "pages").glob("*.yaml")):
        page = reader.load(path.read_text(encoding="utf-8"))
        found += [text.encode() for text in _texts(page) if text.startswith(("program:", "versi:"))]
    for path in sorted((ROOT / "data" / "programs").glob("*.yaml")):
        found += [part.encode() for part in _parts(path.read_text(encoding="utf-8"))]
    return list(dict.fromkeys(raw for raw in found if len(raw) <= LARGEST))


def _case(case: dict[str, str]) -> bytes:
    if "bytes" in case:
        return bytes.fromhex(case["bytes"])
    text = case["source"] if "source" in case else case["program"] + HEADER
    return text.replace("\n", case.get("newline", "\n")).encode(case.get("encoding", "utf-8"))


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for part in parts for text in _texts(part)]


def _parts(text: str) -> list[str]:
    """Return the header of a file with each of its programmes."""
    head, _, body = text.partition("\nprogram:\n")
    return [f"{head}\nprogram:\n{part}" for part in re.split(r"(?m)^(?=  - )", body) if part.strip()]


@cache
def sheets() -> list[bytes]:
    """Every layout in which offices hand plans round, as CSV and as .xlsx."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for number, (name, layout) in enumerate(sorted(make.LAYOUTS.items())):
            for seed, money in enumerate(make.MONEY.values()):
                rows, merges = layout(make.plan(seed + number, 1 + seed % 2), money)
                found.append(as_csv(rows, ";,\t|"[seed % 4]))
                if seed % 3 == 0:
                    path = make.write_xlsx(Path(folder) / f"{name}{seed}.xlsx", {"Data": (rows, merges)})
                    found.append(path.read_bytes())
            found.append(make.write_ods(Path(folder) / f"{name}.ods", {"Data": rows}).read_bytes())
    return [*found, (ROOT / "tests" / "sheets" / "lama.xls").read_bytes()]


def as_csv(rows: list[list[object]], delimiter: str) -> bytes:
    """Return a table as CSV."""
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    return stream.getvalue().encode("utf-8", "replace")


@cache
def words() -> list[str]:
    """Keys, values and signs that mean something in a programme file or in YAML."""
    keys = {name for shape in (Berkas, *SHAPES.values()) for name in shape.model_fields}
    slips = {key[:-1] for key in keys} | {key.upper() for key in keys} | {key.replace("_", " ") for key in keys}
    return sorted(keys) + sorted(slips) + [*(name for name, _ in DOCUMENTS), *VALUES, *SIGNS, *TEXTS]


VALUES = [
    "1",
    "0",
    "-1",
    "1.0",
    "1e3",
    "0x1F",
    "0o17",
    ".5",
    ".inf",
    ".nan",
    "1_500_000",
    "Rp1.500.000,-",
    "1.500",
    "1,5",
    "012",
    "5.010",
    "1.02.02",
    "1.02.02.2.01.0001",
    "2026",
    "1999",
    "99999999999999999999",
    "4",
    "AC4",
    "ac5",
    "PN6",
    "AC9",
    "1-8",
    "true",
    "false",
    "null",
    "~",
    "yes",
    "no",
    "ditolak",
    "disetujui",
    "dinyatakan",
    "utama",
    "pendukung",
    "kabupaten",
    "provinsi",
    "kota",
    "13.11",
    "2026-02-09",
    "2026-02-30",
    "Rp.",
    "100%",
    "120",
    "stunting",
    "MBG",
    "persen",
]
SIGNS = (
    ": ", "- ", "? ", "[", "]", "{", "}", ",", "#", " # ", "&a ", "*a", "<<: *a", "!!str ", "!x ",
    "!!python/object:os.x ",
    "|", ">", "|+", ">-", "'", '"', "---", "...", "%YAML 1.1\n", "%TAG ! x\n", "@", "`", "\\", "\\ud83d", '"\\ud800"',
    "\t",
    "\n", "\r\n", "\r", "\n\n", "\x85", "\u2028", "\u2029", "\ufeff", "\u200b", "\u202e", "\xa0",
    "\x1b[31m", "\x07", "\x00",
    "é", "e\u0301", "ß", "İ", "😀", "ﬁ", "١٢٣", "²", "<script>", "=1+1", "&amp;", "::error::x", "|x|", "`x`", "]]>",
    "{0}", "%s", "# align: abaikan[AL201] alasan", "# align: ignore[AL105,AL302] reason",
    "# align: abaikan[AL999]", "# align: abaikan",
)  # fmt: skip
TEXTS = (
    "Program Penyelengaraan Jalan", "Dinas  Kesehatan", "DINAS KESEHATAN", "Makan Bergizi Gratis", "Gotong royong",
    "[{tujuan: AC4, porsi: 50}, {tujuan: AC5, porsi: 50}]", "{nama: x, satuan: y, target: 1}", "[x, y]", "nama: y",
)  # fmt: skip
