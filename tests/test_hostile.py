"""Hostile programme files: each ends quickly, with its message and place, for the check and for `fix`; nothing of them
runs, hangs, or steers a terminal.
"""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from alignment_cli import discover, edit, limits, run, source, tree
from alignment_cli.cli import app
from alignment_cli.discover import NothingToCheckError, find
from alignment_cli.fix import engine
from alignment_cli.limits import Limits
from alignment_cli.load import load
from alignment_cli.policy import Policy
from alignment_cli.render.concise import one_line

posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX files and signals")
HEAD = "versi: 1\ndaerah: {nama: Kabupaten Uji, tingkat: kabupaten}\ndokumen: RKPD\ntahun: 2027\nprogram:\n"
JALAN = f"{HEAD}  - nama: Jalan\n"
BAD = f"{JALAN}    pagu: -1\n"
NEGATIVE = ("AL301", 7, 11, "Pagu -1 negatif.")


def raw_of(text):
    return text.encode("utf-8") if isinstance(text, str) else text


def told(text):
    """Return code, line, column and message of each finding that loading a text gives."""
    found = load(raw_of(text), "b.yaml").findings
    return [(one.rule.code, one.place.span.line, one.place.span.column, one.message("id")) for one in found]


def limit(monkeypatch, **values):
    monkeypatch.setattr(limits, "_in_force", [Limits(**values)])


# What no programme file holds: refused with its place, never followed

NOT_READ = "Berkas tidak dapat dibaca sebagai YAML: "
NO_TEXT = "Berkas bukan teks yang dapat dibaca: "
TOO_DEEP = "Berkas tidak dibaca karena bersarang terlalu dalam: tingkat 61 (batas: 60; limits.depth)."
TAG = "Tag {} tidak dipakai dalam berkas program."
SYSTEM = "tag:yaml.org,2002:python/object/apply:os.system"
NO_ANCHOR = f"{NOT_READ}alias menunjuk ke jangkar yang tidak ada."
SEVERAL = f"{NOT_READ}ada lebih dari satu dokumen (pemisah ---)."
NO_TAB = f"{NOT_READ}ada tab atau tanda yang tidak boleh di sini."
ZERO = f"{NO_TEXT}berisi byte nol, seperti berkas biner."
REFUSED = {
    "flow 10,000 levels": ("[" * 10_000, ("AL109", 1, 61, TOO_DEEP)),
    "mappings 10,000 levels": ("{a: " * 10_000, ("AL109", 1, 241, TOO_DEEP)),
    "lists 10,000 levels": ("- " * 10_000 + "x\n", ("AL109", 1, 121, TOO_DEEP)),
    "blocks 2,000 levels": ("".join(f"{' ' * n}a:\n" for n in range(2000)), ("AL109", 61, 61, TOO_DEEP)),
    "in itself": (f"{HEAD}  - &x {{nama: A, uraian: *x}}\n", ("AL109", 6, 15, TOO_DEEP)),
    "anchor that is not there": (f"{HEAD}  - *x\n", ("AL101", 6, 5, NO_ANCHOR)),
    "several documents": (f"{JALAN}---\nx: 1\n", ("AL101", 7, 1, SEVERAL)),
    "tab as indentation": (f"{HEAD}\t- nama: Jalan\n", ("AL101", 6, 1, NO_TAB)),
    "tab further in": (f"{JALAN}\tpagu: 1\n", ("AL101", 7, 1, f"{NOT_READ}ada tab; pakai spasi.")),
    "NUL": (f"{JALAN}\0", ("AL104", 1, 1, ZERO)),
    "UTF-16 LE without mark": (JALAN.encode("utf-16-le"), ("AL104", 1, 1, ZERO)),
    "UTF-16 BE without mark": (JALAN.encode("utf-16-be"), ("AL104", 1, 1, ZERO)),
    "UTF-32": (JALAN.encode("utf-32"), ("AL104", 1, 1, ZERO)),
    "half of UTF-16": (JALAN.encode("utf-16")[:-1], ("AL104", 6, 16, f"{NO_TEXT}byte 0x0a bukan UTF-16.")),
    "Latin-1": (f"{HEAD}  - nama: Café\n".encode("latin-1"), ("AL104", 6, 14, f"{NO_TEXT}byte 0xe9 bukan UTF-8.")),
    "overlong UTF-8": (HEAD.encode() + b"  - nama: \xc0\xaf\n", ("AL104", 6, 11, f"{NO_TEXT}byte 0xc0 bukan UTF-8.")),
    "raw surrogate": (b"a: \xed\xa0\x80\n", ("AL104", 1, 4, f"{NO_TEXT}byte 0xed bukan UTF-8.")),
    **{
        f"control character {ord(sign):#x}": (
            f"{HEAD}  - nama: a{sign}b\n",
            ("AL101", 6, 12, f"{NOT_READ}ada karakter kendali yang tidak terlihat."),
        )
        for sign in "\x01\x07\x08\x0b\x0c\x1b\x7f\x80\x9b\x9d\ufffe"
    },
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), REFUSED.values(), ids=REFUSED)
def test_refused_with_its_place(text, expected):
    assert told(text) == [expected]


@pytest.mark.parametrize(("text", "expected"), REFUSED.values(), ids=REFUSED)
def test_fix_leaves_what_it_cannot_read(text, expected, reference):
    fixed = engine.fix(raw_of(text), "b.yaml", reference, Policy())
    _, line, column, message = expected
    assert fixed.trouble.id == f"b.yaml:{line}:{column}: {message} Berkas dibiarkan."
    assert (fixed.done, fixed.text) == ([], fixed.before)


TAGGED = {
    "python/object": (
        "!!python/object/apply:os.system [id]",
        [TAG.format(SYSTEM), 'Nilai untuk "nama" tidak cocok: daftar, seharusnya teks.'],
    ),
    "python/name": ("!!python/name:os.system x", [TAG.format("tag:yaml.org,2002:python/name:os.system")]),
    "binary": ("!!binary aGFsbw==", [TAG.format("tag:yaml.org,2002:binary")]),
    "local": ("!rahasia x", [TAG.format("!rahasia")]),
}  # fmt: skip


@pytest.mark.parametrize(("value", "messages"), TAGGED.values(), ids=TAGGED)
def test_tags_are_named_and_never_followed(value, messages):
    found = told(f"{HEAD}  - nama: {value}\n")
    assert [message for *_, message in found] == messages
    assert {(line, column) for _, line, column, _ in found} == {(6, 11)}


def test_duplicate_keys_and_merge_keys_are_named():
    assert told(f"{JALAN}    nama: Jembatan\n") == [
        ("AL102", 7, 5, 'Kunci "nama" sudah ada di baris 6; hanya nilai terakhir yang terbaca.')
    ]
    merged = told(f"{HEAD}  - &a {{nama: Jalan}}\n  - {{<<: *a, pagu: 1}}\n")
    assert ("AL105", 7, 6, 'Kunci "<<" tidak dikenal di sini.') in merged


# What is odd and no fault: read, with places that hold

NAMES = {
    "emoji": "\U0001f600 Jalan \U0001f468\u200d\U0001f469",
    "right to left": "مدرسة ابتدائية",
    "combining": "Jala\u0301n",
    "bidi override": "\u202eJalan\u2066x",
    "line separator": "Jalan\u2028Raya",
    "paragraph separator": "Jalan\u2029Raya # x",
    "next line": "Jalan\x85Raya",
    "private use beside a separator": "\ue000Jalan\u2028x",
}


@pytest.mark.parametrize("pure", [False, True], ids=["C", "Python"])
@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_names_are_read_as_written(name, pure):
    document = source.decode(f'{HEAD}  - nama: "{name}"\n    pagu: -1 # {name}\n'.encode(), "b.yaml")
    source.compose(document, pure=pure)
    assert document.node(("program", 0, "nama")).text == name
    assert document.place(("program", 0, "pagu")).span[:2] == (7, 11)


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x85"])
def test_old_line_breaks_break_no_line(sign):
    """YAML 1.1 begins a new line at them, so that what follows in a comment would be read as data."""
    text = f"{HEAD}  - nama: Jalan{sign}Raya\n    # catatan{sign}- nama: bukan\n    pagu: -1\n"
    loaded = load(text.encode(), "b.yaml")
    assert [program.nama for program in loaded.file.program] == [f"Jalan{sign}Raya"] or loaded.file.program == []
    assert told(text) == [("AL301", 8, 11, "Pagu -1 negatif.")]


FORMS = {
    "UTF-16 LE": BAD.encode("utf-16"),
    "UTF-16 BE": b"\xfe\xff" + BAD.encode("utf-16-be"),
    "UTF-8 with mark": b"\xef\xbb\xbf" + BAD.encode(),
    "CRLF": BAD.replace("\n", "\r\n").encode(),
    "lone CR": BAD.replace("\n", "\r").encode(),
    "all three": BAD.replace("\n", "\r\n", 3).replace("tahun: 2027\n", "tahun: 2027\r").encode(),
}


@pytest.mark.parametrize("raw", FORMS.values(), ids=FORMS)
def test_encodings_and_line_ends(raw, reference):
    assert told(raw) == [NEGATIVE]
    text = engine.fix(raw, "b.yaml", reference, Policy()).text
    assert edit.encode(text, raw) == raw


@pytest.mark.parametrize("digits", ["9" * 61, "9" * 5000, "0x" + "f" * 400, "1e400", "-" + "9" * 400, ".nan"])
def test_numbers_beyond_all_ceilings(digits, reference):
    """What float and sums cannot hold is no number, in every format."""
    raw = f"{JALAN}    pagu: {digits}\n".encode()
    (found,) = [one for one in load(raw, "b.yaml").findings if one.place.route[-1:] == ("pagu",)]
    assert (found.rule.code, found.place.span[:2]) == ("AL302", (7, 11))
    assert len(found.message("id")) < 120
    assert run.check_file(load(raw, "b.yaml"), reference).judged


# Large and repetitive: linear time, bounded memory

BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 10)
)
LONG = 250_000
LINES = f"      {'a' * 99}\n" * 2500
TOO_LONG = (
    "Berkas tidak dibaca karena teks di tempat ini panjangnya {:_} karakter (batas: 100_000; limits.text_characters)."
)
TOO_MANY = (
    "Berkas tidak dibaca karena isinya lebih dari {0} nilai setelah alias mengembang (batas: {0}; limits.values)."
)


@pytest.mark.parametrize(
    ("value", "length"),
    [
        ("a" * LONG, LONG),
        (f'"{"a" * LONG}"', LONG),
        (f"'{'a' * LONG}'", LONG),
        ("|\n" + LINES, 250_000),
        (">-\n" + LINES, 249_999),
    ],
    ids=["plain", "double", "single", "block", "folded"],
)
@pytest.mark.parametrize("pure", [False, True], ids=["C", "Python"])
def test_texts_that_are_too_long(value, length, pure):
    document = source.decode(f"{HEAD}  - nama: {value}\n".encode(), "b.yaml")
    with pytest.raises(source.SourceError) as caught:
        source.compose(document, pure=pure)
    assert (caught.value.kind, caught.value.span[:2], caught.value.detail) == ("text", (6, 11), f"{length:_}")
    if not pure:
        assert told(document.text) == [("AL109", 6, 11, TOO_LONG.format(length))]


def test_alias_bomb(monkeypatch, reference):
    limit(monkeypatch, values=50_000)
    expected = ("AL109", 1, TOO_MANY.format("50_000"))
    assert [(code, line, message) for code, line, _, message in told(BOMB)] == [expected]
    assert engine.fix(BOMB.encode(), "b.yaml", reference, Policy()).trouble.id.endswith("Berkas dibiarkan.")


@pytest.mark.parametrize("value", ["x,", "[],", "{},", "[x],", "{a: b},", "? a : b,"])
def test_memory_is_bounded_before_values_are_counted(monkeypatch, value):
    """What a file holds itself is refused while it is read: the tree of it would be the larger part."""
    limit(monkeypatch, values=1000)
    made = []
    monkeypatch.setattr("alignment_cli.building.Node", lambda *args: made.append(1) or tree.Node(*args))
    assert told(f"a: [{value * 100_000}]\n")[0][3] == TOO_MANY.format("1_000")
    assert len(made) <= 3010


LINEAR = {
    "unknown keys": lambda n: JALAN + "".join(f"    x{i}: 1\n" for i in range(n)),
    "keys that are nearly right": lambda n: JALAN + "".join(f"    pagu{i}: 1\n" for i in range(n)),
    "duplicate keys": lambda n: JALAN + "    pagu: 1\n" * n,
    "empty entries": lambda n: HEAD + "  -\n" * n,
    "wrong entries": lambda n: HEAD + "  - {nama: Jalan, pagu: x}\n" * n,
    "empty lines": lambda n: HEAD + "\n" * (50 * n) + "  - {nama: Jalan, pagu: -1}\n",
    "one line": lambda n: "{versi: 1, program: [" + "{nama: x, pagu: x}, " * n + "]}\n",
    "anchors": lambda n: HEAD + "".join(f"  - &a{i} {{nama: x, pagu: x}}\n  - *a{i}\n" for i in range(n)),
    "spaces": lambda n: f"{JALAN}    uraian: a{' ' * (20 * n)}b\n",
    "comments": lambda n: JALAN + f"    # {'align: ignore[' * n}\n",
    "comments that put aside": lambda n: JALAN + "    # align: ignore[AL302] menunggu\n" * n,
    "blank lines in a block": lambda n: f"{HEAD}  - nama: |{chr(10) * n}      x\n",
}


@pytest.mark.parametrize("make", LINEAR.values(), ids=LINEAR)
def test_four_times_as_much_takes_no_sixteen_times_the_work(make, reference):
    """Counts the lines of Python that run, so it depends on no clock."""

    def work(count):
        steps = 0

        def trace(_frame, event, _arg):
            nonlocal steps
            steps += event == "line"
            return trace

        raw = make(count).encode()
        sys.settrace(trace)
        try:
            engine.fix(raw, "b.yaml", reference, Policy())
        finally:
            sys.settrace(None)
        return steps

    work(10)
    base = work(10)
    small, large = work(100) - base, work(400) - base
    assert large < 7 * max(small, 1000)


LONG_TEXTS = {
    "zeros": f'asta_cita: "{"0" * 50_000}x"',
    "digits": f'asta_cita: "{"1" * 50_000}"',
    "digits of a link": f'keselarasan: [{{tujuan: "{"9" * 50_000}"}}]',
    "amount": f'uraian: "Rp {"1.000" * 10_000}x"',
    "claim": f'uraian: "mendukung Asta Cita{" " * 50_000}x"',
    "code": f'kode: "{"1." * 25_000}x"',
    "brackets": f'perangkat_daerah: "{"((" * 25_000}x"',
    "blank lines": f"uraian: |{chr(10) * 50_000}      x",
}


@pytest.mark.parametrize("text", LONG_TEXTS.values(), ids=LONG_TEXTS)
def test_regular_expressions_end_on_long_texts(text, reference):
    """One that goes back for each character takes more than a minute here, the others together less than a second."""
    begin = time.process_time()
    raw = f"{JALAN}    {text}\n".encode()
    run.check_file(load(raw, "b.yaml"), reference)
    engine.fix(raw, "b.yaml", reference, Policy())
    assert time.process_time() - begin < 15


# Files that are none


def waited(*_):
    pytest.fail("still waiting", pytrace=False)


@posix
class TestFiles:
    def names(self, folder, **options):
        return [shown for _, shown in find([folder], Path("contoh.yaml"), **options)[0]]

    @pytest.fixture
    def folder(self, tmp_path, monkeypatch):
        made = tmp_path / "proyek" / "program"
        made.mkdir(parents=True)
        (made / "a.yaml").write_text(JALAN)
        (tmp_path / "proyek" / ".git").mkdir()
        monkeypatch.chdir(tmp_path / "proyek")
        return made

    def test_what_is_no_file_is_passed_over(self, folder, monkeypatch):
        os.mkfifo(folder / "pipa.yaml")
        (folder / "lingkar.yaml").symlink_to("lingkar.yaml")
        (folder / "hilang.yaml").symlink_to("tidak-ada.yaml")
        (folder / "folder.yaml").mkdir()
        (folder / "lagi").symlink_to(".")
        (folder / "atas").symlink_to("..")
        with socket.socket(socket.AF_UNIX) as one:
            monkeypatch.chdir(folder)  # a socket's name has room for a hundred bytes
            one.bind("soket.yaml")
            assert self.names(folder) == [(folder / "a.yaml").as_posix()]

    def test_link_out_of_the_repository_is_refused(self, folder, tmp_path):
        secret = tmp_path / "rahasia.txt"
        secret.write_text("kata sandi: 12345\n")
        (folder / "b.yaml").symlink_to(secret)
        with pytest.raises(NothingToCheckError) as caught:
            self.names(folder)
        assert "b.yaml adalah tautan ke luar proyek, sehingga tidak dibaca." in caught.value.text.id
        assert "b.yaml is a link that leads out of proyek, so it is not read." in caught.value.text.en
        assert self.names(folder, exclude=["*/b.yaml"]) == [(folder / "a.yaml").as_posix()]
        assert self.names(folder / "b.yaml") == [(folder / "b.yaml").as_posix()]

    def test_link_within_the_repository_is_followed(self, folder):
        (folder.parent / "bersama.yaml").write_text(JALAN)
        (folder / "b.yaml").symlink_to("../bersama.yaml")
        assert self.names(folder) == [(folder / name).as_posix() for name in ("a.yaml", "b.yaml")]

    @pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root looks into every folder")
    def test_folder_that_may_not_be_looked_into(self, folder):
        (folder / "tertutup").mkdir(mode=0)
        with pytest.raises(PermissionError):
            self.names(folder)
        (folder / "tertutup").chmod(0o755)

    def test_folder_that_vanishes_is_told(self, folder, monkeypatch):
        (folder / "b").mkdir()
        real = os.walk

        def walk(top, **options):
            for found in real(top, **options):
                if (folder / "b").exists():
                    (folder / "b").rmdir()
                yield found

        monkeypatch.setattr(discover.os, "walk", walk)
        with pytest.raises(FileNotFoundError):
            self.names(folder)

    @pytest.mark.parametrize("change", ["vanishes", "becomes a pipe", "becomes a folder"])
    def test_file_that_changes_after_it_was_found(self, folder, monkeypatch, change):
        real = discover.find

        def found(*args):
            files = real(*args)
            (folder / "a.yaml").unlink()
            if change == "becomes a pipe":
                os.mkfifo(folder / "a.yaml")
            elif change == "becomes a folder":
                (folder / "a.yaml").mkdir()
            return files

        monkeypatch.setattr(discover, "find", found)
        done = CliRunner().invoke(app(), ["check", "program", "--no-cache"])
        cause = {"vanishes": "No such file", "becomes a pipe": "bukan berkas biasa", "becomes a folder": "Is a dir"}
        assert done.exit_code == 2
        assert re.match(rf"align: program/a.yaml tidak dapat dibaca: {cause[change]}", done.stderr)

    @pytest.mark.parametrize(
        "words",
        [
            "check /dev/zero", "check pipa", "fix pipa", "diff program/a.yaml /dev/zero", "import pipa",
            "import /dev/zero", "import program/a.yaml --map pipa", "check program --priorities /dev/zero",
            "check program --baseline pipa", "check program --baseline /dev/zero", "check program --config pipa",
            "check program --config /dev/zero", "review import pipa", "form form4 program --daftar pipa",
            "check program --calibration pipa",
        ],
    )  # fmt: skip
    def test_pipes_and_devices_are_never_read(self, folder, words):
        os.mkfifo(folder.parent / "pipa")
        before = signal.signal(signal.SIGALRM, waited)
        signal.alarm(10)
        try:
            done = CliRunner().invoke(app(), words.split())
        finally:
            signal.alarm(0)
            signal.signal(signal.SIGALRM, before)
        assert (done.exit_code, done.stdout) == (2, "")
        assert "berkas biasa" in done.stderr


# Where results go


@posix
@pytest.mark.parametrize(
    ("output", "said"),
    [
        ("a.yaml", "masukan|yang diekspor"),
        ("../kerja/./a.yaml", "masukan|yang diekspor"),
        ("tautan", "masukan|yang diekspor"),
        ("lingkar", "lingkar tidak dapat ditulis"),
        ("/dev/full", "/dev/full tidak dapat ditulis"),
        ("pipa", "pipa tidak dapat ditulis"),
        ("tidak/ada.csv", "tidak/ada.csv tidak dapat ditulis: No such file"),
        ("x" * 300, "tidak dapat ditulis: File name too long"),
    ],
)
@pytest.mark.parametrize("command", ["report -f csv", "export -f csv"])
def test_output_names(tmp_path, monkeypatch, command, output, said):
    work = tmp_path / "kerja"
    work.mkdir()
    monkeypatch.chdir(work)
    (work / "a.yaml").write_text(JALAN)
    (work / "tautan").symlink_to("a.yaml")
    (work / "lingkar").symlink_to("lingkar")
    os.mkfifo(work / "pipa")
    before = sorted(work.iterdir())
    words, *options = command.split()
    done = CliRunner().invoke(app(), [words, "a.yaml", *options, "-o", output])
    assert done.exit_code == 2
    assert re.search(said, done.stderr)
    assert (sorted(work.iterdir()), (work / "a.yaml").read_text()) == (before, JALAN)


# What a terminal or a browser gets to see

STEERING = (
    "Pasar \x1b]8;;http://x\x1b\\tautan\x1b]8;;\x1b\\ \x9b31m \x9d0;judul\x07 \u202etxt\u2066 <script>alert(1)</script>"
)
UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture
def steered(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    word = json.dumps(STEERING)
    entry = f"  - {{nama: {word}, perangkat_daerah: {word}, pagu: 5, lokasi: {word}, kode: {word}, uraian: {word}}}\n"
    Path("a.yaml").write_text(HEAD.replace("Kabupaten Uji", word) + 6 * entry, "utf-8")


@pytest.mark.usefixtures("steered")
@pytest.mark.parametrize("format_", ["text", "md", "csv", "json", "html"])
@pytest.mark.parametrize("view", ["", "program", "kolaborasi"])
def test_reports_of_steering_names(format_, view):
    more = ["--view", view] if view and format_ != "html" else []
    done = CliRunner().invoke(app(), ["report", "a.yaml", "-f", format_, *more])
    assert done.exit_code == 0, done.output
    shown = done.stdout if format_ != "csv" else done.stdout.replace("\r\n", "\n")
    assert UNSAFE.findall(shown) == []
    assert "<script>alert" not in done.stdout or format_ in ("text", "csv", "json")


@pytest.mark.usefixtures("steered")
@pytest.mark.parametrize("name", ["hilang\x1b[2J\u202e.yaml", "folder\x9b/"])
def test_messages_repeat_names_harmlessly(name):
    done = CliRunner().invoke(app(), ["check", name])
    assert done.exit_code == 2
    assert UNSAFE.findall(done.stderr) == []
    assert one_line(name).rstrip("/") in done.stderr
    assert "\ufffd" in done.stderr


# Ctrl+C

STARTED = "import sys; from alignment_cli.__main__ import main; print('mulai', file=sys.stderr, flush=True); main()"
"""Python itself starts without a say of `align` in what an interruption prints."""


@posix
@pytest.mark.parametrize("words", ["check a.yaml --no-cache", "fix a.yaml", "export a.yaml -f csv -o hasil.csv"])
def test_interrupted_at_any_moment(tmp_path, words):
    """Ctrl+C ends with 130 and no traceback; files are as before or as wanted, and nothing is left beside them."""
    before = HEAD + "  - {nama: Jembatan gantung, kode: 1.03.10}\n" * 500
    after = before.replace("1.03.10", '"1.03.10"')
    path = tmp_path / "a.yaml"
    codes = set()
    for moment in (0.01, 0.1, 0.25, 0.5):
        path.write_text(before)
        process = subprocess.Popen(
            [sys.executable, "-c", STARTED, *words.split()],
            cwd=tmp_path,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        with process:
            assert process.stderr.readline() == b"mulai\n"
            time.sleep(moment)
            process.send_signal(signal.SIGINT)
            said = process.stderr.read().decode()
        codes.add(process.returncode)
        assert (process.returncode in (130, 0, 1), "Traceback" in said) == (True, False), said
        assert len(said.splitlines()) <= 1 or process.returncode != 130
        assert path.read_text() in (before, after)
        assert {file.name for file in tmp_path.iterdir()} <= {"a.yaml", "hasil.csv"}
        assert not (tmp_path / "hasil.csv").exists() or process.returncode == 0 or words.startswith("export")
        (tmp_path / "hasil.csv").unlink(missing_ok=True)
    assert 130 in codes
