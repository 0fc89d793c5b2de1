"""What commands that report on whole plans share: the regions to speak of, and where the report goes."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from alignment_cli.finding import Text
from alignment_cli.options import stop, tell, unwritable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from enum import StrEnum

    from alignment_cli.asked import Asked
    from alignment_cli.reference import Reference
    from alignment_cli.region import Region
    from alignment_cli.render import View


Choice = TypeVar("Choice", bound="StrEnum")


def format_of(given: Choice | None, output: Path | None, otherwise: Choice) -> Choice:
    """Return the output format: as said, else by the suffix of the output where that names one, else `otherwise`."""
    if given is not None or output is None:
        return given or otherwise
    return next((one for one in type(otherwise) if output.suffix.lower() == f".{one.value}"), otherwise)


def regions_of(asked: Asked, view: View, *, national: bool = False) -> tuple[list[Region], Reference]:
    """Check whole plans, whatever rules are selected and findings put aside, and group them by region, document and
    year. `national` holds them against the Asta Cita even where the configuration names other priorities. Names files
    without a sound header on stderr; leaves with 2 when there is no other.
    """
    from alignment_cli import checking
    from alignment_cli.asked import settings_of
    from alignment_cli.region import regions

    settings = settings_of(asked._replace(no_baseline=True), view)
    settings.values.update(select=[], ignore=[], min_keselarasan={})
    if national:
        settings.values["priorities"] = None
    result, reference, _ = checking.checked(asked._replace(no_baseline=True), settings, view)
    found = regions(result.plans)
    known = {id(file) for region in found for file in region.files}
    left = ", ".join(file.loaded.path for file in result.plans if id(file) not in known)
    if not found:
        stop(Text("tidak ada berkas berkepala sah (daerah, dokumen, tahun); jalankan align check.",
                  "no file has a sound header (daerah, dokumen, tahun); run align check."), view)  # fmt: skip
    if left:
        tell(unsound(left), view)
    return found, reference


def unsound(files: str) -> Text:
    """Say which files have no place in any plan."""
    return Text(f"tidak dibandingkan karena kepalanya (daerah, dokumen, tahun) tidak sah: {files}.",
                f"not compared, for the header (daerah, dokumen, tahun) is not sound: {files}.")  # fmt: skip


def deliver(content: str | bytes | Iterable[str], output: Path | None, inputs: Iterable[str], view: View) -> None:
    """Write a report, or its pieces, to stdout or, as a whole, to a file that is none of the `inputs`. Leaves with 2
    where it fails.
    """
    from alignment_cli.write import write_atomically

    if output is None:
        if isinstance(content, bytes):
            content = content.decode("utf-8", "replace")
        sys.stdout.writelines([content] if isinstance(content, str) else content)
        return
    if any(_same(output, Path(name)) for name in inputs):
        stop(Text(f"--output {output}: ini berkas masukan, yang tidak pernah ditimpa laporan.",
                  f"--output {output}: this is an input file, which no report is written over."), view)  # fmt: skip
    try:
        write_atomically(output, _encoded(content))
    except OSError as error:
        unwritable(output, error, view)


def _encoded(content: str | bytes | Iterable[str]) -> bytes | Iterable[bytes]:
    if isinstance(content, bytes):
        return content
    return (
        content.encode("utf-8", "replace")
        if isinstance(content, str)
        else (piece.encode("utf-8", "replace") for piece in content)
    )


def _same(first: Path, second: Path) -> bool:
    try:
        return os.path.realpath(first) == os.path.realpath(second)
    except OSError:  # a name too long, or a loop of links, is no input
        return False
