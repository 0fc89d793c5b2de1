"""The data that the page's script reads: all items once, and the sets of items that figures stand for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from alignment_cli.nomenclature import PENUNJANG
from alignment_cli.render.brief import brief
from alignment_cli.render.concise import one_line
from alignment_cli.report.figures import WITHOUT
from alignment_cli.report.render.page.words import WORDS
from alignment_cli.report.words import goal_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from alignment_cli.finding import Lang
    from alignment_cli.report.figures import Entry, Figures
    from alignment_cli.report.render import Part
    from alignment_cli.report.table import Origin

_ESCAPED = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


class Pool:
    """Strings, items and sets of items, each told by its number. Items are numbered in the order of the plans."""

    def __init__(self, parts: list[Part], lang: Lang) -> None:
        self.lang: Lang = lang
        self.strings: dict[str, int] = {}
        self.sets: dict[str, tuple[str, int | str, str | None]] = {}
        self.tables: dict[str, Any] = {}
        self.entries: list[Entry] = []
        self.plan_of: list[int] = []
        self._numbers: dict[Origin, int] = {}
        self._by_item: dict[int, int] = {}
        for plan, part in enumerate(parts):
            for entry in _entries(part.figures):
                self._numbers[entry.origin] = len(self.entries)
                self._by_item[id(entry.item)] = len(self.entries)
                self.entries.append(entry)
                self.plan_of.append(plan)
        self.goals = [*parts[0].figures.goals, PENUNJANG, WITHOUT]
        self.goal_names = [goal_name(goal, parts[0].figures.priorities).in_(lang) for goal in self.goals]

    def string(self, text: str) -> int:
        """Return the number of a text."""
        return self.strings.setdefault(text, len(self.strings))

    def goal_text(self, goal: str) -> str:
        """Return a goal in few words: its code, or what stands in its place."""
        if goal == WITHOUT:
            return WORDS["no_goal"].in_(self.lang)
        return self.goal_names[self.goals.index(goal)] if goal == PENUNJANG else goal

    def numbers(self, origins: Iterable[Origin]) -> list[int]:
        """Return the numbers of items, in order, each once."""
        return sorted({self._numbers[origin] for origin in origins if origin in self._numbers})

    def of(self, entries: Iterable[Entry]) -> list[int]:
        """Return the numbers of entries, in order, each once."""
        return sorted({self._by_item[id(entry.item)] for entry in entries})

    def add(self, key: str, label: str, numbers: list[int], goal: str | None = None) -> str:
        """Keep a set of items under a key, with what it is called and the goal whose money it is about. Return the
        key.
        """
        self.sets[key] = (label, ranges(numbers), goal)
        return key

    def item(self, number: int) -> list[Any]:
        """Return an item as the script reads it."""
        entry = self.entries[number]
        item, verdict = entry.item, entry.verdict
        own = [self.goals.index(share.goal) * 2 + share.confirmed for share in entry.shares]
        shares: int | list[list[Any]] = (
            own[0]
            if len(own) == 1
            else [[code, round(share.part, 4), share.pagu] for code, share in zip(own, entry.shares, strict=True)]
        )
        place = entry.origin
        return [
            self.string(one_line(item.nama)),
            None if item.kode is None else self.string(one_line(item.kode)),
            None if item.parent is None else self._by_item[id(item.parent)],
            None if not item.perangkat_daerah else self.string(one_line(item.perangkat_daerah)),
            self.string(verdict.status.in_(self.lang)),
            shares,
            sorted(self.goals.index(goal) for goal in entry.claimed if goal in self.goals) or None,
            round(verdict.confidence, 3) or None,
            item.pagu,
            self.string(brief(verdict, self.lang)),
            self.string(one_line(place.path)),
            place.line,
            int(bool(item.parts)),
            self.plan_of[number],
        ]

    def payload(self, words: dict[str, str], plans: list[str]) -> str:
        """Return everything as JSON that is safe inside a script element."""
        data = {
            "lang": self.lang,
            "words": words,
            "plans": plans,
            "goals": [[None if goal in (PENUNJANG, WITHOUT) else goal, name, self.goal_text(goal)]
                      for goal, name in zip(self.goals, self.goal_names, strict=True)],
            "items": [self.item(number) for number in range(len(self.entries))],
            "tables": self.tables,
            "sets": self.sets,
            "strings": list(self.strings),
        }  # fmt: skip
        return json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPED)


def ranges(numbers: list[int]) -> int | str:
    """Write ascending numbers compactly: one as itself, more as steps from the last one, runs as ``step+further``."""
    if len(numbers) == 1:
        return numbers[0]
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    texts, last = [], 0
    for first, end in runs:
        texts.append(f"{first - last}+{end - first}" if end > first else f"{first - last}")
        last = end
    return ",".join(texts)


def _entries(figures: Figures) -> list[Entry]:
    by_item = {id(entry.item): entry for entry in (*figures.programmes, *figures.leaves)}
    return [by_item[id(judged.item)] for file in figures.files for judged in file.judged]
