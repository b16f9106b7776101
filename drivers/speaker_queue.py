"""What waits to be said, and what is not worth saying any more. Pure: no thread, no clock, no sound."""

from __future__ import annotations

from collections import deque
from datetime import datetime
from typing import Final

from drivers.protocols import Utterance

ROOM: Final = 32  # announcements: more than a hall calls in a minute; what is too late by then is dropped as stale
MEMORY: Final = 512  # ids; the broker re-delivers within minutes

Refused = list[tuple[Utterance, str]]  # with NotSaid's code


class SpeechQueue:
    """First come, first said; the same id once; nothing begun after its `until`.

    A full queue refuses the newest: those waiting were called first, and the refused call still stands on the board.
    Only what was taken in counts as said once, so a refused announcement may be brought again.
    """

    def __init__(self, room: int = ROOM, memory: int = MEMORY) -> None:
        self._room = room
        self._waiting: deque[Utterance] = deque()
        self._seen: dict[str, None] = {}  # the oldest first
        self._memory = memory

    def __len__(self) -> int:
        return len(self._waiting)

    def offer(self, utterance: Utterance, now: datetime) -> Refused:
        """Take it in. Returns what is not said instead: this one, or stale ones that stood in its way."""
        if utterance.id in self._seen:
            return [(utterance, "repeated")]
        if _stale(utterance, now):
            return [(utterance, "stale")]
        refused: Refused = []
        if utterance.instead:
            refused = [(waiting, "replaced") for waiting in self._waiting if waiting.instead]
            self._waiting = deque(waiting for waiting in self._waiting if not waiting.instead)
        if len(self._waiting) >= self._room:
            refused += [(waiting, "stale") for waiting in self._waiting if _stale(waiting, now)]
            self._waiting = deque(waiting for waiting in self._waiting if not _stale(waiting, now))
        if len(self._waiting) >= self._room:
            return [(utterance, "full")]
        self._waiting.append(utterance)
        self._seen[utterance.id] = None
        if len(self._seen) > self._memory:
            del self._seen[next(iter(self._seen))]
        return refused

    def take(self, now: datetime) -> tuple[Utterance | None, Refused]:
        """The next one worth saying, if any, and those before it that are not."""
        refused: Refused = []
        while self._waiting:
            utterance = self._waiting.popleft()
            if not _stale(utterance, now):
                return utterance, refused
            refused.append((utterance, "stale"))
        return None, refused

    def empty(self, code: str) -> Refused:
        """Give up everything that waits."""
        refused = [(utterance, code) for utterance in self._waiting]
        self._waiting.clear()
        return refused


def _stale(utterance: Utterance, now: datetime) -> bool:
    return utterance.until is not None and now >= utterance.until
