"""A keyboard, or what types like one, read from /dev/input by its stable name, without a window or a package."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import Final

from drivers.keypad_keys import EVENT
from drivers.protocols import PartMissing

EVIOCGRAB: Final = 0x40044590  # linux/input.h: _IOW('E', 0x90, int)
INPUT = Path("/dev/input")


class InputDevice:
    """Open; a `drivers.line_thread.Line`. PartMissing says what was tried, and which keyboards there are.

    path: under /dev/input/by-id or by-path; eventN changes with every start. grab: nobody else hears it.
    """

    def __init__(self, part: str, path: str, grab: bool) -> None:
        self._fd = _open(part, path)
        try:
            if grab:
                fcntl.ioctl(self._fd, EVIOCGRAB, 1)
        except OSError as fault:
            os.close(self._fd)
            tried = f"{path} cannot be had alone: {fault.strerror}"
            mend = "End the other program that holds it, or correct `path` in its config"
            raise PartMissing(part, tried, mend) from fault

    def fileno(self) -> int:
        return self._fd

    def read(self) -> bytes:
        return os.read(self._fd, 64 * EVENT.size)

    def close(self) -> None:
        os.close(self._fd)


def _open(part: str, path: str) -> int:
    try:
        return os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except PermissionError as fault:
        raise PartMissing(part, f"{path} may not be read", "Add the service's user to the group `input`") from fault
    except OSError as fault:
        tried = f"{path}: {fault.strerror}; {_there()}"
        raise PartMissing(part, tried, "Plug it in, or correct `path` in its config", "staff") from fault


def _there() -> str:
    names = sorted(str(path) for path in (INPUT / "by-id").glob("*-kbd"))
    return f"there is {', '.join(names)}" if names else "no keyboard is plugged in"
