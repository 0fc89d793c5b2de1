-- Seperti tujuan_nasional, per provinsi (rencana provinsi dan semua kabupaten/kota di dalamnya).
-- As tujuan_nasional, by province (the province's plan and those of all its regencies and cities).
WITH rencana_ada AS (SELECT DISTINCT tahun, dokumen, provinsi FROM rencana),
jumlah AS (
    SELECT
        tahun, dokumen, provinsi, kelompok,
        count(DISTINCT wilayah) AS daerah,
        count(*) FILTER (WHERE jenjang = 'program') AS program,
        count(*) FILTER (WHERE rinci) AS butir,
        sum(pagu) FILTER (WHERE rinci) AS pagu,
        sum(pagu) FILTER (WHERE rinci AND status = 'selaras') AS pagu_selaras,
        count(*) FILTER (WHERE rinci AND pagu IS NULL) AS tanpa_pagu
    FROM butir
    GROUP BY ALL
)
SELECT
    ada.tahun, ada.dokumen, ada.provinsi, nama_provinsi, tujuan.kelompok AS tujuan,
    coalesce(daerah, 0) AS daerah,
    coalesce(program, 0) AS program,
    coalesce(butir, 0) AS butir,
    coalesce(pagu, 0) AS pagu,
    coalesce(pagu_selaras, 0) AS pagu_selaras,
    round(pagu / nullif(sum(pagu) OVER (PARTITION BY ada.tahun, ada.dokumen, ada.provinsi), 0), 4) AS bagian_pagu,
    coalesce(tanpa_pagu, 0) AS tanpa_pagu
FROM rencana_ada AS ada
CROSS JOIN tujuan
LEFT JOIN jumlah
    ON jumlah.tahun = ada.tahun AND jumlah.dokumen = ada.dokumen AND jumlah.kelompok = tujuan.kelompok
    AND jumlah.provinsi IS NOT DISTINCT FROM ada.provinsi
LEFT JOIN provinsi ON provinsi.provinsi = ada.provinsi
ORDER BY ada.tahun, ada.dokumen, ada.provinsi NULLS LAST, tujuan.kelompok;
