"""The view `kolaborasi`: who works with whom, who stands alone, how the offices hang together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alignment_cli.finding import Text
from alignment_cli.report import network, words
from alignment_cli.report.table import Column, Origin, Row, Table, View, origin

if TYPE_CHECKING:
    from collections.abc import Iterable

    from alignment_cli.collaboration.analysis import Programme
    from alignment_cli.collaboration.expectation import Expected
    from alignment_cli.collaboration.synergy import Part
    from alignment_cli.report.figures import Figures
    from alignment_cli.report.table import Cell

LEVELS = {
    "horizontal": Text("Horizontal", "Horizontal"),
    "vertikal": Text("Vertikal", "Vertical"),
    "eksternal": Text("Eksternal", "External"),
}
"""Levels of partners: other offices of the region, other levels of government, bodies outside government."""
_EXPECTED = Column("diharapkan", Text("Mitra yang diharapkan", "Partners to expect"))
_SYNERGY_NOTE = Text(
    "Bermitra: program yang menyebut mitra, dari yang diharapkan bermitra. Lintas: tingkat (horizontal, vertikal, "
    "eksternal) yang disebut, dari yang diharapkan. Timbal balik: perangkat daerah mitra yang menyebut balik. Sinergi: "
    "rata-rata bagian yang dapat dihitung; ukuran buatan align, bukan dari peraturan.",
    "Partnered: programmes that name a partner, of those expected to. Levels: levels (horizontal, vertical, external) "
    "named, of those expected. Returned: partner offices that name it back. Synergy: the mean of the parts that can be "
    "counted; the measure is align's own, not a regulation's.",
)
_EXPECTED_NOTE = Text(
    "Mitra yang diharapkan: pengampu dan mitra program nasional yang didukung, perangkat daerah yang diberi peran di "
    "dalamnya, dan perangkat daerah lain dengan kode atau kegiatan prioritas yang sama.",
    "Partners to expect: leads and partners of the national programmes served, offices that have a role in them, and "
    "other offices with the same code or priority activity.",
)
_NAMED, _ADDED, _LACKING = Text("disebut", "named"), Text("tambahan", "added"), Text("belum", "missing")
_LEVELS_NOTE = Text(
    "disebut: mitra diharapkan pada tingkat itu, dan ada yang disebut; belum: diharapkan, tetapi tidak ada yang "
    "disebut; tambahan: disebut meski tidak diharapkan. Jumlah: tingkat yang disebut dari yang diharapkan.",
    "named: partners are expected at this level, and one is named; missing: expected, but none is named; added: named "
    "though not expected. Total: levels named of those expected.",
)


def collaboration(figures: Figures) -> View:
    """Return partners declared and expected, programmes that stand alone, the graph of offices, outside bodies."""
    others = [
        _levels(figures),
        _alone(figures),
        _synergy(figures),
        network.offices(figures),
        network.bridges(figures),
        network.partnerships(figures),
        _outside(figures),
    ]
    if not figures.collaboration.recorded:
        others = [table._replace(empty=words.UNTOLD) for table in others]
    sentences = [_sentence(figures), *network.sentences(figures)]
    return View("kolaborasi", Text("Kolaborasi", "Collaboration"), sentences, [_programmes(figures), *others])


def _sentence(figures: Figures) -> Text:
    found = figures.collaboration
    if not found.recorded:
        return Text("Tidak satu pun program mencatat mitra, maka kolaborasi tidak dapat dinilai; isi kolaborasi pada "
                    "program. Mitra yang diharapkan tetap tercantum di bawah.",
                    "No programme records a partner, so collaboration cannot be judged; fill in kolaborasi. The "
                    "partners to expect are listed all the same.")  # fmt: skip
    naming = sum(1 for programme in found.programmes if programme.links)
    of = len(found.programmes)
    return Text(
        f"{naming} dari {of} program menyebut mitra; {len(found.alone)} program berjalan sendiri padahal diharapkan "
        f"bermitra; {len(found.one_sided)} kemitraan sepihak.",
        f"{naming} of {of} programmes name a partner; {len(found.alone)} stand alone though partners are expected; "
        f"{len(found.one_sided)} partnership(s) are one-sided.",
    )


def _programmes(figures: Figures) -> Table:
    rows = []
    for programme in figures.collaboration.programmes:
        if programme.links or programme.expected:
            named = (_named(programme, level) for level in LEVELS)
            rows.append(_row(programme, *named, _names(programme.missing)))
    missing = Column("belum_disebut", Text("Diharapkan, belum disebut", "Expected, not named"), minor=True)
    levels = (Column(level, title, minor=True) for level, title in LEVELS.items())
    columns = (words.NAMA, words.OFFICE_ASIDE, *levels, missing)
    title = Text("Mitra tiap program", "Partners of programmes")
    return Table("mitra_program", title, columns, rows, None, _EXPECTED_NOTE, single=True)


def _named(programme: Programme, level: str) -> tuple[str, ...] | None:
    return tuple(dict.fromkeys(link.written for link in programme.links if link.partner.level == level)) or None


def _levels(figures: Figures) -> Table:
    """Return programmes by levels; met and expected levels add up to the parts `lintas` of the synergy."""
    rows, met, wanted = [], dict.fromkeys(LEVELS, 0), dict.fromkeys(LEVELS, 0)
    for programme in figures.collaboration.programmes if figures.collaboration.recorded else ():
        expected = {one.partner.level for one in programme.expected}
        named = {link.partner.level for link in programme.links}
        for level in LEVELS:
            met[level] += level in expected & named
            wanted[level] += level in expected
        if expected or named:
            rows.append(_row(programme, *(_level(level in expected, level in named) for level in LEVELS)))
    columns = (words.NAMA, words.OFFICE_ASIDE, *(Column(level, title) for level, title in LEVELS.items()))
    title = Text("Tingkat mitra tiap program", "Levels of partners of programmes")
    everything = Row((words.TOTAL, None, *(_of(met[level], wanted[level]) for level in LEVELS)))
    return Table("tingkat_mitra", title, columns, rows, everything, _LEVELS_NOTE, single=True)


def _level(expected: bool, named: bool) -> Text | None:
    if named:
        return _NAMED if expected else _ADDED
    return _LACKING if expected else None


def _alone(figures: Figures) -> Table:
    found = figures.collaboration.alone if figures.collaboration.recorded else ()
    rows = [_row(one, _names(one.expected), one.judged.item.pagu) for one in found]
    title = Text("Program yang berjalan sendiri", "Programmes that stand alone")
    return Table("berjalan_sendiri", title, (words.NAMA, words.OFFICE_ASIDE, _EXPECTED, words.PAGU), rows, single=True)


def _row(programme: Programme, *cells: Cell) -> Row:
    item = programme.judged.item
    return Row((item.nama, item.perangkat_daerah, *cells), (origin(programme.file, item),))


def _names(expected: Iterable[Expected]) -> tuple[str, ...] | None:
    return tuple(dict.fromkeys(one.partner.nama for one in expected)) or None


def _synergy(figures: Figures) -> Table:
    rows = []
    for one in figures.collaboration.synergy:
        parts = (one.bermitra, one.lintas, one.timbal_balik)
        rows.append(
            Row((one.office.nama, *(_part(part) for part in parts), one.value), _of_office(one.office.key, figures))
        )
    columns = (
        words.OFFICE,
        Column("bermitra", Text("Bermitra", "Partnered")),
        Column("lintas", Text("Lintas", "Levels")),
        Column("timbal_balik", Text("Timbal balik", "Returned")),
        Column("sinergi", Text("Sinergi", "Synergy"), "percent"),
    )
    title = Text("Sinergi perangkat daerah", "Synergy of offices")
    return Table("sinergi", title, columns, rows, None, _SYNERGY_NOTE)


def _of_office(key: str, figures: Figures) -> tuple[Origin, ...]:
    programmes = figures.collaboration.programmes
    return tuple(origin(one.file, one.judged.item) for one in programmes if one.office and one.office.key == key)


def _part(part: Part) -> Text | None:
    return _of(part.met, part.of) if part.of else None


def _of(met: int, of: int) -> Text:
    return Text(f"{met} dari {of}", f"{met} of {of}")


def _outside(figures: Figures) -> Table:
    rows = [
        Row(
            (
                one.partner.nama,
                LEVELS[one.partner.level],
                len(one.programmes),
                tuple(programme.judged.item.nama for programme in one.programmes),
            ),
            tuple(origin(programme.file, programme.judged.item) for programme in one.programmes),
        )
        for one in figures.collaboration.outside
    ]
    columns = (
        Column("mitra", Text("Mitra", "Partner")),
        Column("tingkat", Text("Tingkat", "Level")),
        words.PROGRAMMES,
        Column("pada", Text("Pada program", "In programmes"), minor=True, clear=True),
    )
    title = Text("Pihak di luar perangkat daerah", "Bodies outside the region's offices")
    return Table("pihak_luar", title, columns, rows)
