"""From a finding to its repair: what to write where. A rule without a repair here is not `fixable`."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from alignment_cli import layout, tree
from alignment_cli.edit import Edit, quote
from alignment_cli.model import CODE_KEYS, TEXT_KEYS
from alignment_cli.source import FEW
from alignment_cli.spelling import is_slip

if TYPE_CHECKING:
    from collections.abc import Callable

    from alignment_cli.finding import Finding, Route
    from alignment_cli.source import Document
    from alignment_cli.tree import Node


class Repair(NamedTuple):
    """Write `text` in place of the scalar `node`: the value at `route` of the document or, with `is_key`, its key.
    `value` is what the value at the route is then read as.
    """

    finding: Finding
    route: Route
    node: Node
    text: str
    value: Any
    is_key: bool = False

    def edit(self, document: Document) -> Edit:
        """Return the edit that makes the repair."""
        return Edit(*layout.content(document.text, self.node), self.text)


def repair_of(finding: Finding, document: Document) -> Repair | None:
    """Return the repair of a finding, None where it needs a person."""
    repair = REPAIRS.get(finding.rule.code)
    return None if repair is None else repair(finding, document)


def _unquoted(finding: Finding, document: Document) -> Repair | None:
    """AL201: put the code in quotes, as it is written."""
    route, node = _scalar(finding, document)
    if node is None or not node.plain or isinstance(tree.scalar(node), str):
        return None
    return Repair(finding, route, node, f'"{node.text}"', node.text)


def _unknown_key(finding: Finding, document: Document) -> Repair | None:
    """AL105: the key that was meant, where there is only one and it is not there yet."""
    route = finding.place.route
    mapping, key = document.node(route[:-1]), document.key_node(route)
    known = str(finding.params["dikenal"]).split(", ")
    if mapping is None or key is None or len(mapping.pairs) > FEW or not _is_simple(key, document):
        return None
    meant = [name for name in known if _is_meant(key.text, name)]
    names = [name.text for name, _ in mapping.pairs]
    if len(meant) != 1 or names.count(key.text) > 1 or any(name == meant[0] for name in names):
        return None
    if sum(_is_meant(name, meant[0]) for name in names) > 1:
        return None
    value = document.node(route)
    read = tree.Values(TEXT_KEYS, CODE_KEYS).of(value, route, meant[0]) if value is not None else None
    return Repair(finding, route, key, meant[0], read, is_key=True)


def _no_choice(finding: Finding, document: Document) -> Repair | None:
    """AL108: the choice that was meant. Choices in capitals are names of documents, which are too much alike (APBD and
    APBN, RPJMD and RPJPD) to be told by a letter.
    """
    route, node = _scalar(finding, document)
    choices = str(finding.params["pilihan"]).split(", ")
    if node is None:
        return None
    same = [choice for choice in choices if _letters(choice) == _letters(node.text)]
    meant = same or [choice for choice in choices if choice.islower() and _is_meant(node.text, choice)]
    if len(meant) != 1:
        return None
    if meant[0].isdecimal():
        return Repair(finding, route, node, meant[0], int(meant[0]))
    return Repair(finding, route, node, quote(meant[0]), meant[0])


def _not_whole(finding: Finding, document: Document) -> Repair | None:
    """AL302: the whole number of rupiah that was written with Rp, marks or quotes."""
    route, node = _scalar(finding, document)
    amount = None if node is None else rupiah(node.text)
    return None if node is None or amount is None else Repair(finding, route, node, f"{amount:_}", amount)


def _as_proposed(finding: Finding, document: Document) -> Repair | None:
    """Write what the rule proposes, in the quotes that are there."""
    route, node = _scalar(finding, document)
    if node is None or finding.hint is None:
        return None
    mark, hint = document.text[layout.content(document.text, node)[0]], finding.hint
    if hint.isdecimal() or mark not in "'\"" or not hint.isprintable():
        text = hint if hint.isdecimal() else quote(hint, flow=layout.in_flow(document, route))
    else:
        text = f"""'{hint.replace("'", "''")}'""" if mark == "'" else json.dumps(hint, ensure_ascii=False)
    return Repair(finding, route, node, text, hint)


REPAIRS: dict[str, Callable[[Finding, Document], Repair | None]] = {
    "AL105": _unknown_key,
    "AL108": _no_choice,
    "AL201": _unquoted,
    "AL208": _as_proposed,
    "AL211": _as_proposed,
    "AL212": _as_proposed,
    "AL302": _not_whole,
}
"""Repairs by the code of the rule."""


_RUPIAH = re.compile(
    r"(?P<mark>(?:rp|idr)\.?\s*)?"
    r"(?P<digits>0|[1-9]\d{0,2}(?:(?P<sign>[.,])\d{3})(?:(?P=sign)\d{3})*|[1-9][\d_]*)"
    r"(?P<cents>[.,](?:0{1,2}|-))?",
    re.IGNORECASE,
)


def rupiah(text: str) -> int | None:
    """Return the whole rupiah that a text names beyond doubt: ``Rp 1.500.000``, ``1,500,000``, ``1500000,00``,
    ``Rp 500.000,-``. None for all else, as for ``1.500``, which is one and a half as well as fifteen hundred.
    """
    found = _RUPIAH.fullmatch(text.strip()) if len(text) <= tree.LONGEST_NUMBER else None
    if found is None:
        return None
    mark, digits, sign, cents = found.group("mark", "digits", "sign", "cents")
    if sign and cents and cents[0] == sign:
        return None
    grouped_once = sign and digits.count(sign) == 1
    indonesian = sign == "." and (mark or cents)
    if grouped_once and not indonesian:
        return None
    return int(re.sub(r"[.,_]", "", digits))


def _scalar(finding: Finding, document: Document) -> tuple[Route, Node | None]:
    """Return the scalar that a finding is about, with its route. A list that was written as a single value has no
    entries of its own.
    """
    route = finding.place.route
    node = document.node(route)
    if node is None and route and isinstance(route[-1], int):
        route = route[:-1]
        node = document.node(route)
    return route, node if node is not None and _is_simple(node, document) else None


def _is_simple(node: Node, document: Document) -> bool:
    """Tell whether a node is a scalar that can be written anew: no tag, no block of lines, not empty."""
    if node.kind != "scalar" or node.tag is not None or layout.is_empty(node):
        return False
    return not layout.is_block_scalar(document.text, node)


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def _is_meant(word: str, name: str) -> bool:
    """Tell whether a word is beyond doubt a name written otherwise: other case or marks, or a slip of the pen that
    leaves the first letter and makes no word of its own ("alokasi" is not "lokasi", "sumber_data" not "sumber_dana").
    """
    if _letters(word) == _letters(name):
        return True
    own, parts = re.findall(r"[^\W_]+", word.casefold()), name.split("_")
    if len(own) != len(parts) or own[0][0] != parts[0][0]:
        return False
    return all(one == part or is_slip(one, part, least=MIN_LETTERS) for one, part in zip(own, parts, strict=True))


MIN_LETTERS = 4
"""Letters of the shortest keys and choices: kode, nama, pagu, kota."""
