"""Sets one line of paper in type, dot by dot: for the picture of the paper, and for printers that lack the type.

Chinese and Latin stand in cells as the printer sets them: 12 dots for a one-byte character, 24 for a Chinese one, times
the scale. Scripts whose letters join or stack are shaped by their font and take the room they need.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")  # stdout belongs to the command that was started

import pygame

from screens.coverage import Coverage
from screens.paper_lines import width
from screens.shaping import Stretch, script_of, stretches
from screens.theme import load_theme

INK, PAPER = (24, 24, 24), (255, 255, 255)
CELL: Final = 12  # dots, width of a one-byte character
EM: Final = 24  # dots, a Chinese character
ABOVE: Final = 0.88  # of the em stands above the base line
TAIL: Final = 3  # dots that g and y of the Chinese font reach below the em
PITCH: Final = 34  # dots from line to line, 1/6 inch
GETA: Final = "〓"  # stands for a character no font has: seen at once, never a blank
BLACK: Final = 150  # a dot is printed where the type covers so much of it: 0 all, 255 none

# Script -> its size in ems beside Chinese, and where fonts for it are found (Debian: fonts-ukij-uyghur,
# fonts-ddc-uchen, fonts-tibetan-machine, fonts-noto-core). The first that is there sets all of that script.
_SHARED: Final = Path("/usr/share/fonts/truetype")
_FACES: Final[Mapping[str, tuple[float, tuple[Path, ...]]]] = {
    "Arab": (1.25, (_SHARED / "fonts-ukij-uyghur/UKIJTuz.ttf", _SHARED / "noto/NotoNaskhArabic-Regular.ttf")),
    "Tibt": (1.1, (_SHARED / "noto/NotoSerifTibetan-Regular.ttf", _SHARED / "tibetan/DDC_Uchen.ttf",
                   _SHARED / "tibetan-machine/TibetanMachineUni.ttf")),
    "Mong": (1.25, (_SHARED / "noto/NotoSansMongolian-Regular.ttf",)),
}  # fmt: skip
# Asked in turn after the theme's own fonts for characters those lack: rare hanzi, emoji, signs (Debian:
# fonts-babelstone-han, fonts-symbola, fonts-noto-core).
_FURTHER: Final = (
    _SHARED / "babelstone/BabelStoneHan.ttf",
    _SHARED / "ancient-scripts/Symbola_hint.ttf",
    _SHARED / "noto/NotoSansSymbols2-Regular.ttf",
    _SHARED / "noto/NotoSansSymbols-Regular.ttf",
)


@dataclass(frozen=True, slots=True)
class _Piece:
    """One glyph or shaped stretch: dots it advances, its picture, where that begins, and where its base line is."""

    advance: int
    glyph: pygame.Surface
    shift: int
    base: int


def measure(text: str, scale: int) -> int:
    """Dots the text takes on one line."""
    return sum(piece.advance for piece in _pieces(text, scale))


def set_line(text: str, scale: int, bold: bool) -> pygame.Surface:
    """The line in black on white, as wide as it needs and at least as high as a line of this scale."""
    pieces = list(_pieces(text, scale))
    top = max((_inked(piece)[0] for piece in pieces), default=0)
    tail = max((_inked(piece)[1] for piece in pieces), default=0)
    height = max(PITCH, (EM + TAIL) * scale)
    base = (height - EM * scale) // 2 + round(ABOVE * EM * scale)
    above, below = max(0, top - base), max(0, tail - (height - base))
    line = pygame.Surface(
        (max(1, sum(piece.advance for piece in pieces)) + (scale if bold else 0), above + height + below)
    )
    line.fill(PAPER)
    x = 0
    for piece in pieces:
        for strike in (0, scale) if bold else (0,):  # a printer strikes twice, one dot beside the first
            line.blit(piece.glyph, (x + piece.shift + strike, above + base - piece.base))
        x += piece.advance
    return line


def lacking(text: str) -> str:
    """The characters for which no font is there; each is set as 〓."""
    return "".join(dict.fromkeys(char for char in text if not char.isspace() and _home(char) is None))


def rows_of(surface: pygame.Surface) -> tuple[bytes, ...]:
    """The picture as the dots a printer prints, each row from the left, the highest bit first, 1 black."""
    wide = surface.get_width()
    grey = pygame.image.tobytes(surface, "RGB")[1::3]
    digits = grey.translate(bytes(ord("1") if shade < BLACK else ord("0") for shade in range(256)))
    across, spare = -(-wide // 8), -wide % 8
    rows = (digits[at : at + wide] for at in range(0, len(digits), wide))
    return tuple((int(row, 2) << spare).to_bytes(across, "big") for row in rows)


def _pieces(text: str, scale: int) -> Iterator[_Piece]:
    for stretch in stretches(text):
        if stretch.script and _face_of(stretch.script) is not None:
            yield from _shaped(stretch, scale)
        else:
            yield from (_cell(char, scale) for char in stretch.text)


def _shaped(stretch: Stretch, scale: int) -> Iterator[_Piece]:
    path = _face_of(stretch.script)
    size = round(_FACES[stretch.script][0] * EM * scale)
    if path is None or lacks(path, stretch.text):  # letters of it that its font has not: seen as such, one by one
        yield from (_cell(char, scale) for char in (reversed(stretch.text) if stretch.rtl else stretch.text))
        return
    font = _font(path, size, stretch.script, stretch.rtl)
    if not font.size(stretch.text)[0]:  # marks that join or part, and nothing to be joined
        return
    glyph = font.render(stretch.text, True, INK)
    yield _Piece(glyph.get_width(), glyph, 0, font.get_ascent())


@lru_cache(maxsize=1024)  # a printer without characters needs a few hundred a day; the largest takes 37 KB
def _cell(char: str, scale: int) -> _Piece:
    """One character, not wider than its cell."""
    wide = width(char) * CELL * scale
    home = _home(char) if not char.isspace() else _chain()[0]
    shown, path = (char, home) if home is not None else (GETA, _chain()[0])
    font = _font(path, EM * scale)
    glyph = font.render(shown if font.size(shown)[0] else GETA, True, INK)  # SDL refuses to draw nothing
    across = min(glyph.get_width(), wide)
    glyph = pygame.transform.smoothscale(glyph, (across, glyph.get_height())) if across < glyph.get_width() else glyph
    return _Piece(wide, glyph, (wide - across) // 2, font.get_ascent())


def _inked(piece: _Piece) -> tuple[int, int]:
    """Dots of ink above and below the base line."""
    box = piece.glyph.get_bounding_rect()
    return (piece.base - box.top, box.bottom - piece.base) if box.height else (0, 0)


def _home(char: str) -> Path | None:
    """The font that draws this character."""
    script = script_of(char)
    if script:
        path = _face_of(script)
        return path if path is not None and not lacks(path, char) else None
    return next((path for path in _chain() if _coverage(path).has(char)), None)


def lacks(path: Path, text: str) -> bool:
    """Whether the font has not all of these characters; what is only there to join or to part need not be in it."""
    covered = _coverage(path)
    return not all(char.isspace() or char in "\u200b\u200c\u200d" or covered.has(char) for char in text)


@cache
def _chain() -> tuple[Path, ...]:
    theme = load_theme().fonts
    return (*theme, *(path for path in _FURTHER if path not in theme and path.is_file()))


@cache
def _face_of(script: str) -> Path | None:
    return next((path for path in _FACES[script][1] if path.is_file()), None)


@cache
def _coverage(path: Path) -> Coverage:
    return Coverage(path)


@cache
def _font(path: Path, size: int, script: str = "", rtl: bool = False) -> pygame.font.Font:
    if not pygame.font.get_init():
        pygame.font.init()
    font = pygame.font.Font(path, size)
    if script:
        font.set_script(script)
        font.set_direction(pygame.DIRECTION_RTL if rtl else pygame.DIRECTION_LTR)
    return font
