"""What two pictures of one page differ in, and the sheet that shows it: was, is, and where they differ."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pygame

from screens.layout.picture import Area

TOLERANCE = 4  # of 255, a channel: SDL blends with other instructions on other processors
MARK = (255, 0, 255)
FAINT = 48  # of 255: how much of the new picture shines through behind the marks


def difference(one: pygame.Surface, other: pygame.Surface) -> pygame.mask.Mask | None:
    """The pixels that are more than TOLERANCE apart; None when none is. Of another size, all are."""
    if one.get_size() != other.get_size():
        return pygame.mask.Mask(other.get_size(), fill=True)
    apart, back = one.copy(), other.copy()
    apart.blit(other, (0, 0), special_flags=pygame.BLEND_RGB_SUB)
    back.blit(one, (0, 0), special_flags=pygame.BLEND_RGB_SUB)
    apart.blit(back, (0, 0), special_flags=pygame.BLEND_RGB_ADD)
    apart.fill((TOLERANCE,) * 3, special_flags=pygame.BLEND_RGB_SUB)
    apart.set_colorkey((0, 0, 0))
    mask = pygame.mask.from_surface(apart)
    return mask if mask.count() else None


def leave(path: Path, was: pygame.Surface, now: pygame.Surface, frames: Iterable[Area] = ()) -> None:
    """Write was, is and difference side by side. frames: what differs and need not be seen, such as touch keys."""
    marked = now.copy()
    marked.fill((FAINT,) * 3, special_flags=pygame.BLEND_RGB_MULT)
    if apart := difference(was, now):
        apart.to_surface(marked, setcolor=MARK, unsetcolor=None)
    for area in frames:
        pygame.draw.rect(marked, MARK, area, width=3)
    shown = (was, now, marked)
    sheet = pygame.Surface((sum(s.get_width() for s in shown), max(s.get_height() for s in shown)), depth=24)
    x = 0
    for surface in shown:
        sheet.blit(surface, (x, 0))
        x += surface.get_width()
    path.parent.mkdir(parents=True, exist_ok=True)
    pygame.image.save(sheet, path)
