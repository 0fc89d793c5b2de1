"""Where decisions are made: what is asked and said, and the files that they are written into."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import typer

from alignment_cli.finding import Text
from alignment_cli.label.ask import Dialogue, Person, Tally
from alignment_cli.label.decide import APPROVED, Decision, Refused, Wanted, main_of
from alignment_cli.label.identify import Identity, identity
from alignment_cli.label.show import closing
from alignment_cli.label.work import readable
from alignment_cli.numbers import percent
from alignment_cli.options import tell
from alignment_cli.priorities import goal_hash
from alignment_cli.render.concise import one_line

if TYPE_CHECKING:
    from alignment_cli.finding import Route
    from alignment_cli.label.plan import Plan
    from alignment_cli.label.queue import Entry
    from alignment_cli.priorities import Prioritas
    from alignment_cli.reference import Reference
    from alignment_cli.render import View


@dataclass
class Desk:
    """Files with their names, and what they were checked by. `err` keeps stdout free for the changes."""

    reference: Reference
    plans: dict[str, Plan]
    view: View
    err: bool = False
    identities: dict[tuple[str, Route], Identity] = field(default_factory=dict)
    """The items of the queue as they were checked."""

    @property
    def goals(self) -> Prioritas:
        """The goals that are decided on."""
        return self.reference.priorities

    def read(self, question: str) -> str:
        """Ask, and return the line that is answered. Raises EOFError."""
        self.write(question)
        return readable(input())

    def write(self, text: str) -> None:
        """Say something as part of the dialogue."""
        typer.echo(text, nl=False, err=self.err)

    def take(self, groups: list[list[Entry]]) -> None:
        """Note what the items are that decisions will be about."""
        values = {shown: plan.values for shown, plan in self.plans.items()}
        for entry in (entry for group in groups for entry in group):
            shown = entry.file.loaded.path
            self.identities[shown, entry.route] = identity(values[shown], entry.route)

    def ask(self, groups: list[list[Entry]], person: Person) -> Tally:
        """Ask about all groups. What was decided stays when the person breaks off."""
        dialogue = Dialogue(self.goals, self.view.lang, person, self.read, self.write, self.put, self._explain,
                            self._main, self._where)  # fmt: skip
        try:
            return dialogue.run(groups)
        except KeyboardInterrupt:
            self.write(f"\n{closing(dialogue.tally, self.view.lang)}\n")
            raise

    def accept(self, entries: list[Entry], person: Person) -> Tally:
        """Accept items without asking, each file written once, and list them."""
        tally = Tally()
        for plan in self.plans.values():
            own = [entry for entry in entries if entry.file.loaded.path == plan.document.path]
            wanted = [self._wanted(entry, self._certain(entry, person)) for entry in own]
            refused = plan.put(wanted, self.goals)
            for one in refused:
                tell(_about(plan, one), self.view)
            lost = {one.wanted.identity for one in refused}
            for entry, written in zip(own, wanted, strict=True):
                if written.identity not in lost:
                    line = plan.document.place(entry.route).span.line
                    sure = percent(entry.confidence, self.view.lang)
                    self.write(one_line(f"{plan.document.path}:{line}: {entry.offered} {sure} {written.where}") + "\n")
            tally.refused += len(refused)
            tally.accepted += len(wanted) - len(refused)
        return tally

    def put(self, entries: list[Entry], decision: Decision) -> list[Text]:
        """Write a decision into all files concerned; return what could not be written."""
        said = []
        for plan in self.plans.values():
            own = [entry for entry in entries if entry.file.loaded.path == plan.document.path]
            if own:
                refused = plan.put([self._wanted(entry, decision) for entry in own], self.goals)
                said += [_about(plan, one) for one in refused]
        return said

    def _wanted(self, entry: Entry, decision: Decision) -> Wanted:
        item = entry.judged.item
        name = f"{item.kode} {item.nama}" if item.kode else item.nama
        return Wanted(entry.route, self.identities[entry.file.loaded.path, entry.route], decision, name)

    def _certain(self, entry: Entry, person: Person) -> Decision:
        goal, lang = entry.offered or "", self.view.lang
        sure = Text("keyakinan", "confidence").in_(lang)
        reason = f"{entry.reason(goal, lang)} ({sure} {percent(entry.confidence, lang)})"
        return Decision(goal, APPROVED, reason, *person, goal_hash(self.goals, goal))

    def _main(self, entry: Entry, goal: str) -> str | None:
        links = [link.model_dump() for link in entry.judged.item.butir.keselarasan]
        return main_of({"keselarasan": links}, self.goals, goal)

    def _where(self, entry: Entry) -> str:
        """Return file and line of an item as the file stands; only the file where others changed it."""
        plan = self.plans[entry.file.loaded.path]
        line = "" if plan.moved else f":{plan.document.place(entry.route).span.line}"
        return one_line(f"{plan.document.path}{line}")

    def _explain(self, entry: Entry) -> str:
        from alignment_cli import explain
        from alignment_cli.render.explain import render

        near = explain.settling(entry.judged, self.reference)
        return render(entry.judged, None, near, self.goals, self.view)


def _about(plan: Plan, refused: Refused) -> Text:
    """Say which decision was not written, and why; nothing is lost without a word."""
    decision = refused.wanted.decision
    head = one_line(f"{plan.document.path}: {refused.wanted.where}: {decision.tujuan} {decision.status}")
    return Text(f"{head} tidak ditulis: {refused.why.id}", f"{head} was not written: {refused.why.en}")
