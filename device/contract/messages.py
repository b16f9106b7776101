"""Every message on hallside's wire: one frozen dataclass each, defined here and nowhere else.

Grow by a new field with a default or by a new type; never change or reuse one. Bounds stand beside the field
(`annotated_types` metadata); `codec.py` alone enforces them. A field marked `SECRET` is never logged or recorded.
Record types are durable facts (past tense); who decides a thing writes its record.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, ClassVar, Literal

from annotated_types import Ge, Le, MaxLen


@dataclass(frozen=True, slots=True)
class Pattern:
    """The whole text must match this regular expression."""

    regex: str


@dataclass(frozen=True, slots=True)
class Secret:
    """The field must not appear in a log, a recording or an error."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """Not digits alone: the text, or the first eight digits of a ticket, is a real day or instant."""

    of: Literal["day", "instant", "ticket"]


SECRET = Secret()
Name = Annotated[str, Pattern(r"[a-z][a-z0-9-]{0,31}")]  # device, service, zone, part, reason, fault code
Uuid = Annotated[str, Pattern(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
MaybeUuid = Annotated[str, Pattern(r"([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})?")]
_INSTANT = r"2\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d:\d\d"
Stamp = Annotated[str, Pattern(_INSTANT), Calendar("instant")]  # RFC 3339 with offset
MaybeStamp = Annotated[str, Pattern(f"({_INSTANT})?"), Calendar("instant")]
Day = Annotated[str, Pattern(r"2\d{3}-\d\d-\d\d"), Calendar("day")]  # business day, hall time
MaybeDay = Annotated[str, Pattern(r"(2\d{3}-\d\d-\d\d)?"), Calendar("day")]
Series = Annotated[str, Pattern(r"[A-Z]")]
Number = Annotated[str, Pattern(r"[A-Z]\d{3}")]  # what is printed and called
MaybeNumber = Annotated[str, Pattern(r"([A-Z]\d{3})?")]
Ticket = Annotated[str, Pattern(r"2\d{7}-[A-Z]\d{3}"), Calendar("ticket")]  # business day and number: unique for ever
MaybeTicket = Annotated[str, Pattern(r"(2\d{7}-[A-Z]\d{3})?"), Calendar("ticket")]
Staff = Annotated[str, Pattern(r"[A-Za-z0-9]{1,12}")]
MaybeStaff = Annotated[str, Pattern(r"[A-Za-z0-9]{0,12}")]
MaybeName = Annotated[str, Pattern(r"([a-z][a-z0-9-]{0,31})?")]
Window = Annotated[int, Ge(1), Le(999)]
MaybeWindow = Annotated[int, Ge(0), Le(999)]
Count = Annotated[int, Ge(0), Le(100_000)]
Seq = Annotated[int, Ge(0), Le(2**53)]
Text = Annotated[str, MaxLen(200)]
Code = Annotated[str, Pattern(r"\d{6}")]  # an appointment's
MaybeCode = Annotated[str, Pattern(r"(\d{6})?")]
Hash = Annotated[str, Pattern(r"[0-9a-f]{0,64}")]
Lang = Annotated[str, Pattern(r"[a-z]{2,3}")]
Level = Annotated[int, Ge(1), Le(5)]  # 5 非常满意, 4 满意, 3 基本满意, 2 不满意, 1 非常不满意 (R256)


def ticket_of(day: str, number: str) -> str:
    """The ticket's identity: `2026-11-21`, `A012` -> `20261121-A012`."""
    return f"{day.replace('-', '')}-{number}"


# --- parts of messages ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Words:
    """A text in the languages of the hall; Chinese is always there."""

    zh: Text
    en: Text = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Who is on duty, as citizens may see it (R006, R124, R159)."""

    number: Staff
    name: Annotated[str, MaxLen(40)]
    stars: Annotated[int, Ge(0), Le(5)] = 0
    duty: Annotated[str, MaxLen(40)] = ""
    photo: Annotated[str, MaxLen(80)] = ""


@dataclass(frozen=True, slots=True)
class Invitation:
    """A service that awaits its rating: one ticket, one service, one person, one window."""

    id: Uuid
    ticket: Ticket
    service: MaybeName
    person: Person
    until: Stamp


@dataclass(frozen=True, slots=True)
class FaultNote:
    """One thing wrong with a device: which part, since when, who mends it.

    urgency: `soon` is no fault yet; a device with nothing worse is ready.
    """

    part: Name
    code: Name
    since: Stamp
    mender: Literal["staff", "technician"]
    urgency: Literal["now", "soon"] = "now"


@dataclass(frozen=True, slots=True)
class Block:
    """Numbers first..last of one series and day, given to one kiosk alone."""

    series: Series
    day: Day
    first: Annotated[int, Ge(1), Le(999)]
    last: Annotated[int, Ge(1), Le(999)]


# --- state ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DeviceState:
    """What a device says of itself, retained; the broker says `offline` for it when it is gone."""

    type: ClassVar[str] = "device.state"
    role: Literal["kiosk", "board", "window", "evaluator", "coordinator"]
    version: Annotated[str, MaxLen(40)]
    boot: MaybeUuid
    status: Literal["ready", "fault", "offline"]
    faults: Annotated[tuple[FaultNote, ...], MaxLen(32)] = ()
    config: Hash = ""
    theme: Hash = ""


# --- records: tickets ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TicketIssued:
    """A citizen was promised this number.

    klass: the priority class by which it is called (R032), "" for most, `appointment` for who made one; slot: when.
    need: a skill its window must have, a language or sign language (R054).
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
    """The ticket goes on to another service or window, keeping its number and place (R042, R093, R129)."""

    type: ClassVar[str] = "ticket.transferred"
    ticket: Ticket
    window: Window
    staff: Staff
    to_service: MaybeName = ""
    to_window: MaybeWindow = 0


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


# --- records: windows, people, ratings -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StaffSignedIn:
    """This person answers for the window from now on (R091, R125)."""

    type: ClassVar[str] = "staff.signed_in"
    window: Window
    staff: Staff
    how: Literal["online", "offline"]


@dataclass(frozen=True, slots=True)
class StaffSignedOut:
    """Nobody answers for the window from now on. why: "" the end of duty; `allowed` though people wait (R099)."""

    type: ClassVar[str] = "staff.signed_out"
    window: Window
    staff: Staff
    why: Literal["", "hand-over", "night", "allowed"] = ""
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
class RatingNone:
    """The service ended without a rating; never counted as good (R236)."""

    type: ClassVar[str] = "rating.none"
    invitation: Uuid
    ticket: Ticket
    service: MaybeName
    window: Window
    staff: Staff
    why: Literal["timeout", "next", "restart"]


# --- records: devices ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FaultBegan:
    """A part stopped doing its work."""

    type: ClassVar[str] = "fault.began"
    part: Name
    code: Name


@dataclass(frozen=True, slots=True)
class FaultEnded:
    """The part works again."""

    type: ClassVar[str] = "fault.ended"
    part: Name
    code: Name


@dataclass(frozen=True, slots=True)
class PaperLow:
    """The roll is near its end: the printer feels it, or as many millimetres were printed as a roll has."""

    type: ClassVar[str] = "paper.low"
    part: Name = "printer"
    by: Literal["sensor", "count"] = "sensor"


@dataclass(frozen=True, slots=True)
class PaperChanged:
    """A new roll is in: the printer felt paper where none was, or a person said so. metres: printed since the last."""

    type: ClassVar[str] = "paper.changed"
    by: Literal["sensor", "person"]
    metres: Annotated[int, Ge(0), Le(10_000)]
    part: Name = "printer"


@dataclass(frozen=True, slots=True)
class HelpAsked:
    """A citizen pressed the help key (R021)."""

    type: ClassVar[str] = "help.asked"
    reason: Name = "general"


@dataclass(frozen=True, slots=True)
class EstimateShown:
    """Near closing a citizen was told how long it may take, before they took a number (R242, R243).

    request: the touch's, and the number's if one is taken. closes: when the session ends.
    """

    type: ClassVar[str] = "estimate.shown"
    request: Uuid
    service: Name
    waiting: Count
    minutes: Count
    closes: Stamp


@dataclass(frozen=True, slots=True)
class ChoiceMade:
    """What the citizen chose then, of their own will; this record's time is when (R244)."""

    type: ClassVar[str] = "choice.made"
    request: Uuid
    service: Name
    choice: Literal["wait", "appointment", "leave"]


@dataclass(frozen=True, slots=True)
class SelftestDone:
    """What every part showed when asked (R014, R226). staff: who confirmed what the console knew of its desk (R225)."""

    type: ClassVar[str] = "selftest.done"
    verdict: Literal["OK", "SOON", "NOW"]
    parts: Annotated[tuple[Text, ...], MaxLen(32)] = ()
    staff: MaybeStaff = ""


# --- records: the coordinator's own decisions ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NumberAllotted:
    """The coordinator gave the next number to one request; a repeated request gets the same one."""

    type: ClassVar[str] = "number.allotted"
    request: Uuid
    kiosk: Name
    service: Name
    ticket: Ticket
    klass: MaybeName = ""
    need: MaybeName = ""
    slot: MaybeStamp = ""
    appointment: MaybeCode = ""


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

    of: the record that ended it, of which this is the only one.
    """

    type: ClassVar[str] = "overtime.worked"
    staff: Staff
    window: Window
    ticket: Ticket
    began: Stamp
    ended: Stamp
    seconds: Count
    of: Uuid


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


# --- receipts, asks and answers ------------------------------------------------------------------------------


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
    """

    type: ClassVar[str] = "ask.number"
    service: Name
    lang: Lang = "zh"
    klass: MaybeName = ""
    need: MaybeName = ""
    appointment: MaybeCode = ""


@dataclass(frozen=True, slots=True)
class AnswerNumber:
    """The number, or why there is none. `book`: from which of the coordinator's memories; see `answer.block`.

    klass, slot: by which the ticket will be called; a late appointment is an ordinary ticket (R064).
    """

    type: ClassVar[str] = "answer.number"
    to: Uuid
    outcome: Literal["given", "closed", "full", "unknown"]
    number: MaybeNumber = ""
    day: MaybeDay = ""
    ahead: Count = 0
    minutes: Count = 0
    book: MaybeUuid = ""
    klass: MaybeName = ""
    slot: MaybeStamp = ""


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

    unknown: no such ticket today. window is 0 while nobody has called it.
    """

    type: ClassVar[str] = "answer.place"
    to: Uuid
    outcome: Literal["waiting", "called", "serving", "served", "missed", "unknown"]
    service: MaybeName = ""
    ahead: Count = 0
    minutes: Count = 0
    window: MaybeWindow = 0


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


# --- the hall's truth, written by the coordinator alone ------------------------------------------------------


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
    """One service as citizens should know it before they take a number. closes: when this session ends, if it does."""

    type: ClassVar[str] = "hall.service"
    service: Name
    rev: Seq
    waiting: Count
    minutes: Count
    open: bool
    closes: MaybeStamp = ""


@dataclass(frozen=True, slots=True)
class HallCall:
    """One call or recall for every board and voice; the message's id dedupes it, after `until` it stays silent.

    clearly: louder and twice, for whom the hall wishes it (R033); which class that was is nobody's business (R083).
    """

    type: ClassVar[str] = "hall.call"
    ticket: Ticket
    window: Window
    place: Words
    attempt: Annotated[int, Ge(1), Le(99)]
    until: Stamp
    langs: Annotated[tuple[Lang, ...], MaxLen(8)] = ("zh",)
    clearly: bool = False


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


Record = (
    TicketIssued | TicketPrinted | TicketPrintFailed | TicketPrintUnknown | TicketCalled | TicketRecalled
    | TicketMissed | TicketRejoined | TicketStarted | TicketServed | TicketTransferred
    | ItemServed | PriorityRefused | TicketReleased | WindowHandedOver | AlarmAnswered
    | AlarmAsked | RepairAsked
    | StaffSignedIn | StaffSignedOut | WindowPaused | WindowResumed
    | RatingInvited | RatingGiven | RatingNone
    | FaultBegan | FaultEnded | PaperLow | PaperChanged | HelpAsked | SelftestDone | EstimateShown | ChoiceMade
    | NumberAllotted | BlockReserved | AppointmentBooked | WindowAssigned | OvertimeWorked | TicketsLeft
    | AbsenceFiled | OutageFiled | AlarmRaised | AlarmEnded
)  # fmt: skip
Ask = AskNumber | AskBlock | AskCall | AskPlace | AskSignIn | AskLeave | AskBooking | AskAssign
Answer = (
    AnswerNumber | AnswerBlock | AnswerCall | AnswerPlace | AnswerSignIn | AnswerLeave | AnswerBooking | AnswerAssign
)
Hall = HallWindow | HallService | HallCall | HallMissed | HallNotices | HallAlarms
Body = DeviceState | Record | Receipt | Ask | Answer | Hall


@dataclass(frozen=True, slots=True)
class Envelope:
    """What every message carries around its body; `seq`, `journal` and `prev` belong to records.

    prev: SHA-256 of the journal's previous record's payload, so an edit or a gap is seen (R142).
    """

    id: Uuid
    at: Stamp
    clock: Literal["synced", "floor"]
    device: Name
    v: Literal[1] = 1
    seq: Seq = 0
    journal: MaybeUuid = ""
    prev: Hash = ""
