"""What was promised of waits, and what the hall has learned from them: a fold over the book (R242). Rules:

1. A ticket takes its window from its call until the window is free again. A no-show counts too, suspensions do not.
2. A promise is what the citizen was told with the number. It is kept or not at the first call by the hall's own order:
   a call by hand says nothing of waits.
3. Only what clocks that are right have told is learned.
4. Other people may sit at the windows tomorrow: a new day's first number forgets how quick each window was.
5. What was learned is noted once a day, a record for each service: a restart reads that and the last days, not years.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, NamedTuple

from device.contract.messages import (
    Envelope,
    FaultBegan,
    FaultEnded,
    HourLearned,
    NumberAllotted,
    PriorityRefused,
    PromiseLearned,
    RatingGiven,
    RatingInvited,
    RatingNone,
    RatingTagged,
    Record,
    StaffSignedIn,
    StaffSignedOut,
    TicketCalled,
    TicketMissed,
    TicketPrinted,
    TicketPrintFailed,
    TicketPrintUnknown,
    TicketRecalled,
    TicketReleased,
    TicketServed,
    TicketStarted,
    TicketTransferred,
    WaitsLearned,
    WindowPaused,
)
from device.hall.forecast import Calibration, Habit, Habits, Wait
from device.moment import HALL_TIME

MOST, PROMISES_MOST = 100_000, 32  # that a record holds: seconds, classes
LONGEST: Final = 4 * 3600.0  # a service that nobody ended for so long is no service
STILL: Final = frozenset({
    *(NumberAllotted, TicketStarted, TicketRecalled, TicketPrinted, TicketPrintFailed, TicketPrintUnknown),
    *(RatingInvited, RatingGiven, RatingTagged, RatingNone, FaultBegan, FaultEnded),
})  # after these everybody waits as long as before  # fmt: skip
Kind = tuple[str, str]  # service, priority class


class Said(NamedTuple):
    """How many of the same service are called before, and minutes: of the middle, and of the bound. most 0: nothing."""

    ahead: int
    minutes: int = 0
    most: int = 0


@dataclass(frozen=True, slots=True)
class Stay:
    """Whom a window has called, and when, in seconds since the epoch."""

    ticket: str
    service: str
    since: float


@dataclass(frozen=True, slots=True)
class Told:
    """What one citizen was told, when."""

    kind: Kind
    wait: Wait
    at: float


@dataclass(slots=True)
class Waits:
    """See the module's rules. usual: service -> seconds, from the hall's config."""

    usual: Mapping[str, float]
    habits: Habits = field(init=False)
    calibrations: dict[Kind, Calibration] = field(default_factory=dict)
    stays: dict[int, Stay] = field(default_factory=dict)  # by window
    told: dict[str, Told] = field(default_factory=dict)  # by ticket, until it is called
    day: str = ""  # of the newest number
    fresh: dict[str, None] = field(default_factory=dict)  # services of which something was learned since it was noted
    stirred: int = field(default=0, compare=False)  # counts what may have changed anybody's wait

    def __post_init__(self) -> None:
        self.habits = Habits(self.usual)

    def calibration(self, kind: Kind) -> Calibration:
        """How true the promises for these were lately."""
        return self.calibrations.get(kind) or Calibration()

    def apply(self, envelope: Envelope, record: Record) -> None:
        """Take one record in; those that say nothing of waits change nothing."""
        self.stirred += type(record) not in STILL
        match record:
            case NumberAllotted(ticket=ticket):
                self._new_day(ticket[:8])
                if record.most and envelope.clock == "synced":
                    wait = Wait(record.minutes * 60.0, record.most * 60.0)
                    self.told[ticket] = Told((record.service, record.klass), wait, _seconds(envelope))
            case TicketCalled(ticket, service, window):
                self.stays.pop(window, None)
                if envelope.clock == "synced":
                    self.stays[window] = Stay(ticket, service, _seconds(envelope))
                    self._kept(record, _seconds(envelope))
                self.told.pop(ticket, None)
            case WaitsLearned():
                self._known(record)
            case TicketServed(ticket, window=window, away_seconds=away):
                self._free(window, ticket, envelope, float(away))
            case TicketMissed(ticket, window) | TicketTransferred(ticket, window):
                self._free(window, ticket, envelope)
            case PriorityRefused(ticket, _, window):
                self._free(window, ticket, envelope)
            case TicketReleased(ticket, window=window):
                self.told.pop(ticket, None)
                self._free(window, ticket, envelope)
            case StaffSignedIn(window) | StaffSignedOut(window) | WindowPaused(window, ticket=""):
                self.stays.pop(window, None)
            case _:
                pass

    def learned(self) -> list[WaitsLearned]:
        """What the hall knows by now of every service of which it learned anything since this was noted last."""
        return [self._learned(service) for service in self.fresh]

    def _learned(self, service: str) -> WaitsLearned:
        habit = self.habits.of(service)
        hours = tuple(
            HourLearned(hour, round(tickets * 100), round(seconds))
            for hour, (tickets, seconds) in sorted(habit.hours.items())
        )
        promises = tuple(
            PromiseLearned(klass, round(known.middle * 1000), round(known.upper * 1000))
            for (of, klass), known in sorted(self.calibrations.items())
            if of == service
        )
        times = tuple(min(round(seconds), MOST) for seconds in habit.newest)
        return WaitsLearned(service, times, hours, promises[:PROMISES_MOST])

    def _known(self, record: WaitsLearned) -> None:
        """From now on it is what was noted, rounding and all: a hall that begins anew from this knows the same."""
        hours = {one.hour: (one.tickets / 100, float(one.seconds)) for one in record.hours}
        self.habits.services[record.service] = Habit.known([float(seconds) for seconds in record.times], hours)
        for one in record.promises:
            self.calibrations[record.service, one.klass] = Calibration(one.middle / 1000, one.upper / 1000)
        self.fresh.pop(record.service, None)

    def _new_day(self, day: str) -> None:
        if day > self.day:
            self.day = day
            self.habits.new_day()
            self.told.clear()

    def _kept(self, call: TicketCalled, now: float) -> None:
        told = self.told.get(call.ticket)
        if told and call.by == "system":
            self.calibrations.setdefault(told.kind, Calibration()).learn(told.wait, now - told.at)
            self.fresh[told.kind[0]] = None

    def _free(self, window: int, ticket: str, envelope: Envelope, away: float = 0.0) -> None:
        stay = self.stays.get(window)
        if stay is None or stay.ticket != ticket:
            return
        del self.stays[window]
        seconds = _seconds(envelope) - stay.since - away
        if envelope.clock == "synced" and stay.service and 0 <= seconds <= LONGEST:
            hour = datetime.fromtimestamp(stay.since, HALL_TIME).hour
            self.habits.learn(stay.service, window, hour, float(round(seconds)))
            self.fresh[stay.service] = None


def _seconds(envelope: Envelope) -> float:
    return datetime.fromisoformat(envelope.at).timestamp()
