"""Waits promised at the touch against waits that happened, beside the formula every hall uses (S12).

The formula is people ahead x mean service time / open windows. Two readings of it stand beside ours: `own` counts the
people ahead who want the same service, with that service's mean, as ticket machines do; `all` counts everybody who will
be called earlier, with the mean of everybody. Both are given the true means of all days seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from statistics import median
from typing import Final

from device.hall.forecast import Busy, Calibration, Habits, Wait, starts
from tests.report.queue_days import GROUPS, MINUTES, NODE, Day, Visit, quarter, quarter_ends

GROUP_SERVICES: Final = {n: frozenset(services) for n, services in enumerate(GROUPS.values(), 1)}


@dataclass(frozen=True, slots=True)
class Told:
    """One visitor, in minutes: what was promised, what the formula would have said, what happened."""

    promised: Wait
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
    """What the coordinator would know: learns over the days it is shown, and promises at every touch."""

    habits: Habits = field(default_factory=lambda: Habits({s: m * 60 for s, m in MINUTES.items()}))
    calibration: dict[str, Calibration] = field(default_factory=lambda: {s: Calibration() for s in MINUTES})
    service_mean: dict[str, _Mean] = field(default_factory=lambda: {s: _Mean() for s in MINUTES})
    group_mean: dict[int, _Mean] = field(default_factory=lambda: {n: _Mean() for n in GROUP_SERVICES})

    def live(self, day: Day) -> list[Told]:
        """One day from its first touch to its last ticket; what every visitor was told."""
        self.habits.new_day()
        waiting: dict[int, dict[int, Visit]] = {n: {} for n in GROUP_SERVICES}
        at_window: dict[int, dict[int, Visit]] = {n: {} for n in GROUP_SERVICES}
        walked: dict[int, tuple[float, float]] = {}
        told: list[Told] = []
        for minute, kind, n, visit in _events(day.visits):
            line, taken = waiting[visit.group], at_window[visit.group]
            match kind:
                case "done":
                    del taken[n]
                    self._learn_stay(visit)
                case "came":
                    walked[n] = self._walk(day, minute, visit.service, list(line.values()), list(taken.values()))
                    told.append(self._told(day, visit, list(line.values()), walked[n]))
                    line[n] = visit
                case "called":
                    taken[n] = line.pop(n)
                    self.calibration[visit.service].learn(*walked.pop(n), (visit.called - visit.came) * 60)
        return told

    def _walk(
        self, day: Day, minute: float, service: str, line: list[Visit], taken: list[Visit]
    ) -> tuple[float, float]:
        group = NODE[service]
        services = GROUP_SERVICES[group]
        # Whose shift is over finishes and takes nobody else; the roster says when shifts change.
        left = (quarter_ends(minute) - minute) * 60
        here = [v for v in taken if quarter(v.called) == quarter(minute)]
        desks = [Busy(v.window, services, v.service, (minute - v.called) * 60, leaves=left) for v in here]
        idle = day.windows(group, minute) - len(here)
        desks += [Busy(-n, services, leaves=left) for n in range(1, idle + 1)]
        desks += [Busy(-100 - n, services, opens=left) for n in range(day.windows(group, minute + left / 60))]
        found = starts([v.service for v in line], desks, [service], self.habits, int(minute // 60))[service]
        assert found is not None
        return found

    def _told(self, day: Day, visit: Visit, line: list[Visit], walk: tuple[float, float]) -> Told:
        promised = self.calibration[visit.service].promise(*walk)
        usual, windows = MINUTES[visit.service], day.windows(visit.group, visit.came)
        own = sum(v.service == visit.service for v in line) * self.service_mean[visit.service].mean(usual) / windows
        everybody = len(line) * self.group_mean[visit.group].mean(usual) / windows
        return Told(Wait(promised.median / 60, promised.bound / 60), own, everybody, visit.called - visit.came)

    def _learn_stay(self, visit: Visit) -> None:
        stay = visit.done - visit.called
        self.habits.learn(visit.service, visit.window, int(visit.called // 60), stay * 60)
        self.service_mean[visit.service].add(stay)
        self.group_mean[visit.group].add(stay)


def _events(visits: Iterable[Visit]) -> Iterator[tuple[float, str, int, Visit]]:
    """In the order in which they happened: a window is free before the next is called, and one comes before that."""
    order = {"done": 0, "came": 1, "called": 2}
    events = [(getattr(v, kind), kind, n, v) for n, v in enumerate(visits) for kind in order]
    return iter(sorted(events, key=lambda e: (e[0], order[e[1]], e[2])))


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
    real = [t for t in told if t.promised.bound > 0]
    return Figures(
        len(real),
        median(t.waited for t in real),
        median(abs(t.promised.median - t.waited) for t in real),
        median(abs(t.own - t.waited) for t in real),
        median(abs(t.all - t.waited) for t in real),
        sum(t.waited <= t.promised.bound for t in real) / len(real),
    )
