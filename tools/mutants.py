"""Change the rules one spot at a time and see whether their tests notice: `python tools/mutants.py budget`.

A mutant is a copy of one module of `src/alignment_cli/rules/` with one change: another comparison, a constant beside
the one that stands there, `and` for `or`, a condition turned round, a statement left out. It is run in this
process against the examples of `tests/cases/` and of the rules' pages, then against the tests in `FURTHER`; a mutant
that passes them all survives and is printed. The checkout is never written.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import io
import signal
import sys
import time
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mutations import declares, mutants

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "src" / "alignment_cli" / "rules"
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tools")]
FURTHER = {
    "collaboration": ("test_collaboration.py", "test_offices.py"),
    "decision": ("test_goal_hash.py",),
    "region": ("test_readiness.py",),
    "target": ("test_targets.py",),
}
"""Tests of a module's rules that need more than a file with its findings."""
SECONDS = 60
"""Time that a mutant may take; one that does not come to an end is noticed, too."""


class Module:
    """A module of rules whose functions can be exchanged while the program runs."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.module = import_module(f"alignment_cli.rules.{name}")
        self.tree = ast.parse((FOLDER / f"{name}.py").read_text(encoding="utf-8"))
        self.codes = {rule.code for rule in self.module.RULES}

    def put(self, tree: ast.Module) -> Callable[[], None]:
        """Let the module do what `tree` says; return what takes that back. Rules stay the objects that they are."""
        kept: list[ast.stmt] = [top for top in tree.body if not declares(top)]
        made = dict(vars(self.module))
        exec(compile(ast.Module(kept, []), self.name, "exec"), made)  # noqa: S102 - our own code, changed
        undo: list[Callable[[], None]] = []
        for top in kept:
            targets = top.targets if isinstance(top, ast.Assign) else [top]
            for name in (getattr(target, "id", getattr(target, "name", "")) for target in targets):
                _exchange(vars(self.module), name, made[name], undo)

        def back() -> None:
            for step in reversed(undo):
                step()

        return back


def _exchange(space: Any, name: str, new: Any, undo: list[Callable[[], None]]) -> None:
    """Exchange a function's code, so that those who hold the function have the new one, or a value."""
    old = space[name]
    inner = getattr(old, "__wrapped__", old)
    if hasattr(inner, "__code__"):
        before = inner.__code__
        inner.__code__ = getattr(new, "__wrapped__", new).__code__
        undo.append(lambda: setattr(inner, "__code__", before))
        for defaults in ("__defaults__", "__kwdefaults__"):
            undo.append(partial(setattr, inner, defaults, getattr(inner, defaults)))
            setattr(inner, defaults, getattr(getattr(new, "__wrapped__", new), defaults))
        if hasattr(old, "cache_clear"):
            old.cache_clear()
            undo.append(old.cache_clear)
    elif isinstance(old, type):
        for key, value in vars(new).items():
            if hasattr(value, "__code__"):
                _exchange(dict(vars(old)), key, value, undo)
    else:
        space[name] = new
        undo.append(lambda: space.__setitem__(name, old))


class Tests:
    """The examples that say what a module's rules find: those of `tests/cases/`, and those of the rules' pages."""

    def __init__(self, codes: set[str], folder: Path, *, regions: bool) -> None:
        from alignment_cli import reference
        from alignment_cli.region import check_regions

        self._cases, self._folder = import_module("test_cases"), folder
        self._reference = reference.shipped()
        self._reference.__dict__["judge"] = _remembered(self._reference.judge)
        vars(self._cases)["check_regions"] = check_regions if regions else lambda *_: None
        own = [case for case in self._cases.CASES if case.rule in codes and not case.xfail]
        self.all = [case for case in own if self._holds(case)]
        self.left_out = len(own) - len(self.all)
        self.pages = [page for page in map(_page, sorted(codes)) if page is not None and self._page_holds(page)]

    def notice(self) -> bool:
        """Tell whether any example fails now."""
        return not all(map(self._holds, self.all)) or not all(map(self._page_holds, self.pages))

    def _holds(self, case: Any) -> bool:
        import pytest

        with pytest.MonkeyPatch.context() as patch:
            given = {"case": case, "tmp_path": self._folder, "reference": self._reference, "monkeypatch": patch}
            wanted = self._cases.test_case.__code__
            try:
                self._cases.test_case(**{name: given[name] for name in wanted.co_varnames[: wanted.co_argcount]})
            except Exception:  # noqa: BLE001 - any failure counts
                return False
            return True

    def _page_holds(self, shown: Any) -> bool:
        whole = import_module("test_rules").whole
        from alignment_cli import run

        code, page = shown
        try:
            told = [[(row.rule.code, row.place.span.line, row.rule.severity.value) for row in
                     run.run([(whole(text).encode(page.encoding if text == page.breach else "utf-8"), "contoh.yaml")],
                             self._reference).findings] for text in (page.breach, page.good)]  # fmt: skip
        except Exception:  # noqa: BLE001 - any failure counts
            return False
        lines = {line for found, line, _ in told[0] if found == code}
        others = [found for found, _, severity in told[0] if found != code and severity != "info"]
        return lines == page.marked and not others and not any(found == code for found, _, _ in told[1])


def _further(name: str) -> bool:
    """Tell whether one of the further tests fails."""
    import pytest

    files = [str(ROOT / "tests" / file) for file in FURTHER.get(name, ())]
    with contextlib.redirect_stdout(io.StringIO()):
        return bool(files) and pytest.main(["-x", "-q", "-n0", "-p", "no:cacheprovider", *files]) != 0


def _page(code: str) -> Any:
    from alignment_cli.rules import rule
    from alignment_cli.rules.page import page

    found = rule(code)
    shown = None if found is None else page(found)
    return None if shown is None or shown.also or shown.file else (code, shown)


def _remembered(judge: Any) -> Any:
    known: dict[Any, Any] = {}

    def answer(query: Any, declared: Any) -> Any:
        key = (query, tuple(declared))
        if key not in known:
            known[key] = judge(query, declared)
        return known[key]

    return answer


def _too_long(*_: object) -> None:
    raise TimeoutError


def main() -> None:
    """Run the mutants of the named modules, or of all."""
    import tempfile

    from alignment_cli.rules import REGION_CHECKS, RULES

    parser = argparse.ArgumentParser(description="Mutation testing of the rules.")
    parser.add_argument("module", nargs="*", help="modules of rules; without, all that check anything")
    given = parser.parse_args()
    signal.signal(signal.SIGALRM, _too_long)
    names = given.module or [
        path.stem for path in sorted(FOLDER.glob("*.py")) if "def check" in path.read_text("utf-8")
    ]
    for name in names:
        module, began = Module(name), time.monotonic()
        regional = any(getattr(check, "__module__", "") == module.module.__name__ for check in REGION_CHECKS)
        with tempfile.TemporaryDirectory() as folder:
            tests = Tests(module.codes, Path(folder), regions=regional)
            everything = Tests({rule.code for rule in RULES}, Path(folder), regions=regional)
            survivors, count = [], 0
            for what, tree in mutants(module.tree):
                count += 1
                undo = module.put(tree)
                signal.setitimer(signal.ITIMER_REAL, SECONDS)
                try:
                    if not tests.notice() and not everything.notice() and not _further(name):
                        survivors.append(what)
                finally:
                    signal.setitimer(signal.ITIMER_REAL, 0)
                    undo()
        print(f"{name}: {count} mutants, {count - len(survivors)} killed, {len(survivors)} survived, "
              f"{len(tests.all)} cases, {len(tests.pages)} pages, {time.monotonic() - began:.0f} s")  # fmt: skip
        for what in survivors:
            print(f"  {name}.py:{what}")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
