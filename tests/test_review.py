"""`align review`: out as a workbook and back into the files; nothing a person wrote or decided is lost."""

from __future__ import annotations

import random
import re
import zipfile

import pytest
from typer.testing import CliRunner

import review_sheets as sheets
from alignment_cli import edit, load, run, source
from alignment_cli.cli import app
from alignment_cli.label.ask import Person
from alignment_cli.label.decide import Decision, Wanted, holds
from alignment_cli.label.identify import identity, mapping_at, routes
from alignment_cli.label.plan import Plan
from alignment_cli.label.queue import queue
from alignment_cli.priorities import goal_hash
from alignment_cli.review import columns, workbook
from alignment_cli.review.apply import Import
from alignment_cli.review.read import read_sheet
from alignment_cli.review.rows import Row
from alignment_cli.sheet.grid import letters
from test_label import CLAIM, CONFLICT, DAY, FILE, HEAD, SMALL, SURE, kept, links

ENVIRONMENT = "Program Pengendalian Pencemaran dan/atau Kerusakan Lingkungan Hidup"
HEALTH = "Program Pemenuhan Upaya Kesehatan Perorangan dan Upaya Kesehatan Masyarakat"
REGISTER = "Program Pendaftaran Penduduk"
ROWS = {HEALTH: 2, ENVIRONMENT: 3, REGISTER: 4}
"""Rows of the sheet made of `FILE`."""


@pytest.fixture(autouse=True)
def surroundings(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ALIGN_TODAY", DAY)
    monkeypatch.setenv("ALIGN_OLEH", "Bappeda")


@pytest.fixture
def plan(tmp_path):
    path = tmp_path / "rencana.yaml"
    path.write_bytes(FILE.encode())
    return path


@pytest.fixture
def sheet(tmp_path, plan):
    align("export", plan.name)
    return tmp_path / "tinjau.xlsx"


def align(*args, expect=0):
    result = CliRunner().invoke(app(["review"]), ["review", *map(str, args)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == expect, result.output
    return result


def at(key, row):
    return f"{letters(columns.KEYS.index(key))}{row}"


def filled(row, **cells):
    return {at(key, row): value for key, value in cells.items()}


def part(path, name):
    with zipfile.ZipFile(path) as archive:
        return archive.read(name).decode()


class TestExport:
    def test_the_same_input_gives_the_same_bytes(self, sheet, plan, tmp_path):
        align("export", plan.name, "-o", "lagi.xlsx")
        assert (tmp_path / "lagi.xlsx").read_bytes() == sheet.read_bytes()

    def test_what_makes_it_safe_to_fill_in(self, sheet):
        text = part(sheet, sheets.SHEET)
        assert '<pane xSplit="3" ySplit="1" topLeftCell="D2" activePane="bottomRight" state="frozen"/>' in text
        assert "<sheetProtection " in text
        assert "password" not in text
        assert text.count("<dataValidation ") == len(columns.FILLED)
        assert "<formula1>Petunjuk!$A$9:$A$16</formula1>" in text
        assert "terima,pilih lain,tolak,lewati" in text
        assert text.count("<cfRule ") == 9
        last = columns.KEYS.index("identitas") + 1
        assert re.search(rf'<col min="{last}" max="{last}"[^>]* hidden="1"', text)
        assert f'<autoFilter ref="A1:{letters(last - 1)}4"/>' in text
        styles = part(sheet, "xl/styles.xml")
        assert styles.count('<protection locked="0"/>') == 2  # text and date

    def test_only_decision_cells_are_unlocked(self, sheet):
        formats = re.findall(r"<xf [^>]*/>|<xf .*?</xf>", part(sheet, "xl/styles.xml").split("<cellXfs")[1])
        text = part(sheet, sheets.SHEET)
        for key in columns.KEYS:
            style = int(re.search(rf'<c r="{at(key, 2)}" s="(\d+)"', text)[1])
            assert ('locked="0"' in formats[style]) == (key in columns.FILLED), key

    def test_texts_are_never_formulas(self, tmp_path):
        (tmp_path / "a.yaml").write_text(
            HEAD + CONFLICT.replace("nama: Program", 'nama: "=HYPERLINK(1) \\u0007 Program').replace(
                "Lingkungan Hidup\n", 'Lingkungan Hidup"\n', 1))  # fmt: skip
        align("export", "a.yaml")
        text = part(tmp_path / "tinjau.xlsx", sheets.SHEET)
        assert "<f>" not in text
        assert "=HYPERLINK(1)" in part(tmp_path / "tinjau.xlsx", "xl/sharedStrings.xml")

    def test_a_sheet_with_decisions_is_not_replaced(self, sheet, plan):
        before = sheet.read_bytes()
        assert "sudah ada" in align("export", plan.name, expect=2).stderr
        assert sheet.read_bytes() == before
        assert ".xlsx" in align("export", plan.name, "-o", "x.csv", expect=2).stderr

    def test_english(self, plan, tmp_path):
        align("export", plan.name, "--lang", "en")
        text = part(tmp_path / "tinjau.xlsx", sheets.SHEET)
        assert "accept,choose other,reject,skip" in text
        assert "<formula1>Guide!" in text
        sheets.fill(tmp_path / "tinjau.xlsx", filled(3, keputusan="accept") | filled(2, keputusan="reject"))
        said = align("import", "tinjau.xlsx", "--lang", "en", expect=1).output
        assert "Review!O2: a rejection needs a reason." in said
        assert "Written: 1; unchanged: 0; skipped: 0; not decided: 1; rows that could not be written: 1." in said

    def test_nothing_waits(self, tmp_path):
        (tmp_path / "a.yaml").write_text(HEAD + SURE)
        assert "tidak ada butir" in align("export", "a.yaml").stderr
        assert not (tmp_path / "tinjau.xlsx").exists()
        align("export", "a.yaml", "--all")
        assert (tmp_path / "tinjau.xlsx").exists()


class TestImport:
    def test_decisions_are_written(self, sheet, plan):
        sheets.fill(sheet, {
            **filled(ROWS[HEALTH], keputusan="pilih lain", tujuan="AC4", alasan='=kesehatan: "dasar"', oleh="Dinkes",
                     tanggal=46341),
            **filled(ROWS[ENVIRONMENT], keputusan="Terima "),
            **filled(ROWS[REGISTER], keputusan="tolak", alasan="label urusan", tanggal="5/11/2026"),
            at("alasan", ROWS[HEALTH]): 'kesehatan: "dasar" # ya',
        })  # fmt: skip
        said = align("import", sheet.name).output
        assert said == ("Ditulis: 3; tidak berubah: 0; dilewati: 0; belum diputuskan: 0; "
                        "baris yang tidak dapat ditulis: 0.\n")  # fmt: skip
        assert kept(FILE, plan.read_text())
        found = {name: own[0] for name, own in links(plan).items() if own}
        assert {name: (link.tujuan, link.status, link.oleh, link.tanggal) for name, link in found.items()} == {
            HEALTH: ("AC4", "disetujui", "Dinkes", "2026-11-15"),
            ENVIRONMENT: ("AC2", "disetujui", "Bappeda", DAY),
            REGISTER: ("AC7", "ditolak", "Bappeda", "2026-11-05"),
        }
        assert found[HEALTH].alasan == 'kesehatan: "dasar" # ya'
        assert found[ENVIRONMENT].alasan.startswith("kode 2.11.03 > KP 02.17.01")

    def test_twice_is_once_even_on_another_day(self, sheet, plan, monkeypatch):
        sheets.fill(sheet, filled(2, keputusan="tolak", alasan="bukan") | filled(3, keputusan="terima"))
        align("import", sheet.name)
        before = plan.read_bytes()
        monkeypatch.setenv("ALIGN_TODAY", "2026-12-31")
        assert "Ditulis: 0; tidak berubah: 2" in align("import", sheet.name).output
        assert plan.read_bytes() == before

    def test_a_sheet_can_be_filled_in_bit_by_bit(self, sheet, plan):
        sheets.fill(sheet, filled(2, keputusan="tolak", alasan="bukan") | filled(4, keputusan="lewati"))
        assert "dilewati: 1" in align("import", sheet.name).output
        sheets.fill(sheet, filled(3, keputusan="terima"))
        assert "Ditulis: 1; tidak berubah: 1; dilewati: 1" in align("import", sheet.name).output
        assert sum(map(len, links(plan).values())) == 2

    def test_a_rejected_claim_is_pointed_out(self, sheet):
        sheets.fill(sheet, filled(2, keputusan="tolak", alasan="bukan"))
        assert "Tinjau!M2: rencana.yaml:16: asta_cita masih menyatakan AC2" in align("import", sheet.name).output

    def test_the_older_main_goal_stays(self, plan, tmp_path):
        mark = 'status: disetujui, alasan: a, oleh: b, goal_hash: "000000000000"'
        plan.write_text(f"{HEAD}{CONFLICT.rstrip()}\n    keselarasan: [{{tujuan: AC2, {mark}}}]\n")
        align("export", plan.name)
        sheets.fill(tmp_path / "tinjau.xlsx", filled(2, keputusan="pilih lain", tujuan="AC3"))
        assert "AC3 ditulis sebagai pendukung" in align("import", "tinjau.xlsx").output
        assert [(link.tujuan, link.peran) for link in links(plan)[ENVIRONMENT]] == [
            ("AC2", "utama"),
            ("AC3", "pendukung"),
        ]

    def test_diff_writes_nothing(self, sheet, plan):
        sheets.fill(sheet, filled(3, keputusan="terima"))
        result = align("import", sheet.name, "--diff")
        assert plan.read_text() == FILE
        assert "+      - {tujuan: AC2, peran: utama, status: disetujui" in result.stdout
        assert "Ditulis: 1" in result.stderr

    def test_who_decides(self, sheet, monkeypatch):
        monkeypatch.delenv("ALIGN_OLEH")
        sheets.fill(sheet, filled(3, keputusan="terima"))
        assert "Tinjau!M3: tidak ada nama" in align("import", sheet.name, expect=1).output
        assert "Ditulis: 1" in align("import", sheet.name, "--oleh", "Bappeda").output


WRONG = {
    "unknown decision": ({"keputusan": "setuju"}, "keputusan", 'keputusan "setuju" tidak dikenal'),
    "number as decision": ({"keputusan": 1}, "keputusan", "1: di sini diharapkan teks"),
    "unknown goal": ({"keputusan": "pilih lain", "tujuan": "AC9"}, "tujuan", 'tujuan "AC9" tidak dikenal'),
    "no goal": ({"keputusan": "pilih lain"}, "tujuan", "perlu Tujuan pilihan"),
    "number as goal": ({"keputusan": "pilih lain", "tujuan": 4}, "tujuan", "diharapkan teks"),
    "contradiction": ({"keputusan": "terima", "tujuan": "AC5"}, "tujuan", "tertulis AC5"),
    "contradicted rejection": ({"keputusan": "tolak", "tujuan": "AC5", "alasan": "a"}, "tujuan", "tertulis AC5"),
    "no reason": ({"keputusan": "tolak"}, "alasan", "penolakan perlu alasan"),
    "blank reason": ({"keputusan": "tolak", "alasan": "  "}, "alasan", "penolakan perlu alasan"),
    "number as reason": ({"keputusan": "tolak", "alasan": 7}, "alasan", "7: di sini diharapkan teks"),
    "number as name": ({"keputusan": "terima", "oleh": 7.5}, "oleh", "7.5: di sini diharapkan teks"),
    "reason without decision": ({"alasan": "ya"}, "alasan", "Keputusan kosong"),
    "goal without decision": ({"tujuan": "AC4"}, "tujuan", "Keputusan kosong"),
    "bad date": ({"keputusan": "terima", "tanggal": "besok"}, "tanggal", '"besok" bukan tanggal'),
    "no such day": ({"keputusan": "terima", "tanggal": "31/2/2026"}, "tanggal", "bukan tanggal"),
    "far date": ({"keputusan": "terima", "tanggal": "3026-01-01"}, "tanggal", "bukan tanggal"),
    "formula as decision": ({"keputusan": '=A1&"terima"'}, "keputusan", "memuat rumus"),
    "formula as reason": ({"keputusan": "tolak", "alasan": "=B2"}, "alasan", "memuat rumus"),
    "changed code": ({"keputusan": "terima", "kode": "2.11.04"}, "kode", "sel terlindung"),
    "code as number": ({"keputusan": "terima", "kode": 2.11}, "kode", "sel terlindung"),
    "changed name": ({"nama": "Lain"}, "nama", "sel terlindung"),
    "changed proposal": ({"keputusan": "terima", "usulan": "AC5"}, "usulan", "sel terlindung"),
    "changed ceiling": ({"keputusan": "terima", "pagu": 5}, "pagu", "sel terlindung"),
    "emptied evidence": ({"keputusan": "terima", "bukti": None}, "bukti", "sel terlindung"),
    "changed identity": ({"keputusan": "terima", "identitas": "[1, 2]"}, "identitas", "identitas baris ini"),
    "emptied identity": ({"keputusan": "terima", "identitas": None}, "identitas", "identitas baris ini"),
}


class TestTampering:
    @pytest.mark.parametrize("name", WRONG)
    def test_it_is_said_cell_by_cell_and_the_rest_is_written(self, sheet, plan, name):
        cells, key, why = WRONG[name]
        sheets.fill(sheet, filled(3, **cells) | filled(4, keputusan="terima"))
        said = align("import", sheet.name, expect=1).output
        line = next(line for line in said.splitlines() if f"Tinjau!{at(key, 3)}:" in line)
        assert why in line
        assert "Ditulis: 1;" in said
        assert "tidak dapat ditulis: 1." in said
        assert {name for name, own in links(plan).items() if own} == {REGISTER}

    def test_an_identity_of_another_row(self, sheet, plan):
        """Identities that changed places no longer fit what is read beside them."""
        book = load_identities(sheet)
        sheets.fill(sheet, filled(2, keputusan="terima", identitas=book[3]) | filled(3, identitas=book[2]))
        assert "sel terlindung" in align("import", sheet.name, expect=1).output
        assert plan.read_text() == FILE

    def test_a_row_that_was_copied(self, sheet, plan):
        book = load_identities(sheet)
        same = {at(key, 3): book_cell for key, book_cell in cells_of(sheet, 2).items()}
        sheets.fill(sheet, same | filled(2, keputusan="terima") | filled(3, keputusan="tolak", alasan="a"))
        said = align("import", sheet.name, expect=1).output
        assert said.count("memutuskan butir yang sama") == 2
        assert plan.read_text() == FILE
        sheets.fill(sheet, filled(3, keputusan="terima", alasan=None))
        assert "Ditulis: 1; tidak berubah: 1" in align("import", sheet.name).output
        assert book[2] != book[3]

    @pytest.mark.parametrize(("key", "expect"), [("alasan", 1), ("bukti", 0), ("keputusan", 2), ("identitas", 2)])
    def test_a_column_without_its_title(self, sheet, plan, key, expect):
        sheets.fill(sheet, {at(key, 1): "Lain"} | filled(3, keputusan="terima"))
        result = align("import", sheet.name, expect=expect)
        assert ("tidak ada" in result.output) or ("tidak ada lembar" in result.stderr)
        assert (plan.read_text() == FILE) == (expect == 2)

    def test_a_title_that_stands_twice(self, sheet, plan):
        sheets.fill(sheet, {at("alasan", 1): "Keputusan"})
        assert f"dua kali: Tinjau!{at('keputusan', 1)}, Tinjau!{at('alasan', 1)}" in align(
            "import", sheet.name, expect=2).stderr  # fmt: skip
        assert plan.read_text() == FILE

    def test_columns_that_moved(self, sheet, plan):
        """Titles say what a column holds, not places."""
        sheets.fill(sheet, {
            at("alasan", 1): "Oleh", at("oleh", 1): "Alasan",
            **filled(3, keputusan="tolak", alasan="Dinas LH", oleh="bukan urusan ini"),
        })  # fmt: skip
        align("import", sheet.name)
        assert [(link.alasan, link.oleh) for link in links(plan)[ENVIRONMENT]] == [("bukan urusan ini", "Dinas LH")]

    def test_a_sheet_that_was_renamed(self, sheet, plan):
        with zipfile.ZipFile(sheet) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b'name="Tinjau"', b'name="Rapat 5"')
        with zipfile.ZipFile(sheet, "w") as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
        sheets.fill(sheet, filled(2, keputusan="tolak") | filled(3, keputusan="terima"))
        assert "'Rapat 5'!O2: penolakan perlu alasan" in align("import", sheet.name, expect=1).output
        assert len(links(plan)[ENVIRONMENT]) == 1

    @pytest.mark.parametrize("content", [b"", b"PK\x03\x04 rusak", b"%PDF-1.7", b"a,b\n1,2\n", b"\xd0\xcf\x11\xe0"])
    def test_no_review_sheet(self, tmp_path, content):
        (tmp_path / "x.xlsx").write_bytes(content)
        assert "x.xlsx" in align("import", "x.xlsx", expect=2).stderr
        assert "hilang.xlsx" in align("import", "hilang.xlsx", expect=2).stderr


def cells_of(path, row):
    """All cells of a row as they would be typed."""
    from alignment_cli.sheet.read import open_book

    grid = open_book(path).grids[0]
    return dict(zip(columns.KEYS, [cell if cell != "" else None for cell in grid.rows[row - 1]], strict=True))


def load_identities(path):
    return {row: cells_of(path, row)["identitas"] for row in (2, 3, 4)}


class TestChangedMeanwhile:
    @pytest.mark.parametrize(("new", "why"), [
        (FILE.replace("program:\n", "program:\n  - nama: Baru\n"), ""),
        (FILE.replace("1_000_000_000", "7"), ""),
        (HEAD + CLAIM + CONFLICT, ""),
        (FILE.replace("Pencemaran", "Pencemar"), "tidak ada lagi"),
        (FILE.replace("per Juni\n", "per Juni\n    uraian: lain\n"), "berubah sejak dibaca"),
        (FILE.replace("Dinas Lingkungan Hidup", "Dinas Kehutanan"), "berubah sejak dibaca"),
        (FILE.replace("per Juni\n", "per Juni\n    asta_cita: 3\n"), "keselarasan butir ini berubah"),
        (FILE + CONFLICT, "beberapa butir"),
        ("a: [", "bukan YAML"),
        (None, "tidak dapat dibaca"),
    ])  # fmt: skip
    def test_the_item_is_found_by_content_or_reported(self, sheet, plan, new, why):
        sheets.fill(sheet, filled(3, keputusan="terima"))
        plan.unlink()
        if new is not None:
            plan.write_text(new)
        said = align("import", sheet.name, expect=1 if why else 0).output
        assert why in said
        if why:
            assert f"Tinjau!{at('keputusan', 3)}: " in said
            assert new is None or plan.read_text() == new
        else:
            assert kept(new, plan.read_text())
            assert [link.tujuan for link in links(plan)[ENVIRONMENT]] == ["AC2"]

    @pytest.mark.parametrize("name", ["\0", "x" * 5000, "", ".", "tiada/a.yaml"])
    def test_a_name_that_is_no_file(self, sheet, reference, name):
        (row,) = read_sheet(filled_in(sheet, filled(3, keputusan="terima")), reference.priorities).rows
        done = Import(reference.priorities, Person("b", DAY)).run(
            [row._replace(ticket=row.ticket._replace(berkas=name))]
        )
        assert [problem.where for problem in done.problems] == ["Tinjau!M3"]

    def test_another_decision_is_never_overwritten(self, sheet, plan):
        result = CliRunner().invoke(app(["label"]), ["label", str(plan)], input="l\no\nsudah diputuskan\ns\n")
        assert result.exit_code == 0
        before = plan.read_bytes()
        sheets.fill(sheet, filled(3, keputusan="terima"))
        assert "keselarasan butir ini berubah" in align("import", sheet.name, expect=1).output
        assert plan.read_bytes() == before

    def test_a_goal_that_changed(self, sheet, plan, reference):
        read = read_sheet(filled_in(sheet, filled(3, keputusan="terima")), reference.priorities)
        (row,) = read.rows
        old = row._replace(ticket=row.ticket._replace(tujuan={**row.ticket.tujuan, "AC2": "000000000000"}))
        done = Import(reference.priorities, Person("b", DAY)).run([old])
        assert [problem.where for problem in done.problems] == ["Tinjau!M3"]
        assert "tujuan ini berubah" in done.problems[0].why.id
        assert plan.read_text() == FILE


def filled_in(path, cells):
    sheets.fill(path, cells)
    return path


def test_every_message_has_both_languages(sheet, reference):
    for cells, _, _ in WRONG.values():
        sheets.fill(sheet, {at(key, 3): None for key in columns.FILLED} | filled(3, **cells))
        for problem in read_sheet(sheet, reference.priorities).problems:
            assert problem.why.id != problem.why.en


# A thousand cycles.

NAMES = [
    HEALTH,
    ENVIRONMENT,
    REGISTER,
    "Program Penyelenggaraan Jalan",
    "Program Penempatan Tenaga Kerja",
    "Suka Sapi",
    "Bantuan ternak",
    "Rapat koordinasi",
    "Pekan raya nagari",
]
CODES = [None, "1.02.02", "2.11.03", "2.12.02", "1.03.10", "2.07.04"]


class Life:
    """A programme file under random edits and decisions, and what has to hold of it."""

    def __init__(self, path, reference, seed):
        self.path, self.goals, self.reference = path, reference.priorities, reference
        self.chance = random.Random(seed)  # noqa: S311 - a test repeats itself
        self.counter = 0
        self.newline = self.chance.choice(["\n", "\r\n"])
        self.bom = self.chance.choice([b"", b"\xef\xbb\xbf"])
        self.decisions: dict[tuple[int, str], str] = {}
        text = HEAD + "".join(self.item() for _ in range(self.chance.randint(2, 5)))
        self.write(text.replace("\n", self.newline))

    def item(self):
        """Write an item in one of many ways; each is told apart by a number in its name."""
        self.counter += 1
        chance, number = self.chance, self.counter
        name = f"{chance.choice(NAMES)} {number}"
        kode = chance.choice(CODES)
        if chance.random() < 0.3:
            return f"  - {{nama: {name}, pagu: {chance.randint(0, 10**9)}{{}}}} # baris {number}\n".replace(
                "{}", f', kode: "{kode}"' if kode else "")  # fmt: skip
        lines = [f"  # butir {number}"] if chance.random() < 0.5 else []
        lines += [f"  - nama: {name}  # {number}"]
        if kode:
            lines.append(f'    kode: "{kode}"')
        extras = [
            "    pagu: 1_000_000",
            "    uraian: |",
            "    asta_cita: 2 # klaim",
            "    keselarasan:",
            "    keselarasan: []",
        ]
        extra = chance.choice([*extras, None])
        if extra is not None:
            lines.append(extra)
        if extra == "    uraian: |":
            lines += ["      satu", "", "      # bukan komentar"]
        if extra == "    keselarasan:" and chance.random() < 0.7:
            lines.append(f"      - tujuan: AC{chance.randint(1, 8)} # {number}")
        if chance.random() < 0.4:
            lines.append("")
        return "".join(f"{line}\n" for line in lines)

    def write(self, text):
        self.path.write_bytes(self.bom + text.encode())

    @property
    def text(self):
        raw = self.path.read_bytes()
        assert raw.startswith(self.bom)
        return raw.removeprefix(self.bom).decode()

    def result(self):
        return run.check_file(load.load(self.path, str(self.path)), self.reference)

    def note(self, name, decision):
        number = int(re.search(r"(\d+)$", name)[1])
        self.decisions[number, decision.tujuan] = (
            f"{decision.status}|{decision.alasan}|{decision.oleh}|{decision.tanggal}"
        )

    def reason(self):
        self.counter += 1
        return self.chance.choice(["ringkas", 'kutip "ganda"', "# pagar", "koma, titik: dua", "{a: b}", "é ñ"]) + str(
            self.counter
        )

    def hand_edit(self):
        """Change the file as a person does with an editor: a comment, a blank line, an item, another ceiling."""
        lines = self.text.split(self.newline)
        kind = self.chance.random()
        if kind < 0.4:
            tops = [n for n, line in enumerate(lines) if line.startswith("  - ")]
            self.counter += 1
            lines.insert(self.chance.choice(tops), f"  # catatan {self.counter}")
        elif kind < 0.7:
            tops = [n for n, line in enumerate(lines) if line.startswith("  - ")]
            at_line = self.chance.choice(tops)
            lines[at_line:at_line] = self.item().removesuffix("\n").split("\n")
        else:
            lines = [line.replace("1_000_000", str(self.chance.randint(1, 10**9)), 1) for line in lines]
        self.write(self.newline.join(lines))

    def label(self):
        """Decide on one item of the file, whichever."""
        plan = Plan.read(self.path, str(self.path))
        values = plan.values
        route = self.chance.choice(list(routes(values)))
        goal = self.chance.choice(self.goals.tujuan).kode
        status = self.chance.choice(["disetujui", "ditolak"])
        made = Decision(goal, status, self.reason(), "Bappeda", DAY, goal_hash(self.goals, goal))
        assert plan.put([Wanted(route, identity(values, route), made)], self.goals) == []
        self.note(mapping_at(values, route)["nama"], made)

    def review(self, sheet):
        """Export, fill in, sometimes edit the file meanwhile, and import, twice."""
        groups = queue([self.result()], self.goals, all_=True)
        if not groups:
            return
        plan = Plan.read(self.path, str(self.path))
        sheet.write_bytes(workbook.render(groups, {str(self.path): plan}, self.goals, "id"))
        entries = [entry for group in groups for entry in group]
        cells = {}
        for line, entry in enumerate(entries, 2):
            choice = self.chance.choice(
                ["pilih lain", "terima" if entry.offered else "", "tolak" if entry.offered else "", ""]
            )
            goal = self.chance.choice(self.goals.tujuan).kode if choice == "pilih lain" else entry.offered
            if choice:
                alasan = self.reason()
                cells |= filled(line, keputusan=choice, alasan=alasan, oleh="Rapat", tanggal="2026-11-05")
                cells |= filled(line, tujuan=goal) if choice == "pilih lain" else {}
                status = "ditolak" if choice == "tolak" else "disetujui"
                self.note(entry.judged.item.nama, Decision(goal, status, alasan, "Rapat", "2026-11-05", ""))
        sheets.fill(sheet, cells)
        if self.chance.random() < 0.4:
            self.hand_edit()
        before = self.text
        read = read_sheet(sheet, self.goals)
        done = Import(self.goals, Person("x", DAY)).run(read.rows)
        assert read.problems == []
        assert [problem for problem in done.problems if problem.lost] == []
        assert len(done.applied) == len(read.rows)
        assert all(isinstance(row, Row) for row in done.applied)
        assert kept_lines(before, self.text)
        after = self.path.read_bytes()
        again = Import(self.goals, Person("x", "2027-01-01")).run(read.rows)
        assert (again.applied, again.unchanged) == ([], len(read.rows))
        assert self.path.read_bytes() == after

    def check(self, before):
        """No byte that stood there before is lost, and every decision reads back as it was made."""
        text = self.text
        assert kept_lines(before, text)
        assert self.newline == "\n" or "\n" not in text.replace("\r\n", "")
        document = source.Document("x", text)
        source.compose(document)
        found = {}
        for route in routes(edit.values(document)):
            item = mapping_at(edit.values(document), route)
            number = int(re.search(r"(\d+)$", item["nama"])[1])
            for link in item.get("keselarasan") or []:
                told = f"{link.get('status')}|{link.get('alasan')}|{link.get('oleh')}|{link.get('tanggal')}"
                found[number, self.goals.goal_code(link["tujuan"])] = told
        assert {key: found.get(key) for key in self.decisions} == self.decisions


def kept_lines(old: str, new: str) -> bool:
    """Whether every character of the old text outside of decisions is in the new one, in order. A decision that is made
    again replaces what the earlier one said.
    """
    entry = re.compile(
        r"(?:peran|status|alasan|oleh|tanggal|goal_hash): (?:\"(?:[^\"\\]|\\.)*\"|[^\"\s,{}][^,{}\r\n]*)"
    )
    return kept(entry.sub("", old), new)


@pytest.mark.parametrize("seed", range(50))
def test_a_thousand_cycles_lose_nothing(reference, tmp_path, seed):
    life = Life(tmp_path / "rencana.yaml", reference, seed)
    for _ in range(20):
        before = life.text
        act = life.chance.random()
        if act < 0.3:
            old = re.sub(r"1_000_000", "", before)
            life.hand_edit()
            assert kept(old, life.text)
        elif act < 0.7:
            life.label()
            life.check(before)
        else:
            life.review(tmp_path / "tinjau.xlsx")
        life.check(re.sub(r"1_000_000", "", before))


def test_the_thousand_cycles_would_see_a_lost_byte():
    old = "a: 1 # ya\nb:\n  - {tujuan: AC1, status: ditolak, alasan: x}\n"
    assert kept_lines(old, old.replace("ditolak, alasan: x", 'disetujui, alasan: "y # z", oleh: b'))
    for lost in ("# ya", "\n", "tujuan: AC1", "b:"):
        assert not kept_lines(old, old.replace(lost, "", 1))


def test_small_facts(reference):
    ticket = columns.Ticket("a", "b", ("program", 1), identity({"program": [{}, {"nama": "x"}]}, ("program", 1)), "AC1",
                            {"AC1": "c"}, {"no": "d"})  # fmt: skip
    assert columns.unpack(columns.pack(ticket)) == ticket
    for broken in ("", "x", "[]", "[1]", "{}", columns.pack(ticket).replace("AC1", "AC2"), "[" * 5000):
        assert columns.unpack(broken) is None
    for changed in (
        {"berkas": 5},
        {"rute": ({},)},
        {"butir": (1, 2, 3)},
        {"tujuan": []},
        {"sel": "x"},
        {"usulan": None},
    ):
        assert columns.unpack(columns.pack(ticket._replace(**changed))) is None
    assert not holds({}, Decision("AC1", "ditolak", "", "", "", ""), reference.priorities)
    assert SMALL in FILE
