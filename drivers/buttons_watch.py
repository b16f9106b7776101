"""The thread behind buttons whose port calls back at every bounce: it debounces here and posts presses."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from queue import Empty, SimpleQueue
from threading import Thread

from drivers.debounce import Panel
from drivers.events import HardwareEvent, PartFailed, PartMended
from drivers.panel import LEVELS
from drivers.protocols import Place, Post


class EdgeWatch:
    """Watches five contacts. read(level): is it closed now? May raise OSError; that is reported as a fault.

    The state read in an edge's callback can be a bounce older than the edge, or newer. So when a contact has been
    quiet for `debounce_ms` it is read once more, and what it says then counts.

    panel: what is made of them; nobody but the thread does more than look at it.
    """

    def __init__(
        self, post: Post, place: Place, read: Callable[[int], bool], debounce_ms: int, stuck_seconds: float
    ) -> None:
        self._post, self._place, self._read = post, place, read
        self._edges: SimpleQueue[list[tuple[int, bool | None, float]] | None] = SimpleQueue()
        self._broken = False
        closed = [level for level in LEVELS if read(level)]
        self.panel = Panel(place.part, closed, time.monotonic(), debounce_ms / 1000, stuck_seconds)
        self._thread = Thread(target=self._run, name=f"{place.device} {place.part}", daemon=True)
        self._thread.start()

    def moved(self, *levels: int) -> None:
        """These contacts moved just now, at once. From any thread; never blocks, never raises."""
        at = time.monotonic()
        self._edges.put([(level, self._state(level), at) for level in levels])

    def close(self) -> None:
        """End the thread."""
        self._edges.put(None)
        self._thread.join(timeout=1.0)

    def _run(self) -> None:
        while True:
            try:
                edges = self._edges.get(timeout=self._patience())
            except Empty:
                self._look_again()
                continue
            if edges is None:
                return
            for edge in edges:
                self._see(*edge)

    def _patience(self) -> float | None:
        due = self.panel.due()
        return None if due is None else max(0.0, due - time.monotonic())

    def _look_again(self) -> None:
        now = time.monotonic()
        seen = {level: self._state(level) for level in self.panel.moving()}
        if not self._edges.empty():
            return  # what was seen may be newer than what is still to be heard, and an edge must not be taken twice
        for level, closed in seen.items():
            if closed is None:
                self._see(level, closed, now)
            else:
                self.panel.amend(level, closed, now)
        self._say(self.panel.tick(now))

    def _see(self, level: int, closed: bool | None, at: float) -> None:
        if closed is None:
            if not self._broken:
                self._post(PartFailed(self._place.part, "unreadable", f"level {level} cannot be read"))
            self._broken = True
            return
        if self._broken:
            self._broken = False
            self._post(PartMended(self._place.part))
            self._say(self.panel.retell())
        self._say(self.panel.edge(level, closed, at))

    def _state(self, level: int) -> bool | None:
        try:
            return self._read(level)
        except OSError:
            return None

    def _say(self, events: Iterable[HardwareEvent]) -> None:
        for event in events:
            self._post(event)
