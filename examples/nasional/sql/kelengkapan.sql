-- Seberapa lengkap data di balik tabel lain: rencana yang masuk dan yang utuh, berkas yang gagal, program yang terlalu
-- rusak untuk dinilai, butir tanpa pagu. Berkas yang tidak diketahui daerahnya hanya ada di gagal.
-- How complete the data behind the other tables are: plans that are in, and whole; files that failed; programmes too
-- faulty to judge; items without a ceiling. Files of unknown region stand in gagal only.
WITH pagu AS (
    SELECT tahun, dokumen, wilayah, count(*) FILTER (WHERE rinci AND pagu IS NULL) AS tanpa_pagu
    FROM butir
    GROUP BY ALL
)
SELECT
    tahun, dokumen, rencana.provinsi, nama_provinsi,
    count(*) AS rencana,
    count(*) FILTER (WHERE utuh) AS utuh,
    sum(len(berkas_gagal)) AS berkas_gagal,
    sum(program) AS program,
    sum(program_tidak_dinilai) AS program_tidak_dinilai,
    sum(rinci) AS butir,
    coalesce(sum(tanpa_pagu), 0) AS tanpa_pagu,
    list_sort(list_distinct(list(versi_align))) AS versi_align
FROM rencana
LEFT JOIN pagu USING (tahun, dokumen, wilayah)
LEFT JOIN provinsi ON provinsi.provinsi = rencana.provinsi
GROUP BY ALL
ORDER BY tahun, dokumen, rencana.provinsi NULLS LAST;
