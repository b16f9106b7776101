"""Who is called where, when windows and coordinator could not hear each other: nobody twice, nobody forgotten."""

from __future__ import annotations

import pytest

from device.contract.messages import TicketCalled
from screens.views import BoardPage
from tests.helpers.chains import chained
from tests.helpers.table import HallOnATable
from tests.scenarios.desks import (
    console,
    cut_desk,
    mend_desk,
    missed,
    serve_by_hand,
    stands,
)
from tests.scenarios.people import take


@pytest.mark.parametrize("gone", [1, 100])  # the broker keeps what comes for somebody away for a minute
@pytest.mark.parametrize("pause", [0.0, 0.2, 1.0, 4.0])
def test_whoever_was_served_while_the_coordinator_was_gone_is_not_called_when_it_is_back(
    hall: HallOnATable, pause: float, gone: float
) -> None:
    first, second = take(hall), take(hall)
    hall.sign_in("window-3", "1001")
    hall.cut_power("coordinator")
    hall.pass_time(12)
    serve_by_hand(hall, first)
    hall.pass_time(gone)
    hall.boot("coordinator")
    hall.settle()
    assert console(hall).live
    hall.pass_time(pause)
    hall.tap("window-3", "next")
    hall.pass_time(3)
    assert stands(hall) == ("calling", second)


def test_after_hundreds_of_records_without_the_line_the_next_is_the_one_who_is_left(hall: HallOnATable) -> None:
    served, left = take(hall), take(hall)
    hall.sign_in("window-3", "1001")
    cut_desk(hall, 3)
    for _ in range(150):
        hall.tap("window-3", "pause", "reason:files", "alone", "resume")
    serve_by_hand(hall, served)
    hall.broker.mend("window-3")
    hall.pass_time(1.0)
    assert console(hall).live
    hall.tap("window-3", "next")
    hall.pass_time(1.5)
    assert stands(hall) == ("calling", left)
    chained(hall)


def test_finish_and_next_in_one_breath_are_heard_in_that_order(hall: HallOnATable) -> None:
    take(hall)
    second = take(hall)
    hall.sign_in("window-3", "1001")
    hall.tap("window-3", "next", "start")
    for key in "fn":
        hall.key("window-3", key)
    hall.settle()
    assert stands(hall) == ("calling", second)


def test_a_ticket_called_in_vain_is_not_called_again_by_a_window_whose_word_of_it_was_late(hall: HallOnATable) -> None:
    first, second = take(hall), take(hall)
    hall.sign_in("window-3", "1001")
    hall.tap("window-3", "next")
    assert stands(hall) == ("calling", first)
    hall.broker.toward = lambda device, topic, _: () if device == "window-3" and topic.endswith("/record") else (0.0,)
    hall.tap("window-3", "missed")
    hall.broker.toward = lambda *_: (0.0,)
    hall.tap("window-3", "next")
    hall.pass_time(3)
    assert stands(hall) == ("calling", second)
    assert missed(hall) == (first,)


def test_a_question_that_was_lost_is_asked_until_it_is_answered_and_calls_one_ticket(hall: HallOnATable) -> None:
    first = take(hall)
    take(hall)
    hall.sign_in("window-3", "1001")
    lost = iter([True, True, False])
    hall.broker.from_ = lambda _, topic, __: () if topic.endswith("window-3/answer") and next(lost) else (0.0,)
    hall.tap("window-3", "next")
    hall.pass_time(5)
    assert stands(hall) == ("calling", first)
    assert [r.ticket[9:] for r in hall.records("ticket.called") if isinstance(r, TicketCalled)] == [first]


@pytest.mark.parametrize("what", ["answer", "line", "coordinator", "everything"])
def test_a_call_that_the_window_never_heard_of_stands_there_as_soon_as_it_can(hall: HallOnATable, what: str) -> None:
    first = take(hall)
    hall.sign_in("window-3", "1001")
    hall.broker.from_ = lambda device, *_: () if device == "window-3" else (0.0,)
    hall.tap("window-3", "next")
    hall.pass_time(5)
    assert stands(hall) == ("open", "")
    board = hall.view("board-1")
    assert isinstance(board, BoardPage)
    assert board.newest is not None
    assert (board.newest.number, board.newest.window) == (first, 3)  # and the citizen is on their way
    hall.broker.from_ = lambda *_: (0.0,)
    match what:
        case "answer":
            take(hall)  # any change of the hall's truth will do
            hall.tap("window-3", "next")
        case "line":
            cut_desk(hall, 3)
        case "coordinator":
            hall.cut_power("coordinator")
            hall.pass_time(3)
            hall.boot("coordinator")
        case _:
            hall.cut_power("coordinator")
            hall.broker.down(forget=True)
            hall.pass_time(3)
            hall.broker.up()
            hall.boot("coordinator")
    mend_desk(hall, 3)
    assert stands(hall) == ("calling", first)
    assert [r.ticket[9:] for r in hall.records("ticket.called") if isinstance(r, TicketCalled)] == [first]


def test_a_power_cut_between_question_and_answer_loses_no_call(hall: HallOnATable) -> None:
    first = take(hall)
    hall.sign_in("window-3", "1001")
    hall.broker.from_ = lambda device, *_: () if device == "window-3" else (0.0,)
    hall.tap("window-3", "next")
    hall.cut_power("desk-3")
    hall.broker.from_ = lambda *_: (0.0,)
    hall.boot("desk-3")
    hall.pass_time(3)
    assert stands(hall) == ("calling", first)


def test_a_call_that_crossed_a_pause_goes_to_another_window(hall: HallOnATable) -> None:
    first = take(hall, "permits")
    hall.sign_in("window-4", "1001")
    hall.broker.from_ = lambda device, *_: () if device == "window-4" else (0.0,)
    hall.tap("window-4", "next")
    hall.pass_time(5)
    hall.tap("window-4", "pause", "reason:errand", "alone")
    hall.broker.from_ = lambda *_: (0.0,)
    hall.pass_time(5)
    assert stands(hall, 4) == ("paused", "")
    hall.tap("window-4", "resume", "next")
    assert stands(hall, 4) == ("calling", first)
    assert len(hall.records("ticket.called")) == 2
