"""Write the JSON Schemas of the files that align reads to ``data/skema/``.

python tools/build_schemas.py
"""

from __future__ import annotations

import sys

from alignment_cli import reference, schema, schema_config
from alignment_cli.index.store import data_dir


def main() -> int:
    """Write one file for each schema that is made from the models."""
    made = {
        "program": schema.program(reference.shipped().priorities),
        "prioritas": schema.prioritas(),
        "config": schema_config.config(),
    }
    for name, content in made.items():
        path = data_dir() / "skema" / f"{name}.schema.json"
        path.write_text(schema.text(content), encoding="utf-8", newline="\n")
        print(f"data/skema/{path.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
