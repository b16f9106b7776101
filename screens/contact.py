"""Contact sheets: `python -m screens.contact FILE [SAMPLE…]` puts every sample on every screen, small, on one picture.

`--languages`: the kiosk's main pages, a row a language, as the README shows them.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

import pygame

from screens.fonts import Fonts
from screens.gallery import samples
from screens.gallery_kiosk import FURTHER, LANGS
from screens.layout import Screen, layout
from screens.paint import Painter
from screens.theme import load_theme
from screens.views import KioskHome, View

WIDTH, GAP = 320, 8
LANGUAGE_PAGES = tuple(name for name in FURTHER if name != "kiosk-no-paper")


def thumbs(wanted: Sequence[str]) -> Iterator[tuple[View, Screen]]:
    """Every sample of these names (all, if there are none) on every screen it is made for."""
    for sample in samples():
        if not wanted or sample.name in wanted:
            yield from ((sample.view, screen) for screen in sample.screens)


def languages() -> Iterator[tuple[View, Screen]]:
    """The main pages of the kiosk, one language after the other."""
    known = {sample.name: sample for sample in samples()}
    for lang in LANGS:
        for name in LANGUAGE_PAGES:
            sample = known[f"{name}-{lang}"]
            view = replace(sample.view, langs=LANGS) if isinstance(sample.view, KioskHome) else sample.view
            yield view, sample.screens[0]


def sheet(pages: Iterator[tuple[View, Screen]], columns: int) -> pygame.Surface:
    """All of them side by side, each WIDTH pixels wide."""
    theme = load_theme()
    fonts = Fonts.of(theme)
    painter = Painter(theme, fonts)
    small = []
    for view, screen in pages:
        page = pygame.Surface((screen.width_px, screen.height_px))
        painter.paint(page, layout(view, screen, fonts))
        small.append(pygame.transform.smoothscale(page, (WIDTH, WIDTH * screen.height_px // screen.width_px)))
    rows = [small[n : n + columns] for n in range(0, len(small), columns)]
    heights = [max(page.get_height() for page in row) for row in rows]
    whole = pygame.Surface((columns * (WIDTH + GAP) + GAP, sum(heights) + GAP * (len(rows) + 1)))
    whole.fill((96, 104, 116))
    y = GAP
    for row, height in zip(rows, heights, strict=True):
        for n, page in enumerate(row):
            whole.blit(page, (GAP + n * (WIDTH + GAP), y))
        y += height + GAP
    return whole


def main(arguments: list[str]) -> int:
    """Write one picture."""
    parser = argparse.ArgumentParser("python -m screens.contact", description="Many pages on one picture.")
    parser.add_argument("file", type=Path, metavar="FILE.png")
    parser.add_argument("wanted", nargs="*", metavar="SAMPLE", help="all, unless named")
    parser.add_argument("--languages", action="store_true", help="the kiosk's main pages, a row a language")
    options = parser.parse_intermixed_args(arguments)
    options.file.parent.mkdir(parents=True, exist_ok=True)
    pages, columns = (languages(), len(LANGUAGE_PAGES)) if options.languages else (thumbs(options.wanted), 8)
    made = sheet(pages, columns)
    pygame.image.save(made, options.file)
    print(f"{options.file}: {made.get_width()} x {made.get_height()}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
