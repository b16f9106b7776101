"""A board of any size, either way round: what is read from afar is large enough, or the page says that it is not."""

from __future__ import annotations

from dataclasses import replace
from math import hypot

import pytest

from screens.gallery_board import BOARD, boards
from screens.layout import Panel, Picture, Screen, Text, layout
from screens.layout.picture import ARC_MINUTE, CAP
from screens.paint import Painter
from screens.views import BoardPage, CallRow
from tests.screens.pictures import ruler, said, texts

# Glass as it is sold: inches, pixels, millimetres.
GLASS = {
    10: (1280, 800, 217, 136),
    15: (1920, 1080, 344, 194),
    21: (1920, 1080, 476, 268),
    24: (1920, 1200, 518, 324),
    32: (1280, 720, 708, 398),
    43: (3840, 2160, 941, 529),
    55: (1920, 1080, 1210, 680),
}


def glass(inches: int, distance: float = 0, *, upright: bool = False) -> Screen:
    w, h, wide, high = GLASS[inches]
    screen = Screen(w, h, wide, high) if not upright else Screen(h, w, high, wide)
    return replace(screen, distance_m=distance or min(6.0, hypot(wide, high) / 200))


def page() -> BoardPage:
    view = boards()["board"]
    assert isinstance(view, BoardPage)
    return view


def arc(text: Text, screen: Screen) -> float:
    """How many arc minutes the capitals of this text fill at the stated distance."""
    return text.size * CAP * screen.height_mm / screen.height_px / (screen.distance_m * 1000 * ARC_MINUTE)


def rows(picture: Picture, view: BoardPage) -> list[tuple[Text, Text]]:
    """Number and window of every earlier call that is on the page."""
    found = texts(picture)
    numbers = [t for row in view.rows for t in found if t.text == row.number]
    windows = [t for row in view.rows for t in found if t.text == f"{row.window}号窗口"]
    return list(zip(numbers, windows, strict=False))


@pytest.mark.parametrize("upright", [False, True])
@pytest.mark.parametrize("inches", GLASS)
def test_on_every_size_the_newest_call_fills_20_arc_minutes_and_the_others_16(inches: int, upright: bool) -> None:
    screen, view = glass(inches, upright=upright), page()
    picture = layout(view, screen, ruler())
    assert picture.flaws == ()
    newest = [t for t in texts(picture) if t.text in ("A012", "3号窗口")]
    assert len(newest) == 2
    assert min(arc(text, screen) for text in newest) >= 19.8
    assert len(rows(picture, view)) >= 4
    assert min(arc(text, screen) for row in rows(picture, view) for text in row) >= 15.8
    for box in picture.boxes:
        assert box.x >= 0
        assert box.y >= 0
        assert box.x + box.w <= screen.width_px
        assert box.y + box.h <= screen.height_px


def test_from_ten_metres_55_inches_show_one_large_call_and_five_more() -> None:
    screen, view = glass(55, 10), page()
    picture = layout(view, screen, ruler())
    assert picture.flaws == ()
    assert len(rows(picture, view)) == 5


def test_the_nearer_people_are_the_more_rows_there_are_up_to_one_for_each_window() -> None:
    view = replace(page(), rows=tuple(CallRow(f"A{n:03d}", n, page().hall) for n in range(20, 40)), windows=12)
    counts = [
        len(rows(layout(replace(view, rows=view.rows[:11]), glass(55, m), ruler()), view)) for m in (10, 6, 4.5, 3)
    ]
    assert counts == sorted(counts)
    assert counts[-1] == 11
    assert len(set(counts)) > 2


@pytest.mark.parametrize("window", [3, 25, 128])
def test_windows_of_three_digits_are_read_from_as_far(window: int) -> None:
    for screen in BOARD:
        view = replace(page(), newest=CallRow("W888", window, page().hall, fresh=True))
        picture = layout(view, screen, ruler())
        assert picture.flaws == ()
        [text] = [t for t in texts(picture) if t.text == f"{window}号窗口"]
        assert arc(text, screen) >= 19.8


def test_what_cannot_be_read_from_there_is_named_and_nothing_is_lost() -> None:
    screen = glass(10, 6)
    picture = layout(page(), screen, ruler())
    assert "far: cannot be read from the stated distance" in picture.flaws
    assert "A012" in said(picture)
    assert "3号窗口" in said(picture)


def test_every_cell_stands_where_it_stands_however_many_calls_there_are() -> None:
    screen = BOARD[0]
    cells = [
        [(b.x, b.y, b.w, b.h) for b in layout(view, screen, ruler()).boxes if isinstance(b, Panel)]
        for view in (page(), replace(page(), rows=page().rows[:2], missed=(), paused=(), notices=(), next=()))
    ]
    assert cells[0] == cells[1]


@pytest.mark.parametrize("screen", BOARD)
def test_of_a_changed_row_its_own_rectangle_is_drawn_and_nothing_else(screen: Screen, painter: Painter) -> None:
    import pygame

    view = page()
    row = replace(view.rows[1], number="A099", window=9)
    before, now = (layout(v, screen, ruler()) for v in (view, replace(view, rows=(view.rows[0], row, *view.rows[2:]))))
    canvas = pygame.Surface((screen.width_px, screen.height_px), 0, 32)
    painter.paint(canvas, before)
    areas = painter.paint(canvas, now, before)
    [number] = [t for t in texts(now) if t.text == "A099"]
    cells = [b for b in now.boxes if isinstance(b, Panel) and b.colour == "night-row"]
    [cell] = [pygame.Rect(c.x, c.y, c.w, c.h) for c in cells if c.y <= number.y + number.h // 2 < c.y + c.h]
    assert areas
    assert all(cell.inflate(2, 2).contains(area) for area in areas)
    assert sum(w * h for _, _, w, h in areas) <= cell.w * cell.h
    whole = canvas.copy()
    painter.paint(whole, now)
    assert pygame.image.tobytes(whole, "RGB") == pygame.image.tobytes(canvas, "RGB")
