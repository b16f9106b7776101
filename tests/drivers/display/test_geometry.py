"""A picture turned on its panel: where areas go, and where a finger really was."""

from __future__ import annotations

import pytest

from drivers.display_geometry import TURNS, Turn, fit, screen_of
from drivers.protocols import Area

CORNERS = {  # where the picture's pixel (1, 0) of 5 x 3 lies on the panel, by hand
    0: (1, 0),
    90: (2, 1),
    180: (3, 2),
    270: (0, 3),
}


@pytest.mark.parametrize("degrees", TURNS)
def test_a_turned_pixel_lies_where_a_turned_sheet_of_paper_has_it(degrees: int) -> None:
    assert Turn(5, 3, degrees).on_panel(Area(1, 0, 1, 1)) == Area(*CORNERS[degrees], 1, 1)


@pytest.mark.parametrize("degrees", TURNS)
def test_a_finger_finds_the_pixel_it_sees(degrees: int) -> None:
    turn = Turn(5, 3, degrees)
    for x in range(5):
        for y in range(3):
            area = turn.on_panel(Area(x, y, 1, 1))
            assert turn.in_picture(area.x, area.y) == (x, y)


@pytest.mark.parametrize("degrees", TURNS)
def test_the_whole_picture_fills_the_whole_panel(degrees: int) -> None:
    turn = Turn(5, 3, degrees)
    assert turn.on_panel(Area(0, 0, 5, 3)) == Area(0, 0, *turn.panel)
    assert turn.panel == ((3, 5) if degrees in (90, 270) else (5, 3))


def test_a_finger_beyond_the_edge_touches_the_edge() -> None:
    turn = Turn(5, 3, 90)
    assert turn.in_picture(-1, 9) == turn.in_picture(0, 4)


def test_a_picture_cannot_be_turned_by_a_little() -> None:
    with pytest.raises(ValueError, match="not 45"):
        Turn(5, 3, 45)


@pytest.mark.parametrize(
    ("mm", "within", "pixels"),
    [((344, 194), (1920, 1080), (1915, 1080)), ((194, 344), (1000, 1000), (563, 1000)), ((10, 10), (7, 30), (7, 7))],
)
def test_a_window_has_the_screen_s_shape_and_fits(
    mm: tuple[int, int], within: tuple[int, int], pixels: tuple[int, int]
) -> None:
    assert fit(*mm, within) == pixels


def test_a_screen_without_extent_is_refused() -> None:
    with pytest.raises(ValueError, match="0 x 10 mm"):
        fit(0, 10, (100, 100))


def test_the_part_screen_is_the_main_one_and_others_keep_their_names() -> None:
    assert (screen_of("screen"), screen_of("sign")) == ("main", "sign")
