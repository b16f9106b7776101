"""Waits promised at the touch against waits that happened, beside the formula every hall uses (S12).

The formula is people ahead x mean service time / open windows. Two readings of it stand beside ours: `own` counts the
people ahead who want the same service, with that service's mean, as ticket machines do; `all` counts everybody who will
be called earlier, with the mean of everybody. Both are given the true means of all days seen. Ours is what the ticket
says, rounded as it says it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median

from device.hall.waits import Said
from tests.report.hall_days import LivedHall
from tests.report.queue_days import MINUTES, NODE, WINDOWS, Day


@dataclass(frozen=True, slots=True)
class Told:
    """One visitor, in minutes: what was promised, what the formula would have said, what happened."""

    promised: Said
    own: float
    all: float
    waited: float


@dataclass(slots=True)
class _Mean:
    """Minutes a ticket takes a window, over everything seen."""

    tickets: int = 0
    minutes: float = 0.0

    def add(self, minutes: float) -> None:
        self.tickets += 1
        self.minutes += minutes

    def mean(self, unseen: float) -> float:
        return self.minutes / self.tickets if self.tickets else unseen


@dataclass(slots=True)
class Hall:
    """The hall, and beside it what the formula needs to know."""

    lived: LivedHall = field(default_factory=LivedHall)
    service_mean: dict[str, _Mean] = field(default_factory=lambda: {s: _Mean() for s in MINUTES})
    group_mean: dict[int, _Mean] = field(default_factory=lambda: {n: _Mean() for n in WINDOWS})

    def live(self, day: Day) -> list[Told]:
        """One day from its first touch to its last ticket; what every visitor was told."""
        told = []
        for visit, promised in self.lived.live(day):
            lanes = self.lived.hall.queue.lanes
            group = [service for service, node in NODE.items() if node == visit.group]
            waiting = {service: lanes.count(service) - (service == visit.service) for service in group}
            usual, windows = MINUTES[visit.service], day.windows(visit.group, visit.came)
            own = waiting[visit.service] * self.service_mean[visit.service].mean(usual) / windows
            everybody = sum(waiting.values()) * self.group_mean[visit.group].mean(usual) / windows
            told.append(Told(promised, own, everybody, visit.called - visit.came))
        for visit in day.visits:
            self.service_mean[visit.service].add(visit.done - visit.called)
            self.group_mean[visit.group].add(visit.done - visit.called)
        return told


@dataclass(frozen=True, slots=True)
class Figures:
    """Over many waits: median absolute errors in minutes, ours and the formula's; held: share within the bound."""

    waits: int
    wait: float  # the median
    error: float
    own: float
    all: float
    held: float

    @property
    def better(self) -> float:
        """0.3: our error is 30 % below that of the formula as ticket machines compute it."""
        return 1 - self.error / self.own


def figures(told: Iterable[Told]) -> Figures:
    """Of those who found every window taken; the others walked straight to one, and were told so."""
    real = [t for t in told if t.promised.most]
    return Figures(
        len(real),
        median(t.waited for t in real),
        median(abs(t.promised.minutes - t.waited) for t in real),
        median(abs(t.own - t.waited) for t in real),
        median(abs(t.all - t.waited) for t in real),
        sum(t.waited <= t.promised.most for t in real) / len(real),
    )
