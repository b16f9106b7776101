"""A keyboard, keypad or scanner read from /dev/input by its stable name, without a window and without a package."""

from __future__ import annotations

import fcntl
import os
import select
import socket
from errno import ENODEV
from pathlib import Path
from threading import Thread
from typing import Final

from drivers.backoff import reopen
from drivers.events import KeyPressed, PartFailed, PartMended
from drivers.keypad_keys import EVENT, Keyboard
from drivers.protocols import PartMissing, Place, Post

EVIOCGRAB: Final = 0x40044590  # linux/input.h: _IOW('E', 0x90, int)
INPUT = Path("/dev/input")


class EvdevKeypad:
    """Implements drivers.protocols.Keypad. Which keys were pressed stands in no log: staff type their PIN here.

    path: under /dev/input/by-id or by-path; eventN changes with every start. grab: nobody else hears the keys; without
    it what staff type, their PIN too, also goes to the console that waits for a login behind the screen.
    """

    def __init__(self, post: Post, place: Place, *, path: str, grab: bool = True) -> None:
        self._post, self._place, self._path, self._grab = post, place, path, grab
        self._fd = self._open()
        self._woken, self._wake = socket.socketpair()
        self._thread = Thread(target=self._run, name=f"{place.device} {place.part}", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End the thread and free the device."""
        self._wake.close()
        self._thread.join(timeout=1.0)

    def _run(self) -> None:
        with self._woken:
            while True:
                try:
                    self._listen(Keyboard())
                    return
                except OSError as fault:
                    detail = f"{self._path}: {fault.strerror}"
                    self._post(PartFailed(self._place.part, "unplugged", detail, mender="staff"))
                finally:
                    os.close(self._fd)
                fd = reopen(self._open, self._closing)
                if fd is None:
                    return
                self._fd = fd
                self._post(PartMended(self._place.part))

    def _listen(self, keyboard: Keyboard) -> None:
        """Post keys until the driver is closed; OSError when the device goes."""
        poll = select.poll()
        poll.register(self._woken, select.POLLIN)
        poll.register(self._fd, select.POLLIN)
        while self._woken.fileno() not in dict(poll.poll()):
            try:
                data = os.read(self._fd, 64 * EVENT.size)
            except BlockingIOError:
                continue
            if not data:
                raise OSError(ENODEV, os.strerror(ENODEV))
            for key in keyboard.read(data):
                self._post(KeyPressed(key))

    def _closing(self, seconds: float) -> bool:
        return bool(select.select([self._woken], [], [], seconds)[0])

    def _open(self) -> int:
        try:
            fd = os.open(self._path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        except PermissionError as fault:
            mend = "Add the service's user to the group `input`"
            raise PartMissing(self._place.part, f"{self._path} may not be read", mend) from fault
        except OSError as fault:
            tried = f"{self._path}: {fault.strerror}; {_there()}"
            raise PartMissing(
                self._place.part, tried, "Plug it in, or correct `path` in its config", "staff"
            ) from fault
        try:
            if self._grab:
                fcntl.ioctl(fd, EVIOCGRAB, 1)
        except OSError as fault:
            os.close(fd)
            tried = f"{self._path} cannot be had alone: {fault.strerror}"
            mend = "End the other program that holds it, or correct `path` in its config"
            raise PartMissing(self._place.part, tried, mend) from fault
        return fd


def _there() -> str:
    names = sorted(str(path) for path in (INPUT / "by-id").glob("*-kbd"))
    return f"there is {', '.join(names)}" if names else "no keyboard is plugged in"
