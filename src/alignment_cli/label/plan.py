"""A programme file that decisions are written into, as a whole each time: the old file or the new one stands there."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from alignment_cli import edit, source
from alignment_cli.finding import Text
from alignment_cli.label.decide import Refused, Wanted, decided
from alignment_cli.label.identify import REDECIDED, Lost, identity, locate
from alignment_cli.write import ChangedError, write_if_unchanged

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from alignment_cli.priorities import Prioritas
    from alignment_cli.source import Document

TRIES = 3
"""Times that decisions are put into a file that others change meanwhile."""


@dataclass
class Plan:
    """A file as last read or written: its bytes, and the document that they hold. With `dry` nothing is written, but
    `document` shows what would be.
    """

    path: Path
    raw: bytes
    document: Document
    dry: bool = False
    moved: bool = False
    """Whether the file was changed by others and read again, so that routes known before may lead elsewhere."""

    @classmethod
    def read(cls, path: Path, shown: str, *, dry: bool = False) -> Plan:
        """Read a file. Raises OSError and `SourceError`."""
        raw = source.read_bytes(path)
        document = source.decode(raw, shown)
        source.compose(document)
        return cls(path, raw, document, dry)

    @property
    def values(self) -> Any:
        """The plain values of the document."""
        return edit.values(self.document)

    def is_sound(self) -> bool:
        """Tell whether the bytes hold the text of the document."""
        try:
            return source.decode(self.raw, self.document.path).text == self.document.text
        except source.SourceError:
            return False

    def put(self, wanted: Sequence[Wanted], goals: Prioritas) -> list[Refused]:
        """Write decisions into the file at once; return those that could not be written. Where the file was changed
        meanwhile, the items are looked for by content.
        """
        lost: list[Refused] = []
        for _ in range(TRIES):
            if self.moved:
                wanted, missed = relocated(self.values, wanted)
                lost += missed
            document, refused = decided(self.document, wanted, goals)
            new = edit.encode(document.text, self.raw)
            try:
                if not self.dry and new != self.raw:
                    write_if_unchanged(self.path, new, self.raw)
            except ChangedError as error:
                why = self._again(error)
                if why is None:
                    continue
                return lost + [Refused(one, why) for one in wanted]
            except OSError as error:
                cause = error.strerror or str(error)
                why = Text(f"{self.path} tidak dapat ditulis: {cause}", f"{self.path} cannot be written: {cause}")
                return lost + [Refused(one, why) for one in wanted]
            self.document = document
            self.raw = self.raw if self.dry else new
            return lost + refused
        why = ChangedError(self.path).text
        return lost + [Refused(one, why) for one in wanted]

    def _again(self, error: ChangedError) -> Text | None:
        """Read the file once more; return why that is no use."""
        try:
            fresh = Plan.read(self.path, self.document.path)
            edit.values(fresh.document)
        except (OSError, source.SourceError):
            return error.text
        self.raw, self.document, self.moved = fresh.raw, fresh.document, True
        return None


def relocated(data: Any, wanted: Sequence[Wanted]) -> tuple[list[Wanted], list[Refused]]:
    """Return decisions with the places that their items have in these values, and those whose item is not found, or has
    got other goals or decisions.
    """
    found, missed = [], []
    for one in wanted:
        route = locate(data, one.identity)
        if not isinstance(route, Lost) and identity(data, route).links != one.identity.links:
            route = REDECIDED
        if isinstance(route, Lost):
            missed.append(Refused(one, route.why))
        else:
            found.append(one._replace(route=route))
    return found, missed


def stamp(raw: bytes) -> str:
    """Return 16 hexadecimal digits for the bytes of a file."""
    return hashlib.sha256(raw).hexdigest()[:16]
