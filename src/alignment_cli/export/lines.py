"""JSON Lines: one item a line, with the keys of `check --format json` and all that the programme file holds besides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from alignment_cli.export.columns import PART, PROGRAM
from alignment_cli.render.json import item_data, written
from alignment_cli.render.table import codes_by_item

if TYPE_CHECKING:
    from alignment_cli.context import Item
    from alignment_cli.finding import Route
    from alignment_cli.result import FileResult, Judged

OWN = ("uraian", "indikator", "asta_cita", "keselarasan", "program_nasional", "lokasi", "sumber_dana", "sumber")
"""Keys of an item that only the file has; those that a sub-activity lacks come beside them."""


def write(file: FileResult) -> str:
    """Return the lines of one checked file; every line has the same keys."""
    codes = codes_by_item(file)
    return "".join(written(_data(file, judged, codes), 0) for judged in file.judged)


def _data(file: FileResult, judged: Judged, codes: dict[Route, list[str]]) -> dict[str, Any]:
    berkas = file.loaded.file
    return {
        "path": file.loaded.path,
        "daerah": berkas and berkas.daerah.model_dump(),
        "dokumen": berkas and berkas.dokumen,
        "tahun": berkas and berkas.tahun,
        **_own(judged.item),
        "findings": codes.get(file.loaded.original(judged.item.route), []),
        **item_data(file, judged),
    }


def _own(item: Item) -> dict[str, Any]:
    data = item.butir.model_dump()
    return {
        "jenjang": PROGRAM if item.parent is None else PART,
        **{key: data[key] for key in OWN},
        "kegiatan": data.get("kegiatan"),
        "unggulan": data.get("unggulan"),
        "kolaborasi": data.get("kolaborasi"),
    }
