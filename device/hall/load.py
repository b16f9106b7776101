"""Long queues: which window could take a service over, and how long an item may take (R031, R063, R078, R082, R084)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from device.hall.plan import Service

if TYPE_CHECKING:
    from device.hall.state import HallState


def proposal(hall: HallState, service: str) -> int:
    """The open window with the least to do that could serve this too; 0 if there is none (R031)."""
    able = [
        (sum(hall.queue.lanes.count(s) for s in desk.services), desk.window)
        for desk in hall.floor.desks.values()
        if desk.alive
        and desk.state in ("open", "calling", "serving")
        and service in hall.plan.windows[desk.window].also
        and service not in desk.services
    ]
    return min(able, default=(0, 0))[1]


def limit_minutes(service: Service | None, size: str = "") -> int:
    """How long one item of this service may take, by its size class if it has one; 0: as long as it takes (R078)."""
    return service.sizes.get(size, service.limit) if service else 0


def net_seconds(began: datetime, ended: datetime, excluded: Iterable[tuple[datetime, datetime]]) -> float:
    """How long a service took without what does not count: faults, power cuts, its own suspension (R082)."""
    at, total = began, (ended - began).total_seconds()
    for begin, end in sorted(excluded):
        start, stop = max(begin, at), min(end, ended)
        if start < stop:
            total -= (stop - start).total_seconds()
            at = stop
    return total
