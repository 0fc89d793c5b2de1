"""All rules, listed by hand. A rule's code never changes its meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alignment_cli.rules import (
    alignment,
    budget,
    collaboration,
    decision,
    file,
    form,
    indicator,
    reference,
    region,
    region_files,
    suppression,
    target,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from alignment_cli.context import Context
    from alignment_cli.finding import Finding, Rule
    from alignment_cli.reference import Reference
    from alignment_cli.region import Region

RULES: tuple[Rule, ...] = (
    *file.RULES, *reference.RULES, *form.RULES, *region.FILE_RULES, *budget.RULES, *indicator.RULES, *target.RULES,
    *alignment.RULES, *decision.RULES, *collaboration.RULES, *region.RULES, *region_files.RULES, *suppression.RULES,
)  # fmt: skip
CHECKS: tuple[Callable[[Context], Iterator[Finding]], ...] = (
    reference.check, form.check, region.check_file, budget.check, indicator.check, target.check, alignment.check,
    decision.check,
)  # fmt: skip
"""The checks that read a loaded file; family 1 is found while loading."""
REGION_CHECKS: tuple[Callable[[Region, Reference], Iterator[Finding]], ...] = (
    collaboration.check, region.check, region_files.check,
)  # fmt: skip
"""The checks that see all files of one region, document and year."""


def rule(code_or_name: str) -> Rule | None:
    """Return the rule of this code (any case) or readable name."""
    wanted = code_or_name.strip().upper()
    return next((found for found in RULES if wanted in (found.code, found.name.upper())), None)
