"""A serial port that a bus owns, 8 data bits, one stop bit; what is wrong with it in words technicians can act on."""

from __future__ import annotations

import contextlib
import os
import termios
from errno import EAGAIN, EBUSY, EIO
from pathlib import Path
from typing import Final

import serial

from drivers.bus_line import LineSettings
from drivers.protocols import PartMissing

BY_ID = Path("/dev/serial/by-id")
PROC = Path("/proc")
WRITE_SECONDS: Final = 0.5  # a frame fits any port's buffer many times over
_PARITIES: Final = {"none": serial.PARITY_NONE, "even": serial.PARITY_EVEN, "odd": serial.PARITY_ODD}


class BusPort:
    """Open for this process alone. Its methods raise OSError or termios.error once it is gone, which is no OSError."""

    def __init__(self, part: str, settings: LineSettings) -> None:
        path = settings.port
        try:
            self._serial = serial.Serial(
                path, settings.baud, parity=_PARITIES[settings.parity], timeout=0, write_timeout=WRITE_SECONDS,
                exclusive=True,
            )  # fmt: skip
            self._serial.reset_input_buffer()
        except (OSError, termios.error) as fault:
            number = getattr(fault, "errno", None)
            if number in (EAGAIN, EBUSY):
                tried = f"{path} is in use{_by_whom(path)}"
                raise PartMissing(part, tried, "End the other program, or correct `port` in its config") from fault
            tried = f"{path}: {os.strerror(number) if number else fault}; {_there()}"
            mend = "Plug it in, correct `port` in its config, or add the service's user to the group `dialout`"
            raise PartMissing(part, tried, mend) from fault

    def fileno(self) -> int:
        return int(self._serial.fileno())

    def read(self) -> bytes:
        """What has come, after the port was said to be readable."""
        # Asked for more than is there, pyserial looks a second time and calls an emptied port broken.
        data = bytes(self._serial.read(max(1, self._serial.in_waiting)))
        if not data:
            raise OSError(EIO, os.strerror(EIO))
        return data

    def write(self, data: bytes) -> None:
        """All of it, into the port's buffer."""
        self._serial.write(data)

    def close(self) -> None:
        """Free the port; what has not gone out is dropped. Does not raise."""
        with contextlib.suppress(OSError, termios.error):
            self._serial.reset_output_buffer()
        with contextlib.suppress(OSError, termios.error):
            self._serial.close()


def _by_whom(path: str) -> str:
    """`, by modemmanager (process 812)`, as far as this user may see it."""
    wanted = os.path.realpath(path)
    for process in PROC.glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if any(os.path.realpath(fd) == wanted for fd in (process / "fd").iterdir()):
                return f" by {(process / 'comm').read_text().strip()} (process {process.name})"
    return ""


def _there() -> str:
    names = sorted(str(path) for path in BY_ID.glob("*"))
    return f"there is {', '.join(names)}" if names else "no serial device is plugged in"
