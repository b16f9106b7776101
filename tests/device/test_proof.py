"""The self test's picture and page: what they must show, whatever the screen or printer."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from device.press import paper_of
from device.proof_page import proof_page
from device.proof_picture import COLOURS, FRAME, FRAME_PX, SQUARE, draw, squares
from drivers.display_simulated import SimulatedDisplay
from drivers.protocols import Area, Place


def test_eight_colours_stand_side_by_side_in_a_frame_at_the_very_edge() -> None:
    screen = SimulatedDisplay(
        lambda _: None, Place("kiosk-1", "screen"), width_mm=344, height_mm=194, width=960, height=540
    )
    targets = draw(screen, 344, 194)
    canvas = screen.canvas()
    assert [canvas.get_at((60 + 120 * k, 100))[:3] for k in range(8)] == list(COLOURS)
    for corner in ((0, 0), (959, 0), (0, 539), (959, 539)):
        assert canvas.get_at(corner)[:3] == FRAME
    middle = targets["middle"]
    assert canvas.get_at((middle.x, middle.y))[:3] == SQUARE
    assert canvas.get_at((middle.x - 1, middle.y))[:3] != SQUARE


def test_a_square_is_20_millimetres_on_a_screen_of_the_size_the_config_says() -> None:
    area = squares(1920, 1080, 344, 194)["middle"]
    assert (area.w * 344 / 1920, area.h * 194 / 1080) == pytest.approx((20, 20), abs=0.2)


@given(st.integers(160, 4000), st.integers(120, 4000), st.integers(20, 3000), st.integers(20, 3000))
def test_on_every_screen_five_squares_lie_inside_the_frame_and_apart(w: int, h: int, w_mm: int, h_mm: int) -> None:
    areas = list(squares(w, h, w_mm, h_mm).values())
    assert len(areas) == 5
    for area in areas:
        assert area.x >= FRAME_PX
        assert area.y >= FRAME_PX
        assert area.x + area.w <= w - FRAME_PX
        assert area.y + area.h <= h - FRAME_PX
    assert not any(_meet(one, other) for one, other in combinations(areas, 2))


def _meet(one: Area, other: Area) -> bool:
    return (one.x < other.x + other.w and other.x < one.x + one.w) and (
        one.y < other.y + other.h and other.y < one.y + one.h
    )


@pytest.mark.parametrize("model", ["generic-80", "generic-58-tear"])
def test_the_page_shows_all_that_a_ticket_uses_on_every_model(model: str) -> None:
    page = paper_of(model)(proof_page("kiosk-1", "serial"))
    for text in ("自检", "请您到3号窗口办理", "以上为最后一行", "￥"):
        assert text.encode("gb18030") in page
    assert b"hallside selftest kiosk-1" in page, "the QR code's own text"
