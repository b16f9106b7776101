"""The order in which the coordinator calls: classes, skills, appointments, kept numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from device.contract.messages import (
    AnswerBooking,
    AppointmentBooked,
    AskBooking,
    DayApproved,
    HallNotices,
    PriorityRefused,
    StaffSignedOut,
    TicketTransferred,
    WindowPaused,
    Words,
)
from device.hall.calendar import Calendar, DayRule, Outage
from device.hall.discipline import Discipline, Klass
from tests.roles.front_desk import FrontDesk, with_staff
from tests.roles.stage import MORNING, PLAN, said, uid

CLASSES = {"soldier": Klass("soldier", Words("军人", "Soldier"), 2), "elderly": Klass("elderly", Words("老年人"), 2)}
RULES = Discipline(classes=CLASSES, reserve=3)
RANKED = replace(PLAN, discipline=RULES)


def at(minutes: int) -> str:
    return (MORNING + timedelta(minutes=minutes)).isoformat(timespec="seconds")


@pytest.mark.req("R032", "R081", "R221")
def test_a_priority_ticket_is_called_before_those_issued_before_it_and_stays_first_over_a_restart() -> None:
    hall = FrontDesk(RANKED)
    hall.sign_in()
    numbers = [hall.take(), hall.take(), hall.take(klass="elderly")]
    hall.begin(hall.stage.wall)
    called = []
    for _ in numbers:
        called.append(hall.call())
        hall.serve(called[-1])
    assert called == [numbers[2], numbers[0], numbers[1]]


@pytest.mark.req("R130")
def test_only_defined_classes_come_before_others_and_without_proof_none_does() -> None:
    hall = FrontDesk(RANKED)
    hall.sign_in()
    first, second, third = hall.take(), hall.take(klass="friend"), hall.take(klass="soldier")
    assert hall.call() == third
    hall.record(PriorityRefused(f"20261123-{third}", "soldier", 3, "1001"))
    called = []
    for _ in range(3):
        called.append(hall.call())
        hall.serve(called[-1])
    assert called == [first, second, third]


@pytest.mark.req("R080")
def test_when_the_day_has_no_more_numbers_for_others_there_are_some_for_priority() -> None:
    hall = FrontDesk(replace(RANKED, rules=replace(PLAN.rules, online_last=6)))
    assert [hall.take() for _ in range(4)] == ["A001", "A002", "A003", "full"]
    assert [hall.take(klass="soldier") for _ in range(4)] == ["A004", "A005", "A006", "full"]


@pytest.mark.req("R080", "R149")
def test_a_priority_ticket_sent_to_a_window_does_not_wait_for_its_pause_and_nobody_for_an_incident() -> None:
    hall = FrontDesk(RANKED)
    hall.sign_in(3)
    hall.sign_in(4, "1002")
    numbers = [hall.take(klass="soldier"), hall.take()]
    for number in numbers:
        assert hall.call() == number
        hall.start(number)
        hall.record(TicketTransferred(f"20261123-{number}", 3, "1001", to_window=4))
    assert hall.call() == "empty"
    hall.record(WindowPaused(4, "1002", "errand"))
    assert hall.call() == numbers[0]
    hall.serve(numbers[0])
    assert hall.call() == "empty"
    hall.record(WindowPaused(4, "1002", "incident"))
    assert hall.call() == numbers[1]


@pytest.mark.req("R054", "R195")
def test_who_needs_a_language_or_sign_language_is_called_where_it_is_spoken() -> None:
    hall = FrontDesk(PLAN, with_staff(_1002={"skills": frozenset({"sign", "en"})}))
    hall.sign_in(3)
    hall.sign_in(4, "1002")
    deaf, other = hall.take(need="sign"), hall.take()
    assert hall.call(3) == other
    assert hall.call(4, "1002") == deaf


@pytest.mark.req("R054")
def test_where_nobody_speaks_it_whoever_is_next_serves_them_all_the_same() -> None:
    hall = FrontDesk(PLAN, with_staff(_1002={"skills": frozenset({"sign"})}))
    hall.sign_in(3)
    hall.sign_in(4, "1002")
    deaf = hall.take(need="sign")
    assert hall.call(3) == "empty"
    hall.record(StaffSignedOut(4, "1002"))
    assert hall.call(3) == deaf


@pytest.mark.req("R181", "R064", "R180")
def test_an_appointment_that_checked_in_is_called_from_ten_minutes_before_its_time() -> None:
    hall = FrontDesk()
    hall.sign_in()
    answer = hall.ask(AskBooking("social", at(60), "phone"), "window-3")
    assert isinstance(answer, AnswerBooking)
    assert (answer.outcome, answer.slot[11:16], answer.until[11:16]) == ("booked", "10:30", "11:30")
    hall.wait(600)
    appointed, walked_in = hall.take(appointment=answer.code), hall.take()
    assert hall.take(appointment=answer.code) == "unknown"  # one code is one ticket
    assert hall.call() == walked_in
    hall.serve(walked_in)
    assert hall.call() == "empty"
    hall.at(10, 20)
    later = hall.take()
    assert hall.call() == appointed
    hall.serve(appointed)
    assert hall.call() == later


@pytest.mark.req("R181", "R064")
def test_an_appointment_of_somebody_with_priority_is_called_in_its_time_though_its_class_came_before() -> None:
    hall = FrontDesk(RANKED)
    hall.sign_in()
    answer = hall.ask(AskBooking("social", at(60), "phone"), "window-3")
    assert isinstance(answer, AnswerBooking)
    walked_in = [hall.take(klass="elderly") for _ in range(3)]
    appointed = hall.take(klass="elderly", appointment=answer.code)
    hall.at(10, 20)
    assert hall.call() == appointed
    hall.serve(appointed)
    assert hall.call() == walked_in[0]


@pytest.mark.req("R064", "R061")
def test_who_comes_later_than_the_arrival_limit_takes_an_ordinary_ticket() -> None:
    hall = FrontDesk()
    hall.sign_in()
    answer = hall.ask(AskBooking("social", at(30), "online"), "kiosk-1")
    assert isinstance(answer, AnswerBooking)
    hall.at(11, 0)
    others = hall.take()
    hall.wait(1)
    late = hall.take(appointment=answer.code)
    assert [hall.call(), (hall.serve(others), hall.call())[1]] == [others, late]


@pytest.mark.req("R180", "R061")
def test_a_slot_holds_so_many_and_a_repeated_question_books_once() -> None:
    hall = FrontDesk()
    first = hall.ask(AskBooking("social", at(60), "phone"), "window-3", uid(1))
    assert hall.ask(AskBooking("social", at(60), "phone"), "window-3", uid(1)) == first
    outcomes = [hall.ask(AskBooking("social", at(m), "on-site"), "kiosk-1") for m in (89, 60, 95, 24 * 60 + 60, 180)]
    assert [o.outcome for o in outcomes if isinstance(o, AnswerBooking)] == [
        "booked", "full", "booked", "booked", "closed",
    ]  # fmt: skip
    unknown = hall.ask(AskBooking("nonsense", at(60), "phone"), "window-3")
    assert isinstance(unknown, AnswerBooking)
    assert unknown.outcome == "unknown"


@pytest.mark.req("R180")
def test_an_appointment_made_at_a_kiosk_without_the_line_is_kept_and_a_restart_forgets_none() -> None:
    hall = FrontDesk()
    hall.sign_in()
    hall.record(AppointmentBooked("480215", "social", at(30), "on-site"), "kiosk-1")
    hall.begin(hall.stage.wall)
    hall.sign_in()
    appointed = hall.take(appointment="480215")
    hall.at(9, 50)
    assert hall.call() == appointed


@pytest.mark.req("R065")
def test_a_planned_outage_stands_in_the_announcement_slot_before_the_halls_own_text() -> None:
    outage = Outage("wires", MORNING + timedelta(days=7), MORNING + timedelta(days=7, hours=2), Words("线路检修"))
    hall = FrontDesk(replace(PLAN, calendar=Calendar(outages=(outage,))))
    told = said(hall.stage.effects, HallNotices)[-1].announcement
    assert told is not None
    assert told.zh == "11-30 09:30至11-30 11:30：线路检修"
    earlier = FrontDesk(hall.plan, wall=MORNING - timedelta(days=1))
    assert said(earlier.stage.effects, HallNotices)[-1].announcement is None


@pytest.mark.req("R010", "R117")
def test_each_service_says_until_when_it_is_open_and_whether_it_is() -> None:
    hall = FrontDesk()
    assert (hall.service().open, hall.service().closes[11:16]) == (True, "12:00")
    hall.at(12, 1)
    assert (hall.service().open, hall.service().closes) == (False, "")
    assert hall.take() == "closed"
    hall.at(13, 31)
    assert hall.service().closes[11:16] == "17:30"


@pytest.mark.req("R042", "R289")
def test_a_back_stage_service_is_offered_at_no_kiosk_and_reached_by_being_sent_on() -> None:
    services = {**PLAN.services, "tax": replace(PLAN.services["tax"], offered=False)}
    hall = FrontDesk(replace(PLAN, services=services))
    hall.sign_in(3)
    hall.sign_in(4, "1002")
    assert hall.take("tax") == "unknown"
    number = hall.take()
    hall.call()
    hall.start(number)
    hall.record(TicketTransferred(f"20261123-{number}", 3, "1001", "tax"))
    assert hall.call(4, "1002") == number


@pytest.mark.req("R009")
def test_only_a_service_with_that_mode_takes_appointments() -> None:
    services = {**PLAN.services, "tax": replace(PLAN.services["tax"], modes=("walk-in",))}
    hall = FrontDesk(replace(PLAN, services=services))
    outcomes = [hall.ask(AskBooking(service, at(60), "phone"), "window-3") for service in ("social", "tax")]
    assert [o.outcome for o in outcomes if isinstance(o, AnswerBooking)] == ["booked", "unknown"]


@pytest.mark.req("R100")
def test_an_appointment_on_a_holiday_is_made_only_once_the_work_on_it_is_approved_and_that_is_on_record() -> None:
    sunday = (MORNING + timedelta(days=6)).date().isoformat()
    rest = Calendar(
        weekend=frozenset({6}),
        on_weekend=DayRule(closed=True),
        special={sunday: ("weekend", DayRule(sessions=((540, 720),), windows=frozenset({3})))},
    )
    wish = AskBooking("social", at(6 * 24 * 60), "phone")
    before = FrontDesk(replace(PLAN, calendar=rest)).ask(wish, "window-3")
    approved = FrontDesk(replace(PLAN, calendar=replace(rest, approved={sunday: "1009"})))
    booked = approved.ask(wish, "window-3")
    assert isinstance(before, AnswerBooking)
    assert isinstance(booked, AnswerBooking)
    assert (before.outcome, booked.outcome) == ("closed", "booked")
    approved.begin(approved.stage.wall)  # it is not filed again
    (filed,) = [record for _, record in approved.book if isinstance(record, DayApproved)]
    assert filed == DayApproved(sunday, "weekend", "1009", (3,))
