"""The records of a ticket: from its issue to its end. Past tense: who decides a thing writes its record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from annotated_types import Ge, Le

from device.contract.messages.values import (
    Count,
    Day,
    Lang,
    MaybeName,
    MaybeStaff,
    MaybeStamp,
    MaybeUuid,
    MaybeWindow,
    Name,
    Number,
    Staff,
    Stamp,
    Ticket,
    Uuid,
    Window,
)


@dataclass(frozen=True, slots=True)
class TicketIssued:
    """A citizen was promised this number.

    klass: the priority class by which it is called (R032), "" for most, `appointment` for who made one; slot: when.
    need: a skill its window must have, a language or sign language (R054). guide: who took it for somebody, at a
    kiosk or at their window (R220, R228).
    """

    type: ClassVar[str] = "ticket.issued"
    request: Uuid
    ticket: Ticket
    number: Number
    day: Day
    service: Name
    source: Literal["online", "block"]
    lang: Lang = "zh"
    klass: MaybeName = ""
    need: MaybeName = ""
    slot: MaybeStamp = ""
    guide: MaybeStaff = ""


@dataclass(frozen=True, slots=True)
class TicketPrinted:
    """The printer proved that the paper came out. reprint: it is the paper marked as printed again."""

    type: ClassVar[str] = "ticket.printed"
    ticket: Ticket
    reprint: bool = False


@dataclass(frozen=True, slots=True)
class TicketPrintFailed:
    """The paper did not come out; the number still stands."""

    type: ClassVar[str] = "ticket.print_failed"
    ticket: Ticket
    code: Name
    reprint: bool = False


@dataclass(frozen=True, slots=True)
class TicketPrintUnknown:
    """Bytes were sent but the printer gave no proof; the number stands."""

    type: ClassVar[str] = "ticket.print_unknown"
    ticket: Ticket
    code: Name
    reprint: bool = False


@dataclass(frozen=True, slots=True)
class TicketCalled:
    """A ticket was called to a window: by the system's order, or by hand with a reason (R023)."""

    type: ClassVar[str] = "ticket.called"
    ticket: Ticket
    service: MaybeName
    window: Window
    staff: Staff
    by: Literal["system", "hand"]
    reason: MaybeName = ""
    request: MaybeUuid = ""


@dataclass(frozen=True, slots=True)
class TicketRecalled:
    """The called ticket was called once more."""

    type: ClassVar[str] = "ticket.recalled"
    ticket: Ticket
    window: Window
    staff: Staff
    attempt: Annotated[int, Ge(2), Le(99)]


@dataclass(frozen=True, slots=True)
class TicketMissed:
    """Nobody came to the call (no-show)."""

    type: ClassVar[str] = "ticket.missed"
    ticket: Ticket
    window: Window
    staff: Staff


@dataclass(frozen=True, slots=True)
class TicketRejoined:
    """A missed ticket takes its place in the queue again (requeue, R267)."""

    type: ClassVar[str] = "ticket.rejoined"
    ticket: Ticket
    window: Window
    staff: Staff


@dataclass(frozen=True, slots=True)
class TicketStarted:
    """The citizen is at the window; service begins. proof: the priority class whose proof the staff saw (R130)."""

    type: ClassVar[str] = "ticket.started"
    ticket: Ticket
    service: MaybeName
    window: Window
    staff: Staff
    proof: MaybeName = ""


@dataclass(frozen=True, slots=True)
class TicketServed:
    """One service of the ticket is done (R025, R053).

    size: its size class (R078); over: why it took longer than it may (R079, R240); away_seconds: how long the service
    was suspended meanwhile, which does not count (R131).
    """

    type: ClassVar[str] = "ticket.served"
    ticket: Ticket
    service: MaybeName
    window: Window
    staff: Staff
    started: Stamp
    size: MaybeName = ""
    over: MaybeName = ""
    away_seconds: Count = 0


@dataclass(frozen=True, slots=True)
class TicketTransferred:
    """The ticket goes on to another service or window, keeping its number and place (R042, R093, R129).

    to_staff: for whose sake it is that window.
    """

    type: ClassVar[str] = "ticket.transferred"
    ticket: Ticket
    window: Window
    staff: Staff
    to_service: MaybeName = ""
    to_window: MaybeWindow = 0
    to_staff: MaybeStaff = ""


@dataclass(frozen=True, slots=True)
class ItemServed:
    """One item of the visit is done and the next begins at the same window, without queueing again (R024)."""

    type: ClassVar[str] = "item.served"
    ticket: Ticket
    service: MaybeName
    window: Window
    staff: Staff
    started: Stamp
    next_service: MaybeName
    size: MaybeName = ""
    over: MaybeName = ""
    away_seconds: Count = 0


@dataclass(frozen=True, slots=True)
class PriorityRefused:
    """There was no proof of the priority: the ticket waits on without it, in the place of its issue (R130)."""

    type: ClassVar[str] = "priority.refused"
    ticket: Ticket
    klass: Name
    window: Window
    staff: Staff


@dataclass(frozen=True, slots=True)
class TicketReleased:
    """The citizen gave the ticket up, of their own will (R178, R244). window 0: at a kiosk."""

    type: ClassVar[str] = "ticket.released"
    ticket: Ticket
    why: Name
    window: MaybeWindow = 0
    staff: MaybeStaff = ""
