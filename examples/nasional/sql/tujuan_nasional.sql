-- Tiap tujuan secara nasional: berapa daerah, program, butir dan rupiah; pagu_selaras: yang jawabannya selaras. Baris
-- penunjang dan tanpa_tujuan membuat jumlahnya habis terbagi. tanpa_pagu: butir yang pagunya tidak disebut.
-- Each goal nationally: regions, programmes, items, rupiah; pagu_selaras: rupiah of items answered selaras.
WITH rencana_ada AS (SELECT DISTINCT tahun, dokumen FROM rencana),
jumlah AS (
    SELECT
        tahun, dokumen, kelompok,
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
    tahun, dokumen, kelompok AS tujuan, nama,
    coalesce(daerah, 0) AS daerah,
    coalesce(program, 0) AS program,
    coalesce(butir, 0) AS butir,
    coalesce(pagu, 0) AS pagu,
    coalesce(pagu_selaras, 0) AS pagu_selaras,
    round(pagu / nullif(sum(pagu) OVER (PARTITION BY tahun, dokumen), 0), 4) AS bagian_pagu,
    coalesce(tanpa_pagu, 0) AS tanpa_pagu
FROM rencana_ada CROSS JOIN tujuan LEFT JOIN jumlah USING (tahun, dokumen, kelompok)
ORDER BY tahun, dokumen, tujuan;
