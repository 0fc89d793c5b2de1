"""What a finding is about, told by content: it stays the same when lines move."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from alignment_cli.finding import Finding, Route
    from alignment_cli.source import Document
    from alignment_cli.tree import Node

NAMES = ("kode", "nama", "tujuan")
"""Keys that name a list entry, the first that it has."""
MOVING = frozenset({"baris"})
"""Parameters of messages that change when lines move."""


def anchor(route: Route, document: Document) -> str:
    """Return a route with list entries named by content: ``program[1.02.02].sub_kegiatan[Posyandu].pagu``."""
    text = ""
    for n, step in enumerate(route):
        if isinstance(step, int):
            text += f"[{_name(document.node(route[: n + 1])) or step}]"
        else:
            text += f".{step}" if text else step
    return text


def _name(node: Node | None) -> str:
    if node is None or node.kind != "mapping":
        return "" if node is None else node.text
    written = {key.text: value.text for key, value in node.pairs if value.kind == "scalar"}
    return next((written[key] for key in NAMES if written.get(key)), "")


def fingerprint(finding: Finding, document: Document, path: str | None = None) -> str:
    """Return 20 hexadecimal digits for a finding's code, file (or `path` in its stead), place by content, and
    parameters. Two findings that are the same in all of these have the same fingerprint.
    """
    params = {key: str(value) for key, value in sorted(finding.params.items()) if key not in MOVING}
    parts = [finding.rule.code, path or finding.place.path, anchor(finding.place.route, document), params]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()[:20]
