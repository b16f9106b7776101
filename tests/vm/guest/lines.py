"""The printer's end of two cables of the guest: a USB printer (usblp), and a USB-serial port (CDC-ACM).

Each keeps the promise of tests.drivers.printer.rigs.Line, so that the machine in memory and the suite of all printers
work on them as they do on a pty.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import select
import time
import tty
from errno import EAGAIN, EIO, ENXIO
from pathlib import Path
from typing import Final

from tests.vm.guest.gadgets import Plug, until

SECONDS: Final = 10.0
RECV_SECONDS: Final = 0.01
# linux/usb/g_printer.h: the byte that a USB printer answers to GET_PORT_STATUS (USB printer class 1.1, 4.2.2)
SET_STATUS: Final = 0xC0016722  # _IOWR('g', 0x22, unsigned char)
NOT_ERROR, SELECTED, PAPER_EMPTY = 0x08, 0x10, 0x20
WELL: Final = NOT_ERROR | SELECTED


class _End:
    """An open end of a cable. nobody: what the kernel says of it while nothing is at the other."""

    def __init__(self, fd: int, nobody: int) -> None:
        self._fd, self._nobody = fd, nobody

    def recv(self, size: int) -> bytes:
        if not select.select([self._fd], [], [], RECV_SECONDS)[0]:
            return b""
        try:
            return os.read(self._fd, size)
        except OSError as fault:
            if fault.errno in (EAGAIN, self._nobody):
                return b""
            raise

    def send(self, data: bytes) -> None:
        end = time.monotonic() + SECONDS
        while data and time.monotonic() < end:
            if select.select([], [self._fd], [], RECV_SECONDS)[1]:
                with contextlib.suppress(BlockingIOError):
                    data = data[os.write(self._fd, data) :]

    def close(self) -> None:
        os.close(self._fd)


class UsbPrinterLine(_End):
    """The gadget's file stays open as long as the guest lives: unbinding or reopening it is what a Pi never does."""

    def __init__(self, plug: Plug) -> None:
        self._plug, self._plugged = plug, True
        newest = max(Path("/dev").glob("g_printer*"))
        super().__init__(os.open(newest, os.O_RDWR | os.O_NONBLOCK), ENXIO)
        self.name = self._node()
        said = [(plug.device / file).read_text().strip() for file in ("idVendor", "idProduct", "serial")]
        self.identity = ":".join(["usb", *said])  # as a config names it, whatever number it has

    def plug(self) -> None:
        """Put the plug in; what an earlier test left in the cable is gone."""
        if not self._plugged:
            self._plug.put()
            self._plugged = True
        self.port_status(WELL)
        while self.recv(8192):
            pass
        self.name = self._node()

    def unplug(self) -> None:
        self._plug.pull()
        self._plugged = False

    def port_status(self, status: int) -> None:
        """What the printer's port answers from now on when the kernel asks it (LPGETSTATUS)."""
        fcntl.ioctl(self._fd, SET_STATUS, status)

    def _node(self) -> Path:
        return self._plug.node("*/usbmisc/lp*")


class AcmLine(_End):
    """The far end is a tty of this same kernel; it hangs up with the cable and is opened again with it."""

    def __init__(self, plug: Plug) -> None:
        self._plug, self._plugged = plug, True
        self._far = max(Path("/dev").glob("ttyGS*"))
        super().__init__(self._open(), EIO)
        self.name = plug.named("/dev/serial/by-id", "*/tty/ttyACM*")

    def plug(self) -> None:
        if not self._plugged:
            self._plug.put()
            self._plugged = True
            os.close(self._fd)
            self._fd = self._open()
            self.name = self._plug.named("/dev/serial/by-id", "*/tty/ttyACM*")
        while self.recv(8192):
            pass

    def unplug(self) -> None:
        self._plug.pull()
        self._plugged = False
        until(lambda: not self.name.is_symlink(), f"{self.name} is gone")  # or the next to look finds the old name

    def _open(self) -> int:
        fd = os.open(self._far, os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY)
        tty.setraw(fd)
        return fd
