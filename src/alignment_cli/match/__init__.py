"""Matching: an item's code and text against the goals, in the layers of DESIGN section 4."""

from alignment_cli.match.matcher import Matcher, Query

__all__ = ["Matcher", "Query"]
