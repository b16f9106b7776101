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
                       paused
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Literal

from device.contract.messages import (
    AnswerCall,
    AnswerSignIn,
    AskCall,
    AskSignIn,
    HallService,
    HallWindow,
    Invitation,
    Person,
    RatingInvited,
    Record,
    StaffSignedIn,
    StaffSignedOut,
    TicketCalled,
    TicketMissed,
    TicketRecalled,
    TicketRejoined,
    TicketServed,
    TicketStarted,
    TicketTransferred,
    WindowPaused,
    WindowResumed,
    ticket_of,
)
from device.effects import Began, Effect, Event, Forget, Heard, Keep, Publish, Remember, Remind, Reminded, Tapped, Tell
from device.hall.calendar import business_day
from device.hall.plan import Plan, WindowPlan
from device.moment import Moment
from device.roles.common import HallTime, Shown, next_minute, speaks
from device.roles.console_keys import TYPED, Mode, keys_for
from device.roles.desk import Session
from device.roles.known_pins import KnownPins
from device.roles.window_pages import console_page, sign_page
from drivers.events import KeyPressed, LinkDown, LinkUp, Scanned
from screens.views import ConsoleKey

ASK_AGAIN_SECONDS, ASK_TRIES = 1.0, 3
MESSAGE_SECONDS = 6.0
ENTRY_MOST = 64
STAFF_MOST = 12


@dataclass(slots=True)
class Window:
    """See the module's rules."""

    name: str
    plan: Plan
    here: WindowPlan
    session: Session = field(default_factory=Session)
    pins: KnownPins = field(default_factory=KnownPins)
    mode: Mode = "staff"
    entry: str = ""
    staff_typed: str = ""
    wanted: str = ""  # the number to be called out of order, while its reason is asked for
    asking: tuple[str, AskCall | AskSignIn] | None = None
    tries: int = 0
    message: str = ""
    blanks: tuple[tuple[str, str], ...] = ()
    link: bool = False
    coordinator: bool = True
    time: HallTime = field(default_factory=HallTime)
    unsent: int = 0  # records made since the line went down
    waiting: dict[str, HallService] = field(default_factory=dict)  # of this window's services, while the line is up
    elsewhere: tuple[int, ...] = ()  # other windows for the same services
    shown: Shown = field(default_factory=Shown)
    told: HallWindow | None = None
    kept: Session | None = None  # the session as this life last put it into the journal

    def handle(self, event: Event, moment: Moment) -> list[Effect]:
        """One event in, everything to do about it out."""
        self.coordinator = speaks(event, self.coordinator)
        self.time.hear(event, moment)
        effects = self._react(event, moment)
        truth = self.session.truth(self.here)
        if self.session != self.kept:
            self.kept = replace(self.session)
            effects.append(Keep("session", self.kept.to_json()))
        if truth != self.told:
            self.told = truth
            effects.append(Tell(truth))
        if not self.live:
            self.unsent += sum(isinstance(e, Remember) for e in effects)
        return effects + self.shown.show(console_page(self, moment)) + self.shown.show(sign_page(self, moment), "sign")

    @property
    def live(self) -> bool:
        """Whether the coordinator can be asked."""
        return self.link and self.coordinator

    def _react(self, event: Event, moment: Moment) -> list[Effect]:
        match event:
            case Began():
                return self._began(event, moment)
            case Tapped(key=key, screen="main"):
                return self._pressed(key, moment)
            case KeyPressed(key=key):
                return self._typed(key, moment)
            case Scanned(text=text) if self.mode in ("number", "rejoin"):
                self.entry = text[:ENTRY_MOST]
                return self._entered(moment)
            case Reminded("minute"):
                return [next_minute(moment), *self._new_day(moment)]
            case Reminded("message"):
                self.message, self.blanks = "", ()
            case Reminded("ask") if self.asking:
                return self._ask_again(moment)
            case Heard(_, AnswerCall(to=to) as answer) if to == self.session.request:
                return self._call_answered(answer, moment)
            case Heard(_, AnswerSignIn() as answer) if self.asking and answer.to == self.asking[0]:
                return self._sign_in_answered(answer, moment)
            case Heard(_, HallService(service=service) as truth) if service in self.here.services:
                known = self.waiting.get(service)
                if known is None or truth.rev >= known.rev:
                    self.waiting[service] = truth
            case Heard(_, HallWindow(window=window) as truth) if window == self.here.number:
                self.elsewhere = truth.elsewhere
                return self._missed_an_answer(truth, moment)
            case LinkUp():
                self.link, self.coordinator, self.unsent = True, True, 0  # unless it stays silent when asked
            case LinkDown():
                self.link = False
                self.waiting.clear()
            case _:
                pass
        return []

    def _began(self, event: Began, moment: Moment) -> list[Effect]:
        self.pins = KnownPins.from_json(event.kept.get("pins", "{}"))
        kept = Session.from_json(event.kept["session"]) if "session" in event.kept else Session()
        # After a power cut the clock stands where it was: it may be the next morning, so nobody is named (R125).
        self.session = kept
        left: list[Effect] = []
        if kept.person and (moment.clock == "floor" or kept.day != self._day(moment)):
            left = self._sign_out(moment)
        self.mode = "" if self.session.person else "staff"
        return [*left, next_minute(moment)]

    def _day(self, moment: Moment) -> str:
        return business_day(self.time.now(moment), self.plan.rollover)

    def _new_day(self, moment: Moment) -> list[Effect]:
        """Yesterday's session does not go on: who works today signs in today."""
        session = self.session
        if session.phase not in ("open", "paused") or session.day == self._day(moment) or not self.time.sure(moment):
            return []
        return self._sign_out(moment)

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
            case "number" | "rejoin" | "transfer" | "pause" as mode:
                self.mode, self.entry = mode, ""
            case "reason" if self.mode == "reason":
                return self._ask(AskCall(self._staff, self.wanted, value), moment)
            case "reason":
                self.mode = ""
                self.session.pause()
                return self._note(WindowPaused(self.here.number, self._staff, value), moment)
            case "service" | "window":
                return self._transfer(word, value, moment)
            case _:
                return self._act(word, moment)
        return []

    def _act(self, key: str, moment: Moment) -> list[Effect]:
        session, window, staff = self.session, self.here.number, self._staff
        ticket, service = session.ticket, session.service
        match key:
            case "next":
                if not self.live:
                    return self._say("console.no_line")
                return self._ask(AskCall(staff), moment)
            case "recall" if session.attempts < 99:
                session.attempts += 1
                return self._note(TicketRecalled(ticket, window, staff, session.attempts), moment)
            case "missed":
                session.let_go()
                return self._note(TicketMissed(ticket, window, staff), moment)
            case "start":
                session.start(moment.at())
                return self._note(TicketStarted(ticket, service, window, staff), moment)
            case "finish":
                return self._finish(moment)
            case "resume":
                session.phase = "open"
                return self._note(WindowResumed(window, staff), moment)
            case "signout":
                return self._sign_out(moment)
            case _:
                return []

    def _sign_out(self, moment: Moment) -> list[Effect]:
        record = StaffSignedOut(self.here.number, self._staff)
        self.session = Session(invitation=self.session.invitation)
        self.mode, self.entry = "staff", ""
        return self._note(record, moment)

    def _finish(self, moment: Moment) -> list[Effect]:
        session, window = self.session, self.here.number
        person = session.person
        if person is None:
            return []
        served = TicketServed(session.ticket, session.service, window, person.number, session.started_at)
        until = (moment.wall + timedelta(seconds=self.plan.rules.rating_seconds)).isoformat(timespec="milliseconds")
        invited = RatingInvited(session.ticket, session.service, window, person.number, until)
        effects = self._note(served, moment) + self._note(invited, moment, 1)
        session.invitation = Invitation(moment.id(1), session.ticket, session.service, person, until)
        session.let_go()
        return effects

    def _transfer(self, word: str, value: str, moment: Moment) -> list[Effect]:
        service, window = (value, 0) if word == "service" else ("", int(value))
        record = TicketTransferred(self.session.ticket, self.here.number, self._staff, service, window)
        self.mode = ""
        self.session.let_go()
        return self._note(record, moment)

    def _cancel(self) -> list[Effect]:
        self.mode = "staff" if self.session.person is None else ""
        self.entry, self.asking = "", None
        return [Forget("ask")]

    def _entered(self, moment: Moment) -> list[Effect]:
        entry, self.entry = self.entry, ""
        match self.mode:
            case "staff" if entry.isalnum() and len(entry) <= STAFF_MOST:
                self.staff_typed, self.mode = entry, "pin"
            case "pin" if entry:
                return self._sign_in(entry, moment)
            case "number" | "rejoin":
                number = self._number_in(entry, moment)
                if not number:
                    return self._say("console.bad_number")
                return self._rejoin(number, moment) if self.mode == "rejoin" else self._by_number(number, moment)
            case _:
                pass
        return []

    def _number_in(self, entry: str, moment: Moment) -> str:
        """The number typed, or the one on a ticket of today whose code was scanned; "" if it can be neither."""
        today = f"hallside:{self.plan.id}:{self._day(moment).replace('-', '')}-"
        number = entry.removeprefix(today).upper()
        digits = number[1:].isascii() and number[1:].isdigit()
        return number if len(number) == 4 and number[0] in self.plan.series() and digits else ""

    # --- calling ---------------------------------------------------------------------------------------------

    def _by_number(self, number: str, moment: Moment) -> list[Effect]:
        if self.live:
            self.wanted, self.mode = number, "reason"
            return []
        ticket = ticket_of(self._day(moment), number)
        self.mode = ""
        self.session.call(ticket, "", moment.at())
        return self._note(TicketCalled(ticket, "", self.here.number, self._staff, "hand", "offline"), moment)

    def _rejoin(self, number: str, moment: Moment) -> list[Effect]:
        self.mode = ""
        record = TicketRejoined(ticket_of(self._day(moment), number), self.here.number, self._staff)
        return self._note(record, moment) + self._say("console.rejoined", number=number)

    def _ask(self, ask: AskCall | AskSignIn, moment: Moment, request: str = "") -> list[Effect]:
        request = request or moment.id(0)
        self.asking, self.tries, self.mode = (request, ask), 1, ""
        if isinstance(ask, AskCall):
            self.session.request = request
        return [Publish(ask, request), Remind(ASK_AGAIN_SECONDS, "ask")]

    def _ask_again(self, moment: Moment) -> list[Effect]:
        """The same request once more: the coordinator answers a repeated ask as it answered the first."""
        assert self.asking is not None  # noqa: S101  guarded by the caller's match
        request, ask = self.asking
        if self.tries < ASK_TRIES and self.live:
            self.tries += 1
            return [Publish(ask, request), Remind(ASK_AGAIN_SECONDS, "ask")]
        self.asking, self.coordinator = None, False  # until it is heard again
        if isinstance(ask, AskSignIn):
            return self._sign_in_offline(ask.staff, ask.pin, moment)
        return self._say("console.no_line")

    def _missed_an_answer(self, truth: HallWindow, moment: Moment) -> list[Effect]:
        """Somebody was called here for a question that we gave up, and is on their way: ask it again."""
        session = self.session
        if truth.state != "calling" or session.phase != "open" or not session.request or self.asking:
            return []
        return self._ask(AskCall(self._staff), moment, session.request)

    def _call_answered(self, answer: AnswerCall, moment: Moment) -> list[Effect]:
        """A call stands even if it comes after we gave up: the boards have announced it."""
        waited, self.asking = self.asking is not None, None
        settle: list[Effect] = [Forget("ask")]
        if answer.outcome == "called" and self.session.phase == "open":
            self.mode, self.entry = "", ""
            self.session.call(answer.ticket, answer.service, moment.at())
        elif waited and answer.outcome != "called":
            settle += self._say(f"console.call_{answer.outcome}")
        return settle

    # --- signing in ------------------------------------------------------------------------------------------

    def _sign_in(self, pin: str, moment: Moment) -> list[Effect]:
        if self.live:
            return self._ask(AskSignIn(self.staff_typed, pin), moment)
        return self._sign_in_offline(self.staff_typed, pin, moment)

    def _sign_in_answered(self, answer: AnswerSignIn, moment: Moment) -> list[Effect]:
        assert self.asking is not None  # noqa: S101  guarded by the caller's match
        ask, self.asking = self.asking[1], None
        if not isinstance(ask, AskSignIn):
            return []
        settle: list[Effect] = [Forget("ask")]
        if answer.outcome != "welcome" or answer.person is None:
            self.mode = "staff"
            # Somebody who may no longer sign in may not do so without the line either (R205).
            forget: list[Effect] = [Keep("pins", self.pins.to_json())] if self.pins.forget(ask.staff) else []
            return settle + forget + self._say(f"console.sign_in_{answer.outcome}")
        self.pins.remember(answer.person, ask.pin, moment.id(9).encode())
        return [*settle, Keep("pins", self.pins.to_json()), *self._welcome(answer.person, "online", moment)]

    def _sign_in_offline(self, staff: str, pin: str, moment: Moment) -> list[Effect]:
        """Without the line only who signed in here before can do so again."""
        self.mode = "staff"
        person = self.pins.check(staff, pin)
        return self._welcome(person, "offline", moment) if person else self._say("console.sign_in_no_line")

    def _welcome(self, person: Person, how: Literal["online", "offline"], moment: Moment) -> list[Effect]:
        self.session = Session(self._day(moment), "open", person, invitation=self.session.invitation)
        self.mode, self.message = "", ""
        return self._note(StaffSignedIn(self.here.number, person.number, how), moment)

    # --- what is noted, said and seen ------------------------------------------------------------------------

    @property
    def _staff(self) -> str:
        return self.session.person.number if self.session.person else ""

    def _note(self, record: Record, moment: Moment, k: int = 0) -> list[Effect]:
        return [Remember(record, moment.id(k))]

    def _say(self, message: str, **blanks: str) -> list[Effect]:
        self.message, self.blanks = message, tuple(blanks.items())
        return [Remind(MESSAGE_SECONDS, "message")]

    def keys(self) -> tuple[ConsoleKey, ...]:
        """What can be pressed now."""
        return keys_for(self.session.phase, self.mode, self.asking is not None, self.plan, self.here)
