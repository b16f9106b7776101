"""Leaving a window as its controller sees it: keys, plates, reminders, hand-over."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from device.contract.messages import (
    Alarm,
    AlarmAnswered,
    AnswerAssign,
    AnswerLeave,
    AnswerSignIn,
    AskAssign,
    AskLeave,
    HallAlarms,
    HallService,
    HallWindow,
    StaffSignedIn,
    StaffSignedOut,
    TicketStarted,
    WindowHandedOver,
    WindowPaused,
    WindowResumed,
    Words,
)
from device.effects import Effect, Publish, Tell
from device.hall.parameters import Leave
from device.roles.window import Window
from drivers.events import LinkDown, LinkUp
from tests.roles.console import TICKET, call, enabled, granted, keys, page, pause, sign, sign_in, staffed, type_in
from tests.roles.stage import LI, MORNING, PIN, PLAN, ZHANG, Stage, facts, only, said, uid


def refused(stage: Stage, outcome: Any, waiting: int = 0) -> list[Effect]:
    (request,) = [e for e in stage.last if isinstance(e, Publish) and isinstance(e.body, AskLeave)]
    return stage.hear(AnswerLeave(request.id, outcome, waiting))


@pytest.mark.req("R072", "R199", "R106")
def test_who_leaves_for_a_while_is_asked_for_a_substitute_first() -> None:
    stage = staffed()
    keys(stage, "p", "4")
    assert page(stage).prompt == "console.ask_substitute"
    assert enabled(stage) == {"alone", "handover", "cancel"}
    assert not facts(stage.effects[-6:])
    assert said(keys(stage, "1"), AskLeave) == [AskLeave("1001", "pause", "errand")]
    granted(stage)
    assert sign(stage).state == "paused"


@pytest.mark.req("R105")
def test_who_helps_at_another_window_says_at_which() -> None:
    stage = staffed()
    keys(stage, "p", "3")
    assert page(stage).prompt == "console.ask_helps"
    keys(stage, "1", "1")
    (record,) = facts(granted(stage))
    assert isinstance(record, WindowPaused)
    assert (record.reason, record.helps) == ("assist", 4)


@pytest.mark.req("R111", "R015", "R232")
def test_the_plate_goes_up_within_a_second_though_nobody_answers_and_at_once_without_the_line() -> None:
    stage = staffed()
    keys(stage, "p", "1", "1")
    (record,) = facts(stage.wait(0.9))
    assert isinstance(record, WindowPaused)
    assert (record.asked, sign(stage).state) == (False, "paused")
    alone = staffed(link=False)
    assert only(keys(alone, "p", "1", "1"), Tell).body.state == "paused"
    assert only(keys(alone, "u"), Tell).body.state == "open"


@pytest.mark.req("R101", "R113", "R099")
def test_a_refusal_says_why_and_somebody_in_charge_can_still_allow_it() -> None:
    stage = staffed()
    keys(stage, "p", "1", "1")
    assert not facts(refused(stage, "second"))
    assert (page(stage).message, sign(stage).state) == ("console.leave_second", "open")
    keys(stage, "q")
    refused(stage, "waiting", 2)
    assert (page(stage).message, page(stage).blanks) == ("console.leave_waiting", (("n", "2"),))
    keys(stage, "v")
    assert page(stage).prompt == "console.ask_out"
    keys(stage, "1")
    type_in(stage, "1002")
    assert page(stage).secret
    asked = said(type_in(stage, PIN), AskLeave)
    assert asked == [AskLeave("1001", "sign-out", "illness", "1002", PIN)]
    assert PIN not in repr(asked)
    assert facts(granted(stage)) == [StaffSignedOut(3, "1001", "allowed", "1002", "illness")]
    assert "vouch" not in enabled(stage)


@pytest.mark.req("R108", "R110")
def test_a_longer_leave_is_reported_and_waits_for_permission() -> None:
    stage = staffed()
    assert said(keys(stage, "p", "8"), AskLeave) == [AskLeave("1001", "pause", "long")]
    assert not facts(stage.wait(5))  # silence is no permission
    keys(stage, "p", "8")
    refused(stage, "refused")
    assert page(stage).message == "console.leave_asked"
    keys(stage, "v")
    type_in(stage, "1002")
    type_in(stage, PIN)
    (record,) = facts(granted(stage))
    assert isinstance(record, WindowPaused)
    assert (record.reason, record.until) == ("long", "")


@pytest.mark.req("R102", "R097", "R016")
def test_before_the_time_is_over_the_console_says_so_and_when_it_is() -> None:
    rules = Leave(minutes=10, remind=2, reasons={"phone": 5}, checklist=Words("请整理台面"))
    stage = staffed(replace(PLAN, leave=rules), link=False)
    keys(stage, "p", "6", "1")
    assert (page(stage).message, page(stage).blanks) == ("console.checklist", (("text", "请整理台面"),))
    stage.wait(181)
    assert page(stage).message == "console.return_soon"
    stage.wait(120)
    assert page(stage).message == "console.return_now"
    keys(stage, "u")
    assert page(stage).message == ""
    stage.wait(600)
    assert page(stage).message == ""


@pytest.mark.req("R233")
def test_who_comes_back_to_people_who_wait_is_reminded_of_an_apology() -> None:
    stage = staffed()
    stage.hear(HallService("social", 1, 2, 10, True))
    pause(stage)
    assert facts(keys(stage, "u")) == [WindowResumed(3, "1001")]
    assert page(stage).message == "console.apology"


@pytest.mark.req("R131", "R082", "R149")
def test_an_incident_suspends_the_service_keeps_its_citizen_and_stops_its_clock() -> None:
    stage = staffed()
    call(stage)
    keys(stage, "s")
    stage.wait(60)
    (record,) = facts(keys(stage, "x"))
    assert isinstance(record, WindowPaused)
    assert (record.reason, record.ticket) == ("incident", TICKET)
    assert (sign(stage).state, sign(stage).number) == ("paused", "A012")
    again = Stage(Window("window-3", PLAN, PLAN.windows[3]), wall=stage.wall)
    again.kept = dict(stage.kept)
    again.began()
    again.wait(90)
    keys(again, "u")
    assert (sign(again).state, sign(again).number) == ("serving", "A012")
    served = facts(keys(again, "f"))[0]
    assert getattr(served, "away_seconds", None) == 90


@pytest.mark.req("R121", "R168", "R170", "R125", "R012")
def test_a_hand_over_is_one_commit_with_a_note_and_names_the_next_person_at_once() -> None:
    stage = staffed()
    keys(stage, "o", "2")
    assert page(stage).prompt == "console.ask_staff"
    type_in(stage, "1002")
    request = only(type_in(stage, PIN), Publish)
    assert sign(stage).person is not None  # nobody has left yet
    effects = stage.hear(AnswerSignIn(request.id, "welcome", LI))
    assert facts(effects) == [
        WindowHandedOver(3, "1001", "1002", "papers"),
        StaffSignedOut(3, "1001", "hand-over"),
        StaffSignedIn(3, "1002", "online"),
    ]
    person = only(effects, Tell).body.person
    assert person == LI


@pytest.mark.req("R121")
def test_a_hand_over_that_fails_or_is_to_oneself_leaves_everything_as_it_was() -> None:
    stage = staffed()
    keys(stage, "o", "1")
    type_in(stage, "1002")
    request = only(type_in(stage, PIN), Publish)
    assert not facts(stage.hear(AnswerSignIn(request.id, "refused")))
    keys(stage, "escape")
    assert ("next" in enabled(stage), page(stage).person is not None) == (True, True)
    keys(stage, "o", "1")
    type_in(stage, "1001")
    request = only(type_in(stage, PIN), Publish)
    assert not facts(stage.hear(AnswerSignIn(request.id, "welcome", ZHANG)))
    assert page(stage).message == "console.sign_in_same"


@pytest.mark.req("R109", "R112")
def test_neighbours_hear_who_left_until_when_and_never_why() -> None:
    stage = staffed()
    stage.hear(HallWindow(4, 1, "open", LI))
    until = (MORNING + timedelta(minutes=10)).isoformat(timespec="seconds")
    stage.hear(HallWindow(4, 2, "paused", LI, until=until))
    assert page(stage).message == "console.neighbour_left"
    assert dict(page(stage).blanks) == {"window": "4", "time": "09:40"}


@pytest.mark.req("R179", "R011", "R111")
def test_after_closing_the_sign_says_overtime_until_nobody_is_left_also_without_the_line() -> None:
    stage = Stage(Window("window-3", PLAN, PLAN.windows[3]), wall=MORNING.replace(hour=17, minute=25))
    stage.began()
    stage.send(LinkUp())
    sign_in(stage)
    call(stage)
    assert isinstance(facts(keys(stage, "s"))[0], TicketStarted)
    stage.send(LinkDown("gone"))
    stage.wait(360)
    assert sign(stage).state == "overtime"
    assert only([e for e in stage.effects if isinstance(e, Tell)][-1:], Tell).body.state == "overtime"
    keys(stage, "f")
    assert sign(stage).state == "open"


@pytest.mark.req("R031", "R084", "R086")
def test_somebody_in_charge_sees_alarms_at_their_window_and_one_key_carries_a_proposal_out() -> None:
    alarms = HallAlarms(
        1,
        (
            Alarm(uid(1), "queue-long", "leader", MORNING.isoformat(), service="tax", proposal=4),
            Alarm(uid(2), "window-left", "leader", MORNING.isoformat(), window=4),
        ),
    )
    stage = staffed(duties=("leader",))
    assert "alarms" not in enabled(stage)
    stage.hear(alarms)
    keys(stage, "a")
    labels = [key.label.zh for key in page(stage).keys if not isinstance(key.label, str)]
    assert labels == ["排队人数过多 税务", "窗口暂离 4号窗口"]
    request = only(keys(stage, "1"), Publish)
    assert request.body == AskAssign("1001", 4, ("social", "tax"))
    assert facts(stage.hear(AnswerAssign(request.id, "assigned"))) == [AlarmAnswered(uid(1), 3, "1001", "reassigned")]
    assert facts(keys(stage, "a", "2")) == [AlarmAnswered(uid(2), 3, "1001", "noted")]
    plain = staffed()
    plain.hear(alarms)
    assert "alarms" not in enabled(plain)


@pytest.mark.req("R102")
def test_the_key_of_a_pause_says_how_long_it_may_last() -> None:
    stage = staffed(replace(PLAN, leave=Leave(minutes=15, reasons={"phone": 5})))
    keys(stage, "p")
    minutes = {key.id.partition(":")[2]: key.minutes for key in page(stage).keys}
    assert (minutes["files"], minutes["phone"]) == (15, 5)
    assert (minutes["incident"], minutes["long"]) == (0, 0)
