"""What each order of calling costs whom, on the same simulated days, in the coordinator's own queue (R032, R081).

A day gives who came when, for what, and how long they stayed; one in six has priority. Whom a free window calls is
`HallState.next_for`, as in the hall.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count
from math import inf
from random import Random
from statistics import median
from typing import Final

from device.contract.messages import (
    Envelope,
    Record,
    StaffSignedIn,
    StaffSignedOut,
    TicketCalled,
    TicketIssued,
    TicketServed,
    TicketStarted,
    Words,
)
from device.hall.discipline import Discipline, Klass, Policy
from device.hall.floor import Desk
from device.hall.numbers import printed
from device.hall.state import HallState
from device.moment import instant
from tests.report.hall_days import FIRST_DAY, PLAN, SERIES, SHIFTS, shift
from tests.report.queue_days import HOURS, WINDOWS, Day, Kind, Visit, day

PRIORITY: Final = "elderly"
SHARE: Final = 1 / 6  # of all who come have priority
CLASSES: Final = {PRIORITY: Klass(PRIORITY, Words(""), rank=2, share=2)}
POLICIES: Final[tuple[Policy, ...]] = ("strict", "weighted", "alternating")
BOUNDS: Final = (15.0, 30.0, 60.0, inf)  # minutes
UNBOUND: Final = 30.0  # after so long it is counted how many are overtaken where there is no bound
KINDS: Final[tuple[Kind, ...]] = ("ordinary", "surge")


@dataclass(frozen=True, slots=True)
class Waited:
    """One visitor, in minutes since opening."""

    klass: str
    group: int
    came: float
    called: float

    @property
    def wait(self) -> float:
        return self.called - self.came


@dataclass(slots=True)
class _Run:
    """One day under one discipline."""

    rules: Discipline
    hall: HallState = field(init=False)
    free: dict[int, set[int]] = field(default_factory=lambda: {group: set() for group in WINDOWS})
    shift: int = 0
    minute: float = 0.0
    ids: count[int] = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self.hall = HallState("coordinator", replace(PLAN, discipline=self.rules), {}, day=FIRST_DAY.date().isoformat())
        for desk in self.hall.floor.desks.values():
            desk.alive = True

    def live(self, visits: Sequence[Visit], klasses: Sequence[str]) -> list[Waited]:
        """Everybody, in the order in which they were called."""
        due: list[tuple[float, int, int]] = [(HOURS * 15.0 * n, 0, n) for n in range(SHIFTS)]  # 0: a shift begins
        due += [(visit.came, 2, n) for n, visit in enumerate(visits)]
        heapq.heapify(due)
        tickets = _tickets(visits)
        numbers = {ticket: n for n, ticket in enumerate(tickets)}
        called: list[Waited] = []
        while due:
            self.minute, what, n = heapq.heappop(due)
            if what == 0:
                self._change(n)
            elif what == 1:
                self._leave(n)
            else:
                self._issue(n, tickets[n], visits[n].service, klasses[n])
            for ticket, window in self._call():
                visit = visits[number := numbers[ticket]]
                called.append(Waited(klasses[number], visit.group, visit.came, self.minute))
                heapq.heappush(due, (self.minute + visit.done - visit.called, 1, window))
        return called

    def _issue(self, n: int, ticket: str, service: str, klass: str) -> None:
        record = TicketIssued(f"{n:036d}", ticket, ticket[9:], self.hall.day, service, "online", klass=klass)
        self._apply("kiosk-1", record)

    def _change(self, number: int) -> None:
        self.shift = number
        for group in WINDOWS:
            for window in self.free[group]:
                self._apply(f"window-{window}", StaffSignedOut(window, str(window)))
            self.free[group] = set(shift(number, group))
            for window in self.free[group]:
                self._apply(f"window-{window}", StaffSignedIn(window, str(window), "online"))

    def _leave(self, window: int) -> None:
        desk = self.hall.floor.desks[window]
        at = instant(FIRST_DAY + timedelta(minutes=self.minute))
        self._apply(f"window-{window}", TicketServed(desk.ticket, desk.service, window, desk.staff, at))
        group = next((group for group in WINDOWS if window in shift(self.shift, group)), 0)
        if group:
            self.free[group].add(window)
        else:
            self._apply(f"window-{window}", StaffSignedOut(window, str(window)))

    def _call(self) -> Iterable[tuple[str, int]]:
        for group, windows in self.free.items():
            for window in sorted(windows):
                desk = self.hall.floor.desks[window]
                ticket = self._call_to(desk)
                if not ticket:
                    break  # every window of the group calls from the same lines
                self.free[group].remove(window)
                yield ticket, window

    def _call_to(self, desk: Desk) -> str:
        card = self.hall.next_for(desk, (FIRST_DAY + timedelta(minutes=self.minute)).timestamp())
        if card is None:
            return ""
        self._apply("coordinator", TicketCalled(card.ticket, card.service, desk.window, desk.staff, "system"))
        self._apply(f"window-{desk.window}", TicketStarted(card.ticket, card.service, desk.window, desk.staff))
        return card.ticket

    def _apply(self, device: str, record: Record) -> None:
        at = instant(FIRST_DAY + timedelta(minutes=self.minute))
        self.hall.apply(Envelope(f"{next(self.ids):036d}", at, "synced", device), record)


def _tickets(visits: Sequence[Visit]) -> list[str]:
    given, tickets = dict.fromkeys(SERIES, 0), []
    for visit in visits:
        given[visit.service] += 1
        tickets.append(f"{FIRST_DAY:%Y%m%d}-{printed(SERIES[visit.service], given[visit.service])}")
    return tickets


def lived(made: Day, rules: Discipline, seed: int) -> list[Waited]:
    """This day under these rules; who has priority depends on the seed alone."""
    lot = Random(seed)
    klasses = [PRIORITY if lot.random() < SHARE else "" for _ in made.visits]
    return _Run(rules).live(made.visits, klasses)


def overtaken(waits: Sequence[Waited], after: float) -> int:
    """How many were overtaken by somebody who came later, although they had waited so long already. In call order."""
    found = 0
    for n, one in enumerate(waits):
        ripe = one.came + after
        found += any(other.group == one.group and other.came > one.came and other.called >= ripe for other in waits[:n])
    return found


@dataclass(frozen=True, slots=True)
class Figures:
    """Waits in minutes: median, p95, longest."""

    median: float
    p95: float
    longest: float

    @classmethod
    def of(cls, waits: Iterable[float]) -> Figures:
        ordered = sorted(waits)
        return cls(median(ordered), ordered[len(ordered) * 95 // 100], ordered[-1])


@dataclass(frozen=True, slots=True)
class Row:
    """One policy on one kind of day. bound: minutes; overtaken: visitors after the bound."""

    kind: Kind
    policy: Policy
    bound: float
    ordinary: Figures
    priority: Figures
    overtaken: int


def rules_of(policy: Policy, bound: float) -> Discipline:
    """The hall's rules with this policy and bound."""
    return Discipline(policy, ageing=bound * 60, classes=CLASSES)


def compare(days: int, seed: int, say: Callable[[str], None] = lambda _: None) -> list[Row]:
    """Every policy and bound on the same days."""
    rows = []
    for kind in KINDS:
        made = [(day(kind, seed + n), seed + n) for n in range(days)]
        for policy, bound in (("fcfs", inf), *((p, b) for p in POLICIES for b in BOUNDS)):
            each = [lived(one, rules_of(policy, bound), n) for one, n in made]
            waits = [one for day_waits in each for one in day_waits]
            late = sum(overtaken(one, UNBOUND if bound == inf else bound) for one in each)
            ordinary, priority = (
                Figures.of(w.wait for w in waits if (w.klass == PRIORITY) == first) for first in (False, True)
            )
            rows.append(Row(kind, policy, bound, ordinary, priority, late))
        say(f"policies, {kind}: {len(made)} days")
    return rows


def table(rows: Iterable[Row]) -> list[str]:
    """As Markdown."""
    lines = [
        "| day | policy | bound | ordinary: median | p95 | longest | priority: median | p95 | longest | overtaken |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        bound = "none" if row.bound == inf else f"{row.bound:.0f} min"
        figures = " | ".join(
            f"{minutes:.1f}" for f in (row.ordinary, row.priority) for minutes in (f.median, f.p95, f.longest)
        )
        lines.append(f"| {row.kind} | {row.policy} | {bound} | {figures} | {row.overtaken} |")
    return lines


def starves_nobody(rows: Iterable[Row]) -> bool:
    """Whether a bound keeps its word: after it nobody is overtaken."""
    return all(row.overtaken == 0 for row in rows if row.bound != inf or row.policy == "fcfs")
