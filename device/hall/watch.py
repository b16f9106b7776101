"""What somebody in charge should know of the hall at this instant, read from its state. Alarms begin and end by it.

Times of the hall's rules are parameters (docs/rules.md). Nothing here is remembered: a restart finds the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from device.contract.messages import AlarmRaised
from device.hall.alarms import CITIZEN, REPAIR
from device.hall.calendar import hours_on, table_ends_soon, windows_open
from device.hall.cases import Lateness
from device.hall.floor import Desk
from device.hall.load import proposal
from device.hall.roster import expected
from device.hall.state import HallState

HELP = {reason: f"help-{reason}" for reason in ("conflict", "disorder", "medical", "security", "fault", "power")}
# alarms about what happened, not about what is: they end when they are settled by somebody (Alarms.settled)
BY_HAND = frozenset({"leave-asked", REPAIR, CITIZEN, "power", *HELP.values()})


def conditions(hall: HallState, wall: datetime, cases: Lateness, *, kiosks_down: bool) -> Iterator[AlarmRaised]:
    """Everything that is so. cases: how the supervisor's list stands; kiosks_down: no kiosk gives tickets (R001)."""
    now = wall.timestamp()
    if kiosks_down:
        yield AlarmRaised("no-kiosk", "technician")
    if table_ends_soon(hall.plan, wall):
        yield AlarmRaised("holidays-unknown", "technician")
    if cases == "soon":
        yield AlarmRaised("case-due", "supervisor")
    if cases in ("overdue", "escalate"):
        yield AlarmRaised("case-overdue", "supervisor")
    if cases == "escalate":
        yield AlarmRaised("case-overdue", "head")
    for service in hall.promised.late(wall.date()):
        yield AlarmRaised("promise-late", "leader", service=service)
    yield from _queues(hall, now)
    for desk in hall.floor.desks.values():
        if desk.alive:
            yield from _window(hall, desk, now)
    yield from _people(hall, wall)


def _queues(hall: HallState, now: float) -> Iterator[AlarmRaised]:
    """Long queues (R084, R085), and people nobody serves (R080, R171)."""
    load, lanes, open_keys = hall.plan.load, hall.queue.lanes, hall.alarms.about()
    for service in hall.plan.services:
        waiting = lanes.count(service)
        was_long = ("queue-long", "leader", 0, service, "", "") in open_keys
        if waiting > (load.short if was_long else load.long):
            yield AlarmRaised("queue-long", "leader", service=service, proposal=proposal(hall, service))
        if waiting and not any(desk.serves(service) for desk in hall.floor.desks.values()):
            heads = lanes.heads((service,), 0)
            if any(head.klass in hall.plan.discipline.classes for head in heads):
                yield AlarmRaised("priority-blocked", "leader", service=service)
            elif any(now - head.place[0] >= hall.plan.people.idle for head in heads):
                yield AlarmRaised("nobody-serves", "leader", service=service)


def _window(hall: HallState, desk: Desk, now: float) -> Iterator[AlarmRaised]:
    people, quiet = hall.plan.people, now - desk.acted_at
    if desk.state == "calling" and quiet >= people.nobody_acts:
        yield AlarmRaised("nobody-acts", "leader", desk.window, staff=desk.staff)
    if desk.state == "open" and quiet >= people.idle and _waits(hall, desk, now) >= people.idle:
        yield AlarmRaised("window-idle", "leader", desk.window, staff=desk.staff)
    if desk.state == "paused":
        yield AlarmRaised("window-left", "leader", desk.window, staff=desk.staff)
        if desk.until and now >= datetime.fromisoformat(desk.until).timestamp():
            yield AlarmRaised("leave-over", "leader", desk.window, staff=desk.staff)
    limit = hall.plan.services[desk.service].limit if desk.service in hall.plan.services else 0
    if desk.state == "serving" and limit and now - desk.started_at >= limit * 60:
        yield AlarmRaised("over-limit", "leader", desk.window, service=desk.service, staff=desk.staff)


def _waits(hall: HallState, desk: Desk, now: float) -> float:
    """How long whoever is next for this window has waited; 0 without anybody."""
    card = hall.next_for(desk, now)
    return now - card.place[0] if card else 0.0


def _people(hall: HallState, wall: datetime) -> Iterator[AlarmRaised]:
    rules, month = hall.plan.people, wall.date().isoformat()[:7]
    for (staff, of), seconds in hall.overtime.months.items():
        if of == month and seconds >= hall.plan.overtime_month:
            yield AlarmRaised("overtime-long", "leader", staff=staff)
    spans = hours_on(hall.plan, wall.date()).spans()
    today = expected(hall.plan, wall)
    if not today or not spans:
        return
    if len(set(today.values())) * 100 < rules.per_window_percent * len(windows_open(hall.plan, wall)):
        yield AlarmRaised("roster-thin", "leader")
    midnight = wall.replace(hour=0, minute=0, second=0, microsecond=0)
    begun = [midnight + timedelta(minutes=start) for start, end in spans if start * 60 <= _seconds(wall) < end * 60]
    for window, staff in today.items():
        desk = hall.floor.desks[window]
        if not begun or desk.staff or hall.here_today(staff):
            continue
        late = (wall - begun[-1]).total_seconds()
        if late >= rules.absent:
            yield AlarmRaised("absent", "leader", window, staff=staff)
        if late >= rules.escalate:
            yield AlarmRaised("absent", "head", window, staff=staff)


def _seconds(wall: datetime) -> int:
    return wall.hour * 3600 + wall.minute * 60 + wall.second
