"""How long `align check` takes on one file, against check-jsonschema on the same file; ratios of medians in one run.

    python benchmarks/check.py [FILE...] [--runs 15]

check-jsonschema validates against the JSON Schema of the programme file and does nothing else; `align` also matches
every item. Runs alternate, so that a busy machine slows both. Both run from compiled bytecode, as installed programs
do, whatever ``PYTHONDONTWRITEBYTECODE`` says; a first run of each, which makes it, is not counted.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from alignment_cli.model import Berkas

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "data" / "programs" / "solok_selatan.yaml"


ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def seconds(command: list[str]) -> float:
    """Return the wall time of a command."""
    start = time.perf_counter()
    subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=ENVIRONMENT)
    return time.perf_counter() - start


def compare(file: Path, schema: Path, runs: int) -> tuple[float, float]:
    """Return the median seconds of align and of check-jsonschema."""
    align = [sys.executable, "-m", "alignment_cli", "check", str(file)]
    other = [sys.executable, "-m", "check_jsonschema", "--schemafile", str(schema), str(file)]
    seconds(align), seconds(other)
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(runs):
        times[0].append(seconds(align))
        times[1].append(seconds(other))
    return statistics.median(times[0]), statistics.median(times[1])


def main() -> None:
    """Print one line per file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, default=[EXAMPLE])
    parser.add_argument("--runs", type=int, default=15)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        schema = Path(folder, "schema.json")
        schema.write_text(json.dumps(Berkas.model_json_schema()), encoding="utf-8")
        for file in options.files:
            ours, theirs = compare(file, schema, options.runs)
            print(f"{file.name}: align {ours * 1000:.0f} ms, check-jsonschema {theirs * 1000:.0f} ms, "
                  f"ratio {ours / theirs:.2f}")  # fmt: skip


if __name__ == "__main__":
    main()
