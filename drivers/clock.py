"""The time of day in hall time, and whether the kernel believes it itself.

A Pi has no clock battery: after a power cut its time is the last one saved, until the network has set it. The kernel
knows (adjtimex(2), STA_UNSYNC): chrony, systemd-timesyncd and ntpd all tell it, so asking it needs no file, no
daemon and no rights. It doubts by itself when nobody has set it for long enough (maximum error over 16 s).
"""

from __future__ import annotations

import ctypes
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Final, Literal

HALL_TIME: Final = timezone(timedelta(hours=8), "Asia/Shanghai")  # fixed offset, no summer time (R115, R116)

# hallside is younger: a clock before this was never set, whoever vouches for it. A Pi without a battery begins in 1970.
EARLIEST: Final = datetime(2024, 1, 1, tzinfo=HALL_TIME)
_BUILT: Final = Path(__file__)  # as old as what is installed here

_TIME_ERROR: Final = 5  # sys/timex.h: the clock is not synchronised
_STA_UNSYNC: Final = 0x0040


class Timex(ctypes.Structure):
    """struct timex, sys/timex.h. `modes` 0: only look."""

    _fields_ = (
        ("modes", ctypes.c_uint),
        ("offset", ctypes.c_long),
        ("freq", ctypes.c_long),
        ("maxerror", ctypes.c_long),
        ("esterror", ctypes.c_long),
        ("status", ctypes.c_int),
        ("constant", ctypes.c_long),
        ("precision", ctypes.c_long),
        ("tolerance", ctypes.c_long),
        ("time", ctypes.c_long * 2),
        ("tick", ctypes.c_long),
        ("ppsfreq", ctypes.c_long),
        ("jitter", ctypes.c_long),
        ("shift", ctypes.c_int),
        ("stabil", ctypes.c_long),
        ("jitcnt", ctypes.c_long),
        ("calcnt", ctypes.c_long),
        ("errcnt", ctypes.c_long),
        ("stbcnt", ctypes.c_long),
        ("tai", ctypes.c_int),
        ("reserved", ctypes.c_int * 11),
    )


adjtimex = ctypes.CDLL(None, use_errno=True).adjtimex


def kernel_is_synchronised() -> bool:
    """What the kernel says of its own clock. False too where it does not answer: then nothing vouches for the time."""
    timex = Timex()
    state = adjtimex(ctypes.byref(timex))
    return state not in (-1, _TIME_ERROR) and not timex.status & _STA_UNSYNC


def built() -> datetime:
    """When this hallside was put on this machine. EARLIEST if the clock had no time then either."""
    return max(datetime.fromtimestamp(_BUILT.stat().st_mtime, HALL_TIME), EARLIEST)


class _Floor:
    """A moment that is surely past, carried on by a clock that only rises."""

    def __init__(self, at: datetime, mono: float) -> None:
        self._at, self._mono = at.astimezone(HALL_TIME), mono

    def by(self, mono: float) -> datetime:
        return self._at + timedelta(seconds=mono - self._mono)

    def rise(self, at: datetime, mono: float) -> None:
        """To a later one; an earlier one says nothing new."""
        if at > self.by(mono):
            self._at, self._mono = at.astimezone(HALL_TIME), mono


class SystemClock:
    """This machine's clock. Implements drivers.protocols.WallClock.

    trust: "kernel" (synced when the kernel says so) or "trusted" (a machine whose clock somebody else vouches for:
    a battery, a container, a demo), but never before EARLIEST. saved: a moment that is surely past, such as the last
    one the journal saw. The floor is the latest of that, when hallside was installed, and whatever `hear` was told,
    and it goes on with the time that passes; while the clock is not synced, `now` is never before it.
    """

    def __init__(self, trust: Literal["kernel", "trusted"], saved: datetime | None = None) -> None:
        self._kernel = trust == "kernel"
        self._floor = _Floor(max(saved or EARLIEST, built()), self.mono())

    def now(self) -> datetime:
        """Aware, UTC+8; never before EARLIEST."""
        now = datetime.now(HALL_TIME)
        return now if self._believes(now) else max(now, self._floor.by(self.mono()))

    def mono(self) -> float:
        """Seconds of a clock that only rises, whatever is done to the wall clock."""
        return time.monotonic()

    def trust(self) -> Literal["synced", "floor"]:
        """`floor`: it is at least as late as `now` says, and nobody knows how much later."""
        return "synced" if self._believes(datetime.now(HALL_TIME)) else "floor"

    def floor(self) -> datetime:
        """See drivers.protocols.WallClock."""
        now = datetime.now(HALL_TIME)
        if self._believes(now):
            self._floor.rise(now, self.mono())
            return now
        return self._floor.by(self.mono())

    def hear(self, at: datetime) -> None:
        """See drivers.protocols.WallClock."""
        self._floor.rise(at, self.mono())

    def _believes(self, now: datetime) -> bool:
        return now >= EARLIEST and (not self._kernel or kernel_is_synchronised())


class FakeClock:
    """A clock for tests and scenarios, moved by hand. Implements drivers.protocols.WallClock as SystemClock does."""

    def __init__(self, wall: datetime, mono: float = 0.0, trust: Literal["synced", "floor"] = "synced") -> None:
        self._wall, self._mono, self._trust = wall.astimezone(HALL_TIME), mono, trust
        self._floor = _Floor(EARLIEST, mono)

    def now(self) -> datetime:
        wall = self.wall()
        return wall if self.trust() == "synced" else max(wall, self._floor.by(self.mono()))

    def wall(self) -> datetime:
        """What stands on its face, believed or not."""
        return self._wall

    def mono(self) -> float:
        return self._mono

    def trust(self) -> Literal["synced", "floor"]:
        return self._trust

    def floor(self) -> datetime:
        if self.trust() == "synced":
            self._floor.rise(self.wall(), self.mono())
            return self.wall()
        return self._floor.by(self.mono())

    def hear(self, at: datetime) -> None:
        self._floor.rise(at, self.mono())

    def advance(self, seconds: float) -> None:
        """Time passes, on both clocks. ValueError for time going back: that is `set_wall`."""
        if seconds < 0:
            raise ValueError("time does not go back; somebody sets the wall clock back: set_wall")
        self._wall += timedelta(seconds=seconds)
        self._mono += seconds

    def set_wall(self, wall: datetime) -> None:
        """Somebody or something sets the wall clock, forward or back; the monotonic one does not notice."""
        self._wall = wall.astimezone(HALL_TIME)

    def set_trust(self, trust: Literal["synced", "floor"]) -> None:
        """The kernel changes its mind about the wall clock."""
        self._trust = trust
