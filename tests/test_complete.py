"""Completion in the shell, as bash runs it and as the other shells ask for it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from alignment_cli.cli import COMMANDS
from alignment_cli.rules import RULES

ALIGN = shutil.which("align", path=Path(sys.executable).parent)
BASH = shutil.which("bash")
CODES = [rule.code for rule in RULES]

pytestmark = pytest.mark.skipif(ALIGN is None, reason="the program align is not installed beside python")

SCRIPT = """\
eval "$(align --show-completion)"
complete -p align
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
_align_completion align
printf '%s\\n' "${COMPREPLY[@]}"
"""


def run(command, **env):
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("ALIGN_", "_ALIGN", "COMP_", "_TYPER"))}
    path = f"{Path(ALIGN).parent}{os.pathsep}{kept['PATH']}"
    done = subprocess.run(
        command, env={**kept, "PATH": path, **env}, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    return done.stdout.splitlines()


@pytest.mark.skipif(BASH is None, reason="needs bash")
@pytest.mark.parametrize(
    ("typed", "proposed"),
    [
        (["ch"], ["check"]),
        ([""], list(COMMANDS)),
        (["check", "--fail"], ["--fail-on"]),
        (["check", "--fail-on", ""], ["error", "warning", "info", "never"]),
        (["check", "--select", "AL20"], [code for code in CODES if code.startswith("AL20")]),
        (["baseline", "--ignore", "AL101,AL30"], [f"AL101,{code}" for code in CODES if code.startswith("AL30")]),
        (["check", ""], [""]),
        (["explain", "AL10"], [code for code in CODES if code.startswith("AL10")]),
        (["explain", "'Suka Sapi'", "AC"], [f"AC{n}" for n in range(1, 9)]),
        (["schema", "p"], ["program", "prioritas"]),
        (["init", "--dokumen", "Re"], ["Renstra", "Renja"]),
        (["init", "--tingkat", "k"], ["kabupaten", "kota"]),
        (["init", "--ci", ""], ["github", "gitlab", "none"]),
    ],
)
def test_bash_completes(typed, proposed):
    registered, *found = run([BASH, "--noprofile", "--norc", "-c", SCRIPT, "bash", "align", *typed])
    assert registered == "complete -o default -F _align_completion align"
    assert sorted(found) == sorted(proposed)  # typer lists commands with sub-commands last


def test_zsh_completes_with_explanations():
    asked = {"_ALIGN_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": "align check --select AL101"}
    told = "\n".join(run([ALIGN], **asked))
    assert '"AL101":"YAML tidak dapat dibaca"' in told


def test_fish_completes_with_explanations():
    asked = {"_ALIGN_COMPLETE": "complete_fish", "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    told = run([ALIGN], _TYPER_COMPLETE_ARGS="align explain x AC4", **asked)
    assert told == ["AC4\tPendidikan, kesehatan, gender, olahraga"]
    told = run([ALIGN], _TYPER_COMPLETE_ARGS="align explain x AC4", ALIGN_LANG="en", **asked)
    assert told[0].startswith("AC4\tEducation")
