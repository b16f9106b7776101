"""Who works where: signing in, standing in, being expected; and what the leader hears of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from device.contract.messages import (
    AbsenceFiled,
    AlarmAnswered,
    AlarmEnded,
    AlarmRaised,
    AnswerAssign,
    AnswerSignIn,
    AskAssign,
    AskSignIn,
    DeviceState,
    HallAlarms,
    OutageFiled,
    Record,
    StaffSignedIn,
    StaffSignedOut,
    TicketRecalled,
    TicketsLeft,
    WindowAssigned,
    WindowHandedOver,
    Words,
)
from device.hall.calendar import Calendar, Outage
from device.hall.parameters import Absence, Expected, People
from device.hall.plan import Plan
from tests.roles.front_desk import FrontDesk, with_staff
from tests.roles.stage import LI, MORNING, PIN, PLAN, STAFF, ZHANG, said

LED = with_staff(_1002={"duties": frozenset({"leader"})})
ROSTER = (Expected(3, "1001"), Expected(4, "1002"))


def sign_in(hall: FrontDesk, staff: str, window: int = 3) -> AnswerSignIn:
    answer = hall.ask(AskSignIn(staff, PIN), f"window-{window}")
    assert isinstance(answer, AnswerSignIn)
    return answer


def raised(records: list[Record]) -> list[tuple[str, str, int]]:
    return [(r.kind, r.to, r.window) for r in records if isinstance(r, AlarmRaised)]


def with_people(**rules: Any) -> Plan:
    return replace(PLAN, people=People(**rules))


def away(begin: int, end: int, substitute: str = "1002") -> Absence:
    return Absence("training", "1001", MORNING.replace(hour=begin), MORNING.replace(hour=end), substitute, "1002")


@pytest.mark.req("R091", "R045")
def test_where_cards_are_the_rule_a_number_alone_opens_nothing() -> None:
    carded = with_staff(_1001={"card": "C0FFEE77"})
    hall = FrontDesk(with_people(by_card=True), carded)
    assert sign_in(hall, "1001").outcome == "refused"
    welcome = sign_in(hall, "C0FFEE77")
    assert (welcome.outcome, welcome.person) == ("welcome", ZHANG)
    assert sign_in(FrontDesk(staff=carded), "1001").outcome == "welcome"


@pytest.mark.req("R172")
def test_one_person_may_be_at_two_windows_and_at_no_more() -> None:
    hall = FrontDesk()
    hall.sign_in(3)
    assert sign_in(hall, "1001", 4).outcome == "welcome"
    strict = FrontDesk(with_people(windows_each=1))
    strict.sign_in(3)
    assert sign_in(strict, "1001", 4).outcome == "elsewhere"
    assert sign_in(strict, "1001", 3).outcome == "welcome"  # again at the same one


@pytest.mark.req("R012", "R121", "R168", "R125")
def test_a_hand_over_leaves_no_gap_and_what_was_sent_to_the_window_stays_there() -> None:
    hall = FrontDesk()
    hall.sign_in(3)
    assert hall.window().person == ZHANG
    shown = len(said(hall.stage.effects, type(hall.window())))
    for record in (
        WindowHandedOver(3, "1001", "1002", "nothing-open"),
        StaffSignedOut(3, "1001", "hand-over"),
        StaffSignedIn(3, "1002", "online"),
    ):
        hall.record(record)
    assert hall.window().person == LI
    assert len(said(hall.stage.effects, type(hall.window()))) > shown


@pytest.mark.req("R123")
def test_a_substitute_serves_what_they_can_and_the_queue_follows() -> None:
    hall = FrontDesk(staff=with_staff(_1002={"services": frozenset({"tax"})}))
    hall.sign_in(4, "1002")
    social, tax = hall.take("social"), hall.take("tax")
    assert hall.window(4).services == ("tax",)
    assert [hall.call(4, "1002"), (hall.serve(tax, 4, "1002", "tax"), hall.call(4, "1002"))[1]] == [tax, "empty"]
    hall.record(StaffSignedOut(4, "1002"))
    hall.sign_in(4, "1001")
    assert (hall.window(4).services, hall.call(4)) == (("social", "tax"), social)


@pytest.mark.req("R049", "R122", "R119", "R175", "R169")
def test_an_absence_is_on_record_once_with_when_it_was_filed_and_who_stands_in() -> None:
    hall = FrontDesk(with_people(absences=(away(14, 17),)))
    hall.begin(hall.stage.wall + timedelta(hours=1))
    (filed,) = [r for _, r in hall.book if isinstance(r, AbsenceFiled)]
    assert (filed.staff, filed.substitute, filed.approved_by, filed.kind, filed.late) == (
        "1001", "1002", "1002", "half-day", False,
    )  # fmt: skip
    late = FrontDesk(with_people(absences=(away(8, 17),)))
    (told,) = [r for _, r in late.book if isinstance(r, AbsenceFiled)]
    assert (told.kind, told.late) == ("day", True)
    longer = replace(away(8, 17), ends=MORNING + timedelta(days=3))
    (told,) = [r for _, r in FrontDesk(with_people(absences=(longer,))).book if isinstance(r, AbsenceFiled)]
    assert told.kind == "longer"


@pytest.mark.req("R202", "R203")
def test_a_planned_closure_is_filed_before_it_begins_and_the_window_says_why_until_when_and_where_to_go() -> None:
    closure = Outage(
        "wires",
        MORNING + timedelta(hours=1),
        MORNING + timedelta(hours=2),
        Words("线路检修"),
        frozenset({3}),
        elsewhere=(4,),
    )
    hall = FrontDesk(replace(PLAN, calendar=Calendar(outages=(closure,))))
    (filed,) = [r for _, r in hall.book if isinstance(r, OutageFiled)]
    assert (filed.windows, filed.late) == ((3,), False)
    hall.at(10, 31)
    truth = hall.window(3)
    assert (truth.state, truth.what, truth.until[11:16], truth.elsewhere) == (
        "closed",
        Words("线路检修"),
        "11:30",
        (4,),
    )
    hall.at(11, 31)
    assert (hall.window(3).what, hall.window(3).until) == (None, "")


@pytest.mark.req("R048", "R171", "R120")
def test_who_does_not_come_is_told_to_the_leader_and_then_to_the_head() -> None:
    hall = FrontDesk(with_people(roster=ROSTER), wall=MORNING.replace(hour=8, minute=25))
    hall.sign_in(3)
    found = [raised(hall.wait(seconds)) for seconds in (300, 620, 1300)]
    assert [("absent", "leader", 4) in told for told in found] == [False, True, False]
    assert ("absent", "head", 4) in found[2]
    ended = hall.sign_in(4, "1002")
    assert len([r for r in ended if isinstance(r, AlarmEnded)]) == 2


@pytest.mark.req("R168", "R049")
def test_of_somebody_who_is_away_the_substitute_is_expected() -> None:
    staff = STAFF | {"1004": replace(STAFF["1002"], person=replace(LI, number="1004"))}
    hall = FrontDesk(
        with_people(roster=ROSTER, absences=(away(8, 17, "1004"),)), staff, wall=MORNING.replace(hour=8, minute=25)
    )
    hall.sign_in(4, "1002")
    hall.wait(1000)
    missing = [a.staff for a in said(hall.stage.effects, HallAlarms)[-1].alarms if a.kind == "absent"]
    assert missing == ["1004"]
    hall.sign_in(3, "1004")
    assert [a for a in said(hall.stage.effects, HallAlarms)[-1].alarms if a.kind == "absent"] == []


@pytest.mark.req("R252")
def test_a_roster_with_too_few_people_for_the_open_windows_is_told() -> None:
    thin = [a.kind for a in _after_a_minute(with_people(roster=ROSTER))]
    enough = [a.kind for a in _after_a_minute(with_people(roster=ROSTER, per_window_percent=100))]
    assert ("roster-thin" in thin, "roster-thin" in enough) == (True, False)


def _after_a_minute(plan: Plan) -> list[AlarmRaised]:
    return [r for r in FrontDesk(plan).wait(60) if isinstance(r, AlarmRaised)]


@pytest.mark.req("R048")
def test_a_call_on_which_nobody_acts_is_told_until_somebody_does() -> None:
    hall = FrontDesk()
    hall.sign_in()
    number = hall.take()
    hall.call()
    assert raised(hall.wait(100)) == []
    assert raised(hall.wait(40)) == [("nobody-acts", "leader", 3)]
    assert [type(r) for r in hall.record(TicketRecalled(f"20261123-{number}", 3, "1001", 2))] == [AlarmEnded]


@pytest.mark.req("R197")
def test_somebody_who_is_signed_in_and_calls_nobody_while_people_wait_is_seen() -> None:
    hall = FrontDesk()
    hall.sign_in()
    assert raised(hall.wait(400)) == []  # nobody waits
    hall.take()
    assert raised(hall.wait(280)) == []
    assert raised(hall.wait(40)) == [("window-idle", "leader", 3)]
    assert hall.call() == "A001"
    assert said(hall.stage.effects, HallAlarms)[-1].alarms == ()


@pytest.mark.req("R084", "R085")
def test_a_queue_is_long_above_ten_and_until_it_is_down_to_seven() -> None:
    hall = FrontDesk()
    hall.sign_in()
    for _ in range(10):
        hall.take()
    assert ("queue-long", "leader", 0) not in raised([r for _, r in hall.book])
    hall.take()
    assert ("queue-long", "leader", 0) in raised([r for _, r in hall.book])
    ended = []
    for _ in range(4):
        hall.stage.wait(1)
        number = hall.call()
        hall.serve(number)
        ended.append("queue-long" in [a.kind for a in said(hall.stage.effects, HallAlarms)[-1].alarms])
    assert ended == [True, True, True, False]  # 10, 9, 8, 7 are left: it does not flap around ten
    assert sum(a.kind == "queue-long" for a in said(hall.stage.effects, HallAlarms)[-1].alarms) == 0
    assert len([r for _, r in hall.book if isinstance(r, AlarmRaised) and r.kind == "queue-long"]) == 1


@pytest.mark.req("R031", "R084", "R086")
def test_a_long_queue_comes_with_a_proposal_that_somebody_in_charge_can_carry_out() -> None:
    windows = {**PLAN.windows, 3: replace(PLAN.windows[3], also=("tax",))}
    hall = FrontDesk(replace(PLAN, windows=windows), LED)
    hall.sign_in(3)
    hall.sign_in(4, "1002")
    for _ in range(11):
        hall.take("tax")
    (alarm,) = [a for a in said(hall.stage.effects, HallAlarms)[-1].alarms if a.kind == "queue-long"]
    assert (alarm.service, alarm.proposal) == ("tax", 3)

    def assign(staff: str, device: str, *services: str) -> str:
        answer = hall.ask(AskAssign(staff, 3, services), device)
        assert isinstance(answer, AnswerAssign)
        return answer.outcome

    assert assign("1001", "window-3", "social", "tax") == "refused"  # in charge of nothing
    assert assign("1002", "window-3", "social", "tax") == "refused"  # not where they signed in
    assert assign("1002", "window-4", "social", "nonsense") == "refused"
    assert assign("1002", "window-4", "social", "tax") == "assigned"
    assert [r for _, r in hall.book if isinstance(r, WindowAssigned)] == [WindowAssigned(3, ("social", "tax"), "1002")]
    assert hall.window(3).services == ("social", "tax")
    assert hall.call(3).startswith("B")
    hall.record(AlarmAnswered(alarm.id, 3, "1001", "opened-window"))
    assert said(hall.stage.effects, HallAlarms)[-1].alarms[0].answered_by == ""  # not theirs to answer
    hall.record(AlarmAnswered(alarm.id, 4, "1002", "reassigned"))
    assert said(hall.stage.effects, HallAlarms)[-1].alarms[0].answered_by == "1002"
    hall.at(9, 0, day=24)
    assert hall.role.hall.floor.desks[3].services == ("social",)  # for that day only


@pytest.mark.req("R080")
def test_people_nobody_serves_are_told_priority_at_once() -> None:
    hall = FrontDesk()
    hall.take("tax")
    assert raised(hall.wait(280)) == []
    assert raised(hall.wait(40)) == [("nobody-serves", "leader", 0)]


@pytest.mark.req("R001")
def test_a_hall_without_a_kiosk_that_works_is_told_to_the_technician() -> None:
    hall = FrontDesk()
    for kiosk in ("kiosk-1", "kiosk-2"):
        hall.says(kiosk, DeviceState("kiosk", "1", "", "fault"))
        expected = [] if kiosk == "kiosk-1" else ["no-kiosk"]
        assert [kind for kind, _, _ in raised(hall.wait(20)) if kind != "not-ready"] == expected


@pytest.mark.req("R178")
def test_whoever_was_not_served_when_the_day_ends_is_on_record_once_also_over_a_restart() -> None:
    hall = FrontDesk()
    hall.take()
    hall.wait(24 * 3600)
    left = [r for _, r in hall.book if isinstance(r, TicketsLeft)]
    assert left == [TicketsLeft("2026-11-23", ("20261123-A001",), "day-ended")]
    other = FrontDesk()
    other.take()
    for days in (1, 1):
        other.begin(MORNING + timedelta(days=days))
    assert [r for _, r in other.book if isinstance(r, TicketsLeft)] == left


@pytest.mark.req("R063", "R137")
def test_a_service_that_takes_longer_than_it_may_is_seen_while_it_does() -> None:
    services = {**PLAN.services, "social": replace(PLAN.services["social"], limit=5)}
    hall = FrontDesk(replace(PLAN, services=services))
    hall.sign_in()
    number = hall.take()
    hall.call()
    hall.start(number)
    assert raised(hall.wait(280)) == []
    assert raised(hall.wait(40)) == [("over-limit", "leader", 3)]
    assert AlarmEnded in {type(r) for r in hall.finish(number)}
