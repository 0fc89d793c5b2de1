-- Program nasional (MBG, KDMP ...) per provinsi: berapa daerah yang mendukungnya, dari berapa, dengan berapa butir dan
-- rupiah. Butir mendukung bila menyatakannya, menyebutnya, atau berkode yang ditandai resmi. Bila hanya programnya yang
-- mendukung, semua sub kegiatannya ikut; bila ada sub kegiatan yang mendukung sendiri, hanya yang itu.
-- National programmes by province: how many regions serve them, of how many, with how many items and rupiah. An item
-- serves one that it declares or names, or by its official code. Where only a programme does, all its sub-activities
-- count; where sub-activities do by themselves, only those.
WITH didukung AS (
    SELECT
        tahun, dokumen, wilayah, berkas, letak, letak_program, rinci, pagu,
        unnest(program_nasional_didukung) AS program_nasional
    FROM butir
),
sendiri AS (SELECT * FROM didukung WHERE rinci),
lewat_program AS (
    SELECT tahun, dokumen, wilayah, berkas, letak AS letak_program, program_nasional
    FROM didukung
    ANTI JOIN sendiri USING (tahun, dokumen, wilayah, berkas, letak_program, program_nasional)
    WHERE NOT rinci
),
butir_didukung AS (
    SELECT tahun, dokumen, wilayah, program_nasional, pagu FROM sendiri
    UNION ALL
    SELECT tahun, dokumen, wilayah, program_nasional, butir.pagu
    FROM lewat_program INNER JOIN butir USING (tahun, dokumen, wilayah, berkas, letak_program)
    WHERE rinci
),
per_daerah AS (
    SELECT tahun, dokumen, wilayah, program_nasional, count(*) AS butir, sum(pagu) AS pagu
    FROM butir_didukung
    GROUP BY ALL
),
per_provinsi AS (
    SELECT
        rencana.tahun, rencana.dokumen, rencana.provinsi, daftar.kode, daftar.nama,
        count(*) AS daerah,
        count(per_daerah.program_nasional) AS mendukung,
        coalesce(sum(per_daerah.butir), 0) AS butir,
        coalesce(sum(per_daerah.pagu), 0) AS pagu
    FROM rencana
    CROSS JOIN program_nasional AS daftar
    LEFT JOIN per_daerah
        ON per_daerah.tahun = rencana.tahun AND per_daerah.dokumen = rencana.dokumen
        AND per_daerah.wilayah = rencana.wilayah AND per_daerah.program_nasional = daftar.kode
    GROUP BY ALL
)
SELECT
    tahun, dokumen, per_provinsi.provinsi, nama_provinsi, kode AS program_nasional, nama, daerah, mendukung,
    round(mendukung / daerah, 4) AS bagian_mendukung, butir, pagu
FROM per_provinsi
LEFT JOIN provinsi ON provinsi.provinsi = per_provinsi.provinsi
ORDER BY tahun, dokumen, per_provinsi.provinsi NULLS LAST, program_nasional;
