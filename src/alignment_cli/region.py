"""All files of one region, document and year: what only they can tell together."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from alignment_cli.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from alignment_cli.finding import Finding, Place, Route
    from alignment_cli.model import Berkas
    from alignment_cli.reference import Reference
    from alignment_cli.result import FileResult, Judged

FEW = 5
"""Fewer programmes than this are a fragment: they say nothing of what a region leaves out."""
OFFICE_DOCUMENTS = frozenset({"Renja", "Renstra"})
"""Documents of one office (Permendagri 86/2017). They speak for the region only together."""
HEADER = frozenset({"daerah", "dokumen", "tahun"})


@dataclass
class Region:
    """Files of one region, document and year, in the order in which they were checked; never empty."""

    files: list[FileResult]

    @property
    def header(self) -> Berkas:
        """The first file's content: region, document and year."""
        file = self.files[0].loaded.file
        if file is None:
            raise TypeError
        return file

    @property
    def name(self) -> str:
        """Region, document and year: ``Kabupaten Contoh, RKPD 2027``."""
        return f"{self.header.daerah.nama}, {self.header.dokumen} {self.header.tahun}"

    @cached_property
    def programmes(self) -> list[tuple[FileResult, Judged]]:
        """All programmes with their files."""
        return [(file, judged) for file in self.files for judged in file.programmes]

    @cached_property
    def offices(self) -> Counter[str]:
        """The offices as written with how many items name them, in order of appearance."""
        named = (judged.item.perangkat_daerah for file in self.files for judged in file.judged)
        return Counter(name for name in named if name)

    @property
    def whole(self) -> bool:
        """Tell whether the files can speak of what the region leaves out: at least `FEW` programmes, not all of one
        office, and of documents that each office makes for itself at least `FEW` offices.
        """
        named = [judged.item.perangkat_daerah for _, judged in self.programmes]
        if len(named) < FEW or (len(set(named)) == 1 and named[0]):
            return False
        return self.header.dokumen not in OFFICE_DOCUMENTS or len(self.offices) >= FEW

    def place(self, *, key: str = "program") -> Place:
        """Return the place of a finding about the region: a key at the top of its first file."""
        return self.files[0].loaded.document.place((key,), key=True)


def place(file: FileResult, route: Route, *, key: bool = False) -> Place:
    """Return the place in the document of a route in a file's content."""
    return file.loaded.document.place(file.loaded.original(route), key=key)


def regions(files: Iterable[FileResult]) -> list[Region]:
    """Group files by region, document and year, in order of appearance. Files are of one region when they give the
    same code, or the same name and level. Files whose header is faulty belong nowhere.
    """
    sound = [file for file in files if _sound(file)]
    members = joined([keys_of(file.loaded.file) for file in sound])
    return [Region([sound[number] for number in numbers]) for numbers in members]


def joined(keys: Sequence[set[tuple[str, ...]]]) -> list[list[int]]:
    """Return the numbers of `keys` in groups that share a key, directly or through others; those without keys alone."""
    groups: list[list[int]] = []
    group_of: dict[tuple[str, ...], int] = {}
    for number, own in enumerate(keys):
        at, *others = sorted({group_of[key] for key in own if key in group_of}) or [len(groups)]
        groups += [[]] if at == len(groups) else []
        moved = [member for other in others for member in groups[other]]
        for other in others:
            groups[other] = []
        groups[at] += [*moved, number]
        group_of.update((key, at) for member in (*moved, number) for key in keys[member])
    return [sorted(group) for group in groups if group]


def keys_of(content: Berkas | None) -> set[tuple[str, ...]]:
    """Return by what a file's region, document and year are told: files that share a key belong together."""
    if content is None:
        return set()
    region, plan = content.daerah, (content.dokumen, str(content.tahun))
    keys = {("nama", region_name(region.nama), region.tingkat, *plan)}
    return keys | ({("kode", region.kode.strip(), *plan)} if region.kode and region.kode.strip() else set())


def region_name(name: str) -> str:
    """Return a region's name for comparing: lower case, "Kab." written out, without "Pemerintah"."""
    words = [_SHORT.get(word, word) for word in re.findall(r"\w+", name.casefold())]
    return " ".join(word for word in words if word != "pemerintah")


_SHORT = {"kab": "kabupaten", "prov": "provinsi"}


def _sound(file: FileResult) -> bool:
    """Tell whether a file's header can be trusted: a faulty one is stood in for while the programmes are checked."""
    routes = [f.place.route[:1] for f in file.loaded.findings if f.rule.severity is Severity.ERROR]
    return file.loaded.file is not None and not any(route and route[0] in HEADER for route in routes)


def check_regions(files: Sequence[FileResult], reference: Reference) -> None:
    """Add to each file what the rules about whole regions find, and keep its findings in order."""
    from alignment_cli.rules import REGION_CHECKS

    by_path = {file.loaded.path: file for file in files}
    for region in regions(files):
        found: list[Finding] = [finding for check in REGION_CHECKS for finding in check(region, reference)]
        for finding in found:
            by_path[finding.place.path].findings.append(finding)
        for file in region.files:
            file.findings.sort(key=lambda one: (one.place.span.line, one.place.span.column, one.rule.code))
