"""The events of the YAML parser, put together to a tree."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from alignment_cli.limits import current
from alignment_cli.tree import Node, TreeError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from alignment_cli.tree import Kind


def build(events: Iterable[Any], spared: Mapping[int, int] | None = None) -> Node | None:
    """Put events together, without recursion: the depth of the input is bounded by a count, not by the stack. `spared`
    are characters of scalars to put others in the place of. Raises `TreeError`.
    """
    building = _Building()
    attach, start, end = building.attach, building.open, building.close
    longest, most = current().text_characters, current().values
    upcoming = iter(events)
    # A value makes at most three events: key, beginning and end. More than those of all values that a file may hold are
    # not put together; which values aliases repeat is counted later.
    for event in islice(upcoming, 3 * most + 10):
        kind = type(event)
        if kind is ScalarEvent:
            attach(_scalar(event, longest, spared), event.anchor)
        elif kind is MappingStartEvent:
            start(_container(event, "mapping"), event.anchor)
        elif kind is SequenceStartEvent:
            start(_container(event, "sequence"), event.anchor)
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            end(event.end_mark.index)
        elif kind is AliasEvent:
            attach(building.known(event), None)
        elif kind is DocumentStartEvent:
            building.begin(event)
    for event in upcoming:
        raise TreeError("values", event.start_mark.index, f"{most:_}")
    return building.root


def _scalar(event: Any, longest: int, spared: Mapping[int, int] | None) -> Node:
    tag, style, text = event.tag, event.style, str(event.value)
    if len(text) > longest:
        raise TreeError("text", event.start_mark.index, f"{len(text):_}")
    plain = style is None or style in ("", ":")
    text = text.translate(spared) if spared else text
    return Node("scalar", event.start_mark.index, event.end_mark.index, tag and str(tag), text, plain)


def _container(event: Any, kind: Kind) -> Node:
    return Node(kind, event.start_mark.index, event.end_mark.index, event.tag and str(event.tag))


class _Building:
    """A tree under construction: the innermost container with what is inside it so far, the key in it that waits for
    its value, and the same of all containers around it.
    """

    def __init__(self) -> None:
        self.root: Node | None = None
        self.documents = 0
        self.anchors: dict[str, Node] = {}
        self.holder: Node | None = None
        self.inside: list[Any] = []
        self.key: Node | None = None
        self.around: list[tuple[Node | None, list[Any], Node | None]] = []
        self.deepest = current().depth

    def begin(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            raise TreeError("several", event.start_mark.index)

    def known(self, event: Any) -> Node:
        if event.anchor not in self.anchors:
            raise TreeError("syntax", event.start_mark.index, "found undefined alias")
        return self.anchors[event.anchor]

    def attach(self, node: Node, anchor: str | None) -> None:
        if anchor is not None:
            self.anchors[anchor] = node
        holder, key = self.holder, self.key
        if holder is None:
            self.root = self.root or node
        elif holder.kind == "sequence":
            self.inside.append(node)
        elif key is None:
            self.key = node
        else:
            if node.plain and not node.text and node.start == node.end:
                # The parsers place a missing value differently; it stands behind its key's colon.
                node.start = node.end = key.end + 1
            self.inside.append((key, node))
            self.key = None

    def open(self, node: Node, anchor: str | None) -> None:
        self.attach(node, anchor)
        if len(self.around) >= self.deepest:
            raise TreeError("depth", node.start, f"{self.deepest + 1:_}")
        self.around.append((self.holder, self.inside, self.key))
        self.holder, self.inside, self.key = node, [], None
        if node.kind == "mapping":
            node.pairs = self.inside
        else:
            node.parts = self.inside

    def close(self, end: int) -> None:
        if self.holder is not None:
            self.holder.end = end
        self.holder, self.inside, self.key = self.around.pop()
