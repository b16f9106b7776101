"""When the fewest people come: the hour for what cannot be done beside them, in a hall that has no night (R223)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

DAYS = 28  # looked back on: whole weeks


def hourly(came: Iterable[datetime], days: int) -> tuple[float, ...]:
    """People who come in each hour of the day, a mean of so many days. came: when numbers were taken, hall time."""
    counted = Counter(at.hour for at in came)
    return tuple(counted[hour] / days for hour in range(24))


def quietest(people: Sequence[float]) -> int:
    """The hour with the fewest people; of equals the one with the fewest before and after it, then the earliest."""
    return min(range(24), key=lambda hour: (people[hour], people[hour - 1] + people[(hour + 1) % 24], hour))
