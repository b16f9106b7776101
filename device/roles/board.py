"""The call display. Rules:

1. It shows what the coordinator says of the windows; it remembers no call of its own beyond the newest.
2. A call is spoken once, whatever is delivered twice; after its time it stays silent (a late chime misleads).
3. While the line is down what stands there may be old, and the board says so.
4. A board with several zones shows one page after the other; a call in a zone turns to its page at once, and the page
   stays as long as the call is fresh.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from device.contract.messages import Envelope, HallCall, HallMissed, HallNotices, HallService, HallWindow, Words
from device.effects import Began, Effect, Event, Heard, Remind, Reminded, Say
from device.hall.plan import Plan, Zone
from device.moment import Moment
from device.roles.board_pages import board_page, seen_of, seen_of_service
from device.roles.common import HallTime, Shown, next_minute, speaks
from device.roles.turns import TURN, Turns
from device.roles.voice import DayVoice, call_utterance, spoken, until_of
from drivers.events import LinkDown, LinkUp
from drivers.protocols import Utterance
from screens.announce import sorry_phrases
from screens.views import BoardPage

REMEMBERED = 200
SORRY_SECONDS = 3600.0  # a part that breaks, works and breaks again is not apologised for each time


@dataclass(slots=True)
class Board:
    """See the module's rules. speaks: it has a speaker. zone: the windows whose calls it says, empty: all.

    zones: one a page, page_seconds each; none given: the whole hall on one. newest: of each page. fresh: the page whose
    newest call was just made, -1: none. busy: the services whose queue is long.
    """

    name: str
    plan: Plan
    speaks: bool = True
    zone: frozenset[int] = frozenset()
    zones: tuple[Zone, ...] = ()
    page_seconds: float = 10.0
    page: int = 0
    windows: dict[int, HallWindow] = field(default_factory=dict)
    services: dict[str, HallService] = field(default_factory=dict)
    missed: HallMissed = HallMissed(0)
    notices: HallNotices = HallNotices(0)
    newest: dict[int, HallCall] = field(default_factory=dict)
    fresh: int = -1
    busy: dict[str, None] = field(default_factory=dict)
    heard: dict[str, None] = field(default_factory=dict)  # ids of calls, oldest first
    link: bool = False
    coordinator: bool = False
    turns: Turns = field(default_factory=Turns)
    shown: Shown = field(default_factory=Shown)
    time: HallTime = field(default_factory=HallTime)
    day: DayVoice = field(init=False)
    sorry: float | None = None  # when it last apologised, monotonic

    def __post_init__(self) -> None:
        self.day = DayVoice(self.plan)
        self.zones = self.zones or (Zone(Words(""), frozenset(self.plan.windows)),)

    def handle(self, event: Event, moment: Moment) -> list[Effect]:
        """One event in, everything to do about it out."""
        before, news = (self.live, self.time.sure(moment)), self._news(event)
        self.coordinator = speaks(event, self.coordinator)
        self.time.hear(event, moment)
        effects = self._react(event, moment)
        if not news and not effects and before == (self.live, self.time.sure(moment)):
            return []  # most of what is heard in a large hall changes nothing here
        there = self.shown.views.get("main")
        turned = isinstance(event, Reminded) and event.key == TURN
        if turned and isinstance(there, BoardPage):  # every few seconds; nothing else has changed
            return effects + self.shown.show(replace(there, turn=self.turns.now))
        return effects + self.shown.show(board_page(self, moment))

    def _news(self, event: Event) -> bool:
        """Whether the page may be another one for what is said of a window or a service; for anything else it may."""
        match event:
            case Heard(body=HallWindow() as window):
                known = self.windows.get(window.window)
                here = window.window in self.zones[self.page].windows
                return here and (known is None or seen_of(known) != seen_of(window))
            case Heard(body=HallService() as service):
                heard, busy = self.services.get(service.service), service.service in self.busy
                return heard is None or seen_of_service(heard, busy=busy) != seen_of_service(service, busy=busy)
        return True

    def _react(self, event: Event, moment: Moment) -> list[Effect]:
        match event:
            case Began():
                return [next_minute(moment), *self._turn_later()]
            case Heard(envelope, HallCall() as call):
                return self._call(envelope, call, moment)
            case Heard(_, HallWindow() as window):
                if _newer(window.rev, self.windows.get(window.window)):
                    self.windows[window.window] = window
            case Heard(_, HallService() as service):
                if _newer(service.rev, self.services.get(service.service)):
                    self.services[service.service] = service
                    self._note_busy(service)
            case Heard(_, HallMissed() as missed) if missed.rev >= self.missed.rev:
                self.missed = missed
            case Heard(_, HallNotices() as notices, retained):
                before, self.notices = self.notices, notices
                sorry = notices.fault and not before.fault and not retained
                return self.turns.heard(notices) + (self._apologise(moment) if sorry else [])
            case Reminded("minute"):
                return [next_minute(moment), *self._time_of_day(moment)]
            case Reminded("fresh"):
                self.fresh = -1
            case Reminded("notice"):
                return self.turns.turned()
            case Reminded("page"):
                if self.fresh < 0:
                    self.page = (self.page + 1) % len(self.zones)
                return self._turn_later()
            case LinkUp():
                self.link, self.coordinator = True, False
                # What is said from now on is news, even if the coordinator counts `rev` from the beginning.
                self.windows = {n: replace(w, rev=0) for n, w in self.windows.items()}
                self.services = {s: replace(service, rev=0) for s, service in self.services.items()}
                self.missed = replace(self.missed, rev=0)
            case LinkDown():
                self.link = False
            case _:
                pass
        return []

    def _call(self, envelope: Envelope, call: HallCall, moment: Moment) -> list[Effect]:
        if envelope.id in self.heard or self._stale(envelope, call, moment):
            return []
        self.heard[envelope.id] = None
        while len(self.heard) > REMEMBERED:
            del self.heard[next(iter(self.heard))]
        effects: list[Effect] = []
        for page, zone in enumerate(self.zones):
            if call.window in zone.windows:
                self.newest[page], self.fresh, self.page = call, page, page
                effects = [Remind(float(self.plan.rules.call_fresh_seconds), "fresh"), *self._turn_later()]
                break
        if self.speaks and (not self.zone or call.window in self.zone):
            until = datetime.fromisoformat(call.until) if moment.clock == "synced" else None
            effects.append(Say(call_utterance(call, envelope.id, self.plan, until)))
        return effects

    def _turn_later(self) -> list[Effect]:
        """The page that is shown now has its whole time."""
        return [Remind(self.page_seconds, "page")] if len(self.zones) > 1 else []

    def _note_busy(self, service: HallService) -> None:
        """A queue is long above one mark until it is down to another, so that the board does not flicker (R084)."""
        load = self.plan.load
        if service.waiting > load.long:
            self.busy[service.service] = None
        elif service.waiting <= load.short:
            self.busy.pop(service.service, None)

    def _time_of_day(self, moment: Moment) -> list[Effect]:
        """The hall opens, or is about to close. Not said by a clock that nobody trusts."""
        if not self.speaks or not self.time.sure(moment):
            return []
        phrases = self.day.due(self.time.now(moment), self.plan.languages)
        until = until_of(moment.wall) if moment.clock == "synced" else None
        return [Say(Utterance(moment.id(5), spoken(phrases), until=until))] if phrases else []

    def _apologise(self, moment: Moment) -> list[Effect]:
        """Something in the hall is out of order (R037)."""
        if not (self.speaks and self.plan.voice.apology):
            return []
        if self.sorry is not None and moment.mono - self.sorry < SORRY_SECONDS:
            return []
        self.sorry = moment.mono
        return [Say(Utterance(moment.id(6), spoken(sorry_phrases(self.plan.languages))))]

    def _stale(self, envelope: Envelope, call: HallCall, moment: Moment) -> bool:
        """Only two trusted clocks can be compared; otherwise the broker's expiry is what there is."""
        both = envelope.clock == "synced" and moment.clock == "synced"
        return both and datetime.fromisoformat(call.until) < moment.wall

    @property
    def live(self) -> bool:
        return self.link and self.coordinator


def _newer(rev: int, known: HallWindow | HallService | None) -> bool:
    return known is None or rev >= known.rev
