"""Writing what the rows of a review sheet decide into the programme files."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from alignment_cli import source
from alignment_cli.finding import Text
from alignment_cli.label.decide import APPROVED, REJECTED, Decision, Wanted, claimed, holds, main_of
from alignment_cli.label.identify import NOT_THERE, REDECIDED, Lost, identity, locate, mapping_at
from alignment_cli.label.plan import Plan, stamp
from alignment_cli.label.show import claim_stays
from alignment_cli.priorities import goal_hash
from alignment_cli.review.rows import Problem, Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alignment_cli.finding import Route
    from alignment_cli.label.ask import Person
    from alignment_cli.label.decide import Outcome
    from alignment_cli.priorities import Prioritas

NO_NAME = Text("tidak ada nama di kolom Oleh; isi, atau tambahkan --oleh NAMA.",
               "the column By has no name; fill it in, or add --oleh NAME.")  # fmt: skip
TWICE = Text("baris lain memutuskan butir yang sama dengan cara lain; sisakan satu.",
             "another row decides on the same item in another way; keep one.")  # fmt: skip
OTHER_GOALS = Text(
    "isi tujuan ini berubah sejak lembar diekspor; ekspor lagi dan tinjau ulang.",
    "the meaning of this goal has changed since the sheet was exported; export it again and review.",
)


@dataclass
class Applied:
    """What became of the rows: those written, those that said nothing new, and what there is to tell."""

    applied: list[Row] = field(default_factory=list)
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)


@dataclass
class Import:
    """Applies rows to the files that they name, as they are called in the folder of the run. `person` stands in where a
    row names nobody, or no day; with `dry` nothing is written.
    """

    goals: Prioritas
    person: Person
    dry: bool = False
    plans: dict[str, Plan] = field(default_factory=dict)
    before: dict[str, str] = field(default_factory=dict)
    done: Applied = field(default_factory=Applied)

    def run(self, rows: Sequence[Row]) -> Applied:
        """Apply all rows, file by file, each file written once."""
        by_file: dict[str, list[Row]] = defaultdict(list)
        for row in self._single(rows):
            by_file[row.ticket.berkas].append(row)
        for name, own in by_file.items():
            plan = self._open(name, own)
            if plan is not None:
                self._file(plan, own)
        return self.done

    def _single(self, rows: Sequence[Row]) -> list[Row]:
        """Leave out rows that repeat others, and report those that contradict others."""
        groups: dict[tuple[str, Route], list[Row]] = defaultdict(list)
        for row in rows:
            groups[row.ticket.berkas, row.ticket.rute].append(row)
        single = []
        for group in groups.values():
            if len({row[2:] for row in group}) > 1:
                self.done.problems += [Problem(row.where, TWICE) for row in group]
            else:
                self.done.unchanged += len(group) - 1
                single.append(group[0])
        return single

    def _open(self, name: str, rows: list[Row]) -> Plan | None:
        """Read a file; reports all rows where that fails."""
        try:
            plan = Plan.read(Path(name), name, dry=self.dry)
            plan.values  # noqa: B018 - raises where the values cannot be read
        except (OSError, ValueError) as error:  # ValueError: a name that no file can have
            cause = getattr(error, "strerror", None) or str(error)
            why = Text(
                f"{name} tidak dapat dibaca: {cause}. Jalankan dari folder tempat lembar ini diekspor.",
                f"{name} cannot be read: {cause}. Run this in the folder that the sheet was exported in.",
            )
        except source.SourceError:
            why = Text(f"{name} bukan YAML yang dapat dibaca; jalankan align check.",
                       f"{name} is no readable YAML; run align check.")  # fmt: skip
        else:
            self.plans[name], self.before[name] = plan, plan.document.text
            return plan
        self.done.problems += [Problem(row.where, why) for row in rows]
        return None

    def _file(self, plan: Plan, rows: list[Row]) -> None:
        values, same = plan.values, stamp(plan.raw)
        wanted: dict[str, tuple[Row, Wanted]] = {}
        for row in rows:
            ticket = row.ticket
            route = ticket.rute if ticket.sidik == same else locate(values, ticket.butir)
            item = None if isinstance(route, Lost) else mapping_at(values, route)
            if isinstance(route, Lost) or item is None:
                self._refuse(row, (route if isinstance(route, Lost) else NOT_THERE).why)
                continue
            decision = self._decision(row)
            if holds(item, decision, self.goals):
                self.done.unchanged += 1
            elif identity(values, route).links != ticket.butir.links:
                self._refuse(row, REDECIDED.why)
            elif ticket.tujuan.get(row.goal) != goal_hash(self.goals, row.goal):
                self._refuse(row, OTHER_GOALS)
            elif not (decision.oleh or self.person.oleh):
                self._refuse(row, NO_NAME, stop=False)
            else:
                wanted[row.where] = (row, Wanted(route, ticket.butir, self._full(decision, row), row.where))
        refused = {one.wanted.where: one.why for one in plan.put([one for _, one in wanted.values()], self.goals)}
        for where, (row, one) in wanted.items():
            if where in refused:
                self._refuse(row, refused[where])
            else:
                self.done.applied.append(row)
                self._notes(plan, row, mapping_at(values, one.route) or {}, one.route)

    def _decision(self, row: Row) -> Decision:
        """Return what a row says itself."""
        status: Outcome = APPROVED if row.accept else REJECTED
        return Decision(row.goal, status, row.alasan, row.oleh, row.tanggal, goal_hash(self.goals, row.goal))

    def _full(self, decision: Decision, row: Row) -> Decision:
        """Return a decision with what its row leaves out."""
        return decision._replace(
            alasan=decision.alasan or row.bukti.replace('"', ""),
            oleh=decision.oleh or self.person.oleh,
            tanggal=decision.tanggal or self.person.tanggal,
        )

    def _refuse(self, row: Row, why: Text, *, stop: bool = True) -> None:
        """Report a row that is not written; `stop` closes the sentence."""
        end = "; tidak ditulis.", "; not written."
        told = Text(why.id.rstrip(".") + end[0], why.en.rstrip(".") + end[1]) if stop else why
        self.done.problems.append(Problem(row.where, told))

    def _notes(self, plan: Plan, row: Row, item: dict[str, object], route: Route) -> None:
        """Tell what a person may not expect of a decision that was written."""
        at = f"{plan.document.path}:{plan.document.place((*route, 'asta_cita')).span.line}"
        other = main_of(item, self.goals, row.goal)
        if not row.accept and claimed(item, row.goal, self.goals):
            self.done.problems.append(Problem(row.where, claim_stays(at, row.goal), lost=False))
        if row.accept and other is not None:
            why = Text(
                f"{at}: {other} sudah tujuan utama yang disetujui; {row.goal} ditulis sebagai pendukung.",
                f"{at}: {other} is the approved main goal already; {row.goal} was written as supporting.",
            )
            self.done.problems.append(Problem(row.where, why, lost=False))
