"""JSON Schemas of the files that align reads, for editors and other validators.

Draft-07, the draft that every release of yaml-language-server and of the editors built on it understands. The schemas
come from the models that the loader uses. Where the loader keeps a text as written (``nama: 2026``), a number in the
YAML is welcome in the schema as well. `errorMessage`, `patternErrorMessage` and `enumDescriptions` are read by editors
and ignored by other validators.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from alignment_cli import model
from alignment_cli.model import CODE_KEYS, TEXT_KEYS, Berkas
from alignment_cli.reference import TEXT_KEYS as PRIORITIES_TEXT_KEYS
from alignment_cli.schema_text import CHOICES, FIELDS, TITLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alignment_cli.priorities import Prioritas

Schema = dict[str, Any]

DRAFT = "http://json-schema.org/draft-07/schema#"
WRITTEN = ["string", "number", "boolean"]
"""Kinds of YAML scalars that the loader keeps as the text that the user wrote."""
GROUPED = "^[+]?[0-9]+_[0-9_]*$"
"""A number with grouped digits. YAML 1.2, which editors follow, takes it for a text; the loader for a number."""

_URUSAN = "[0-9X]\\.[0-9X]{2}\\.[0-9]{2}"
CODES = {
    "Program": (rf"^\s*({_URUSAN})?\s*$", "Kode program, mis. 1.02.02; tulis dalam tanda kutip."),
    "SubKegiatan": (
        rf"^\s*({_URUSAN}\.[0-9]\.[0-9]{{2}}(\.[0-9]{{2,4}})?)?\s*$",
        "Kode sub kegiatan, mis. 1.02.02.2.01.0001, atau kegiatan, mis. 1.02.02.2.01; tulis dalam tanda kutip.",
    ),
}
"""Shape of the code of an item, and what to say where a code has another: as `nomenclature.level_of` and AL202."""


def program(priorities: Prioritas) -> Schema:
    """Return the schema of a programme file whose goals are those of `priorities`."""
    made = _made(Berkas, "program", TEXT_KEYS - CODE_KEYS)
    shapes = {**made["definitions"], "Berkas": made}
    for name, fields in ((name, shape["properties"]) for name, shape in shapes.items()):
        for key, field in getattr(model, name).model_fields.items():
            fields[key] = _lenient(fields[key], {getattr(step, "func", None) for step in field.metadata})
        for key in CODE_KEYS & fields.keys():
            pattern, words = CODES.get(name, ("", "Tulis kode dalam tanda kutip."))
            fields[key] |= {"pattern": pattern, "patternErrorMessage": words} if pattern else {}
            fields[key]["errorMessage"] = words
    short = shapes["Misi"]["properties"]
    short["asta_cita"] = _short_goals(short["asta_cita"]["description"], priorities)
    for name in ("Program", "SubKegiatan"):
        fields = shapes[name]["properties"]
        fields["pagu"] = _pagu(fields["pagu"]["description"])
        fields["asta_cita"] = _short_goals(fields["asta_cita"]["description"], priorities)
        fields["program_nasional"] = _national(fields["program_nasional"], priorities)
    goal = shapes["Keselarasan"]["properties"]["tujuan"]
    shapes["Keselarasan"]["properties"]["tujuan"] = {"description": goal["description"], **_goal(priorities)}
    return made


def result() -> Schema:
    """Return the schema of the JSON that `align check --format json` prints."""
    from alignment_cli.index.store import data_dir

    made: Schema = json.loads((data_dir() / "skema" / "hasil.schema.json").read_text(encoding="utf-8"))
    return made


def text(schema: Schema) -> str:
    """Return a schema as the text of a file."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def prioritas() -> Schema:
    """Return the schema of a priorities file (`--priorities`)."""
    from alignment_cli.priorities import Prioritas

    return _made(Prioritas, "prioritas", PRIORITIES_TEXT_KEYS)


def _made(shape: type, name: str, texts: frozenset[str]) -> Schema:
    """Return the schema that pydantic makes of a shape, tidied: Indonesian words, and `texts` that take any scalar."""
    from pydantic import TypeAdapter

    raw = TypeAdapter(shape).json_schema(ref_template="#/definitions/{model}")
    shapes = {title: _shape(title, made, texts) for title, made in raw.get("$defs", {}).items()}
    whole = _shape(shape.__name__, raw, texts)
    return {"$schema": DRAFT, "$id": f"urn:align:skema:{name}", **whole, "definitions": shapes}


def _shape(title: str, made: Schema, texts: frozenset[str]) -> Schema:
    return {
        "title": TITLES[title],
        "type": "object",
        "properties": dict(_properties(title, made["properties"], texts)),
        "required": made.get("required", []),
        "additionalProperties": False,
    }


def _properties(shape: str, properties: Schema, texts: frozenset[str]) -> Iterator[tuple[str, Schema]]:
    for key, field in properties.items():
        words = {"description": FIELDS.get(shape, {}).get(key) or field["description"]}
        made = {**words, **_tidy(field, widen=key in texts)}
        if "enum" in made and key in CHOICES:
            made["enumDescriptions"] = [CHOICES[key][choice] for choice in made["enum"]]
        yield key, made


def _tidy(schema: Schema, *, widen: bool) -> Schema:
    """Return a field's schema without titles and empty defaults, with ``type: [..., null]`` for a choice of none."""
    made = {key: value for key, value in schema.items() if key != "title" and not (key == "default" and not value)}
    if "$ref" in made:
        # Beside a reference draft-07 knows no other keyword. Editors complete by the type.
        return {"type": "object", "allOf": [{"$ref": made.pop("$ref")}], **made}
    for key in ("items", "additionalProperties"):
        if isinstance(made.get(key), dict) and "$ref" not in made[key]:
            made[key] = _tidy(made[key], widen=widen)
    kinds = made.pop("anyOf", None)
    if kinds:
        parts = [_tidy(part, widen=widen) for part in kinds]
        made = {key: value for part in parts for key, value in part.items()} | made
        made["type"] = [kind for part in parts for kind in _listed(part["type"])]
    elif made.get("type") == "string" and "enum" not in made and widen:
        made["type"] = WRITTEN
    return made


def _listed(kind: str | list[str]) -> list[str]:
    return [kind] if isinstance(kind, str) else kind


def _lenient(field: Schema, steps: set[Any]) -> Schema:
    """Let a list be nothing, and a single text, where the loader does (`steps`: the model's own preparations)."""
    kinds = _listed(field.get("type", []))
    if model._empty_as_list in steps:  # noqa: SLF001 - the schema follows the loader's own preparation
        kinds = [*kinds, "null"]
    if model._as_list in steps:  # noqa: SLF001
        kinds = [*kinds, *WRITTEN]
    return {**field, "type": kinds[0] if len(kinds) == 1 else kinds} if kinds else field


def _pagu(description: str) -> Schema:
    words = "Pagu dalam rupiah: bilangan bulat tanpa kutip, titik atau Rp, mis. 45_000_000_000."
    return {
        "description": description,
        "type": ["integer", "string", "null"],
        "minimum": 0,
        "pattern": GROUPED,
        "errorMessage": words,
        "patternErrorMessage": words,
    }


def _goal(priorities: Prioritas) -> Schema:
    """Return the schema of one goal, in all spellings of `Prioritas.goal_code`. A code of PP or KP that stands without
    quotes is a number of which the last zeros are lost, so any number with a fraction may be one.
    """
    goals = priorities.tujuan
    words = f"Tujuan tidak dikenal. Pilihan: {', '.join(goal.kode for goal in goals)}."
    names = [goal.nama for goal in goals]
    pattern = rf"^\s*({'|'.join(_spellings(priorities))})\s*$"
    return {
        "anyOf": [
            {"enum": [goal.kode for goal in goals], "enumDescriptions": names},
            {"type": "integer", "enum": [goal.nomor for goal in goals], "enumDescriptions": names},
            {"type": "number", "not": {"type": "integer"}},
            {"type": "string", "pattern": pattern, "patternErrorMessage": words},
        ],
        "errorMessage": words,
    }


def _spellings(priorities: Prioritas) -> Iterator[str]:
    """Yield patterns for the spellings of goals: code, number with or without a name before it, what begins with the
    code of a PP, and that code without its last zero.
    """
    numbers = "|".join(str(goal.nomor) for goal in priorities.tujuan)
    prefixes = "|".join(_any_case(name) for name in ("PN", priorities.kerangka.kode, priorities.kerangka.nama))
    yield from (_any_case(goal.kode) for goal in priorities.tujuan)
    yield rf"(({prefixes})[\s-]*)?0*({numbers})"
    begins = [code for code in priorities.priority_names if re.fullmatch(r".+\..+", code) and len(code) == PP_LENGTH]
    if begins:
        yield rf"({'|'.join(_any_case(code) for code in begins)})[\s\S]*"
    yield from (_any_case(code[:-1]) for code in begins if code.endswith("0"))
    yield from (_any_case(code) for code in priorities.priority_names if code[:PP_LENGTH] not in begins)


PP_LENGTH = 5
"""Characters of the code of a PP, e.g. 04.11, by which `Prioritas.goal_code` knows it."""


def _short_goals(description: str, priorities: Prioritas) -> Schema:
    goal = _goal(priorities)
    several = {"type": "array", "items": goal}
    return {"description": description, **goal, "anyOf": [*goal["anyOf"], several, {"type": "null"}]}


def _national(field: Schema, priorities: Prioritas) -> Schema:
    """Let a national programme be named by itself, or with roles; whether it exists is for the check to say."""
    known = [programme.kode for programme in priorities.program_nasional]
    names = [programme.nama for programme in priorities.program_nasional]
    kinds = [{"enum": known, "enumDescriptions": names}, {"type": WRITTEN}, field["items"]]
    several = {"type": "array", "items": {"anyOf": kinds}}
    return {"description": field["description"], "anyOf": [*kinds, several, {"type": "null"}]}


def _any_case(text: str) -> str:
    """Return a pattern for a text in any mixture of upper and lower case; JSON Schema has no flag for it. Escapes only
    what has a meaning: the patterns are read by JavaScript, which takes no other escapes.
    """
    escaped = re.sub(r"[][.*+?^${}()|\\/]", r"\\\g<0>", text)
    return "".join(f"[{c.upper()}{c.lower()}]" if c.isalpha() else c for c in escaped)
