"""A printer that the kernel's usblp drives: /dev/usb/lp0 or a stable name that udev gives it.

A blocking write to a printer that has stopped reading hangs for ever once about 84 KB wait in the kernel, so the
device is opened non-blocking and poll() says when it may be written. Unplugging shows as POLLHUP and ENODEV. Closing
takes back what the kernel still holds.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import select
import stat
import struct
from functools import partial
from pathlib import Path

from drivers.printer_port import PortGone, told
from drivers.printer_profiles import check_model
from drivers.printer_thread import DEADLINE_SECONDS, PACE, Pace, PortPrinter
from drivers.protocols import Place, Post
from drivers.usb_printers import usb_path

MEND = "Switch the printer on and plug it in; the service's user belongs to group lp"
CHUNK = 4096  # bytes a read
LPGETSTATUS = 0x060B  # ioctl (Linux, include/linux/lp.h): one int, the printer class's GET_PORT_STATUS
MEMORY_DEVICES = 1  # major number of /dev/null, /dev/kmsg and the like (Linux, admin-guide/devices.txt)
EMPTY_PAUSE = 0.01  # seconds; some printers answer every read with a packet of no bytes


class UsblpPort:
    """A line through a usblp device, found as drivers.usb_printers says it. One process at a time (EBUSY)."""

    def __init__(self, wanted: str) -> None:
        path = self._path = str(usb_path(wanted))
        with told(path):
            found = Path(path).stat()
            if not stat.S_ISCHR(found.st_mode) or os.major(found.st_rdev) == MEMORY_DEVICES:
                # A service may well be allowed to write to a file or a disk that is named here by mistake.
                raise PortGone(f"{path}: is no printer")
            self._fd = os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
        self._readable = True
        self._tells = True

    def write(self, data: bytes, seconds: float) -> int:
        if not self._await(select.POLLOUT, seconds):
            return 0
        with told(self._path):
            try:
                return os.write(self._fd, data)
            except BlockingIOError:
                return 0

    def read(self, seconds: float) -> bytes:
        if not self._await(select.POLLIN if self._readable else 0, seconds):
            return b""
        with told(self._path):
            try:
                data = os.read(self._fd, CHUNK)
            except BlockingIOError:
                return b""
            except OSError as fault:
                if fault.errno != errno.EINVAL:
                    raise
                self._readable = False  # a printer with one direction only: it can never answer
                return b""
        if not data:
            self._await(0, min(seconds, EMPTY_PAUSE))
        return data

    def pending(self) -> bool:
        return not self._await(select.POLLOUT, 0)

    def status(self) -> int | None:
        if not self._tells:
            return None
        try:
            (status,) = struct.unpack("i", fcntl.ioctl(self._fd, LPGETSTATUS, bytes(4)))
        except OSError as fault:
            if fault.errno == errno.ENODEV:
                raise PortGone(f"{self._path}: unplugged") from fault
            self._tells = False  # the kernel waits 5 s for an answer: once is enough
            return None
        return int(status)

    def close(self) -> None:
        fd, self._fd = self._fd, -1
        if fd >= 0:
            with contextlib.suppress(OSError):
                os.close(fd)

    def _await(self, what: int, seconds: float) -> bool:
        poll = select.poll()
        poll.register(self._fd, what)
        with told(self._path):
            happened = poll.poll(seconds * 1000)
        if happened and happened[0][1] & (select.POLLHUP | select.POLLERR | select.POLLNVAL):
            raise PortGone(f"{self._path}: unplugged")
        return bool(happened and happened[0][1] & what)


class UsblpPrinter(PortPrinter):
    """Implements drivers.protocols.Printer. path: as drivers.usb_printers says. PartMissing if it cannot be opened.

    It is looked for again each time it is opened, so a printer that comes back under another number is found.
    """

    def __init__(
        self,
        post: Post,
        place: Place,
        *,
        path: str,
        model: str = "generic-80",
        profiles: Path | None = None,
        deadline_seconds: float = DEADLINE_SECONDS,
        pace: Pace = PACE,
    ) -> None:
        profile = check_model(model, profiles)
        super().__init__(post, place, partial(UsblpPort, path), MEND, deadline_seconds, pace, asb=profile.asb)
