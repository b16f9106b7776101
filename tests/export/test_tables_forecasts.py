"""What an export tells of promised waits: each held against what happened."""

from __future__ import annotations

import pytest

from device.contract.messages import (
    ChoiceMade,
    Envelope,
    EstimateShown,
    NumberAllotted,
    Record,
    TicketCalled,
    TicketIssued,
)
from device.export.page import page
from tests.export.records import DAY, NEXT, rows, said, tables, uuid


def allotted(n: int, at: str, number: int, minutes: int, most: int) -> list[tuple[Envelope, Record]]:
    """Somebody was promised this, and took the number."""
    ticket = f"20261120-A{number:03d}"
    record = NumberAllotted(uuid(900 + number), "kiosk-1", "social", ticket, minutes=minutes, most=most)
    issued = TicketIssued(uuid(900 + number), ticket, ticket[9:], DAY, "social", "online")
    return [said(n, at, record, "coordinator"), said(n + 1, at, issued, "kiosk-1")]


PROMISED = [
    *allotted(100, "09:00:00", 1, 10, 15),  # waits 12
    *allotted(102, "09:00:00", 2, 20, 30),  # waits 31
    *allotted(104, "09:00:00", 3, 5, 9),  # is called by hand after 2
    *allotted(106, "09:00:00", 4, 0, 0),  # was promised nothing
    *allotted(108, "09:00:00", 5, 30, 45),  # is never called
    said(110, "09:02:00", TicketCalled("20261120-A003", "social", 3, "1001", "hand", "ill")),
    said(111, "09:12:00", TicketCalled("20261120-A001", "social", 3, "1001", "system"), "coordinator"),
    said(112, "09:13:00", TicketCalled("20261120-A004", "social", 3, "1001", "system"), "coordinator"),
    said(113, "09:31:00", TicketCalled("20261120-A002", "social", 3, "1001", "system"), "coordinator"),
    said(114, "17:10:00", EstimateShown(uuid(1000), "social", 5, 40, f"{DAY}T17:30:00+08:00", 55), "kiosk-1"),
    said(115, "17:10:05", ChoiceMade(uuid(1000), "social", "appointment"), "kiosk-1"),
]


@pytest.mark.req("R242", "R244")
def test_what_was_promised_is_held_against_what_happened_every_day() -> None:
    (row,) = rows(PROMISED, "forecasts")
    assert (row["promised"], row["called"], row["kept"]) == (4, 2, 1)
    assert row["error_seconds"] == pytest.approx((2 * 60 + 11 * 60) / 2)
    assert (row["shown"], row["waited"], row["booked"], row["left"]) == (1, 0, 1, 0)
    told = {row["ticket"]: (row["told_minutes"], row["told_most"]) for row in rows(PROMISED, "tickets")}
    assert told["20261120-A002"] == (20, 30)
    assert told["20261120-A004"] == (None, None)
    shown = page(DAY, tables(PROMISED).between(DAY, DAY, NEXT))
    assert "median error of forecasts<td>6.5 min" in shown
    assert "bound of forecasts held<td>50 %" in shown


def test_a_number_that_nobody_took_was_promised_to_nobody() -> None:
    assert rows(PROMISED[:1], "forecasts") == []
    assert rows(PROMISED[:1], "tickets") == []
