"""A bad line: a TCP proxy between devices and their broker, which drops, stalls, half-closes, floods, cuts, crawls."""

from __future__ import annotations

import random
import socket
import struct
import threading
from contextlib import suppress
from typing import Final, Literal

from tests.helpers.broker import HOST

Mode = Literal["pass", "drop", "stall", "half", "flood", "cut", "crawl", "refuse"]
MODES: Final[tuple[Mode, ...]] = ("drop", "stall", "half", "flood", "cut", "crawl", "refuse")
CHUNK: Final = 4096
FLOOD: Final = random.Random(1).randbytes(200_000)
CRAWL_SECONDS: Final = 0.002  # a byte


class Proxy:
    """Use as a context manager. port: where devices connect. `mode` may be set at any time, for all lines at once.

    pass: as if it were not there. drop: bytes vanish, both ways. stall: nothing moves, nothing is lost. half: whoever
    says something next finds that direction closed, the other stays. flood: instead of what the broker says, 200 kB of
    noise. cut: every line is reset. crawl: one byte at a time. refuse: cut, and nobody gets through anew.
    """

    def __init__(self, broker: int) -> None:
        self._broker = broker
        self._changed = threading.Condition()
        self._mode: Mode = "pass"
        self._lines: list[socket.socket] = []
        self._closed = False
        self._listener = socket.create_server((HOST, 0))
        self.port: int = self._listener.getsockname()[1]
        self.carried = 0  # bytes, in both directions
        self._thread = threading.Thread(target=self._accept, name="proxy", daemon=True)

    def __enter__(self) -> Proxy:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._reset()
        self._thread.join(2.0)

    @property
    def mode(self) -> Mode:
        return self._mode

    @mode.setter
    def mode(self, mode: Mode) -> None:
        with self._changed:
            self._mode = mode
            self._changed.notify_all()
        if mode in ("cut", "refuse"):
            self._reset()

    def _accept(self) -> None:
        while not self._closed:
            try:
                device, _ = self._listener.accept()
            except OSError:
                return
            try:
                if self._mode == "refuse":
                    raise ConnectionRefusedError
                broker = socket.create_connection((HOST, self._broker), 2.0)
            except OSError:
                _hang_up(device)
                continue
            broker.settimeout(None)
            for end in (device, broker):
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with self._changed:
                self._lines += [device, broker]
            for source, target, down in ((device, broker, False), (broker, device, True)):
                threading.Thread(target=self._carry, args=(source, target, down), daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket, down: bool) -> None:
        """One direction of one line. down: towards the device."""
        with suppress(OSError):
            while data := source.recv(CHUNK):
                match self._mode:
                    case "drop":
                        continue
                    case "stall":
                        with self._changed:
                            self._changed.wait_for(lambda: self._mode != "stall" or self._closed)
                    case "half":
                        target.shutdown(socket.SHUT_WR)
                        continue
                    case "flood" if down:
                        data = FLOOD
                    case "crawl":
                        self._crawl(target, data)
                        continue
                    case _:
                        pass
                self.carried += len(data)
                target.sendall(data)
        for end in (source, target):
            _hang_up(end)

    def _crawl(self, target: socket.socket, data: bytes) -> None:
        for at in range(len(data)):
            with self._changed:
                self._changed.wait_for(lambda: self._mode != "crawl" or self._closed, CRAWL_SECONDS)
            target.sendall(data[at : at + 1])
        self.carried += len(data)

    def _reset(self) -> None:
        with self._changed:
            lines, self._lines = self._lines, []
        for end in lines:
            _hang_up(end)


def _hang_up(end: socket.socket) -> None:
    """At once and with a reset, also for a thread that waits in it."""
    with suppress(OSError):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    with suppress(OSError):
        end.close()
