"""What an ESC/POS printer says of itself: the questions, sorting its answers from one another, and reading them.

Source: Epson ESC/POS command reference, DLE EOT, GS r, DLE DC4 (fn 8), and the manuals of printers that copy it.
A status byte is a set of bits, so several faults are told at once; here each bit is looked at by itself (a kiosk that
compared whole bytes missed every combination).
"""

from __future__ import annotations

from typing import Final

from drivers.events import PrinterReport

# DLE EOT n, answered on arrival, also while offline or busy: 1 printer, 2 offline cause, 3 error cause, 4 roll paper.
QUESTIONS: Final = (1, 2, 3, 4)
# GS r 1 waits its turn in the receive buffer: its answer proves that everything sent before it has been carried out.
FENCE: Final = b"\x1dr\x01"
# DLE DC4 8, on arrival: throw away what is in the receive buffer and in the print buffer.
CLEAR: Final = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"


def dle_eot(n: int) -> bytes:
    """Transmit real-time status n."""
    return bytes((0x10, 0x04, n))


def decode_status(printer: int, offline: int, error: int, paper: int) -> PrinterReport:
    """The answers to DLE EOT 1, 2, 3 and 4 as one report.

    Of several faults the one that must be mended first is named: what only a technician can mend; then the open
    cover, because with it open many printers feel no paper although there is some; then the paper; then what passes
    by itself. Near end of paper is told beside any of them.
    """
    low = bool(paper & 0x0C)
    faults = (
        ("broken", error & 0x24),  # mechanical, or unrecoverable
        ("cutter", error & 0x08),
        ("cover-open", offline & 0x04),
        ("paper-out", paper & 0x60 or offline & 0x20),
        ("overheated", error & 0x40),  # recovers by itself when the head has cooled
        ("broken", offline & 0x40),  # an error that has no other name
        ("offline", printer & 0x28 or offline & 0x08),  # offline, waiting to come online, paper feed button held
    )
    code = next((name for name, bits in faults if bits), "")
    return PrinterReport(ready=not code, low=low, code=code)


class Ear:
    """Sorts the bytes a printer sends into answers; whatever fits no rule is noise and is dropped.

    The answers are told apart by their fixed bits:
        DLE EOT      0xx1xx10
        GS r         0xx0xxxx
        ASB          0xx1xx00 and three bytes more, from printers that send their status unasked
        DLE DC4 8    37h 25h 00h; other answers that begin with 37h end with 00h too
        XON, XOFF    11h, 13h
    """

    def __init__(self) -> None:
        self.status: list[int] = []  # answers to DLE EOT, in order
        self.fences = 0  # answers to GS r, for whoever waits for one to set back
        self.cleared = False  # an answer to DLE DC4 8, likewise
        self._skip = 0
        self._block = False

    def hear(self, data: bytes) -> None:
        """Take what has arrived, in pieces of any size."""
        for byte in data:
            self._hear(byte)

    def forget(self) -> None:
        """Drop the answers to DLE EOT, and half an answer of another kind: what comes now belongs to a new question."""
        self.status.clear()
        self._skip, self._block = 0, False

    def _hear(self, byte: int) -> None:
        if self._block:
            self._block = byte != 0x00
            self.cleared |= not self._block
        elif self._skip:
            self._skip -= 1
        elif byte == 0x37:
            self._block = True
        elif byte & 0x93 == 0x12:
            self.status.append(byte)
        elif byte & 0x93 == 0x10:
            self._skip = 3
        elif byte & 0x90 == 0x00:
            self.fences += 1
