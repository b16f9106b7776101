"""The gallery's samples as pictures, laid out or read once for all tests."""

from __future__ import annotations

from functools import cache

from screens.fonts import Fonts
from screens.gallery import Sample, samples
from screens.layout import Figure, Panel, Picture, Screen, Text, layout
from screens.theme import load_theme
from tests.screens.golden import PAGES, size
from tests.screens.page_lines import Key, page_of, read


@cache
def ruler() -> Fonts:
    return Fonts.of(load_theme())


def drawn() -> tuple[tuple[Sample, Screen, Picture], ...]:
    """Every sample on every screen it is made for."""
    return tuple((s, screen, kept_page(name, screen)) for name, s in by_name().items() for screen in s.screens)


@cache
def kept_page(name: str, screen: Screen) -> Picture:
    """One sample on one screen, as the golden pages keep it.

    Laying them all out takes each process that runs tests ten seconds; that every one is laid out like that today is
    what test_golden_layouts shows, once. A page that is not kept is laid out.
    """
    line = _lines().get((name, size(screen))) if screen in by_name()[name].screens else None
    return page_of(line) if line else picture(name, screen)


@cache
def _lines() -> dict[Key, str]:
    return read(PAGES)


@cache
def pages(name: str) -> tuple[tuple[Screen, Picture], ...]:
    """One sample on every screen it is made for."""
    sample = by_name()[name]
    return tuple((screen, layout(sample.view, screen, ruler())) for screen in sample.screens)


@cache
def by_name() -> dict[str, Sample]:
    return {sample.name: sample for sample in samples()}


@cache
def picture(name: str, screen: Screen | None = None) -> Picture:
    """One sample, on its usual screen if no other is given."""
    sample = by_name()[name]
    return layout(sample.view, screen or sample.screens[0], ruler())


def texts(page: Picture) -> list[Text]:
    return [box for box in page.boxes if isinstance(box, Text)]


def said(page: Picture) -> str:
    """All that can be read on the page."""
    return "\n".join(text.text for text in texts(page))


def shapes(page: Picture) -> set[str]:
    """The names of all that is drawn on the page."""
    return {box.name for box in page.boxes if isinstance(box, Figure)}


def behind(page: Picture, text: Text) -> str:
    """The colour role that really is behind a text: of the last panel painted under its middle."""
    x, y = text.x + text.w // 2, text.y + text.h // 2
    under = ""
    for box in page.boxes:
        if box is text:
            return under
        if isinstance(box, Panel) and box.x <= x < box.x + box.w and box.y <= y < box.y + box.h:
            under = box.colour
    raise AssertionError("the text is not on the page")
