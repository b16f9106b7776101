"""What a board shows beside the calls: who is next, hours, windows that rest, zones page by page."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from device.contract.messages import HallCall, HallMissed, HallNotices, HallService, HallWindow, Words
from device.hall.parameters import Load
from device.hall.plan import Zone
from device.moment import Clock
from device.roles.board import Board
from drivers.events import LinkUp
from screens.views import Bilingual, BoardPage, Resting, Today
from tests.roles.stage import MORNING, PLAN, ZHANG, Stage, uid

EAST, WEST = Zone(Words("东区", "East"), frozenset({3})), Zone(Words("西区", "West"), frozenset({4}))
ON_TWO_PAGES = replace(
    PLAN,
    services=PLAN.services,
    windows={3: PLAN.windows[3], 4: replace(PLAN.windows[4], services=("tax",))},
    load=Load(long=10, short=7),
    complaint_phone="12345",
)


def board(*zones: Zone, wall: datetime = MORNING, clock: Clock = "synced") -> Stage:
    stage = Stage(Board("board-1", ON_TWO_PAGES, zones=zones, page_seconds=10), wall=wall, clock=clock)
    stage.began()
    stage.send(LinkUp())
    return stage


def page(stage: Stage) -> BoardPage:
    return stage.page(BoardPage)


def call(number: str, window: int) -> HallCall:
    until = (MORNING + timedelta(seconds=60)).isoformat(timespec="milliseconds")
    return HallCall(f"20261123-{number}", window, ON_TWO_PAGES.windows[window].place, 1, until)


def service(name: str, waiting: int = 0, minutes: int = 5, following: tuple[str, ...] = ()) -> HallService:
    return HallService(name, 1, waiting, minutes, True, next=following)


def test_who_is_next_is_the_first_of_every_service_then_the_second() -> None:
    stage = board()
    stage.hear(service("social", 3, following=("A012", "A013", "A014")))
    stage.hear(service("tax", 1, following=("B002",)))
    assert page(stage).next == ("A012", "B002", "A013", "A014")


def test_nobody_is_named_next_by_a_board_that_may_be_out_of_date() -> None:
    stage = board()
    stage.hear(service("social", 3, following=("A012",)))
    stage.send(LinkUp())  # the coordinator has said nothing yet
    assert not page(stage).live
    assert (page(stage).next, page(stage).waiting, page(stage).busy) == ((), None, None)


@pytest.mark.req("R268", "R031")
def test_a_long_queue_is_explained_with_its_wait_until_it_is_short_again() -> None:
    stage = board()
    stage.hear(service("social", 10, 40))
    assert page(stage).busy is None
    stage.hear(service("social", 11, 44))
    stage.hear(service("tax", 2, 90))  # a long service, but no long queue
    assert page(stage).busy == 44
    stage.hear(service("social", 8, 32))
    assert page(stage).busy == 32
    stage.hear(service("social", 9, 0))  # nobody serves it now: nobody can say how long it takes
    assert page(stage).busy is None
    stage.hear(service("social", 7, 28))
    assert page(stage).busy is None


@pytest.mark.req("R055")
@pytest.mark.parametrize(
    ("hour", "minute", "today"),
    [
        (9, 30, Today("08:30-12:00 13:30-17:30", open=True, until="12:00")),
        (12, 30, Today("08:30-12:00 13:30-17:30", open=False, until="13:30")),
        (18, 0, Today("08:30-12:00 13:30-17:30", open=False, until="11-24 08:30")),
    ],
)
def test_the_hours_of_today_and_what_comes_next_of_them(hour: int, minute: int, today: Today) -> None:
    stage = board(wall=MORNING.replace(hour=hour, minute=minute))
    assert page(stage).today == today


def test_the_session_is_over_on_the_board_at_the_minute_it_ends() -> None:
    stage = board(wall=MORNING.replace(hour=11, minute=59, second=30))
    stage.wait(31)
    assert page(stage).today == Today("08:30-12:00 13:30-17:30", open=False, until="13:30")


@pytest.mark.req("R056")
def test_without_a_clock_to_be_trusted_nobody_says_which_hours_are_todays() -> None:
    stage = board(clock="floor")
    assert page(stage).today is None
    stage.hear(service("social"))  # the coordinator's clock is trusted: it has told the time
    assert page(stage).today is not None


@pytest.mark.req("R203")
def test_a_window_that_rests_says_until_when_and_where_else_to_go_and_no_promise_that_has_passed() -> None:
    stage = board()
    stage.hear(HallWindow(3, 1, "paused", elsewhere=(4,), until="2026-11-23T10:25:00+08:00"))
    assert page(stage).paused == (Resting(3, "10:25", (4,)),)
    stage.wait(56 * 60)
    assert page(stage).paused == (Resting(3, "", (4,)),)


@pytest.mark.req("R157", "R203")
def test_a_closed_window_is_told_of_only_if_there_is_something_to_tell() -> None:
    stage = board()
    stage.hear(HallWindow(3, 1, "closed", elsewhere=(4,)))
    assert page(stage).paused == ()
    leave = Words("窗口人员休假", "On leave")
    stage.hear(HallWindow(3, 2, "closed", until="2026-11-25T08:30:00+08:00", what=leave))
    assert page(stage).paused == (Resting(3, "11-25 08:30", (), Bilingual("窗口人员休假", "On leave")),)


def test_a_zone_has_the_calls_numbers_and_windows_that_are_its_own() -> None:
    stage = board(EAST)
    stage.hear(HallMissed(1, ("A003", "B004")))
    stage.hear(service("social", 3, following=("A012",)))
    stage.hear(service("tax", 2, following=("B002",)))
    stage.hear(HallWindow(4, 1, "serving", ZHANG, "20261123-B001", called_at="2026-11-23T09:00:00+08:00"))
    stage.hear(call("B005", 4), id=uid(1))
    shown = page(stage)
    assert (shown.zone, shown.page, shown.pages, shown.windows) == (Bilingual("东区", "East"), 1, 1, 1)
    assert (shown.newest, shown.rows, shown.missed, shown.next, shown.waiting) == (None, (), ("A003",), ("A012",), 3)
    assert shown.phone == "12345"


def test_the_whole_hall_is_one_page_that_never_turns() -> None:
    stage = board()
    assert (page(stage).zone, page(stage).pages, page(stage).windows) == (None, 1, 2)
    before = page(stage)
    stage.wait(29)
    assert page(stage) == before


def test_zones_take_their_turns_and_a_call_turns_to_its_own_at_once_for_as_long_as_it_is_fresh() -> None:
    stage = board(EAST, WEST)
    assert page(stage).page == 1
    stage.wait(10)
    assert (page(stage).page, page(stage).zone) == (2, Bilingual("西区", "West"))
    stage.wait(5)
    stage.hear(call("A012", 3), id=uid(1))
    newest = page(stage).newest
    assert newest
    assert (page(stage).page, newest.fresh) == (1, True)
    stage.wait(PLAN.rules.call_fresh_seconds - 1)
    assert page(stage).page == 1
    stage.wait(6)
    assert (page(stage).page, page(stage).newest) == (2, None)
    stage.wait(10)
    newest = page(stage).newest
    assert newest
    assert (newest.number, newest.fresh) == ("A012", False)


def test_a_call_in_another_zone_is_not_shown_where_it_would_mislead() -> None:
    stage = board(EAST)
    before = page(stage)
    stage.hear(call("B005", 4), id=uid(1))
    assert page(stage).newest is None
    assert page(stage).rows == before.rows


def test_a_long_notice_takes_turns_and_a_short_one_does_not() -> None:
    stage = board()
    stage.hear(HallNotices(1, business=Words("医保缴费")))
    stage.wait(30)
    assert page(stage).turn == 0
    stage.hear(HallNotices(2, business=Words("医保缴费"), fault=Words("1号电梯暂停使用，请走东侧扶梯，轮椅请找服务台")))
    stage.wait(8)
    assert page(stage).turn == 1
    stage.wait(8)
    assert page(stage).turn == 2
    stage.hear(HallNotices(3, business=Words("医保缴费")))
    assert page(stage).turn == 0
    stage.wait(30)
    assert page(stage).turn == 0
