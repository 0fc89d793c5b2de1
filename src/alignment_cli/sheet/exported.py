"""Sheets that `align export` wrote: they are read back without recognising anything, and nothing is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from alignment_cli.export.cells import YES, bare, lines, nested, scalars, text
from alignment_cli.export.columns import EMPTY, LINK, PART, PLAN, PROGRAM, SIDES, TOTAL
from alignment_cli.finding import Text
from alignment_cli.sheet import report as events
from alignment_cli.sheet.exported_yaml import document
from alignment_cli.sheet.grid import SheetError, clean, letters
from alignment_cli.sheet.importer import Outcome
from alignment_cli.sheet.report import Report

if TYPE_CHECKING:
    from alignment_cli.sheet.grid import Book, Grid
    from alignment_cli.sheet.region import Wish

HEADER = tuple(column.name for column in PLAN)
SIGNATURE = frozenset({"jenjang", "nama", "perangkat_daerah", "pagu", "daerah", "tingkat", "dokumen", "tahun"})
"""Columns by which an exported sheet is known; without the others, what they would tell is taken for empty."""
HEAD = ("daerah_kode", "daerah", "tingkat", "dokumen", "tahun")
"""Columns that tell whose plan a row belongs to."""
SHORT = [[str(number)] for number in range(1, 9)]
"""Goals that are written as a single number."""
Row = dict[str, str]


class Exported(NamedTuple):
    """A sheet with the header of an export: its columns (0-based) by name."""

    grid: Grid
    columns: dict[str, int]
    shielded: bool


def find(book: Book, names: list[str]) -> Exported | None:
    """Return the sheet whose first row has the columns of an export, in whatever order, None where there is none."""
    for grid in book.grids:
        if grid.rows and (grid.name in names if names else True):
            columns = {clean(title): number for number, title in enumerate(grid.rows[0])}
            if columns.keys() >= SIGNATURE:
                return Exported(grid, columns, book.kind == "csv")
    return None


def read(exported: Exported, wish: Wish) -> Outcome:
    """Return the programme file that a sheet holds; of several, the one that was wished for.

    Raises `SheetError` where that is not clear.
    """
    reader = _Reader(exported)
    head = _chosen(reader.heads(), wish)
    data = reader.data(head)
    written = document(data)
    _verify(written, reader)
    programmes = data["program"]
    parts = sum(len(program.get("sub_kegiatan", ())) for program in programmes)
    reader.report.facts.append(Text(
        f"lembar {exported.grid.name}: hasil align export, dibaca kembali utuh; {len(programmes)} program, "
        f"{parts} sub kegiatan",
        f"sheet {exported.grid.name}: written by align export, read back whole; {len(programmes)} programmes, "
        f"{parts} sub-activities"))  # fmt: skip
    missing = [name for name in HEADER if name not in exported.columns]
    if missing:
        reader.report.facts.append(Text(f"kolom yang tidak ada dianggap kosong: {', '.join(missing)}",
                                        f"columns that are missing count as empty: {', '.join(missing)}"))  # fmt: skip
    return Outcome(written, [], reader.report)


def _chosen(heads: list[tuple[str, ...]], wish: Wish) -> tuple[str, ...]:
    """Return the only plan that fits the wish."""
    wanted = (wish.kode_daerah, wish.daerah, wish.tingkat, wish.dokumen, str(wish.tahun or ""))
    fit = [head for head in heads if all(want in ("", has) for want, has in zip(wanted, head, strict=True))]
    if len(fit) == 1:
        return fit[0]
    listed = "; ".join(" ".join(head[1:2] + head[3:]) for head in heads)
    if not fit:
        raise SheetError(Text(f"tidak ada rencana yang cocok dengan pilihan Anda. Isi lembar: {listed or '-'}.",
                              f"no plan fits your options. The sheet holds: {listed or '-'}."))  # fmt: skip
    raise SheetError(Text(
        f"lembar memuat {len(fit)} rencana, sedangkan satu berkas memuat satu. Pilih dengan --daerah, --dokumen atau "
        f"--tahun: {listed}.",
        f"the sheet holds {len(fit)} plans, a file holds one. Choose with --daerah, --dokumen or --tahun: {listed}.",
    ))  # fmt: skip


class _Reader:
    """Reads the rows of one sheet. `places` are (row, item) in the order of the file."""

    def __init__(self, exported: Exported) -> None:
        self._exported = exported
        self.report = Report()
        self.places: dict[tuple[int, int | None], int] = {}
        self._rows = list(self._read())

    def _read(self) -> list[tuple[int, Row]]:
        """Return the rows that hold an item or a plan, with the plan of the row above where they name none."""
        found: list[tuple[int, Row]] = []
        for number in range(1, len(self._exported.grid.rows)):
            row = dict.fromkeys(HEADER, "")
            row |= {name: self._text(number, column) for name, column in self._exported.columns.items()}
            if not any(row[name] for name in HEADER) or row["jenjang"].startswith(TOTAL):
                continue
            if not any(row[name] for name in HEAD) and found:
                row |= {name: found[-1][1][name] for name in HEAD}
            found.append((number, row))
        return found

    def _text(self, row: int, column: int) -> str:
        value = self._exported.grid.cell(row, column)
        if not isinstance(value, str):
            return YES if value is True else "" if value is False else clean_number(value)
        value = value.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")
        return bare(value) if self._exported.shielded else value

    def heads(self) -> list[tuple[str, ...]]:
        """Return the plans of the sheet, in order of appearance."""
        return list(dict.fromkeys(_head(row) for _, row in self._rows))

    def cell(self, row: int, name: str) -> str:
        """Return where a cell stands."""
        return self._exported.grid.address(row, self._exported.columns[name])

    def data(self, head: tuple[str, ...]) -> dict[str, Any]:
        """Return a plan as plain data, as the programme file holds it."""
        rows = [(number, row) for number, row in self._rows if _head(row) == head]
        cells = dict.fromkeys(row["sumber_berkas"] for _, row in rows)
        sources = [source for cell in cells for source in _texts(cell)]
        programmes: list[dict[str, Any]] = []
        for number, row in rows:
            level = row["jenjang"].strip()
            if level == PROGRAM:
                self.places[len(programmes), None] = number
                programmes.append(self._item(number, row))
            elif level == PART and programmes:
                parts = programmes[-1].setdefault("sub_kegiatan", [])
                self.places[len(programmes) - 1, len(parts)] = number
                parts.append(self._item(number, row))
            elif level != EMPTY:
                self.report.add(
                    events.INVALID, self.cell(number, "jenjang"), row["jenjang"],
                    f'tulis "{PROGRAM}", atau "{PART}" di bawah programnya',
                    f'write "{PROGRAM}", or "{PART}" below its programme',
                )  # fmt: skip
        kode, nama, tingkat, dokumen, tahun = head
        region = _filled({"kode": text(kode), "nama": text(nama), "tingkat": text(tingkat)})
        top = _filled({"dokumen": text(dokumen), "tahun": _whole(tahun), "sumber": sources} | self._missions(rows))
        return {"versi": 1, "daerah": region, **top, "program": programmes}

    def _missions(self, rows: list[tuple[int, Row]]) -> dict[str, Any]:
        """Return the missions, of the first row that names them."""
        number, own = next(((number, row) for number, row in rows if row["misi"]), (0, None))
        above, theirs = next(((number, row) for number, row in rows if row["misi_provinsi"]), (0, None))
        found = {}
        if own:
            found["misi"] = self._group(number, own, {
                "nomor": lines(own["misi_nomor"]), "teks": lines(own["misi"]),
                "asta_cita": nested(own["misi_asta_cita"]), "misi_provinsi": nested(own["misi_untuk_provinsi"]),
            })  # fmt: skip
        if theirs:
            found["misi_provinsi"] = self._group(above, theirs, {
                "nomor": lines(theirs["misi_provinsi_nomor"]), "teks": lines(theirs["misi_provinsi"]),
            })  # fmt: skip
        return found

    def _item(self, number: int, row: Row) -> dict[str, Any]:
        """Return an item of a row, its keys in the order in which `write_yaml` has them."""
        links = {key: (scalars if key == "porsi" else lines)(row[f"keselarasan_{key}"]) for key in LINK}
        supports = {"kode": lines(row["program_nasional"]), "peran": nested(row["program_nasional_peran"])}
        goals = _texts(row["asta_cita"])
        part = row["jenjang"].strip() == PART
        return _filled({
            **{name: text(row[name]) for name in ("kode", "nama", "perangkat_daerah")},
            "pagu": _whole(row["pagu"]),
            "kegiatan": text(row["kegiatan"]) if part else None,
            "uraian": text(row["uraian"]),
            "indikator": self._group(number, row, {
                "nama": lines(row["indikator"]), "satuan": lines(row["satuan"]), "target": scalars(row["target"]),
            }),
            "asta_cita": int(goals[0]) if goals in SHORT else goals,
            "keselarasan": self._group(number, row, links),
            "lokasi": text(row["lokasi"]),
            "sumber_dana": text(row["sumber_dana"]),
            **({} if part else self._of_programme(row)),
            "program_nasional": self._group(number, row, supports),
            "sumber": _texts(row["sumber"]),
        })  # fmt: skip

    @staticmethod
    def _of_programme(row: Row) -> dict[str, Any]:
        partners = _filled({side: _texts(row[f"kolaborasi_{side}"]) for side in SIDES})
        chosen = row["unggulan"].strip()
        return {"unggulan": chosen.casefold() == YES or chosen or None, "kolaborasi": partners}

    def _group(self, number: int, row: Row, columns: dict[str, Any]) -> list[dict[str, Any]]:
        """Return one entry for each line of cells that belong together; the first column tells how many there are."""
        (first, leading), *others = columns.items()
        for key, values in others:
            if len(values) > len(leading):
                self.report.add(
                    events.INVALID, self._exported.grid.address(number, 0), row["nama"],
                    f'{len(values)} baris "{key}" untuk {len(leading)} baris "{first}" dalam selnya; samakan',
                    f'{len(values)} lines of "{key}" for {len(leading)} lines of "{first}" in their cells; make equal',
                )  # fmt: skip
        return [
            {first: value, **_filled({key: values[n] for key, values in others if n < len(values)})}
            for n, value in enumerate(leading)
        ]


def clean_number(value: object) -> str:
    """Return a number or date of a spreadsheet as text, with all digits that it has."""
    return repr(value) if isinstance(value, float) and not value.is_integer() else clean(value)


def _head(row: Row) -> tuple[str, ...]:
    return tuple(row[name] for name in HEAD)


def _texts(written: str) -> list[str]:
    """Return the entries of a list of texts; blank lines are none."""
    return [entry for entry in lines(written) if entry is not None]


def _filled(data: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is empty: the file does not say it either."""
    return {key: value for key, value in data.items() if value not in (None, [], {})}


def _whole(written: str) -> int | str | None:
    """Return a whole number; anything else as it stands, to be refused with its place."""
    stripped = written.strip()
    if stripped.isascii() and stripped.removeprefix("-").isdigit():
        return int(stripped)
    return text(written)


def _verify(written: str, reader: _Reader) -> None:
    """Report what the programme file would not take, with the cell's row."""
    from alignment_cli import load, source

    for finding in load.parse(source.Document("", written)).findings:
        steps = [step for step in finding.place.route if isinstance(step, int)]
        part = steps[1] if len(steps) > 1 and "sub_kegiatan" in finding.place.route else None
        row = reader.places.get((steps[0], part)) if steps else None
        place = f"{letters(0)}{row + 1}" if row is not None else ""
        reader.report.add(
            events.INVALID, place, finding.place.excerpt.strip(), finding.message("id"), finding.message("en")
        )
