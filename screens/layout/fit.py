"""How a text is made to fit its place, in this order: as it is, smaller, on more lines, and last of all shortened.

What is shortened ends in an ellipsis and is named as a flaw of the picture; nothing is cut silently.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from screens.layout.picture import Ruler

ELLIPSIS = "…"
PAUSE = "，。；：！？,.;:!?،؛؟།᠂᠃"  # after these a line is best broken
TSHEG = "་"  # between Tibetan syllables; a line may be broken after it
NOT_FIRST = PAUSE + "、）》”’…·%)"  # a line does not begin with these
NOT_LAST = "（《“‘("  # a line does not end with these
KEPT = 512  # texts whose pieces are remembered: a text is tried at one size after another


@dataclass(frozen=True, slots=True)
class Para:
    """One paragraph.

    size: wished type size in pixels; least: the smallest (0: half of it). lines: how many it may take. gap: pixels
    above it. tight: digits, capitals and hanzi only, which need no room for descenders. main: what the page is for.
    across: on a page whose lines run down, a number that stands upright across them, so many ems wide; 0: a line.
    """

    text: str
    size: int
    colour: str = "ink"
    bold: bool = False
    lines: int = 1
    least: int = 0
    gap: int = 0
    main: bool = False
    tight: bool = False
    across: float = 0.0

    def step(self, size: int) -> int:
        """Pixels from one line to the next."""
        return round(size * (self.across or (1.3 if not self.tight else 0.9 if self.text.isascii() else 1.1)))

    @property
    def smallest(self) -> int:
        """The smallest type size it may be set in."""
        return min(self.size, self.least or max(1, self.size // 2))


@dataclass(frozen=True, slots=True)
class Fitted:
    """The lines, their type size, and whether nothing had to be left out."""

    lines: tuple[str, ...]
    size: int
    whole: bool


@lru_cache(KEPT)
def pieces(text: str) -> tuple[str, ...]:
    """The parts between which a line may be broken: words with the space after them, single Chinese characters."""
    breaks = [0, *(i for i, pair in enumerate(pairwise(text), 1) if _may_break(*pair)), len(text)]
    return tuple(text[a:b] for a, b in pairwise(breaks))


def _may_break(before: str, after: str) -> bool:
    if after == " " or after in NOT_FIRST or before in NOT_LAST:
        return False
    return before in (" ", TSHEG) or before >= "⺀" or after >= "⺀"  # U+2E80: the first of the Chinese blocks


def _pauses(text: str) -> list[str]:
    """The parts of a sentence, each with the mark it ends in."""
    parts = [""]
    for piece in pieces(text):
        parts[-1] += piece
        if piece.rstrip()[-1:] in PAUSE:
            parts.append("")
    return [part.strip() for part in parts if part.strip()]


def fit(para: Para, width: int, height: int, ruler: Ruler) -> Fitted:
    """The paragraph's lines for a place of width x height pixels. Large type goes before few lines."""
    size = para.size
    while True:
        room = min(para.lines, height // para.step(size))
        broken = _wrap(para, width, size, ruler)
        if len(broken) <= room and _fits(para, broken, width, size, ruler):
            return Fitted(tuple(_balance(para, broken, room, width, size, ruler)), size, True)
        if size <= para.smallest:
            kept = _shorten(para, broken, max(1, room), width, size, ruler)
            return Fitted(kept, size, kept == tuple(broken))
        size = max(para.smallest, min(size - 1, int(size * 0.95)))


def _fits(para: Para, lines: list[str], width: int, size: int, ruler: Ruler) -> bool:
    if para.across:
        return size <= width
    return all(ruler.width(line, size, para.bold) <= width for line in lines)


def _wrap(para: Para, width: int, size: int, ruler: Ruler) -> list[str]:
    """Break where the language allows it; a single piece wider than the line stays whole on a line of its own."""
    if para.across:
        return [para.text]
    if ruler.width(para.text.rstrip(), size, para.bold) <= width:
        return [para.text.strip()]
    lines = [""]
    for piece in pieces(para.text):
        longer = lines[-1] + piece
        if lines[-1] and ruler.width(longer.rstrip(), size, para.bold) > width:
            lines.append(piece)
        else:
            lines[-1] = longer
    return [line.strip() for line in lines]


def _balance(para: Para, broken: list[str], room: int, width: int, size: int, ruler: Ruler) -> list[str]:
    """Lines that end where the sentence pauses, if there is room for that or it takes no line more; else lines of about
    equal length."""
    if len(broken) == 1:
        return broken
    pauses = _pauses(para.text)
    if 1 < len(pauses) <= room and _fits(para, pauses, width, size, ruler):
        return pauses
    packed = _packed(para, pauses, width, size, ruler)
    if 1 < len(packed) <= len(broken) and _fits(para, packed, width, size, ruler):
        return packed
    narrow = width
    while narrow > width / 2:
        narrow = int(narrow * 0.93)
        tried = _wrap(para, narrow, size, ruler)
        if len(tried) > len(broken) or not _fits(para, tried, width, size, ruler):
            break
        broken = tried
    return broken


def _packed(para: Para, pauses: list[str], width: int, size: int, ruler: Ruler) -> list[str]:
    """As many parts of the sentence on a line as it takes."""
    lines = pauses[:1]
    for part in pauses[1:]:
        joint = "" if lines[-1][-1] >= "⺀" else " "
        longer = f"{lines[-1]}{joint}{part}"
        if ruler.width(longer, size, para.bold) <= width:
            lines[-1] = longer
        else:
            lines.append(part)
    return lines


def _shorten(para: Para, broken: list[str], room: int, width: int, size: int, ruler: Ruler) -> tuple[str, ...]:
    if para.across:
        return tuple(broken)
    kept = broken[:room]
    for i, line in enumerate(kept):
        end = ELLIPSIS if i == room - 1 and len(broken) > room else ""
        short = line
        while short and ruler.width(short + end, size, para.bold) > width:
            short, end = short[:-1].rstrip(), ELLIPSIS
        kept[i] = short + end
    return tuple(kept)
