"""Makes HTML reports of small and large plans without a command line."""

from alignment_cli import run
from alignment_cli.load import load
from alignment_cli.region import check_regions, regions
from alignment_cli.render import View
from alignment_cli.report.figures import Figures
from alignment_cli.report.render import Part
from alignment_cli.report.render.page import render
from alignment_cli.report.views import VIEWS

HOSTILE = "</script><img src=x onerror=document.title='broken'>\u202e\u2028 &amp; \"'`{{7*7}}"
"""A programme's name that is out to break the page."""
PLAN = """\
  - nama: Penurunan stunting terpadu
    perangkat_daerah: Dinas Kesehatan
    pagu: 1_000_000_003
    keselarasan: [{tujuan: AC4, porsi: 60, status: disetujui}, {tujuan: AC6, porsi: 40, status: disetujui}]
    kolaborasi: {horizontal: [Dinas Pendidikan, Dinas Sosial], eksternal: [Kodim 0309/Solok]}
  - nama: Makan Bergizi Gratis
    perangkat_daerah: Dinas Pendidikan
    kolaborasi: {horizontal: [Dinas Kesehatan]}
  - nama: Bantuan ternak sapi untuk kelompok tani
    perangkat_daerah: Dinas Pertanian
    pagu: 250_000_000
    asta_cita: 7
  - nama: Irigasi tersier desa
    perangkat_daerah: Dinas Pekerjaan Umum
    pagu: 3_750_000_000
    sub_kegiatan:
      - {nama: Rehabilitasi saluran irigasi, pagu: 2_000_000_000}
      - {nama: Pembangunan embung untuk petani}
  - {nama: Lomba, perangkat_daerah: Dinas Sosial, pagu: 5_000_000}
"""


def plan(program, tahun=2026, nama="Kabupaten Contoh"):
    """Return a plan as YAML."""
    head = f'versi: 1\ndaerah: {{kode: "13.11", nama: {nama}, tingkat: kabupaten}}\ndokumen: RKPD\ntahun: {tahun}\n'
    return f"{head}program:\n{program}"


def quoted(text):
    """Return a text as a double-quoted YAML scalar."""
    return '"' + "".join(f"\\u{ord(sign):04x}" if ord(sign) > 126 or sign in '"\\' else sign for sign in text) + '"'


def many(count):
    """Return programmes with `count` sub-activities each and money that tells them apart."""
    lines = []
    for number in range(3):
        lines += [f"  - nama: Program pertanian {number}", "    perangkat_daerah: Dinas Pertanian", "    sub_kegiatan:"]
        lines += [f"      - {{nama: Bantuan benih padi {number}-{i}, pagu: {i + 1}_000}}" for i in range(count)]
    return "\n".join(lines) + "\n"


def parts(texts, reference):
    """Return the parts of a report on plans."""
    files = [run.check_file(load(text.encode(), f"rencana-{i}.yaml"), reference) for i, text in enumerate(texts)]
    check_regions(files, reference)
    figures = [Figures(region, reference) for region in regions(files)]
    return [Part(one, [view(one) for view in VIEWS.values()]) for one in figures]


def page(texts, reference, lang="id"):
    """Return the HTML report on plans."""
    return render(parts(texts, reference), View(lang=lang))
