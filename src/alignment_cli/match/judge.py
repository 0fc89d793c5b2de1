"""From a ranking, and what the file declares, to the answer for an item."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from alignment_cli.match.code import conflict
from alignment_cli.match.official_name import same_name
from alignment_cli.match.verdict import Reason, Status, Verdict
from alignment_cli.nomenclature import PENUNJANG

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alignment_cli.context import Declared
    from alignment_cli.match.calibration import Calibration
    from alignment_cli.match.evidence import Match, Signal
    from alignment_cli.match.matcher import Matcher, Query
    from alignment_cli.match.prepared import Prepared
    from alignment_cli.match.ranking import Ranking

NEAR = 0.15
"""A runner-up this close in confidence leaves the choice open."""
SUPPORTS = 0.9
"""Log-odds from which text supports a declared goal: more than a term that only leans. Whatever an official
code or table says of a goal supports it."""
SETTLING = 2.0
"""Strength from which one text signal may stand alone: a curated term of weight 3 or an alias; a weaker word never."""
SINGLE = 0.9
"""Confidence from which a single settling word is enough."""
CONTRADICTS = 0.9
"""Posterior of the words alone from which a name contradicts its code."""
MOST_KEPT = 24_576
"""Answers kept: those of the last regions, which official names make much alike."""
MIN_TELLING = 1
"""Telling words below which a text is too short to judge."""


Answer = tuple[Status, str | None, tuple[Reason, ...], bool]
"""Status, goal, reasons, and whether a person confirmed it."""


def best(scores: dict[str, float]) -> str:
    """Return the goal that is ahead, of equal ones the last in the order of codes."""
    return max(zip(scores.values(), scores, strict=True))[1]


class Judge:
    """Answers for items: what the evidence says, held against what is declared and decided. Items that are the same but
    for their declarations are assessed once.
    """

    def __init__(self, matcher: Matcher, calibration: Calibration, prepared: Prepared | None = None) -> None:
        self._matcher, self._calibration, self._prepared = matcher, calibration, prepared
        self._assess = lru_cache(maxsize=MOST_KEPT)(self._from_query)

    def __call__(self, query: Query, declared: Sequence[Declared] = ()) -> Verdict:
        """Return the answer for one item."""
        verdict, ranking = self._assess(self._matcher.canonical(query))
        if not declared:
            return verdict
        found: Answer = (verdict.status, verdict.goal, verdict.reasons, False)
        answer = _against_declared(found, ranking, self._matcher, declared)
        if answer == found:
            return verdict
        status, goal, reasons, confirmed = answer
        further = tuple(kode for kode in verdict.further if kode != goal)
        return replace(verdict, status=status, goal=goal, reasons=reasons, confirmed=confirmed, further=further)

    def _from_query(self, query: Query) -> tuple[Verdict, Ranking]:
        """Return the answer by evidence alone."""
        ranking = self._matcher.rank(query)
        if self._prepared is not None:
            known = self._prepared.get(query, ranking)
            if known is not None:
                return known, ranking
        top = best(ranking.share)
        confidence = self._calibration.confidence(ranking.basis, ranking)
        matches = self._matcher.matches(ranking, confidence)
        status, goal, reasons, _ = self._answer(query, ranking, matches, confidence)
        verdict = Verdict(
            status=status,
            goal=goal,
            matches=matches,
            reasons=reasons,
            basis=ranking.basis,
            support=confidence if top == PENUNJANG else (1 - confidence) * ranking.share[PENUNJANG],
            themes=tuple(_themes(self._matcher, query)),
            national=self._matcher.national(query),
            further=tuple(sorted({s.goal for s in ranking.official if s.layer != "tabel"} - {top, PENUNJANG})),
        )
        return verdict, ranking

    def _answer(self, query: Query, ranking: Ranking, matches: tuple[Match, ...], confidence: float) -> Answer:
        calibration, top = self._calibration, best(ranking.share)
        if top not in ranking.speaking:
            return (Status.TEKS_KURANG if self._too_short(query) else Status.TANPA_BUKTI), None, (), False
        if top == PENUNJANG and confidence >= calibration.bukti:
            return Status.PENUNJANG, None, (), False
        if ranking.basis == "teks" and self._too_short(query):
            return Status.TEKS_KURANG, None, (), False
        # Strong evidence for two goals leaves both below the threshold: a choice to make, not a lack of evidence.
        if (confidence < calibration.bukti and not _settling(ranking, top)) or top == PENUNJANG:
            return Status.TANPA_BUKTI, None, (), False
        reasons = _doubts(self._matcher, query, ranking, top)
        if confidence < calibration.selaras or not _enough(ranking, top, confidence):
            reasons.append(Reason.RENDAH)
        if len(matches) > 1 and confidence - matches[1].confidence < NEAR:
            reasons.append(Reason.BERDEKATAN)
        if conflict(ranking.official):
            reasons.append(Reason.OTORITAS)
        return (Status.PERLU_TINJAU if reasons else Status.SELARAS), top, tuple(reasons), False

    def _too_short(self, query: Query) -> bool:
        return self._matcher.telling(query) < MIN_TELLING


def _doubts(matcher: Matcher, query: Query, ranking: Ranking, top: str) -> list[Reason]:
    """Return what makes an item doubtful besides its confidence: a name that contradicts its code, piled keywords."""
    doubts = []
    if ranking.basis == "kode" and query.kode:
        entry = matcher.nomenclature.get(query.kode)
        other = best(ranking.heard)
        by_code = {signal.goal for signal in ranking.official if signal.layer == "kode"}
        contradicts = other not in by_code and other != top and ranking.text[other] >= CONTRADICTS
        if contradicts and entry is not None and not same_name(query.nama, entry):
            doubts.append(Reason.KODE_NAMA)
    if ranking.basis == "teks" and matcher.words.is_piled(query.nama):
        doubts.append(Reason.TUMPUK)
    return doubts


def _settling(ranking: Ranking, goal: str) -> list[Signal]:
    """Return the signals that may carry a goal alone."""
    return [signal for signal in ranking.plain_of(goal) if signal.strength >= SETTLING]


def _enough(ranking: Ranking, top: str, confidence: float) -> bool:
    """Tell whether more than one shared word carries the goal. A phrase is more than a word; a single word that settles
    the goal by itself is enough only where nothing else in the text pulls elsewhere, which shows in the confidence.
    """
    if ranking.basis != "teks":
        return True
    settling = _settling(ranking, top)
    if any(" " in s.words.strip() for s in settling):
        return True
    for_top = [signal for signal in ranking.signals_of(top) if signal.strength > 0]
    places = {(s.start, s.end, s.words.casefold()) for s in for_top if " " not in s.words or s.layer == "istilah"}
    return len(places) > 1 or (bool(settling) and confidence >= SINGLE)


def _against_declared(found: Answer, ranking: Ranking, matcher: Matcher, declared: Sequence[Declared]) -> Answer:
    status, goal, _, _ = found
    links = [(matcher.priorities.goal_code(link.tujuan), link) for link in declared]
    rejected = {kode for kode, link in links if kode and link.status == "ditolak"}
    approved = [kode for kode, link in links if kode and link.status == "disetujui" and link.peran == "utama"]
    approved += [kode for kode, link in links if kode and link.status == "disetujui" and kode not in approved]
    claimed = [kode for kode, link in links if kode and link.status == "dinyatakan"]
    if approved:
        # A person decided with the evidence at hand: that settles low confidence and disagreeing authorities.
        return Status.SELARAS, approved[0], (), True
    if claimed and status is not Status.PENUNJANG:
        return _claim(found, ranking, claimed)
    if goal in rejected:
        rest = [
            kode for kode in ranking.share if kode not in (goal, PENUNJANG, *rejected) and _supported(ranking, kode)
        ]
        if not rest:
            return Status.TANPA_BUKTI, None, (Reason.DITOLAK,), False
        return Status.PERLU_TINJAU, max(rest, key=lambda kode: (ranking.share[kode], kode)), (Reason.DITOLAK,), False
    if claimed:
        return Status.TIDAK_DIDUKUNG, claimed[0], (), False
    return found


def _claim(found: Answer, ranking: Ranking, claimed: list[str]) -> Answer:
    """Hold a claim against the evidence. The claim itself adds nothing to the confidence."""
    status, goal, reasons, _ = found
    if goal in claimed:
        return found if goal == claimed[0] else (Status.PERLU_TINJAU, goal, (*reasons, Reason.PERAN), False)
    best = next((kode for kode in claimed if _supported(ranking, kode)), None)
    if best is not None:
        return Status.PERLU_TINJAU, best, (*reasons, Reason.PERAN), False
    if status is Status.TEKS_KURANG:
        return Status.TEKS_KURANG, None, (), False
    return Status.TIDAK_DIDUKUNG, claimed[0], (), False


def _supported(ranking: Ranking, goal: str) -> bool:
    """Tell whether code, table or text support a goal at all, if not best."""
    return any(signal.goal == goal for signal in ranking.official) or ranking.scores[goal] >= SUPPORTS


def _themes(matcher: Matcher, query: Query) -> list[str]:
    """Return official tags and C-2/C-3 labels of the item's code. They name a theme, never a goal: in C-2 the same
    project stands under several goals.
    """
    if not query.kode:
        return []
    entry = matcher.nomenclature.get(query.kode)
    themes = list(entry.tag) if entry else []
    for row in matcher.nomenclature.tables(query.kode):
        if not row.labels[0].startswith("AC"):
            themes += row.labels
    return list(dict.fromkeys(themes))
