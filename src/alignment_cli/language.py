"""Which language to speak, decided before anything is printed: `--lang`, then `ALIGN_LANG`, else Indonesian."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alignment_cli.finding import Lang


def chosen(arguments: Sequence[str] | None = None) -> Lang:
    """Return the language that a command line asks for. A wrong value is reported later, where options are parsed."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    for i, word in enumerate(words):
        value = words[i + 1] if word == "--lang" and i + 1 < len(words) else word.removeprefix("--lang=")
        if word == "--lang" or word.startswith("--lang="):
            return "en" if value == "en" else "id"
    return "en" if os.environ.get("ALIGN_LANG", "").lower().startswith("en") else "id"


LANG: Lang = chosen()
"""The language of this process, for help texts, which are fixed when commands are declared."""


def say(id_: str, en: str) -> str:
    """Return the wording in this process's language."""
    return en if LANG == "en" else id_
