"""National programmes that an item serves: declared in the file, named in its text, or told by its official code."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from alignment_cli.match.alias import Aliases
from alignment_cli.match.text import fold

if TYPE_CHECKING:
    from alignment_cli.priorities import Prioritas, ProgramNasional
    from alignment_cli.result import Judged

Basis = Literal["dinyatakan", "teks", "kode"]
"""Declared with `program_nasional`, named in name, description or indicators, or tagged officially by the code (themes
of the nomenclature, tables C-2 and C-3 of Permendagri 14/2026)."""


class Named(NamedTuple):
    """A national programme that an item serves. `peran` are the roles that the file declares, as written. `aside` marks
    one that only the description names while the name names another: "KDMP ... also supplies MBG kitchens".
    """

    kode: str
    basis: Basis
    peran: tuple[str, ...] = ()
    aside: bool = False


class Nationals:
    """Look-ups over the national programmes of one framework."""

    def __init__(self, priorities: Prioritas) -> None:
        self.programmes = {programme.kode: programme for programme in priorities.program_nasional}
        self._aliases = Aliases(priorities)
        self._spelt = {_plain(name): part.kode for part in self.programmes.values() for name in _names(part)}
        self._themes = lru_cache(maxsize=4096)(self._of_themes)

    def code(self, written: str) -> str | None:
        """Return the code for what a user wrote: a code, a name or an alias, in any case; None when it is unknown."""
        return self._spelt.get(_plain(written))

    @property
    def names(self) -> list[str]:
        """Codes and names, to propose from."""
        return [name for part in self.programmes.values() for name in (part.kode, part.nama)]

    def of(self, judged: Judged) -> tuple[Named, ...]:
        """Return the national programmes of one item, each once, on the surest basis, in the order of the framework."""
        verdict, links = judged.verdict, judged.item.butir.program_nasional
        if not (verdict.national or links):
            return self._themes(verdict.themes) if verdict.themes else ()
        found = {named.kode: named for named in self._themes(verdict.themes)}
        if verdict.national:
            titled = {
                mention.programme.kode for mention in self._aliases.mentions(judged.item.nama) if not mention.weak
            }
            for kode in verdict.national:
                found[kode] = Named(kode, "teks", aside=bool(titled) and kode not in titled)
        for link in links:
            declared = self.code(link.kode)
            if declared is not None:
                roles = found[declared].peran if declared in found else ()
                found[declared] = Named(declared, "dinyatakan", (*roles, *link.peran))
        return tuple(found[kode] for kode in self.programmes if kode in found)

    def _of_themes(self, themes: tuple[str, ...]) -> tuple[Named, ...]:
        """Return the programmes that official labels name, in the order of the framework."""
        named = {kode for theme in themes for kode in self._of_theme(theme)}
        return tuple(Named(kode, "kode") for kode in self.programmes if kode in named)

    def _of_theme(self, theme: str) -> tuple[str, ...]:
        """Return the programmes that an official label names. A weak alias ("inflasi") is enough where the label holds
        no other.
        """
        mentions = self._aliases.mentions(theme)
        strong = [mention for mention in mentions if not mention.weak]
        return tuple(mention.programme.kode for mention in strong or mentions)


@lru_cache(maxsize=2)
def nationals_of(priorities: Prioritas) -> Nationals:
    """Return the look-ups of a framework, made once."""
    return Nationals(priorities)


def _names(programme: ProgramNasional) -> tuple[str, ...]:
    return (*programme.alias_lemah, *programme.alias, programme.nama, programme.kode)


def _plain(name: str) -> str:
    return "".join(re.findall(r"[a-z0-9]+", fold(name)))
