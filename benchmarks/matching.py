"""How long distinct texts take to match on one core, and how often the answer is right, against plain rapidfuzz.

    python benchmarks/matching.py [--texts 10000] [--json]

Plain rapidfuzz is `process.extract(text, names, scorer=fuzz.WRatio, limit=5)` over the official names; its answer is
the goal of the best name by the crosswalk. Texts are official names shortened, shuffled, misspelt and given a place by
a seeded generator, so that hardly one is found as it stands; the right answer is the goal of the name that a text was
made from. The labelled items of `data/berlabel/` are compared too, by name alone. rapidfuzz, some fifty times slower,
gets every tenth text, and its time counts tenfold.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from alignment_cli.evaluate.gold import read_gold
from alignment_cli.index.store import data_dir
from alignment_cli.match import Query
from alignment_cli.nomenclature import PENUNJANG
from alignment_cli.reference import shipped

if TYPE_CHECKING:
    from collections.abc import Callable

    from alignment_cli.reference import Reference

SEED = 2026
EVERY = 10
ROUNDS = 5
PLACES = ("Solok Selatan", "Pasangkayu", "Sungai Aro", "Lubuk Gadang", "Tanjung Jabung", "Ogan Ilir", "Muara Enim")
LABELLED = ("dev.csv", "narasi_uji.csv", "resmi_uji.csv")


def texts(names: list[str], count: int) -> dict[str, str]:
    """Return `count` distinct texts with the name that each was made from."""
    draw = random.Random(SEED)  # noqa: S311 - a seeded generator, no secret
    made: dict[str, str] = {}
    while len(made) < count:
        name = draw.choice(names)
        words = name.split()
        draw.shuffle(words)
        words = words[: draw.randint(3, 9)]
        place = draw.randrange(len(words))
        if len(words[place]) > 4:  # noqa: PLR2004 - a slip in a longer word
            at = draw.randrange(1, len(words[place]) - 1)
            words[place] = words[place][:at] + draw.choice("aeinrst") + words[place][at + 1 :]
        made[f"{' '.join(words)} {draw.choice(PLACES)}"] = name
    return made


def seconds(work: Callable[[str], object], items: list[str]) -> float:
    """Return the processor time of `work` over all items."""
    start = time.process_time()
    for item in items:
        work(item)
    return time.process_time() - start


class Methods:
    """The two ways to find a goal for a text; labels are those of the labelled items: "0" without a goal."""

    def __init__(self, reference: Reference) -> None:
        self.reference = reference
        rows = reference.index.all("SELECT nama, kode FROM nomenklatur ORDER BY nama, kode")
        self.codes: dict[str, str] = {}
        for name, code in rows:
            self.codes.setdefault(name, code)
        self.names = list(self.codes)

    def goal_of(self, name: str) -> str:
        """Return the label of an official name by the crosswalk."""
        crossing = self.reference.matcher.nomenclature.crossing(self.codes[name])
        return "0" if crossing is None or crossing.tujuan == PENUNJANG else crossing.tujuan.removeprefix("AC")

    def align(self, text: str) -> str:
        """Return the label of the goal that align ranks first."""
        ranking = self.reference.matcher.rank(Query(text))
        top = max(ranking.share, key=lambda goal: (ranking.share[goal], goal))
        found = any(signal.goal == top and signal.strength > 0 for signal in ranking.signals)
        return top.removeprefix("AC") if found and top != PENUNJANG else "0"

    def rapidfuzz(self, text: str) -> str:
        """Return the label of the official name that rapidfuzz finds most alike."""
        return self.goal_of(self.extract(text)[0][0])

    def extract(self, text: str) -> list[tuple[str, float, int]]:
        """Return the five most alike official names."""
        return process.extract(text, self.names, scorer=fuzz.WRatio, limit=5)


def measured(methods: Methods, count: int) -> dict[str, list[float]]:
    """Return the seconds of each fifth of the texts by method; "again" is the second time that align sees them."""
    items = list(texts(methods.names, count))
    found: dict[str, list[float]] = {"align": [], "again": [], "rapidfuzz": []}
    for at in range(ROUNDS):
        part = items[at::ROUNDS]
        found["align"].append(seconds(lambda text: methods.reference.judge(Query(text)), part))
        found["again"].append(seconds(lambda text: methods.reference.judge(Query(text)), part))
        found["rapidfuzz"].append(seconds(methods.extract, part[::EVERY]) * len(part) / len(part[::EVERY]))
    return found


def right(methods: Methods, count: int) -> dict[str, dict[str, float]]:
    """Return the share of right answers by set of labelled texts and method."""
    made = {text: methods.goal_of(name) for text, name in texts(methods.names, count).items()}
    sets = {"texts": dict(list(made.items())[::EVERY])}
    for file in LABELLED:
        sets[file] = {row.nama: row.goal for row in read_gold(data_dir() / "berlabel" / file)}
    ways = {"align": methods.align, "rapidfuzz": methods.rapidfuzz}
    return {
        name: {
            way: sum(answer(text) == goal for text, goal in rows.items()) / len(rows) for way, answer in ways.items()
        }
        for name, rows in sets.items()
    }


def main() -> None:
    """Print seconds, ratios and shares."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=int, default=10_000)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    methods = Methods(shipped())
    times, shares = measured(methods, options.texts), right(methods, options.texts)
    if options.json:
        print(json.dumps({"seconds": times, "right": shares, "names": len(methods.names)}))
        return
    first, again, plain = (sum(times[name]) for name in ("align", "again", "rapidfuzz"))
    print(f"{options.texts} texts, {len(methods.names)} official names: align {first:.1f} s, again {again:.1f} s, "
          f"rapidfuzz {plain:.1f} s (from every tenth); align/rapidfuzz {first / plain:.3f}")  # fmt: skip
    for name, share in shares.items():
        print(f"right, {name}: align {share['align']:.3f}, rapidfuzz {share['rapidfuzz']:.3f}")


if __name__ == "__main__":
    main()
