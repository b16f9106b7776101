"""What an ESC/POS printer says of itself: the questions, sorting its answers from one another, and reading them.

Source: Epson ESC/POS command reference, DLE EOT, GS r, GS a, DLE DC4 (fn 8), and the manuals of printers that copy it.
A status byte is a set of bits, so several faults are told at once; here each bit is looked at by itself (a kiosk that
compared whole bytes missed every combination).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from drivers.events import PrinterReport

# DLE EOT n, answered on arrival, also while offline or busy: 1 printer, 2 offline cause, 3 error cause, 4 roll paper.
QUESTIONS: Final = (1, 2, 3, 4)
# GS r 1 waits its turn in the receive buffer: its answer proves that everything sent before it has been carried out.
FENCE: Final = b"\x1dr\x01"
# GS a: from now on send the status unasked, whenever online, error or paper change; the first of them at once.
SPEAK_UP: Final = b"\x1da\x0e"
# DLE DC4 8, on arrival: throw away what is in the receive buffer and in the print buffer.
CLEAR: Final = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"

ASB_BYTES: Final = 4


def dle_eot(n: int) -> bytes:
    """Transmit real-time status n."""
    return bytes((0x10, 0x04, n))


def decode_status(printer: int, offline: int, error: int, paper: int) -> PrinterReport:
    """The answers to DLE EOT 1, 2, 3 and 4 as one report.

    All that is wrong is told, what must be mended first before the rest: what only a technician can mend; then the
    open cover, because with it open many printers feel no paper although there is some; then the paper; then what
    passes by itself. An error without a name, and being offline, follow from the others: they are told when nothing
    else explains them. Near end of paper is told beside any of them.
    """
    return _report(
        (
            ("broken", error & 0x24),  # mechanical, or unrecoverable
            ("cutter", error & 0x08),
            ("cover-open", offline & 0x04),
            ("paper-out", paper & 0x60 or offline & 0x20),
            ("overheated", error & 0x40),  # recovers by itself when the head has cooled
        ),
        unnamed=offline & 0x40,
        offline=printer & 0x28 or offline & 0x08,  # offline, waiting to come online, paper feed button held
        low=paper & 0x0C,
    )


def decode_asb(printer: int, error: int, paper: int, _reserved: int) -> PrinterReport:
    """The four bytes that a printer sends unasked whenever its state changes, after GS a.

    Told as decode_status tells it. Other bits than there: the cover is in the first byte, an error without a name is
    not in any.
    """
    return _report(
        (
            ("broken", error & 0x24),
            ("cutter", error & 0x08),
            ("cover-open", printer & 0x20),
            ("paper-out", paper & 0x0C),
            ("overheated", error & 0x40),
        ),
        unnamed=0,
        offline=printer & 0x48 or error & 0x01,  # offline, paper being fed by the button, waiting to come online
        low=paper & 0x03,
    )


def decode_port_status(status: int) -> PrinterReport | None:
    """What usblp passes on of the USB printer class's GET_PORT_STATUS, or None if that cannot be the truth.

    Source: Universal Serial Bus Device Class Definition for Printing Devices 1.1, 4.2.2: bit 5 paper empty, bit 4
    selected, bit 3 no error, all others 0. It is the printer's USB chip that speaks, and in many printers that knows
    of the paper and nothing else, so `ready` here says no more than that nothing is known to be wrong.
    """
    if status & ~0x38:
        return None
    faults = (("paper-out", status & 0x20),)
    return _report(faults, unnamed=~status & 0x08, offline=~status & 0x10, low=0)


def _report(faults: Sequence[tuple[str, int]], *, unnamed: int, offline: int, low: int) -> PrinterReport:
    """What the bits say; each fault is there if any of its bits is set."""
    names = tuple(name for name, bits in faults if bits)
    code, *also = names or (("broken",) if unnamed else ("offline",) if offline else ("",))
    return PrinterReport(not code, bool(low), code, tuple(also))


class Ear:
    """Sorts the bytes a printer sends into answers; whatever fits no rule is noise and is dropped.

    The answers are told apart by their fixed bits:
        DLE EOT      0xx1xx10
        GS r         0xx0xxxx
        ASB          0xx1xx00 and three times 0xx0xxxx, sent unasked
        DLE DC4 8    37h 25h 00h; other answers that begin with 37h end with 00h too
        XON, XOFF    11h, 13h
    """

    def __init__(self) -> None:
        self.status: list[int] = []  # answers to DLE EOT, in order
        self.unasked: tuple[int, int, int, int] | None = None  # the last ASB
        self.fences = 0  # answers to GS r, for whoever waits for one to set back
        self.cleared = False  # an answer to DLE DC4 8, likewise
        self._begun: list[int] = []  # of an ASB
        self._block = False

    def hear(self, data: bytes) -> None:
        """Take what has arrived, in pieces of any size."""
        for byte in data:
            self._hear(byte)

    def forget(self) -> None:
        """Drop the answers to DLE EOT, and half a block: what comes now belongs to a new question.

        Not half an ASB: its other half, without it, would be taken for answers to GS r.
        """
        self.status.clear()
        self._block = False

    def _hear(self, byte: int) -> None:
        if self._block:
            self._block = byte != 0x00
            self.cleared |= not self._block
        elif self._begun and byte & 0x90 == 0x00:
            self._continue(byte)
        elif byte == 0x37:
            self._block = True
        elif byte & 0x93 == 0x12:
            self._begun.clear()  # noise that began like an ASB
            self.status.append(byte)
        elif byte & 0x93 == 0x10:
            self._begun = [byte]
        elif byte & 0x90 == 0x00:
            self.fences += 1

    def _continue(self, byte: int) -> None:
        self._begun.append(byte)
        if len(self._begun) == ASB_BYTES:
            one, two, three, four = self._begun
            self.unasked = (one, two, three, four)
            self._begun.clear()
