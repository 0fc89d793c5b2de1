"""One file inside one process whose imports and reference data are already loaded: seconds of processor time, as JSON.

    python benchmarks/inside.py FILE

``check`` reads the file, judges every item and applies the rules, for the first time in this process; the parses are
those of `parse.py`, the faster of two. The garbage collector is set as `align` sets it, for all alike.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from parse import WAYS

from alignment_cli.__main__ import COLLECT_AFTER
from alignment_cli.load import load
from alignment_cli.reference import shipped
from alignment_cli.run import check_file

if TYPE_CHECKING:
    from collections.abc import Callable

EXAMPLE = Path(__file__).resolve().parent.parent / "data" / "programs" / "solok_selatan.yaml"


def seconds(work: Callable[[], object]) -> float:
    """Return the processor time of `work`."""
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    """Print the seconds."""
    gc.set_threshold(COLLECT_AFTER)
    path = Path(sys.argv[1])
    data = path.read_bytes()
    reference = shipped()
    check_file(load(EXAMPLE, "example"), reference)
    found = {"check": seconds(lambda: check_file(load(path, "file"), reference))}
    for name, way in WAYS.items():
        found[name] = min(seconds(lambda way=way: way(data)) for _ in range(2))  # type: ignore[misc] # bound at once
    print(json.dumps(found))


if __name__ == "__main__":
    main()
