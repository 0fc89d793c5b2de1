"""What a writing command would change, as a unified diff."""

from __future__ import annotations

import re
from difflib import unified_diff


def unified(old: str, new: str, name: str) -> str:
    """Return the difference between two texts of a file; empty when there is none. Line ends are shown as they are."""
    lines = unified_diff(_LINE.findall(old), _LINE.findall(new), f"a/{name}", f"b/{name}")
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


_LINE = re.compile(r"[^\n]*\n|[^\n]+")
"""Lines as `patch` and git count them; Python also breaks lines at characters that are none to them."""
