-- Perubahan tiap tujuan dari tahun ke tahun berikutnya, untuk dokumen yang sama, hanya daerah yang ada pada kedua tahun:
-- selain itu daerah yang baru masuk terlihat seperti kenaikan.
-- What changed for each goal from one year to the next, for the same document, only regions that are there in both
-- years: otherwise a region that joins would look like growth.
WITH pasangan AS (
    SELECT lama.tahun AS dari, baru.tahun AS ke, dokumen, wilayah
    FROM rencana AS lama
    INNER JOIN rencana AS baru USING (dokumen, wilayah)
    WHERE baru.tahun = lama.tahun + 1
),
jumlah AS (
    SELECT
        tahun, dokumen, wilayah, kelompok,
        count(*) FILTER (WHERE jenjang = 'program') AS program,
        sum(pagu) FILTER (WHERE rinci) AS pagu,
        sum(pagu) FILTER (WHERE rinci AND status = 'selaras') AS pagu_selaras
    FROM butir
    GROUP BY ALL
),
per_tujuan AS (
    SELECT
        dari, ke, pasangan.dokumen, tujuan.kelompok AS tujuan, nama,
        count(DISTINCT pasangan.wilayah) AS daerah,
        coalesce(sum(lama.program), 0) AS program_dari,
        coalesce(sum(baru.program), 0) AS program_ke,
        coalesce(sum(lama.pagu), 0) AS pagu_dari,
        coalesce(sum(baru.pagu), 0) AS pagu_ke,
        coalesce(sum(lama.pagu_selaras), 0) AS pagu_selaras_dari,
        coalesce(sum(baru.pagu_selaras), 0) AS pagu_selaras_ke
    FROM pasangan
    CROSS JOIN tujuan
    LEFT JOIN jumlah AS lama
        ON lama.tahun = dari AND lama.dokumen = pasangan.dokumen AND lama.wilayah = pasangan.wilayah
        AND lama.kelompok = tujuan.kelompok
    LEFT JOIN jumlah AS baru
        ON baru.tahun = ke AND baru.dokumen = pasangan.dokumen AND baru.wilayah = pasangan.wilayah
        AND baru.kelompok = tujuan.kelompok
    GROUP BY ALL
)
SELECT
    *, pagu_ke - pagu_dari AS pagu_berubah, round((pagu_ke - pagu_dari) / nullif(pagu_dari, 0), 4) AS bagian_berubah
FROM per_tujuan
ORDER BY dari, dokumen, tujuan;
