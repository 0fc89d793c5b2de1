-- Tampilan di atas folder HASIL; semua tabel lain memakainya. Jalankan sekali, dari dalam HASIL atau dengan
-- SET file_search_path = 'HASIL'.
-- Views over the folder HASIL, which all other tables use. Run it once, inside HASIL or with file_search_path.

-- Satu baris per daerah, dokumen dan tahun. provinsi: dua angka pertama kode wilayah.
-- One row per region, document and year. provinsi: the first two digits of the region's code.
CREATE OR REPLACE VIEW rencana AS
SELECT *, nullif(regexp_extract(daerah_kode, '^([0-9]{2})([.]|$)', 1), '') AS provinsi
FROM read_parquet('rencana/*/*/*.parquet', hive_types = {'tahun': BIGINT, 'wilayah': VARCHAR});

-- Satu baris per butir. kelompok: tujuan yang dihitung baginya, penunjang, atau tanpa_tujuan; setiap butir punya
-- tepat satu, maka jumlah menurut kelompok habis terbagi. Jumlahkan pagu hanya WHERE rinci.
-- One row per item. kelompok: the goal it counts for, penunjang (support) or tanpa_tujuan (none); each item has
-- exactly one, so the groups add up. Add ceilings up only WHERE rinci.
CREATE OR REPLACE VIEW butir AS
SELECT
    *,
    nullif(regexp_extract(daerah_kode, '^([0-9]{2})([.]|$)', 1), '') AS provinsi,
    CASE
        WHEN status = 'penunjang' THEN 'penunjang'
        WHEN status IN ('selaras', 'perlu_tinjau') AND tujuan IS NOT NULL THEN tujuan
        ELSE 'tanpa_tujuan'
    END AS kelompok
FROM read_parquet('butir/*/*/*.parquet', hive_types = {'tahun': BIGINT, 'wilayah': VARCHAR});

CREATE OR REPLACE VIEW temuan AS
SELECT *
FROM read_parquet('temuan/*/*/*.parquet', hive_types = {'tahun': BIGINT, 'wilayah': VARCHAR});

CREATE OR REPLACE VIEW gagal AS
SELECT * FROM read_parquet('gagal.parquet');

CREATE OR REPLACE VIEW tujuan AS
SELECT kode AS kelompok, nama FROM read_parquet('acuan/tujuan.parquet')
UNION ALL
VALUES ('penunjang', 'Penunjang perangkat daerah'), ('tanpa_tujuan', 'Tanpa tujuan');

CREATE OR REPLACE VIEW program_nasional AS
SELECT * FROM read_parquet('acuan/program_nasional.parquet');

-- Nama provinsi menurut rencana provinsi itu sendiri; kosong bila rencananya tidak ada dalam HASIL.
-- Names of provinces as their own plans give them; empty where HASIL does not hold the province's plan.
CREATE OR REPLACE VIEW provinsi AS
SELECT provinsi, max(daerah) AS nama_provinsi
FROM rencana
WHERE tingkat = 'provinsi' AND provinsi IS NOT NULL
GROUP BY provinsi;
