"""What everybody may know of the hall, read from its state."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from device.contract.messages import HallMissed, HallNotices, HallService, HallWindow, Words
from device.hall.calendar import is_open
from device.hall.state import HallState
from device.moment import Moment
from screens.phrases import word

MISSED_SHOWN = 60

Truth = HallWindow | HallService | HallMissed | HallNotices


def truths(hall: HallState, notices: HallNotices, out_of_order: Iterable[str], moment: Moment) -> dict[str, Truth]:
    """Every truth by its place below `hall/`, without a `rev`. out_of_order: kiosks that cannot give tickets now."""
    said: dict[str, Truth] = {f"window/{window}": hall.floor.truth(window, 0) for window in hall.floor.desks}
    opening = gives_tickets(hall, moment)
    for service in hall.plan.services:
        ahead = len(hall.queue.waiting(frozenset({service})))
        said[f"service/{service}"] = HallService(service, 0, ahead, minutes(hall, service, ahead), opening)
    said["missed"] = HallMissed(0, hall.queue.missed()[-MISSED_SHOWN:])
    said["notices"] = replace(notices, fault=_fault_notice(hall.plan.kiosks, out_of_order))
    return said


def gives_tickets(hall: HallState, moment: Moment) -> bool:
    """Whether tickets are given. Without a trusted clock nobody is turned away for the time of day."""
    return moment.clock == "floor" or is_open(hall.plan, moment.wall)


def minutes(hall: HallState, service: str, ahead: int) -> int:
    """People ahead x usual minutes / windows that serve; a first, honest estimate."""
    plan = hall.plan.services[service]
    serving = sum(1 for d in hall.floor.desks.values() if service in d.services and d.alive and d.staff)
    return -(-ahead * plan.minutes // max(1, serving))


def _fault_notice(kiosks: Mapping[str, Words], out_of_order: Iterable[str]) -> Words | None:
    """Which kiosk not to walk to (R037, R190)."""
    places = [kiosks[kiosk] for kiosk in sorted(out_of_order)]
    if not places:
        return None
    zh = word("zh", "notice.kiosk_fault", place="、".join(p.zh for p in places))
    en = word("en", "notice.kiosk_fault", place=", ".join(p.en or p.zh for p in places))
    return Words(zh[:200], en[:200])
