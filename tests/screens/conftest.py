"""One set of fonts and one painter for all tests of screens; nothing is shown, so no display is needed."""

from __future__ import annotations

import os

import pytest

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

from screens.fonts import Fonts
from screens.paint import Painter
from screens.theme import Theme, load_theme


@pytest.fixture(scope="session")
def theme() -> Theme:
    return load_theme()


@pytest.fixture(scope="session")
def fonts(theme: Theme) -> Fonts:
    return Fonts.of(theme)


@pytest.fixture(scope="session")
def painter(theme: Theme, fonts: Fonts) -> Painter:
    return Painter(theme, fonts)
