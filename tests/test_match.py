"""What the matcher must get right, whatever its weights: official codes, known programmes, homonyms, slogans."""

from __future__ import annotations

import random

import pytest

from alignment_cli.context import Declared
from alignment_cli.match import Query
from alignment_cli.match.judge import Judge
from alignment_cli.match.verdict import Reason, Status
from alignment_cli.nomenclature import PENUNJANG
from alignment_cli.reference import shipped

TITLES = (
    "Peningkatan produksi padi",
    "Pembangunan jembatan gantung",
    "Pelayanan kesehatan ibu hamil",
    "Bantuan sosial lansia miskin",
    "Pelestarian tari tradisi",
    "Pelatihan satgas bencana",
    "Penguatan wawasan kebangsaan",
    "Pembinaan UMKM kuliner",
    "Pengawasan internal inspektorat",
    "Penurunan stunting",
    "Rehabilitasi RTLH",
    "Makan Bergizi Gratis",
    "Kawasan industri hilirisasi gambir",
    "Vaksinasi ternak sapi",
    "Satu Jorong Satu Rumah Tahfidz",
    "Suka Sapi",
    "Seragam sekolah gratis",
    "Simsalabim",
)


@pytest.fixture(scope="module")
def matcher(reference):
    """The shipped reference with a short way to its answers."""
    return Answers(reference)


class Answers:
    def __init__(self, reference):
        self.reference = reference
        self.matcher = reference.matcher

    def __call__(self, nama, kode=None, declared=(), **more):
        return Judge(self.matcher, self.reference.calibration)(Query(nama, kode, **more), declared)

    def scores(self, nama, kode=None):
        return self.matcher.rank(Query(nama, kode)).scores

    def names(self, level):
        nomenclature = self.matcher.nomenclature
        codes = [row[0] for row in self.reference.index.all("SELECT kode FROM nomenklatur WHERE jenjang = ?", level)]
        return [(kode, nomenclature.get(kode).nama) for kode in codes]


def top(verdict, count=1):
    return [match.goal for match in verdict.matches[:count]]


# Numbers


def test_shares_of_evidence_add_up_to_the_confidence(matcher):
    drawn = random.Random(20261124)  # noqa: S311 - a fixed draw, nothing secret
    official = [
        query
        for level in ("program", "kegiatan", "sub_kegiatan")
        for kode, nama in drawn.sample(matcher.names(level), 100)
        for query in ((nama, None), (nama, kode))
    ]
    checked = 0
    for nama, kode in [*official, *((title, None) for title in TITLES), *((title, "1.02.02") for title in TITLES)]:
        verdict = matcher(nama, kode, uraian=nama)
        assert 0 <= verdict.confidence <= 1
        assert sum(match.confidence for match in verdict.matches) <= 1 + 1e-9
        assert [m.confidence for m in verdict.matches[1:]] == sorted(
            (m.confidence for m in verdict.matches[1:]), reverse=True
        )
        for match in verdict.matches:
            assert 0 <= match.confidence <= 1
            assert sum(part.share for part in match.evidence) == pytest.approx(match.confidence, abs=1e-9)
            checked += 1
    assert checked > 600


def test_posterior_sums_to_one(matcher):
    for title in TITLES:
        assert sum(matcher.matcher.rank(Query(title)).share.values()) == pytest.approx(1, abs=1e-9)


def test_evidence_in_the_name_is_placed(matcher):
    for title in TITLES:
        for signal in matcher.matcher.rank(Query(title)).signals:
            if signal.start >= 0:
                assert title[signal.start : signal.end] == signal.words


def test_answer_does_not_depend_on_what_was_asked_before(matcher):
    again = Answers(shipped())
    for title in reversed(TITLES):
        assert again(title) == matcher(title)


# The code decides


@pytest.mark.parametrize(
    ("nama", "kode", "goal"),
    [
        ("Rehabilitasi jaringan irigasi", "1.02.02", "AC4"),
        ("Makan Bergizi Gratis", "1.03.10", "AC3"),
        ("Koperasi Desa Merah Putih", "3.27.02", "AC2"),
        ("Pencegahan narkoba", "1.01.02", "AC4"),
        ("Pembangunan jalan kabupaten", "2.16.02", None),
        ("Program Kepegawaian Daerah", "5.03.02", "AC7"),
        ("Gaji ASN", "5.03.02", "AC7"),
        ("Nama apa saja", "1.03.03", "AC2"),
        ("Program Pengelolaan Persampahan", "2.11.11", "AC2"),
        ("Program Pengelolaan Persampahan", "2.11.11.2.01.0001", "AC2"),
    ],
)
def test_code_decides_against_the_name(matcher, nama, kode, goal):
    verdict = matcher(nama, kode)
    expected = goal or matcher.matcher.nomenclature.crossing(kode).tujuan
    assert verdict.goal == expected
    assert verdict.basis == "kode"
    assert top(verdict) == [expected]


def test_every_programme_code_leads_to_its_crosswalk_goal(matcher):
    nomenclature = matcher.matcher.nomenclature
    for kode, nama in matcher.names("program"):
        if not kode.startswith("X."):
            assert top(matcher(nama, kode)) == [nomenclature.crossing(kode).tujuan], kode


@pytest.mark.parametrize("kode", ["X.XX.01", "1.02.01", "1.02.01.2.02", "1.02.01.2.02.0001", "5.03.01", "2.11.01.2.06"])
@pytest.mark.parametrize("nama", ["Penunjang urusan", "Pembelian beras untuk makan bergizi gratis"])
def test_support_codes(matcher, kode, nama):
    verdict = matcher(nama, kode)
    assert verdict.status is Status.PENUNJANG
    assert verdict.goal is None
    assert PENUNJANG not in [match.goal for match in verdict.matches]
    layers = {part.signal.layer for match in verdict.matches for part in match.evidence}
    assert not layers & {"kode", "tabel"}, "the label of the bidang urusan does not reach internal support"


def test_conflict_of_authorities_is_shown(matcher):
    verdict = matcher("Program Pengelolaan Persampahan", "2.11.11")
    assert (verdict.status, verdict.goal) == (Status.PERLU_TINJAU, "AC2")
    assert Reason.OTORITAS in verdict.reasons
    tables = [(p.signal.authority, m.goal) for m in verdict.matches for p in m.evidence if p.signal.layer == "tabel"]
    assert tables == [("Permendagri 14/2026 C-6", "AC3")]


def test_misleading_name_is_pointed_out(matcher):
    verdict = matcher("Makan Bergizi Gratis", "1.03.10")
    assert verdict.goal == "AC3"
    assert Reason.KODE_NAMA in verdict.reasons


# Names


@pytest.mark.parametrize(
    ("nama", "kode"),
    [
        ("PROGRAM PENGELOLAAN PENDIDIKAN", "1.01.02"),
        ("program pengelolaan pendidikan", "1.01.02"),
        ("Pengelolaan Pendidikan", "1.01.02"),
        ("Program Pendidikan, Pengelolaan", "1.01.02"),
        ("Program Pengeloaan Pendidkan", "1.01.02"),
        ("Program Pengelolaan Persampahn", "2.11.11"),
        ("PENGELOLAAN PERSAMPAHAN", "2.11.11"),
        ("Program Penyelenggaraan Jalan Kab.", "1.03.10"),
        ("Program  Penyelenggaraan\tJalan", "1.03.10"),
        ("Program Peningkatan Prasarana, Sarana dan Utilitas Umum (PSU)", "1.04.05"),
        ("Program Peningkatan Prasarana, Sarana dan Utilitas Umum", "1.04.05"),
        ("Program Pengelolaan Sumber Daya Air", "1.03.02"),
        ("Program Penyelenggaraan Jalan Kab. Solok Selatan", "1.03.10"),
    ],
)
def test_official_name_is_found(matcher, nama, kode):
    verdict = matcher(nama)
    assert verdict.basis == "nama"
    assert any(part.signal.words == kode for part in verdict.matches[0].evidence)
    assert verdict.matches[0].goal == matcher.matcher.nomenclature.crossing(kode).tujuan


def test_kab_stands_for_kabupaten_in_official_names(matcher):
    names = [(kode, nama) for kode, nama in matcher.names("kegiatan") if "Kabupaten/Kota" in nama]
    assert len(names) > 100
    lost = []
    for kode, nama in names[::20]:
        found = matcher.matcher.names.find(nama.replace("Kabupaten/Kota", "Kab./Kota"))
        if not found or kode not in found[0].codes:
            lost.append((kode, nama))
    assert lost == []


def test_capitals_change_nothing(matcher):
    for title in TITLES:
        assert matcher.scores(title.upper()) == pytest.approx(matcher.scores(title)), title
        assert top(matcher(title.upper())) == top(matcher(title))


# What must land where (by the RPJMN codes)


@pytest.mark.parametrize(
    ("nama", "kode", "goal"),
    [
        ("Makan Bergizi Gratis (MBG)", None, "AC4"),
        ("Dukungan MBG", None, "AC4"),
        ("Koperasi Desa Merah Putih", None, "AC6"),
        ("Pembentukan KDMP", None, "AC6"),
        ("Cek Kesehatan Gratis", None, "AC4"),
        ("Pemeriksaan kesehatan gratis (CKG)", None, "AC4"),
        ("Rehabilitasi jaringan irigasi", None, "AC2"),
        ("Bedah rumah", None, "AC6"),
        ("Rehabilitasi RTLH", None, "AC6"),
        ("Perbaikan rumah tidak layak huni", None, "AC6"),
        ("Pencegahan penyalahgunaan narkoba", None, "AC7"),
        ("Pengelolaan dana desa", None, "AC6"),
        ("Penguatan BUMDes", None, "AC6"),
        ("Penurunan stunting", None, "AC4"),
        ("Pelayanan KB dan keluarga berencana", None, "AC4"),
        ("Pelestarian tari tradisi", None, "AC8"),
        ("Penanggulangan bencana banjir", None, "AC8"),
        ("Pemadam kebakaran", None, "AC8"),
        ("Pembangunan jembatan gantung", None, "AC3"),
        ("Promosi pariwisata", None, "AC3"),
        ("Hilirisasi gambir", None, "AC5"),
        ("Perlindungan konsumen dan metrologi", None, "AC5"),
        ("Penguatan wawasan kebangsaan", None, "AC1"),
        ("Keterbukaan informasi publik PPID", None, "AC1"),
        ("Pengelolaan sampah", "2.11.11", "AC2"),
        ("Pengelolaan sampah", None, "AC2"),
        ("Penataan kepegawaian", "5.03.02", "AC7"),
        ("Pencatatan sipil", None, "AC7"),
        ("Operasi pasar murah pengendalian inflasi", None, "AC7"),
    ],
)
def test_must_land(matcher, nama, kode, goal):
    assert top(matcher(nama, kode)) == [goal]


@pytest.mark.parametrize("nama", ["Sekolah Rakyat", "Pembangunan Sekolah Rakyat", "Penyiapan lahan Sekolah Rakyat"])
def test_sekolah_rakyat_serves_poverty_or_schooling(matcher, nama):
    verdict = matcher(nama)
    assert {"AC4", "AC6"} & set(top(verdict, 2))
    assert "SEKOLAH_RAKYAT" in verdict.national


@pytest.mark.parametrize(
    ("nama", "goal"),
    [
        ("Penyediaan air minum", "AC2"),
        ("Pengelolaan air laut", "AC2"),
        ("Angkutan laut perintis", "AC3"),
        ("Bursa pasar kerja", "AC3"),
        ("Informasi pasar kerja", "AC3"),
        ("Revitalisasi pasar rakyat", "AC5"),
        ("Pembangunan jalan raya", "AC3"),
        ("Jalan sehat", "AC4"),
        ("Lomba jalan sehat", "AC4"),
        ("Pengembangan bank sampah", "AC2"),
        ("Penyertaan modal bank daerah", "AC7"),
        ("Penguatan bank daerah", "AC7"),
        ("Rumah tahfidz", "AC4"),
        ("Rumah tidak layak huni", "AC6"),
        ("Rumah ibadah", "AC8"),
        ("Rumah sakit", "AC4"),
        ("Sekolah lapang petani", "AC2"),
        ("Sekolah dasar", "AC4"),
    ],
)
def test_homonyms(matcher, nama, goal):
    assert top(matcher(nama)) == [goal]


def test_air_minum_and_air_laut_rest_on_different_evidence(matcher):
    words = [
        {part.signal.words.lower() for part in matcher(nama).matches[0].evidence if part.signal.layer == "istilah"}
        for nama in ("Penyediaan air minum", "Pengelolaan air laut")
    ]
    assert any("air minum" in word for word in words[0])
    assert not words[0] & words[1]


# What must change nothing


SLOGANS = (
    "{} dalam rangka mendukung Asta Cita dan Indonesia Emas 2045",
    "Dalam rangka mendukung Asta Cita dan Indonesia Emas 2045, {}",
    "{} DALAM RANGKA MENDUKUNG ASTA CITA DAN INDONESIA EMAS 2045",
    "{} untuk mewujudkan Asta Cita Presiden",
    "{} (mendukung Asta Cita 4)",
    "{} dalam rangka mendukung Asta Cita nomor 6 dan prioritas nasional 6",
    "{} guna menyukseskan program strategis nasional",
    "{} mendukung visi misi Presiden",
    "{} sejalan dengan RPJMN 2025-2029",
    "Dukungan Asta Cita: {}",
)
LONGER_SLOGANS = (
    "{} demi tercapainya Asta Cita",
    "{} sebagai wujud dukungan terhadap Asta Cita",
    "{} dalam mendukung pencapaian target Asta Cita",
    "{} mendukung Asta Cita Presiden Prabowo Subianto",
)


@pytest.mark.parametrize(
    "slogan",
    [*SLOGANS, *LONGER_SLOGANS],
)
def test_slogan_changes_nothing(matcher, slogan):
    for title in TITLES:
        plain, dressed = (matcher.matcher.rank(Query(text)) for text in (title, slogan.format(title)))
        assert dressed.basis == plain.basis, title
        assert dressed.scores == pytest.approx(plain.scores), title
        assert matcher(slogan.format(title)).status is matcher(title).status


@pytest.mark.parametrize("goal", [f"AC{n}" for n in range(1, 9)])
@pytest.mark.parametrize("status", ["dinyatakan", "disetujui", "ditolak"])
def test_declared_goal_never_changes_a_confidence(matcher, goal, status):
    for title in TITLES:
        plain = matcher(title)
        claimed = matcher(title, declared=(Declared(goal, ("program", 0), status=status),))
        assert claimed.matches == plain.matches
        assert claimed.support == plain.support


def test_claim_without_evidence_is_not_supported(matcher):
    verdict = matcher("Program Penyelenggaraan Jalan", "1.03.10", declared=(Declared("AC8", ()),))
    assert (verdict.status, verdict.goal, verdict.confirmed) == (Status.TIDAK_DIDUKUNG, "AC8", False)


def test_rejected_goal_does_not_come_back(matcher):
    plain = matcher("Pelayanan kesehatan ibu hamil")
    assert plain.goal == "AC4"
    verdict = matcher("Pelayanan kesehatan ibu hamil", declared=(Declared("4", (), status="ditolak"),))
    assert verdict.goal != "AC4"
    assert Reason.DITOLAK in verdict.reasons


def test_approved_goal_stays(matcher):
    verdict = matcher("Program Penyelenggaraan Jalan", "1.03.10", declared=(Declared("AC6", (), status="disetujui"),))
    assert (verdict.status, verdict.goal, verdict.confirmed) == (Status.SELARAS, "AC6", True)


@pytest.mark.parametrize("word", ["irigasi", "stunting", "narkoba", "jembatan", "pariwisata"])
def test_repeated_word_changes_nothing(matcher, word):
    once = matcher.scores(f"Urusan {word}")
    for times in (2, 5):
        repeated = matcher.scores(" dan ".join([f"Urusan {word}", *[word] * (times - 1)]))
        assert repeated == pytest.approx(once)


def test_repeating_a_word_in_the_description_changes_nothing(matcher):
    def matches(title, uraian):
        return [(match.goal, match.confidence, match.evidence) for match in matcher(title, uraian=uraian).matches]

    for title in TITLES:
        assert matches(title, f"{title}. {title}. {title}.") == matches(title, title)


@pytest.mark.parametrize(
    ("nama", "goal", "word"),
    [
        ("Pembangunan saluran, bukan untuk irigasi", "AC2", "irigasi"),
        ("Bantuan pompa air bukan untuk irigasi", "AC2", "irigasi"),
        ("Penyuluhan selain narkoba", "AC7", "narkoba"),
        ("Kegiatan tidak termasuk stunting", "AC4", "stunting"),
        ("Pembinaan kelompok, bukan koperasi desa merah putih", "AC6", "koperasi desa merah putih"),
    ],
)
def test_negation_takes_back(matcher, nama, goal, word):
    affirmed = (
        nama.replace("bukan untuk", "untuk").replace("selain", "").replace("tidak termasuk", "").replace("bukan", "")
    )
    assert matcher.scores(nama)[goal] < matcher.scores(affirmed)[goal]
    assert not any(word in part.signal.words.lower() for m in matcher(nama).matches for part in m.evidence)
    assert matcher(nama).national == ()


def test_negation_ends_at_the_comma(matcher):
    verdict = matcher("Bukan untuk irigasi, tetapi pencegahan penyalahgunaan narkoba")
    assert top(verdict) == ["AC7"]


# Saying "I cannot tell"


@pytest.mark.parametrize(
    "nama",
    ["-", "...", "Program", "Kegiatan", "Program Unggulan", "Bupati Hebat", "Kegiatan Bupati Hebat", "Suka Suka",
     "Gebyar Nusantara", "Sub kegiatan lainnya", "123", "2026", "☃", "Xyzzy", "Asta Cita", "Mendukung Asta Cita 4"],
)  # fmt: skip
def test_empty_or_vague_text_is_not_guessed(matcher, nama):
    verdict = matcher(nama)
    assert verdict.status in (Status.TEKS_KURANG, Status.TANPA_BUKTI)
    assert verdict.goal is None
    assert verdict.confidence == 0


def test_text_of_nothing_but_keywords_is_no_certain_answer(matcher):
    """DESIGN: keywords alone do not add confidence; AL504 tells the user so."""
    nama = "Irigasi, stunting, narkoba, pasar rakyat, KDMP, makan bergizi gratis, jembatan, tari tradisi"
    goals, share = matcher.matcher.words.piled(nama)
    assert goals >= 4
    assert share >= 0.6
    assert matcher(nama).status is not Status.SELARAS


@pytest.mark.parametrize("length", [1_000, 20_000])
def test_long_text_is_answered(matcher, length):
    verdict = matcher("x", uraian="pencegahan penyalahgunaan narkoba " * (length // 34))
    assert top(verdict) == ["AC7"]
