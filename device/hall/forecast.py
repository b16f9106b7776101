"""How long a citizen will wait: a median, and a bound that holds nine times in ten (R242, S12). Nothing drawn by lot.

1. `Habits` learn from what happened: how long one ticket of a service takes a window, from its call until the window is
   free again (a no-show takes little, and counts too), how that changes with the hour, how quick each window is today.
2. `starts` walks through the queue as it stands: whoever is next goes to the window that is free first and serves them.
   One walk gives the wait of a new ticket of every service.
3. `Calibration` learns from each wait that was promised and then happened, so that the bound keeps its word on days
   unlike those it was learned from (adaptive conformal inference: Gibbs and Candes, 2021). It learns from what was
   said, rounded as it was said.

All times are seconds. From the hall's state to these: `promise`; from its book: `waits`.
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


@dataclass(frozen=True, slots=True)
class Ahead:
    """One who waits and will be called before whoever asks. only: the one window that may call them, 0: any.

    due: an appointment that nobody calls before then, from now, and that comes first afterwards; None for others.
    """

    service: str
    only: int = 0
    due: float | None = None

    @property
    def line(self) -> str | int:
        """In which line they stand."""
        return self.only or self.service


@dataclass(slots=True)
class Habit:
    """How long one service takes: its newest times, oldest first, and the same in order of length."""

    newest: deque[float]
    ordered: list[float]
    hours: dict[int, tuple[float, float]] = field(default_factory=dict)  # hour -> tickets, seconds; both fading
    # Of the longest k: sum and sum of squares; empty when a time was added since.
    _sums: list[tuple[float, float]] = field(default_factory=list, compare=False, repr=False)

    @classmethod
    def unseen(cls, usual: float) -> Habit:
        """Of which nothing was seen yet; usual: as the config says, in seconds."""
        first = [usual * share for share in UNSEEN]
        return cls(deque(first), first.copy())

    @classmethod
    def known(cls, newest: list[float], hours: dict[int, tuple[float, float]]) -> Habit:
        """As it was learned before."""
        return cls(deque(newest), sorted(newest), hours)

    def add(self, seconds: float) -> None:
        """One more took so long; of too many the oldest goes."""
        if len(self.newest) == SAMPLES:
            oldest = self.newest.popleft()
            del self.ordered[bisect_right(self.ordered, oldest) - 1]
        self.newest.append(seconds)
        insort(self.ordered, seconds)
        self._sums.clear()

    def mean(self) -> float:
        """Seconds."""
        return self._longest(len(self.ordered))[0] / len(self.ordered)

    def variance(self) -> float:
        """Square seconds."""
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
    services: dict[str, Habit] = field(default_factory=dict)
    windows: dict[int, tuple[float, float]] = field(default_factory=dict)  # taken, expected; both fading

    def learn(self, service: str, window: int, hour: int, seconds: float) -> None:
        """One ticket took this window for so long."""
        habit, expected = self.of(service), self.mean(service, hour)
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
        habit = self.of(service)
        count, total = habit.hours.get(hour, (0.0, 0.0))
        return max((total + HOUR_PRIOR * habit.mean()) / (count + HOUR_PRIOR), SHORTEST)

    def variance(self, service: str) -> float:
        """In square seconds."""
        return self.of(service).variance()

    def pace(self, window: int, mean: float) -> float:
        """How many times as long as usual this window takes today."""
        taken, expected = self.windows.get(window, (0.0, 0.0))
        return (taken + WINDOW_PRIOR * mean) / (expected + WINDOW_PRIOR * mean)

    def rest(self, service: str, elapsed: float, share: float = 0.5) -> tuple[float, float]:
        """Seconds until a window that has had this ticket for so long is free, in this share of cases; variance."""
        return self.of(service).rest(elapsed, share)

    def of(self, service: str) -> Habit:
        """What is known of this service."""
        if service not in self.services:
            self.services[service] = Habit.unseen(self.usual.get(service, 600.0))
        return self.services[service]


def starts(
    queue: Iterable[Ahead], windows: Iterable[Busy], wanted: Iterable[str], habits: Habits, hour: int
) -> dict[str, tuple[float, float] | None]:
    """Service wanted -> mean and variance of the wait of one who comes now, behind the whole `queue`.

    queue: who waits, in the order in which they will be called. (0.0, 0.0): a window is free. None: no window serves.
    """
    walk = _Walk(tuple(windows), habits, hour)
    walk.call_all(queue)
    return {service: walk.wait(service) for service in wanted}


class _Lines:
    """Who waits in one walk, each in their line, appointments in lines of their own."""

    def __init__(self, queue: Iterable[Ahead]) -> None:
        self._line: dict[str | int, deque[tuple[float, str]]] = {}
        self._booked: dict[str | int, deque[tuple[float, str]]] = {}
        booked = []
        for place, one in enumerate(queue):
            if one.due is None:
                self._line.setdefault(one.line, deque()).append((place, one.service))
            else:
                booked.append((one.due, place, one))
        for due, _, one in sorted(booked, key=lambda b: b[:2]):
            self._booked.setdefault(one.line, deque()).append((due, one.service))

    def __bool__(self) -> bool:
        return bool(self._line or self._booked)

    def next_for(self, lines: Iterable[str | int], at: float) -> str:
        """The service of whom a window calls then: whoever is due, else the first in line; "" if there is nobody."""
        due = [(self._booked[x][0], x) for x in lines if x in self._booked and self._booked[x][0][0] <= at]
        return self._take(self._booked, due) or self._take(
            self._line, [(self._line[x][0], x) for x in lines if x in self._line]
        )

    @staticmethod
    def _take(
        lines: dict[str | int, deque[tuple[float, str]]], heads: list[tuple[tuple[float, str], str | int]]
    ) -> str:
        if not heads:
            return ""
        (_, service), line = min(heads, key=lambda head: head[0])
        lines[line].popleft()
        if not lines[line]:
            del lines[line]
        return service


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

    def call_all(self, queue: Iterable[Ahead]) -> None:
        """Everybody in line goes to a window."""
        lines = _Lines(queue)
        free = [(at, n) for n, at in enumerate(self._free)]
        heapq.heapify(free)
        usual: dict[str, tuple[float, float]] = {}  # service -> mean, variance
        while free and lines:
            at, n = heapq.heappop(free)
            desk = self._desks[n]
            service = lines.next_for((*desk.services, desk.window), at) if at < desk.leaves else ""
            if not service:
                continue
            if service not in usual:
                usual[service] = self._habits.mean(service, self._hour), self._habits.variance(service)
            mean, variance = usual[service]
            pace = self._habits.pace(desk.window, mean)
            self._spread[n] += variance * pace * pace
            self._free[n] = at + mean * pace
            heapq.heappush(free, (self._free[n], n))

    def wait(self, service: str) -> tuple[float, float] | None:
        mine = [n for n, d in enumerate(self._desks) if service in d.services and self._free[n] < d.leaves]
        if not mine:
            return None
        first = min(self._free[n] for n in mine)
        if first == 0.0:
            return 0.0, 0.0
        # Work is shared among the windows that can take it by then, and so is its uncertainty.
        spread = [self._spread[n] for n in mine if self._desks[n].opens <= first]
        return first, sum(spread) / len(spread) ** 2


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

    def learn(self, told: Wait, waited: float) -> None:
        """Who was told this was called after so long. Who was told that a window is free teaches nothing."""
        if told.bound <= 0:
            return
        # Each moves towards the quantile that it stands for, by as much as keeps it there on the average.
        self.middle += STEP * (0.5 - (waited < told.median))
        self.upper = max(self.upper + 2 * STEP * (0.9 - (waited <= told.bound)), self.middle)
