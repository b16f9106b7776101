"""Where a small hall's windows stand on one desktop: beside one another, so that a whole story can be watched.

One column for what the public sees from afar (kiosks, then boards), then one for each desk: sign, controller,
evaluator, from above, each as wide as its column. Sizes are pixels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

FRAME: Final = 36  # above each window, for a desktop's title bar
BARS: Final = 48  # left free at the bottom, for a desktop's own bar
SMALLEST: Final = 384  # a window this narrow has still the height that a screen's config asks for

Glass = tuple[int, int]  # width and height of a screen, in any unit


@dataclass(frozen=True, slots=True)
class Tile:
    """One window: upper left corner of its picture, width, height."""

    x: int
    y: int
    width: int
    height: int


def tiles(desktop: Glass, columns: Sequence[Sequence[Glass]]) -> list[list[Tile]]:
    """For each column's screens, from left to right and from above, where they stand. The first column is the widest.

    All of them fit a desktop of 1400 x 800 or more for the hall of `make run`; on a smaller one they overlap.
    """
    width, height = desktop
    room = [_widest(height, column) for column in columns]
    others = [min(most, int(width / (len(columns) + 0.15))) for most in room[1:]]
    widths = [max(SMALLEST, w) for w in (min(room[0], width - sum(others)), *others)]
    placed, x = [], 0
    for column, w in zip(columns, widths, strict=True):
        placed.append(_stacked(min(x, max(0, width - w)), w, column))
        x += w
    return placed


def _widest(height: int, column: Sequence[Glass]) -> int:
    """How wide a column's screens can be for all of them to stand on one another."""
    return int((height - BARS - FRAME * len(column)) / sum(h / w for w, h in column))


def _stacked(x: int, width: int, column: Sequence[Glass]) -> list[Tile]:
    made, y = [], FRAME
    for w, h in column:
        made.append(Tile(x, y, width, width * h // w))
        y += made[-1].height + FRAME
    return made
