"""A printer on a serial port or a USB-serial adapter, 8N1, without flow control."""

from __future__ import annotations

import contextlib
import errno
import os
import select
import termios
import threading
from pathlib import Path

import serial

from drivers.printer_port import PortGone, told
from drivers.printer_profiles import check_model
from drivers.printer_thread import DEADLINE_SECONDS, PACE, Pace, PortPrinter
from drivers.protocols import Place, Post

MEND = (
    "Switch the printer on and plug it in; take its name from /dev/serial/by-id, which does not change from one start "
    "to the next; the service's user belongs to group dialout"
)
CHUNK = 256  # bytes a read
CLOSE_SECONDS = 0.2
BY_ID = Path("/dev/serial/by-id")  # udev's names for USB adapters


class SerialPort:
    """A line through pyserial, opened for this process alone. It waits in select(), never inside pyserial."""

    def __init__(self, path: str, baud: int) -> None:
        self._path = path
        self._closing: threading.Thread | None = None
        with told(path):
            try:
                self._serial = serial.Serial(path, baud, timeout=0, write_timeout=0, exclusive=True)
            except OSError as fault:  # pyserial's own errors too
                if fault.errno == errno.ENOENT:
                    raise _with_names(path) from fault
                raise

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
        # A printer that is a serial port itself has a driver that drops nothing (cdc_acm) and waits all the same.
        self._closing = threading.Thread(target=self._let_go, name="closing a printer", daemon=True)
        self._closing.start()
        self._closing.join(CLOSE_SECONDS)

    @property
    def held(self) -> bool:
        """Closed, but the kernel still waits for the printer to take the rest."""
        return self._closing is not None and self._closing.is_alive()

    def _let_go(self) -> None:
        with contextlib.suppress(OSError):
            self._serial.close()


class PortHeld(PortGone):
    """The printer takes nothing of what the kernel holds for it, and until then the port cannot be opened."""

    code = "silent"


class SerialOpener:
    """Opens one port, again and again. PortHeld at once, where the kernel would keep us waiting."""

    def __init__(self, path: str, baud: int) -> None:
        self._path, self._baud = path, baud
        self._last: SerialPort | None = None

    def __call__(self) -> SerialPort:
        if self._last is not None and self._last.held:
            raise PortHeld(f"{self._path}: the printer takes nothing")
        self._last = SerialPort(self._path, self._baud)
        return self._last


def _with_names(path: str) -> PortGone:
    """It is not there; what is."""
    names = ", ".join(sorted(map(str, BY_ID.glob("*")))) or "no serial adapter"
    return PortGone(f"{path}: {os.strerror(errno.ENOENT)}; there is {names}")


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
        super().__init__(post, place, SerialOpener(port, baud), MEND, deadline_seconds, pace, asb=profile.asb)
