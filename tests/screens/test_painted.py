"""What the pixels say: contrast and the size of keys, measured on painted pages, not read from the layout."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pygame
import pytest

from screens.layout import Panel, Picture, Text
from screens.paint import Painter
from screens.theme import Theme
from tests.screens.pictures import by_name, picture, texts

PAGES = (
    "kiosk-home-zh", "kiosk-home-every-en", "board", "sign-paused", "console-serving", "evaluator-ask",
    "evaluator-paused-ug",
)  # fmt: skip
KEYS = ("kiosk-home-zh", "console-serving", "evaluator-ask", "evaluator-complaint-mn")
LARGE = 24  # pixels: in smaller type no stroke is a whole pixel of its own colour
Colour = tuple[int, int, int]


def painted(painter: Painter, page: Picture) -> pygame.Surface:
    glass = pygame.Surface((page.width, page.height), depth=24)
    painter.paint(glass, page)
    return glass


def light(colour: Colour) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [c / 255 / 12.92 if c / 255 <= 0.04045 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(glass: pygame.Surface, text: Text) -> float:
    """Between the colour most pixels of the text's place have, and the one that differs most from it."""
    place = glass.subsurface((text.x, text.y, text.w, text.h))
    raw = pygame.image.tobytes(place, "RGB")
    count: Counter[Colour] = Counter(zip(raw[::3], raw[1::3], raw[2::3], strict=True))
    below = light(count.most_common(1)[0][0])
    return max((max(a, below) + 0.05) / (min(a, below) + 0.05) for a in map(light, count))


@pytest.mark.parametrize("name", PAGES)
def test_every_text_as_painted_has_the_contrast_that_it_must_have(name: str, painter: Painter) -> None:
    page = picture(name)
    glass = painted(painter, page)
    for text in texts(page):
        if text.size >= LARGE:
            assert contrast(glass, text) >= (7.0 if text.main else 4.5), text


def test_a_text_too_faint_would_be_noticed(painter: Painter) -> None:
    page = picture("evaluator-ask")
    faint = replace(page, boxes=tuple(replace(b, colour="line") if isinstance(b, Text) else b for b in page.boxes))
    glass = painted(painter, faint)
    assert min(contrast(glass, text) for text in texts(faint) if text.on == "page") < 4.5


@pytest.mark.parametrize("name", KEYS)
def test_the_plate_of_every_key_as_painted_is_20_mm_and_where_a_finger_finds_it(
    name: str, painter: Painter, theme: Theme
) -> None:
    page, screen = picture(name), by_name()[name].screens[0]
    plates = [box for box in page.boxes if isinstance(box, Panel)]
    for key, (x, y, w, h) in page.targets.items():
        plate = next(box for box in plates if (box.x, box.y, box.w, box.h) == (x, y, w, h))
        ground = Panel(0, 0, page.width, page.height, "alert")
        alone = painted(painter, replace(page, boxes=(ground, replace(plate, edge="", edge_px=0))))
        alone.set_colorkey(theme.colours[ground.colour])
        seen = alone.get_bounding_rect()
        assert min(screen.mm(seen.w, seen.h)) >= 20, key
        assert tuple(seen) == (x, y, w, h), key
