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

Calling is in window_calls, leaving in window_leave, signing in and handing over in window_people, a service's items
and limits in window_service, what somebody in charge does in window_charge, the silent key in window_help.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from device.contract.messages import (
    Alarm,
    AnswerAssign,
    AnswerCall,
    AnswerLeave,
    AnswerSignIn,
    AskAssign,
    AskCall,
    AskLeave,
    AskSignIn,
    Body,
    HallAlarms,
    HallCall,
    HallMissed,
    HallNotices,
    HallService,
    HallStaff,
    HallWindow,
    Record,
    TicketMissed,
    TicketRecalled,
)
from device.effects import Began, Effect, Event, Forget, Heard, Keep, Publish, Remember, Remind, Reminded, Tapped, Tell
from device.hall.calendar import business_day, hours_on
from device.hall.plan import Plan, WindowPlan
from device.moment import Moment
from device.roles import window_calls as calls
from device.roles import window_charge as charge
from device.roles import window_check as check
from device.roles import window_help as help_
from device.roles import window_leave as leave
from device.roles import window_people as people
from device.roles import window_service as visit
from device.roles.common import HallTime, Shown, next_minute, speaks
from device.roles.console_keys import TYPED, Mode, keys_for
from device.roles.desk import Session
from device.roles.known_pins import KnownPins
from device.roles.window_leave import Leaving
from device.roles.window_pages import console_page, sign_page
from drivers.events import KeyPressed, LinkDown, LinkUp, PartFailed, PartMended, Scanned
from screens.views import ConsoleKey

ASK_AGAIN_SECONDS, ASK_TRIES = 1.0, 3
MESSAGE_SECONDS = 6.0
ENTRY_MOST = 64
STAFF_MOST = 12

TOLD = {
    "return-soon": "console.return_soon",
    "return-now": "console.return_now",
    "limit-soon": "console.limit_soon",
    "limit-over": "console.limit_over",
}
Question = AskCall | AskSignIn | AskLeave | AskAssign


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
    neighbours: dict[int, str] = field(default_factory=dict)  # other windows' states
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
        before = (self.live, self.time.sure(moment), self.crowd)
        self.coordinator = speaks(event, self.coordinator)
        self.time.hear(event, moment)
        effects = self._react(event, moment)
        if not effects and self._of_others(event) and before == (self.live, self.time.sure(moment), self.crowd):
            return []  # most of what is heard in a large hall changes nothing here
        truth = self.session.truth(self.here, overtime=self.overtime(moment))
        if self.session != self.kept:
            self.kept = replace(self.session)
            effects.append(Keep("session", self.kept.to_json()))
        if truth != self.told:
            self.told = truth
            effects.append(Tell(truth))
        if not self.live:
            self.unsent += sum(isinstance(e, Remember) for e in effects)
        return effects + self.shown.show(console_page(self, moment)) + self.shown.show(sign_page(self, moment), "sign")

    def _of_others(self, event: Event) -> bool:
        """Whether it is said of other windows, or of what the pages show nothing of but how many wait."""
        match event:
            case Heard(body=HallWindow(window=window)):
                return window != self.here.number
            case Heard(body=HallService() | HallCall() | HallMissed() | HallNotices()):
                return True
        return False

    @property
    def crowd(self) -> int:
        """How many wait for this window's services, as far as is known."""
        return sum(service.waiting for service in self.waiting.values())

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
            case Began():
                return self._began(event, moment)
            case Tapped(key=key, screen="main"):
                return self._pressed(key, moment)
            case KeyPressed(key=key):
                return self._typed(key, moment)
            case Scanned(text=text) if self.mode in ("number", "rejoin", "register"):
                self.entry = text[:ENTRY_MOST]
                return self._entered(moment)
            case Reminded("minute"):
                return [next_minute(moment), *self._new_day(moment), *people.leaver(self, moment)]
            case Reminded("message"):
                self.message, self.blanks = "", ()
            case Reminded("return-soon" | "return-now" | "limit-soon" | "limit-over" as what):
                return self.say(TOLD[what])
            case Reminded("ask") if self.asking:
                return self._ask_again(moment)
            case Heard(body=body):
                return self._heard(body, moment)
            case PartFailed(part, code):
                self.broken[part] = code
            case PartMended(part):
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
            case AnswerSignIn() as answer if self.asking and answer.to == self.asking[0]:
                return self._answered(answer, moment)
            case AnswerLeave() | AnswerAssign() as answer if self.asking and answer.to == self.asking[0]:
                return self._answered(answer, moment)
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
        self.pins = KnownPins.from_json(event.kept.get("pins", "{}"))
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

    # --- keys ------------------------------------------------------------------------------------------------

    def _typed(self, key: str, moment: Moment) -> list[Effect]:
        """A keyboard, or a scanner that types: while something is asked for, every character is part of it; otherwise a
        key is whatever key of the screen it stands for. Nothing that is not on the screen counts."""
        if self.mode in TYPED and len(key) == 1 and key.isascii() and key.isprintable():
            self.entry = (self.entry + key)[:ENTRY_MOST]
            return []
        for offered in self.keys():
            if offered.enabled and offered.hot == key.lower():
                return self._pressed(offered.id, moment)
        return []

    def _pressed(self, key: str, moment: Moment) -> list[Effect]:
        if not any(offered.enabled and offered.id == key for offered in self.keys()):
            return []
        word, _, value = key.partition(":")
        match word:
            case "type":
                self.entry = (self.entry + value)[:ENTRY_MOST]
            case "back":
                self.entry = self.entry[:-1]
            case "cancel":
                return self._cancel()
            case "enter":
                return self._entered(moment)
            case (
                "number" | "rejoin" | "transfer" | "pause" | "item" | "size" | "handover"
                | "alarms" | "silent" | "repair" | "register"
            ) as mode:  # fmt: skip
                self.mode, self.entry, self.refused = mode, "", False
            case "vouch":
                self.mode, self.entry = "out" if self.leaving.kind == "sign-out" else "vouch", ""
            case "reason" | "service" | "window" | "note" | "alarm" | "about" | "minutes":
                return self._chosen(word, value, moment)
            case _:
                return self._act(word, moment)
        return []

    def _chosen(self, word: str, value: str, moment: Moment) -> list[Effect]:
        """One of what was offered."""
        match self.mode:
            case "reason":
                return self.ask(AskCall(self.staff, self.wanted, value), moment)
            case "pause":
                return leave.reason_chosen(self, value, moment)
            case "helps":
                self.leaving, self.mode = replace(self.leaving, helps=int(value)), "substitute"
            case "out":
                self.leaving, self.mode, self.entry = replace(self.leaving, reason=value), "vouch", ""
            case "handover":
                self.handing, self.mode, self.entry = value, "staff", ""
            case "transfer":
                return visit.transfer(self, word, value, moment)
            case "item":
                return visit.end_item(self, value, moment)
            case "size":
                return visit.sized(self, value, moment)
            case "over":
                return visit.why_over(self, value, moment)
            case "alarms":
                return charge.deal_with(self, value, moment)
            case "expected":
                return charge.expect(self, int(value), moment)
            case "silent":
                return help_.ask(self, value, moment)
            case "repair":
                return help_.repair(self, value, moment)
        return []

    def _act(self, key: str, moment: Moment) -> list[Effect]:
        session, window, staff = self.session, self.here.number, self.staff
        ticket, self.refused = session.ticket, False
        match key:
            case "next":
                if not self.live:
                    return self.say("console.no_line")
                return self.ask(AskCall(staff), moment)
            case "recall" if session.attempts < 99:
                session.attempts += 1
                return self.note(TicketRecalled(ticket, window, staff, session.attempts), moment)
            case "missed":
                session.let_go()
                return self.note(TicketMissed(ticket, window, staff), moment)
            case "start":
                return visit.start(self, moment)
            case "noproof":
                return visit.no_proof(self, moment)
            case "finish":
                return visit.finish(self, moment)
            case "incident":
                return leave.reason_chosen(self, "incident", moment)
            case "alone":
                return leave.ask(self, moment)
            case "checked":
                return check.confirm(self, moment)
            case "resume":
                return leave.resume(self, moment)
            case "signout":
                self.leaving = Leaving("sign-out")
                return leave.ask(self, moment)
            case _:
                return []

    def _cancel(self) -> list[Effect]:
        if self.mode in ("silent", "repair"):  # whatever was asked meanwhile is still asked
            self.mode = ""
            return []
        self.mode = "staff" if self.session.person is None else ""
        self.entry, self.asking, self.handing, self.wanted = "", None, "", ""
        return [Forget("ask")]

    def _entered(self, moment: Moment) -> list[Effect]:
        entry, self.entry = self.entry, ""
        match self.mode:
            case "staff" if entry.isalnum() and len(entry) <= STAFF_MOST:
                self.staff_typed, self.mode = entry, "pin"
            case "pin" if entry:
                return people.sign_in(self, entry, moment)
            case "vouch" if entry.isalnum() and len(entry) <= STAFF_MOST:
                self.vouching, self.mode = entry, "vouch_pin"
            case "vouch_pin" if entry:
                return leave.ask(self, moment, self.vouching, entry)
            case "register":
                return visit.register(self, entry, moment)
            case "number" | "rejoin":
                return calls.number_typed(self, entry, moment)
            case _:
                pass
        return []

    # --- asking ----------------------------------------------------------------------------------------------

    def ask(self, ask: Question, moment: Moment, request: str = "", seconds: float = ASK_AGAIN_SECONDS) -> list[Effect]:
        """Ask the coordinator; the answer, or that there is none, comes later."""
        request = request or moment.id(0)
        self.asking, self.tries, self.mode = (request, ask), 1, ""
        if isinstance(ask, AskCall):
            self.session.request = request
        return [Publish(ask, request), Remind(seconds, "ask")]

    def _ask_again(self, moment: Moment) -> list[Effect]:
        """The same request once more: the coordinator answers a repeated ask as it answered the first."""
        assert self.asking is not None  # noqa: S101  guarded by the caller's match
        request, ask = self.asking
        if isinstance(ask, AskLeave):
            self.asking = None
            return leave.unanswered(self, moment)
        if self.tries < ASK_TRIES and self.live:
            self.tries += 1
            return [Publish(ask, request), Remind(ASK_AGAIN_SECONDS, "ask")]
        self.asking, self.coordinator = None, False  # until it is heard again
        if isinstance(ask, AskSignIn):
            return people.offline(self, ask.staff, ask.pin, moment)
        return self.say("console.no_line")

    def _answered(self, answer: AnswerSignIn | AnswerLeave | AnswerAssign, moment: Moment) -> list[Effect]:
        """What was asked for, and what came of it."""
        assert self.asking is not None  # noqa: S101  guarded by the caller's match
        question, self.asking = self.asking[1], None
        match question, answer:
            case AskSignIn(), AnswerSignIn():
                return people.answered(self, question, answer, moment)
            case AskLeave(), AnswerLeave():
                return leave.answered(self, question, answer, moment)
            case AskAssign(), AnswerAssign():
                return charge.assigned(self, answer, moment)
            case _:
                return []

    # --- what is noted, said and seen ------------------------------------------------------------------------

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

    def keys(self) -> tuple[ConsoleKey, ...]:
        """What can be pressed now."""
        return keys_for(self)
