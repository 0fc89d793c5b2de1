"""The programme file as the user writes it. Shapes only: no rule of the domain lives here.

Planning nouns as in Permendagri 86/2017 and 90/2019; money in whole rupiah; shares in percent.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StrictFloat, StrictInt

Peran = Literal["utama", "pendukung"]
Status = Literal["dinyatakan", "diusulkan", "disetujui", "ditolak"]
Dokumen = Literal["RPJMD", "Renstra", "RKPD", "Renja", "KUA-PPAS", "RAPBD", "APBD"]


def _as_list(value: Any) -> Any:
    return value if isinstance(value, list) or value is None else [value]


def _empty_as_list(value: Any) -> Any:
    return [] if value is None else value


def _no_bool(value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool | float) else value


Texts = Annotated[list[str], BeforeValidator(_as_list), BeforeValidator(_empty_as_list)]
"""A list of texts; a single text is welcome."""


class Shape(BaseModel):
    """Base of all shapes: unknown keys are errors, nothing is coerced silently, nothing changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Daerah(Shape):
    """The region that the file belongs to."""

    kode: str | None = Field(None, description='Kode wilayah Kemendagri, mis. "13.11"')
    nama: str = Field(description="Nama daerah, mis. Kabupaten Solok Selatan")
    tingkat: Literal["provinsi", "kabupaten", "kota"] = Field(description="Tingkat pemerintahan daerah")


class Indikator(Shape):
    """An indicator with its unit and its target for the year of the document."""

    nama: str = Field(description="Nama indikator kinerja")
    satuan: str | None = Field(None, description="Satuan, mis. persen, orang, dokumen")
    target: StrictInt | StrictFloat | str | None = Field(None, description="Target tahun dokumen; angka tanpa satuan")


class Keselarasan(Shape):
    """A declared link from an item to a goal. A claim, never evidence."""

    tujuan: str = Field(description="Kode tujuan, mis. AC4; kode PN, PP atau KP juga dikenal")
    peran: Peran = Field("utama", description="utama atau pendukung")
    porsi: Annotated[float, Field(ge=0, le=100, strict=True)] | None = Field(
        None, description="Bagian sumbangan dalam persen, 0-100"
    )
    status: Status = Field("dinyatakan", description="dinyatakan, diusulkan, disetujui atau ditolak")
    alasan: str | None = Field(None, description="Alasan singkat")
    oleh: str | None = Field(None, description="Siapa yang memutuskan")
    tanggal: str | None = Field(None, description="Tanggal keputusan, TTTT-BB-HH")
    goal_hash: str | None = Field(None, description="Sidik tujuan saat diputuskan; diisi oleh align")


class Kolaborasi(Shape):
    """Partners: other offices of the region, other levels of government, outside bodies."""

    horizontal: Texts = Field(default_factory=list, description="Perangkat daerah lain")
    vertikal: Texts = Field(default_factory=list, description="Kementerian/lembaga, provinsi, desa/nagari")
    eksternal: Texts = Field(default_factory=list, description="TNI, Polri, Kejaksaan, dunia usaha, masyarakat")


class DukunganNasional(Shape):
    """A national programme that an item serves, and the roles of the region that it takes on."""

    kode: str = Field(description="Kode program nasional, mis. MBG, KDMP")
    peran: Texts = Field(default_factory=list, description="Peran daerah yang dijalankan, mis. logistik, distribusi")


def _named(value: Any) -> Any:
    return {"kode": value} if isinstance(value, str) else value


class Butir(Shape):
    """What a programme and a sub-activity share: the item that is judged."""

    kode: str | None = Field(None, description='Kode nomenklatur resmi dalam tanda kutip, mis. "1.02.02"')
    nama: str = Field(min_length=1, description="Nama program atau sub kegiatan")
    perangkat_daerah: str | None = Field(None, description="Perangkat daerah pelaksana")
    pagu: Annotated[int, Field(ge=0, strict=True)] | None = Field(None, description="Pagu dalam rupiah, bilangan bulat")
    uraian: str | None = Field(None, description="Uraian singkat: apa yang dikerjakan, untuk siapa")
    indikator: Annotated[list[Indikator], BeforeValidator(_empty_as_list)] = Field(
        default_factory=list, description="Indikator kinerja"
    )
    asta_cita: Annotated[list[str], BeforeValidator(_as_list), BeforeValidator(_empty_as_list)] = Field(
        default_factory=list, description="Bentuk singkat keselarasan: nomor 1-8, satu atau beberapa"
    )
    keselarasan: Annotated[list[Keselarasan], BeforeValidator(_empty_as_list)] = Field(
        default_factory=list, description="Keselarasan yang dinyatakan atau diputuskan"
    )
    program_nasional: Annotated[
        list[Annotated[DukunganNasional, BeforeValidator(_named)]],
        BeforeValidator(_as_list),
        BeforeValidator(_empty_as_list),
    ] = Field(default_factory=list, description="Program nasional yang didukung: MBG, atau {kode: MBG, peran: [data]}")
    lokasi: str | None = Field(None, description="Lokasi")
    sumber_dana: str | None = Field(None, description="Sumber dana")
    sumber: Texts = Field(default_factory=list, description="Sumber data butir ini")


class SubKegiatan(Butir):
    """A sub-activity below a programme."""

    kegiatan: str | None = Field(None, description="Nama kegiatan induk")


class Program(Butir):
    """A programme of the region."""

    unggulan: StrictBool = Field(False, description="Program unggulan kepala daerah")
    kolaborasi: Kolaborasi = Field(default_factory=Kolaborasi, description="Mitra kerja")
    sub_kegiatan: Annotated[list[SubKegiatan], BeforeValidator(_empty_as_list)] = Field(
        default_factory=list, description="Sub kegiatan di bawah program"
    )


class MisiProvinsi(Shape):
    """A mission of the province, as the RPJMD of the province words it."""

    nomor: str = Field(min_length=1, description="Nomor misi provinsi")
    teks: str = Field(min_length=1, description="Bunyi misi provinsi")


class Misi(Shape):
    """A mission of the region, with the goals and the missions of the province that it serves; both may be several."""

    nomor: str = Field(min_length=1, description="Nomor misi daerah")
    teks: str = Field(min_length=1, description="Bunyi misi daerah")
    asta_cita: Annotated[list[str], BeforeValidator(_as_list), BeforeValidator(_empty_as_list)] = Field(
        default_factory=list, description="Asta Cita yang didukung misi ini: nomor 1-8, satu atau beberapa"
    )
    misi_provinsi: Texts = Field(default_factory=list, description="Nomor misi provinsi yang didukung misi ini")


class Berkas(Shape):
    """A programme file."""

    versi: Annotated[Literal[1], BeforeValidator(_no_bool)] = Field(description="Versi bentuk berkas, sekarang 1")
    daerah: Daerah = Field(description="Daerah pemilik rencana")
    dokumen: Dokumen = Field(description="Jenis dokumen perencanaan atau anggaran")
    tahun: Annotated[int, Field(ge=2000, le=2100, strict=True)] = Field(description="Tahun rencana")
    sumber: Texts = Field(default_factory=list, description="Sumber data berkas")
    misi: Annotated[list[Misi], BeforeValidator(_empty_as_list)] = Field(
        default_factory=list, description="Misi daerah menurut RPJMD, untuk formulir Tabel 3.1"
    )
    misi_provinsi: Annotated[list[MisiProvinsi], BeforeValidator(_empty_as_list)] = Field(
        default_factory=list, description="Misi provinsi menurut RPJMD provinsi, untuk formulir Tabel 3.1"
    )
    program: list[Program] = Field(description="Daftar program")


NEEDED = ("nama", "tujuan", "nomor", "teks")
"""Keys without which their mapping is of no use."""

CODE_KEYS = frozenset({"kode"})
"""Keys whose value is a code: digits and dots that must not be read as a number."""

TEXT_KEYS = frozenset(
    name
    for shape in (
        Daerah,
        Indikator,
        Keselarasan,
        Kolaborasi,
        DukunganNasional,
        SubKegiatan,
        Program,
        Misi,
        MisiProvinsi,
        Berkas,
    )
    for name, field in shape.model_fields.items()
    if field.annotation in (str, str | None, Texts, list[str])
) | {"program_nasional"}
"""Keys whose value is text: what the user wrote is kept as written."""

SHAPES: dict[str, type[Shape]] = {
    "": Berkas,
    "daerah": Daerah,
    "program": Program,
    "sub_kegiatan": SubKegiatan,
    "indikator": Indikator,
    "keselarasan": Keselarasan,
    "kolaborasi": Kolaborasi,
    "program_nasional": DukunganNasional,
    "misi": Misi,
    "misi_provinsi": MisiProvinsi,
}
"""The shape found under each key, for "did you mean"."""
