"""Sets a document for one printer: its lines broken, and drawn what the printer cannot print by itself.

A printer with Chinese characters prints nearly all of a ticket by itself: 500 bytes where a picture takes 50,000. Only
lines with a character it lacks become pictures (Uyghur, Tibetan, Mongolian, rare hanzi, emoji); for a printer without
characters all lines do, and without QR codes of its own the QR code. No graphics library is loaded before that.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Final

from screens.document import Align, Block, Document, Image, Line, Pair, Qr, Rule
from screens.paper_lines import width, wrap
from screens.qr import modules
from screens.shaping import is_shaped, reads_from_the_right

if TYPE_CHECKING:
    import pygame

CELL: Final = 12  # dots a column
_STEERING: Final = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"))


@dataclass(frozen=True, slots=True)
class Press:
    """What a printer puts on paper by itself.

    paper_mm: width of the paper. dots: what the head can print on. spell: a text in the characters of its ROM. lacks:
    the characters for which the ROM has nothing that reads the same. rom: False, it has no Chinese characters at all.
    """

    paper_mm: int
    dots: int
    dots_per_mm: float
    columns: int
    spell: Callable[[str], str]
    lacks: Callable[[str], str]
    rom: bool = True
    native_qr: bool = True


@dataclass(frozen=True, slots=True)
class Drawn:
    """A document that the printer can print, and in words what did not come out as meant."""

    document: Document
    flaws: tuple[str, ...] = ()


def for_printer(document: Document, press: Press) -> Drawn:
    """The same document in lines that fit this printer's paper, with everything it lacks as pictures."""
    artist = _Artist(press)
    blocks = tuple(done for block in document.blocks for done in artist.block(block))
    return Drawn(Document(document.name, blocks), tuple(dict.fromkeys(artist.flaws)))


class _Artist:
    def __init__(self, press: Press) -> None:
        self._press = press
        self.flaws: list[str] = []

    def block(self, block: Block) -> Iterator[Block]:
        match block:
            case Line():
                yield from self._line(block)
            case Pair(left, right):
                yield from self._pair(left, right)
            case Rule() if not self._press.rom:
                yield Image(self._press.dots, _solid(self._press.dots))
            case Qr(text, millimetres) if not self._press.native_qr:
                yield qr_image(text, millimetres, self._press)
            case Image():
                yield self._fitting(block)
            case _:
                yield block

    def _prints(self, text: str) -> bool:
        return self._press.rom and not self._press.lacks(text)

    def _line(self, line: Line) -> Iterator[Block]:
        scale = min(max(line.scale, 1), 4)
        if self._prints(line.text):
            for part in wrap(self._press.spell(line.text), self._press.columns // scale):
                yield Line(part, scale, line.align, line.bold)
            return
        text = self._clean(line.text)
        align: Align = line.align
        if is_shaped(text):
            if align == "left" and reads_from_the_right(text):
                align = "right"
            broken = list(_broken(text, scale, self._press.dots))
        else:
            broken = wrap(text, self._press.columns // scale)
        for part in broken:
            if self._prints(part):
                yield Line(part, scale, align, line.bold)
            else:
                yield self._image(part, scale, align, line.bold)

    def _pair(self, left: str, right: str) -> Iterator[Block]:
        """On one line if both fit; or the right one below."""
        if self._prints(left + right):
            yield from _side_by_side(self._press.spell(left), self._press.spell(right), self._press.columns)
            return
        from screens import paper_type

        lefts, rights = self._clean(left), self._clean(right)
        gap = self._press.dots - paper_type.measure(lefts, 1) - paper_type.measure(rights, 1)
        if gap < CELL:
            yield from self._line(Line(left))
            yield from self._line(Line(right, align="right"))
            return
        self._note(lefts + rights)
        if is_shaped(lefts) and reads_from_the_right(lefts):
            lefts, rights = rights, lefts
        whole = _apart(self._press.dots, [paper_type.set_line(text, 1, False) for text in (lefts, rights)])
        yield Image(self._press.dots, paper_type.rows_of(whole), "left")

    def _image(self, text: str, scale: int, align: Align, bold: bool) -> Image:
        from screens import paper_type

        self._note(text)
        set_ = paper_type.set_line(text, scale, bold)
        wide = min(set_.get_width(), self._press.dots)
        return Image(wide, paper_type.rows_of(set_.subsurface((0, 0, wide, set_.get_height()))), align)

    def _clean(self, text: str) -> str:
        """As the printer would spell it where it can; controls of direction and invisible characters left out."""
        seen = "".join(" " if unicodedata.category(char) == "Cc" else char for char in text.translate(_STEERING))
        if is_shaped(seen):
            return seen
        seen = "".join(
            c for c in unicodedata.normalize("NFC", seen) if unicodedata.category(c) not in ("Cf", "Mn", "Me")
        )
        return "".join(self._press.spell(char) if self._prints(char) else char for char in seen)

    def _note(self, text: str) -> None:
        from screens import paper_type

        self.flaws += [f"no font for {_kind(char)}" for char in paper_type.lacking(text)]

    def _fitting(self, image: Image) -> Image:
        """Brought down by a whole number until it is no wider than the paper."""
        by = -(-image.width // self._press.dots)
        if by <= 1:
            return image
        self.flaws.append(f"an image of {image.width} dots was brought down {by} times to fit {self._press.dots}")
        return _reduced(image, by)


def _side_by_side(left: str, right: str, columns: int) -> Iterator[Line]:
    lefts, rights = wrap(left, columns), wrap(right, columns)
    gap = columns - width(lefts[-1]) - width(rights[0])
    if gap >= 1 and len(rights) == 1:
        lefts[-1] += " " * gap + rights.pop()
    yield from map(Line, lefts)
    yield from (Line(text, align="right") for text in rights)


def qr_image(text: str, millimetres: int, press: Press) -> Image:
    """A QR code, error correction M, at least so wide if the paper is. ValueError for a text that no code holds."""
    matrix = modules(text)
    side = len(matrix)
    dots = max(1, min(ceil(millimetres * press.dots_per_mm / side), press.dots // side))
    spare = -side * dots % 8
    rows: list[bytes] = []
    for row in matrix:
        bits = int("".join("1" * dots if dark else "0" * dots for dark in row), 2)
        rows += [(bits << spare).to_bytes((side * dots + spare) // 8, "big")] * dots
    return Image(side * dots, tuple(rows))


def _broken(text: str, scale: int, dots: int) -> Iterator[str]:
    """Lines no wider than the paper, broken at spaces and after the dot between Tibetan syllables."""
    from screens.paper_type import measure

    line = ""
    for word in text.replace("\u0f0b", "\u0f0b\0").replace(" ", " \0").split("\0"):
        if measure((line + word).rstrip(), scale) <= dots:
            line += word
            continue
        if line.strip():
            yield line.rstrip()
        line = word
        while len(line) > 1 and measure(line.rstrip(), scale) > dots:  # one word wider than the paper
            fits = next(n for n in range(len(line) - 1, 0, -1) if n == 1 or measure(line[:n], scale) <= dots)
            yield line[:fits]
            line = line[fits:]
    if line.strip():
        yield line.rstrip()


def _apart(dots: int, ends: list[pygame.Surface]) -> pygame.Surface:
    """Paper with the first at its left edge and the last at its right one, on one base line as far as they share it."""
    import pygame

    from screens.paper_type import PAPER

    left, right = ends
    height = max(left.get_height(), right.get_height())
    whole = pygame.Surface((dots, height))
    whole.fill(PAPER)
    whole.blit(left, (0, (height - left.get_height()) // 2))
    whole.blit(right, (dots - right.get_width(), (height - right.get_height()) // 2))
    return whole


def _solid(dots: int) -> tuple[bytes, ...]:
    """A rule with the blank above and below it."""
    across, spare = -(-dots // 8), -dots % 8
    ink, blank = (((1 << dots) - 1) << spare).to_bytes(across, "big"), bytes(across)
    return (*[blank] * 16, ink, ink, *[blank] * 16)


def _reduced(image: Image, by: int) -> Image:
    """Every dot of the smaller image is black if any of those it stands for is: thin strokes stay."""
    wide = image.width // by
    spare = -wide % 8
    rows = []
    for at in range(0, len(image.rows), by):
        digits = f"{_either(image.rows[at : at + by]):0{len(image.rows[0]) * 8}b}"
        dots = "".join("1" if "1" in digits[x : x + by] else "0" for x in range(0, wide * by, by))
        rows.append((int(dots, 2) << spare).to_bytes((wide + spare) // 8, "big"))
    return Image(wide, tuple(rows), image.align)


def _either(rows: tuple[bytes, ...]) -> int:
    bits = 0
    for row in rows:
        bits |= int.from_bytes(row, "big")
    return bits


def _kind(char: str) -> str:
    """What kind of character it is, and no more: it may be one of somebody's name."""
    name = unicodedata.name(char, "")
    if name.startswith("CJK") or 0x20000 <= ord(char) < 0x40000:  # planes 2 and 3 have nothing else
        return "a rare hanzi"
    return f"{name.partition(' ')[0].title()} characters" if name else "an unnamed character"


def _spell(text: str) -> str:
    return text.replace("¥", "￥")


def _lacks(text: str) -> str:
    return "".join(dict.fromkeys(char for char in _spell(text) if len(char.encode("gb18030", "replace")) > 2))


# Printers as most halls have them, for pictures made without a printer; real models are data of their drivers.
GENERIC: Final[Mapping[int, Press]] = {
    80: Press(80, 576, 8.0, 48, _spell, _lacks),
    58: Press(58, 384, 8.0, 32, _spell, _lacks),
}
