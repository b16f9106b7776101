"""Buttons without hardware: a finger whose contacts bounce, felt through the same debouncing as the real ones.

Bench: `press` level [seconds], `hold` level, `release` level, `look`. A press takes as long as a real one.
`together` levels: several within one debounce window. `fault` name: `stuck` level, `short` levels (their wires touch),
`loose` level (its wire rattles), `unreadable` (the chip does not answer), `unplugged` (it is gone), `silent` (a panel
on a serial line is), `busy` (another program has a line: seen when lines are taken, at the next start or when the chip
is back); `mend`: all of it, or one of the last three by name.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from errno import EIO
from queue import Empty, SimpleQueue
from threading import Event, Thread

from drivers.buttons_watch import EdgeWatch
from drivers.debounce import DEBOUNCE_MS, STUCK_SECONDS, Panel
from drivers.lines_simulated import FAULTS, SimulatedLines
from drivers.panel import LEVELS
from drivers.protocols import Place, Post

PRESS_SECONDS = 0.08
RATTLE_SECONDS = 0.005  # how long a loose wire stays as it is
# How long, in milliseconds, a contact stays in each state while it settles, first touch first; an even number of
# times, so that it ends as it began to be. Lengths as in Ganssle's measurements (see debounce.py): some 0, most 1 to
# 3, a bad one 6 ms in all.
BOUNCES = (
    (0.3, 0.2, 0.8, 0.1),
    (),
    (0.1, 0.4, 0.2, 0.9, 1.1, 0.3),
    (1.5, 0.2),
    (0.2, 0.2, 1.4, 0.7, 2.1, 0.4, 0.8, 0.2),
)


class SimulatedButtons:
    """Five buttons under the bench's finger. Implements drivers.protocols.Buttons."""

    def __init__(self, post: Post, place: Place, *, stuck_seconds: float = STUCK_SECONDS) -> None:
        self._post, self._place, self._stuck_seconds = post, place, stuck_seconds
        self._lines = SimulatedLines(post, place)
        self._closed: set[int] = set()
        self._held: set[int] = set()  # by the bench, which is ahead of the contacts
        self._bridge: set[int] = set()
        self._loose: set[int] = set()
        self._unreadable = False
        self._watch = self._watching()
        self._asked: SimpleQueue[tuple[set[int], bool, float] | None] = SimpleQueue()
        self._over = Event()
        self._bounces = itertools.cycle(BOUNCES)
        self._finger = Thread(target=self._run, name=f"{place.device} {place.part} finger", daemon=True)
        self._finger.start()
        if place.bench is not None:
            place.bench.offer(place.device, place.part, self._act)

    @property
    def panel(self) -> Panel:
        """What is made of the contacts; only to be looked at."""
        return self._watch.panel

    def close(self) -> None:
        """End both threads."""
        self._over.set()
        self._asked.put(None)
        self._finger.join(timeout=1.0)
        self._watch.close()

    # --- the bench -------------------------------------------------------------------------------------------

    def _act(self, request: Mapping[str, object]) -> Mapping[str, object]:
        match request:
            case {"do": "look"}:
                return {"down": [level for level in LEVELS if level in self._closed]}
            case {"do": "press" | "hold" | "release" as do, "level": int(level)} if level in LEVELS:
                return self._touch(do, level, request.get("seconds", PRESS_SECONDS))
            case {"do": "press" | "hold" | "release"}:
                raise ValueError("which button? `level` is 1 to 5")
            case {"do": "together", "levels": levels}:
                self._asked.put((_several(levels), True, PRESS_SECONDS))
                self._asked.put((_several(levels), False, 0.0))
                return {}
            case {"do": "fault"}:
                return self._fault(str(request.get("name", "")), request)
            case {"do": "mend"}:
                return self._mend(str(request.get("name", "")))
        raise ValueError("buttons can `press`, `hold`, `release`, `together`, `fault`, `mend` and `look`")

    def _fault(self, name: str, request: Mapping[str, object]) -> Mapping[str, object]:
        match name, request.get("level"):
            case "stuck", int(level) if level in LEVELS:
                return self._touch("hold", level, 0.0)
            case "loose", int(level) if level in LEVELS:
                self._loose.add(level)
                self._asked.put((set(), True, 0.0))  # wakes the finger's thread, which rattles
            case "short", _:
                self._bridge = _several(request.get("levels"))
            case "unreadable", _:
                self._unreadable = True
                self._watch.moved(LEVELS[0])
            case _ if name in FAULTS:
                self._lines.fault(name)
                self._lose()
            case _:
                known = f"`unreadable`, {', '.join(f'`{fault}`' for fault in FAULTS)}"
                raise ValueError(f"a fault is `stuck` level, `loose` level, `short` levels, {known}")
        return {}

    def _mend(self, name: str) -> Mapping[str, object]:
        self._lines.mend(name)
        if name in FAULTS:
            self._again()
            return {}
        self._unreadable = False
        self._loose.clear()
        self._bridge = set()
        for level in sorted(self._held):
            self._touch("release", level, 0.0)
        self._again()
        self._watch.moved(LEVELS[0])
        return {}

    def _lose(self) -> None:
        """Nothing is heard of lines that are gone."""
        if self._lines.away and not self._lines.lost:
            self._watch.close()
        self._lines.lose()

    def _again(self) -> None:
        """The chip may be back: feel the contacts as they are now."""
        if not self._unreadable and self._lines.again():
            self._watch = self._watching()

    def _watching(self) -> EdgeWatch:
        return EdgeWatch(self._post, self._place, self._read, DEBOUNCE_MS, self._stuck_seconds)

    def _touch(self, do: str, level: int, seconds: object) -> Mapping[str, object]:
        if (level in self._held) != (do == "release"):
            raise ValueError(f"level {level} is {'already' if do != 'release' else 'not'} held down")
        if not isinstance(seconds, int | float) or not 0 <= seconds <= 60:
            raise ValueError("`seconds` is how long the button stays down, 0 to 60")
        if do == "release":
            self._held.discard(level)
        else:
            self._asked.put(({level}, True, seconds if do == "press" else 0.0))
        if do == "hold":
            self._held.add(level)
        else:
            self._asked.put(({level}, False, 0.0))
        return {}

    # --- the finger ------------------------------------------------------------------------------------------

    def _run(self) -> None:
        while not self._over.is_set():
            try:
                asked = self._asked.get(timeout=RATTLE_SECONDS if self._loose else None)
            except Empty:
                self._rattle()
                continue
            if asked is None or not self._bounce(*asked):
                return

    def _bounce(self, levels: set[int], closed: bool, seconds: float) -> bool:
        """Move these contacts, which bounce, and then stay so long; False when the driver closes meanwhile."""
        touching = levels | (self._bridge if levels & self._bridge else set())
        state = closed
        for milliseconds in next(self._bounces) if levels else ():
            self._move(touching, state)
            state = not state
            if self._over.wait(milliseconds / 1000):
                return False
        self._move(touching, closed)
        while self._loose and seconds > RATTLE_SECONDS:
            self._rattle()
            seconds -= RATTLE_SECONDS
            if self._over.wait(RATTLE_SECONDS):
                return False
        return not (seconds and self._over.wait(seconds))

    def _rattle(self) -> None:
        for level in sorted(self._loose):
            self._move({level}, level not in self._closed)

    def _move(self, levels: set[int], closed: bool) -> None:
        (self._closed.update if closed else self._closed.difference_update)(levels)
        self._watch.moved(*sorted(levels))

    def _read(self, level: int) -> bool:
        if self._unreadable:
            raise OSError(EIO, "the chip does not answer")
        return level in self._closed


def _several(levels: object) -> set[int]:
    if not isinstance(levels, list) or len(set(levels)) < 2 or not set(levels) <= set(LEVELS):
        raise ValueError("which buttons? `levels` is a list of two or more, 1 to 5")
    return set(levels)
