"""Build what docs/tutorial.md needs: the example sheet, what the program prints at each step, and two recordings.

    python tools/build_tutorial.py [--check]

The steps of the page run in order in a folder that holds only the sheet. A block ```sh has the commands of a step, and
"kode N" behind it the exit code of the last one where it is not 0; the block ```text behind it shows what they print,
and is refreshed here where it no longer fits; a line "..." in it stands for any lines. A table under the comment
``<!-- isi FILE -->`` names cells of a spreadsheet and what the reader is told to write there. With --check nothing is
written; the exit code tells whether anything is out of date.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from alignment_cli.index.store import open_index

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "tutorial.md"
FOLDER = ROOT / "docs" / "tutorial"
SHEET = "rkpd-contoh-raya.xlsx"
TITLE = ("RENCANA KERJA PEMERINTAH DAERAH (RKPD)", "KABUPATEN CONTOH RAYA", "TAHUN 2027")
"""There is no such regency; the money and the places are made up, the codes and names are the official ones."""
HEALTH, WORKS = "Dinas Kesehatan", "Dinas Pekerjaan Umum dan Penataan Ruang"
PLAN = {
    HEALTH: {
        "1.02.01": [("2.01.0001", 42_500_000, 4), ("2.02.0001", 38_750_000_000, 1_140)],
        "1.02.02": [
            ("2.01.0006", 6_400_000_000, 3), ("2.01.0023", 11_250_000_000, 12), ("2.02.0001", 1_180_500_000, 4_310),
            ("2.02.0004", 945_000_000, 15_240), ("2.02.0015", 1_620_000_000, 2), ("2.02.0040", 785_300_000, 612),
        ],
        "1.02.03": [("2.02.0005", 2_310_000_000, 46), ("2.03.0001", 540_000_000, 120)],
        "1.02.04": [("2.06.0001", 187_600_000, 85)],
        "1.02.05": [("2.01.0001", 265_000_000, 2), ("2.02.0001", 310_400_000, 3)],
    },
    WORKS: {
        "1.03.01": [("2.01.0001", 36_800_000, 4), ("2.02.0001", 14_920_000_000, 312)],
        "1.03.02": [
            ("2.01.0073", 1_870_000_000, 14), ("2.02.0014", 9_450_000_000, 22), ("2.02.0021", 2_125_000_000, 68),
            ("2.02.0030", 160_000_000, 11),
        ],
        "1.03.03": [("2.01.0028", 7_800_000_000, 20), ("2.01.0032", 3_240_000_000, 850)],
        "1.03.05": [("2.01.0051", 2_960_000_000, 400), ("2.01.0037", 725_000_000, 1)],
        "1.03.06": [("2.01.0031", 1_350_000_000, 3)],
        "1.03.10": [
            ("2.01.0051", 5_600_000_000, 145), ("2.01.0055", 18_300_000_000, 27), ("2.01.0069", 12_750_000_000, 90),
            ("2.01.0043", 215_000_000, 310),
        ],
        "1.03.12": [("2.02.0005", 890_000_000, 1)],
    },
}  # fmt: skip
"""Office, programme, sub-activities: (rest of the code, rupiah, target)."""
OWN = ("PROGRAM CONTOH RAYA BERSINAR", 1_500_000_000)
"""A programme of the regent's own, with a name that says nothing and no code."""
DAMAGED = "1.03.06"
"""The code that the sheet holds as Excel spoils it: as the date 1 March 2006."""
MISSPELT = {"1.02.05": "PROGRAM PEMBERDAYAAN MASYARKAT BIDANG KESEHATAN"}
CLAIMS = {"1.03.10": "3", "1.02.05": "8"}
"""Asta Cita that the sheet claims; the second is wrong on purpose."""
PLACES = ("Kec. Sukamaju", "Kec. Tanjung Baru", "Semua kecamatan")
FUNDS = ("DAU", "PAD", "DAK Fisik")
MADE = datetime(2026, 1, 1)  # noqa: DTZ001 - Excel knows no time zones


class Line(NamedTuple):
    """A row of the sheet: level 0 is an office, 1 a programme, 2 a kegiatan, 3 a sub-activity."""

    level: int
    cells: tuple[Any, ...]


def lines() -> list[Line]:
    """Return the rows of the table."""
    known = {row[0]: row[1:] for row in open_index().all("SELECT kode, nama, indikator, satuan FROM nomenklatur")}
    found = []
    for office, programmes in PLAN.items():
        own = OWN[1] if office == HEALTH else 0
        money = sum(pagu for parts in programmes.values() for _, pagu, _ in parts) + own
        found.append(Line(0, ("", office.upper(), "", "", "", money, "", "", "", "")))
        for kode, parts in programmes.items():
            found += _programme(office, kode, parts, known)
        if own:
            found.append(Line(1, ("", OWN[0], "", "", "", own, "PAD", "Semua kecamatan", "", office)))
    return found


def _programme(office: str, kode: str, parts: list[tuple[str, int, int]], known: dict[str, Any]) -> list[Line]:
    def official(code: str) -> Any:
        return known.get(code) or known[f"X.XX.{code.split('.', 2)[2]}"]

    shown: Any = datetime(2006, 3, 1) if kode == DAMAGED else kode  # noqa: DTZ001
    name = MISSPELT.get(kode, official(kode)[0])
    found = [
        Line(1, (shown, name, "", "", "", sum(pagu for _, pagu, _ in parts), "", "", CLAIMS.get(kode, ""), office))
    ]
    above = ""
    for number, (rest, pagu, target) in enumerate(parts):
        kegiatan = f"{kode}.{rest.rpartition('.')[0]}"
        if kegiatan != above:
            money = sum(pagu for other, pagu, _ in parts if f"{kode}.{other}".startswith(f"{kegiatan}."))
            found.append(Line(2, (kegiatan, official(kegiatan)[0], "", "", "", money, "", "", "", office)))
            above = kegiatan
        nama, indikator, satuan = official(f"{kode}.{rest}")
        place, fund = PLACES[(pagu // 100_000) % len(PLACES)], FUNDS[number % len(FUNDS)]
        found.append(Line(3, (f"{kode}.{rest}", nama, indikator, target, satuan, pagu, fund, place, "", office)))
    return found


HEAD = ("Kode", "Urusan/Bidang Urusan/Program/Kegiatan/Sub Kegiatan", "Indikator Kinerja", "Target", "Satuan",
        "Pagu Indikatif (Rp)", "Sumber Dana", "Lokasi", "Asta Cita", "Perangkat Daerah")  # fmt: skip
UPPER = {3: "Rencana Tahun 2027"}
WIDTHS = (20, 60, 50, 10, 14, 22, 14, 20, 10, 36)


def sheet() -> bytes:
    """Return the workbook: titles, a header of two rows with merged cells, the table, the total, a signature."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": MADE})
    page = book.add_worksheet("RKPD 2027")
    bold, date = book.add_format({"bold": True}), book.add_format({"num_format": "d.mm.yy", "align": "left"})
    money = book.add_format({"num_format": "#,##0"})
    head = book.add_format({"bold": True, "border": 1, "text_wrap": True, "align": "center", "valign": "vcenter"})
    for number, text in enumerate(TITLE):
        page.merge_range(number, 0, number, len(HEAD) - 1, text, bold)
    top = len(TITLE) + 1
    for column, (title, width) in enumerate(zip(HEAD, WIDTHS, strict=True)):
        page.set_column(column, column, width)
        if column not in (3, 4, 5):
            page.merge_range(top, column, top + 1, column, title, head)
        else:
            page.write(top + 1, column, title, head)
    page.merge_range(top, 3, top, 5, UPPER[3], head)
    made = lines()
    for number, line in enumerate(made, top + 2):
        for column, value in enumerate(line.cells):
            if isinstance(value, datetime):
                page.write_datetime(number, column, value, date)
            elif value != "":
                page.write(number, column, value, money if isinstance(value, int) else bold if line.level < 2 else None)  # noqa: PLR2004
    last = top + 2 + len(made)
    page.write(last, 1, "JUMLAH", bold)
    page.write(last, 5, sum(line.cells[5] for line in made if line.level == 0), money)
    page.write(last + 2, 7, "Contoh Raya, 12 Januari 2026")
    page.write(last + 3, 7, "Kepala Bappeda")
    book.close()
    return out.getvalue()


BLOCK = re.compile(
    r"^```(?P<kind>sh|text)(?: kode (?P<code>\d+))?\n(?P<body>.*?)^```$"
    r"|^<!-- isi (?P<file>\S+) -->\n+(?P<cells>(?:\|[^\n]*\n)+)",
    re.MULTILINE | re.DOTALL,
)
SHOWN = 100
"""Width of the terminal in characters."""
TODAY = "2026-06-01"
"""The day on which the decisions of the page are made."""


class Step(NamedTuple):
    """Commands, the exit code that the last one is to have, and what they show, or cells to fill in `file`. `place` is
    where the shown text stands in the page.
    """

    commands: list[str]
    code: int = 0
    shown: str | None = None
    place: tuple[int, int] = (0, 0)
    file: str = ""
    cells: tuple[tuple[str, str], ...] = ()


def steps(page: str) -> list[Step]:
    """Return the steps of the page."""
    found: list[Step] = []
    for block in BLOCK.finditer(page):
        if block["file"]:
            cells = re.findall(r"^\| ([A-Z]+\d+) \| (.*?) \|$", block["cells"], re.MULTILINE)
            found.append(Step([], file=block["file"], cells=tuple(cells)))
        elif block["kind"] == "sh":
            found.append(Step(block["body"].splitlines(), int(block["code"] or 0)))
        elif found and found[-1].commands and found[-1].shown is None:
            found[-1] = found[-1]._replace(shown=block["body"], place=block.span("body"))
    return found


def play(found: list[Step], folder: Path) -> list[tuple[str, int]]:
    """Run all steps in a folder; return what each shows and the exit code of its last command."""
    shutil.copy(FOLDER / SHEET, folder)
    played = []
    for step in found:
        if step.file:
            fill(folder / step.file, dict(step.cells))
        texts, code = [], 0
        for command in step.commands:
            text, code = run(command, folder)
            texts.append(text)
        played.append(("".join(texts), code))
    return played


def run(command: str, folder: Path, color: str = "never") -> tuple[str, int]:
    """Run one line of a step in a folder; return what a terminal shows of it, and the exit code. Besides `align` only
    `rm` is known.
    """
    program, *words = shlex.split(command)
    if program == "rm":
        (folder / words[0]).unlink()
        return "", 0
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("ALIGN_", "GITHUB_"))}
    environment |= {"COLUMNS": str(SHOWN), "ALIGN_TODAY": TODAY}
    if color == "never":
        environment["NO_COLOR"] = "1"
    done = subprocess.run(
        [sys.executable, "-m", "alignment_cli", *words, *(["--color", color] if color != "never" else [])],
        cwd=folder, env=environment, check=False, encoding="utf-8",
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    return re.sub(r"[ \t]+$", "", done.stdout, flags=re.MULTILINE), done.returncode


def fill(path: Path, cells: dict[str, str]) -> None:
    """Write texts into empty cells of a workbook's first sheet, as a person would in Excel."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    text = parts[FIRST].decode()
    for cell, value in cells.items():
        made = f'<c r="{cell}"\\1 t="inlineStr"><is><t>{escape(value)}</t></is></c>'
        text, count = re.subn(rf'<c r="{cell}"( s="\d+")?/>', made, text)
        if count != 1:
            raise ValueError(cell)
    parts[FIRST] = text.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)


FIRST = "xl/worksheets/sheet1.xml"
RECORDED = {"check.svg": "align check", "laporan.svg": "align report"}
"""Pictures of the terminal: what these commands show at the end of the page, in colours."""
DRAWING = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
"""Fonts that the picture would load from elsewhere."""


def picture(command: str, folder: Path) -> str:
    """Return a picture of the terminal after a command."""
    from rich.console import Console
    from rich.text import Text

    text, _ = run(command, folder, "always")
    console = Console(record=True, width=SHOWN, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    console.print(Text.from_ansi(f"> {command}\n\n{text}"), soft_wrap=True)
    return DRAWING.sub("", console.export_svg(title=command, unique_id="align")) + "\n"


def fits(shown: str, real: str) -> bool:
    """Tell whether a shown text is the real one, where a line "..." stands for any lines."""
    parts = [re.escape(part) for part in re.split(r"^\.\.\.\n", shown, flags=re.MULTILINE)]
    return re.fullmatch("(?:.*\n)*?".join(parts), real) is not None


def refreshed(page: str, played: list[tuple[str, int]]) -> str:
    """Return the page with what the steps show; what a line "..." left out stays out where the rest still fits."""
    for step, (real, _) in reversed(list(zip(steps(page), played, strict=True))):
        if step.shown is not None and not fits(step.shown, real):
            page = page[: step.place[0]] + real + page[step.place[1] :]
    return page


def build(page: str) -> tuple[dict[Path, bytes], list[str]]:
    """Return all files as they should be, and what went wrong on the way."""
    wrong = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        played = play(steps(page), folder)
        pictures = {FOLDER / file: picture(command, folder).encode() for file, command in RECORDED.items()}
    for step, (real, code) in zip(steps(page), played, strict=True):
        if code != step.code:
            wrong.append(f"{step.commands[-1]}: {code}\n{real}")
    return {FOLDER / SHEET: sheet(), PAGE: refreshed(page, played).encode(), **pictures}, wrong


def main() -> int:
    """Build all, or check that it is up to date."""
    check = "--check" in sys.argv[1:]
    FOLDER.mkdir(exist_ok=True)
    if not check:
        (FOLDER / SHEET).write_bytes(sheet())
    made, wrong = build(PAGE.read_text("utf-8"))
    stale = [path for path, content in made.items() if not path.is_file() or path.read_bytes() != content]
    for path in stale if not check else ():
        path.write_bytes(made[path])
    print("\n".join(wrong) or ", ".join(path.name for path in stale) or "up to date")
    return 1 if wrong or (stale and check) else 0


if __name__ == "__main__":
    sys.exit(main())
