"""A window that cannot be opened says what was tried; back ends are shared, given back and never made up."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable

import pytest
from pytest_mock import MockerFixture

from drivers.display_pygame import PygameDisplay
from drivers.display_sdl import desktop_size
from drivers.protocols import PartMissing
from drivers.sdl import pygame


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
