"""Which characters a font file can draw, read from its own table (OpenType 1.9, `cmap`, formats 4 and 12).

SDL's `Font.metrics` gives numbers for a missing character too: those of the empty box that would be drawn.
"""

from __future__ import annotations

from bisect import bisect_right
from pathlib import Path
from struct import iter_unpack, unpack_from

Run = tuple[int, int]  # first and last code point


class Coverage:
    """The characters of one font file."""

    def __init__(self, path: Path) -> None:
        """Raises ValueError for a file that is not a font with a Unicode table, OSError for one that is not there."""
        with path.open("rb") as file:
            head = file.read(12)
            if len(head) < 12 or head[:4] not in (b"OTTO", b"\0\1\0\0", b"true"):
                raise ValueError(f"{path} is not an OpenType font file")
            tables = iter_unpack(">4sLLL", file.read(16 * unpack_from(">H", head, 4)[0]))
            place = next(((offset, size) for tag, _, offset, size in tables if tag == b"cmap"), None)
            if place is None:
                raise ValueError(f"{path} has no table of characters")
            file.seek(place[0])
            self._runs = _runs(file.read(place[1]))
        self._firsts = [first for first, _ in self._runs]

    def has(self, char: str) -> bool:
        """Whether the font has a glyph of its own for the character."""
        at = bisect_right(self._firsts, ord(char)) - 1
        return at >= 0 and ord(char) <= self._runs[at][1]


def _runs(cmap: bytes) -> list[Run]:
    count = unpack_from(">H", cmap, 2)[0]
    unicode = [(3, 10), (0, 6), (0, 4), (3, 1), (0, 3)]  # (platform, encoding), the most complete first
    found = {(p, e): offset for p, e, offset in iter_unpack(">HHL", cmap[4 : 4 + 8 * count])}
    for kind in unicode:
        if kind in found:
            return sorted(_format(cmap, found[kind]))
    raise ValueError("the font has no Unicode table")


def _format(cmap: bytes, at: int) -> list[Run]:
    match unpack_from(">H", cmap, at)[0]:
        case 12:
            groups = unpack_from(">L", cmap, at + 12)[0]
            return [(first, last) for first, last, _ in iter_unpack(">LLL", cmap[at + 16 : at + 16 + 12 * groups])]
        case 4:
            segments = unpack_from(">H", cmap, at + 6)[0] // 2
            lasts = unpack_from(f">{segments}H", cmap, at + 14)
            firsts = unpack_from(f">{segments}H", cmap, at + 16 + 2 * segments)
            return [(first, last) for first, last in zip(firsts, lasts, strict=True) if first != 0xFFFF]
        case other:
            raise ValueError(f"character table of format {other}")
