"""What the coordinator tells everybody of the building and of people who are away; never why."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from device.contract.messages import AlarmAnswered, DeviceState, HallNotices, HallWindow, RepairAsked, Words
from device.hall.parameters import Absence, Expected, People
from device.hall.plan import Facility
from screens.phrases import word
from tests.roles.front_desk import FrontDesk, with_staff
from tests.roles.stage import MORNING, PLAN, said

LED = with_staff(_1002={"duties": frozenset({"leader"})})
LIFT = Facility(Words("1号电梯", "Lift 1"), Words("请走东侧扶梯", "please use the escalator in the east"))
BUILT = replace(PLAN, facilities={"lift-1": LIFT, "toilet-2": Facility(Words("二楼卫生间", "Toilets on floor 2"))})


def fault(hall: FrontDesk) -> Words | None:
    return said(hall.stage.effects, HallNotices)[-1].fault


@pytest.mark.req("R286")
def test_a_lift_reported_at_any_window_is_on_every_display_until_it_is_mended() -> None:
    hall = FrontDesk(BUILT, LED)
    hall.record(RepairAsked(3, "1001", "lift-1"))
    assert fault(hall) == Words(
        "1号电梯暂停使用，请走东侧扶梯", "Lift 1 is out of service; please use the escalator in the east"
    )
    (alarm,) = hall.role.hall.alarms.open.values()
    hall.record(AlarmAnswered(alarm.id, 4, "1002", "noted", 60))
    shown = fault(hall)
    assert shown
    assert shown.zh == "1号电梯暂停使用（预计10:30修好），请走东侧扶梯"
    hall.begin(hall.stage.wall)  # also over a restart
    assert fault(hall) == shown
    hall.record(AlarmAnswered(alarm.id, 4, "1002", "called-back"))
    assert fault(hall) is None


@pytest.mark.req("R286", "R004")
def test_several_things_out_of_order_are_told_together_and_leave_the_other_slots_alone() -> None:
    hall = FrontDesk(BUILT, LED)
    hall.role.notices = HallNotices(0, business=Words("医保缴费"))
    hall.record(RepairAsked(3, "1001", "toilet-2"))
    hall.record(RepairAsked(3, "1001", "evaluator-3"))  # nothing to citizens
    hall.says("kiosk-2", DeviceState("kiosk", "1", "", "fault"))
    shown = fault(hall)
    assert shown
    assert shown.zh == "二楼卫生间暂停使用；西门自助取号机正在维修，请使用其他取号机或找工作人员取号"
    assert said(hall.stage.effects, HallNotices)[-1].business == Words("医保缴费")


def away(where: Any = "leave", substitute: str = "", hours: tuple[int, int] = (9, 17)) -> Absence:
    begins, ends = (MORNING.replace(hour=hour, minute=0) for hour in hours)
    return Absence("operation-of-the-knee", "1001", begins, ends, substitute, "1002", where)


def rostered(*absences: Absence, more: tuple[Expected, ...] = ()) -> FrontDesk:
    people = People(roster=(Expected(3, "1001"), Expected(4, "1002"), *more), absences=absences)
    return FrontDesk(replace(PLAN, people=people))


@pytest.mark.req("R157")
@pytest.mark.parametrize(("where", "zh"), [("leave", "休假"), ("out", "外出"), ("meeting", "开会")])
def test_a_window_whose_person_is_away_says_where_and_until_when_and_not_why_nor_who(where: str, zh: str) -> None:
    window = rostered(away(where)).window(3)
    assert window.what
    assert zh in window.what.zh
    assert window.until == "2026-11-23T17:00:00+08:00"
    assert window.person is None
    assert not any(secret in repr(window) for secret in ("knee", "1001", "张敏"))


@pytest.mark.req("R157")
def test_nothing_is_said_while_somebody_stands_in_or_another_is_expected_or_signs_in() -> None:
    assert rostered(away(substitute="1002")).window(3).what is None
    assert rostered(away(), more=(Expected(3, "1003"),)).window(3).what is None
    assert rostered(away(hours=(10, 17))).window(3).what is None  # not away yet
    hall = rostered(away())
    hall.sign_in(3, "1002")
    assert (hall.window(3).state, hall.window(3).what, hall.window(3).until) == ("open", None, "")


@pytest.mark.req("R157")
def test_it_ends_with_the_absence() -> None:
    hall = rostered(away(hours=(9, 10)))
    assert hall.window(3).what
    hall.at(10, 1)
    assert hall.window(3).what is None
    assert isinstance(hall.window(3), HallWindow)


def test_what_the_hall_says_itself_is_said_in_all_its_languages() -> None:
    lift = replace(LIFT, name=replace(LIFT.name, ug="1-لىفىت"))
    hall = FrontDesk(replace(BUILT, languages=("zh", "ug", "mn"), facilities={"lift-1": lift}), LED)
    hall.record(RepairAsked(3, "1001", "lift-1"))
    shown = fault(hall)
    assert shown
    assert shown.zh.startswith("1号电梯暂停使用")
    assert shown.ug == "1-لىفىت ھازىرچە ئىشلىتىلمەيدۇ؛ please use the escalator in the east"
    assert "Lift 1" in shown.mn
    assert shown.bo == ""
    people = People(roster=(Expected(3, "1001"), Expected(4, "1002")), absences=(away("leave"),))
    what = FrontDesk(replace(PLAN, people=people, languages=("zh", "bo"))).window(3).what
    assert what
    assert what.bo == word("bo", "whereabouts.leave")
    assert what.ug == ""
