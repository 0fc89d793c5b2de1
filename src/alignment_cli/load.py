"""Files to models. A fault is a finding with a place; one broken part never hides the others."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from alignment_cli import faults, source
from alignment_cli.finding import Finding, Place, Route, Span
from alignment_cli.model import CODE_KEYS, NEEDED, TEXT_KEYS, Berkas
from alignment_cli.rules import file

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from pydantic_core import ErrorDetails


@dataclass
class Loaded:
    """What became of one file. `file` is None when nothing of it could be used; `dropped` numbers the programmes, as in
    the document, that could not be used. `kept` tells, for each list that lost entries, which ones are left.
    """

    path: str
    document: source.Document
    file: Berkas | None = None
    dropped: list[int] = field(default_factory=list)
    kept: dict[Route, list[int]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def line(self, route: Route) -> int:
        """Return the line (1-based) on which the value at a route of `file` begins."""
        return self.document.place(self.original(route)).span.line

    def original(self, route: Route) -> Route:
        """Return the route in the document of a route in `file`."""
        found: Route = ()
        for step in route:
            numbers = self.kept.get(found)
            found = (*found, numbers[step] if numbers is not None and isinstance(step, int) else step)
        return found


def load(path: Path | bytes, shown: str) -> Loaded:
    """Read, parse and validate one file, or the bytes of one. Raises OSError when the file cannot be opened."""
    try:
        document = source.decode(path, shown) if isinstance(path, bytes) else source.read_text(path, shown)
    except source.SourceError as error:
        empty = source.Document(shown, "")
        return Loaded(shown, empty, findings=[faults.of_source(error, empty)])
    return parse(document)


def parse(document: source.Document) -> Loaded:
    """Parse and validate one text."""
    loaded = Loaded(document.path, document)
    try:
        source.compose(document)
        data = source.values(document, TEXT_KEYS, CODE_KEYS)
    except source.SourceError as error:
        loaded.findings.append(faults.of_source(error, document))
        return loaded
    loaded.findings += [faults.of_tree(problem, document) for problem in document.problems]
    if data is None or data == {}:
        loaded.findings.append(Finding(file.EMPTY, Place(document.path, Span(1, 1, 1, 2), (), document.line(1))))
    else:
        _validate(loaded, data)
    return loaded


def _validate(loaded: Loaded, data: Any) -> None:
    """Validate, then leave out what is wrong and validate again, so that everything sound is still checked."""
    sound, faulty = data, set[Route]()
    for attempt in range(ATTEMPTS):
        try:
            loaded.file = Berkas.model_validate(sound)
        except ValidationError as error:
            problems = [(_route(problem, sound), problem) for problem in error.errors(include_url=False)]
            if attempt == 0:
                loaded.findings += [
                    faults.of_model(route, problem, loaded.document) for route, problem in _once(problems)
                ]
            if not isinstance(data, dict) or not isinstance(data.get("program"), list):
                return
            faulty |= {loaded.original(_fault(route, problem)) for route, problem in problems}
        else:
            break
        loaded.kept = {}
        sound = _with_header(_without(data, faulty, loaded.kept))
    loaded.dropped = [n for n in range(len(data["program"])) if ("program", n) in faulty]


ATTEMPTS = 5
"""Leaving out a part can bring out a fault around it (an entry that needed it), level by level."""

_HEADER: dict[str, Any] = {"versi": 1, "dokumen": "RKPD", "tahun": 2000}
_REGION = {"nama": "?", "tingkat": "kabupaten"}
"""Stand in for a faulty file header while its programmes are checked; the fault itself is a finding."""


def _with_header(data: dict[str, Any]) -> dict[str, Any]:
    region = data.get("daerah")
    return {**_HEADER, **data, "daerah": {**_REGION, **(region if isinstance(region, dict) else {})}}


def _fault(route: Route, problem: ErrorDetails) -> Route:
    """Return the smallest part to leave out: the value, or the mapping that cannot do without it."""
    inside = route[0] in LISTS if route else False
    if inside and len(route) > 1 and (problem["type"] == "missing" or route[-1] in NEEDED):
        return route[:-1]
    return route


LISTS = ("program", "misi", "misi_provinsi")
"""Lists at the top of a file: one faulty entry is left out, the others stay."""


def _without(value: Any, faulty: set[Route], kept: dict[Route, list[int]], route: Route = ()) -> Any:
    """Return a copy of a value without the parts at the faulty routes; `kept` notes what is left of lists."""
    if isinstance(value, dict):
        return {k: _without(v, faulty, kept, (*route, k)) for k, v in value.items() if (*route, k) not in faulty}
    if isinstance(value, list):
        left = [i for i in range(len(value)) if (*route, i) not in faulty]
        if len(left) < len(value):
            kept[route] = left
        return [_without(value[i], faulty, kept, (*route, i)) for i in left]
    return value


def _once(problems: Iterable[tuple[Route, ErrorDetails]]) -> Iterable[tuple[Route, ErrorDetails]]:
    """Yield one problem for each place: a union reports a failure once for each of its members."""
    seen: set[Route] = set()
    for route, problem in problems:
        if route not in seen:
            seen.add(route)
            yield route, problem


def _route(problem: ErrorDetails, data: Any) -> Route:
    """Return the problem's route as far as the data has it, and the key that is missing. Pydantic also names union
    members, and numbers a single value as if it stood in a list.
    """
    route: Route = ()
    for step in problem["loc"]:
        if isinstance(data, dict) and step in data:
            data = data[str(step)]
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            continue
        route = (*route, step)
    return (*route, problem["loc"][-1]) if problem["type"] == "missing" else route
