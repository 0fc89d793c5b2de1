"""Shows the national tables of a folder that dask_nasional.py wrote. Needs duckdb.

python examples/nasional/tabel.py HASIL                          # daftar tabel / the tables there are
python examples/nasional/tabel.py HASIL tujuan_nasional          # di terminal / in the terminal
python examples/nasional/tabel.py HASIL tujuan_nasional --csv > tujuan.csv
"""

# ruff: noqa: INP001, T201 - a script that is run by its path, and prints

from __future__ import annotations

import argparse
import csv
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from alignment_cli.render.table import safe

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection, DuckDBPyRelation

SQL = Path(__file__).resolve().parent / "sql"
VIEWS = "tampilan"
"""The file that the others build on; it is no table itself."""
TABLES = tuple(sorted(path.stem for path in SQL.glob("*.sql") if path.stem != VIEWS))


def opened(hasil: Path) -> DuckDBPyConnection:
    """Return a connection with the views over a folder. Raises duckdb.IOException where datasets are missing."""
    connection = duckdb.connect()
    connection.execute("SET file_search_path = ?", [str(hasil.absolute())])
    connection.execute((SQL / f"{VIEWS}.sql").read_text("utf-8"))
    return connection


def table(connection: DuckDBPyConnection, name: str) -> DuckDBPyRelation:
    """Return one of the `TABLES`."""
    return connection.sql((SQL / f"{name}.sql").read_text("utf-8"))


def _cell(value: Any) -> Any:
    return safe("|".join(value) if isinstance(value, list) else value)


def main() -> int:
    """Show what is asked for; 2 where there is nothing to read."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("hasil", type=Path, metavar="HASIL")
    parser.add_argument("tabel", nargs="?", choices=TABLES, metavar="TABEL")
    parser.add_argument("--csv", action="store_true")
    options = parser.parse_args()
    if options.tabel is None:
        print("\n".join(TABLES))
        return 0
    try:
        connection = opened(options.hasil)
        found = table(connection, options.tabel)
    except duckdb.IOException as error:
        print(f"{options.hasil}: {str(error).splitlines()[0]}", file=sys.stderr)
        return 2
    if options.csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(found.columns)
        writer.writerows([_cell(value) for value in row] for row in found.fetchall())
    else:
        found.show(max_rows=200, max_width=200)
    return 0


if __name__ == "__main__":
    sys.exit(main())
