"""From bytes to messages: what is sound goes in, what is not is counted, logged once a minute a kind, and dropped."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from device.contract.codec import Malformed, decode
from device.effects import Heard
from drivers.events import Delivered

LOG_EVERY = 60.0

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Dropped:
    """How many of one kind: since the start, since the last line in the log, and when that was."""

    total: int = 0
    unsaid: int = 0
    said_at: float = float("-inf")


class Door:
    """One device's door to the wire. `dropped` counts by kind of mistake."""

    def __init__(self, device: str) -> None:
        self._device = device
        self.dropped: dict[str, Dropped] = {}

    def open(self, delivered: Delivered, now: float) -> Heard | None:
        """The message, or None if it is none; changes nothing but the counts."""
        try:
            return Heard(*decode(delivered.topic, delivered.payload), delivered.retained)
        except Malformed as malformed:
            self._count(malformed, now)
            return None

    def _count(self, malformed: Malformed, now: float) -> None:
        count = self.dropped.setdefault(malformed.kind, Dropped())
        count.total += 1
        count.unsaid += 1
        if now - count.said_at >= LOG_EVERY:
            log.warning("%s: dropped %d, %s", self._device, count.unsaid, malformed)  # quotes no value of the message
            count.unsaid, count.said_at = 0, now
