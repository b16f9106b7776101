"""A scanner on a serial port or one that is a serial port over USB (CDC-ACM), 8N1, without flow control."""

from __future__ import annotations

import contextlib
import os
import termios
from functools import partial
from pathlib import Path
from typing import Final

import serial

from drivers.line_thread import LineThread
from drivers.protocols import PartMissing, Place, Post
from drivers.scanner_ear import SerialEar
from drivers.scanner_text import Ends

BY_ID = Path("/dev/serial/by-id")
CHUNK: Final = 1024


class SerialScanner:
    """Implements drivers.protocols.Scanner. port: below /dev/serial/by-id, which is the same after every start."""

    def __init__(self, post: Post, place: Place, *, port: str, baud: int = 9600, ends: Ends = "return") -> None:
        opened = partial(SerialLine, place.part, port, baud)
        self._thread = LineThread(post, place, port, opened, lambda: SerialEar(post, place.part, ends))

    def close(self) -> None:
        """End the thread and free the port."""
        self._thread.close()


class SerialLine:
    """Opened for this process alone; a `drivers.line_thread.Line`."""

    def __init__(self, part: str, port: str, baud: int) -> None:
        try:
            self._serial = serial.Serial(port, baud, timeout=0, exclusive=True)
            self._serial.reset_input_buffer()  # what lies there was scanned for somebody who is gone
        except (OSError, termios.error) as fault:
            tried = f"{port}: {_words(fault)}; {_there()}"
            mend = "Plug it in, correct `port` in its config, or add the service's user to the group `dialout`"
            raise PartMissing(part, tried, mend, "staff") from fault

    def fileno(self) -> int:
        return int(self._serial.fileno())

    def read(self) -> bytes:
        # Read by what is there: asked for a full buffer, pyserial looks a second time and calls an emptied port broken.
        try:
            return bytes(self._serial.read(min(self._serial.in_waiting, CHUNK)))
        except termios.error as fault:
            raise OSError(*fault.args) from fault

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._serial.close()


def _words(fault: Exception) -> str:
    number = getattr(fault, "errno", None)
    if not number and isinstance(fault, termios.error):
        return str(fault.args[-1])
    return os.strerror(number) if number else str(fault)


def _there() -> str:
    names = sorted(str(path) for path in BY_ID.glob("*"))
    return f"there is {', '.join(names)}" if names else "no serial device is plugged in"
