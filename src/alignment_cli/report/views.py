"""All views, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alignment_cli.report.gaps import gaps
from alignment_cli.report.goals import goals, money
from alignment_cli.report.national import national
from alignment_cli.report.offices import offices
from alignment_cli.report.partners import collaboration
from alignment_cli.report.programmes import matrix, programmes
from alignment_cli.report.summary import summary

if TYPE_CHECKING:
    from collections.abc import Callable

    from alignment_cli.report.figures import Figures
    from alignment_cli.report.table import View

VIEWS: dict[str, Callable[[Figures], View]] = {
    "ringkas": summary,
    "matriks": matrix,
    "tujuan": goals,
    "program": programmes,
    "perangkat_daerah": offices,
    "kesenjangan": gaps,
    "anggaran": money,
    "kolaborasi": collaboration,
    "program_nasional": national,
}
