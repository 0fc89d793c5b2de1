"""Which role of a national programme an item does, told from what it declares, its texts, its money and its office."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from alignment_cli.finding import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from alignment_cli.collaboration.catalogue import Catalogue
    from alignment_cli.collaboration.partners import Resolver
    from alignment_cli.match.text import Stemmer
    from alignment_cli.national import Named
    from alignment_cli.priorities import PeranDaerah, ProgramNasional
    from alignment_cli.result import FileResult, Judged

_ABBREVIATION = re.compile(r"\b[A-Z][A-Z0-9]{2,}\b")
"""What tells one task from another within a role: "PBG", "SLHS", "DTSEN"."""
_GENERAL = frozenset({"APBD", "APBN", "RKPD", "SDM", "PAD"})
"""Abbreviations that name no task."""
STANDS_IN = re.compile(r"dimuat dalam (RKPD|APBD)|dokumen perencanaan")
"""A task that is done by standing in a plan, or in the budget."""
_PHRASE = 3
"""Longest description of a task, in stems, that an item is expected to use itself ("pasar murah")."""


class Doer(NamedTuple):
    """An item that does a role: for certain, or proposed `because` of words or office."""

    file: FileResult
    judged: Judged
    certain: bool
    because: Text


class Reader:
    """Tells from an item's texts and office which roles it does."""

    def __init__(self, resolver: Resolver, stemmer: Stemmer) -> None:
        self._resolve, self._stemmer = resolver, stemmer
        self._catalogue: Catalogue = resolver.catalogue
        self._terms = {
            kode: [(term, _joined(stemmer.stems(term))) for term in role.istilah]
            for kode, role in self._catalogue.roles.items()
        }
        self._stems: dict[int, str] = {}

    def doers(
        self,
        role: PeranDaerah,
        asked: Sequence[PeranDaerah],
        programme: ProgramNasional,
        items: Sequence[tuple[FileResult, Judged, Named]],
    ) -> Iterator[Doer]:
        """Yield the items that do a role. A sub-activity goes before its programme, whose money holds its own."""
        found = []
        for file, judged, named in items:
            if role.peran in {written.strip().casefold() for written in named.peran}:
                found.append(Doer(file, judged, True, Text("dinyatakan dalam berkas", "declared in the file")))
            elif not named.peran and not named.aside:
                because = self._because(role, asked, programme, judged)
                if because is not None:
                    found.append(Doer(file, judged, False, because))
        yield from _once(found)

    def _because(
        self, role: PeranDaerah, asked: Sequence[PeranDaerah], programme: ProgramNasional, judged: Judged
    ) -> Text | None:
        """Return why an item seems to do a role, None where nothing speaks for it."""
        document = STANDS_IN.search(role.uraian)
        if document is not None:
            return self._has_money(judged) if document.group(1) == "APBD" else _IN_THE_PLAN
        text, own = _text(judged), _tasks(role, programme)
        others = [other for other in asked if other.peran == role.peran and other is not role]
        word = _first(own, text)
        if word is None and others and (own or any(_first(_tasks(other, programme), text) for other in others)):
            return None
        word = word or self._word(role, judged)
        if word is not None:
            return _says(word)
        if role.peran == "anggaran":
            return None if own else self._has_money(judged)
        return self._office(role, judged)

    @staticmethod
    def _has_money(judged: Judged) -> Text | None:
        return Text("berpagu dalam berkas ini", "has a ceiling in this file") if judged.item.pagu else None

    def _word(self, role: PeranDaerah, judged: Judged) -> str | None:
        """Return the term of a role, or its own description where that is short, that an item uses."""
        stems, own = self._stems_of(judged), self._stemmer.stems(role.uraian)
        for term, wanted in self._terms.get(role.peran, ()):
            if wanted in stems and wanted != "  ":
                return term
        return role.uraian if 0 < len(own) <= _PHRASE and _joined(own) in stems else None

    def _stems_of(self, judged: Judged) -> str:
        if id(judged) not in self._stems:
            self._stems[id(judged)] = _joined(self._stemmer.stems(_text(judged)))
        return self._stems[id(judged)]

    def _office(self, role: PeranDaerah, judged: Judged) -> Text | None:
        office = self._resolve.office(judged.item.perangkat_daerah)
        if office is None:
            return None
        general = self._catalogue.roles.get(role.peran)
        codes = set(general.oleh if general else ())
        named = [self._resolve(name) for name in role.oleh]
        if office.codes & codes or any(partner.key == office.key for partner in named):
            return Text(f"tugas {office.nama}", f"work of {office.nama}")
        return None


def _joined(stems: Sequence[str]) -> str:
    """Return stems as one text in which each stands between blanks."""
    return f" {' '.join(stems)} "


def _once(found: Sequence[Doer]) -> Iterator[Doer]:
    """Yield of a programme and its parts only the parts, or only the programme where it alone is certain: its money
    holds theirs.
    """
    families: dict[int, list[Doer]] = {}
    for doer in found:
        families.setdefault(id(doer.judged.item.parent or doer.judged.item), []).append(doer)
    for family in families.values():
        parts = [doer for doer in family if doer.judged.item.parent is not None]
        whole = [doer for doer in family if doer.judged.item.parent is None]
        sure = whole and whole[0].certain and not any(doer.certain for doer in parts)
        yield from whole if sure or not parts else parts


def _text(judged: Judged) -> str:
    item = judged.item
    names = [part.nama for part in item.parts]
    return " . ".join((item.nama, item.butir.uraian or "", *(one.nama for one in item.butir.indikator), *names))


_IN_THE_PLAN = Text("tercantum dalam rencana ini", "stands in this plan")


def _first(words: Sequence[str], text: str) -> str | None:
    return next((word for word in words if re.search(rf"\b{word}\b", text)), None)


def _says(word: str) -> Text:
    return Text(f'menyebut "{word}"', f'says "{word}"')


def _tasks(role: PeranDaerah, programme: ProgramNasional) -> list[str]:
    """Return the abbreviations that name a role's own task, without the names of the programme itself."""
    names = " ".join((programme.nama, *programme.alias, programme.kode))
    general = _GENERAL.union(_ABBREVIATION.findall(names))
    return [word for word in _ABBREVIATION.findall(role.uraian) if word not in general]
