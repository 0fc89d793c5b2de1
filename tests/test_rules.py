"""The documentation of rules: every rule has a page, and its examples do what they say."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from alignment_cli import run
from alignment_cli.cli import app
from alignment_cli.render.rule import named
from alignment_cli.rules import RULES
from alignment_cli.rules.page import ALSO, FAMILIES, FOLDER, family, page
from test_cases import HEADER

LANGS = ("id", "en")
every_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)


@pytest.fixture
def found(tmp_path, monkeypatch, reference):
    """Return what is found in an example: (code, line, severity) of each finding."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ALIGN_TODAY", "2026-06-30")

    def found(shown, example, encoding="utf-8"):
        programmes = [(ALSO, whole(shown.also))] if shown.also else []
        if not shown.file:
            programmes.append(("contoh.yaml", whole(example)))
        for name, text in programmes:
            Path(name).write_bytes(text.encode(encoding))
        if shown.file:
            Path(shown.file).write_text(example, encoding="utf-8")
            return by_command(shown.file, [name for name, _ in programmes])
        result = run.run([(Path(name), name) for name, _ in programmes], reference)
        return [(row.rule.code, row.place.span.line, row.rule.severity.value) for row in result.findings]

    return found


def by_command(file, programmes):
    """Check with a baseline or the configuration of the folder, which only the command reads."""
    baseline = ["--baseline", file] if file.endswith(".yaml") else []
    done = align("check", *programmes, *baseline, "--format", "json")
    rows = [row for checked in json.loads(done.stdout)["files"] for row in checked["findings"]]
    return [(row["code"], row["start"]["line"], row["severity"]) for row in rows]


def whole(example):
    return example if example.startswith(("versi:", "#")) else example + HEADER


def align(*arguments, **environment):
    return CliRunner().invoke(app(arguments), arguments, env={"COLUMNS": "80", **environment})


def plain(text):
    return " ".join(text.split())


def test_every_rule_has_a_page_and_every_page_a_rule():
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(f"{rule.code}.yaml" for rule in RULES)


def test_every_rule_belongs_to_a_family():
    assert {family(rule) for rule in RULES} <= set(FAMILIES)
    assert [rule.code for rule in RULES if not re.fullmatch(r"AL[1-9]\d\d", rule.code)] == []
    assert [rule.name for rule in RULES if not re.fullmatch(r"[a-z0-9_]+(-[a-z0-9_]+)+", rule.name)] == []


@every_rule
def test_texts_are_in_both_languages(rule):
    for text in (rule.title, rule.message, rule.fix, page(rule).why):
        assert text.id.strip()
        assert text.en.strip()
        assert text.id != text.en


@every_rule
def test_page_says_since_when(rule):
    assert re.fullmatch(r"\d+\.\d+", page(rule).since)


@every_rule
def test_bad_example_breaks_this_rule_alone_where_it_is_marked(rule, found):
    shown = page(rule)
    told = found(shown, shown.breach, shown.encoding)
    assert shown.marked
    assert {line for code, line, _ in told if code == rule.code} == shown.marked
    assert [code for code, _, severity in told if code != rule.code and severity != "info"] == []


@every_rule
def test_good_example_keeps_the_rule_and_is_valid(rule, found):
    told = found(page(rule), page(rule).good)
    assert [code for code, _, severity in told if code == rule.code or severity == "error"] == []


@pytest.mark.parametrize("lang", LANGS)
@every_rule
def test_explain_tells_the_whole_page(rule, lang):
    done = align("explain", rule.code.lower(), "--lang", lang)
    assert (done.exit_code, done.stderr) == (0, "")
    shown = page(rule)
    told = plain(done.stdout)
    for text in (rule.title, shown.why):
        assert plain(text.in_(lang)) in told
    for template in (rule.message, rule.fix):
        assert plain(named(template.in_(lang))) in told
    assert [line for line in (shown.bad + shown.good).splitlines() if f"  {line}\n" not in done.stdout] == []
    assert shown.basis in told
    assert rule.severity.in_(lang) in told
    assert re.search(rf"^  (# align: (abaikan|ignore)\[|align check --ignore ){rule.code}", done.stdout, re.MULTILINE)
    assert "{" not in plain(named(rule.message.in_(lang)))


def test_explain_by_name_and_by_code_say_the_same():
    assert align("explain", "kode-tidak-dikenal").stdout == align("explain", "AL203").stdout


def test_explain_says_how_to_ignore():
    assert "# align: abaikan[AL203] alasan" in align("explain", "AL203").stdout
    assert "# align: ignore[AL203] reason" in align("explain", "AL203", "--lang", "en").stdout
    assert "# align:" not in align("explain", "AL104").stdout


@pytest.mark.parametrize(
    ("what", "proposal"),
    [
        ("AL999", None),
        ("al2033", "AL203"),
        ("AL20", "AL20"),
        ("kode-tanpa-kutp", "kode-tanpa-kutip"),
        ("porsi-tidak-10", "porsi-tidak-100"),
    ],
)
def test_what_looks_like_a_rule_but_is_none(what, proposal):
    done = align("explain", what)
    assert (done.exit_code, done.stdout) == (2, "")
    assert f'aturan "{what}" tidak dikenal' in done.stderr
    assert ("Maksud Anda" in done.stderr) == (proposal is not None)
    assert proposal is None or f"Maksud Anda: {proposal}" in done.stderr
    assert f'the rule "{what}" is not known' in align("explain", what, "--lang", "en").stderr


@pytest.mark.parametrize("what", ["gotong-royong", "Kode Tanpa Kutp", "stunting", "AL Madinah", "1.02.02"])
def test_other_texts_are_no_rules(what, tmp_path):
    (tmp_path / "a.yaml").write_text(f"{HEADER}program: []\n", encoding="utf-8")
    done = align("explain", what, "--in", str(tmp_path / "a.yaml"))
    assert done.exit_code == 0
    assert "aturan" not in done.stderr


@pytest.mark.parametrize("lang", LANGS)
def test_list_fits_in_80_columns_and_names_every_rule(lang):
    done = align("rules", "--lang", lang)
    assert done.exit_code == 0
    assert max(map(len, done.stdout.splitlines())) <= 80
    for rule in RULES:
        assert re.search(rf"^{rule.code}  {rule.name} +{rule.severity.in_(lang)} ", done.stdout, re.MULTILINE)
        assert f"\n       {rule.title.in_(lang)}\n" in done.stdout
    for key in {family(rule) for rule in RULES}:
        assert f"\n{key} {FAMILIES[key].in_(lang)}\n" in done.stdout


def test_list_has_one_line_for_a_rule_where_there_is_room():
    lines = align("rules", COLUMNS="200").stdout.splitlines()
    for rule in RULES:
        assert [line for line in lines if line.startswith(rule.code) and line.endswith(f"  {rule.title.id}")]


def test_json_has_every_rule_in_both_languages():
    data = json.loads(align("rules", "--format", "json").stdout)
    assert [rule["code"] for rule in data["rules"]] == [rule.code for rule in RULES]
    assert data == json.loads(align("rules", "--format", "json", "--lang", "en").stdout)
    first = data["rules"][0]
    assert (first["severity"], first["kind"], first["confidence"], first["fixable"]) == (
        "error", "tidak_sah", "high", False,
    )  # fmt: skip
    assert first["bad_lines"] == [2]
    assert "# <-" not in first["bad"]
    assert {rule["family"] for rule in data["rules"]} <= {row["family"] for row in data["families"]}
    assert all(rule[key]["id"] and rule[key]["en"] for rule in data["rules"] for key in ("title", "why", "fix"))


@pytest.mark.parametrize("lang", LANGS)
def test_markdown_has_a_heading_for_every_link(lang):
    text = align("rules", "--format", "markdown", "--lang", lang).stdout
    links = re.findall(r"\[(AL\d+)\]\(#(al\d+)\)", text)
    assert [code for code, _ in links] == sorted(rule.code for rule in RULES)
    assert [anchor for _, anchor in links] == [
        code.lower() for code in re.findall(r"^### (AL\d+)$", text, re.MULTILINE)
    ]
    assert len(re.findall("^```(?:ya|to)ml$", text, re.MULTILINE)) == sum(2 + bool(page(rule).also) for rule in RULES)
    for rule in RULES:
        assert page(rule).why.in_(lang) in text
