"""The reports as readers see them: whole outputs as snapshots, widths kept, figures recounted from the YAML."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from rich.cells import cell_len
from ruamel.yaml import YAML

from alignment_cli.finding import Severity
from alignment_cli.match.verdict import Status
from alignment_cli.render import FORMATS, View, render
from alignment_cli.run import run

SAMPLES = Path(__file__).parent / "samples"
LANGS, WIDTHS = ("id", "en"), (80, 120)


@pytest.fixture(scope="module")
def results(reference):
    return {name: run([(SAMPLES / f"{name}.yaml", f"{name}.yaml")], reference) for name in ("rencana", "keliru")}


def shown(results, name, format_="text", **view):
    return render(format_, results[name], View(**view))


@pytest.mark.parametrize("width", [*WIDTHS, None])
@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", ["rencana", "keliru"])
def test_text(results, snapshot, name, lang, width):
    assert shown(results, name, lang=lang, width=width) == snapshot


def test_text_with_sub_activities(results, snapshot):
    assert shown(results, "rencana", width=120, detail=True) == snapshot


@pytest.mark.parametrize("format_", ["concise", "csv"])
@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", ["rencana", "keliru"])
def test_other_formats(results, snapshot, name, lang, format_):
    assert shown(results, name, format_, lang=lang) == snapshot


@pytest.mark.parametrize("format_", ["github", "gitlab", "junit", "markdown"])
def test_formats_of_other_programs(results, snapshot, format_):
    assert shown(results, "keliru", format_) == snapshot


@pytest.mark.parametrize("name", ["rencana", "keliru"])
def test_json(results, snapshot, name):
    assert shown(results, name, "json") == snapshot


# The samples show what they are meant to show


def test_sample_has_every_answer(results):
    verdicts = [judged.verdict for judged in results["rencana"].files[0].programmes]
    assert {verdict.status for verdict in verdicts} == set(Status)
    assert "AL501" in {finding.rule.code for finding in results["rencana"].findings}
    assert results["rencana"].count(Severity.ERROR) == 0


def test_faulty_sample_has_many_findings(results):
    codes = {finding.rule.code for finding in results["keliru"].findings}
    assert codes >= {"AL102", "AL105", "AL107", "AL201", "AL202", "AL203", "AL204", "AL206", "AL207"}
    assert codes >= {"AL301", "AL302", "AL303", "AL305", "AL503", "AL504"}


def test_name_of_another_programme_is_a_finding(results):
    named = [f for f in results["keliru"].findings if f.rule.code == "AL205"]
    assert [finding.place.excerpt.strip() for finding in named] == ["nama: Program Pendidikan Anak Usia Dini"]


# Widths


def lines_of_report(text):
    """Return all lines but source excerpts and their carets."""
    return [line for line in text.split("\n") if not re.match(r"\s*\d* \| ", line)]


@pytest.mark.parametrize("width", [60, 80, 100, 109, 110, 120, 200])
@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", ["rencana", "keliru"])
@pytest.mark.parametrize("detail", [False, True])
def test_no_line_is_wider_than_asked(results, name, lang, width, detail):
    text = shown(results, name, lang=lang, width=width, detail=detail)
    assert [line for line in lines_of_report(text) if cell_len(line) > width] == []
    assert not any(line.endswith(" ") for line in text.split("\n"))


@pytest.mark.parametrize("width", WIDTHS)
def test_width_hides_no_word(results, width):
    """What is wrapped is still there in full: no ellipsis, no cut name."""
    text = shown(results, "rencana", width=width, detail=True)
    assert "…" not in text
    squeezed = re.sub(r"[\s└]", "", text)
    for judged in results["rencana"].files[0].judged:
        if width >= 110:
            continue
        name = judged.item.nama.split()
        assert all(word in squeezed for word in name)


def test_excerpt_and_caret_stand_under_each_other(results):
    text = shown(results, "keliru", width=120, detail=True).split("\n")
    carets = [i for i, line in enumerate(text) if re.fullmatch(r" {6}\| *\^+", line)]
    assert len(carets) == len(results["keliru"].findings)
    for i in carets:
        start, end = text[i].index("^"), text[i].rindex("^") + 1
        marked = text[i - 1][start:end]
        assert marked == marked.strip() != ""
        if "AL204" in text[i - 2]:
            assert marked == "9"
        if "AL302" in text[i - 2]:
            assert marked == '"Rp 45.000.000"'


def test_excerpt_of_wide_characters_keeps_the_width(reference, tmp_path):
    path = tmp_path / "a.yaml"
    text = (SAMPLES / "keliru.yaml").read_text("utf-8").replace("Rp 45.000.000", "灌漑の整備" * 20)
    path.write_text(text, encoding="utf-8")
    report = render("text", run([(path, "a.yaml")], reference), View(width=80))
    assert "灌漑" in report
    assert max(cell_len(line) for line in report.split("\n")) <= 80


@pytest.mark.parametrize("lang", LANGS)
def test_colour_changes_no_letter(results, lang):
    for name in ("rencana", "keliru"):
        plain = shown(results, name, lang=lang, width=100)
        coloured = shown(results, name, lang=lang, width=100, color=True)
        assert "\x1b[" in coloured
        bare = re.sub(r"\x1b\[[\d;]*m", "", coloured)
        assert [line.rstrip() for line in bare.split("\n")] == plain.split("\n")


def test_languages_do_not_mix(results):
    indonesian = shown(results, "keliru", lang="id")
    english = shown(results, "keliru", lang="en")
    for word in ("galat", "peringatan", "keyakinan", "Tujuan", "berkas."):
        assert word in indonesian
        assert word not in english.replace("keliru.yaml", "")
    for word in ("error ", "warning ", "confidence", "Goal ", "Programme"):
        assert word in english
        assert word not in indonesian


@pytest.mark.parametrize("name", ["rencana", "keliru"])
def test_json_does_not_depend_on_the_view(results, name):
    assert shown(results, name, "json", lang="en", width=80) == shown(results, name, "json", lang="id")


# Figures, recounted

ANSWERS = {
    "Program Pemenuhan Upaya Kesehatan Perorangan dan Upaya Kesehatan Masyarakat": ("AC4", "selaras"),
    "Pengelolaan Pelayanan Kesehatan Ibu Hamil": ("AC4", "selaras"),
    "Pengelolaan Pelayanan Kesehatan Ibu Bersalin": ("AC4", "selaras"),
    "Pengelolaan Pelayanan Kesehatan Balita": ("AC4", "selaras"),
    "Program Pengelolaan Persampahan": ("AC2", "perlu_tinjau"),
    "Program Penyelenggaraan Jalan": ("AC8", "tidak_didukung"),
    "Program Penunjang Urusan Pemerintahan Daerah Kabupaten/Kota": (None, "penunjang"),
    "Program Penyediaan dan Pengembangan Sarana Pertanian": (None, "tanpa_bukti"),
    "Gebyar Simsalabim": ("AC8", "selaras"),
    "Bupati Hebat": (None, "teks_kurang"),
    "Makan Bergizi Gratis (MBG) di sekolah": ("AC4", "selaras"),
    "Program Pengelolaan Sumber Daya Air (SDA)": ("AC2", "selaras"),
}
"""Right answers for samples/rencana.yaml, written by hand."""


def recount():
    """Count goals from the YAML and the answers above alone: {goal: [programmes, parts, pagu, confirmed, unknown]}."""
    plan = YAML(typ="safe").load((SAMPLES / "rencana.yaml").read_text("utf-8"))
    counts = {f"AC{n}": [0, 0, 0, 0, 0] for n in range(1, 9)}
    rest = [0, 0]
    for programme in plan["program"]:
        parts = programme.get("sub_kegiatan", [])
        for item in [programme, *parts]:
            goal, status = ANSWERS[item["nama"]]
            counted = status in ("selaras", "perlu_tinjau")
            if counted:
                counts[goal][1 if item is not programme else 0] += 1
            if item is programme and parts:
                continue
            if not counted:
                rest[0] += 1
                rest[1] += item.get("pagu", 0)
            elif "pagu" not in item:
                counts[goal][4] += 1
            else:
                counts[goal][2] += item["pagu"]
                counts[goal][3] += item["pagu"] if status == "selaras" else 0
    return counts, rest


def test_answers_of_the_sample(results):
    given = {j.item.nama: (j.verdict.goal, j.verdict.status.value) for j in results["rencana"].files[0].judged}
    assert given == ANSWERS


def test_goal_figures_equal_a_recount(results):
    counts, rest = recount()
    file = json.loads(shown(results, "rencana", "json"))["files"][0]
    keys = ("programmes", "sub_kegiatan", "pagu", "pagu_selaras", "pagu_unknown")
    assert {line["goal"]: [line[key] for key in keys] for line in file["goals"]} == counts
    assert file["without_goal"] == {"items": rest[0], "pagu": rest[1]}


def test_money_adds_up(results):
    plan = YAML(typ="safe").load((SAMPLES / "rencana.yaml").read_text("utf-8"))
    leaves = [leaf for programme in plan["program"] for leaf in programme.get("sub_kegiatan", [programme])]
    file = json.loads(shown(results, "rencana", "json"))["files"][0]
    total = sum(line["pagu"] for line in file["goals"]) + file["without_goal"]["pagu"]
    assert total == sum(leaf.get("pagu", 0) for leaf in leaves)


def short(amount, lang):
    """Write rupiah as the report does, by another way."""
    for unit, names in ((1_000_000_000, {"id": "M", "en": "bn"}), (1_000_000, {"id": "jt", "en": "m"})):
        if amount >= unit:
            text = f"{round(amount / unit, 1):.1f}"
            return f"Rp {text.replace('.', ',') if lang == 'id' else text} {names[lang]}"
    return f"Rp {amount}"


@pytest.mark.parametrize("lang", LANGS)
def test_goal_table_shows_the_recount(results, lang):
    counts, _ = recount()
    table = re.findall(
        r"^ (AC\d) .*?  +(\d+)  +(\S.*?)  +(\S.*?)  +(\S+)$", shown(results, "rencana", lang=lang), re.MULTILINE
    )
    assert len(table) == 8
    for goal, programmes, pagu, confirmed, unknown in table:
        expected = counts[goal]
        assert int(programmes) == expected[0]
        money = [short(value, lang) if value else "none" for value in expected[2:4]]
        assert [cell if cell.startswith("Rp") else "none" for cell in (pagu, confirmed)] == money
        assert (int(unknown) if unknown.isdigit() else 0) == expected[4]


def test_closing_sentence_counts_programmes(results):
    statuses = [status for nama, (_, status) in ANSWERS.items() if not nama.startswith("Pengelolaan")]
    sentence = next(line for line in shown(results, "rencana").split("\n") if line.startswith("Dari "))
    assert f"Dari {len(statuses)} program" in sentence
    for status in set(statuses):
        assert f"{statuses.count(status)} {status.replace('_', ' ')}" in sentence


def test_csv_has_a_row_for_every_item(results):
    rows = list(csv.DictReader(io.StringIO(shown(results, "rencana", "csv"))))
    assert [(row["nama"], row["tujuan"] or None, row["status"]) for row in rows] == [
        (nama, *answer) for nama, answer in ANSWERS.items()
    ]
    assert [row["jenjang"] for row in rows].count("sub_kegiatan") == 3
    assert {row["pagu"] for row in rows} >= {"45000000000", "0", ""}


def test_json_shares_add_up(results):
    for name in ("rencana", "keliru"):
        for item in json.loads(shown(results, name, "json"))["files"][0]["items"]:
            for match in item["matches"]:
                shares = [part["share"] for part in match["evidence"]]
                assert sum(shares) == pytest.approx(match["confidence"], abs=1e-4 * (len(shares) + 1))


def test_view_is_all_that_differs(results):
    """A renderer is a pure function: the same result and view give the same text."""
    view = View("en", 90)
    for name in ("rencana", "keliru"):
        for format_ in FORMATS:
            assert render(format_, results[name], view) == render(format_, results[name], view._replace())


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("detail", [False, True])
@pytest.mark.parametrize("name", ["rencana", "keliru"])
def test_a_report_without_a_width_is_that_of_rich(results, monkeypatch, name, detail, lang):
    view = View(lang, detail=detail)
    plain = render("text", results[name], view)
    monkeypatch.setattr("alignment_cli.render.text._as_lines", lambda _: False)
    assert plain == render("text", results[name], view)
