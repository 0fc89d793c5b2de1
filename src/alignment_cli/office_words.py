"""Words and short forms in names of perangkat daerah. Usage, not regulation."""

from __future__ import annotations

SHORT: dict[str, tuple[str, ...]] = {
    "bakesbangpol": ("badan kesatuan bangsa politik",),
    "bappeda": ("badan perencanaan pembangunan",),
    "bapperida": ("badan perencanaan pembangunan riset inovasi",),
    "bapenda": ("badan pendapatan",),
    "bpbd": ("badan penanggulangan bencana",),
    "capil": ("pencatatan sipil",),
    "damkar": ("pemadam kebakaran",),
    "dlh": ("dinas lingkungan hidup",),
    "dpmd": ("dinas pemberdayaan masyarakat desa", "dinas pemberdayaan masyarakat nagari"),
    "dprd": ("dewan perwakilan rakyat",),
    "dukcapil": ("kependudukan pencatatan sipil",),
    "esdm": ("energi sumber daya mineral",),
    "kesbangpol": ("kesatuan bangsa politik",),
    "kominfo": ("komunikasi informatika",),
    "naker": ("tenaga kerja",),
    "p2kb": ("pengendalian penduduk keluarga berencana",),
    "p3a": ("pemberdayaan perempuan perlindungan anak",),
    "perindag": ("perindustrian perdagangan",),
    "perkim": ("perumahan kawasan permukiman", "perumahan rakyat kawasan permukiman"),
    "pmd": ("pemberdayaan masyarakat desa", "pemberdayaan masyarakat nagari"),
    "pu": ("pekerjaan umum",),
    "pupr": ("pekerjaan umum penataan ruang", "pekerjaan umum perumahan rakyat"),
    "satpolpp": ("satuan polisi pamong praja",),
    "setda": ("sekretariat daerah",),
    "setwan": ("sekretariat dewan perwakilan rakyat",),
    "ukm": ("usaha kecil menengah",),
    "umkm": ("usaha mikro kecil menengah",),
}
"""Short forms that may stand alone, with what they can mean, without filler. What stands for different offices in
different regions (BKD, DPKP) is left out."""
PARTS: dict[str, tuple[str, ...]] = {
    "arsip": ("kearsipan",),
    "bud": ("kebudayaan",),
    "bun": ("perkebunan",),
    "dag": ("perdagangan",),
    "dik": ("pendidikan",),
    "hub": ("perhubungan",),
    "hut": ("kehutanan",),
    "kan": ("perikanan",),
    "kes": ("kesehatan",),
    "kop": ("koperasi",),
    "nak": ("peternakan",),
    "par": ("pariwisata",),
    "perin": ("perindustrian",),
    "pora": ("kepemudaan olahraga", "pemuda olahraga"),
    "pus": ("perpustakaan",),
    "sos": ("sosial",),
    "tan": ("pertanian",),
    "trans": ("transmigrasi",),
    **SHORT,
}
"""Pieces of compound short forms ("Disperindagkop")."""
LEADS = ("dis", "din")
"""How compound short forms of a dinas begin."""
HEADS = frozenset({"badan", "biro", "dinas", "inspektorat", "kantor", "satuan", "sekretariat"})
"""Kinds of offices of which a region has one by each name. Kecamatan, kelurahan, UPTD, schools and the like bear names
of places, which differ by a letter and are still different offices."""
FILLER = frozenset({"dan", "serta", "daerah"})
"""Words that tell no offices apart; "Sekretariat Daerah" excepted."""
WORDS = """
    administrasi anak aset bangsa bencana berencana bidang dasar desa energi hidup kawasan kebersihan kelautan
    keluarga kepegawaian ketahanan ketenteraman ketertiban keuangan lingkungan manusia masyarakat mineral modal
    nagari pangan pelatihan pelayanan pembangunan pemberdayaan pemerintahan penanaman penanggulangan penataan
    pendapatan penduduk penelitian pengelolaan pengembangan pengendalian penyelamatan perempuan perencanaan
    perkebunan perlindungan permukiman persandian pertamanan pertanahan perumahan pintu rakyat ruang satu
    statistik sumber tata terpadu urusan wilayah
"""
"""Further words of office names (bidang urusan of Permendagri 90/2019, and what offices are usually called)."""
