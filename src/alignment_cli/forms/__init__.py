"""Official forms, filled from a region's plan."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from alignment_cli.forms.codes import Lists
    from alignment_cli.forms.form import Form
    from alignment_cli.report.figures import Figures

FORMS = {"kpu": "rkpd", "tabel31": "rpjmd", "form4": "form4", "form5": "form5"}
"""Forms and the modules that fill them."""


def filler(name: str) -> Callable[[Figures, Lists], Form]:
    """Return what fills the form of this name, one of `FORMS`."""
    return import_module(f"alignment_cli.forms.{FORMS[name]}").fill  # type: ignore[no-any-return]
