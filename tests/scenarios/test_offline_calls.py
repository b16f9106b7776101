"""Who is called where, when windows and coordinator could not hear each other: nobody twice, nobody forgotten."""

from __future__ import annotations

import pytest

from device.contract.messages import TicketCalled
from screens.views import BoardPage, ConsolePage
from tests.helpers.table import HallOnATable
from tests.scenarios.people import take


def console(hall: HallOnATable, window: int = 3) -> ConsolePage:
    """What the staff see."""
    page = hall.view(f"window-{window}")
    assert isinstance(page, ConsolePage)
    return page


def stands(hall: HallOnATable, window: int = 3) -> tuple[str, str]:
    """The window's state and number as its staff see them."""
    page = console(hall, window)
    return page.state, page.number


def by_hand(hall: HallOnATable, number: str, window: int = 3) -> None:
    """The staff read a number off a ticket and type it."""
    hall.tap(f"window-{window}", "number", *(f"type:{sign}" for sign in number), "enter")


def serve_by_hand(hall: HallOnATable, number: str, window: int = 3) -> None:
    """Called by number, served to the end."""
    by_hand(hall, number, window)
    hall.tap(f"window-{window}", "start", "finish")


def missed(hall: HallOnATable) -> tuple[str, ...]:
    """The numbers called in vain, as the board shows them."""
    page = hall.view("board-1")
    assert isinstance(page, BoardPage)
    return page.missed


def cut_desk(hall: HallOnATable, window: int) -> None:
    """Both lines of a desk break, and it notices."""
    hall.broker.cut(f"window-{window}")
    hall.broker.cut(f"evaluator-{window}")
    hall.settle()


def mend_desk(hall: HallOnATable, window: int) -> None:
    """They are whole again, and everything has arrived."""
    hall.broker.mend(f"window-{window}")
    hall.broker.mend(f"evaluator-{window}")
    hall.pass_time(5)


@pytest.mark.parametrize("pause", [0.0, 0.2, 1.0, 2.0, 4.0])
def test_whoever_was_served_while_the_coordinator_was_gone_is_not_called_when_it_is_back(
    hall: HallOnATable, pause: float
) -> None:
    first, second = take(hall), take(hall)
    hall.sign_in("window-3", "1001")
    hall.cut_power("coordinator")
    hall.pass_time(12)
    serve_by_hand(hall, first)
    hall.pass_time(1)
    hall.boot("coordinator")
    hall.settle()
    assert console(hall).live
    hall.pass_time(pause)
    hall.tap("window-3", "next")
    hall.pass_time(3)
    assert stands(hall) == ("calling", second)


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
