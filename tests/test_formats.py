"""The formats that programs read: valid by the schemas of their readers, complete, and unmoved by hostile names."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path
from urllib.parse import unquote

import pytest
import xmlschema
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator, Draft202012Validator
from markdown_it import MarkdownIt
from ruamel.yaml import YAML
from typer.testing import CliRunner

from alignment_cli import options
from alignment_cli.cli import app
from alignment_cli.finding import Finding, Place, Severity, Span, Text
from alignment_cli.fix.repairs import repair_of
from alignment_cli.load import Loaded
from alignment_cli.render import FORMATS, View, markdown, render
from alignment_cli.render.closing import gate_sentence
from alignment_cli.render.concise import one_line, told
from alignment_cli.result import FileResult, Gate, Result, Suppressed
from alignment_cli.run import run
from alignment_cli.source import Document

HERE = Path(__file__).parent
ROOT = HERE.parent
SAMPLES, SCHEMAS = HERE / "samples", HERE / "schemas"
LANGS = ("id", "en")
STRUCTURED = ("json", "gitlab", "sarif")

HOSTILE = (
    "\x1b[31mmerah\x1b]0;judul\x07 \x9b2J",
    "<script>alert(1)</script> <b>tebal</b> &amp; </details>",
    "`kode` **tebal** _miring_ [klik](http://jahat.test) ![](x) | kolom | @semua #12 !7 $x$ www.jahat.test",
    "::error file=x::palsu",
    "lalu ##[error]palsu ##[add-mask]a",
    "baris\n::warning::palsu\r\n- butir\n# judul",
    "{0} {{x}} {nama} %0A 100%",
    "\u202ekanan ke kiri\u2066 \ufeff\ufffe \u2028 \ue000",
    "]]> --> <!-- \"' &#0;",
    "=SUM(A1)",
)
"""Names as an attacker, or a copied web page, may write them."""
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def shown(result, format_, **view):
    return render(format_, result, View(**view))


def written(folder, name, programmes):
    """Write a plan and return (path, name to show)."""
    plan = {"versi": 1, "daerah": {"nama": "Kabupaten Contoh", "tingkat": "kabupaten"}, "dokumen": "RKPD"}
    path = folder / name
    with path.open("w", encoding="utf-8") as stream:
        YAML(typ="safe").dump({**plan, "tahun": 2027, "program": programmes}, stream)
    return path, path.relative_to(folder).as_posix()


@pytest.fixture(scope="module")
def results(reference, tmp_path_factory):
    """Results that between them have everything that a format can meet."""
    folder = tmp_path_factory.mktemp("rencana")
    hostile = [{"nama": f"{name} irigasi", "kode": name, "asta_cita": [name]} for name in HOSTILE]
    hostile += [{"nama": "Irigasi", name: 1} for name in HOSTILE]
    many = [{"nama": f"Irigasi desa {n}", "asta_cita": 9} for n in range(200)]
    clean = [{"nama": "Program Pengelolaan Sumber Daya Air (SDA)", "kode": "1.03.02", "asta_cita": 2}]
    found = {name: run([(SAMPLES / f"{name}.yaml", f"{name}.yaml")], reference) for name in ("rencana", "keliru")}
    found["jahat"] = run([written(folder, "jahat.yaml", hostile)], reference)
    found["banyak"] = run([written(folder, "banyak.yaml", many)], reference)
    (file,) = found["banyak"].files
    file.findings = [finding for finding in file.findings if finding.rule.code == "AL204"]
    found["bersih"] = run([written(folder, "bersih.yaml", clean)], reference)
    found["lengkap"] = complete(reference)
    return found


def complete(reference):
    """Return a result with findings put aside, demands, repairable and related findings, and what was not checked."""
    names = ("keliru", "rencana")
    result = run([(SAMPLES / f"{name}.yaml", f"data/{name} 5%, a:b.yaml") for name in names], reference)
    file = result.files[0]
    for by, reason in (("comment", "sudah dibahas"), ("config", "arsip | 2025"), ("baseline", HOSTILE[0])):
        file.suppressed.append(Suppressed(file.findings.pop(), by, reason))
    first = file.findings[0]
    rule = first.rule._replace(confidence="low")
    related = (
        (Text("pertama {di} sini", "first {here}"), Place("data/lain, x.yaml", Span(3, 5, 3, 9), ("program", 0))),
    )
    file.findings[0] = Finding(rule, first.place, first.params, "1.02.02", related)
    file.findings.append(file.findings[-1])  # of the same fingerprint
    result.unchecked = [Text("Nomenklatur 2031 tidak ada.", "There is no nomenclature for 2031.")]
    result.gates = [
        Gate("Kabupaten Contoh, RKPD 2027", "", 0.7, 0.69996),
        Gate("Kota Contoh, RKPD 2027", "AC4", 0.57, 0.57),
        Gate(HOSTILE[1], "AC1", 0.125, None),
    ]
    return result


# By the schemas of the readers


def errors(schema, text, validator=Draft202012Validator):
    validator.check_schema(schema)
    return [f"{error.json_path}: {error.message}" for error in validator(schema).iter_errors(json.loads(text))]


def read(name):
    return json.loads(name.read_text("utf-8"))


CASES = ("rencana", "keliru", "jahat", "banyak", "bersih", "lengkap")


@pytest.mark.parametrize("name", CASES)
def test_json_is_as_its_schema_says(results, name):
    schema = read(ROOT / "data" / "skema" / "hasil.schema.json")
    assert errors(schema, shown(results[name], "json")) == []


def objects(schema):
    if isinstance(schema, dict):
        if "properties" in schema and isinstance(schema.get("type"), str):
            yield schema
        for part in schema.values():
            yield from objects(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from objects(part)


def test_json_schema_lets_nothing_unknown_pass():
    """Nothing can be added to the output without being described, and nothing described can be left out."""
    shapes = list(objects(read(ROOT / "data" / "skema" / "hasil.schema.json")))
    assert len(shapes) > 10
    optional = [set(shape["properties"]) - set(shape["required"]) for shape in shapes]
    assert [keys for keys in optional if keys] == [{"kode"}]  # of a region
    for shape in shapes:
        assert shape["additionalProperties"] is False
        assert shape["description"]
        assert all("description" in field or "$ref" in field for field in shape["properties"].values())


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", CASES)
def test_sarif_is_valid(results, name, lang):
    schema = read(SCHEMAS / "sarif-2.1.0.json")
    assert errors(schema, shown(results[name], "sarif", lang=lang), Draft4Validator) == []


@pytest.mark.parametrize("name", CASES)
def test_gitlab_report_is_valid(results, name):
    assert errors(read(SCHEMAS / "gitlab-codequality.json"), shown(results[name], "gitlab")) == []


@pytest.fixture(scope="module")
def xsd():
    return xmlschema.XMLSchema(SCHEMAS / "junit-10.xsd")


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", CASES)
def test_junit_is_valid(results, xsd, name, lang):
    text = shown(results[name], "junit", lang=lang)
    assert [str(error) for error in xsd.iter_errors(ET.ElementTree(ET.fromstring(text)))] == []  # noqa: S314 - own text


def test_the_schemas_can_fail(results, xsd):
    """What is checked above is checked in earnest."""
    data = json.loads(shown(results["keliru"], "json"))
    data["files"][0]["findings"][0]["baru"] = 1
    del data["files"][0]["items"][0]["goal"]
    assert len(errors(read(ROOT / "data" / "skema" / "hasil.schema.json"), json.dumps(data))) == 2
    log = json.loads(shown(results["keliru"], "sarif"))
    log["runs"][0]["results"][0]["level"] = "galat"
    assert errors(read(SCHEMAS / "sarif-2.1.0.json"), json.dumps(log), Draft4Validator)
    report = json.loads(shown(results["keliru"], "gitlab"))
    report[0]["location"]["path"] = "./a.yaml"
    assert errors(read(SCHEMAS / "gitlab-codequality.json"), json.dumps(report))
    assert not xsd.is_valid("<testsuites><testsuite name='a'/></testsuites>")


# Complete: what the result says, every format says


@pytest.mark.parametrize("name", CASES)
def test_json_tells_everything(results, name):
    result = results[name]
    data = json.loads(shown(result, "json"))
    files = data["files"]
    assert [one["code"] for file in files for one in file["findings"]] == [f.rule.code for f in result.findings]
    assert [(s["by"], s["finding"]["code"], s["reason"]) for file in files for s in file["suppressed"]] == [
        (s.by, s.finding.rule.code, s.reason) for s in result.suppressed
    ]
    assert [item["nama"] for file in files for item in file["items"]] == [
        judged.item.nama for file in result.files for judged in file.judged
    ]
    assert [gate["holds"] for gate in data["gates"]] == [gate.holds for gate in result.gates]
    assert len(data["unchecked"]) == len(result.unchecked)


def test_json_of_a_finding(results):
    first = json.loads(shown(results["lengkap"], "json"))["files"][0]["findings"][0]
    assert (first["confidence"], first["hint"]) == ("low", "1.02.02")
    (related,) = first["related"]
    assert related["message"] == {"id": "pertama {di} sini", "en": "first {here}"}
    assert (related["path"], related["route"]) == ("data/lain, x.yaml", "program[0]")
    assert (related["start"], related["end"]) == ({"line": 3, "column": 5}, {"line": 3, "column": 9})
    assert re.fullmatch("[0-9a-f]{20}", first["fingerprint"])


def test_json_tells_what_can_be_repaired(results):
    (file,) = results["keliru"].files
    told_ = [finding["fixable"] for finding in json.loads(shown(results["keliru"], "json"))["files"][0]["findings"]]
    assert told_ == [repair_of(finding, file.loaded.document) is not None for finding in file.findings]
    assert set(told_) == {True, False}
    assert shown(results["keliru"], "text").endswith(f" {sum(told_)} dapat diperbaiki: align fix\n")


@pytest.mark.parametrize("name", CASES)
def test_json_has_a_finding_and_an_item_a_line(results, name):
    lines = shown(results[name], "json").splitlines()
    data = json.loads("\n".join(lines))
    alone = [json.loads(line.strip().removesuffix(",")) for line in lines if re.match(r" {8}\{.", line)]
    expected = [
        part for file in data["files"] for key in ("findings", "suppressed", "items", "goals") for part in file[key]
    ]
    assert alone == expected


def workflow_commands(text):
    """Read workflow commands as the runner does: at the start of a line, or ``##[`` anywhere in it."""
    for line in re.split(r"\r\n|\n|\r", text):
        found = re.match(r"\s*::([a-z-]+)(?: (.*?))?::(.*)", line)
        if found:
            pairs = [pair.partition("=") for pair in (found[2] or "").split(",") if pair]
            yield found[1], {key: unescaped(value) for key, _, value in pairs}, unescaped(found[3])
        else:
            assert not line.lstrip().startswith("::")
            assert "##[" not in line


def unescaped(text):
    for code, sign in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(code, sign)
    return text


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", CASES)
def test_github_annotates_the_worst_first(results, name, lang):
    result = results[name]
    commands = list(workflow_commands(shown(result, "github", lang=lang)))
    missed = [gate for gate in result.gates if not gate.holds]
    levels = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
    worst = [f for level in levels for f in result.findings if f.rule.severity is level]
    assert [command[0] for command in commands] == ["error"] * len(missed) + [levels[f.rule.severity] for f in worst]
    for (_, properties, message), finding in zip(commands[len(missed) :], worst, strict=True):
        span = finding.place.span
        assert properties == {
            "file": finding.place.path, "line": str(span.line), "col": str(span.column),
            "endColumn": str(span.end_column), "title": f"{finding.rule.code} {finding.rule.name}",
        }  # fmt: skip
        assert message.replace("##[", "# #[") == told(finding, lang).replace("##[", "# #[")


def test_github_prints_the_report_too(results):
    """GitHub shows ten annotations of a kind; the log has all."""
    result = results["banyak"]
    text = shown(result, "github")
    assert shown(result, "concise") in text
    assert text.endswith("\n200 galat dalam 1 dari 1 berkas.\n")


def test_gitlab_fingerprints_are_unique_and_stay(results, reference):
    for name in CASES:
        marks = [entry["fingerprint"] for entry in json.loads(shown(results[name], "gitlab"))]
        assert len(set(marks)) == len(marks) == len(results[name].findings)
    moved = b"# satu baris lagi\n" + (SAMPLES / "keliru.yaml").read_bytes()
    again = run([(moved, "keliru.yaml")], reference)
    before, after = (json.loads(shown(result, "gitlab")) for result in (results["keliru"], again))
    assert [entry["fingerprint"] for entry in before] == [entry["fingerprint"] for entry in after]
    assert {
        b["location"]["lines"]["begin"] - a["location"]["lines"]["begin"] for a, b in zip(before, after, strict=True)
    } == {1}


@pytest.mark.parametrize("name", CASES)
def test_junit_has_a_case_for_each_finding(results, name):
    result = results[name]
    root = ET.fromstring(shown(result, "junit"))  # noqa: S314 - own text
    suites = {suite.get("name"): suite for suite in root}
    for file in result.files:
        suite = suites[one_line(file.loaded.path)]
        found = [outcome.get("type") for case in suite for outcome in case]
        assert found == [finding.rule.code for finding in file.findings]
        assert len(suite) == max(1, len(file.findings))
    kinds = Counter(outcome.tag for case in root.iter("testcase") for outcome in case)
    gates = sum(not gate.holds for gate in result.gates)
    assert kinds["error"] == int(root.get("errors")) == result.count(Severity.ERROR)
    assert kinds["failure"] == int(root.get("failures")) == result.count(Severity.WARNING) + gates
    assert kinds["skipped"] == result.count(Severity.INFO)
    assert int(root.get("tests")) == len(list(root.iter("testcase")))


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", CASES)
def test_sarif_results(results, name, lang):
    result = results[name]
    (log,) = json.loads(shown(result, "sarif", lang=lang))["runs"]
    rules = log["tool"]["driver"]["rules"]
    findings = [f for file in result.files for f in (*file.findings, *(s.finding for s in file.suppressed))]
    assert [one["ruleId"] for one in log["results"]] == [finding.rule.code for finding in findings]
    assert sorted({f.rule.code for f in findings}) == [rule["id"] for rule in rules]
    files = [artifact["location"] for artifact in log["artifacts"]]
    for one, finding in zip(log["results"], findings, strict=True):
        assert rules[one["ruleIndex"]]["id"] == one["ruleId"]
        assert {"error": "error", "warning": "warning", "info": "note"}[finding.rule.severity.value] == one["level"]
        place = one["locations"][0]["physicalLocation"]
        assert place["artifactLocation"] in files
        assert unquote(place["artifactLocation"]["uri"]) == finding.place.path
        span = finding.place.span
        assert tuple(place["region"].values()) == (span.line, span.column, span.end_line, span.end_column)
        assert one["message"]["text"].replace("{{", "{").replace("}}", "}") == told(finding, lang).replace("](", "] (")
    aside = [one["suppressions"] for one in log["results"] if one["suppressions"]]
    assert len(aside) == len(result.suppressed)


def test_sarif_tells_how_a_finding_was_put_aside(results):
    (log,) = json.loads(shown(results["lengkap"], "sarif"))["runs"]
    aside = [one["suppressions"][0] for one in log["results"] if one["suppressions"]]
    assert [one["kind"] for one in aside] == ["inSource", "external", "external"]
    assert aside[0]["justification"] == "sudah dibahas"
    told_ = [one["message"]["text"] for one in log["invocations"][0]["toolExecutionNotifications"]]
    assert told_ == ["Nomenklatur 2031 tidak ada.", gate_sentence(results["lengkap"].gates[0], "id")]
    (related,) = [one["relatedLocations"] for one in log["results"] if "relatedLocations" in one]
    assert related[0]["physicalLocation"]["artifactLocation"]["uri"] == "data/lain%2C%20x.yaml"
    assert related[0]["message"]["text"] == "pertama {{di}} sini"


def test_sarif_describes_its_rules(results):
    for rule in json.loads(shown(results["lengkap"], "sarif"))["runs"][0]["tool"]["driver"]["rules"]:
        assert rule["fullDescription"]["text"] in rule["help"]["markdown"]
        assert rule["properties"]["precision"] in ("high", "medium", "low")
        assert rule["help"]["text"].endswith(f"align explain {rule['id']}")


def test_uris_of_odd_names(reference, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "di luar").mkdir()
    names = ("a b,c%.yaml", "c:d.yaml", "ünï#?.yaml", "di luar/[x].yaml", os.fsdecode(b"latin-\xe9.yaml"))
    for name in names:
        (tmp_path / name).write_text("versi: 1\n", encoding="utf-8")
    paths = [(Path(name), name) for name in names] + [(tmp_path / names[0], str(tmp_path / names[0]))]
    outside = tmp_path.parent / f"{tmp_path.name}.yaml"
    outside.write_text("versi: 1\n", encoding="utf-8")
    log = json.loads(shown(run([*paths, (outside, str(outside))], reference), "sarif"))["runs"][0]
    uris = [artifact["location"] for artifact in log["artifacts"]]
    assert [entry["uri"] for entry in uris[:-1]] == [
        "a%20b%2Cc%25.yaml", "c%3Ad.yaml", "%C3%BCn%C3%AF%23%3F.yaml", "di%20luar/%5Bx%5D.yaml", "latin-%E9.yaml",
        "a%20b%2Cc%25.yaml",
    ]  # fmt: skip
    assert {entry["uriBaseId"] for entry in uris[:-1]} == {"%SRCROOT%"}
    assert uris[-1] == {"uri": outside.as_uri()}


# Markdown


def tokens(text):
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text):
        yield token
        yield from token.children or ()


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", CASES)
def test_markdown_is_what_it_means_to_be(results, name, lang):
    result = results[name]
    text = shown(result, "markdown", lang=lang)
    found = list(tokens(text))
    kinds = {re.sub("_(open|close)$", "", token.type) for token in found}
    assert kinds <= {
        *("paragraph", "inline", "text", "text_special", "strong", "bullet_list", "list_item", "code_inline"),
        *("table", "thead", "tbody", "tr", "th", "td", "html_block"),
    }
    html = {token.content.strip() for token in found if token.type == "html_block"}
    assert all(re.fullmatch(r"<details><summary>[\w. ]+</summary>|</details>", part) for part in html)
    cells = [token.content for token in found if token.type == "inline"]
    assert sum(cell.startswith(("galat", "peringatan", "info", "error", "warning")) for cell in cells) >= min(
        10, len(result.findings)
    )


@given(st.text())
def test_plain_text_in_markdown_stays_plain(text):
    inline = MarkdownIt("commonmark").parseInline(markdown.plain(f"a {text}"))[0]
    assert all(token.type in ("text", "text_special") for token in inline.children)
    seen = "".join(token.content for token in inline.children)
    assert seen.replace("\u2060", "") == one_line(f"a {text}").replace("\u2060", "")


def test_markdown_breaks_mentions_and_links():
    assert markdown.plain("@semua #12 www.jahat.test https://jahat.test a|b") == (
        "@\u2060semua #\u206012 www\\.jahat.test https:\\/\\/jahat.test a\\|b"
    )


def test_markdown_keeps_within_a_comment(results, reference):
    file = results["banyak"].files[0]
    big = Result([FileResult(file.loaded, file.judged, file.findings * 10)], reference.priorities)
    text = shown(big, "markdown")
    assert len(text) < 65_536
    rows = len(re.findall(r"^\| galat \|", text, re.MULTILINE))
    assert rows > 200
    assert f"{2000 - rows:,}".replace(",", ".") + " temuan tidak muat di sini" in text


def test_markdown_sums_goals_over_files(results, reference):
    both = Result([*results["rencana"].files, *results["bersih"].files], reference.priorities)
    files = json.loads(shown(both, "json"))["files"]
    table = re.findall(r"^\| (AC\d) .*? \| (\d+) \|", shown(both, "markdown"), re.MULTILINE)
    assert [(goal, int(count)) for goal, count in table] == [
        (a["goal"], a["programmes"] + b["programmes"])
        for a, b in zip(files[0]["goals"], files[1]["goals"], strict=True)
    ]


# Text


def test_repeated_findings_are_folded(results):
    text = shown(results["banyak"], "text")
    lines = [f.place.span.line for f in results["banyak"].findings if f.rule.code == "AL204"]
    assert len(lines) == 200
    assert text.count("AL204 tujuan-tidak-dikenal") == 3
    named = ", ".join(str(line) for line in lines[3:15])
    assert f"… dan 197 lagi seperti ini: baris {named} …. align explain AL204, atau semuanya: --detail" in text
    assert shown(results["banyak"], "text", detail=True).count("AL204 tujuan-tidak-dikenal") == 200
    english = shown(results["banyak"], "text", lang="en")
    assert f"… and 197 more like these: line {named} …. align explain AL204, or all of them: --detail" in english
    assert max(len(line) for line in shown(results["banyak"], "text", width=80).split("\n")) <= 80


@pytest.mark.parametrize(("count", "shown_"), [(5, 5), (200, 12)])
def test_findings_of_one_line_are_not_told_by_it(results, reference, count, shown_):
    (file,) = results["banyak"].files
    same = [Finding(f.rule, file.findings[0].place, {**f.params, "nilai": n}) for n, f in enumerate(file.findings)]
    text = shown(Result([FileResult(file.loaded, [], same[:count])], reference.priorities), "text")
    assert text.count("AL204 tujuan-tidak-dikenal") == shown_
    line = same[0].place.span.line
    assert (f"dan 188 lagi seperti ini: baris {line}. " in text) is (count > shown_)


def test_few_findings_are_not_folded(results, reference):
    (file,) = results["banyak"].files
    few = Result([FileResult(file.loaded, file.judged, file.findings[:3])], reference.priorities)
    assert "lagi seperti ini" not in shown(few, "text")


@pytest.mark.parametrize("lang", LANGS)
def test_closing_tells_all_that_a_result_has(results, lang):
    text = shown(results["lengkap"], "text", lang=lang)
    *_, unchecked, first, second, third, counts, _ = text.split("\n")
    if lang == "id":
        assert unchecked == "Nomenklatur 2031 tidak ada."
        assert first == "Kabupaten Contoh, RKPD 2027: keselarasan 69,9 %, syarat 70 %: tidak terpenuhi."
        assert second == "Kota Contoh, RKPD 2027: keselarasan AC4 57,0 %, syarat 57 %: terpenuhi."
        assert third.endswith("tidak ada yang dihitung untuk keselarasan AC1, jadi syarat 12,5 % tidak berlaku.")
        aside = "(3 diabaikan: 1 komentar, 1 konfigurasi, 1 baseline)."
    else:
        assert unchecked == "There is no nomenclature for 2031."
        assert first == "Kabupaten Contoh, RKPD 2027: alignment 69.9%, demanded 70%: missed."
        assert second == "Kota Contoh, RKPD 2027: alignment AC4 57.0%, demanded 57%: met."
        assert third.endswith("nothing to count for alignment AC1, so 12.5% is not demanded.")
        aside = "(3 ignored: 1 comment, 1 configuration, 1 baseline)."
    result = results["lengkap"]
    assert f" {aside}" in counts
    assert [int(n) for n in re.findall(r"\d+", counts.partition("(")[0])] == [
        *(result.count(level) for level in reversed(Severity)), 2, 2,
    ]  # fmt: skip


def test_related_place_is_shown(results):
    assert "        data/lain, x.yaml:3:5  pertama {di} sini\n" in shown(results["lengkap"], "text")


LINK = re.compile(r"\x1b\]8;([^;]*);([^\x1b]*)\x1b\\")


@pytest.mark.parametrize("links", ["file", "line"])
def test_links_lead_to_the_file(reference, tmp_path, monkeypatch, links):
    monkeypatch.chdir(tmp_path)
    path = Path("rencana baru.yaml")
    path.write_text((SAMPLES / "keliru.yaml").read_text("utf-8"), encoding="utf-8")
    result = run([(path, str(path))], reference)
    result.files[0].findings = result.findings[:5]
    text = shown(result, "text", color=True, links=links, detail=True)
    opened = [uri for parameters, uri in LINK.findall(text) if uri and parameters == ""]
    lines = [finding.place.span.line for finding in result.findings]
    uri = (tmp_path / "rencana%20baru.yaml").as_uri().replace("%25", "%")
    assert opened == [f"{uri}#{line}" if links == "line" else uri for line in lines]
    assert LINK.sub("", text) == shown(result, "text", color=True, detail=True)
    assert text == shown(result, "text", color=True, links=links, detail=True)
    assert "\x1b" not in shown(result, "text", links=links)


TERMINALS = {
    "iTerm": ({"TERM_PROGRAM": "iTerm.app"}, "line"),
    "VS Code": ({"TERM_PROGRAM": "vscode"}, "line"),
    "kitty": ({"KITTY_WINDOW_ID": "1"}, "line"),
    "WezTerm": ({"TERM_PROGRAM": "WezTerm"}, "file"),
    "Hyper": ({"TERM_PROGRAM": "Hyper"}, "file"),
    "Windows Terminal": ({"WT_SESSION": "x"}, "file"),
    "GNOME": ({"VTE_VERSION": "7600"}, "file"),
    "old GNOME": ({"VTE_VERSION": "4999"}, ""),
    "odd VTE": ({"VTE_VERSION": "²"}, ""),
    "unknown": ({"TERM_PROGRAM": "Apple_Terminal"}, ""),
    "forced": ({"FORCE_HYPERLINK": "1"}, "file"),
    "forbidden": ({"FORCE_HYPERLINK": "0", "TERM_PROGRAM": "iTerm.app"}, ""),
}


@pytest.mark.parametrize("name", TERMINALS)
def test_links_only_where_they_are_known_to_work(monkeypatch, name):
    settings, links = TERMINALS[name]
    for key in (
        "TERM_PROGRAM",
        "VTE_VERSION",
        "KITTY_WINDOW_ID",
        "WT_SESSION",
        "FORCE_HYPERLINK",
        "NO_COLOR",
        "FORCE_COLOR",
    ):
        monkeypatch.delenv(key, raising=False)
    for key, value in {"TERM": "xterm", **settings}.items():
        monkeypatch.setenv(key, value)
    monkeypatch.setattr("sys.stdout", io.StringIO())
    forced = "file" if settings.get("FORCE_HYPERLINK") == "1" else ""
    assert options.view_of(options.Lang.id, options.Color.always).links == forced  # no terminal
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    assert options.view_of(options.Lang.id, options.Color.auto).links == links
    assert options.view_of(options.Lang.id, options.Color.never).links == ""
    monkeypatch.setenv("NO_COLOR", "1")
    assert options.view_of(options.Lang.id, options.Color.auto).links == ""


# Every format, whatever the names


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("name", CASES)
def test_no_format_lets_control_characters_through(results, name, format_, lang):
    text = shown(results[name], format_, lang=lang, detail=True)
    assert CONTROLS.findall(text) == []
    assert text.endswith("\n")
    text.encode("utf-8")


@pytest.mark.parametrize("format_", FORMATS)
def test_hostile_file_names(reference, tmp_path, format_):
    names = ("::error::x.yaml", "\x1b[31m.yaml", "a\nb.yaml", "<b>`x`|y.yaml", os.fsdecode(b"\xff.yaml"))
    files = []
    for number, name in enumerate(names):
        path = tmp_path / f"{number}.yaml"
        path.write_text("versi: 1\nprogram: [{nama: Irigasi, asta_cita: 9}]\n", encoding="utf-8")
        files.append((path, name))
    text = shown(run(files, reference), format_)
    assert CONTROLS.findall(text) == []
    text.encode("utf-8")
    if format_ in STRUCTURED:
        json.loads(text)
    elif format_ == "junit":
        assert len(ET.fromstring(text)) == len(names)  # noqa: S314 - own text
    elif format_ == "github":
        assert len(list(workflow_commands(text))) == len(run(files, reference).findings)
    elif format_ == "markdown":
        assert not any(token.type in ("html_inline", "code_inline") for token in tokens(text))
    elif format_ == "csv":
        assert len(list(csv.reader(io.StringIO(text)))) == len(names) + 1


@pytest.mark.parametrize("format_", STRUCTURED)
def test_names_come_back_as_they_were(results, format_):
    """Escaping loses nothing that a reader wants: JSON has the name itself, messages have it in one line."""
    text = shown(results["jahat"], format_)
    data = json.dumps(json.loads(text), ensure_ascii=False)
    assert "<script>alert(1)</script>" in data
    if format_ == "json":
        names = [item["nama"] for item in json.loads(text)["files"][0]["items"]]
        assert names == [judged.item.nama for judged in results["jahat"].files[0].judged]
        assert any("\x1b[31m" in name for name in names)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("format_", ["github", "gitlab", "junit", "sarif", "markdown"])
def test_message_language_follows_the_view(results, format_, lang):
    text = shown(results["keliru"], format_, lang=lang)
    finding = next(finding for finding in results["keliru"].findings if finding.rule.code == "AL301")
    assert [language for language in LANGS if finding.message(language) in text] == [lang]


@pytest.mark.parametrize("format_", FORMATS)
def test_same_result_same_bytes(results, reference, format_):
    for name in ("keliru", "lengkap"):
        assert shown(results[name], format_) == shown(results[name], format_)
    again = run([(SAMPLES / "keliru.yaml", "keliru.yaml")], reference)
    assert shown(again, format_) == shown(results["keliru"], format_)


@pytest.mark.parametrize("format_", FORMATS)
def test_nothing_to_report(reference, format_):
    """A file that could not be read, and one of which nothing is left to judge."""
    files = [FileResult(Loaded("kosong.yaml", Document("kosong.yaml", "")))]
    text = shown(Result(files, reference.priorities), format_)
    assert "AL" not in text
    assert bool(text) is (format_ != "concise")


@pytest.mark.parametrize("format_", FORMATS)
def test_command_knows_every_format(format_, monkeypatch):
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    done = CliRunner().invoke(app(), ["check", str(SAMPLES / "rencana.yaml"), "--format", format_, "--color", "never"])
    assert done.exit_code == 0, done.output
    assert "AL501" in done.stdout
    assert {entry.value for entry in options.Format} == set(FORMATS)
