"""The coordinator's own memory of a hall, led through days that a queue simulator has made: the same fold and the same
promises as in the hall, only without the wire.

Every window of every shift is one of its own; the calendar knows when shifts change, as planned closures. Whom the
simulator calls must be whom the hall's order calls.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final, Literal

from device.contract.messages import (
    Envelope,
    NumberAllotted,
    Record,
    StaffSignedIn,
    StaffSignedOut,
    TicketCalled,
    TicketIssued,
    TicketMissed,
    TicketServed,
    TicketStarted,
    Words,
)
from device.hall.calendar import Calendar, Outage
from device.hall.numbers import printed
from device.hall.plan import Plan, Service, WindowPlan
from device.hall.promise import newcomer
from device.hall.state import HallState
from device.hall.waits import Said
from device.moment import HALL_TIME, Moment, instant
from tests.report.queue_days import GROUPS, HOURS, MINUTES, NO_SHOW_MINUTES, NODE, WINDOWS, Day, Visit

FIRST_DAY: Final = datetime(2026, 3, 2, 8, 0, tzinfo=HALL_TIME)  # opening of the first
NOBODY: Final = Words("")
SERIES: Final = dict(zip(MINUTES, "ABCD", strict=True))
ESTATE: Final = 100  # the simulator counts each group's windows from one
SHIFTS: Final = 5  # a quarter of the opening hours each, and from closing until everybody was served


def shift(number: int, group: int) -> range:
    """The windows of a group that are manned in this shift."""
    counts = (*WINDOWS[group], WINDOWS[group][-1])
    first = 1 + sum(counts[:number]) + (ESTATE if group == 2 else 0)
    return range(first, first + counts[number])


def _plan() -> Plan:
    services = {
        service: Service(service, NOBODY, SERIES[service], round(minutes)) for service, minutes in MINUTES.items()
    }
    groups = dict(enumerate(GROUPS.values(), 1))
    manned = ((n, group) for number in range(SHIFTS) for group in WINDOWS for n in shift(number, group))
    windows = {n: WindowPlan(n, NOBODY, groups[group], f"window-{n}") for n, group in manned}
    return Plan("ciw", NOBODY, ("zh",), 0, ((480, 480 + HOURS * 60),), services, windows, {"kiosk-1": NOBODY})


PLAN: Final = _plan()


def shifts_of(opening: datetime) -> Calendar:
    """This day's shifts, as closures planned beforehand."""
    edges = [opening + timedelta(minutes=HOURS * 15 * n) for n in range(SHIFTS + 1)]
    edges[0], edges[SHIFTS] = opening.replace(hour=0), opening.replace(hour=23)
    outages = []
    for number, (begins, ends) in enumerate(pairwise(edges)):
        windows = frozenset(n for group in WINDOWS for n in shift(number, group))
        outages += [
            Outage(f"{number} {when}", since, until, NOBODY, windows)
            for when, since, until in (("before", edges[0], begins), ("after", ends, edges[SHIFTS]))
            if since < until
        ]
    return Calendar(outages=tuple(outages))


Kind = Literal["shift", "done", "came", "called"]  # in the order in which they happen in one instant
ORDER: Final[dict[Kind, int]] = {"shift": 0, "done": 1, "came": 2, "called": 3}


def events(day: Day) -> Iterator[tuple[float, Kind, int, Visit | None]]:
    """Everything that happens, in order: minute, what, number of the visit or of the shift, visit."""
    found: list[tuple[float, Kind, int, Visit | None]] = [(HOURS * 15.0 * n, "shift", n, None) for n in range(SHIFTS)]
    for n, visit in enumerate(day.visits):
        found += [(visit.came, "came", n, visit), (visit.called, "called", n, visit), (visit.done, "done", n, visit)]
    return iter(sorted(found, key=lambda e: (e[0], ORDER[e[1]], e[2])))


@dataclass(slots=True)
class LivedHall:
    """A hall that lives one day after the other."""

    hall: HallState = field(default_factory=lambda: HallState("coordinator", PLAN, {}))
    opening: datetime = FIRST_DAY
    now: Moment = Moment(FIRST_DAY, 0.0, "synced", 0)
    shift: int = 0
    keep: bool = False  # the book
    records: int = 0
    book: list[tuple[Envelope, Record]] = field(default_factory=list)

    def live(self, day: Day) -> Iterator[tuple[Visit, Said]]:
        """One day from its first touch to its last ticket; what every visitor was promised."""
        self._open()
        tickets: dict[int, str] = {}
        counts = dict.fromkeys(SERIES, 0)
        for minute, kind, n, visit in events(day):
            self.now = self.now._replace(wall=self.opening + timedelta(minutes=minute))
            if visit is None:
                self._change_shift(n)
                continue
            match kind:
                case "came":
                    counts[visit.service] += 1
                    number = printed(SERIES[visit.service], counts[visit.service])
                    tickets[n] = f"{self.hall.day.replace('-', '')}-{number}"
                    yield visit, self._came(visit.service, tickets[n])
                case "called":
                    self._called(visit, tickets[n])
                case _:
                    self._done(visit, tickets[n])
        self.opening += timedelta(days=1)

    def _open(self) -> None:
        self.hall.plan = replace(PLAN, calendar=shifts_of(self.opening))
        self.hall.begin_day(self.opening.date().isoformat())
        for desk in self.hall.floor.desks.values():
            desk.alive = True

    def _change_shift(self, number: int) -> None:
        for group in WINDOWS:
            for window in shift(number - 1, group) if number else ():
                if not self.hall.floor.desks[window].ticket:
                    self._window(window, StaffSignedOut(window, str(window)))
            for window in shift(number, group):
                self._window(window, StaffSignedIn(window, str(window), "online"))
        self.shift = number

    def _came(self, service: str, ticket: str) -> Said:
        told = newcomer(self.hall, service, "", self.now)
        request = f"{self.records:036d}"
        self._apply(
            "coordinator",
            NumberAllotted(request, "kiosk-1", service, ticket, minutes=told.minutes, most=told.most),
        )
        self._apply("kiosk-1", TicketIssued(request, ticket, ticket[9:], self.hall.day, service, "online"))
        return told

    def _called(self, visit: Visit, ticket: str) -> None:
        window = window_of(visit)
        desk = self.hall.floor.desks[window]
        card = self.hall.next_for(desk, self.now.wall.timestamp())
        assert card is not None
        assert card.ticket == ticket, "the simulator and the hall's order disagree"
        self._apply("coordinator", TicketCalled(ticket, visit.service, window, desk.staff, "system"))

    def _done(self, visit: Visit, ticket: str) -> None:
        window = window_of(visit)
        staff = str(window)
        if visit.done - visit.called == NO_SHOW_MINUTES:
            self._window(window, TicketMissed(ticket, window, staff))
        else:
            started = instant(self.opening + timedelta(minutes=visit.called))
            self._window(window, TicketStarted(ticket, visit.service, window, staff))
            self._window(window, TicketServed(ticket, visit.service, window, staff, started))
        if not any(window in shift(self.shift, group) for group in WINDOWS):  # theirs is over, and so is their last
            self._window(window, StaffSignedOut(window, staff))

    def _window(self, window: int, record: Record) -> None:
        self._apply(f"window-{window}", record)

    def _apply(self, device: str, record: Record) -> None:
        envelope = Envelope(f"{self.records:036d}", self.now.at(), "synced", device)
        self.records += 1
        if self.keep:
            self.book.append((envelope, record))
        self.hall.apply(envelope, record)


def window_of(visit: Visit) -> int:
    """The hall's number of the window at which this one was served."""
    return visit.window + (ESTATE if NODE[visit.service] == 2 else 0)


def days(lived: LivedHall, made: Iterable[Day]) -> None:
    """Live these, whatever was promised."""
    for day in made:
        for _ in lived.live(day):
            pass
