"""How long distinct texts take to match on one core, against plain rapidfuzz over the official names; one run.

    python benchmarks/matching.py [--texts 10000]

Texts are official names shortened, shuffled, misspelt and given a place name by a seeded generator, so that hardly one
is found as it stands. "again" matches the same texts a second time.
"""

from __future__ import annotations

import argparse
import random
import time
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from alignment_cli.match import Query
from alignment_cli.reference import shipped

if TYPE_CHECKING:
    from collections.abc import Callable

SEED = 2026
PLACES = ("Solok Selatan", "Pasangkayu", "Sungai Aro", "Lubuk Gadang", "Tanjung Jabung", "Ogan Ilir", "Muara Enim")


def texts(names: list[str], count: int) -> list[str]:
    """Return `count` distinct texts."""
    draw = random.Random(SEED)  # noqa: S311 - a seeded generator, no secret
    made: dict[str, None] = {}
    while len(made) < count:
        words = draw.choice(names).split()
        draw.shuffle(words)
        words = words[: draw.randint(3, 9)]
        place = draw.randrange(len(words))
        if len(words[place]) > 4:  # noqa: PLR2004 - a slip in a longer word
            at = draw.randrange(1, len(words[place]) - 1)
            words[place] = words[place][:at] + draw.choice("aeinrst") + words[place][at + 1 :]
        made[f"{' '.join(words)} {draw.choice(PLACES)}"] = None
    return list(made)


def seconds(work: Callable[[str], object], items: list[str]) -> float:
    """Return the processor time of `work` over all items."""
    start = time.process_time()
    for item in items:
        work(item)
    return time.process_time() - start


def main() -> None:
    """Print seconds and ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=int, default=10_000)
    count = parser.parse_args().texts
    reference = shipped()
    names = [row[0] for row in reference.index.all("SELECT DISTINCT nama FROM nomenklatur ORDER BY nama")]
    items = texts(names, count)
    plain = seconds(
        lambda text: process.extract(text, names, scorer=fuzz.WRatio, limit=5), items[: max(1, count // 50)]
    )
    plain *= count / max(1, count // 50)
    first = seconds(lambda text: reference.judge(Query(text)), items)
    again = seconds(lambda text: reference.judge(Query(text)), items)
    print(f"{count} texts: align {first:.1f} s, again {again:.1f} s, rapidfuzz WRatio alone about {plain:.1f} s "
          f"(from a fiftieth); align/rapidfuzz {first / plain:.2f}, again/first {again / first:.3f}")  # fmt: skip


if __name__ == "__main__":
    main()
