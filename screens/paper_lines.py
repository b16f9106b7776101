"""Where a line of paper breaks, counted in cells: a one-byte character takes one, a Chinese one two.

A Chinese ESC/POS printer draws one byte 12 dots and two bytes 24 dots wide: its columns are these cells.
"""

from __future__ import annotations

import re
from functools import lru_cache

_OPENING, _CLOSING = "（《〈「『【〔“‘", "，。、；：！？）》〉」』】〕”’％…—"
# What is never parted: a Latin word, a number and the character after it, or one Chinese character; each with the
# punctuation that belongs to it.
_UNIT = re.compile(
    rf"[{_OPENING}]*(?:[!-~]*[0-9](?![!-~])[^\s{_OPENING}]?|[!-~]+|[^\s{_OPENING}])[{_CLOSING}]*|[{_OPENING}]+|\s+"
)


def wrap(text: str, columns: int) -> list[str]:
    """The text in lines of at most `columns` cells (at least 2), at least one line.

    Breaks between Chinese characters and at spaces, not inside a Latin word that fits on a line, not before closing
    or after opening punctuation.
    """
    return list(_wrapped(text, columns))


@lru_cache(maxsize=512)  # most lines of a ticket are those of the ticket before
def _wrapped(text: str, columns: int) -> tuple[str, ...]:
    lines, line, taken = list[str](), "", 0
    for unit in _UNIT.findall(text):
        blank = unit.isspace()
        more = " " * bool(line) if blank else unit
        if blank or taken + width(unit) <= columns:
            line, taken = line + more, taken + width(more)
        else:
            if line.strip():
                lines.append(line.rstrip())
            *full, line = _chop(unit, columns)
            lines, taken = lines + full, width(line)
    return (*lines, line.rstrip()) if line.strip() or not lines else tuple(lines)


def width(text: str) -> int:
    """Cells the text takes."""
    return len(text) if text.isascii() else sum(1 if char < "\x80" else 2 for char in text)


def _chop(unit: str, columns: int) -> list[str]:
    pieces = [""]
    for char in unit:
        if width(pieces[-1] + char) > columns:
            pieces.append("")
        pieces[-1] += char
    return pieces
