"""Who is called next for each service, so that they can get ready. Rules:

1. Only numbers that the hall's order really calls next as things stand now: nobody for a service that no window serves,
   no appointment before its time, none that one window alone may call, none who needs a skill that not all have.
2. Where windows take turns between classes, each has turns of its own: only what all of them agree on is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import Final

from device.hall.discipline import Discipline, Head, choose
from device.hall.floor import Desk
from device.hall.state import HallState
from device.moment import Moment

SHOWN: Final = 3
ANEW: Final = 10.0  # seconds after which the same hall is looked at again
OWN_TURNS: Final = ("weighted", "alternating")  # policies that look at what a window called last


def all_following(hall: HallState, moment: Moment) -> dict[str, tuple[str, ...]]:
    """Of every service. Worked out anew when something happened, or some seconds went by: asked for at every event."""
    alive = tuple(desk.alive for desk in hall.floor.desks.values())
    key = (hall.waits.stirred, len(hall.queue.by["waiting"]), alive, hall.day, moment.mono // ANEW)
    if hall.nexts is None or hall.nexts[0] != key:
        now = moment.wall.timestamp()
        hall.nexts = key, {service: following(hall, service, now) for service in hall.plan.services}
    return hall.nexts[1]


def following(hall: HallState, service: str, now: float) -> tuple[str, ...]:
    """Numbers, the next one first. now: seconds since the epoch."""
    lanes = hall.queue.lanes
    desks = [desk for desk in hall.floor.desks.values() if desk.serves(service)] if lanes.count(service) else []
    if not desks:
        return ()

    def by_any(_service: str, need: str) -> bool:
        return not need or len({need in hall.skills_of(desk.staff) for desk in desks}) == 1

    lines = lanes.first(service, SHOWN, by_any)
    rules = hall.plan.discipline
    if rules.policy not in OWN_TURNS:
        return _numbers(_in_order(lines, rules, (), now))
    orders = [_numbers(_in_order(lines, rules, _recent(hall, desk), now)) for desk in desks]
    agreed = takewhile(lambda numbers: len(set(numbers)) == 1, zip(*orders, strict=False))
    return tuple(numbers[0] for numbers in agreed)


def _recent(hall: HallState, desk: Desk) -> Sequence[str]:
    return list(hall.queue.recent.get(desk.window, ()))


def _in_order(lines: list[list[Head]], rules: Discipline, recent: Sequence[str], now: float) -> list[Head]:
    """The first few of these lines as one window would call them one after the other."""
    left, called, found = [line.copy() for line in lines], list(recent), list[Head]()
    while len(found) < SHOWN and (head := choose([line[0] for line in left if line], rules, called, now)):
        next(line for line in left if line and line[0] is head).pop(0)
        called.append(head.klass)
        found.append(head)
    return found


def _numbers(heads: list[Head]) -> tuple[str, ...]:
    return tuple(head.ticket[9:] for head in heads)
