"""Which spellings name the same office, and which only look alike."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignment_cli.office_words import HEADS, PARTS, SHORT, WORDS
from alignment_cli.offices import canonical

REGION = "Kabupaten Solok Selatan"
SAME = [
    ("Dinkes", "Dinas Kesehatan", "DINAS KESEHATAN", "dinas  kesehatan", "Dinas Kesehatan Kab. Solok Selatan"),
    ("Disdikbud", "Dinas Dikbud", "Dinas Pendidikan dan Kebudayaan", "Dinas Pendidikan & Kebudayaan"),
    ("DPMPTSP", "Dinas PMPTSP", "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu"),
    ("DP3AP2KB", "Dinas Pemberdayaan Perempuan, Perlindungan Anak, Pengendalian Penduduk dan Keluarga Berencana"),
    ("BPKAD", "Badan Pengelolaan Keuangan dan Aset Daerah"),
    ("DPUPR", "Dinas PUPR", "Dinas Pekerjaan Umum dan Penataan Ruang"),
    ("Satpol PP", "SatpolPP", "Satuan Polisi Pamong Praja"),
    ("Disperindagkop dan UKM", "Dinas Koperasi, UKM, Perindustrian dan Perdagangan"),
    ("Bappeda", "BAPPEDA", "Badan Perencanaan Pembangunan Daerah"),
    ("Setwan", "Sekretariat DPRD", "Sekretariat Dewan Perwakilan Rakyat Daerah"),
    ("Setda", "Sekretariat Daerah"),
    ("Inspektorat", "Inspektorat Daerah", "Inspektorat Kabupaten Solok Selatan"),
    ("Kecamatan Sangir", "KECAMATAN SANGIR", "Kecamatan  Sangir"),
    ("Dinas Keshatan", "Dinas Kesehatan"),
    ("PD URUSANPEMERINTAHANBIDANG KEHUTANAN", "PD URUSAN PEMERINTAHAN BIDANG KEHUTANAN"),
    ("Dinas Sosial P3A", "Dinas Sosial, Pemberdayaan Perempuan dan Perlindungan Anak"),
]
DIFFERENT = [
    "Dinas Pendidikan", "Dinas Perindustrian", "Dinas Perikanan", "Dinas Perizinan", "Dinas Pertanian",
    "Dinas Pertanahan", "Dinas Kesehatan", "Dinas Ketahanan Pangan", "Dinas Pendidikan dan Kebudayaan",
    "Dinas Kesehatan Provinsi Sumatera Barat", "Badan Keuangan Daerah", "Badan Kepegawaian Daerah", "BKD", "DPKP",
    "Dinas Perumahan dan Kawasan Permukiman", "DPK", "Dinas Perpustakaan dan Kearsipan", "Dispora",
    "Dinas Pemuda dan Olahraga", "Dinas Kepemudaan dan Olahraga", "Sekretariat Daerah", "Sekretariat DPRD",
    "Bagian Umum", "Bagian Hukum", "Kecamatan Sangir", "Kecamatan Sangir Jujuan", "Kecamatan Sangir Batang Hari",
    "Kecamatan Pauh", "Kecamatan Pauah", "UPTD Puskesmas 1", "UPTD Puskesmas 2", "SDN 1 12 Sangir", "SDN 11 2 Sangir",
    "SDN 11 Sangir", "Puskesmas Lubuk Gadang", "Puskesmas Lubuk Gadung", "", " ", "-",
]  # fmt: skip


@pytest.mark.parametrize("names", SAME, ids=lambda names: names[0])
def test_spellings_of_one_office(names):
    assert len(set(canonical(Counter(names), REGION).values())) == 1


def test_offices_that_only_look_alike():
    assert canonical(Counter(DIFFERENT), REGION) == {name: name for name in DIFFERENT}


@pytest.mark.parametrize(
    ("written", "best"),
    [
        ({"Dinkes": 1, "Dinas Kesehatan": 2}, "Dinas Kesehatan"),
        ({"Dinkes": 2, "Dinas Kesehatan": 1}, "Dinkes"),
        ({"Dinkes": 2, "Dinas Kesehatan": 2}, "Dinas Kesehatan"),
        ({"DINAS KESEHATAN": 1, "Dinas Kesehatan": 1}, "Dinas Kesehatan"),
        ({"Dinas  Kesehatan": 2, "DINAS KESEHATAN": 1}, "Dinas Kesehatan"),
        ({"Dinas Keshatan": 9, "Dinas Kesehatan": 1}, "Dinas Kesehatan"),
        ({"Dinas Keshatan": 9}, "Dinas Keshatan"),
        ({"PD BIDANGPENDIDIKAN": 9, "PD BIDANG PENDIDIKAN": 1}, "PD BIDANG PENDIDIKAN"),
    ],
)
def test_which_spelling_counts(written, best):
    assert set(canonical(Counter(written)).values()) == {best}


def test_the_region_stands_behind_its_own_offices_only():
    names = Counter(["Dinas Kesehatan", "Dinas Kesehatan Kota Padang"])
    assert len(set(canonical(names, "Kota Padang").values())) == 1
    assert len(set(canonical(names, "Kota Solok").values())) == 2


VOCABULARY = st.sampled_from(
    sorted({*HEADS, *PARTS, *SHORT, *WORDS.split(), "dan", "11", "1", "PUPR", "P3A", "Dinkes"})
)
NAMES = st.lists(st.one_of(st.lists(VOCABULARY, max_size=4).map(" ".join), st.text(max_size=12)), max_size=12)


@given(NAMES)
def test_any_names_come_to_rest(names):
    counts = Counter(names)
    chosen = canonical(counts, REGION)
    assert list(chosen) == list(counts)
    assert canonical(Counter(reversed(names)), REGION) == chosen
    for name, best in chosen.items():
        assert best in chosen or best in {" ".join(other.split()) for other in names}
        assert chosen.get(best, best) == best or " ".join(name.split()) == best
