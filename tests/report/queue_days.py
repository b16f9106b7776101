"""A hall's days made by an independent queue simulator (ciw), as a list of what happened when.

General windows, six to ten of them, take whoever is next: to pay (about 4 minutes), for social insurance (8) or for a
permit (20). Three to five others take estates (15). some 600
visitors a day, more in the middle of the morning; services take longer after noon; one in twelve does not come when
called. Three kinds of day are unlike those from which anything was learned: a surge, one window twice as slow, and a
morning on which every third visitor leaves without a word.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Final, Literal

import ciw

HOURS: Final = 8
GROUPS: Final[dict[str, tuple[str, ...]]] = {"general": ("pay", "social", "permit"), "estate": ("estate",)}
SERVICES: Final = tuple(service for group in GROUPS.values() for service in group)
NODE: Final = {service: n for n, group in enumerate(GROUPS.values(), 1) for service in group}
MINUTES: Final = {"pay": 4.0, "social": 8.0, "permit": 20.0, "estate": 15.0}
WINDOWS: Final = {1: (8, 10, 6, 9), 2: (4, 5, 3, 4)}  # in each quarter of the day; fewer at noon
HOURLY: Final = (
    68.0,
    92.0,
    88.0,
    48.0,
    32.0,
    68.0,
    64.0,
    28.0,
)  # visitors; a fifth as many more for estates
NO_SHOW_MINUTES: Final = 1.5
LATE: Final = 10_000.0  # minutes; the last shift stays until everybody has been served

Kind = Literal["ordinary", "surge", "slow window", "no-shows"]
KINDS: Final[tuple[Kind, ...]] = ("ordinary", "surge", "slow window", "no-shows")


@dataclass(frozen=True, slots=True)
class Visit:
    """One visitor: minutes since opening. window: of the group and the quarter of the day in which it was manned."""

    service: str
    group: int
    window: int
    came: float
    called: float
    done: float


@dataclass(frozen=True, slots=True)
class Day:
    """One day of one kind, in order of arrival."""

    kind: Kind
    visits: tuple[Visit, ...]

    @staticmethod
    def windows(group: int, minute: float) -> int:
        """How many windows of the group are manned."""
        return WINDOWS[group][quarter(minute)]


def quarter(minute: float) -> int:
    """In which quarter of the day this is; the last one does not end."""
    return min(int(minute // (HOURS * 15)), 3)


def quarter_ends(minute: float) -> float:
    """The minute at which it does."""
    return (quarter(minute) + 1) * HOURS * 15.0 if quarter(minute) < 3 else LATE


class _Arrivals(ciw.dists.Distribution):  # type: ignore[misc]  # ciw has no types
    """So many an hour, changing with the hour, none after closing."""

    def __init__(self, share: float, busy: Callable[[int], float]) -> None:
        self._share, self._busy = share, busy

    def sample(self, t: float | None = None, ind: Any = None) -> float:
        now = at = t or 0.0
        while at < HOURS * 60:
            hour = int(at // 60)
            rate = HOURLY[hour] * self._share * self._busy(hour) / 60
            at += ciw.rng.exponential(1 / rate)
            if at < (hour + 1) * 60:
                return float(at - now)
            at = (hour + 1) * 60.0
        return float("inf")

    def _sample(self, t: float | None = None, ind: Any = None) -> float:
        return self.sample(t, ind)


class _Stay(ciw.dists.Distribution):  # type: ignore[misc]  # as above
    """How long a window is taken by one ticket."""

    def __init__(self, minutes: float, gone: float, slow: int) -> None:
        self._minutes, self._gone, self._slow = minutes, gone, slow

    def sample(self, t: float | None = None, ind: Any = None) -> float:
        if ciw.rng.random() < self._gone:
            return NO_SHOW_MINUTES
        minutes = self._minutes * (1.2 if (t or 0.0) > HOURS * 30 else 1.0)
        minutes *= 2.0 if self._slow and ind.server.id_number == self._slow else 1.0
        return float(minutes * ciw.rng.lognormal(-0.1, 0.45))


def day(kind: Kind, seed: int) -> Day:
    """One day; the same for the same seed."""
    ciw.seed(seed)
    surge = {2: 1.5, 3: 1.8} if kind == "surge" else {}

    def busy(hour: int) -> float:
        return surge.get(hour, 1.0)

    gone = 0.33 if kind == "no-shows" else 1 / 12
    # The slow one's window is manned by the third person of the first shift at the front.
    slow = {1: 3 if kind == "slow window" else 0, 2: 0}
    shares = {"pay": 0.5, "social": 0.35, "permit": 0.15, "estate": 0.2}
    ends = list(accumulate([HOURS * 15] * 4))
    nodes = tuple(WINDOWS)
    network = ciw.create_network(
        arrival_distributions={
            s: [_Arrivals(shares[s], busy) if NODE[s] == n else None for n in nodes] for s in SERVICES
        },
        service_distributions={s: [_Stay(MINUTES[s], gone, slow[n]) for n in nodes] for s in SERVICES},
        number_of_servers=[
            ciw.Schedule(numbers_of_servers=[*WINDOWS[n], WINDOWS[n][-1]], shift_end_dates=[*ends, LATE]) for n in nodes
        ],
        routing={s: [[0.0, 0.0], [0.0, 0.0]] for s in SERVICES},
    )
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_time(HOURS * 60 * 2.5)
    records = sorted(simulation.get_all_records(only=["service"]), key=lambda r: r.arrival_date)
    return Day(
        kind,
        tuple(
            Visit(r.customer_class, r.node, r.server_id, r.arrival_date, r.service_start_date, r.service_end_date)
            for r in records
        ),
    )
