"""Entry point: streams first, then commands."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from typing import NoReturn

COLLECT_AFTER = 2_000_000
"""New objects after which Python looks for reference cycles. A region's plan makes a million objects and few cycles;
the default of some hundred spends a tenth of a run on looking.
"""


INTERRUPTED = 130
"""Exit code of a run that was ended at the keyboard, as shells have it: 128 and the number of the signal."""
CHECK = "check"
NOT_KEPT = "--no-cache"
"""The command whose runs are kept, and the option without which they are; `replay` is not even loaded for others."""


def main() -> None:
    """Run `align`. Ctrl+C ends it without a word, wherever it is; writing commands tidy up on the way out."""
    sys.unraisablehook = _unraisable
    try:
        _main()
    except KeyboardInterrupt:
        os._exit(INTERRUPTED)


def _unraisable(fault: sys.UnraisableHookArgs) -> None:
    """Deal with what was raised where nobody can catch it, as while an object is given back."""
    if fault.exc_type is KeyboardInterrupt:
        os._exit(INTERRUPTED)
    sys.__unraisablehook__(fault)


def _main() -> None:
    """Set up the streams and run. Output is UTF-8 wherever it goes: Windows code pages cannot show the tables."""
    gc.set_threshold(COLLECT_AFTER)
    # What is valid must not depend on pydantic plug-ins that happen to be installed; looking for them takes time, too.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace", newline="\n")
    try:
        if sys.argv[1:2] == [CHECK] and NOT_KEPT not in sys.argv:
            _check()
        _run()
    except SystemExit as end:
        with suppress(OSError, ValueError):
            _leave(end)
        raise


def _run() -> None:
    from alignment_cli.cli import run

    run()


def _check() -> NoReturn:
    """Say what the same check said before, where nothing has changed since; else check, and listen."""
    from alignment_cli import replay

    key = replay.key_of(sys.argv[1:])
    code = replay.again(key)
    if code is None:
        recorder = replay.listen(key)
        try:
            _run()
            code = 0
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 0 if end.code is None else 2
            recorder.finish(code)
            raise
    sys.exit(code)


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
