"""The graph of offices as a drawing: all that have a partner on one circle, in an order that keeps lines short."""

from __future__ import annotations

from math import cos, pi, sin
from typing import TYPE_CHECKING, NamedTuple

from alignment_cli.render.concise import one_line
from alignment_cli.report.table import origin

if TYPE_CHECKING:
    from collections.abc import Iterable

    from alignment_cli.collaboration.analysis import Programme
    from alignment_cli.collaboration.graph import Graph
    from alignment_cli.report.figures import Figures
    from alignment_cli.report.render.page.pool import Pool
    from alignment_cli.report.table import Origin

RADIUS, MARGIN = 170, 285
"""Of the circle, and the room around it for names."""
_NAME = 40


class Node(NamedTuple):
    """An office: its point, its name, and how the name is turned (degrees) and anchored."""

    name: str
    short: str
    x: float
    y: float
    turn: float
    end: bool
    joint: bool
    degree: int
    key: str


class Edge(NamedTuple):
    """A partnership: its two points and the names of both, the number of programmes, and its set of items."""

    ends: tuple[float, float, float, float]
    names: tuple[str, str]
    many: int
    width: float
    bridge: bool
    key: str


class Drawing(NamedTuple):
    """The graph. `islands` are the names of offices without a partner."""

    nodes: list[Node]
    edges: list[Edge]
    islands: list[str]


def draw(figures: Figures, plan: int, pool: Pool) -> Drawing | None:
    """Return the drawing, or None where no partnership between offices is recorded."""
    collaboration = figures.collaboration
    graph = collaboration.graph
    if not graph.edges:
        return None
    names = {office.key: one_line(office.nama) for office in collaboration.offices}
    order = _ordered(graph)
    at = {key: _point(i, len(order)) for i, key in enumerate(order)}
    behind: dict[str, list[Programme]] = {key: [] for key in order}
    edges = []
    for number, ((first, second), programmes) in enumerate(sorted(graph.edges.items())):
        behind[first] += programmes
        behind[second] += programmes
        pair = names[first], names[second]
        key = pool.add(f"{plan}.kemitraan.{number}", " \u2013 ".join(pair), pool.numbers(_origins(programmes)))
        width = min(1 + len(programmes) * 0.5, 5)
        edges.append(Edge((*at[first][:2], *at[second][:2]), pair, len(programmes), width,
                          (first, second) in graph.bridges, key))  # fmt: skip
    nodes = []
    for number, key in enumerate(order):
        kept = pool.add(f"{plan}.jejaring.{number}", names[key], pool.numbers(_origins(behind[key])))
        degree = sum(key in pair for pair in graph.edges)
        short = names[key] if len(names[key]) <= _NAME else f"{names[key][: _NAME - 1].rstrip()}\u2026"
        nodes.append(Node(names[key], short, *at[key], key in graph.joints, degree, kept))
    return Drawing(nodes, edges, [names[key] for key in graph.islands])


def _origins(programmes: Iterable[Programme]) -> list[Origin]:
    return [origin(one.file, one.judged.item) for one in programmes]


def _ordered(graph: Graph) -> list[str]:
    """Return the offices with a partner, group by group, neighbours beside each other: breadth first from the one with
    the most partners.
    """
    near: dict[str, list[str]] = {key: [] for key in graph.nodes}
    for first, second in sorted(graph.edges):
        near[first].append(second)
        near[second].append(first)
    found: list[str] = []
    for group in graph.components:
        if len(group) == 1:
            continue
        queue = [max(group, key=lambda key: len(near[key]))]
        seen = set(queue)
        for key in queue:  # grows while it is read
            fresh = [other for other in near[key] if other not in seen]
            seen.update(fresh)
            queue += fresh
        found += queue
    return found


def _point(number: int, of: int) -> tuple[float, float, float, bool]:
    """Return where the office stands on the circle, and how its name is turned."""
    angle = 2 * pi * number / of - pi / 2
    left = of < 2 * number < 2 * of
    turn = angle * 180 / pi + (180 if left else 0)
    centre = RADIUS + MARGIN
    return round(centre + RADIUS * cos(angle), 1), round(centre + RADIUS * sin(angle), 1), round(turn, 1), left
