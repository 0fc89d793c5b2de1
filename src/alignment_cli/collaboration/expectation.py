"""Which partners a programme can be expected to have, and why."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Literal, NamedTuple

from alignment_cli.collaboration.catalogue import OFFICE
from alignment_cli.match.verdict import Status
from alignment_cli.nomenclature import is_support

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from alignment_cli.collaboration.analysis import Programme
    from alignment_cli.collaboration.partners import Partner, Resolver
    from alignment_cli.national import Nationals
    from alignment_cli.nomenclature import Nomenclature

Basis = Literal["program_nasional", "peran", "kode", "kp"]
"""The national programme's lead and partners; the offices that a role is given to; another office with the same
programme, kegiatan or bidang urusan; another office that serves the same KP (crosswalk)."""

NEVER = frozenset({"PERANGKAT_DAERAH", "DAERAH_LAIN"})
"""Bodies of the catalogue that are no partner to wait for: the region itself."""


TERRITORIAL = "7."
"""Codes of kecamatan and the like: all of them have the same programmes, each for its own area."""
KP_DOTS = 2
"""Dots in the code of a KP. Where the crosswalk names only a PP, that is too broad to make partners."""


class Expected(NamedTuple):
    """A partner to expect. `because` is the code of the national programme, the shared code, or the KP."""

    partner: Partner
    basis: Basis
    because: str


class Expectations:
    """Knows for a region's programmes which partners to expect."""

    def __init__(
        self, programmes: Sequence[Programme], resolver: Resolver, nationals: Nationals, nomenclature: Nomenclature
    ) -> None:
        self._resolve, self._nationals, self._nomenclature = resolver, nationals, nomenclature
        self._by_code: dict[str, list[str]] = defaultdict(list)
        self._by_kp: dict[str, list[str]] = defaultdict(list)
        for programme in programmes:
            if programme.office is not None and _is_work(programme):
                for kode in _codes(programme):
                    self._by_code[kode].append(programme.office.key)
                for kp in self._kps(programme, further=False):
                    self._by_kp[kp].append(programme.office.key)

    def of(self, programme: Programme) -> tuple[Expected, ...]:
        """Return the partners to expect of a programme, each once, on the strongest ground. Support has none."""
        if not _is_work(programme):
            return ()
        found: dict[str, Expected] = {}
        own = programme.office.key if programme.office is not None else ""
        for expected in (*self._of_national(programme), *self._of_codes(programme, own)):
            body = expected.partner.body
            if body != own and body not in NEVER:
                found.setdefault(body, expected)
        return tuple(found.values())

    def _of_national(self, programme: Programme) -> Iterator[Expected]:
        for named in programme.national:
            national = self._nationals.programmes[named.kode]
            if named.basis == "kode" or named.aside:
                continue
            leads = [lead for lead in re.split(r"\s+/\s+", _without_brackets(national.pengampu or "")) if lead]
            for name in (*leads, *(partner.nama for partner in national.mitra)):
                yield Expected(self._resolve(name), "program_nasional", named.kode)
            for role in national.peran_daerah:
                for name in role.oleh:
                    partner = self._resolve(name)
                    if partner.entry is not None and (partner.kind == "office" or partner.entry.jenis == OFFICE):
                        yield Expected(partner, "peran", named.kode)

    def _of_codes(self, programme: Programme, own: str) -> Iterator[Expected]:
        """Yield the other offices with the same code, the longest shared code first, then those with the same KP."""
        offices = self._resolve.offices
        for kode in _codes(programme):
            yield from (Expected(offices[key].partner, "kode", kode) for key in self._by_code[kode] if key != own)
        for kp in self._kps(programme):
            yield from (Expected(offices[key].partner, "kp", kp) for key in self._by_kp[kp] if key != own)

    def _kps(self, programme: Programme, *, further: bool = True) -> list[str]:
        """Return the KP that a programme's code serves, the main one first."""
        kode = programme.judged.item.kode or ""
        crossing = self._nomenclature.crossing(kode)
        if crossing is None or kode.startswith(TERRITORIAL):
            return []
        listed = dict.fromkeys((crossing.kp, *(kp for _, kp in crossing.juga if further)))
        return [kp for kp in listed if kp.count(".") == KP_DOTS]


def _is_work(programme: Programme) -> bool:
    kode = programme.judged.item.kode
    return programme.judged.verdict.status is not Status.PENUNJANG and not (kode and is_support(kode))


def _codes(programme: Programme) -> list[str]:
    """Return the codes by which a programme can be shared: kegiatan, programme, bidang urusan, the longest first."""
    item = programme.judged.item
    if (item.kode or "").startswith(TERRITORIAL):
        return []
    codes = [".".join(part.kode.split(".")[:5]) for part in item.parts if part.kode and part.kode.count(".") >= 4]  # noqa: PLR2004
    own = (item.kode or "").split(".")
    codes += [".".join(own[:n]) for n in (3, 2) if len(own) >= n and own[0]]
    return list(dict.fromkeys(codes))


def _without_brackets(text: str) -> str:
    return re.sub(r"\([^)]*\)", " ", text)


def names(expected: Iterable[Expected], most: int = 4) -> tuple[str, int]:
    """Return the names of the first `most` partners, and how many are left."""
    listed = [one.partner.nama for one in expected]
    return ", ".join(listed[:most]), max(0, len(listed) - most)
