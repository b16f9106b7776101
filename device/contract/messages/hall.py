"""The hall's truth, retained, written by the coordinator alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from annotated_types import Ge, Le, MaxLen

from device.contract.messages.parts import Invitation, Person, Words
from device.contract.messages.values import (
    Count,
    Lang,
    MaybeName,
    MaybeStaff,
    MaybeStamp,
    MaybeTicket,
    MaybeWindow,
    Name,
    Number,
    Seq,
    Staff,
    Stamp,
    Ticket,
    Uuid,
    Window,
)


@dataclass(frozen=True, slots=True)
class HallWindow:
    """One window as it really is; also what a window tells the evaluator on its own desk (then rev is 0).

    invitation: the oldest that is not known to have been answered. until: when it serves again, if it does not.
    what: why it is closed by plan (R203).
    """

    type: ClassVar[str] = "hall.window"
    window: Window
    rev: Seq
    state: Literal["unknown", "closed", "open", "calling", "serving", "paused", "overtime"]
    person: Person | None = None
    ticket: MaybeTicket = ""
    services: Annotated[tuple[Name, ...], MaxLen(64)] = ()
    called_at: MaybeStamp = ""
    invitation: Invitation | None = None
    elsewhere: Annotated[tuple[Window, ...], MaxLen(16)] = ()
    until: MaybeStamp = ""
    what: Words | None = None


@dataclass(frozen=True, slots=True)
class HallService:
    """One service as citizens should know it before they take a number. closes: when this session ends, if it does.

    minutes, most: the wait of one who comes now, as in `answer.number`. next: who is called next, as the order is now.
    due: registered items whose result is promised by the next working day, or was (R214).
    """

    type: ClassVar[str] = "hall.service"
    service: Name
    rev: Seq
    waiting: Count
    minutes: Count
    open: bool
    closes: MaybeStamp = ""
    most: Count = 0
    next: Annotated[tuple[Number, ...], MaxLen(3)] = ()
    due: Count = 0


@dataclass(frozen=True, slots=True)
class HallCall:
    """One call or recall for every board and voice; the message's id dedupes it, after `until` it stays silent.

    clearly: louder and twice, for whom the hall wishes it (R033); which class that was is nobody's business (R083).
    waited: so long that the voice says sorry first (R128).
    """

    type: ClassVar[str] = "hall.call"
    ticket: Ticket
    window: Window
    place: Words
    attempt: Annotated[int, Ge(1), Le(99)]
    until: Stamp
    langs: Annotated[tuple[Lang, ...], MaxLen(8)] = ("zh",)
    clearly: bool = False
    waited: bool = False


@dataclass(frozen=True, slots=True)
class HallMissed:
    """Numbers that were called in vain and may still re-join."""

    type: ClassVar[str] = "hall.missed"
    rev: Seq
    numbers: Annotated[tuple[Number, ...], MaxLen(60)] = ()


@dataclass(frozen=True, slots=True)
class HallNotices:
    """The four fixed slots of text on public screens; none ever overwrites another (R004)."""

    type: ClassVar[str] = "hall.notices"
    rev: Seq
    business: Words | None = None
    announcement: Words | None = None
    sample: Words | None = None
    fault: Words | None = None


@dataclass(frozen=True, slots=True)
class Alarm:
    """One alarm that is not over. `id` is that of its alarm.raised record; answered_by: who deals with it.

    about: a device; part, code: as there. expected: when whoever deals with it thinks it is mended (R088).
    """

    id: Uuid
    kind: Name
    to: Name
    since: Stamp
    window: MaybeWindow = 0
    service: MaybeName = ""
    staff: MaybeStaff = ""
    proposal: MaybeWindow = 0
    answered_by: MaybeStaff = ""
    about: MaybeName = ""
    part: MaybeName = ""
    code: MaybeName = ""
    expected: MaybeStamp = ""


@dataclass(frozen=True, slots=True)
class HallAlarms:
    """What needs somebody in charge, the oldest first; never a reason for leave, never a rating (R107, R166)."""

    type: ClassVar[str] = "hall.alarms"
    rev: Seq
    alarms: Annotated[tuple[Alarm, ...], MaxLen(24)] = ()


@dataclass(frozen=True, slots=True)
class HallStaff:
    """Who may sign in, by number: what a device remembers of anybody else is forgotten (R205). No names, no PINs."""

    type: ClassVar[str] = "hall.staff"
    rev: Seq
    staff: Annotated[tuple[Staff, ...], MaxLen(400)] = ()
