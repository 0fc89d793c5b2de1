"""The national priorities, or any other framework of goals in the same shape (`--priorities FILE`)."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from alignment_cli.shape import Shape

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST = 100
"""Characters of the longest way to name a goal by its number."""
Keyakinan = Literal["tinggi", "sedang", "rendah"]


def validate(data: Any) -> Prioritas:
    """Build the priorities from parsed YAML. Raises pydantic's ValidationError."""
    from pydantic import TypeAdapter

    return TypeAdapter(Prioritas).validate_python(data)


@dataclass(kw_only=True, eq=False, repr=False)
class Kerangka(Shape):
    """Name, legal basis and validity of the framework."""

    kode: str
    nama: str
    nama_en: str
    dasar: list[str] = field(default_factory=list)
    berlaku: str


@dataclass(kw_only=True, eq=False, repr=False)
class Rumusan(Shape):
    """One official or popular wording of a goal; all wordings name the same goal."""

    jenis: str
    teks: str
    sumber: str


@dataclass(kw_only=True, eq=False, repr=False)
class KegiatanPrioritas(Shape):
    """A priority activity (KP). `terbaca` is false where the source is illegible or mixed up."""

    kode: str
    nama: str
    keyakinan: Keyakinan = "sedang"
    terbaca: bool = True


@dataclass(kw_only=True, eq=False, repr=False)
class ProgramPrioritas(Shape):
    """A priority programme (PP). `resmi` is false where the title is only a working label."""

    kode: str
    nama: str
    resmi: bool
    sumber: str
    kegiatan_prioritas: list[KegiatanPrioritas] = field(default_factory=list)


@dataclass(kw_only=True, eq=False, repr=False)
class IndikatorMakro(Shape):
    """A macro indicator with its targets; numbers in Indonesian notation as in the source."""

    nama: str
    satuan: str
    kelompok: str
    awal: str | None = None
    target_2025: str | None = None
    target_2029: str | None = None
    sumber: str


@dataclass(kw_only=True, eq=False, repr=False)
class Kosakata(Shape):
    """A group of terms with the KP or source that justifies them. Weight 3 settles the goal, 2 is strong, 1 leans."""

    kp: str | None = None
    sumber: str | None = None
    istilah: dict[str, Annotated[int, Field(ge=1, le=3)]]


@dataclass(kw_only=True, eq=False, repr=False)
class Tujuan(Shape):
    """A goal: wordings, what stands beneath it, and the vocabulary that points to it."""

    kode: str
    nomor: int
    nama: str
    nama_en: str
    rumusan: list[Rumusan] = field(default_factory=list)
    tema: list[str] = field(default_factory=list)
    indikator: list[IndikatorMakro] = field(default_factory=list)
    nomenklatur: list[str] = field(default_factory=list)
    program_prioritas: list[ProgramPrioritas] = field(default_factory=list)
    kosakata: list[Kosakata] = field(default_factory=list)
    bukan: dict[str, Annotated[int, Field(ge=-3, le=-1)]] = field(default_factory=dict)


@dataclass(kw_only=True, eq=False, repr=False)
class Penunjang(Shape):
    """Vocabulary of internal support: no goal is expected."""

    kosakata: list[Kosakata] = field(default_factory=list)
    bukan: dict[str, Annotated[int, Field(ge=-3, le=-1)]] = field(default_factory=dict)


@dataclass(kw_only=True, eq=False, repr=False)
class TautanProgram(Shape):
    """The goal of a national programme by one authority."""

    kode: str
    peran: Literal["utama", "pendukung"]
    otoritas: str
    kp: list[str] = field(default_factory=list)


@dataclass(kw_only=True, eq=False, repr=False)
class Mitra(Shape):
    """A partner of a national programme."""

    nama: str
    singkatan: str | None = None
    jenis: Literal["kementerian", "lembaga", "daerah", "bumn", "aparat", "usaha", "masyarakat"]


@dataclass(kw_only=True, eq=False, repr=False)
class PeranDaerah(Shape):
    """What a national programme asks of the region, and by which rule."""

    peran: str
    uraian: str
    uraian_en: str
    dasar: str | None = None
    oleh: list[str] = field(default_factory=list)


@dataclass(kw_only=True, eq=False, repr=False)
class ProgramNasional(Shape):
    """A national programme with what the region has to do for it."""

    kode: str
    nama: str
    alias: list[str] = field(default_factory=list)
    alias_lemah: list[str] = field(default_factory=list)
    tujuan: list[TautanProgram]
    pro_sn: str | None = None
    pkpn: list[str] = field(default_factory=list)
    dasar_hukum: list[str] = field(default_factory=list)
    pengampu: str | None = None
    mitra: list[Mitra] = field(default_factory=list)
    peran_daerah: list[PeranDaerah] = field(default_factory=list)
    sumber: list[str]
    keyakinan: str


@dataclass(kw_only=True, eq=False, repr=False)
class ProSN(Shape):
    """A group of Permendagri 14/2026 table C-1 with its projects."""

    nama: str
    proyek: list[str]


@dataclass(kw_only=True, eq=False, repr=False)
class Prioritas(Shape):
    """The whole file."""

    versi: Literal[1]
    kerangka: Kerangka
    sumber: dict[str, str]
    tujuan: list[Tujuan]
    penunjang: Penunjang = field(default_factory=Penunjang)
    indikator_makro: list[IndikatorMakro] = field(default_factory=list)
    program_nasional: list[ProgramNasional] = field(default_factory=list)
    pro_sn: list[ProSN] = field(default_factory=list)
    tematik: list[str] = field(default_factory=list)
    singkatan: dict[str, str] = field(default_factory=dict)
    lokal: dict[str, str] = field(default_factory=dict)

    @cached_property
    def _by_code(self) -> dict[str, Tujuan]:
        return {goal.kode: goal for goal in self.tujuan}

    @cached_property
    def priority_names(self) -> dict[str, str]:
        """Names of PP and KP by code."""
        names = {}
        for goal in self.tujuan:
            for pp in goal.program_prioritas:
                names[pp.kode] = pp.nama
                names.update((kp.kode, kp.nama) for kp in pp.kegiatan_prioritas)
        return names

    @property
    def vocabularies(self) -> list[tuple[str, list[Kosakata], dict[str, int]]]:
        """Return (goal code, groups of terms, negative terms) of all goals and of internal support."""
        goals = [(goal.kode, goal.kosakata, goal.bukan) for goal in self.tujuan]
        return [*goals, ("penunjang", self.penunjang.kosakata, self.penunjang.bukan)]

    @cached_property
    def expansions(self) -> dict[str, str]:
        """What abbreviations and local words stand for, folded to lower case."""
        return {short.lower(): long.lower() for short, long in {**self.singkatan, **self.lokal}.items()}

    def goal(self, kode: str) -> Tujuan | None:
        """Return the goal of this exact code."""
        return self._by_code.get(kode)

    def goal_code(self, written: str) -> str | None:
        """Return the goal's code for what a user wrote: ``AC4``, ``ac 4``, ``4``, ``Asta Cita 4``, ``PN4``, or a PP
        or KP code (``04.11.02``, whose first two digits are the goal: Perpres 12/2025). None when unknown.
        """
        return self._goal_codes(written)

    @cached_property
    def _goal_codes(self) -> Callable[[str], str | None]:
        return lru_cache(maxsize=4096)(self._goal_code)

    def _goal_code(self, written: str) -> str | None:
        text = written.strip().upper()
        if text in self._by_code:
            return text
        if text in self.priority_names or ((text + "0")[:5] in self.priority_names and "." in text):
            found = re.match(r"0*(\d+)\.", text)
        else:
            names = "|".join(re.escape(name.upper()) for name in ("PN", self.kerangka.kode, self.kerangka.nama))
            found = re.fullmatch(rf"(?:(?:{names})[\s-]*)?0*(\d+)", text) if len(text) <= LONGEST else None
        if not found:
            return None
        return next((goal.kode for goal in self.tujuan if goal.nomor == int(found.group(1))), None)


@lru_cache(maxsize=64)
def goal_hash(priorities: Prioritas, kode: str) -> str:
    """Return 12 hexadecimal digits for what a goal means: its code, name and wordings, and the codes and names of the
    PP and KP beneath it; not vocabulary, indicators, sources, white space, case or order. `kode` as for
    `Prioritas.goal_code`, so a PP or KP stands for its goal. Kept with a decision, it tells later whether the goal is
    still the one that was decided on. Raises KeyError where the code is unknown.
    """
    goal = priorities.goal(priorities.goal_code(kode) or "")
    if goal is None:
        raise KeyError(kode)
    pairs = [(goal.kode, goal.nama), *(("", wording.teks) for wording in goal.rumusan)]
    for pp in goal.program_prioritas:
        pairs += [(pp.kode, pp.nama), *((kp.kode, kp.nama) for kp in pp.kegiatan_prioritas)]
    meaning = json.dumps(sorted([" ".join(text.casefold().split()) for text in pair] for pair in pairs))
    return hashlib.sha256(meaning.encode()).hexdigest()[:12]
