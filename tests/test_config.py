"""Settings: where they are found, who wins, and what is said of a wrong one."""

import re
from pathlib import Path

import pytest

from alignment_cli import config


def resolved(tmp_path, text, cli=None, environment=None, name="align.toml"):
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return config.resolve(cli or {}, environment or {}, file)


def test_command_line_beats_environment_beats_file(tmp_path):
    text = 'fail_on = "warning"\nselect = ["AL2"]\nignore = ["AL203"]\n'
    settings = resolved(tmp_path, text, {"fail_on": "never"}, {"ALIGN_FAIL_ON": "info", "ALIGN_SELECT": "AL3, AL5"})
    assert (settings["fail_on"], settings.origins["fail_on"]) == ("never", "--fail-on")
    assert (settings["select"], settings.origins["select"]) == (("AL3", "AL5"), "$ALIGN_SELECT")
    assert (settings["ignore"], settings.origins["ignore"]) == (("AL203",), "align.toml:3")
    assert (settings["format"], settings.origins["format"]) == ("text", "default")


def test_pyproject(tmp_path):
    text = '[project]\nname = "x"\n\n[tool.align]\nfail_on = "info"\n'
    settings = resolved(tmp_path, text, name="pyproject.toml")
    assert (settings["fail_on"], settings.origins["fail_on"]) == ("info", "pyproject.toml:5")


def test_paths_belong_to_the_folder_of_the_file(tmp_path):
    assert resolved(tmp_path, 'baseline = "lama/b.yaml"\n')["baseline"] == tmp_path / "lama" / "b.yaml"


@pytest.mark.parametrize(
    ("written", "gates"),
    [
        ("min_keselarasan = 80", {"": 0.8}),
        ('min_keselarasan = ["80", "AC4=60"]', {"": 0.8, "AC4": 0.6}),
        ("[min_keselarasan]\nAC4 = 60\n4 = 12.5", {"AC4": 0.6, "4": 0.125}),
    ],
)
def test_gates(tmp_path, written, gates):
    assert resolved(tmp_path, written)["min_keselarasan"] == gates


def test_per_file(tmp_path):
    text = '[per_file]\n"lama/*" = ["AL203"]\n"x.yaml" = {ignore = ["AL5"], reason = "menunggu"}\n'
    assert resolved(tmp_path, text)["per_file"] == (
        config.PerFile("lama/*", ("AL203",), "", 2),
        config.PerFile("x.yaml", ("AL5",), "menunggu", 3),
    )


@pytest.mark.parametrize(
    ("text", "place", "word"),
    [
        ("fail_onn = 1", "align.toml:1", "fail_on?"),
        ('select = ["AL2"]\nfail_on = "errors"', "align.toml:2", "error, warning, info, never"),
        ("select = 3", "align.toml:1", '["AL203"]'),
        ("select = [3]", "align.toml:1", '["AL203"]'),
        ("baseline = 3", "align.toml:1", "tanda kutip"),
        ("format = true", "align.toml:1", "tanda kutip"),
        ("min_keselarasan = 120", "align.toml:1", "120"),
        ('min_keselarasan = "banyak"', "align.toml:1", "banyak"),
        ("min_keselarasan = true", "align.toml:1", "True"),
        ('min_keselarasan = "=5"', "align.toml:1", "=5"),
        ('per_file = "x"', "align.toml:1", "tabel"),
        ('[per_file]\n"a" = 3', "align.toml:2", "reason"),
        ('[per_file]\n"a" = {ignore = ["AL2"], reasn = "x"}', "align.toml:2", "reason?"),
        ("select == 1", "align.toml", "line 1"),
    ],
)
def test_wrong_settings_name_place_and_remedy(tmp_path, text, place, word):
    with pytest.raises(config.ConfigError) as caught:
        resolved(tmp_path, text)
    assert place in caught.value.text.id
    assert word in caught.value.text.id
    assert place in caught.value.text.en
    assert caught.value.text.id != caught.value.text.en


def test_wrong_environment_is_named(tmp_path):
    with pytest.raises(config.ConfigError) as caught:
        config.resolve({}, {"ALIGN_FAIL_ON": "always"}, None)
    assert "$ALIGN_FAIL_ON" in caught.value.text.id
    with pytest.raises(config.ConfigError):
        config.resolve({}, {}, tmp_path / "none.toml")


def test_discovery_stops_at_the_root_of_the_repository(tmp_path):
    inner = tmp_path / "repo" / "data" / "programs"
    inner.mkdir(parents=True)
    (tmp_path / "align.toml").touch()
    assert config.find_file(inner) is None
    (tmp_path / "repo" / ".git").mkdir()
    assert config.find_file(inner) is None
    (tmp_path / "repo" / "pyproject.toml").write_text("[project]\nname='x'\n")
    assert config.find_file(inner) is None
    (tmp_path / "repo" / "pyproject.toml").write_text("[tool.align]\n")
    assert config.find_file(inner) == tmp_path / "repo" / "pyproject.toml"
    (tmp_path / "repo" / "align.toml").touch()
    assert config.find_file(inner) == tmp_path / "repo" / "align.toml"
    (inner / "align.toml").touch()
    assert config.find_file(inner) == inner / "align.toml"


def test_all_settings_are_shown_with_their_origin(tmp_path):
    shown = config.as_text(resolved(tmp_path, 'ignore = ["AL203"]\n[min_keselarasan]\nAC4 = 60\n'))
    assert 'ignore = ["AL203"]  # align.toml:1\n' in shown
    assert 'min_keselarasan = { "AC4" = 60 }  # align.toml:2\n' in shown
    assert [line.split(" = ")[0] for line in shown.splitlines()] == list(config.KEYS)


@pytest.mark.parametrize("page", ["pengaturan.md", "pengaturan.en.md"])
def test_the_example_of_the_docs_is_sound(tmp_path, page):
    text = (Path(__file__).parent.parent / "docs" / page).read_text("utf-8")
    example = re.search(r"```toml\n(.*?)```", text, re.DOTALL).group(1)
    settings = resolved(tmp_path, example.replace("# priorities", "priorities").replace("# calibration", "calibration"))
    assert all(origin != "default" for origin in settings.origins.values())
