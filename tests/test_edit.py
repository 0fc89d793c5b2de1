"""Text edits: what they change, and that they change nothing else."""

import re

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from alignment_cli import source, tree
from alignment_cli.edit import Edit, EditError, append_entry, apply, encode, quote, set_key, values, verified
from alignment_cli.layout import in_flow, is_block_scalar, tail


def document(text):
    found = source.Document("rencana.yaml", text)
    source.compose(found)
    return found


def put(route, key, value):
    """Return the change that `set_key` makes to values."""

    def change(data):
        for step in route[:-1]:
            data = data[step]
        if route and data[route[-1]] is None:
            data[route[-1]] = {}
        (data[route[-1]] if route else data)[key] = value

    return change


def add(route, key, value):
    """Return the change that `append_entry` makes to values."""

    def change(data):
        for step in route:
            data = data[step]
        old = data.get(key)
        data[key] = [*(old if isinstance(old, list) else [] if old is None else [old]), value]

    return change


class TestApply:
    def test_edits_in_any_order(self):
        edits = [Edit(4, 5, "E"), Edit(0, 1, "AA"), Edit(2, 2, "-")]
        assert apply("abcde", edits) == "AAb-cdE"

    def test_insertions_at_one_place_keep_their_order(self):
        assert apply("ab", [Edit(1, 1, "1"), Edit(1, 2, "B"), Edit(1, 1, "2")]) == "a12B"

    @pytest.mark.parametrize(
        "edits",
        [
            [Edit(0, 3, ""), Edit(2, 4, "")],
            [Edit(0, 3, ""), Edit(1, 1, "x")],
            [Edit(1, 2, "x"), Edit(1, 2, "x")],
            [Edit(3, 2, "")],
            [Edit(0, 9, "")],
            [Edit(-1, 0, "")],
        ],
    )
    def test_overlaps_and_nonsense_are_refused(self, edits):
        with pytest.raises(EditError) as caught:
            apply("abcde", edits)
        assert caught.value.text.id != caught.value.text.en


RAW = [
    "a: é😀\r\nb: 1\n".encode(),
    b"\xef\xbb\xbfa: 1\r\n",
    b"\xef\xbb\xbf\xef\xbb\xbfa: 1\r",
    "\ufeffa: 😀\r\n".encode("utf-16-le"),
    "\ufeffa: 😀\n".encode("utf-16-be"),
    "\ufeff\ufeffa: 1\n".encode("utf-16-be"),
    b"",
    b"a: 1 \t\n\n\n",
]


class TestEncode:
    @pytest.mark.parametrize("raw", RAW)
    def test_a_text_that_did_not_change_has_the_same_bytes(self, raw):
        assert encode(source.decode(raw, "x").text, raw) == raw

    @given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), st.integers(0, 3))
    def test_every_text_in_every_encoding(self, text, way):
        codec, mark = [
            ("utf-8", b""),
            ("utf-8", b"\xef\xbb\xbf"),
            ("utf-16-le", b"\xff\xfe"),
            ("utf-16-be", b"\xfe\xff"),
        ][way]
        raw = mark + text.encode(codec)
        assert encode(source.decode(raw, "x").text, raw) == raw

    @pytest.mark.parametrize("raw", RAW[:6])
    def test_a_change_touches_only_its_own_bytes(self, raw):
        text = source.decode(raw, "x").text
        new = encode(apply(text, [Edit(text.index("a"), text.index("a") + 1, "nama")]), raw)
        wide = raw[:1] in b"\xff\xfe"
        old = ("a".encode("utf-16-le") if raw[:2] == b"\xff\xfe" else "a".encode("utf-16-be")) if wide else b"a"
        put_in = b"".join(old.replace(b"a", letter.encode()) for letter in "nama")
        assert new == raw.replace(old, put_in, 1)


SET = [
    # name, text, route, key, value, expected text
    ("a new key goes to the end", "a: 1\nb: 2\n", (), "c", "3", "a: 1\nb: 2\nc: 3\n"),
    ("no line break at the end of the file", "a: 1", (), "c", "3", "a: 1\nc: 3"),
    ("windows line breaks", "a: 1\r\nb:\r\n  c: 2\r\n", ("b",), "d", "3", "a: 1\r\nb:\r\n  c: 2\r\n  d: 3\r\n"),
    ("mac line breaks", "a: 1\rb: 2\r", (), "c", "3", "a: 1\rb: 2\rc: 3\r"),
    ("behind a comment", "a: 1\nb: 2  # dua\n# akhir\n", (), "c", "3", "a: 1\nb: 2  # dua\nc: 3\n# akhir\n"),
    (
        "an entry of a list, blank line and comment behind",
        "p:\n  - a: 1\n    b: 2\n\n  # kedua\n  - a: 3\n",
        ("p", 0),
        "c",
        "4",
        "p:\n  - a: 1\n    b: 2\n    c: 4\n\n  # kedua\n  - a: 3\n",
    ),
    ("odd indentation", "p:\n    -    a: 1\n", ("p", 0), "c", "4", "p:\n    -    a: 1\n         c: 4\n"),
    ("list without indentation", "p:\n- a: 1\nq: 1\n", ("p", 0), "c", "4", "p:\n- a: 1\n  c: 4\nq: 1\n"),
    ("behind a list", "p:\n- a: 1\n", (), "c", "4", "p:\n- a: 1\nc: 4\n"),
    ("behind a list of lists", "p:\n- - a\n  - b\n- - c\n", (), "c", "4", "p:\n- - a\n  - b\n- - c\nc: 4\n"),
    ("behind an empty value", "a:\nb: # isi\n", (), "c", "4", "a:\nb: # isi\nc: 4\n"),
    ("behind an empty entry", "a:\n  - 1\n  -\n", (), "c", "4", "a:\n  - 1\n  -\nc: 4\n"),
    ("behind an alias", "a: &x 1\nb: *x  # x\n", (), "c", "4", "a: &x 1\nb: *x  # x\nc: 4\n"),
    ("behind a list of aliases", "a: &x 1\nb:\n- *x\n- *x\n", (), "c", "4", "a: &x 1\nb:\n- *x\n- *x\nc: 4\n"),
    ("behind a list alias", "a: &x [1]\nb: *x\n", (), "c", "4", "a: &x [1]\nb: *x\nc: 4\n"),
    ("behind a literal", "a: |\n  x\n\n\n# k\n", (), "c", "4", "a: |\n  x\nc: 4\n\n\n# k\n"),
    ("behind a literal that keeps its end", "a: |+\n  x\n\n# k\n", (), "c", "4", "a: |+\n  x\n\nc: 4\n# k\n"),
    ("behind a folded text", "a: >-\n  x\n  y\n\nb: 1\n", (), "c", "4", "a: >-\n  x\n  y\n\nb: 1\nc: 4\n"),
    ("behind a text over lines", "a: x\n  y\n", (), "c", "4", "a: x\n  y\nc: 4\n"),
    ("before the end of the document", "---\na: 1\n...\n", (), "c", "4", "---\na: 1\nc: 4\n...\n"),
    ("in brackets", "a: {b: 1}\n", ("a",), "c", "4", "a: {b: 1, c: 4}\n"),
    ("in brackets with space", "a: { b: 1 }\n", ("a",), "c", "4", "a: { b: 1, c: 4 }\n"),
    ("in brackets with a comma behind", "a: {b: 1, }\n", ("a",), "c", "4", "a: {b: 1, c: 4, }\n"),
    ("in empty brackets", "a: {}\n", ("a",), "c", "4", "a: {c: 4}\n"),
    ("in brackets behind a bare key", "a: {b}\n", ("a",), "c", "4", "a: {b, c: 4}\n"),
    ("in brackets over lines", "a: {\n  b: 1  # satu\n}\n", ("a",), "c", "4", "a: {\n  b: 1, c: 4  # satu\n}\n"),
    ("in brackets behind brackets", "{a: [1, {b: 2}]}", (), "c", "4", "{a: [1, {b: 2}], c: 4}"),
    ("deep in brackets", "[{a: {b: [x]}}]", (0, "a"), "c", "4", "[{a: {b: [x], c: 4}}]"),
    ("below an empty value", "a: 1\nk:\nb: 2\n", ("k",), "c", "4", "a: 1\nk:\n  c: 4\nb: 2\n"),
    ("below an empty value with a comment", "k:  # isi\n", ("k",), "c", "4", "k:  # isi\n  c: 4\n"),
    ("below null", "k: null\n", ("k",), "c", "4", "k:\n  c: 4\n"),
    ("below an empty value in brackets", "{k: , b: 1}", ("k",), "c", "4", "{k: {c: 4} , b: 1}"),
    ("below a bare key in brackets", "{k, b: 1}", ("k",), "c", "4", "{k: {c: 4}, b: 1}"),
    ("below an empty value in a list", "p:\n  - k:\n    b: 1\n", ("p", 0, "k"), "c", "4",
     "p:\n  - k:\n      c: 4\n    b: 1\n"),
    ("another value", "a: 1  # satu\nb: 2\n", (), "a", "4", "a: 4  # satu\nb: 2\n"),
    ("another value for a quoted one", "a: '1'  # satu\n", (), "a", "4", "a: 4  # satu\n"),
    ("a value for an empty one", "a:\nb: 2\n", (), "a", "4", "a: 4\nb: 2\n"),
    ("a value for an empty one with space", "a :   # isi\nb: 2\n", (), "a", "4", "a : 4   # isi\nb: 2\n"),
    ("a value in brackets", "{a: 1, b: x y}", (), "b", "4", "{a: 1, b: 4}"),
    ("a value for a bare key in brackets", "{a, b: 1}", (), "a", "4", "{a: 4, b: 1}"),
    ("a value for an alias", "a: &x 1\nb: *x # x\n", (), "b", "4", "a: &x 1\nb: 4 # x\n"),
    ("a value for a folded text", "a: >-\n  x\n  y\n\nb: 1\n", (), "a", "4", "a: 4\n\nb: 1\n"),
    ("a value for a literal that keeps its end", "a: |+\n  x\n\nb: 1\n", (), "a", "4", "a: 4\n\nb: 1\n"),
    ("a value for a list", "a:\n  - 1\n  - 2\n\nb: 1\n", (), "a", "4", "a: 4\n\nb: 1\n"),
    ("a value for a list in brackets", "a: [1, 2] # x\nb: 1\n", (), "a", "4", "a: 4 # x\nb: 1\n"),
    ("a value in the next line", "a:  # isi\n  5\nb: 1\n", (), "a", "4", "a:  # isi\n  4\nb: 1\n"),
    ("a list below a new key", "p:\n  - a: 1\n", ("p", 0), "c", "- 4\n- x: 5\n  y: 6",
     "p:\n  - a: 1\n    c:\n      - 4\n      - x: 5\n        y: 6\n"),
    ("a list of one", "a: 1\n", (), "c", "- 4", "a: 1\nc:\n  - 4\n"),
    ("a list for a value", "a: 1\nb: 2\n", (), "a", "- 4", "a:\n  - 4\nb: 2\n"),
    ("a list for an empty value", "a: # isi\nb: 2\n", (), "a", "- 4", "a: # isi\n  - 4\nb: 2\n"),
    ("a list for a list", "a:\n- 1\n- 2\nb: 2\n", (), "a", "- 4", "a:\n  - 4\nb: 2\n"),
    ("a block of keys", "a: 1\n", (), "c", "x: 5\ny: 6", "a: 1\nc:\n  x: 5\n  y: 6\n"),
    ("of duplicate keys the one that counts", "a: 1\na: 2\n", (), "a", "4", "a: 1\na: 4\n"),
    ("a key that needs quotes", "a: 1\n", (), "5", "4", 'a: 1\n"5": 4\n'),
    ("characters beyond the first plane", "a: 😀\nb: {x: 😀, y: 1} # 😀\n", ("b",), "y", "4",
     "a: 😀\nb: {x: 😀, y: 4} # 😀\n"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "route", "key", "value", "wanted"), [row[1:] for row in SET], ids=[row[0] for row in SET]
)
def test_set_key(text, route, key, value, wanted):
    before = document(text)
    edits = set_key(before, route, key, value)
    assert apply(text, edits) == wanted
    assert verified(before, edits, put(route, key, YAML(typ="safe", pure=True).load(value))) == wanted


APPEND = [
    ("to a list", "k:\n  - 1\n  - 2\nb: 1\n", (), "k", "4", "k:\n  - 1\n  - 2\n  - 4\nb: 1\n"),
    ("to a list without indentation", "k:\n- 1  # satu\n\nb: 1\n", (), "k", "4", "k:\n- 1  # satu\n- 4\n\nb: 1\n"),
    ("with windows line breaks", "k:\r\n  - 1\r\n", (), "k", "4", "k:\r\n  - 1\r\n  - 4\r\n"),
    ("to a list of mappings", "p:\n  - k:\n      - a: 1\n        b: 2\n  - x: 1\n", ("p", 0), "k", "{a: 4}",
     "p:\n  - k:\n      - a: 1\n        b: 2\n      - {a: 4}\n  - x: 1\n"),
    ("a mapping over lines", "k:\n  - a: 1\n", (), "k", "a: 4\nb: 5", "k:\n  - a: 1\n  - a: 4\n    b: 5\n"),
    ("a list behind an anchor", "k: &x  # x\n  - 1\nl: *x\n", (), "k", "4", None),
    ("to a list with an anchor", "k: &x  # x\n  - 1\n", (), "k", "4", "k: &x  # x\n  - 1\n  - 4\n"),
    ("behind an empty entry", "k:\n  - 1\n  -\n", (), "k", "4", "k:\n  - 1\n  -\n  - 4\n"),
    ("behind aliases", "a: &x 1\nk:\n  - *x # x\n", (), "k", "4", "a: &x 1\nk:\n  - *x # x\n  - 4\n"),
    ("in brackets", "k: [1, 2] # x\n", (), "k", "4", "k: [1, 2, 4] # x\n"),
    ("in brackets with a comma behind", "k: [1, 2, ]\n", (), "k", "4", "k: [1, 2, 4, ]\n"),
    ("in empty brackets", "k: [ ]\n", (), "k", "4", "k: [4 ]\n"),
    ("in brackets over lines", "k: [\n  1, # satu\n  2 # dua\n]\n", (), "k", "4",
     "k: [\n  1, # satu\n  2, 4 # dua\n]\n"),
    ("in brackets behind aliases", "a: &x 1\nk: [*x, *x ]\n", (), "k", "4", "a: &x 1\nk: [*x, *x, 4 ]\n"),
    ("in brackets within brackets", "[{k: [{a: 1}]}]", (0,), "k", "{a: 4}", "[{k: [{a: 1}, {a: 4}]}]"),
    ("to a missing list", "a: 1\n", (), "k", "{a: 4}", "a: 1\nk:\n  - {a: 4}\n"),
    ("to a missing list in brackets", "{a: 1}", (), "k", "{a: 4}", "{a: 1, k: [{a: 4}]}"),
    ("to a missing list of an entry", "p:\n  - a: 1\n  - b: 1\n", ("p", 0), "k", "4",
     "p:\n  - a: 1\n    k:\n      - 4\n  - b: 1\n"),
    ("to an empty value", "k: # isi\nb: 1\n", (), "k", "4", "k: # isi\n  - 4\nb: 1\n"),
    ("to null", "k: ~\nb: 1\n", (), "k", "a: 4\nb: 5", "k:\n  - a: 4\n    b: 5\nb: 1\n"),
    ("to an empty value in brackets", "{k: , b: 1}", (), "k", "4", "{k: [4] , b: 1}"),
    ("to a single value", "k: 1 # satu\n", (), "k", "4", "k: [1, 4] # satu\n"),
    ("to a single quoted value", "{k: 'x, y'}", (), "k", "4", "{k: ['x, y', 4]}"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "route", "key", "entry", "wanted"), [row[1:] for row in APPEND], ids=[row[0] for row in APPEND]
)
def test_append_entry(text, route, key, entry, wanted):
    before = document(text)
    edits = append_entry(before, route, key, entry)
    change = add(route, key, YAML(typ="safe", pure=True).load(entry))
    if wanted is None:  # another value would change with it
        with pytest.raises(EditError):
            verified(before, edits, change)
    else:
        assert apply(text, edits) == wanted
        assert verified(before, edits, change) == wanted


@pytest.mark.parametrize(
    ("work", "text", "route", "key", "value"),
    [
        (set_key, "a: [1]\n", ("a",), "c", "4"),
        (set_key, "a: x\n", ("a",), "c", "4"),
        (set_key, "a: 1\n", ("b",), "c", "4"),
        (set_key, "- 1\n-\n", (1,), "c", "4"),
        (set_key, "# kosong\n", (), "c", "4"),
        (set_key, "{a: 1}", (), "c", "- 4"),
        (set_key, "a:\n  - 1 # satu\n  - 2\n", (), "a", "4"),
        (set_key, "a: # isi\n  - 1\n", (), "a", "4"),
        (set_key, "a: # isi\n  1\n", (), "a", "- 4"),
        (set_key, "a: > # isi\n  1\n", (), "a", "4"),
        (append_entry, "k: {a: 1}\n", (), "k", "4"),
        (append_entry, "k: |\n  x\n", (), "k", "4"),
        (append_entry, "a: &x [1]\nk: *x\n", (), "k", "4"),
        (append_entry, "k: [1]\n", (), "k", "a: 4\nb: 5"),
        (append_entry, "k: 1\n", (), "k", "a: 4\nb: 5"),
    ],
)
def test_what_cannot_be_changed_is_refused_with_its_place(work, text, route, key, value):
    before = source.Document("rencana.yaml", text)
    source.compose(before)
    with pytest.raises(EditError) as caught:
        work(before, route, key, value)
    assert re.match(r"rencana\.yaml:\d+: ", caught.value.text.id)
    assert re.match(r"rencana\.yaml:\d+: ", caught.value.text.en)
    assert caught.value.text.id != caught.value.text.en


class TestVerified:
    @pytest.mark.parametrize(
        ("text", "edit", "change"),
        [
            ("a: 1\nb: 2\n", Edit(3, 4, "1.0"), lambda data: data.update(a=1)),
            ("a: 1\nb: 2\n", Edit(3, 4, "true"), lambda data: data.update(a=1)),
            ("a: 1\nb: 2\n", Edit(3, 4, "'4"), lambda data: data.update(a=4)),
            ("a: 1\nb: 2\n", Edit(3, 4, "[4"), lambda data: data.update(a=[4])),
            ("a: 1\nb: 2\n", Edit(3, 4, "4 #"), lambda data: data.update(a=4, b=3)),
            ("a: &x 1\nb: *x\n", Edit(6, 7, "4"), lambda data: data.update(a=4)),
            ("a: &x 1\nb: *x\n", Edit(3, 7, "4"), lambda data: data.update(a=4)),
            ("a: 1\nb: 2\n", Edit(0, 4, ""), lambda data: data.pop("a") and data.update(a=1)),
            ("a: |\n  x", Edit(8, 8, "\nb: 1"), lambda data: data.update(b=1)),
            ("[x: 1]", Edit(5, 5, ", y: 2"), lambda data: data[0].update(y=2)),
        ],
    )
    def test_anything_else_than_intended_is_refused(self, text, edit, change):
        with pytest.raises(EditError, match=r"rencana\.yaml"):
            verified(document(text), [edit], change)

    def test_no_number_is_itself(self):
        assert verified(document("a: .nan\nb: 1\n"), [Edit(11, 12, "2")], lambda data: data.update(b=2))

    def test_without_a_tree(self):
        before = source.Document("rencana.yaml", "a: 1\n")
        assert verified(before, [Edit(3, 4, "2")], lambda data: data.update(a=2)) == "a: 2\n"


TEXTS = [
    "", " ", "x", "Dinas Kesehatan", "a: b", "a #b", "#", "- x", "x,y", "5.010", "1.02.02", "4", "2026-02-09",
             "null", "Null", "ya", "Yes", "ON", "~", "true", "=", "<<", "é", "😀", "\x85", "\u2028", "\ufeff",
    "a\nb", "a\r\nb", "\t", "a ", "a  b", "'x'", '"x"', "\\", "\x00", "\x7f", "*a", "&a", "!a", "%a", "@a", "`a",
    "[a]", "{a}", "a]", "x:", "https://x.id/a?b=c#d", "Rp 1.000,-", "A & B; (C) 5% d/e", "---", "...", "? a",
    "\ud800", "\U000e0001", "x" * 5000, "İ", "a\u0301", "1:30", "0x1F", "1e3", ".inf", "a'b", 'a"b', "\ue000",
]  # fmt: skip


class TestQuote:
    @given(st.one_of(st.sampled_from(TEXTS), st.text()))
    @example("\ud800")
    def test_every_reader_reads_the_text_itself(self, text):
        wanted = text.encode("utf-8", "replace").decode()
        for frame in ("k: {}\n", "k: [{}, x]\n", "{{k: {}}}\n", "- {}\n", "k: {}  # k\n"):
            written = frame.format(quote(text, flow="[" in frame or "{{" in frame))
            for reader in (YAML(typ="safe"), YAML(typ="safe", pure=True)):
                reader.version = None
                found = reader.load(written)
                part = found[0] if isinstance(found, list) else found["k"]
                assert (part[0] if isinstance(part, list) else part) == wanted
            assert source.decode(written.encode(), "x").text == written

    @given(st.text())
    def test_keys_too(self, text):
        node = tree.compose(f"{quote(text)}: 1\n")
        assert node.pairs[0][0].text == text

    @pytest.mark.parametrize(
        ("text", "wanted"),
        [
            ("Dinas Kesehatan", "Dinas Kesehatan"),
            ("PU (SDA) & 5%", "PU (SDA) & 5%"),
            ("1.02.02", '"1.02.02"'),
            ("no", '"no"'),
            ("a, b", '"a, b"'),
            ('kata "kutip"', '"kata \\"kutip\\""'),
            ("a\tb\u2028", '"a\\tb\\u2028"'),
            ("\U000e0001", '"\\U000e0001"'),
        ],
    )
    def test_looks(self, text, wanted):
        assert quote(text) == wanted

    def test_a_comma_needs_quotes_only_in_brackets(self):
        assert quote("a, b,", flow=False) == "a, b,"


KEYS = st.sampled_from(["a", "b", "c", "pagu", "satu", "kunci panjang"])
NOTES = r"# (?:kata|'kutip' : \{|sendiri|menjorok)"
SCALARS = st.sampled_from(
    ["1", "x y", "'p # q'", '"a: b"', "~", "", "5.010", "1_000", "é😀", "|-\n{i}x\n{i}y", ">\n{i}x\n\n{i}y", "x\n{i}y"]
)
COMMENTS = st.sampled_from(["", "", "  # kata", " # 'kutip' : {"])
BETWEEN = st.sampled_from(["", "", "\n", "# sendiri\n", "   # menjorok\n\n"])


@st.composite
def blocks(draw, indent, depth=0, *, route=()):
    """Draw a block mapping, as text and the routes of its mappings."""
    text, routes = "", [route]
    for key in draw(st.lists(KEYS, min_size=1, max_size=4, unique=True)):
        step = draw(st.integers(1, 4))
        kind = draw(st.sampled_from(["scalar", "scalar", "flow", "map", "list"])) if depth < 3 else "scalar"
        text += draw(BETWEEN) + " " * indent + key + ":"
        if kind == "scalar":
            value = draw(SCALARS).replace("{i}", " " * (indent + step))
            text += (" " + value if value else "") + (draw(COMMENTS) if "\n" not in value else "") + "\n"
        elif kind == "flow":
            text += " {x: 1, y: [a, 'b', {z: 2}]}" + draw(COMMENTS) + "\n"
            routes += [(*route, key), (*route, key, "y", 2)]
        elif kind == "map":
            inner, below = draw(blocks(indent + step, depth + 1, route=(*route, key)))
            text += draw(COMMENTS) + "\n" + inner
            routes += below
        else:
            text += draw(COMMENTS) + "\n"
            gap = draw(st.integers(1, 3))
            for number in range(draw(st.integers(1, 3))):
                inner, below = draw(blocks(indent + step + gap + 1, depth + 1, route=(*route, key, number)))
                inner = re.sub(r"\A(?:[ ]*(?:#[^\n]*)?\n)*", "", inner)
                text += " " * (indent + step) + "-" + " " * gap + inner.lstrip(" ")
                routes += below
    return text, routes


@given(st.data())
def test_generated_documents_keep_everything_else(data):
    text, routes = data.draw(blocks(0))
    end = data.draw(st.sampled_from(["\n", "\r\n"]))
    if data.draw(st.booleans()):
        text = text.removesuffix("\n")
    text = text.replace("\n", end)
    before = document(text)
    route = data.draw(st.sampled_from(routes))
    key = data.draw(KEYS)
    work, change, value = data.draw(
        st.sampled_from(
            [
                (set_key, put, "4"),
                (set_key, put, "- 4\n- x: 5\n  y: 6"),
                (append_entry, add, "{x: 4}"),
                (append_entry, add, "x: 4\ny: 5"),
            ]
        )
    )
    try:
        edits = work(before, route, key, value)
        new = verified(before, edits, change(route, key, YAML(typ="safe", pure=True).load(value)))
    except EditError:
        assert may_be_refused(before, (*route, key), work, block="\n" in value)
        assume(False)
    assert re.findall(NOTES, new) == re.findall(NOTES, text)
    assert new.startswith(text[: edits[0].start])
    assert new.endswith(text[edits[-1].end :])
    if end in text:
        assert new.count("\n") == new.count(end)
        assert ("\r" in new) == ("\r" in end)


def may_be_refused(before, route, work, *, block):
    """Tell whether an edit is one of those that cannot be made safely."""
    old, key = before.node(route), before.key_node(route)
    text = before.text
    lost = old is not None and "#" in text[key.end : tail(text, old)]  # in quotes too
    scalar_without_end = text[-1] not in "\r\n" and re.search(r"[|>]-?[\r\n]", text)
    no_list = work is append_entry and old is not None and (old.kind == "mapping" or is_block_scalar(text, old))
    bracket = block and (
        in_flow(before, route[:-1]) or (work is append_entry and old is not None and old.kind == "scalar")
    )
    return lost or scalar_without_end or no_list or bracket


def test_values_are_read_as_a_programme_file():
    assert values(document("kode: 5.010\npagu: 1_000\n")) == {"kode": "5.010", "pagu": 1000}
