"""Fuzz the loader, the repairs, the import and the write path: `python tools/fuzz.py loader --runs 100000 --seed 1`.

A failing input is made smaller and kept below `tests/fuzz/regressions/`; `tests/test_fuzz.py` tries those again in
every run. What must hold stands in `tests/fuzz/`. Ends with 1 when anything failed.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import time
from importlib import import_module
from pathlib import Path
from random import Random
from typing import Any

TESTS = Path(__file__).resolve().parent.parent / "tests"
sys.path.insert(0, str(TESTS))
REGRESSIONS = TESTS / "fuzz" / "regressions"
REPORTED = 10_000
"""Inputs between two lines of progress."""
MEMORY = 4 * 2**30
"""Bytes of address space for a run of atheris."""
ENOUGH = 20
"""Failures of one kind that are named; further ones are only counted, and the first is made smaller and kept."""


def main() -> None:
    """Run one target."""
    parser = argparse.ArgumentParser(description="Fuzz one part of align.")
    parser.add_argument("target", choices=("loader", "fixer", "importer", "writer"))
    parser.add_argument("--runs", type=int, default=10_000, help="number of inputs")
    parser.add_argument("--seed", type=int, default=1, help="another seed makes other inputs")
    parser.add_argument("--start", type=int, default=0, help="number of the first input")
    parser.add_argument("--engine", choices=("random", "atheris"), default="random")
    parser.add_argument("--keep", type=Path, default=REGRESSIONS, help="folder for inputs that fail")
    given = parser.parse_args()
    if given.engine == "atheris":
        _by_atheris(given.target, given.runs, given.seed, given.keep)
    harness = import_module("fuzz.harness")
    numbers = range(given.start, given.start + given.runs)
    sys.exit(_by_chance(harness, given.target, given.seed, numbers, given.keep))


def _by_chance(harness: Any, name: str, seed: int, numbers: range, folder: Path) -> int:
    """Try inputs that depend on the seed and their number alone."""
    target, kinds, began = harness.TARGETS[name], dict[str, int](), time.monotonic()
    target.check(target.seeds()[0])  # reads the reference data, which may take longer than an input
    for start in range(numbers.start, numbers.stop, REPORTED):
        part = range(start, min(start + REPORTED, numbers.stop))
        failed = list[tuple[int, bytes]]()
        with harness.watched() as check:
            for number in part:
                raw = harness.make(target, seed, number)
                try:
                    check(target, raw)
                except Exception:  # noqa: BLE001 - any is a failure
                    failed.append((number, raw))
        for number, raw in failed:
            kind = harness.failure(target, raw) or "not again"
            kinds[kind] = kinds.get(kind, 0) + 1
            if kinds[kind] <= ENOUGH:
                print(f"  input {number} fails: {kind}", flush=True)
            if kinds[kind] == 1:
                small = harness.smaller(target, raw)
                (folder / f"{name}-{hashlib.sha256(small).hexdigest()[:12]}").write_bytes(small)
        seconds = time.monotonic() - began
        print(f"{name} seed={seed} inputs={part.stop - numbers.start} failures={sum(kinds.values())} "
              f"seconds={seconds:.0f}", flush=True)  # fmt: skip
    for kind, count in sorted(kinds.items()):
        print(f"  {count} {kind}")
    return 1 if kinds else 0


def _by_atheris(name: str, runs: int, seed: int, folder: Path) -> None:
    """Let coverage guide the mutations. Does not return: libFuzzer ends the process."""
    atheris = import_module("atheris")
    with atheris.instrument_imports(include=["alignment_cli"]):
        harness = import_module("fuzz.harness")
        for module in ("fuzz.invariants", "fuzz.sheets", "fuzz.writing"):
            import_module(module)
    target = harness.TARGETS[name]
    seeds = target.seeds()
    # libFuzzer's own limit goes by a peak that a process has from the one that started it, however small it is itself.
    resource = import_module("resource")
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))

    def changed(raw: bytes, largest: int, number: int) -> bytes:
        """Change an input in its own terms, now and then as bytes, now and then a fresh seed."""
        chance = Random(number)  # noqa: S311 - repeatable, nothing secret
        if chance.random() < 0.1:  # noqa: PLR2004
            made: bytes = atheris.Mutate(raw, len(raw))
            return made
        start = raw if chance.random() < 0.7 else chance.choice(seeds)  # noqa: PLR2004
        return bytes(target.mutate(start, chance)[:largest])

    atheris.Setup(
        [sys.argv[0], f"-runs={runs}", f"-seed={seed}", "-max_len=12000", "-timeout=60", "-rss_limit_mb=0",
         "-print_final_stats=1", f"-artifact_prefix={folder}/{name}-"],
        target.check,
        custom_mutator=changed,
    )  # fmt: skip
    atheris.Fuzz()


if __name__ == "__main__":
    main()
