"""Before the doors open: who signs in sees how the desk is, confirms it, and then serves; and tidies up at the end."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from config.hall_rules import Closing
from config.load import load
from device.contract.messages import (
    Alarm,
    AnswerSignIn,
    HallAlarms,
    SelftestDone,
    StaffSignedIn,
    StaffSignedOut,
    Words,
)
from device.effects import Publish
from device.hall.plan import Plan
from device.roles.build import plan_of
from device.roles.window import Window
from drivers.events import KeyPressed, LinkDown, LinkUp, PartFailed, PartMended
from provisioning.examples import FOLDER
from tests.roles.console import enabled, page, sign_out, type_in
from tests.roles.stage import MORNING, PIN, PLAN, ZHANG, Stage, facts, only, uid

BEFORE = MORNING.replace(hour=8, minute=22)  # it opens at 8:30
UNREADY = Alarm(uid(1), "not-ready", "technician", BEFORE.isoformat(), window=3, about="evaluator-3")


def at_the_desk(wall: datetime = BEFORE, *alarms: Alarm, plan: Plan = PLAN) -> Stage:
    """Zhang has signed in at window 3."""
    stage = Stage(Window("window-3", plan, plan.windows[3]), wall)
    stage.began()
    stage.send(LinkUp())
    stage.hear(HallAlarms(1, alarms))
    type_in(stage, "1001")
    request = only(type_in(stage, PIN), Publish)
    assert facts(stage.hear(AnswerSignIn(request.id, "welcome", ZHANG))) == [StaffSignedIn(3, "1001", "online")]
    return stage


def seen(stage: Stage) -> list[str]:
    return [key.label.zh for key in page(stage).keys if not isinstance(key.label, str)]


@pytest.mark.req("R225", "R098")
def test_who_signs_in_before_opening_sees_how_the_desk_is_confirms_it_and_then_serves() -> None:
    stage = at_the_desk()
    assert page(stage).prompt == "console.ask_check"
    assert seen(stage) == ["控制器 正常", "评价器 正常", "通讯 正常"]
    assert enabled(stage) == {"checked"}
    done = facts(stage.send(KeyPressed("enter")))
    assert done == [SelftestDone("OK", ("console OK", "evaluator OK", "line OK"), "1001")]
    assert "next" in enabled(stage)


@pytest.mark.req("R225")
def test_what_is_broken_is_seen_on_the_check_and_stands_in_its_record() -> None:
    stage = at_the_desk(BEFORE, UNREADY)
    assert seen(stage) == ["控制器 正常", "评价器 故障", "通讯 正常"]
    stage.send(PartFailed("screen", "gone", ""))
    assert seen(stage)[0] == "控制器 故障"
    stage.send(PartMended("screen"))
    stage.hear(HallAlarms(2, ()))
    assert seen(stage) == ["控制器 正常", "评价器 正常", "通讯 正常"]
    stage.send(LinkDown("gone"))
    assert seen(stage) == ["控制器 正常", "评价器 不详", "通讯 故障"]
    assert facts(stage.send(KeyPressed("enter"))) == [
        SelftestDone("NOW", ("console OK", "evaluator NOW unknown", "line NOW"), "1001")
    ]


@pytest.mark.req("R225")
@pytest.mark.parametrize("code", ["language-silent", "clip-damaged", "glyph-missing", "undervoltage"])
def test_what_a_console_works_on_with_does_not_make_staff_think_it_broken(code: str) -> None:
    stage = at_the_desk()
    stage.send(PartFailed("speaker", "card-lost", ""))
    assert seen(stage)[0] == "控制器 故障"
    stage.send(PartFailed("speaker", code, ""))  # the card is there again; one language of the kiosks is not recorded
    assert seen(stage)[0] == "控制器 正常"
    done = facts(stage.send(KeyPressed("enter")))
    assert done == [SelftestDone("OK", ("console OK", "evaluator OK", "line OK"), "1001")]


@pytest.mark.req("R225")
def test_where_more_is_not_ready_than_can_be_told_the_evaluator_is_not_called_good() -> None:
    many = [replace(UNREADY, id=uid(n), window=4, about=f"kiosk-{n}") for n in range(1, 25)]
    assert seen(at_the_desk(BEFORE, *many))[1] == "评价器 不详"


@pytest.mark.req("R225")
def test_the_check_is_for_the_pre_shift_window_before_each_session_and_keeps_nobody_waiting_in_one() -> None:
    for hour, minute, checked in ((8, 19, False), (8, 21, True), (9, 0, False), (13, 25, True), (17, 40, False)):
        stage = at_the_desk(MORNING.replace(hour=hour, minute=minute))
        assert ("checked" in enabled(stage), "next" in enabled(stage)) == (checked, not checked)


@pytest.mark.req("R225")
def test_a_window_without_an_evaluator_is_not_asked_for_one() -> None:
    alone = replace(PLAN, windows={**PLAN.windows, 3: replace(PLAN.windows[3], evaluator="")})
    assert seen(at_the_desk(plan=alone)) == ["控制器 正常", "通讯 正常"]


@pytest.mark.req("R098")
def test_who_signs_out_is_told_what_to_tidy_in_the_halls_own_words() -> None:
    stage = at_the_desk(MORNING, plan=replace(PLAN, tidy=Words("请整理台面，归还印章")))
    assert facts(sign_out(stage)) == [StaffSignedOut(3, "1001", "", "", "")]
    assert (page(stage).state, page(stage).message) == ("closed", "console.checklist")
    assert dict(page(stage).blanks) == {"text": "请整理台面，归还印章"}


@pytest.mark.req("R098")
def test_what_to_tidy_comes_from_the_halls_config_and_is_nothing_where_it_says_nothing() -> None:
    hall = load(FOLDER / "coordinator.toml", {}).hall
    assert plan_of(hall).tidy is None
    closing = Closing.model_validate({"month_minutes": 2160, "tidy": {"zh": "请整理台面"}})
    assert plan_of(hall.model_copy(update={"closing": closing})).tidy == Words("请整理台面")
