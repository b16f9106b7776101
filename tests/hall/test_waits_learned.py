"""What is learned from the waits of a day, what teaches nothing, and that both stand in the book."""

from __future__ import annotations

from dataclasses import replace

import pytest

from device.contract.codec import encode
from device.contract.messages import (
    AskCall,
    StaffSignedOut,
    TicketMissed,
    TicketServed,
    WaitsLearned,
    WindowPaused,
    WindowResumed,
)
from device.hall.forecast import Calibration
from tests.hall.waiting import TODAY, crowd, crowd_again, promised, serve_all
from tests.report.hall_days import LivedHall, days
from tests.report.queue_days import day
from tests.roles.front_desk import FrontDesk
from tests.roles.stage import PLAN


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


def test_what_a_whole_day_taught_is_what_its_book_teaches() -> None:
    lived = LivedHall(keep=True)
    days(lived, [day("no-shows", 5)])
    replayed = LivedHall()
    for envelope, record in lived.book:
        replayed.hall.apply(envelope, record)
    assert replayed.hall.waits == lived.hall.waits
    assert lived.hall.waits.calibrations


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
