"""Readiness: which role of a national programme is done by whom, for certain or as it seems, and which by nobody."""

import pytest

from alignment_cli import run
from alignment_cli.load import load
from alignment_cli.national import Nationals
from alignment_cli.readiness import by_basis, readiness
from alignment_cli.region import regions


def ready(reference, program, kode="MBG", dokumen="RKPD", daerah="{nama: Kabupaten Contoh, tingkat: kabupaten}"):
    text = f"versi: 1\ndaerah: {daerah}\ndokumen: {dokumen}\ntahun: 2026\nprogram:\n{program}"
    (region,) = regions([run.check_file(load(text.encode(), "a.yaml"), reference)])
    return next((one for one in readiness(region, reference) if one.programme.kode == kode), None)


def done(found):
    """Return (role, item, certain) of all that is done."""
    return [(role.peran.peran, doer.judged.item.nama, doer.certain) for role in found.roles for doer in role.doers]


def test_every_role_of_the_programme_is_listed_with_its_basis(reference):
    found = ready(reference, "  - {nama: Lomba}\n")
    asked = next(part for part in reference.priorities.program_nasional if part.kode == "MBG").peran_daerah
    assert [role.peran for role in found.roles] == asked
    assert found.items == ()
    assert found.gaps == found.roles
    assert by_basis(found.gaps) == {
        "arahan Mendagri 18 Juli 2025": ["kelembagaan"],
        "SE Mendagri 500.1/9653/SJ": ["sarana", "sdm", "perizinan"],
    }


def test_declared_roles_are_certain_and_the_only_ones_of_that_item(reference):
    found = ready(
        reference,
        "  - nama: Distribusi dan logistik Makan Bergizi Gratis\n"
        "    program_nasional: [{kode: MBG, peran: [Data, sarana]}]\n"
        "    pagu: 1_000\n"
        "    perangkat_daerah: Dinas Sosial\n",
    )
    nama = "Distribusi dan logistik Makan Bergizi Gratis"
    assert done(found) == [("sarana", nama, True), ("data", nama, True)]
    role = next(role for role in found.roles if role.peran.peran == "data")
    assert (role.certain, role.gap, role.pagu, role.offices) == (True, False, 1000, ("Dinas Sosial",))
    assert found.declared


def test_words_of_a_text_propose_roles(reference):
    found = ready(
        reference,
        "  - nama: Dukungan Makan Bergizi Gratis\n"
        "    uraian: Menyalurkan bahan pangan dari gudang\n"
        "    indikator: [{nama: Jumlah dapur yang diawasi, target: 3}]\n"
        "    sub_kegiatan: [{nama: Pendataan penerima}]\n",
    )
    assert {role for role, _, certain in done(found) if not certain} == {"data", "logistik", "distribusi", "pengawasan"}
    because = {role.peran.peran: role.doers[0].because for role in found.roles if role.doers}
    assert because["distribusi"].id == 'menyebut "penyaluran"'
    assert because["distribusi"].en == 'says "penyaluran"'
    assert not found.declared


@pytest.mark.parametrize(
    ("nama", "roles"),
    [
        ("Percepatan PBG untuk Makan Bergizi Gratis", ["Percepatan PBG SPPG"]),
        ("Penerbitan SLHS dapur MBG", ["SLHS terbit paling lambat 14 hari"]),
        ("Percepatan PBG dan SLHS dapur MBG", ["Percepatan PBG SPPG", "SLHS terbit paling lambat 14 hari"]),
        ("Kemudahan izin untuk Makan Bergizi Gratis", []),
    ],
)
def test_tasks_of_one_role_are_told_apart(reference, nama, roles):
    found = ready(reference, f"  - {{nama: {nama}}}\n")
    assert [role.peran.uraian for role in found.roles if role.peran.peran == "perizinan" and not role.gap] == roles


def test_a_task_that_a_budget_role_names_is_not_done_by_any_money(reference):
    for nama, gap in (("Penanggulangan bencana", True), ("BTT untuk penanggulangan bencana", False)):
        found = ready(reference, f"  - {{nama: {nama}, pagu: 5_000}}\n", "BENCANA")
        assert next(role for role in found.roles if role.peran.uraian == "BTT").gap is gap


def test_the_office_proposes_its_own_work(reference):
    program = "  - {nama: Dukungan Makan Bergizi Gratis, perangkat_daerah: Dishub}\n"
    assert done(ready(reference, program)) == [("distribusi", "Dukungan Makan Bergizi Gratis", False)]
    program = "  - {nama: Jaminan Kesehatan Nasional, perangkat_daerah: Dinsos}\n"
    found = ready(reference, program, "JKN")
    assert ("data", "Jaminan Kesehatan Nasional", False) in done(found)
    assert next(role for role in found.roles if not role.gap).doers[0].because.id == "tugas Dinsos"


def test_a_side_remark_does_no_role(reference):
    program = (
        "  - nama: Koperasi Desa Merah Putih\n"
        "    uraian: Logistik dan distribusi; juga memasok dapur MBG\n"
        "    perangkat_daerah: Dinas Koperasi\n"
    )
    found = ready(reference, program)
    assert [(named.kode, named.basis, named.aside) for _, _, named in found.items] == [("MBG", "teks", True)]
    assert done(found) == []


def test_a_sub_activity_goes_before_its_programme(reference):
    program = (
        "  - nama: Dukungan Makan Bergizi Gratis\n"
        "    pagu: 900\n"
        "    sub_kegiatan:\n"
        "      - {nama: Distribusi Makan Bergizi Gratis, pagu: 300}\n"
        "      - {nama: Angkutan untuk Makan Bergizi Gratis, pagu: 200}\n"
    )
    role = next(role for role in ready(reference, program).roles if role.peran.peran == "distribusi")
    assert [doer.judged.item.nama for doer in role.doers] == [
        "Distribusi Makan Bergizi Gratis",
        "Angkutan untuk Makan Bergizi Gratis",
    ]
    assert role.pagu == 500


def test_money_is_unknown_where_no_ceiling_is_given(reference):
    role = next(
        role for role in ready(reference, "  - {nama: Distribusi MBG}\n").roles if role.peran.peran == "distribusi"
    )
    assert role.pagu is None
    assert role.offices == ()


def test_a_ceiling_is_what_a_budget_role_asks_for(reference):
    anggaran = "Program dan anggaran daerah; APBN boleh masuk irigasi kewenangan daerah"
    for pagu, gap in (("", True), (", pagu: 0", True), (", pagu: 5_000", False)):
        found = ready(reference, f"  - {{nama: Rehabilitasi jaringan irigasi{pagu}}}\n", "IRIGASI_PANGAN")
        assert next(role for role in found.roles if role.peran.uraian == anggaran).gap is gap


def test_to_stand_in_the_rkpd_is_asked_of_an_rkpd_only(reference):
    program = "  - {nama: Dukungan Sekolah Rakyat}\n"
    role = next(r for r in ready(reference, program, "SEKOLAH_RAKYAT").roles if "RKPD" in r.peran.uraian)
    assert role.doers[0].because.id == "tercantum dalam rencana ini"
    other = ready(reference, program, "SEKOLAH_RAKYAT", dokumen="RPJMD")
    assert not any("RKPD" in role.peran.uraian for role in other.roles)


def test_what_a_governor_is_asked_is_not_asked_of_a_regency(reference):
    program = "  - {nama: Pengentasan kemiskinan}\n"
    regency = ready(reference, program, "PENGENTASAN_KEMISKINAN")
    province = ready(reference, program, "PENGENTASAN_KEMISKINAN", daerah="{nama: Provinsi Contoh, tingkat: provinsi}")
    assert not any(role.peran.oleh == ["Gubernur"] for role in regency.roles)
    assert any(role.peran.oleh == ["Gubernur"] for role in province.roles)


def test_what_is_only_allowed_is_not_asked(reference):
    found = ready(reference, "  - {nama: Koperasi Desa Merah Putih}\n", "KDMP")
    assert not any("boleh dipakai" in role.peran.uraian for role in found.roles)


def test_official_codes_name_a_programme(reference):
    """1.02.02.1.02.0033 stands in table C-2 of Permendagri 14/2026 under TBC."""
    program = (
        '  - kode: "1.02.02"\n    nama: Program Upaya Kesehatan\n'
        '    sub_kegiatan: [{kode: "1.02.02.1.02.0033", nama: Pengelolaan Pelayanan Kesehatan}]\n'
    )
    found = ready(reference, program, "TBC")
    assert [(named.kode, named.basis) for _, _, named in found.items] == [("TBC", "kode")]


@pytest.mark.parametrize(
    ("written", "kode"),
    [
        ("MBG", "MBG"),
        (" mbg ", "MBG"),
        ("Makan Bergizi Gratis", "MBG"),
        ("Koperasi Merah Putih", "KDMP"),
        ("3 Juta Rumah", "TIGA_JUTA_RUMAH"),
        ("sekolah-rakyat", "SEKOLAH_RAKYAT"),
        ("", None),
        ("?", None),
        ("MGB", None),
    ],
)
def test_how_a_national_programme_may_be_written(reference, written, kode):
    assert Nationals(reference.priorities).code(written) == kode


def test_shipped_plan_of_solok_selatan(reference):
    """The regent's words of 9 February 2026: MBG needs the region for logistics, distribution and oversight."""
    from alignment_cli.index.store import data_dir

    path = data_dir() / "programs" / "solok_selatan.yaml"
    (region,) = regions([run.check_file(load(path, path.name), reference)])
    found = {one.programme.kode: one for one in readiness(region, reference)}
    assert {role for role, _, _ in done(found["MBG"])} == {"data", "logistik", "distribusi", "pengawasan"}
    assert {role for role, _, _ in done(found["KDMP"])} == {"perencanaan", "pendampingan", "pengawasan"}
    assert found["SEKOLAH_RAKYAT"].items == ()
