"""README and docs promise only what is there: commands, options, links, no path of anybody's machine."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from typer.testing import CliRunner

from alignment_cli.cli import COMMANDS, app

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("README*.md"), *ROOT.glob("docs/**/*.md")])


def fenced(page):
    """Return the lines inside the fences of a page, lines that go on joined; not what programs print."""
    found = re.findall(r"^```([^\n]*)\n(.*?)^```", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    blocks = [block for kind, block in found if kind != "text"]
    return [line.strip() for block in blocks for line in block.replace("\\\n", " ").splitlines()]


def commands(page):
    """Yield every `align` command line of a page, those in tables and sentences too."""
    text = page.read_text("utf-8")
    spans = [*fenced(page), *re.findall(r"`(align [^`\n]+)`", text)]
    for line in spans:
        for part in re.split(r"&&|\|\|?|;|>", re.sub(r"^\$ ", "", line).partition(" #")[0]):
            if re.match(r"align(\s|$)", part.strip()):
                yield part.strip()


GROUPS = [
    [name] for name, module in COMMANDS.items() if hasattr(import_module(f"alignment_cli.commands.{module}"), "group")
]
"""Commands that have commands of their own."""
RUN_ELSEWHERE = "docs/kode-keluar.md"
"""Holds wrong command lines on purpose; test_exit_codes.py runs it."""
CALLS = sorted({(page.relative_to(ROOT).as_posix(), call) for page in PAGES for call in commands(page)})
CALLS = [(page, call) for page, call in CALLS if page != RUN_ELSEWHERE]


@pytest.mark.parametrize(
    "command",
    [
        "python3 -m pip install . && align check",
        "python3 -m pip install -e '.[dev]' && python3 -m pytest",
    ],
)
def test_readme_has_the_two_commands(command):
    assert command in fenced(ROOT / "README.md")


def test_there_are_commands_to_check():
    assert len([call for page, call in CALLS if page == "README.md"]) >= 3


@pytest.mark.parametrize(("page", "call"), CALLS)
def test_command_exists_with_its_options(page, call):
    words = shlex.split(call.replace("[", "").replace("]", "").replace("...", ""))[1:]
    subcommand = [word for word in words[: 2 if words[:1] in GROUPS else 1] if not word.startswith("-")]
    done = CliRunner().invoke(app(), [*subcommand, "--help"], env={"COLUMNS": "200", "TERMINAL_WIDTH": "200"})
    assert done.exit_code == 0, f"{page}: {call}"
    for option in (word.partition("=")[0] for word in words if re.match(r"--?[a-z]", word)):
        assert re.search(rf"(?<![\w-]){re.escape(option)}(?![\w-])", done.stdout), f"{page}: {call}: {option}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_options_named_in_tables_exist(page):
    helps = "".join(
        CliRunner().invoke(app(), [*name, "--help"], env={"COLUMNS": "200"}).stdout
        for name in ([], *([name] for name in COMMANDS))
    )
    own = re.findall(r"^\| `(--[a-z-]+)", page.read_text("utf-8"), re.MULTILINE)
    assert [option for option in own if option not in helps] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_yaml_examples_are_sound(page, tmp_path):
    blocks = re.findall(r"^```yaml\n(.*?)^```", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    for block in blocks if not page.name.startswith("aturan") else ():  # wrong examples too; test_rules.py runs them
        if "\nprogram:" in block and "\nversi:" in f"\n{block}":
            (tmp_path / "a.yaml").write_text(block, encoding="utf-8")
            done = CliRunner().invoke(app(), ["check", str(tmp_path / "a.yaml"), "-f", "concise"])
            assert done.exit_code == 0, done.stdout


def tracked():
    """Return the files of the repository, or all that are no product of a build where git does not know them yet."""
    git = shutil.which("git")
    names = ""
    if git and (ROOT / ".git").exists():
        command = [git, "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
        names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout
    return [ROOT / name for name in names.split("\0") if name and (ROOT / name).is_file()]


def test_no_path_of_a_machine_in_the_repository():
    files = tracked()
    if not files:
        pytest.skip("not a git checkout")
    pattern = re.compile(rb"(?<![\w.:/])(/(?:home|Users|root|work|tmp)/|[A-Z]:\\Users\\)[\w.-]+")
    found = []
    for path in files:
        if path == Path(__file__).resolve():
            continue
        for number, line in enumerate(path.read_bytes().splitlines(), 1):
            if pattern.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}")
    assert found == []


def test_measured_tables_in_the_docs_are_up_to_date():
    """What docs/ketepatan.md claims is what the commands print today."""
    command = [sys.executable, "tools/update_docs.py", "--check"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout.strip()) == (0, "up to date"), run.stderr
