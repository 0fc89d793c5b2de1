"""`align init`: a project that is sound from the first minute, and nothing of the user's is ever touched."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML
from typer.testing import CliRunner

from alignment_cli import config, init
from alignment_cli.cli import app
from alignment_cli.load import load

ROOT = Path(__file__).resolve().parents[1]
REGION = ["--nama", "Kabupaten Solok Selatan"]
PROGRAMME = "data/programs/kabupaten_solok_selatan_rkpd_2027.yaml"


@pytest.fixture(autouse=True)
def in_scratch_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith(("ALIGN_", "GITHUB_"))]:
        monkeypatch.delenv(name)


def run(*arguments, code=0):
    done = CliRunner().invoke(app(), [*arguments])
    assert done.exit_code == code, done.output
    return done


def laid(folder="."):
    return {path.relative_to(folder).as_posix() for path in Path(folder).rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("options", "file", "region"),
    [
        ([*REGION, "--kode", "13.11"], PROGRAMME, ("13.11", "Kabupaten Solok Selatan", "kabupaten", "RKPD", 2027)),
        (
            ["--nama", "Kota Solok", "--tahun", "2026", "--dokumen", "renja"],
            "data/programs/kota_solok_renja_2026.yaml",
            (None, "Kota Solok", "kota", "Renja", 2026),
        ),
        (
            ["--nama", "DKI Jakarta", "--kode", "31", "--dokumen", "KUA-PPAS"],
            "data/programs/dki_jakarta_kua_ppas_2027.yaml",
            ("31", "DKI Jakarta", "provinsi", "KUA-PPAS", 2027),
        ),
        (
            ["--nama", 'Pasangkayu: "baru" #1', "--tingkat", "Kabupaten"],
            "data/programs/pasangkayu_baru_1_rkpd_2027.yaml",
            (None, 'Pasangkayu: "baru" #1', "kabupaten", "RKPD", 2027),
        ),
    ],
)
def test_new_project_is_sound(options, file, region):
    done = run("init", *options)
    assert laid() == {"align.toml", file, "data/skema/program.schema.json", "data/skema/config.schema.json"}
    assert all(f"dibuat: {path}" in done.stdout for path in laid())
    loaded = load(Path(file), file).file
    assert (loaded.daerah.kode, loaded.daerah.nama, loaded.daerah.tingkat, loaded.dokumen, loaded.tahun) == region
    checked = run("check", "--format", "json", "--fail-on", "warning")
    assert file in checked.stdout


def test_folder_is_made_and_named_in_the_next_step():
    done = run("init", "rencana/baru", *REGION)
    assert laid("rencana/baru") >= {"align.toml", PROGRAMME}
    assert "cd rencana/baru && align check" in done.stdout


def test_modelines_lead_to_the_shipped_schemas():
    run("init", *REGION)
    first = Path(PROGRAMME).read_text("utf-8").splitlines()[0]
    target = Path(PROGRAMME).parent / first.removeprefix("# yaml-language-server: $schema=")
    assert target.read_bytes() == (ROOT / "data" / "skema" / "program.schema.json").read_bytes()
    target = Path(Path("align.toml").read_text("utf-8").splitlines()[0].removeprefix("#:schema "))
    assert target.read_bytes() == (ROOT / "data" / "skema" / "config.schema.json").read_bytes()


def test_what_is_there_is_left_alone_and_named():
    mine = {"align.toml": "fail_on = 'never'\n", PROGRAMME: "milik saya\n", ".gitlab-ci.yml": "stages: [test]\n"}
    for name, text in mine.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text, "utf-8")
    done = run("init", *REGION, "--ci", "gitlab")
    assert {name: Path(name).read_text("utf-8") for name in mine} == mine
    assert all(f"sudah ada, dibiarkan: {name}" in done.stdout for name in mine)
    assert "ALIGN_SOURCE" not in done.stdout
    assert "data/skema/program.schema.json" in laid()


def test_a_second_run_changes_nothing():
    run("init", *REGION, "--ci", "github")
    before = {name: Path(name).stat().st_mtime_ns for name in laid()}
    done = run("init", *REGION, "--ci", "github")
    assert {name: Path(name).stat().st_mtime_ns for name in laid()} == before
    assert "dibuat" not in done.stdout


def test_a_link_that_leads_nowhere_is_left_alone(tmp_path):
    link = tmp_path / "align.toml"
    try:
        link.symlink_to(tmp_path / "di_tempat_lain.toml")
    except OSError:
        pytest.skip("no symbolic links here")
    run("init", *REGION)
    assert link.is_symlink()
    assert not (tmp_path / "di_tempat_lain.toml").exists()


def test_diff_shows_all_and_writes_nothing():
    Path("align.toml").write_text("", "utf-8")
    done = run("init", *REGION, "--ci", "github", "--diff")
    assert laid() == {"align.toml"}
    assert "+++ .github/workflows/align.yml\n" in done.stdout
    assert "+  nama: Kabupaten Solok Selatan\n" in done.stdout
    assert "sudah ada, dibiarkan: align.toml" in done.stderr
    assert all(line.startswith(("--- /dev/null", "+++ ", "@@ ", "+")) for line in done.stdout.splitlines())


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ([], "--nama"),
        (["--nama", "  "], "--nama"),
        (["--nama", "Kota\x1b[31m"], "--nama"),
        (["--nama", "Solok Selatan"], "--tingkat"),
        (["--nama", "Kota Solok", "--tingkat", "kabupaten"], "tidak cocok"),
        (["--nama", "Solok", "--tingkat", "kabupatn"], "Maksud Anda: kabupaten?"),
        ([*REGION, "--kode", "13"], "13.11"),
        (["--nama", "Provinsi Jambi", "--kode", "15.01"], "15.01"),
        ([*REGION, "--tahun", "27"], "2027"),
        ([*REGION, "--dokumen", "RKPDD"], "Maksud Anda: RKPD?"),
        ([*REGION, "--ci", "githb"], "Maksud Anda: github?"),
    ],
)
def test_wrong_answers_are_told_and_nothing_is_written(options, told):
    done = run("init", *options, code=2)
    assert told in done.stderr
    assert done.stdout == ""
    assert laid() == set()


def test_a_file_in_the_way_is_told():
    Path("data").write_text("", "utf-8")
    done = run("init", *REGION, code=2)
    assert "tidak dapat ditulis" in done.stderr
    assert Path("data").read_text("utf-8") == ""


@given(nama=st.text(min_size=1, max_size=40))
def test_every_name_gives_a_file_that_says_it(nama):
    try:
        read = init.name(nama)
    except init.AnswerError:
        return
    project = init.Project(read, "kabupaten", "", 2027, "RKPD", "none")
    path = init.programme_file(project)
    loaded = load(init.files(project)[path].encode(), path)
    assert (loaded.findings, loaded.file.daerah.nama) == ([], read)
    assert re.fullmatch(r"data/programs/[a-z0-9_]+\.yaml", path)


def test_settings_are_all_there_with_their_defaults():
    text = init.files(init.Project("Kota Solok", "kota", "", 2027, "RKPD", "none"))["align.toml"]
    assert tomllib.loads(text) == {}
    Path("align.toml").write_text(re.sub(r"^# (\w+ = )", r"\1", text, flags=re.MULTILINE), "utf-8")
    settings = config.resolve({}, {}, Path("align.toml"))
    assert {name for name, origin in settings.origins.items() if origin == "default"} == set()
    for name, key in config.KEYS.items():
        if key.default is not None and name != "per_file":
            assert settings[name] == key.default, name


def test_gitlab_job_is_the_shipped_template():
    made = init.files(init.Project("Kota Solok", "kota", "", 2027, "RKPD", "gitlab"))[".gitlab-ci.yml"]
    assert made == (ROOT / "ci" / "gitlab" / "align.gitlab-ci.yml").read_text("utf-8")


def test_workflow_is_valid_and_runs_align():
    pytest.importorskip("check_jsonschema")
    run("init", *REGION, "--ci", "github")
    workflow = Path(".github/workflows/align.yml")
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows", str(workflow)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    install, check = [step for step in YAML(typ="safe").load(workflow)["jobs"]["align"]["steps"] if "run" in step]
    assert install["env"] == {"ALIGN_SOURCE": "${{ vars.ALIGN_SOURCE }}"}
    run(*check["run"].split()[1:])


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_questions_in_a_terminal(tmp_path):
    import pty

    answers = ["", "Solok Selatan", "kab", "kabupaten", "1311", "13.11", "", "", "github"]
    terminal, other = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "alignment_cli", "init"],
        cwd=tmp_path, stdin=other, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
    )  # fmt: skip
    os.close(other)
    os.write(terminal, "".join(f"{answer}\n" for answer in answers).encode())
    out, err = process.communicate(timeout=60)
    os.close(terminal)
    assert process.returncode == 0, err
    for question in ("Nama daerah", "Tingkat", "Kode wilayah", "Tahun [2027]", "Dokumen [RKPD]", "CI"):
        assert question in err
    assert 'tingkat "kab" tidak dikenal' in err
    assert 'kode wilayah "1311" tidak sah' in err
    assert "dibuat: data/programs/solok_selatan_rkpd_2027.yaml" in out
    assert 'kode: "13.11"' in (tmp_path / "data/programs/solok_selatan_rkpd_2027.yaml").read_text("utf-8")
    assert (tmp_path / ".github/workflows/align.yml").is_file()
