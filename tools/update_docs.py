"""Refresh what the docs show of `align` itself, measured tables and pages of rules: between `<!-- COMMAND -->` and
`<!-- / -->` stands the output of COMMAND.

    python tools/update_docs.py [--check]

With --check nothing is written; the exit code tells whether a block is out of date.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BLOCK = re.compile(r"(<!-- (align [^\n]+) -->\n).*?(<!-- / -->)", re.DOTALL)


def output(command: str) -> str:
    """Return what an `align` command of the docs prints, from the project's root."""
    words = [sys.executable, "-m", "alignment_cli", *shlex.split(command)[1:]]
    return subprocess.run(words, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True, encoding="utf-8").stdout


def main() -> int:
    """Refresh all pages, or check them. The commands run side by side, each once."""
    pages = {path: path.read_text("utf-8") for path in sorted((ROOT / "docs").glob("*.md"))}
    commands = sorted({command for text in pages.values() for _, command, _ in BLOCK.findall(text)})
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        outputs = dict(zip(commands, pool.map(output, commands), strict=True))
    stale = []
    for path, before in pages.items():
        after = BLOCK.sub(lambda found: f"{found[1]}{outputs[found[2]]}{found[3]}", before)
        if after != before:
            stale.append(path.name)
            if "--check" not in sys.argv[1:]:
                path.write_text(after, encoding="utf-8", newline="\n")
    print(", ".join(stale) or "up to date")
    return 1 if stale and "--check" in sys.argv[1:] else 0


if __name__ == "__main__":
    sys.exit(main())
