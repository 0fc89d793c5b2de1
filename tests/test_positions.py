"""Places are exact: for documents written in any style, and for a fault put anywhere.

Hypothesis draws a tree and the style of each of its parts; `Writer` writes it and remembers where every word begins,
which owes nothing to the parser under test.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alignment_cli import run
from alignment_cli.finding import Severity
from alignment_cli.load import parse
from alignment_cli.source import EXCERPT_WIDTH, compose, decode, values


@dataclass(eq=False)
class Word:
    """A key or scalar: how it is written, what it says, and the offset at which it was written."""

    written: str
    says: str
    at: int = -1


@dataclass(eq=False)
class Map:
    pairs: list[tuple[Word, Node]] = field(default_factory=list)
    at: int = -1


@dataclass(eq=False)
class Seq:
    parts: list[Node] = field(default_factory=list)
    at: int = -1


Node = Word | Map | Seq

PLAIN = (
    "satu", "dua kata", "日本語", "é", "😀", "\uff21\uff22", "5.010", "012", "-5", "1_000", "true", "a#b", "it's",
    'kata "asing"', "1.02.02", "Rp5", "a\u00a0b", "-lain",
)  # fmt: skip
LETTERS = st.characters(categories=("L", "M", "N", "P", "S", "Zs"), exclude_characters="\ufeff")
TEXTS = st.text(LETTERS, max_size=12)
NOISE = ("", "", "", "# catatan: [x, {y\n", "\n", "   \n", "# é日😀\n\n")


def quoted(text, *, ascii_only=False):
    """Write a text in double quotes. YAML knows JSON's escapes but not its pairs for characters beyond U+FFFF."""
    return json.dumps(text, ensure_ascii=ascii_only and max(text, default="") <= "\uffff")


@st.composite
def words(draw):
    match draw(st.integers(0, 3)):
        case 0 | 1:
            text = draw(st.sampled_from(PLAIN))
            return Word(text, text)
        case 2:
            text = draw(TEXTS)
            return Word("'" + text.replace("'", "''") + "'", text)
        case _:
            text = draw(TEXTS | st.text(st.sampled_from('\n\t\\"/é日😀:# '), max_size=6))
            return Word(quoted(text, ascii_only=draw(st.booleans())), text)


@st.composite
def keys(draw, count):
    names = draw(st.lists(st.text(LETTERS, min_size=1, max_size=6), min_size=count, max_size=count, unique=True))
    quotes = [draw(st.integers(0, 2)) for _ in names]
    written = [
        f"k{number}" if quote == 0 else f"'{name.replace(chr(39), chr(39) * 2)}'" if quote == 1 else quoted(name)
        for number, (name, quote) in enumerate(zip(names, quotes, strict=True))
    ]
    return [Word(text, text if quote == 0 else name) for text, name, quote in zip(written, names, quotes, strict=True)]


@st.composite
def maps(draw, children):
    parts = draw(st.lists(children, max_size=4))
    pairs = list(zip(draw(keys(len(parts))), parts, strict=True))
    kept = {key.says: (key, part) for key, part in pairs}
    return Map(list(kept.values()))


TREES = st.recursive(
    words(), lambda children: maps(children) | st.builds(Seq, st.lists(children, max_size=4)), max_leaves=14
)


class Writer:
    """Writes a tree, each part in a style of its own, and sets `at` of every node and key."""

    def __init__(self, seed):
        self.pick_from = Random(seed).choice  # noqa: S311 - far faster than a draw for each of many small choices
        self.text = ""

    def pick(self, *choices):
        return self.pick_from(choices)

    def put(self, text):
        self.text += text

    def word(self, word):
        word.at = len(self.text)
        self.put(word.written)

    def noise(self, indent):
        for line in self.pick(*NOISE).splitlines(keepends=True):
            self.put(" " * indent + line if line.startswith("#") else line)

    def end(self):
        self.put(self.pick("", "", "", "  ", " # catatan", "   # 日本: [x") + "\n")

    def document(self, node):
        self.put(self.pick("", "", "---\n", "# atas\n\n", "%YAML 1.2\n---\n"))
        if isinstance(node, Word) or self.is_flow(node):
            self.flow(node, 0)
            self.end()
        else:
            self.noise(0)
            self.block(node, 0)
        self.put(self.pick("", "", "...\n", "# akhir"))
        return self.text

    def is_flow(self, node):
        empty = not (node.pairs if isinstance(node, Map) else node.parts)
        return empty or self.pick(True, False, False)

    def value(self, node, indent, *, compact):
        """Write a value behind `:` or `-`, with its line end."""
        if isinstance(node, Word) or self.is_flow(node):
            self.put(" " * self.pick(1, 1, 3))
            self.flow(node, indent)
            self.end()
        elif compact and self.pick(True, False):
            self.put(" ")
            self.block(node, indent + 2, first=True)
        else:
            self.end()
            self.noise(indent + 1)
            deeper = self.pick(1, 2, 4)
            same = 0 if isinstance(node, Seq) and not compact and self.pick(True, False) else deeper
            self.block(node, indent + same)

    def block(self, node, indent, *, first=False):
        for number, part in enumerate(node.pairs if isinstance(node, Map) else node.parts):
            if number or not first:
                self.put(" " * indent)
            if not number:
                node.at = len(self.text)
            if isinstance(node, Map):
                self.word(part[0])
                self.put(self.pick(":", ":", " :"))
                self.value(part[1], indent, compact=False)
            else:
                self.put("-")
                self.value(part, indent, compact=True)
            self.noise(indent)

    def flow(self, node, indent):
        if isinstance(node, Word):
            self.word(node)
            return
        node.at = len(self.text)
        opening, closing = "{}" if isinstance(node, Map) else "[]"
        self.put(opening + self.pick("", "", " "))
        for number, part in enumerate(node.pairs if isinstance(node, Map) else node.parts):
            if number:
                self.put(
                    self.pick(", ", ", ", " ,  ", ",\n" + " " * (indent + 5), ", # catatan\n" + " " * (indent + 2))
                )
            if isinstance(node, Map):
                self.word(part[0])
                self.put(self.pick(": ", ": ", " :  "))
                self.flow(part[1], indent)
            else:
                self.flow(part, indent)
        self.put(self.pick("", "", " ") + closing)


@dataclass
class Written:
    """The text as written, its bytes, and line and column of an offset."""

    text: str
    raw: bytes

    def place(self, node):
        before = self.text[: node.at]
        return before.count("\n") + 1, node.at - (before.rfind("\n") + 1) + 1


def write(data, node):
    text = Writer(data.draw(st.integers(0, 2**16))).document(node)
    newline = data.draw(st.sampled_from(["\n", "\r\n"]))
    encoding = data.draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
    return Written(text, text.replace("\n", newline).encode(encoding))


def words_of(node, route=()):
    """Yield (route, word, is it a key)."""
    if isinstance(node, Word):
        yield route, node, False
    elif isinstance(node, Map):
        for key, part in node.pairs:
            yield (*route, key.says), key, True
            yield from words_of(part, (*route, key.says))
    else:
        for number, part in enumerate(node.parts):
            yield from words_of(part, (*route, number))


def plain(node):
    if isinstance(node, Word):
        return node.says
    if isinstance(node, Map):
        return {key.says: plain(part) for key, part in node.pairs}
    return [plain(part) for part in node.parts]


class EveryKey(frozenset):
    """Takes every key for one whose value is text, so that values are what is written."""

    def __contains__(self, key):
        return True


@pytest.mark.parametrize("pure", [False, True], ids=["C parser", "pure parser"])
@given(data=st.data())
def test_every_word_is_found_where_it_was_written(pure, data):
    tree = data.draw(TREES.filter(lambda node: not isinstance(node, Word)))
    written = write(data, tree)
    lines = written.text.split("\n")
    document = decode(written.raw, "berkas.yaml")
    compose(document, pure=pure)
    for route, word, is_key in words_of(tree):
        span = document.place(route, key=is_key).span
        assert (span.line, span.column) == written.place(word)
        assert span.end_line == span.line
        assert lines[span.line - 1][span.column - 1 : span.end_column - 1] == word.written
        assert document.line(span.line) == lines[span.line - 1][:EXCERPT_WIDTH]
    found = values(document, EveryKey(), frozenset())
    assert found == plain(tree)
    assert document.problems == []


# --- faults ---


def text_word(text):
    return Word(text, text.strip("'\""))


def mapping(**parts):
    return Map(
        [(text_word(key), part if isinstance(part, Map | Seq) else text_word(part)) for key, part in parts.items()]
    )


NAMES = st.sampled_from(["Gotong royong", '"Suka Sapi"', "'Rumah Tahfidz é日'", "Pasar murah 😀", "Kerja bakti"])
CODES = st.sampled_from(['"1.02.02"', "'1.03.10'", "1.01.02"])


@st.composite
def optional(draw, **parts):
    """Keep some of the parts, in any order."""
    names = draw(st.lists(st.sampled_from(sorted(parts)), unique=True)) if parts else []
    return {name: draw(part) for name, part in ((name, parts[name]) for name in names)}


def shuffled(draw, parts):
    return mapping(**{name: parts[name] for name in draw(st.permutations(list(parts)))})


@st.composite
def indicators(draw):
    more = draw(optional(satuan=st.just("persen"), target=st.sampled_from(["14.2", "5", "BB"])))
    return shuffled(draw, {"nama": draw(NAMES), **more})


@st.composite
def links(draw):
    more = draw(optional(peran=st.just("utama"), alasan=NAMES, status=st.just("disetujui")))
    return shuffled(draw, {"tujuan": draw(st.sampled_from(["AC4", "4", "Asta Cita 5"])), **more})


def some(part):
    return st.builds(Seq, st.lists(part, max_size=3))


@st.composite
def partners(draw):
    seqs = some(NAMES.map(text_word))
    return mapping(**draw(optional(horizontal=seqs, vertikal=seqs, eksternal=seqs)))


@st.composite
def activities(draw):
    more = draw(optional(uraian=NAMES, indikator=some(indicators()), keselarasan=some(links()), lokasi=NAMES))
    return shuffled(draw, {"nama": draw(NAMES), **more})


@st.composite
def programmes(draw):
    more = draw(
        optional(
            kode=CODES,
            pagu=st.sampled_from(["0", "1_500_000", "25"]),
            unggulan=st.just("true"),
            indikator=some(indicators()),
            asta_cita=st.sampled_from(["4", "AC8"]),
            keselarasan=some(links()),
            kolaborasi=partners(),
            sub_kegiatan=some(activities()),
        )
    )
    return shuffled(draw, {"nama": draw(NAMES), **more})


@st.composite
def files(draw):
    daerah = shuffled(draw, {"kode": '"13.10"', "nama": draw(NAMES), "tingkat": "kabupaten"})
    return shuffled(draw, {
        "versi": "1",
        "daerah": daerah,
        "dokumen": "RKPD",
        "tahun": "2026",
        "program": Seq(draw(st.lists(programmes(), min_size=1, max_size=3))),
    })  # fmt: skip


def mappings_of(node):
    if isinstance(node, Map):
        yield node
    children = [part for _, part in node.pairs] if isinstance(node, Map) else getattr(node, "parts", [])
    for child in children:
        yield from mappings_of(child)


def set_value(node, key, written):
    word = text_word(written)
    for number, (name, _) in enumerate(node.pairs):
        if name.says == key:
            node.pairs[number] = (name, word)
            return word
    node.pairs.append((text_word(key), word))
    return word


def items_of(file):
    for node in mappings_of(file):
        names = {key.says for key, _ in node.pairs}
        if "nama" in names and not names & {"tingkat", "satuan", "target"}:
            yield node


def unknown_key(data, file):
    node = data.draw(st.sampled_from(list(mappings_of(file))))
    key = text_word(data.draw(st.sampled_from(["qqqq", '"qqqq"', "日本"])))
    node.pairs.insert(data.draw(st.integers(0, len(node.pairs))), (key, text_word("x")))
    return {("AL105", key)}


def duplicate_key(data, file):
    node = data.draw(st.sampled_from([node for node in mappings_of(file) if node.pairs]))
    scalars = [number for number, (_, part) in enumerate(node.pairs) if isinstance(part, Word)]
    if not scalars:
        return set()
    number = data.draw(st.sampled_from(scalars))
    key, part = node.pairs[number]
    again = Word(data.draw(st.sampled_from([key.says, f"'{key.says}'", quoted(key.says)])), key.says)
    node.pairs.insert(data.draw(st.integers(number + 1, len(node.pairs))), (again, Word(part.written, part.says)))
    return {("AL102", again)}


def at_programme(data, file, key, written, *codes):
    programmes_node = next(part for name, part in file.pairs if name.says == "program")
    word = set_value(data.draw(st.sampled_from(programmes_node.parts)), key, written)
    return {(code, word) for code in codes}


def at_header(file, key, written, code):
    return {(code, set_value(file, key, written))}


FAULTS = {
    "unknown key": unknown_key,
    "duplicate key": duplicate_key,
    "negative pagu": lambda data, file: at_programme(data, file, "pagu", "-5", "AL301"),
    "pagu with dots": lambda data, file: at_programme(data, file, "pagu", "'1.500.000'", "AL302"),
    "code without quotes": lambda data, file: at_programme(data, file, "kode", "5.010", "AL201", "AL202"),
    "unknown goal": lambda data, file: at_programme(data, file, "asta_cita", "AC9", "AL204"),
    "wrong type": lambda data, file: at_programme(data, file, "unggulan", '"日本"', "AL106"),
    "empty name": lambda data, file: at_programme(data, file, "nama", "''", "AL106"),
    "unknown document": lambda _, file: at_header(file, "dokumen", "'日本 😀'", "AL108"),
    "year in quotes": lambda _, file: at_header(file, "tahun", '"2026"', "AL106"),
}


@pytest.mark.parametrize("inject", FAULTS.values(), ids=FAULTS)
@settings(max_examples=15)  # of each kind
@given(data=st.data())
def test_a_fault_is_told_where_it_was_put(inject, reference, data):
    file = data.draw(files())
    expected = inject(data, file)
    written = write(data, file)
    findings = run.check_file(parse(decode(written.raw, "berkas.yaml")), reference).findings
    told = {
        (f.rule.code, f.place.span.line, f.place.span.column) for f in findings if f.rule.severity is Severity.ERROR
    }
    assert told == {(code, *written.place(word)) for code, word in expected}


@settings(max_examples=30)
@given(data=st.data())
def test_a_sound_file_has_no_errors(reference, data):
    written = write(data, data.draw(files()))
    findings = run.check_file(parse(decode(written.raw, "berkas.yaml")), reference).findings
    assert [finding for finding in findings if finding.rule.severity is Severity.ERROR] == []


@given(data=st.data())
def test_damaged_text_is_always_answered(reference, data):
    """Whatever a slip of the keyboard does to a file, it is answered with findings that lie inside the text."""
    text = write(data, data.draw(files())).text
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text)))
        cut = data.draw(st.integers(0, 3))
        text = text[:at] + data.draw(st.text("\t\n \"'[]{}:,-#&*!|>%@`?0x_.é😀", max_size=3)) + text[at + cut :]
    document = decode(text.encode(), "berkas.yaml")
    lines = text.split("\n")
    for finding in run.check_file(parse(document), reference).findings:
        span = finding.place.span
        assert 1 <= span.line <= len(lines)
        assert 1 <= span.column <= len(lines[span.line - 1]) + 1
        assert (span.end_line, span.end_column > span.column) == (span.line, True)
        assert finding.message("id")
        assert finding.fix("en")
