"""What a citizen may be told of the wait, from the hall as it stands (R242, R243). Rules:

1. Whoever the hall's order calls before them is ahead of them, and nobody else: a priority ticket waits for fewer.
2. Windows count as they are: taken, free, away until a time, closed by plan from a time. Nothing is promised where no
   window serves, without a clock that is right, or for an appointment, which has its time. Who needs a language or sign
   language waits for the windows where it is spoken, if it is anywhere.
3. Minutes are said as people say them: in fives from twenty on, in tens from sixty on. The middle goes to the nearest,
   the bound up. Zero is said only where a window is free.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import takewhile
from math import ceil, inf
from typing import Final

from device.hall.discipline import Head, in_turn
from device.hall.floor import Desk
from device.hall.forecast import Wait
from device.hall.queue import Card
from device.hall.state import HallState
from device.hall.waits import Said
from device.hall.walk import Ahead, Busy, starts
from device.moment import Moment

ANEW: Final = 10.0  # seconds after which the same hall is looked at again
HORIZON: Final = 3 * 3600.0  # a window that opens later than that in seconds helps nobody who waits now
AT_LEAST: Final = 60.0  # seconds until somebody is back who is late


def comes_now(klass: str, moment: Moment) -> Head:
    """One who comes now, last of all who are here."""
    return Head("", (moment.wall.timestamp(), inf), klass)


def newcomer(hall: HallState, service: str, klass: str, moment: Moment, need: str = "") -> Said:
    """Of one who comes now; need: the skill they ask for."""
    line = _ahead_of(hall, comes_now(klass, moment), moment)
    return _said(hall, (service,), klass, line, moment, need=_asked(hall, service, need))[service]


def everybody(hall: HallState, moment: Moment) -> dict[str, Said]:
    """Of one who comes now without priority, for each service: one walk for all.

    Worked out anew when something happened that matters, or some seconds went by: it is asked for at every event.
    """
    alive = tuple(desk.alive for desk in hall.floor.desks.values())
    key = (hall.waits.stirred, hall.day, alive, moment.clock, moment.mono // ANEW)
    if hall.shown is None or hall.shown[0] != key:
        hall.shown = key, _everybody(hall, moment)
    return hall.shown[1]


def _everybody(hall: HallState, moment: Moment) -> dict[str, Said]:
    return _said(hall, hall.plan.services, "", _ahead_of(hall, comes_now("", moment), moment), moment)


def people_ahead(hall: HallState, who: Card | Head, service: str, moment: Moment) -> int:
    """How many of this service are called before: of a card that waits, or of one who comes now."""
    head = Head(who.ticket, who.place, who.klass, who.slot)
    return len(list(_before(hall, head, moment, service)))


def waiting(hall: HallState, card: Card, moment: Moment) -> Said:
    """Of one who waits already, also for one window alone."""
    line = _ahead_of(hall, Head(card.ticket, card.place, card.klass, card.slot), moment)
    if card.slot or card.service not in hall.plan.services:
        return Said(sum(one.target == (card.only or card.service) for one in line))
    need = "" if card.only else _asked(hall, card.service, card.need)
    return _said(hall, (card.service,), card.klass, line, moment, card.only, need)[card.service]


def said(wait: Wait) -> tuple[int, int]:
    """Minutes of the middle and of the bound."""
    if wait.bound <= 0:
        return 0, 0
    middle, bound = wait.median / 60, wait.bound / 60
    most = max(1, ceil(bound / _step(bound)) * _step(bound))
    return min(most, max(1, round(middle / _step(middle)) * _step(middle))), most


def _step(minutes: float) -> int:
    return 1 if minutes < 20 else 5 if minutes < 60 else 10


def _said(
    hall: HallState,
    services: Collection[str],
    klass: str,
    line: Sequence[Ahead],
    moment: Moment,
    only: int = 0,
    need: str = "",
) -> dict[str, Said]:
    counts = Counter(one.target for one in line)
    if moment.clock != "synced":
        return {service: Said(counts[only or service]) for service in services}
    desks = [desk for desk in _desks(hall, moment.wall) if only in (0, desk.window)]
    found = starts(line, desks, services, hall.waits.habits, moment.wall.hour, need)
    told = {}
    for service, walked in found.items():
        wait = hall.waits.calibration((service, klass)).promise(*walked) if walked else Wait(0.0, 0.0)
        told[service] = Said(counts[only or service], *said(wait))
    return told


def _ahead_of(hall: HallState, who: Head, moment: Moment) -> list[Ahead]:
    """Who will be called before, in order."""
    early, now, cards = hall.plan.discipline.early, moment.wall.timestamp(), hall.queue.cards
    return [
        Ahead(
            card.service,
            card.only,
            head.slot - early - now if head.slot else None,
            _asked(hall, card.service, card.need),
        )
        for head in _before(hall, who, moment)
        for card in (cards[head.ticket],)
    ]


def _asked(hall: HallState, service: str, need: str) -> str:
    """The skill without which nobody calls them: none if nobody has it."""
    return need if need and hall.spoken(service, need) else ""


def _before(hall: HallState, who: Head, moment: Moment, service: str = "") -> Iterator[Head]:
    """The same as the order knows them; of one service alone if it is named."""
    others = (head for head in hall.queue.lanes.everybody(service) if head.ticket != who.ticket)
    line = in_turn((*others, who), hall.plan.discipline, moment.wall.timestamp())
    return takewhile(lambda head: head is not who, line)


def _desks(hall: HallState, wall: datetime) -> Iterator[Busy]:
    """The windows that serve now or will, each as the walk needs it."""
    closures, now = _closures(hall, wall), wall.timestamp()
    for desk in hall.floor.desks.values():
        begins, ends = closures.get(desk.window, (inf, inf))
        here = desk.alive and desk.state != "closed"
        if here and (desk.state != "paused" or desk.until):
            yield _busy(hall, desk, now, max(0.0, begins))
        if ends < HORIZON:
            yield Busy(desk.window, frozenset(desk.services), opens=ends, skills=hall.skills_of(desk.staff))


def _busy(hall: HallState, desk: Desk, now: float, leaves: float) -> Busy:
    serves, skills, opens = frozenset(desk.services), hall.skills_of(desk.staff), 0.0
    if desk.state == "paused":  # whoever should be back by now is not
        opens = max(AT_LEAST, datetime.fromisoformat(desk.until).timestamp() - now)
    if not desk.ticket:
        return Busy(desk.window, serves, opens=opens, leaves=leaves, skills=skills)
    stay = hall.waits.stays.get(desk.window)
    if stay and stay.ticket == desk.ticket:
        return Busy(desk.window, serves, stay.service, max(0.0, now - stay.since), opens, leaves, skills)
    return Busy(desk.window, serves, desk.service, max(0.0, now - desk.started_at), opens, leaves, skills)


def _closures(hall: HallState, wall: datetime) -> Mapping[int, tuple[float, float]]:
    """window -> in how many seconds its next planned closure, or this one, begins and ends (R202)."""
    found: dict[int, tuple[float, float]] = {}
    due = [outage for outage in hall.plan.calendar.outages if outage.ends > wall and not outage.services]
    if not due:
        return found
    for outage in sorted(due, key=lambda o: o.begins):
        span = (outage.begins - wall).total_seconds(), (outage.ends - wall).total_seconds()
        for window in outage.windows or hall.plan.windows:
            found.setdefault(window, span)
    return found
