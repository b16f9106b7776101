"""A printer on which waiting takes no time: a clock moves instead, and things happen when it passes their time."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from typing import ClassVar

from drivers.escpos_machine import Machine
from drivers.events import PartMended, Printed, PrinterReport, PrintFailed, PrintUnknown
from drivers.printer_port import PortGone
from drivers.printer_thread import PACE, PortPrinter
from tests.drivers.printer.rigs import PLACE, Heard

OUTCOMES = (Printed, PrintFailed, PrintUnknown)
READY = PrinterReport(ready=True)


class Clock:
    """Seconds that pass when somebody waits, and what is to happen at which of them."""

    def __init__(self) -> None:
        self.now = 0.0
        self.planned: list[tuple[float, Callable[[], object]]] = []

    def wait(self, seconds: float) -> None:
        """Wait so long, or until the next thing that happens."""
        self.now = min([self.now + seconds, *(max(self.now, when) for when, _ in self.planned)])
        for plan in [plan for plan in self.planned if plan[0] <= self.now]:
            self.planned.remove(plan)
            plan[1]()


class InstantPort:
    """Implements drivers.printer_port.Port on a machine and a clock. `hands` guards the machine.

    usb_status: what usblp would be told, by all ports alike.
    """

    usb_status: ClassVar[int | None] = None

    def __init__(self, machine: Machine, hands: threading.RLock, clock: Clock) -> None:
        self._machine, self._hands, self._clock = machine, hands, clock
        self._check()

    def write(self, data: bytes, seconds: float) -> int:
        with self._hands:
            self._check()
            if "stuck" in self._machine.faults:
                self._clock.wait(seconds)
            return self._machine.receive(data)

    def read(self, seconds: float) -> bytes:
        with self._hands:
            self._check()
            heard = bytes(self._machine.answers)
            self._machine.answers.clear()
            if not heard:
                self._clock.wait(seconds)
            return heard

    def pending(self) -> bool:
        return False

    def status(self) -> int | None:
        return self.usb_status

    def close(self) -> None:
        with self._hands:
            self._machine.answers.clear()

    def _check(self) -> None:
        if "unplugged" in self._machine.faults:
            raise PortGone("unplugged")


class Instant:
    """A printer's thread, its machine and its clock."""

    def __init__(self, machine: Machine, *, asb: bool = False, first: PrinterReport = READY) -> None:
        self.machine, self.hands, self.heard, self.clock = machine, threading.RLock(), Heard(), Clock()
        open_port = partial(InstantPort, machine, self.hands, self.clock)
        self.printer = PortPrinter(self.heard.post, PLACE, open_port, "", 8.0, PACE, lambda: self.clock.now, asb=asb)
        self.heard.until(lambda event: event == first)

    def print(self, name: str, job: bytes) -> object:
        """Give the job and wait for what becomes of it."""
        self.printer.print(name, job)
        return self.heard.next(*OUTCOMES)

    def recover(self, unplugged: bool) -> None:
        """Mend everything and wait until the driver has seen it."""
        with self.hands:
            self.machine.mend()
        self.printer.ask()
        if unplugged:
            self.heard.next(PartMended)
        while [event for event in self.heard.rest() if isinstance(event, PrinterReport)][-1:] != [READY]:
            self.heard.next(PrinterReport)
