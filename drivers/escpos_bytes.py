"""The pen for ESC/POS printers: blocks of a document to the bytes a printer understands.

Commands carry the names of Epson's ESC/POS command reference. A ticket is text in the printer's own font with the
printer's own QR code: about 500 bytes where a picture of it takes 50,000 (0.3 s against 28 s at 19,200 baud).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from math import ceil
from typing import Final

from drivers.escpos_text import encode, width, wrap
from drivers.protocols import PartMissing

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


@dataclass(frozen=True, slots=True)
class Profile:
    """What one kind of printer can do.

    columns: one-byte characters a line. dots: printable width. knife: False, paper is torn off at the bar.
    knife_feed: vertical motion units fed beyond the knife. tear_lines: lines fed to the bar.
    """

    columns: int
    dots: int
    dots_per_mm: float = 8.0  # 203 dpi
    knife: bool = True
    knife_feed: int = 0
    tear_lines: int = 4


PROFILES: Final[Mapping[str, Profile]] = {
    "generic-80": Profile(columns=48, dots=576),
    "generic-80-tear": Profile(columns=48, dots=576, knife=False),
    "generic-58": Profile(columns=32, dots=384),
    "generic-58-tear": Profile(columns=32, dots=384, knife=False),
    "epson-tm-t88": Profile(columns=42, dots=512, dots_per_mm=180 / 25.4),
}


def check_model(model: str) -> Profile:
    """The profile of this model. PartMissing lists what is known."""
    if model not in PROFILES:
        near = get_close_matches(model, PROFILES, n=1)
        meant = f". Did you mean {near[0]!r}?" if near else ""
        raise PartMissing("printer", f"no model {model!r}", f"Known are {', '.join(PROFILES)}{meant}")
    return PROFILES[model]


_JUSTIFICATION: Final = {"left": 0, "center": 1, "right": 2}
_RULE: Final = 4  # a rule is written in characters so many times as wide: a quarter of the bytes


class EscposPen:
    """Implements screens.document.Pen. `bytes()` is one whole job: ESC @ first, relying on nothing before it."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._out = bytearray(ESC_AT + FS_AND)
        self._align, self._bold, self._size = 0, False, (1, 1)

    def bytes(self) -> bytes:
        """All that was written so far."""
        return bytes(self._out)

    def line(self, text: str, scale: int, align: str, bold: bool) -> None:
        """One paragraph, wrapped. scale outside 1 to 4 is brought inside; a wider line than the paper cannot be."""
        scale = min(max(scale, 1), 4)
        self._set(_JUSTIFICATION[align], bold, (scale, scale))
        for line in wrap(text, self._profile.columns // scale):
            self._out += encode(line) + LF

    def pair(self, left: str, right: str) -> None:
        """Left and right text on one line, or the right one below, right-justified."""
        lefts, rights = wrap(left, self._profile.columns), wrap(right, self._profile.columns)
        gap = self._profile.columns - width(lefts[-1]) - width(rights[0])
        joined = gap >= 1 and len(rights) == 1
        self._set(0, False, (1, 1))
        for line in lefts[:-1] if joined else lefts:
            self._out += encode(line) + LF
        if joined:
            self._out += encode(lefts[-1] + " " * gap + rights[0]) + LF
            return
        self._set(2, False, (1, 1))
        for line in rights:
            self._out += encode(line) + LF

    def rule(self) -> None:
        """A line across the paper, of box-drawing characters: unlike `-` they touch."""
        self._set(0, False, (_RULE, 1))
        self._out += encode("─" * (self._profile.columns // (2 * _RULE))) + LF

    def qr(self, text: str, millimetres: int) -> None:
        """A centred QR code, model 2, error correction M, drawn by the printer. ValueError over 2,331 bytes."""
        data = text.encode()
        self._set(1, False, (1, 1))
        self._out += gs_k(65, b"2\x00")  # function 165: select the model
        self._out += gs_k(67, bytes((module_dots(text, millimetres, self._profile),)))  # function 167: module size
        self._out += gs_k(69, b"1")  # function 169: error correction level M
        self._out += gs_k(80, b"0" + data)  # function 180: store the data
        self._out += gs_k(81, b"0")  # function 181: print the symbol

    def feed(self, lines: int) -> None:
        """Blank paper, 1 to 255 lines."""
        self._out += esc_d(min(max(lines, 1), 255))

    def cut(self) -> None:
        """Feed to the knife and cut; without a knife, feed to the bar where paper is torn off."""
        self._out += gs_v(self._profile.knife_feed) if self._profile.knife else esc_d(self._profile.tear_lines)

    def _set(self, align: int, bold: bool, size: tuple[int, int]) -> None:
        """Send only what differs from what the printer already does."""
        if align != self._align:
            self._out += esc_a(align)
        if bold != self._bold:
            self._out += esc_e(int(bold))
        if size != self._size:
            self._out += gs_bang(*size)
        self._align, self._bold, self._size = align, bold, size


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
    most = _modules(length)
    fewest = _modules(ceil(length * 11 / 16)) if _QR_TIGHT.issuperset(text) else most
    wanted = ceil(millimetres * profile.dots_per_mm / fewest)
    return max(1, min(wanted, profile.dots // most, 16))


def _modules(length: int) -> int:
    for version, fits in enumerate(_QR_BYTES, start=1):
        if length <= fits:
            return 17 + 4 * version
    raise ValueError(f"a QR code holds {_QR_BYTES[-1]} bytes, not {length}")
