"""One fault never hides the others: what is dropped, what is kept, and where the rest still stands."""

import pytest

from alignment_cli import run
from alignment_cli.context import items_of
from alignment_cli.finding import Severity
from alignment_cli.load import load, parse
from alignment_cli.source import decode

HEADER = """\
versi: 1
daerah: {nama: Kabupaten Contoh, tingkat: kabupaten}
dokumen: RKPD
tahun: 2026
"""


def check(text, reference):
    return run.check_file(parse(decode(text.encode(), "berkas.yaml")), reference)


def errors(result):
    return [
        (finding.rule.code, finding.place.span.line, finding.place.span.column)
        for finding in result.findings
        if finding.rule.severity is Severity.ERROR
    ]


BROKEN = {
    "text": ("- Perbaikan jalan", ("AL106", 7, 5)),
    "nothing": ("- ", ("AL106", 7, 4)),
    "list": ("- [Perbaikan jalan]", ("AL106", 7, 5)),
    "without name": ('- {kode: "1.03.10"}', ("AL107", 7, 6)),
    "name is a mapping": ("- nama: {teks: Perbaikan jalan}", ("AL106", 7, 11)),
    "name is empty": ('- nama: ""', ("AL106", 7, 11)),
    "name is null": ("- nama:", ("AL107", 7, 5)),
}


@pytest.mark.parametrize(("programme", "fault"), BROKEN.values(), ids=BROKEN)
def test_broken_programme_does_not_hide_the_others(programme, fault, reference):
    around = "program:\n  - {nama: Gotong royong, asta_cita: 0}\n  %s\n  - nama: Suka Sapi\n    pagu: -5\n"
    text = HEADER + around % programme
    result = check(text, reference)
    loaded = result.loaded
    assert (loaded.kept, loaded.dropped) == ({("program",): [0, 2]}, [1])
    assert [program.nama for program in loaded.file.program] == ["Gotong royong", "Suka Sapi"]
    assert errors(result) == [("AL204", 6, 38), fault, ("AL301", 9, 11)]
    routes = [judged.item.route for judged in result.judged]
    assert [loaded.original(route) for route in routes] == [("program", 0), ("program", 2)]
    assert [loaded.line(route) for route in routes] == [6, 8]


def test_routes_after_several_dropped_programmes(reference):
    text = (
        f"{HEADER}program:\n  - 1\n  - 2\n  - nama: Gotong royong\n  - {{}}\n  - nama: Suka Sapi\n    asta_cita: AC9\n"
    )
    result = check(text, reference)
    assert (result.loaded.kept, result.loaded.dropped) == ({("program",): [2, 4]}, [0, 1, 3])
    goal = next(finding for finding in result.findings if finding.rule.code == "AL204")
    assert goal.place.route == ("program", 4, "asta_cita", 0)
    assert (goal.place.span.line, goal.place.span.column, goal.place.span.end_column) == (11, 16, 19)
    assert goal.place.excerpt == "    asta_cita: AC9"


PARTS = {
    "pagu": "pagu: seratus",
    "unggulan": "unggulan: ya",
    "unknown key": "paguu: 5",
    "indikator": "indikator: Prevalensi",
    "an indikator": "indikator: [{satuan: persen}, {nama: Prevalensi}]",
    "unit of an indikator": "indikator: [{nama: Prevalensi, satuan: [persen]}]",
    "a sub kegiatan": "sub_kegiatan: [{nama: Kerja bakti}, 5]",
    "a keselarasan": "keselarasan: [{peran: utama}]",
    "kolaborasi": "kolaborasi: semua",
    "a partner": "kolaborasi: {vertikal: [[Bappenas]]}",
}


@pytest.mark.parametrize("part", PARTS.values(), ids=PARTS)
def test_broken_part_does_not_cost_its_programme(part, reference):
    result = check(f"{HEADER}program:\n  - nama: Gotong royong\n    {part}\n    asta_cita: AC9\n", reference)
    assert [program.nama for program in result.loaded.file.program] == ["Gotong royong"]
    assert result.loaded.dropped == []
    assert [code for code, line, _ in errors(result) if line == 7] in (["AL105"], ["AL106"], ["AL107"], ["AL302"])
    assert ("AL204", 8, 16) in errors(result)


def test_sound_parts_beside_a_broken_one_are_kept(reference):
    text = f"{HEADER}program:\n  - nama: Gotong royong\n    indikator: [{{nama: Satu}}, Dua, {{nama: Tiga}}]\n"
    program = check(text, reference).loaded.file.program[0]
    assert [indikator.nama for indikator in program.indikator] == ["Satu", "Tiga"]


@pytest.mark.parametrize(
    ("parts", "fault"),
    [
        ("keselarasan:\n      - {peran: utama}\n      - {tujuan: AC9}", ("AL204", 9, 18)),
        ("sub_kegiatan:\n      - {pagu: 1}\n      - {kode: '1.02', nama: Kerja bakti}", ("AL202", 9, 16)),
        ("asta_cita:\n      - [4]\n      - 4\n      - AC9", ("AL204", 10, 9)),
    ],
    ids=["keselarasan", "sub kegiatan", "asta_cita"],
)
def test_routes_after_a_dropped_part(parts, fault, reference):
    assert fault in errors(check(f"{HEADER}program:\n  - nama: Gotong royong\n    {parts}\n", reference))


def test_routes_lead_back_to_the_document_through_every_list(reference):
    text = (
        f"{HEADER}program:\n  - 1\n  - nama: Gotong royong\n    sub_kegiatan:\n      - 2\n      - nama: Kerja bakti\n"
        "        keselarasan: [{peran: utama}, {tujuan: AC9}]\n"
    )
    loaded = check(text, reference).loaded
    (item,) = items_of(loaded.file)[0].parts
    assert loaded.file.program[0].sub_kegiatan[0].keselarasan[0].tujuan == "AC9"
    assert item.declared[0].route == ("program", 0, "sub_kegiatan", 0, "keselarasan", 0, "tujuan")
    assert loaded.original(item.declared[0].route) == ("program", 1, "sub_kegiatan", 1, "keselarasan", 1, "tujuan")
    assert [loaded.line(route) for route in (("program", 0), item.route, item.declared[0].route)] == [7, 10, 11]
    assert loaded.dropped == [0]


@pytest.mark.parametrize(
    "part",
    ["asta_cita: {tujuan: AC4}", "sumber: {situs: resmi}", "kolaborasi: {vertikal: {nama: Bappenas}}"],
    ids=["asta_cita", "sumber", "vertikal"],
)
def test_mapping_where_texts_belong_does_not_hide_the_others(part, reference):
    text = f"{HEADER}program:\n  - nama: Gotong royong\n    {part}\n  - {{nama: Suka Sapi, asta_cita: AC9}}\n"
    result = check(text, reference)
    assert [program.nama for program in result.loaded.file.program] == ["Gotong royong", "Suka Sapi"]
    assert [(code, line) for code, line, _ in errors(result)] == [("AL106", 7), ("AL204", 8)]


@pytest.mark.parametrize("key", ["int", "float", "str"])
def test_key_named_like_a_type_does_not_hide_the_others(key, reference):
    text = f"{HEADER}{key}: 5\nprogram:\n  - {{nama: Suka Sapi, asta_cita: AC9}}\n"
    assert errors(check(text, reference)) == [("AL105", 5, 1), ("AL204", 7, 34)]


HEADERS = {
    "versi is new": (HEADER.replace("versi: 1", "versi: 2"), ("AL108", 1, 8)),
    "daerah is missing": (HEADER.replace("daerah:", "# daerah:"), ("AL107", 1, 1)),
    "daerah is a text": (HEADER.replace("{nama: Kabupaten Contoh, tingkat: kabupaten}", "Contoh"), ("AL106", 2, 9)),
    "daerah has no name": (HEADER.replace("nama: Kabupaten Contoh, ", ""), ("AL107", 2, 1)),
    "dokumen is unknown": (HEADER.replace("RKPD", "Surat"), ("AL108", 3, 10)),
    "tahun is a text": (HEADER.replace("2026", '"2026"'), ("AL106", 4, 8)),
    "tahun is missing": (HEADER.replace("tahun: 2026", ""), ("AL107", 1, 1)),
    "tingkat is misspelt": (HEADER.replace("tingkat: kabupaten", "tingkat: kab"), ("AL108", 2, 43)),
    "sumber is a mapping": (HEADER + "sumber: {situs: resmi}\n", ("AL106", 5, 9)),
    "unknown key": (HEADER.replace("tahun: 2026", "tahun: 2026\ntahum: 2026"), ("AL105", 5, 1)),
}


@pytest.mark.parametrize(("header", "fault"), HEADERS.values(), ids=HEADERS)
def test_broken_header_does_not_hide_the_programmes(header, fault, reference):
    result = check(f"{header}program:\n  - nama: Gotong royong\n    pagu: -5\n    asta_cita: AC9\n", reference)
    line = header.count("\n") + 3
    assert errors(result) == [fault, ("AL301", line, 11), ("AL204", line + 1, 16)]
    assert result.loaded.dropped == []
    assert [judged.item.nama for judged in result.judged] == ["Gotong royong"]


SEVERAL = """\
versi: 1
daerah: {nama: Kabupaten Contoh, tingkat: kabupaten, kode: 13.11}
dokumen: rkpd
tahun: "2026"
catatan: x
program:
  - nama: Gotong royong
    nama: Kerja bakti
    pagu: 1.500.000
    asta_cita: [AC9, 4, 12]
    indikator:
      - {nama: Satu, satuna: persen}
      - {satuan: persen}
  - kode: "1.02.2"
    nama: !!python/name:os.system Suka Sapi
    pagu: -5
    keselarasan: [{tujuan: AC1, porsi: 50}, {tujuan: AC3, porsi: 40}]
  - pagu: 7
"""


def test_several_faults_are_all_told_in_order(reference):
    assert errors(check(SEVERAL, reference)) == [
        ("AL201", 2, 60),
        ("AL108", 3, 10),
        ("AL106", 4, 8),
        ("AL105", 5, 1),
        ("AL102", 8, 5),
        ("AL302", 9, 11),
        ("AL204", 10, 17),
        ("AL204", 10, 25),
        ("AL105", 12, 22),
        ("AL107", 13, 10),
        ("AL202", 14, 11),
        ("AL110", 15, 11),
        ("AL301", 16, 11),
        ("AL303", 17, 5),
        ("AL107", 18, 5),
    ]


@pytest.mark.parametrize("program", ["program: {}\nversi: 1\nzzz: 1\n", "program: 5\nzzz: 1\nversi: 1\n"])
def test_findings_are_in_order_even_if_nothing_could_be_read(program, reference):
    found = errors(check(HEADER + "zz: 1\n" + program, reference))
    assert len(found) == 4
    assert [place[1:] for place in found] == sorted(place[1:] for place in found)


def test_one_place_is_told_once_for_a_union(reference):
    text = f"{HEADER}program:\n  - nama: Gotong royong\n    indikator: [{{nama: Satu, target: [1]}}]\n"
    assert errors(check(text, reference)) == [("AL106", 7, 38)]


def test_nothing_is_judged_without_programmes(reference):
    result = check("versi: 1\n", reference)
    assert result.loaded.file is None
    assert result.judged == []
    assert {finding.rule.code for finding in result.findings} == {"AL107"}


def test_text_is_kept_as_written(reference):
    text = "program:\n  - {nama: 012, lokasi: 5.010, sumber: 2026-02-09, indikator: [{nama: 1e3, target: 07.50}]}\n"
    program = check(HEADER + text, reference).loaded.file.program[0]
    assert (program.nama, program.lokasi, program.sumber) == ("012", "5.010", ["2026-02-09"])
    assert (program.indikator[0].nama, program.indikator[0].target) == ("1e3", 7.5)


def test_last_of_duplicate_keys_is_read(reference):
    file = check(f"{HEADER}program: []\nprogram:\n  - nama: Satu\n    nama: Dua\n", reference).loaded.file
    assert [program.nama for program in file.program] == ["Dua"]


def test_loading_a_file(tmp_path):
    path = tmp_path / "rkpd.yaml"
    path.write_bytes(f"{HEADER}program: []\n".encode("utf-8-sig"))
    loaded = load(path, "data/rkpd.yaml")
    assert (loaded.path, loaded.document.path, loaded.findings) == ("data/rkpd.yaml", "data/rkpd.yaml", [])
    assert loaded.file.daerah.nama == "Kabupaten Contoh"


def test_file_that_is_no_text_is_a_finding(tmp_path):
    path = tmp_path / "rkpd.yaml"
    path.write_bytes(b"PK\3\4\0\0")
    loaded = load(path, "rkpd.yaml")
    assert loaded.file is None
    assert [(finding.rule.code, finding.place.path) for finding in loaded.findings] == [("AL104", "rkpd.yaml")]


def test_file_that_cannot_be_opened_is_an_oserror(tmp_path):
    with pytest.raises(FileNotFoundError):
        load(tmp_path / "tidak_ada.yaml", "tidak_ada.yaml")
