"""How a text is made to fit its place, in this order: as it is, smaller, on more lines, and last of all shortened.

What is shortened ends in an ellipsis and is named as a flaw of the picture; nothing is cut silently.
"""

from __future__ import annotations

from dataclasses import dataclass

from screens.layout.picture import Ruler

LEADING = 1.3  # line spacing as a part of the type size
ELLIPSIS = "…"
NOT_FIRST = "，。、；：？！）》”’…·%,.;:?!)"  # a line does not begin with these
NOT_LAST = "（《“‘("  # a line does not end with these


@dataclass(frozen=True, slots=True)
class Fitted:
    """The lines, their type size, and whether nothing had to be left out."""

    lines: tuple[str, ...]
    size: int
    whole: bool

    @property
    def height(self) -> int:
        """Pixels the lines take, one below the other."""
        return round(self.size * LEADING) * len(self.lines)


def pieces(text: str) -> list[str]:
    """The parts between which a line may be broken: words with the space after them, single Chinese characters."""
    parts: list[str] = []
    for char in text:
        if parts and not _may_break(parts[-1][-1], char):
            parts[-1] += char
        else:
            parts.append(char)
    return parts


def _may_break(before: str, after: str) -> bool:
    if after == " " or after in NOT_FIRST or before in NOT_LAST:
        return False
    return before == " " or before >= "⺀" or after >= "⺀"  # U+2E80: the first of the Chinese blocks


def wrap(text: str, width: int, size: int, bold: bool, ruler: Ruler) -> list[str]:
    """Break where the language allows it; a single piece wider than the line stays whole on a line of its own."""
    lines = [""]
    for piece in pieces(text):
        longer = lines[-1] + piece
        if lines[-1] and ruler.width(longer.rstrip(), size, bold) > width:
            lines.append(piece)
        else:
            lines[-1] = longer
    return [line.strip() for line in lines]


def fit(text: str, width: int, height: int, sizes: tuple[int, int], lines: int, bold: bool, ruler: Ruler) -> Fitted:
    """Lines of `text` for a place of width x height pixels.

    sizes: the wished and the smallest type size. lines: how many are allowed. Large type goes before few lines.
    """
    least = min(sizes)
    size = max(sizes)
    while True:
        room = min(lines, max(1, int(height / (size * LEADING))))
        broken = wrap(text, width, size, bold, ruler)
        if len(broken) <= room and all(ruler.width(line, size, bold) <= width for line in broken):
            return Fitted(_balance(text, broken, width, size, bold, ruler), size, True)
        if size <= least:
            return Fitted(_shorten(broken, room, width, size, bold, ruler), size, False)
        size = max(least, min(size - 1, int(size * 0.95)))


def _balance(text: str, broken: list[str], width: int, size: int, bold: bool, ruler: Ruler) -> tuple[str, ...]:
    """The same number of lines, of more equal length: no single word left alone on the last one."""
    best = broken
    narrow = width
    while len(best) > 1 and narrow > width / 2:
        narrow = int(narrow * 0.93)
        tried = wrap(text, narrow, size, bold, ruler)
        if len(tried) > len(best) or any(ruler.width(line, size, bold) > width for line in tried):
            break
        best = tried
    return tuple(best)


def _shorten(broken: list[str], room: int, width: int, size: int, bold: bool, ruler: Ruler) -> tuple[str, ...]:
    kept = broken[:room]
    for i, line in enumerate(kept):
        end = ELLIPSIS if i == room - 1 and len(broken) > room else ""
        short = line
        while short and ruler.width(short + end, size, bold) > width:
            short, end = short[:-1].rstrip(), ELLIPSIS
        kept[i] = short + end
    return tuple(kept)
