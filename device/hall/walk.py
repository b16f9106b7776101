"""A walk through the queue as it stands: whoever is next goes to the window that is free first, and is served there.

One walk gives the wait of a new ticket of every service (R242). All times are seconds, from now.
"""

from __future__ import annotations

import heapq
from collections import Counter, deque
from collections.abc import Iterable, Sequence
from math import inf
from typing import Final, NamedTuple

from device.hall.forecast import Habits

WALKED: Final = 200  # people ahead who are led to a window one by one
Line = str | int | tuple[str, str]  # in which people stand: of a service, of one window, of a service and a skill


class Busy(NamedTuple):
    """One window as the walk finds it. service, elapsed: whom it has called and how long ago; "" if it is free.

    opens, leaves: from when and until when it calls anybody, from now; somebody called before it leaves is served.
    skills: languages and sign language that are spoken there.
    """

    window: int
    services: frozenset[str]
    service: str = ""
    elapsed: float = 0.0
    opens: float = 0.0
    leaves: float = inf
    skills: frozenset[str] = frozenset()

    def lines(self) -> tuple[Line, ...]:
        """From which lines it calls."""
        return (*self.services, self.window, *((service, one) for service in self.services for one in self.skills))

    def takes(self, service: str, need: str) -> bool:
        """Whether it calls somebody who wants this and needs that skill; "": none."""
        return service in self.services and (not need or need in self.skills)


class Ahead(NamedTuple):
    """One who waits and will be called before whoever asks. only: the one window that may call them, 0: any.

    due: an appointment that nobody calls before then, from now, and that comes first afterwards; None for others.
    need: a skill without which no window calls them; "": none.
    """

    service: str
    only: int = 0
    due: float | None = None
    need: str = ""

    @property
    def target(self) -> str | int:
        """For what they wait: one window, or a service."""
        return self.only or self.service

    @property
    def line(self) -> Line:
        """In which line they stand."""
        return (self.service, self.need) if self.need and not self.only else self.target


def starts(
    queue: Iterable[Ahead], windows: Iterable[Busy], wanted: Iterable[str], habits: Habits, hour: int, need: str = ""
) -> dict[str, tuple[float, float] | None]:
    """Service wanted -> mean and variance of the wait of one who comes now, behind the whole `queue`.

    queue: who waits, in the order in which they will be called. (0.0, 0.0): a window is free. None: no window serves.
    need: the skill that whoever comes now asks for.
    """
    walk = _Walk(tuple(windows), habits, hour)
    walk.call_all(queue)
    return {service: walk.wait(service, need) for service in wanted}


class _Lines:
    """Who waits in one walk, each in their line, appointments in lines of their own."""

    def __init__(self, queue: Iterable[Ahead]) -> None:
        self._line: dict[Line, deque[tuple[float, str]]] = {}
        self._booked: dict[Line, deque[tuple[float, str]]] = {}
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

    def next_for(self, lines: Iterable[Line], at: float) -> str:
        """The service of whom a window calls then: whoever is due, else the first in line; "" if there is nobody."""
        due = [(self._booked[x][0], x) for x in lines if x in self._booked and self._booked[x][0][0] <= at]
        return self._take(self._booked, due) or self._take(
            self._line, [(self._line[x][0], x) for x in lines if x in self._line]
        )

    @staticmethod
    def _take(lines: dict[Line, deque[tuple[float, str]]], heads: list[tuple[tuple[float, str], Line]]) -> str:
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
        self._far: Counter[str] = Counter()
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
        """Everybody in line goes to a window; of a very long line the end is only counted."""
        line = list(queue)
        self._far = Counter(one.service for one in line[WALKED:] if not one.only)
        lines = _Lines(line[:WALKED])
        free = [(at, n) for n, at in enumerate(self._free)]
        heapq.heapify(free)
        usual: dict[str, tuple[float, float]] = {}  # service -> mean, variance
        calls = [desk.lines() for desk in self._desks]
        while free and lines:
            at, n = heapq.heappop(free)
            desk = self._desks[n]
            service = lines.next_for(calls[n], at) if at < desk.leaves else ""
            if not service:
                continue
            if service not in usual:
                usual[service] = self._habits.mean(service, self._hour), self._habits.variance(service)
            mean, variance = usual[service]
            pace = self._habits.pace(desk.window, mean)
            self._spread[n] += variance * pace * pace
            self._free[n] = at + mean * pace
            heapq.heappush(free, (self._free[n], n))

    def wait(self, service: str, need: str) -> tuple[float, float] | None:
        mine = [n for n, d in enumerate(self._desks) if d.takes(service, need) and self._free[n] < d.leaves]
        if not mine:
            return None
        first = min(self._free[n] for n in mine)
        if first == 0.0:
            return 0.0, 0.0
        # Work is shared among the windows that can take it by then, and so is its uncertainty.
        spread = [self._spread[n] for n in mine if self._desks[n].opens <= first]
        work, doubt = self._behind(mine)
        return first + work / len(spread), (sum(spread) + doubt) / len(spread) ** 2

    def _behind(self, mine: Sequence[int]) -> tuple[float, float]:
        """Seconds of work, and their variance, that those leave to these windows who were only counted."""
        work = doubt = 0.0
        for service, count in self._far.items():
            able = [n for n, desk in enumerate(self._desks) if service in desk.services]
            share = count * sum(n in able for n in mine) / len(able) if able else 0.0
            work += share * self._habits.mean(service, self._hour)
            doubt += share * self._habits.variance(service)
        return work, doubt
