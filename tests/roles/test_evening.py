"""At the end of the day: a device says that it may be switched off, and may be at any other moment too."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from device.contract.messages import HallWindow, Invitation, SafeToSwitchOff
from device.effects import Began, Keep, Told
from device.hall.calendar import Calendar, DayRule
from device.hall.evening import day_over
from device.hall.plan import Plan
from device.moment import HALL_TIME
from device.roles.evaluator import Evaluator
from screens.views import EvaluatorIdle
from tests.roles.stage import JOURNAL, MORNING, PLAN, ZHANG, Stage, facts, uid

EVENING = MORNING.replace(hour=17, minute=31)


def evaluator(wall: datetime = EVENING) -> Stage:
    stage = Stage(Evaluator("evaluator-3", PLAN, PLAN.windows[3], desk=True), wall)
    stage.send(Began(dict(stage.kept), JOURNAL))
    return stage


def closed(stage: Stage, invitation: Invitation | None = None) -> None:
    stage.send(Told(HallWindow(3, 0, "closed", invitation=invitation)))


def page(stage: Stage) -> EvaluatorIdle:
    return stage.page(EvaluatorIdle)


@pytest.mark.req("R018", "R238")
def test_when_the_window_is_closed_for_the_day_the_evaluator_says_at_once_that_it_may_be_switched_off() -> None:
    stage = evaluator()
    stage.send(Told(HallWindow(3, 0, "open", ZHANG)))
    assert page(stage).safe is False
    asked = len(stage.effects)
    closed(stage)
    assert page(stage).safe is True, "in the same instant, which is within 5 s"
    assert [r for r in facts(stage.effects[asked:]) if isinstance(r, SafeToSwitchOff)]
    assert [e for e in stage.effects[asked:] if isinstance(e, Keep) and e.key == "safe"]


@pytest.mark.req("R238")
def test_it_is_on_record_once_a_day_also_over_a_restart() -> None:
    stage = evaluator()
    closed(stage)
    stage.wait(600)
    again = Stage(Evaluator("evaluator-3", PLAN, PLAN.windows[3], desk=True), EVENING)
    again.kept = stage.kept
    again.send(Began(dict(stage.kept), JOURNAL))
    closed(again)
    assert page(again).safe is True
    assert len([r for r in facts([*stage.effects, *again.effects]) if isinstance(r, SafeToSwitchOff)]) == 1


@pytest.mark.req("R238")
def test_while_a_rating_is_awaited_it_does_not_say_so() -> None:
    stage = evaluator()
    until = EVENING.replace(second=30).isoformat()
    closed(stage, Invitation(uid(1), "20261123-A001", "social", ZHANG, until))
    assert not isinstance(stage.view(), EvaluatorIdle)
    stage.wait(31)
    assert page(stage).safe is True


def test_at_lunch_before_opening_and_without_the_time_of_day_nothing_is_said() -> None:
    for wall in (MORNING.replace(hour=12, minute=30), MORNING.replace(hour=7)):
        stage = evaluator(wall)
        closed(stage)
        assert page(stage).safe is False
    stage = Stage(Evaluator("evaluator-3", PLAN, PLAN.windows[3], desk=True), EVENING, "floor")
    stage.began()
    closed(stage)
    assert page(stage).safe is False


def test_a_hall_that_never_closes_has_no_evening_and_a_day_of_rest_is_over_from_its_beginning() -> None:
    always = Plan("x", PLAN.name, ("zh",), 240, (), {}, {}, {})
    assert not day_over(always, EVENING)
    rest = Calendar(special={"2026-11-23": ("holiday", DayRule(closed=True))})
    resting = Plan("x", PLAN.name, ("zh",), 240, ((510, 720),), {}, {}, {}, calendar=rest)
    assert day_over(resting, datetime.combine(date(2026, 11, 23), MORNING.timetz()).astimezone(HALL_TIME))
