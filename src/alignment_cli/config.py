"""Settings of `align check` and their origin: command line, then environment, then `align.toml` or `[tool.align]`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from alignment_cli.finding import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE = "align.toml"
PROJECT = "pyproject.toml"
PREFIX = "ALIGN_"
"""Environment variables are the keys in capitals behind this prefix: ``ALIGN_FAIL_ON``."""


class ConfigError(Exception):
    """The configuration is no use; `text` says where and why in both languages."""

    def __init__(self, id_: str, en: str) -> None:
        super().__init__(en)
        self.text = Text(id_, en)


class Key(NamedTuple):
    """A setting: its shape (``text``, ``list``, ``path``, ``gates``, ``choice``, ``per_file``), default, choices."""

    kind: str
    default: Any
    choices: tuple[str, ...] = ()


KEYS: dict[str, Key] = {
    "select": Key("list", ()),
    "ignore": Key("list", ()),
    "fail_on": Key("choice", "error", ("error", "warning", "info", "never")),
    "format": Key("text", "text"),
    "lang": Key("choice", "id", ("id", "en")),
    "min_keselarasan": Key("gates", {}),
    "baseline": Key("path", None),
    "priorities": Key("path", None),
    "calibration": Key("path", None),
    "paths": Key("list", ()),
    "exclude": Key("list", ()),
    "per_file": Key("per_file", ()),
}


class PerFile(NamedTuple):
    """Rules that do not count in files that fit a pattern, and why. `line` is its line in the configuration."""

    pattern: str
    ignore: tuple[str, ...]
    reason: str
    line: int


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
    repository (the folder with `.git`); outside a repository only `start` itself is looked at.
    """
    for folder in _folders(start.absolute()):
        if (folder / FILE).is_file():
            return folder / FILE
        project = folder / PROJECT
        if project.is_file() and b"[tool.align" in project.read_bytes():
            return project
    return None


def _folders(start: Path) -> list[Path]:
    chain = [start, *start.parents]
    root = next((n for n, folder in enumerate(chain) if (folder / ".git").exists()), 0)
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
            values[name], origins[name] = cli[name], f"--{name.replace('_', '-')}"
        elif environment.get(variable) and key.kind != "per_file":
            values[name] = _value(name, _from_environment(key, environment[variable]), f"${variable}", Path())
            origins[name] = f"${variable}"
        elif file is not None and name in stored:
            where = f"{file.name}:{_line(name, text)}"
            values[name] = _value(name, stored[name], where, file.parent, text)
            origins[name] = where
        else:
            values[name], origins[name] = key.default, "default"
    return Settings(values, origins, file)


def _from_environment(key: Key, written: str) -> Any:
    if key.kind in ("list", "gates"):
        return [part.strip() for part in written.split(",") if part.strip()]
    return written


def _read(file: Path) -> tuple[dict[str, Any], str]:
    import tomllib

    try:
        text = file.read_text("utf-8")
        data = tomllib.loads(text)
    except OSError as error:
        cause = error.strerror or str(error)
        raise ConfigError(f"{file} tidak dapat dibaca: {cause}.", f"{file} cannot be read: {cause}.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file} bukan TOML yang sah: {error}.", f"{file} is no valid TOML: {error}.") from None
    if file.name == PROJECT:
        data = data.get("tool", {}).get("align", {})
    for name in data:
        if name not in KEYS:
            raise _unknown(name, f"{file}:{_line(name, text)}", KEYS)
    return data, text


def _unknown(name: str, where: str, known: Mapping[str, Any] | tuple[str, ...]) -> ConfigError:
    from alignment_cli.suggest import closest

    near = closest(name, known)
    listed = ", ".join(known)
    id_ = f" Maksud Anda: {near}?" if near else ""
    en = f" Did you mean: {near}?" if near else ""
    return ConfigError(f'{where}: kunci "{name}" tidak dikenal.{id_} Yang dikenal: {listed}.',
                       f'{where}: the key "{name}" is not known.{en} Known: {listed}.')  # fmt: skip


def _line(name: str, text: str) -> int:
    """Return the line (1-based) on which a key stands."""
    found = re.search(rf"^\s*(?:\[+(?:tool\.align\.)?)?[\"']?{re.escape(name)}(?=[\"'\s=\].])", text, re.MULTILINE)
    return text.count("\n", 0, found.start() + len(found.group()) - len(name)) + 1 if found else 1


def _value(name: str, value: Any, where: str, folder: Path, text: str = "") -> Any:
    """Return a value of the configuration in the shape of its key. Raises `ConfigError`."""
    key = KEYS[name]
    if key.kind == "list" and isinstance(value, list | str):
        parts = [value] if isinstance(value, str) else value
        if all(isinstance(part, str) for part in parts):
            return tuple(parts)
    elif key.kind == "path" and isinstance(value, str):
        return folder / value
    elif value in key.choices if key.kind == "choice" else key.kind == "text" and isinstance(value, str):
        return value
    elif key.kind == "gates":
        return _gates(value, where)
    elif key.kind == "per_file" and isinstance(value, dict):
        return tuple(_per_file(pattern, part, where, text) for pattern, part in value.items())
    expected = {
        "list": ('daftar teks, mis. ["AL203"]', 'a list of texts, e.g. ["AL203"]'),
        "path": ("nama berkas dalam tanda kutip", "a file name in quotes"),
        "text": ("teks dalam tanda kutip", "text in quotes"),
        "choice": (f"salah satu dari {', '.join(key.choices)}", f"one of {', '.join(key.choices)}"),
        "per_file": ("tabel per pola berkas", "a table for each file pattern"),
    }[key.kind]
    raise ConfigError(f'{where}: nilai "{name}" tidak sah; tulis {expected[0]}.',
                      f'{where}: the value of "{name}" is invalid; write {expected[1]}.')  # fmt: skip


def _gates(value: Any, where: str) -> dict[str, float]:
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = [str(value)]
    if isinstance(value, dict):
        value = [f"{goal}={share}" for goal, share in value.items()]
    return gates(value if isinstance(value, list) else [str(value)], where)


def gates(written: list[Any], where: str) -> dict[str, float]:
    """Read demands such as ``80`` (whole region) and ``AC4=60`` (one goal), in percent. Raises `ConfigError`."""
    found: dict[str, float] = {}
    for part in written:
        goal, sign, share = str(part).rpartition("=")
        try:
            percent = float(share)
        except ValueError:
            percent = -1.0
        if not 0 <= percent <= 100 or (sign and not goal.strip()):  # noqa: PLR2004 - percent
            raise ConfigError(f'{where}: "{part}" bukan batas; tulis persen 0-100 seperti 80, atau AC4=60.',
                              f'{where}: "{part}" is no gate; write percent 0-100 such as 80, or AC4=60.')  # fmt: skip
        found[goal.strip()] = percent / 100
    return found


def _per_file(pattern: str, part: Any, where: str, text: str) -> PerFile:
    at = f"{where.rpartition(':')[0]}:{_line(pattern, text)}"
    if isinstance(part, list):
        part = {"ignore": part}
    if not isinstance(part, dict) or not isinstance(part.get("ignore"), list):
        raise ConfigError(f'{at}: tulis per_file."{pattern}" = {{ignore = ["AL203"], reason = "..."}}.',
                          f'{at}: write per_file."{pattern}" = {{ignore = ["AL203"], reason = "..."}}.')  # fmt: skip
    for name in part:
        if name not in ("ignore", "reason"):
            raise _unknown(name, at, ("ignore", "reason"))
    return PerFile(pattern, tuple(map(str, part["ignore"])), str(part.get("reason", "")), _line(pattern, text))


def as_text(settings: Settings) -> str:
    """Return all settings, one a line, each with its origin; the same in both languages."""
    lines = []
    for name, value in settings.values.items():
        lines.append(f"{name} = {_shown(value)}  # {settings.origins[name]}\n")
    return "".join(lines)


def _shown(value: Any) -> str:
    import json

    if isinstance(value, dict):
        inner = ", ".join(f'"{goal}" = {share * 100:g}' for goal, share in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    if isinstance(value, tuple | list):
        return json.dumps([list(part) if isinstance(part, PerFile) else str(part) for part in value])
    return '""' if value is None else json.dumps(str(value), ensure_ascii=False)
