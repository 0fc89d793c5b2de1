"""From a file to its repaired text: find, repair, prove, and again until nothing is left."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from alignment_cli import edit
from alignment_cli.context import Context, items_of
from alignment_cli.finding import Text
from alignment_cli.fix.repairs import REPAIRS, repair_of
from alignment_cli.load import load, parse
from alignment_cli.policy import apply
from alignment_cli.result import FileResult, Result
from alignment_cli.rules import file, form, reference
from alignment_cli.source import Document

if TYPE_CHECKING:
    from alignment_cli.finding import Finding, Route
    from alignment_cli.fix.repairs import Repair
    from alignment_cli.load import Loaded
    from alignment_cli.policy import Policy
    from alignment_cli.reference import Reference
    from alignment_cli.tree import Node

PASSES = 10
"""Most times that a file is looked through. A repair can bring out a fault that it hid: a key put right makes its entry
readable, whose value is checked then."""


class Done(NamedTuple):
    """A repair that was made: the rule's code, the line (1-based) of the text it was made in, what was written there
    before, and what since.
    """

    code: str
    line: int
    old: str
    new: str


@dataclass
class Fixed:
    """What became of a file. `text` is the repaired text, `before` the old one; `trouble` says why no more was done."""

    before: str
    text: str
    done: list[Done] = field(default_factory=list)
    trouble: Text | None = None


def fix(raw: bytes, shown: str, reference_data: Reference, policy: Policy) -> Fixed:
    """Repair the content of a file. Rules that are not selected, and findings put aside, are left."""
    loaded = load(raw, shown)
    document = loaded.document
    fixed = Fixed(document.text, document.text)
    broken = next((finding for finding in loaded.findings if finding.rule in UNREADABLE), None)
    if broken is not None:
        fixed.trouble = _about(broken)
        return fixed
    for _ in range(PASSES):
        repairs = _repairs(loaded, reference_data, policy)
        if not repairs:
            break
        document = loaded.document
        edits = {id(repair.node): repair.edit(document) for repair in repairs}
        try:
            fixed.text = edit.verified(document, edits.values(), partial(_expect, repairs))
        except edit.EditError as error:
            fixed.trouble = error.text
            break
        fixed.done += _done(repairs, document)
        loaded = parse(Document(shown, fixed.text))
    return fixed


UNREADABLE = (file.SYNTAX, file.NOT_TEXT, file.LIMIT)
"""Rules whose breach leaves no values to compare."""


def _about(finding: Finding) -> Text:
    span = finding.place.span
    at = f"{finding.place.path}:{span.line}:{span.column}"
    return Text(f"{at}: {finding.message('id')} Berkas dibiarkan.", f"{at}: {finding.message('en')} The file was left.")


def _findings(loaded: Loaded, reference_data: Reference, policy: Policy) -> list[Finding]:
    """Return the findings that count and have a repair."""
    found = list(loaded.findings)
    if loaded.file is not None:
        context = Context(loaded, loaded.file, items_of(loaded.file), reference_data.priorities, reference_data.matcher)
        found += [*reference.check(context), *form.check(context)]
    result = FileResult(loaded, findings=[finding for finding in found if finding.rule.code in REPAIRS])
    apply(Result([result], reference_data.priorities), policy)
    return [finding for finding in result.findings if finding.rule.code in REPAIRS]


def _repairs(loaded: Loaded, reference_data: Reference, policy: Policy) -> list[Repair]:
    """Return the repairs to make, one for each route. A value that an alias uses too is repaired only if it is wrong
    wherever it is used.
    """
    document = loaded.document
    found: dict[tuple[Route, bool], Repair] = {}
    for finding in _findings(loaded, reference_data, policy):
        repair = repair_of(finding, document)
        if repair is not None:
            found.setdefault((repair.route, repair.is_key), repair)
    wanted = Counter((id(repair.node), repair.text) for repair in found.values())
    uses = _uses(document.root)
    return [repair for repair in found.values() if wanted[id(repair.node), repair.text] == uses[id(repair.node)]]


def _uses(root: Node | None) -> Counter[int]:
    """Return by how many routes each node is reached, by its identity."""
    order: list[Node] = []
    seen = set[int]()

    def visit(node: Node) -> None:
        if id(node) not in seen:
            seen.add(id(node))
            for below in _below(node):
                visit(below)
            order.append(node)

    uses = Counter[int]()
    if root is not None:
        visit(root)
        uses[id(root)] = 1
    for node in reversed(order):
        for below in _below(node):
            uses[id(below)] += uses[id(node)]
    return uses


def _below(node: Node) -> list[Node]:
    return [*node.parts, *(part for pair in node.pairs for part in pair)]


def _expect(repairs: list[Repair], data: Any) -> None:
    """Make the repairs in the values of a document, in place: first values, then keys, the deepest first."""
    for repair in sorted(repairs, key=lambda repair: (repair.is_key, -len(repair.route))):
        above = data
        for step in repair.route[:-1]:
            above = above[step]
        last = repair.route[-1]
        if repair.is_key:
            entries = [(repair.text, repair.value) if key == last else (key, value) for key, value in above.items()]
            above.clear()
            above.update(entries)
        else:
            above[last] = repair.value


def _done(repairs: list[Repair], document: Document) -> list[Done]:
    """Return what was done in the order of the text, each place once."""
    made = {}
    for repair in repairs:
        start, end, new = repair.edit(document)
        line, _ = document.position(start)
        made[start] = Done(repair.finding.rule.code, line, document.text[start:end], new)
    return [made[start] for start in sorted(made)]
