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
    """A citizen was promised this number."""

    type: ClassVar[str] = "ticket.issued"
    request: Uuid
    ticket: Ticket
    number: Number
    day: Day
    service: Name
    source: Literal["online", "block"]
    lang: Lang = "zh"


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
    """The citizen is at the window; service begins."""

    type: ClassVar[str] = "ticket.started"
    ticket: Ticket
    service: MaybeName
    window: Window
    staff: Staff


@dataclass(frozen=True, slots=True)
class TicketServed:
    """One service of the ticket is done (R025, R053)."""

    type: ClassVar[str] = "ticket.served"
    ticket: Ticket
    service: MaybeName
    window: Window
    staff: Staff
    started: Stamp


@dataclass(frozen=True, slots=True)
class TicketTransferred:
    """The ticket goes on to another service or window, keeping its number and place (R042, R093, R129)."""

    type: ClassVar[str] = "ticket.transferred"
    ticket: Ticket
    window: Window
    staff: Staff
    to_service: MaybeName = ""
    to_window: MaybeWindow = 0


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
    """Nobody answers for the window from now on."""

    type: ClassVar[str] = "staff.signed_out"
    window: Window
    staff: Staff


@dataclass(frozen=True, slots=True)
class WindowPaused:
    """The window serves nobody until resumed; the public never sees the reason (R015, R107)."""

    type: ClassVar[str] = "window.paused"
    window: Window
    staff: Staff
    reason: Name


@dataclass(frozen=True, slots=True)
class WindowResumed:
    """The window serves again."""

    type: ClassVar[str] = "window.resumed"
    window: Window
    staff: Staff


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
class SelftestDone:
    """What every part showed when asked (R014, R226)."""

    type: ClassVar[str] = "selftest.done"
    verdict: Literal["OK", "SOON", "NOW"]
    parts: Annotated[tuple[Text, ...], MaxLen(32)] = ()


# --- records: the coordinator's own decisions ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NumberAllotted:
    """The coordinator gave the next number to one request; a repeated request gets the same one."""

    type: ClassVar[str] = "number.allotted"
    request: Uuid
    kiosk: Name
    service: Name
    ticket: Ticket


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
    """The next number of a service, please; the message's id is the request."""

    type: ClassVar[str] = "ask.number"
    service: Name
    lang: Lang = "zh"


@dataclass(frozen=True, slots=True)
class AnswerNumber:
    """The number, or why there is none. `book`: from which of the coordinator's memories; see `answer.block`."""

    type: ClassVar[str] = "answer.number"
    to: Uuid
    outcome: Literal["given", "closed", "full", "unknown"]
    number: MaybeNumber = ""
    day: MaybeDay = ""
    ahead: Count = 0
    minutes: Count = 0
    book: MaybeUuid = ""


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
    outcome: Literal["welcome", "refused", "locked"]
    person: Person | None = None


# --- the hall's truth, written by the coordinator alone ------------------------------------------------------


@dataclass(frozen=True, slots=True)
class HallWindow:
    """One window as it really is; also what a window tells the evaluator on its own desk (then rev is 0).

    invitation: the oldest that is not known to have been answered.
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


@dataclass(frozen=True, slots=True)
class HallService:
    """One service as citizens should know it before they take a number."""

    type: ClassVar[str] = "hall.service"
    service: Name
    rev: Seq
    waiting: Count
    minutes: Count
    open: bool


@dataclass(frozen=True, slots=True)
class HallCall:
    """One call or recall for every board and voice; the message's id dedupes it, after `until` it stays silent."""

    type: ClassVar[str] = "hall.call"
    ticket: Ticket
    window: Window
    place: Words
    attempt: Annotated[int, Ge(1), Le(99)]
    until: Stamp
    langs: Annotated[tuple[Lang, ...], MaxLen(8)] = ("zh",)


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


Record = (
    TicketIssued | TicketPrinted | TicketPrintFailed | TicketPrintUnknown | TicketCalled | TicketRecalled
    | TicketMissed | TicketRejoined | TicketStarted | TicketServed | TicketTransferred
    | StaffSignedIn | StaffSignedOut | WindowPaused | WindowResumed
    | RatingInvited | RatingGiven | RatingNone
    | FaultBegan | FaultEnded | PaperLow | PaperChanged | HelpAsked | SelftestDone
    | NumberAllotted | BlockReserved
)  # fmt: skip
Ask = AskNumber | AskBlock | AskCall | AskPlace | AskSignIn
Answer = AnswerNumber | AnswerBlock | AnswerCall | AnswerPlace | AnswerSignIn
Hall = HallWindow | HallService | HallCall | HallMissed | HallNotices
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
