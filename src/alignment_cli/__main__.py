"""Entry point: streams first, then commands."""

from __future__ import annotations

import gc
import os
import sys

COLLECT_AFTER = 200_000
"""New objects after which Python looks for reference cycles. A run makes few cycles and many objects; the default of
some hundred spends a tenth of a short run on looking.
"""


def main() -> None:
    """Run `align`. Output is UTF-8 wherever it goes: Windows code pages cannot show the tables otherwise."""
    gc.set_threshold(COLLECT_AFTER)
    # What is valid must not depend on pydantic plug-ins that happen to be installed; looking for them takes time, too.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace", newline="\n")
    from alignment_cli.cli import run

    run()


if __name__ == "__main__":
    main()
