"""The window's controller and sign: whom, by whom, and what it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from device.contract.messages import (
    AnswerCall,
    AskCall,
    DeviceState,
    HallService,
    HallWindow,
    RatingInvited,
    TicketCalled,
    TicketMissed,
    TicketRecalled,
    TicketRejoined,
    TicketServed,
    TicketStarted,
    TicketTransferred,
    WindowPaused,
    WindowResumed,
)
from device.effects import Publish, Tapped, Tell
from device.roles.window import Window
from drivers.events import KeyPressed, LinkDown, LinkUp, Scanned
from screens.views import ConsolePage
from tests.roles.console import (
    TICKET,
    call,
    enabled,
    page,
    pause,
    sign,
    staffed,
    type_in,
)
from tests.roles.stage import DAY, LI, PLAN, ZHANG, Stage, facts, only, said


def test_the_whole_service_from_next_to_the_invitation() -> None:
    stage = staffed()
    assert not facts(call(stage))  # whom to call is the coordinator's record
    assert (sign(stage).state, sign(stage).number) == ("calling", "A012")
    assert facts(stage.send(KeyPressed("s"))) == [TicketStarted(TICKET, "social", 3, "1001")]
    started = stage.wall.isoformat(timespec="milliseconds")
    stage.wait(300)
    served, invited = facts(stage.send(KeyPressed("f")))
    assert served == TicketServed(TICKET, "social", 3, "1001", started)
    assert isinstance(invited, RatingInvited)
    told = only(stage.last, Tell).body
    assert told.invitation is not None
    assert (told.invitation.ticket, told.invitation.person) == (TICKET, ZHANG)
    assert told.state == "open"
    assert "next" in enabled(stage)


@pytest.mark.req("R025")
def test_there_is_no_invitation_before_the_service_ends() -> None:
    stage = staffed()
    call(stage)
    assert not facts(stage.send(KeyPressed("f")))
    stage.send(KeyPressed("s"))
    assert all(t.invitation is None for t in (e.body for e in stage.effects if isinstance(e, Tell)))


def test_the_next_start_ends_the_invitation_before() -> None:
    stage = staffed()
    for key in ("s", "f"):
        call(stage) if key == "s" else None
        stage.send(KeyPressed(key))
    call(stage)
    assert [e.body.invitation for e in stage.last if isinstance(e, Tell)] != [None]  # a call does not end it
    stage.send(KeyPressed("s"))
    assert only(stage.last, Tell).body.invitation is None


def test_recall_counts_attempts_and_missed_lets_the_ticket_go() -> None:
    stage = staffed()
    call(stage)
    assert facts(stage.send(KeyPressed("r"))) == [TicketRecalled(TICKET, 3, "1001", 2)]
    assert facts(stage.send(KeyPressed("r"))) == [TicketRecalled(TICKET, 3, "1001", 3)]
    assert facts(stage.send(KeyPressed("m"))) == [TicketMissed(TICKET, 3, "1001")]
    assert sign(stage).number == ""


def test_a_double_press_of_next_asks_once() -> None:
    stage = staffed()
    stage.send(KeyPressed("n"))
    assert not said(stage.send(KeyPressed("n")), AskCall)


def test_an_unanswered_ask_is_repeated_with_the_same_request_and_then_given_up_aloud() -> None:
    stage = staffed()
    first = only(stage.send(KeyPressed("n")), Publish)
    again = [e for e in stage.wait(2.5) if isinstance(e, Publish)]
    assert [(e.id, e.body) for e in again] == [(first.id, first.body)] * 2
    stage.wait(1)
    assert page(stage).message == "console.no_line"
    assert not page(stage).live  # so that a number can be called by hand


@pytest.mark.parametrize("how", ["the answer itself", "the hall's truth"])
def test_a_call_whose_answer_comes_after_it_was_given_up_stands(how: str) -> None:
    stage = staffed()
    request = only(stage.send(KeyPressed("n")), Publish)
    stage.wait(5)
    if how == "the hall's truth":
        again = only(stage.hear(HallWindow(3, 9, "calling", ZHANG, TICKET)), Publish)
        assert (again.id, again.body) == (request.id, AskCall("1001"))
    stage.send(KeyPressed("h"))  # the staff were about to type a number
    stage.hear(AnswerCall(request.id, "called", TICKET, "social"))
    assert (page(stage).state, page(stage).number, page(stage).entry) == ("calling", "A012", None)
    stage.hear(HallWindow(3, 10, "calling", ZHANG, TICKET))
    stage.hear(AnswerCall(request.id, "called", TICKET, "social"))
    stage.send(KeyPressed("m"))
    assert not said(stage.hear(HallWindow(3, 10, "calling", ZHANG, TICKET)), AskCall)  # a late word of what is settled
    assert page(stage).state == "open"


def test_a_call_that_crossed_a_pause_is_not_taken() -> None:
    stage = staffed()
    request = only(stage.send(KeyPressed("n")), Publish)
    stage.wait(5)
    for key in ("p", "1", "1"):
        stage.send(KeyPressed(key))
    stage.hear(AnswerCall(request.id, "called", TICKET, "social"))
    assert page(stage).state == "paused"
    stage.send(KeyPressed("u"))
    stage.hear(AnswerCall(request.id, "called", TICKET, "social"))
    assert page(stage).state == "open"


@pytest.mark.req("R023")
def test_calling_out_of_order_needs_a_reason() -> None:
    stage = staffed()
    stage.send(KeyPressed("h"))
    assert not said(type_in(stage, "A015"), AskCall)
    assert page(stage).prompt == "console.ask_reason"
    assert said(stage.send(KeyPressed("1")), AskCall) == [AskCall("1001", "A015", "returned")]


@pytest.mark.req("R036")
def test_without_the_line_a_number_can_be_called_by_hand_served_and_rated() -> None:
    stage = staffed(link=False)
    stage.send(KeyPressed("n"))
    assert page(stage).message == "console.no_line"
    stage.send(KeyPressed("h"))
    assert facts(type_in(stage, "a012")) == [TicketCalled(TICKET, "", 3, "1001", "hand", "offline")]
    stage.send(KeyPressed("s"))
    assert len(facts(stage.send(KeyPressed("f")))) == 2
    assert page(stage).unsent == 4


@pytest.mark.req("R036")
def test_a_ticket_can_be_scanned_instead_of_typed() -> None:
    stage = staffed(link=False)
    stage.send(KeyPressed("h"))
    (called,) = facts(type_in(stage, "hallside:longjiang:20261123-A012"))
    assert isinstance(called, TicketCalled)
    assert called.ticket == TICKET


@pytest.mark.req("R036")
def test_what_a_scanner_of_its_own_reads_is_the_number_that_is_asked_for_and_nothing_where_none_is() -> None:
    stage = staffed(link=False)
    code = Scanned("hallside:longjiang:20261123-A012")
    assert not facts(stage.send(code))
    stage.send(KeyPressed("h"))
    (called,) = facts(stage.send(code))
    assert isinstance(called, TicketCalled)
    assert called.ticket == TICKET


@pytest.mark.parametrize(
    "code", ["hallside:longjiang:20261122-A012", "hallside:other:20261123-A012", "A01\u0662", "Z012"]
)
def test_a_ticket_of_yesterday_of_another_hall_or_of_no_series_is_refused(code: str) -> None:
    stage = staffed(link=False)
    stage.send(KeyPressed("h"))
    assert not facts(type_in(stage, code))
    assert page(stage).message == "console.bad_number"


def test_a_number_that_cannot_be_one_is_refused_with_words() -> None:
    stage = staffed(link=False)
    stage.send(KeyPressed("h"))
    assert not facts(type_in(stage, "77"))
    assert page(stage).message == "console.bad_number"


@pytest.mark.req("R129", "R093", "R042")
def test_a_transfer_names_service_or_window_and_lets_the_ticket_go() -> None:
    for key, service, number in (("service:tax", "tax", 0), ("window:4", "", 4)):
        stage = staffed()
        call(stage)
        stage.send(KeyPressed("s"))
        stage.send(KeyPressed("t"))
        assert facts(stage.send(Tapped(key))) == [TicketTransferred(TICKET, 3, "1001", service, number)]
        assert sign(stage).number == ""


def test_a_transfer_can_be_thought_better_of() -> None:
    stage = staffed()
    call(stage)
    stage.send(KeyPressed("s"))
    stage.send(KeyPressed("t"))
    assert not facts(stage.send(KeyPressed("escape")))
    assert sign(stage).state == "serving"


@pytest.mark.req("R015", "R103", "R104", "R105", "R106", "R107")
def test_a_pause_has_a_reason_for_the_record_and_none_for_the_public() -> None:
    stage = staffed()
    until = (stage.wall + timedelta(minutes=10)).isoformat(timespec="seconds")
    assert facts(pause(stage, "4")) == [WindowPaused(3, "1001", "errand", until, asked=True, substitute="none")]
    assert sign(stage).state == "paused"
    assert "errand" not in repr(sign(stage))
    assert enabled(stage) == {"resume", "signout", "silent"}
    assert facts(stage.send(KeyPressed("u"))) == [WindowResumed(3, "1001")]


@pytest.mark.req("R101")
def test_nobody_pauses_or_leaves_with_a_citizen_at_the_window() -> None:
    stage = staffed()
    call(stage)
    assert not enabled(stage) & {"pause", "signout", "next"}
    stage.send(KeyPressed("s"))
    assert not enabled(stage) & {"pause", "signout", "next"}


def test_rejoining_takes_the_number_and_says_so() -> None:
    stage = staffed()
    stage.send(KeyPressed("j"))
    assert facts(type_in(stage, "A007")) == [TicketRejoined("20261123-A007", 3, "1001")]
    assert (page(stage).message, page(stage).blanks) == ("console.rejoined", (("number", "A007"),))


def test_with_the_coordinator_gone_the_window_does_not_wait_for_it() -> None:
    stage = staffed()
    stage.hear(DeviceState("coordinator", "1", "", "offline"))
    assert not said(stage.send(KeyPressed("n")), AskCall)
    assert not page(stage).live


@pytest.mark.req("R166")
def test_the_staff_side_never_learns_of_a_rating() -> None:
    assert not {"level", "rating"} & set(ConsolePage.__dataclass_fields__)
    assert not {"level", "rating"} & set(HallWindow.__dataclass_fields__)


def test_people_waiting_are_of_this_windows_services_alone() -> None:
    stage = staffed()
    stage.hear(HallService("social", 1, 6, 10, True))
    stage.hear(HallService("tax", 2, 9, 10, True))
    assert page(stage).waiting == 6


def test_an_older_word_on_who_waits_does_not_undo_a_newer_one_until_the_line_comes_back() -> None:
    stage = staffed()
    stage.hear(HallService("social", 8, 1, 10, True))
    stage.hear(HallService("social", 7, 0, 0, True))
    assert page(stage).waiting == 1
    stage.send(LinkDown("gone"))
    stage.send(LinkUp())
    stage.hear(HallService("social", 2, 3, 10, True))  # a new book counts from the beginning
    assert page(stage).waiting == 3


def test_a_paused_window_says_which_others_serve() -> None:
    stage = staffed()
    stage.hear(HallWindow(3, 5, "open", LI, elsewhere=(4,)))
    assert sign(stage).elsewhere == ()
    pause(stage)
    assert sign(stage).elsewhere == (4,)


def test_a_key_that_is_not_on_the_screen_does_nothing() -> None:
    stage = staffed()
    for key in ("finish", "service:tax", "reason:errand", "rating:5", "nonsense"):
        assert not facts(stage.send(Tapped(key)))
    assert stage.role is not None
    assert DAY == "2026-11-23"


@pytest.mark.parametrize(
    ("languages", "lang"), [(("zh", "en"), "zh"), (("en", "zh"), "en"), (("ug", "zh"), "zh"), (("bo",), "zh")]
)
def test_the_controller_is_in_chinese_or_in_english_where_the_hall_names_it_first(
    languages: tuple[str, ...], lang: str
) -> None:
    plan = replace(PLAN, languages=languages)
    stage = Stage(Window("window-3", plan, plan.windows[3]))
    stage.began()
    assert page(stage).lang == lang
