"""Records as the coordinator's book has them, a whole morning of them, and the tables made of such."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from device.contract.messages import (
    Envelope,
    OvertimeWorked,
    RatingGiven,
    RatingInvited,
    RatingNone,
    Record,
    StaffSignedIn,
    StaffSignedOut,
    TicketCalled,
    TicketIssued,
    TicketPrinted,
    TicketPrintFailed,
    TicketServed,
    TicketStarted,
    WindowHandedOver,
    WindowPaused,
    WindowResumed,
)
from device.export.tables import Tables
from device.hall.calendar import business_day

DAY, NEXT = "2026-11-20", "2026-11-21"
TICKET = "20261120-A001"


def uuid(n: int) -> str:
    return f"01940000-0000-7000-8000-{n:012d}"


def said(n: int, at: str, record: Record, device: str = "window-3", clock: str = "synced") -> tuple[Envelope, Record]:
    return Envelope(uuid(n), f"{DAY}T{at}+08:00", "floor" if clock == "floor" else "synced", device), record


MORNING = [
    said(1, "08:25:00", StaffSignedIn(3, "1001", "online")),
    said(2, "09:00:00", TicketIssued(uuid(900), TICKET, "A001", DAY, "social", "online", "en"), "kiosk-1"),
    said(3, "09:00:02", TicketPrintFailed(TICKET, "paper-out"), "kiosk-1"),
    said(4, "09:05:00", TicketPrinted(TICKET, reprint=True), "kiosk-1"),
    said(5, "09:10:00", TicketCalled(TICKET, "social", 3, "1001", "hand", "offline")),
    said(6, "09:11:00", TicketStarted(TICKET, "social", 3, "1001")),
    said(
        7,
        "09:21:00",
        TicketServed(TICKET, "social", 3, "1001", f"{DAY}T09:11:00+08:00", over="system", away_seconds=60),
    ),
    said(8, "09:21:00", RatingInvited(TICKET, "social", 3, "1001", f"{DAY}T09:22:00+08:00")),
    said(9, "09:30:00", WindowPaused(3, "1001", "restroom")),
    said(10, "09:40:00", WindowResumed(3, "1001")),
    said(11, "12:00:00", WindowHandedOver(3, "1001", "1002", "nothing")),
    said(12, "12:00:00", StaffSignedIn(3, "1002", "online")),
    said(
        13,
        "17:45:00",
        OvertimeWorked("1002", 3, TICKET, f"{DAY}T17:30:00+08:00", f"{DAY}T17:45:00+08:00", 900, uuid(7)),
    ),
    said(14, "17:46:00", StaffSignedOut(3, "1002")),
]


def tables(records: list[tuple[Envelope, Record]]) -> Tables:
    found = Tables(lambda at: business_day(datetime.fromisoformat(at), 240), {"1001": "人社局"})
    for envelope, record in records:
        found.add(envelope, record)
    return found


def rows(records: list[tuple[Envelope, Record]], table: str, today: str = NEXT) -> list[dict[str, object]]:
    return [asdict(row) for row in tables(records).between(DAY, DAY, today)[table]]


def rated(*levels: int) -> list[tuple[Envelope, Record]]:
    """So many services of one person, rated so (0: not at all)."""
    found: list[tuple[Envelope, Record]] = []
    for n, level in enumerate(levels):
        ticket, at = f"20261120-A{n:03d}", f"{DAY}T10:00:00+08:00"
        invited = RatingInvited(ticket, "social", 3, "1001", at)
        answer: Record = RatingNone(uuid(n), ticket, "social", 3, "1001", "timeout")
        if level:
            answer = RatingGiven(uuid(n), ticket, "social", 3, "1001", level, at, at, "")
        found += [said(100 + 2 * n, "10:00:00", invited), said(101 + 2 * n, "10:00:10", answer, "evaluator-3")]
    return found
