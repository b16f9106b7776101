"""How loud a speaker is at which time of day (R033: clear; and no louder than people at work can bear). Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from drivers.clock import HALL_TIME

Quiet = Sequence[tuple[str, str, int]]  # ("12:00", "13:30", 40): from, up to, the volume then
USUAL: Final = 80


@dataclass(frozen=True, slots=True)
class Loudness:
    """volume: 0 to 100, of this loudspeaker at this place. quiet: times of day with another; the first counts."""

    volume: int = USUAL
    quiet: Quiet = ()

    def at(self, now: datetime, percent: int) -> int:
        """0 to 100 for an announcement that wants `percent` of the usual. now: aware."""
        clock = now.astimezone(HALL_TIME).strftime("%H:%M")
        usual = next((level for begin, end, level in self.quiet if _within(clock, begin, end)), self.volume)
        return min(100, max(0, usual * percent // 100))


def _within(clock: str, begin: str, end: str) -> bool:
    """Half open; a span whose end is not after its begin goes over midnight."""
    return begin <= clock < end if begin < end else clock >= begin or clock < end
