"""Which language to speak, decided before anything is printed: `--lang`, `ALIGN_LANG`, `lang` of the configuration,
else Indonesian.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alignment_cli.finding import Lang


def chosen(arguments: Sequence[str] | None = None) -> tuple[Lang, str]:
    """Return the language that a command line asks for, and who asked. A wrong value is reported later, where options
    and configuration are read.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    for i, word in enumerate(words):
        value = words[i + 1] if word == "--lang" and i + 1 < len(words) else word.removeprefix("--lang=")
        if word == "--lang" or word.startswith("--lang="):
            return ("en" if value == "en" else "id"), "--lang"
    if os.environ.get("ALIGN_LANG"):
        return ("en" if os.environ["ALIGN_LANG"].lower().startswith("en") else "id"), "$ALIGN_LANG"
    return _configured()


def _configured() -> tuple[Lang, str]:
    """Return the language of the nearest configuration file. The file itself is read only where there is one."""
    from pathlib import Path

    from alignment_cli.config import ConfigError, find_file, resolve

    try:
        file = find_file(Path())
        if file is None:
            return "id", "default"
        settings = resolve({}, {}, file)
    except ConfigError:
        return "id", "default"
    return ("en" if settings["lang"] == "en" else "id"), settings.origins["lang"]


LANG, ORIGIN = chosen()
"""The language of this process, for help texts, which are fixed when commands are declared, and who asked for it."""


def say(id_: str, en: str) -> str:
    """Return the wording in this process's language."""
    return en if LANG == "en" else id_
