"""Roles: whoever mends devices serves nobody and decides nothing, and whoever serves orders nothing in the office."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest

from config.staff import Staff
from device.contract.messages import AnswerLeave, AnswerSignIn, AskLeave, AskSignIn, HallStaff, Person
from device.hall.authority import IN_CHARGE, MAINTENANCE, MAY_ORDER, may_order, may_serve
from device.hall.orders import ListCases, Order
from device.hall.plan import StaffEntry
from device.roles.coordinator import Coordinator
from drivers.events import LinkUp
from tests.roles.stage import PIN, PLAN, STAFF, VERIFIER, Stage, said, uid

MENDER = StaffEntry(Person("7001", "孙师傅"), frozenset(), VERIFIER, duties=frozenset({MAINTENANCE}))
BOTH = replace(MENDER, person=Person("7002", "钱师傅"), duties=frozenset({MAINTENANCE, "leader"}))


def hall() -> Stage:
    stage = Stage(Coordinator("coordinator", PLAN, {**STAFF, "7001": MENDER, "7002": BOTH}))
    stage.began()
    stage.send(LinkUp())
    return stage


@pytest.mark.req("R224", "R196")
def test_whoever_is_there_to_mend_devices_cannot_sign_in_at_a_window() -> None:
    stage = hall()
    for n, (staff, outcome) in enumerate((("7001", "refused"), ("7002", "refused"), ("1001", "welcome"))):
        (answer,) = said(stage.hear(AskSignIn(staff, PIN), id=uid(n + 1), device="window-3"), AnswerSignIn)
        assert answer.outcome == outcome
    (listed,) = said(stage.effects, HallStaff)[-1:]
    assert listed.staff == ("1001", "1002"), "without a PIN nobody can, and menders are not among them"


@pytest.mark.req("R224", "R196")
def test_a_mender_stands_behind_no_decision_about_people() -> None:
    stage = hall()
    ask = AskLeave("1001", "sign-out", supervisor="7001", pin=PIN)
    (answer,) = said(stage.hear(ask, id=uid(9), device="window-3"), AnswerLeave)
    assert answer.outcome == "refused"


@pytest.mark.req("R196")
def test_every_order_of_the_office_belongs_to_a_duty_and_none_to_whoever_has_none() -> None:
    assert set(MAY_ORDER) == set(get_args(Order))
    assert all(duties and duties <= IN_CHARGE for duties in MAY_ORDER.values())
    for duties in (frozenset[str](), frozenset({MAINTENANCE}), frozenset({"leader"})):
        assert not may_order(duties, ListCases())
    assert may_order(frozenset({"supervisor"}), ListCases())


@pytest.mark.req("R224")
def test_the_duties_of_the_config_are_the_duties_of_the_hall() -> None:
    (several,) = [hint for hint in get_args(Staff.model_fields["duties"].annotation) if hint is not ...]
    assert set(get_args(several)) == IN_CHARGE | {MAINTENANCE}
    assert may_serve(frozenset({"leader"}))
    assert not may_serve(frozenset({MAINTENANCE}))
