"""A scenario lived from its first morning to its last evening, on a fake clock with the real roles."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from config.scenario import Clerk, Scenario
from device.contract.codec import masked
from device.hall.calendar import business_day
from device.moment import HALL_TIME
from device.simulate.hall import Laid
from device.simulate.happenings import Happenings
from device.simulate.people import Citizens, Person, instant
from device.table import Table
from device.table_parts import TablePrinter, TableSpeaker

LATE_SECONDS: Final = 4 * 3600  # after `ends`, for whoever is still being served
SETTLE_SECONDS: Final = 60.0


@dataclass
class Simulation:
    """A hall, its people and its happenings."""

    scenario: Scenario
    laid: Laid
    say: Callable[[str], None] = lambda _: None
    hall: Table = field(init=False)
    citizens: Citizens = field(init=False)
    happenings: Happenings = field(init=False)
    people: dict[str, Person] = field(default_factory=dict)  # window's device -> who is there
    heard: list[dict[str, object]] = field(default_factory=list)  # what was said on the wire, if anybody listens

    def __post_init__(self) -> None:
        scenario = self.scenario
        start = datetime.fromisoformat(scenario.start).replace(tzinfo=HALL_TIME)
        self.dice = random.Random(scenario.seed)  # noqa: S311  the same day again
        self.hall = Table(self.laid.stations, start, pins=self.laid.pins, seed=scenario.seed)
        devices = {device.name: device for station in self.laid.stations.values() for device in station.devices}
        kiosks = tuple(name for name, device in devices.items() if device.role == "kiosk")
        self.citizens = Citizens(self.hall, self.dice, kiosks)
        self.happenings = Happenings(self.hall, tuple(self.laid.stations), tuple(devices), self._hand_over)
        hall = next(iter(self.laid.stations.values())).hall
        self.windows = {window.number: window for window in hall.windows}
        self.rollover = hall.hall.rollover

    def live(self) -> None:
        """All days of the scenario, of which nothing is a misfit in this hall."""
        first = self.hall.clock.now()
        for n in range(self.scenario.days):
            morning = first + timedelta(days=n)
            if n:
                self.hall.pass_time(max(0.0, (morning - self.hall.clock.now()).total_seconds()))
            self._plan(morning)
            self._until(instant(morning, self.scenario.ends))
            self._serve_on()
            self.say(f"{morning:%Y-%m-%d}: {self.citizens.told['came']} came, {len(self.hall.book.rows)} records")

    def listen(self) -> None:
        """Keep everything that is said on the wire from now on."""

        def keep(device: str, topic: str, payload: bytes) -> tuple[float]:
            at = self.hall.clock.now().isoformat(timespec="milliseconds")
            self.heard.append({"at": at, "from": device, "topic": topic, "payload": masked(payload)})
            return (0.0,)

        self.hall.broker.toward = keep

    def printers(self) -> Iterator[tuple[str, TablePrinter]]:
        """Device -> its printer, of devices that have power."""
        return ((d, p.printer) for life in self.hall.lives.values() for d, p in life.parts.items() if p.printer)

    def speakers(self) -> Iterator[tuple[str, TableSpeaker]]:
        """Device -> its speaker, likewise."""
        return ((d, p.speaker) for life in self.hall.lives.values() for d, p in life.parts.items() if p.speaker)

    def _plan(self, day: datetime) -> None:
        """Everything of this day is put into it."""
        now = self.hall.clock.now()
        for arrivals in self.scenario.arrivals:
            self.citizens.come(day, arrivals)
        for clerk in self.scenario.clerks:
            self.hall.later((instant(day, clerk.begins) - now).total_seconds(), partial(self._begin, day, clerk))
        for event in self.scenario.events:
            self.hall.later((instant(day, event.at) - now).total_seconds(), partial(self.happenings.act, event))

    def _begin(self, day: datetime, clerk: Clerk) -> None:
        window = self.windows[clerk.window]
        person = Person(self.hall, self.dice, window.device, window.evaluator or "", clerk, instant(day, clerk.ends))
        if before := self.people.get(window.device):
            before.until = self.hall.clock.now()
        self.people[window.device] = person
        person.begin()

    def _hand_over(self, device: str, staff: str) -> None:
        """From now on somebody else works here; the one before goes as soon as nobody is at the window."""
        before = self.people[device]
        told = before.told.model_copy(update={"staff": staff})
        before.successor = self.people[device] = replace(before, told=told, here=False, busy_until=0.0)

    def _until(self, then: datetime) -> None:
        # By the clock that only rises: somebody may set the other.
        self.hall.pass_time(max(0.0, (then - self.hall.clock.now()).total_seconds()))

    def _serve_on(self) -> None:
        """Until everybody who waits has been served and the staff have gone, at most for some hours."""
        for _ in range(int(LATE_SECONDS / SETTLE_SECONDS)):
            if not any(self._busy(device) for device in self.people):
                break
            self.hall.pass_time(SETTLE_SECONDS)
        self.hall.pass_time(SETTLE_SECONDS)

    def _busy(self, device: str) -> bool:
        return self.hall.runs(device) and getattr(self.hall.view(device), "state", "closed") != "closed"

    def told(self) -> Counter[str]:
        """Of the whole: people, and records by type."""
        return self.citizens.told + Counter(record.type for record in self.hall.records())

    @property
    def days(self) -> tuple[str, str]:
        """First and last business day."""
        first = datetime.fromisoformat(self.scenario.start).replace(tzinfo=HALL_TIME)
        last = first + timedelta(days=self.scenario.days - 1)
        return business_day(first, self._minute()), business_day(last, self._minute())

    def _minute(self) -> int:
        hours, minutes = self.rollover.split(":")
        return int(hours) * 60 + int(minutes)
