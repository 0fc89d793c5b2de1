"""What a command line asks, and the settings that follow from it: command line, environment, file, defaults."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from alignment_cli.language import ORIGIN
from alignment_cli.options import stop

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alignment_cli.config import Settings
    from alignment_cli.render import View


class Asked(NamedTuple):
    """What a command line asks of a check; empty and None mean "not said"."""

    paths: Sequence[Path] = ()
    select: Sequence[str] = ()
    ignore: Sequence[str] = ()
    min_keselarasan: Sequence[str] = ()
    baseline: Path | None = None
    no_baseline: bool = False
    changed: str | None = None
    priorities: Path | None = None
    calibration: Path | None = None
    exclude: Sequence[str] = ()
    config: Path | None = None
    no_config: bool = False
    stdin_filename: str | None = None
    allow_empty: bool = False
    fail_on: str | None = None
    format: str | None = None
    jobs: int | None = None
    cache: bool | None = None


def settings_of(asked: Asked, view: View) -> Settings:
    """Return the settings: command line, environment, file, defaults."""
    from alignment_cli import config, limits

    try:
        file = asked.config or (None if asked.no_config else config.find_file(Path()))
        given = {name: getattr(asked, name) for name in config.KEYS if hasattr(asked, name)}
        if asked.min_keselarasan:
            given["min_keselarasan"] = config.gates(list(asked.min_keselarasan), "--min-keselarasan")
        environment = {name: value for name, value in os.environ.items() if name != "ALIGN_LANG"}
        settings = config.resolve(given, environment, file)
    except config.ConfigError as error:
        stop(error.text, view)
    # The language was settled before anything could be said.
    settings.values["lang"], settings.origins["lang"] = view.lang, ORIGIN
    limits.use(settings["limits"])
    return settings


def near(path: Path) -> Path:
    """Return a path as seen from the current folder, where it lies below it."""
    try:
        return path.absolute().relative_to(Path.cwd())
    except ValueError:
        return path
