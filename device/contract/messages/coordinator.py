"""The records of the coordinator's own decisions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from annotated_types import Ge, Le, MaxLen

from device.contract.messages.parts import Block
from device.contract.messages.values import (
    Code,
    Count,
    Day,
    Hash,
    MaybeCode,
    MaybeName,
    MaybeStaff,
    MaybeStamp,
    MaybeTicket,
    MaybeUuid,
    MaybeWindow,
    Name,
    Seq,
    Staff,
    Stamp,
    Ticket,
    Uuid,
    Window,
)


@dataclass(frozen=True, slots=True)
class NumberAllotted:
    """The coordinator gave the next number to one request; a repeated request gets the same one.

    minutes, most: the wait that was promised with it, as in `answer.number`; what it turns out to be is the error.
    holder: as in `ask.number`.
    """

    type: ClassVar[str] = "number.allotted"
    request: Uuid
    kiosk: Name
    service: Name
    ticket: Ticket
    klass: MaybeName = ""
    need: MaybeName = ""
    slot: MaybeStamp = ""
    appointment: MaybeCode = ""
    minutes: Count = 0
    most: Count = 0
    holder: Hash = ""


@dataclass(frozen=True, slots=True)
class AppointmentBooked:
    """A service at a time, promised under a code (R061, R180). A kiosk without the line makes its own."""

    type: ClassVar[str] = "appointment.booked"
    code: Code
    service: Name
    slot: Stamp
    source: Literal["on-site", "phone", "online"]
    request: MaybeUuid = ""


@dataclass(frozen=True, slots=True)
class WindowAssigned:
    """What a window serves from now on today, by whose decision (R031, R084, R086). Empty: what it was planned for."""

    type: ClassVar[str] = "window.assigned"
    window: Window
    services: Annotated[tuple[Name, ...], MaxLen(64)]
    staff: Staff


@dataclass(frozen=True, slots=True)
class OvertimeWorked:
    """Work outside opening hours: seconds of `began` to `ended` that were not yet counted for this person (R247).

    of: the record that ended it, of which this is the only one. kind, approved_by: of the day, for the pay claim; who
    approved work on a day on which the hall rests (R100).
    """

    type: ClassVar[str] = "overtime.worked"
    staff: Staff
    window: Window
    ticket: Ticket
    began: Stamp
    ended: Stamp
    seconds: Count
    of: Uuid
    kind: Literal["workday", "weekend", "holiday"] = "workday"
    approved_by: MaybeStaff = ""


@dataclass(frozen=True, slots=True)
class TicketsLeft:
    """These tickets were open when the day ended, or when the power went: nobody is dropped unseen (R178, R285)."""

    type: ClassVar[str] = "tickets.left"
    day: Day
    tickets: Annotated[tuple[Ticket, ...], MaxLen(200)]
    why: Literal["day-ended", "power"]


@dataclass(frozen=True, slots=True)
class AbsenceFiled:
    """An absence and who stands in, as the roster says it; this record's time is when it was filed (R049, R122).

    kind: arranged at the window, by the B role, or by the department (R169, R175). late: it had begun already.
    """

    type: ClassVar[str] = "absence.filed"
    absence: Name
    staff: Staff
    begins: Stamp
    ends: Stamp
    substitute: MaybeStaff
    approved_by: MaybeStaff
    kind: Literal["half-day", "day", "longer"]
    late: bool


@dataclass(frozen=True, slots=True)
class OutageFiled:
    """A planned closure as the hall's calendar says it; this record's time is when it was filed (R202)."""

    type: ClassVar[str] = "outage.filed"
    outage: Name
    begins: Stamp
    ends: Stamp
    windows: Annotated[tuple[Window, ...], MaxLen(300)]
    services: Annotated[tuple[Name, ...], MaxLen(64)]
    late: bool


@dataclass(frozen=True, slots=True)
class AlarmRaised:
    """Something in the hall needs somebody; this record's id is the alarm's. What is not its business is empty or 0.

    about, part, code: a device, and what is wrong with it or was last (R253).
    """

    type: ClassVar[str] = "alarm.raised"
    kind: Name
    to: Literal["leader", "supervisor", "head", "technician"]
    window: MaybeWindow = 0
    service: MaybeName = ""
    staff: MaybeStaff = ""
    ticket: MaybeTicket = ""
    proposal: MaybeWindow = 0  # a window that could take the service over
    about: MaybeName = ""  # a device
    part: MaybeName = ""
    code: MaybeName = ""


@dataclass(frozen=True, slots=True)
class AlarmEnded:
    """What the alarm was about is over."""

    type: ClassVar[str] = "alarm.ended"
    alarm: Uuid


@dataclass(frozen=True, slots=True)
class BlockReserved:
    """A kiosk's journal got numbers of its own for a day, to go on with when nobody answers."""

    type: ClassVar[str] = "block.reserved"
    kiosk: Name
    holder: Uuid  # the kiosk's journal; `journal` is the book's own, in the envelope
    block: Block


@dataclass(frozen=True, slots=True)
class AttendanceNoted:
    """One of a working day's four events of the hall's attendance system, read from its file (R114): never a face."""

    type: ClassVar[str] = "attendance.noted"
    staff: Staff
    day: Day
    event: Literal["morning-in", "morning-out", "afternoon-in", "afternoon-out"]
    noted: Stamp


@dataclass(frozen=True, slots=True)
class DayApproved:
    """Somebody in charge approved work on a day on which the hall rests: appointments may be made for it (R100)."""

    type: ClassVar[str] = "day.approved"
    day: Day
    kind: Literal["weekend", "holiday"]
    approved_by: Staff
    windows: Annotated[tuple[Window, ...], MaxLen(300)] = ()  # empty: all


@dataclass(frozen=True, slots=True)
class HourLearned:
    """One hour of the day, newer tickets counting more: how many, in hundredths, and how long they took together."""

    hour: Annotated[int, Ge(0), Le(23)]
    tickets: Seq
    seconds: Seq


@dataclass(frozen=True, slots=True)
class PromiseLearned:
    """Of one priority class: where middle and bound stand, in thousandths of the forecast's own deviation."""

    klass: MaybeName
    middle: Annotated[int, Ge(-1_000_000), Le(1_000_000)]
    upper: Annotated[int, Ge(-1_000_000), Le(1_000_000)]


@dataclass(frozen=True, slots=True)
class WaitsLearned:
    """What the hall has learned by the end of a day of how long a service takes: what its forecasts begin from (R242).

    times: seconds for which a ticket took its window, the newest last.
    """

    type: ClassVar[str] = "waits.learned"
    service: Name
    times: Annotated[tuple[Count, ...], MaxLen(200)]
    hours: Annotated[tuple[HourLearned, ...], MaxLen(24)] = ()
    promises: Annotated[tuple[PromiseLearned, ...], MaxLen(32)] = ()
