"""The chain of fonts: measures and draws one line of text. Opens a font file once and sets its size for every text.

Heavier type is drawn as an outline around the regular glyphs, because no package carries a bold Simplified Chinese
face and SDL's own emboldening has ragged edges. Scripts whose letters join or stack are drawn stretch by stretch, each
by the font of its script, which is told script and direction (SDL_ttf itself knows neither bidi nor fall-back).
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

import pygame

from screens.coverage import Coverage
from screens.shaping import JOINERS, is_shaped, script_of, stretches, turned
from screens.theme import Colour, ScriptFace, Theme

GETA = "〓"  # what a printer sets for a sort that is not in the case: seen at once, never a blank
HEAVY = 0.018  # width of the outline as a part of the type size
SHARP = 56  # below this size an outline of one whole pixel is too much: draw at twice the size and halve
KEEP = 4096  # measured widths kept
# Hanzi and their marks are one em wide each and not kerned, in a font that sets these so: there is nothing to measure,
# and measuring is dear, because SDL_ttf loads every glyph anew from the file after a change of size.
SQUARE: Final = re.compile("[\u3001-\u303f\u4e00-\u9fff\uff01-\uff5e]+")
ONE_EM_EACH: Final = "国一，。（"
HANZI: Final = "\u2e80"  # from here on characters stand upright in a line that runs down (UAX 50, "U")
NONE: Final[Mapping[str, ScriptFace]] = MappingProxyType({})


class Run(NamedTuple):
    """A piece of a line in one font: its number in the chain, or the script whose font it is."""

    face: int | str
    text: str
    rtl: bool = False


class Fonts:
    """The fonts of a theme, in the order they are asked for a character. A Ruler for layout, and paint's pen."""

    def __init__(self, chain: Sequence[Path], scripts: Mapping[str, ScriptFace] = NONE) -> None:
        if not pygame.font.get_init():
            pygame.font.init()
        self._paths = tuple(chain)
        self._scripts = {name: (face, face.path) for name, face in scripts.items() if face.path is not None}
        self._faces: dict[tuple[int | str, bool], pygame.font.Font] = {}
        self._square: dict[int | str, bool] = {}
        self._covers: dict[Path, Coverage] = {}
        self._home: dict[str, int | str | None] = {}
        self._widths: OrderedDict[tuple[str, int, bool], int] = OrderedDict()

    @staticmethod
    def of(theme: Theme) -> Fonts:
        """The fonts this theme names."""
        return Fonts(theme.fonts, theme.scripts)

    def _face(self, run: Run) -> pygame.font.Font:
        key = run.face, run.rtl
        if key not in self._faces:
            if isinstance(run.face, int):
                self._faces[key] = pygame.font.Font(self._paths[run.face], 32)
            else:
                face = pygame.font.Font(self._scripts[run.face][1], 32)
                face.set_script(run.face)
                face.set_direction(pygame.DIRECTION_RTL if run.rtl else pygame.DIRECTION_LTR)
                self._faces[key] = face
        return self._faces[key]

    def _font_of(self, char: str) -> int | str | None:
        """The first font that has the character, or None."""
        if char not in self._home:
            self._home[char] = self._found(char)
        return self._home[char]

    def _found(self, char: str) -> int | str | None:
        script = script_of(char)
        if script in self._scripts and self._covered(self._scripts[script][1], char):
            return script
        return next((n for n in range(len(self._paths)) if self.has(n, char)), None)

    def has(self, n: int, char: str) -> bool:
        """Whether the font number n of the chain has it."""
        return self._covered(self._paths[n], char)

    def _covered(self, path: Path, char: str) -> bool:
        if path not in self._covers:
            self._covers[path] = Coverage(path)
        return self._covers[path].has(char)

    def runs(self, text: str) -> Iterator[Run]:
        """The text in pieces of one font each, from the left; characters that no font has become GETA."""
        if not is_shaped(text):
            yield from self._chained(text)
            return
        for stretch in stretches(text):
            pieces = [(own, "".join(some)) for own, some in groupby(stretch.text, partial(self._own, stretch.script))]
            for own, piece in reversed(pieces) if stretch.rtl else pieces:
                if own:
                    yield Run(stretch.script, piece, stretch.rtl)
                else:
                    yield from self._chained(turned(piece) if stretch.rtl else piece)

    def _own(self, script: str, char: str) -> bool:
        """Whether the script's own font draws it; digits and marks inside a stretch are asked of it too."""
        if script not in self._scripts:
            return False
        return char in JOINERS or char.isspace() or self._covered(self._scripts[script][1], char)

    def _chained(self, text: str) -> Iterator[Run]:
        run, at = "", 0
        for char in text:
            if char in JOINERS:
                continue
            home = self._font_of(char)
            shown, home = (char, home) if isinstance(home, int) else (GETA, 0)
            if run and home != at:
                yield Run(at, run)
                run = ""
            run, at = run + shown, home
        if run:
            yield Run(at, run)

    def lacks(self, text: str) -> str:
        """The characters of `text` that no font can draw."""
        return "".join(dict.fromkeys(char for char in text if char not in JOINERS and self._font_of(char) is None))

    def width(self, text: str, size: int, bold: bool) -> int:
        """Pixels this text takes on one line."""
        asked = (text, size, bold)
        if asked not in self._widths:
            self._widths[asked] = sum(self._run_width(run, size, bold) for run in self.runs(text))
            if len(self._widths) > KEEP:
                self._widths.popitem(last=False)
        return self._widths[asked]

    def _run_width(self, run: Run, size: int, bold: bool) -> int:
        if bold and size < SHARP:
            return (self._run_width(run, size * 2, True) + 1) // 2
        outline = 2 * _outline(size) if bold else 0
        if SQUARE.fullmatch(run.text) and self._is_square(run):
            return size * len(run.text) + outline
        return self._sized(run, size).size(run.text)[0] + outline

    def _is_square(self, run: Run) -> bool:
        if run.face not in self._square:
            self._square[run.face] = self._sized(run, 40).size(ONE_EM_EACH)[0] == 40 * len(ONE_EM_EACH)
        return self._square[run.face]

    def _sized(self, run: Run, size: int) -> pygame.font.Font:
        face = self._face(run)
        face.set_point_size(
            size if isinstance(run.face, int) else max(1, round(size * self._scripts[run.face][0].scale))
        )
        return face

    def draw(
        self, text: str, size: int, bold: bool, colour: Colour, *, down: bool = False
    ) -> tuple[pygame.Surface, int]:
        """The text as a surface with alpha, and the height of the baseline above which its capitals stand.

        down: for a line that will be turned to run down the page: hanzi lie on their left side, and will be upright.
        """
        drawn = [piece for run in self.runs(text) for piece in self._pieces(run, size, bold, colour, down)]
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

    def _pieces(
        self, run: Run, size: int, bold: bool, colour: Colour, down: bool
    ) -> Iterator[tuple[pygame.Surface, int]]:
        if not (down and isinstance(run.face, int) and any(char >= HANZI for char in run.text)):
            yield self._draw_run(run, size, bold, colour)
            return
        for char in run.text:
            drawn, base = self._draw_run(Run(run.face, char), size, bold, colour)
            yield (_lying(drawn, base, size), round(size * 0.88)) if char >= HANZI else (drawn, base)

    def _draw_run(self, run: Run, size: int, bold: bool, colour: Colour) -> tuple[pygame.Surface, int]:
        if bold and size < SHARP:
            large, base = self._draw_run(run, size * 2, True, colour)
            half = ((large.get_width() + 1) // 2, (large.get_height() + 1) // 2)
            return pygame.transform.smoothscale(large, half), round(base / 2)
        face = self._sized(run, size)
        base = face.get_ascent()
        if not isinstance(run.face, int):
            base += round(self._scripts[run.face][0].lift * size)
        if not face.size(run.text)[0]:  # joiners, and nothing to join: SDL refuses to draw nothing
            return pygame.Surface((1, face.get_height()), pygame.SRCALPHA), base
        plain = face.render(run.text, True, colour)
        if not bold:
            return plain, base
        outline = _outline(size)
        face.outline = outline
        try:
            heavy = face.render(run.text, True, colour)
        finally:
            face.outline = 0
        heavy.blit(plain, (outline, outline))
        return heavy, base + outline


def _outline(size: int) -> int:
    return max(1, round(size * HEAVY))


def _lying(drawn: pygame.Surface, base: int, size: int) -> pygame.Surface:
    """One hanzi cut to its em, turned to the left."""
    cell = pygame.Surface((drawn.get_width(), size), pygame.SRCALPHA)
    cell.blit(drawn, (0, round(size * 0.88) - base))
    return pygame.transform.rotate(cell, 90)
