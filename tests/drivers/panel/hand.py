"""A hand at five buttons, and what their panel tells of it."""

from __future__ import annotations

from drivers import debounce
from drivers.debounce import Panel
from drivers.events import HardwareEvent

WINDOW = 0.02


class Hand:
    """A panel and what it told so far, with all time between the edges given to it as the drivers do."""

    def __init__(self, closed: tuple[int, ...] = (), stuck_seconds: float = debounce.STUCK_SECONDS) -> None:
        self.panel = Panel("buttons", closed, 0.0, WINDOW, stuck_seconds)
        self.told: list[HardwareEvent] = []
        self.at: dict[int, float] = {}  # how many things were told -> when
        self.now = 0.0

    def wait(self, until: float) -> Hand:
        while (due := self.panel.due()) is not None and due <= until:
            self.now = max(self.now, due)
            self._hear(self.panel.tick(self.now))
        self.now = max(self.now, until)
        return self

    def move(self, level: int, closed: bool, at: float) -> Hand:
        self.wait(at)
        self._hear(self.panel.edge(level, closed, at))
        return self

    def press(self, level: int, at: float, seconds: float = 0.1) -> Hand:
        return self.move(level, True, at).move(level, False, at + seconds)

    def _hear(self, events: list[HardwareEvent]) -> None:
        for event in events:
            self.told.append(event)
            self.at[len(self.told)] = self.now
