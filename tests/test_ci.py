"""The GitHub Action and the GitLab template: valid, and their scripts do what they promise when a shell runs them."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from ruamel.yaml import YAML

from test_hooks import BROKEN, SOUND

ROOT = Path(__file__).resolve().parents[1]
ACTION = YAML(typ="safe").load((ROOT / "action.yml").read_text("utf-8"))
GITLAB = YAML(typ="safe").load((ROOT / "ci" / "gitlab" / "align.gitlab-ci.yml").read_text("utf-8"))["align"]
BASH = shutil.which("bash")

pytestmark = pytest.mark.skipif(BASH is None, reason="needs bash")


@pytest.mark.parametrize(
    ("path", "options"),
    [
        ("action.yml", ["--builtin-schema", "vendor.github-actions"]),
        ("ci/gitlab/align.gitlab-ci.yml", ["--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci"]),
    ],
)
def test_file_is_valid(path, options):
    pytest.importorskip("check_jsonschema")
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", *options, str(ROOT / path)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


class Runner:
    """A folder with an `align` on the path, and the environment that a CI job gives to its scripts."""

    def __init__(self, folder):
        self.home, self.work = folder, folder / "kerja"
        self.env = {k: v for k, v in os.environ.items() if not k.startswith(("GITHUB_", "ALIGN_", "CI_"))}
        tools = folder / "bin"
        for place in (self.work, tools, folder / "temp"):
            place.mkdir()
        for name, body in (("align", f'exec "{sys.executable}" -m alignment_cli "$@"'), ("pip", 'echo "pip $*"')):
            (tools / name).write_text(f"#!/bin/sh\n{body}\n", "utf-8")
            (tools / name).chmod(0o755)
        self.summary = folder / "summary.md"
        self.env |= {
            "PATH": f"{tools}{os.pathsep}{self.env['PATH']}",
            "RUNNER_TEMP": str(folder / "temp"),
            "GITHUB_ACTIONS": "true",
            "GITHUB_WORKSPACE": str(self.work),
            "GITHUB_STEP_SUMMARY": str(self.summary),
            "GITHUB_PATH": str(folder / "path"),
        }

    def write(self, name, text):
        path = self.work / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def run(self, script, **env):
        """Run a script as a GitHub runner does: ``bash --noprofile --norc -eo pipefail FILE``."""
        file = self.home / "langkah.sh"
        file.write_text(script, "utf-8")
        return subprocess.run(
            [BASH, "--noprofile", "--norc", "-eo", "pipefail", str(file)],
            cwd=self.work, env={**self.env, **env}, capture_output=True, text=True, encoding="utf-8", check=False,
        )  # fmt: skip

    def action(self, **inputs):
        """Run the step of the action that checks, with these inputs and the defaults of the others."""
        step = next(step for step in ACTION["runs"]["steps"] if step.get("name") == "align check")
        return self.run(step["run"], **{name: filled(value, inputs) for name, value in step["env"].items()})


def filled(value, inputs):
    """Put inputs into an expression as the runner does."""
    name = re.fullmatch(r"\$\{\{ inputs\.([\w-]+) \}\}", value).group(1)
    return inputs.get(name.replace("-", "_"), ACTION["inputs"][name]["default"])


@pytest.fixture
def runner(tmp_path):
    return Runner(tmp_path)


def test_action_annotates_findings_and_fails(runner):
    runner.write("data/programs/a.yaml", BROKEN)
    done = runner.action()
    assert done.returncode == 1, done.stderr
    assert "::error file=data/programs/a.yaml,line=8," in done.stdout
    assert "AL302" in runner.summary.read_text("utf-8")


def test_action_passes_what_is_sound(runner):
    runner.write("data/programs/a.yaml", SOUND)
    done = runner.action()
    assert done.returncode == 0, done.stdout + done.stderr
    assert "::error" not in done.stdout
    assert runner.summary.is_file()


def test_action_takes_paths_and_options(runner):
    runner.write("rencana kita/a.yaml", BROKEN)
    runner.write("b.yaml", SOUND)
    done = runner.action(paths="rencana kita\nb.yaml\n", fail_on="never", args="--lang en --select AL3")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "::error file=rencana kita/a.yaml," in done.stdout
    assert "rupiah" in done.stdout


def test_action_does_not_expand_what_stands_in_its_inputs(runner):
    runner.write("a.yaml", SOUND)
    done = runner.action(paths="a.yaml\n$(touch oops)", args="--lang $(touch oops) *")
    assert done.returncode == 2
    assert not (runner.work / "oops").exists()


def test_action_says_when_the_check_did_not_run(runner):
    done = runner.action(paths="tidak_ada.yaml")
    assert done.returncode == 2
    assert "tidak_ada.yaml" in done.stderr
    assert not runner.summary.exists()


def test_action_writes_sarif_when_asked(runner):
    runner.write("data/programs/a.yaml", BROKEN)
    done = runner.action(sarif="hasil.sarif")
    assert done.returncode == 1
    report = json.loads((runner.work / "hasil.sarif").read_text("utf-8"))
    assert "AL302" in {result["ruleId"] for result in report["runs"][0]["results"]}
    upload = ACTION["runs"]["steps"][-1]
    assert upload["uses"] == "github/codeql-action/upload-sarif@v4"
    assert "inputs.sarif != ''" in upload["if"]


STAND_IN = {
    "pyproject.toml": """\
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"
[project]
name = "tiruan"
version = "1"
scripts = {align = "tiruan:main"}
""",
    "tiruan.py": "def main():\n    print('align terpasang')\n",
}
"""A package in place of align, which takes longer to build; `test_hooks` installs the real one."""


@pytest.mark.slow
def test_action_installs_a_folder_and_puts_its_program_on_the_path(runner):
    for name, text in STAND_IN.items():
        runner.write(f"sumber/{name}", text)
    step = next(step for step in ACTION["runs"]["steps"] if step.get("name") == "pasang align")
    done = runner.run(step["run"], ALIGN_SOURCE=str(runner.work / "sumber"), ALIGN_PYTHON=sys.executable)
    assert done.returncode == 0, done.stdout + done.stderr
    folder = (runner.home / "path").read_text("utf-8").strip()
    told = subprocess.run([shutil.which("align", path=folder)], capture_output=True, text=True, check=True)
    assert told.stdout == "align terpasang\n"


def gitlab(runner, **env):
    return runner.run("\n".join(GITLAB["script"]), **{**GITLAB["variables"], "GITHUB_ACTIONS": "", **env})


def test_gitlab_job_writes_both_reports(runner):
    runner.write("data/programs/a.yaml", BROKEN)
    done = gitlab(runner, ALIGN_SOURCE="align @ git+https://example.invalid/align.git")
    assert done.returncode == 1, done.stderr
    assert "pip install --quiet align @ git+https://example.invalid/align.git" in done.stdout
    assert "data/programs/a.yaml" in done.stdout
    reports = GITLAB["artifacts"]["reports"]
    issues = json.loads((runner.work / reports["codequality"]).read_text("utf-8"))
    assert ("data/programs/a.yaml", 8) in {(i["location"]["path"], i["location"]["lines"]["begin"]) for i in issues}
    assert ET.parse(runner.work / reports["junit"]).getroot().tag == "testsuites"  # noqa: S314 - our own report


def test_gitlab_job_takes_settings_from_variables(runner):
    runner.write("rencana/a.yaml", BROKEN)
    runner.write("lain/a.yaml", SOUND)
    done = gitlab(runner, ALIGN_SOURCE="x", ALIGN_FAIL_ON="never", ALIGN_PATHS="rencana,lain")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "rencana/a.yaml" in done.stdout
    assert "lain/a.yaml" in done.stdout


def test_gitlab_job_says_what_is_missing(runner):
    done = gitlab(runner)
    assert done.returncode != 0
    assert "ALIGN_SOURCE" in done.stderr


def blocks(page, language):
    """Return the fenced blocks of a page in a language."""
    text = (ROOT / "docs" / page).read_text("utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("page", ["editor-dan-ci.md", "editors-and-ci.en.md"])
def test_examples_of_the_docs_name_what_there_is(page):
    examples = [YAML(typ="safe").load(block) or {} for block in blocks(page, "yaml")]
    hooks = {hook["id"] for hook in YAML(typ="safe").load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}
    named = {hook["id"] for example in examples for repo in example.get("repos", ()) for hook in repo["hooks"]}
    used = {name for example in examples for step in example.get("steps", ()) for name in step.get("with", ())}
    assert (named & hooks, used & ACTION["inputs"].keys()) == (named, used)
    assert (bool(named), bool(used)) == (True, True)
    told = (ROOT / "docs" / page).read_text("utf-8")
    assert [name for name in ACTION["inputs"] if f"`{name}`" not in told] == []


def test_problem_matcher_of_the_docs_reads_the_findings(runner):
    runner.write("data/programs/a.yaml", BROKEN)
    (task,) = next(json.loads(block)["tasks"] for block in blocks("editor-dan-ci.md", "json") if "tasks" in block)
    done = runner.run(task["command"])
    pattern = task["problemMatcher"]["pattern"]
    found = [re.match(pattern["regexp"], line) for line in done.stdout.splitlines()]
    read = {tuple(m.group(pattern[part]) for part in ("file", "line", "column", "code")) for m in found if m}
    assert ("data/programs/a.yaml", "8", "11", "AL302") in read


@pytest.mark.skipif(shutil.which("vim") is None, reason="needs vim")
def test_vim_settings_of_the_docs_read_the_findings(runner):
    runner.write("data/programs/a.yaml", BROKEN)
    runner.write("pengaturan.vim", blocks("editor-dan-ci.md", "vim")[0])
    show = 'call writefile(map(getqflist(), {_, q -> bufname(q.bufnr) . ":" . q.lnum . ":" . q.col . " " . q.nr}), "x")'
    done = runner.run(f"vim -es -u NONE -S pengaturan.vim -c 'silent make' -c '{show}' -c 'qa!' </dev/null")
    assert done.returncode == 0, done.stderr
    assert "data/programs/a.yaml:8:11 302" in (runner.work / "x").read_text("utf-8").splitlines()
