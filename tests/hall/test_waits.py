"""What is promised of waits, what is learned from them, and that both stand in the book."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from device.contract.codec import encode
from device.contract.messages import (
    AnswerNumber,
    AskCall,
    AskNumber,
    FaultBegan,
    NumberAllotted,
    RatingInvited,
    StaffSignedOut,
    TicketMissed,
    TicketServed,
    WaitsLearned,
    WindowPaused,
    WindowResumed,
    Words,
)
from device.hall.calendar import Calendar, Outage
from device.hall.discipline import Discipline, Klass
from device.hall.forecast import Calibration, Wait
from device.hall.plan import Plan
from device.hall.promise import said
from tests.report.hall_days import LivedHall, days
from tests.report.queue_days import day
from tests.roles.front_desk import FrontDesk, with_staff
from tests.roles.stage import DAY, PLAN, uid

WORDS = Words("")
TODAY = DAY.replace("-", "")
ELDERLY = replace(PLAN, discipline=Discipline(classes={"elderly": Klass("elderly", WORDS, 2)}))


def promised(desk: FrontDesk, service: str = "social", klass: str = "") -> AnswerNumber:
    """What one who comes now is told."""
    answer = desk.ask(AskNumber(service, "zh", klass), "kiosk-1")
    assert isinstance(answer, AnswerNumber)
    return answer


def crowd(plan: Plan = PLAN, *, people: int = 6, klass: str = "") -> FrontDesk:
    """One window for social insurance is manned, and so many wait."""
    desk = FrontDesk(plan)
    desk.sign_in(3)
    for _ in range(people):
        desk.take(klass=klass)
    return desk


def serve_all(desk: FrontDesk, minutes: float) -> list[float]:
    """Whoever waits is served, each for so long; the minutes after which each was called."""
    waited = []
    begun = desk.stage.wall
    while (number := desk.call()) != "empty":
        waited.append((desk.stage.wall - begun).total_seconds() / 60)
        desk.wait(minutes * 60)
        desk.serve(number)
    return waited


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
def test_the_hall_learns_how_long_its_windows_really_take() -> None:
    desk = crowd()
    before = promised(desk).minutes
    serve_all(desk, 2)
    serve_all(crowd_again(desk, 6), 2)
    quick = promised(crowd_again(desk, 6)).minutes
    serve_all(desk, 14)
    slow = promised(crowd_again(desk, 6)).minutes
    assert quick < before < slow


def crowd_again(desk: FrontDesk, people: int) -> FrontDesk:
    for _ in range(people):
        desk.take()
    return desk


def test_a_no_show_is_learned_and_a_service_that_was_suspended_counts_without_that_time() -> None:
    desk = crowd(people=3)
    habit = desk.role.hall.waits.habits
    number = desk.call()
    desk.wait(90)
    desk.record(TicketMissed(f"{TODAY}-{number}", 3, "1001"))
    assert habit.services["social"].newest[-1] == pytest.approx(90)
    number = desk.call()
    desk.start(number)
    desk.wait(600)
    served = TicketServed(f"{TODAY}-{number}", "social", 3, "1001", desk.stage.envelope().at, away_seconds=240)
    desk.record(served)
    assert habit.services["social"].newest[-1] == pytest.approx(360)


def test_a_call_that_was_taken_back_teaches_nothing() -> None:
    desk = crowd(people=3)
    known = desk.role.hall.waits.habits.services
    desk.call()
    before = list(known["social"].newest)
    desk.wait(900)
    desk.record(WindowPaused(3, "1001", "short-leave"))
    desk.record(WindowResumed(3, "1001"))
    desk.call()
    desk.record(StaffSignedOut(3, "1001"))
    assert list(known["social"].newest) == before
    assert desk.role.hall.waits.stays == {}


def test_what_was_promised_is_held_against_what_happened_and_the_bound_follows() -> None:
    desk = crowd(people=8)
    calibration = desk.role.hall.waits.calibrations
    serve_all(desk, 25)  # much longer than anybody was told
    learned = calibration["social", ""]
    assert learned.upper > Calibration().upper
    assert learned.middle > 0
    assert desk.role.hall.waits.told == {}


def test_a_call_by_hand_is_no_wait_that_was_promised() -> None:
    desk = crowd(people=4)
    told = dict(desk.role.hall.waits.told)
    last = max(told)
    desk.stage.wait(1)
    desk.ask(AskCall("1001", last[9:], "complaint"), "window-3")
    assert last not in desk.role.hall.waits.told
    assert ("social", "") not in desk.role.hall.waits.calibrations


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


def test_what_a_whole_day_taught_is_what_its_book_teaches() -> None:
    lived = LivedHall(keep=True)
    days(lived, [day("no-shows", 5)])
    replayed = LivedHall()
    for envelope, record in lived.book:
        replayed.hall.apply(envelope, record)
    assert replayed.hall.waits == lived.hall.waits
    assert lived.hall.waits.calibrations


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


def learned(desk: FrontDesk) -> list[WaitsLearned]:
    return [record for _, record in desk.book if isinstance(record, WaitsLearned)]


@pytest.mark.req("R242")
def test_what_was_learned_is_noted_after_hours_and_read_instead_of_the_years_before() -> None:
    desk = crowd(people=8)
    serve_all(desk, 12)
    assert learned(desk) == []
    desk.at(17, 29)
    assert learned(desk) == []  # the hall is open: more is to come
    desk.at(17, 31)
    (noted,) = learned(desk)
    assert noted.service == "social"
    assert noted.times[-8:] == (720,) * 8
    desk.at(18, 0)
    assert len(learned(desk)) == 1
    desk.at(9, 0, day=24)
    assert len(learned(desk)) == 1  # nothing more was learned since
    later = FrontDesk()
    later.book = [(envelope, record) for envelope, record in desk.book if isinstance(record, WaitsLearned)]
    later.begin(desk.stage.wall)
    assert later.role.hall.waits.habits.services == desk.role.hall.waits.habits.services
    assert later.role.hall.waits.calibrations == desk.role.hall.waits.calibrations


def test_a_hall_that_never_closes_notes_it_when_the_business_day_ends() -> None:
    desk = crowd(replace(PLAN, sessions=()), people=3)
    serve_all(desk, 12)
    desk.at(23, 0)
    assert learned(desk) == []
    desk.at(4, 1, day=24)
    assert len(learned(desk)) == 1


def test_what_two_hundred_tickets_in_every_hour_taught_fits_in_a_record() -> None:
    waits = FrontDesk().role.hall.waits
    for n in range(400):
        waits.habits.learn("social", 3, n % 24, 14_000.0 + n)
    for n in range(40):
        waits.calibrations["social", f"class-of-citizens-number-{n}"] = Calibration(-1.234, 2.345)
    waits.fresh["social"] = None
    (record,) = waits.learned()
    payload = encode(FrontDesk().stage.envelope("", "coordinator", 1), record)
    assert len(payload) < 8192


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
