"""From a citizen's touch to the rating in the coordinator's book: real roles, real shell, real wire format."""

from __future__ import annotations

from collections import Counter

import pytest

from device.contract.messages import (
    BlockReserved,
    NumberAllotted,
    RatingGiven,
    RatingInvited,
    StaffSignedIn,
    TicketCalled,
    TicketIssued,
    TicketPrinted,
    TicketServed,
    TicketStarted,
)
from screens.views import BoardPage, EvaluatorAsk, EvaluatorIdle, EvaluatorThanks, KioskHome, SignPage
from tests.helpers.table import HallOnATable
from tests.scenarios.people import serve, take


@pytest.mark.req("R125", "R256")
@pytest.mark.parametrize("kind", ["hall", "apart"])
def test_a_citizen_goes_all_the_way(kind: str, request: pytest.FixtureRequest) -> None:
    hall: HallOnATable = request.getfixturevalue(kind)
    assert take(hall) == "A001"
    printer = hall.parts("kiosk-1").printer
    assert printer is not None
    assert printer.numbers == ["A001"]
    assert isinstance(hall.view("kiosk-1"), KioskHome)

    hall.sign_in("window-3", "1001")
    hall.tap("window-3", "next")
    board, sign = hall.view("board-1"), hall.view("window-3", "sign")
    assert isinstance(board, BoardPage)
    assert isinstance(sign, SignPage)
    assert board.newest is not None
    assert (board.newest.number, board.newest.window, sign.state, sign.number) == ("A001", 3, "calling", "A001")
    speaker = hall.parts("board-1").speaker
    assert speaker is not None
    assert len(speaker.said) == 1

    hall.tap("window-3", "start")
    hall.pass_time(300)
    hall.tap("window-3", "finish")
    asked = hall.view("evaluator-3")
    assert isinstance(asked, EvaluatorAsk)
    assert (asked.number, asked.person.number) == ("A001", "1001")
    hall.press("evaluator-3", 5)
    assert isinstance(hall.view("evaluator-3"), EvaluatorThanks)
    hall.pass_time(10)
    assert isinstance(hall.view("evaluator-3"), EvaluatorIdle)

    kinds = [type(record) for record in hall.records() if not isinstance(record, BlockReserved)]
    assert Counter(kinds) == Counter(
        [NumberAllotted, TicketIssued, TicketPrinted, StaffSignedIn, TicketCalled, TicketStarted, TicketServed,
         RatingInvited, RatingGiven]
    )  # fmt: skip
    (rating,) = hall.records("rating.given")
    assert isinstance(rating, RatingGiven)
    assert (rating.ticket, rating.window, rating.staff, rating.level) == ("20261123-A001", 3, "1001", 5)
    assert hall.unsent() == 0


def test_a_finger_that_comes_down_many_times_takes_one_number(hall: HallOnATable) -> None:
    screen = hall.parts("kiosk-1").screens["main"]
    for _ in range(5):
        screen.touch("service:social")
    hall.settle()
    hall.pass_time(20)
    assert len(hall.records("ticket.issued")) == 1
    assert len(hall.records("number.allotted")) == 1


def test_a_button_that_is_pressed_many_times_gives_one_rating(hall: HallOnATable) -> None:
    serve(hall)
    for level in (1, 5, 5, 3):
        hall.press("evaluator-3", level)
    hall.pass_time(20)
    assert [getattr(record, "level", 0) for record in hall.records("rating.given", "rating.none")] == [1]


@pytest.mark.req("R236")
def test_nobody_pressing_is_no_rating_and_never_a_good_one(hall: HallOnATable) -> None:
    serve(hall)
    hall.pass_time(60)
    assert [getattr(record, "why", "") for record in hall.records("rating.given", "rating.none")] == ["timeout"]


@pytest.mark.req("R125")
def test_evaluator_and_sign_show_who_is_on_duty_within_a_second_and_nobody_after_sign_out(apart: HallOnATable) -> None:
    apart.sign_in("window-3", "1002")
    apart.pass_time(1.0)
    sign, evaluator = apart.view("window-3", "sign"), apart.view("evaluator-3")
    assert isinstance(sign, SignPage)
    assert isinstance(evaluator, EvaluatorIdle)
    assert sign.person is not None
    assert evaluator.person is not None
    assert sign.person.number == evaluator.person.number == "1002"
    apart.tap("window-3", "signout")
    apart.pass_time(1.0)
    sign, evaluator = apart.view("window-3", "sign"), apart.view("evaluator-3")
    assert isinstance(sign, SignPage)
    assert isinstance(evaluator, EvaluatorIdle)
    assert (sign.person, evaluator.person) == (None, None)


@pytest.mark.req("R267")
def test_a_number_called_in_vain_is_missed_and_may_rejoin(hall: HallOnATable) -> None:
    number = take(hall)
    hall.sign_in("window-3", "1001")
    hall.tap("window-3", "next", "recall", "missed")
    board = hall.view("board-1")
    assert isinstance(board, BoardPage)
    assert board.missed == (number,)
    hall.tap("window-3", "rejoin", *(f"type:{sign}" for sign in number), "enter", "next")
    sign = hall.view("window-3", "sign")
    assert isinstance(sign, SignPage)
    assert (sign.state, sign.number) == ("calling", number)
    assert len(hall.records("ticket.called")) == 2


@pytest.mark.req("R093", "R129")
def test_a_ticket_goes_on_to_another_service_and_keeps_its_number(hall: HallOnATable) -> None:
    number = take(hall)
    hall.sign_in("window-3", "1001")
    hall.tap("window-3", "next", "start", "transfer", "service:permits")
    hall.sign_in("window-4", "1002")
    hall.tap("window-4", "next")
    sign = hall.view("window-4", "sign")
    assert isinstance(sign, SignPage)
    assert (sign.state, sign.number) == ("calling", number)
