"""Parquet: typed columns for data tools. Needs pyarrow, which is not installed with `align`."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from alignment_cli.export.columns import COLUMNS, UnfitError, rows
from alignment_cli.finding import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from alignment_cli.finding import Lang
    from alignment_cli.result import FileResult

CHOICES = frozenset({
    "jenjang", "perangkat_daerah", "status", "tujuan", "dasar", "pesaing", "daerah_kode", "daerah", "tingkat",
    "dokumen", "sumber_dana", "pelaksana", "berkas",
})  # fmt: skip
"""Columns whose few values come again and again: stored as dictionaries."""

BEYOND = 2**63
"""Least number that int64 does not hold."""


def available() -> bool:
    """Tell whether pyarrow is installed."""
    return find_spec("pyarrow") is not None


def write(files: Iterable[FileResult], lang: Lang) -> bytes:
    """Return the rows as one Parquet file: `pagu` and `tahun` as int64, confidences as double, lists as lists of texts.

    Raises `UnfitError` for a ceiling beyond 64 bits.
    """
    pa: Any = import_module("pyarrow")
    values: dict[str, list[Any]] = {column.name: [] for column in COLUMNS}
    for row in (row for file in files for row in rows(file, lang)):
        for column in COLUMNS:
            values[column.name].append(_value(row[column.name], column.kind))
    texts = pa.string()
    types = {
        "rupiah": pa.int64(), "year": pa.int64(), "count": pa.int64(), "share": pa.float64(), "flag": pa.bool_(),
        "list": pa.list_(texts), "numbers": pa.list_(texts), "nested": pa.list_(pa.list_(texts)),
    }  # fmt: skip
    schema = pa.schema([
        (column.name, pa.dictionary(pa.int32(), texts) if column.name in CHOICES else types.get(column.kind, texts))
        for column in COLUMNS
    ])  # fmt: skip
    sink = pa.BufferOutputStream()
    import_module("pyarrow.parquet").write_table(pa.table(values, schema=schema), sink, compression="zstd")
    return bytes(sink.getvalue())


def _value(value: Any, kind: str) -> Any:
    if kind == "numbers" and value:
        return [None if entry is None else str(entry).removeprefix("'") for entry in value]
    if kind == "rupiah" and value is not None and value >= BEYOND:
        raise UnfitError(Text(f"pagu {value} terlalu besar untuk parquet; pakai csv, jsonl atau xlsx.",
                              f"the ceiling {value} is too large for parquet; use csv, jsonl or xlsx."))  # fmt: skip
    if kind in ("list", "numbers", "nested"):
        return value or []
    return bool(value) if kind == "flag" else value
