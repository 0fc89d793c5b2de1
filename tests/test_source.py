"""Bytes to text, text to nodes, nodes to values; both parsers agree; hostile input ends in a `SourceError`."""

import math
import subprocess
import sys
from importlib.metadata import distributions

import pytest
from ruamel.yaml import YAML

from alignment_cli import limits, source, tree
from alignment_cli.finding import Span
from alignment_cli.limits import Limits
from alignment_cli.source import Document, SourceError, compose, decode, values


def parsed(text, *, pure=False):
    document = decode(text.encode(), "berkas.yaml")
    compose(document, pure=pure)
    return document


def plain(text, text_keys=(), code_keys=()):
    return values(parsed(text), frozenset(text_keys), frozenset(code_keys))


def fault(call, *args, **options):
    with pytest.raises(SourceError) as caught:
        call(*args, **options)
    return caught.value


# --- decode ---


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_decode_understands(encoding):
    assert decode("nama: Café 日本 😀\r\n".encode(encoding), "x").text == "nama: Café 日本 😀\r\n"


@pytest.mark.parametrize(
    ("raw", "kind", "line", "column", "detail"),
    [
        (b"versi: 1\0", "binary", 1, 1, ""),
        ("versi".encode("utf-16-le"), "binary", 1, 1, ""),
        (b"\xff\xfe\0\0v\0\0\0", "binary", 1, 1, ""),
        (b"a\nb: \xe9 c", "encoding", 2, 4, "0xe9"),
        ("日本: ".encode() + b"\xff", "encoding", 1, 5, "0xff"),
        (b"a: \xed\xa0\x80", "encoding", 1, 4, "0xed"),
        (b"\xff\xfea\0b", "wide_encoding", 1, 2, "0x62"),
    ],
    ids=["NUL", "UTF-16 without mark", "UTF-32", "Latin-1", "after wide characters", "surrogate", "UTF-16 cut"],
)
def test_decode_refuses(raw, kind, line, column, detail):
    error = fault(decode, raw, "x")
    assert (error.kind, error.span, error.detail) == (kind, Span(line, column, line, column + 1), detail)


def test_decode_refuses_what_is_too_large(monkeypatch, tmp_path):
    monkeypatch.setattr(limits, "_in_force", [Limits(file_bytes=2**20)])
    path = tmp_path / "besar.yaml"
    path.write_bytes(b"#" * 2**20)
    assert len(source.read_text(path, "besar.yaml").text) == 2**20
    path.write_bytes(b"#" * (2**20 + 1))
    error = fault(source.read_text, path, "besar.yaml")
    assert (error.kind, error.span, error.detail) == ("too_large", Span(1, 1, 1, 2), "1_048_576")


# --- lines and places ---


def test_within_a_line_break_is_its_beginning():
    document = Document("x", "? tahun\r\n")
    assert [document.position(index) for index in (7, 8, 9)] == [(1, 8), (1, 8), (2, 1)]
    assert Document("x", "\r\n").position(1) == (1, 1)


def test_lines_of_every_kind():
    document = Document("x", "satu\ndua\r\ntiga\rempat")
    assert [document.line(number) for number in (1, 2, 3, 4)] == ["satu", "dua", "tiga", "empat"]
    assert [document.position(index) for index in (0, 4, 5, 10, 15, 99)] == [
        (1, 1),
        (1, 5),
        (2, 1),
        (3, 1),
        (4, 1),
        (4, 6),
    ]


def test_long_line_is_cut_but_positions_are_not():
    document = parsed(f"a: {'x' * 300}\n")
    assert document.line(1) == f"a: {'x' * 197}"
    assert document.span(document.node(("a",))) == Span(1, 4, 1, 304)


@pytest.mark.parametrize(
    ("route", "key", "expected"),
    [
        (("a", 1, "b"), False, Span(3, 8, 3, 9)),
        (("a", 1, "b"), True, Span(3, 5, 3, 6)),
        (("a", 1, "tidak_ada"), True, Span(3, 5, 3, 6)),
        (("a", 9), False, Span(1, 1, 1, 2)),
        (("a", 0, "x", "y"), False, Span(2, 5, 2, 6)),
        (("tidak_ada",), True, Span(1, 1, 1, 2)),
        ((), False, Span(1, 1, 1, 3)),
        (("c", "d"), False, Span(4, 8, 4, 10)),
        (("c", "e"), True, Span(4, 1, 4, 2)),
    ],
)
def test_place_of_a_route(route, key, expected):
    document = parsed("a:\n  - x\n  - b: 1\nc: {d: 22}\n")
    place = document.place(route, key=key)
    assert place.span == expected
    assert (place.path, place.route) == ("berkas.yaml", route)
    assert place.excerpt == document.line(expected.line)


def test_place_in_a_file_without_content():
    assert parsed("# kosong\n").place(("versi",)).span == Span(1, 1, 1, 2)


def test_place_of_a_duplicate_key_is_the_last():
    document = parsed("a: 1\nb: 2\na: 3\n")
    assert document.place(("a",)).span == Span(3, 4, 3, 5)
    assert document.place(("a",), key=True).span == Span(3, 1, 3, 2)


@pytest.mark.parametrize("text", ["a: [1,\n  2]\n", "a: |\n  satu\n  dua\n", "a: satu\n  dua\n", 'a: "satu\n  dua"\n'])
def test_span_over_lines_ends_with_its_first_line(text):
    document = parsed(text)
    first = text.split("\n")[0]
    assert document.span(document.node(("a",))) == Span(1, 4, 1, len(first) + 1)


def test_span_over_lines_on_a_long_line():
    document = parsed(f"a: {'x' * 300}\nb: [{'x' * 300}, [1,\n  2]]\n")
    assert document.span(document.node(("b", 1))) == Span(2, 307, 2, 310)


# --- values ---


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1_500_000", 1500000),
        ("-5", -5),
        ("+12", 12),
        ("012", 12),
        ("0x1F", 31),
        ("0o17", 15),
        ("0b11", "0b11"),
        ("0x", "0x"),
        ("0b_", "0b_"),
        ("!!int 0xzz", "0xzz"),
        ("9" * 60, int("9" * 60)),
        ("9" * 61, "9" * 61),
        ("5.010", 5.01),
        ("1e3", 1000.0),
        ("1_0.5", 10.5),
        (".inf", math.inf),
        ("-.inf", -math.inf),
        ("true", True),
        ("False", False),
        ("yes", "yes"),
        ("null", None),
        ("~", None),
        ("", None),
        ("1.02.02", "1.02.02"),
        ("1.500.000", "1.500.000"),
        ("12:30", "12:30"),
        ("2026-02-09", "2026-02-09"),
        ('"5"', "5"),
        ("'true'", "true"),
        ("!!str 5", "5"),
        ("[]", []),
        ("{}", {}),
        ("|-\n  satu\n  dua", "satu\ndua"),
        (">-\n  satu\n  dua", "satu dua"),
    ],
)
def test_value(written, value):
    found = plain(f"a: {written}\n")
    assert found == {"a": value}
    assert type(found["a"]) is type(value)


def test_value_not_a_number():
    assert math.isnan(plain("a: .nan\n")["a"])


def test_text_keys_keep_what_is_written():
    found = plain("nama: 5.010\nlain: 5.010\nsumber: [012, 1e3, null]\ndalam: {nama: true}\n", ["nama", "sumber"])
    assert found == {
        "nama": "5.010",
        "lain": 5.01,
        "sumber": ["012", "1e3", None],
        "dalam": {"nama": "true"},
    }


@pytest.mark.parametrize(
    ("written", "noted"),
    [("5.010", True), ("012", True), ('"5.010"', False), ("1.02.02", False), ("null", False), ("!!str 5.010", False)],
)
def test_code_without_quotes_is_noted(written, noted):
    document = parsed(f"kode: {written}\nlain: 5.010\n")
    values(document, frozenset({"kode"}), frozenset({"kode"}))
    kinds = [(problem.kind, problem.route, problem.detail) for problem in document.problems]
    assert kinds == ([("unquoted", ("kode",), written)] if noted else [])


def test_duplicate_key_names_both_places():
    document = parsed("a: {b: 1, b: 2}\n")
    assert values(document, frozenset(), frozenset()) == {"a": {"b": 2}}
    (problem,) = document.problems
    assert (problem.kind, problem.route, problem.detail) == ("duplicate", ("a", "b"), "b")
    assert document.span(problem.node) == Span(1, 11, 1, 12)
    assert document.span(problem.other) == Span(1, 5, 1, 6)


def test_problems_of_an_alias_are_noted_at_the_anchor():
    document = parsed("a: &x {k: 1, k: 2}\n")
    values(document, frozenset(), frozenset())
    assert [document.span(problem.node).column for problem in document.problems] == [14]


def test_nothing_is_none():
    assert plain("# kosong\n") is None


# --- two parsers, one answer ---

TRICKY = {
    "anchors": "a: &x {b: 1, c: [2, 3]}\nd: *x\ne: &y teks\nf: *y\n",
    "flow": "{a: [1, two, 'tiga', \"empat\"], b: {c: d}, e}\n",
    "flow over lines": "a: [1,\n  2,\n  {x: y,\n   z: w}]\nb: 3\n",
    "block scalars": "a: |\n  satu\n  dua\nb: >-\n  tiga\n\n  empat\n\nc: |+\n  x\n\nd: |2\n   y\ne: 1\n",
    "block scalar at the end": "a: |\n  satu\n  dua",
    "quotes": "a: 'it''s'\nb: \"t\\u00e9\\n\\\"x\"\nc: 'dua\n  baris'\nd: \"dua\n\n  baris \\\n  lagi\"\n'e f': ''\n",
    "comments": "# atas\na: 1 # satu\n# tengah\nb:\n  # dalam\n  - x # x\n\n  # akhir\n  - y\n# bawah\nc: z\n",
    "wide characters": 'nama: "日本語 é"\nb: é日 # ü\nc: {ключ: значение}\nd: \uff21\uff22\n',
    "emoji": "a: 😀😀 x\n😀: [😀, b]\nc: '👩‍👩‍👧' # 😀\nd: 1\n",
    "CRLF": 'a: 1\r\nb:\r\n  - x\r\n  - "y"\r\nc: |\r\n  satu\r\n  dua\r\nd: z\r\n',
    "CR": "a: 1\rb:\r  - x\rc: z\r",
    "no final newline": "a:\n  - b\n  - c: d",
    "plain over lines": "a: satu\n  dua\n  tiga\nb: x\n",
    "list without indentation": "a:\n- b\n- c: d\n  e: f\n- - g\n  - h\nz: 1\n",
    "numbers": "a: 1_000\nb: 0x1F\nc: 0o17\nd: 012\ne: 1e3\nf: .5\ng: -.inf\ni: 2026-02\nj: 5.010\nl: yes\nm: True\n",
    "tags": "a: !!str 1\nb: !foo bar\nc: !!set {x, y}\nd: !!python/name:os.x z\n",
    "merge key": "a: &x {b: 1}\nc:\n  <<: *x\n  d: 2\n",
    "complex keys": "? [a, b]\n: c\n? d\n: e\n? |\n  blok\n: f\n",
    "keys that are no text": "1: x\nnull: y\n~: z\ntrue: w\n",
    "duplicates": "a: 1\na: 2\nb: {c: 1, c: 2}\n",
    "document markers": "%YAML 1.2\n---\na: 1\n...\n",
    "spaces at line ends": "a: x   \nb: 'y'   \nc: [1]   \n",
    "signs inside text": "a: http://x.y:80/z\nb: a#b\nc: -5-\nd: a: b\n".replace("a: b", "'a: b'"),
    "second byte order mark": "a: x\ufeffy\nb: z\n",
    "long line": f"a: {'x' * 300}\nb: [1,\n 2]\n",
    "colon inside plain text in flow": "a: [https://situs.go.id, b:c]\nd: {e: f:g}\n",
    "anchor used twice": "a: &x 1\nb: &x 2\nc: *x\n",
    "line separators": "a: x\u2028y\nb: x\u0085y\nc: 'x\u2029y'\nd: z\n",
    "YAML 1.1": "%YAML 1.1\n---\na: yes\n",
    "scalar": "teks\n",
    "nothing": "# kosong\n",
}


def walk(node, route=()):
    """Yield (route, node) of everything that a route can name."""
    yield route, node
    parts = [(key.text, value) for key, value in node.pairs if key.kind == "scalar"] or enumerate(node.parts)
    for step, part in parts:
        yield from walk(part, (*route, step))


def everything(document):
    found = values(document, frozenset(), frozenset({"j"}))
    nodes = list(walk(document.root)) if document.root is not None else []
    spans = [(route, document.span(node)) for route, node in nodes]
    keys = [(route, document.place(route, key=True).span) for route, _ in nodes]
    return found, spans, keys, [(p.kind, p.route, document.span(p.node), p.detail) for p in document.problems]


@pytest.mark.parametrize("text", TRICKY.values(), ids=TRICKY)
def test_parsers_agree(text):
    assert everything(parsed(text)) == everything(parsed(text, pure=True))


@pytest.mark.parametrize("text", ["a:\nb: 1\n", "{b: {e: }}\n", "- a:\n- b\n"], ids=["block", "flow", "in a list"])
def test_parsers_agree_on_empty_values(text):
    assert everything(parsed(text)) == everything(parsed(text, pure=True))


@pytest.mark.xfail(strict=True, reason="the pure parser refuses a tab between a key and its value, which YAML allows")
def test_parsers_agree_on_a_tab_before_a_value():
    assert everything(parsed("a: \tb\n")) == everything(parsed("a: \tb\n", pure=True))


@pytest.mark.xfail(strict=True, reason="harmless: the value begins at its anchor for the pure parser, else at its tag")
def test_parsers_agree_on_a_tag_before_an_anchor():
    text = "a: !!str &t x\n"
    assert everything(parsed(text)) == everything(parsed(text, pure=True))


@pytest.mark.parametrize("text", ["a: [1\n", "a: b: c\n", 'a: "x\n', "a: *x\n", "a: 1\n---\nb: 2\n", "a: 1\n  b: 2\n"])
def test_parsers_refuse_at_the_same_place(text):
    by_c, by_python = fault(parsed, text), fault(parsed, text, pure=True)
    assert (by_c.kind, by_c.span) == (by_python.kind, by_python.span)


def test_second_try_has_a_limit(monkeypatch):
    """The C parser alone refuses an address in brackets; a longer text gets no second try."""
    text = "a: [https://situs.go.id]\n"
    monkeypatch.setattr(tree, "SECOND_TRY", len(text))
    assert plain(text) == {"a": ["https://situs.go.id"]}
    if CLIB:
        error = fault(parsed, text + "\n")
        assert (error.kind, error.span, error.detail) == ("syntax", Span(1, 10, 1, 11), "found unexpected ':'")


CLIB = any(found.name == "ruamel.yaml.clib" for found in distributions())


@pytest.mark.skipif(not CLIB, reason="ruamel.yaml.clib is not installed")
def test_c_parser_is_in_use():
    assert YAML(typ="safe").Parser.__name__ == "CParser"
    assert YAML(typ="safe", pure=True).Parser.__name__ == "Parser"


# --- limits ---


@pytest.mark.parametrize("pure", [False, True], ids=["C", "Python"])
@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[" * 241, (1, 61)),
        ("a: " + "{a: " * 241, (1, 240)),
        ("- " * 300, (1, 121)),
        ("".join(" " * n + "a:\n" for n in range(80)), (61, 61)),
        ("".join(" " * n + "-\n" for n in range(80)), (61, 61)),
        ("? " * 200, (1, 121)),
        ("a: &x [*x]\n", (1, 4)),
        ("a: &x {b: *x}\n", (1, 4)),
    ],
    ids=[
        "brackets",
        "braces",
        "list signs",
        "indented keys",
        "indented lists",
        "complex keys",
        "list in itself",
        "mapping in itself",
    ],
)
def test_depth_is_bounded(text, place, pure):
    def read():
        document = parsed(text, pure=pure)
        values(document, frozenset(), frozenset())

    error = fault(read)
    assert (error.kind, error.span.line, error.span.column, error.detail) == ("depth", *place, "61")


@pytest.mark.parametrize("pure", [False, True], ids=["C", "Python"])
@pytest.mark.parametrize("text", ["[" * 60 + "x" + "]" * 60, "- " * 60 + "x\n", "? " * 60 + "x\n"])
def test_sixty_levels_are_allowed(text, pure):
    values(parsed(text, pure=pure), frozenset(), frozenset())


def test_closed_brackets_do_not_add_up():
    assert len(plain("a: [" + "[x], " * 1000 + "]\n")["a"]) == 1000


@pytest.mark.parametrize("line", ['- "[0, 5)"\n', "- x # [0, 5)\n", "- 0[\n"], ids=["quoted", "comment", "plain"])
def test_brackets_in_text_are_no_depth(line):
    assert len(plain(line * 241)) == 241


DEEP = {"complex keys": '"? " * 8000', "spaced list signs": '"-  " * 8000', "masked brackets": """'["]",' * 8000"""}


@pytest.mark.parametrize("pure", [False, True], ids=["C", "Python"])
@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP)
def test_deep_nesting_does_not_kill_the_process(text, pure):
    code = f"""
from threading import Thread, stack_size
from alignment_cli.source import SourceError, compose, decode

def read():
    try:
        compose(decode(({text}).encode(), "x"), pure={pure})
    except SourceError as error:
        print(error.kind)

stack_size(2**20)  # as on Windows; 8 MiB take some 40,000 levels
Thread(target=read).start()
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout) == (0, "depth\n")


def test_aliases_are_bounded(monkeypatch):
    monkeypatch.setattr(limits, "_in_force", [Limits(values=100)])
    assert plain("a: &a [" + "x, " * 30 + "]\nb: *a\nc: *a\n")["c"] == ["x"] * 30
    document = parsed("a: &a [" + "x, " * 30 + "]\nb: *a\nc: *a\nd: *a\n")
    error = fault(values, document, frozenset(), frozenset())
    assert (error.kind, error.detail, error.span.line) == ("values", "100", 1)
