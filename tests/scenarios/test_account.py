"""The account that random days are held to sees what it is there to see: every way of being wrong, planted by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from drivers.durable import Fact
from screens.views import ConsolePage, KioskBusy
from tests.helpers.table import laid
from tests.scenarios.account import Account, Press
from tests.scenarios.conftest import MONDAY
from tests.scenarios.hurt import HurtHall, PowerCut
from tests.scenarios.people import serve

KIOSKS, WINDOWS = ("kiosk-1",), (3, 4)
Fault = Callable[[HurtHall, Account], object]


def told() -> tuple[HurtHall, Account]:
    """A hall in which one citizen went all the way."""
    hall = HurtHall(laid(), MONDAY)
    account = Account(hall)
    hall.pass_time(2)
    serve(hall)
    account.press(3, 2)
    hall.pass_time(10)
    return hall, account


def settle(account: Account) -> None:
    account.numbers_hold(KIOSKS)
    account.steps_hold(WINDOWS)
    account.ratings_hold(WINDOWS)
    account.chains_hold()
    account.truth_holds(WINDOWS)


def test_a_sound_hall_settles() -> None:
    _, account = told()
    settle(account)
    assert account.paper("kiosk-1") == ["20261123-A001"]
    assert account.thanked == [Press(3, "A001", "1001", 2)]


def without(kind: str) -> Fault:
    """The records of this kind never reached the book."""

    def fault(hall: HurtHall, _: Account) -> None:
        hall.book.rows = [row for row in hall.book.rows if f'"type":"{kind}"'.encode() not in row.payload]

    return fault


def twice(kind: str) -> Fault:
    """The records of this kind are in the book twice."""

    def fault(hall: HurtHall, _: Account) -> None:
        hall.book.rows += [row for row in hall.book.rows if f'"type":"{kind}"'.encode() in row.payload]

    return fault


def other_words(before: bytes, after: bytes) -> Fault:
    """Something was changed on the way to the book."""

    def fault(hall: HurtHall, _: Account) -> None:
        changed = [replace(row, payload=row.payload.replace(before, after)) for row in hall.book.rows]
        assert changed != hall.book.rows
        hall.book.rows = changed

    return fault


def second_sheet(hall: HurtHall, _: Account) -> None:
    printer = hall.parts("kiosk-1").printer
    assert printer is not None
    printer.sheets.append(printer.sheets[0])


def number_of_nobody(hall: HurtHall, _: Account) -> None:
    screen = hall.parts("kiosk-1").screens["main"]
    busy = next(page for page in screen.shown if isinstance(page, KioskBusy))
    screen.show(replace(busy, number="A777"))


def step_of_nobody(hall: HurtHall, _: Account) -> None:
    screen = hall.parts("window-3").screens["main"]
    page = screen.view
    assert isinstance(page, ConsolePage)
    screen.show(replace(page, state="calling", number="A777"))


def record_left_behind(hall: HurtHall, _: Account) -> None:
    journal = hall.journals["kiosk-1"]
    seq = journal.head("kiosk-1")[0] + 1
    journal.commit([Fact("kiosk-1", seq, "x", b"{}")], {})


def rating_of_nobody(_: HurtHall, account: Account) -> None:
    account.presses.clear()


@pytest.mark.parametrize(
    "fault",
    [
        without("ticket.issued"), twice("ticket.issued"), second_sheet, number_of_nobody,
        without("ticket.started"), twice("ticket.served"), without("staff.signed_in"), step_of_nobody,
        without("rating.given"), twice("rating.given"), rating_of_nobody, other_words(b'"level":2', b'"level":3'),
        other_words(b'"staff":"1001","level"', b'"staff":"1002","level"'), without("ticket.printed"),
        without("rating.invited"), record_left_behind,
    ],
)  # fmt: skip
def test_whatever_is_wrong_is_seen(fault: Fault) -> None:
    hall, account = told()
    fault(hall, account)
    with pytest.raises(AssertionError):
        settle(account)


def test_a_truth_that_is_not_the_windows_is_seen() -> None:
    hall, account = told()
    hall.broker.toward = lambda device, *_: () if device == "window-3" else (0.0,)
    hall.tap("window-3", "signout")
    hall.pass_time(1)  # nobody answers whether they may
    with pytest.raises(AssertionError, match="in the hall"):
        account.truth_holds(WINDOWS)


def test_an_evaluator_that_names_somebody_else_is_seen() -> None:
    hall = HurtHall(laid(desks=False), MONDAY)
    account = Account(hall)
    hall.pass_time(2)
    hall.sign_in("window-3", "1001")
    assert not account.names_somebody_else(3)
    hall.cut_power("window-3")
    assert account.names_somebody_else(3)


def test_a_fuse_cuts_the_power_before_or_after_a_commit_and_before_a_word_sets_out() -> None:
    seen = set()
    for acts in range(1, 5):
        hall = HurtHall(laid(), MONDAY)
        hall.pass_time(2)
        hall.fuses["desk-3"].left = acts
        hall.sign_in("window-3", "1001")
        assert hall.blown["desk-3"] == 1
        hall.pass_time(30)
        seen.add(len(hall.records("staff.signed_in")))
        settle(Account(hall))
    assert seen == {0, 1}


def test_a_power_cut_is_no_error_that_anybody_could_catch() -> None:
    assert not issubclass(PowerCut, Exception)
