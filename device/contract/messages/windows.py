"""The records of windows, people and ratings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from annotated_types import MaxLen

from device.contract.messages.values import (
    CaseNumber,
    Count,
    Hash,
    Level,
    MaybeName,
    MaybeStaff,
    MaybeStamp,
    MaybeTicket,
    MaybeWindow,
    Name,
    Staff,
    Stamp,
    Ticket,
    Uuid,
    Window,
)


@dataclass(frozen=True, slots=True)
class StaffSignedIn:
    """This person answers for the window from now on (R091, R125)."""

    type: ClassVar[str] = "staff.signed_in"
    window: Window
    staff: Staff
    how: Literal["online", "offline"]


@dataclass(frozen=True, slots=True)
class StaffSignedOut:
    """Nobody answers for the window from now on. why: "" the end of duty; `allowed` though people wait (R099);
    `revoked`: they work here no more (R205)."""

    type: ClassVar[str] = "staff.signed_out"
    window: Window
    staff: Staff
    why: Literal["", "hand-over", "night", "allowed", "revoked"] = ""
    supervisor: MaybeStaff = ""
    reason: MaybeName = ""


@dataclass(frozen=True, slots=True)
class WindowHandedOver:
    """`staff` hands the window over to `to`, who takes it in that instant (R121). note: what is left to do (R170)."""

    type: ClassVar[str] = "window.handed_over"
    window: Window
    staff: Staff
    to: Staff
    note: Name


@dataclass(frozen=True, slots=True)
class WindowPaused:
    """The window serves nobody until resumed; the public never sees the reason (R015, R107).

    until: when the person is expected back (R102). ticket: whose service is suspended, if one is (R131). asked: whether
    the coordinator allowed it, or nobody could be asked. substitute: "" or why nobody stands in (R072, R199).
    """

    type: ClassVar[str] = "window.paused"
    window: Window
    staff: Staff
    reason: Name
    until: MaybeStamp = ""
    ticket: MaybeTicket = ""
    asked: bool = False
    substitute: MaybeName = ""
    helps: MaybeWindow = 0  # the window at which they help meanwhile (R105)


@dataclass(frozen=True, slots=True)
class WindowResumed:
    """The window serves again."""

    type: ClassVar[str] = "window.resumed"
    window: Window
    staff: Staff


@dataclass(frozen=True, slots=True)
class AlarmAnswered:
    """Somebody in charge dealt with an alarm: who, what they did, when (R084, R222). The alarm may go on meanwhile."""

    type: ClassVar[str] = "alarm.answered"
    alarm: Uuid
    window: Window  # at whose controller
    staff: Staff
    action: Name
    expected_minutes: Count = 0  # until it is mended, as they see it (R088); 0: nobody can say yet


@dataclass(frozen=True, slots=True)
class AlarmAsked:
    """Somebody at a window pressed its silent key: nobody but those in charge learns of it (R234, R280, R281)."""

    type: ClassVar[str] = "alarm.asked"
    window: Window
    staff: Staff
    reason: Literal["conflict", "disorder", "medical", "security", "fault", "power"]


@dataclass(frozen=True, slots=True)
class RepairAsked:
    """Somebody at a window asks for a repair (R253). about: the device, theirs or a kiosk."""

    type: ClassVar[str] = "repair.asked"
    window: Window
    staff: Staff
    about: Name


@dataclass(frozen=True, slots=True)
class RatingInvited:
    """A finished service awaits its rating; this record's id is the invitation's id."""

    type: ClassVar[str] = "rating.invited"
    ticket: Ticket
    service: MaybeName
    window: Window
    staff: Staff
    until: Stamp


@dataclass(frozen=True, slots=True)
class RatingGiven:
    """A citizen pressed one of five; `staff` is the number shown at the press (R125, R142, R256-R258, R260)."""

    type: ClassVar[str] = "rating.given"
    invitation: Uuid
    ticket: Ticket
    service: MaybeName
    window: Window
    staff: Staff
    level: Level
    shown_at: Stamp
    pressed_at: Stamp
    config: Hash
    tags: Annotated[tuple[Name, ...], MaxLen(8)] = ()
    source: Literal["citizen"] = "citizen"
    channel: Literal["evaluator"] = "evaluator"


@dataclass(frozen=True, slots=True)
class RatingTagged:
    """What a citizen touched of the eight dimensions after the press; the rating stands as it was given (R142, R259).

    rating: the id of its rating.given, whose own `tags` are what was known at the press: none.
    """

    type: ClassVar[str] = "rating.tagged"
    rating: Uuid
    window: Window
    tags: Annotated[tuple[Name, ...], MaxLen(8)]


@dataclass(frozen=True, slots=True)
class RatingNone:
    """The service ended without a rating; never counted as good (R236)."""

    type: ClassVar[str] = "rating.none"
    invitation: Uuid
    ticket: Ticket
    service: MaybeName
    window: Window
    staff: Staff
    why: Literal["timeout", "next", "restart"]


@dataclass(frozen=True, slots=True)
class ItemDelivered:
    """The result of an item that was promised for a later day was handed out (R041, R214)."""

    type: ClassVar[str] = "item.delivered"
    window: Window
    staff: Staff
    case: CaseNumber


@dataclass(frozen=True, slots=True)
class ItemRegistered:
    """What the citizen handed in was registered: under this number the ticket's item is handled from now on (R133)."""

    type: ClassVar[str] = "item.registered"
    ticket: Ticket
    service: MaybeName
    window: Window
    staff: Staff
    case: CaseNumber
