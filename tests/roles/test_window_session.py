"""Who answers for a window, from signing in over power cuts and midnight to signing out."""

from __future__ import annotations

from datetime import timedelta

import pytest

from device.contract.messages import (
    AnswerCall,
    AnswerSignIn,
    AskCall,
    AskSignIn,
    HallService,
    HallWindow,
    StaffSignedIn,
    StaffSignedOut,
    TicketCalled,
)
from device.effects import Heard, Publish, Tell
from device.roles.window import Window
from drivers.events import KeyPressed, LinkDown
from tests.roles.console import (
    TICKET,
    call,
    enabled,
    page,
    sign,
    sign_in,
    sign_out,
    staffed,
    type_in,
    window,
)
from tests.roles.stage import PIN, PLAN, ZHANG, Stage, facts, only, said


@pytest.mark.req("R091", "R154")
def test_nobody_is_called_before_somebody_has_signed_in() -> None:
    stage = window()
    assert not said(stage.send(KeyPressed("n")), AskCall)
    assert "next" not in enabled(stage)
    assert sign(stage).state == "closed"


def test_signing_in_asks_number_then_pin_and_shows_the_pin_to_nobody() -> None:
    stage = window()
    type_in(stage, "1001")
    for key in PIN:
        stage.send(KeyPressed(key))
    assert page(stage).secret
    asked = said(stage.send(KeyPressed("enter")), AskSignIn)
    assert asked == [AskSignIn("1001", PIN)]
    assert PIN not in repr(asked)
    assert PIN not in repr(stage.kept)


@pytest.mark.req("R125", "R045", "R198")
def test_who_signs_in_is_recorded_told_to_the_desk_and_on_the_sign() -> None:
    stage = window()
    effects = sign_in(stage)
    assert facts(effects) == [StaffSignedIn(3, "1001", "online")]
    assert only(effects, Tell).body.person == ZHANG
    person = sign(stage).person
    assert person is not None
    assert person.name == "张敏"


def test_a_refused_sign_in_opens_nothing_and_forgets_an_older_permission() -> None:
    stage = staffed()
    sign_out(stage)
    type_in(stage, "1001")
    request = only(type_in(stage, PIN), Publish)
    stage.hear(AnswerSignIn(request.id, "refused"))
    assert page(stage).message == "console.sign_in_refused"
    stage.send(LinkDown("gone"))
    type_in(stage, "1001")
    assert not facts(type_in(stage, PIN))


@pytest.mark.req("R036")
def test_who_signed_in_here_before_can_do_so_without_the_line_and_nobody_else() -> None:
    stage = staffed()
    sign_out(stage)
    stage.send(LinkDown("gone"))
    type_in(stage, "1001")
    assert not facts(type_in(stage, "000000"))
    type_in(stage, "1001")
    assert facts(type_in(stage, PIN)) == [StaffSignedIn(3, "1001", "offline")]
    stage.send(KeyPressed("q"))
    type_in(stage, "1002")
    assert not facts(type_in(stage, PIN))


def test_signing_out_takes_the_name_off_the_sign_at_once() -> None:
    stage = staffed()
    effects = sign_out(stage)
    assert facts(effects) == [StaffSignedOut(3, "1001")]
    assert sign(stage).person is None
    assert only(effects, Tell).body.person is None


def test_a_session_survives_a_power_cut_but_not_the_night() -> None:
    stage = staffed()
    call(stage)
    again = Stage(Window("window-3", PLAN, PLAN.windows[3]))
    again.kept = dict(stage.kept)
    again.began()
    assert (sign(again).state, sign(again).number) == ("calling", "A012")
    tomorrow = Stage(Window("window-3", PLAN, PLAN.windows[3]), wall=stage.wall.replace(day=24))
    tomorrow.kept = dict(stage.kept)
    tomorrow.began()
    assert sign(tomorrow).state == "closed"


@pytest.mark.req("R125")
def test_after_a_power_cut_without_a_trusted_clock_nobody_is_named() -> None:
    stage = staffed()
    again = Stage(Window("window-3", PLAN, PLAN.windows[3]), clock="floor")
    again.kept = dict(stage.kept)
    assert facts(again.began()) == [StaffSignedOut(3, "1001", "night")]  # so that nobody else names them either
    assert (sign(again).state, sign(again).person) == ("closed", None)
    once_more = Stage(Window("window-3", PLAN, PLAN.windows[3]), clock="floor")
    once_more.kept = dict(again.kept)
    assert not facts(once_more.began())


def test_a_question_that_is_open_when_the_power_goes_is_asked_again_when_its_answer_is_heard_of() -> None:
    stage = staffed()
    request = only(stage.send(KeyPressed("n")), Publish)
    again = window()
    again.kept = dict(stage.kept)
    again.began()
    asked = only(again.hear(HallWindow(3, 9, "calling", ZHANG, TICKET)), Publish)
    assert asked.id == request.id
    again.hear(AnswerCall(asked.id, "called", TICKET, "social"))
    assert (page(again).state, page(again).number) == ("calling", "A012")


def test_a_coordinator_that_did_not_answer_is_there_again_when_it_is_heard_and_not_when_it_was_kept() -> None:
    stage = staffed()
    stage.send(KeyPressed("n"))
    stage.wait(5)
    assert not page(stage).live
    stage.send(Heard(stage.envelope(), HallService("social", 1, 6, 10, True), retained=True))
    assert not page(stage).live
    stage.hear(HallService("social", 1, 6, 10, True))
    assert page(stage).live


def test_a_session_that_stands_overnight_is_signed_out_at_the_new_business_day() -> None:
    stage = staffed()
    assert StaffSignedOut(3, "1001", "night") not in facts(stage.wait(18 * 3600))
    assert StaffSignedOut(3, "1001", "night") in facts(stage.wait(3600))
    assert sign(stage).person is None


def test_without_a_trusted_clock_a_typed_number_is_of_the_coordinators_day() -> None:
    stage = staffed()
    call(stage)
    stage.send(KeyPressed("m"))
    stage.clock, stage.wall = "floor", stage.wall.replace(year=2025)
    stage.send(LinkDown("gone"))
    stage.send(KeyPressed("h"))
    (called,) = facts(type_in(stage, "A013"))
    assert isinstance(called, TicketCalled)
    assert called.ticket == "20261123-A013"


@pytest.mark.parametrize("hours", [-30, 30])
def test_a_clock_that_is_set_wrong_while_the_window_runs_makes_no_other_day(hours: int) -> None:
    stage = staffed(link=False)
    stage.wall += timedelta(hours=hours)
    assert not facts(stage.wait(120))  # nobody is signed out
    stage.send(KeyPressed("h"))
    (called,) = facts(type_in(stage, "A013"))
    assert isinstance(called, TicketCalled)
    assert called.ticket == "20261123-A013"
