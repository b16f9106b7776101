"""Who may have decided what (R142): the wire knows names, this knows what stands behind them in the hall.

A record from somebody it does not belong to stays in the book as evidence and changes nothing.
"""

from __future__ import annotations

from device.contract.channels import OWN_DECISIONS
from device.contract.messages import (
    AppointmentBooked,
    RatingGiven,
    RatingNone,
    Record,
    TicketCalled,
    TicketIssued,
    TicketPrinted,
    TicketPrintFailed,
    TicketPrintUnknown,
    TicketReleased,
)
from device.hall.plan import Plan


def may_decide(plan: Plan, coordinator: str, device: str, record: Record) -> bool:
    """Whether this record is this device's to make: a rating the window's evaluator's, a call the window's own, ..."""
    if device == coordinator:
        return isinstance(record, (*OWN_DECISIONS, TicketCalled, AppointmentBooked))
    if isinstance(record, OWN_DECISIONS):
        return False
    if isinstance(record, TicketIssued | TicketPrinted | TicketPrintFailed | TicketPrintUnknown | AppointmentBooked):
        return device in plan.kiosks
    if isinstance(record, TicketReleased) and not record.window:
        return device in plan.kiosks
    number = getattr(record, "window", None)
    if number is None:
        return True
    window = plan.windows.get(number)
    if window is None:
        return False
    return device == (window.evaluator if isinstance(record, RatingGiven | RatingNone) else window.device)
