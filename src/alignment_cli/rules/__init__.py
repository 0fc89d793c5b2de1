"""All rules, listed by hand. A rule's code never changes its meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alignment_cli.rules import alignment, budget, file, reference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from alignment_cli.context import Context
    from alignment_cli.finding import Finding, Rule

RULES: tuple[Rule, ...] = (*file.RULES, *reference.RULES, *budget.RULES, *alignment.RULES)
CHECKS: tuple[Callable[[Context], Iterator[Finding]], ...] = (reference.check, budget.check, alignment.check)
"""The checks that read a loaded file; family 1 is found while loading."""


def rule(code_or_name: str) -> Rule | None:
    """Return the rule of this code (any case) or readable name."""
    wanted = code_or_name.strip().upper()
    return next((found for found in RULES if wanted in (found.code, found.name.upper())), None)
