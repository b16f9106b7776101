"""When something happened, handed to the roles as data so that they never look at a clock."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Literal, NamedTuple

Clock = Literal["synced", "floor"]
HALL_TIME = timezone(timedelta(hours=8), "Asia/Shanghai")  # fixed offset, no summer time (R115, R116)


class Moment(NamedTuple):
    """One instant, and the identities that may be born in it.

    wall: aware datetime in hall time. mono: seconds of a clock that only rises, meaningful within one process.
    seed: a fresh UUIDv7 as an integer whose low byte is zero, so `id(0)` .. `id(255)` are distinct and sorted.
    """

    wall: datetime
    mono: float
    clock: Clock
    seed: int

    def id(self, k: int = 0) -> str:
        """The k-th UUIDv7 of this instant (RFC 9562), k in 0..255."""
        if not 0 <= k <= 255:
            raise ValueError(f"a moment has 256 identities, asked for number {k}")
        digits = f"{self.seed + k:032x}"
        return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"

    def at(self) -> str:
        """RFC 3339 with offset and milliseconds, as every message carries it."""
        return instant(self.wall)


def instant(wall: datetime) -> str:
    """This time as every message carries it."""
    return wall.isoformat(timespec="milliseconds")
