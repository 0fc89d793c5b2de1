"""Who works with whom in one region: declared and expected partners, and what follows from both.

All functions are pure: they read the results of a region's files and the reference data, and change neither.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Literal, NamedTuple

from alignment_cli.collaboration import catalogue, graph
from alignment_cli.collaboration.expectation import Expectations, Expected
from alignment_cli.collaboration.partners import Office, Partner, Resolver
from alignment_cli.collaboration.synergy import Synergy, synergy
from alignment_cli.national import Named, nationals_of
from alignment_cli.result import counts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from alignment_cli.finding import Route
    from alignment_cli.national import Nationals
    from alignment_cli.reference import Reference
    from alignment_cli.region import Region
    from alignment_cli.result import FileResult, Judged

Key = Literal["horizontal", "vertikal", "eksternal"]
KEYS: tuple[Key, ...] = ("horizontal", "vertikal", "eksternal")


class Link(NamedTuple):
    """A partner that a programme names, at `route` of its file."""

    key: Key
    route: Route
    written: str
    partner: Partner


class Programme(NamedTuple):
    """A programme with its office, the national programmes that it or its parts serve, and its partners: `links` as
    declared, `expected` as its national programmes, their roles, shared codes and shared KP suggest.
    """

    file: FileResult
    judged: Judged
    office: Office | None
    national: tuple[Named, ...]
    links: tuple[Link, ...]
    expected: tuple[Expected, ...] = ()

    @property
    def id(self) -> Route:
        """What tells it from all others of the region: its file and its place there."""
        return (self.file.loaded.path, *self.judged.item.route)

    @property
    def missing(self) -> tuple[Expected, ...]:
        """The expected partners that it does not name."""
        named = {link.partner.body for link in self.links}
        return tuple(part for part in self.expected if part.partner.body not in named)

    @property
    def alone(self) -> bool:
        """Tell whether it names nobody though partners are expected."""
        return bool(self.expected) and not self.links

    def shares(self, other: Programme) -> bool:
        """Tell whether both serve one goal or one national programme. Official tags of codes do not count: they name
        broad themes.
        """
        goals = [one.judged.verdict.goal for one in (self, other) if counts(one.judged.verdict)]
        if len(goals) == 2 and goals[0] == goals[1]:  # noqa: PLR2004 - two programmes
            return True
        first, second = ({one.kode for one in part.national if one.basis != "kode"} for part in (self, other))
        return bool(first & second)


class Partnership(NamedTuple):
    """Office `first` names `second` as partner of programmes. `answers` are the programmes of `second` with the same
    goal or national programme as one of these; `returned` tells whether one of them names `first`, None where there is
    none to do so.
    """

    first: Office
    second: Office
    links: tuple[tuple[Programme, Link], ...]
    answers: tuple[Programme, ...]
    returned: bool | None


class Involvement(NamedTuple):
    """A body outside the region's offices and the programmes that name it."""

    partner: Partner
    programmes: tuple[Programme, ...]


class Collaboration(NamedTuple):
    """All that is known of who works with whom. `recorded` is false where no programme names any partner: then the plan
    does not record partners, and that a programme names none tells nothing of it.
    """

    programmes: tuple[Programme, ...]
    offices: tuple[Office, ...]
    graph: graph.Graph
    partnerships: tuple[Partnership, ...]
    outside: tuple[Involvement, ...]
    synergy: tuple[Synergy, ...]

    @property
    def recorded(self) -> bool:
        """Tell whether any programme names a partner."""
        return any(programme.links for programme in self.programmes)

    @property
    def one_sided(self) -> tuple[Partnership, ...]:
        """The partnerships that the other office does not return."""
        return tuple(pair for pair in self.partnerships if pair.returned is False)

    @property
    def alone(self) -> tuple[Programme, ...]:
        """The programmes that name nobody though partners are expected."""
        return tuple(programme for programme in self.programmes if programme.alone)


def resolver_of(region: Region, reference: Reference) -> Resolver:
    """Return what knows the region's offices and the catalogue."""
    daerah = region.header.daerah
    resolver = Resolver(catalogue.read(reference.index), daerah.nama, daerah.tingkat)
    resolver.learn(region.offices, (written for _, judged in region.programmes for _, _, written in _written(judged)))
    return resolver


def analyse(region: Region, reference: Reference) -> Collaboration:
    """Return who works with whom in a region."""
    resolver, nationals = resolver_of(region, reference), nationals_of(reference.priorities)
    national = _national(region, nationals)
    bare = [_programme(*part, resolver, national) for part in region.programmes]
    expectations = Expectations(bare, resolver, nationals, reference.matcher.nomenclature)
    programmes = tuple(part._replace(expected=expectations.of(part)) for part in bare)
    offices = tuple(resolver.offices.values())
    partnerships = tuple(_partnerships(programmes, resolver))
    return Collaboration(
        programmes,
        offices,
        graph.build((office.key for office in offices), _edges(partnerships)),
        partnerships,
        _outside(programmes),
        synergy(programmes, offices, partnerships),
    )


def _national(region: Region, nationals: Nationals) -> dict[Route, dict[str, Named]]:
    """Return the national programmes of each programme and its parts by code, on the surest basis."""
    found: dict[Route, dict[str, Named]] = defaultdict(dict)
    for file in region.files:
        for judged in file.judged:
            of_programme = found[(file.loaded.path, *judged.item.route[:2])]
            for named in nationals.of(judged):
                before = of_programme.get(named.kode)
                if before is None or before.basis == "kode" or (before.aside and not named.aside):
                    of_programme[named.kode] = named
    return found


def _programme(
    file: FileResult, judged: Judged, resolver: Resolver, national: Mapping[Route, dict[str, Named]]
) -> Programme:
    item = judged.item
    found = national[(file.loaded.path, *item.route)]
    links = [Link(key, route, written, resolver(written)) for key, route, written in _written(judged)]
    return Programme(file, judged, resolver.office(item.perangkat_daerah), tuple(found.values()), tuple(links))


def _written(judged: Judged) -> Iterator[tuple[Key, Route, str]]:
    """Yield the partners of a programme as written; a sub-activity has none of its own."""
    kolaborasi = getattr(judged.item.butir, "kolaborasi", None)
    for key in KEYS:
        for i, written in enumerate(getattr(kolaborasi, key, ())):
            yield key, (*judged.item.route, "kolaborasi", key, i), written


def _partnerships(programmes: tuple[Programme, ...], resolver: Resolver) -> Iterator[Partnership]:
    own: dict[str, list[Programme]] = defaultdict(list)
    declared: dict[tuple[str, str], list[tuple[Programme, Link]]] = defaultdict(list)
    for programme in programmes:
        if programme.office is None:
            continue
        own[programme.office.key].append(programme)
        for link in programme.links:
            if link.partner.kind == "office" and link.partner.key != programme.office.key:
                declared[programme.office.key, link.partner.key].append((programme, link))
    for (first, second), links in declared.items():
        answers = tuple(one for one in own[second] if any(one.shares(programme) for programme, _ in links))
        returned = any(link.partner.key == first for one in answers for link in one.links) if answers else None
        yield Partnership(resolver.offices[first], resolver.offices[second], tuple(links), answers, returned)


def _edges(partnerships: Iterable[Partnership]) -> dict[graph.Edge, tuple[Programme, ...]]:
    edges: dict[graph.Edge, dict[Route, Programme]] = defaultdict(dict)
    for pair in partnerships:
        behind = edges[graph.edge(pair.first.key, pair.second.key)]
        behind.update((programme.id, programme) for programme, _ in pair.links)
    return {key: tuple(behind.values()) for key, behind in sorted(edges.items())}


def _outside(programmes: tuple[Programme, ...]) -> tuple[Involvement, ...]:
    """Return the bodies outside the region's offices, those with the most programmes first."""
    found: dict[str, tuple[Partner, dict[Route, Programme]]] = {}
    for programme in programmes:
        for partner in (link.partner for link in programme.links):
            if partner.kind != "office":
                named = partner if partner.entry is None else partner._replace(nama=partner.entry.nama)
                found.setdefault(partner.body, (named, {}))[1][programme.id] = programme
    made = [Involvement(partner, tuple(behind.values())) for partner, behind in found.values()]
    return tuple(sorted(made, key=lambda one: (-len(one.programmes), one.partner.nama.casefold())))
