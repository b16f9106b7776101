"""What staff did by hand while nobody could hear them: true in the hall afterwards, and of no other day."""

from __future__ import annotations

from datetime import datetime

import pytest

from device.contract.messages import RatingGiven, RatingNone, TicketCalled
from device.moment import HALL_TIME
from screens.views import BoardPage
from tests.helpers.chains import chained
from tests.helpers.table import HallOnATable
from tests.scenarios.desks import (
    between_two_desks,
    by_hand,
    console,
    cut_desk,
    mend_desk,
    missed,
    nobody_waits,
    serve_by_hand,
    stands,
)
from tests.scenarios.people import take


@pytest.mark.parametrize("later", [3, 4])
def test_a_number_called_by_hand_at_two_windows_and_served_at_one_is_served(hall: HallOnATable, later: int) -> None:
    number = between_two_desks(hall)
    for window in (3, 4):
        cut_desk(hall, window)
    by_hand(hall, number, 3)
    by_hand(hall, number, 4)
    hall.tap("window-3", "missed")
    hall.tap("window-4", "start", "finish")
    hall.pass_time(1)
    mend_desk(hall, 7 - later)
    mend_desk(hall, later)
    assert missed(hall) == ()
    assert nobody_waits(hall)


@pytest.mark.parametrize("last", ["missed", "start"])
def test_a_number_that_another_window_serves_by_hand_while_it_is_called_here_is_served_once(
    hall: HallOnATable, last: str
) -> None:
    number = between_two_desks(hall)
    cut_desk(hall, 4)
    hall.tap("window-3", "next")
    serve_by_hand(hall, number, 4)
    hall.pass_time(2)
    mend_desk(hall, 4)
    assert stands(hall, 3) == ("calling", number)  # nobody has told its staff
    hall.tap("window-3", last)
    if last == "start":
        hall.tap("window-3", "finish")
    assert missed(hall) == ()
    assert nobody_waits(hall)


@pytest.mark.parametrize("later", [3, 4])
def test_a_transfer_heard_of_after_the_citizen_was_served_elsewhere_calls_nobody(
    hall: HallOnATable, later: int
) -> None:
    number = between_two_desks(hall)
    for window in (3, 4):
        cut_desk(hall, window)
    by_hand(hall, number, 3)
    hall.tap("window-3", "start", "transfer", "window:4")
    serve_by_hand(hall, number, 4)
    mend_desk(hall, 7 - later)
    mend_desk(hall, later)
    assert nobody_waits(hall)


def test_a_transfer_made_without_the_line_calls_the_citizen_where_they_were_sent(hall: HallOnATable) -> None:
    number = take(hall)
    hall.sign_in("window-3", "1001")
    hall.tap("window-3", "next", "start")
    cut_desk(hall, 3)
    hall.tap("window-3", "transfer", "service:permits")
    hall.sign_in("window-4", "1002")
    hall.tap("window-4", "next")
    assert stands(hall, 4) == ("open", "")
    mend_desk(hall, 3)
    hall.tap("window-4", "next")
    assert stands(hall, 4) == ("calling", number)


def test_a_number_that_rejoins_before_it_is_known_that_it_was_missed_waits_again(hall: HallOnATable) -> None:
    number = between_two_desks(hall)
    cut_desk(hall, 3)
    by_hand(hall, number, 3)
    hall.tap("window-3", "missed")
    hall.tap("window-4", "rejoin", *(f"type:{sign}" for sign in number), "enter")
    mend_desk(hall, 3)
    assert missed(hall) == ()
    hall.tap("window-3", "next")
    assert stands(hall, 3) == ("calling", number)
    hall.tap("window-3", "missed")
    assert missed(hall) == (number,)  # that re-join is used up


@pytest.mark.req("R111")
def test_everything_done_at_a_desk_without_the_line_is_true_in_the_hall_afterwards(hall: HallOnATable) -> None:
    numbers = [take(hall) for _ in range(5)]
    hall.sign_in("window-3", "1001")
    cut_desk(hall, 3)
    by_hand(hall, numbers[0])
    hall.tap("window-3", "recall", "recall", "missed")
    by_hand(hall, numbers[1])
    hall.tap("window-3", "start", "transfer", "service:permits")
    serve_by_hand(hall, numbers[2])
    hall.press("evaluator-3", 4)
    hall.tap("window-3", "pause", "reason:files", "alone", "resume")
    hall.tap("window-3", "rejoin", *(f"type:{sign}" for sign in numbers[0]), "enter")
    hall.tap("window-3", "signout")
    hall.sign_in("window-3", "1001")
    by_hand(hall, numbers[3])
    hall.tap("window-3", "missed", "pause", "reason:errand", "alone")
    mend_desk(hall, 3)
    kinds = [r.type for e, r in hall.entries() if e.device == "window-3"]
    assert kinds == [
        "staff.signed_in", "ticket.called", "ticket.recalled", "ticket.recalled", "ticket.missed", "ticket.called",
        "ticket.started", "ticket.transferred", "ticket.called", "ticket.started", "ticket.served", "rating.invited",
        "window.paused", "window.resumed", "ticket.rejoined", "staff.signed_out", "staff.signed_in", "ticket.called",
        "ticket.missed", "window.paused",
    ]  # fmt: skip
    assert missed(hall) == (numbers[3],)
    truth = hall.view("board-1")
    assert isinstance(truth, BoardPage)
    assert ([w.window for w in truth.paused], truth.rows, truth.waiting) == ([3], (), 3)
    hall.sign_in("window-4", "1002")
    hall.tap("window-4", "next")
    assert stands(hall, 4) == ("calling", numbers[1])
    hall.tap("window-3", "resume", "next")
    assert stands(hall, 3) == ("calling", numbers[4])
    hall.tap("window-3", "start", "finish", "next")
    assert stands(hall, 3) == ("calling", numbers[0])  # re-joined behind the next two
    assert hall.unsent() == 0


@pytest.mark.req("R023")
def test_out_of_order_is_never_without_a_reason_with_the_line_or_without(hall: HallOnATable) -> None:
    first, second = take(hall), take(hall)
    hall.sign_in("window-3", "1001")
    by_hand(hall, second)
    assert stands(hall) == ("open", "")  # the reason is asked for
    hall.tap("window-3", "reason:priority", "missed")
    cut_desk(hall, 3)
    by_hand(hall, first)
    mend_desk(hall, 3)
    reasons = [(r.ticket[9:], r.by, r.reason) for r in hall.records("ticket.called") if isinstance(r, TicketCalled)]
    assert reasons == [(second, "hand", "priority"), (first, "hand", "offline")]


def test_with_nobody_answering_staff_call_by_hand_although_the_broker_says_that_the_coordinator_is_there(
    hall: HallOnATable,
) -> None:
    number = take(hall)
    hall.sign_in("window-3", "1001")
    hall.broker.down()
    hall.cut_power("coordinator")
    hall.pass_time(2)
    hall.broker.up()  # what it kept says that all is well
    hall.pass_time(30)
    hall.tap("window-3", "next")
    hall.pass_time(4)
    assert console(hall).message == "console.no_line"
    by_hand(hall, number)
    assert stands(hall) == ("calling", number)
    hall.boot("coordinator")
    hall.pass_time(5)
    assert console(hall).live
    hall.tap("window-3", "start", "finish")
    assert nobody_waits(hall)


def test_the_same_person_at_two_windows_calls_at_each_for_itself(hall: HallOnATable) -> None:
    first, second = take(hall), take(hall)
    for window in (3, 4):
        hall.sign_in(f"window-{window}", "1001")
        hall.tap(f"window-{window}", "next")
    assert (stands(hall, 3), stands(hall, 4)) == (("calling", first), ("calling", second))
    hall.tap("window-3", "missed", "signout")
    assert stands(hall, 4) == ("calling", second)


@pytest.mark.req("R076")
def test_yesterdays_tickets_heard_of_this_morning_are_called_by_nobody() -> None:
    hall = HallOnATable(datetime(2026, 11, 23, 17, tzinfo=HALL_TIME), kiosks=2)
    hall.pass_time(2)
    online = take(hall)
    hall.sign_in("window-3", "1001")
    cut_desk(hall, 3)
    hall.broker.cut("kiosk-2")
    hall.pass_time(1)
    late = take(hall, kiosk="kiosk-2")
    by_hand(hall, late)
    hall.tap("window-3", "missed")
    by_hand(hall, online)  # nobody came; the staff went home and left everything as it was
    hall.pass_time(16 * 3600)
    hall.broker.mend("kiosk-2")
    mend_desk(hall, 3)
    today = take(hall)
    assert today == "A001"
    assert hall.unsent() == 0
    assert missed(hall) == ()
    hall.sign_in("window-4", "1002")
    hall.tap("window-4", "next")
    assert (hall.clock.now().day, stands(hall, 4)) == (24, ("calling", today))
    assert stands(hall, 3) == ("calling", online)
    hall.tap("window-3", "missed")
    hall.pass_time(61)
    assert console(hall).state == "closed"  # yesterday's session ends as soon as it can
    assert missed(hall) == ()


def test_a_window_that_kept_yesterdays_call_over_the_night_stops_nobody(hall: HallOnATable) -> None:
    take(hall)
    hall.sign_in("window-3", "1001")
    hall.broker.from_ = lambda device, *_: () if device == "window-3" else (0.0,)
    hall.tap("window-3", "next")
    hall.pass_time(5)
    hall.broker.cut("window-3")
    hall.pass_time(24 * 3600)
    hall.cut_power("coordinator")
    hall.boot("coordinator")
    hall.broker.from_ = lambda *_: (0.0,)
    hall.broker.mend("window-3")
    hall.pass_time(5)
    today = take(hall)
    hall.sign_in("window-3", "1001")
    hall.tap("window-3", "next")
    hall.pass_time(1)
    assert stands(hall) == ("calling", today)


def test_a_line_that_comes_and_goes_all_the_time_doubles_and_loses_nothing(hall: HallOnATable) -> None:
    numbers = [take(hall) for _ in range(4)]
    hall.sign_in("window-3", "1001")
    for turn in range(40):
        for device in ("window-3", "evaluator-3", "kiosk-1", "coordinator"):
            (hall.broker.cut if turn % 2 else hall.broker.mend)(device)
        hall.pass_time(0.3 if turn % 3 else 1.2)
        page = console(hall)
        for key in ("next", "start", "finish"):
            if key in {k.id for k in page.keys if k.enabled}:
                hall.tap("window-3", key)
                break
        hall.press("evaluator-3", 5)
    for device in ("window-3", "evaluator-3", "kiosk-1", "coordinator"):
        hall.broker.mend(device)
    hall.pass_time(40)
    for _ in range(12):
        page = console(hall)
        hall.tap("window-3", next(k.id for k in page.keys if k.enabled and k.id in ("next", "start", "finish")))
        hall.pass_time(1)
    hall.pass_time(40)
    served = [getattr(r, "ticket", "")[9:] for r in hall.records("ticket.served")]
    assert sorted(served) == numbers
    ended = [r.invitation for r in hall.records() if isinstance(r, RatingGiven | RatingNone)]
    assert len(ended) == len(set(ended)) == len(hall.records("rating.invited"))
    assert hall.unsent() == 0
    chained(hall)
