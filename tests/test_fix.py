"""`align fix`: what it repairs, what it leaves, and that it touches nothing else."""

import os
import random
import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from alignment_cli import run, source
from alignment_cli.cli import app
from alignment_cli.finding import Severity
from alignment_cli.fix import engine
from alignment_cli.fix.repairs import REPAIRS, repair_of, rupiah
from alignment_cli.load import load
from alignment_cli.policy import Policy
from alignment_cli.rules import RULES, rule
from alignment_cli.rules.page import page
from test_cases import HEADER

DATA = Path(__file__).parent.parent / "data" / "programs"


def fixed(text, reference, *codes):
    """Return the repaired text; it is repaired for good, and says no more than it did."""
    policy = Policy(codes=frozenset(codes)) if codes else Policy()
    found = engine.fix(text.encode(), "rencana.yaml", reference, policy)
    assert found.trouble is None
    assert (found.text != text) == bool(found.done)
    again = engine.fix(found.text.encode(), "rencana.yaml", reference, policy)
    assert (again.text, again.done) == (found.text, [])
    return found.text


def findings(text, reference):
    return run.check_file(load(text.encode(), "rencana.yaml"), reference).findings


TWO = "  - {nama: x, perangkat_daerah: Dinas Kesehatan}\n  - {nama: y, perangkat_daerah: Dinas Kesehatan}\n"
REPAIRED = [
    # rule, before, after
    ("AL201", "  - {nama: x, kode: 5.010}  # lama\n", '  - {nama: x, kode: "5.010"}  # lama\n'),
    ("AL201", "  - kode: 012\n    nama: x\n", '  - kode: "012"\n    nama: x\n'),
    ("AL201", "  - kode:   1_02   # lama\n    nama: x\n", '  - kode:   "1_02"   # lama\n    nama: x\n'),
    ("AL201", "  - {nama: x, sub_kegiatan: [{nama: y, kode: 1.10}]}\n",
     '  - {nama: x, sub_kegiatan: [{nama: y, kode: "1.10"}]}\n'),
    ("AL201", "  - kode:\n      1.10\n    nama: x\n", '  - kode:\n      "1.10"\n    nama: x\n'),
    ("AL105", "  - Nama: x\n", "  - nama: x\n"),
    ("AL105", "  - {nama: x, paguu : 5}\n", "  - {nama: x, pagu : 5}\n"),
    ("AL105", '  - {nama: x, "paguu": 5}\n', "  - {nama: x, pagu: 5}\n"),
    ("AL105", "  - nama: x\n    perangkat daerah: PU # k\n", "  - nama: x\n    perangkat_daerah: PU # k\n"),
    ("AL105", "  - nama: x\n    perangkat_dearah: 012\n", "  - nama: x\n    perangkat_daerah: 012\n"),
    ("AL105", "  - nama: x\n    sumberdana: PAD\n", "  - nama: x\n    sumber_dana: PAD\n"),
    ("AL105", "  - nama: x\n    kollaborasi:\n      horisontal: [y]\n      # z\n",
     "  - nama: x\n    kolaborasi:\n      horizontal: [y]\n      # z\n"),
    ("AL105", "  - nama: x\n    kod: 1.10\n", '  - nama: x\n    kode: "1.10"\n'),
    ("AL108", "  - {nama: x, keselarasan: [{tujuan: AC4, status: Disetujui}]}\n",
     "  - {nama: x, keselarasan: [{tujuan: AC4, status: disetujui}]}\n"),
    ("AL108", "  - {nama: x, keselarasan: [{tujuan: AC4, peran: 'pendukng', oleh: y, alasan: z}]}\n",
     "  - {nama: x, keselarasan: [{tujuan: AC4, peran: pendukung, oleh: y, alasan: z}]}\n"),
    ("AL302", '  - {nama: x, pagu: "1.500.000.000"}\n', "  - {nama: x, pagu: 1_500_000_000}\n"),
    ("AL302", "  - nama: x\n    pagu: Rp 1.500.000,-  # k\n", "  - nama: x\n    pagu: 1_500_000  # k\n"),
    ("AL302", "  - nama: x\n    pagu: 1,500,000\n", "  - nama: x\n    pagu: 1_500_000\n"),
    ("AL302", "  - nama: x\n    sub_kegiatan:\n    - nama: y\n      pagu: '1500000'\n",
     "  - nama: x\n    sub_kegiatan:\n    - nama: y\n      pagu: 1_500_000\n"),
    ("AL208", f"{TWO}  - {{nama: z, perangkat_daerah: 'DINAS  KESEHATAN'}}\n",
     f"{TWO}  - {{nama: z, perangkat_daerah: 'Dinas Kesehatan'}}\n"),
    ("AL211", "  - kode: '1.03.10'\n    nama: Penyelengaraan Jalan # k\n",
     "  - kode: '1.03.10'\n    nama: Program Penyelenggaraan Jalan # k\n"),
    ("AL211", '  - {kode: "1.03.10", nama: "Program  Penyelenggaraan Jalan"}\n',
     '  - {kode: "1.03.10", nama: "Program Penyelenggaraan Jalan"}\n'),
    ("AL211", "  - kode: '1.03.10'\n    nama: PROGRAM\n      PENYELENGGARAANJALAN\n    lokasi: y\n",
     "  - kode: '1.03.10'\n    nama: PROGRAM PENYELENGGARAAN JALAN\n    lokasi: y\n"),
    ("AL211", "  - kode: '1.04.05'\n    nama: PROGRAM PENINGKATAN PRASARANA,SARANA DAN UTILITAS UMUM (PSU)\n",
     "  - kode: '1.04.05'\n    nama: PROGRAM PENINGKATAN PRASARANA, SARANA DAN UTILITAS UMUM (PSU)\n"),
    ("AL212", '  - nama: x\n    asta_cita: "Asta Cita 4"\n', "  - nama: x\n    asta_cita: 4\n"),
    ("AL212", "  - {nama: x, asta_cita: [AC4, '5', PN 6]}\n", "  - {nama: x, asta_cita: [4, '5', 6]}\n"),
    ("AL212", "  - {nama: x, keselarasan: [{tujuan: 4}, {tujuan: 'ac5'}]}\n",
     "  - {nama: x, keselarasan: [{tujuan: AC4}, {tujuan: 'AC5'}]}\n"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "before", "after"), REPAIRED)
def test_repaired(code, before, after, reference):
    text = f"program:\n{before}{HEADER}"
    assert code in {finding.rule.code for finding in findings(text, reference)}
    assert fixed(text, reference) == f"program:\n{after}{HEADER}"
    assert code not in {finding.rule.code for finding in findings(fixed(text, reference), reference)}


HEADERS = [
    ("versi: '1'", "versi: 1"),
    ("dokumen: rkpd", "dokumen: RKPD"),
    ("dokumen: KUA/PPAS", "dokumen: KUA-PPAS"),
    ("dokumen: renja # k", "dokumen: Renja # k"),
    ("daerah: {nama: Kabupaten X, tingkat: KABUPATEN}", "daerah: {nama: Kabupaten X, tingkat: kabupaten}"),
    ("daerah: {nama: Kabupaten X, tingkat: kabupatan}", "daerah: {nama: Kabupaten X, tingkat: kabupaten}"),
    ("daerah: {nama: Kota X, kode: 13.10, tingkat: kota}", 'daerah: {nama: Kota X, kode: "13.10", tingkat: kota}'),
    ("Tahun: 2026", "tahun: 2026"),
]


@pytest.mark.parametrize(("before", "after"), HEADERS)
def test_headers(before, after, reference):
    key = after.split(":")[0]
    rest = "".join(line for line in HEADER.splitlines(keepends=True) if not line.startswith(key))
    assert fixed(f"{before}\n{rest}program: []\n", reference) == f"{after}\n{rest}program: []\n"


LEFT = {
    "a word of its own": "  - {nama: x, alokasi: 5, urusan: y, sumber_data: z, tema: z}\n",
    "a key that is there already": "  - {nama: x, Nama: y}\n",
    "two keys for one": "  - {nama: x, Pagu: 5, paguu: 6}\n",
    "a key twice": "  - {nama: x, paguu: 5, paguu: 6}\n",
    "a key with a number": "  - {nama: x, pagu2: 5}\n",
    "the first letter": "  - {nama: x, bagu: 5}\n",
    "choices that are no slip": "  - {nama: x, keselarasan: [{tujuan: AC4, status: setuju, peran: pelaksana}]}\n",
    "an amount that can be read in two ways": "  - {nama: x, pagu: 1.500}\n  - {nama: y, pagu: '1,500'}\n",
    "an amount in words": "  - {nama: x, pagu: '1,5 miliar'}\n  - {nama: y, pagu: Rp 5 juta}\n",
    "an amount with cents": "  - {nama: x, pagu: '1.500.000,50'}\n  - {nama: y, pagu: 1.5}\n  - {nama: z, pagu: -5}\n",
    "no amount": "  - {nama: x, pagu: true}\n  - {nama: y, pagu: [5]}\n  - {nama: z, pagu: ''}\n",
    "a tag": "  - {nama: x, pagu: !!str 1500000}\n",
    "a block of lines": "  - nama: x\n    pagu: |\n      1500000\n",
    "an alias with another meaning": "  - {nama: x, pagu: &p '1500000', uraian: *p}\n",
    "a code that is a target too": "  - {nama: x, kode: &k 1.10, indikator: [{nama: y, satuan: z, target: *k}]}\n",
    "the code of a PP": "  - {nama: x, keselarasan: [{tujuan: 02.18}]}\n",
    "an unknown goal": "  - {nama: x, asta_cita: AC9}\n",
    "another name": "  - {nama: Program Penyelenggaraan Angkutan, kode: '1.03.10'}\n",
    "a name in capitals and small letters": "  - {nama: Program Penyelenggaraan Jalan, kode: '1.03.10'}\n",
    "a misspelt name without a code": "  - {nama: Program Penyelengaraan Jalan}\n",
}


@pytest.mark.parametrize("program", LEFT.values(), ids=LEFT)
def test_left_alone(program, reference):
    text = f"program:\n{program}{HEADER}"
    assert fixed(text, reference) == text


@pytest.mark.parametrize("written", ["RPJPD", "APBN", "RKP", "RAPB", "Renstr"])
def test_a_letter_does_not_make_another_document(written, reference):
    text = f"program: []\n{HEADER}".replace("RKPD", written)
    assert fixed(text, reference) == text


def test_an_alias_is_repaired_where_its_anchor_stands_once(reference):
    text = (
        f"{HEADER}program:\n  - {{nama: x, pagu: &p 'Rp 1.500.000'}}\n  - {{nama: y, pagu: *p}}  # sama\n"
        "  - &b {nama: z, asta_cita: &a AC4, lokasi: w}\n  - *b\n  - {nama: v, asta_cita: [*a]}\n"
    )
    found = engine.fix(text.encode(), "rencana.yaml", reference, Policy())
    assert [(done.code, done.line, done.old, done.new) for done in found.done] == [
        ("AL302", 6, "'Rp 1.500.000'", "1_500_000"),
        ("AL212", 8, "AC4", "4"),
    ]
    assert fixed(text, reference) == text.replace("'Rp 1.500.000'", "1_500_000").replace("&a AC4", "&a 4")


def test_of_duplicate_keys_only_the_one_that_counts(reference):
    text = f"{HEADER}program:\n  - nama: x\n    kode: 5.010\n    kode: 5.020\n"
    assert fixed(text, reference) == text.replace("5.020", '"5.020"')


class TestPutAside:
    def test_a_comment_on_the_line_or_above(self, reference):
        text = (
            f"{HEADER}program:\n  - nama: x\n    kode: 5.010  # align: abaikan[AL201] kode lama\n  - nama: y\n"
            "    # align: ignore[AL201] as in the source\n    kode: 5.020\n  - nama: z\n    kode: 5.030\n"
        )
        assert fixed(text, reference) == text.replace("5.030", '"5.030"')

    def test_a_comment_for_another_rule(self, reference):
        text = f"{HEADER}program:\n  - nama: x\n    kode: 5.010  # align: abaikan[AL202] kode lama\n"
        assert '"5.010"' in fixed(text, reference)

    def test_only_selected_rules(self, reference):
        text = f"{HEADER}program:\n  - {{nama: x, kode: 5.010, pagu: 'Rp 5.000.000', asta_cita: AC4}}\n"
        assert fixed(text, reference, "AL201", "AL212") == text.replace("5.010", '"5.010"').replace("AC4", "4")
        assert fixed(text, reference, "AL203") == text


class TestRules:
    def test_what_is_called_fixable_has_a_repair(self):
        assert {found.code for found in RULES if found.fixable} == set(REPAIRS)

    @pytest.mark.parametrize("code", sorted(REPAIRS))
    def test_the_example_of_the_rule_is_repaired(self, code, reference):
        example = page(rule(code)).bad
        text = example if example.startswith(("versi:", "#")) else example + HEADER
        broken = [finding for finding in findings(text, reference) if finding.rule.code == code]
        document = load(text.encode(), "x").document
        if code in ("AL105", "AL108", "AL302") and repair_of(broken[0], document) is None:
            assert fixed(text, reference, code) == text  # the example needs a person
        else:
            assert code not in {finding.rule.code for finding in findings(fixed(text, reference, code), reference)}

    def test_the_report_counts_what_can_be_repaired(self, reference, tmp_path):
        path = tmp_path / "r.yaml"
        path.write_text(f"{HEADER}program:\n  - {{nama: x, kode: 5.010, alokasi: 5, paguu: 5}}\n", encoding="utf-8")
        said = align("check", str(path), "--no-config").stdout
        assert "2 dapat diperbaiki: align fix" in said
        assert len(engine.fix(path.read_bytes(), "r", reference, Policy()).done) == 2


RUPIAH = [
    ("1500000", 1500000), ("1_500_000", 1500000), ("0", 0), ("Rp0", 0), ("1.500.000", 1500000), ("1,500,000", 1500000),
    ("Rp 1.500.000", 1500000), ("Rp. 1.500.000,00", 1500000), ("rp1.500.000,-", 1500000), ("IDR 1,500,000.00", 1500000),
    ("Rp 500.000", 500000), ("500.000,-", 500000), ("500.000,00", 500000), ("1500000.00", 1500000),
    ("1500000.0", 1500000), ("1500000,00", 1500000), (" 1.500.000 ", 1500000), ("Rp1500000", 1500000),
    ("1.500", None), ("1,500", None), ("Rp 1,500", None), ("500.000", None), ("1.5", None), ("1.50", None),
    ("1.500.00", None), ("1.500,000", None), ("1,500.000", None), ("1.500.000.00", None), ("12.34.567", None),
    ("1.500.000,5", None), ("1.500.000,50", None), ("0015", None), ("-5", None), ("1e9", None), ("", None),
    ("Rp", None), ("1 500 000", None), ("USD 5", None), ("5 juta", None), ("1.500.000.", None), ("0.500.000", None),
    ("1.500.000,000", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "amount"), RUPIAH)
def test_rupiah(text, amount):
    assert rupiah(text) == amount


@given(st.integers(0, 10**16), st.sampled_from(["Rp {i}", "Rp{i},00", "Rp. {i},-", "IDR {e}.00", "{p}", "{u}"]))
def test_every_amount_is_read_as_it_was_written(amount, form):
    english = f"{amount:,}"
    written = form.format(i=english.replace(",", "."), e=english, p=amount, u=f"{amount:_}")
    assert rupiah(written) == (None if form.startswith("IDR") and english.count(",") == 1 else amount)


# Generated files. A slot is what is written and what it is repaired to.
COMMENTS = st.sampled_from(["", "", "  # kata", " # 'kutip' : { \u00e9 😀"])
LINES = st.sampled_from(["", "", "\n", "# sendiri\n", "      # menjorok\n\n"])
VALUES = {
    "kode": [("'1.02.02'",) * 2, ("1.10", '"1.10"'), ("5.010", '"5.010"'), ("012", '"012"'), ("9.9", '"9.9"')],
    "pagu": [("1_000",) * 2, ("'1.500.000'", "1_500_000"), ('"Rp 2.000.000,-"', "2_000_000"),
             ("7.000.000", "7_000_000"), ("&p{n} '3.000.000'", "&p{n} 3_000_000"), ("1.5",) * 2, ("~",) * 2],
    "asta_cita": [("4",) * 2, ("AC4", "4"), ("'Asta Cita 4'", "4"), ("[AC4, 'x', pn 5]", "[4, 'x', 5]"), ("[]",) * 2],
    "perangkat_daerah": [("Dinas Satu",) * 2, ("'Dinas # Dua'",) * 2, ("&d{n} Dinas Satu",) * 2],
    "uraian": [("x  y",) * 2, ('"a: b # c"',) * 2, ("é😀 — x",) * 2],
    "keselarasan": [("[{tujuan: 4, status: Ditolak}]", "[{tujuan: AC4, status: ditolak}]"),
                    ("[ {tujuan: AC4 ,'peran':'Utama'} ]", "[ {tujuan: AC4 ,'peran':utama} ]")],
    "kolaborasi": [("{horizontal: [x, y], Vertikal: z}", "{horizontal: [x, y], vertikal: z}")],
}  # fmt: skip
BLOCKS = {
    "pagu": [("\n{i}'4.000.000'", "\n{i}4_000_000"), (" # kata\n{i}5_000", " # kata\n{i}5_000")],
    "uraian": [(" >-\n{i}baris # satu\n\n{i}baris dua",) * 2, (" |\n{i}a: 'b'\n{i}  c",) * 2, (" satu\n{i}dua",) * 2],
    "asta_cita": [("\n{i}- AC4 # kata\n{i}- 5\n{i}# akhir", "\n{i}- 4 # kata\n{i}- 5\n{i}# akhir")],
    "kolaborasi": [("\n{i}Horizontal:\n{i}- x\n{i}-   y", "\n{i}horizontal:\n{i}- x\n{i}-   y")],
}
KEYS = {
    "pagu": ["Pagu", "paguu"], "perangkat_daerah": ["perangkat daerah", "perangkat-daerah"], "asta_cita": ["Asta Cita"],
    "keselarasan": ["KESELARASAN"], "kolaborasi": ["kollaborasi"], "nama": ["NAMA"], "kode": ["kod"],
}  # fmt: skip


@st.composite
def files(draw):
    """Draw a programme file as pairs of texts: as written, and as repaired."""
    slots = [("versi: 1\n",) * 2, ("daerah: {nama: Kabupaten X, tingkat: kabupaten}\n",) * 2]
    slots += [draw(st.sampled_from([("dokumen: RKPD\n",) * 2, ("dokumen: rkpd\n", "dokumen: RKPD\n")]))]
    slots += [("tahun: 2026\n",) * 2, ("program:\n",) * 2]
    dash, gap = draw(st.integers(0, 4)), draw(st.integers(1, 3))
    for number in range(draw(st.integers(1, 3))):
        keys = draw(
            st.permutations(["nama", *draw(st.lists(st.sampled_from(sorted(VALUES)), unique=True, max_size=5))])
        )
        anchors = [f"*p{before}" for before in range(number) if any(f"&p{before} " in slot[0] for slot in slots)]
        entries = [draw(entry(key, number, anchors)) for key in keys]
        flow = draw(st.booleans())
        lead = draw(LINES) + " " * dash + "-" + " " * gap
        if flow:
            between = draw(st.sampled_from([", ", " ,", ",\n" + " " * (dash + 4)]))
            slots += [(lead + "{",) * 2]
            for n, (key, value) in enumerate(entries):
                slots += [(between,) * 2] if n else []
                slots += [key, (": ",) * 2, value]
            slots += [("}" + draw(COMMENTS) + "\n",) * 2]
            continue
        for n, (key, value) in enumerate(entries):
            slots += [((lead if not n else draw(LINES) + " " * (dash + gap + 1)),) * 2, key, (":",) * 2]
            block = BLOCKS.get(key[1], [])
            if block and draw(st.booleans()):
                indent = " " * (dash + gap + 1 + draw(st.integers(1, 3)))
                slots += [tuple(text.replace("{i}", indent) for text in draw(st.sampled_from(block))), ("\n",) * 2]
            else:
                slots += [(draw(st.sampled_from([" ", "   "])),) * 2, value, (draw(COMMENTS) + "\n",) * 2]
    end = draw(st.sampled_from(["\n", "\r\n"]))
    return tuple("".join(slot[side] for slot in slots).replace("\n", end) for side in (0, 1))


@st.composite
def entry(draw, key, number, aliases):
    """Draw a key and a value, each as written and as repaired."""
    name = draw(st.sampled_from([key, key, *KEYS.get(key, [])]))
    value = draw(st.sampled_from(VALUES.get(key, [("Gotong royong",) * 2, ("'x, y'",) * 2])))
    if key == "pagu" and aliases and draw(st.booleans()):
        value = (draw(st.sampled_from(aliases)),) * 2
    return (name, key), tuple(text.replace("{n}", str(number)) for text in value)


@given(files())
def test_generated_files_are_repaired_to_the_letter(reference, pair):
    before, after = pair
    assert fixed(before, reference) == after
    assert comments(before) == comments(after)


def comments(text):
    return re.findall(r"# (?:kata|'kutip'|sendiri|menjorok|satu|akhir)[^\r\n]*", text)


@given(files(), st.sampled_from(["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be"]))
@settings(max_examples=15)
def test_every_encoding(reference, pair, encoding):
    mark = "" if encoding in ("utf-8", "utf-8-sig") else "\ufeff"
    raw, wanted = ((mark + text).encode(encoding) for text in pair)
    found = engine.fix(raw, "rencana.yaml", reference, Policy())
    assert engine.edit.encode(found.text, raw) == wanted


@pytest.mark.parametrize("name", sorted(path.name for path in DATA.glob("*.yaml")))
def test_slips_in_real_files_are_taken_back(name, reference):
    text = (DATA / name).read_text(encoding="utf-8")
    chance = random.Random(name)  # noqa: S311 - the same slips in every run, nothing secret
    slips = [
        (r"pagu: (\d{1,3}(?:_\d{3}){2,})", lambda found: f'pagu: "Rp {found.group(1).replace("_", ".")}"'),
        (r"pagu: (\d{1,3}(?:_\d{3}){2,})", lambda found: f"pagu: {found.group(1).replace('_', ',')}"),
        (r"(?<=\s)nama:", lambda _: "Nama:"),
        (r"perangkat_daerah:", lambda _: "perangkat daerah:"),
        (r"indikator:", lambda _: "indikatorr:"),
        (r"satuan:", lambda _: "satuann:"),
        (r"kolaborasi:", lambda _: "kollaborasi:"),
        (r"dokumen: (\w+)", lambda found: f"dokumen: {found.group(1).lower()}"),
        (r"tingkat: (\w+)", lambda found: f"tingkat: {found.group(1).upper()}"),
    ]
    for _ in range(2):
        broken = text
        for pattern, slip in slips:
            broken = re.sub(
                pattern, lambda found, slip=slip: slip(found) if chance.random() < 0.2 else found.group(), broken
            )
        assert broken != text
        assert fixed(broken, reference, "AL105", "AL108", "AL302") == text


def align(*arguments):
    return CliRunner().invoke(app(arguments), arguments, env={"COLUMNS": "80"})


BROKEN = f"{HEADER}program:\r\n  - nama: Gotong royong  # satu\n    kode: 5.010\n    pagu: Rp 1.500.000\n"
WHOLE = BROKEN.replace("5.010", '"5.010"').replace("Rp 1.500.000", "1_500_000")


@pytest.fixture
def path(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "rencana.yaml"
    file.write_bytes(BROKEN.encode())
    return file


class TestCommand:
    def test_it_writes_and_says_what(self, path):
        said = align("fix", "rencana.yaml")
        assert (said.exit_code, said.stderr) == (0, "")
        assert said.stdout == (
            'rencana.yaml:7: AL201 5.010 -> "5.010"\n'
            "rencana.yaml:8: AL302 Rp 1.500.000 -> 1_500_000\n"
            "Diperbaiki: 2 tempat dalam 1 berkas.\n"
        )
        assert path.read_bytes() == WHOLE.encode()
        again = align("fix", "rencana.yaml")
        assert (again.exit_code, again.stdout) == (0, "Tidak ada yang dapat diperbaiki sendiri.\n")
        assert path.read_bytes() == WHOLE.encode()

    def test_english(self, path):
        said = align("fix", path.name, "--lang", "en")
        assert said.stdout.endswith("Repaired: 2 place(s) in 1 file(s).\n")

    def test_diff_writes_nothing(self, path):
        said = align("fix", "rencana.yaml", "--diff")
        assert said.exit_code == 1
        assert said.stdout.startswith("--- a/rencana.yaml\n+++ b/rencana.yaml\n@@ ")
        assert "-    kode: 5.010\n" in said.stdout
        assert said.stderr == "Akan diperbaiki: 2 tempat dalam 1 berkas.\n"
        assert path.read_bytes() == BROKEN.encode()
        path.write_bytes(WHOLE.encode())
        said = align("fix", "rencana.yaml", "--diff")
        assert (said.exit_code, said.stdout) == (0, "")

    @pytest.mark.parametrize("end", ["", "\n", "\n    lokasi: 'x\u2028y'\n", "\r\n"])
    def test_diff_is_a_patch(self, path, end):
        path.write_bytes((BROKEN.rstrip("\n") + end).encode())
        said = CliRunner().invoke(app(["fix"]), ["fix", "rencana.yaml", "--diff"])
        (path.parent / "p").write_bytes(said.stdout_bytes)
        subprocess.run(["git", "apply", "--whitespace=nowarn", "p"], cwd=path.parent, check=True)
        assert path.read_bytes() == (WHOLE.rstrip("\n") + end).encode()

    def test_select(self, path):
        said = align("fix", path.name, "--select", "kode-tanpa-kutip")
        assert said.exit_code == 0
        assert path.read_bytes() == BROKEN.replace("5.010", '"5.010"').encode()
        assert align("fix", path.name, "--select", "AL999").exit_code == 2

    def test_a_folder_with_a_broken_file(self, path):
        (path.parent / "rusak.yaml").write_bytes(b"a: 'x\n")
        (path.parent / "biner.yaml").write_bytes(b"a\0")
        said = align("fix", ".")
        assert said.exit_code == 2
        assert "rusak.yaml:2:1: Berkas tidak dapat dibaca sebagai YAML" in said.stderr
        assert "biner.yaml:1:1: Berkas bukan teks yang dapat dibaca" in said.stderr
        assert path.read_bytes() == WHOLE.encode()
        assert (path.parent / "rusak.yaml").read_bytes() == b"a: 'x\n"

    def test_an_empty_file_needs_nothing(self, path):
        path.write_bytes(b"# kosong\n")
        assert align("fix", path.name).exit_code == 0

    @pytest.mark.skipif(os.name != "posix", reason="POSIX files")
    def test_a_link_stays(self, path):
        (path.parent / "tautan.yaml").symlink_to("rencana.yaml")
        assert align("fix", "tautan.yaml").exit_code == 0
        assert (path.parent / "tautan.yaml").is_symlink()
        assert path.read_bytes() == WHOLE.encode()

    def test_a_file_that_somebody_else_writes_meanwhile(self, path, monkeypatch):
        real = engine.fix

        def slow(raw, *rest):
            path.write_bytes(b"# lain\n")
            return real(raw, *rest)

        monkeypatch.setattr(engine, "fix", slow)
        said = align("fix", path.name)
        assert said.exit_code == 2
        assert "berubah sejak dibaca" in said.stderr
        assert path.read_bytes() == b"# lain\n"
        assert "AL201" not in said.stdout

    @pytest.mark.parametrize("step", ["open", "write", "fsync", "replace"])
    def test_a_disk_that_fails(self, path, monkeypatch, step):
        real = getattr(os, step)

        def fails(*args, **more):
            if step != "open" or ".tmp" in str(args[0]):
                raise OSError(28, os.strerror(28))
            return real(*args, **more)

        monkeypatch.setattr(os, step, fails)
        said = align("fix", path.name)
        assert said.exit_code == 2
        assert f"{path.name} tidak dapat ditulis" in said.stderr
        assert path.read_bytes() == BROKEN.encode()
        assert list(path.parent.iterdir()) == [path]

    def test_a_file_that_cannot_be_read(self, path, monkeypatch):
        (path.parent / "lain.yaml").write_bytes(BROKEN.encode())
        real = source.read

        def closed(file, most):
            if file.name == "lain.yaml":
                raise PermissionError(13, os.strerror(13))
            return real(file, most)

        monkeypatch.setattr(source, "read", closed)
        said = align("fix", ".")
        assert (said.exit_code, said.stderr) == (2, "align: lain.yaml tidak dapat dibaca: Permission denied.\n")
        assert path.read_bytes() == WHOLE.encode()

    def test_hostile_files_are_left(self, path):
        bomb = "a: &a [x]\n" + "".join(
            f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
        )
        for number, text in enumerate([bomb, "[" * 9000, "a: &a [*a]\n", "{" * 100, "!!python/object:os.x {}\n"]):
            (path.parent / f"{number}.yaml").write_text(text, encoding="utf-8")
        said = align("fix", ".")
        assert said.exit_code == 2
        assert said.exception is None or isinstance(said.exception, SystemExit)
        assert said.stderr.count("Berkas dibiarkan.") == 4

    @pytest.mark.usefixtures("path")
    def test_nothing_named_never_touches_the_example(self):
        said = align("fix")
        assert said.exit_code == 2
        assert "Sebut berkas" in said.stderr

    @pytest.mark.usefixtures("path")
    def test_stdin_is_not_written(self):
        assert align("fix", "-").exit_code == 2

    def test_own_priorities_are_not_taken_for_asta_cita(self, path):
        path.write_text(f"{HEADER}program:\n  - {{nama: x, keselarasan: [{{tujuan: 2}}]}}\n", encoding="utf-8")
        own = (
            'versi: 1\nkerangka: {kode: PD, nama: Prioritas, nama_en: Own, berlaku: "2026"}\nsumber: {s: x}\ntujuan:\n'
            "  - {kode: PD2, nomor: 2, nama: Jalan, nama_en: Roads, kosakata: [{sumber: s, istilah: {jalan: 3}}]}\n"
        )
        (path.parent / "own.txt").write_text(own, encoding="utf-8")
        assert align("fix", path.name, "--priorities", "own.txt").exit_code == 0
        assert "tujuan: PD2" in path.read_text(encoding="utf-8")


def test_errors_are_never_made(reference):
    """A repair takes findings away and adds no error."""
    for _, before, _ in REPAIRED:
        text = f"program:\n{before}{HEADER}"
        errors = [f.rule.code for f in findings(fixed(text, reference), reference) if f.rule.severity is Severity.ERROR]
        old = [f.rule.code for f in findings(text, reference) if f.rule.severity is Severity.ERROR]
        assert set(errors) <= set(old) | {"AL202"}, before
