"""Items promised for a later day: when they are due, who is reminded, and when it is over."""

from __future__ import annotations

from dataclasses import replace

import pytest

from device.contract.messages import (
    AlarmRaised,
    AnswerCall,
    HallService,
    ItemDelivered,
    ItemRegistered,
    Record,
    TicketStarted,
)
from device.effects import Publish
from device.hall.calendar import Calendar
from device.hall.plan import Plan
from drivers.events import Scanned
from tests.roles.console import TICKET, enabled, keys, page, staffed
from tests.roles.front_desk import FrontDesk
from tests.roles.stage import PLAN, facts, only

CASE = "2301-2026-118204"


def promising(days: int) -> Plan:
    service = replace(PLAN.services["social"], promise_days=days, registers=True)
    weekend = Calendar(weekend=frozenset({5, 6}))
    return replace(PLAN, services={**PLAN.services, "social": service}, calendar=weekend)


def registered(days: int, case: str = CASE) -> FrontDesk:
    """On Monday, 23 November 2026, in the morning."""
    hall = FrontDesk(promising(days))
    hall.sign_in()
    number = hall.take()
    hall.call()
    hall.start(number)
    hall.record(ItemRegistered(f"20261123-{number}", "social", 3, "1001", case))
    hall.finish(number)
    return hall


def on(hall: FrontDesk, day: int, month: int = 11) -> list[Record]:
    """That morning, and what is decided in its first minute."""
    hall.stage.wall = hall.stage.wall.replace(month=month, day=day)
    return hall.wait(60)


def late(decided: list[Record]) -> list[AlarmRaised]:
    return [record for record in decided if isinstance(record, AlarmRaised) and record.kind == "promise-late"]


@pytest.mark.req("R041", "R214")
def test_a_promise_of_five_working_days_is_reminded_of_the_day_before_and_the_leader_hears_if_it_is_late() -> None:
    hall = registered(5)  # due on Monday, 30 November: a week end lies between
    assert hall.service().due == 0
    on(hall, 26)
    assert hall.service().due == 0
    on(hall, 27)  # Friday: the next working day is the day
    assert hall.service().due == 1
    hall.wait(60)
    assert not [a for a in hall.role.hall.alarms.truth().alarms if a.kind == "promise-late"]
    on(hall, 30)
    assert hall.service().due == 1
    decided = [record for _, record in hall.book]
    assert late(decided) == []
    assert late(on(hall, 1, month=12)) == [AlarmRaised("promise-late", "leader", service="social")]
    hall.record(ItemDelivered(3, "1001", CASE))
    hall.wait(60)
    assert hall.service().due == 0
    assert not [a for a in hall.role.hall.alarms.truth().alarms if a.kind == "promise-late"]


def test_a_restart_finds_the_same_and_what_is_settled_at_once_is_promised_for_no_day() -> None:
    hall = registered(1)
    assert hall.service().due == 1
    hall.begin(hall.stage.wall)
    hall.wait(30)
    assert hall.role.hall.promised.open == {CASE: ("social", "2026-11-24")}
    assert registered(0).role.hall.promised.open == {}


def test_no_number_of_anybody_is_on_the_wire() -> None:
    hall = registered(1)
    assert CASE not in repr([e for e in hall.stage.effects if isinstance(e, Publish)])


@pytest.mark.req("R214")
def test_the_console_says_how_many_are_due_and_takes_the_number_of_what_was_handed_out() -> None:
    stage = staffed(promising(5))
    assert "delivered" not in {key.id for key in page(stage).keys}
    stage.hear(HallService("social", 9, 0, 0, open=True, due=2))
    assert page(stage).due == 2
    assert "delivered" in enabled(stage)
    keys(stage, "e")
    assert page(stage).prompt == "console.ask_delivered"
    assert facts(stage.send(Scanned(CASE.lower()))) == [ItemDelivered(3, "1001", CASE)]
    assert page(stage).message == "console.delivered_noted"
    stage.hear(HallService("social", 10, 0, 0, open=True))
    assert page(stage).due == 0


def test_a_citizens_own_number_is_no_cases() -> None:
    stage = staffed(promising(5))
    stage.hear(HallService("social", 9, 0, 0, open=True, due=1))
    keys(stage, "e")
    assert not facts(stage.send(Scanned("11010519491231002X")))
    assert page(stage).message == "console.bad_case"


def test_what_is_due_shows_while_somebody_is_served_too() -> None:
    stage = staffed(promising(5))
    request = only(keys(stage, "n"), Publish)
    stage.hear(AnswerCall(request.id, "called", TICKET, "social"))
    assert [type(r) for r in facts(keys(stage, "s"))] == [TicketStarted]
    stage.hear(HallService("social", 9, 3, 10, open=True, due=1))
    assert page(stage).due == 1
    assert "delivered" in enabled(stage)
