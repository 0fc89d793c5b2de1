"""Small changes to the text of a module, one at a time, as `mutants.py` tries them."""

from __future__ import annotations

import ast
import copy
from functools import partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SWAPPED: dict[type, type] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Add: ast.Sub, ast.Sub: ast.Add,
    ast.Mult: ast.Div, ast.Div: ast.Mult, ast.And: ast.Or, ast.Or: ast.And,
}  # fmt: skip


Change = tuple[str, "Callable[[Any], Any]"]
"""What a change is, and how a copy of the node is changed."""


def mutations(node: ast.AST) -> Iterator[Change]:
    """Yield all changes of one node."""
    yield from _of_operators(node)
    yield from _of_conditions(node)
    yield from _of_constants(node)
    yield from _of_statements(node)


def _of_operators(node: ast.AST) -> Iterator[Change]:
    if isinstance(node, ast.Compare) and type(node.ops[0]) in SWAPPED:
        yield _swapped(node.ops[0], _with_first)
    if isinstance(node, ast.BoolOp | ast.BinOp) and type(node.op) in SWAPPED:
        yield _swapped(node.op, _with_op)
    if isinstance(node, ast.BoolOp):
        for number in range(len(node.values)):
            yield f"without part {number + 1}", partial(_without, at=number)


def _with_first(node: Any, new: Any) -> Any:
    return _set(node, "ops", [new, *node.ops[1:]])


def _with_op(node: Any, new: Any) -> Any:
    return _set(node, "op", new)


def _swapped(old: ast.AST, put: Callable[[Any, Any], Any]) -> Change:
    new = SWAPPED[type(old)]
    return f"{type(old).__name__} -> {new.__name__}", lambda n: put(n, new())


def _of_conditions(node: ast.AST) -> Iterator[Change]:
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield "without not", lambda n: n.operand
    if isinstance(node, ast.If | ast.IfExp | ast.While):
        yield "condition turned round", lambda n: _set(n, "test", ast.UnaryOp(ast.Not(), n.test))
    if isinstance(node, ast.comprehension):
        for number in range(len(node.ifs)):
            yield f"without filter {number + 1}", partial(_without_filter, at=number)


def _without_filter(node: Any, at: int) -> Any:
    return _set(node, "ifs", node.ifs[:at] + node.ifs[at + 1 :])


def _constant(_: Any, value: Any) -> Any:
    return ast.Constant(value)


def _of_constants(node: ast.AST) -> Iterator[Change]:
    if not isinstance(node, ast.Constant) or not isinstance(node.value, int | float):
        return
    value = node.value
    for new in (not value,) if isinstance(value, bool) else (value + 1, value - 1):
        yield f"{value} -> {new}", partial(_constant, value=new)


def _of_statements(node: ast.AST) -> Iterator[Change]:
    calls = isinstance(node, ast.Expr) and isinstance(node.value, ast.Yield | ast.YieldFrom | ast.Call)
    if calls or isinstance(node, ast.AugAssign | ast.Continue | ast.Break):
        yield "left out", lambda _: ast.Pass()
    # What returns None already is no change, and False is changed to True.
    if isinstance(node, ast.Return) and node.value and getattr(node.value, "value", node) not in (None, False):
        yield "return None", lambda n: _set(n, "value", ast.Constant(None))


def _set(node: Any, name: str, value: Any) -> Any:
    setattr(node, name, value)
    return node


def _without(node: Any, at: int) -> Any:
    rest = node.values[:at] + node.values[at + 1 :]
    return rest[0] if len(rest) == 1 else _set(node, "values", rest)


def mutants(tree: ast.Module) -> Iterator[tuple[str, ast.Module]]:
    """Yield every mutant of a module, named by line and change. Declarations of rules and docstrings stay."""
    for number, node in enumerate(_places(tree)):
        for what, change in mutations(node):
            mutant = copy.deepcopy(tree)
            made = _Exchange(_places(mutant)[number], change).visit(mutant)
            yield f"{getattr(node, 'lineno', 0)}: {what}: {ast.unparse(node)[:90]}", ast.fix_missing_locations(made)


def _places(tree: ast.Module) -> list[ast.AST]:
    return [node for top in tree.body if not declares(top) for node in ast.walk(top)]


def declares(top: ast.stmt) -> bool:
    """Tell whether a statement is no function, class or value of its own, or declares a rule or lists rules."""
    if not isinstance(top, ast.FunctionDef | ast.ClassDef | ast.Assign):
        return True
    called = top.value if isinstance(top, ast.Assign) else None
    return (isinstance(called, ast.Call) and getattr(called.func, "id", "") == "Rule") or isinstance(called, ast.Tuple)


class _Exchange(ast.NodeTransformer):
    def __init__(self, target: ast.AST, change: Callable[[Any], ast.AST]) -> None:
        self._target, self._change = target, change

    def visit(self, node: ast.AST) -> Any:
        return self._change(node) if node is self._target else self.generic_visit(node)
