"""Where a window stands and how it is turned; covered, lost and closed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing

import pytest
from pytest_mock import MockerFixture

from drivers.display_pygame import AGAIN_SECONDS, PygameDisplay
from drivers.events import HardwareEvent, PartFailed, PartMended, Touched
from drivers.protocols import Area, Place
from drivers.sdl import pygame
from tests.drivers.display.screens import colour, whole, window_of
from tests.drivers.display.windows import BLACK, BLUE, GREEN, RED, happen

# --- turning -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rotation", "blue", "green"),  # where two pixels beside each other are on the panel, by hand
    [
        (0, (10, 20), (11, 20)),
        (90, (179, 10), (179, 11)),
        (180, (309, 179), (308, 179)),
        (270, (20, 309), (20, 308)),
    ],
)
def test_a_turned_picture_is_drawn_turned_and_touched_where_it_is_seen(
    make: Callable[..., PygameDisplay],
    said: list[HardwareEvent],
    rotation: int,
    blue: tuple[int, int],
    green: tuple[int, int],
) -> None:
    display = make(rotation=rotation)
    display.canvas().fill(RED)
    display.flip("KioskHome", whole(display), {})
    display.canvas().set_at((10, 20), BLUE)
    display.canvas().set_at((11, 20), GREEN)
    display.flip("KioskHome", [Area(10, 20, 2, 1)], {})
    panel = window_of(display).get_surface()
    width, height = panel.get_size()
    seen = {(x, y): colour(panel, x, y) for x in range(width) for y in range(height)}
    assert {spot: there for spot, there in seen.items() if there != RED} == {blue: BLUE, green: GREEN}
    happen(display, pygame.FINGERDOWN, x=(blue[0] + 0.5) / width, y=(blue[1] + 0.5) / height)
    happen(display, pygame.MOUSEBUTTONDOWN, pos=green, button=1, touch=False)
    assert said == [Touched(10, 20), Touched(11, 20)]


def test_a_turned_full_screen_is_as_high_as_its_panel_is_wide(make: Callable[..., PygameDisplay]) -> None:
    panel = pygame_desktop(make)
    assert make(fullscreen=True, width=0, height=0, rotation=90).size == (panel[1], panel[0])


def pygame_desktop(make: Callable[..., PygameDisplay]) -> tuple[int, int]:
    make()
    return pygame.display.get_desktop_sizes()[0]


def test_a_window_without_a_size_has_the_screen_s_shape(make: Callable[..., PygameDisplay]) -> None:
    width, height = make(width=0, height=0, width_mm=200, height_mm=400).size
    desktop = pygame_desktop(make)
    assert height <= desktop[1]
    assert 2 * width == pytest.approx(height, abs=2)


# --- hearing -------------------------------------------------------------------------------------------------


def test_a_window_stands_where_it_is_told_and_is_named_by_its_device(make: Callable[..., PygameDisplay]) -> None:
    window = window_of(make(x=40, y=60))
    assert (tuple(window.position), window.title) == ((40, 60), "kiosk-1")


def test_a_device_s_second_window_says_which_it_is(said: list[HardwareEvent]) -> None:
    with closing(PygameDisplay(said.append, Place("window-3", "sign"), width_mm=30, height_mm=20, video="dummy")) as it:
        assert window_of(it).title == "window-3 sign"


# --- being covered, being lost -------------------------------------------------------------------------------


def test_a_window_that_was_covered_gets_its_whole_picture_back(make: Callable[..., PygameDisplay]) -> None:
    display = make()
    display.canvas().fill(RED)
    display.flip("KioskHome", whole(display), {})
    panel = window_of(display).get_surface()
    panel.fill(BLACK)
    happen(display, pygame.WINDOWEXPOSED)
    assert colour(panel, 300, 150) == RED


def test_a_lost_screen_is_told_once_and_mends_itself_with_the_whole_picture(
    make: Callable[..., PygameDisplay], said: list[HardwareEvent], mocker: MockerFixture
) -> None:
    clock = mocker.patch("drivers.display_pygame.time.monotonic", return_value=100.0)
    display = make()
    window = window_of(display)
    display._window = broken = mocker.Mock(wraps=window)
    broken.flip.side_effect = pygame.error("the plug was pulled")
    display.canvas().fill(RED)
    for _ in range(3):
        display.flip("KioskHome", [Area(0, 0, 1, 1)], {})
    assert said == [PartFailed("screen", "display-lost", "dummy: the plug was pulled")]

    tries = broken.flip.call_count
    display.pump()
    assert broken.flip.call_count == tries  # not thirty times a second
    display._window = window
    clock.return_value += AGAIN_SECONDS
    display.pump()
    assert said[1:] == [PartMended("screen")]
    assert colour(window.get_surface(), 319, 199) == RED


def test_a_closed_screen_shows_nothing_and_fails_at_nothing(
    make: Callable[..., PygameDisplay], said: list[HardwareEvent]
) -> None:
    display = make()
    display.close()
    display.flip("KioskHome", [Area(0, 0, 1, 1)], {})
    display.pump()
    assert said == []
