"""The window's controller and its sign. Rules:

1. Nobody is called before somebody has signed in (R091); who is signed in answers for every call and service.
2. Whom to call is asked of the coordinator; with nobody answering, staff call by number what the citizen shows.
3. What happened at the window is the window's own record, committed here first; it travels when it can.
4. A call is settled (started or missed) before the next; a service is finished or transferred before the next.
5. Finishing invites a rating of this person for this service; staff never learn what was pressed.
6. The desk's evaluator is told directly, so it shows who is on duty without the broker.
7. The session survives a power cut on the same business day; where nobody can know whether it is, it is ended (R125).

    closed --sign in--> open --call--> calling --start--> serving --finish--> open
                         |  ^             |---missed---------------------------^
                         v  |             serving --transfer-------------------^
                       paused             serving --incident--> paused --resume--> serving

Asking is in window_asking, calling in window_calls, leaving in window_leave, signing in and handing over in
window_people, a service's items and limits in window_service, what somebody in charge does in window_charge, the silent
key in window_help.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from device.contract.messages import (
    Alarm,
    AnswerAssign,
    AnswerCall,
    AnswerLeave,
    AnswerNumber,
    AnswerSignIn,
    Body,
    HallAlarms,
    HallCall,
    HallMissed,
    HallNotices,
    HallService,
    HallStaff,
    HallWindow,
    Record,
)
from device.effects import Began, Effect, Event, Forget, Heard, Keep, Remember, Remind, Reminded, Tapped, Tell
from device.hall.calendar import business_day, hours_on
from device.hall.plan import Plan, WindowPlan
from device.moment import Moment
from device.presence import WORKS_ON
from device.roles import window_asking as asking
from device.roles import window_calls as calls
from device.roles import window_charge as charge
from device.roles import window_hands as hands
from device.roles import window_leave as leave
from device.roles import window_people as people
from device.roles import window_service as visit
from device.roles.common import HallTime, Shown, next_minute, speaks
from device.roles.console_keys import Mode, keys_for
from device.roles.desk import Session
from device.roles.known_pins import KnownPins
from device.roles.window_asking import AGAIN_SECONDS, Question
from device.roles.window_leave import Leaving
from device.roles.window_pages import console_page, sign_page
from drivers.events import KeyPressed, LinkDown, LinkUp, PartFailed, PartMended, Scanned
from screens.views import ConsoleKey

MESSAGE_SECONDS = 6.0

TOLD = {
    "return-soon": "console.return_soon",
    "return-now": "console.return_now",
    "limit-soon": "console.limit_soon",
    "limit-over": "console.limit_over",
}
_AT_LARGE = (HallService, HallCall, HallMissed, HallNotices)  # what the pages show next to nothing of


@dataclass(slots=True)
class Window:
    """See the module's rules."""

    name: str
    plan: Plan
    here: WindowPlan
    session: Session = field(default_factory=Session)
    pins: KnownPins = field(default_factory=KnownPins)
    listed: frozenset[str] | None = None  # who may sign in, as was heard last; None: nothing was
    mode: Mode = "staff"
    entry: str = ""
    staff_typed: str = ""
    wanted: str = ""  # the number to be called out of order, while its reason is asked for
    over: str = ""  # why the present item took longer than it may, once that was asked
    handing: str = ""  # the note of a hand-over, while the next person signs in
    leaving: Leaving = field(default_factory=Leaving)
    refused: bool = False  # they may not leave; somebody in charge can still allow it
    vouching: str = ""  # who does, while their PIN is asked for
    neighbours: dict[int, HallWindow] = field(default_factory=dict)  # other windows as they are
    issued: str = ""  # the number just issued for a citizen, until they were told
    alarms: tuple[Alarm, ...] = ()
    broken: dict[str, str] = field(default_factory=dict)  # its own parts that failed, with the code
    dealing: str = ""  # the alarm for which another window is being re-assigned
    asking: tuple[str, Question] | None = None
    tries: int = 0
    message: str = ""
    blanks: tuple[tuple[str, str], ...] = ()
    link: bool = False
    coordinator: bool = True
    time: HallTime = field(default_factory=HallTime)
    unsent: int = 0  # records made since the line went down
    waiting: dict[str, HallService] = field(default_factory=dict)  # of this window's services, while the line is up
    hall: HallWindow | None = None  # what the coordinator last said of this window
    shown: Shown = field(default_factory=Shown)
    told: HallWindow | None = None
    kept: Session | None = None  # the session as this life last put it into the journal

    def handle(self, event: Event, moment: Moment) -> list[Effect]:
        """One event in, everything to do about it out."""
        before = self._glimpse(moment) if self._of_others(event) else None
        self.coordinator = speaks(event, self.coordinator)
        self.time.hear(event, moment)
        effects = self._react(event, moment)
        if before and not effects and before == self._glimpse(moment):
            return []  # most of what is heard in a large hall changes nothing here
        overtime, moved = self.overtime(moment), self.session != self.kept
        if moved:
            self.kept = replace(self.session)
            effects.append(Keep("session", self.kept.to_json()))
        if moved or self.told is None or overtime != (self.told.state == "overtime"):
            truth = self.session.truth(self.here, overtime=overtime)
            if truth != self.told:
                self.told = truth
                effects.append(Tell(truth))
        if not self.live:
            self.unsent += sum(isinstance(e, Remember) for e in effects)
        return effects + self.shown.show(console_page(self, moment)) + self.shown.show(sign_page(self, moment), "sign")

    def _glimpse(self, moment: Moment) -> tuple[bool, bool, int, int]:
        """What the pages show of the hall at large."""
        crowd = due = 0
        for service in self.waiting.values():
            crowd += service.waiting
            due += service.due
        return self.live, self.time.sure(moment), crowd, due

    def _of_others(self, event: Event) -> bool:
        """Whether it is said of other windows, or of what the pages show nothing of but how many wait."""
        if not isinstance(event, Heard):
            return False
        if isinstance(event.body, HallWindow):
            return event.body.window != self.here.number
        return isinstance(event.body, _AT_LARGE)

    @property
    def crowd(self) -> int:
        """How many wait for this window's services, as far as is known."""
        return sum(service.waiting for service in self.waiting.values())

    @property
    def due(self) -> int:
        """How many results of this window's services are promised by the next working day, or were (R214)."""
        return sum(service.due for service in self.waiting.values())

    @property
    def live(self) -> bool:
        """Whether the coordinator can be asked."""
        return self.link and self.coordinator

    def overtime(self, moment: Moment) -> bool:
        """Whether the window works after closing time: it serves, or somebody waits for it (R011, R179)."""
        now = self.time.now(moment)
        if not self.time.sure(moment) or hours_on(self.plan, now.date()).at_time(now):
            return False
        waiting = self.session.phase == "open" and self.crowd > 0
        return self.session.phase == "serving" or waiting

    def _react(self, event: Event, moment: Moment) -> list[Effect]:
        match event:
            case Heard(body=body):
                return self._heard(body, moment)
            case Began():
                return self._began(event, moment)
            case Tapped(key=key, screen="main"):
                return hands.pressed(self, key, moment)
            case KeyPressed(key=key):
                return hands.typed(self, key, moment)
            case Scanned(text=text) if self.mode in hands.SCANNED:
                self.entry = text[: hands.ENTRY_MOST]
                return hands.entered(self, moment)
            case Reminded("minute"):
                return [next_minute(moment), *self._new_day(moment), *people.leaver(self, moment)]
            case Reminded("message"):
                self.message, self.blanks = "", ()
            case Reminded("return-soon" | "return-now" | "limit-soon" | "limit-over" as what):
                return self.say(TOLD[what])
            case Reminded("ask") if self.asking:
                return asking.ask_again(self, *self.asking, moment)
            case PartFailed(part, code) if code not in WORKS_ON:
                self.broken[part] = code
            case PartFailed(part) | PartMended(part):  # it works, or works on: the technician hears of it, not staff
                self.broken.pop(part, None)
            case LinkUp():
                self.link, self.coordinator, self.unsent = True, True, 0  # unless it stays silent when asked
            case LinkDown():
                self.link = False
                self.waiting.clear()
            case _:
                pass
        return []

    def _heard(self, body: Body, moment: Moment) -> list[Effect]:
        match body:
            case AnswerCall(to=to) as answer if to == self.session.request:
                return calls.answered(self, answer, moment)
            case AnswerSignIn() | AnswerLeave() | AnswerAssign() | AnswerNumber() as answer if (
                self.asking and answer.to == self.asking[0]
            ):
                return asking.answered(self, self.asking[1], answer, moment)
            case HallService(service=service) as truth if service in self.here.services:
                known = self.waiting.get(service)
                if known is None or truth.rev >= known.rev:
                    self.waiting[service] = truth
            case HallWindow(window=window) as truth if window == self.here.number:
                self.hall = truth
                return calls.missed_an_answer(self, truth, moment)
            case HallWindow() as truth:
                return leave.neighbour(self, truth)
            case HallStaff() as truth:
                return people.listed(self, truth, moment)
            case HallAlarms(alarms=alarms):
                return charge.heard(self, alarms)
            case _:
                pass
        return []

    def _began(self, event: Began, moment: Moment) -> list[Effect]:
        self.pins = KnownPins.from_json(event.kept.get("pins", "{}"), self.pins.cost)
        kept = Session.from_json(event.kept["session"]) if "session" in event.kept else Session()
        # After a power cut the clock stands where it was: it may be the next morning, so nobody is named (R125).
        self.session = kept
        left: list[Effect] = []
        if kept.person and (moment.clock == "floor" or kept.day != self.day(moment)):
            left = leave.sign_out(self, moment, "night")
        self.mode = "" if self.session.person else "staff"
        return [*left, next_minute(moment), *leave.remind(self, moment), *visit.limits(self, moment)]

    def day(self, moment: Moment) -> str:
        return business_day(self.time.now(moment), self.plan.rollover)

    def _new_day(self, moment: Moment) -> list[Effect]:
        """Yesterday's session does not go on: who works today signs in today."""
        session = self.session
        if session.phase not in ("open", "paused") or session.day == self.day(moment) or not self.time.sure(moment):
            return []
        return leave.sign_out(self, moment, "night")

    # --- what is asked, noted, said and seen -----------------------------------------------------------------

    def ask(self, ask: Question, moment: Moment, request: str = "", seconds: float = AGAIN_SECONDS) -> list[Effect]:
        """Ask the coordinator; the answer, or that there is none, comes later."""
        return asking.ask(self, ask, request or moment.id(0), seconds)

    @property
    def staff(self) -> str:
        """Who answers for the window, "" if nobody does."""
        return self.session.person.number if self.session.person else ""

    def note(self, record: Record, moment: Moment, k: int = 0) -> list[Effect]:
        """A fact of this window's own."""
        return [Remember(record, moment.id(k))]

    def say(self, message: str, **blanks: str) -> list[Effect]:
        """Tell the staff, for a while."""
        self.message, self.blanks = message, tuple(blanks.items())
        return [Remind(MESSAGE_SECONDS, "message")]

    def quiet(self) -> list[Effect]:
        """What was said is settled."""
        self.message, self.blanks = "", ()
        return [Forget("message")]

    def offered(self) -> tuple[ConsoleKey, ...]:
        """What can be pressed now."""
        return keys_for(self)
