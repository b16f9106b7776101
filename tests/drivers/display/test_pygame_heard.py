"""What a window says of fingers, mice, keys and its end."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

from drivers.display_keys import name_of
from drivers.display_pygame import PygameDisplay
from drivers.events import Closed, HardwareEvent, KeyPressed, Touched
from drivers.sdl import pygame
from tests.drivers.display.screens import window_of
from tests.drivers.display.windows import happen


def test_the_mouse_event_that_a_finger_makes_as_well_is_not_a_second_touch(
    make: Callable[..., PygameDisplay], said: list[HardwareEvent]
) -> None:
    display = make()
    pygame.event.post(pygame.Event(pygame.FINGERDOWN, window=window_of(display), x=0.5, y=0.5))
    happen(display, pygame.MOUSEBUTTONDOWN, pos=(160, 100), button=1, touch=True)
    assert said == [Touched(160, 100)]


@pytest.mark.parametrize("button", [2, 3, 4, 5])
def test_only_the_left_button_is_a_finger(
    make: Callable[..., PygameDisplay], said: list[HardwareEvent], button: int
) -> None:
    happen(make(), pygame.MOUSEBUTTONDOWN, pos=(1, 1), button=button, touch=False)
    assert said == []


def test_a_touch_without_a_window_belongs_to_the_only_screen(
    make: Callable[..., PygameDisplay], said: list[HardwareEvent]
) -> None:
    display = make()
    pygame.event.post(pygame.Event(pygame.FINGERDOWN, window=None, x=0.0, y=0.0))
    display.pump()
    assert said == [Touched(0, 0)]


def test_a_touch_without_a_window_is_nobody_s_when_there_are_two_screens(
    make: Callable[..., PygameDisplay], said: list[HardwareEvent]
) -> None:
    display, _ = make(), make()
    pygame.event.post(pygame.Event(pygame.FINGERDOWN, window=None, x=0.0, y=0.0))
    display.pump()
    assert said == []


def test_closing_the_window_is_told_once(make: Callable[..., PygameDisplay], said: list[HardwareEvent]) -> None:
    display = make()
    pygame.event.post(pygame.Event(pygame.QUIT))
    happen(display, pygame.WINDOWCLOSE)
    assert said == [Closed()]


def test_what_happened_before_the_end_is_told_and_nothing_after(
    make: Callable[..., PygameDisplay], said: list[HardwareEvent]
) -> None:
    gone, left = make(), make()
    window = window_of(gone)
    pygame.event.post(pygame.Event(pygame.FINGERDOWN, window=window, x=0.0, y=0.0))
    gone.close()
    pygame.event.post(pygame.Event(pygame.FINGERDOWN, window=window, x=0.5, y=0.5))
    gone.pump()
    left.pump()
    assert said == [Touched(0, 0)]


@pytest.mark.parametrize(
    ("key", "mod", "name"),
    [
        (pygame.K_7, 0, "7"),
        (pygame.K_KP7, 0, "7"),
        (pygame.K_KP7, pygame.KMOD_NUM, "7"),
        (pygame.K_a, 0, "a"),
        (pygame.K_a, pygame.KMOD_LSHIFT, "A"),
        (pygame.K_a, pygame.KMOD_CAPS, "A"),
        (pygame.K_a, pygame.KMOD_CAPS | pygame.KMOD_RSHIFT, "a"),
        (pygame.K_MINUS, 0, "-"),
        (pygame.K_MINUS, pygame.KMOD_LSHIFT, "_"),
        (pygame.K_SPACE, 0, " "),
        (pygame.K_RETURN, 0, "enter"),
        (pygame.K_KP_ENTER, pygame.KMOD_NUM, "enter"),
        (pygame.K_BACKSPACE, 0, "backspace"),
        (pygame.K_ESCAPE, 0, "escape"),
        (pygame.K_F1, 0, "f1"),
        (pygame.K_F12, 0, "f12"),
        (pygame.K_DELETE, 0, "delete"),
        (pygame.K_LSHIFT, pygame.KMOD_LSHIFT, ""),
        (pygame.K_c, pygame.KMOD_LCTRL, ""),
        (pygame.K_F24 if hasattr(pygame, "K_F24") else pygame.K_PAUSE, 0, ""),
    ],
)
def test_a_key_is_called_by_its_character_or_its_name(key: int, mod: int, name: str) -> None:
    assert name_of(key, mod) == name


def test_shift_alone_says_nothing(make: Callable[..., PygameDisplay], said: list[HardwareEvent]) -> None:
    display = make()
    happen(display, pygame.KEYDOWN, key=pygame.K_LSHIFT, mod=pygame.KMOD_LSHIFT)
    happen(display, pygame.KEYDOWN, key=pygame.K_a, mod=pygame.KMOD_LSHIFT)
    assert said == [KeyPressed("A")]


def test_the_first_touch_on_a_window_without_focus_is_a_touch(make: Callable[..., PygameDisplay]) -> None:
    """Seen under a window manager: SDL swallowed it, and the citizen touched twice."""
    make()
    assert os.environ["SDL_MOUSE_FOCUS_CLICKTHROUGH"] == "1"
