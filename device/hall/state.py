"""Everything the coordinator knows of the day: nothing but a fold over the book, so a restart replays it.

A record from whom it does not belong to changes nothing, and neither does what is heard today of yesterday's tickets.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass, field, replace
from datetime import datetime, timedelta

from device.contract.messages import (
    AbsenceFiled,
    AttendanceNoted,
    BlockReserved,
    DayApproved,
    Envelope,
    FaultBegan,
    HallStaff,
    NumberAllotted,
    OutageFiled,
    OvertimeWorked,
    Record,
    StaffSignedIn,
    StaffSignedOut,
    TicketCalled,
    WindowPaused,
)
from device.hall.alarms import Alarms
from device.hall.appointments import Appointments
from device.hall.authority import may_decide, may_serve
from device.hall.calendar import business_day
from device.hall.cases import Cases
from device.hall.discipline import choose
from device.hall.fates import Fates
from device.hall.floor import Desk, Floor
from device.hall.numbers import Numbers
from device.hall.overtime import Overtime
from device.hall.plan import Plan, StaffEntry
from device.hall.power import PowerWatch
from device.hall.promised import Promised
from device.hall.queue import Card, Queue
from device.hall.requests import Requests
from device.hall.vouchers import Vouchers
from device.hall.waits import Said, Waits

REMEMBERED = 2000
REPLAYED_DAYS = 31  # of the book, at a start
INCIDENT = "incident"
Filed = AbsenceFiled | OutageFiled | DayApproved  # what the config says, on record from when it is first read


@dataclass(slots=True)
class HallState:
    """See the module. name: the coordinator's own, for its decisions; day: the business day that has begun."""

    name: str
    plan: Plan
    staff: dict[str, StaffEntry]
    numbers: Numbers = field(init=False)
    promised: Promised = field(init=False)
    queue: Queue = field(init=False)
    floor: Floor = field(init=False)
    appointments: Appointments = field(init=False)
    waits: Waits = field(init=False)
    cases: Cases = field(init=False)
    power: PowerWatch = field(init=False)
    vouchers: Vouchers = field(default_factory=Vouchers)
    requests: Requests = field(default_factory=Requests)
    alarms: Alarms = field(default_factory=Alarms)
    overtime: Overtime = field(default_factory=Overtime)
    day: str = ""
    allotted: dict[str, tuple[NumberAllotted, str]] = field(default_factory=dict)  # request -> record, day
    calls: dict[str, str] = field(default_factory=dict)  # request -> ticket
    here: dict[str, str] = field(default_factory=dict)  # staff -> the day on which they last signed in
    filed: set[tuple[object, ...]] = field(default_factory=set)  # absences and planned closures on record
    fates: Fates = field(default_factory=Fates)
    listed: HallStaff = HallStaff(0)
    attended: set[AttendanceNoted] = field(default_factory=set)  # so that what is imported again is not noted again
    # What was worked out last of everybody's wait, and of who is next, and from what; no memory, but spared work.
    shown: tuple[object, dict[str, Said]] | None = field(default=None, compare=False, repr=False)
    nexts: tuple[object, dict[str, tuple[str, ...]]] | None = field(default=None, compare=False, repr=False)
    faults: dict[str, tuple[str, str]] = field(default_factory=dict)  # device -> part, code: the last that began

    def __post_init__(self) -> None:
        rules = self.plan.rules
        self.numbers = Numbers(rules.online_last, rules.block)
        self.queue = Queue(rules.rejoin_after)
        self.appointments = Appointments(self.plan.discipline)
        self.waits = Waits({service.id: service.minutes * 60.0 for service in self.plan.services.values()})
        self.promised = Promised(self.plan)
        self.cases, self.power = Cases(self.plan), PowerWatch(self.plan.power)
        self.floor = Floor(
            {n: Desk(n, w.services) for n, w in self.plan.windows.items()},
        )

        self.list_staff()

    def list_staff(self) -> None:
        """The people are other people now, or the same: who may sign in, and whom windows may show."""
        may = sorted(number for number, one in self.staff.items() if one.pin and may_serve(one.duties))
        self.listed = HallStaff(0, tuple(may))
        self.floor.people.clear()
        self.floor.people.update({number: entry.person for number, entry in self.staff.items()})

    def believes(self, device: str, record: Record) -> bool:
        """Whether this record is this device's to make."""
        return may_decide(self.plan, self.name, device, record)

    def apply(self, envelope: Envelope, record: Record) -> None:
        """The same for a record that arrives, one decided here, and one replayed from the book."""
        if not self.believes(envelope.device, record):
            return
        match record:
            case NumberAllotted(request=request, ticket=ticket):
                day = f"{ticket[:4]}-{ticket[4:6]}-{ticket[6:8]}"
                self.numbers.note_online(day, ticket[9], int(ticket[10:]))
                self.allotted[request] = (record, day)
            case BlockReserved(kiosk=kiosk, holder=journal, block=block):
                self.numbers.note_block((kiosk, journal), block)
            case TicketCalled(ticket=ticket, request=request):
                self.calls[request] = ticket
                while len(self.calls) > REMEMBERED:
                    del self.calls[next(iter(self.calls))]
            case StaffSignedIn(window=window, staff=staff):
                # Whoever was at this window when it was left, or lost its power, comes next.
                self.queue.back_in_line(window)
                self.here[staff] = business_day(datetime.fromisoformat(envelope.at), self.plan.rollover)
                self.floor.desks[window].able = self.staff[staff].services if staff in self.staff else frozenset()
            case StaffSignedOut(window=window, why=why):
                self.queue.back_in_line(window)
                if why != "hand-over":  # else somebody is there in the same instant
                    self.queue.unbind(window, priority_only=False)
            case FaultBegan(part, code):
                self.faults[envelope.device] = (part, code)
            case OvertimeWorked():
                self.overtime.apply(record)
            case AbsenceFiled() | OutageFiled() | DayApproved():
                self.filed.add(_content(record))
            case AttendanceNoted():
                self.attended.add(record)
            case WindowPaused(window=window):
                self.queue.put_back(window)  # the call crossed the pause; nobody at the window knows of it
                self.queue.unbind(window, priority_only=record.reason != INCIDENT)  # R080, R149
            case _:
                pass
        self.appointments.apply(record)
        self.fates.apply(record)
        self.cases.apply(envelope, record, self._staff_at)
        self.promised.apply(envelope, record)
        self.vouchers.apply(record)
        self.requests.apply(envelope, record)
        self.power.apply(record)
        self.waits.apply(envelope, record)
        self.alarms.apply(envelope, record, in_charge=bool(self.duties_of(getattr(record, "staff", ""))))
        if not self._of_a_day_gone_by(envelope, record):
            self.queue.apply(envelope, record)
        self.floor.apply(envelope, record)

    def last_day(self) -> str:
        """The latest day of which a number was given: a clock set back is not believed."""
        return max([self.day, *(day for _, day in self.allotted.values())])

    def begin_day(self, day: str) -> None:
        """A new business day begins with an empty hall."""
        self.day = day
        self.drop_before(day)
        self.allotted = {r: (record, d) for r, (record, d) in self.allotted.items() if d >= day}
        self.calls.clear()
        for desk in self.floor.desks.values():
            desk.assigned = ()

    def drop_before(self, day: str) -> None:
        """What was of days gone by."""
        self.queue.drop_before(day)
        self.appointments.drop_before(day)
        self.fates.drop_before(day)
        self.cases.drop_before(day)
        self.vouchers.drop_before(day)
        self.requests.drop_before(day)
        month = (datetime.fromisoformat(day) - timedelta(days=REPLAYED_DAYS)).date().isoformat()
        self.attended = {event for event in self.attended if event.day >= month}

    def next_for(self, desk: Desk, now: float) -> Card | None:
        """Whom this window calls next by the hall's order, nobody else's (R023). now: seconds since the epoch."""
        skills = self.skills_of(desk.staff)

        def allows(service: str, need: str) -> bool:
            return not need or need in skills or not self.spoken(service, need)

        heads = self.queue.lanes.heads(desk.services, desk.window, allows)
        head = choose(heads, self.plan.discipline, list(self.queue.recent.get(desk.window, ())), now)
        return self.queue.cards[head.ticket] if head else None

    def is_new(self, record: Filed) -> bool:
        """Whether this was not filed yet, as it is."""
        return _content(record) not in self.filed

    def here_today(self, staff: str) -> bool:
        """Whether this person has signed in anywhere today."""
        return self.here.get(staff) == self.day

    def duties_of(self, staff: str) -> frozenset[str]:
        """What this person is in charge of: leader, supervisor, head."""
        return self.staff[staff].duties if staff in self.staff else frozenset()

    def skills_of(self, staff: str) -> frozenset[str]:
        """What this person speaks."""
        return self.staff[staff].skills if staff in self.staff else frozenset()

    def _staff_at(self, device: str) -> str:
        """Who is signed in at the window at which this device stands."""
        place = self.plan.window_of(device)
        return self.floor.desks[place.number].staff if place else ""

    def spoken(self, service: str, need: str) -> bool:
        """Whether anybody who serves this now speaks it; if nobody does, whoever is next must do (R054, R195)."""
        return any(need in self.skills_of(d.staff) for d in self.floor.desks.values() if d.serves(service))

    def _of_a_day_gone_by(self, envelope: Envelope, record: Record) -> bool:
        """Yesterday's tickets, heard of today, wait for nobody. Unless their maker did not know the day."""
        ticket = getattr(record, "ticket", "")
        return ticket != "" and ticket[:8] < self.day.replace("-", "") and envelope.clock == "synced"


def _content(record: Filed) -> tuple[object, ...]:
    """What was filed, whenever it was."""
    return (record.type, *astuple(record if isinstance(record, DayApproved) else replace(record, late=False)))
