"""What a driver says, heard in order and waited for as long as anybody would."""

from __future__ import annotations

from queue import Empty, SimpleQueue
from typing import Final

from drivers.events import HardwareEvent

DEADLINE: Final = 5.0


class Ear:
    """`post` is what a driver is given."""

    def __init__(self) -> None:
        self._heard: SimpleQueue[HardwareEvent] = SimpleQueue()
        self.post = self._heard.put

    def next(self, within: float = DEADLINE) -> HardwareEvent:
        """The next event; AssertionError when none comes in time."""
        try:
            return self._heard.get(timeout=within)
        except Empty:
            raise AssertionError(f"nothing was posted within {within:g} s") from None

    def silent(self) -> bool:
        """Whether nothing waits to be heard."""
        return self._heard.empty()

    def rest(self) -> list[HardwareEvent]:
        """What is there without waiting."""
        return [self._heard.get() for _ in range(self._heard.qsize())]
