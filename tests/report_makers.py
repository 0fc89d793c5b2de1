"""Reports for tests: parts from files or from made-up plans, tables by name, cells by column."""

from __future__ import annotations

import json
from pathlib import Path

from alignment_cli.load import load
from alignment_cli.policy import Policy, apply
from alignment_cli.region import check_regions, regions
from alignment_cli.report.figures import Figures
from alignment_cli.report.render import Part
from alignment_cli.report.views import VIEWS
from alignment_cli.result import Result
from alignment_cli.run import check_file, run

SAMPLE = Path(__file__).parent / "samples" / "laporan"
HEAD = {"versi": 1, "daerah": {"nama": "Kabupaten Uji", "tingkat": "kabupaten"}, "dokumen": "RKPD", "tahun": 2027}


def sample(reference):
    """Return the parts of the sample region with all views."""
    files = [(path, path.name) for path in sorted(SAMPLE.glob("*.yaml"))]
    return parts_of(run(files, reference, Policy(today="2026-11-24")).files, reference)


def made(reference, *plans, **head):
    """Return the parts of plans, each a list of programmes; YAML reads JSON."""
    files = [
        check_file(load(json.dumps({**HEAD, **head, "program": plan}).encode(), f"{n}.yaml"), reference)
        for n, plan in enumerate(plans)
    ]
    check_regions(files, reference)
    apply(Result(files, reference.priorities), Policy(today="2026-11-24"))
    return parts_of(files, reference)


def parts_of(files, reference):
    figures = [Figures(region, reference) for region in regions(files)]
    return [Part(one, [view(one) for view in VIEWS.values()]) for one in figures]


def tables(part):
    return {table.name: table for view in part.views for table in view.tables}


def column(table, key):
    """Return the cells of a column, without the total."""
    at = [one.key for one in table.columns].index(key)
    return [row.cells[at] for row in table.rows]


def total(table, key):
    at = [one.key for one in table.columns].index(key)
    return table.total.cells[at]
