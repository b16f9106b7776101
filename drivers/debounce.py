"""From a bouncing contact to one press. Pure: time comes in with the edges, in seconds of a clock that only rises.

Two steps, each usable alone. `Debouncer`: edges -> settled contacts, by the kernel's own rule for GPIO lines (every
edge starts the quiet time again; what has been quiet for `settle` seconds is believed), so every driver feels the
same and a spark shorter than `settle` is nothing. `Presses`: settled contacts -> what the evaluator may count.

Two buttons at once: the first counts, another is ignored as long as the first is down. Counting neither would throw
away an honest press because a sleeve brushed the neighbour, and the citizen would not know; counting both would let
one hand rate twice. A button that stays down for `STUCK_SECONDS` is a fault, not a finger: it is reported, and from
then on it holds nobody else off. A button that is down at the start has not been pressed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from drivers.events import ButtonPressed, HardwareEvent, PartFailed, PartMended

# Ganssle, A Guide to Debouncing (2004): of 18 kinds of switch bouncing lasted 1.6 ms on average, 6.2 ms at most but
# for one. A finger's shortest press lasts about 50 ms.
DEBOUNCE_MS: Final = 20
STUCK_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Change:
    """A contact has settled: closed (down) or open, believed since `at`."""

    level: int
    closed: bool
    at: float


class Debouncer:
    """Several contacts, each with its own quiet time. Edges must come in the order of their time."""

    def __init__(self, settle: float, closed: Iterable[int] = ()) -> None:
        self._settle = settle
        self._settled = dict.fromkeys(closed, True)
        self._moving: dict[int, tuple[bool, float]] = {}  # level -> last state seen, time of the last edge

    def edge(self, level: int, closed: bool, at: float) -> list[Change]:
        """The contact moved and now is as told. Returns what settled before `at`."""
        changes = self.settle(at)
        self._moving[level] = closed, at
        return changes

    def moving(self) -> dict[int, bool]:
        """The contacts that are not settled, as last seen."""
        return {level: closed for level, (closed, _) in self._moving.items()}

    def due(self) -> float | None:
        """When `settle` has something to do next, if no further edge comes."""
        return min((at + self._settle for _, at in self._moving.values()), default=None)

    def settle(self, now: float) -> list[Change]:
        """What has been quiet long enough by `now` and is not as it was, in the order in which it settled."""
        ripe = sorted((at + self._settle, level) for level, (_, at) in self._moving.items() if at + self._settle <= now)
        changes = []
        for at, level in ripe:
            closed, _ = self._moving.pop(level)
            if closed != self._settled.get(level, False):
                self._settled[level] = closed
                changes.append(Change(level, closed, at))
        return changes


class Presses:
    """The rule for five buttons under one hand. `closed`: those that are down at the start, `at`."""

    def __init__(self, part: str, closed: Iterable[int], at: float) -> None:
        self._part = part
        self._down = dict.fromkeys(closed, at)
        self._stuck: set[int] = set()

    def change(self, change: Change) -> list[HardwareEvent]:
        """A settled contact; returns what the role is to hear."""
        told = self.tick(change.at)
        if not change.closed:
            self._down.pop(change.level, None)
            if change.level in self._stuck:
                self._stuck.remove(change.level)
                if not self._stuck:
                    told.append(PartMended(self._part))
        elif change.level not in self._down:
            if self._down.keys() <= self._stuck:
                told.append(ButtonPressed(change.level))
            self._down[change.level] = change.at
        return told

    def due(self) -> float | None:
        """When `tick` has something to do next, if nothing moves."""
        held = [at for level, at in self._down.items() if level not in self._stuck]
        return min(held) + STUCK_SECONDS if held else None

    def tick(self, now: float) -> list[HardwareEvent]:
        """The buttons that have been down too long by `now`."""
        stuck = [level for level, at in self._down.items() if level not in self._stuck and at + STUCK_SECONDS <= now]
        self._stuck.update(stuck)
        return [
            PartFailed(self._part, "button-stuck", f"level {level} has been down for {STUCK_SECONDS:g} s")
            for level in stuck
        ]
