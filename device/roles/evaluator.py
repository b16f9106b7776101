"""The satisfaction evaluator at one window. Rules:

1. It is open only while a finished service awaits its rating: from the invitation until one press, the time-out, or the
   next citizen's start, whichever is first. One press counts.
2. Each invitation ends in exactly one record, rating.given or rating.none; a default is never invented (R236).
3. A rating belongs to the person whose number was on the screen at the press (R125); the invitation carries it. Who
   presses before the question stands there pressed something else: the role knows of it earlier than any eye.
4. The thank-you is the same for every level, and no lamp shows which one it was (R166, R271).
5. At rest it shows who is on duty only while that is sure: its desk says so, or a coordinator that has been heard since
   the line came up. Otherwise the window's number alone (R125).
6. On a desk of its own it believes the desk's controller, else the coordinator.
7. Several buttons at once are no press: pay depends on which was meant, so it asks again, and all lamps blink once.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Literal

from device.contract.messages import HallWindow, Invitation, Person, RatingGiven, RatingNone
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
from device.hall.plan import Plan, WindowPlan, two
from device.moment import Moment
from device.roles.common import Shown, clockface, next_minute, speaks
from device.roles.voice import spoken
from device.roles.window_pages import card_of
from drivers.events import ButtonPressed, ButtonsUnclear, LinkDown, LinkUp
from drivers.protocols import Utterance
from screens.announce import Phrases, rate_phrases, thanks_phrases
from screens.views import EvaluatorAsk, EvaluatorIdle, EvaluatorThanks, View

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
    """See the module's rules. desk: its window's controller is in the same station. speaks: it has a speaker."""

    name: str
    plan: Plan
    here: WindowPlan
    config: str = ""
    desk: bool = False
    speaks: bool = False
    state: HallWindow | None = None
    link: bool = False
    coordinator: bool = False
    open: Open | None = None
    thanking: bool = False
    answered: dict[str, None] = field(default_factory=dict)  # invitations that were settled, oldest first
    shown: Shown = field(default_factory=Shown)
    seen: View | None = None  # the question that came to stand on the screen

    def handle(self, event: Event, moment: Moment) -> list[Effect]:
        """One event in, everything to do about it out."""
        if not self._of_another_window(event):  # then the word about ours may still be coming
            self.coordinator = speaks(event, self.coordinator)
        effects = self._react(event, moment)
        view = self._view(moment)
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
            case ButtonPressed(level=level):
                return self._pressed(level, moment)
            case ButtonsUnclear() if self.open:
                return self._ask_again(self.open, moment)
            case Reminded("blink") if self.open:
                return [Light(ALL)]
            case Tapped(key=key) if key.startswith("level:"):
                return self._pressed(int(key[6:]), moment)
            case Reminded("rating") if self.open:
                return self._none("timeout", moment)
            case Reminded("thanks"):
                self.thanking = False
            case Reminded("minute"):
                return [next_minute(moment)]
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

    def _began(self, event: Began, moment: Moment) -> list[Effect]:
        self.answered = dict.fromkeys(json.loads(event.kept.get("answered", "[]")))
        effects: list[Effect] = [next_minute(moment), Light(frozenset())]
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
        if opened and (serving or fresh):
            effects += self._none("next", moment)
        if invitation and fresh:
            effects += self._invite(invitation, serving, moment, k=1)
        return effects

    def _invite(self, invitation: Invitation, serving: bool, moment: Moment, k: int) -> list[Effect]:
        left = self._seconds_left(invitation, moment)
        self.open, self.thanking = Open(invitation, moment.at()), False
        if left <= 0:
            return self._none("timeout", moment, k)
        if serving:
            return self._none("next", moment, k)  # it comes late: somebody else stands there by now
        keep = {"invitation": asdict(invitation), "shown_at": self.open.shown_at}
        speak = self._speak(invitation.id, rate_phrases(self.plan.languages))
        return [Keep("open", json.dumps(keep, ensure_ascii=False)), Light(ALL), Remind(left, "rating"), *speak]

    def _pressed(self, level: int, moment: Moment) -> list[Effect]:
        if self.open is None or self.seen != self._view(moment) or level not in ALL:
            return []
        invitation, shown_at = self.open.invitation, self.open.shown_at
        record = RatingGiven(
            invitation.id, invitation.ticket, invitation.service, self.here.number, invitation.person.number, level,
            shown_at, moment.at(), self.config,
        )  # fmt: skip
        self.thanking = True
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
        self.answered[record.invitation], self.open = None, None
        while len(self.answered) > REMEMBERED:
            del self.answered[next(iter(self.answered))]
        keeps: list[Effect] = [Keep("answered", json.dumps(list(self.answered))), Keep("open", None)]
        return [Remember(record, record_id), *keeps, Light(frozenset()), Forget("rating"), Forget("blink")]

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
    def _sure(self) -> bool:
        return self.state is not None and (self.desk or (self.link and self.coordinator))

    def _view(self, moment: Moment) -> View:
        window = self.here.number
        if self.open:
            i = self.open.invitation
            person = card_of(i.person)
            service = self.plan.services.get(i.service)
            if person:
                return EvaluatorAsk(
                    window, person, i.ticket[9:], two(service.name) if service else None, self.open.again
                )
        if self.thanking:
            return EvaluatorThanks(window)
        if self.state is None or not self._sure:
            return EvaluatorIdle(window, "unknown", None, clockface(moment))
        return EvaluatorIdle(window, self.state.state, card_of(self.state.person), clockface(moment))
