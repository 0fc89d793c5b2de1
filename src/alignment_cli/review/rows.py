"""The rows of a filled-in sheet: what each one decides, or why it cannot be taken, cell by cell."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from alignment_cli.finding import Text
from alignment_cli.review.columns import (
    ACCEPT,
    CHOOSE,
    COLUMNS,
    DECISIONS,
    FILLED,
    REJECT,
    SHOWN,
    SKIP,
    Ticket,
    cell_digest,
    unpack,
)
from alignment_cli.sheet.grid import clean

if TYPE_CHECKING:
    from alignment_cli.priorities import Prioritas
    from alignment_cli.sheet.grid import Grid

YEARS = (2000, 2100)
"""Years that a decision can be of."""


class Problem(NamedTuple):
    """Something to tell about a cell. `lost` tells that it could not be applied."""

    where: str
    why: Text
    lost: bool = True


class Row(NamedTuple):
    """A row with a decision. `goal` is what is decided on, `accept` whether it is accepted; what was left empty is an
    empty text. `where` is the cell of the decision.
    """

    where: str
    ticket: Ticket
    goal: str
    accept: bool
    alasan: str
    oleh: str
    tanggal: str
    bukti: str


@dataclass
class Sheet:
    """What a workbook says: rows with decisions, problems, and numbers of rows that were skipped or left empty."""

    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    skipped: int = 0
    empty: int = 0


@dataclass
class Reader:
    """Reads the rows of a grid whose columns are known."""

    grid: Grid
    columns: dict[str, int]
    goals: Prioritas
    formulas: set[tuple[int, int]]
    sheet: Sheet = field(default_factory=Sheet)

    def columns_missing(self, top: int) -> None:
        """Report columns that are not there."""
        for column in COLUMNS:
            if column.key not in self.columns:
                why = Text(f'kolom "{column.title.id}" tidak ada; kembalikan kolom itu.',
                           f'the column "{column.title.en}" is missing; put it back.')  # fmt: skip
                self.sheet.problems.append(Problem(self.grid.address(top, 0), why, lost=column.open))

    def row(self, line: int) -> None:
        """Read a row: take its decision, or report why there is none."""
        if not any(self.grid.texts[line]):
            return
        filled = {key: self._raw(line, key) for key in FILLED if self._raw(line, key) not in ("", None)}
        filled |= {key: "" for key in FILLED if self._at(line, key) in self.formulas | self.grid.faulty.keys()}
        ticket = unpack(str(self._raw(line, "identitas")))
        if ticket is None:
            self._say(line, "identitas", Text(
                "identitas baris ini tidak ada atau berubah; keputusan di baris ini tidak ditulis. Isi keputusannya di "
                "lembar yang baru diekspor.",
                "the identity of this row is missing or was changed; the decision of this row is not written. Enter it "
                "in a newly exported sheet."))  # fmt: skip
            return
        before = len(self.sheet.problems)
        self._protected(line, ticket)
        decision = self._decision(line, filled)
        if len(self.sheet.problems) == before:
            if decision is None:
                self.sheet.empty += 1
            elif decision is SKIP:
                self.sheet.skipped += 1
            else:
                self._take(line, ticket, decision)

    def _protected(self, line: int, ticket: Ticket) -> None:
        """Report cells that were changed though they are only to be read."""
        for key in SHOWN:
            if key in self.columns and cell_digest(self._raw(line, key)) != ticket.sel.get(key):
                self._say(line, key, Text(
                    "sel terlindung ini berubah, sehingga baris ini tidak ditulis. Kembalikan, atau ekspor lagi.",
                    "this protected cell was changed, so this row is not written. Restore it, or export again.",
                ))  # fmt: skip

    def _decision(self, line: int, filled: dict[str, Any]) -> Text | None:
        """Return the decision of a row, None where there is none; reports one that is not known."""
        for key, value in filled.items():
            at = self._at(line, key)
            if at in self.formulas or at in self.grid.faulty:
                self._say(line, key, Text("sel ini memuat rumus; ketik isinya sendiri.",
                                          "this cell holds a formula; type its value."))  # fmt: skip
            elif key != "tanggal" and not isinstance(value, str):
                self._say(line, key, Text(f"{clean(value)}: di sini diharapkan teks.",
                                          f"{clean(value)}: a text is expected here."))  # fmt: skip
        written = " ".join(str(filled.get("keputusan", "")).casefold().split())
        if written:
            known = next((word for word in DECISIONS if written in (word.id, word.en)), None)
            if known is None and isinstance(filled["keputusan"], str):
                listed = (", ".join(word.id for word in DECISIONS), ", ".join(word.en for word in DECISIONS))
                self._say(
                    line,
                    "keputusan",
                    Text(
                        f'keputusan "{written}" tidak dikenal. Pilihan: {listed[0]}.',
                        f'the decision "{written}" is not known. Choices: {listed[1]}.',
                    ),
                )
            return known
        for key in ("tujuan", "alasan"):
            if key in filled:
                self._say(line, key, Text("diisi, tetapi Keputusan kosong; pilih keputusannya.",
                                          "filled in, but Decision is empty; choose one."))  # fmt: skip
        return None

    def _take(self, line: int, ticket: Ticket, decision: Text) -> None:
        """Take the decision of a row, or report what it lacks."""
        before = len(self.sheet.problems)
        goal = self._goal(line, ticket, decision)
        alasan, oleh = self._text(line, "alasan"), self._text(line, "oleh")
        if decision is REJECT and not alasan:
            self._say(line, "alasan", Text("penolakan perlu alasan.", "a rejection needs a reason."))
        tanggal = self._date(line)
        if len(self.sheet.problems) == before:
            where = self.grid.address(*self._at(line, "keputusan"))
            bukti = self._text(line, "bukti") if goal == ticket.usulan else ""
            self.sheet.rows.append(Row(where, ticket, goal, decision is not REJECT, alasan, oleh, tanggal, bukti))

    def _goal(self, line: int, ticket: Ticket, decision: Text) -> str:
        """Return the goal that is decided on; reports one that is missing, not known, or contradicts the decision."""
        written = self._text(line, "tujuan")
        chosen = self.goals.goal_code(written) if written else ""
        if chosen is None:
            known = ", ".join(goal.kode for goal in self.goals.tujuan)
            self._say(line, "tujuan", Text(f'tujuan "{written}" tidak dikenal. Pilihan: {known}.',
                                           f'the goal "{written}" is not known. Choices: {known}.'))  # fmt: skip
            return ""
        if decision is CHOOSE:
            if not chosen:
                self._say(line, "tujuan", Text('"pilih lain" perlu Tujuan pilihan.',
                                               '"choose other" needs a Chosen goal.'))  # fmt: skip
            return chosen
        if not ticket.usulan:
            self._say(
                line,
                "keputusan",
                Text(
                    'tidak ada usulan di baris ini; pakai "pilih lain" atau kosongkan.',
                    'this row has no proposal; use "choose other" or leave it empty.',
                ),
            )
        elif chosen not in ("", ticket.usulan):
            word = ACCEPT if decision is ACCEPT else REJECT
            self._say(line, "tujuan", Text(
                f'"{word.id}" berlaku untuk usulan {ticket.usulan}, tetapi di sini tertulis {chosen}. Pakai "pilih '
                'lain", atau kosongkan sel ini.',
                f'"{word.en}" is about the proposal {ticket.usulan}, but {chosen} is written here. Use "choose other", '
                "or leave this cell empty."))  # fmt: skip
        return ticket.usulan

    def _date(self, line: int) -> str:
        """Return the day of a decision (ISO), empty where none is given; reports what is none."""
        value = self._raw(line, "tanggal")
        day = _day(value)
        if day is None or (day and not YEARS[0] <= int(day[:4]) <= YEARS[1]):
            written = clean(value)
            self._say(line, "tanggal", Text(f'"{written}" bukan tanggal; tulis mis. 2026-11-24.',
                                            f'"{written}" is no date; write e.g. 2026-11-24.'))  # fmt: skip
            return ""
        return day

    def _at(self, line: int, key: str) -> tuple[int, int]:
        return line, self.columns.get(key, -1)

    def _raw(self, line: int, key: str) -> Any:
        column = self.columns.get(key)
        value = "" if column is None else self.grid.cell(line, column)
        return value.strip() if isinstance(value, str) else value

    def _text(self, line: int, key: str) -> str:
        return clean(self._raw(line, key))

    def _say(self, line: int, key: str, why: Text) -> None:
        self.sheet.problems.append(Problem(self.grid.address(line, max(0, self.columns.get(key, 0))), why))


def _day(value: Any) -> str | None:
    """Return a date cell as ISO, "" for an empty one, None for what is no date. Day, month and year in that order are
    read as Indonesians write them.
    """
    if isinstance(value, dt.date):
        return value.isoformat()[:10]
    if not isinstance(value, str):
        return "" if value is None else None
    local = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", value)
    written = f"{local[3]}-{local[2]:0>2}-{local[1]:0>2}" if local else value
    try:
        return dt.date.fromisoformat(written).isoformat() if written else ""
    except ValueError:
        return None
