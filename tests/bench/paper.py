"""A serial printer at the far end of a pty: takes bytes as fast as they come, notes when a ticket's last one came.

The device opens the pty's name like any serial port, with the real driver. The printer answers what the driver asks
(DLE EOT, GS r) at once; a real line takes 0.5 ms a byte at 19,200 baud, which is the line's time and not counted here.
"""

from __future__ import annotations

import os
import pty
import select
import threading
import time
import tty
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType

from drivers.escpos_machine import Machine


class PtyPrinter:
    """Use as a context manager. path: what the device's config names. tickets: when each one's last byte came, and it.

    The time is taken when the read returns that brought the cut's last byte, so it is late by the time that our thread
    needs to wake: the last byte was handed to the port somewhat earlier.
    """

    def __init__(self) -> None:
        self._master, self._slave = pty.openpty()
        tty.setraw(self._slave)
        self.path = Path(os.ttyname(self._slave))
        self.tickets: SimpleQueue[tuple[int, bytes]] = SimpleQueue()  # monotonic ns, bytes of the job
        self._machine = Machine(self._keep)
        self._read_at = 0
        self._bell, self._ring = os.pipe()
        self._thread = threading.Thread(target=self._serve, name="pty printer", daemon=True)

    def __enter__(self) -> PtyPrinter:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.write(self._ring, b"!")
        self._thread.join(5)
        for fd in (self._master, self._slave, self._bell, self._ring):
            os.close(fd)

    def _keep(self, job: bytes) -> None:
        self.tickets.put((self._read_at, job))

    def _serve(self) -> None:
        while True:
            readable, _, _ = select.select([self._master, self._bell], [], [])
            if self._bell in readable:
                return
            for read_at, data in self._drained():
                self._read_at = read_at
                self._machine.receive(data)
            if self._machine.answers:
                os.write(self._master, bytes(self._machine.answers))
                self._machine.answers.clear()

    def _drained(self) -> list[tuple[int, bytes]]:
        """What has come and when, before any of it is looked into, which takes longer than handing it on does."""
        taken: list[tuple[int, bytes]] = []
        while not taken or select.select([self._master], [], [], 0)[0]:
            data = os.read(self._master, 4096)
            taken.append((time.monotonic_ns(), data))
        return taken
