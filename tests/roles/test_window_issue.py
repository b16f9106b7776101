"""Numbers issued at a window for a citizen, tickets sent on to a person, and cards held before the scanner."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from device.contract.messages import (
    AnswerNumber,
    AnswerSignIn,
    AskNumber,
    AskSignIn,
    HallWindow,
    TicketIssued,
    TicketTransferred,
)
from device.effects import Effect, Publish, Tapped
from device.hall.parameters import People
from device.roles.window import Window
from drivers.events import KeyPressed, LinkDown, LinkUp, Scanned
from tests.roles.console import TICKET, call, enabled, keys, page, staffed, type_in
from tests.roles.front_desk import FrontDesk
from tests.roles.stage import DAY, LI, PIN, PLAN, ZHANG, Stage, facts, only, uid


def asked(stage: Stage) -> Publish:
    """The staff ask for a number of the window's first service."""
    return only(keys(stage, "b", "1"), Publish)


@pytest.mark.req("R228", "R209")
def test_staff_take_a_number_for_a_citizen_and_it_is_on_record_who_did() -> None:
    stage = staffed()
    request = asked(stage)
    assert request.body == AskNumber("social")
    given = AnswerNumber(request.id, "given", "A013", DAY, 4, 25, uid(7))
    assert facts(stage.hear(given)) == [
        TicketIssued(request.id, "20261123-A013", "A013", DAY, "social", "online", guide="1001")
    ]
    shown = page(stage)
    assert (shown.number, shown.message) == ("A013", "console.issued")
    assert dict(shown.blanks) == {"ahead": "4", "minutes": "25"}
    stage.wait(60)
    assert page(stage).number == "A013"  # until the citizen was told
    assert not facts(keys(stage, "enter"))
    assert (page(stage).number, page(stage).message) == ("", "")
    assert "next" in enabled(stage)


@pytest.mark.req("R228")
def test_a_number_can_be_taken_while_somebody_is_served_and_their_ticket_stays() -> None:
    stage = staffed()
    call(stage)
    keys(stage, "s")
    request = asked(stage)
    stage.hear(AnswerNumber(request.id, "given", "A013", DAY))
    keys(stage, "enter")
    assert (page(stage).state, page(stage).number) == ("serving", "A012")


@pytest.mark.req("R228")
@pytest.mark.parametrize("outcome", ["closed", "full", "unknown"])
def test_why_there_is_no_number_is_told_to_the_staff(outcome: Any) -> None:
    stage = staffed()
    request = asked(stage)
    assert not facts(stage.hear(AnswerNumber(request.id, outcome)))
    assert page(stage).message == f"console.issue_{outcome}"


def test_without_the_line_the_citizen_is_sent_to_a_kiosk_and_nothing_is_asked() -> None:
    stage = staffed()
    stage.send(LinkDown("gone"))
    assert not [e for e in keys(stage, "b", "1") if isinstance(e, Publish)]
    assert page(stage).message == "console.issue_no_line"


def test_the_same_question_is_asked_again_and_a_second_answer_issues_nothing_more() -> None:
    stage = staffed()
    request = asked(stage)
    (again,) = [e for e in stage.wait(1.5) if isinstance(e, Publish)]
    assert (again.id, again.body) == (request.id, request.body)
    given = AnswerNumber(request.id, "given", "A013", DAY)
    assert len(facts(stage.hear(given))) == 1
    assert not facts(stage.hear(given))


@pytest.mark.req("R228")
def test_what_was_issued_at_a_window_waits_and_is_called_like_any_other() -> None:
    hall = FrontDesk()
    hall.sign_in()
    first = hall.take()
    answer = hall.ask(AskNumber("social"), "window-3", uid(0x51))
    assert isinstance(answer, AnswerNumber)
    ticket = f"{DAY.replace('-', '')}-{answer.number}"
    issued = TicketIssued(uid(0x51), ticket, answer.number, DAY, "social", "online", guide="1001")
    hall.record(issued, "window-3")
    assert hall.call() == first
    hall.serve(first)
    assert hall.call() == answer.number


def test_a_number_that_no_window_issued_in_its_own_name_changes_nothing() -> None:
    for device, guide in (("window-3", ""), ("evaluator-3", "1001"), ("board-1", "1001")):
        hall = FrontDesk()
        hall.sign_in()
        hall.record(TicketIssued(uid(5), "20261123-A700", "A700", DAY, "social", "block", guide=guide), device)
        assert hall.call() == "empty"


@pytest.mark.req("R042", "R093")
def test_a_ticket_goes_on_to_a_person_which_is_to_the_window_at_which_they_sit_now() -> None:
    stage = staffed()
    stage.hear(HallWindow(4, 5, "open", LI))
    call(stage)
    keys(stage, "s", "t")
    person = next(key for key in page(stage).keys if key.id == "person:4")
    assert not isinstance(person.label, str)
    assert LI.name in person.label.zh
    effects = press(stage, "person:4")
    assert facts(effects) == [TicketTransferred(TICKET, 3, "1001", "", 4, LI.number)]


def test_nobody_is_offered_who_sits_nowhere_near_or_whom_an_old_word_names() -> None:
    stage = staffed()
    stage.hear(HallWindow(4, 5, "closed"))
    call(stage)
    keys(stage, "s", "t")
    assert not [key for key in page(stage).keys if key.id.startswith("person:")]


def press(stage: Stage, key: str) -> list[Effect]:

    return stage.send(Tapped(key))


@pytest.mark.req("R045", "R091")
def test_a_card_held_before_the_scanner_is_the_number_and_the_pin_is_still_asked_for() -> None:
    plan = replace(PLAN, people=People(by_card=True))
    stage = Stage(Window("window-3", plan, plan.windows[3]))
    stage.began()
    stage.send(LinkUp())
    assert page(stage).prompt == "console.ask_card"
    stage.send(Scanned("C0FFEE42"))
    assert (page(stage).prompt, page(stage).secret) == ("console.ask_pin", True)
    request = only(type_in(stage, PIN), Publish)
    assert isinstance(request.body, AskSignIn)
    assert request.body.staff == "C0FFEE42"
    stage.hear(AnswerSignIn(request.id, "welcome", ZHANG))
    assert page(stage).state == "open"


def test_what_is_no_card_and_a_card_nobody_asked_for_change_nothing() -> None:
    stage = Stage(Window("window-3", PLAN, PLAN.windows[3]))
    stage.began()
    stage.send(Scanned("http://example.cn/?id=1"))
    assert page(stage).prompt == "console.ask_staff"
    stage.send(KeyPressed("1"))
    stage.send(KeyPressed("enter"))
    stage.send(Scanned("1234"))  # before the PIN's field: no card is a PIN
    assert page(stage).entry == ""


def test_no_minutes_are_told_that_nobody_knows() -> None:
    stage = staffed()
    request = asked(stage)
    stage.hear(AnswerNumber(request.id, "given", "A013", DAY, 4, 0, uid(7)))
    assert (page(stage).message, dict(page(stage).blanks)) == ("console.issued_ahead", {"ahead": "4"})
