"""A whole hall's boards and signs tell the truth of the windows, every one of them within a second (R022, R188)."""

from __future__ import annotations

import pytest

from screens.views import BoardPage, SignPage
from tests.helpers.table import HallOnATable
from tests.scenarios.people import take


def board(hall: HallOnATable) -> BoardPage:
    view = hall.view("board-1")
    assert isinstance(view, BoardPage)
    return view


def sign(hall: HallOnATable, window: int = 3) -> SignPage:
    view = hall.view(f"window-{window}", "sign")
    assert isinstance(view, SignPage)
    return view


def test_who_is_told_to_get_ready_is_called_next(hall: HallOnATable) -> None:
    first, second = take(hall), take(hall)
    assert board(hall).next == ()  # nobody serves yet
    hall.sign_in("window-3", "1001")
    hall.pass_time(1)
    assert board(hall).next == (first, second)
    hall.tap("window-3", "next")
    hall.pass_time(1)
    newest = board(hall).newest
    assert newest
    assert newest.number == first
    assert board(hall).next == (second,)


@pytest.mark.req("R188", "R203", "R111", "R022")
def test_a_pause_is_on_sign_and_board_within_a_second_with_its_end_and_gone_when_it_is_over(hall: HallOnATable) -> None:
    hall.sign_in("window-3", "1001")
    hall.sign_in("window-4", "1002")
    hall.tap("window-3", "pause", "reason:files", "alone")
    hall.pass_time(1)
    shown = sign(hall)
    assert (shown.state, shown.what) == ("paused", None)
    assert shown.until
    (rest,) = board(hall).paused
    assert (rest.window, rest.until, rest.what) == (3, shown.until, None)
    assert rest.elsewhere == shown.elsewhere == (4,)
    hall.tap("window-3", "resume")
    hall.pass_time(1)
    assert (sign(hall).state, sign(hall).until) == ("open", "")
    assert board(hall).paused == ()
