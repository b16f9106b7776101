"""Buttons without hardware: a finger whose contacts bounce, felt through the same debouncing as the real ones.

Bench: `press` level [seconds], `hold` level, `release` level, `look`. A press takes as long as a real one.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from queue import SimpleQueue
from threading import Event, Thread

from drivers.buttons_watch import EdgeWatch
from drivers.debounce import DEBOUNCE_MS
from drivers.panel import LEVELS
from drivers.protocols import Place, Post

PRESS_SECONDS = 0.08
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

    def __init__(self, post: Post, place: Place) -> None:
        self._closed: set[int] = set()
        self._held: set[int] = set()  # by the bench, which is ahead of the contacts
        self._watch = EdgeWatch(post, place, self._closed.__contains__, DEBOUNCE_MS)
        self._asked: SimpleQueue[tuple[int, bool, float] | None] = SimpleQueue()
        self._over = Event()
        self._bounces = itertools.cycle(BOUNCES)
        self._finger = Thread(target=self._run, name=f"{place.device} {place.part} finger", daemon=True)
        self._finger.start()
        if place.bench is not None:
            place.bench.offer(place.device, place.part, self._act)

    def close(self) -> None:
        """End both threads."""
        self._over.set()
        self._asked.put(None)
        self._finger.join(timeout=1.0)
        self._watch.close()

    def _act(self, request: Mapping[str, object]) -> Mapping[str, object]:
        match request:
            case {"do": "look"}:
                return {"down": [level for level in LEVELS if level in self._closed]}
            case {"do": "press" | "hold" | "release" as do, "level": int(level)} if level in LEVELS:
                return self._touch(do, level, request.get("seconds", PRESS_SECONDS))
            case {"do": "press" | "hold" | "release"}:
                raise ValueError("which button? `level` is 1 to 5")
        raise ValueError("buttons can `press`, `hold`, `release` and `look`")

    def _touch(self, do: str, level: int, seconds: object) -> Mapping[str, object]:
        if (level in self._held) != (do == "release"):
            raise ValueError(f"level {level} is {'already' if do != 'release' else 'not'} held down")
        if not isinstance(seconds, int | float) or not 0 <= seconds <= 60:
            raise ValueError("`seconds` is how long the button stays down, 0 to 60")
        if do == "release":
            self._held.discard(level)
        else:
            self._asked.put((level, True, seconds if do == "press" else 0.0))
        if do == "hold":
            self._held.add(level)
        else:
            self._asked.put((level, False, 0.0))
        return {}

    def _run(self) -> None:
        while (asked := self._asked.get()) is not None:
            level, closed, seconds = asked
            state = closed
            for milliseconds in next(self._bounces):
                self._move(level, state)
                state = not state
                if self._over.wait(milliseconds / 1000):
                    return
            self._move(level, closed)
            if seconds and self._over.wait(seconds):
                return

    def _move(self, level: int, closed: bool) -> None:
        (self._closed.add if closed else self._closed.discard)(level)
        self._watch.moved(level)
