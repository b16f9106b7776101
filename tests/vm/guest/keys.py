"""Fingers on a USB keyboard of the guest."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from tests.vm.guest.gadgets import Plug

# HID usage tables, keyboard page (0x07)
SHIFT: Final = 0x02  # modifier bit: left shift
CODES: Final = (
    {chr(ord("a") + n): 0x04 + n for n in range(26)}
    | {str(n % 10): 0x1E + n - 1 for n in range(1, 11)}
    | {"enter": 0x28, "-": 0x2D}
)


class Keys:
    """One keyboard. Its far end is a file that takes reports of 8 bytes."""

    def __init__(self, plug: Plug) -> None:
        self.plug = plug
        self._fd = os.open(max(Path("/dev").glob("hidg*")), os.O_RDWR)
        self.name = plug.named("/dev/input/by-id", "*/*/input/input*/event*")

    def type(self, *keys: str) -> None:
        """Each down and up; capitals with shift."""
        for key in keys:
            shift = SHIFT if key.isupper() and len(key) == 1 else 0
            os.write(self._fd, bytes((shift, 0, CODES[key.lower()], 0, 0, 0, 0, 0)))
            os.write(self._fd, bytes(8))

    def close(self) -> None:
        os.close(self._fd)
