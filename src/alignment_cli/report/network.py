"""The offices of a region as a graph: groups, islands, links and bridges, and the partnerships between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alignment_cli.finding import Text
from alignment_cli.report import words
from alignment_cli.report.table import Column, Row, Table, origin

if TYPE_CHECKING:
    from collections.abc import Iterable

    from alignment_cli.collaboration.analysis import Programme
    from alignment_cli.report.figures import Figures
    from alignment_cli.report.table import Origin

_ISLAND, _JOINT, _MEMBER = Text("pulau", "island"), Text("penghubung", "joint"), Text("anggota", "member")
_NOTE = Text(
    "Pulau: tidak bermitra dengan perangkat daerah lain. Penghubung: tanpanya kelompoknya terputus. Kelompok: "
    "perangkat daerah yang saling terhubung, langsung atau lewat yang lain.",
    "Island: no partnership with another office. Joint: without it, its group falls apart. Group: offices that hang "
    "together, directly or over others.",
)
_RETURNED = {
    True: Text("ya", "yes"),
    False: Text("tidak, sepihak", "no, one-sided"),
    None: words.UNTOLD,
}
_RETURNED_NOTE = Text(
    "Timbal balik tidak dapat dinilai bila perangkat daerah yang disebut tidak punya program dengan tujuan atau "
    "program nasional yang sama.",
    "Whether it is returned cannot be told where the office named has no programme of the same goal or national "
    "programme.",
)
_WITH = Column("dengan", Text("Dengan", "With"))


def sentences(figures: Figures) -> list[Text]:
    """Say how the offices hang together."""
    graph = figures.collaboration.graph
    names = _names(figures)
    if not figures.collaboration.recorded or not graph.nodes:
        return []
    if not graph.edges:
        return [Text("Belum ada kemitraan antar perangkat daerah yang dicatat.", "No partnership between offices is "
                     "recorded.")]  # fmt: skip
    found = []
    if graph.islands:
        listed = words.names(tuple(names[key] for key in graph.islands))
        found.append(Text(f"Tanpa mitra perangkat daerah lain: {listed.id}.",
                          f"Without another office as partner: {listed.en}."))  # fmt: skip
    if graph.joints:
        listed = words.names(tuple(names[key] for key in graph.joints))
        found.append(Text(f"Penghubung, tanpanya kelompoknya terputus: {listed.id}.",
                          f"Joints, without which their group falls apart: {listed.en}."))  # fmt: skip
    return found


def offices(figures: Figures) -> Table:
    """Return the offices with their group, their partners and what they are in the graph."""
    graph, names = figures.collaboration.graph, _names(figures)
    groups = {key: n for n, group in enumerate(graph.components, 1) for key in group}
    near: dict[str, list[str]] = {key: [] for key in graph.nodes}
    behind: dict[str, list[Programme]] = {key: [] for key in graph.nodes}
    for (first, second), programmes in graph.edges.items():
        near[first].append(second)
        near[second].append(first)
        behind[first] += programmes
        behind[second] += programmes
    rows = [
        Row(
            (
                names[key],
                _ISLAND if key in graph.islands else _JOINT if key in graph.joints else _MEMBER,
                groups[key],
                len(near[key]),
                tuple(names[other] for other in near[key]) or None,
            ),
            _origins(behind[key]),
        )
        for key in (graph.nodes if figures.collaboration.recorded else ())
    ]
    columns = (
        words.OFFICE,
        Column("kedudukan", Text("Kedudukan", "Position")),
        Column("kelompok", Text("Kelompok", "Group"), "number"),
        Column("mitra", Text("Mitra", "Partners"), "number"),
        Column("bermitra_dengan", Text("Bermitra dengan", "Partner of"), minor=True),
    )
    title = Text("Jejaring perangkat daerah", "Network of offices")
    return Table("jejaring", title, columns, rows, None, _NOTE)


def bridges(figures: Figures) -> Table:
    """Return the partnerships without which a group falls apart."""
    graph, names = figures.collaboration.graph, _names(figures)
    rows = [
        Row((names[first], names[second], len(programmes), tuple(one.judged.item.nama for one in programmes)),
            _origins(programmes))
        for first, second in graph.bridges
        for programmes in (graph.edges[first, second],)
    ]  # fmt: skip
    columns = (
        words.OFFICE,
        _WITH,
        words.PROGRAMMES,
        Column("lewat", Text("Lewat program", "Through"), minor=True),
    )
    title = Text(
        "Jembatan: kemitraan satu-satunya antara dua bagian", "Bridges: the only partnership between two sides"
    )
    return Table("jembatan", title, columns, rows)


def partnerships(figures: Figures) -> Table:
    """Return which office names which, and whether that is returned."""
    rows = []
    for pair in figures.collaboration.partnerships:
        behind = tuple({programme.id: programme for programme, _ in pair.links}.values())
        rows.append(Row((pair.first.nama, pair.second.nama, len(behind), _RETURNED[pair.returned]), _origins(behind)))
    columns = (
        words.OFFICE,
        _WITH._replace(key="menyebut", title=Text("Menyebut", "Names")),
        words.PROGRAMMES,
        Column("timbal_balik", Text("Timbal balik", "Returned")),
    )
    title = Text("Kemitraan antar perangkat daerah", "Partnerships of offices")
    return Table("kemitraan", title, columns, rows, None, _RETURNED_NOTE)


def _names(figures: Figures) -> dict[str, str]:
    return {office.key: office.nama for office in figures.collaboration.offices}


def _origins(programmes: Iterable[Programme]) -> tuple[Origin, ...]:
    return tuple(dict.fromkeys(origin(one.file, one.judged.item) for one in programmes))
