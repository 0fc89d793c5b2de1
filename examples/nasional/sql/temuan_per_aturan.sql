-- Temuan menurut aturan: berapa, di berapa daerah, dan per 1.000 butir.
-- Findings by rule: how many, in how many regions, and per 1,000 items.
WITH semua AS (SELECT tahun, dokumen, count(*) AS butir FROM butir GROUP BY ALL)
SELECT
    tahun, dokumen, aturan, nama_aturan, tingkat_temuan, kelas,
    count(*) AS temuan,
    count(DISTINCT wilayah) AS daerah,
    round(1000 * count(*) / nullif(any_value(butir), 0), 2) AS per_1000_butir
FROM temuan
LEFT JOIN semua USING (tahun, dokumen)
GROUP BY ALL
ORDER BY tahun, dokumen, temuan DESC, aturan;
