"""The JSON Schemas say what the loader says: on the shipped data, on all rule cases, and on generated files."""

import copy
import json
import re
import shutil
import tomllib
from contextlib import nullcontext
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from pydantic import ValidationError
from typer.testing import CliRunner

from alignment_cli import config, limits, run, schema, schema_config, source
from alignment_cli.cli import app
from alignment_cli.load import load
from alignment_cli.nomenclature import level_of
from alignment_cli.priorities import validate
from language_server import LanguageServer
from test_cases import CASES

ROOT = Path(__file__).resolve().parents[1]
SHAPE = {"AL103", "AL105", "AL106", "AL107", "AL108", "AL201", "AL202", "AL204", "AL301", "AL302"}
"""Faults of shape: what a schema can see."""
WARNED = {"AL210", "AL213"}
"""What align only warns of when a code is true or false, where a schema wants a text."""


def printed(*arguments):
    done = CliRunner().invoke(app(), ["schema", *arguments])
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.fixture(scope="module")
def refused(reference):
    """Return what the schema of programme files says against a value."""
    validator = Draft7Validator(schema.program(reference.priorities))
    return lambda data: [f"{error.json_path}: {error.message}" for error in validator.iter_errors(data)]


def values(raw):
    """Return the values of a YAML text as editors see them: text, number, list, mapping, nothing kept as written."""
    document = source.decode(raw, "berkas.yaml")
    source.compose(document)
    return source.values(document, frozenset(), frozenset())


@pytest.fixture(scope="module")
def told(reference):
    """Return the codes of what align finds in the bytes of a file."""
    return lambda raw: {f.rule.code for f in run.check_file(load(raw, "berkas.yaml"), reference).findings}


@pytest.mark.parametrize("name", ["program", "prioritas", "config", "hasil"])
def test_shipped_file_is_what_the_command_prints(name):
    text = printed(name)
    assert (ROOT / "data" / "skema" / f"{name}.schema.json").read_text("utf-8") == text
    made = json.loads(text)
    assert made["$schema"]
    assert made["title"]
    assert made["$id"]


def test_programme_file_is_the_default():
    assert printed() == printed("program")


def test_unknown_name_is_told():
    done = CliRunner().invoke(app(), ["schema", "progam"])
    assert done.exit_code == 2
    assert "prioritas" in done.output


def described(node, route=()):
    """Yield every property of a schema with its route."""
    for name, child in node.get("properties", {}).items():
        yield (*route, name), child
        yield from described(child, (*route, name))
    for name, child in node.get("definitions", {}).items():
        yield (*route, name), {"description": child["title"], **child}
        yield from described(child, (*route, name))


@pytest.mark.parametrize("name", ["program", "prioritas", "config"])
def test_schema_is_sound_and_described(name):
    made = json.loads(printed(name))
    Draft7Validator.check_schema(made)
    fields = dict(described(made))
    assert len(fields) >= 12
    assert [route for route, field in fields.items() if not field.get("description")] == []
    for field in fields.values():
        assert len(field.get("enumDescriptions", [])) in (0, len(field.get("enum", [])))


@pytest.mark.parametrize("path", sorted((ROOT / "data" / "programs").glob("*.yaml")), ids=lambda path: path.name)
def test_shipped_programmes_are_accepted_and_name_the_schema(path, refused):
    raw = path.read_bytes()
    assert refused(values(raw)) == []
    first = raw.decode().splitlines()[0]
    modeline = re.fullmatch(r"# yaml-language-server: \$schema=(.+)", first)
    assert modeline
    assert (path.parent / modeline.group(1)).is_file()


def test_shipped_priorities_are_accepted():
    raw = (ROOT / "data" / "asta_cita.yaml").read_bytes()
    errors = Draft7Validator(schema.prioritas()).iter_errors(values(raw))
    assert [error.message for error in errors] == []


ONLY_IN_YAML = {
    # JSON knows one kind of number: 1.0 is the whole number 1, and not-a-number lies between all bounds.
    "whole but written as decimal",
    "exponent",
    "share that is no number",
}
"""Cases in which align refuses what no schema can refuse."""


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}: {case.name}")
def test_schema_and_loader_agree_on_the_rule_cases(case, told, refused, monkeypatch):
    monkeypatch.setattr(limits, "_in_force", [limits.Limits(values=100_000)])
    try:
        data = values(case.raw)
    except source.SourceError:
        return  # no YAML, so no schema either
    said, found = refused(data), told(case.raw) & SHAPE
    if case.name in ONLY_IN_YAML:
        assert (said, bool(found)) == ([], True)
    else:
        assert bool(said) == bool(found), (said, found)


SOUND = {
    "versi": 1,
    "daerah": {"kode": "13.11", "nama": "Kabupaten Solok Selatan", "tingkat": "kabupaten"},
    "dokumen": "RKPD",
    "tahun": 2026,
    "sumber": ["RKPD 2026"],
    "misi_provinsi": [{"nomor": "1", "teks": "Pendidikan dan kesehatan"}, {"nomor": 2, "teks": "Ekonomi"}],
    "misi": [
        {"nomor": "1", "teks": "Peningkatan kualitas SDM", "asta_cita": [4, "AC6"], "misi_provinsi": ["1", 2]},
        {"nomor": 2, "teks": "Ekonomi kerakyatan", "asta_cita": 3, "misi_provinsi": None},
    ],
    "program": [
        {
            "kode": "1.02.02",
            "nama": "Program Pemenuhan Upaya Kesehatan Perorangan dan Upaya Kesehatan Masyarakat",
            "perangkat_daerah": "Dinas Kesehatan",
            "pagu": 45_000_000_000,
            "unggulan": False,
            "uraian": "Pelayanan ibu dan balita",
            "indikator": [{"nama": "Prevalensi stunting", "satuan": "persen", "target": 14.2}],
            "asta_cita": [4, "AC6"],
            "keselarasan": [
                {"tujuan": "AC4", "peran": "utama", "porsi": 60, "status": "disetujui", "tanggal": "2026-02-09"},
                {"tujuan": 6, "peran": "pendukung", "porsi": 40.5, "oleh": "Bappeda", "alasan": "KP 06.01"},
            ],
            "kolaborasi": {"horizontal": ["Dinas Pendidikan"], "vertikal": "Badan Gizi Nasional", "eksternal": None},
            "program_nasional": ["MBG", {"kode": "KDMP", "peran": ["lahan"]}],
            "lokasi": "Sangir",
            "sumber_dana": "DAU",
            "sumber": "situs resmi",
            "sub_kegiatan": [
                {"kode": "1.02.02.2.01.0001", "nama": "Pembangunan Puskesmas", "kegiatan": "Fasilitas", "pagu": 5},
                {"kode": "1.02.02.2.01", "nama": "Pengelolaan Pelayanan", "asta_cita": 4, "indikator": None},
            ],
        },
        {"nama": "Suka Sapi", "asta_cita": None, "program_nasional": "MBG"},
    ],
}
ODD = [
    None, True, False, -5, 0, 1, 4, 9, 100, 101, 1.5, 2026, "", " ", "teks", "4", "AC4", "ac 6", "PN7", "Asta Cita 2",
    "AC9", "04.11.02", "1.02", "1.02.02", "1.02.02.2.01.0001", "13.11", "RKPD", "rkpd", "utama", "ditolak", "kota",
    "1_000", "Rp 5", [], ["a"], [None], [4], [["a"]], {}, {"nama": "x"}, {"tujuan": "AC4"}, [{"nama": "x"}],
    [{"tujuan": 4}], {"kode": "MBG"}, {"kode": "MBG", "peran": "data"}, ["MBG", 1],
]  # fmt: skip
"""Values to put anywhere. Whole numbers written as decimals are left out: see `ONLY_IN_YAML`."""
KEYS = [
    "kode",
    "nama",
    "pagu",
    "asta_cita",
    "tujuan",
    "kegiatan",
    "unggulan",
    "sub_kegiatan",
    "porsi",
    "target",
    "pagu_",
    "peran",
    "program_nasional",
]


def routes(node, route=()):
    """Return the routes of all values below a value."""
    steps = list(node) if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else []
    return [found for step in steps for found in ((*route, step), *routes(node[step], (*route, step)))]


@st.composite
def mutated(draw):
    """A sound file with one to three parts replaced, left out, added, or put into a list."""
    data = copy.deepcopy(SOUND)
    for _ in range(draw(st.integers(1, 3))):
        route = draw(st.sampled_from(routes(data)))
        holder = data
        for step in route[:-1]:
            holder = holder[step]
        match draw(st.sampled_from(["replace", "replace", "leave out", "add", "wrap"])):
            case "leave out":
                del holder[route[-1]]
            case "add" if isinstance(holder, dict):
                holder[draw(st.sampled_from(KEYS))] = copy.deepcopy(draw(st.sampled_from(ODD)))
            case "wrap":
                holder[route[-1]] = [holder[route[-1]]]
            case _:
                holder[route[-1]] = copy.deepcopy(draw(st.sampled_from(ODD)))
        if not data:
            break
    return data


def test_the_file_that_is_mutated_is_sound(refused, told):
    assert (refused(SOUND), told(json.dumps(SOUND).encode()) & (SHAPE | WARNED)) == ([], set())


def has_fraction(node, key=""):
    """Tell whether a goal is written as a fraction."""
    if isinstance(node, dict | list):
        pairs = node.items() if isinstance(node, dict) else ((key, part) for part in node)
        return any(has_fraction(part, name) for name, part in pairs)
    return isinstance(node, float) and key in ("asta_cita", "tujuan")


@settings(max_examples=400)
@given(data=mutated())
def test_schema_and_loader_agree_on_generated_files(refused, told, data):
    text = json.dumps(data)
    # A number with grouped digits is a text for editors, so the schema lets its text pass. The code of a PP that stands
    # without quotes has lost its zeros, so the schema lets every fraction pass.
    passed = {"AL302"} if '"pagu": "1_000"' in text else set()
    passed |= {"AL204"} if has_fraction(data) else set()
    found, said = told(text.encode()), refused(data)
    assert not said or found & (SHAPE | WARNED), said
    assert said or not found & (SHAPE - passed), found


@given(kode=st.text("0123456789X. ", max_size=18))
def test_codes_are_shaped_as_the_nomenclature_says(kode):
    for shape, levels in (("Program", {"program"}), ("SubKegiatan", {"kegiatan", "sub_kegiatan"})):
        pattern = schema.CODES[shape][0]
        assert bool(re.search(pattern, kode)) == (not kode.strip() or level_of(kode.strip()) in levels)


@pytest.mark.parametrize(
    "kode", ["1.02.02", "X.XX.01", "1.02.02.2.01", "1.02.02.2.01.01", "1.02.02.2.01.0001", "1.02", "1.02.02.2.01.00001"]
)
def test_codes_of_every_level(kode):
    assert bool(re.search(schema.CODES["Program"][0], kode)) == (level_of(kode) == "program")
    assert bool(re.search(schema.CODES["SubKegiatan"][0], kode)) == (level_of(kode) in ("kegiatan", "sub_kegiatan"))


@pytest.fixture(scope="module")
def goal_code(reference):
    return reference.priorities.goal_code


@pytest.fixture(scope="module")
def accepts_goal(reference):
    return Draft7Validator(
        schema.program(reference.priorities)["definitions"]["Keselarasan"]["properties"]["tujuan"]
    ).is_valid


@given(
    written=st.text("ACPNacpn astit-.0123456789", max_size=12)
    | st.from_regex(r"(AC|pn|Asta Cita)[ -]?0?[0-9]", fullmatch=True)
)
def test_goals_are_spelt_as_the_priorities_say(goal_code, accepts_goal, written):
    assert accepts_goal(written) == (goal_code(written) is not None)


@pytest.mark.parametrize(
    "written", ["04.11.02", "04.11", "04.1", "04.10", "04.1.0", "04.99", "04.99.99", "4.11", "09.01"]
)
def test_priority_programmes_are_known(goal_code, accepts_goal, written):
    assert accepts_goal(written) == (goal_code(written) is not None)


def test_own_priorities_give_their_own_goals(tmp_path):
    own = {
        "versi": 1,
        "kerangka": {"kode": "SDG", "nama": "SDGs (17+1)", "nama_en": "SDGs", "berlaku": "2030"},
        "sumber": {},
        "tujuan": [{"kode": f"T{n}", "nomor": n, "nama": f"Tujuan {n}", "nama_en": f"Goal {n}"} for n in (3, 17)],
    }
    assert Draft7Validator(schema.prioritas()).is_valid(own)
    path = tmp_path / "sdg.yaml"
    path.write_text(json.dumps(own), "utf-8")
    fits = Draft7Validator(json.loads(printed("program", "--priorities", str(path))))
    head = {key: value for key, value in SOUND.items() if not key.startswith("misi")}  # missions name the Asta Cita
    accepted = {
        goal: fits.is_valid({**head, "program": [{"nama": "Air bersih", "asta_cita": goal}]})
        for goal in (17, 4, "T3", "T4", "SDG 17", "sdgs (17+1) 3", "AC4", "17.01")
    }
    assert [goal for goal, fine in accepted.items() if fine] == [17, "T3", "SDG 17", "sdgs (17+1) 3"]


PRIORITIES_FAULTS = {
    "unknown key": lambda data: data["tujuan"][0].update(istilah=[]),
    "missing key": lambda data: data["kerangka"].pop("nama"),
    "weight out of range": lambda data: data["tujuan"][0]["kosakata"][0]["istilah"].update(padi=4),
    "text instead of a list": lambda data: data["tujuan"][0].update(tema="pangan"),
    "unknown choice": lambda data: data["program_nasional"][0]["mitra"][0].update(jenis="kantor"),
}


@pytest.mark.parametrize("spoil", PRIORITIES_FAULTS.values(), ids=PRIORITIES_FAULTS)
def test_faults_of_priorities_are_refused(spoil):
    data = values((ROOT / "data" / "asta_cita.yaml").read_bytes())
    spoil(data)
    assert not Draft7Validator(schema.prioritas()).is_valid(data)
    with pytest.raises(ValidationError):
        validate(data)


CONFIG = [
    ('select = ["AL1"]\nignore = "AL203"\nfail_on = "warning"\nlang = "en"\nformat = "json"', True),
    ('baseline = "lama.yaml"\nexclude = ["*/arsip/*"]\nmin_keselarasan = 80', True),
    ("min_keselarasan = {AC4 = 60, AC6 = 12.5}", True),
    ('min_keselarasan = ["80", "AC4=60"]', True),
    ('per_file = {"*/lama.yaml" = {ignore = ["AL203"], reason = "belum ada kodenya"}, "*.yml" = ["AL1"]}', True),
    ('selct = ["AL1"]', False),
    ("select = 1", False),
    ('fail_on = "galat"', False),
    ("min_keselarasan = 101", False),
    ('min_keselarasan = ["AC4:60"]', False),
    ("min_keselarasan = true", False),
    ("baseline = []", False),
    ('per_file = {"*.yaml" = {reason = "x"}}', False),
    ('per_file = {"*.yaml" = {ignore = ["AL1"], oleh = "x"}}', False),
]


@pytest.mark.parametrize(("text", "sound"), CONFIG)
def test_schema_and_reader_agree_on_the_configuration(text, sound, tmp_path):
    path = tmp_path / "align.toml"
    path.write_text(text, "utf-8")
    assert Draft7Validator(schema_config.config()).is_valid(tomllib.loads(text)) == sound
    with nullcontext() if sound else pytest.raises(config.ConfigError):
        config.resolve({}, {}, path)


SERVER = shutil.which("yaml-language-server")
FAULTY = """\
# yaml-language-server: $schema=../skema/program.schema.json
versi: 1
daerah: {kode: "13.11", nama: Kabupaten Solok Selatan, tingkat: kabupatn}
dokumen: RKPD
tahun: 2026
program:
  - nama: Suka Sapi
    pgu: 45_000_000
    pagu: Rp 45.000.000
    asta_cita: 9
  - kode: 1.02
    nama: Rumah Tahfidz
    pagu: 45_000_000
    keselarasan:
      - tujuan: AC8
        status: dinyatakan
"""


@pytest.fixture(scope="module")
def editor(tmp_path_factory):
    if SERVER is None:
        pytest.skip("yaml-language-server is not installed (npm install yaml-language-server)")
    home = tmp_path_factory.mktemp("proyek")
    shutil.copytree(ROOT / "data" / "skema", home / "skema")
    shutil.copytree(ROOT / "data" / "programs", home / "programs")
    (home / "programs" / "keliru.yaml").write_text(FAULTY, "utf-8")
    with LanguageServer(SERVER, home) as server:
        yield server


def test_editor_marks_what_is_wrong(editor):
    found = editor.open(editor.root / "programs" / "keliru.yaml")
    assert [(line, column) for line, column, _ in found] == [(3, 65), (8, 5), (9, 11), (10, 16), (11, 11)]
    messages = [message for _, _, message in found]
    assert "kabupaten" in messages[0]
    assert "pgu" in messages[1]
    assert "bilangan bulat tanpa kutip" in messages[2]
    assert "AC8" in messages[3]
    assert "tanda kutip" in messages[4]


def test_editor_completes_keys_and_values_in_indonesian(editor):
    path = editor.root / "programs" / "keliru.yaml"
    editor.open(path)
    assert editor.complete(path, 4, 10)["Renja"] == "Rencana Kerja perangkat daerah"
    assert editor.complete(path, 15, 17)["AC8"] == "Agama, budaya, ketahanan bencana"
    assert editor.complete(path, 16, 17)["ditolak"] == "Tidak diusulkan lagi"
    keys = editor.complete(path, 13, 5)
    assert keys["kolaborasi"] == "Mitra kerja"
    assert {"perangkat_daerah", "sub_kegiatan", "indikator"} <= keys.keys()
    assert "Pagu dalam rupiah" in editor.hover(path, 13, 6)


@pytest.mark.parametrize("name", ["dki_jakarta", "pasangkayu", "solok_selatan"])
def test_editor_accepts_the_shipped_programmes(editor, name):
    assert editor.open(editor.root / "programs" / f"{name}.yaml") == []
