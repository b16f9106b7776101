"""The self test's picture: eight colours, a frame at the very edge, squares of a known size to measure and touch.

Drawn with fills alone, so that it shows the screen and nothing else: no font, no theme, no layout can spoil it.
"""

from __future__ import annotations

from typing import Final

from drivers.protocols import Area, Display

COLOURS: Final = (
    (255, 255, 255), (255, 255, 0), (0, 255, 255), (0, 255, 0),
    (255, 0, 255), (255, 0, 0), (0, 0, 255), (0, 0, 0),
)  # fmt: skip  # the bars of a television test picture, brightest first
FRAME: Final = (255, 255, 255)
SQUARE: Final = (128, 128, 128)
SQUARE_MM: Final = 20  # also what a finger hits surely
FRAME_PX: Final = 4


def draw(screen: Display, width_mm: int, height_mm: int) -> dict[str, Area]:
    """Show it; the five squares by name. Their side is 20 mm by the size that the config gives the screen."""
    width, height = screen.size
    canvas = screen.canvas()
    for index, colour in enumerate(COLOURS):
        left, right = width * index // len(COLOURS), width * (index + 1) // len(COLOURS)
        canvas.fill(colour, (left, 0, right - left, height))
    for edge in _frame(width, height):
        canvas.fill(FRAME, edge)
    targets = squares(width, height, width_mm, height_mm)
    for area in targets.values():
        canvas.fill(SQUARE, (area.x, area.y, area.w, area.h))
    screen.flip("SelfTest", [Area(0, 0, width, height)], targets)
    return targets


def squares(width: int, height: int, width_mm: int, height_mm: int) -> dict[str, Area]:
    """One in each corner and one in the middle; on a small screen smaller, so that they never meet."""
    w, h = min(SQUARE_MM * width // width_mm, width // 5), min(SQUARE_MM * height // height_mm, height // 5)
    gap_x, gap_y = w // 4 + FRAME_PX, h // 4 + FRAME_PX
    right, bottom = width - w - gap_x, height - h - gap_y
    places = {
        "top-left": (gap_x, gap_y),
        "top-right": (right, gap_y),
        "bottom-right": (right, bottom),
        "bottom-left": (gap_x, bottom),
        "middle": ((width - w) // 2, (height - h) // 2),
    }
    return {name: Area(x, y, w, h) for name, (x, y) in places.items()}


def _frame(width: int, height: int) -> tuple[tuple[int, int, int, int], ...]:
    return (
        (0, 0, width, FRAME_PX),
        (0, height - FRAME_PX, width, FRAME_PX),
        (0, 0, FRAME_PX, height),
        (width - FRAME_PX, 0, FRAME_PX, height),
    )
