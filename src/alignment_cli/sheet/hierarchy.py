"""Items below their programmes: by code, by order, by the columns of the levels above."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alignment_cli.sheet import report as events
from alignment_cli.sheet.codes import tidy
from alignment_cli.sheet.items import Item
from alignment_cli.sheet.money import ABOVE, DETAIL

if TYPE_CHECKING:
    from alignment_cli.sheet.codes import Codes
    from alignment_cli.sheet.items import Programmes
    from alignment_cli.sheet.lines import Line, Lines

PROGRAM_PARTS, KEGIATAN_PARTS = 3, 5
"""Parts of a code of a program, of a kegiatan."""


class Builder:
    """Puts the lines of one table together and adds its programmes to `programmes`, which several tables share.
    `office` is the one that the sheet's titles or the options name.
    """

    def __init__(self, lines: Lines, codes: Codes, programmes: Programmes, *, province: bool, office: str) -> None:
        self._lines, self._report, self._ledger = lines, lines.report, lines.ledger
        self._codes, self._programmes, self._province = codes, programmes, province
        self._office = office
        self._program: Item | None = None
        self._kegiatan: Item | None = None
        self._kegiatan_program: Item | None = None
        self._kegiatan_parts: list[Item] = []
        self._item: Item | None = None
        self._further: dict[int, int] = {}
        self._details: dict[tuple[str, str, int], Item] = {}
        self._adds = bool(lines.layout.all("rincian")) or lines.layout.one("sub_unit") is not None
        self.kegiatan: list[tuple[Item, list[Item]]] = []
        """Kegiatan that are no items of their own, with their parts."""

    def add(self, read: list[Line]) -> None:
        """Take over the lines of the table."""
        for line in read:
            if line.kind == "more":
                self._more(line)
                continue
            self._end_item()
            if line.kind == "item":
                self._take(line)
            elif line.kind != "total":
                self._end_kegiatan()
                if line.kind == "office":
                    self._office, self._program = line.name, None
        self._end_item()
        self._end_kegiatan()

    def _take(self, line: Line) -> None:
        self._check(line)
        if line.level == "program":
            self._end_kegiatan()
            self._begin_program(line)
        elif line.level == "kegiatan":
            self._end_kegiatan()
            self._begin_kegiatan(line)
        else:
            self._begin_part(line)

    def _check(self, line: Line) -> None:
        """Say what is odd about a line's code and name."""
        cell, code = self._lines.cells.code_cell(line.row), line.code
        if code.how == "rusak":
            self._report.add(events.LOST_CODE, cell, code.kode, "ubah selnya menjadi teks dan tulis kodenya",
                             "make the cell a text and write the code")  # fmt: skip
        elif code.how != "asli":
            kind = events.RESTORED if code.how == "dipulihkan" else events.TIDIED
            written = self._lines.cells.written_code(line.row)
            self._report.add(kind, cell, written, f"menjadi {code.kode}", f"became {code.kode}")
        elif code.kode and not code.level:
            self._report.add(events.ODD_CODE, cell, code.kode)
        if not line.name:
            official = self._codes.official(code.kode)
            line.name = official[0] if official else code.kode
            kind = events.OFFICIAL if official else events.NAMELESS
            self._report.add(kind, cell, code.kode, line.name, line.name)

    def _office_of(self, line: Line) -> str:
        return line.texts.get("perangkat_daerah", self._office)

    def _begin_program(self, line: Line) -> None:
        office = self._office_of(line)
        known = self._programmes.find(line.code.kode, line.name, office) if line.code.kode else None
        again = known is not None and not known.made and (line.pagu or known.nama.casefold() != line.name.casefold())
        if known is None or again:
            if again:
                self._report.add(events.AGAIN, self._lines.cells.code_cell(line.row), line.code.kode)
            known = Item(line.code.kode, line.name, office)
            self._programmes.add(known)
        elif known.made:
            known.nama, known.made = line.name, False
        self._program = known
        self._begin(known, line)

    def _program_of(self, line: Line) -> Item | None:
        """Return the programme that a line belongs below, made if need be; None where nothing tells of one."""
        kode, name = line.parts.get("program", ("", ""))
        own = tidy(line.code.kode).split(".")
        if not kode and line.code.level and len(own) > PROGRAM_PARTS:
            kode = ".".join(own[:PROGRAM_PARTS])
        if not kode and not name:
            return self._program
        office, current = self._office_of(line), self._program
        same = current is not None and (current.kode == kode if kode else current.nama == name)
        if current is not None and same and (not current.made or office == current.office):
            return current
        self._program = self._programmes.find(kode, name, office) or self._make(kode, name, office, line)
        return self._program

    def _make(self, kode: str, name: str, office: str, line: Line) -> Item:
        """Make a programme that the sheet has no row for, with the name in the line or the official one of its code."""
        if not name:
            official = self._codes.official(kode)
            choice = [text for text in official if ("PROVINSI" in text) == self._province] or list(official)
            kind = events.MADE if choice else events.UNNAMED
            name = choice[0] if choice else f"Program {kode}"
            self._report.add(kind, self._lines.cells.code_cell(line.row), kode, name, name)
        item = Item(kode, name, office, made=True)
        self._programmes.add(item)
        return item

    def _begin_kegiatan(self, line: Line) -> None:
        self._kegiatan_program = self._program_of(line)
        self._kegiatan, self._kegiatan_parts = Item(line.code.kode, line.name, self._office_of(line)), []
        self._begin(self._kegiatan, line)

    def _end_kegiatan(self) -> None:
        """Keep a kegiatan as an item where it has no parts, or alone carries the money; else only its name stays."""
        self._end_item()
        kegiatan, parts = self._kegiatan, self._kegiatan_parts
        self._kegiatan, self._kegiatan_parts = None, []
        if kegiatan is None:
            return
        if not parts or (kegiatan.money and not any(part.money for part in parts)):
            program = self._kegiatan_program
            holder = self._programmes.all if program is None else program.parts
            holder.insert(
                next((n for n, item in enumerate(holder) if item is parts[0]), len(holder)) if parts else len(holder),
                kegiatan,
            )
            return
        self.kegiatan.append((kegiatan, parts))
        cell = self._lines.cells.code_cell(kegiatan.row)
        self._report.add(events.KEGIATAN, cell, kegiatan.kode or kegiatan.nama)
        for _, row in kegiatan.money:
            self._ledger.move(row, ABOVE)
        for indicator in kegiatan.indicators:
            target = f"target {indicator.target} {indicator.satuan}".strip()
            self._report.add(events.DROPPED, cell, indicator.nama, f"indikator kegiatan, {target}",
                             f"indicator of a kegiatan, {target}")  # fmt: skip
        for name in ("uraian", "lokasi", "sumber_dana"):
            if name in kegiatan.texts:
                self._report.add(
                    events.DROPPED, cell, kegiatan.texts[name], f"{name} kegiatan", f"{name} of a kegiatan"
                )

    def _begin_part(self, line: Line) -> None:
        program, office = self._program_of(line), self._office_of(line)
        if self._kegiatan is not None and program is not self._kegiatan_program:
            self._end_kegiatan()
        key = (line.code.kode or line.name, office, id(program))
        known = self._details.get(key)
        if known is not None and self._adds:
            self._report.add(events.ADDED, self._lines.cells.code_cell(line.row), line.code.kode)
            self._begin(known, line)
            return
        if known is not None and line.code.kode:
            self._report.add(events.AGAIN, self._lines.cells.code_cell(line.row), line.code.kode)
        item = Item(line.code.kode, line.name, office, kegiatan=self._kegiatan_name(line))
        self._details[key] = item
        if self._kegiatan is not None:
            self._kegiatan_parts.append(item)
        if program is not None:
            program.parts.append(item)
        else:
            if item.kegiatan:
                self._report.add(events.DROPPED, self._lines.cells.code_cell(line.row), item.kegiatan)
            item.kegiatan = ""
            self._programmes.add(item)
        self._begin(item, line)

    def _kegiatan_name(self, line: Line) -> str:
        name = line.parts.get("kegiatan", ("", ""))[1]
        if name or self._kegiatan is None:
            return name
        own, above = ".".join(line.code.kode.split(".")[:KEGIATAN_PARTS]), self._kegiatan.kode
        return self._kegiatan.nama if not line.code.kode or not above or own == above else ""

    def _begin(self, item: Item, line: Line) -> None:
        self._item = item
        if item.row < 0:
            item.row, item.sheet = line.row, self._lines.grid.name
        self._merge(item, line)

    def _merge(self, item: Item, line: Line) -> None:
        """Take over what a row says of an item; texts that differ stand side by side."""
        if line.pagu is not None:
            item.money[self._lines.grid.name, line.row] = line.pagu
        item.indicators += [indicator for indicator in line.indicators if indicator not in item.indicators]
        for name, text in line.texts.items():
            known = item.texts.get(name)
            if not known:
                item.texts[name] = text
            elif text not in known.split("; "):
                item.texts[name] = f"{known}; {text}"

    def _more(self, line: Line) -> None:
        """Take over a row that goes on with the item above."""
        item = self._item
        if item is None:
            self._lines.leave_stray(line)
            return
        if line.pagu is not None:
            self._further[line.row] = line.pagu
            line.pagu = None
        if line.name and not line.indicators and not self._lines.cells.indicators.named:
            line.indicators = [self._lines.cells.as_indicator(line.name)]
        elif line.name:
            line.texts.setdefault("uraian", line.name)
        item.office = item.office or line.texts.get("perangkat_daerah", "")
        self._merge(item, line)

    def _end_item(self) -> None:
        """Settle the ceilings of rows that went on with an item: they are its ceiling, or details that add up to it."""
        item, further = self._item, self._further
        self._item, self._further = None, {}
        if item is None or not further:
            return
        if not item.money:
            item.money.update({(self._lines.grid.name, row): amount for row, amount in further.items()})
            return
        if sum(further.values()) == sum(item.money.values()):
            for row in further:
                self._ledger.move(row, DETAIL)
            return
        _, first = next(iter(item.money))
        own = self._lines.cells.ceilings.cell(first)
        for row, amount in further.items():
            self._report.add(events.SECOND, self._lines.cells.ceilings.cell(row), f"Rp {amount}",
                             f"pagu butirnya di {own}", f"its item's ceiling is in {own}")  # fmt: skip
