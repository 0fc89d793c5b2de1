"""What a check has to say: a rule, a place, and the parameters of the rule's message."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

Lang = Literal["id", "en"]
"""Language of user-facing text: Indonesian (default) or English."""

Route = tuple[str | int, ...]
"""A way into a YAML document, e.g. ``("program", 3, "pagu")``."""


class Text(NamedTuple):
    """One message in both languages. Templates name their parameters: ``{kunci}``."""

    id: str
    en: str

    def in_(self, lang: Lang) -> str:
        """Return the wording in `lang`."""
        return self.en if lang == "en" else self.id


class Severity(Enum):
    """How bad a finding is; `rank` orders them, the worst highest."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"

    @property
    def rank(self) -> int:
        """0 (info) to 2 (error)."""
        return ("info", "warning", "error").index(self.value)

    def in_(self, lang: Lang) -> str:
        """Return the word for this severity in `lang`."""
        return self.value if lang == "en" else {"info": "info", "warning": "peringatan", "error": "galat"}[self.value]


Confidence = Literal["high", "medium", "low"]
"""How sure a rule is that what it reports is a fault: high where it counts or looks up, lower where it weighs words."""


class Rule(NamedTuple):
    """A check's identity. The code's meaning never changes and a retired code is not used again.

    `kind` is the class: ``tidak_sah`` (invalid), ``mutu`` (quality) or ``saran`` (advice). `fixable` tells that
    `align fix` can repair it. The reasons and examples of a rule stand in ``pages/CODE.yaml``.
    """

    code: str
    name: str
    severity: Severity
    kind: Literal["tidak_sah", "mutu", "saran"]
    title: Text
    message: Text
    fix: Text
    confidence: Confidence = "high"
    fixable: bool = False


class Span(NamedTuple):
    """A stretch of a text: line and column 1-based in characters, end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class Place(NamedTuple):
    """Where something stands: file as the user named it, the span, and the route that led there."""

    path: str
    span: Span
    route: Route = ()
    excerpt: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One breach of `rule` at `place`. `params` fill the rule's message; `hint` is a proposal ("did you mean")."""

    rule: Rule
    place: Place
    params: Mapping[str, str | int | float] = field(default_factory=dict)
    hint: str | None = None
    related: tuple[tuple[Text, Place], ...] = ()

    def message(self, lang: Lang) -> str:
        """Return what is wrong, in `lang`."""
        return self.rule.message.in_(lang).format(**self.params)

    def fix(self, lang: Lang) -> str:
        """Return how to put it right, in `lang`; a hint comes first."""
        advice = self.rule.fix.in_(lang).format(**self.params)
        if not self.hint:
            return advice
        question = f"Maksud Anda: {self.hint}?" if lang == "id" else f"Did you mean: {self.hint}?"
        return f"{question} {advice}".strip()


def route_text(route: Route) -> str:
    """Write a route as users read it: ``program[3].pagu`` (0-based as in the JSON output)."""
    text = ""
    for step in route:
        text += f"[{step}]" if isinstance(step, int) else (f".{step}" if text else step)
    return text
