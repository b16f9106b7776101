"""How long a citizen will wait: a median, and a bound that holds nine times in ten (R242, S12). Nothing drawn by lot.

1. `Habits` learn from what happened: how long one ticket of a service takes a window, from its call until the window is
   free again (a no-show takes little, and counts too), how that changes with the hour, how quick each window is today.
2. `starts` walks through the queue as it stands: whoever is next goes to the window that is free first and serves them.
   One walk gives the wait of a new ticket of every service.
3. `Calibration` learns from each wait that was promised and then happened, so that the bound keeps its word on days
   unlike those it was learned from (adaptive conformal inference: Gibbs and Candes, 2021).

All times are seconds.
"""

from __future__ import annotations

import heapq
from bisect import bisect_right, insort
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from math import inf, sqrt
from typing import Final

SAMPLES: Final = 200  # of one service, the newest: weeks for a rare one, a day for a busy one
# Before anything was seen: the configured time in these shares, the deciles of a gamma distribution of deviation 0.6.
UNSEEN: Final = (0.28, 0.46, 0.61, 0.76, 0.92, 1.11, 1.37, 1.80)
HOUR_PRIOR: Final = 12.0  # tickets of one hour weigh against the whole day like so many
WINDOW_PRIOR: Final = 8.0  # and those of one window
FADE: Final = 0.85  # what a window's last ticket counts for after one more
SHORTEST: Final = 5.0
Z90: Final = 1.2816  # of the normal distribution
STEP: Final = 0.04  # of the calibration, in units of z


@dataclass(frozen=True, slots=True)
class Wait:
    """What can be promised: half of all waits are shorter than `median`, nine of ten shorter than `bound`."""

    median: float
    bound: float


@dataclass(frozen=True, slots=True)
class Busy:
    """One window as the walk finds it. service, elapsed: whom it has called and how long ago; "" if it is free.

    opens, leaves: from when and until when it calls anybody, from now; somebody called before it leaves is served.
    """

    window: int
    services: frozenset[str]
    service: str = ""
    elapsed: float = 0.0
    opens: float = 0.0
    leaves: float = inf


@dataclass(slots=True)
class _Habit:
    """How long one service takes: its newest times, oldest first, and the same in order of length."""

    newest: deque[float]
    ordered: list[float]
    hours: dict[int, tuple[float, float]] = field(default_factory=dict)  # hour -> tickets, seconds; both fading
    # Of the longest k: sum and sum of squares; empty when a time was added since.
    _sums: list[tuple[float, float]] = field(default_factory=list)

    @classmethod
    def unseen(cls, usual: float) -> _Habit:
        first = [usual * share for share in UNSEEN]
        return cls(deque(first), first.copy())

    def add(self, seconds: float) -> None:
        if len(self.newest) == SAMPLES:
            oldest = self.newest.popleft()
            del self.ordered[bisect_right(self.ordered, oldest) - 1]
        self.newest.append(seconds)
        insort(self.ordered, seconds)
        self._sums.clear()

    def mean(self) -> float:
        return self._longest(len(self.ordered))[0] / len(self.ordered)

    def variance(self) -> float:
        return self._spread(len(self.ordered))

    def rest(self, elapsed: float, share: float) -> tuple[float, float]:
        """What is left after so long: the time within which this share of those that took longer ended; variance."""
        longer = len(self.ordered) - bisect_right(self.ordered, elapsed)
        if longer < 4:  # One who has been there longer than anybody is about to go, nobody knows when.
            return self.mean() * share, self.mean() ** 2 / 4
        return self.ordered[len(self.ordered) - longer + int(longer * share)] - elapsed, self._spread(longer)

    def _spread(self, longest: int) -> float:
        total, squares = self._longest(longest)
        return max(squares / longest - (total / longest) ** 2, 1.0)

    def _longest(self, count: int) -> tuple[float, float]:
        if not self._sums:
            self._sums = list(accumulate(((s, s * s) for s in reversed(self.ordered)), _both))
        return self._sums[count - 1]


def _both(one: tuple[float, float], two: tuple[float, float]) -> tuple[float, float]:
    return one[0] + two[0], one[1] + two[1]


@dataclass(slots=True)
class Habits:
    """What is known of services and windows. usual: service -> seconds, from the hall's config."""

    usual: Mapping[str, float]
    services: dict[str, _Habit] = field(default_factory=dict)
    windows: dict[int, tuple[float, float]] = field(default_factory=dict)  # taken, expected; both fading

    def learn(self, service: str, window: int, hour: int, seconds: float) -> None:
        """One ticket took this window for so long."""
        habit, expected = self._of(service), self.mean(service, hour)
        habit.add(seconds := max(seconds, 0.0))
        count, total = habit.hours.get(hour, (0.0, 0.0))
        fade = 1 - 1 / SAMPLES
        habit.hours[hour] = (count * fade + 1, total * fade + seconds)
        taken, usual = self.windows.get(window, (0.0, 0.0))
        self.windows[window] = (taken * FADE + seconds, usual * FADE + expected)

    def new_day(self) -> None:
        """Other people may sit at the windows today."""
        self.windows.clear()

    def mean(self, service: str, hour: int) -> float:
        """Seconds a ticket of this service takes a window at this hour."""
        habit = self._of(service)
        count, total = habit.hours.get(hour, (0.0, 0.0))
        return max((total + HOUR_PRIOR * habit.mean()) / (count + HOUR_PRIOR), SHORTEST)

    def variance(self, service: str) -> float:
        """In square seconds."""
        return self._of(service).variance()

    def pace(self, window: int, mean: float) -> float:
        """How many times as long as usual this window takes today."""
        taken, expected = self.windows.get(window, (0.0, 0.0))
        return (taken + WINDOW_PRIOR * mean) / (expected + WINDOW_PRIOR * mean)

    def rest(self, service: str, elapsed: float, share: float = 0.5) -> tuple[float, float]:
        """Seconds until a window that has had this ticket for so long is free, in this share of cases; variance."""
        return self._of(service).rest(elapsed, share)

    def _of(self, service: str) -> _Habit:
        if service not in self.services:
            self.services[service] = _Habit.unseen(self.usual.get(service, 600.0))
        return self.services[service]


def starts(
    queue: Iterable[str], windows: Iterable[Busy], wanted: Iterable[str], habits: Habits, hour: int
) -> dict[str, tuple[float, float] | None]:
    """Service wanted -> mean and variance of the wait of one who comes now, behind the whole `queue`.

    queue: the services of those who wait, in the order in which they will be called. (0.0, 0.0): a window is free.
    None: no window serves it.
    """
    walk = _Walk(tuple(windows), habits, hour)
    walk.call_all(queue)
    return {service: walk.wait(service) for service in wanted}


class _Walk:
    """The windows of one walk: when each is free, and how unsure that is."""

    def __init__(self, desks: Sequence[Busy], habits: Habits, hour: int) -> None:
        self._desks, self._habits, self._hour = desks, habits, hour
        self._free = [desk.opens for desk in desks]
        self._spread = [0.0] * len(desks)
        taken = [n for n, desk in enumerate(desks) if desk.service]
        taken.sort(key=lambda n: habits.rest(desks[n].service, desks[n].elapsed)[0])
        for rank, n in enumerate(taken):
            # Of many windows one is free long before the middle of its time: of n the first within the n-th part.
            share = (rank + 0.5) / len(taken)
            rest, self._spread[n] = habits.rest(desks[n].service, desks[n].elapsed, share)
            self._free[n] = max(rest, desks[n].opens)

    def call_all(self, queue: Iterable[str]) -> None:
        """Everybody in line goes to a window."""
        line: dict[str, deque[int]] = {}
        for place, service in enumerate(queue):
            line.setdefault(service, deque()).append(place)
        free = [(at, n) for n, at in enumerate(self._free)]
        heapq.heapify(free)
        typical = {service: self._habits.mean(service, self._hour) for service in line}
        while free and line:
            at, n = heapq.heappop(free)
            desk = self._desks[n]
            heads = [(line[s][0], s) for s in desk.services if s in line] if at < desk.leaves else []
            if not heads:
                continue
            _, service = min(heads)
            line[service].popleft()
            if not line[service]:
                del line[service]
            mean = typical[service]
            pace = self._habits.pace(desk.window, mean)
            self._spread[n] += self._habits.variance(service) * pace * pace
            self._free[n] = at + mean * pace
            heapq.heappush(free, (self._free[n], n))

    def wait(self, service: str) -> tuple[float, float] | None:
        mine = [n for n, d in enumerate(self._desks) if service in d.services and self._free[n] < d.leaves]
        if not mine:
            return None
        first = min(self._free[n] for n in mine)
        if first == 0.0:
            return 0.0, 0.0
        # Work is shared among the windows that can take it, and so is its uncertainty.
        return first, sum(self._spread[n] for n in mine) / len(mine) ** 2


@dataclass(slots=True)
class Calibration:
    """How far the hall's waits have been from what was promised lately, in units of the walk's own deviation."""

    middle: float = 0.0
    upper: float = Z90

    def promise(self, mean: float, variance: float) -> Wait:
        """From the walk's mean and variance to what can be said."""
        deviation = sqrt(variance)
        median = max(0.0, mean + self.middle * deviation)
        return Wait(median, max(median, mean + self.upper * deviation))

    def learn(self, mean: float, variance: float, waited: float) -> None:
        """A citizen for whom the walk gave this was called after so long."""
        if variance <= 0:
            return
        z = (waited - mean) / sqrt(variance)
        # Each moves towards the quantile that it stands for, by as much as keeps it there on the average.
        self.middle += STEP * (0.5 - (z < self.middle))
        self.upper = max(self.upper + 2 * STEP * (0.9 - (z <= self.upper)), self.middle)
