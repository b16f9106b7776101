"""From a config to the boards people see: zones, information, two outputs, one of them upright, and their distance."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

import pygame
from pytest_mock import MockerFixture

from config.load import load
from config.schema import Station
from device.hall.plan import Zone
from device.painted import PaintedScreen, Studio
from device.parts import Workshop
from device.roles.board import Board
from device.roles.build import build
from device.roles.info import InfoBoard
from screens.gallery_board import boards, infos
from screens.layout import Screen
from screens.theme import load_theme
from screens.views import BoardPage
from tests.config.site import HALL
from tests.device.glass import Glass

SHOWS = """
zones = [
  { name = { zh = "东区", en = "East" }, windows = [1] },
  { name = { zh = "西区", en = "West" }, windows = [2] },
]
page_seconds = 8

[[board]]
device = "board-2"
place = { zh = "二楼", en = "Upstairs" }
shows = "content"

[[content]]
kind = "guide"
title = { zh = "怎样取号", en = "How to take a number" }
lines = [{ zh = "一、在正门取号", en = "1. At the main door" }]
"""
STATION = """
hall = "hall.toml"
data = "var"

[[device]]
name = "board-1"
role = "board"
[device.screen]
driver = "pygame"
video = "dummy"
fullscreen = false
width = 960
height = 540
width_mm = 1210
height_mm = 680
distance_m = 8

[[device]]
name = "board-2"
role = "board"
[device.screen]
driver = "pygame"
video = "dummy"
fullscreen = false
display = 1
rotation = 90
width = 540
height = 960
width_mm = 268
height_mm = 476
"""


@pytest.fixture
def station(tmp_path: Path) -> Station:
    (tmp_path / "hall.toml").write_text(HALL + SHOWS, "utf-8")
    path = tmp_path / "boards.toml"
    path.write_text(STATION, "utf-8")
    return load(path)


@pytest.mark.req("R251")
def test_what_a_board_shows_is_the_halls_word(station: Station) -> None:
    calls, information = (build(device, station) for device in station.devices)
    assert isinstance(calls, Board)
    assert [(zone.name.zh, sorted(zone.windows)) for zone in calls.zones] == [("东区", [1]), ("西区", [2])]
    assert calls.zones[0] == Zone(calls.zones[0].name, frozenset({1}))
    assert calls.page_seconds == 8
    assert isinstance(information, InfoBoard)
    assert [item.title.en for item in information.items] == ["How to take a number"]


def test_one_process_shows_two_boards_on_two_outputs_one_of_them_upright(
    station: Station, mocker: MockerFixture
) -> None:
    mocker.patch.object(pygame.display, "get_desktop_sizes", return_value=[(1920, 1080), (1920, 1080)])
    window = mocker.spy(pygame, "Window")
    opened: list[Callable[[], None]] = []
    workshop = Workshop(None, None, opened.append)
    try:
        first, second = (workshop.parts(device, lambda _: None).screens["main"] for device in station.devices)
        first.show(boards()["board"])
        second.show(infos()["info-guide"])
    finally:
        for close in reversed(opened):
            close()
    places = [(call.args[1], call.args[2]) for call in window.call_args_list]
    undefined = 0x1FFF0000  # SDL_video.h: any place on this output
    assert places == [((960, 540), (undefined, undefined)), ((960, 540), (undefined | 1, undefined | 1))]


@pytest.fixture(scope="module")
def studio() -> Studio:
    return Studio(load_theme())


@pytest.mark.parametrize(
    ("role", "section", "mm", "stated", "used"),
    [
        ("board", "screen", (1210, 680), 8.0, 8.0),
        ("board", "screen", (1210, 680), None, 6.0),
        ("board", "screen", (217, 136), None, 1.3),  # a small one hangs where people pass close by
        ("window", "sign", (360, 113), None, 3.0),
        ("window", "sign", (360, 113), 5.0, 5.0),
        ("kiosk", "screen", (344, 194), None, 0.7),
    ],
)
def test_a_screen_is_laid_out_for_its_stated_distance_else_for_the_usual_one(
    studio: Studio,
    mocker: MockerFixture,
    role: str,
    section: str,
    mm: tuple[int, int],
    stated: float | None,
    used: float,
) -> None:
    laid_out = mocker.patch("device.painted.layout", side_effect=StopIteration)
    screen = PaintedScreen(Glass(), mm, role, section, studio, stated)
    with pytest.raises(StopIteration):
        screen.show(boards()["board"])
    glass = laid_out.call_args.args[1]
    assert isinstance(glass, Screen)
    assert glass.distance_m == pytest.approx(used, abs=0.05)


def test_of_a_board_with_one_changed_row_that_rows_rectangle_is_flipped(studio: Studio) -> None:
    glass = Glass(pygame.Surface((960, 540)))
    screen = PaintedScreen(glass, (1210, 680), "board", "screen", studio)
    page = boards()["board"]
    assert isinstance(page, BoardPage)
    screen.show(page)
    screen.show(replace(page, rows=(page.rows[0], replace(page.rows[1], number="A099"), *page.rows[2:])))
    (_, whole, _), (_, changed, _) = glass.flips
    assert sum(area.w * area.h for area in whole) == 960 * 540
    assert changed
    assert sum(area.w * area.h for area in changed) < 960 * 540 // 50
    rows = {(area.y, area.y + area.h) for area in changed}
    assert max(bottom for _, bottom in rows) - min(top for top, _ in rows) < 540 // 12
