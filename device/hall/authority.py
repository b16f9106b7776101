"""Who may have decided what (R142): the wire knows names, this knows what stands behind them in the hall.

A record from somebody it does not belong to stays in the book as evidence and changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from device.contract.channels import OWN_DECISIONS
from device.contract.messages import (
    AppointmentBooked,
    RatingGiven,
    RatingNone,
    RatingTagged,
    Record,
    RequestRegistered,
    TicketCalled,
    TicketIssued,
    TicketPrinted,
    TicketPrintFailed,
    TicketPrintUnknown,
    TicketReleased,
)
from device.hall.orders import (
    CloseRequest,
    ImportAttendance,
    ListCases,
    ListRequests,
    ListVouchers,
    MoveCase,
    OpenCase,
    Order,
)
from device.hall.plan import Plan

_OWN: Final = frozenset(OWN_DECISIONS)  # asked of every record of a replayed day: told by their class, not one by one
_COORDINATORS: Final = _OWN | {TicketCalled, AppointmentBooked}
_KIOSKS: Final = frozenset({
    *(TicketIssued, TicketPrinted, TicketPrintFailed, TicketPrintUnknown, AppointmentBooked, RequestRegistered)
})  # fmt: skip
_EVALUATORS: Final = frozenset({RatingGiven, RatingTagged, RatingNone})
IN_CHARGE: Final = frozenset({"leader", "supervisor", "head"})
MAINTENANCE: Final = "maintenance"  # mends devices; serves at no window and decides nothing about people (R224)
# Who may order what in the office (R196). Single ratings are the supervisor's alone, not an area leader's.
MAY_ORDER: Final[Mapping[type[Order], frozenset[str]]] = {
    ListCases: frozenset({"supervisor", "head"}),
    OpenCase: frozenset({"supervisor", "head"}),
    MoveCase: frozenset({"supervisor", "head"}),
    ListVouchers: IN_CHARGE,
    ImportAttendance: frozenset({"supervisor", "head"}),
    ListRequests: IN_CHARGE,
    CloseRequest: IN_CHARGE,
}


def may_decide(plan: Plan, coordinator: str, device: str, record: Record) -> bool:
    """Whether this record is this device's to make: a rating the window's evaluator's, a call the window's own, ..."""
    kind = type(record)
    if device == coordinator:
        return kind in _COORDINATORS
    if kind in _OWN:
        return False
    if isinstance(record, TicketIssued) and record.guide and device not in plan.kiosks:  # at their window (R228)
        here = plan.window_of(device)
        return here is not None and here.device == device
    if kind in _KIOSKS:
        return device in plan.kiosks
    if isinstance(record, TicketReleased) and not record.window:
        return device in plan.kiosks
    number = getattr(record, "window", None)
    if number is None:
        return True
    window = plan.windows.get(number)
    if window is None:
        return False
    return device == (window.evaluator if kind in _EVALUATORS else window.device)


def may_order(duties: frozenset[str], order: Order) -> bool:
    """Whether somebody with these duties may order this in the office."""
    return bool(duties & MAY_ORDER[type(order)])


def may_serve(duties: frozenset[str]) -> bool:
    """Whether they may sign in at a window: whoever is there to mend the devices may not (R224)."""
    return MAINTENANCE not in duties
