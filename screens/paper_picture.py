"""The pen that draws paper as a picture, dot by dot, so that a person can look at what a printer gets.

Like the printer it sets text in cells, 12 dots for a one-byte character and 24 for a Chinese one, times the scale. What
the printer would get as dots is drawn as those dots.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from io import BytesIO
from typing import Final

os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")  # stdout belongs to the command that was started

import pygame

from screens.document import Document, write
from screens.paper_lines import width
from screens.paper_type import CELL, INK, PAPER, PITCH, set_line
from screens.raster import GENERIC, Press, for_printer, qr_image

EDGE: Final = (196, 196, 196)
KNIFE: Final = 60  # dots of blank paper between the head and the knife, at the top of every piece


class PicturePen:
    """Implements screens.document.Pen. `picture()` is all that was written so far, pieces below one another."""

    def __init__(self, press: Press) -> None:
        self._press = press
        self._paper = round(press.paper_mm * press.dots_per_mm)
        self._bands: list[pygame.Surface] = []
        self._begun = False  # something is on the piece in hand

    def picture(self) -> pygame.Surface:
        """The paper, in black on white."""
        picture = pygame.Surface((self._paper, sum(band.get_height() for band in self._bands)))
        y = 0
        for band in self._bands:
            picture.blit(band, (0, y))
            y += band.get_height()
        pygame.draw.rect(picture, EDGE, picture.get_rect(), 1)
        return picture

    def line(self, text: str, scale: int, align: str, bold: bool) -> None:
        type_ = set_line(text, scale, bold)
        band = self._blank(type_.get_height())
        band.blit(type_, (self._left() + _before(self._press.dots - width(text) * CELL * scale, align), 0))

    def rule(self) -> None:
        band = self._blank(PITCH)
        band.fill(INK, (self._left(), PITCH // 2 - 1, self._press.dots, 2))

    def qr(self, text: str, millimetres: int) -> None:
        code = qr_image(text, millimetres, self._press)
        self.image(code.width, code.rows, code.align)

    def image(self, width: int, rows: Sequence[bytes], align: str) -> None:
        band = self._blank(len(rows))
        sent = 8 * max(map(len, rows), default=0)  # whole bytes, and it is these that the printer sets in the middle
        x = self._left() + _before(self._press.dots - sent, align)
        for y, row in enumerate(rows):
            for at, dot in enumerate(f"{int.from_bytes(row, 'big'):0{len(row) * 8}b}"[:width]):
                if dot == "1":
                    band.set_at((x + at, y), INK)

    def feed(self, lines: int) -> None:
        self._blank(lines * PITCH)

    def cut(self) -> None:
        """The edge; what follows is the next piece, beginning with the paper between head and knife."""
        band = self._blank(PITCH)
        band.fill(EDGE, (0, PITCH - 1, self._paper, 1))
        self._begun = False

    def _left(self) -> int:
        return (self._paper - self._press.dots) // 2

    def _blank(self, height: int) -> pygame.Surface:
        if not self._begun:
            self._begun = True
            self._blank(KNIFE)
        band = pygame.Surface((self._paper, height))
        band.fill(PAPER)
        self._bands.append(band)
        return band


def _before(spare: int, align: str) -> int:
    return {"left": 0, "center": spare // 2, "right": spare}[align]


def picture(document: Document, width_mm: int = 80, press: Press | None = None) -> pygame.Surface:
    """The document as this printer prints it, or a usual one of this width. ValueError for a width that none has."""
    if press is None and width_mm not in GENERIC:
        raise ValueError(f"no paper is {width_mm} mm wide; there is {', '.join(map(str, GENERIC))}")
    press = press or GENERIC[width_mm]
    pen = PicturePen(press)
    write(for_printer(document, press).document.blocks, pen)
    return pen.picture()


def png(document: Document, width_mm: int = 80, press: Press | None = None) -> bytes:
    """The same as a PNG file."""
    file = BytesIO()
    pygame.image.save(picture(document, width_mm, press), file, "paper.png")
    return file.getvalue()
