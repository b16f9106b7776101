"""What the coordinator makes of calls for help and of repairs."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from device.contract.messages import (
    Alarm,
    AlarmAnswered,
    AlarmAsked,
    AlarmEnded,
    AlarmRaised,
    DeviceState,
    FaultBegan,
    FaultEnded,
    FaultNote,
    HallAlarms,
    HallNotices,
    HelpAsked,
    RepairAsked,
)
from device.export.rows import AlarmRow
from device.export.tables import Tables
from tests.roles.front_desk import FrontDesk, with_staff
from tests.roles.stage import said

LED = with_staff(_1002={"duties": frozenset({"leader"})})


def open_alarms(hall: FrontDesk, kind: str) -> list[Alarm]:
    return [a for a in hall.role.hall.alarms.truth().alarms if a.kind == kind]


def notice(hall: FrontDesk) -> str:
    fault = said(hall.stage.effects, HallNotices)[-1].fault
    return fault.zh if fault else ""


@pytest.mark.req("R234", "R280", "R281")
@pytest.mark.parametrize("clock", ["synced", "floor"])
@pytest.mark.parametrize("reason", ["conflict", "disorder", "medical", "security", "fault", "power"])
def test_a_call_for_help_is_an_alarm_at_once_whatever_the_clock(reason: Any, clock: Any) -> None:
    hall = FrontDesk(staff=LED)
    hall.stage.clock = clock
    asked = AlarmAsked(3, "1001", reason)
    assert hall.record(asked) == [AlarmRaised(f"help-{reason}", "leader", 3, staff="1001")]
    (alarm,) = [a for a in said(hall.stage.last, HallAlarms)[-1].alarms if a.window == 3]
    assert alarm.kind == f"help-{reason}"
    assert hall.record(asked) == []  # pressed again it is the same call
    hall.record(AlarmAnswered(alarm.id, 4, "1002", "noted"))
    again = hall.record(asked)
    assert again[-1] == AlarmRaised(f"help-{reason}", "leader", 3, staff="1001")
    assert len(open_alarms(hall, f"help-{reason}")) == 1


@pytest.mark.req("R234")
def test_a_device_that_is_broken_is_reported_without_anybody_pressing_anything() -> None:
    hall = FrontDesk(staff=LED)
    assert [a for a in open_alarms(hall, "not-ready") if a.about == "evaluator-3"] == []
    note = FaultNote("buttons", "unplugged", hall.stage.wall.isoformat(), "technician")
    hall.note(hall.stage.hear(DeviceState("evaluator", "1", "", "fault", (note,)), device="evaluator-3"))
    hall.wait(60)
    (alarm,) = [a for a in open_alarms(hall, "not-ready") if a.about == "evaluator-3"]
    assert (alarm.to, alarm.window) == ("technician", 3)


def test_a_call_for_help_stays_until_somebody_in_charge_answers_it_also_over_a_restart() -> None:
    hall = FrontDesk(staff=LED)
    hall.record(AlarmAsked(3, "1001", "medical"))
    hall.begin(hall.stage.wall)
    hall.wait(60)
    (alarm,) = open_alarms(hall, "help-medical")
    hall.record(AlarmAnswered(alarm.id, 3, "1001", "noted"))  # not theirs to answer
    assert open_alarms(hall, "help-medical") == [alarm]
    assert AlarmEnded(alarm.id) in hall.record(AlarmAnswered(alarm.id, 4, "1002", "noted"))


@pytest.mark.req("R234", "R280")
def test_a_call_that_nobody_answered_days_ago_hides_none_of_today() -> None:
    hall = FrontDesk(staff=LED)
    hall.record(AlarmAsked(3, "1001", "medical"))
    (old,) = open_alarms(hall, "help-medical")
    hall.begin(hall.stage.wall + timedelta(days=3))
    assert open_alarms(hall, "help-medical") == [old]
    told = hall.record(AlarmAsked(3, "1001", "medical"))
    assert told == [AlarmEnded(old.id), AlarmRaised("help-medical", "leader", 3, staff="1001")]
    (new,) = open_alarms(hall, "help-medical")  # with an identity of its own, so that the leader's console tells it
    assert new.id != old.id


def test_a_repair_that_was_asked_for_days_ago_is_asked_for_still() -> None:
    hall = FrontDesk(staff=LED)
    hall.record(RepairAsked(3, "1001", "evaluator-3"))
    hall.begin(hall.stage.wall + timedelta(days=3))
    assert not [
        r for r in hall.record(RepairAsked(3, "1001", "evaluator-3")) if isinstance(r, AlarmRaised | AlarmEnded)
    ]


def test_nobody_calls_for_help_in_another_windows_name() -> None:
    hall = FrontDesk(staff=LED)
    assert hall.record(AlarmAsked(3, "1001", "conflict"), "window-4") == []


@pytest.mark.req("R253")
def test_a_request_for_repair_comes_with_the_device_and_what_was_last_wrong_with_it() -> None:
    hall = FrontDesk(staff=LED)
    hall.record(FaultBegan("printer", "paper-out"), "kiosk-1")
    hall.record(FaultBegan("printer", "cutter"), "kiosk-1")
    hall.record(FaultEnded("printer", "cutter"), "kiosk-1")
    hall.begin(hall.stage.wall)
    asked = hall.record(RepairAsked(3, "1001", "kiosk-1"))
    told = AlarmRaised("repair", "technician", 3, staff="1001", about="kiosk-1", part="printer", code="cutter")
    assert asked == [told]
    assert hall.record(RepairAsked(3, "1001", "kiosk-1")) == []
    assert hall.record(RepairAsked(3, "1001", "evaluator-3")) == [
        AlarmRaised("repair", "technician", 3, staff="1001", about="evaluator-3")
    ]


@pytest.mark.req("R088")
def test_the_public_notice_of_a_broken_kiosk_says_until_when_once_somebody_said_so_and_no_longer_than_that() -> None:
    hall = FrontDesk(staff=LED)
    hall.note(hall.stage.hear(DeviceState("kiosk", "1", "", "fault"), device="kiosk-1"))
    assert notice(hall).startswith("东门自助取号机正在维修")
    hall.record(RepairAsked(3, "1001", "kiosk-1"))
    (alarm,) = open_alarms(hall, "repair")
    hall.record(AlarmAnswered(alarm.id, 3, "1001", "noted", 30))  # not theirs to promise
    assert "预计" not in notice(hall)
    hall.record(AlarmAnswered(alarm.id, 4, "1002", "noted", 30))
    assert notice(hall).startswith("东门（预计10:00修好）自助取号机正在维修")
    hall.at(9, 59)
    assert "预计10:00" in notice(hall)
    hall.wait(120)
    assert "预计" not in notice(hall)
    hall.record(AlarmAnswered(alarm.id, 4, "1002", "noted", 60))
    assert "预计11:01" in notice(hall)


@pytest.mark.req("R070")
def test_a_repair_is_over_when_its_asker_was_called_back_not_when_somebody_took_it_up() -> None:
    hall = FrontDesk(staff=LED)
    hall.record(RepairAsked(3, "1001", "kiosk-1"))
    (alarm,) = open_alarms(hall, "repair")
    assert AlarmEnded(alarm.id) not in hall.record(AlarmAnswered(alarm.id, 4, "1002", "noted", 15))
    assert [a.answered_by for a in open_alarms(hall, "repair")] == ["1002"]
    assert AlarmEnded(alarm.id) in hall.record(AlarmAnswered(alarm.id, 4, "1002", "called-back"))
    assert open_alarms(hall, "repair") == []


@pytest.mark.req("R222")
def test_who_asks_for_help_at_a_kiosk_is_told_to_the_leader_and_how_long_that_took_is_on_record() -> None:
    hall = FrontDesk(staff=LED)
    hall.sign_in(4, "1002")
    assert hall.record(HelpAsked(), "kiosk-1") == [AlarmRaised("citizen-asks", "leader", about="kiosk-1")]
    assert hall.record(HelpAsked(), "kiosk-1") == []
    ended, raised = hall.record(HelpAsked("medical"), "kiosk-1")
    assert isinstance(ended, AlarmEnded)
    assert raised == AlarmRaised("citizen-asks", "leader", about="kiosk-1", code="medical")
    (alarm,) = open_alarms(hall, "citizen-asks")
    hall.wait(45)
    hall.record(AlarmAnswered(alarm.id, 4, "1002", "noted"))
    hall.wait(30)
    assert open_alarms(hall, "citizen-asks") == []
    tables = Tables(lambda at: at[:10])
    for envelope, record in hall.book:
        tables.add(envelope, record)
    day = hall.stage.wall.date().isoformat()
    (row,) = [r for r in tables.between(day, day, day)["alarms"] if isinstance(r, AlarmRow) and r.code == "medical"]
    assert (row.answered_by, row.seconds) == ("1002", 45)


def test_help_asked_for_long_ago_or_at_an_evaluator_calls_nobody_to_a_kiosk() -> None:
    hall = FrontDesk(staff=LED)
    envelope = replace(hall.stage.envelope("", "kiosk-1", 1), at="2026-11-23T08:00:00+08:00")
    assert not [r for r in hall.note(list(hall.stage.send_heard(envelope, HelpAsked()))) if isinstance(r, AlarmRaised)]
    hall.record(HelpAsked("complaint"), "evaluator-3")
    assert open_alarms(hall, "citizen-asks") == []
