"""The pen that draws paper as a picture, dot by dot at 203 dpi, so that a person can look at what a printer gets.

Like the printer it sets text in cells: 12 dots for a one-byte character, 24 for a Chinese one, times the scale; so
lines break in the same places.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from math import ceil
from typing import Final

import pygame
import pylopdf_fonts_zh_cn
import segno

from screens.document import Document, write

DOTS_PER_MM: Final = 8
INK, PAPER, EDGE = (24, 24, 24), (255, 255, 255), (196, 196, 196)
CELL: Final = 12  # dots, width of a one-byte character
EM: Final = 24  # dots, a Chinese character
ABOVE: Final = 0.88  # of the em stands above the base line
TAIL: Final = 3  # dots that g and y of this font reach below it
PITCH: Final = 34  # dots from line to line, 1/6 inch
KNIFE: Final = 60  # dots of blank paper between the head and the knife, at the top of every piece

_OPENING, _CLOSING = "（《〈「『【〔“‘", "，。、；：！？）》〉」』】〕”’％…—"
_UNIT = re.compile(
    rf"[{_OPENING}]*(?:[!-~]*[0-9](?![!-~])[^\s{_OPENING}]?|[!-~]+|[^\s{_OPENING}])[{_CLOSING}]*|[{_OPENING}]+|\s+"
)


@dataclass(frozen=True, slots=True)
class Width:
    """A width of paper in dots: the whole, and what the head can print on."""

    paper: int
    printed: int

    @property
    def columns(self) -> int:
        return self.printed // CELL


WIDTHS: Final[Mapping[int, Width]] = {80: Width(640, 576), 58: Width(464, 384)}  # millimetres


class PicturePen:
    """Implements screens.document.Pen. `picture()` is all that was written so far, pieces below one another."""

    def __init__(self, width: Width) -> None:
        self._width = width
        self._bands: list[pygame.Surface] = []
        self._blank(KNIFE)

    def picture(self) -> pygame.Surface:
        """The paper, in black on white."""
        picture = pygame.Surface((self._width.paper, sum(band.get_height() for band in self._bands)))
        y = 0
        for band in self._bands:
            picture.blit(band, (0, y))
            y += band.get_height()
        pygame.draw.rect(picture, EDGE, picture.get_rect(), 1)
        return picture

    def line(self, text: str, scale: int, align: str, bold: bool) -> None:
        scale = min(max(scale, 1), 4)
        for line in wrap(text, self._width.columns // scale):
            self._set(line, scale, align, bold)

    def pair(self, left: str, right: str) -> None:
        columns = self._width.columns
        lefts, rights = wrap(left, columns), wrap(right, columns)
        gap = columns - width(lefts[-1]) - width(rights[0])
        if gap >= 1 and len(rights) == 1:
            lefts[-1], rights = lefts[-1] + " " * gap + rights[0], []
        for line in lefts:
            self._set(line, 1, "left", bold=False)
        for line in rights:
            self._set(line, 1, "right", bold=False)

    def rule(self) -> None:
        band = self._blank(PITCH)
        band.fill(INK, (self._left(), PITCH // 2 - 1, self._width.printed, 2))

    def qr(self, text: str, millimetres: int) -> None:
        matrix = segno.make(text, error="m", micro=False, boost_error=False).matrix
        side = len(matrix)
        dots = max(1, min(ceil(millimetres * DOTS_PER_MM / side), self._width.printed // side))
        band = self._blank(side * dots)
        left = self._left() + (self._width.printed - side * dots) // 2
        for y, row in enumerate(matrix):
            for x, dark in enumerate(row):
                if dark:
                    band.fill(INK, (left + x * dots, y * dots, dots, dots))

    def feed(self, lines: int) -> None:
        self._blank(lines * PITCH)

    def cut(self) -> None:
        """The edge; what follows is the next piece, beginning with the paper between head and knife."""
        band = self._blank(PITCH)
        band.fill(EDGE, (0, PITCH - 1, self._width.paper, 1))

    def _left(self) -> int:
        return (self._width.paper - self._width.printed) // 2

    def _blank(self, height: int) -> pygame.Surface:
        band = pygame.Surface((self._width.paper, height))
        band.fill(PAPER)
        self._bands.append(band)
        return band

    def _set(self, line: str, scale: int, align: str, bold: bool) -> None:
        band = self._blank(max(PITCH, (EM + TAIL) * scale))
        spare = self._width.printed - width(line) * CELL * scale
        x = self._left() + {"left": 0, "center": spare // 2, "right": spare}[align]
        above = _font(scale).get_ascent() - round(ABOVE * EM * scale)  # the font leaves room that Chinese does not use
        for char in line:
            cell = width(char) * CELL * scale
            glyph = _glyph(char, scale)
            across, down = x + (cell - glyph.get_width()) // 2, (band.get_height() - EM * scale) // 2 - above
            band.blit(glyph, (across, down))
            if bold:  # a printer strikes twice, one dot beside the first
                band.blit(glyph, (across + scale, down))
            x += cell


def picture(document: Document, width_mm: int = 80) -> pygame.Surface:
    """The document on paper of this width, 8 dots a millimetre. ValueError for a width that no printer has."""
    if width_mm not in WIDTHS:
        raise ValueError(f"no paper is {width_mm} mm wide; there is {', '.join(map(str, WIDTHS))}")
    pen = PicturePen(WIDTHS[width_mm])
    write(document.blocks, pen)
    return pen.picture()


def png(document: Document, width_mm: int = 80) -> bytes:
    """The same as a PNG file."""
    file = BytesIO()
    pygame.image.save(picture(document, width_mm), file, "paper.png")
    return file.getvalue()


def wrap(text: str, columns: int) -> list[str]:
    """The text in lines of at most `columns` cells, broken where the printer's pen breaks it."""
    lines, line = [], ""
    for unit in _UNIT.findall(text):
        if unit.isspace():
            line += " " if line else ""
        elif width(line + unit) <= columns:
            line += unit
        else:
            if line.strip():
                lines.append(line.rstrip())
            *full, line = _chop(unit, columns)
            lines += full
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def width(text: str) -> int:
    """Cells the text takes."""
    return sum(1 if char < "\x80" else 2 for char in text)


def _chop(unit: str, columns: int) -> list[str]:
    pieces = [""]
    for char in unit:
        if width(pieces[-1] + char) > columns:
            pieces.append("")
        pieces[-1] += char
    return pieces


@cache
def _font(scale: int) -> pygame.font.Font:
    if not pygame.font.get_init():
        pygame.font.init()
    return pygame.font.Font(pylopdf_fonts_zh_cn.sans_path(), EM * scale)


@cache
def _glyph(char: str, scale: int) -> pygame.Surface:
    """One character, not wider than its cell; 〓 for one that printers do not have."""
    printed = len(char.encode("gb18030", "replace")) <= 2
    glyph = _font(scale).render(char if printed else "〓", True, INK)
    across = min(glyph.get_width(), width(char) * CELL * scale)
    return pygame.transform.smoothscale(glyph, (across, glyph.get_height()))
