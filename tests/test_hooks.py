"""The hooks for pre-commit, run as their users run them: installed from a git repository into a scratch project."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parents[1]
SOUND = """\
versi: 1
daerah: {nama: Kabupaten Contoh, tingkat: kabupaten}
dokumen: RKPD
tahun: 2026
program:
  - kode: "1.02.02"
    nama: Program Pemenuhan Upaya Kesehatan Perorangan dan Upaya Kesehatan Masyarakat
    pagu: 45_000_000_000
"""
BROKEN = SOUND.replace("pagu: 45_000_000_000", "pagu: Rp 45 miliar")


def environment(home):
    """Return this process's environment without what git and align read from it."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("GIT_", "ALIGN_", "GITHUB_", "PRE_COMMIT"))}
    author = {"NAME": "Penguji", "EMAIL": "penguji@example.invalid"}
    people = {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in author.items()}
    return {
        **kept,
        **people,
        "PRE_COMMIT_HOME": str(home),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "PRE_COMMIT_COLOR": "never",
    }


class Project:
    """A git repository in a scratch folder."""

    def __init__(self, folder, env):
        self.folder, self.env = folder, env
        self.run("git", "init", "--quiet", "--initial-branch", "main")

    def run(self, *command, code=0):
        done = subprocess.run(
            command, cwd=self.folder, env=self.env, capture_output=True, text=True, encoding="utf-8", timeout=600,
            check=False,
        )  # fmt: skip
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def commit(self, message):
        self.run("git", "add", "--all")
        self.run("git", "commit", "--quiet", "--no-verify", "--message", message)

    def hooks(self, *arguments, code=0):
        return self.run(sys.executable, "-m", "pre_commit", "run", *arguments, code=code)


def copied(target):
    """Copy what git would know of this checkout, changes that are not yet committed included."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, names.split("\0")):
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, target / name)


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """Return a project whose hooks come from a copy of this checkout."""
    pytest.importorskip("pre_commit")
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("needs git and a git checkout")
    scratch = tmp_path_factory.mktemp("kait")
    env = environment(scratch / "home")
    for name in ("align", "proyek"):
        (scratch / name).mkdir()
    copied(scratch / "align")
    source = Project(scratch / "align", env)
    source.commit("align")
    revision = source.run("git", "rev-parse", "HEAD").strip()
    made = Project(scratch / "proyek", env)
    hooks = "[{id: align-check}, {id: align-fix}]"
    made.write(".pre-commit-config.yaml", f"repos:\n  - {{repo: {source.folder}, rev: {revision}, hooks: {hooks}}}\n")
    made.write("data/programs/a.yaml", SOUND)
    made.write("README.md", "Rencana daerah\n")
    made.commit("awal")
    return made


def test_manifest_is_valid(project):
    project.run(sys.executable, "-m", "pre_commit", "validate-manifest", str(ROOT / ".pre-commit-hooks.yaml"))


def test_every_hook_runs_a_command_that_exists():
    from alignment_cli.cli import COMMANDS

    hooks = YAML(typ="safe").load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert {hook["entry"].split()[0] for hook in hooks} == {"align"}
    assert {hook["entry"].split()[1] for hook in hooks} <= COMMANDS.keys()
    assert not any(hook["pass_filenames"] for hook in hooks)


@pytest.mark.slow
def test_hook_lets_a_sound_file_pass(project):
    project.write("data/programs/a.yaml", SOUND)
    assert "Passed" in project.hooks("--all-files")


@pytest.mark.slow
def test_hook_stops_a_broken_file_and_sees_the_files_that_did_not_change(project):
    project.write("data/programs/a.yaml", SOUND)
    project.write("data/programs/b.yaml", BROKEN)
    project.run("git", "add", "--all")
    told = project.hooks("--files", "data/programs/a.yaml", code=1)
    assert "Failed" in told
    assert "data/programs/b.yaml" in told
    assert "AL302" in told
    project.run("git", "commit", "--message", "rusak", "--no-verify", "--quiet")
    project.write("data/programs/b.yaml", SOUND)
    project.commit("benar")


@pytest.mark.slow
def test_hook_is_skipped_where_no_programme_file_changed(project):
    assert "Skipped" in project.hooks("--files", "README.md")


@pytest.mark.slow
def test_fix_runs_only_when_asked_for(project):
    project.write("data/programs/a.yaml", SOUND)
    assert "align fix" not in project.hooks("--all-files")
    assert "Passed" in project.hooks("--all-files", "--hook-stage", "manual", "align-fix")
