"""Whether a plan holds the codes that a form asks for. A join of codes; texts are not weighed."""

from __future__ import annotations

from collections import Counter, defaultdict
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from alignment_cli.finding import Text
from alignment_cli.nomenclature import ancestors, is_support, level_of
from alignment_cli.numbers import number
from alignment_cli.report.amounts import total
from alignment_cli.report.words import names

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from alignment_cli.forms.codes import Asked
    from alignment_cli.nomenclature import Nomenclature
    from alignment_cli.report.figures import Entry, Figures
    from alignment_cli.report.table import Cell


class State(Enum):
    """What a plan says of a code that is asked for."""

    HELD = Text("terakomodasi", "held")
    PROGRAMME = Text("terakomodasi pada program", "held at programme level")
    URUSAN = Text("terakomodasi pada bidang urusan", "held at bidang urusan level")
    UNDETAILED = Text("belum terinci", "not detailed")
    MISSING = Text("belum", "not yet")
    OUTSIDE = Text("di luar nomenklatur tingkat ini", "outside the nomenclature of this tier")
    UNANSWERED = Text("tidak terjawab", "not answered")


class Held(NamedTuple):
    """The answer for one code, and the items of the plan that it rests on."""

    state: State
    entries: tuple[Entry, ...] = ()


class Plan:
    """The codes of a plan. `exact` tells that codes are compared as they are; else, for the plan of a regency or city
    against the tables of the province tier, by programme and bidang urusan, the parts that both tiers share.
    """

    def __init__(self, figures: Figures, *, exact: bool) -> None:
        self.exact = exact
        self._nomenclature: Nomenclature = figures.reference.matcher.nomenclature
        parts = [entry for entry in figures.leaves if entry.item.parent is not None]
        self.without_code = sum(1 for entry in (*figures.programmes, *parts) if not entry.item.kode)
        self._own: dict[str, list[Entry]] = defaultdict(list)
        self._below: dict[str, list[Entry]] = defaultdict(list)
        for entry in (*figures.programmes, *parts):
            if level_of(entry.item.kode or ""):
                code, *above = ancestors(_padded(entry.item.kode or ""))
                self._own[code].append(entry)
                for one in above:
                    self._below[one].append(entry)

    def held(self, kode: str) -> Held:
        """Return what the plan says of a code; a plan without any code says nothing."""
        if not self._own:
            return Held(State.UNANSWERED)
        return self._exactly(_padded(kode)) if self.exact else self._nearly(kode)

    def _exactly(self, kode: str) -> Held:
        found = self._own.get(kode) or self._below.get(kode)
        if found:
            return Held(State.HELD, _tops(found))
        for above in ancestors(kode)[1:-1]:
            rough = tuple(entry for entry in self._own.get(above, ()) if not entry.item.parts)
            if rough:
                return Held(State.UNDETAILED, rough)
        return Held(State.MISSING)

    def _nearly(self, kode: str) -> Held:
        *_, programme, urusan = ancestors(kode)
        found = self._own.get(programme) or self._below.get(programme)
        if found:
            return Held(State.PROGRAMME, _tops(found))
        others = [entry for entry in self._below.get(urusan, ()) if not is_support(entry.item.kode or "")]
        if others:
            return Held(State.URUSAN, _tops(others))
        return Held(State.MISSING if self._is_of_tier(programme, urusan) else State.OUTSIDE)

    def _is_of_tier(self, *codes: str) -> bool:
        found = [self._nomenclature.get(code) for code in codes]
        return any(entry is not None and "kabupaten/kota" in entry.tingkat.split("|") for entry in found)


def _tops(entries: list[Entry]) -> tuple[Entry, ...]:
    """Return the entries without those whose programme is among them."""
    items = {id(entry.item) for entry in entries}
    return tuple(entry for entry in entries if id(entry.item.parent) not in items)


def _padded(kode: str) -> str:
    """Return a code with the four digits that the nomenclature gives a sub kegiatan."""
    parts = kode.split(".")
    if len(parts) == 6:  # noqa: PLR2004 - a sub kegiatan has six parts
        parts[5] = parts[5].zfill(4)
    return ".".join(parts)


def cells(held: Held) -> tuple[Cell, ...]:
    """Return status, items, offices and ceiling; the ceiling only where it is that of the code or its programme."""
    state, entries = held
    items = tuple(dict.fromkeys(f"{entry.item.kode} {entry.item.nama}" for entry in entries))
    offices = tuple(dict.fromkeys(entry.item.perangkat_daerah for entry in entries if entry.item.perangkat_daerah))
    pagu = total(entry.item.pagu for entry in entries) if entries and state is not State.URUSAN else None
    return None if state is State.UNANSWERED else state.value, _shortened(items), _shortened(offices), pagu


def _shortened(texts: tuple[str, ...]) -> Cell:
    return (names(texts) if len(texts) > FEW else texts) or None


FEW = 4
"""Names that stand in lines of their own."""


def about(held: Held) -> Text | None:
    """Return what to know of the ceiling that stands beside a status."""
    if held.state in (State.PROGRAMME, State.UNDETAILED):
        return Text("pagu program", "ceiling of the programme")
    return None


def told(found: Iterable[Held], plan: Plan, asked: Sequence[Asked]) -> list[Text]:
    """Return the counts in sentences."""
    counts = Counter(held.state for held in found)
    whole = sum(counts.values())
    near = [State.PROGRAMME, State.URUSAN, State.MISSING, State.OUTSIDE]
    first, *others = [State.HELD, State.UNDETAILED, State.MISSING] if plan.exact else near
    if counts[State.UNANSWERED]:
        others = [State.UNANSWERED]
    rest = [Text(f"{number(counts[s])} {s.value.id}", f"{number(counts[s], 'en')} {s.value.en}") for s in others]
    said = [Text(
        f"{number(counts[first])} dari {number(whole)} kode {first.value.id}; {', '.join(text.id for text in rest)}.",
        f"{number(counts[first], 'en')} of {number(whole, 'en')} codes {first.value.en}; "
        f"{', '.join(text.en for text in rest)}.",
    )]  # fmt: skip
    distinct = len({one.kode for one in asked if one.kode})
    if distinct < whole:
        said.append(
            Text(
                f"Kode yang berbeda ada {number(distinct)}; kode dengan beberapa label dihitung pada tiap labelnya.",
                f"{number(distinct, 'en')} codes are different; one with several labels counts for each of them.",
            )
        )
    if plan.without_code:
        n = plan.without_code
        said.append(
            Text(
                f"{number(n)} program atau sub kegiatan dalam rencana tidak berkode, maka tidak ikut dibandingkan.",
                f"{number(n, 'en')} programmes or sub-activities of the plan have no code and were not compared.",
            )
        )
    return said


UNDETAILED_NOTE = Text(
    '"Belum terinci": rencana memuat programnya (atau kegiatannya) tanpa sub kegiatan, sehingga kode itu tidak dapat '
    "dijawab.",
    '"Not detailed": the plan has the programme (or kegiatan) without sub-activities, so the code cannot be answered.',
)


PART_NOTE = Text(
    'Berkas yang diperiksa tidak memuat seluruh rencana daerah; "belum" berarti belum ada dalam berkas itu.',
    'The files do not hold the whole plan of the region; "not yet" means not in these files.',
)


def notes(figures: Figures, *, exact: bool, tables: tuple[str, str]) -> list[Text]:
    """Return how to read the answers; `tables` are those of the province tier and those of regencies and cities."""
    said = [UNDETAILED_NOTE if exact else _tier_note(*tables)]
    return said if figures.region.whole else [*said, PART_NOTE]


def _tier_note(table: str, other: str) -> Text:
    return Text(
        f"Tabel {table} yang tersedia adalah jenjang provinsi; kode sub kegiatannya tidak berlaku bagi kabupaten/kota, "
        f"dan tabel jenjang kabupaten/kota ({other}) belum tersedia. Karena itu yang dibandingkan hanya program dan "
        "bidang urusan, yang kodenya sama pada kedua jenjang. Untuk pembandingan kode, berikan daftar hasil "
        "Rakortekbang dengan --daftar.",
        f"Table {table} at hand is that of the province tier; its sub-activity codes do not apply to regencies and "
        f"cities, and the table of their tier ({other}) is not at hand. So only programmes and bidang urusan are "
        "compared, whose codes both tiers share. To compare codes, give the list of the Rakortekbang with --daftar.",
    )
