"""The JSON Schema of `align.toml`, from the table of settings."""

from __future__ import annotations

from alignment_cli.config import KEYS
from alignment_cli.limits import HIGHEST, NAMES, Limits
from alignment_cli.schema import DRAFT, Schema
from alignment_cli.schema_text import CONFIG, LIMITS


def config() -> Schema:
    """Return the schema of `align.toml`."""
    properties = {
        name: {"description": CONFIG[name]}
        | (KINDS[key.kind] or {"enum": list(key.choices)})
        | ({"default": key.default} if key.default and key.kind != "limits" else {})
        for name, key in KEYS.items()
    }
    return {
        "$schema": DRAFT,
        "$id": "urn:align:skema:config",
        "title": "Pengaturan align check (align.toml)",
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }


_TEXTS: Schema = {"type": "array", "items": {"type": "string"}}
_GATE: Schema = {
    "type": ["number", "string"],
    "minimum": 0,
    "maximum": 100,
    "pattern": r"^([^=]*\S\s*=)?\s*[0-9.]+\s*$",
}
KINDS: dict[str, Schema] = {
    "list": {**_TEXTS, "type": ["array", "string"]},
    "path": {"type": "string"},
    "text": {"type": "string"},
    "choice": {},
    "gates": {
        **_GATE,
        "type": ["number", "string", "array", "object"],
        "items": _GATE,
        "additionalProperties": _GATE,
    },
    "per_file": {
        "type": "object",
        "additionalProperties": {
            "type": ["object", "array"],
            "items": {"type": "string"},
            "properties": {
                "ignore": {"description": "Aturan yang tidak dihitung", **_TEXTS},
                "reason": {"description": "Alasan", "type": "string"},
            },
            "required": ["ignore"],
            "additionalProperties": False,
        },
    },
    "number": {"type": ["integer", "string"], "minimum": 0, "pattern": r"^[0-9]+$"},
    "switch": {"enum": [True, False, 0, 1, "true", "false", "1", "0"]},
    "limits": {
        "type": "object",
        "properties": {
            name: {
                "description": LIMITS[name],
                "type": ["integer", "string"],
                "minimum": 1,
                "maximum": getattr(HIGHEST, name),
                "default": getattr(Limits(), name),
                "pattern": r"^[0-9_]*[0-9][0-9_]*$",
            }
            for name in NAMES
        },
        "additionalProperties": False,
    },
}
"""Shapes of the settings, by `config_values.Key.kind`."""
