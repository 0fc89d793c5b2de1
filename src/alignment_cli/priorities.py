"""The national priorities, or any other framework of goals in the same shape (`--priorities FILE`)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Annotated, Any, Literal, TypeVar, get_args, get_type_hints

from pydantic import ConfigDict, Field

Made = TypeVar("Made", bound="Shape")
Keyakinan = Literal["tinggi", "sedang", "rendah"]


class Shape:
    """Base of all shapes of this file: unknown keys are errors.

    Plain dataclasses that pydantic validates (`validate`): data that was validated when the index was compiled is built
    without pydantic (`trusted`), whose validators for all shapes take longer to make than a whole check.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")


def validate(data: Any) -> Prioritas:
    """Build the priorities from parsed YAML. Raises pydantic's ValidationError."""
    from pydantic import TypeAdapter

    return TypeAdapter(Prioritas).validate_python(data)


def trusted(shape: type[Made], data: dict[str, Any]) -> Made:
    """Build a shape from data that was validated before."""
    values = dict(data)
    for name, part in _parts(shape).items():  # type: ignore[arg-type] # classes are hashable
        if name in values:
            value = values[name]
            values[name] = [trusted(part, v) for v in value] if isinstance(value, list) else trusted(part, value)
    return shape(**values)


@cache
def _parts(shape: Any) -> dict[str, type[Shape]]:
    """Return the fields of a shape that hold shapes, or lists of them."""
    found = {}
    for name, hint in get_type_hints(shape).items():
        inner = (get_args(hint) or (hint,))[0]
        if isinstance(inner, type) and issubclass(inner, Shape):
            found[name] = inner
    return found


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
        text = written.strip().upper()
        if text in self._by_code:
            return text
        if text in self.priority_names or ((text + "0")[:5] in self.priority_names and "." in text):
            found = re.match(r"0*(\d+)\.", text)
        else:
            names = "|".join(re.escape(name.upper()) for name in ("PN", self.kerangka.kode, self.kerangka.nama))
            found = re.fullmatch(rf"(?:(?:{names})[\s-]*)?0*(\d+)", text)
        if not found:
            return None
        return next((goal.kode for goal in self.tujuan if goal.nomor == int(found.group(1))), None)
