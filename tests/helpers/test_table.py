"""The table itself: what it asserts can fail."""

from __future__ import annotations

from datetime import datetime

import pytest

from device import table as table_module
from device.contract.messages import HelpAsked
from device.moment import HALL_TIME
from device.table_parts import TableScreen
from screens.views import EvaluatorThanks
from tests.helpers.chains import chained
from tests.helpers.table import HallOnATable
from tests.scenarios.people import take

MONDAY = datetime(2026, 11, 23, 9, tzinfo=HALL_TIME)


def test_a_finger_finds_no_key_that_is_not_on_the_page() -> None:
    screen = TableScreen(lambda _: None, "main")
    screen.show(EvaluatorThanks(3))
    with pytest.raises(AssertionError, match="EvaluatorThanks has no key 'level:5'"):
        screen.touch("level:5")


def test_a_screen_without_a_pump_is_not_to_be_pumped() -> None:
    with pytest.raises(AssertionError):
        TableScreen(lambda _: None, "main").pump()


def test_a_hall_that_never_comes_to_rest_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    hall = HallOnATable(MONDAY)
    monkeypatch.setattr(table_module, "MOST_TURNS", 50)

    def again() -> None:
        hall.later(0.0, again)

    again()
    with pytest.raises(AssertionError, match="does not come to rest"):
        hall.settle()


def test_a_citizen_who_gets_no_ticket_is_told() -> None:
    hall = HallOnATable(MONDAY)
    hall.pass_time(1)
    printer = hall.parts("kiosk-1").printer
    assert printer is not None
    printer.seconds = 60
    with pytest.raises(AssertionError, match="KioskBusy"):
        take(hall)


def test_a_book_with_a_record_missing_is_told() -> None:
    hall = HallOnATable(MONDAY)
    hall.pass_time(1)
    hall.tap("kiosk-1", "help")
    hall.pass_time(30)
    hall.tap("kiosk-1", "help")
    assert hall.records("help.asked") == [HelpAsked(), HelpAsked()]
    chained(hall)
    gone = next(row for row in hall.book.rows if row.device == "kiosk-1")
    hall.book.rows.remove(gone)
    with pytest.raises(AssertionError, match="kiosk-1 2"):
        chained(hall)


def test_the_same_seed_is_the_same_day() -> None:
    def day() -> list[str]:
        hall = HallOnATable(MONDAY, seed=5)
        hall.pass_time(2)
        take(hall)
        return [envelope.id for envelope, _ in hall.entries()]

    assert day() == day()
