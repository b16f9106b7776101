"""One example of each message, told as one morning: what people read in the generated documents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from device.contract import channels
from device.contract import messages as m
from device.contract.codec import RECORDS, encode, record_hash

HALL: Final = "longjiang"
_DAY: Final = "2026-11-21"
_TICKET: Final = "20261121-A012"
_CONFIG: Final = record_hash(b"window-3.toml")
_PERSON: Final = m.Person("1003", "王馨", 4, "综合受理")
_ELSEWHERE: Final = (4, 5)


def _id(last: int) -> str:
    return f"019aa429-6540-7000-8000-{last:012x}"


def _at(clock: str) -> str:
    return f"{_DAY}T{clock}.000+08:00"


_REQUEST, _INVITED, _BLOCKS, _CALL, _ENTRY, _PLACE = (_id(k) for k in (0x10, 0x20, 0x30, 0x40, 0x50, 0x60))
_ALARM, _LEAVE, _BOOKING, _ASSIGN = (_id(k) for k in (0x70, 0x71, 0x72, 0x73))
_CONTACT, _GUIDE = _id(0x74), _id(0x75)
_CASE: Final = _id(0x80)
_RATING: Final = _id(0x21)
_CASE_FACTS: Final = m.CaseFacts(
    "bad-rating", "citizen", "evaluator", _RATING, level=2, ticket=_TICKET, service="social", window=3, staff="1003",
    device="evaluator-3",
)  # fmt: skip
_JOURNAL, _BOOK = _id(0xFE), _id(0xFF)


@dataclass(frozen=True, slots=True)
class Example:
    """Who says what; place: whom an answer or a receipt is for. id: the message's own."""

    sender: str
    body: m.Body
    place: str = ""
    id: str = ""

    @property
    def topic(self) -> str:
        """Where it is said."""
        return channels.topic(HALL, self.sender, self.body, self.place)

    @property
    def envelope(self) -> m.Envelope:
        """What goes around it."""
        own = self.id or _id(0x01)
        if type(self.body) not in RECORDS:
            return m.Envelope(own, _at("09:30:00"), "synced", self.sender)
        journal = _BOOK if self.sender == channels.COORDINATOR else _JOURNAL
        before = record_hash(b"the record before")
        return m.Envelope(own, _at("09:30:00"), "synced", self.sender, seq=7, journal=journal, prev=before)

    @property
    def payload(self) -> bytes:
        """The wire bytes, by the codec itself."""
        return encode(self.envelope, self.body)


EXAMPLES: Final = (
    Example(
        "kiosk-1",
        m.DeviceState(
            "kiosk",
            "0.1.0",
            _id(0x02),
            "fault",
            (m.FaultNote("printer", "paper-out", _at("09:12:00"), "staff"),),
            _CONFIG,
        ),
    ),
    Example("kiosk-1", m.TicketIssued(_REQUEST, _TICKET, "A012", _DAY, "social", "online")),
    Example("kiosk-1", m.TicketPrinted(_TICKET)),
    Example("kiosk-1", m.TicketPrintFailed(_TICKET, "paper-out")),
    Example("kiosk-1", m.TicketPrintUnknown(_TICKET, "silent")),
    Example("window-3", m.TicketCalled(_TICKET, "social", 3, "1003", "hand", "offline")),
    Example("window-3", m.TicketRecalled(_TICKET, 3, "1003", 2)),
    Example("window-3", m.TicketMissed(_TICKET, 3, "1003")),
    Example("window-3", m.TicketRejoined(_TICKET, 3, "1003")),
    Example("window-3", m.TicketStarted(_TICKET, "social", 3, "1003")),
    Example("window-3", m.TicketServed(_TICKET, "social", 3, "1003", _at("09:21:40"))),
    Example("window-3", m.TicketTransferred(_TICKET, 3, "1003", "tax")),
    Example("window-3", m.ItemServed(_TICKET, "social", 3, "1003", _at("09:21:40"), "tax")),
    Example("window-3", m.PriorityRefused(_TICKET, "soldier", 3, "1003")),
    Example("kiosk-1", m.TicketReleased(_TICKET, "appointment")),
    Example("window-3", m.WindowHandedOver(3, "1003", "1004", "nothing-open")),
    Example("window-3", m.AlarmAnswered(_ALARM, 3, "1003", "opened-window")),
    Example("window-3", m.AlarmAsked(3, "1003", "medical")),
    Example("window-3", m.RepairAsked(3, "1003", "kiosk-1")),
    Example("window-3", m.StaffSignedIn(3, "1003", "online")),
    Example("window-3", m.StaffSignedOut(3, "1003")),
    Example("window-3", m.WindowPaused(3, "1003", "short-leave")),
    Example("window-3", m.WindowResumed(3, "1003")),
    Example("window-3", m.RatingInvited(_TICKET, "social", 3, "1003", _at("09:30:30")), id=_INVITED),
    Example(
        "evaluator-3",
        m.RatingGiven(_INVITED, _TICKET, "social", 3, "1003", 5, _at("09:29:52"), _at("09:29:59"), _CONFIG),
        id=_RATING,
    ),
    Example("evaluator-3", m.RatingTagged(_RATING, 3, ("attitude", "efficiency"))),
    Example("evaluator-3", m.RatingNone(_INVITED, _TICKET, "social", 3, "1003", "timeout")),
    Example("kiosk-1", m.FaultBegan("printer", "paper-out")),
    Example("kiosk-1", m.FaultEnded("printer", "paper-out")),
    Example("kiosk-1", m.PaperLow()),
    Example("kiosk-1", m.PaperChanged("sensor", 78)),
    Example("kiosk-1", m.HelpAsked()),
    Example("kiosk-1", m.EstimateShown(_REQUEST, "social", 5, 40, _at("17:30:00"), 55)),
    Example("kiosk-1", m.ChoiceMade(_REQUEST, "social", "wait")),
    Example("evaluator-3", m.SelftestDone("SOON", ("buttons OK", "lamps OK", "speaker SOON quiet"))),
    Example("coordinator", m.NumberAllotted(_REQUEST, "kiosk-1", "social", _TICKET)),
    Example("coordinator", m.BlockReserved("kiosk-1", _JOURNAL, m.Block("A", _DAY, 600, 699))),
    Example("kiosk-1", m.AppointmentBooked("480215", "social", _at("14:00:00"), "on-site", _BOOKING)),
    Example("coordinator", m.WindowAssigned(5, ("tax", "social"), "9001")),
    Example(
        "coordinator",
        m.OvertimeWorked("1003", 3, _TICKET, _at("17:30:00"), _at("17:42:30"), 750, _id(0x60)),
    ),
    Example("coordinator", m.TicketsLeft(_DAY, (_TICKET, "20261121-B007"), "power")),
    Example(
        "coordinator",
        m.AbsenceFiled("li-training", "1004", _at("13:30:00"), _at("17:30:00"), "1003", "9001", "half-day", late=False),
    ),
    Example("coordinator", m.OutageFiled("wires", _at("12:00:00"), _at("18:00:00"), (4,), (), late=False)),
    Example("coordinator", m.AlarmRaised("queue-long", "leader", service="social", proposal=5), id=_ALARM),
    Example("coordinator", m.AlarmEnded(_ALARM)),
    Example("coordinator", m.CaseOpened(_CASE_FACTS, "2026-11-27"), id=_CASE),
    Example("coordinator", m.CaseMoved(_CASE, "assigned", "9001", "1004")),
    Example("coordinator", m.CaseCarried(_CASE, _at("09:30:00"), _CASE_FACTS, "2026-11-27", "assigned", "1004")),
    Example("coordinator", m.PowerLost(_at("10:40:02"), ("kiosk-1", "window-3", "evaluator-3"), "seen")),
    Example("coordinator", m.PowerBack(_at("10:40:02"), 3, "power")),
    Example("coordinator", m.VouchersGiven((m.Voucher(_TICKET, "social", "480215936071"),), "2026-12-21")),
    Example("coordinator", m.VoucherMoved("480215936071", "held", "20261203-A004", _REQUEST)),
    Example("coordinator", m.AttendanceNoted("1003", _DAY, "morning-in", _at("08:21:07"))),
    Example("window-3", m.ItemDelivered(3, "1003", "2301-2026-118204")),
    Example("window-3", m.ItemRegistered(_TICKET, "social", 3, "1003", "2301-2026-118204")),
    Example("coordinator", m.DayApproved("2026-11-22", "weekend", "9001", (3,))),
    Example(
        "coordinator",
        m.WaitsLearned("social", (412, 530), (m.HourLearned(9, 200, 942),), (m.PromiseLearned("", -120, 1_310),)),
    ),
    Example("evaluator-3", m.SafeToSwitchOff()),
    Example("kiosk-1", m.RequestRegistered("731905", "social", "home-visit")),
    Example("coordinator", m.ConsentGiven("731905", "call-back", "2026-12-21", "kiosk-1")),
    Example("coordinator", m.RequestClosed("731905", "9001")),
    Example("coordinator", m.Receipt(_JOURNAL, 7), place="kiosk-1"),
    Example("kiosk-1", m.AskContact("731905", "13812345678"), id=_CONTACT),
    Example("coordinator", m.AnswerContact(_CONTACT, "kept", "2026-12-21"), place="kiosk-1"),
    Example("kiosk-1", m.AskGuide("1003", "4711"), id=_GUIDE),
    Example("coordinator", m.AnswerGuide(_GUIDE, "welcome", _PERSON), place="kiosk-1"),
    Example("kiosk-1", m.AskNumber("social"), id=_REQUEST),
    Example("coordinator", m.AnswerNumber(_REQUEST, "given", "A012", _DAY, 4, 15), place="kiosk-1"),
    Example("kiosk-1", m.AskBlock(_JOURNAL), id=_BLOCKS),
    Example("coordinator", m.AnswerBlock(_BLOCKS, (m.Block("A", _DAY, 600, 699),)), place="kiosk-1"),
    Example("window-3", m.AskCall("1003"), id=_CALL),
    Example("coordinator", m.AnswerCall(_CALL, "called", _TICKET, "social"), place="window-3"),
    Example("kiosk-1", m.AskPlace(_TICKET), id=_PLACE),
    Example("coordinator", m.AnswerPlace(_PLACE, "waiting", "social", 4, 15), place="kiosk-1"),
    Example("window-3", m.AskSignIn("1003", "4711"), id=_ENTRY),
    Example("coordinator", m.AnswerSignIn(_ENTRY, "welcome", _PERSON), place="window-3"),
    Example("window-3", m.AskLeave("1003", "pause", "errand"), id=_LEAVE),
    Example("coordinator", m.AnswerLeave(_LEAVE, "granted", until=_at("09:40:00")), place="window-3"),
    Example("kiosk-1", m.AskBooking("social", _at("14:00:00"), "on-site"), id=_BOOKING),
    Example(
        "coordinator",
        m.AnswerBooking(_BOOKING, "booked", "480215", _at("14:00:00"), _at("15:00:00")),
        place="kiosk-1",
    ),
    Example("window-3", m.AskAssign("9001", 5, ("tax", "social")), id=_ASSIGN),
    Example("coordinator", m.AnswerAssign(_ASSIGN, "assigned"), place="window-3"),
    Example(
        "coordinator",
        m.HallWindow(3, 18, "calling", _PERSON, _TICKET, ("social", "tax"), _at("09:29:58"), None, _ELSEWHERE),
    ),
    Example("coordinator", m.HallService("social", 41, 4, 15, True, most=22, next=("A013", "A014"))),
    Example(
        "coordinator",
        m.HallCall(_TICKET, 3, m.Words("一楼东区", "Ground floor, east"), 1, _at("09:31:00"), ("zh", "en")),
    ),
    Example(
        "coordinator",
        m.HallAlarms(3, (m.Alarm(_ALARM, "queue-long", "leader", _at("09:28:00"), service="social", proposal=5),)),
    ),
    Example("coordinator", m.HallStaff(1, ("1003", "1004", "9001"))),
    Example("coordinator", m.HallMissed(6, ("A007", "B003"))),
    Example("coordinator", m.HallNotices(2, announcement=m.Words("今日十二时至一时半休息", "Closed 12:00 to 13:30"))),
)
