"""Which items wait for a decision, the most doubtful money first."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from alignment_cli.match.verdict import CERTAINTY, Reason, Status
from alignment_cli.priorities import goal_hash
from alignment_cli.render.brief import brief
from alignment_cli.rules.decision import DECIDED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from alignment_cli.finding import Lang, Route
    from alignment_cli.match.evidence import Match
    from alignment_cli.priorities import Prioritas
    from alignment_cli.result import FileResult, Judged

DOUBTFUL = (Status.PERLU_TINJAU, Status.TIDAK_DIDUKUNG, Status.TANPA_BUKTI)
"""Answers that wait for a person."""
UNLABELLED = (*DOUBTFUL, Status.SELARAS, Status.TEKS_KURANG)
"""Answers that a person may still confirm; internal support has no goal to confirm."""

AGAIN = CERTAINTY[2][0]
"""Confidence (0-1) from which another goal is put forward for an item of which one was rejected: at least "medium"."""


class Entry(NamedTuple):
    """One item that waits. `offered` is the goal that is put forward, None where nothing points to one; `rival` the
    strongest goal besides; `weight` is doubt times money; `outdated` tells that the goal changed since it was decided.
    """

    file: FileResult
    judged: Judged
    offered: str | None
    match: Match | None
    rival: Match | None
    weight: float
    outdated: bool = False

    @property
    def confidence(self) -> float:
        """Confidence (0-1) in the goal that is put forward."""
        return self.match.confidence if self.match else 0.0

    @property
    def route(self) -> Route:
        """The route of the item in the document."""
        return self.file.loaded.original(self.judged.item.route)

    def evidence(self, goal: str, lang: Lang) -> str:
        """Say in a few words what speaks for a goal; empty where nothing does."""
        plain = replace(self.judged.verdict, goal=goal, reasons=(), confirmed=False, further=())
        return "" if plain.status is Status.PENUNJANG else brief(plain, lang)

    def reason(self, goal: str, lang: Lang) -> str:
        """Return the evidence for a goal as the reason of a decision, without quotation marks."""
        return self.evidence(goal, lang).replace('"', "")

    @property
    def sure(self) -> bool:
        """Tell whether the goal may be accepted without a person's eye: nothing but its confidence is in doubt."""
        verdict = self.judged.verdict
        alone = verdict.status is Status.PERLU_TINJAU and set(verdict.reasons) <= {Reason.RENDAH}
        return not self.outdated and self.match is not None and (verdict.status is Status.SELARAS or alone)


def queue(files: Iterable[FileResult], goals: Prioritas, *, all_: bool = False) -> list[list[Entry]]:
    """Return groups of items that are the same in code, name and offered goal, by doubt times money, the most first.
    `all_` adds items that are aligned without a decision, or have too little text.
    """
    groups: dict[tuple[str, str, str | None, bool], list[Entry]] = defaultdict(list)
    for file in files:
        usual = _usual(file)
        for judged in file.judged:
            entry = _entry(file, judged, usual, goals, all_=all_)
            if entry is not None:
                name = " ".join(judged.item.nama.casefold().split())
                groups[judged.item.kode or "", name, entry.offered, entry.outdated].append(entry)
    return sorted(groups.values(), key=lambda group: -sum(entry.weight for entry in group))


def _usual(file: FileResult) -> float:
    """Return the money that an item of unknown ceiling stands for: the median of the file's, 1 where it has none."""
    known = [judged.item.pagu for judged in file.judged if judged.item.pagu is not None]
    return float(median(known)) if known else 1.0


def _entry(file: FileResult, judged: Judged, usual: float, goals: Prioritas, *, all_: bool) -> Entry | None:
    """Return an item as it waits for a decision, None where it does not."""
    verdict, item = judged.verdict, judged.item
    current, outdated = _decisions(judged, goals)
    open_ = [match for match in verdict.matches if current.get(match.goal) != "ditolak"]
    offered = outdated or verdict.goal or (open_[0].goal if open_ else None)
    match = next((match for match in verdict.matches if match.goal == offered), None)
    sure = match.confidence if match else 0.0
    if outdated is None:
        settled = offered in current or "disetujui" in current.values() or (current and sure < AGAIN and not all_)
        if settled or verdict.status not in (UNLABELLED if all_ else DOUBTFUL):
            return None
    rival = next((match for match in open_ if match.goal != offered), None)
    money = usual if item.pagu is None else float(item.pagu)
    return Entry(file, judged, offered, match, rival, (1.0 - sure) * money, outdated is not None)


def _decisions(judged: Judged, goals: Prioritas) -> tuple[dict[str, str], str | None]:
    """Return the decisions on an item that hold, by goal, and the first goal whose meaning changed since."""
    current: dict[str, str] = {}
    outdated = []
    for link in judged.item.butir.keselarasan:
        goal = goals.goal_code(link.tujuan)
        if goal is None or link.status not in DECIDED:
            continue
        if link.goal_hash and link.goal_hash.strip().lower() != goal_hash(goals, goal):
            outdated.append(goal)
        else:
            current[goal] = link.status
    return current, next((goal for goal in outdated if goal not in current), None)
