"""The check of one region as a pure function: from its files to its part of every dataset."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, NamedTuple

from alignment_cli.dataset.columns import DATASETS, kode_of, rows
from alignment_cli.dataset.parquet import encode
from alignment_cli.export.parquet import BEYOND
from alignment_cli.finding import Severity, Text
from alignment_cli.policy import Policy, keep
from alignment_cli.region import region_name, regions
from alignment_cli.run import check_region

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from alignment_cli.finding import Lang
    from alignment_cli.reference import Reference
    from alignment_cli.region import Region
    from alignment_cli.result import FileResult, Judged


class Key(NamedTuple):
    """Where a part belongs: year, region (its code, else a name for it), document."""

    tahun: int
    wilayah: str
    dokumen: str


class Part(NamedTuple):
    """What a region, document and year adds to each dataset, as Parquet files by dataset."""

    key: Key
    daerah: str
    butir: int
    tables: dict[str, bytes]


class Failure(NamedTuple):
    """A file that is in no dataset, or whose region is not whole without it, and why. `sebab` is the kind of cause:
    ``isi`` (the file), ``ukuran`` (a value that no column holds) or ``jalan`` (the run).
    """

    berkas: str
    tahun: int | None
    wilayah: str | None
    sebab: str
    pesan: str


class Checked(NamedTuple):
    """What became of files that were checked together."""

    parts: tuple[Part, ...]
    failures: tuple[Failure, ...]


def check(files: Iterable[tuple[Path | bytes, str]], reference: Reference, lang: Lang = "id") -> Checked:
    """Check the files (or their bytes, each with a name to show) of one region, document and year together, and return
    its part; of several regions, several parts. Comments in the files put findings aside, as in `align check`. Prints
    and writes nothing; the same input gives the same bytes. Raises OSError when a file cannot be opened.
    """
    checked = check_region(files, reference)
    keep(checked, Policy(), {})
    found = regions(file for file in checked if _beyond(file) is None)
    known = {id(file) for region in found for file in region.files}
    lost = [file for file in checked if id(file) not in known]
    only = key_of(found[0]) if len(found) == 1 else None
    failures = [_failure(file, only, lang) for file in lost]
    names = [file.loaded.path for file in lost] if only else []
    return Checked(tuple(_part(region, names, reference, lang) for region in found), tuple(failures))


def _part(region: Region, lost: list[str], reference: Reference, lang: Lang) -> Part:
    tables = {name: encode(DATASETS[name], found) for name, found in rows(region, lost, reference, lang).items()}
    items = sum(len(file.judged) for file in region.files)
    return Part(key_of(region), region.header.daerah.nama, items, tables)


def key_of(region: Region) -> Key:
    """Return where a region's part belongs. Names are safe as names of folders, and differ for different regions."""
    kode, header = kode_of(region), region.header
    if kode is not None and re.fullmatch(r"\d\d(\.\d\d)?", kode, re.ASCII):
        return Key(header.tahun, kode, header.dokumen)
    name = region_name(header.daerah.nama)
    identity = f"{header.daerah.tingkat}\n{name}" if kode is None else kode
    mark = hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    plain = "-".join(re.findall(r"[a-z0-9]+", name))[:60]
    return Key(header.tahun, f"{plain}-{mark}".strip("-"), header.dokumen)


def _failure(file: FileResult, key: Key | None, lang: Lang) -> Failure:
    """Return why a file is in no part: its ceiling, or the first error, be it put aside or not. `key` is where it would
    belong by the files beside it.
    """
    for own in regions([file]):
        key = key_of(own)
    tahun, wilayah, path = key.tahun if key else None, key.wilayah if key else None, file.loaded.path
    large = _beyond(file)
    if large is not None:
        text = Text(f"pagu {large.item.pagu} terlalu besar, paling banyak {BEYOND - 1}; periksa satuannya: rupiah.",
                    f"the ceiling {large.item.pagu} is too large, at most {BEYOND - 1}; is it in rupiah?")  # fmt: skip
        return Failure(path, tahun, wilayah, "ukuran", f"{path}:{file.loaded.line(large.item.route)}: {text.in_(lang)}")
    errors = [finding for finding in file.loaded.findings if finding.rule.severity is Severity.ERROR]
    first = (errors or file.loaded.findings)[0]
    line, column = first.place.span[:2]
    return Failure(path, tahun, wilayah, "isi", f"{path}:{line}:{column}: {first.rule.code} {first.message(lang)}")


def _beyond(file: FileResult) -> Judged | None:
    """Return the first item whose ceiling no column of 64 bits holds."""
    return next((judged for judged in file.judged if (judged.item.pagu or 0) >= BEYOND), None)
