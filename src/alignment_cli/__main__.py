"""Entry point: streams first, then commands."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress

COLLECT_AFTER = 2_000_000
"""New objects after which Python looks for reference cycles. A region's plan makes a million objects and few cycles;
the default of some hundred spends a tenth of a run on looking.
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

    try:
        run()
    except SystemExit as end:
        with suppress(OSError, ValueError):
            _leave(end)
        raise


def _leave(end: SystemExit) -> None:
    """End the process at once where nothing is left to do: giving back a million objects one by one takes a twentieth
    of a run. Returns where there is something to say, or to write that cannot be written.
    """
    if end.code is None or isinstance(end.code, int):
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
        os._exit(end.code or 0)


if __name__ == "__main__":
    main()
