"""The threads that a station's parts and lines live on. None ends before its part is closed.

Drivers catch what goes wrong on their threads, tell it and take their port anew. A thread that is gone all the same
would leave a part that says nothing for ever, and nobody would hear of it. Then the process ends and is started again
with all its parts: its memory is made for that at any moment (N2).
"""

from __future__ import annotations

import threading
from typing import Final

PASSING: Final = "closing "  # so begins the name of a thread that ends by itself


class ThreadGone(Exception):
    """A part's thread ended, and nobody had closed the part."""


class Crew:
    """Made before the parts; `complete` when all are there, `check` on the main thread now and then."""

    def __init__(self) -> None:
        self._others = frozenset(threading.enumerate())
        self._crew: list[threading.Thread] = []

    def complete(self) -> None:
        """From now on all are to be there."""
        self._crew = [
            thread
            for thread in threading.enumerate()
            if thread not in self._others and not thread.name.startswith(PASSING)
        ]

    def check(self) -> None:
        """ThreadGone if somebody is missing."""
        if gone := sorted(thread.name for thread in self._crew if not thread.is_alive()):
            raise ThreadGone(f"ended by itself: {', '.join(gone)}")
