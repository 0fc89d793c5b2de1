"""The rules by example: every rule has a file in `cases/`, and every example in it is a test.

A case gives a file and the complete list of its findings that are errors or belong to the file's rule. The file is
`source` (all of it), `program` (`HEADER` is put below it, so line numbers are those you see), or `bytes` (hex).
`also` is another file of the same region, checked before; `HEADER` is put below it unless it begins with `versi`.
`encoding` and `newline` say how the text is written. Keys of an expected finding: `code`, `line`, `column`, and as
needed `end_column`, `hint` (null: no proposal), `message_id` and `message_en` (a part of the message), `fix_id` and
`fix_en` (a part of how to mend it), `related` (the places that the finding refers to, as `lain.yaml:5`). A case that
shows a known fault of the program gives its reason in `xfail`; once the fault is mended, the case fails until the
reason is taken out.
"""

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from alignment_cli import limits, policy, run
from alignment_cli.finding import Severity
from alignment_cli.load import load
from alignment_cli.region import check_regions
from alignment_cli.result import Result
from alignment_cli.rules import RULES

FOLDER = Path(__file__).parent / "cases"
HEADER = """\
versi: 1
daerah: {nama: Kabupaten Contoh, tingkat: kabupaten}
dokumen: RKPD
tahun: 2026
"""
WORDS = {"message_id", "message_en", "fix_id", "fix_en"}
FINDING_KEYS = {"code", "line", "column", "end_column", "hint", "related"} | WORDS


@dataclass(frozen=True)
class Case:
    rule: str
    name: str
    expect: list[dict]
    source: str | None = None
    program: str | None = None
    hex: str | None = None
    also: str | None = None
    encoding: str = "utf-8"
    newline: str = "\n"
    xfail: str = field(default="", compare=False)

    @property
    def raw(self) -> bytes:
        if self.hex is not None:
            return bytes.fromhex(self.hex)
        text = self.source if self.program is None else self.program + HEADER
        return text.replace("\n", self.newline).encode(self.encoding)


def read(path):
    content = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    return [Case(content["rule"], hex=case.pop("bytes", None), **case) for case in content["cases"]]


FILES = sorted(FOLDER.iterdir())
CASES = [case for path in FILES for case in read(path)]


def param(case):
    marks = pytest.mark.xfail(reason=case.xfail, strict=True) if case.xfail else ()
    return pytest.param(case, id=f"{case.rule}: {case.name}", marks=marks)


@pytest.mark.parametrize("case", [param(case) for case in CASES])
def test_case(case, tmp_path, reference, monkeypatch):
    # As with 1,000,000, but in a tenth of the time.
    monkeypatch.setattr(limits, "_in_force", [limits.Limits(values=100_000)])
    path = tmp_path / "berkas.yaml"
    path.write_bytes(case.raw)
    files = [run.check_file(load(path, "berkas.yaml"), reference)]
    if case.also is not None:
        also = case.also if case.also.startswith("versi:") else case.also + HEADER
        files.insert(0, run.check_file(load(also.encode(), "lain.yaml"), reference))
    check_regions(files, reference)
    policy.apply(Result(files, reference.priorities), policy.Policy())
    findings = files[-1].findings
    told = [f for f in findings if f.rule.severity is Severity.ERROR or f.rule.code == case.rule]
    told.sort(key=lambda f: (f.place.span.line, f.place.span.column, f.rule.code))

    wanted = [(f["code"], f["line"], f["column"]) for f in case.expect]
    assert [(f.rule.code, f.place.span.line, f.place.span.column) for f in told] == wanted
    for finding, expected in zip(told, case.expect, strict=True):
        span = finding.place.span
        assert finding.place.path == "berkas.yaml"
        assert (span.end_line, span.end_column) == (span.line, expected.get("end_column", span.end_column))
        assert finding.hint == expected.get("hint", finding.hint)
        assert str(expected.get("message_id", "")) in finding.message("id")
        assert str(expected.get("message_en", "")) in finding.message("en")
        related = [f"{place.path}:{place.span.line}" for _, place in finding.related]
        assert related == expected.get("related", related)
        for language in ("id", "en"):
            assert finding.fix(language)
            assert str(expected.get(f"fix_{language}", "")) in finding.fix(language)


ELSEWHERE = {"AL905", "AL906", "AL907"}
"""Rules about the baseline and the configuration, whose findings are in no programme file: see test_policy.py."""


def test_files_and_rules_match():
    assert [path.stem for path in FILES] == sorted({rule.code for rule in RULES} - ELSEWHERE)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_file_is_a_specification(path):
    cases = read(path)
    assert {case.rule for case in cases} == {path.stem}
    assert len({case.name for case in cases}) == len(cases)
    assert all(set(finding) <= FINDING_KEYS for case in cases for finding in case.expect)
    assert all((case.source, case.program, case.hex).count(None) == 2 for case in cases)
    breaches = [any(finding["code"] == path.stem for finding in case.expect) for case in cases if not case.xfail]
    assert any(breaches), "an example that breaks the rule is missing"
    assert not all(breaches), "an example that keeps the rule is missing"


def test_codes_and_names_are_unique():
    assert len({rule.code for rule in RULES}) == len({rule.name for rule in RULES}) == len(RULES)
