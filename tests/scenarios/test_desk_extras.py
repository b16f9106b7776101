"""What else happens at a desk, in whole halls: dimensions, complaints, numbers for others, power cut during thanks."""

from __future__ import annotations

import pytest

from device.contract.messages import (
    CaseOpened,
    HelpAsked,
    NumberAllotted,
    RatingGiven,
    RatingTagged,
    TicketCalled,
    TicketIssued,
)
from screens.views import ConsolePage, EvaluatorAsk, EvaluatorIdle, EvaluatorThanks
from tests.helpers.table import HallOnATable
from tests.scenarios.people import take


def served(hall: HallOnATable) -> None:
    take(hall)
    hall.sign_in("window-3", "1001")
    hall.tap("window-3", "next", "start", "finish")
    assert isinstance(hall.view("evaluator-3"), EvaluatorAsk)


def console(hall: HallOnATable) -> ConsolePage:
    page = hall.view("window-3")
    assert isinstance(page, ConsolePage)
    return page


@pytest.mark.req("R259", "R260")
@pytest.mark.parametrize("kind", ["hall", "apart"])
def test_a_bad_rating_is_a_case_at_the_press_its_dimensions_follow_and_the_window_shows_nothing(
    kind: str, request: pytest.FixtureRequest
) -> None:
    hall: HallOnATable = request.getfixturevalue(kind)
    served(hall)
    hall.pass_time(1)  # the console has heard how many wait now
    before = console(hall)
    hall.tap("evaluator-3", "level:1")
    (rating,) = hall.records("rating.given")
    assert isinstance(rating, RatingGiven)
    assert (rating.level, rating.staff) == (1, "1001")
    (case,) = [r for r in hall.records() if isinstance(r, CaseOpened)]
    assert case.facts.level == 1
    assert console(hall) == before
    hall.tap("evaluator-3", "tag:attitude", "tag:rules")
    assert hall.view("evaluator-3") == EvaluatorThanks(3, asks=True, chosen=("attitude", "rules"))
    hall.pass_time(5)
    assert isinstance(hall.view("evaluator-3"), EvaluatorIdle)
    (given,) = [envelope.id for envelope, record in hall.entries() if record is rating or record == rating]
    assert hall.records("rating.tagged") == [RatingTagged(given, 3, ("attitude", "rules"))]
    assert console(hall) == before
    assert hall.unsent() == 0


@pytest.mark.req("R142", "R236")
def test_a_desk_that_loses_its_power_during_the_thanks_has_the_rating_with_what_was_touched(hall: HallOnATable) -> None:
    served(hall)
    hall.tap("evaluator-3", "level:2", "tag:efficiency")
    hall.cut_power("desk-3")
    hall.pass_time(5)
    hall.boot("desk-3")
    hall.pass_time(10)
    (rating,) = hall.records("rating.given")
    assert isinstance(rating, RatingGiven)
    assert rating.level == 2
    (touched,) = hall.records("rating.tagged")
    assert isinstance(touched, RatingTagged)
    assert touched.tags == ("efficiency",)
    assert hall.records("rating.none") == []


@pytest.mark.req("R057", "R140")
def test_a_complaint_at_the_evaluator_is_a_case_of_that_window_and_the_desk_is_not_told(hall: HallOnATable) -> None:
    hall.sign_in("window-3", "1001")
    hall.pass_time(1)
    before = console(hall)
    hall.tap("evaluator-3", "complain", "complain:yes")
    hall.pass_time(2)
    assert hall.records("help.asked") == [HelpAsked("complaint")]
    (case,) = [r for r in hall.records() if isinstance(r, CaseOpened)]
    assert (case.facts.kind, case.facts.window, case.facts.named) == ("complaint", 3, False)
    assert console(hall) == before


@pytest.mark.req("R228")
def test_a_number_taken_at_a_window_is_given_once_and_called_where_its_service_is(hall: HallOnATable) -> None:
    first = take(hall)
    hall.sign_in("window-3", "1001")
    hall.tap("window-3", "issue", "service:social")
    hall.pass_time(1)
    number = console(hall).number
    assert number == "A002"
    hall.tap("window-3", "told", "next", "start", "finish")
    hall.tap("window-3", "next")
    called = [r.ticket[9:] for r in hall.records("ticket.called") if isinstance(r, TicketCalled)]
    assert called == [first, number]
    issued = [r for r in hall.records("ticket.issued") if isinstance(r, TicketIssued)]
    assert [(r.number, r.guide) for r in issued] == [(first, ""), (number, "1001")]
    allotted = [r for r in hall.records("number.allotted") if isinstance(r, NumberAllotted)]
    assert [r.kiosk for r in allotted] == ["kiosk-1", "window-3"]
    assert hall.unsent() == 0
