"""What the shapes of the priorities share, and the way to build them without validating once more."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar, get_args, get_type_hints

from pydantic import ConfigDict

Made = TypeVar("Made", bound="Shape")


class Shape:
    """Base of all shapes of the priorities: unknown keys are errors.

    Plain dataclasses that pydantic validates (`validate`): data that was validated when the index was compiled is built
    without pydantic (`trusted`), whose validators for all shapes take longer to make than a whole check.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")


def trusted(shape: type[Made], data: dict[str, Any]) -> Made:
    """Build a shape from data that was validated before."""
    values = dict(data)
    for name, part in _parts(shape).items():  # type: ignore[arg-type] # classes are hashable
        if name in values:
            value = values[name]
            values[name] = [trusted(part, v) for v in value] if isinstance(value, list) else trusted(part, value)
    return shape(**values)


@cache
def _parts(shape: Any) -> dict[str, type[Shape]]:
    """Return the fields of a shape that hold shapes, or lists of them."""
    found = {}
    for name, hint in get_type_hints(shape).items():
        inner = (get_args(hint) or (hint,))[0]
        if isinstance(inner, type) and issubclass(inner, Shape):
            found[name] = inner
    return found
