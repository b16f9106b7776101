"""Where a line of paper breaks, counted in cells: a one-byte character takes one, a Chinese one two.

The same rules as the printer's pen has (drivers); a test holds the two together, for neither room imports the other.
"""

from __future__ import annotations

import re

_OPENING, _CLOSING = "（《〈「『【〔“‘", "，。、；：！？）》〉」』】〕”’％…—"
_UNIT = re.compile(
    rf"[{_OPENING}]*(?:[!-~]*[0-9](?![!-~])[^\s{_OPENING}]?|[!-~]+|[^\s{_OPENING}])[{_CLOSING}]*|[{_OPENING}]+|\s+"
)


def wrap(text: str, columns: int) -> list[str]:
    """The text in lines of at most `columns` cells, at least one, broken where the printer's pen breaks it."""
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
