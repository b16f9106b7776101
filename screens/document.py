"""What goes on paper, as blocks; and the pen that any paper must offer.

The same document is written with an ESC/POS pen (drivers) and with a picture pen (screens), so what a person looks
at is what the printer gets. The pen is structural: neither room imports the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

Align = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph; wraps at the paper's width. scale: 1 normal to 4 (times normal height and width)."""

    text: str
    scale: int = 1
    align: Align = "left"
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts on one line, left and right; the right one goes below if both do not fit. Set before it is written."""

    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the paper."""


@dataclass(frozen=True, slots=True)
class Qr:
    """A QR code, error correction M; the printer draws it. millimetres: width of the symbol, at least."""

    text: str
    millimetres: int = 22


@dataclass(frozen=True, slots=True)
class Image:
    """Dots as they are, at the printer's own resolution.

    width: dots. rows: from the top, each the bytes of one row, the highest bit left, 1 black, the last byte filled up
    with 0. Wider than the paper: brought down until it fits (screens.raster).
    """

    width: int
    rows: tuple[bytes, ...]
    align: Align = "center"


@dataclass(frozen=True, slots=True)
class Feed:
    """Blank paper."""

    lines: int = 1


@dataclass(frozen=True, slots=True)
class Cut:
    """Feed to the knife and cut."""


Block = Line | Pair | Rule | Qr | Image | Feed | Cut


@dataclass(frozen=True, slots=True)
class Document:
    """One piece of paper. name: for recordings, e.g. the ticket's number."""

    name: str
    blocks: tuple[Block, ...]


class Pen(Protocol):
    """Whoever can put blocks on paper, set for it (screens.raster): a line is one that fits, its scale 1 to 4."""

    def line(self, text: str, scale: int, align: str, bold: bool) -> None: ...
    def rule(self) -> None: ...
    def qr(self, text: str, millimetres: int) -> None: ...
    def image(self, width: int, rows: Sequence[bytes], align: str) -> None: ...
    def feed(self, lines: int) -> None: ...
    def cut(self) -> None: ...


def write(blocks: Sequence[Block], pen: Pen) -> None:
    """Write the blocks, in order, with this pen. ValueError for a pair: it is two texts until it is set."""
    for block in blocks:
        match block:
            case Line(text, scale, align, bold):
                pen.line(text, scale, align, bold)
            case Pair():
                raise ValueError("a pair must be set before it is written")
            case Rule():
                pen.rule()
            case Qr(text, millimetres):
                pen.qr(text, millimetres)
            case Image(width, rows, align):
                pen.image(width, rows, align)
            case Feed(lines):
                pen.feed(lines)
            case Cut():
                pen.cut()
