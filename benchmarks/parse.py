"""The bare C parse of YAML files and nothing else: how many files there were and how many events or values they hold.

    python benchmarks/parse.py {none,libyaml,events,values} [--processes N] FILE_OR_FOLDER...

``none`` imports the parser and reads nothing: the start that is taken off. ``libyaml`` runs libyaml to the end without
making a Python object; ``events`` hands every event to Python and counts them; ``values`` loads to Python values
(``YAML(typ="safe")``). All by ruamel.yaml's C parser, the one that align uses.
"""

from __future__ import annotations

import argparse
from multiprocessing import Pool
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML

if TYPE_CHECKING:
    from collections.abc import Callable


def libyaml(data: bytes) -> int:
    """Parse without making objects. Events are not counted."""
    parser: Any = YAML(typ="safe").Parser
    parser(data).raw_parse()
    return 1


def events(data: bytes) -> int:
    """Count the events handed to Python."""
    return sum(1 for _ in YAML(typ="safe").parse(data))


def values(data: bytes) -> int:
    """Load to values and count those at the top."""
    return len(YAML(typ="safe").load(data))


WAYS: dict[str, Callable[[bytes], int]] = {"libyaml": libyaml, "events": events, "values": values}


def count(work: tuple[str, Path]) -> int:
    """Parse one file."""
    way, path = work
    return WAYS[way](path.read_bytes())


def main() -> None:
    """Print the counts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("way", choices=("none", *WAYS))
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--processes", type=int, default=1)
    options = parser.parse_args()
    if YAML(typ="safe").Parser.__name__ != "CParser":
        parser.error("ruamel.yaml has no C parser here: install ruamel.yaml.clib")
    paths = [file for path in options.paths for file in (sorted(path.glob("*.yaml")) if path.is_dir() else [path])]
    if options.way == "none":
        print(0, 0)
        return
    work = [(options.way, path) for path in paths]
    if options.processes == 1:
        print(len(work), sum(map(count, work)))
        return
    with Pool(options.processes) as pool:
        print(len(work), sum(pool.imap_unordered(count, work)))


if __name__ == "__main__":
    main()
