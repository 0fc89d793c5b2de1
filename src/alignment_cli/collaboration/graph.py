"""The offices of a region as a graph: who is joined to whom, who stands alone, and on whom the rest hangs."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from alignment_cli.collaboration.analysis import Programme

Edge = tuple[str, str]
"""Two nodes, the smaller first."""


class Graph(NamedTuple):
    """`nodes` are keys of offices in the order of the files; `edges` the declared partnerships between two of them with
    the programmes behind each. `components` are the groups that partnerships hold together, the largest first;
    `islands` the offices without any; without an office of `joints`, or a partnership of `bridges`, its group would
    fall apart.
    """

    nodes: tuple[str, ...]
    edges: dict[Edge, tuple[Programme, ...]]
    components: tuple[tuple[str, ...], ...]
    islands: tuple[str, ...]
    joints: tuple[str, ...]
    bridges: tuple[Edge, ...]


def edge(first: str, second: str) -> Edge:
    """Return the edge between two nodes."""
    return (first, second) if first < second else (second, first)


def build(nodes: Iterable[str], edges: Mapping[Edge, tuple[Programme, ...]]) -> Graph:
    """Build the graph of these nodes and edges."""
    ordered = tuple(nodes)
    near: dict[str, list[str]] = defaultdict(list)
    for first, second in sorted(edges):
        near[first].append(second)
        near[second].append(first)
    components: list[tuple[str, ...]] = []
    joints: set[str] = set()
    bridges: list[Edge] = []
    seen: set[str] = set()
    for node in ordered:
        if node not in seen:
            group, cut, thin = _walk(node, near)
            seen |= group
            components.append(tuple(part for part in ordered if part in group))
            joints |= cut
            bridges += thin
    return Graph(
        ordered,
        dict(edges),
        tuple(sorted(components, key=len, reverse=True)),
        tuple(node for node in ordered if not near[node]),
        tuple(node for node in ordered if node in joints),
        tuple(sorted(bridges)),
    )


def _walk(root: str, near: Mapping[str, list[str]]) -> tuple[set[str], set[str], list[Edge]]:
    """Return all nodes that hang together with `root`, and the nodes and edges that hold them together (Tarjan: an edge
    is a bridge when nothing below it reaches above it). Without recursion, for a chain of offices may be long.
    """
    order = {root: 0}
    low = {root: 0}
    joints: set[str] = set()
    bridges: list[Edge] = []
    children = 0
    stack = [(root, "", iter(near[root]))]
    while stack:
        node, parent, rest = stack[-1]
        child = next(rest, None)
        if child is None:
            stack.pop()
            if parent:
                low[parent] = min(low[parent], low[node])
                if low[node] > order[parent]:
                    bridges.append(edge(parent, node))
                if low[node] >= order[parent] and parent != root:
                    joints.add(parent)
        elif child not in order:
            order[child] = low[child] = len(order)
            children += node == root
            stack.append((child, node, iter(near[child])))
        elif child != parent:
            low[node] = min(low[node], order[child])
    return set(order), joints | ({root} if children > 1 else set()), bridges
