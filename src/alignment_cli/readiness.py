"""How ready a region is for the national programmes: which role that they ask of it is done by whom, which by nobody.

A role is done for certain where the file declares it (``program_nasional: [{kode: MBG, peran: [logistik]}]``). It is
proposed where an item that serves the national programme has words of the role (`peran` in `data/mitra.yaml`) or of the
task in its texts, or belongs to an office whose work the role is. What is left is a gap.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from alignment_cli.collaboration import catalogue
from alignment_cli.collaboration.analysis import resolver_of
from alignment_cli.national import nationals_of
from alignment_cli.roles import STANDS_IN, Doer, Reader

if TYPE_CHECKING:
    from collections.abc import Iterable

    from alignment_cli.national import Named
    from alignment_cli.priorities import PeranDaerah, ProgramNasional
    from alignment_cli.reference import Reference
    from alignment_cli.region import Region
    from alignment_cli.result import FileResult, Judged

__all__ = ["Doer", "Readiness", "Role", "by_basis", "readiness", "roles_of"]

_RULE = re.compile(r"(?:UU|PP|Perpres|Inpres|Keppres|Permen\w*|Kepmen\w*|Inmendagri|SE|SKB|Perda|arahan)\b")
"""How a `dasar` begins that is a rule, or a minister's directive."""


class Role(NamedTuple):
    """A role that a national programme asks of the region (`peran.dasar` is the rule that asks for it, if any), and who
    does it.
    """

    peran: PeranDaerah
    doers: tuple[Doer, ...]

    @property
    def gap(self) -> bool:
        """Tell whether nobody does it."""
        return not self.doers

    @property
    def ruled(self) -> bool:
        """Tell whether a rule or a directive asks for it; a statement in the press does not."""
        return _RULE.match(self.peran.dasar or "") is not None

    @property
    def certain(self) -> bool:
        """Tell whether somebody does it for certain."""
        return any(doer.certain for doer in self.doers)

    @property
    def pagu(self) -> int | None:
        """Known ceilings of those who do it, in rupiah; None where none is known."""
        known = [doer.judged.item.pagu for doer in self.doers if doer.judged.item.pagu is not None]
        return sum(known) if known else None

    @property
    def offices(self) -> tuple[str, ...]:
        """The offices of those who do it, as written, each once."""
        return tuple(dict.fromkeys(name for doer in self.doers if (name := doer.judged.item.perangkat_daerah)))


class Readiness(NamedTuple):
    """One national programme: the items that serve it, on which basis, and its roles, without those that are asked of
    another level of government or of another document.
    """

    programme: ProgramNasional
    items: tuple[tuple[FileResult, Judged, Named], ...]
    roles: tuple[Role, ...]

    @property
    def gaps(self) -> tuple[Role, ...]:
        """The roles that nobody does."""
        return tuple(role for role in self.roles if role.gap)

    @property
    def declared(self) -> bool:
        """Tell whether an item declares that it serves this programme."""
        return any(named.basis == "dinyatakan" for _, _, named in self.items)


def readiness(region: Region, reference: Reference) -> tuple[Readiness, ...]:
    """Return how ready a region is for each national programme that asks anything of it, in the framework's order."""
    nationals = nationals_of(reference.priorities)
    reader = Reader(resolver_of(region, reference), reference.matcher.words.stemmer)
    serving: dict[str, list[tuple[FileResult, Judged, Named]]] = {kode: [] for kode in nationals.programmes}
    for file in region.files:
        for judged in file.judged:
            for named in nationals.of(judged):
                serving[named.kode].append((file, judged, named))
    found = []
    for kode, programme in nationals.programmes.items():
        asked = [role for role in programme.peran_daerah if _is_asked(role, region)]
        if asked:
            items = tuple(serving[kode])
            roles = tuple(Role(role, tuple(reader.doers(role, asked, programme, items))) for role in asked)
            found.append(Readiness(programme, items, roles))
    return tuple(found)


def _is_asked(role: PeranDaerah, region: Region) -> bool:
    """Tell whether a role is asked of a region of this level, not just allowed, and can show in this document."""
    province = region.header.daerah.tingkat == "provinsi"
    document = STANDS_IN.search(role.uraian)
    elsewhere = document is not None and document.group(1) == "RKPD" and region.header.dokumen != "RKPD"
    return not elsewhere and (province or role.oleh != ["Gubernur"]) and "boleh dipakai" not in role.uraian


def by_basis(roles: Iterable[Role]) -> dict[str, list[str]]:
    """Group the roles that a rule asks for by that rule: their codes, each once."""
    found: dict[str, list[str]] = {}
    for role in roles:
        if role.ruled:
            codes = found.setdefault(role.peran.dasar or "", [])
            codes += [role.peran.peran] if role.peran.peran not in codes else []
    return found


def roles_of(reference: Reference) -> dict[str, catalogue.Role]:
    """Return the roles that the catalogue knows, by code."""
    return catalogue.read(reference.index).roles
