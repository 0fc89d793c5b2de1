-- Dua puluh rencana utuh dengan indeks terendah per tahun dan dokumen. Indeks menurut pagu dan menurut butir tidak
-- sebanding, maka masing-masing berurut sendiri (ditimbang).
-- The twenty whole plans with the lowest index for each year and document. An index by money (pagu) does not compare
-- with one by items (butir), so each kind has its own order.
SELECT
    tahun, dokumen, ditimbang, row_number() OVER urut AS urutan, provinsi, nama_provinsi, wilayah, daerah, tingkat,
    round(indeks, 4) AS indeks, round(indeks_batas_atas, 4) AS indeks_batas_atas, program, rinci AS butir,
    len(berkas_gagal) AS berkas_gagal
FROM rencana
LEFT JOIN provinsi USING (provinsi)
WHERE utuh AND indeks IS NOT NULL
WINDOW urut AS (PARTITION BY tahun, dokumen, ditimbang ORDER BY rencana.indeks, wilayah)
QUALIFY urutan <= 20
ORDER BY tahun, dokumen, ditimbang, urutan;
