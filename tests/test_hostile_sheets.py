"""Hostile sheets: bombs, lies and endless markup end quickly with one sentence; nothing of them reaches the reader."""

import io
import zipfile
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

import sheet_makers as make
from alignment_cli import limits
from alignment_cli.cli import app
from alignment_cli.limits import Limits
from alignment_cli.sheet import archive
from alignment_cli.sheet.grid import SheetError
from alignment_cli.sheet.read import open_book

SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
DAMAGED = "berkas rusak atau tidak lengkap"
HEAD = ["Kode", "Nama", "Pagu"]


def book(folder, cell="A"):
    return make.write_xlsx(folder / "baik.xlsx", {"S": ([HEAD, ["1.02.02", cell, 5]], [])})


def rewritten(path, part, change):
    """Return a copy of an archive with one part changed; a part that is not there is added."""
    out = path.with_name("ubah" + path.suffix)
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            after.writestr(name, change(before.read(name)) if name == part else before.read(name))
        if part not in before.namelist():
            after.writestr(part, change(b""))
    return out


def refused(path):
    with pytest.raises(SheetError) as caught:
        open_book(path)
    assert caught.value.text.en
    return caught.value.text.id


def inside(data):
    """Return a change that puts data at the beginning of a sheet."""
    return lambda xml: xml.replace(b"<sheetData>", b"<sheetData>" + data)


ENTITIES = b'<!DOCTYPE x [<!ENTITY a "%s">%s]>' % (
    b"x" * 100,
    b"".join(b'<!ENTITY %c "&%c;&%c;&%c;&%c;">' % (n + 1, n, n, n, n) for n in range(97, 120)),
)
PARTS = {
    "entities in the workbook": ("xl/workbook.xml", lambda xml: xml.replace(b"<workbook", ENTITIES + b"<workbook", 1)),
    "entities in the styles": ("xl/styles.xml", lambda xml: xml.replace(b"<styleSheet", ENTITIES + b"<styleSheet", 1)),
    "external entity": (
        "xl/workbook.xml",
        lambda xml: xml.replace(b"<workbook", b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><workbook', 1),
    ),
    "cells that never end": (SHEET, inside(b"<row>" + b"<c " * 200_000)),
    "a cell of places": (SHEET, inside(b"<row><c" + b' r="A1"' * 100_000 + b"></c></row>")),
    "a cell of attributes": (SHEET, inside(b"<row><c" + b' s="1"' * 100_000 + b"!</c></row>")),
    "a cell of blanks": (SHEET, inside(b"<row><c" + b" " * 300_000)),
    "a row that never ends": (SHEET, inside(b" " * (17 * 2**20))),
    "not XML": (SHEET, lambda _: b"\x00\xff" * 1000),
    "empty workbook": ("xl/workbook.xml", lambda _: b""),
}


@pytest.mark.parametrize(("part", "change"), PARTS.values(), ids=PARTS)
def test_parts(tmp_path, part, change):
    path = rewritten(book(tmp_path), part, change)
    assert DAMAGED in refused(path)


def test_bomb_is_known_before_it_is_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "_in_force", [Limits(sheet_unpacked_bytes=2**20)])
    path = rewritten(book(tmp_path), "xl/media/image1.png", lambda _: b"\0" * 2**21)
    assert path.stat().st_size < 2**16
    said = refused(path)
    assert "mengembang menjadi 2_" in said
    assert "(batas 1_048_576; limits.sheet_unpacked_bytes)" in said


def test_a_part_that_is_longer_than_the_archive_says(tmp_path):
    """The archive gives a small size and the checksum of the beginning; the reader would unpack all of it."""
    import struct
    import zlib

    path = rewritten(book(tmp_path), STRINGS, lambda xml: xml + b" " * 100_000)
    raw = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo(STRINGS)
        said = 100
        check = zlib.crc32(archive.read(STRINGS)[:said])
    central = raw.rfind(b"PK\x01\x02", 0, raw.rfind(STRINGS.encode()))
    struct.pack_into("<I", raw, central + 16, check)
    struct.pack_into("<I", raw, central + 24, said)
    struct.pack_into("<I", raw, info.header_offset + 14, check)
    struct.pack_into("<I", raw, info.header_offset + 22, said)
    path.write_bytes(raw)
    with zipfile.ZipFile(path) as archive:
        assert len(archive.read(STRINGS)) == said
    assert DAMAGED in refused(path)


def test_two_parts_of_one_name(tmp_path):
    path = book(tmp_path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(SHEET.upper(), b"<worksheet/>")
    assert DAMAGED in refused(path)


def test_archive_of_very_many_parts(tmp_path):
    path = book(tmp_path)
    with zipfile.ZipFile(path, "a") as archive:
        for number in range(10_001):
            archive.writestr(f"x/{number}", b"")
    assert DAMAGED in refused(path)


class Pieces(io.BytesIO):
    """A part of an archive that counts how often it is read from."""

    reads = 0

    def read(self, size=-1):
        self.reads += 1
        return super().read(size)


@pytest.mark.parametrize(
    "xml",
    [
        b"<a " + b" ".join(b'n%d="1"' % n for n in range(100_000)) + b"/>",
        b'<a n="' + b"x" * 2**20 + b'"/>',
        b"<a><!--" + b"x" * 2**20 + b"--></a>",
    ],
    ids=["attributes", "a value", "a comment"],
)
def test_a_tag_that_goes_on_and_on_is_not_read_again_and_again(monkeypatch, xml):
    # The parser begins such a tag anew whenever more of it comes: in pieces of one size that is quadratic.
    monkeypatch.setattr(archive, "CHUNK", 1024)
    seen, stream = [], Pieces(xml)
    archive.parse(SimpleNamespace(open=lambda _: stream), "bagian.xml", lambda tag, values: seen.append((tag, values)))
    assert [tag for tag, _ in seen] == ["a"]
    assert stream.reads < 20


def test_small_tags_are_read_in_pieces_of_one_size(monkeypatch):
    monkeypatch.setattr(archive, "CHUNK", 1024)
    seen, stream = [], Pieces(b"<a>" + b"<b/>" * 25_600 + b"</a>")
    archive.parse(SimpleNamespace(open=lambda _: stream), "bagian.xml", lambda tag, _: seen.append(tag))
    assert len(seen) == 25_601
    assert stream.reads > 100


def test_merged_ranges_upon_each_other(tmp_path):
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(10, 3000))
    ranges = b"<mergeCells>" + b'<mergeCell ref="A1:C2999"/>' * 1500 + b"</mergeCells>"
    path = rewritten(book(tmp_path), SHEET, lambda xml: xml.replace(b"</sheetData>", rows + b"</sheetData>" + ranges))
    assert DAMAGED in refused(path)


TABLE = b"<html><table><tr><td>Kode<td>Nama</tr>"
MARKUP = {
    "comments": (TABLE + b"<!--" * 200_000, 1),
    "tags that never end": (TABLE + b"<a " * 200_000, 1),
    "marked sections": (TABLE + b"<![CDATA[>" * 100_000, 1),
    "quotes": (TABLE + b"<a b='" * 100_000, 1),
    "a long name": (TABLE + b"<tr><td a" + b"a" * 1_000_000 + b">", 2),
    "blanks": (TABLE + b"<tr><td>" + b" " * 1_000_000, 2),
    "spans": (TABLE + b"<tr><td colspan" + b" " * 1_000_000 + b"=2>x", 2),
    "rows upon rows": (TABLE + b"<tr><td rowspan=200>x" * 5000, 5001),
    "ampersands": (TABLE + b"<tr><td>" + b"&" * 100_000, 2),
    "many cells": (TABLE + b"<tr>" + b"<td>" * 100_000, "kolom (batas 200; limits.sheet_columns)"),
    "wide cells": (TABLE + b"<tr><td colspan=150><td colspan=150>", "300 kolom (batas 200; limits.sheet_columns)"),
    "huge spans": (TABLE + b"<tr><td rowspan=99999999999999999999>x", 2),
    "many rows": (TABLE + b"<tr>" * 200_001, "baris (batas 200_000; limits.sheet_rows)"),
    "a long text": (TABLE + b"<tr><td>" + b"a" * 100_001, "teks 100_001 karakter di sel t!A2"),
}


@pytest.mark.parametrize(("raw", "expected"), MARKUP.values(), ids=MARKUP)
def test_markup(tmp_path, raw, expected):
    path = tmp_path / "t.xls"
    path.write_bytes(raw)
    if isinstance(expected, int):
        (grid,) = open_book(path).grids
        assert (len(grid.rows), grid.rows[0]) == (expected, ["Kode", "Nama"])
    else:
        assert expected in refused(path)


OPEN = "ada tanda kutip yang tidak ditutup, atau sel yang terlalu panjang"
DELIMITED = {
    "delimiters": (b"a,b\n" + b"," * 9_000_000, "kolom (batas 200; limits.sheet_columns)"),
    "joined lines": (b"a,b\n" + b',,,"\n"' * 3_000_000, "kolom (batas 200; limits.sheet_columns)"),
    "open quote": (b'a,b\n"' + b"x,\n" * 300_000, OPEN),
    "quotes": (b"a,b\n" + b'"' * 3_000_001, OPEN),
    "one long cell": (b"a,b\n" + b"x" * 3_000_000, OPEN),
    "NUL": (b"kode,nama\nx\x00y,z\n" * 50, "bukan lembar kerja"),
    "escape sequences": (b"a,b\n\x1b[2J,c\n", "bukan lembar kerja"),
}


@pytest.mark.parametrize(("raw", "expected"), DELIMITED.values(), ids=DELIMITED)
def test_delimited(tmp_path, raw, expected):
    path = tmp_path / "t.csv"
    path.write_bytes(raw)
    assert expected in refused(path)


def test_names_that_steer_a_terminal(tmp_path):
    """What an import says and writes of a cell is harmless, and reads back as the cell's text."""
    from alignment_cli.load import load

    name = "Pasar \x9b31m rakyat \u202etxt"
    path = make.write_xlsx(tmp_path / "a.xlsx", {"Renja": ([["Kode", "Program", "Pagu"], ["1.02.02", name, 5]], [])})
    words = ["import", str(path), "--daerah", "Kota Solok", "--dokumen", "Renja", "--tahun", "2027", "--yes"]
    done = CliRunner().invoke(app(), words)
    assert done.exit_code == 0, done.stderr
    assert not {"\x9b", "\u202e"} & set(done.output)
    assert load(done.stdout.encode(), "a.yaml").file.program[0].nama == name


@pytest.mark.parametrize("cell", ['=HYPERLINK("http://x")', "+1+2", "-1+1", "@SUM(A1)", "\t=1+1"])
def test_texts_that_look_like_formulas_stay_texts(tmp_path, cell):
    assert open_book(book(tmp_path, cell)).grids[0].rows[1][1].strip() == cell.strip()
