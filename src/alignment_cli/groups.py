"""Which files belong together: those of one region, document and year are checked together, others need not be.

Only the head of each file is read for it, as far as the key `program`.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from alignment_cli import source
from alignment_cli.building import build
from alignment_cli.model import CODE_KEYS, TEXT_KEYS, Berkas
from alignment_cli.region import HEADER, joined, keys_of
from alignment_cli.tree import TreeError, Values

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from alignment_cli.checking import Files


AT_ONCE = 16
"""Texts that may wait to be given back."""


class Group(NamedTuple):
    """Files to be checked together, with their numbers in the run."""

    numbers: tuple[int, ...]
    files: tuple[tuple[Path | bytes, str], ...]


def groups_of(files: Files) -> list[Group]:
    """Return the files in groups, by the first file of each. Files whose head is faulty stand alone, for they count for
    no region. Raises OSError.
    """
    if len(files) == 1:
        return [Group((0,), tuple(files))]
    keys = []
    for number, (file, _) in enumerate(files):
        keys.append(keys_of(_head(file)))
        if number % AT_ONCE == AT_ONCE - 1:
            gc.collect(0)  # the parser refers to itself and to the whole text
    members = joined(keys)
    return [Group(tuple(numbers), tuple(files[number] for number in numbers)) for numbers in members]


def _head(file: Path | bytes) -> Berkas | None:
    """Return a file's head without programmes; None when no region can be told from it."""
    try:
        document = source.decode(file, "") if isinstance(file, bytes) else source.read_text(file, "")
        try:
            root = build(_until_programmes(document.text))
        except (YAMLError, ValueError):  # the check has further ways to understand a text
            source.compose(document)
            root = document.root
        data: Any = Values(TEXT_KEYS, CODE_KEYS).of(root) if root is not None else None
    except (source.SourceError, TreeError):
        return None  # what cannot be read here cannot be checked
    if not isinstance(data, dict):
        return None
    try:
        return Berkas.model_validate({"versi": 1, "program": [], **{key: data[key] for key in HEADER & data.keys()}})
    except ValidationError:
        return None


def _until_programmes(text: str) -> Iterator[Any]:
    """Yield the parser's events up to the key `program`, provided that the head stands before it."""
    depth, children, seen = 0, 0, set[str]()
    for event in YAML(typ="safe", pure=False).parse(text):
        opens = isinstance(event, (MappingStartEvent, SequenceStartEvent))
        if depth == 1 and (opens or isinstance(event, (ScalarEvent, AliasEvent))):
            if children % 2 == 0 and isinstance(event, ScalarEvent):
                seen.add(str(event.value))
                if event.value == "program" and seen >= HEADER:
                    return
            children += 1
        depth += 1 if opens else -1 if isinstance(event, (MappingEndEvent, SequenceEndEvent)) else 0
        yield event
