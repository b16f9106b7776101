"""The pen for ESC/POS printers: blocks of a document to the bytes a printer understands.

Commands carry the names of Epson's ESC/POS command reference. A ticket is text in the printer's own font with the
printer's own QR code: about 500 bytes where a picture of it takes 50,000 (0.3 s against 28 s at 19,200 baud).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from math import ceil
from typing import Final

from drivers.escpos_text import encode
from drivers.printer_profiles import Profile

Rows = Sequence[bytes]

ESC_AT: Final = b"\x1b@"  # initialize printer
FS_AND: Final = b"\x1c&"  # select Kanji character mode: two-byte GB18030 on Chinese models
LF: Final = b"\n"


def esc_a(n: int) -> bytes:
    """Select justification: 0 left, 1 centred, 2 right. Only at the beginning of a line."""
    return bytes((0x1B, 0x61, n))


def esc_d(n: int) -> bytes:
    """Print and feed n lines."""
    return bytes((0x1B, 0x64, n))


def esc_e(n: int) -> bytes:
    """Emphasized mode: 1 on, 0 off."""
    return bytes((0x1B, 0x45, n))


def gs_bang(wide: int, high: int) -> bytes:
    """Select character size: `wide` and `high` times normal, 1 to 8; one-byte and Kanji characters alike."""
    return bytes((0x1D, 0x21, (wide - 1) << 4 | (high - 1)))


def gs_v(n: int) -> bytes:
    """Feed to the cutting position and n vertical motion units more, then cut, leaving one point (function B, m 66)."""
    return bytes((0x1D, 0x56, 66, n))


def gs_k(fn: int, parameters: bytes) -> bytes:
    """GS ( k for cn 49, QR code."""
    length = len(parameters) + 2
    return bytes((0x1D, 0x28, 0x6B, length & 0xFF, length >> 8, 49, fn)) + parameters


def gs_v_0(across: int, data: bytes) -> bytes:
    """Print a raster bit image, dots as they are: `across` bytes a row, 1 is black, the highest bit left."""
    down = len(data) // across
    return bytes((0x1D, 0x76, 0x30, 0, across & 0xFF, across >> 8, down & 0xFF, down >> 8)) + data


_JUSTIFICATION: Final = {"left": 0, "center": 1, "right": 2}
_RULE: Final = 4  # a rule is written in characters so many times as wide: a quarter of the bytes


class EscposPen:
    """Implements screens.document.Pen. `bytes()` is one whole job: ESC @ first, relying on nothing before it.

    It writes what the printer can; lines must have been broken before, and what it cannot (other scripts, QR codes of
    a printer without them) drawn (screens.raster). Text that was not is legible all the same: such a character is a 〓.
    """

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._charset = profile.charset
        self._out = bytearray(ESC_AT if profile.charset == "none" else ESC_AT + FS_AND)
        self._align, self._bold, self._size = 0, False, (1, 1)

    def bytes(self) -> bytes:
        """All that was written so far."""
        return bytes(self._out)

    def line(self, text: str, scale: int, align: str, bold: bool) -> None:
        """One line, no wider than the paper. scale: 1 to 4."""
        self._set(_JUSTIFICATION[align], bold, (scale, scale))
        self._print(text)

    def rule(self) -> None:
        """A line across the paper, of box-drawing characters: unlike `-` they touch."""
        self._set(0, False, (_RULE, 1))
        self._print("─" * (self._profile.columns // (2 * _RULE)))

    def qr(self, text: str, millimetres: int) -> None:
        """A centred QR code, model 2, error correction M, drawn by the printer. ValueError over 2,331 bytes."""
        if not self._profile.native_qr:
            raise ValueError("this printer has no QR codes: draw them")
        data = text.encode()
        self._set(1, False, (1, 1))
        self._out += gs_k(65, b"2\x00")  # function 165: select the model
        self._out += gs_k(67, bytes((module_dots(text, millimetres, self._profile),)))  # function 167: module size
        self._out += gs_k(69, b"1")  # function 169: error correction level M
        self._out += gs_k(80, b"0" + data)  # function 180: store the data
        self._out += gs_k(81, b"0")  # function 181: print the symbol

    def image(self, width: int, rows: Rows, align: str) -> None:
        """Dots as they are. ValueError if it is wider than the paper, or a row has not the bytes of its width.

        In commands short enough to be ended when a job breaks off; blank rows take one byte each.
        """
        across = -(-width // 8)
        if width > self._profile.dots or any(len(row) != across for row in rows):
            raise ValueError(f"{width} dots in rows of {across} bytes do not fit {self._profile.dots} dots of paper")
        self._set(_JUSTIFICATION[align], False, (1, 1))
        for inked, some in groupby(rows, any):
            run = list(some)
            wide = across if inked else 1
            step = (self._profile.raster_bytes - 8) // wide
            for start in range(0, len(run), step):
                band = run[start : start + step]
                self._out += gs_v_0(wide, harmless(b"".join(band)) if inked else bytes(len(band)))

    def feed(self, lines: int) -> None:
        """Blank paper, 1 to 255 lines."""
        self._out += esc_d(min(max(lines, 1), 255))

    def cut(self) -> None:
        """Feed to the knife and cut; without a knife, feed to the bar where paper is torn off."""
        self._out += gs_v(self._profile.knife_feed) if self._profile.cutter else esc_d(self._profile.tear_lines)

    def _print(self, line: str) -> None:
        self._out += encode(line, self._charset) + LF

    def _set(self, align: int, bold: bool, size: tuple[int, int]) -> None:
        """Send only what differs from what the printer already does."""
        if align != self._align:
            self._out += esc_a(align)
        if bold != self._bold:
            self._out += esc_e(int(bold))
        if size != self._size:
            self._out += gs_bang(*size)
        self._align, self._bold, self._size = align, bold, size


def harmless(data: bytes) -> bytes:
    """The dots without the beginning of a real-time command, which a printer obeys even inside of them.

    DLE EOT asks for an answer, DLE ENQ and DLE DC4 empty the buffer or switch off. One dot more breaks each.
    """
    return re.sub(rb"\x10(?=[\x04\x05\x14])", b"\x30", data)


# Bytes that fit a QR code with error correction M, versions 1 to 40 (ISO/IEC 18004:2015, table 7).
_QR_BYTES: Final = (
    14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412, 450, 504, 560, 624, 666,
    711, 779, 857, 911, 997, 1059, 1125, 1190, 1264, 1370, 1452, 1538, 1628, 1722, 1809, 1911, 1989, 2099, 2213, 2331,
)  # fmt: skip
_QR_TIGHT: Final = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")  # 11 bits for two: alphanumeric mode


def module_dots(text: str, millimetres: int, profile: Profile) -> int:
    """Dots of one module (1 to 16), so that the symbol is at least so wide, and never wider than the paper.

    The printer chooses the version; text in the alphanumeric set may be packed tighter, into fewer, larger modules.
    """
    length = len(text.encode())
    most = modules(length)
    fewest = modules(ceil(length * 11 / 16)) if _QR_TIGHT.issuperset(text) else most
    wanted = ceil(millimetres * profile.dots_per_mm / fewest)
    return max(1, min(wanted, profile.dots // most, 16))


QR_MOST: Final = _QR_BYTES[-1]


def modules(length: int) -> int:
    """How many modules wide the symbol is that so many bytes need. ValueError over QR_MOST bytes."""
    for version, fits in enumerate(_QR_BYTES, start=1):
        if length <= fits:
            return 17 + 4 * version
    raise ValueError(f"a QR code holds {_QR_BYTES[-1]} bytes, not {length}")
