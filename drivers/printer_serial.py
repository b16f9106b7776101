"""A printer on a serial port or a USB-serial adapter, 8N1, without flow control."""

from __future__ import annotations

import contextlib
import select
import termios
from functools import partial
from pathlib import Path

import serial

from drivers.printer_port import told
from drivers.printer_profiles import check_model
from drivers.printer_thread import DEADLINE_SECONDS, PACE, Pace, PortPrinter
from drivers.protocols import Place, Post

MEND = (
    "Switch the printer on and plug it in; take its name from /dev/serial/by-id, which does not change from one start "
    "to the next; the service's user belongs to group dialout"
)
CHUNK = 256  # bytes a read


class SerialPort:
    """A line through pyserial, opened for this process alone. It waits in select(), never inside pyserial."""

    def __init__(self, path: str, baud: int) -> None:
        self._path = path
        with told(path):
            self._serial = serial.Serial(path, baud, timeout=0, write_timeout=0, exclusive=True)

    def write(self, data: bytes, seconds: float) -> int:
        with told(self._path):
            _, writable, _ = select.select([], [self._serial], [], seconds)
            # pyserial repeats a refused non-blocking write for ever, so it is called only when some room is certain.
            return (self._serial.write(data) or 0) if writable else 0

    def read(self, seconds: float) -> bytes:
        with told(self._path):
            readable, _, _ = select.select([self._serial], [], [], seconds)
            return self._serial.read(CHUNK) if readable else b""

    def pending(self) -> bool:
        with told(self._path):
            return self._serial.out_waiting > 0

    def status(self) -> None:
        return None

    def close(self) -> None:
        # Without this, closing waits up to 30 s for a printer that takes no more, and sends the rest if it then does.
        with contextlib.suppress(OSError, termios.error):
            self._serial.reset_output_buffer()
        with contextlib.suppress(OSError):
            self._serial.close()


class SerialPrinter(PortPrinter):
    """Implements drivers.protocols.Printer. port: device path. PartMissing if it cannot be opened."""

    def __init__(
        self,
        post: Post,
        place: Place,
        *,
        port: str,
        baud: int = 19200,
        model: str = "generic-80",
        profiles: Path | None = None,
        deadline_seconds: float = DEADLINE_SECONDS,
        pace: Pace = PACE,
    ) -> None:
        profile = check_model(model, profiles)
        super().__init__(post, place, partial(SerialPort, port, baud), MEND, deadline_seconds, pace, asb=profile.asb)
