"""Hears that the display server said something, so that nobody has to ask it thirty times a second.

SDL must be asked on the main thread, and waits by asking every millisecond. The kernel knows better: the sockets on
which X11 and Wayland speak become readable. This thread waits for that and says so; it reads nothing itself.
"""

from __future__ import annotations

import os
import select
import socket
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from typing import Final

FDS: Final = Path("/proc/self/fd")
GAP_SECONDS: Final = 0.01  # between two words: a mouse that is moved makes a thousand a second
X11: Final = "/tmp/.X11-unix/"  # noqa: S108  where every X server listens


def open_sockets() -> frozenset[int]:
    """The sockets this process has open, by number. What was opened in between is the difference of two such sets."""
    found = set()
    for path in FDS.iterdir():
        with suppress(OSError):  # the one that listed them is closed by now
            if stat.S_ISSOCK(os.fstat(int(path.name)).st_mode):
                found.add(int(path.name))
    return frozenset(found)


def is_display(number: int) -> bool:
    """Whether an X server or a Wayland compositor speaks there.

    SDL has others, D-Bus for one, which it may never read: what waits there would be news for ever.
    """
    with socket.socket(fileno=os.dup(number)) as peer:
        try:
            name = peer.getpeername()
        except OSError:
            return False
        if peer.family != socket.AF_UNIX:
            return True  # DISPLAY=host:0
    path = os.fsdecode(name).lstrip("\0")
    wayland = os.environ.get("WAYLAND_DISPLAY", "wayland-0")
    return path.startswith(X11) or Path(path).name == Path(wayland).name


class DisplayEar:
    """A thread that calls `heard` once when any of these sockets can be read, and again after the next `listen`.

    gap: seconds between two calls at least.
    """

    def __init__(self, sockets: frozenset[int], heard: Callable[[], None], gap: float = GAP_SECONDS) -> None:
        self._heard, self._gap = heard, gap
        self._listening, self._closed = Event(), Event()
        self._bell = os.eventfd(0, os.EFD_CLOEXEC)
        self._poll = select.poll()
        for number in (*sockets, self._bell):
            self._poll.register(number, select.POLLIN)
        self._thread = Thread(target=self._run, name="display", daemon=True)
        self._thread.start()
        self.listen()

    def listen(self) -> None:
        """All that was said until now has been read: the next word is news."""
        self._listening.set()

    def close(self) -> None:
        """The sockets may be closed once this returns."""
        self._closed.set()
        os.eventfd_write(self._bell, 1)
        self._listening.set()
        self._thread.join()  # it calls nothing that waits
        os.close(self._bell)

    def _run(self) -> None:
        while True:
            self._listening.wait()
            self._poll.poll()
            if self._closed.is_set():
                return
            self._listening.clear()  # before it is said: whoever hears it may be done at once
            self._heard()
            self._closed.wait(self._gap)
