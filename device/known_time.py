"""What a station is sure of about the time, kept for a start without a clock and learnt from the coordinator.

A moment that is surely past, never more: the clock goes on from there while the kernel does not vouch for its own, and
what is stamped then says `clock: floor`. It is written with a commit that is made anyway, and by itself once a day, so
that an idle station does not wear its card.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from device.contract.channels import COORDINATOR
from device.effects import Heard, Keep
from drivers.protocols import WallClock

CLOCK: Final = "shell.clock"  # kept for device ""
KEEP_SECONDS: Final = 900.0  # between two that are written with other things
DAY_SECONDS: Final = 86400.0


class KnownTime:
    """One station's. Whoever asks what is `due` writes it."""

    def __init__(self, clock: WallClock) -> None:
        self._clock = clock
        self._kept: float | None = None  # monotonic; None: not in this life
        self._news = False  # what is kept may be years behind what was heard since

    def hear(self, heard: Heard) -> None:
        """The coordinator said something, and when by a clock it believes: it is not earlier now.

        Of the coordinator alone, whose name the broker gives to nobody else; retained or late, what it said is past.
        """
        said = heard.envelope
        if said.clock != "synced" or said.device != COORDINATOR:
            return
        told = datetime.fromisoformat(said.at)
        if self._clock.trust() == "floor" and (told - self._clock.now()).total_seconds() >= KEEP_SECONDS:
            self._news = True
        self._clock.hear(told)

    def due(self, *, anyway: bool) -> list[Keep]:
        """What is to be written now; mostly nothing. anyway: something else is."""
        now = self._clock.mono()
        soon = KEEP_SECONDS if anyway else DAY_SECONDS
        if self._kept is not None and now - self._kept < soon and not (anyway and self._news):
            return []
        self._kept, self._news = now, False
        return [Keep(CLOCK, self._clock.floor().isoformat(timespec="milliseconds"))]
