"""Whose turn it is on a line on which one speaks at a time. Pure: time comes in, in seconds of a rising clock.

1. Members speak in turn, one speech each, the longest not served first.
2. A speech that asks for an answer holds the line until the answer is there or `ANSWER_SECONDS` are over.
3. Without an answer it is said again at its next turns, `TRIES` times in all; then the member is silent: told once, and
   asked ever more seldom (`BACK_OFF`), so that a dead address costs the others next to nothing.
4. Whatever comes from a silent member mends it at once.
5. Only the newest wish of a member is said: a sign shows what is true now, not what was.
6. What is said back to somebody who just spoke comes before all turns.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

ANSWER_SECONDS: Final = 0.15
TRIES: Final = 3
BACK_OFF: Final = (1.0, 2.0, 5.0, 10.0, 30.0)  # seconds; the last for ever
REPLIES: Final = 16  # a pad that babbles is not answered more
GAP_SECONDS: Final = 0.005  # between two speeches, for adapters that turn the line round by themselves


@dataclass(frozen=True, slots=True)
class Speech:
    """Bytes to say at one go; asks: an answer must come."""

    data: bytes
    asks: bool = False


@dataclass(frozen=True, slots=True)
class Fell:
    """This member gives no answer any more."""

    member: int


@dataclass(frozen=True, slots=True)
class Rose:
    """It answers again."""

    member: int


@dataclass(slots=True)
class _Member:
    wishes: deque[Speech] = field(default_factory=deque)
    routine: tuple[Speech, ...] = ()  # said again and again
    every: float = 0.0
    routine_at: float = 0.0
    tries: int = 0
    silent: bool = False
    steps: int = 0
    not_before: float = 0.0

    def due(self) -> float | None:
        if self.wishes:
            return self.not_before
        return max(self.routine_at, self.not_before) if self.routine else None


class Turns:
    """See the module's rules. Members are numbers; bytes_second: how fast the line is."""

    def __init__(self, bytes_second: float) -> None:
        self._speed = bytes_second
        self._members: dict[int, _Member] = {}  # the first in it was served longest ago
        self._free_at = 0.0
        self._asked: tuple[int, Speech] | None = None  # who is to answer what, until `_free_at`
        self._replies: deque[tuple[int, Speech]] = deque(maxlen=REPLIES)

    def join(self, member: int, routine: Sequence[Speech] = (), every: float = 0.0, now: float = 0.0) -> None:
        """A new member. routine: what it is told or asked every so many seconds, from now on."""
        self._members[member] = _Member(routine=tuple(routine), every=every, routine_at=now)

    def leave(self, member: int) -> None:
        """It speaks no more."""
        self._members.pop(member, None)
        if self._asked and self._asked[0] == member:
            self._asked = None

    def wish(self, member: int, speeches: Sequence[Speech], again: float = 0.0, now: float = 0.0) -> None:
        """Say these, one a turn, instead of what was wished before; and again every so many seconds, if any."""
        if state := self._members.get(member):
            state.wishes = deque(speeches)
            state.tries = 0
            if again:
                state.routine, state.every, state.routine_at = tuple(speeches), again, now + again

    def reply(self, member: int, data: bytes) -> None:
        """Say this as soon as the line is free."""
        self._replies.append((member, Speech(data)))

    def next(self, now: float) -> tuple[int, Speech] | None:
        """Who speaks now, and what; it is taken as said."""
        if now < self._free_at or self._asked is not None:
            return None
        if self._replies:
            member, speech = self._replies.popleft()
            self._free_at = now + len(speech.data) / self._speed + GAP_SECONDS
            return member, speech
        for member, state in self._members.items():
            due = state.due()
            if due is None or due > now:
                continue
            if not state.wishes:
                state.wishes.extend(state.routine)
                state.routine_at = now + state.every
            speech = state.wishes[0]
            self._members[member] = self._members.pop(member)
            self._free_at = now + len(speech.data) / self._speed + GAP_SECONDS
            if speech.asks:
                self._asked = member, speech
                self._free_at += ANSWER_SECONDS
            else:
                state.wishes.popleft()
            return member, speech
        return None

    def heard(self, member: int, now: float) -> list[Fell | Rose]:
        """Something came from this member; whether it is the answer or not, it is there."""
        state = self._members.get(member)
        if state is None:
            return []
        if self._asked and self._asked[0] == member:
            if state.wishes and state.wishes[0] is self._asked[1]:  # and not another wish meanwhile
                state.wishes.popleft()
            self._asked, self._free_at = None, now + GAP_SECONDS
        state.tries = state.steps = 0
        state.not_before = now
        was, state.silent = state.silent, False
        return [Rose(member)] if was else []

    def tick(self, now: float) -> list[Fell | Rose]:
        """What time alone decides by `now`."""
        if self._asked is None or now < self._free_at:
            return []
        (member, _), self._asked = self._asked, None
        state = self._members[member]
        state.tries += 1
        if state.tries < TRIES and not state.silent:
            return []
        state.not_before = now + BACK_OFF[min(state.steps, len(BACK_OFF) - 1)]
        state.steps += 1
        was, state.silent = state.silent, True
        return [] if was else [Fell(member)]

    def due(self) -> float | None:
        """When `tick` or `next` has something to do, if nothing comes."""
        if self._asked is not None:
            return self._free_at
        if self._replies:
            return self._free_at
        dues = [due for state in self._members.values() if (due := state.due()) is not None]
        return max(self._free_at, min(dues)) if dues else None
