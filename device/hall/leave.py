"""Whether somebody may leave their window now: for a while, or for today (R099, R101, R113, R149)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from device.contract.messages import AnswerLeave, AskLeave
from device.hall.floor import Desk
from device.hall.state import INCIDENT, HallState

LONG = "long"  # a leave of more than a while: somebody in charge must allow it (R108)


def waiting_for(hall: HallState, window: int, going: Collection[int] = ()) -> int:
    """How many wait that nobody else can serve now: sent to this window, or for what no other serves.

    going: windows that are about to be left.
    """
    desk = hall.floor.desks[window]
    others = [d for d in hall.floor.desks.values() if d is not desk and d.window not in going]
    alone = [service for service in desk.services if not any(d.serves(service) for d in others)]
    return hall.queue.lanes.count("", window) + sum(hall.queue.lanes.count(service) for service in alone)


def may_leave(
    hall: HallState, to: str, desk: Desk, ask: AskLeave, wall: datetime, *, allowed: bool, going: Collection[int] = ()
) -> AnswerLeave:
    """The answer. allowed: somebody in charge vouched for it. going: windows whose leave was just granted."""
    rules = hall.plan.leave
    until = (wall + timedelta(minutes=rules.allowed(ask.reason))).isoformat(timespec="seconds")
    if desk.staff != ask.staff or desk.state == "closed":
        return AnswerLeave(to, "refused")
    if ask.kind == "sign-out":
        waiting = waiting_for(hall, desk.window, going)
        busy = desk.state in ("calling", "serving")
        forbidden = busy or (waiting and not (allowed and ask.reason))
        return AnswerLeave(to, "waiting", waiting + busy) if forbidden else AnswerLeave(to, "granted")
    if ask.reason == INCIDENT or allowed:
        return AnswerLeave(to, "granted", until=until)
    if ask.reason == LONG:
        return AnswerLeave(to, "refused")
    if waiting := waiting_for(hall, desk.window, going):
        return AnswerLeave(to, "waiting", waiting)
    if away_at_counter(hall, desk.window, going) >= rules.most_away:
        return AnswerLeave(to, "second")
    return AnswerLeave(to, "granted", until=until)


def away_at_counter(hall: HallState, window: int, going: Collection[int] = ()) -> int:
    """How many other windows of this one's counter are left now, or are about to be."""
    counter = hall.plan.windows[window].counter
    others = (n for n, plan in hall.plan.windows.items() if counter and plan.counter == counter and n != window)
    return sum(hall.floor.desks[n].state == "paused" or n in going for n in others)
