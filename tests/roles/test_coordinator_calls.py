"""The coordinator says whom a window calls: who was first, once, and nobody against the rules."""

from __future__ import annotations

from dataclasses import replace

import pytest

from device.contract.messages import (
    AnswerCall,
    AnswerPlace,
    AskBlock,
    AskCall,
    AskPlace,
    HallCall,
    HallMissed,
    HallService,
    StaffSignedOut,
    TicketCalled,
    TicketIssued,
    TicketMissed,
    TicketRecalled,
    TicketRejoined,
    TicketServed,
    TicketStarted,
    WindowPaused,
)
from device.effects import Publish
from device.hall.parameters import Voice
from device.roles.coordinator import SERVICES_SECONDS
from tests.roles.at_coordinator import Hall
from tests.roles.stage import (
    DAY,
    JOURNAL,
    MORNING,
    PLAN,
    facts,
    said,
    uid,
)


@pytest.mark.req("R081", "R022")
def test_who_was_issued_first_is_called_first_everywhere_at_once() -> None:
    hall = Hall()
    hall.sign_in()
    hall.issue("A001")
    hall.issue("A002", seconds=5)
    answer = hall.call(101)
    assert (answer.outcome, answer.ticket, answer.service) == ("called", "20261123-A001", "social")
    assert facts(hall.stage.last) == [TicketCalled("20261123-A001", "social", 3, "1001", "system", request=uid(101))]
    (call,) = said(hall.stage.last, HallCall)
    assert (call.ticket, call.window, call.place.zh) == ("20261123-A001", 3, "一楼A区")
    assert (hall.window().state, hall.window().ticket) == ("calling", "20261123-A001")
    assert said(hall.stage.wait(SERVICES_SECONDS), HallService)[-1].waiting == 1


@pytest.mark.req("R033", "R083")
def test_who_is_to_be_called_clearly_is_and_nobody_is_told_why() -> None:
    hall = Hall(replace(PLAN, voice=Voice(clear_for=frozenset({"elderly"}))))
    hall.sign_in()
    for number, klass in (("A001", "elderly"), ("A002", "")):
        issued = TicketIssued(uid(int(number[1:])), f"20261123-{number}", number, DAY, "social", "online", klass=klass)
        hall.record(issued, "kiosk-1")
    hall.call(101)
    (call,) = said(hall.stage.last, HallCall)
    assert call.clearly
    assert "elderly" not in repr(call)
    hall.record(TicketMissed("20261123-A001", 3, "1001"))
    hall.call(102)
    (call,) = said(hall.stage.last, HallCall)
    assert not call.clearly


@pytest.mark.req("R128")
def test_whoever_waited_long_is_called_with_an_apology_once_and_nobody_else() -> None:
    hall = Hall(replace(PLAN, voice=Voice(waited_minutes=30)))
    hall.sign_in()
    hall.issue("A001")
    hall.issue("A002", seconds=1)
    hall.stage.wait(30 * 60 - 1)
    hall.call(101)
    (call,) = said(hall.stage.last, HallCall)
    assert (call.ticket, call.waited) == ("20261123-A001", True)
    hall.record(TicketRecalled("20261123-A001", 3, "1001", 2))
    (again,) = said(hall.stage.last, HallCall)
    assert not again.waited
    hall.record(TicketMissed("20261123-A001", 3, "1001"))
    hall.call(102)
    (call,) = said(hall.stage.last, HallCall)
    assert (call.ticket, call.waited) == ("20261123-A002", False)


def test_a_hall_that_wishes_it_says_sorry_to_nobody() -> None:
    hall = Hall(replace(PLAN, voice=Voice(waited_minutes=0)))
    hall.sign_in()
    hall.issue("A001")
    hall.stage.wait(7200)
    hall.call(101)
    (call,) = said(hall.stage.last, HallCall)
    assert not call.waited


@pytest.mark.req("R060")
def test_whoever_holds_a_ticket_is_told_how_far_it_is_and_where_to_go_once_it_is_called() -> None:
    hall = Hall()
    hall.sign_in()
    for number in ("A001", "A002", "A003"):
        hall.issue(number)
    third = hall.ask(AskPlace("20261123-A003"), uid(0x77), "kiosk-2").body
    assert third == AnswerPlace(uid(0x77), "waiting", "social", 2, 15, most=25)
    hall.call(101)
    first = hall.ask(AskPlace("20261123-A001"), uid(0x78), "kiosk-2").body
    assert first == AnswerPlace(uid(0x78), "called", "social", window=3)


def test_a_window_calls_only_what_it_serves() -> None:
    hall = Hall()
    hall.sign_in(3)
    hall.issue("B001", "tax")
    assert hall.call(101, 3).outcome == "empty"
    hall.sign_in(4)
    assert hall.call(102, 4).ticket == "20261123-B001"


@pytest.mark.req("R091")
def test_a_window_where_nobody_or_somebody_else_signed_in_calls_nobody() -> None:
    hall = Hall()
    hall.issue("A001")
    assert hall.call(101).outcome == "refused"
    hall.sign_in(3, "1001")
    assert hall.call(102, staff="1002").outcome == "refused"


def test_an_evaluator_may_call_nobody() -> None:
    hall = Hall()
    hall.sign_in()
    hall.issue("A001")
    answer = hall.ask(AskCall("1001"), uid(1), "evaluator-3").body
    assert isinstance(answer, AnswerCall)
    assert answer.outcome == "refused"


def test_an_ask_repeated_or_made_anew_while_the_call_stands_gets_that_call() -> None:
    hall = Hall()
    hall.sign_in()
    hall.issue("A001")
    hall.issue("A002")
    first = hall.call(101)
    assert hall.call(101).ticket == first.ticket
    assert hall.call(102).ticket == first.ticket
    hall.record(TicketStarted(first.ticket, "social", 3, "1001"))
    hall.record(TicketServed(first.ticket, "social", 3, "1001", MORNING.isoformat()))
    assert hall.call(101).ticket == first.ticket  # a late duplicate of a settled ask calls nobody new
    assert not facts(hall.stage.last)
    assert hall.call(103).ticket == "20261123-A002"


@pytest.mark.req("R023")
def test_out_of_order_needs_a_reason_and_is_recorded_with_who_did_it() -> None:
    hall = Hall()
    hall.sign_in()
    hall.issue("A001")
    hall.issue("A002")
    refused = hall.ask(AskCall("1001", "A002"), uid(1), "window-3").body
    assert isinstance(refused, AnswerCall)
    assert refused.outcome == "refused"
    hall.ask(AskCall("1001", "A002", "returned"), uid(2), "window-3")
    assert facts(hall.stage.last) == [TicketCalled("20261123-A002", "social", 3, "1001", "hand", "returned", uid(2))]


def test_a_number_that_is_elsewhere_served_or_unknown_cannot_be_called() -> None:
    hall = Hall()
    hall.sign_in(3)
    hall.sign_in(4, "1002")
    hall.issue("A001")
    hall.call(1, 3)
    outcomes = []
    for n, number in ((2, "A001"), (3, "A099")):
        answer = hall.ask(AskCall("1002", number, "returned"), uid(n), "window-4").body
        assert isinstance(answer, AnswerCall)
        outcomes.append(answer.outcome)
    assert outcomes == ["elsewhere", "unknown"]


def test_a_recall_is_announced_again_under_its_own_id_but_not_an_hour_later() -> None:
    hall = Hall()
    hall.sign_in()
    hall.issue("A001")
    ticket = hall.call(1).ticket
    hall.record(TicketRecalled(ticket, 3, "1001", 2), id=uid(77))
    recall = [e for e in hall.stage.last if isinstance(e, Publish) and isinstance(e.body, HallCall)]
    assert [(e.id, e.body.attempt) for e in recall if isinstance(e.body, HallCall)] == [(uid(77), 2)]
    late = hall.stage.envelope(device="window-3", seq=99)
    hall.stage.wait(3600)
    assert not said(hall.stage.send_heard(late, TicketRecalled(ticket, 3, "1001", 3)), HallCall)


@pytest.mark.req("R267")
def test_missed_numbers_are_shown_and_rejoin_behind_the_next_two() -> None:
    hall = Hall()
    hall.sign_in()
    for number in ("A001", "A002", "A003", "A004"):
        hall.issue(number, seconds=1)
    hall.record(TicketMissed(hall.call(1).ticket, 3, "1001"))
    assert said(hall.stage.effects, HallMissed)[-1].numbers == ("A001",)
    hall.record(TicketRejoined("20261123-A001", 3, "1001"))
    assert said(hall.stage.effects, HallMissed)[-1].numbers == ()
    order = []
    for n in range(2, 6):
        ticket = hall.call(n).ticket
        order.append(ticket[9:])
        hall.record(TicketStarted(ticket, "social", 3, "1001"))
        hall.record(TicketServed(ticket, "social", 3, "1001", MORNING.isoformat()))
    assert order == ["A002", "A003", "A001", "A004"]


def test_a_window_that_is_left_gives_back_what_it_had_called() -> None:
    hall = Hall()
    hall.sign_in(3)
    hall.issue("A001")
    hall.call(1)
    hall.record(StaffSignedOut(3, "1001"))
    hall.sign_in(4, "1002")
    assert hall.call(2, 4, "1002").ticket == "20261123-A001"


def test_a_window_that_lost_its_power_in_a_service_gets_the_same_citizen_next() -> None:
    hall = Hall()
    hall.sign_in()
    for number in ("A001", "A002"):
        hall.issue(number)
    ticket = hall.call(1).ticket
    hall.record(TicketStarted(ticket, "social", 3, "1001"))
    hall.sign_in()
    assert hall.call(2).ticket == ticket


def test_a_ticket_served_offline_before_its_issue_was_heard_of_is_never_called_again() -> None:
    hall = Hall()
    hall.sign_in()
    ticket = "20261123-A600"
    hall.record(TicketCalled(ticket, "", 3, "1001", "hand", "offline"))
    hall.record(TicketStarted(ticket, "", 3, "1001"))
    hall.record(TicketServed(ticket, "", 3, "1001", MORNING.isoformat()))
    hall.issue("A600")
    assert hall.call(1).outcome == "empty"


def test_a_call_that_crossed_a_pause_is_taken_back() -> None:
    hall = Hall()
    hall.sign_in(3)
    hall.sign_in(4, "1002")
    hall.issue("A001")
    ticket = hall.call(1).ticket
    hall.record(WindowPaused(3, "1001", "files"))
    assert (hall.window().state, hall.window().ticket) == ("paused", "")
    assert hall.call(2, 4, "1002").ticket == ticket


def test_yesterdays_tickets_heard_of_today_change_nothing_unless_their_maker_did_not_know_the_day() -> None:
    hall = Hall()
    hall.sign_in()
    old = TicketIssued(uid(1), "20261122-A600", "A600", "2026-11-22", "social", "block")
    hall.record(old, "kiosk-1")
    hall.record(TicketCalled("20261122-A601", "", 4, "1002", "hand", "offline"), "window-4")
    hall.record(TicketMissed("20261122-A601", 4, "1002"), "window-4")
    assert hall.call(1).outcome == "empty"
    assert hall.window(4).ticket == ""
    assert [m.numbers for m in said(hall.stage.effects, HallMissed)][-1] == ()
    hall.seq += 1
    unsure = replace(hall.stage.envelope(device="kiosk-1", seq=hall.seq), clock="floor")
    hall.stage.send_heard(unsure, replace(old, request=uid(2), ticket="20261122-A602", number="A602"))
    assert hall.call(2).ticket == "20261122-A602"


def test_a_call_left_standing_over_the_night_is_no_answer_in_the_morning() -> None:
    hall = Hall()
    hall.sign_in()
    hall.issue("A001")
    request = hall.call(1).to
    hall.stage.wait(24 * 3600)
    assert hall.call(2).outcome == "empty"
    again = hall.ask(AskCall("1001"), request, "window-3").body
    assert isinstance(again, AnswerCall)
    assert again.outcome == "empty"


def test_a_standing_call_that_somebody_else_served_is_no_answer() -> None:
    hall = Hall()
    hall.sign_in(3)
    hall.issue("A001")
    hall.issue("A002", seconds=1)
    first = hall.call(1).ticket
    hall.record(TicketCalled(first, "", 4, "1002", "hand", "offline"), "window-4")
    hall.record(TicketServed(first, "", 4, "1002", MORNING.isoformat()), "window-4")
    assert hall.call(2).ticket == "20261123-A002"


def test_a_number_whose_kiosk_was_never_heard_of_again_can_be_called_by_hand_and_others_cannot() -> None:
    hall = Hall()
    hall.sign_in()
    hall.ask(AskBlock(JOURNAL), uid(1), "kiosk-1")
    outcomes = []
    for n, number in ((2, "A600"), (3, "A001"), (4, "A700")):
        answer = hall.ask(AskCall("1001", number, "returned"), uid(n), "window-3").body
        assert isinstance(answer, AnswerCall)
        outcomes.append(answer.outcome)
        if answer.outcome == "called":
            hall.record(TicketMissed(answer.ticket, 3, "1001"))
    assert outcomes == ["called", "unknown", "unknown"]
