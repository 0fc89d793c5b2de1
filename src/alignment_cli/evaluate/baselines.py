"""What other ways would have said of the same rows: the habit that align must beat."""

from __future__ import annotations

import math
import re
from collections import Counter
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, utils

from alignment_cli.match.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from alignment_cli.evaluate.gold import Gold
    from alignment_cli.reference import Reference

Method = "Callable[[str], str]"


def baselines(rows: Sequence[Gold], reference: Reference) -> dict[str, Callable[[str], str]]:
    """Return the baselines by name; each maps a name to a label."""
    common = Counter(row.goal for row in rows).most_common()
    majority = min(label for label, count in common if count == common[0][1])
    priorities = reference.priorities
    missions = {str(goal.nomor): [wording.teks for wording in goal.rumusan] for goal in priorities.tujuan}
    terms = _terms(reference)
    return {
        "majority": lambda _: majority,
        "rapidfuzz_missions": lambda text: _nearest(text, missions, fuzz.WRatio),
        "rapidfuzz_vocabulary": lambda text: _nearest(text, terms, fuzz.token_set_ratio),
        "tfidf_missions": _tfidf({label: " ".join(texts) for label, texts in missions.items()}),
    }


def _terms(reference: Reference) -> dict[str, list[str]]:
    """Return the curated terms by label."""
    found: dict[str, list[str]] = {str(goal.nomor): [] for goal in reference.priorities.tujuan}
    vocabulary = reference.matcher.words.vocabulary
    for term in (term for key in sorted(vocabulary.keys) for term in vocabulary.at(key)):
        goal = reference.priorities.goal(term.goal)
        if goal is not None and term.weight > 0:
            found[str(goal.nomor)].append(term.text)
    return found


def _nearest(text: str, known: dict[str, list[str]], scorer: Callable[..., float]) -> str:
    best = {
        label: max((scorer(text, other, processor=utils.default_process) for other in texts), default=0.0)
        for label, texts in known.items()
    }
    return max(sorted(best), key=lambda label: best[label])


def _tfidf(documents: dict[str, str]) -> Callable[[str], str]:
    """Return a classifier by cosine of TF-IDF vectors of plain words; "0" when no word is shared."""
    words = {label: Counter(re.findall(r"[a-z]+", fold(text))) for label, text in documents.items()}
    seen = Counter(word for counts in words.values() for word in counts)
    idf = {word: math.log((1 + len(words)) / (1 + count)) + 1 for word, count in seen.items()}
    vectors = {label: {w: n * idf[w] for w, n in counts.items()} for label, counts in words.items()}
    norms = {label: math.sqrt(sum(value**2 for value in vector.values())) for label, vector in vectors.items()}

    def method(text: str) -> str:
        counts = Counter(re.findall(r"[a-z]+", fold(text)))
        scores = {
            label: sum(n * idf.get(w, 0.0) * vector.get(w, 0.0) for w, n in counts.items()) / norms[label]
            for label, vector in vectors.items()
        }
        best = max(sorted(scores), key=lambda label: scores[label])
        return best if scores[best] > 0 else "0"

    return method
