"""Refresh the measured tables in the docs: between `<!-- COMMAND -->` and `<!-- / -->` stands the output of COMMAND.

    python tools/update_docs.py [--check]

With --check nothing is written; the exit code tells whether a table is out of date.
"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BLOCK = re.compile(r"(<!-- (align [^\n]+) -->\n).*?(<!-- / -->)", re.DOTALL)


def output(command: str) -> str:
    """Return what an `align` command of the docs prints, from the project's root."""
    words = [sys.executable, "-m", "alignment_cli", *shlex.split(command)[1:]]
    return subprocess.run(words, cwd=ROOT, check=True, capture_output=True, text=True, encoding="utf-8").stdout


def refreshed(text: str) -> str:
    """Return a page with all its measured blocks made anew."""
    return BLOCK.sub(lambda found: f"{found.group(1)}{output(found.group(2))}{found.group(3)}", text)


def main() -> int:
    """Refresh all pages, or check them."""
    stale = []
    for page in sorted((ROOT / "docs").glob("*.md")):
        before = page.read_text("utf-8")
        after = refreshed(before)
        if after != before:
            stale.append(page.name)
            if "--check" not in sys.argv[1:]:
                page.write_text(after, encoding="utf-8", newline="\n")
    print(", ".join(stale) or "up to date")
    return 1 if stale and "--check" in sys.argv[1:] else 0


if __name__ == "__main__":
    sys.exit(main())
