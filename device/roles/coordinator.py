"""The coordinator: the hall's one memory. Rules:

1. A record that arrives is entered in the book and changes the hall's state in the same step.
2. What the coordinator decides (a number, a block, a call) is a record of its own, committed before it is answered.
3. A repeated ask gets the same answer: the ask's id is the request.
4. `hall/#` always says what the book says; only what changed is said, with a `rev` that only rises.
5. State is nothing but a fold over the book (`device/hall/state.py`), so a restart replays it.
6. What the broker kept may be the word of somebody who died with it. So whoever comes is answered with a live word (the
   notices, once for all who come together), and nobody is named at a window that has not spoken since the line came up.
7. What is said of the services is worked out a moment later, once for all that happened meanwhile: it costs more than
   all else together, and somebody may stand before a kiosk for a number.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from device.contract.messages import (
    AlarmAsked,
    AnswerPlace,
    AnswerSignIn,
    AskAssign,
    AskBlock,
    AskBooking,
    AskCall,
    AskContact,
    AskGuide,
    AskLeave,
    AskNumber,
    AskPlace,
    AskSignIn,
    DeviceState,
    Envelope,
    HallNotices,
    HelpAsked,
    ItemServed,
    Record,
    RepairAsked,
    TicketCalled,
    TicketRecalled,
    TicketServed,
)
from device.effects import (
    Began,
    Effect,
    Enter,
    Event,
    Heard,
    Keep,
    Ordered,
    Publish,
    Remember,
    Remind,
    Reminded,
    Staffed,
)
from device.hall.calendar import business_day
from device.hall.cases import Lateness
from device.hall.place import place_of
from device.hall.plan import Plan, StaffEntry
from device.hall.readiness import Readiness
from device.hall.sign_ins import SignIns
from device.hall.state import HallState
from device.hall.truths import services, truths
from device.moment import Moment
from device.roles import coordinator_asks as asks
from device.roles import coordinator_office as office
from device.roles import coordinator_people as people
from device.roles import coordinator_power as power
from device.roles import coordinator_requests as requests
from device.roles.coordinator_voice import Voice
from device.roles.coordinator_waits import note_after_hours, note_learned
from drivers.events import LinkUp

TICK_SECONDS = 20.0
HERE_SECONDS = 0.05
SERVICES_SECONDS = 0.2  # nobody sees that the people who wait are counted so much later


@dataclass(slots=True)
class Coordinator:
    """See the module's rules. `notices` are the hall's own texts from the config."""

    name: str
    plan: Plan
    staff: dict[str, StaffEntry]
    notices: HallNotices = HallNotices(0)
    hall: HallState = field(init=False)
    sign_ins: SignIns = field(init=False)
    voice: Voice = field(default_factory=Voice)
    book: str = ""  # which memory this is
    out_of_order: dict[str, None] = field(default_factory=dict)  # kiosks that cannot give tickets now
    readiness: Readiness = field(init=False)
    decided: int = 0  # records decided at this moment
    secret: str = field(default="", repr=False)  # of this life; what vouchers' codes are made of
    owed_at_start: dict[str, str] = field(default_factory=dict)  # ticket -> service, as it was before this life
    contacts: dict[str, tuple[str, str]] = field(default_factory=dict, repr=False)  # code -> number, until when
    called: dict[int, tuple[str, float]] = field(default_factory=dict)  # window -> whom it was given last, mono
    granted: dict[int, float] = field(default_factory=dict)  # window -> when it was last told that it may be left
    lateness: Lateness = ""  # of the supervisor's list, as of the last tick
    stirred: bool = False  # what is said of the services is due

    def __post_init__(self) -> None:
        self.hall = HallState(self.name, self.plan, self.staff)
        self.readiness = Readiness.of(self.plan)
        self.sign_ins = SignIns(self.plan, self.staff, self.hall.floor.elsewhere)

    def handle(self, event: Event, moment: Moment) -> list[Effect]:
        """One event in, everything to do about it out."""
        self.decided = 0
        match event:
            case Began():
                return self._began(event, moment)
            case LinkUp():
                self.readiness.line_up(moment.mono)
                return self._say_all(moment)
            case Reminded(key):
                return self._reminded(key, moment)
            case Heard(envelope, DeviceState() as state, retained):
                return self._device(envelope.device, state, retained, moment)
            case Heard(envelope, AskNumber() as ask):
                return asks.number(self, envelope, ask, moment)
            case Heard(envelope, AskBlock() as ask):
                return asks.blocks(self, envelope, ask, moment)
            case Heard(envelope, AskCall() as ask):
                return asks.call(self, envelope, ask, moment)
            case Heard(envelope, AskBooking() as ask):
                return asks.booking(self, envelope, ask, moment)
            case Heard(envelope, AskLeave() as ask):
                return people.leave(self, envelope, ask, moment)
            case Heard(envelope, AskAssign() as ask):
                return people.assign(self, envelope, ask, moment)
            case Heard(envelope, (AskPlace() | AskSignIn() | AskContact() | AskGuide()) as ask):
                return self._asked(envelope, ask, moment)
            case Staffed(staff):
                self.staff.clear()
                self.staff.update(staff)
                self.hall.list_staff()
                return self.say_changes(moment)
            case Ordered():
                return office.ordered(self, event, moment)
            case Heard(envelope, body) if envelope.seq and isinstance(body, Record):
                return self._record(envelope, body, moment)
            case _:
                return []

    def _reminded(self, key: str, moment: Moment) -> list[Effect]:
        match key:
            case "services":
                self.stirred = False
                return self.voice.changes(services(self.hall, moment), moment)
            case "here":
                self.voice.forget("notices")
                return self.say_changes(moment)
            case "tick":
                return self._tick(moment)
            case _:
                return []

    def _tick(self, moment: Moment) -> list[Effect]:
        self.lateness = office.lateness(self, moment)
        return [
            *self.new_day(moment),
            *office.heard(self, moment),
            *people.watch(self, moment),
            *requests.expired(self, moment),
            *note_after_hours(self, moment),
            Remind(TICK_SECONDS, "tick"),
            *self.say_changes(moment),
        ]

    def _asked(
        self, envelope: Envelope, ask: AskPlace | AskSignIn | AskContact | AskGuide, moment: Moment
    ) -> list[Effect]:
        """What is answered without a decision of the hall's."""
        match ask:
            case AskContact():
                return requests.contact(self, envelope, ask, moment)
            case AskGuide():
                return requests.guide(self, envelope, ask, moment)
            case AskPlace(ticket=ticket):
                said: AnswerPlace | AnswerSignIn = place_of(envelope.id, ticket, self.hall, moment)
            case AskSignIn():
                said = self.sign_ins.answer(envelope.id, envelope.device, ask, moment.mono)
        return [Publish(said, moment.id(1), place=envelope.device)]

    # --- beginning, days, devices ----------------------------------------------------------------------------

    def _began(self, event: Began, moment: Moment) -> list[Effect]:
        self.voice.begin(event.kept.get("rev", ""), moment)
        self.hall.day = business_day(moment.wall, self.plan.rollover)
        requests.began(self, event.kept)
        self.secret, heard = event.secret, power.Before()
        for envelope, record in event.book:
            heard.hear(self, envelope, record)
            self.book = event.kept.get("book", "")  # its name; an empty book is a new one: the old one may be lost
            self.hall.apply(envelope, record)
        power.began(self, event.kept.get(power.BOOTS, ""), heard, moment)
        self.hall.day = self.hall.last_day()
        begun: list[Effect] = [] if self.book else [Keep("book", moment.id(250))]
        self.book = self.book or moment.id(250)
        begun += people.left(self, self.hall.day, moment)
        self.hall.drop_before(self.hall.day)
        begun += people.file(self, moment)
        begun += [*office.heard(self, moment), *office.carried(self, moment)]
        self.lateness = office.lateness(self, moment)
        return [*begun, Remind(TICK_SECONDS, "tick"), *self.say_changes(moment)]

    def new_day(self, moment: Moment) -> list[Effect]:
        """What a new business day brings, if one has begun; a clock set back does not bring yesterday's again."""
        day = business_day(moment.wall, self.plan.rollover)
        if day <= self.hall.day:
            return []
        left = [*people.left(self, day, moment), *note_learned(self, moment)]
        self.hall.begin_day(day)
        return [*left, *office.carried(self, moment)]

    def _device(self, device: str, state: DeviceState, retained: bool, moment: Moment) -> list[Effect]:
        """A device speaks, or somebody for it. What the broker kept may be the word of a device that is gone."""
        gone = state.status == "offline"
        self.readiness.hear(device, state, retained=retained, mono=moment.mono)
        here: list[Effect] = [] if gone or retained else [Remind(HERE_SECONDS, "here")]
        for desk in self.hall.floor.desks.values():
            if self.plan.windows[desk.window].device == device and (gone or not retained):
                desk.alive = not gone
        if device in self.plan.kiosks and state.status != "ready":
            self.out_of_order[device] = None
        else:
            self.out_of_order.pop(device, None)
        cut = power.device_heard(self, device, state, retained, moment)
        return [*here, *cut, *self.say_changes(moment)]

    # --- records ---------------------------------------------------------------------------------------------

    def _record(self, envelope: Envelope, record: Record, moment: Moment) -> list[Effect]:
        desk = self.hall.floor.desks.get(getattr(record, "window", 0))
        called_at = desk.called_at if desk and desk.ticket == getattr(record, "ticket", "") else ""
        self.hall.apply(envelope, record)
        effects: list[Effect] = [Enter(envelope, record)]
        known = self.hall.believes(envelope.device, record)
        if known and isinstance(record, TicketServed | ItemServed):
            effects += people.overtime(self, envelope, record, called_at, moment)
        if known and isinstance(record, AlarmAsked | RepairAsked):
            effects += people.asked(self, record, moment)
        if known and isinstance(record, HelpAsked):
            effects += people.citizen_asks(self, envelope, record, moment)
        if known:
            effects += power.ticket_heard(self, envelope, record, moment)
            effects += office.heard(self, moment)
        effects += people.watch(self, moment)
        if known and isinstance(record, TicketRecalled) and self._recent(envelope.at, moment):
            effects.append(asks.announce(self, envelope.id, record.ticket, record.window, record.attempt, moment))
        return effects + self.say_changes(moment)

    def decide(self, record: Record, moment: Moment) -> Remember:
        """A decision of the coordinator's own, true from now on; to be committed before it is answered."""
        # From the top: what is published takes its identities from the bottom.
        if isinstance(record, TicketCalled):
            self.called[record.window] = (record.ticket, moment.mono)
        identity = moment.id(0 if self.decided == 0 else 250 - self.decided)
        self.decided += 1
        self.hall.apply(Envelope(identity, moment.at(), moment.clock, self.name), record)
        return Remember(record, identity)

    def _recent(self, at: str, moment: Moment) -> bool:
        since = moment.wall.timestamp() - datetime.fromisoformat(at).timestamp()
        return abs(since) < self.plan.rules.call_valid_seconds

    # --- what the hall may know ------------------------------------------------------------------------------

    def say_changes(self, moment: Moment) -> list[Effect]:
        """Whatever is no longer as it was said; of the services soon."""
        soon: list[Effect] = [] if self.stirred else [Remind(SERVICES_SECONDS, "services")]
        self.stirred = True
        return soon + self.voice.changes(truths(self.hall, self.notices, self.out_of_order, moment), moment)

    def _say_all(self, moment: Moment) -> list[Effect]:
        """The broker may have forgotten: say everything again. And much may have happened at the windows meanwhile."""
        self.voice.forget()
        for desk in self.hall.floor.desks.values():
            desk.alive = False
        return self.say_changes(moment)
