"""What the keys of the configuration are, and their values in the shape that the program works with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from alignment_cli import limits
from alignment_cli.finding import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path


class ConfigError(Exception):
    """The configuration is no use; `text` says where and why in both languages."""

    def __init__(self, id_: str, en: str) -> None:
        super().__init__(en)
        self.text = Text(id_, en)


class Key(NamedTuple):
    """A setting: its shape (``text``, ``list``, ``path``, ``gates``, ``choice``, ``per_file``, ``number``, ``switch``,
    ``limits``), default, choices.
    """

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
    "jobs": Key("number", 0),
    "cache": Key("switch", default=True),
    "limits": Key("limits", limits.Limits()),
}


_COUNT = re.compile(r"[0-9]{1,9}")
LONGEST_NAME = 60
"""Characters of a key that is not known which its message repeats."""
SWITCH = {"true": True, "1": True, "false": False, "0": False}
"""How a switch is written, in the file or in the environment."""


class PerFile(NamedTuple):
    """Rules that do not count in files that fit a pattern, and why. `line` is its line in the configuration."""

    pattern: str
    ignore: tuple[str, ...]
    reason: str
    line: int


def value_of(name: str, value: Any, where: str, folder: Path, text: str = "") -> Any:
    """Return a value of the configuration in the shape of its key. Raises `ConfigError`."""
    key = KEYS[name]
    if key.kind == "list" and isinstance(value, list | str):
        parts = [value] if isinstance(value, str) else value
        if all(isinstance(part, str) and "\0" not in part for part in parts):
            return tuple(parts)
    elif key.kind == "path" and isinstance(value, str) and "\0" not in value:
        return folder / value
    elif (key.kind == "number" and _COUNT.fullmatch(str(value))) or (
        key.kind == "switch" and str(value).lower() in SWITCH
    ):
        return int(value) if key.kind == "number" else SWITCH[str(value).lower()]
    elif value in key.choices if key.kind == "choice" else key.kind == "text" and isinstance(value, str):
        return value
    elif key.kind == "gates" or (key.kind in _TABLES and isinstance(value, dict)):
        return _TABLES[key.kind](value, where, text)
    expected = {
        "list": ('daftar teks, mis. ["AL203"]', 'a list of texts, e.g. ["AL203"]'),
        "path": ("nama berkas dalam tanda kutip", "a file name in quotes"),
        "text": ("teks dalam tanda kutip", "text in quotes"),
        "choice": (f"salah satu dari {', '.join(key.choices)}", f"one of {', '.join(key.choices)}"),
        "per_file": ("tabel per pola berkas", "a table for each file pattern"),
        "limits": ("tabel [limits], mis. depth = 80", "a table [limits], e.g. depth = 80"),
        "number": ("bilangan bulat, 0 atau lebih", "a whole number, 0 or more"),
        "switch": ("true atau false", "true or false"),
    }[key.kind]
    raise ConfigError(f'{where}: nilai "{name}" tidak sah; tulis {expected[0]}.',
                      f'{where}: the value of "{name}" is invalid; write {expected[1]}.')  # fmt: skip


def _limits(value: dict[str, Any], where: str, text: str) -> limits.Limits:
    """Return the limits of a table, the others at their defaults."""
    at = {name: f"{where.rpartition(':')[0]}:{line_of(name, text)}" if text else where for name in value}
    for name in value:
        if name not in limits.NAMES:
            raise unknown(name, at[name], limits.NAMES)
    try:
        return limits.read(value)
    except limits.LimitsError as error:
        name, why = error.name, error.text
        raise ConfigError(f'{at[name]}: nilai "{name}" dalam [limits] tidak sah; {why.id}.',
                          f'{at[name]}: the value of "{name}" in [limits] is invalid; {why.en}.') from None  # fmt: skip


def _gates(value: Any, where: str, _: str) -> dict[str, float]:
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


def _per_files(value: dict[str, Any], where: str, text: str) -> tuple[PerFile, ...]:
    return tuple(_per_file(pattern, part, where, text) for pattern, part in value.items())


def _per_file(pattern: str, part: Any, where: str, text: str) -> PerFile:
    at = f"{where.rpartition(':')[0]}:{line_of(pattern, text)}"
    if isinstance(part, list):
        part = {"ignore": part}
    if not isinstance(part, dict) or not isinstance(part.get("ignore"), list):
        raise ConfigError(f'{at}: tulis per_file."{pattern}" = {{ignore = ["AL203"], reason = "..."}}.',
                          f'{at}: write per_file."{pattern}" = {{ignore = ["AL203"], reason = "..."}}.')  # fmt: skip
    for name in part:
        if name not in ("ignore", "reason"):
            raise unknown(name, at, ("ignore", "reason"))
    return PerFile(pattern, tuple(map(str, part["ignore"])), str(part.get("reason", "")), line_of(pattern, text))


_TABLES: dict[str, Callable[[Any, str, str], Any]] = {"gates": _gates, "limits": _limits, "per_file": _per_files}


def unknown(name: str, where: str, known: Mapping[str, Any] | tuple[str, ...]) -> ConfigError:
    """Return the error for a key that is not known, with a proposal."""
    from alignment_cli.suggest import closest

    near = closest(name, known) if len(name) <= LONGEST_NAME else ""
    name = name[:LONGEST_NAME]
    listed = ", ".join(known)
    id_ = f" Maksud Anda: {near}?" if near else ""
    en = f" Did you mean: {near}?" if near else ""
    return ConfigError(f'{where}: kunci "{name}" tidak dikenal.{id_} Yang dikenal: {listed}.',
                       f'{where}: the key "{name}" is not known.{en} Known: {listed}.')  # fmt: skip


def line_of(name: str, text: str) -> int:
    """Return the line (1-based) on which a key stands."""
    found = re.search(rf"^[ \t]*(?:\[+(?:tool\.align\.)?)?[\"']?{re.escape(name)}(?=[\"'\s=\].])", text, re.MULTILINE)
    return text.count("\n", 0, found.start() + len(found.group()) - len(name)) + 1 if found else 1
