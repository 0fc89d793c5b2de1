"""Settings of `align check` and their origin: command line, then environment, then `align.toml` or `[tool.align]`."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from alignment_cli import limits
from alignment_cli.config_values import KEYS, ConfigError, Key, PerFile, gates, line_of, unknown, value_of
from alignment_cli.reading import read

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["KEYS", "ConfigError", "PerFile", "Settings", "as_text", "find_file", "gates", "looked_at", "resolve"]

FILE = "align.toml"
PROJECT = "pyproject.toml"
PREFIX = "ALIGN_"
"""Environment variables are the keys in capitals behind this prefix: ``ALIGN_FAIL_ON``."""
MAX_BYTES = 2**20
"""Largest configuration file that is read, in bytes."""
_DEEP_KEY = re.compile(r"(?<![\w\"'-])(?:[\w\"'-]++[ \t]*+\.[ \t]*+){60}")
"""A key of so many parts (``a.b.c``) that the reader of TOML would take hours."""


@dataclass
class Settings:
    """Every key of `KEYS` with its value and where that came from; `file` is the configuration file, if any."""

    values: dict[str, Any]
    origins: dict[str, str]
    file: Path | None

    def __getitem__(self, key: str) -> Any:
        """Return the value of a key."""
        return self.values[key]


def find_file(start: Path) -> Path | None:
    """Return the nearest `align.toml`, or `pyproject.toml` with ``[tool.align]``, from `start` up to the root of the
    repository (the folder with `.git`); outside a repository only `start` itself is looked at. Raises `ConfigError`.
    """
    try:
        folders = _folders(start.absolute())
    except FileNotFoundError:  # the current folder was removed
        return None
    for folder in folders:
        own, project = folder / FILE, folder / PROJECT
        if os.path.isfile(own):  # noqa: PTH113 - False also where one may not look
            return own
        if os.path.isfile(project) and b"[tool.align" in _bytes(project):  # noqa: PTH113
            return project
    return None


def looked_at(start: Path) -> list[Path]:
    """Return all paths that decide which file `find_file` returns."""
    names = (FILE, PROJECT, ".git")
    return [folder / name for folder in [start.absolute(), *start.absolute().parents] for name in names]


def _folders(start: Path) -> list[Path]:
    chain = [start, *start.parents]
    root = next((n for n, folder in enumerate(chain) if os.path.exists(folder / ".git")), 0)  # noqa: PTH110
    return chain[: root + 1]


def resolve(cli: Mapping[str, Any], environment: Mapping[str, str], file: Path | None) -> Settings:
    """Return every setting from the first of its origins: `cli` (None or empty: not given), environment, file.

    Raises `ConfigError`; for an unknown key with a proposal.
    """
    stored, text = _read(file) if file is not None else ({}, "")
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for name, key in KEYS.items():
        variable = f"{PREFIX}{name.upper()}"
        if cli.get(name) not in (None, [], (), {}):
            no = "no-" if cli[name] is False else ""
            values[name], origins[name] = cli[name], f"--{no}{name.replace('_', '-')}"
        elif environment.get(variable) and key.kind != "per_file":
            values[name] = value_of(name, _from_environment(key, environment[variable]), f"${variable}", Path())
            origins[name] = f"${variable}"
        elif file is not None and name in stored:
            where = f"{file.name}:{line_of(name, text)}"
            values[name] = value_of(name, stored[name], where, file.parent, text)
            origins[name] = where
        else:
            values[name], origins[name] = key.default, "default"
    return Settings(values, origins, file)


def _from_environment(key: Key, written: str) -> Any:
    if key.kind in ("list", "gates", "limits"):
        parts = [part.strip() for part in written.split(",") if part.strip()]
        pairs = (part.partition("=") for part in parts)
        return {name.strip(): value.strip() for name, _, value in pairs} if key.kind == "limits" else parts
    return written


def _read(file: Path) -> tuple[dict[str, Any], str]:
    raw = _bytes(file)
    if len(raw) > MAX_BYTES:
        raise ConfigError(f"{file} lebih besar dari {MAX_BYTES:_} byte, sehingga tidak dibaca.",
                          f"{file} has more than {MAX_BYTES:_} bytes, so it is not read.")  # fmt: skip
    data, text = _parsed(raw, file)
    for table in ("tool", "align") if file.name == PROJECT else ():
        data = data.get(table, {})
        if not isinstance(data, dict):
            raise ConfigError(f'{file}:{line_of(table, text)}: "{table}" seharusnya tabel.',
                              f'{file}:{line_of(table, text)}: "{table}" should be a table.')  # fmt: skip
    for name in data:
        if name not in KEYS:
            raise unknown(name, f"{file}:{line_of(name, text)}", KEYS)
    return data, text


def _parsed(raw: bytes, file: Path) -> tuple[dict[str, Any], str]:
    """Return the data of a configuration file and its text. Raises `ConfigError`."""
    import tomllib

    deep = ConfigError(f"{file} bersarang terlalu dalam.", f"{file} is nested too deeply.")
    try:
        text = raw.decode("utf-8-sig")
        if _DEEP_KEY.search(text):
            raise deep
        data = tomllib.loads(text)
        repr(data)  # numbers of more digits than Python writes
    except RecursionError:
        raise deep from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file} bukan TOML yang sah: {error}.", f"{file} is no valid TOML: {error}.") from None
    except ValueError:
        raise ConfigError(f"{file} memuat bilangan yang terlalu panjang.",
                          f"{file} has a number that is too long.") from None  # fmt: skip
    return data, text


def _bytes(file: Path) -> bytes:
    """Return the bytes of a file, of one that is too large only so many as tell. Raises `ConfigError`."""
    try:
        return read(file, MAX_BYTES)
    except OSError as error:
        cause = error.strerror or str(error)
        raise ConfigError(f"{file} tidak dapat dibaca: {cause}.", f"{file} cannot be read: {cause}.") from None


def as_text(settings: Settings) -> str:
    """Return all settings, one a line, each with its origin; the same in both languages."""
    lines = []
    for name, value in settings.values.items():
        lines.append(f"{name} = {_shown(value)}  # {settings.origins[name]}\n")
    return "".join(lines)


def _shown(value: Any) -> str:
    import json

    if isinstance(value, limits.Limits):
        return f"{{ {', '.join(f'{name} = {getattr(value, name):_}' for name in limits.NAMES)} }}"
    if isinstance(value, dict):
        inner = ", ".join(f'"{goal}" = {share * 100:g}' for goal, share in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    if isinstance(value, tuple | list):
        return json.dumps([list(part) if isinstance(part, PerFile) else str(part) for part in value])
    if isinstance(value, int):
        return json.dumps(value)
    return '""' if value is None else json.dumps(str(value), ensure_ascii=False)
