"""Rows as Parquet. Needs pyarrow, which is not installed with `align`."""

from __future__ import annotations

import re
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alignment_cli.dataset.columns import Column, Row

_HALF = re.compile("[\ud800-\udfff]")
"""Halves of characters, which UTF-8 does not hold."""


def encode(columns: Sequence[Column], rows: Sequence[Row]) -> bytes:
    """Return rows as one Parquet file. Halves of characters are replaced, as in the JSON output."""
    pa: Any = import_module("pyarrow")
    types = {
        "text": pa.string(), "whole": pa.int64(), "share": pa.float64(), "flag": pa.bool_(),
        "list": pa.list_(pa.string()),
    }  # fmt: skip
    arrays = []
    for column in columns:
        values = [row[column.name] for row in rows]
        try:
            arrays.append(pa.array(values, types[column.kind]))
        except UnicodeEncodeError:
            arrays.append(pa.array([_whole_characters(value) for value in values], types[column.kind]))
    schema = pa.schema([(column.name, types[column.kind]) for column in columns])
    sink = pa.BufferOutputStream()
    import_module("pyarrow.parquet").write_table(pa.Table.from_arrays(arrays, schema=schema), sink, compression="zstd")
    return bytes(sink.getvalue())


def _whole_characters(value: Any) -> Any:
    if isinstance(value, list):
        return [_whole_characters(entry) for entry in value]
    return _HALF.sub("\ufffd", value) if isinstance(value, str) else value
