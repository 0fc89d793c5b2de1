"""From paths to a result. Prints nothing and writes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alignment_cli.context import Context, Item, items_of
from alignment_cli.load import Loaded, load
from alignment_cli.match import Query
from alignment_cli.policy import Policy, apply
from alignment_cli.region import check_regions
from alignment_cli.result import FileResult, Judged, Result
from alignment_cli.rules import CHECKS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from alignment_cli.model import Berkas
    from alignment_cli.reference import Reference


def run(
    paths: Iterable[tuple[Path | bytes, str]],
    reference: Reference,
    policy: Policy | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> Result:
    """Check files one after the other. `paths` are (file or its bytes, name to show); `tell` hears each name before its
    file is checked. Raises OSError when a file cannot be opened, and `policy.PolicyError`.
    """
    policy = policy or Policy()
    result = Result(check_region(paths, reference, tell, whole=policy.changes is None), reference.priorities)
    apply(result, policy)
    return result


def check_region(
    files: Iterable[tuple[Path | bytes, str]],
    reference: Reference,
    tell: Callable[[str], None] = lambda _: None,
    *,
    whole: bool = True,
) -> list[FileResult]:
    """Check the files (or their bytes, each with a name to show) of one or several regions, one after the other, then,
    where they are all of them (`whole`), each region. The same input gives the same result. Raises OSError when a file
    cannot be opened.
    """
    checked = []
    for path, shown in files:
        tell(shown)
        checked.append(check_file(load(path, shown), reference))
    if whole:
        check_regions(checked, reference)
    return checked


def check_file(loaded: Loaded, reference: Reference) -> FileResult:
    """Judge every item of a loaded file and apply all rules."""
    result = FileResult(loaded, findings=list(loaded.findings))
    if loaded.file is not None:
        _apply(result, loaded.file, reference)
    result.findings.sort(key=lambda finding: (finding.place.span.line, finding.place.span.column, finding.rule.code))
    return result


def _apply(result: FileResult, file: Berkas, reference: Reference) -> None:
    items = items_of(file)
    context = Context(result.loaded, file, items, reference.priorities, reference.matcher)
    for item in items:
        verdict = reference.judge(query_of(item), item.declared)
        context.verdicts[item.route] = verdict
        result.judged.append(Judged(item, verdict))
    result.findings += [finding for check in CHECKS for finding in check(context)]


def query_of(item: Item) -> Query:
    """Return what is known of an item as a query."""
    butir = item.butir
    above = [item.parent.nama] if item.parent else []
    kegiatan = getattr(butir, "kegiatan", None)
    return Query(
        butir.nama,
        item.kode,
        butir.uraian or "",
        tuple(indikator.nama for indikator in butir.indikator),
        tuple(name for name in (*above, kegiatan) if name),
    )


def judge_text(text: str, kode: str | None, reference: Reference) -> Judged:
    """Judge one text as if it were an item of a file."""
    from alignment_cli.model import Butir

    item = Item(Butir.model_validate({"nama": text, "kode": kode}), ())
    return Judged(item, reference.judge(query_of(item)))
