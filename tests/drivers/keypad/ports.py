"""Stand-ins for /dev/input/eventN that carry real records: a pty, and a pipe with a name. No ioctl works on them."""

from __future__ import annotations

import os
import tty
from collections.abc import Iterable
from pathlib import Path

from drivers.keypad_keys import EV_KEY, EV_SYN, EVENT, SYN_REPORT

# linux/input-event-codes.h
CODE = {"a": 30, "z": 44, "0": 11, "1": 2, "2": 3, "7": 8, "-": 12, "enter": 28, "shift": 42, "kp0": 82, "kp9": 73}


def record(kind: int, code: int, value: int) -> bytes:
    """One record, at some time of some day."""
    return EVENT.pack(1_795_000_000, 123_456, kind, code, value)


def stroke(*codes: int) -> bytes:
    """Each key down, reported, up, reported, as a keyboard does; with the scan code it sends before."""
    return b"".join(
        record(4, 4, 458_000 + code) + record(EV_KEY, code, down) + record(EV_SYN, SYN_REPORT, 0)
        for code in codes
        for down in (1, 0)
    )


def held(code: int, inside: bytes) -> bytes:
    """What is sent while this key is down."""
    return record(EV_KEY, code, 1) + inside + record(EV_KEY, code, 0)


class Pty:
    """A keyboard on a pty behind a stable name, as by-id names are: a link to where it is now."""

    def __init__(self, link: Path) -> None:
        self._master, slave = os.openpty()
        tty.setraw(slave)
        fresh = link.with_suffix(".new")
        fresh.symlink_to(os.ttyname(slave))
        fresh.rename(link)
        self._slave = slave

    def send(self, data: bytes) -> None:
        os.write(self._master, data)

    def unplug(self) -> None:
        for fd in (self._master, self._slave):
            os.close(fd)


class Fifo:
    """A keyboard on a named pipe."""

    def __init__(self, path: Path) -> None:
        self._path = path
        os.mkfifo(path)
        self._fd = os.open(path, os.O_RDWR)

    def send(self, data: bytes) -> None:
        os.write(self._fd, data)

    def unplug(self) -> None:
        self._path.unlink()
        os.close(self._fd)


def bytewise(data: bytes) -> Iterable[bytes]:
    return (data[place : place + 1] for place in range(len(data)))
