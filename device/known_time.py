"""What a station is sure of about the time, kept for a start without a clock and learnt from the coordinator.

A moment that is surely past, never more: the clock goes on from there while the kernel does not vouch for its own, and
what is stamped then says `clock: floor`. It is written with a commit that is made anyway, and by itself once a day, so
that an idle station does not wear its card. While nobody vouches for the clock it goes with every commit: a life after
this one must not stamp anything earlier.
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

    def hear(self, heard: Heard) -> None:
        """The coordinator said something, and when by a clock it believes: it is not earlier now.

        Of the coordinator alone, whose name the broker gives to nobody else; retained or late, what it said is past.
        """
        said = heard.envelope
        if said.clock != "synced" or said.device != COORDINATOR:
            return
        self._clock.hear(datetime.fromisoformat(said.at))

    def due(self, *, anyway: bool) -> list[Keep]:
        """What is to be written now; mostly nothing. anyway: something else is."""
        now = self._clock.mono()
        sure = self._clock.trust() != "floor"
        soon = DAY_SECONDS if not anyway else KEEP_SECONDS if sure else 0.0
        if self._kept is not None and now - self._kept < soon:
            return []
        self._kept = now
        return [Keep(CLOCK, self._clock.floor().isoformat(timespec="milliseconds"))]
