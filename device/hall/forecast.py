"""How long a citizen will wait: a median, and a bound that holds nine times in ten (R242, S12). Nothing drawn by lot.

1. `Habits` learn from what happened: how long one ticket of a service takes a window, from its call until the window is
   free again (a no-show takes little, and counts too), how that changes with the hour, how quick each window is today.
2. `Calibration` learns from each wait that was promised and then happened, so that the bound keeps its word on days
   unlike those it was learned from (adaptive conformal inference: Gibbs and Candes, 2021). It learns from what was
   said, rounded as it was said.

Between the two, from habits to a wait, is the `walk`. All times are seconds. From the hall's state to these: `promise`;
from its book: `waits`.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import accumulate
from math import sqrt
from typing import Final

SAMPLES: Final = 200  # of one service, the newest: weeks for a rare one, a day for a busy one
# Before anything was seen: the configured time in these shares, the deciles of a gamma distribution of deviation 0.6.
UNSEEN: Final = (0.28, 0.46, 0.61, 0.76, 0.92, 1.11, 1.37, 1.80)
HOUR_PRIOR: Final = 12.0  # tickets of one hour weigh against the whole day like so many
WINDOW_PRIOR: Final = 8.0  # and those of one window
FADE: Final = 0.85  # what a window's last ticket counts for after one more
SHORTEST: Final = 5.0
UNKNOWN: Final = 600.0  # a service nobody has configured
Z90: Final = 1.2816  # of the normal distribution
STEP: Final = 0.04  # of the calibration, in units of z


@dataclass(frozen=True, slots=True)
class Wait:
    """What can be promised: half of all waits are shorter than `median`, nine of ten shorter than `bound`."""

    median: float
    bound: float


@dataclass(slots=True)
class Habit:
    """How long one service takes: its newest times, oldest first, and the same in order of length."""

    newest: deque[float]
    ordered: list[float]
    hours: dict[int, tuple[float, float]] = field(default_factory=dict)  # hour -> tickets, seconds; both fading
    # Of all, and of the longest k sum and sum of squares; empty when a time was added since. A replay of the book asks
    # for the mean alone after every time.
    _mean: float = field(default=0.0, compare=False, repr=False)
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
        self._mean = 0.0
        self._sums.clear()

    def mean(self) -> float:
        """Seconds."""
        self._mean = self._mean or sum(self.ordered) / len(self.ordered)
        return self._mean

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

    def __post_init__(self) -> None:
        self.services = {service: Habit.unseen(usual) for service, usual in self.usual.items()} | self.services

    def learn(self, service: str, window: int, hour: int, seconds: float) -> None:
        """One ticket took this window for so long."""
        habit, expected = self.services.setdefault(service, self.of(service)), self.mean(service, hour)
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
        """What is known of this service; looking changes nothing."""
        return self.services.get(service) or Habit.unseen(UNKNOWN)


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
