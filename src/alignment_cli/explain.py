"""Finds the item that a user wants explained."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alignment_cli.discover import NothingToCheckError, find
from alignment_cli.finding import Text
from alignment_cli.index.store import data_dir
from alignment_cli.match.settle import examples
from alignment_cli.match.verdict import Status
from alignment_cli.nomenclature import level_of
from alignment_cli.run import judge_text, run

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from alignment_cli.match.settle import Example
    from alignment_cli.reference import Reference
    from alignment_cli.result import Judged

ALIKE = 88
"""Likeness (rapidfuzz token_sort_ratio, 0-100) from which a name in the files is the one asked for."""


class UnknownError(Exception):
    """What was asked for cannot be found; `text` says so in both languages."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def look_up(what: str, goal: str | None, paths: Sequence[Path], reference: Reference) -> tuple[Judged, str | None]:
    """Return the item that `what` names, judged, and the goal to limit to.

    Looked for in this order: an item of the files by code, by name; an official code; else the text itself.
    Raises `UnknownError` for an unknown goal or code or an empty text, and OSError.
    """
    if not what.strip():
        raise UnknownError(
            Text("teks kosong; tulis nama atau kode program.", "the text is empty; write a name or code.")
        )
    only = None if goal is None else reference.priorities.goal_code(goal)
    if goal is not None and only is None:
        known = ", ".join(part.kode for part in reference.priorities.tujuan)
        raise UnknownError(Text(f'tujuan "{goal}" tidak dikenal. Pilihan: {known}.',
                                f'the goal "{goal}" is not known. Choices: {known}.'))  # fmt: skip
    found = _in_files(what, paths, reference)
    if found is not None:
        return found, only
    if level_of(what):
        entry = reference.matcher.nomenclature.get(what)
        if entry is None:
            raise UnknownError(Text(f"kode {what} tidak ada dalam berkas maupun nomenklatur.",
                                    f"the code {what} is neither in the files nor in the nomenclature."))  # fmt: skip
        return judge_text(entry.nama, what, reference), only
    return judge_text(what, None, reference), only


def _in_files(what: str, paths: Sequence[Path], reference: Reference) -> Judged | None:
    from rapidfuzz import fuzz, utils

    try:
        files, _ = find(list(paths), data_dir() / "programs" / "solok_selatan.yaml")
    except NothingToCheckError as error:
        raise UnknownError(error.text) from None
    judged = [item for file in run(files, reference).files for item in file.judged]
    by_code = next((item for item in judged if item.item.kode == what.strip()), None)
    if by_code is not None:
        return by_code
    scored = [
        (fuzz.token_sort_ratio(what, item.item.nama, processor=utils.default_process), -i)
        for i, item in enumerate(judged)
    ]
    best = max(scored, default=(0.0, 0))
    return judged[-best[1]] if best[0] >= ALIKE else None


def settling(judged: Judged, reference: Reference) -> dict[str, list[Example]]:
    """Return official sub-activities that show what would settle a doubtful item, by goal; none when it is settled."""
    settled = judged.verdict.status in (Status.SELARAS, Status.PENUNJANG) or judged.verdict.basis == "kode"
    if settled or reference.own:
        return {}
    wanted = {}
    for match in judged.verdict.matches[:2]:
        words = [part.signal.words for part in match.evidence if part.signal.layer == "istilah" and part.share > 0]
        wanted[match.goal] = " ".join(words) or judged.item.nama
    return examples(wanted, reference.index, reference.matcher)
