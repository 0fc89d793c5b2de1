"""How far an office works with others: one figure with its parts, or none where nothing can be said."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alignment_cli.collaboration.analysis import Partnership, Programme
    from alignment_cli.collaboration.partners import Office


class Part(NamedTuple):
    """A share: `met` of `of`."""

    met: int
    of: int

    @property
    def value(self) -> float | None:
        """The share, 0-1; None where there is nothing to share."""
        return self.met / self.of if self.of else None


class Synergy(NamedTuple):
    """How far an office works with others, in three parts that weigh the same.

    `bermitra`: its programmes that name a partner, of those for which partners are expected. `lintas`: the levels
    (horizontal, vertikal, eksternal) at which they name one, of the levels at which partners are expected, all
    programmes together. `timbal_balik`: other offices that name it in return, of those that it names for work on which
    they have programmes of the same goal or national programme. The measure is align's own; no regulation gives one.
    """

    office: Office
    bermitra: Part
    lintas: Part
    timbal_balik: Part

    @property
    def value(self) -> float | None:
        """Mean of the parts that can be told, 0-1; None where none can."""
        known = [part.value for part in (self.bermitra, self.lintas, self.timbal_balik) if part.value is not None]
        return sum(known) / len(known) if known else None


def synergy(
    programmes: Sequence[Programme], offices: Sequence[Office], partnerships: Sequence[Partnership]
) -> tuple[Synergy, ...]:
    """Return the synergy of every office, in order; of none where no programme of the region names a partner."""
    if not any(programme.links for programme in programmes):
        return ()
    return tuple(_of_office(office, programmes, partnerships) for office in offices)


def _of_office(office: Office, programmes: Sequence[Programme], partnerships: Sequence[Partnership]) -> Synergy:
    own = [one for one in programmes if one.office is not None and one.office.key == office.key and one.expected]
    levels = [({one.partner.level for one in part.expected}, {one.partner.level for one in part.links}) for part in own]
    returned = [pair.returned for pair in partnerships if pair.first.key == office.key and pair.returned is not None]
    return Synergy(
        office,
        Part(sum(1 for one in own if one.links), len(own)),
        Part(sum(len(wanted & named) for wanted, named in levels), sum(len(wanted) for wanted, _ in levels)),
        Part(sum(returned), len(returned)),
    )
