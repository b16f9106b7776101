"""The line, the broker or the coordinator gone: people see nothing wrong, and everything reaches the book once."""

from __future__ import annotations

import pytest

from device.contract.codec import read
from device.contract.messages import DeviceState, RatingGiven, StaffSignedIn, TicketCalled, TicketIssued
from screens.views import BoardPage, ConsolePage, EvaluatorAsk, EvaluatorIdle, EvaluatorThanks, KioskNoPaper, SignPage
from tests.helpers.chains import chained
from tests.helpers.table import HallOnATable
from tests.scenarios.people import serve, take


def test_without_the_coordinator_the_kiosk_gives_numbers_of_its_own_and_the_queue_knows_them_later(
    hall: HallOnATable,
) -> None:
    first = take(hall)
    hall.cut_power("coordinator")
    alone = take(hall)
    assert (first, alone) == ("A001", "A600")
    hall.pass_time(6)  # nobody answers a question that nobody waits for any more
    hall.boot("coordinator")
    hall.pass_time(10)
    assert take(hall) == "A002"
    hall.sign_in("window-3", "1001")
    called = []
    for _ in range(3):
        hall.tap("window-3", "next", "start", "finish")
        hall.press("evaluator-3", 4)
    called = [record.ticket[9:] for record in hall.records("ticket.called") if isinstance(record, TicketCalled)]
    assert called == [first, alone, "A002"]  # by when they were issued
    assert hall.unsent() == 0


def test_a_desk_on_one_pi_finishes_rates_and_calls_by_hand_while_the_broker_is_gone(hall: HallOnATable) -> None:
    number = take(hall)
    second = take(hall)
    hall.sign_in("window-3", "1001")
    hall.tap("window-3", "next", "start")
    hall.broker.down(forget=True)
    hall.settle()
    hall.tap("window-3", "finish")
    assert isinstance(hall.view("evaluator-3"), EvaluatorAsk)
    hall.press("evaluator-3", 5)
    assert isinstance(hall.view("evaluator-3"), EvaluatorThanks)
    hall.tap("window-3", "number", *(f"type:{sign}" for sign in second), "enter", "start")
    hall.pass_time(120)
    hall.tap("window-3", "finish")
    hall.press("evaluator-3", 4)
    console = hall.view("window-3")
    assert isinstance(console, ConsolePage)
    assert console.unsent > 0
    hall.broker.up()
    hall.pass_time(30)
    ratings = [r for r in hall.records("rating.given") if isinstance(r, RatingGiven)]
    assert [(r.ticket[9:], r.level) for r in ratings] == [(number, 5), (second, 4)]
    by_hand = [r.ticket[9:] for r in hall.records("ticket.called") if isinstance(r, TicketCalled) and r.by == "hand"]
    assert by_hand == [second]
    assert hall.unsent() == 0
    chained(hall)


def test_staff_who_signed_in_here_before_can_do_so_without_the_line(hall: HallOnATable) -> None:
    hall.sign_in("window-3", "1001")
    hall.tap("window-3", "signout")
    hall.broker.down()
    hall.settle()
    hall.sign_in("window-3", "1001")
    hall.pass_time(1)
    hall.broker.up()
    hall.pass_time(10)
    signed = [r for r in hall.records("staff.signed_in") if isinstance(r, StaffSignedIn)]
    assert [r.how for r in signed] == ["online", "offline"]


def test_a_kiosk_cut_off_while_printing_says_that_it_cannot_know_and_prints_no_second_number(
    hall: HallOnATable,
) -> None:
    hall.tap("kiosk-1", "service:social")
    hall.pass_time(0.2)  # the number is committed, the paper is on its way
    hall.cut_power("kiosk-1")
    hall.pass_time(20)
    hall.boot("kiosk-1")
    hall.pass_time(2)
    page = hall.view("kiosk-1")
    assert isinstance(page, KioskNoPaper)
    assert (page.number, page.sure) == ("A001", False)
    assert len(hall.records("ticket.issued")) == 1
    assert len(hall.records("ticket.print_unknown")) == 1
    assert hall.unsent() == 0


@pytest.mark.req("R125")
def test_a_desk_that_lost_its_power_while_serving_goes_on_with_the_same_person_and_ticket(hall: HallOnATable) -> None:
    number = take(hall)
    hall.sign_in("window-3", "1001")
    hall.tap("window-3", "next", "start")
    hall.cut_power("desk-3")
    hall.pass_time(15)
    hall.boot("desk-3")
    hall.pass_time(3)
    sign = hall.view("window-3", "sign")
    assert isinstance(sign, SignPage)
    assert sign.person is not None
    assert (sign.state, sign.number, sign.person.number) == ("serving", number, "1001")
    hall.tap("window-3", "finish")
    hall.press("evaluator-3", 2)
    hall.pass_time(5)  # the thanks
    assert len(hall.records("rating.given")) == 1


@pytest.mark.req("R125")
def test_an_evaluator_alone_shows_no_name_while_it_cannot_be_sure(apart: HallOnATable) -> None:
    apart.sign_in("window-3", "1001")
    apart.pass_time(1)
    apart.broker.cut("evaluator-3")
    apart.pass_time(1)
    page = apart.view("evaluator-3")
    assert isinstance(page, EvaluatorIdle)
    assert (page.state, page.person) == ("unknown", None)


def test_a_board_without_the_line_says_that_it_may_be_old(hall: HallOnATable) -> None:
    serve(hall)
    hall.broker.cut("board-1")
    hall.pass_time(1)
    page = hall.view("board-1")
    assert isinstance(page, BoardPage)
    assert not page.live


def test_a_device_that_is_gone_is_said_to_be_offline_by_the_broker_and_a_short_break_is_not(hall: HallOnATable) -> None:
    hall.broker.cut("kiosk-1")
    hall.pass_time(5)
    hall.broker.mend("kiosk-1")
    hall.pass_time(30)
    assert status(hall, "kiosk-1") == "ready"
    hall.cut_power("kiosk-1")
    hall.pass_time(11)
    assert status(hall, "kiosk-1") == "offline"


def test_a_new_card_in_the_kiosk_gets_numbers_nobody_else_has(hall: HallOnATable) -> None:
    hall.broker.cut("kiosk-1")
    before = take(hall)
    hall.cut_power("kiosk-1")
    hall.new_card("kiosk-1")
    hall.broker.mend("kiosk-1")
    hall.boot("kiosk-1")
    hall.pass_time(5)
    hall.broker.cut("kiosk-1")
    hall.pass_time(1)
    after = take(hall)
    assert (before, after) == ("A600", "A700")
    hall.broker.mend("kiosk-1")
    hall.pass_time(10)
    issued = [r.number for r in hall.records("ticket.issued") if isinstance(r, TicketIssued)]
    assert issued == ["A700"]  # what stood on the lost card only is lost with it


def status(hall: HallOnATable, device: str) -> str:
    """What the broker keeps of the device."""
    body = read(hall.broker.retained()[f"hallside/1/longjiang/{device}/state"])[1]
    assert isinstance(body, DeviceState)
    return body.status
