"""The chain of fonts: measures and draws one line of text. Opens a font file once and sets its size for every text.

Heavier type is drawn as an outline around the regular glyphs, because no package carries a bold Simplified Chinese
face and SDL's own emboldening has ragged edges.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from pathlib import Path

import pygame

from screens.coverage import Coverage
from screens.theme import Colour

GETA = "〓"  # what a printer sets for a sort that is not in the case: seen at once, never a blank
HEAVY = 0.018  # width of the outline as a part of the type size
SHARP = 56  # below this size an outline of one whole pixel is too much: draw at twice the size and halve
KEEP = 4096  # measured widths kept


class Fonts:
    """The fonts of a theme, in the order they are asked for a character. A Ruler for layout, and paint's pen."""

    def __init__(self, chain: Sequence[Path]) -> None:
        if not pygame.font.get_init():
            pygame.font.init()
        self._paths = tuple(chain)
        self._faces: dict[int, pygame.font.Font] = {}
        self._covers: dict[int, Coverage] = {}
        self._home: dict[str, int | None] = {}
        self._widths: OrderedDict[tuple[str, int, bool], int] = OrderedDict()

    def _face(self, n: int) -> pygame.font.Font:
        if n not in self._faces:
            self._faces[n] = pygame.font.Font(self._paths[n], 32)
        return self._faces[n]

    def _font_of(self, char: str) -> int | None:
        """The first font that has the character, or None."""
        if char not in self._home:
            self._home[char] = next((n for n in range(len(self._paths)) if self._has(n, char)), None)
        return self._home[char]

    def _has(self, n: int, char: str) -> bool:
        if n not in self._covers:
            self._covers[n] = Coverage(self._paths[n])
        return self._covers[n].has(char)

    def _runs(self, text: str) -> Iterator[tuple[int, str]]:
        """The text in stretches of one font each; characters that no font has become GETA."""
        run, at = "", 0
        for char in text:
            home = self._font_of(char)
            shown, home = (char, home) if home is not None else (GETA, 0)
            if run and home != at:
                yield at, run
                run = ""
            run, at = run + shown, home
        if run:
            yield at, run

    def lacks(self, text: str) -> str:
        """The characters of `text` that no font can draw."""
        return "".join(dict.fromkeys(char for char in text if self._font_of(char) is None))

    def width(self, text: str, size: int, bold: bool) -> int:
        """Pixels this text takes on one line."""
        asked = (text, size, bold)
        if asked not in self._widths:
            self._widths[asked] = sum(self._run_width(n, run, size, bold) for n, run in self._runs(text))
            if len(self._widths) > KEEP:
                self._widths.popitem(last=False)
        return self._widths[asked]

    def _run_width(self, n: int, run: str, size: int, bold: bool) -> int:
        if bold and size < SHARP:
            return (self._run_width(n, run, size * 2, True) + 1) // 2
        face = self._face(n)
        face.set_point_size(size)
        return face.size(run)[0] + (2 * _outline(size) if bold else 0)

    def draw(self, text: str, size: int, bold: bool, colour: Colour) -> tuple[pygame.Surface, int]:
        """The text as a surface with alpha, and the height of the baseline above which its capitals stand."""
        drawn = [self._draw_run(n, run, size, bold, colour) for n, run in self._runs(text)]
        if len(drawn) == 1:
            return drawn[0]
        base = max((b for _, b in drawn), default=0)
        below = max((s.get_height() - b for s, b in drawn), default=0)
        whole = pygame.Surface((max(1, sum(s.get_width() for s, _ in drawn)), base + below + 1), pygame.SRCALPHA)
        x = 0
        for surface, b in drawn:
            whole.blit(surface, (x, base - b))
            x += surface.get_width()
        return whole, base

    def _draw_run(self, n: int, run: str, size: int, bold: bool, colour: Colour) -> tuple[pygame.Surface, int]:
        face = self._face(n)
        if bold and size < SHARP:
            large, base = self._draw_run(n, run, size * 2, True, colour)
            half = ((large.get_width() + 1) // 2, (large.get_height() + 1) // 2)
            return pygame.transform.smoothscale(large, half), round(base / 2)
        face.set_point_size(size)
        base = face.get_ascent()
        plain = face.render(run, True, colour)
        if not bold:
            return plain, base
        outline = _outline(size)
        face.outline = outline
        try:
            heavy = face.render(run, True, colour)
        finally:
            face.outline = 0
        heavy.blit(plain, (outline, outline))
        return heavy, base + outline


def _outline(size: int) -> int:
    return max(1, round(size * HEAVY))
