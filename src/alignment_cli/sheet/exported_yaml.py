"""Plain data of any shape as the text of a programme file, in the manner of `write_yaml`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from alignment_cli.sheet.write_yaml import quoted, text

if TYPE_CHECKING:
    from collections.abc import Iterator


def document(data: dict[str, Any]) -> str:
    """Return the text of a programme file; it reads back as the same data."""
    return "".join(f"{line}\n" for line in _mapping(data, ""))


def _mapping(data: dict[str, Any], indent: str) -> Iterator[str]:
    for key, value in data.items():
        if isinstance(value, dict) and value:
            yield f"{indent}{key}:"
            yield from _mapping(value, f"{indent}  ")
        elif isinstance(value, list) and value:
            yield f"{indent}{key}:"
            for number, entry in enumerate(value):
                if key == "program" and not indent and number:
                    yield ""
                yield from _entry(key, entry, f"{indent}  ")
        else:
            yield f"{indent}{key}: {_scalar(key, value)}"


def _entry(key: str, entry: Any, indent: str) -> Iterator[str]:
    if key == "keselarasan":
        yield f"{indent}- {{{', '.join(f'{name}: {_flowing(value)}' for name, value in entry.items())}}}"
        return
    if not isinstance(entry, dict):
        yield f"{indent}- {_scalar(key, entry)}"
        return
    for number, line in enumerate(_mapping(entry, f"{indent}  ")):
        yield f"{indent}- {line[len(indent) + 2 :]}" if number == 0 else line


def _flowing(value: Any) -> str:
    """Return a value for a mapping on one line, where commas and brackets mean something."""
    return _scalar("", value) if not isinstance(value, str) or value.isalnum() else quoted(value)


def _scalar(key: str, value: Any) -> str:
    if value is None:
        return "null"
    if value in ([], {}):
        return str(value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value!r}".replace("inf", ".inf").replace("nan", ".nan")
    if isinstance(value, int):
        return f"{value:_}" if key == "pagu" else str(value)
    return quoted(value) if key == "kode" else text(value)
