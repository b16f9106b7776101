"""An open line to a printer, as little of it as printing and asking need. Serial, USB and TCP each are one."""

from __future__ import annotations

import os
import termios
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol


class PortGone(Exception):
    """The line is broken or cannot be opened; the text is for the technician: path and error."""

    code = "unplugged"


class Port(Protocol):
    """One line. Each method raises PortGone once it is broken, and none waits longer than `seconds`."""

    def write(self, data: bytes, seconds: float) -> int:
        """How many of the bytes were taken, as soon as some were; 0 if none were in that time."""
        ...

    def read(self, seconds: float) -> bytes:
        """What has come, as soon as something has; b"" if nothing did in that time."""
        ...

    def pending(self) -> bool:
        """Whether bytes that were taken have not left this machine yet."""
        ...

    def status(self) -> int | None:
        """The status of the USB printer class, as the port itself can ask for it; None if it cannot."""
        ...

    def close(self) -> None:
        """Let go at once. What has not left is dropped, never sent later. Does not raise."""
        ...


@contextmanager
def told(where: str) -> Iterator[None]:
    """Every way in which a port breaks, as PortGone. pyserial's errors are OSErrors, those of termios are not."""
    try:
        yield
    except (OSError, termios.error) as fault:
        number = getattr(fault, "errno", None) or 0
        # pyserial's own words name the path again, twice.
        raise PortGone(f"{where}: {os.strerror(number) if number > 0 else fault}") from fault
