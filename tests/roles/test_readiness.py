"""Every device ready before the doors open, and an alarm of each that is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Literal

import pytest
from pydantic import ValidationError

from config.hall_rules import People as PeopleConfig
from config.load import load
from device.contract.messages import AlarmEnded, AlarmRaised, DeviceState, FaultNote, HallAlarms, Record
from device.effects import Heard
from device.hall.calendar import Calendar, DayRule
from device.hall.parameters import People
from device.hall.plan import Plan
from device.roles.build import plan_of
from device.roles.coordinator import Coordinator
from drivers.events import LinkUp
from provisioning.examples import FOLDER
from tests.roles.front_desk import FrontDesk
from tests.roles.stage import MORNING, PLAN, STAFF, Stage, facts, said

NIGHT = MORNING.replace(hour=6, minute=0)
AT_NOON = MORNING.replace(hour=12, minute=30)
Status = Literal["ready", "fault", "offline"]


def state(device: str, status: Status = "ready", *faults: FaultNote) -> DeviceState:
    role: Literal["kiosk", "board", "window", "evaluator"] = "window"
    for known in ("kiosk", "board", "evaluator"):
        role = known if device.startswith(known) else role
    return DeviceState(role, "1", "", status, faults)


def unready(records: list[Record]) -> list[tuple[str, str, int]]:
    return [(r.about, r.to, r.window) for r in records if isinstance(r, AlarmRaised) and r.kind == "not-ready"]


def ended(records: list[Record]) -> int:
    return sum(isinstance(r, AlarmEnded) for r in records)


def until(hall: FrontDesk, hour: int, minute: int) -> list[Record]:
    """Time passes until then; what the coordinator decided meanwhile."""
    then = hall.stage.wall.replace(hour=hour, minute=minute, second=0)
    return hall.wait((then - hall.stage.wall).total_seconds())


@pytest.mark.req("R013", "R090")
@pytest.mark.parametrize(("minutes", "before", "after"), [(10, 19, 21), (5, 24, 26)])
def test_what_is_not_ready_before_opening_is_told_so_many_minutes_before_as_the_hall_says(
    minutes: int, before: int, after: int
) -> None:
    hall = FrontDesk(replace(PLAN, people=People(preshift=minutes * 60)), wall=NIGHT)
    hall.says("evaluator-3", state("evaluator-3", "offline"))
    assert unready(until(hall, 8, before)) == []  # it opens at 8:30
    assert unready(until(hall, 8, after)) == [("evaluator-3", "technician", 3)]
    assert unready(until(hall, 8, 29)) == []  # told once


@pytest.mark.req("R071")
def test_what_is_not_ready_while_the_hall_is_open_is_told_until_it_says_itself_that_it_is() -> None:
    hall = FrontDesk()
    hall.says("kiosk-1", state("kiosk-1", "offline"))
    assert unready(hall.wait(20)) == []  # it may only be starting again
    assert unready(hall.wait(40)) == [("kiosk-1", "technician", 0)]
    kept = Heard(hall.stage.envelope("", "kiosk-1"), state("kiosk-1"), retained=True)
    hall.note(hall.stage.send(kept))
    assert ended(hall.wait(20)) == 0
    hall.says("kiosk-1", state("kiosk-1"))
    assert ended(hall.wait(20)) == 1
    assert said(hall.stage.effects, HallAlarms)[-1].alarms == ()


@pytest.mark.req("R071")
def test_a_device_that_starts_again_within_half_a_minute_is_nobodys_alarm() -> None:
    hall = FrontDesk()
    hall.says("window-3", state("window-3", "offline"))
    hall.wait(25)
    hall.says("window-3", state("window-3"))
    assert unready(hall.wait(300)) == []


@pytest.mark.req("R071")
def test_a_fault_is_told_to_who_can_mend_it() -> None:
    hall = FrontDesk()
    paper = FaultNote("printer", "paper-out", MORNING.isoformat(), "staff")
    dead = FaultNote("screen", "gone", MORNING.isoformat(), "technician")
    hall.says("kiosk-1", state("kiosk-1", "fault", paper))
    assert unready(hall.wait(60)) == [("kiosk-1", "leader", 0)]
    hall.says("kiosk-1", state("kiosk-1", "fault", paper, dead))
    found = hall.wait(20)
    assert (unready(found), ended(found)) == ([("kiosk-1", "technician", 0)], 1)


@pytest.mark.req("R013", "R071")
def test_a_device_of_the_plan_that_nobody_ever_heard_of_is_not_ready() -> None:
    stage = Stage(Coordinator("coordinator", PLAN, STAFF))
    stage.began()
    assert unready(facts(stage.wait(60))) == []  # before the line is up nobody can know
    stage.send(LinkUp())
    assert {device for device, _, _ in unready(facts(stage.wait(60)))} == {
        "window-3", "evaluator-3", "window-4", "evaluator-4", "kiosk-1", "kiosk-2",
    }  # fmt: skip


@pytest.mark.req("R071")
def test_a_board_is_known_once_it_was_heard_of() -> None:
    hall = FrontDesk()
    hall.says("board-1", state("board-1"))
    hall.says("board-1", state("board-1", "offline"))
    assert unready(hall.wait(60)) == [("board-1", "technician", 0)]


@pytest.mark.req("R090")
def test_nothing_needs_to_be_ready_at_lunch_at_night_and_where_nobody_works_today() -> None:
    hall = FrontDesk(wall=AT_NOON)
    hall.says("window-3", state("window-3", "offline"))
    assert unready(until(hall, 13, 19)) == []
    assert unready(until(hall, 13, 21)) == [("window-3", "technician", 3)]  # before every session
    assert ended(until(hall, 17, 31)) == 1  # it closes at 17:30
    only_four: Plan = replace(
        PLAN, calendar=Calendar(special={MORNING.date().isoformat(): ("workday", DayRule(windows=frozenset({4})))})
    )
    quiet = FrontDesk(only_four)
    quiet.says("window-3", state("window-3", "offline"))
    quiet.says("window-4", state("window-4", "offline"))
    assert unready(quiet.wait(60)) == [("window-4", "technician", 4)]


@pytest.mark.req("R071")
def test_a_restart_of_the_coordinator_neither_ends_an_alarm_nor_tells_it_twice() -> None:
    hall = FrontDesk()
    hall.says("kiosk-1", state("kiosk-1", "offline"))
    hall.wait(60)
    hall.begin(hall.stage.wall + timedelta(seconds=5))
    hall.says("kiosk-1", state("kiosk-1", "offline"))
    found = hall.wait(300)
    assert (unready(found), ended(found)) == ([], 0)
    assert [alarm.about for alarm in said(hall.stage.effects, HallAlarms)[-1].alarms] == ["kiosk-1"]


def test_a_dead_switch_does_not_crowd_out_what_else_the_leader_must_see() -> None:
    windows = {n: replace(PLAN.windows[3], number=n, device=f"window-{n}", evaluator="") for n in range(3, 40)}
    hall = FrontDesk(replace(PLAN, windows=windows), STAFF)
    for n in windows:
        hall.says(f"window-{n}", state(f"window-{n}", "offline"))
    assert len(unready(hall.wait(60))) == len(windows)
    hall.take("social")
    hall.wait(600)
    shown = said(hall.stage.effects, HallAlarms)[-1].alarms
    # So many gone at once is a power cut or a dead switch, which three people must know of.
    assert (len(shown), [alarm.kind for alarm in shown[:4]]) == (24, ["power", "power", "power", "nobody-serves"])


@pytest.mark.req("R013", "R090")
def test_the_pre_shift_window_is_5_to_10_minutes_and_10_where_a_hall_says_nothing() -> None:
    hall = load(FOLDER / "coordinator.toml", {}).hall
    assert plan_of(hall).people.preshift == 600
    given = hall.people.model_dump()
    assert PeopleConfig.model_validate(given | {"preshift_minutes": 5}).preshift_minutes == 5
    for wrong in (4, 11):
        with pytest.raises(ValidationError):
            PeopleConfig.model_validate(given | {"preshift_minutes": wrong})
