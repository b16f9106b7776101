"""Attempts that must come to nothing, and beside them the same done rightly, which must work."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field


@dataclass(slots=True)
class Tries:
    """What was tried. open: attempts that got somewhere, and things done rightly that did not."""

    tried: int = 0
    open: list[str] = field(default_factory=list)

    def refused(self, what: str, attempt: Callable[[], bool]) -> None:
        """attempt: True if it got somewhere; an error of the line is a refusal."""
        self.tried += 1
        with suppress(OSError):
            if attempt():
                self.open.append(what)

    def nothing(self, what: str, *, came: bool) -> None:
        """The same of what was attempted already."""
        self.refused(what, lambda: came)

    def works(self, what: str, attempt: Callable[[], bool]) -> None:
        """The same, done rightly."""
        try:
            if not attempt():
                self.open.append(f"refused, and was right: {what}")
        except OSError as error:
            self.open.append(f"refused, and was right: {what} ({error})")
