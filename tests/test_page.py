"""The HTML report as text: safe, self-contained, the same every time, and every figure with the items behind it."""

import json
import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignment_cli.render import View
from alignment_cli.render.concise import one_line
from alignment_cli.report.render.page import render
from alignment_cli.report.render.page.pool import ranges
from alignment_cli.report.render.page.tables import LONG
from alignment_cli.report.render.page.words import WORDS
from page_maker import HOSTILE, PLAN, many, page, parts, plan, quoted

VOID = {"meta", "br", "img", "input", "link", "hr"}


class Reader(HTMLParser):
    """Collects elements with their attributes, and the text of links and table cells."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.links, self.rows, self.texts = [], [], [], []
        self.key, self.cell = None, None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.elements.append((tag, found))
        if tag == "a":
            self.key = found.get("data-f")
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th") and self.rows:
            self.cell = {"figure": found.get("class") == "n", "text": "", "key": None}
            self.rows[-1].append(self.cell)

    def handle_endtag(self, tag):
        if tag == "a":
            self.key = None
        if tag in ("td", "th"):
            self.cell = None

    def handle_data(self, data):
        self.texts.append(data)
        if self.cell is not None:
            self.cell["text"] += data
            self.cell["key"] = self.cell["key"] or self.key


def data_of(text):
    return json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.DOTALL).group(1))


def numbers(packed):
    """Read what `ranges` wrote, as the script does."""
    if isinstance(packed, int):
        return [packed]
    found, at = [], 0
    for run in packed.split(",") if packed else []:
        step, _, more = run.partition("+")
        at += int(step)
        found.append(at)
        for _ in range(int(more or 0)):
            at += 1
            found.append(at)
    return found


def behind(key, data):
    """Return the items behind a key."""
    if key in data["sets"]:
        return numbers(data["sets"][key][1])
    name, _, row = key.rpartition(".")
    return numbers(data["tables"][name]["items"][int(row)])


@pytest.fixture(scope="module")
def small(reference):
    return page([plan(PLAN)], reference)


@pytest.fixture(scope="module")
def large(reference):
    return page([plan(many(LONG // 2))], reference)


@given(st.sets(st.integers(0, 400)))
def test_sets_of_items_can_be_read_again(wanted):
    assert numbers(ranges(sorted(wanted))) == sorted(wanted)


def test_the_same_plan_gives_the_same_page(reference, small):
    assert page([plan(PLAN)], reference) == small


def test_the_page_refers_to_nothing_outside(small):
    for tag, attributes in Reader(small).elements:
        assert tag not in {"link", "iframe", "object", "embed", "img", "base"}
        assert "style" not in attributes
        assert not [name for name in attributes if name.startswith("on")]
        assert attributes.get("href", "#").startswith("#")
        assert "src" not in attributes
    style, script = (re.search(f"<{tag}>(.*?)</{tag}>", small, re.DOTALL).group(1) for tag in ("style", "script"))
    assert not re.search(r"url\(|@import|https?:", style)
    assert not re.search(r"fetch|XMLHttp|import\(|innerHTML|insertAdjacent|document\.write|eval|https?:", script)


def test_the_policy_allows_this_style_and_script_only(small):
    (policy,) = [a["content"] for _, a in Reader(small).elements if a.get("http-equiv") == "Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for tag in ("style", "script"):
        content = re.search(f"<{tag}>(.*?)</{tag}>", small, re.DOTALL).group(1)
        assert f"{tag}-src 'sha256-{b64encode(sha256(content.encode()).digest()).decode()}'" in policy


def test_names_cannot_leave_their_place(reference):
    name = f"{HOSTILE} pertanian"
    program = f"  - nama: {quoted(name)}\n    perangkat_daerah: {quoted(HOSTILE)}\n    pagu: 5\n"
    text = page([plan(program, nama=quoted(HOSTILE))], reference)
    assert not [tag for tag, _ in Reader(text).elements if tag == "img"]
    assert len(re.findall("<script", text)) == len(re.findall("</script>", text)) == 2
    raw = re.search(r'id="data">(.*?)</script>', text, re.DOTALL).group(1)
    assert not set("<>&\u2028\u2029") & set(raw)
    assert one_line(name) in data_of(text)["strings"]
    assert "49" not in re.sub(r"[^{}\d]", "", "".join(Reader(text).texts[:4]))


def test_every_link_leads_to_items_and_counts_show_how_many(small, large):
    for text in (small, large):
        data, reader = data_of(text), Reader(text)
        keys = [attributes["data-f"] for _, attributes in reader.elements if "data-f" in attributes]
        assert len(keys) > 30
        for key in keys:
            assert behind(key, data), key
        counted = [c for row in reader.rows for c in row if c["key"] and re.fullmatch(r"[\d.]+", c["text"])]
        wrong = [c for c in counted if len(behind(c["key"], data)) != int(c["text"].replace(".", ""))]
        assert {c["key"].split(".")[1] for c in counted} >= {"indeks", "tujuan", "anggaran", "perangkat_daerah"}
        assert [c for c in wrong if c["key"].split(".")[1] in {"indeks", "tujuan", "ringkas_tujuan", "anggaran"}] == []


def test_a_figure_of_a_row_with_items_is_a_link_or_its_row_is(small):
    data = data_of(small)
    for row in Reader(small).rows:
        figures = [c for c in row if c["figure"] and re.search("[1-9]", c["text"])]
        keys = {c["key"] for c in row if c["key"]}
        if len(keys) > 1:
            assert all(c["key"] for c in figures)
        elif keys and figures:
            assert len(behind(keys.pop(), data)) >= 1


def test_items_carry_their_shares(small):
    data = data_of(small)
    stunting = next(item for item in data["items"] if data["strings"][item[0]] == "Penurunan stunting terpadu")
    assert sum(pagu for _, _, pagu in stunting[5]) == stunting[8] == 1_000_000_003
    assert [data["goals"][code >> 1][0] for code, _, _ in stunting[5]] == ["AC4", "AC6"]
    leaf = next(item for item in data["items"] if data["strings"][item[0]] == "Pembangunan embung untuk petani")
    assert data["strings"][data["items"][leaf[2]][0]] == "Irigasi tersier desa"
    assert leaf[8] is None
    assert leaf[11] == plan(PLAN).splitlines().index("      - {nama: Pembangunan embung untuk petani}") + 1


def test_money_by_goal_adds_up_from_the_items_behind_it(reference, small):
    (part,) = parts([plan(PLAN)], reference)
    data = data_of(small)
    for goal, money in part.figures.money.items():
        if f"0.pagu.{goal}" not in data["sets"]:
            assert not money.split
            continue
        at, split = list(part.figures.money).index(goal), 0
        for number in behind(f"0.pagu.{goal}", data):
            shares = data["items"][number][5]
            if isinstance(shares, int):
                shares = [[shares, 1, data["items"][number][8]]]
            split += sum(pagu or 0 for code, _, pagu in shares if code >> 1 == at)
        assert split == (money.split or 0)


def test_long_tables_are_data_and_items_stay_readable_without_script(large):
    assert 'data-t="0.butir_per_tujuan" data-long' in large
    written = re.findall("<noscript>(.*?)</noscript>", large, re.DOTALL)[-1]
    assert written.count("<tr>") == 1 + len(data_of(large)["items"]) == 1 + 3 + 3 * (LONG // 2)


def test_drawings_have_a_name_and_a_description(small):
    drawings = re.findall(r"<svg(?! class=\"defs\")(.*?)</svg>", small, re.DOTALL)
    assert len(drawings) >= 4
    for drawing in drawings:
        assert "<title" in drawing
        assert "<desc" in drawing


def test_both_languages(reference, small):
    english = page([plan(PLAN)], reference, "en")
    assert '<html lang="id">' in small
    assert '<html lang="en">' in english
    said = {text for one in WORDS.values() for text in [one.id] if one.id != one.en and len(one.id) > 12}
    assert not [text for text in said if text in english]


def test_headings_follow_each_other(reference, small):
    for text in (small, page([plan(PLAN), plan(PLAN, tahun=2027)], reference)):
        levels = [int(tag[1]) for tag, _ in Reader(text).elements if re.fullmatch("h[1-6]", tag)]
        assert levels.count(1) == 1
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))


def test_identifiers_are_unique(reference):
    text = page([plan(PLAN), plan(PLAN, tahun=2027)], reference)
    identifiers = [attributes["id"] for _, attributes in Reader(text).elements if "id" in attributes]
    assert len(identifiers) == len(set(identifiers))


@pytest.mark.parametrize(("years", "drawn"), [((2026,), False), ((2026, 2027), True), ((2026, 2026), False)])
def test_several_years_of_a_region_make_a_timeline(reference, years, drawn):
    text = page([plan(PLAN, tahun=year) for year in years], reference)
    assert ("Perkembangan indeks: Kabupaten Contoh" in text) is drawn


def test_a_plan_with_nothing_in_it(reference):
    text = page([plan("  []\n")], reference)
    assert data_of(text)["items"] == []


def test_some_views_only(reference):
    (part,) = parts([plan(PLAN)], reference)
    text = render([part._replace(views=[view for view in part.views if view.name == "anggaran"])], View())
    assert 'id="p0-anggaran"' in text
    assert 'id="p0-ringkas"' not in text
