"""A report as JSON: words in both languages, numbers unrounded, every row with the items that it counts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from alignment_cli import __version__, harmless
from alignment_cli.finding import Text

if TYPE_CHECKING:
    from alignment_cli.render import View as Manner
    from alignment_cli.report.figures import Figures
    from alignment_cli.report.render import Part
    from alignment_cli.report.table import Cell, Row, Table, View

VERSION = 1
"""Version of this shape; a change that could break a reader raises it."""


def render(parts: list[Part], manner: Manner) -> str:  # noqa: ARG001 - every format takes a manner
    """Return the views of all regions as indented JSON."""
    data = {
        "version": VERSION,
        "tool": {"name": "align", "version": __version__},
        "regions": [{**_region(part.figures), "views": [_view(view) for view in part.views]} for part in parts],
    }
    return harmless.in_json(json.dumps(data, ensure_ascii=False, indent=1)) + "\n"


def _region(figures: Figures) -> dict[str, Any]:
    header, score = figures.region.header, figures.score
    return {
        "name": figures.name,
        "daerah": {"kode": header.daerah.kode, "nama": header.daerah.nama, "tingkat": header.daerah.tingkat},
        "dokumen": header.dokumen,
        "tahun": header.tahun,
        "files": [file.loaded.path for file in figures.files],
        "score": None if score is None else {**score._asdict(), "value": score.value, "upper": score.upper},
    }


def _view(view: View) -> dict[str, Any]:
    return {
        "name": view.name,
        "title": view.title._asdict(),
        "sentences": [sentence._asdict() for sentence in view.sentences],
        "tables": [_table(table) for table in view.tables],
    }


def _table(table: Table) -> dict[str, Any]:
    return {
        "name": table.name,
        "title": table.title._asdict(),
        "columns": [
            {"key": column.key, "title": column.title._asdict(), "kind": column.kind} for column in table.columns
        ],
        "rows": [_row(row, table) for row in table.rows],
        "total": None if table.total is None else _row(table.total, table),
        "note": None if table.note is None else table.note._asdict(),
    }


def _row(row: Row, table: Table) -> dict[str, Any]:
    keys = [column.key for column in table.columns]
    return {
        "cells": {key: _cell(cell) for key, cell in zip(keys, row.cells, strict=True)},
        "items": [item._asdict() for item in row.items],
    }


def _cell(cell: Cell) -> Any:
    return cell._asdict() if isinstance(cell, Text) else cell
