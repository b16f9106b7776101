"""Leaving a window: for a while, for today, over closing time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from device.contract.messages import (
    AlarmEnded,
    AlarmRaised,
    AnswerLeave,
    AskLeave,
    HallAlarms,
    OvertimeWorked,
    Record,
    StaffSignedOut,
    TicketTransferred,
    WindowPaused,
    WindowResumed,
)
from device.hall.parameters import Leave
from tests.roles.front_desk import FrontDesk, with_staff
from tests.roles.stage import MORNING, PIN, PLAN, said

LED = with_staff(_1002={"duties": frozenset({"supervisor"})})


def ask(
    hall: FrontDesk, kind: Any = "pause", reason: str = "errand", window: int = 3, staff: str = "1001", **by: Any
) -> AnswerLeave:
    answer = hall.ask(AskLeave(staff, kind, reason, **by), f"window-{window}")
    assert isinstance(answer, AnswerLeave)
    return answer


def alarms(records: list[Record]) -> list[tuple[str, str]]:
    return [(r.kind, r.to) for r in records if isinstance(r, AlarmRaised)]


def paused(until: int, window: int = 3) -> WindowPaused:
    return WindowPaused(window, "1001", "errand", MORNING.replace(minute=until).isoformat(timespec="seconds"))


@pytest.mark.req("R101", "R102", "R200")
def test_a_short_leave_is_granted_for_ten_minutes_when_nobody_waits_for_this_window() -> None:
    hall = FrontDesk()
    hall.sign_in()
    answer = ask(hall)
    assert (answer.outcome, answer.until[11:16]) == ("granted", "09:40")
    fifteen = FrontDesk(replace(PLAN, leave=Leave(minutes=15, reasons={"phone": 5})))
    fifteen.sign_in()
    assert [ask(fifteen, reason=r).until[11:16] for r in ("errand", "phone")] == ["09:45", "09:35"]  # R097


@pytest.mark.req("R101", "R072")
def test_it_is_refused_while_somebody_waits_whom_nobody_else_can_serve() -> None:
    hall = FrontDesk()
    hall.sign_in(3)
    hall.take()
    assert (ask(hall).outcome, ask(hall).waiting) == ("waiting", 1)
    hall.sign_in(4, "1002")  # serves it too
    assert ask(hall).outcome == "granted"
    number = hall.call()
    hall.start(number)
    hall.record(TicketTransferred(f"20261123-{number}", 3, "1001", to_window=3))
    assert ask(hall).outcome == "waiting"


@pytest.mark.req("R149", "R101", "R131")
def test_an_incident_needs_no_permission_and_its_people_are_served_elsewhere() -> None:
    hall = FrontDesk()
    hall.sign_in()
    hall.take()
    assert ask(hall, reason="incident").outcome == "granted"


@pytest.mark.req("R131")
def test_a_suspended_service_keeps_its_citizen_at_the_window() -> None:
    hall = FrontDesk()
    hall.sign_in(3)
    hall.sign_in(4, "1002")
    number = hall.take()
    hall.call()
    hall.start(number)
    hall.record(WindowPaused(3, "1001", "incident", ticket=f"20261123-{number}"))
    assert (hall.window().state, hall.window().ticket[9:]) == ("paused", number)
    assert hall.call(4, "1002") == "empty"
    hall.record(WindowResumed(3, "1001"))
    assert (hall.window().state, hall.window().ticket[9:]) == ("serving", number)


@pytest.mark.req("R113")
def test_of_one_counter_only_one_window_is_left_at_a_time() -> None:
    windows = {n: replace(w, counter="east") for n, w in PLAN.windows.items()}
    hall = FrontDesk(replace(PLAN, windows=windows))
    hall.sign_in(3)
    hall.sign_in(4, "1002")
    hall.record(paused(40))
    assert ask(hall, window=4, staff="1002").outcome == "second"
    assert ask(hall, window=4, staff="1002", reason="incident").outcome == "granted"
    hall.record(WindowResumed(3, "1001"))
    assert ask(hall, window=4, staff="1002").outcome == "granted"


@pytest.mark.req("R113", "R101")
@pytest.mark.parametrize(("counter", "waits", "outcome"), [("east", False, "second"), ("", True, "waiting")])
def test_of_two_who_ask_in_the_same_instant_one_leaves(counter: str, waits: bool, outcome: str) -> None:
    hall = FrontDesk(replace(PLAN, windows={n: replace(w, counter=counter) for n, w in PLAN.windows.items()}))
    hall.sign_in(3)
    hall.sign_in(4, "1002")
    if waits:
        hall.take()  # either can serve them
    assert ask(hall).outcome == "granted"
    assert ask(hall, window=4, staff="1002").outcome == outcome  # that the first has left is not heard yet
    assert ask(hall).outcome == "granted"  # the answer was lost
    hall.wait(3)
    assert ask(hall, window=4, staff="1002").outcome == "granted"  # who asked first stayed after all


@pytest.mark.req("R247")
def test_whoever_sets_the_clock_forward_during_a_service_has_not_worked_all_night() -> None:
    hall = FrontDesk()
    hall.sign_in()
    number = hall.take()
    assert hall.call() == number
    hall.start(number)
    started = hall.stage.wall
    hall.wait(600)
    hall.stage.wall += timedelta(days=1)
    assert not [r for r in hall.finish(number, started=started) if isinstance(r, OvertimeWorked)]


@pytest.mark.req("R108", "R110")
def test_a_long_leave_goes_to_the_leader_and_needs_somebody_in_charge() -> None:
    hall = FrontDesk(staff=LED)
    hall.sign_in()
    assert ask(hall, reason="long").outcome == "refused"
    assert ("leave-asked", "leader") in [(a.kind, a.to) for a in said(hall.stage.effects, HallAlarms)[-1].alarms]
    assert ask(hall, reason="long", supervisor="1001", pin=PIN).outcome == "refused"  # in charge of nothing
    assert ask(hall, reason="long", supervisor="1002", pin="000000").outcome == "refused"
    assert ask(hall, reason="long", supervisor="1002", pin=PIN).outcome == "granted"


@pytest.mark.req("R201", "R102", "R109", "R203")
def test_the_leader_hears_of_a_leave_at_once_and_of_one_that_is_too_long_when_it_is() -> None:
    hall = FrontDesk()
    hall.sign_in()
    raised = hall.record(paused(40))
    assert alarms(raised) == [("window-left", "leader")]
    assert hall.window().until[11:16] == "09:40"  # neighbours and public see until when, never why
    assert "errand" not in repr(said(hall.stage.effects, HallAlarms))
    assert alarms(hall.wait(590)) == []
    assert alarms(hall.wait(20)) == [("leave-over", "leader")]
    ended = [r for r in hall.record(WindowResumed(3, "1001")) if isinstance(r, AlarmEnded)]
    assert len(ended) == 2
    assert said(hall.stage.effects, HallAlarms)[-1].alarms == ()


@pytest.mark.req("R099", "R178")
def test_nobody_signs_out_while_somebody_waits_for_their_window_but_by_a_supervisor_and_a_reason() -> None:
    hall = FrontDesk(staff=LED)
    hall.sign_in()
    number = hall.take()
    assert ask(hall, "sign-out", "").outcome == "waiting"
    assert ask(hall, "sign-out", "", supervisor="1002", pin=PIN).outcome == "waiting"  # a reason, too
    assert ask(hall, "sign-out", "illness", supervisor="1002", pin=PIN).outcome == "granted"
    hall.call()
    hall.start(number)
    assert ask(hall, "sign-out", "illness", supervisor="1002", pin=PIN).outcome == "waiting"  # a citizen sits there
    hall.finish(number)
    assert ask(hall, "sign-out", "").outcome == "granted"


@pytest.mark.req("R011", "R178", "R179", "R241", "R099")
def test_after_closing_whoever_waits_is_served_and_overtime_begins_and_ends_by_itself() -> None:
    hall = FrontDesk()
    hall.at(17, 20)
    hall.sign_in()
    first, second = hall.take(), hall.take()
    hall.call()
    hall.start(first)
    assert hall.window().state == "serving"
    hall.at(17, 31)
    assert (hall.window().state, hall.window().ticket[9:]) == ("overtime", first)
    assert hall.take() == "closed"
    entries = [r for r in hall.finish(first) if isinstance(r, OvertimeWorked)]
    assert hall.window().state == "overtime"  # somebody still waits
    assert ask(hall, "sign-out", "").outcome == "waiting"
    assert hall.call() == second
    hall.wait(180)
    entries += [r for r in hall.serve(second) if isinstance(r, OvertimeWorked)]
    assert hall.window().state == "open"
    assert [(e.ticket[9:], e.staff, e.seconds) for e in entries] == [(first, "1001", 60), (second, "1001", 180)]
    hall.record(StaffSignedOut(3, "1001"))


@pytest.mark.req("R247")
def test_the_ledger_counts_once_whatever_is_replayed() -> None:
    hall = FrontDesk()
    hall.at(17, 20)
    hall.sign_in()
    number = hall.take()
    hall.call()
    hall.start(number)
    hall.at(17, 40)
    hall.finish(number)
    before = dict(hall.role.hall.overtime.months)
    hall.begin(hall.stage.wall)
    assert dict(hall.role.hall.overtime.months) == before == {("1001", "2026-11"): 600}
    assert len([r for _, r in hall.book if isinstance(r, OvertimeWorked)]) == 1


@pytest.mark.req("R248")
def test_the_leader_hears_who_has_worked_overtime_for_too_long_this_month() -> None:
    hall = FrontDesk(replace(PLAN, overtime_month=600))
    hall.at(17, 20)
    hall.sign_in()
    for minute, expected in ((35, []), (45, [("overtime-long", "leader")])):
        number = hall.take() if minute == 35 else next(iter(hall.role.hall.queue.lanes.tickets(("social",), 0)))[9:]
        if minute == 35:
            hall.take()
        hall.call()
        hall.at(17, minute)
        assert alarms(hall.serve(number)) == expected
