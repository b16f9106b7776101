"""What those who wait are promised: minutes and a bound, by place, class and language; the same after a restart."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from device.contract.messages import (
    AnswerNumber,
    AskNumber,
    FaultBegan,
    NumberAllotted,
    RatingInvited,
    StaffSignedOut,
    WindowPaused,
)
from device.hall.calendar import Calendar, Outage
from device.hall.forecast import Wait
from device.hall.promise import said
from tests.hall.waiting import ELDERLY, TODAY, WORDS, crowd, crowd_again, promised, serve_all
from tests.roles.front_desk import FrontDesk, with_staff
from tests.roles.stage import PLAN, uid


@pytest.mark.req("R242")
def test_a_number_comes_with_a_promise_that_is_on_record_and_a_repeated_question_gets_the_same() -> None:
    desk = crowd()
    first = desk.ask(AskNumber("social", "zh"), "kiosk-1", uid(0x55))
    desk.call()
    again = desk.ask(AskNumber("social", "zh"), "kiosk-1", uid(0x55))
    assert isinstance(first, AnswerNumber)
    assert isinstance(again, AnswerNumber)
    assert 0 < first.minutes < first.most
    assert (again.number, again.minutes, again.most) == (first.number, first.minutes, first.most)
    (allotted,) = [r for _, r in desk.book if isinstance(r, NumberAllotted) and r.request == uid(0x55)]
    assert (allotted.minutes, allotted.most) == (first.minutes, first.most)


def test_at_a_free_window_nobody_waits_and_where_nobody_serves_nothing_is_promised() -> None:
    desk = FrontDesk()
    answer = promised(desk)
    assert (answer.ahead, answer.minutes, answer.most) == (0, 0, 0)
    for _ in range(3):
        desk.take()
    answer = promised(desk)
    assert (answer.ahead, answer.most) == (3, 0)  # nobody is at any window: who could say
    desk.sign_in(3)
    assert promised(desk).most > 0


@pytest.mark.req("R242", "R054")
def test_who_needs_a_language_is_told_the_wait_for_the_window_where_it_is_spoken_and_others_not() -> None:
    desk = FrontDesk(PLAN, with_staff(_1002={"skills": frozenset({"sign"})}))
    desk.sign_in(3)
    desk.sign_in(4, "1002")

    def told(need: str = "") -> AnswerNumber:
        answer = desk.ask(AskNumber("social", "zh", "", need), "kiosk-1")
        assert isinstance(answer, AnswerNumber)
        return answer

    desk.take()
    assert desk.call(4, "1002") == "A001"  # window 3 is free
    assert told("sign").most > 0
    assert told().most == 0
    for _ in range(3):
        desk.take(need="sign")
    assert told("sign").minutes > told().minutes
    assert told().most == 0, "window 3 calls none of them"
    desk.record(StaffSignedOut(4, "1002"))
    assert desk.call() == "A001"  # who stood there waits again, first of all
    assert (told("sign").minutes, told("sign").most) == (told().minutes, told().most), "spoken nowhere"


@pytest.mark.req("R242")
def test_who_comes_before_others_is_told_a_shorter_wait_and_fewer_people() -> None:
    desk = crowd(ELDERLY)
    ordinary, elderly = promised(desk), promised(desk, klass="elderly")
    assert elderly.ahead == 0
    assert ordinary.ahead == 6
    assert elderly.minutes < ordinary.minutes


def test_people_with_priority_are_ahead_of_whoever_has_none() -> None:
    desk = crowd(ELDERLY, people=3)
    desk.call()
    before = desk.service().minutes
    for _ in range(3):
        desk.take(klass="elderly")
    desk.wait(20)
    assert desk.service().minutes > before


def test_a_window_that_closes_by_plan_is_not_counted_on() -> None:
    closing = FrontDesk().stage.wall + timedelta(minutes=10)
    outage = Outage("noon", closing, closing + timedelta(hours=2.5), WORDS, frozenset({3}))
    closed = crowd(replace(PLAN, calendar=Calendar(outages=(outage,))))
    usual = crowd()
    assert promised(closed).minutes > 120 > promised(usual).minutes


def test_somebody_who_is_away_is_expected_back_when_they_said() -> None:
    desk = crowd(people=1)
    desk.call()
    until = (desk.stage.wall + timedelta(minutes=10)).isoformat(timespec="seconds")
    desk.role.hall.queue.back_in_line(3)
    desk.record(WindowPaused(3, "1001", "short-leave", until=until))
    assert promised(desk).minutes >= 10


@pytest.mark.req("R242")
def test_the_forecast_is_what_the_book_says_so_a_restart_promises_the_same() -> None:
    desk = crowd()
    serve_all(desk, 5)
    crowd_again(desk, 5)
    desk.call()
    desk.wait(60)
    before = desk.role.hall.waits
    again = FrontDesk()
    again.book, again.seq, again.asked = list(desk.book), desk.seq, desk.asked
    again.begin(desk.stage.wall)
    assert again.role.hall.waits == before
    assert promised(again).minutes == promised(desk).minutes
    assert promised(again).most == promised(desk).most


@given(st.floats(0, 30_000), st.floats(0, 30_000))
def test_minutes_are_said_as_people_say_them_and_the_bound_is_never_rounded_down(one: float, two: float) -> None:
    median, bound = sorted((one, two))
    minutes, most = said(Wait(median, bound))
    assert 0 <= minutes <= most
    assert most * 60 >= bound
    assert most == 0 or minutes > 0
    for told in (minutes, most):
        assert told < 20 or told % 5 == 0
        assert told < 60 or told % 10 == 0
    steps = [said(Wait(60.0 * n, 60.0 * n))[1] for n in range(200)]
    assert all(a <= b for a, b in pairwise(steps))


def test_the_queue_is_walked_once_for_all_who_look_until_something_happens_or_time_goes_by() -> None:
    desk = crowd(people=4)
    number = desk.call()
    desk.start(number)

    def looked() -> object:
        desk.service()
        return desk.role.hall.shown

    before = looked()
    desk.record(FaultBegan("printer", "paper-low"), "kiosk-1")
    desk.record(RatingInvited(f"{TODAY}-{number}", "social", 3, "1001", desk.stage.envelope().at))
    assert looked() is before  # and the coordinator said what changed both times
    desk.finish(number)
    after = looked()
    assert after is not before
    desk.wait(21)
    assert looked() is not after
