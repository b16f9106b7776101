"""Jobs to print, and the paper they make when nothing befalls them."""

from __future__ import annotations

from drivers.escpos_bytes import EscposPen
from drivers.escpos_machine import Machine
from drivers.printer_profiles import PROFILES


def ticket(number: str, lines: int = 12) -> bytes:
    """A job whose every line carries its number, with every kind of command that tickets have."""
    pen = EscposPen(PROFILES["generic-80"])
    for n in range(lines):
        pen.line(f"{number} 第{n}行 社会保险", 1 + n % 2, "center", n % 3 == 0)
    pen.rule()
    pen.qr(f"20261121-{number}", 22)
    pen.feed(1)
    pen.cut()
    return pen.bytes()


def paper(job: bytes) -> bytes:
    """What a printer that nothing befalls makes of it."""
    machine = Machine()
    machine.receive(job)
    (piece,) = machine.papers
    return piece
