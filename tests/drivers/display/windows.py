"""What windows of tests have in common: colours, and things that happen to them."""

from __future__ import annotations

from typing import Any

from drivers.display_pygame import PygameDisplay
from drivers.sdl import pygame
from tests.drivers.display.screens import window_of

RED, GREEN, BLUE, BLACK = (200, 30, 30), (10, 160, 60), (20, 40, 220), (0, 0, 0)


def happen(display: PygameDisplay, kind: int, **what: Any) -> None:
    pygame.event.post(pygame.Event(kind, window=window_of(display), **what))
    display.pump()
