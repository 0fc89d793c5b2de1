"""Words of the JSON Schemas, in Indonesian: titles of shapes, meanings of choices, fields of a priorities file.

The fields of a programme file carry their description in `model`. The shapes of a priorities file are plain
dataclasses, which have no place for one.
"""

from __future__ import annotations

TITLES = {
    "Berkas": "Berkas program align: rencana satu daerah, satu dokumen, satu tahun",
    "Daerah": "Daerah pemilik rencana",
    "Indikator": "Indikator kinerja dengan satuan dan targetnya",
    "Keselarasan": "Keselarasan satu butir dengan satu tujuan",
    "Kolaborasi": "Mitra kerja",
    "DukunganNasional": "Program nasional yang didukung dan peran daerah yang dijalankan",
    "SubKegiatan": "Sub kegiatan di bawah program",
    "Program": "Program daerah",
    "Misi": "Misi daerah dan yang didukungnya",
    "MisiProvinsi": "Misi provinsi",
    "Prioritas": "Berkas prioritas align: kerangka tujuan nasional atau daerah",
    "Kerangka": "Nama, dasar hukum dan masa berlaku kerangka",
    "Rumusan": "Satu rumusan tujuan, resmi atau populer",
    "KegiatanPrioritas": "Kegiatan Prioritas (KP)",
    "ProgramPrioritas": "Program Prioritas (PP)",
    "IndikatorMakro": "Indikator makro dengan targetnya",
    "Kosakata": "Kelompok istilah yang menunjuk ke tujuan",
    "Tujuan": "Tujuan beserta isinya dan kosakatanya",
    "Penunjang": "Kosakata penunjang internal perangkat daerah",
    "TautanProgram": "Tujuan sebuah program nasional menurut satu otoritas",
    "Mitra": "Mitra program nasional",
    "PeranDaerah": "Peran daerah dalam sebuah program nasional",
    "ProgramNasional": "Program nasional beserta peran daerah di dalamnya",
    "ProSN": "Kelompok Program Strategis Nasional (Permendagri 14/2026, tabel C-1)",
}
"""Titles by the name of the shape."""

CHOICES = {
    "tingkat": {
        "provinsi": "Pemerintah daerah provinsi",
        "kabupaten": "Pemerintah daerah kabupaten",
        "kota": "Pemerintah daerah kota",
    },
    "dokumen": {
        "RPJMD": "Rencana Pembangunan Jangka Menengah Daerah",
        "Renstra": "Rencana Strategis perangkat daerah",
        "RKPD": "Rencana Kerja Pemerintah Daerah",
        "Renja": "Rencana Kerja perangkat daerah",
        "KUA-PPAS": "Kebijakan Umum APBD dan Prioritas dan Plafon Anggaran Sementara",
        "RAPBD": "Rancangan Anggaran Pendapatan dan Belanja Daerah",
        "APBD": "Anggaran Pendapatan dan Belanja Daerah",
    },
    "peran": {
        "utama": "Sumbangan utama butir ini",
        "pendukung": "Sumbangan tambahan",
    },
    "status": {
        "dinyatakan": "Klaim dalam dokumen; diperiksa",
        "diusulkan": "Usulan yang menunggu keputusan",
        "disetujui": "Keputusan; mengakhiri keraguan",
        "ditolak": "Tidak diusulkan lagi",
    },
}
"""What the choices of a field mean, by the field's name."""

FIELDS = {
    "Prioritas": {
        "versi": "Versi bentuk berkas, sekarang 1",
        "kerangka": "Nama, dasar hukum dan masa berlaku kerangka",
        "sumber": "Daftar sumber: kunci yang dipakai dalam berkas ini, dan keterangan lengkapnya",
        "tujuan": "Daftar tujuan",
        "penunjang": "Kosakata penunjang internal perangkat daerah; tidak ada tujuan yang diharapkan",
        "indikator_makro": "Indikator makro di luar tujuan tertentu",
        "program_nasional": "Program nasional beserta peran daerah",
        "pro_sn": "Kelompok Program Strategis Nasional",
        "tematik": "Tema pembangunan, mis. menurut Permendagri 14/2026 tabel C-3",
        "singkatan": "Singkatan dan kepanjangannya",
        "lokal": "Kata daerah dan padanannya dalam bahasa Indonesia",
    },
    "Kerangka": {
        "kode": "Awalan kode tujuan, mis. AC",
        "nama": "Nama kerangka, mis. Asta Cita",
        "nama_en": "Nama dalam bahasa Inggris",
        "dasar": "Dasar hukum",
        "berlaku": 'Masa berlaku, mis. "2025-2029"',
    },
    "Rumusan": {
        "jenis": "Jenis rumusan, mis. populer",
        "teks": "Bunyi rumusan",
        "sumber": "Kunci dalam daftar sumber",
    },
    "KegiatanPrioritas": {
        "kode": 'Kode KP, mis. "04.11.02"',
        "nama": "Nama KP",
        "keyakinan": "Seberapa yakin nama ini terbaca dengan benar",
        "terbaca": "false bila sumber tidak terbaca atau tertukar",
    },
    "ProgramPrioritas": {
        "kode": 'Kode PP, mis. "04.11"',
        "nama": "Judul PP",
        "resmi": "false bila judul hanya label kerja",
        "sumber": "Kunci dalam daftar sumber; berlaku juga untuk KP di bawahnya",
        "kegiatan_prioritas": "KP di bawah PP ini",
    },
    "IndikatorMakro": {
        "nama": "Nama indikator",
        "satuan": "Satuan",
        "kelompok": "Kelompok indikator pada sumber, mis. PN1",
        "awal": "Nilai awal, dengan angka seperti pada sumber",
        "target_2025": "Target 2025, dengan angka seperti pada sumber",
        "target_2029": "Target 2029, dengan angka seperti pada sumber",
        "sumber": "Kunci dalam daftar sumber",
    },
    "Kosakata": {
        "kp": "Kode KP yang menjadi dasar istilah ini",
        "sumber": "Sumber lain yang menjadi dasar istilah ini",
        "istilah": "Istilah dan bobotnya: 3 menentukan tujuan, 2 kuat, 1 condong",
    },
    "Tujuan": {
        "kode": "Kode tujuan, mis. AC4",
        "nomor": "Nomor tujuan",
        "nama": "Nama pendek",
        "nama_en": "Nama pendek dalam bahasa Inggris",
        "rumusan": "Rumusan tujuan ini",
        "tema": "Tema di bawah tujuan ini",
        "indikator": "Indikator makro tujuan ini",
        "nomenklatur": "Awal kode nomenklatur yang menunjuk ke tujuan ini; hanya pada kerangka sendiri",
        "program_prioritas": "PP di bawah tujuan ini",
        "kosakata": "Istilah yang menunjuk ke tujuan ini",
        "bukan": "Ungkapan yang mirip tetapi bukan, dengan bobot pengurang -1 sampai -3",
    },
    "Penunjang": {
        "kosakata": "Istilah penunjang internal",
        "bukan": "Ungkapan yang mirip tetapi bukan, dengan bobot pengurang -1 sampai -3",
    },
    "TautanProgram": {
        "kode": "Kode tujuan",
        "peran": "Tujuan utama atau pendukung program ini",
        "otoritas": "Otoritas yang menyatakannya",
        "kp": "Kode KP yang terkait",
    },
    "Mitra": {
        "nama": "Nama mitra",
        "singkatan": "Singkatan nama mitra",
        "jenis": "Jenis mitra",
    },
    "PeranDaerah": {
        "peran": "Peran daerah, mis. lahan, pengawasan, data",
        "uraian": "Apa yang diminta dari daerah",
        "uraian_en": "Uraian dalam bahasa Inggris",
        "dasar": "Dasar hukum peran ini",
        "oleh": "Perangkat daerah yang lazim menjalankannya",
    },
    "ProgramNasional": {
        "kode": "Kode program nasional",
        "nama": "Nama program nasional",
        "alias": "Sebutan lain yang pasti menunjuk ke program ini",
        "alias_lemah": "Sebutan yang perlu didukung bukti lain",
        "tujuan": "Tujuan menurut tiap otoritas",
        "pro_sn": "Kelompok Program Strategis Nasional yang memuatnya",
        "pkpn": "Klaster Program Kerja Prioritas Nasional yang memuatnya",
        "dasar_hukum": "Dasar hukum",
        "pengampu": "Kementerian atau lembaga pengampu",
        "mitra": "Mitra program",
        "peran_daerah": "Peran daerah",
        "sumber": "Sumber data program ini",
        "keyakinan": "Seberapa yakin data ini",
    },
    "ProSN": {
        "nama": "Nama kelompok",
        "proyek": "Proyek dalam kelompok ini",
    },
}
"""Descriptions of the fields of a priorities file, by shape and field."""

CONFIG = {
    "select": 'Hanya aturan ini: kode, nama, atau awal kode, mis. ["AL1", "AL203"]',
    "ignore": 'Tanpa aturan ini: kode, nama, atau awal kode, mis. ["AL5"]',
    "fail_on": "Temuan mulai tingkat ini membuat kode keluar 1",
    "format": "Bentuk keluaran",
    "lang": "Bahasa keluaran: id atau en",
    "min_keselarasan": "Batas bagian rencana yang selaras, dalam persen: 80, atau per tujuan {AC4 = 60}",
    "baseline": "Berkas temuan lama yang untuk sementara tidak dihitung",
    "priorities": "Kerangka tujuan lain, dengan bentuk seperti data/asta_cita.yaml",
    "calibration": "Kalibrasi sendiri, dari align eval --calibrate",
    "paths": "Berkas atau folder yang diperiksa bila perintah tidak menyebutnya",
    "exclude": 'Pola berkas yang dilewati dalam folder, mis. ["*/arsip/*"]',
    "per_file": "Aturan yang tidak dihitung pada berkas tertentu, per pola berkas, dengan alasannya",
    "jobs": "Banyaknya proses; 0: sebanyak prosesor",
    "cache": "Pakai jawaban yang tersimpan untuk berkas yang tidak berubah",
    "limits": "Batas ukuran dan bentuk berkas yang dibaca",
}
"""Descriptions of the keys of `align.toml`."""
LIMITS = {
    "file_bytes": "Ukuran berkas YAML, dalam byte",
    "depth": "Tingkat sarang dalam berkas YAML",
    "values": "Banyaknya nilai dalam berkas YAML; alias dihitung setiap kali mengembang",
    "text_characters": "Panjang satu teks dalam berkas YAML atau lembar, dalam karakter",
    "sheet_bytes": "Ukuran lembar kerja atau CSV, dalam byte",
    "sheet_unpacked_bytes": "Ukuran lembar kerja setelah dibuka dari kemasannya, dalam byte",
    "sheet_rows": "Banyaknya baris dalam satu lembar",
    "sheet_columns": "Banyaknya kolom dalam satu lembar",
    "sheet_cells": "Banyaknya sel dalam satu lembar: baris kali kolom",
}
"""Descriptions of the limits in `align.toml`."""
