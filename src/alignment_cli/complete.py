"""What the shell proposes behind options and arguments, with a word of explanation. Typer keeps what fits."""

from __future__ import annotations

from alignment_cli.language import LANG, say

Proposals = list[tuple[str, str]]


def rules(incomplete: str) -> Proposals:
    """Propose codes of rules; of a list with commas, the last one."""
    from alignment_cli.rules import RULES

    before, comma, _ = incomplete.rpartition(",")
    return [(f"{before}{comma}{rule.code}", rule.title.in_(LANG)) for rule in RULES]


def goals() -> Proposals:
    """Propose codes of goals."""
    from alignment_cli.index.store import open_index

    return [(goal["kode"], goal[say("nama", "nama_en")]) for goal in open_index().json("prioritas")["tujuan"]]


def tiers() -> list[str]:
    """Propose tiers of government."""
    from alignment_cli.init import TIERS

    return list(TIERS)


def documents() -> list[str]:
    """Propose kinds of plan."""
    from alignment_cli import init

    return list(init.documents())


def services() -> list[str]:
    """Propose CI services."""
    from alignment_cli.init import SERVICES

    return list(SERVICES)
