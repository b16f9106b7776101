"""What only a window has: turning, mice, keyboards, being covered, being lost, being refused."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from typing import Any

import pytest
from pytest_mock import MockerFixture

from drivers.display_keys import name_of
from drivers.display_pygame import AGAIN_SECONDS, PygameDisplay
from drivers.display_sdl import desktop_size
from drivers.events import Closed, HardwareEvent, KeyPressed, PartFailed, PartMended, Touched
from drivers.protocols import Area, PartMissing, Place
from drivers.sdl import pygame
from tests.drivers.display.screens import colour, whole, window_of

PLACE = Place("kiosk-1", "screen")
RED, GREEN, BLUE, BLACK = (200, 30, 30), (10, 160, 60), (20, 40, 220), (0, 0, 0)


@pytest.fixture
def said() -> list[HardwareEvent]:
    return []


@pytest.fixture
def make(said: list[HardwareEvent]) -> Iterator[Callable[..., PygameDisplay]]:
    with ExitStack() as opened:

        def opener(**options: Any) -> PygameDisplay:
            usual: dict[str, Any] = {
                "width_mm": 300, "height_mm": 200, "width": 320, "height": 200, "video": "dummy"
            }  # fmt: skip
            display = opened.enter_context(closing(PygameDisplay(said.append, PLACE, **usual | options)))
            display.pump()
            return display

        yield opener


def happen(display: PygameDisplay, kind: int, **what: Any) -> None:
    pygame.event.post(pygame.Event(kind, window=window_of(display), **what))
    display.pump()


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


# --- being refused -------------------------------------------------------------------------------------------


def test_without_a_display_server_it_says_what_was_tried_and_who_mends_it(
    make: Callable[..., PygameDisplay], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    with pytest.raises(PartMissing) as refusal:
        make(video="x11")
    missing = refusal.value
    assert (missing.part, missing.mender) == ("screen", "technician")
    assert "DISPLAY=not set" in missing.tried
    assert "video, render and input" in missing.mend


def test_the_first_touch_on_a_window_without_focus_is_a_touch(make: Callable[..., PygameDisplay]) -> None:
    """Seen under a window manager: SDL swallowed it, and the citizen touched twice."""
    make()
    assert os.environ["SDL_MOUSE_FOCUS_CLICKTHROUGH"] == "1"


def test_the_size_of_a_desktop_that_is_not_there_is_not_made_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":4321")
    with pytest.raises(PartMissing, match="DISPLAY=:4321"):
        desktop_size("screen")
    assert not pygame.display.get_init()


def test_an_exported_dummy_does_not_become_a_screen(
    make: Callable[..., PygameDisplay], monkeypatch: pytest.MonkeyPatch, mocker: MockerFixture
) -> None:
    asked: list[str] = []

    def init() -> None:
        asked.append(os.environ["SDL_VIDEODRIVER"])
        raise pygame.error("none of them")

    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    mocker.patch.object(pygame.display, "init", init)
    with pytest.raises(PartMissing):
        make(video="auto")
    assert asked == ["x11,wayland,kmsdrm"]
    assert os.environ["SDL_VIDEODRIVER"] == "dummy"


def test_a_back_end_that_nobody_can_see_is_refused(make: Callable[..., PygameDisplay], mocker: MockerFixture) -> None:
    mocker.patch.object(pygame.display, "get_driver", return_value="offscreen")
    with pytest.raises(PartMissing, match="'offscreen', which nobody can see"):
        make()


def test_a_display_that_is_not_plugged_in_is_refused_with_those_there_are(make: Callable[..., PygameDisplay]) -> None:
    with pytest.raises(PartMissing, match=r"there is no display 1\. There is 0: \d+x\d+"):
        make(display=1)


def test_a_video_mode_that_the_panel_lacks_is_refused_with_those_it_has(
    make: Callable[..., PygameDisplay], mocker: MockerFixture
) -> None:
    window = mocker.patch.object(pygame, "Window").return_value
    window.size, window.id = (1024, 768), 1
    with pytest.raises(PartMissing, match=r"does not show 3840x2160 but 1024x768\. It has .*x"):
        make(fullscreen=True, width=3840, height=2160)


def test_two_screens_of_one_process_share_one_back_end(make: Callable[..., PygameDisplay]) -> None:
    make()
    with pytest.raises(PartMissing, match="already draws through dummy"):
        make(video="x11")


def test_after_a_refusal_the_next_screen_opens(make: Callable[..., PygameDisplay]) -> None:
    with pytest.raises(PartMissing):
        make(display=9)
    assert not pygame.display.get_init()
    assert make().size == (320, 200)


def test_the_last_screen_that_closes_gives_the_display_back(make: Callable[..., PygameDisplay]) -> None:
    first, second = make(), make()
    first.close()
    assert pygame.display.get_init()
    second.close()
    assert not pygame.display.get_init()


def test_the_old_pygame_is_refused(make: Callable[..., PygameDisplay], mocker: MockerFixture) -> None:
    mocker.patch.object(pygame, "IS_CE", False)
    with pytest.raises(PartMissing, match="install pygame-ce"):
        make()


def test_sigterm_still_ends_a_process_with_a_screen() -> None:
    program = (
        "import sys\n"
        "from drivers.display_pygame import PygameDisplay\n"
        "from drivers.protocols import Place\n"
        "display = PygameDisplay(print, Place('kiosk-1', 'screen'), width_mm=30, height_mm=20, video='dummy')\n"
        "print('ready', flush=True)\n"
        "sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        process.terminate()
        assert process.wait(5) == -signal.SIGTERM
