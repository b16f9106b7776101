"""A kiosk that is alone: one touch is one ticket, no number comes twice, and nobody at it sees anything wrong."""

from __future__ import annotations

from datetime import timedelta

import pytest

from device.contract.codec import read
from device.contract.messages import DeviceState, NumberAllotted, TicketIssued
from device.table import Table
from screens.views import BoardPage, ConsolePage, KioskHome, KioskNoPaper, KioskTake
from tests.helpers.chains import chained
from tests.helpers.table import laid
from tests.scenarios.account import Account
from tests.scenarios.conftest import MONDAY
from tests.scenarios.hurt import HurtHall
from tests.scenarios.people import take


@pytest.fixture
def hurt() -> HurtHall:
    """Two kiosks that can be hurt."""
    hall = HurtHall(laid(kiosks=2), MONDAY)
    hall.pass_time(2)
    return hall


def issued(hall: Table) -> list[str]:
    """The numbers in the book, in order of arrival."""
    return [record.number for record in hall.records("ticket.issued") if isinstance(record, TicketIssued)]


def settle(hall: HurtHall) -> None:
    """Everything is back, and has arrived; then the account must be right."""
    hall.broker.up()
    for station in hall.stations:
        hall.ensure(station)
        for device in hall.devices(station):
            hall.broker.mend(device)
    hall.pass_time(20)
    account = Account(hall)
    account.numbers_hold(("kiosk-1", "kiosk-2"))
    account.chains_hold()


@pytest.mark.parametrize("gone", ["broker", "coordinator", "both", "line"])
@pytest.mark.parametrize("when", ["before the touch", "while asking", "while printing"])
def test_whatever_is_gone_the_citizen_has_a_ticket_within_two_seconds(hurt: HurtHall, gone: str, when: str) -> None:
    screen = hurt.parts("kiosk-1").screens["main"]

    def break_it() -> None:
        if gone in ("broker", "both"):
            hurt.broker.down(forget=True)
        if gone in ("coordinator", "both"):
            hurt.cut_power("coordinator")
        if gone == "line":
            hurt.broker.cut("kiosk-1")

    if when == "before the touch":
        break_it()
        hurt.pass_time(30)
    screen.touch("service:social")
    if when == "while asking":
        break_it()
    hurt.pass_time(0.2)
    if when == "while printing":
        break_it()
    hurt.pass_time(1.8)
    page = hurt.view("kiosk-1")
    assert isinstance(page, KioskTake)
    assert len(Account(hurt).paper("kiosk-1")) == 1
    hurt.tap("kiosk-1", "done")
    assert isinstance(hurt.view("kiosk-1"), KioskHome)
    settle(hurt)
    assert issued(hurt) == [page.number]


def test_two_kiosks_alone_give_different_numbers_and_the_hall_calls_them_by_the_time_of_issue(hurt: HurtHall) -> None:
    hurt.sign_in("window-3", "1001")
    hurt.broker.down()
    numbers = [take(hurt, kiosk=kiosk) for kiosk in ("kiosk-1", "kiosk-2", "kiosk-2", "kiosk-1", "kiosk-2")]
    assert len(set(numbers)) == 5
    settle(hurt)
    called = []
    for _ in numbers:
        hurt.tap("window-3", "next")
        page = hurt.view("window-3")
        assert isinstance(page, ConsolePage)
        called.append(page.number)
        hurt.tap("window-3", "start", "finish")
    assert called == numbers


def test_an_answer_that_comes_after_the_kiosk_helped_itself_leaves_a_gap_and_gives_no_second_ticket(
    hurt: HurtHall,
) -> None:
    hurt.broker.from_ = lambda _, topic, __: (2.0,) if topic.endswith("/answer") else (0.0,)
    hurt.tap("kiosk-1", "service:social")
    hurt.pass_time(0.6)
    hurt.pass_time(5)
    settle(hurt)
    assert issued(hurt) == ["A600"]
    hurt.broker.from_ = lambda *_: (0.0,)
    assert take(hurt) == "A002"  # A001 was given to nobody


def test_every_message_twice_is_one_ticket(hurt: HurtHall) -> None:
    hurt.broker.toward = hurt.broker.from_ = lambda *_: (0.0, 0.3)
    numbers = [take(hurt) for _ in range(3)]
    settle(hurt)
    assert issued(hurt) == numbers == ["A001", "A002", "A003"]


@pytest.mark.req("R177", "R287")
@pytest.mark.parametrize("acts", range(1, 13))
@pytest.mark.parametrize("station", ["kiosk-1", "coordinator"])
def test_power_cut_at_any_act_of_a_ticket_loses_no_promise_and_makes_no_second_one(station: str, acts: int) -> None:
    hall = HurtHall(laid(kiosks=2), MONDAY)
    hall.pass_time(2)
    hall.fuses[station].left = acts
    hall.parts("kiosk-1").screens["main"].touch("service:social")
    hall.pass_time(8)
    page = hall.view("kiosk-1")
    seen = Account(hall).read_numbers("kiosk-1")
    assert isinstance(page, KioskHome | KioskTake | KioskNoPaper)
    hall.pass_time(60)
    settle(hall)
    assert len(seen) == len(issued(hall)) <= 1
    if station == "coordinator":
        assert len(seen) == 1  # whatever becomes of the coordinator, the citizen has a ticket


@pytest.mark.parametrize("hours", [-30.0, -1.0, 1.0, 30.0])
@pytest.mark.parametrize("believed", ["synced", "floor"])
def test_a_kiosk_whose_clock_is_set_while_it_is_alone_gives_no_number_twice(
    hurt: HurtHall, hours: float, believed: str
) -> None:
    hurt.broker.down()
    clock = hurt.clocks["kiosk-1"]
    take(hurt)
    for by in (hours, 0.0, hours, -hours):
        clock.by, clock.believed = timedelta(hours=by), "synced" if believed == "synced" else "floor"
        take(hurt)
        hurt.cut_power("kiosk-1")
        hurt.boot("kiosk-1")
        hurt.pass_time(1)
    settle(hurt)
    assert len(issued(hurt)) == 5


def test_a_coordinator_that_was_a_day_ahead_makes_no_kiosk_begin_its_block_again(hurt: HurtHall) -> None:
    hurt.broker.cut("kiosk-1")
    first = take(hurt)
    hurt.clocks["coordinator"].by = timedelta(days=1)
    hurt.broker.mend("kiosk-1")
    hurt.pass_time(5)
    hurt.clocks["coordinator"].by = timedelta(0)
    hurt.cut_power("coordinator")
    hurt.boot("coordinator")
    hurt.pass_time(5)
    hurt.cut_power("kiosk-1")
    hurt.boot("kiosk-1")
    hurt.pass_time(5)
    hurt.broker.cut("kiosk-1")
    assert (first, take(hurt)) == ("A600", "A601")
    settle(hurt)


def test_a_kiosk_on_a_new_card_never_repeats_what_the_old_one_gave_and_its_lost_tickets_can_be_called(
    hurt: HurtHall,
) -> None:
    hurt.broker.cut("kiosk-1")
    lost = [take(hurt), take(hurt)]
    hurt.cut_power("kiosk-1")
    hurt.new_card("kiosk-1")
    hurt.broker.mend("kiosk-1")
    hurt.boot("kiosk-1")
    hurt.pass_time(3)
    hurt.broker.cut("kiosk-1")
    after = take(hurt)
    assert after not in lost
    hurt.broker.mend("kiosk-1")
    hurt.pass_time(5)
    hurt.sign_in("window-3", "1001")
    hurt.tap("window-3", "number", *(f"type:{sign}" for sign in lost[1]), "enter", "reason:returned")
    page = hurt.view("window-3")
    assert isinstance(page, ConsolePage)
    assert (page.state, page.number) == ("calling", lost[1])
    hurt.tap("window-3", "start", "finish")
    hurt.tap("window-3", "number", *["type:A", "type:7", "type:9", "type:9"], "enter", "reason:returned")
    page = hurt.view("window-3")
    assert isinstance(page, ConsolePage)
    assert (page.state, page.number) == ("calling", "A799")  # it may have been given by a kiosk not heard of yet
    hurt.tap("window-3", "missed", "number", *["type:A", "type:9", "type:9", "type:9"], "enter", "reason:returned")
    page = hurt.view("window-3")
    assert isinstance(page, ConsolePage)
    assert page.message == "console.call_unknown"  # nobody can hold that one


@pytest.mark.req("R076")
def test_a_kiosk_alone_over_the_end_of_the_day_begins_the_new_days_block(hurt: HurtHall) -> None:
    hurt.until("23:00")
    hurt.broker.cut("kiosk-1")
    before = take(hurt)
    hurt.pass_time(5 * 3600 + 60)  # 4 o'clock is past
    after = take(hurt)
    assert (before, after) == ("A600", "A600")
    settle(hurt)
    days = [r.day for r in hurt.records("ticket.issued") if isinstance(r, TicketIssued)]
    assert days == ["2026-11-23", "2026-11-24"]
    board = hurt.view("board-1")
    assert isinstance(board, BoardPage)
    assert board.waiting == 1  # today's only


@pytest.mark.parametrize("card", ["old", "new"])
def test_a_coordinator_that_lost_its_book_gives_no_number_again_and_a_technician_is_called(
    hurt: HurtHall, card: str
) -> None:
    before = [take(hurt, kiosk=kiosk) for kiosk in ("kiosk-1", "kiosk-2", "kiosk-1")]
    hurt.cut_power("coordinator")
    hurt.pass_time(1)
    before.append(take(hurt, kiosk="kiosk-2"))
    if card == "new":
        hurt.new_card("coordinator")
    hurt.lose_book()
    hurt.boot("coordinator")
    hurt.pass_time(1)
    after = [take(hurt, kiosk=kiosk) for kiosk in ("kiosk-1", "kiosk-2", "kiosk-2", "kiosk-1")]
    hurt.pass_time(60)
    assert len({*before, *after}) == 8
    for kiosk in ("kiosk-1", "kiosk-2"):
        state = read(hurt.broker.retained()[f"hallside/1/longjiang/{kiosk}/state"])[1]
        assert isinstance(state, DeviceState)
        assert [(fault.code, fault.mender) for fault in state.faults] == [("book-behind", "technician")]
        assert hurt.waiting(kiosk) > 0  # nothing was thrown away
    assert issued(hurt) == []
    chained(hurt)


def test_a_number_given_and_never_issued_stays_a_gap_and_is_given_to_nobody_else(hurt: HurtHall) -> None:
    hurt.parts("kiosk-1").screens["main"].touch("service:social")
    hurt.fuses["kiosk-1"].left = 3  # after the question set out, before the answer is committed
    hurt.pass_time(20)
    settle(hurt)
    allotted = [r.ticket[9:] for r in hurt.records("number.allotted") if isinstance(r, NumberAllotted)]
    assert take(hurt) not in set(allotted) - set(issued(hurt))
