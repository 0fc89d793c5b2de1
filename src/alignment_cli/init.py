"""What `align init` lays down in a new project, and which answers it takes. Writes nothing itself."""

from __future__ import annotations

import json
import re
from pathlib import Path
from string import Template
from typing import NamedTuple, get_args

from alignment_cli.finding import Text
from alignment_cli.index.store import data_dir

TEMPLATES = Path(__file__).parent / "templates" / "init"
TIERS = ("provinsi", "kabupaten", "kota")
CI = {"github": (".github/workflows/align.yml", "github.yml"), "gitlab": (".gitlab-ci.yml", "gitlab-ci.yml")}
"""Files of the CI services, and their templates."""
SERVICES = (*CI, "none")

_FIRST_WORDS = {"prov": "provinsi", "kab": "kabupaten", "dki": "provinsi", "daerah": "provinsi"} | {t: t for t in TIERS}
"""What the first word of a region's name says of its tier ("Daerah Istimewa" and "Daerah Khusus" are provinces)."""
_PLAIN = re.compile(r"[A-Za-z]+( [A-Za-z'-]+)+")
"""A name that YAML takes for text without quotes."""


class AnswerError(Exception):
    """An answer is no use; `text` says why in both languages."""

    def __init__(self, id_: str, en: str) -> None:
        super().__init__(en)
        self.text = Text(id_, en)


class Project(NamedTuple):
    """What is known of the new project. `kode` may be empty; `ci` is one of `SERVICES`."""

    nama: str
    tingkat: str
    kode: str
    tahun: int
    dokumen: str
    ci: str


def name(written: str) -> str:
    """Return the region's name. Raises `AnswerError` when it is empty or has signs that nobody sees."""
    found = " ".join(written.split())
    if not found or not found.isprintable():
        raise AnswerError("nama daerah (--nama) kosong atau tidak terbaca; mis. Kabupaten Solok Selatan.",
                          "the region's name (--nama) is empty or illegible; e.g. Kota Solok.")  # fmt: skip
    return found


def named_tier(nama: str) -> str | None:
    """Return the tier of government that a region's name begins with."""
    return _FIRST_WORDS.get(nama.split(maxsplit=1)[0].lower().rstrip("."))


def tier(nama: str, written: str) -> str:
    """Return the tier of government. Raises `AnswerError` for an unknown tier, or one that the name contradicts."""
    if not written.strip():
        raise AnswerError(f'tingkat "{nama}" tidak diketahui; tambahkan --tingkat provinsi, kabupaten atau kota.',
                          f'the tier of "{nama}" is not known; add --tingkat provinsi, kabupaten or kota.')  # fmt: skip
    said = choice(written, TIERS, "tingkat")
    if named_tier(nama) not in (None, said):
        raise AnswerError(f'tingkat {said} tidak cocok dengan nama "{nama}".',
                          f'the tier {said} does not fit the name "{nama}".')  # fmt: skip
    return said


def code(written: str, tingkat: str) -> str:
    """Return the region's code, which may be empty: two digits of a province, four of a regency or city.

    Raises `AnswerError`.
    """
    found = written.strip()
    shape, like = (r"\d{2}", "13") if tingkat == "provinsi" else (r"\d{2}\.\d{2}", "13.11")
    if found and not re.fullmatch(shape, found, re.ASCII):
        raise AnswerError(f'kode wilayah "{found}" tidak sah untuk {tingkat}; bentuknya seperti {like}.',
                          f'the region code "{found}" is invalid for a {tingkat}; it looks like {like}.')  # fmt: skip
    return found


def year(written: str) -> int:
    """Return the year of the plan. Raises `AnswerError`."""
    found = written.strip()
    if not re.fullmatch(r"20\d\d|2100", found, re.ASCII):
        raise AnswerError(f'tahun "{found}" tidak sah; tulis seperti 2027.',
                          f'the year "{found}" is invalid; write it like 2027.')  # fmt: skip
    return int(found)


def documents() -> tuple[str, ...]:
    """Return the kinds of plan that a programme file may be."""
    from alignment_cli.model import Dokumen

    return get_args(Dokumen)


def choice(written: str, choices: tuple[str, ...], what: str) -> str:
    """Return the choice that is meant, in any case of letters. Raises `AnswerError` with a proposal."""
    from alignment_cli.suggest import closest

    found = {option.lower(): option for option in choices}.get(written.strip().lower())
    if found is None:
        near = closest(written, choices)
        id_, en = (f" Maksud Anda: {near}?", f" Did you mean: {near}?") if near else ("", "")
        listed = ", ".join(choices)
        raise AnswerError(f'{what} "{written}" tidak dikenal.{id_} Pilihan: {listed}.',
                          f'{what} "{written}" is not known.{en} Choices: {listed}.')  # fmt: skip
    return found


def programme_file(project: Project) -> str:
    """Return where the programme file goes, e.g. ``data/programs/kabupaten_solok_selatan_rkpd_2027.yaml``."""
    words = f"{project.nama} {project.dokumen} {project.tahun}".lower()
    return f"data/programs/{re.sub('[^a-z0-9]+', '_', words).strip('_')}.yaml"


def files(project: Project) -> dict[str, str]:
    """Return the content of every file of the new project, by its path within the project's folder."""
    schemas = ("program.schema.json", "config.schema.json")
    made = {
        "align.toml": _template("align.toml"),
        programme_file(project): _programmes(project),
        **{f"data/skema/{name}": (data_dir() / "skema" / name).read_text(encoding="utf-8") for name in schemas},
    }
    if project.ci in CI:
        path, template = CI[project.ci]
        made[path] = _template(template)
    return made


def _template(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


def _programmes(project: Project) -> str:
    quoted = json.dumps(project.nama, ensure_ascii=False)
    return Template(_template("program.yaml")).substitute(
        judul=f"{project.dokumen} {project.nama} {project.tahun}",
        nama=project.nama if _PLAIN.fullmatch(project.nama) else quoted,
        tingkat=project.tingkat,
        kode=f'  kode: "{project.kode}"\n' if project.kode else "",
        dokumen=project.dokumen,
        tahun=project.tahun,
    )
