"""Pages that read from the right, and pages whose lines run down: made of the same layouts.

From the right (Uyghur): the page is mirrored, boxes, keys and where texts begin. Down (Mongolian in its traditional
script, columns from the left): the page is laid out on the glass lying on its side, then rows become columns. Texts run
down; a number alone stands upright, and so do shapes. Digits are read from the left everywhere, so that a ticket's
number and a keypad are the right way round (`Sheet.along`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from screens.layout.picture import OTHER_END, Area, Box, Figure, Picture, Screen, Text, Way

POINTING: Final = frozenset({"arrow", "delete"})  # shapes that point along the line


def turned(way: Way, screen: Screen, draw: Callable[[Screen], Picture]) -> Picture:
    """The page that `draw` lays out, for readers of this way, on this screen."""
    if way == "rtl":
        return _mirrored(draw(replace(screen, way=way)))
    if way == "down":
        return _columns(draw(_on_its_side(screen)))
    return draw(screen)


def _on_its_side(screen: Screen) -> Screen:
    return replace(
        screen,
        width_px=screen.height_px,
        height_px=screen.width_px,
        width_mm=screen.height_mm,
        height_mm=screen.width_mm,
        way="down",
    )


def _mirrored(page: Picture) -> Picture:
    def place(x: int, w: int) -> int:
        return page.width - x - w

    def box(one: Box) -> Box:
        moved = replace(one, x=place(one.x, one.w))
        if isinstance(moved, Text):
            return replace(moved, align=OTHER_END[moved.align])
        return _pointing(moved, "rtl")

    targets: dict[str, Area] = {key: (place(x, w), y, w, h) for key, (x, y, w, h) in page.targets.items()}
    return replace(page, boxes=tuple(map(box, page.boxes)), targets=targets)


def _columns(page: Picture) -> Picture:
    def box(one: Box) -> Box:
        moved = replace(one, x=one.y, y=one.x, w=one.h, h=one.w)
        if isinstance(moved, Text):  # what stands upright stands in the middle of its place
            return moved if moved.down else replace(moved, align="center")
        return _pointing(moved, "down")

    targets: dict[str, Area] = {key: (y, x, h, w) for key, (x, y, w, h) in page.targets.items()}
    return replace(page, width=page.height, height=page.width, boxes=tuple(map(box, page.boxes)), targets=targets)


def _pointing(box: Box, way: Way) -> Box:
    return replace(box, name=f"{box.name}-{way}") if isinstance(box, Figure) and box.name in POINTING else box
