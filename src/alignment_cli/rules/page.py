"""The page of a rule: why it is there, on what basis, and an example that breaks and one that keeps it.

A page is ``pages/CODE.yaml`` and is read when it is asked for. Its keys are the fields of `Page`; those that are empty
may be missing. An example that begins neither with ``versi:`` nor with a comment stands without the head of its file.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from alignment_cli.finding import Text

if TYPE_CHECKING:
    from alignment_cli.finding import Rule

FOLDER = Path(__file__).parent / "pages"
MARK = "# <-"
"""Ends the lines of `Page.bad` on which the finding is. It is no part of the example."""
ALSO = "lain.yaml"
"""Name of the file `Page.also`."""

FAMILIES = {
    "1": Text("Berkas dan YAML", "File and YAML"),
    "2": Text("Rujukan: kode, tujuan, perangkat daerah", "References: codes, goals, offices"),
    "3": Text("Pagu", "Budget arithmetic"),
    "4": Text("Indikator", "Indicators"),
    "5": Text("Keselarasan", "Alignment"),
    "6": Text("Kolaborasi", "Collaboration"),
    "7": Text("Daerah", "Region"),
    "9": Text("Pengabaian", "Suppression"),
}
"""Families of rules by the first digit of the code."""


def family(rule: Rule) -> str:
    """Return the key in `FAMILIES` of a rule's family."""
    return rule.code[2]


class Page(NamedTuple):
    """What is told about a rule beside its row. `since` is the version that brought it, `basis` the regulation behind
    it. `bad` and `good` are programme files or, where `file` names it, another file that `align check` reads. `also` is
    a programme file that they need beside them, checked before; `encoding` is how the bad example is stored.
    """

    why: Text
    since: str
    bad: str
    good: str
    basis: str = ""
    file: str = ""
    also: str = ""
    encoding: str = "utf-8"

    @property
    def marked(self) -> set[int]:
        """The lines of the bad example (1-based) on which the finding is."""
        return {n for n, line in enumerate(self.bad.splitlines(), 1) if line.endswith(MARK)}

    @property
    def breach(self) -> str:
        """The bad example without marks."""
        return "".join(f"{line.removesuffix(MARK).rstrip()}\n" for line in self.bad.splitlines())


@cache
def page(rule: Rule) -> Page:
    """Return the page of a registered rule. Raises OSError when it has none, TypeError when a key is wrong."""
    from ruamel.yaml import YAML

    content = YAML(typ="safe").load(FOLDER / f"{rule.code}.yaml")
    return Page(**{**content, "why": Text(**content["why"])})
