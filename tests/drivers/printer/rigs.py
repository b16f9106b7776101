"""Printers to test drivers against: a machine in memory at the far end of a pty, a socket or the simulated port.

Every rig gives the driver under test, and hands at the machine: faults, mending, the paper that came out.
"""

from __future__ import annotations

import contextlib
import os
import pty
import select
import socket
import threading
import tty
from collections.abc import Callable, Mapping
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Protocol

from drivers.escpos_machine import ON_THE_LINE, Machine
from drivers.events import HardwareEvent
from drivers.printer_serial import SerialPrinter
from drivers.printer_simulated import SimulatedPrinter
from drivers.printer_tcp import TcpPrinter
from drivers.printer_thread import Pace
from drivers.printer_usblp import UsblpPrinter
from drivers.protocols import Place, Post, Printer

PATIENCE = 5.0  # seconds until a test gives up waiting for what must come
FAST = Pace(answer=0.4, quiet=0.02, look=0.02, watch=0.1, poll=0.1, poll_unready=0.05, reopen=(0.02, 0.05))
PLACE = Place("kiosk-1", "printer")


class Heard:
    """What a driver posts, waited for with a deadline."""

    def __init__(self) -> None:
        self.events: list[HardwareEvent] = []
        self._queue: SimpleQueue[HardwareEvent] = SimpleQueue()

    def post(self, event: HardwareEvent) -> None:
        self._queue.put(event)

    def until(self, wanted: Callable[[HardwareEvent], bool]) -> HardwareEvent:
        """The next event like that; those before it are kept in `events`."""
        while True:
            try:
                event = self._queue.get(timeout=PATIENCE)
            except Empty:
                raise AssertionError(f"it did not come; what came: {self.events}") from None
            self.events.append(event)
            if wanted(event):
                return event

    def next(self, *kinds: type) -> HardwareEvent:
        """The next event of these kinds."""
        return self.until(lambda event: isinstance(event, kinds))

    def rest(self) -> list[HardwareEvent]:
        """Everything posted so far, including what nobody has waited for."""
        while not self._queue.empty():
            self.events.append(self._queue.get())
        return self.events


class Rig(Protocol):
    """One implementation of Printer and the machine it prints on."""

    def make(self, post: Post, deadline_seconds: float) -> Printer: ...
    def fault(self, name: str, after: int = 0) -> None: ...
    def mend(self, name: str | None = None) -> None: ...
    def papers(self) -> list[bytes]:
        """The pieces of paper that came out, oldest first."""
        ...

    def close(self) -> None: ...


class HandBench:
    """Implements drivers.protocols.Bench: the part's act, to be called directly."""

    act: Callable[[Mapping[str, object]], Mapping[str, object]]

    def offer(self, device: str, part: str, act: Callable[[Mapping[str, object]], Mapping[str, object]]) -> None:
        assert (device, part) == (PLACE.device, PLACE.part)
        self.act = act


class SimulatedRig:
    """The simulated printer, worked through its bench."""

    def __init__(self, folder: Path) -> None:
        self.bench, self._folder = HandBench(), folder
        self._printer: SimulatedPrinter | None = None

    def make(self, post: Post, deadline_seconds: float) -> Printer:
        place = Place("kiosk-1", "printer", self.bench, self._folder)
        self._printer = SimulatedPrinter(post, place, deadline_seconds=deadline_seconds, pace=FAST)
        return self._printer

    def fault(self, name: str, after: int = 0) -> None:
        self.bench.act({"do": "fault", "name": name, "after": after})

    def mend(self, name: str | None = None) -> None:
        self.bench.act({"do": "mend", "name": name} if name else {"do": "mend"})

    def papers(self) -> list[bytes]:
        assert self._printer is not None
        return self._printer.papers()

    def close(self) -> None:
        pass


class Line(Protocol):
    """The machine's end of a line that a driver can open by name."""

    def plug(self) -> None: ...
    def unplug(self) -> None: ...
    def recv(self, size: int) -> bytes:
        """What has come, b"" after a moment of nothing; OSError when the far end has let go."""
        ...

    def send(self, data: bytes) -> None: ...


class PtyLine:
    """A pty that has a name of its own, as /dev/serial/by-id has."""

    def __init__(self, name: Path) -> None:
        self.name = name
        self._fds: tuple[int, ...] = ()

    def plug(self) -> None:
        master, slave = pty.openpty()
        tty.setraw(slave)
        self._fds = (master, slave)  # the far end stays open, so that the driver may close and open it again
        self.name.symlink_to(os.ttyname(slave))

    def unplug(self) -> None:
        self.name.unlink()
        fds, self._fds = self._fds, ()
        for fd in fds:
            os.close(fd)

    def recv(self, size: int) -> bytes:
        ready, _, _ = select.select([self._fds[0]], [], [], 0.01)
        return os.read(self._fds[0], size) if ready else b""

    def send(self, data: bytes) -> None:
        os.write(self._fds[0], data)


class TcpLine:
    """A loopback server that keeps its port number while unplugged."""

    def __init__(self) -> None:
        self.port = 0
        self._listener: socket.socket | None = None
        self._peer: socket.socket | None = None

    def plug(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", self.port))
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)  # as little as a printer has
        self.port = self._listener.getsockname()[1]

    def unplug(self) -> None:
        for end in (self._peer, self._listener):
            if end is not None:
                end.close()
        self._peer = self._listener = None

    def recv(self, size: int) -> bytes:
        assert self._listener is not None
        ready, _, _ = select.select([self._peer or self._listener], [], [], 0.01)
        if not ready:
            return b""
        if self._peer is None:
            self._peer, _ = self._listener.accept()
            self._peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return b""
        with contextlib.suppress(ConnectionResetError):
            if data := self._peer.recv(size):
                return data
        self._peer.close()
        self._peer = None
        return b""

    def send(self, data: bytes) -> None:
        if self._peer is not None:
            with contextlib.suppress(ConnectionError):  # the driver has hung up
                self._peer.sendall(data)


class LineRig:
    """A machine served on a line by a thread, `chunk` bytes at a time."""

    def __init__(self, line: Line, make: Callable[[Post, float], Printer], machine: Machine, chunk: int = 64) -> None:
        self.machine, self._line, self._make, self._chunk = machine, line, make, chunk
        self._changed = threading.Condition()
        self._closing = False
        line.plug()
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def make(self, post: Post, deadline_seconds: float) -> Printer:
        return self._make(post, deadline_seconds)

    def fault(self, name: str, after: int = 0) -> None:
        with self._changed:
            self.machine.fault(name, after)
            self._changed.notify_all()

    def mend(self, name: str | None = None) -> None:
        with self._changed:
            self.machine.mend(name)
            self._changed.notify_all()

    def papers(self) -> list[bytes]:
        with self._changed:
            return list(self.machine.papers)

    def close(self) -> None:
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        self._thread.join(PATIENCE)

    def _serve(self) -> None:
        plugged = True
        with self._changed:
            while not self._closing:
                if plugged and "unplugged" in self.machine.faults:
                    self._line.unplug()
                    plugged = False
                if self.machine.faults & ON_THE_LINE:
                    self._changed.wait()  # somebody mends it, or the test is over
                    continue
                if not plugged:
                    self._line.plug()
                    plugged = True
                self._changed.release()
                try:
                    data = self._line.recv(self._chunk)
                finally:
                    self._changed.acquire()
                self.machine.receive(data)
                if self.machine.answers and not self.machine.faults & ON_THE_LINE:
                    self._line.send(bytes(self.machine.answers))
                self.machine.answers.clear()
            if plugged:
                self._line.unplug()


def serial_rig(folder: Path, machine: Machine, chunk: int = 64) -> LineRig:
    line = PtyLine(folder / "by-id")

    def make(post: Post, deadline_seconds: float) -> Printer:
        return SerialPrinter(post, PLACE, port=str(line.name), deadline_seconds=deadline_seconds, pace=FAST)

    return LineRig(line, make, machine, chunk)


def usblp_rig(folder: Path, machine: Machine, chunk: int = 64) -> LineRig:
    """usblp's file does what a raw pty does: O_NONBLOCK, poll, POLLHUP when it is gone."""
    line = PtyLine(folder / "lp0")

    def make(post: Post, deadline_seconds: float) -> Printer:
        return UsblpPrinter(post, PLACE, path=str(line.name), deadline_seconds=deadline_seconds, pace=FAST)

    return LineRig(line, make, machine, chunk)


def tcp_rig(folder: Path, machine: Machine, chunk: int = 64) -> LineRig:
    line = TcpLine()

    def make(post: Post, deadline_seconds: float) -> Printer:
        return TcpPrinter(post, PLACE, host="127.0.0.1", port=line.port, deadline_seconds=deadline_seconds, pace=FAST)

    return LineRig(line, make, machine, chunk)


LINES = {"serial": serial_rig, "usblp": usblp_rig, "tcp": tcp_rig}
