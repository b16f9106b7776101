"""The satisfaction evaluator at one window. Rules:

1. It is open only while a finished service awaits its rating: from the invitation until one press, the time-out, or the
   next citizen's start, whichever is first. One press counts.
2. Each invitation ends in exactly one record, rating.given or rating.none; a default is never invented (R236).
3. A rating belongs to the person whose number was on the screen at the press (R125); the invitation carries it. Who
   presses before the question stands there pressed something else: the role knows of it earlier than any eye.
4. The thank-you is the same for every level, and no lamp shows which one it was (R166, R271). Where it can be touched
   it asks for the eight dimensions, at every level alike and for as long (R259). The rating is on record at the press,
   because a bad one is somebody's to hear of at once; what was touched is a record of its own that points to it, made
   when the thanks are over, the next one is served, or this machine starts again.
5. At rest it shows who is on duty only while that is sure: its desk says so, or a coordinator that has been heard since
   the line came up. Otherwise the window's number alone (R125).
6. On a desk of its own it believes the desk's controller, else the coordinator.
7. Several buttons at once are no press: pay depends on which was meant, so it asks again, and all lamps blink once.
8. At rest one may complain (R057): asked once more, then on record; the desk is not told.
9. When its window is closed and the hall opens no more today it says that it may be switched off, once on record (R018,
   R238). It may be switched off at any other moment too: what it promised is on the card.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Literal

from device.contract.messages import (
    HallWindow,
    Invitation,
    Person,
    RatingGiven,
    RatingNone,
    SafeToSwitchOff,
)
from device.effects import (
    Began,
    Effect,
    Event,
    Forget,
    Heard,
    Keep,
    Light,
    Remember,
    Remind,
    Reminded,
    Say,
    Seen,
    Tapped,
    Told,
)
from device.hall.calendar import business_day
from device.hall.evening import day_over
from device.hall.plan import Plan, WindowPlan
from device.moment import Moment
from device.newest import keep_newest
from device.roles.common import Shown, next_minute, speaks
from device.roles.complaint import Complaint
from device.roles.dimensions import KEPT as TOUCHED
from device.roles.dimensions import Dimensions
from device.roles.evaluator_pages import page_of
from device.roles.voice import spoken
from drivers.events import ButtonPressed, ButtonsUnclear, LinkDown, LinkUp
from drivers.protocols import Utterance
from screens.announce import Phrases, rate_phrases, thanks_phrases
from screens.views import EvaluatorAsk, View

ALL = frozenset({1, 2, 3, 4, 5})
FAR_SECONDS = 12 * 3600.0
BLINK_SECONDS = 0.4
REMEMBERED = 50  # more than a broker can still deliver again


@dataclass(slots=True)
class Open:
    """The service that awaits its rating now, and since when it is on the screen."""

    invitation: Invitation
    shown_at: str
    again: bool = False  # several buttons went down at once


@dataclass(slots=True)
class Evaluator:
    """See the module's rules. desk: its window's controller is in the same station. speaks: it has a speaker.

    touch: it has a screen that is touched.
    """

    name: str
    plan: Plan
    here: WindowPlan
    config: str = ""
    desk: bool = False
    speaks: bool = False
    touch: bool = False
    state: HallWindow | None = None
    link: bool = False
    coordinator: bool = False
    open: Open | None = None
    thanking: bool = False
    dimensions: Dimensions = field(default_factory=Dimensions)
    complaint: Complaint = field(default_factory=Complaint)
    answered: dict[str, None] = field(default_factory=dict)  # invitations that were settled, oldest first
    shown: Shown = field(default_factory=Shown)
    safe_on: str = ""  # the last day on which it said that it may be switched off
    seen: View | None = None  # the question that came to stand on the screen

    def handle(self, event: Event, moment: Moment) -> list[Effect]:
        """One event in, everything to do about it out."""
        if self._of_another_window(event):
            return []  # the word about ours may still be coming
        self.coordinator = speaks(event, self.coordinator)
        effects = self._react(event, moment)
        if self.safe(moment) and self.safe_on != moment.wall.date().isoformat():
            self.safe_on = moment.wall.date().isoformat()
            effects += [Remember(SafeToSwitchOff(), moment.id(9)), Keep("safe", self.safe_on)]
        view = page_of(self, moment)
        asks = isinstance(view, EvaluatorAsk)
        if not asks:
            self.seen = None  # the same question may come again
        return effects + self.shown.show(view, confirm=asks)

    def _react(self, event: Event, moment: Moment) -> list[Effect]:
        match event:
            case Began():
                return self._began(event, moment)
            case Told(state) if self.desk and state.window == self.here.number:
                return self._window(state, moment)
            case Heard(_, HallWindow() as state) if not self.desk and state.window == self.here.number:
                if self.state is None or state.rev >= self.state.rev:
                    return self._window(state, moment)
            case Seen(view):
                self.seen = view
            case ButtonPressed() | ButtonsUnclear() | Tapped():
                return self._touched(event, moment)
            case Reminded():
                return self._reminded(event, moment)
            case LinkUp():
                # The broker may have forgotten its numbers too; what it says next is news.
                self.link, self.coordinator = True, False
                if not self.desk:
                    self.state = None
            case LinkDown():
                self.link = False
            case _:
                pass
        return []

    def _touched(self, event: ButtonPressed | ButtonsUnclear | Tapped, moment: Moment) -> list[Effect]:
        match event:
            case ButtonPressed(level=level):
                return self._pressed(level, moment)
            case ButtonsUnclear() if self.open:
                return self._ask_again(self.open, moment)
            case Tapped(key=key) if key.startswith("level:"):
                return self._pressed(int(key[6:]), moment)
            case Tapped(key=key) if key.startswith("tag:") and self.dimensions.touched:
                return self.dimensions.touch(key[4:])
            case Tapped() if self.complains:
                return self.complaint.hear(event, moment)
            case _:
                return []

    def _reminded(self, event: Reminded, moment: Moment) -> list[Effect]:
        match event.key:
            case "minute":
                return [next_minute(moment)]
            case "blink" if self.open:
                return [Light(ALL)]
            case "rating" if self.open:
                return self._none("timeout", moment)
            case "thanks":
                self.thanking = False
                return self.dimensions.end(moment)
            case _:
                return self.complaint.hear(event, moment)

    def _began(self, event: Began, moment: Moment) -> list[Effect]:
        self.answered = dict.fromkeys(json.loads(event.kept.get("answered", "[]")))
        self.safe_on = event.kept.get("safe", "")
        effects: list[Effect] = [next_minute(moment), Light(frozenset())]
        self.dimensions.resume(event.kept.get(TOUCHED, "null"))
        effects += self.dimensions.end(moment, k=1)
        kept = json.loads(event.kept.get("open", "null"))
        if not kept:
            return effects
        person = Person(**kept["invitation"].pop("person"))
        self.open = Open(Invitation(**kept["invitation"], person=person), kept["shown_at"])
        left = self._seconds_left(self.open.invitation, moment)
        if left <= 0 or moment.clock == "floor":  # nobody knows for how long the power was gone, and who stands there
            return effects + self._none("restart", moment)
        return [*effects, Light(ALL), Remind(left, "rating")]

    # --- an invitation's life --------------------------------------------------------------------------------

    def _window(self, state: HallWindow, moment: Moment) -> list[Effect]:
        self.state = state
        invitation, opened = state.invitation, self.open
        effects: list[Effect] = []
        fresh = (
            invitation and invitation.id not in self.answered and not (opened and opened.invitation.id == invitation.id)
        )
        serving = state.state == "serving" or (state.state == "overtime" and state.ticket != "")
        if self.dimensions.touched and (serving or fresh):  # somebody else stands there by now
            self.thanking = False
            effects += [*self.dimensions.end(moment, k=2), Forget("thanks")]
        if opened and (serving or fresh):
            effects += self._none("next", moment)
        if invitation and fresh:
            effects += self._invite(invitation, serving, moment, k=1)
        return effects

    def _invite(self, invitation: Invitation, serving: bool, moment: Moment, k: int) -> list[Effect]:
        left = self._seconds_left(invitation, moment)
        self.open, self.thanking = Open(invitation, moment.at()), False
        self.complaint.drop()
        if left <= 0:
            return self._none("timeout", moment, k)
        if serving:
            return self._none("next", moment, k)  # it comes late: somebody else stands there by now
        keep = {"invitation": asdict(invitation), "shown_at": self.open.shown_at}
        speak = self._speak(invitation.id, rate_phrases(self.plan.languages))
        return [Keep("open", json.dumps(keep, ensure_ascii=False)), Light(ALL), Remind(left, "rating"), *speak]

    def _pressed(self, level: int, moment: Moment) -> list[Effect]:
        if self.open is None or self.seen != page_of(self, moment) or level not in ALL:
            return []
        invitation, shown_at = self.open.invitation, self.open.shown_at
        record = RatingGiven(
            invitation.id, invitation.ticket, invitation.service, self.here.number, invitation.person.number, level,
            shown_at, moment.at(), self.config,
        )  # fmt: skip
        self.thanking = True
        if self.asks_tags:
            self.dimensions.ask(moment.id(0), self.here.number)
        thanks: list[Effect] = [Remind(float(self.plan.rules.thanks_seconds), "thanks")]
        thanks += self._speak(moment.id(3), thanks_phrases(self.plan.languages))
        return [*self._settle(record, moment.id(0)), *thanks]

    def _ask_again(self, asked: Open, moment: Moment) -> list[Effect]:
        asked.again = True
        speak = self._speak(moment.id(0), rate_phrases(self.plan.languages))
        return [Light(frozenset()), Remind(BLINK_SECONDS, "blink"), *speak]

    def _none(self, why: Literal["timeout", "next", "restart"], moment: Moment, k: int = 0) -> list[Effect]:
        if self.open is None:
            return []
        i = self.open.invitation
        record = RatingNone(i.id, i.ticket, i.service, self.here.number, i.person.number, why)
        return self._settle(record, moment.id(k))

    def _settle(self, record: RatingGiven | RatingNone, record_id: str) -> list[Effect]:
        return [Remember(record, record_id), *self._close(record.invitation)]

    def _close(self, invitation: str) -> list[Effect]:
        self.answered[invitation], self.open = None, None
        keep_newest(self.answered, REMEMBERED)
        keeps: list[Effect] = [Keep("answered", json.dumps(list(self.answered))), Keep("open", None)]
        return [*keeps, Light(frozenset()), Forget("rating"), Forget("blink")]

    def _seconds_left(self, invitation: Invitation, moment: Moment) -> float:
        """How long it may still be pressed: by the invitation's own end, never longer than the rule.

        A window whose clock is far off gives ends that mean nothing here; then the rule holds, for today's tickets.
        """
        rule = float(self.plan.rules.rating_seconds)
        left = datetime.fromisoformat(invitation.until).timestamp() - moment.wall.timestamp()
        if -FAR_SECONDS < left <= rule:
            return left
        today = business_day(moment.wall, self.plan.rollover).replace("-", "")
        return rule if moment.clock == "floor" or invitation.ticket.startswith(today) else 0.0

    def _speak(self, utterance: str, phrases: Phrases) -> list[Effect]:
        if not self.speaks:
            return []
        return [Say(Utterance(utterance, spoken(phrases), chime=False))]

    # --- what people see -------------------------------------------------------------------------------------

    def _of_another_window(self, event: Event) -> bool:
        return isinstance(event, Heard) and isinstance(event.body, HallWindow) and event.body.window != self.here.number

    @property
    def sure(self) -> bool:
        """Whether who is at the window is known (rule 5)."""
        return self.state is not None and (self.desk or (self.link and self.coordinator))

    def safe(self, moment: Moment) -> bool:
        """Whether the day is over here and nothing is under way."""
        done = self.sure and self.state is not None and self.state.state == "closed"
        busy = bool(self.open or self.dimensions.touched or self.thanking or self.complaint.step)
        return done and not busy and moment.clock == "synced" and day_over(self.plan, moment.wall)

    @property
    def asks_tags(self) -> bool:
        """Whether the eight dimensions are asked here."""
        return self.touch and self.plan.rating.tags

    @property
    def complains(self) -> bool:
        """Whether one may complain here, now that nobody is asked anything."""
        return self.touch and self.plan.rating.complaints and self.open is None and not self.thanking
