-- Daerah yang tidak punya satu pun program atau sub kegiatan untuk suatu tujuan, juga tidak sebagai tujuan lain (juga).
-- Seperti aturan AL701: hanya rencana yang utuh; penggalan tidak berkata apa-apa tentang yang ditinggalkan daerah.
-- Regions without any programme or sub-activity for a goal, not even as a further goal (juga). As the rule AL701: only
-- whole plans; a fragment says nothing of what a region leaves out.
WITH didukung AS (
    SELECT DISTINCT tahun, dokumen, wilayah, unnest(list_append(juga, tujuan)) AS kelompok
    FROM butir
    WHERE status IN ('selaras', 'perlu_tinjau')
)
SELECT tahun, dokumen, provinsi, nama_provinsi, wilayah, daerah, kelompok AS tujuan, nama
FROM rencana
CROSS JOIN tujuan
LEFT JOIN provinsi USING (provinsi)
ANTI JOIN didukung USING (tahun, dokumen, wilayah, kelompok)
WHERE utuh AND kelompok NOT IN ('penunjang', 'tanpa_tujuan')
ORDER BY tahun, dokumen, wilayah, tujuan;
