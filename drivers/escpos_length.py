"""How long the paper of a job is, read from its bytes: for counting what a roll still has.

Line feeds as Epson's command reference gives them for the settings a job begins with (ESC @): 30 dots, or as high as
the tallest character of the line. What lies between head and knife is every printer's own; the usual is taken. So the
count is a good guess, a few per cent off, and says when to fetch a new roll, not when the last ticket comes.
"""

from __future__ import annotations

import re
from typing import Final

from drivers.escpos_bytes import QR_MOST, modules

LINE_DOTS: Final = 30  # from one line to the next
CHARACTER_DOTS: Final = 24  # height of a character of normal size
KNIFE_MM: Final = 14.0  # from the head to the knife

_NEXT: Final = re.compile(rb"[\n\x1b\x1c\x1d]")  # text has none of these, and no second byte of a character is one
_WITHOUT_PARAMETER: Final = (b"\x1b@", b"\x1b2", b"\x1c&", b"\x1c.")


def paper_mm(job: bytes, dots_per_mm: float) -> float:
    """Millimetres of paper that a whole job takes, its way to the knife included."""
    dots, cuts, at = 0, 0, 0
    high, module, data = 1, 1, 0
    while found := _NEXT.search(job, at):
        at = found.start()
        lead, name = job[at], job[at + 1 : at + 2]
        if lead == ord("\n"):
            dots += line_dots(high)
            at += 1
            continue
        length = _length(job, at)
        command, at = job[at : at + length], at + length
        match lead, name:
            case (0x1B, b"d") if length == len(command):
                dots += LINE_DOTS * command[2]
            case (0x1D, b"!") if length == len(command):
                high = (command[2] & 0x0F) + 1
            case (0x1D, b"v") if length == len(command):
                dots += command[6] + 256 * command[7]
            case (0x1D, b"V"):
                cuts += 1
                dots += command[3] if len(command) > 3 else 0
            case (0x1D, b"(") if command[6:7] == b"\x43" and len(command) > 7:  # function 167: the size of a module
                module = command[7]
            case (0x1D, b"(") if command[6:7] == b"\x50":  # function 180: the data
                data = max(0, len(command) - 8)
            case (0x1D, b"(") if command[6:7] == b"\x51":  # function 181: print it
                dots += modules(min(data, QR_MOST)) * module
            case _:
                pass
    return dots / dots_per_mm + cuts * KNIFE_MM


def line_dots(high: int) -> int:
    """What the end of a line feeds whose tallest character is so many times as high as normal."""
    return max(LINE_DOTS, CHARACTER_DOTS * high)


def _length(job: bytes, at: int) -> int:
    """Bytes of the command that begins there, as our own pen writes them; at least 2."""
    head = job[at : at + 8]
    if head[:2] in _WITHOUT_PARAMETER:
        return 2
    if head[:2] == b"\x1d(" and len(head) >= 5:
        return 5 + head[3] + 256 * head[4]
    if head[:2] == b"\x1dv" and len(head) >= 8:
        return 8 + (head[4] + 256 * head[5]) * (head[6] + 256 * head[7])
    if head[:2] == b"\x1dV" and len(head) >= 3:
        return 4 if head[2] > 64 else 3
    return 3
