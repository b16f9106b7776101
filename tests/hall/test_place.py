"""A ticket's own place, from the hall's state alone."""

from __future__ import annotations

from datetime import datetime

import pytest

from device.contract.messages import (
    AnswerPlace,
    Envelope,
    Record,
    StaffSignedIn,
    TicketCalled,
    TicketIssued,
    TicketMissed,
    TicketServed,
    TicketStarted,
    TicketTransferred,
)
from device.hall.place import place_of
from device.hall.state import HallState
from device.moment import Moment
from tests.roles.stage import PLAN, STAFF, uid

MORNING = "2026-11-23T09:30:00.000+08:00"
NOW = Moment(datetime.fromisoformat(MORNING), 0.0, "synced", 0)


def ticket(n: int) -> str:
    return f"20261123-A{n:03d}"


CALLED = TicketCalled(ticket(2), "social", 3, "1001", "hand", "offline")


def ask(n: int, *more: Record) -> AnswerPlace:
    """A001 to A004 wait for social insurance, then this happened at window 3; how far is the n-th?"""
    hall = HallState("coordinator", PLAN, STAFF, day="2026-11-23")
    hall.floor.desks[3].alive = True
    hall.apply(Envelope(uid(99), MORNING, "synced", "window-3", seq=1), StaffSignedIn(3, "1001", "online"))
    issued = [TicketIssued(uid(k), ticket(k), f"A{k:03d}", "2026-11-23", "social", "online") for k in (1, 2, 3, 4)]
    for k, record in enumerate((*issued, *more)):
        device = "kiosk-1" if isinstance(record, TicketIssued) else "window-3"
        hall.apply(Envelope(uid(100 + k), MORNING, "synced", device, seq=k + 2), record)
    return place_of("q", ticket(n), hall, NOW)


@pytest.mark.req("R060")
def test_a_waiting_ticket_has_so_many_before_it() -> None:
    assert ask(1) == AnswerPlace("q", "waiting", "social", 0, 0)  # a window is free
    assert ask(3) == AnswerPlace("q", "waiting", "social", 2, 15, most=25)


def test_whoever_was_called_is_no_longer_before_it() -> None:
    assert ask(3, CALLED).ahead == 1


@pytest.mark.req("R060")
def test_a_called_ticket_has_a_window_to_go_to() -> None:
    assert ask(2, CALLED) == AnswerPlace("q", "called", "social", window=3)
    assert ask(2, CALLED, TicketStarted(ticket(2), "social", 3, "1001")).outcome == "serving"
    assert ask(2, CALLED, TicketServed(ticket(2), "social", 3, "1001", MORNING)).outcome == "served"
    assert ask(2, CALLED, TicketMissed(ticket(2), 3, "1001")).outcome == "missed"


def test_a_ticket_sent_to_one_window_waits_for_that_one() -> None:
    assert ask(2, CALLED, TicketTransferred(ticket(2), 3, "1001", to_window=4)).window == 4


def test_a_ticket_nobody_issued_today_is_unknown() -> None:
    assert ask(77) == AnswerPlace("q", "unknown")


def test_a_ticket_of_a_service_nobody_knows_any_more_is_answered_too() -> None:
    gone = TicketCalled(ticket(9), "abolished", 3, "1001", "hand", "offline")
    put_back = TicketCalled(ticket(1), "social", 3, "1001", "hand", "offline")
    assert ask(9, gone).outcome == "called"
    assert ask(9, gone, put_back).outcome in ("waiting", "unknown")
