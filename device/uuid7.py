"""UUIDv7 seeds (RFC 9562 5.7): sorted by time, fresh in every life of the process, rising however the clock jumps."""

from __future__ import annotations

import random
from datetime import datetime

_VERSION = 7 << 76
_VARIANT = 0b10 << 62
_LOOSE = 74 - 8  # bits that are neither time, version, variant nor the low byte a moment counts in


class Uuid7:
    """Makes the seeds of moments: UUIDs as integers whose low byte is zero, each greater than the one before."""

    def __init__(self, dice: random.Random | None = None) -> None:
        self._dice = dice or random.SystemRandom()
        self._millis = 0
        self._loose = 0

    def seed(self, wall: datetime) -> int:
        """A fresh seed for this instant; with the clock set back the last millisecond goes on (RFC 9562 6.2)."""
        millis = int(wall.timestamp() * 1000)
        if millis > self._millis:
            self._millis, self._loose = millis, self._dice.getrandbits(_LOOSE - 1)
        else:
            self._loose += 1 + self._dice.getrandbits(32)
            if self._loose >> _LOOSE:
                self._millis, self._loose = self._millis + 1, self._dice.getrandbits(_LOOSE - 1)
        high, low = self._loose >> (62 - 8), self._loose & ((1 << (62 - 8)) - 1)
        return self._millis << 80 | _VERSION | high << 64 | _VARIANT | low << 8

    def secret(self) -> str:
        """256 bits that nobody outside this process can know, in hexadecimal."""
        return f"{self._dice.getrandbits(256):064x}"
