"""A hall's windows stand beside one another on every usual desktop."""

from __future__ import annotations

from itertools import chain, combinations
from pathlib import Path

import pytest

from config.load import load
from config.parts import PygameScreen
from device.demo_hall import write_hall
from device.tiles import FRAME, Tile, tiles

PUBLIC, SIGN, PANEL = (1920, 1080), (1280, 400), (1024, 600)


def apart(one: Tile, other: Tile) -> bool:
    beside = one.x + one.width <= other.x or other.x + other.width <= one.x
    return beside or one.y + one.height + FRAME <= other.y or other.y + other.height + FRAME <= one.y


@pytest.mark.parametrize("desktop", [(1920, 1080), (2560, 1440), (3840, 2160), (1680, 1050), (1440, 900), (2560, 1080)])
def test_no_window_covers_another_or_leaves_the_desktop(desktop: tuple[int, int]) -> None:
    placed = list(chain(*tiles(desktop, [[PUBLIC, PUBLIC], [SIGN, PANEL, PANEL], [SIGN, PANEL, PANEL]])))
    assert len(placed) == 8
    assert all(apart(one, other) for one, other in combinations(placed, 2))
    for tile in placed:
        assert tile.y >= FRAME
        assert tile.x + tile.width <= desktop[0]
        assert tile.y + tile.height <= desktop[1]


def test_a_window_keeps_the_shape_of_its_glass() -> None:
    (public,), (sign,) = tiles((1920, 1080), [[PUBLIC], [SIGN]])
    assert public.width / public.height == pytest.approx(16 / 9, rel=0.01)
    assert sign.width / sign.height == pytest.approx(3.2, rel=0.01)


def test_on_a_desktop_that_is_too_small_every_window_still_begins_on_it(tmp_path: Path) -> None:
    files = write_hall(tmp_path, desktop=(800, 480))
    parts = [
        part
        for path in files.stations.values()
        for device in load(path, {}).devices
        for part in device.parts().values()
    ]
    screens = [part for part in parts if isinstance(part, PygameScreen)]
    assert len(screens) == 8
    assert all(screen.x is not None and screen.x < 800 and not screen.fullscreen for screen in screens)
