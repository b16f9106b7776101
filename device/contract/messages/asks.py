"""What a device asks the coordinator, what it answers, and its receipts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, ClassVar, Literal

from annotated_types import MaxLen

from device.contract.messages.parts import Block, Person
from device.contract.messages.values import (
    SECRET,
    Count,
    Hash,
    Lang,
    MaybeCode,
    MaybeDay,
    MaybeName,
    MaybeNumber,
    MaybeStaff,
    MaybeStamp,
    MaybeTicket,
    MaybeUuid,
    MaybeVoucher,
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
class Receipt:
    """Everything of `journal` up to and with `upto` is committed in the coordinator's book."""

    type: ClassVar[str] = "receipt"
    journal: Uuid
    upto: Seq


@dataclass(frozen=True, slots=True)
class AskNumber:
    """The next number of a service, please; the message's id is the request.

    klass, need: as on the ticket. appointment: the code of an appointment whose citizen is here (check-in, R181).
    voucher: what its citizen holds since a power cut (R285). holder: by which the same person is the same, a keyed hash
    of an identity card or a city's code; empty: anonymous (R266).
    """

    type: ClassVar[str] = "ask.number"
    service: Name
    lang: Lang = "zh"
    klass: MaybeName = ""
    need: MaybeName = ""
    appointment: MaybeCode = ""
    voucher: MaybeVoucher = ""
    holder: Hash = ""


@dataclass(frozen=True, slots=True)
class AnswerNumber:
    """The number, or why there is none. `book`: from which of the coordinator's memories; see `answer.block`.

    minutes, most: how long the wait will be, half of all waits are shorter, nine in ten no longer than `most` (R242);
    most 0: nobody has to wait, or nobody can say.
    already: the same holder waits for this service with that number.
    klass, slot: by which the ticket will be called; a late appointment is an ordinary ticket (R064).
    voucher: with outcome unknown, what is wrong with the one that was asked with.
    """

    type: ClassVar[str] = "answer.number"
    to: Uuid
    outcome: Literal["given", "closed", "full", "unknown", "already"]
    number: MaybeNumber = ""
    day: MaybeDay = ""
    ahead: Count = 0
    minutes: Count = 0
    book: MaybeUuid = ""
    klass: MaybeName = ""
    slot: MaybeStamp = ""
    most: Count = 0
    voucher: Literal["", "used", "expired", "unknown"] = ""


@dataclass(frozen=True, slots=True)
class AskBlock:
    """Blocks of my own, please, for today and the days to come; `journal` says whose memory keeps them."""

    type: ClassVar[str] = "ask.block"
    journal: Uuid


@dataclass(frozen=True, slots=True)
class AnswerBlock:
    """All blocks this journal holds from today on.

    book: which memory the coordinator answers from. A book that was lost and begun anew knows no number that was given
    before, so a kiosk takes the numbers of one day from one book.
    """

    type: ClassVar[str] = "answer.block"
    to: Uuid
    blocks: Annotated[tuple[Block, ...], MaxLen(100)] = ()
    book: MaybeUuid = ""


@dataclass(frozen=True, slots=True)
class AskCall:
    """Whom does this window serve next? With `number`: this one out of order, for `reason` (R023).

    It is answered when the window's last record in the book is number `after` of `journal`: what happened before it
    counts, and if something happened since, it is an old question.
    """

    type: ClassVar[str] = "ask.call"
    staff: Staff
    number: MaybeNumber = ""
    reason: MaybeName = ""
    journal: MaybeUuid = ""
    after: Seq = 0


@dataclass(frozen=True, slots=True)
class AnswerCall:
    """The ticket now called to the window, or why none is."""

    type: ClassVar[str] = "answer.call"
    to: Uuid
    outcome: Literal["called", "empty", "unknown", "elsewhere", "refused"]
    ticket: MaybeTicket = ""
    service: MaybeName = ""
    lang: Lang = "zh"
    klass: MaybeName = ""


@dataclass(frozen=True, slots=True)
class AskPlace:
    """How far is this ticket? Asked by whoever holds its number; says nothing of the person (R060)."""

    type: ClassVar[str] = "ask.place"
    ticket: Ticket


@dataclass(frozen=True, slots=True)
class AnswerPlace:
    """Where the ticket stands: how many wait before it and for about how long, or at which window it is.

    unknown: no such ticket today. window is 0 while nobody has called it. minutes, most: as in `answer.number`.
    """

    type: ClassVar[str] = "answer.place"
    to: Uuid
    outcome: Literal["waiting", "called", "serving", "served", "missed", "unknown"]
    service: MaybeName = ""
    ahead: Count = 0
    minutes: Count = 0
    window: MaybeWindow = 0
    most: Count = 0


@dataclass(frozen=True, slots=True)
class AskSignIn:
    """May this person work at this window? The PIN travels only inside TLS and is never recorded."""

    type: ClassVar[str] = "ask.sign_in"
    staff: Staff
    pin: Annotated[str, MaxLen(64), SECRET] = field(repr=False)


@dataclass(frozen=True, slots=True)
class AnswerSignIn:
    """Yes with the person to show, or no."""

    type: ClassVar[str] = "answer.sign_in"
    to: Uuid
    outcome: Literal["welcome", "refused", "locked", "elsewhere"]  # elsewhere: at too many windows already
    person: Person | None = None
    duties: Annotated[tuple[Name, ...], MaxLen(3)] = ()


@dataclass(frozen=True, slots=True)
class AskLeave:
    """May I leave this window, for a while or for today? With a supervisor's PIN: by their decision (R099)."""

    type: ClassVar[str] = "ask.leave"
    staff: Staff
    kind: Literal["pause", "sign-out"]
    reason: MaybeName = ""
    supervisor: MaybeStaff = ""
    pin: Annotated[str, MaxLen(64), SECRET] = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class AnswerLeave:
    """Yes, or why not: people wait for this window (R099, R101), another of its counter is left (R113), ..."""

    type: ClassVar[str] = "answer.leave"
    to: Uuid
    outcome: Literal["granted", "waiting", "second", "refused", "locked"]
    waiting: Count = 0
    until: MaybeStamp = ""


@dataclass(frozen=True, slots=True)
class AskBooking:
    """An appointment, please: this service, in the slot in which this instant lies (R061, R180)."""

    type: ClassVar[str] = "ask.booking"
    service: Name
    slot: Stamp
    source: Literal["on-site", "phone", "online"]


@dataclass(frozen=True, slots=True)
class AnswerBooking:
    """The code and the time, or why there is none. until: how late one may come (R061)."""

    type: ClassVar[str] = "answer.booking"
    to: Uuid
    outcome: Literal["booked", "full", "closed", "unknown"]
    code: MaybeCode = ""
    slot: MaybeStamp = ""
    until: MaybeStamp = ""


@dataclass(frozen=True, slots=True)
class AskAssign:
    """Let this window serve these (empty: what it was planned for); only somebody in charge may ask (R086)."""

    type: ClassVar[str] = "ask.assign"
    staff: Staff
    window: Window
    services: Annotated[tuple[Name, ...], MaxLen(64)] = ()


@dataclass(frozen=True, slots=True)
class AnswerAssign:
    """Whether it does now."""

    type: ClassVar[str] = "answer.assign"
    to: Uuid
    outcome: Literal["assigned", "refused"]
