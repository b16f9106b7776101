"""A machine in memory at the far end of a real cable, with the driver that is to print on it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from drivers.escpos_machine import Machine
from drivers.printer_serial import SerialPrinter
from drivers.printer_usblp import UsblpPrinter
from drivers.protocols import Post, Printer
from tests.drivers.printer.rigs import FAST, PLACE, LineRig
from tests.vm.guest.lines import AcmLine, UsbPrinterLine

SLOW: Final = 4  # so many times slower than the suite thinks, on a machine that has other things to do
ANSWER: Final = 1.0  # seconds


def printer_rig(line: UsbPrinterLine | AcmLine, machine: Machine) -> LineRig:
    """The line's own driver, and the machine that reads as much at a time as USB brings."""

    pace = replace(FAST, answer=ANSWER)

    def make(post: Post, deadline_seconds: float) -> Printer:
        deadline = SLOW * deadline_seconds
        if isinstance(line, UsbPrinterLine):
            return UsblpPrinter(post, PLACE, path=line.identity, deadline_seconds=deadline, pace=pace)
        return SerialPrinter(post, PLACE, port=str(line.name), deadline_seconds=deadline, pace=pace)

    return LineRig(line, make, machine, chunk=512)
