"""Text from files without what steers a terminal, or turns the direction of what a reader sees."""

from __future__ import annotations

import re

_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control characters but for tab and line feed, and the marks and overrides of bidirectional writing."""


def shown(text: str) -> str:
    """Return a text to be looked at, with a sign in place of each such character."""
    return _STEERING.sub("\ufffd", text)


def in_json(written: str) -> str:
    """Return JSON in which such characters stand as escapes, so that a reader gets the text itself."""
    return _STEERING.sub(lambda found: f"\\u{ord(found.group()):04x}", written)
