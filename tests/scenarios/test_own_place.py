"""Whoever holds a ticket asks a kiosk how far it is: the code on the paper, and the number alone."""

from __future__ import annotations

import pytest

from screens.document import Qr
from screens.views import KioskHome, KioskPlace
from tests.helpers.table import HallOnATable
from tests.scenarios.people import take


def code_on_paper(hall: HallOnATable, sheet: int) -> str:
    """What a scanner reads on the ticket that came out then."""
    printer = hall.parts("kiosk-1").printer
    assert printer is not None
    (qr,) = (block for block in printer.sheets[sheet].blocks if isinstance(block, Qr))
    return qr.text


def place(hall: HallOnATable) -> KioskPlace:
    view = hall.view("kiosk-1")
    assert isinstance(view, KioskPlace), view
    return view


@pytest.mark.req("R060")
def test_the_code_on_a_ticket_tells_its_own_place_until_it_is_called_and_then_its_window(hall: HallOnATable) -> None:
    hall.sign_in("window-3", "1001")
    assert [take(hall), take(hall)] == ["A001", "A002"]
    paper = code_on_paper(hall, 1)
    hall.scan("kiosk-1", paper)
    assert (place(hall).what, place(hall).number, place(hall).ahead) == ("waiting", "A002", 1)
    hall.tap("kiosk-1", "done")
    for key in ("next", "start", "finish", "next"):
        hall.tap("window-3", key)
    hall.scan("kiosk-1", paper)
    assert (place(hall).what, place(hall).window) == ("called", 3)
    hall.pass_time(60)
    assert isinstance(hall.view("kiosk-1"), KioskHome)


@pytest.mark.req("R060")
def test_the_number_alone_does_without_scanner_or_paper(hall: HallOnATable) -> None:
    take(hall)
    hall.tap("kiosk-1", "lookup", "type:A", "type:0", "type:0", "type:1")
    assert (place(hall).what, place(hall).ahead) == ("waiting", 0)
    hall.tap("kiosk-1", "done", "lookup", "type:A", "type:9", "type:9", "type:9")
    assert place(hall).what == "unknown"


def test_without_the_coordinator_the_citizen_is_told_that_their_place_is_safe(hall: HallOnATable) -> None:
    take(hall)
    hall.cut_power("coordinator")
    hall.scan("kiosk-1", code_on_paper(hall, 0))
    hall.pass_time(3)
    assert place(hall).what == "lost"


@pytest.mark.req("R083")
def test_nothing_that_is_scanned_reaches_the_book(hall: HallOnATable) -> None:
    for text in ("110101199003077715", "https://city.example/id/13800138000", "408213"):
        hall.scan("kiosk-1", text)
        hall.pass_time(31)
    assert not [
        row for row in hall.book.rows for secret in (b"110101", b"13800138000", b"408213") if secret in row.payload
    ]
