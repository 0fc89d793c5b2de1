"""The dialogue: one group of items after the other, and what a person says about each."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from alignment_cli.finding import Text
from alignment_cli.label.decide import APPROVED, REJECTED, Decision
from alignment_cli.label.show import claim_left, goal_name, shown
from alignment_cli.match.verdict import Status
from alignment_cli.priorities import goal_hash

if TYPE_CHECKING:
    from collections.abc import Callable

    from alignment_cli.finding import Lang
    from alignment_cli.label.decide import Outcome
    from alignment_cli.label.queue import Entry
    from alignment_cli.priorities import Prioritas


class _Action(NamedTuple):
    """Something that a person can do: its letter, its word, and how the question names it."""

    name: str
    letter: Text
    word: Text
    label: Text
    about_goal: bool = False


ACTIONS = (
    _Action("accept", Text("t", "a"), Text("terima", "accept"), Text("[t]erima {}", "[a]ccept {}"), about_goal=True),
    _Action("choose", Text("p", "c"), Text("pilih", "choose"), Text("[p]ilih tujuan lain", "[c]hoose another goal")),
    _Action("reject", Text("o", "r"), Text("tolak", "reject"), Text("t[o]lak {}", "[r]eject {}"), about_goal=True),
    _Action("skip", Text("l", "s"), Text("lewati", "skip"), Text("[l]ewati", "[s]kip")),
    _Action("explain", Text("j", "e"), Text("jelaskan", "explain"), Text("[j]elaskan", "[e]xplain")),
    _Action("quit", Text("s", "q"), Text("selesai", "quit"), Text("[s]elesai", "[q]uit")),
)
"""What a person can do with an item."""
_YES = frozenset({"y", "ya", "yes"})
_NO = frozenset({"t", "tidak", "n", "no"})


class Person(NamedTuple):
    """Who decides, and on which day (ISO)."""

    oleh: str
    tanggal: str


@dataclass
class Tally:
    """Numbers of items, and how many groups were not reached."""

    accepted: int = 0
    rejected: int = 0
    skipped: int = 0
    refused: int = 0
    left: int = 0


@dataclass
class Dialogue:
    """Asks about groups of equal items. `read` returns a line that a person typed, or raises EOFError; `put` writes a
    decision for items at once and says what could not be written; `explain` returns the reasons in full, `main` the
    approved main goal besides one, `where` file and line.
    """

    goals: Prioritas
    lang: Lang
    person: Person
    read: Callable[[str], str]
    write: Callable[[str], None]
    put: Callable[[list[Entry], Decision], list[Text]]
    explain: Callable[[Entry], str]
    main: Callable[[Entry, str], str | None]
    where: Callable[[Entry], str]
    tally: Tally = field(default_factory=Tally)

    def run(self, groups: list[list[Entry]]) -> Tally:
        """Go through the groups until they are done, the person stops, or the input ends."""
        waiting = list(groups)
        total = len(waiting)
        self.tally.left = total
        try:
            for n, group in enumerate(waiting, 1):
                rest = group
                while rest:
                    self.write(shown(rest, (n, total), self.where(rest[0]), self.goals, self.lang))
                    done = self._one(rest)
                    if done is None:
                        return self.tally
                    rest = rest[done:]
                self.tally.left = total - n
        except EOFError:
            self.write("\n")
        return self.tally

    def _one(self, group: list[Entry]) -> int | None:
        """Ask about a group until something is decided. Return how many of its items are dealt with, None to stop."""
        entry = group[0]
        while True:
            action = self._action(entry)
            decision = None
            if action == "quit":
                return None
            if action == "skip":
                self.tally.skipped += len(group)
                return len(group)
            if action == "explain":
                self.write(f"\n{self.explain(entry)}\n")
            elif action == "accept" and entry.offered:
                decision = self._accepted(entry, entry.offered)
            elif action == "reject" and entry.offered:
                decision = self._rejected(entry.offered)
            elif action == "choose":
                decision = self._chosen(entry)
            if decision is not None:
                return self._apply(group, decision)

    def _action(self, entry: Entry) -> str:
        """Return what the person wants to do."""
        possible = [action for action in ACTIONS if entry.offered or not action.about_goal]
        question = ", ".join(action.label.in_(self.lang).format(entry.offered) for action in possible)
        known = {text.in_(self.lang): action.name for action in possible for text in (action.letter, action.word)}
        while True:
            answer = known.get(self.read(f"{question}: ").strip().casefold())
            if answer is not None:
                return answer
            letters = ", ".join(action.letter.in_(self.lang) for action in possible)
            self._say(Text(f"Ketik salah satu: {letters}.", f"Type one of: {letters}."))

    def _accepted(self, entry: Entry, goal: str) -> Decision:
        reason = entry.reason(goal, self.lang)
        supported = goal == entry.judged.verdict.goal and entry.judged.verdict.status is not Status.TIDAK_DIDUKUNG
        if not (reason and supported):
            asked = self.read(say("Alasan (boleh kosong): ", "Reason (may be empty): ", self.lang))
            reason = asked.strip() or reason
        other = self.main(entry, goal)
        main = False
        if other is not None:
            question = say(f"{other} sudah disetujui sebagai tujuan utama. Jadikan {goal} yang utama? [y/T] ",
                         f"{other} is the approved main goal. Make {goal} the main one? [y/N] ", self.lang)  # fmt: skip
            main = self.read(question).strip().casefold() in _YES
        return self._decision(goal, APPROVED, reason)._replace(main=main)

    def _rejected(self, goal: str) -> Decision | None:
        """Ask for the reason, without which nothing is rejected."""
        question = say(
            f"Mengapa {goal} ditolak? (kosong: batal) ", f"Why is {goal} rejected? (empty: do not) ", self.lang
        )
        reason = self.read(question).strip()
        return self._decision(goal, REJECTED, reason) if reason else None

    def _chosen(self, entry: Entry) -> Decision | None:
        """Ask for a goal from the list."""
        sure = {match.goal: match.confidence for match in entry.judged.verdict.matches}
        for goal in self.goals.tujuan:
            self.write(f"  {goal_name(goal.kode, self.goals, self.lang, sure.get(goal.kode))}\n")
        question = say(
            "Nomor atau kode tujuan (kosong: batal): ", "Number or code of the goal (empty: do not): ", self.lang
        )
        while answer := self.read(question).strip():
            goal_code = self.goals.goal_code(answer)
            if goal_code is not None:
                return self._accepted(entry, goal_code)
            self._say(Text(f'Tujuan "{answer}" tidak dikenal.', f'The goal "{answer}" is not known.'))
        return None

    def _decision(self, goal: str, status: Outcome, reason: str) -> Decision:
        return Decision(goal, status, reason, *self.person, goal_hash(self.goals, goal))

    def _apply(self, group: list[Entry], decision: Decision) -> int:
        """Write a decision for the first item of a group, or for all of it."""
        count = 1
        if len(group) > 1:
            question = say(f"Terapkan pada semua {len(group)} butir yang sama? [Y/t] ",
                         f"Apply to all {len(group)} identical items? [Y/n] ", self.lang)  # fmt: skip
            count = 1 if self.read(question).strip().casefold() in _NO else len(group)
        refused = self.put(group[:count], decision)
        done = count - len(refused)
        self.tally.refused += len(refused)
        if decision.status == APPROVED:
            self.tally.accepted += done
        else:
            self.tally.rejected += done
        for why in refused:
            self._say(why)
        if done and decision.status == REJECTED:
            for note in claim_left(group[:count], decision.tujuan, self.goals):
                self._say(note)
        return count

    def _say(self, text: Text) -> None:
        self.write(f"  {text.in_(self.lang)}\n")


def say(id_: str, en: str, lang: Lang) -> str:
    """Return the wording in `lang`."""
    return Text(id_, en).in_(lang)
