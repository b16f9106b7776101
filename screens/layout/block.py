"""Parts of a page that are laid out once for the same facts: of a page with one changed row, that row alone.

Laying out is a pure function, so what it gave before can be taken again; the cache is bounded, nothing depends on it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar, cast

from screens.layout.picture import Box, Screen
from screens.layout.sheet import Rect, Sheet

Facts = TypeVar("Facts")
KEPT = 512  # parts; a board has about twenty, and a row of it one for each number and window it ever shows


@dataclass(frozen=True, slots=True)
class Block:
    """What one part drew, and what did not come out well in it."""

    boxes: tuple[Box, ...]
    flaws: tuple[str, ...]


def put(sheet: Sheet, draw: Callable[[Sheet, Rect, Facts], None], at: Rect, facts: Facts) -> None:
    """Draw one part of the page that is nothing but its place and its facts. Nothing in it can be touched."""
    block = _drawn(draw, at, facts, sheet.screen, cast("Hashable", sheet.ruler), sheet.other)
    sheet.boxes += block.boxes
    sheet.flaws |= dict.fromkeys(block.flaws)


@lru_cache(KEPT)
def _drawn(
    draw: Callable[[Sheet, Rect, Any], None], at: Rect, facts: Any, screen: Screen, ruler: Any, other: str
) -> Block:
    sheet = Sheet("", screen, ruler, other)
    draw(sheet, at, facts)
    return Block(tuple(sheet.boxes), tuple(sheet.flaws))
